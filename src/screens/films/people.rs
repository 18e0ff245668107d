//! Who worked on a film: listed, put on it, changed, taken off.

use ratatui::layout::Rect;

use crate::api::film::{FilmDetail, FilmRow};
use crate::api::film_form::{Collaborator, FilmForm};
use crate::api::{Answer, Changed, Failure, Reply, Request, Topic};
use crate::app::action::Action;
use crate::app::cx::{Cx, Tone};
use crate::app::key::Key;
use crate::app::keymap::Context;
use crate::app::msg::{Mouse, MouseKind, Ticket};
use crate::app::sentence;
use crate::app::session::Session;
use crate::domain::text::inert;
use crate::domain::{CollaboratorId, FilmId};
use crate::screens::form::FormScreen;
use crate::screens::list::Trail;
use crate::screens::picker::{Pick, Picked, Picker};
use crate::screens::sheet::Sheet;
use crate::screens::steer::steer;
use crate::screens::words::key_of;
use crate::screens::{Canvas, Screen};
use crate::widgets::menu::{Menu, MenuItem};
use crate::widgets::pen::{Pen, row};

use super::person::PersonFilling;

/// The choice of somebody who is not known yet.
const NEW: &str = "";
/// How wide the list gets.
const WIDEST: u16 = 100;

/// The page.
pub(crate) struct People {
    film: FilmId,
    title: String,
    list: Trail,
    base: Option<Box<FilmForm>>,
    crew: Option<Vec<Collaborator>>,
    menu: Menu,
    reading: Vec<Ticket>,
    failed: Option<Failure>,
    /// Asked for everybody who is known.
    asking: Option<Ticket>,
    picker: Option<Picker>,
    adding: Option<Ticket>,
    removing: Option<(Ticket, String)>,
}

impl People {
    /// The page of a film's people.
    pub(crate) fn new(row: &FilmRow, list: Trail, session: &Session) -> Self {
        Self {
            film: row.id,
            title: super::cells::title_of(row, session),
            list,
            base: None,
            crew: None,
            menu: Menu::default(),
            reading: Vec::new(),
            failed: None,
            asking: None,
            picker: None,
            adding: None,
            removing: None,
        }
    }

    fn read(&mut self, cx: &mut Cx<'_>) {
        self.failed = None;
        for before in self.reading.drain(..) {
            cx.cancel(before);
        }
        let base = self.base.is_none().then_some(Request::FilmForm {});
        let requests = base.into_iter().chain([Request::Film { film: self.film }]);
        self.reading = requests.map(|request| cx.call(request)).collect();
    }

    fn current(&self) -> Option<&Collaborator> {
        self.crew.as_ref()?.get(self.menu.picked()?)
    }

    fn take(&mut self, film: Box<FilmDetail>, session: &Session) {
        let before = self.current().map(|person| person.id);
        let item = |person: &Collaborator| {
            let mut aside = inert(person.job.trim()).into_owned();
            if person.films > 1 {
                let others = session.tr_with("people-others", &[("count", (person.films - 1).into())]);
                aside = if aside.is_empty() { others } else { format!("{aside} {} {others}", session.theme.signs.dot) };
            }
            let item = MenuItem::new(name(person, session)).aside(aside);
            if person.email.trim().is_empty() { item } else { item.detail(inert(person.email.trim()).into_owned()) }
        };
        self.menu.set_items(film.collaborators.iter().map(item).collect());
        let at = film.collaborators.iter().position(|person| Some(person.id) == before);
        self.menu.move_by(at.and_then(|at| isize::try_from(at).ok()).unwrap_or_default());
        self.crew = Some(film.collaborators);
    }

    /// Whether this database has people of films at all; says so where it has none.
    fn has_people(&self, cx: &mut Cx<'_>) -> bool {
        let has = self.base.as_ref().is_some_and(|base| !base.collaborator_fields.is_empty());
        if !has && self.base.is_some() {
            cx.toast(Tone::Info, cx.session.tr("people-none-here"));
        }
        has
    }

    /// Opens the form of somebody, or of somebody new.
    fn fill(&self, person: Option<&Collaborator>, cx: &mut Cx<'_>) {
        let Some(base) = &self.base else { return };
        let filling = PersonFilling::new(self.film, person, base.collaborator_fields.clone(), self.list.clone());
        cx.open(Box::new(FormScreen::new(filling)));
    }

    /// Everybody who is known and not on this film, and somebody new.
    fn offer(&mut self, known: Vec<Collaborator>, session: &Session) {
        let here: Vec<CollaboratorId> = self.crew.iter().flatten().map(|person| person.id).collect();
        let others = known.iter().filter(|person| !here.contains(&person.id));
        let pick = |person: &Collaborator| {
            Pick::new(person.id.to_string(), name(person, session))
                .aside(format!("{}  {}", person.job.trim(), person.email.trim()).trim())
        };
        let new = Pick::new(NEW, session.tr("people-new"));
        let all = std::iter::once(new).chain(others.map(pick)).collect();
        self.picker = Some(Picker::new(session.tr("people-pick"), all, NEW, session));
    }

    fn picked(&mut self, picked: Picked, cx: &mut Cx<'_>) {
        match picked {
            Picked::Looking => return,
            Picked::Took(pick) if pick.value == NEW => self.fill(None, cx),
            Picked::Took(pick) => {
                let collaborator = pick.value.parse().ok().map(CollaboratorId);
                self.list.acting(true);
                self.adding = Some(cx.call(Request::AddCollaborator { film: self.film, fields: None, collaborator }));
            }
            Picked::New(_) | Picked::Left => {}
        }
        self.picker = None;
    }

    fn remove(&mut self, cx: &mut Cx<'_>) {
        let Some(person) = self.current().filter(|_| self.removing.is_none()) else { return };
        let (collaborator, name) = (person.id, name(person, cx.session));
        self.list.acting(true);
        self.removing = Some((cx.call(Request::RemoveCollaborator { film: self.film, collaborator }), name));
    }

    fn changed_one(&mut self, id: &str, name: &str, result: Result<Answer, Failure>, cx: &mut Cx<'_>) {
        match result {
            Ok(answer) => {
                cx.done(cx.session.tr_with(id, &[("name", name.into())]), answer.operation);
                self.read(cx);
            }
            Err(failure) => {
                self.list.acting(false);
                cx.toast(Tone::Problem, sentence::failure(&cx.session.lang, &failure));
            }
        }
    }
}

/// Somebody's name, or that they have none.
pub(super) fn name(person: &Collaborator, session: &Session) -> String {
    match person.name().trim() {
        "" => session.tr("people-nameless"),
        name => inert(name).into_owned(),
    }
}

impl Screen for People {
    fn title(&self) -> &'static str {
        "people-title"
    }

    fn contexts(&self) -> &'static [Context] {
        if self.picker.is_some() { &[Context::Menu] } else { &[Context::People, Context::Menu] }
    }

    fn typing(&self) -> bool {
        self.picker.is_some()
    }

    fn enter(&mut self, fresh: bool, cx: &mut Cx<'_>) {
        if fresh || self.crew.is_none() {
            self.read(cx);
        }
    }

    fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> bool {
        if let Some(picker) = &mut self.picker {
            let picked = picker.act(action);
            self.picked(picked, cx);
            return !matches!(action, Action::Help | Action::Repaint | Action::Quit);
        }
        match action {
            Action::New if self.asking.is_none() && self.has_people(cx) => {
                self.asking = Some(cx.call(Request::Collaborators {}));
            }
            Action::New => {}
            Action::Edit | Action::Accept => {
                if let Some(person) = self.current() {
                    self.fill(Some(person), cx);
                }
            }
            Action::Delete => self.remove(cx),
            _ => return steer(&mut self.menu, action),
        }
        true
    }

    fn typed(&mut self, key: Key, cx: &mut Cx<'_>) -> bool {
        self.picker.as_mut().is_some_and(|picker| picker.typed(key, cx.session))
    }

    fn pasted(&mut self, text: &str, cx: &mut Cx<'_>) {
        if let Some(picker) = &mut self.picker {
            picker.pasted(text, cx.session);
        }
    }

    fn mouse(&mut self, mouse: Mouse, cx: &mut Cx<'_>) {
        match (mouse.kind, &mut self.picker) {
            (MouseKind::Press, Some(picker)) => {
                let picked = picker.click(mouse.column, mouse.row);
                self.picked(picked, cx);
            }
            (MouseKind::Press, None) => _ = self.menu.click(mouse.column, mouse.row),
            (MouseKind::WheelUp, None) => self.menu.move_by(-3),
            (MouseKind::WheelDown, None) => self.menu.move_by(3),
            _ => {}
        }
    }

    fn reply(&mut self, ticket: Ticket, result: Result<Answer, Failure>, cx: &mut Cx<'_>) {
        if let Some(at) = self.reading.iter().position(|asked| *asked == ticket) {
            self.reading.swap_remove(at);
            match result.map(|answer| answer.reply) {
                Ok(Reply::FilmForm(base)) => self.base = Some(base),
                Ok(Reply::Film(film)) => self.take(film, cx.session),
                Ok(_) => {}
                Err(failure) => self.failed = Some(failure),
            }
        } else if self.asking.take_if(|asked| *asked == ticket).is_some() {
            match result.map(|answer| answer.reply) {
                Ok(Reply::Collaborators(known)) => self.offer(known, cx.session),
                Ok(_) => {}
                Err(failure) => cx.toast(Tone::Problem, sentence::failure(&cx.session.lang, &failure)),
            }
        } else if self.adding.take_if(|asked| *asked == ticket).is_some() {
            let name = match &result {
                Ok(Answer { reply: Reply::Collaborator(person), .. }) => name(person, cx.session),
                _ => String::new(),
            };
            self.changed_one("people-added", &name, result, cx);
        } else if let Some((_, name)) = self.removing.take_if(|(asked, _)| *asked == ticket) {
            self.changed_one("people-removed", &name, result, cx);
        }
    }

    fn changed(&mut self, changed: &Changed, cx: &mut Cx<'_>) {
        let about = |ids: &Vec<i32>| ids.contains(&self.film.0);
        if changed.topic == Topic::Films && changed.ids.as_ref().is_none_or(about) {
            self.read(cx);
        }
    }

    fn view(&self, area: Rect, canvas: &mut Canvas<'_>) {
        let session = canvas.session;
        let theme = &session.theme;
        let inner = Rect { x: area.x + 1, width: area.width.saturating_sub(2).min(WIDEST), ..area };
        let heading = session.tr_with("people-heading", &[("title", (&self.title).into())]);
        Pen::new(row(inner, 0), canvas.buf, theme.signs.ellipsis).put(&heading, theme.title);
        let body = Rect { y: inner.y + 2, height: inner.height.saturating_sub(2), ..inner };
        let mut sheet = Sheet::new(body.width);
        let none = self.base.as_ref().is_some_and(|base| base.collaborator_fields.is_empty());
        let key = |action| key_of(session, &[Context::People], action);
        if let Some(failure) = &self.failed {
            let sign = (theme.warning, theme.signs.warning.to_owned());
            sheet.signed(0, Some(sign), theme.warning, &sentence::failure(&session.lang, failure));
            let key = key_of(session, &[], Action::Refresh);
            sheet.text(0, theme.dim, &session.tr_with("list-failed-hint", &[("key", (&key).into())]));
        } else if none {
            sheet.text(0, theme.text, &session.tr("people-none-here"));
        } else if self.crew.is_none() {
            sheet.text(0, theme.dim, &session.tr("page-loading"));
        } else if self.crew.as_ref().is_some_and(Vec::is_empty) {
            sheet.text(0, theme.text, &session.tr("people-empty"));
            let key = key(Action::New);
            sheet.text(0, theme.dim, &session.tr_with("people-empty-hint", &[("key", (&key).into())]));
        }
        sheet.gap();
        sheet.draw(body, 0, canvas);
        let above = u16::try_from(sheet.len()).unwrap_or(u16::MAX).min(body.height);
        let list = Rect { y: body.y + above, height: body.height - above, ..body };
        self.menu.draw(list, canvas.buf, theme);
        if let Some(picker) = &self.picker {
            picker.draw(area, canvas);
        }
    }
}
