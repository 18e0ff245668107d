//! The categories of a film: ticked, found by typing, added in place.

use std::collections::BTreeSet;

use ratatui::layout::Rect;

use crate::api::failure::Trouble;
use crate::api::film::{FilmDetail, FilmRow};
use crate::api::film_form::Category;
use crate::api::{Answer, Failure, Reply, Request};
use crate::app::action::Action;
use crate::app::cx::{Cx, Tone};
use crate::app::key::Key;
use crate::app::keymap::Context;
use crate::app::msg::{Mouse, MouseKind, Ticket};
use crate::app::sentence;
use crate::app::session::Session;
use crate::domain::text::{fold, inert};
use crate::domain::{CategoryId, FilmId};
use crate::screens::confirm::{Confirm, Outcome};
use crate::screens::list::Trail;
use crate::screens::panel::panel;
use crate::screens::sheet::Sheet;
use crate::screens::steer::steer;
use crate::screens::words::key_of;
use crate::screens::{Canvas, Layer, Screen, typing};
use crate::widgets::input::Input;
use crate::widgets::matching;
use crate::widgets::menu::{Menu, MenuItem};
use crate::widgets::pen::{Pen, row};

/// The longest name of a category that can be typed; what the column holds is checked where it is written.
const NAME_MAX: usize = 255;

/// One line of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Line {
    /// A category, by its position.
    Known(usize),
    /// What was typed, as a new one.
    New(String),
}

/// The dialog.
pub(crate) struct Categories {
    film: FilmId,
    title: String,
    list: Trail,
    all: Vec<Category>,
    /// What the film had when it was read.
    loaded: BTreeSet<CategoryId>,
    on: BTreeSet<CategoryId>,
    input: Input,
    menu: Menu,
    lines: Vec<Line>,
    /// Questions without an answer: all categories, and this film.
    reading: Vec<Ticket>,
    adding: Option<Ticket>,
    saving: Option<Ticket>,
    again: Option<Ticket>,
    problem: Option<String>,
    failed: bool,
}

impl Categories {
    /// The dialog for a film.
    pub(crate) fn new(row: &FilmRow, list: Trail, session: &Session) -> Self {
        Self {
            film: row.id,
            title: super::cells::title_of(row, session),
            list,
            all: Vec::new(),
            loaded: BTreeSet::new(),
            on: BTreeSet::new(),
            input: Input::new().with_max(NAME_MAX).with_placeholder(session.tr("palette-prompt")),
            menu: Menu::default(),
            lines: Vec::new(),
            reading: Vec::new(),
            adding: None,
            saving: None,
            again: None,
            problem: None,
            failed: false,
        }
    }

    fn read(&mut self, cx: &mut Cx<'_>) {
        (self.failed, self.problem) = (false, None);
        let requests = [Request::FilmForm {}, Request::Film { film: self.film }];
        self.reading = requests.into_iter().map(|request| cx.call(request)).collect();
    }

    fn idle(&self) -> bool {
        self.reading.is_empty() && self.saving.is_none() && self.adding.is_none()
    }

    fn dirty(&self) -> bool {
        self.on != self.loaded
    }

    /// Lists what holds every word typed, and what was typed as a new one if there is none of that name.
    fn filter(&mut self, session: &Session) {
        let typed = self.input.text().trim();
        let folded = fold(typed);
        let words: Vec<&str> = folded.split_whitespace().collect();
        let holds = |at: &usize| {
            let name = fold(&self.all[*at].name);
            words.iter().all(|word| name.contains(word))
        };
        let mut lines: Vec<Line> = (0..self.all.len()).filter(holds).map(Line::Known).collect();
        if !typed.is_empty() && !self.all.iter().any(|category| fold(category.name.trim()) == folded) {
            lines.push(Line::New(typed.to_owned()));
        }
        let theme = &session.theme;
        let item = |line: &Line| match line {
            Line::Known(at) => {
                let category = &self.all[*at];
                let sign = if self.on.contains(&category.id) { theme.signs.check } else { " " };
                let label = format!("[{sign}] {}", inert(&category.name));
                let films = session.tr_with("categories-films", &[("count", category.films.into())]);
                let marked = matching::find(&label, &words, fold);
                MenuItem::new(label).aside(films).marked(marked)
            }
            Line::New(name) => {
                let name = inert(name).into_owned();
                MenuItem::new(session.tr_with("categories-new", &[("name", (&name).into())]))
            }
        };
        let items = lines.iter().map(item).collect();
        let same = lines == self.lines;
        let at = self.menu.picked();
        self.menu.set_items(items);
        if let Some(at) = at.filter(|_| same) {
            self.menu.move_by(isize::try_from(at).unwrap_or_default());
        }
        self.lines = lines;
    }

    /// Turns the category under the cursor over, or adds a new one.
    fn turn(&mut self, cx: &mut Cx<'_>) {
        match self.menu.picked().and_then(|at| self.lines.get(at)).cloned() {
            Some(Line::Known(at)) => {
                let id = self.all[at].id;
                if !self.on.remove(&id) {
                    self.on.insert(id);
                }
                self.again = None;
                self.filter(cx.session);
            }
            Some(Line::New(name)) => {
                self.problem = None;
                self.adding = Some(cx.call(Request::CreateCategory { name }));
            }
            None => {}
        }
    }

    fn save(&mut self, cx: &mut Cx<'_>) {
        if !self.dirty() {
            cx.toast(Tone::Info, cx.session.tr("form-same"));
            return cx.close();
        }
        let (categories, loaded) = (self.on.iter().copied().collect(), Some(self.loaded.iter().copied().collect()));
        let request = Request::SetCategories { film: self.film, categories, loaded };
        self.list.acting(true);
        self.saving = Some(match self.again.take() {
            Some(ticket) => cx.call_again(ticket, request),
            None => cx.call(request),
        });
        self.problem = None;
    }

    fn failed(&mut self, ticket: Ticket, failure: &Failure, cx: &mut Cx<'_>) {
        self.list.acting(false);
        self.problem = Some(sentence::failure(&cx.session.lang, failure));
        match failure {
            // Both people's ticks are put together and shown; saving once more is a decision.
            Failure::Conflict(_) => {
                self.problem = Some(cx.session.tr("categories-conflict"));
                self.reading.push(cx.call(Request::Film { film: self.film }));
            }
            Failure::Unavailable(trouble) => self.again = (trouble.why != Trouble::Cancelled).then_some(ticket),
            _ => {}
        }
    }

    /// What the film has now: what was ticked or taken away here stays so.
    fn take(&mut self, film: &FilmDetail) {
        let now: BTreeSet<CategoryId> = film.categories.iter().map(|category| category.id).collect();
        let given: Vec<_> = self.on.difference(&self.loaded).copied().collect();
        let taken: Vec<_> = self.loaded.difference(&self.on).copied().collect();
        self.on = now.iter().copied().filter(|id| !taken.contains(id)).chain(given).collect();
        self.loaded = now;
    }

    fn read_more(&mut self, reply: Reply, session: &Session) {
        match reply {
            Reply::FilmForm(form) if !form.has_categories => {
                self.problem = Some(session.tr("categories-none-here"));
                self.failed = true;
            }
            Reply::FilmForm(form) => self.all = form.categories,
            Reply::Film(film) => self.take(&film),
            _ => {}
        }
        if self.reading.is_empty() {
            self.filter(session);
        }
    }

    fn saved(&self, answer: &Answer, cx: &mut Cx<'_>) {
        let names = self.all.iter().filter(|category| self.on.contains(&category.id));
        let names: Vec<_> = names.map(|category| inert(&category.name)).collect();
        let names = if names.is_empty() { cx.session.tr("page-empty") } else { names.join(", ") };
        cx.done(cx.session.tr_with("categories-saved", &[("names", (&names).into())]), answer.operation);
        cx.close();
    }
}

impl Screen for Categories {
    fn title(&self) -> &'static str {
        "categories-title"
    }

    fn layer(&self) -> Layer {
        Layer::Box
    }

    fn contexts(&self) -> &'static [Context] {
        &[Context::Ticking, Context::Menu]
    }

    fn typing(&self) -> bool {
        true
    }

    fn enter(&mut self, fresh: bool, cx: &mut Cx<'_>) {
        if self.all.is_empty() && self.reading.is_empty() || fresh && self.failed {
            self.read(cx);
        }
    }

    fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> bool {
        match action {
            Action::Back if self.saving.is_none() && self.dirty() => {
                let discard = Confirm::discard(cx.session, "categories-unsaved", Outcome::Close(cx.key()));
                cx.open(Box::new(discard));
            }
            Action::Back if self.saving.is_none() => cx.close(),
            Action::Help | Action::Repaint | Action::Quit => return false,
            Action::Accept | Action::Save if self.failed => self.read(cx),
            _ if !self.idle() => {}
            Action::Save => self.save(cx),
            Action::Accept => self.turn(cx),
            _ => return steer(&mut self.menu, action),
        }
        true
    }

    fn typed(&mut self, key: Key, cx: &mut Cx<'_>) -> bool {
        if !self.idle() {
            return key.typed().is_some();
        }
        // A blank is a part of a name only where one has begun.
        if key.typed() == Some(' ') && self.input.is_empty() {
            self.turn(cx);
            return true;
        }
        let edits = typing::edit(&mut self.input, key);
        if edits {
            self.filter(cx.session);
        }
        edits
    }

    fn pasted(&mut self, text: &str, cx: &mut Cx<'_>) {
        if self.idle() {
            self.input.paste(text);
            self.filter(cx.session);
        }
    }

    fn mouse(&mut self, mouse: Mouse, cx: &mut Cx<'_>) {
        match mouse.kind {
            MouseKind::Press if self.idle() && self.menu.click(mouse.column, mouse.row) => self.turn(cx),
            MouseKind::WheelUp => self.menu.move_by(-3),
            MouseKind::WheelDown => self.menu.move_by(3),
            MouseKind::Press => {}
        }
    }

    fn reply(&mut self, ticket: Ticket, result: Result<Answer, Failure>, cx: &mut Cx<'_>) {
        let session = cx.session;
        if let Some(at) = self.reading.iter().position(|asked| *asked == ticket) {
            self.reading.swap_remove(at);
            match result {
                Ok(answer) => self.read_more(answer.reply, session),
                Err(failure) => {
                    self.problem = Some(sentence::failure(&session.lang, &failure));
                    self.failed = true;
                }
            }
        } else if self.adding.take_if(|asked| *asked == ticket).is_some() {
            match result {
                Ok(Answer { reply: Reply::Category(category), .. }) => {
                    self.on.insert(category.id);
                    self.all.push(category);
                    self.all.sort_by_cached_key(|category| fold(&category.name));
                    self.input.set("");
                    self.filter(session);
                }
                Ok(_) => {}
                Err(failure) => self.problem = Some(sentence::failure(&session.lang, &failure)),
            }
        } else if self.saving.take_if(|asked| *asked == ticket).is_some() {
            match result {
                Ok(answer) => self.saved(&answer, cx),
                Err(failure) => self.failed(ticket, &failure, cx),
            }
        }
    }

    fn unsaved(&self) -> bool {
        self.saving.is_some() || self.dirty()
    }

    fn view(&self, area: Rect, canvas: &mut Canvas<'_>) {
        let session = canvas.session;
        let theme = &session.theme;
        let width = area.width.saturating_sub(4).min(64);
        let mut sheet = Sheet::new(width.saturating_sub(4));
        if let Some(problem) = &self.problem {
            sheet.signed(0, Some((theme.warning, theme.signs.warning.to_owned())), theme.warning, problem);
            sheet.gap();
        }
        let above = u16::try_from(sheet.len()).unwrap_or(u16::MAX).min(area.height / 2);
        let lines = u16::try_from(self.lines.len().max(self.all.len())).unwrap_or(u16::MAX).clamp(3, 16);
        let title = session.tr_with("categories-heading", &[("title", (&self.title).into())]);
        let body = panel(area, canvas, &title, width, lines.saturating_add(above).saturating_add(6));
        sheet.draw(Rect { height: above.min(body.height), ..body }, 0, canvas);
        let rest = Rect { y: body.y + above.min(body.height), height: body.height.saturating_sub(above), ..body };
        let cursor = self.input.draw(row(rest, 0), canvas.buf, theme, true);
        canvas.cursor = cursor.filter(|_| self.idle());
        let list = Rect { y: rest.y.saturating_add(2), height: rest.height.saturating_sub(4), ..rest };
        self.menu.draw(list, canvas.buf, theme);
        let mut pen = Pen::new(row(rest, rest.height.saturating_sub(1)), canvas.buf, theme.signs.ellipsis);
        let busy = |id: &str| (theme.accent, format!("{} {}", theme.signs.spinner[0], session.tr(id)));
        let key = |action| key_of(session, &[Context::Ticking, Context::Menu], action);
        let (style, text) = match () {
            () if self.saving.is_some() || self.adding.is_some() => busy("form-saving"),
            () if !self.reading.is_empty() => busy("page-loading"),
            () => {
                let (turn, save) = (key(Action::Accept), key(Action::Save));
                (theme.dim, session.tr_with("categories-foot", &[("turn", (&turn).into()), ("save", (&save).into())]))
            }
        };
        pen.put(&text, style);
    }
}
