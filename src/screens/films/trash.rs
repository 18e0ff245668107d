//! The trash: the films that were deleted, and the way back.

use ratatui::layout::Rect;

use crate::api::trash::{Restored, TrashRow};
use crate::api::{Answer, Failure, Indexed, Reply, Request, Topic};
use crate::app::action::Action;
use crate::app::cx::{Cx, ScreenKey};
use crate::app::keymap::Context;
use crate::app::msg::{Mouse, MouseKind, Ticket};
use crate::app::sentence::{self, field};
use crate::app::session::Session;
use crate::domain::query::FieldSpec;
use crate::domain::text::{inert, inert_lines};
use crate::screens::last_look::{Decision, LastLook};
use crate::screens::list::{
    Batch, By, Count, Find, Get, ListPane, ListRow, ListTab, Look, MARKS, Route, Spec, Trail, flags, searched,
};
use crate::screens::page::{Entries, Page, Reading};
use crate::screens::panel::panel;
use crate::screens::sheet::Sheet;
use crate::screens::work::Work;
use crate::screens::{Canvas, Layer, Screen};
use crate::widgets::dialog::{Button, Dialog};
use crate::widgets::keyvalue::Entry;
use crate::widgets::pen::row;
use crate::widgets::table::{Column, Key, Width};

use super::cells::column;
use super::hung::hung_words;

/// How wide the question gets.
const WIDE: u16 = 70;

impl Indexed for TrashRow {
    const TEXTS: usize = 3;

    fn text(&self, column: usize) -> &str {
        match column {
            0 => &self.title,
            1 => &self.who,
            2 => self.reason.as_deref().unwrap_or_default(),
            _ => "",
        }
    }
}

impl ListRow for TrashRow {
    fn key(&self) -> Key {
        // A film's own number may be there twice.
        let (operation, _) = self.operation.as_u64_pair();
        (operation >> 1).cast_signed() ^ Key::from(self.sequence)
    }
}

static SPEC: Spec<TrashRow> = Spec {
    request: |_| Request::Trash {},
    read,
    topic: Topic::Films,
    by_id: false,
    sortable: &["column-deleted", "column-title", "column-who"],
    sort_by,
    find: Find { title: 0, name: Some(1), others: &[2], people: None },
    synopses: None,
    fields: &FIELDS,
    get,
    empty: ["trash-empty", "trash-empty-hint"],
    empty_key: Action::Delete,
    shown: "trash-shown",
};

fn read(reply: Reply) -> Option<Batch<TrashRow>> {
    match reply {
        Reply::Trash(rows) => Some(rows.into()),
        _ => None,
    }
}

static FIELDS: [FieldSpec; 4] = [
    searched("title", "titre", &[]),
    searched("who", "par", &[]),
    searched("why", "motif", &["reason"]),
    flags(&MARKS),
];

fn get(field: &str) -> Get<TrashRow> {
    match field {
        "title" => Get::Text(0),
        "who" => Get::Text(1),
        "why" => Get::Text(2),
        "is" => Get::flags(|_: &TrashRow| []),
        _ => Get::Nothing,
    }
}

fn sort_by(column: &str) -> By<TrashRow> {
    match column {
        "column-deleted" => By::number(|row: &TrashRow| Some(row.at.timestamp())),
        "column-title" => By::Text(0),
        "column-who" => By::Text(1),
        _ => By::Nothing,
    }
}

fn columns<'a>() -> [Column<TrashRow, Look<'a>>; 5] {
    [
        column("column-title", Width::Grow { min: 18, weight: 4 }, 0, |film: &TrashRow, look, cell| {
            look.name(cell, film.key(), &film.title);
        }),
        column("column-deleted", Width::Fixed(18), 0, |film: &TrashRow, look, cell| {
            cell.text(&look.session.moment(film.at));
        }),
        column("column-who", Width::Grow { min: 12, weight: 2 }, 1, |film: &TrashRow, look, cell| {
            look.found(cell, "who", &film.who, look.session.theme.text);
        }),
        column("column-hung", Width::Grow { min: 20, weight: 3 }, 2, |film: &TrashRow, look, cell| {
            cell.dim(&hung_words(look.session, &film.hung));
        }),
        column("column-why", Width::Grow { min: 14, weight: 3 }, 3, |film: &TrashRow, look, cell| {
            look.found(cell, "why", film.reason.as_deref().unwrap_or_default(), look.session.theme.dim);
        }),
    ]
}

/// The list of the trash.
#[derive(Default)]
pub(crate) struct Trash;

impl ListTab for Trash {
    type Row = TrashRow;

    const TITLE: &'static str = "trash-title";

    const CONTEXTS: &'static [Context] = &[Context::Trash, Context::List];

    fn spec(&self) -> &'static Spec<TrashRow> {
        &SPEC
    }

    fn open(&self, list: &ListPane<TrashRow>, cx: &mut Cx<'_>) {
        cx.open(Box::new(Page::new(list.route(), TrashReading)));
    }

    fn act(&mut self, list: &ListPane<TrashRow>, action: Action, cx: &mut Cx<'_>) -> bool {
        restore(list.current(), &list.trail(), None, action, cx)
    }

    fn view(&self, list: &ListPane<TrashRow>, area: Rect, canvas: &mut Canvas<'_>) {
        let theme = &canvas.session.theme;
        let counts = [Count::new(theme.title, canvas.session.tr("trash-title"))];
        list.view(area, canvas, &columns(), &counts, &());
    }
}

/// Opens the question whether to restore; `page` closes with it.
fn restore(film: Option<&TrashRow>, list: &Trail, page: Option<ScreenKey>, action: Action, cx: &mut Cx<'_>) -> bool {
    if let Some(film) = film.filter(|_| action == Action::Restore) {
        let restore = Restore::new(film.clone(), list.clone(), page, cx.session);
        cx.open(Box::new(restore));
    }
    action == Action::Restore
}

/// A film of the trash, read.
struct TrashReading;

impl Reading for TrashReading {
    type Row = TrashRow;

    const TITLE: &'static str = "trash-title";

    const CONTEXTS: &'static [Context] = &[Context::Detail, Context::Trash];

    const TOPIC: Topic = Topic::Films;

    fn heading(&self, row: &TrashRow, session: &Session) -> String {
        if row.title.trim().is_empty() { session.tr("list-untitled") } else { row.title.clone() }
    }

    fn request(&self, _row: &TrashRow) -> Option<Request> {
        None
    }

    fn take(&mut self, _reply: Reply) {}

    fn forget(&mut self) {}

    fn act(&mut self, route: &Route<TrashRow>, action: Action, cx: &mut Cx<'_>) -> bool {
        restore(route.current(), &route.trail(), Some(cx.key()), action, cx)
    }

    fn entries(&self, row: &TrashRow, session: &Session) -> Vec<Entry> {
        let label = |column: &str| field(&session.lang, column);
        let mut entries = Entries::default();
        entries.section(session.tr("trash-group"));
        entries.value(label("deleted"), &session.moment(row.at));
        entries.value(label("who"), &row.who);
        entries.value(label("origin"), &row.origin);
        let reason = row.reason.as_deref().map(inert_lines).filter(|reason| !reason.trim().is_empty());
        match reason {
            Some(reason) => entries.push(Entry::pair(label("reason"), reason)),
            None => entries.push(Entry::styled(label("reason"), session.tr("trash-no-reason"), session.theme.faint)),
        }
        let what = hung_words(session, &row.hung);
        let what = if what.is_empty() { session.tr("trash-nothing-hung") } else { what };
        entries.push(Entry::pair(label("hung"), what));
        entries.value(label("id"), &row.film.to_string());
        entries.all()
    }
}

/// The question whether to restore, and what could not come back.
struct Restore {
    film: TrashRow,
    list: Trail,
    /// The page of the film in the trash, which closes with it.
    page: Option<ScreenKey>,
    look: LastLook,
    work: Option<Work>,
    lost: Option<Ticket>,
    problem: Option<String>,
    /// What was left out, once it is back.
    told: Option<Dialog>,
}

impl Restore {
    fn new(film: TrashRow, list: Trail, page: Option<ScreenKey>, session: &Session) -> Self {
        let look = LastLook::new(session.tr("confirm-cancel"), session.tr("restore-button"), false, None);
        Self { film, list, page, look, work: None, lost: None, problem: None, told: None }
    }

    fn decide(&mut self, decision: Decision, cx: &mut Cx<'_>) {
        match decision {
            Decision::Back => cx.close(),
            Decision::Go => {
                self.list.acting(true);
                self.problem = None;
                let (film, operation) = (Some(self.film.film), Some(self.film.operation));
                let request = Request::RestoreFilm { film, operation };
                let ticket = match self.lost.take() {
                    Some(ticket) => cx.call_again(ticket, request),
                    None => cx.call(request),
                };
                self.work = Some(Work::new(ticket, false));
            }
            Decision::Miscounted | Decision::Open => {}
        }
    }

    fn title(&self, session: &Session) -> String {
        let title = inert(self.film.title.trim()).into_owned();
        if title.is_empty() { session.tr("list-untitled") } else { title }
    }

    fn restored(&mut self, restored: &Restored, answer: &Answer, cx: &mut Cx<'_>) {
        let session = cx.session;
        let left = |left: &crate::api::trash::LeftOut| {
            let name = inert(&left.name).into_owned();
            session.tr_with(left.what.message(), &[("name", (&name).into())])
        };
        let left_out: Vec<String> = restored.left_out.iter().map(left).collect();
        let title = self.title(session);
        let text = session.tr_with("restore-done", &[("title", (&title).into())]);
        if left_out.is_empty() {
            cx.close();
        } else {
            let body = format!("{}\n\n{}", session.tr("restore-left-out"), left_out.join("\n"));
            let close = Button::new("close", session.tr("restore-seen"));
            self.told = Some(Dialog::new(self.title(session), body, [close]));
        }
        cx.done(text, answer.operation);
        if let Some(page) = self.page {
            cx.close_other(page);
        }
    }
}

impl Screen for Restore {
    fn title(&self) -> &'static str {
        "restore-title"
    }

    fn layer(&self) -> Layer {
        Layer::Box
    }

    fn contexts(&self) -> &'static [Context] {
        &[Context::Dialog]
    }

    fn enter(&mut self, _fresh: bool, _cx: &mut Cx<'_>) {}

    fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> bool {
        match action {
            Action::Back | Action::Accept if self.told.is_some() => cx.close(),
            _ if self.told.is_some() || self.work.is_some() => {}
            action => {
                let decision = self.look.act(action);
                self.decide(decision, cx);
            }
        }
        true
    }

    fn mouse(&mut self, mouse: Mouse, cx: &mut Cx<'_>) {
        if mouse.kind != MouseKind::Press {
            return;
        }
        if let Some(told) = &mut self.told {
            if told.click(mouse.column, mouse.row).is_some() {
                cx.close();
            }
        } else if self.work.is_none() {
            let decision = self.look.click(mouse.column, mouse.row);
            self.decide(decision, cx);
        }
    }

    fn reply(&mut self, ticket: Ticket, result: Result<Answer, Failure>, cx: &mut Cx<'_>) {
        if self.work.take_if(|work| work.is(ticket)).is_none() {
            return;
        }
        match result {
            Ok(answer) => match &answer.reply {
                Reply::Restored(restored) => self.restored(restored, &answer, cx),
                _ => cx.close(),
            },
            Err(failure) => {
                self.lost = matches!(failure, Failure::Unavailable(_)).then_some(ticket);
                self.problem = Some(sentence::failure(&cx.session.lang, &failure));
            }
        }
    }

    fn view(&self, area: Rect, canvas: &mut Canvas<'_>) {
        let session = canvas.session;
        let theme = &session.theme;
        if let Some(told) = &self.told {
            told.draw(area, canvas.buf, theme);
            return;
        }
        let title = self.title(session);
        let heading = session.tr_with("restore-heading", &[("title", (&title).into())]);
        let width = WIDE.min(area.width);
        let mut sheet = Sheet::new(width.saturating_sub(4));
        if let Some(problem) = &self.problem {
            sheet.signed(0, Some((theme.warning, theme.signs.warning.to_owned())), theme.warning, problem);
            sheet.gap();
        }
        let what = hung_words(session, &self.film.hung);
        let id = if what.is_empty() { "restore-alone" } else { "restore-with" };
        let number = self.film.film.to_string();
        sheet.text(0, theme.text, &session.tr_with(id, &[("id", (&number).into()), ("what", (&what).into())]));
        sheet.text(0, theme.dim, &session.tr("restore-web-site"));
        let lines = u16::try_from(sheet.len()).unwrap_or(u16::MAX);
        let body = panel(area, canvas, &heading, width, lines.saturating_add(4));
        let text = Rect { height: body.height.saturating_sub(2), ..body };
        sheet.draw(text, 0, canvas);
        let foot = row(body, body.height.saturating_sub(1));
        match &self.work {
            Some(work) => work.draw(["restore-doing", "restore-doing"], foot, canvas),
            None => self.look.draw(foot, canvas),
        }
    }
}
