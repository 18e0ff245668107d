//! Films as a file: which columns, in which format, under which name. Over SSH, where no file can be written, small ones
//! go to the clipboard.

use std::sync::Arc;

use ratatui::layout::Rect;

use crate::api::film_form::ExportFormat;
use crate::api::{Answer, Failure, Progress, Reply, Request};
use crate::app::action::Action;
use crate::app::cx::{Cx, ScreenKey, Tone};
use crate::app::effect::{CLIPBOARD_MAX, NotSaved, SaveFile};
use crate::app::key::Key;
use crate::app::keymap::Context;
use crate::app::msg::{Mouse, MouseKind, Ticket};
use crate::app::sentence::{self, field as label};
use crate::app::session::Session;
use crate::domain::FilmId;
use crate::domain::export::columns;
use crate::domain::text::inert;
use crate::widgets::edit::Edit;
use crate::widgets::form::{Choice, Field, Form, Kind};
use crate::widgets::pen::{Pen, row};

use super::list::Trail;
use super::panel::panel;
use super::sheet::Sheet;
use super::words::key_of;
use super::work::Work;
use super::{Canvas, Layer, Screen, typing};

/// Columns that are on at first: what a list on paper needs.
const USUAL: [&str; 12] = [
    "id_movie",
    "selection_status",
    "title",
    "nationality",
    "main_language",
    "duration",
    "release_year",
    "ai_tool",
    "producer_name",
    "producer_email",
    "categories",
    "youtube_link",
];

const NAME: &str = "export-name";
const FORMAT: &str = "export-format";
const COLUMNS: &str = "export-columns";

/// Where in the dialog one is.
enum Step {
    /// Choosing.
    Choose,
    /// The text is made.
    Making(Work),
    /// It is written.
    Writing(Ticket),
    /// It is there, for the clipboard.
    Ready(Arc<str>),
}

/// The dialog.
pub(crate) struct Export {
    films: Option<Vec<FilmId>>,
    list: Trail,
    form: Form,
    format: String,
    step: Step,
    count: u32,
    problem: Option<String>,
    /// Whether a file can be written here.
    saves: bool,
    /// The dialog that it was opened from, which has done its part as well.
    below: Option<ScreenKey>,
}

impl Export {
    /// The dialog for these films, or for all.
    pub(crate) fn new(films: Option<Vec<FilmId>>, list: Trail, session: &Session) -> Self {
        let saves = session.place.saves;
        let column = |name: &str| Choice { value: name.to_owned(), label: label(&session.lang, name) };
        let choice = |value: &str, label: &str| Choice { value: value.to_owned(), label: session.tr(label) };
        let date = session.now.with_timezone(&session.festival.zone).format("%Y-%m-%d");
        let name = Field::new(NAME, session.tr(NAME), Kind::Line { max: 255 }).required();
        let name = name.value(format!("festival-films-{date}.csv")).help(session.tr("export-name-help"));
        let format = Field::new(
            FORMAT,
            session.tr(FORMAT),
            Kind::Choice(vec![choice("csv", "export-csv"), choice("json", "export-json")]),
        );
        let chosen = Field::new(COLUMNS, session.tr(COLUMNS), Kind::Checks(columns().map(column).collect()));
        let chosen = chosen.value(USUAL.join("\n")).help(session.tr("export-columns-help"));
        let form = Form::new(saves.then_some(name).into_iter().chain([format, chosen]));
        Self {
            films,
            list,
            form,
            format: "csv".into(),
            step: Step::Choose,
            count: 0,
            problem: None,
            saves,
            below: None,
        }
    }

    /// The same, opened from another dialog that closes with it once the films are written.
    #[must_use]
    pub(crate) fn above(self, below: ScreenKey) -> Self {
        Self { below: Some(below), ..self }
    }

    /// Everything is done.
    fn leave(&self, cx: &mut Cx<'_>) {
        self.list.served();
        cx.close();
        if let Some(below) = self.below {
            cx.close_other(below);
        }
    }

    fn begin(&mut self, cx: &mut Cx<'_>) {
        let session = cx.session;
        self.problem = None;
        let name = self.form.value(NAME);
        if self.saves && name.trim().is_empty() {
            return self.form.set_error(NAME, session.tr("export-name-missing"));
        }
        let columns: Vec<String> = self.form.value(COLUMNS).lines().map(str::to_owned).collect();
        if columns.is_empty() {
            return self.form.set_error(COLUMNS, session.tr("export-columns-missing"));
        }
        let format = if self.format == "json" { ExportFormat::Json } else { ExportFormat::Csv };
        let request = Request::ExportFilms { films: self.films.clone(), columns, format, parts: false };
        self.step = Step::Making(Work::new(cx.call(request), true));
    }

    /// Follows the format with the file's name.
    fn follow(&mut self) {
        let format = self.form.value(FORMAT);
        if format == self.format {
            return;
        }
        let name = self.form.value(NAME);
        if let Some(stem) = name.strip_suffix(&format!(".{}", self.format)) {
            self.form.set_value(NAME, &format!("{stem}.{format}"));
        }
        self.format = format;
    }

    /// The text is there: it becomes a file, or waits for the key that copies it.
    fn made(&mut self, contents: Arc<str>, cx: &mut Cx<'_>) {
        let session = cx.session;
        if self.saves {
            let path = self.form.value(NAME).trim().to_owned();
            self.step = Step::Writing(cx.save(SaveFile { path, number: true, contents }));
        } else if contents.len() <= CLIPBOARD_MAX {
            self.step = Step::Ready(contents);
        } else {
            self.problem = Some(session.tr_with("export-too-long", &[("count", self.count.into())]));
            self.step = Step::Choose;
        }
    }

    fn within(&mut self, work: impl FnOnce(&mut Form) -> bool) -> bool {
        let done = work(&mut self.form);
        self.follow();
        done
    }

    fn act_on_choice(&mut self, action: Action, cx: &mut Cx<'_>) {
        match action {
            Action::Back => cx.close(),
            Action::Save => self.begin(cx),
            Action::Accept if self.form.at_last() => self.begin(cx),
            Action::Accept | Action::NextField => self.form.next(),
            Action::PreviousField => self.form.previous(),
            Action::Up => _ = self.within(|form| form.edit(Edit::Up)),
            Action::Down => _ = self.within(|form| form.edit(Edit::Down)),
            _ => {}
        }
    }

    fn notes(&self, width: u16, session: &Session) -> Sheet {
        let theme = &session.theme;
        let mut sheet = Sheet::new(width);
        if let Some(problem) = &self.problem {
            sheet.signed(0, Some((theme.warning, theme.signs.warning.to_owned())), theme.warning, problem);
        }
        if !self.saves {
            sheet.text(0, theme.dim, &session.tr("export-elsewhere"));
        }
        if let Step::Ready(contents) = &self.step {
            let kb = contents.len().div_ceil(1024);
            let key = key_of(session, &[Context::Form], Action::Save);
            let args = [("count", self.count.into()), ("kb", kb.into()), ("key", (&key).into())];
            sheet.text(0, theme.accent, &session.tr_with("export-ready", &args));
        }
        sheet.gap();
        sheet
    }
}

impl Screen for Export {
    fn title(&self) -> &'static str {
        "export-title"
    }

    fn layer(&self) -> Layer {
        Layer::Box
    }

    fn contexts(&self) -> &'static [Context] {
        &[Context::Form]
    }

    fn typing(&self) -> bool {
        matches!(self.step, Step::Choose)
    }

    fn enter(&mut self, _fresh: bool, _cx: &mut Cx<'_>) {}

    fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> bool {
        if matches!(action, Action::Help | Action::Repaint | Action::Quit) {
            return false;
        }
        match &mut self.step {
            Step::Choose => self.act_on_choice(action, cx),
            Step::Making(work) if action == Action::Back => work.stop(cx),
            Step::Ready(contents) if matches!(action, Action::Save | Action::Accept) => {
                cx.copy(contents.to_string());
                cx.toast(Tone::Done, cx.session.tr_with("export-copied", &[("count", self.count.into())]));
                self.leave(cx);
            }
            Step::Ready(_) if action == Action::Back => self.step = Step::Choose,
            _ => {}
        }
        true
    }

    fn typed(&mut self, key: Key, _cx: &mut Cx<'_>) -> bool {
        let Some(step) = typing::step(key).filter(|_| self.typing()) else { return false };
        self.within(|form| form.edit(step))
    }

    fn pasted(&mut self, text: &str, _cx: &mut Cx<'_>) {
        if self.typing() {
            self.form.paste(text);
        }
    }

    fn mouse(&mut self, mouse: Mouse, _cx: &mut Cx<'_>) {
        if mouse.kind == MouseKind::Press && self.typing() {
            self.within(|form| form.click(mouse.column, mouse.row));
        }
    }

    fn progress(&mut self, ticket: Ticket, progress: Progress, _cx: &mut Cx<'_>) {
        if let Step::Making(work) = &mut self.step {
            work.progress(ticket, &progress);
        }
    }

    fn reply(&mut self, ticket: Ticket, result: Result<Answer, Failure>, cx: &mut Cx<'_>) {
        if !matches!(&self.step, Step::Making(work) if work.is(ticket)) {
            return;
        }
        self.step = Step::Choose;
        match result {
            Ok(Answer { reply: Reply::Export(export), .. }) => {
                self.count = export.films;
                self.made(export.contents, cx);
            }
            Ok(_) => {}
            Err(failure) => self.problem = Some(sentence::failure(&cx.session.lang, &failure)),
        }
    }

    fn file_saved(&mut self, ticket: Ticket, result: Result<String, NotSaved>, cx: &mut Cx<'_>) {
        if !matches!(&self.step, Step::Writing(asked) if *asked == ticket) {
            return;
        }
        self.step = Step::Choose;
        let session = cx.session;
        let say = |id: &str, path: &str, why: &str| {
            let (path, why) = (inert(path).into_owned(), inert(why).into_owned());
            session.tr_with(id, &[("path", (&path).into()), ("why", (&why).into()), ("count", self.count.into())])
        };
        match result {
            Ok(path) => {
                cx.toast(Tone::Done, say("export-saved", &path, ""));
                self.leave(cx);
            }
            Err(NotSaved::Elsewhere) => self.problem = Some(session.tr("export-elsewhere")),
            Err(NotSaved::Exists { path }) => self.problem = Some(say("export-exists", &path, "")),
            Err(NotSaved::Failed { path, why }) => self.problem = Some(say("export-failed", &path, &why)),
        }
    }

    fn unsaved(&self) -> bool {
        matches!(self.step, Step::Making(_) | Step::Writing(_))
    }

    fn view(&self, area: Rect, canvas: &mut Canvas<'_>) {
        let session = canvas.session;
        let theme = &session.theme;
        let width = if area.width < 86 { area.width } else { 78 };
        let inside = width.saturating_sub(4);
        let sheet = self.notes(inside, session);
        let above = u16::try_from(sheet.len()).unwrap_or(u16::MAX).min(area.height / 2);
        let wanted = self.form.height(inside).saturating_add(above).saturating_add(4);
        let title = match &self.films {
            Some(films) => session.tr_with("export-heading", &[("count", films.len().into())]),
            None => session.tr("export-heading-all"),
        };
        let body = panel(area, canvas, &title, width, wanted);
        sheet.draw(Rect { height: above.min(body.height), ..body }, 0, canvas);
        let rest = Rect { y: body.y + above.min(body.height), height: body.height.saturating_sub(above), ..body };
        let place = Rect { height: rest.height.saturating_sub(2), ..rest };
        if let Some(cursor) = self.form.draw(place, canvas.buf, theme) {
            canvas.cursor = self.typing().then_some(cursor);
        }
        let foot = row(rest, rest.height.saturating_sub(1));
        match &self.step {
            Step::Making(work) => work.draw(["export-making", "export-making-many"], foot, canvas),
            Step::Writing(_) => {
                let text = format!("{} {}", theme.signs.spinner[0], session.tr("form-saving"));
                Pen::new(foot, canvas.buf, theme.signs.ellipsis).put(&text, theme.accent);
            }
            _ => {
                let text = session.tr("export-private");
                Pen::new(foot, canvas.buf, theme.signs.ellipsis).put(&text, theme.dim);
            }
        }
    }
}
