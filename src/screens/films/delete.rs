//! Deleting films: what hangs on them, what the web site will no longer show, why, and the last look.

use ratatui::layout::Rect;

use crate::api::film::FilmRow;
use crate::api::trash::{Deleted, DeletedMany, Hung, Load};
use crate::api::{Answer, Failure, Progress, Reply, Request};
use crate::app::action::Action;
use crate::app::cx::{Cx, ScreenKey, Tone};
use crate::app::key::Key;
use crate::app::keymap::Context;
use crate::app::msg::{Mouse, MouseKind, Ticket};
use crate::app::sentence;
use crate::app::session::Session;
use crate::domain::film::FilmStatus;
use crate::domain::text::inert;
use crate::domain::{FilmId, Rule};
use crate::screens::last_look::{Decision, LastLook, MANY};
use crate::screens::list::Trail;
use crate::screens::panel::panel;
use crate::screens::sheet::Sheet;
use crate::screens::words::{few, key_of, status};
use crate::screens::work::Work;
use crate::screens::{Canvas, Layer, Screen, typing};
use crate::widgets::input::Input;
use crate::widgets::pen::{Pen, row};

use super::hung::hung_words;

/// How wide the dialog gets.
const WIDE: u16 = 74;
/// Longest reason in characters.
const REASON_MAX: usize = 1_000;
/// Films that are named before a number stands for the rest.
const NAMED: usize = 4;

/// A film that is to be deleted.
struct Doomed {
    id: FilmId,
    title: String,
    status: FilmStatus,
}

/// The dialog.
pub(crate) struct Delete {
    films: Vec<Doomed>,
    /// What is known to hang on them.
    hung: Hung,
    /// A table that nobody knows hangs on the only one.
    unknown: Option<String>,
    loading: Option<Ticket>,
    list: Trail,
    /// Whether the films were selected: then the selection has served.
    selection: bool,
    /// The page of the film, which closes with it.
    page: ScreenKey,
    reason: Input,
    on_reason: bool,
    look: LastLook,
    work: Option<Work>,
    /// The ticket of a change whose answer was lost.
    lost: Option<Ticket>,
    problem: Option<String>,
}

impl Delete {
    /// Asks about these films; there is at least one. `page` closes with it if it is not the list itself.
    pub(crate) fn new(films: &[&FilmRow], list: Trail, selection: bool, page: ScreenKey, session: &Session) -> Self {
        let sum = |count: fn(&FilmRow) -> u32| films.iter().fold(0, |sum: u32, film| sum.saturating_add(count(film)));
        let hung = Hung {
            votes: sum(|film| film.ballots.into()),
            awards: sum(|film| film.awards.into()),
            panel: sum(|film| u32::try_from(film.panel.len()).unwrap_or(u32::MAX)),
            ..Hung::default()
        };
        let doomed = |film: &&FilmRow| Doomed { id: film.id, title: film.title.to_string(), status: film.status };
        let count = (films.len() > MANY).then_some(films.len());
        let (keep, delete) = (session.tr("delete-keep"), session.tr("delete-button"));
        Self {
            films: films.iter().map(doomed).collect(),
            hung,
            unknown: None,
            loading: None,
            list,
            selection,
            page,
            reason: Input::new().with_max(REASON_MAX).with_placeholder(session.tr("delete-reason-empty")),
            on_reason: true,
            look: LastLook::new(keep, delete, true, count),
            work: None,
            lost: None,
            problem: None,
        }
    }

    fn request(&self) -> Request {
        let reason = Some(self.reason.text().trim().to_owned()).filter(|reason| !reason.is_empty());
        match self.films.as_slice() {
            [film] => Request::DeleteFilm { film: film.id, reason },
            films => Request::DeleteFilms { films: films.iter().map(|film| film.id).collect(), reason },
        }
    }

    fn decide(&mut self, decision: Decision, cx: &mut Cx<'_>) {
        match decision {
            Decision::Go => {
                self.list.acting(true);
                self.problem = None;
                let request = self.request();
                let ticket = match self.lost.take() {
                    Some(ticket) => cx.call_again(ticket, request),
                    None => cx.call(request),
                };
                self.work = Some(Work::new(ticket, self.films.len() > 1));
            }
            Decision::Back => cx.close(),
            Decision::Miscounted => self.problem = Some(self.look.demand(cx.session)),
            Decision::Open => {}
        }
    }

    fn done(&mut self, text: String, answer: &Answer, cx: &mut Cx<'_>) {
        match &answer.reply {
            _ if !self.selection => {}
            Reply::DeletedMany(many) if many.cancelled => {
                let refused = many.refused.iter().map(|(film, _)| film);
                self.list.served_rows(many.deleted.iter().chain(refused).map(|film| film.0.into()));
            }
            _ => self.list.served(),
        }
        cx.done(text, answer.operation);
        cx.close();
        cx.close_other(self.page);
    }

    fn failed(&mut self, ticket: Ticket, failure: &Failure, cx: &mut Cx<'_>) {
        let sentence = sentence::failure(&cx.session.lang, failure);
        match failure {
            Failure::Rule(refusal) if refusal.rule == Rule::FilmGone => {
                cx.toast(Tone::Problem, sentence);
                cx.close();
            }
            _ => {
                self.lost = matches!(failure, Failure::Unavailable(_)).then_some(ticket);
                self.problem = Some(sentence);
                self.on_reason = false;
                self.look.ready();
            }
        }
    }

    fn sheet(&self, width: u16, session: &Session) -> Sheet {
        let theme = &session.theme;
        let mut sheet = Sheet::new(width);
        if let Some(problem) = &self.problem {
            sheet.signed(0, Some((theme.warning, theme.signs.warning.to_owned())), theme.warning, problem);
            sheet.gap();
        }
        match self.films.as_slice() {
            [film] => {
                let (style, name) = status(session, film.status);
                sheet.line(0, vec![(style, name)]);
            }
            films => {
                let names: Vec<&str> = films.iter().take(NAMED).map(|film| film.title.as_str()).collect();
                sheet.text(0, theme.text, &few(session, &names, films.len()));
            }
        }
        sheet.gap();
        let what = hung_words(session, &self.hung);
        let id = if what.is_empty() { "delete-alone" } else { "delete-hangs" };
        sheet.text(0, theme.text, &session.tr_with(id, &[("what", (&what).into())]));
        if let Some(table) = &self.unknown {
            let table = inert(table).into_owned();
            let text = session.tr_with("rule-unknown-dependent", &[("table", (&table).into())]);
            sheet.signed(0, Some((theme.warning, theme.signs.warning.to_owned())), theme.warning, &text);
        }
        let count = [("count", self.films.len().into())];
        sheet.signed(
            0,
            Some((theme.danger, theme.signs.warning.to_owned())),
            theme.text,
            &session.tr_with("delete-web-site", &count),
        );
        let key = key_of(session, &[Context::Film, Context::Films, Context::List], Action::Trash);
        sheet.text(0, theme.dim, &session.tr_with("delete-kept", &[("key", (&key).into()), count[0]]));
        sheet
    }
}

/// What came of deleting one film, as one line.
fn gone(session: &Session, deleted: &Deleted) -> String {
    let title = inert(&deleted.title).into_owned();
    let what = hung_words(session, &deleted.hung);
    let id = if what.is_empty() { "delete-done" } else { "delete-done-with" };
    session.tr_with(id, &[("title", (&title).into()), ("what", (&what).into())])
}

/// The same for many.
fn gone_many(session: &Session, many: &DeletedMany) -> String {
    let mut text = session.tr_with("delete-done-many", &[("count", many.deleted.len().into())]);
    if let Some((_, refusal)) = many.refused.first() {
        let why = session.lang.refusal(refusal);
        let left = session.tr_with("delete-left", &[("count", many.refused.len().into()), ("why", (&why).into())]);
        text = format!("{text} {left}");
    }
    if many.cancelled {
        text = format!("{text} {}", session.tr("delete-cancelled"));
    }
    text
}

impl Screen for Delete {
    fn title(&self) -> &'static str {
        "delete-title"
    }

    fn layer(&self) -> Layer {
        Layer::Box
    }

    fn contexts(&self) -> &'static [Context] {
        if self.on_reason && self.work.is_none() { &[Context::Form] } else { &[Context::Dialog] }
    }

    fn typing(&self) -> bool {
        self.work.is_none() && (self.on_reason || self.look.typing())
    }

    fn enter(&mut self, _fresh: bool, cx: &mut Cx<'_>) {
        if let [film] = self.films.as_slice() {
            self.loading = Some(cx.call(Request::HangsOn { film: film.id }));
        }
    }

    fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> bool {
        if let Some(work) = &mut self.work {
            if action == Action::Back && self.films.len() > 1 {
                work.stop(cx);
            }
            return true;
        }
        match action {
            Action::Back => cx.close(),
            Action::NextField | Action::Down | Action::Accept | Action::Save if self.on_reason => {
                self.on_reason = false
            }
            Action::PreviousField | Action::Up if self.on_reason => {}
            Action::PreviousField if !self.on_reason && !self.look.typing() && self.look.at_first() => {
                self.on_reason = true;
            }
            action => {
                let decision = self.look.act(action);
                self.decide(decision, cx);
            }
        }
        true
    }

    fn typed(&mut self, key: Key, _cx: &mut Cx<'_>) -> bool {
        if self.work.is_some() {
            return true;
        }
        if self.on_reason { typing::edit(&mut self.reason, key) } else { self.look.typed(key) }
    }

    fn pasted(&mut self, text: &str, _cx: &mut Cx<'_>) {
        if self.on_reason && self.work.is_none() {
            self.reason.paste(text);
        }
    }

    fn mouse(&mut self, mouse: Mouse, cx: &mut Cx<'_>) {
        if mouse.kind == MouseKind::Press && self.work.is_none() {
            let decision = self.look.click(mouse.column, mouse.row);
            self.decide(decision, cx);
        }
    }

    fn progress(&mut self, ticket: Ticket, progress: Progress, _cx: &mut Cx<'_>) {
        if let Some(work) = &mut self.work {
            work.progress(ticket, &progress);
        }
    }

    fn reply(&mut self, ticket: Ticket, result: Result<Answer, Failure>, cx: &mut Cx<'_>) {
        if self.loading.take_if(|asked| *asked == ticket).is_some() {
            // What the list knows stands there already; if the film is gone, deleting says so.
            if let Ok(Answer { reply: Reply::Load(Load { hung, unknown, .. }), .. }) = result {
                (self.hung, self.unknown) = (hung, unknown);
            }
            return;
        }
        if self.work.take_if(|work| work.is(ticket)).is_none() {
            return;
        }
        match result {
            Ok(answer) => {
                let text = match &answer.reply {
                    Reply::Deleted(deleted) => gone(cx.session, deleted),
                    Reply::DeletedMany(many) => gone_many(cx.session, many),
                    _ => return cx.close(),
                };
                self.done(text, &answer, cx);
            }
            Err(failure) => self.failed(ticket, &failure, cx),
        }
    }

    fn unsaved(&self) -> bool {
        !self.reason.text().trim().is_empty()
    }

    fn view(&self, area: Rect, canvas: &mut Canvas<'_>) {
        let session = canvas.session;
        let theme = &session.theme;
        let title = match self.films.as_slice() {
            [film] => {
                let title = inert(film.title.trim()).into_owned();
                let title = if title.is_empty() { session.tr("list-untitled") } else { title };
                session.tr_with("delete-heading", &[("title", (&title).into())])
            }
            films => session.tr_with("delete-heading-many", &[("count", films.len().into())]),
        };
        let width = WIDE.min(area.width);
        let sheet = self.sheet(width.saturating_sub(4), session);
        let foot = self.look.height() + 1;
        let lines = u16::try_from(sheet.len()).unwrap_or(u16::MAX);
        let body = panel(area, canvas, &title, width, lines.saturating_add(foot + 5));
        let text = Rect { height: body.height.saturating_sub(foot + 3), ..body };
        sheet.draw(text, 0, canvas);
        let label = row(body, body.height.saturating_sub(foot + 2));
        let style = if self.on_reason { theme.accent } else { theme.dim };
        Pen::new(label, canvas.buf, theme.signs.ellipsis).put(&session.tr("delete-reason"), style);
        let field = row(body, body.height.saturating_sub(foot + 1));
        let focused = self.on_reason && self.work.is_none();
        if let Some(cursor) = self.reason.draw(field, canvas.buf, theme, focused) {
            canvas.cursor = Some(cursor);
        }
        let last = Rect { y: body.bottom().saturating_sub(foot - 1), height: foot - 1, ..body };
        match &self.work {
            Some(work) => {
                work.draw(["delete-doing", "delete-doing-many"], row(body, body.height.saturating_sub(1)), canvas)
            }
            None => self.look.draw(last, canvas),
        }
    }
}
