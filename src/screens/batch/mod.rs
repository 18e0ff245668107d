//! What can be done to many films at once: one field, a category, a file, another status. Chosen, looked at as a whole,
//! done with a way to stop, and undone as one.

mod outcome;
mod view;

use ratatui::layout::Rect;

use crate::api::film::{FilmDetail, FilmRow};
use crate::api::film_form::{EditPreview, FilmForm};
use crate::api::{Answer, Failure, Progress, Reply, Request};
use crate::app::action::Action;
use crate::app::cx::Cx;
use crate::app::key::Key;
use crate::app::keymap::Context;
use crate::app::msg::{Mouse, MouseKind, Ticket};
use crate::app::sentence::{self, field as label};
use crate::app::session::Session;
use crate::domain::film_field::{FieldLimit, Kind as Takes};
use crate::domain::text::inert;
use crate::domain::{CategoryId, FilmId};
use crate::widgets::edit::Edit;
use crate::widgets::form::{Form, Kind};
use crate::widgets::menu::{Menu, MenuItem};

use super::export::Export;
use super::films::filling;
use super::films::form::producers;
use super::last_look::{Decision, LastLook, MANY};
use super::list::Trail;
use super::picker::{Pick, Picked, Picker, Picks};
use super::steer::steer;
use super::work::Work;
use super::{Canvas, Layer, Screen, typing};
use outcome::Refused;

/// So many films are shown with what changes in them.
const SHOWN: usize = 3;

/// What can be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What {
    Edit,
    Give,
    Take,
    Export,
    Advance,
    Delete,
}

const WHATS: [(What, &str, &str); 6] = [
    (What::Edit, "batch-edit", "batch-edit-about"),
    (What::Give, "batch-give", "batch-give-about"),
    (What::Take, "batch-take", "batch-take-about"),
    (What::Export, "batch-export", "batch-export-about"),
    (What::Advance, "batch-advance", "batch-advance-about"),
    (What::Delete, "batch-delete", "batch-delete-about"),
];

/// One change of all the films.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Change {
    /// This value into this field; `shown`: as it is written on the screen.
    Field { column: &'static str, value: Option<String>, shown: String },
    /// This category given, or taken away.
    Category { id: CategoryId, name: String, remove: bool },
}

/// Where in the dialog one is.
enum Step {
    /// Choosing what.
    What,
    /// Choosing the field, the producer or the category.
    Pick(Picker),
    /// Typing the value.
    Value(Form),
    /// Looking once more.
    Look,
    /// What could not be done, and why.
    Done(Refused),
}

/// The dialog.
pub(crate) struct Batch {
    films: Vec<(FilmId, Box<str>)>,
    list: Trail,
    selected: bool,
    menu: Menu,
    what: What,
    step: Step,
    base: Option<Box<FilmForm>>,
    /// The producers, to choose from.
    producers: Option<Picks>,
    reading: Option<Ticket>,
    /// Something was chosen before that was there.
    eager: bool,
    /// The field that is changed.
    limit: Option<FieldLimit>,
    change: Option<Change>,
    /// A new category on its way.
    adding: Option<Ticket>,
    looking: Option<Ticket>,
    preview: Option<EditPreview>,
    /// What the preview says cannot be changed.
    refused: Refused,
    /// The first films, for what stands in them now.
    sampling: Vec<Ticket>,
    samples: Vec<FilmDetail>,
    last_look: LastLook,
    work: Option<Work>,
    /// A change without an answer: asking once more asks for the very same.
    again: Option<Ticket>,
    problem: Option<String>,
}

impl Batch {
    /// The dialog for these films; there is at least one. `list`: the list below, `selected`: they are its selection.
    pub(crate) fn new(films: &[&FilmRow], list: Trail, selected: bool, session: &Session) -> Self {
        let items = WHATS.iter().map(|(_, what, about)| MenuItem::new(session.tr(what)).detail(session.tr(about)));
        Self {
            films: films.iter().map(|row| (row.id, row.title.clone())).collect(),
            list,
            selected,
            menu: Menu::new(items.collect()),
            what: What::Edit,
            step: Step::What,
            base: None,
            producers: None,
            reading: None,
            eager: false,
            limit: None,
            change: None,
            adding: None,
            looking: None,
            preview: None,
            refused: Refused::default(),
            sampling: Vec::new(),
            samples: Vec::new(),
            last_look: LastLook::default(),
            work: None,
            again: None,
            problem: None,
        }
    }

    fn ids(&self) -> Vec<FilmId> {
        self.films.iter().map(|(id, _)| *id).collect()
    }

    /// Goes on with what was chosen.
    fn begin(&mut self, cx: &mut Cx<'_>) {
        let Some((what, ..)) = self.menu.picked().and_then(|at| WHATS.get(at)) else { return };
        self.what = *what;
        self.problem = None;
        match what {
            What::Advance | What::Delete => {
                // The list has its own dialogs for these.
                cx.close();
                cx.act_later(if *what == What::Advance { Action::Advance } else { Action::Delete });
            }
            What::Export => {
                let export = Export::new(Some(self.ids()), self.list.clone(), cx.session).above(cx.key());
                cx.open(Box::new(export));
            }
            What::Edit | What::Give | What::Take => self.pick(cx),
        }
    }

    /// Offers the fields or the categories, as soon as they are known.
    fn pick(&mut self, cx: &mut Cx<'_>) {
        let session = cx.session;
        let Some(base) = &self.base else {
            self.reading = Some(self.reading.unwrap_or_else(|| cx.call(Request::FilmForm {})));
            self.eager = true;
            return;
        };
        if self.what == What::Edit {
            let pick = |limit: &FieldLimit| Pick::new(limit.column, label(&session.lang, limit.column));
            let all = base.fields.iter().map(pick).collect();
            self.step = Step::Pick(Picker::new(session.tr("batch-pick-field"), all, "", session));
            return;
        }
        if !base.has_categories {
            self.problem = Some(session.tr("categories-none-here"));
            return;
        }
        let pick = |category: &crate::api::film_form::Category| {
            let films = session.tr_with("categories-films", &[("count", category.films.into())]);
            Pick::new(category.id.to_string(), &category.name).aside(&films)
        };
        let all = base.categories.iter().map(pick).collect();
        let title = session.tr(if self.what == What::Give { "batch-give" } else { "batch-take" });
        let picker = Picker::new(title, all, "", session);
        self.step = Step::Pick(if self.what == What::Give { picker.with_new("categories-new") } else { picker });
    }

    fn picked(&mut self, picked: Picked, cx: &mut Cx<'_>) {
        match picked {
            Picked::Looking => {}
            Picked::Left => self.back(cx),
            Picked::New(name) => self.adding = Some(cx.call(Request::CreateCategory { name })),
            Picked::Took(pick) => match self.what {
                What::Edit if self.limit.is_some() => {
                    let column = self.limit.as_ref().map_or("", |limit| limit.column);
                    self.look(Change::Field { column, value: Some(pick.value), shown: pick.label }, cx);
                }
                What::Edit => self.ask_value(&pick.value, cx.session),
                _ => self.take_category(&pick, cx),
            },
        }
    }

    fn take_category(&mut self, pick: &Pick, cx: &mut Cx<'_>) {
        if let Ok(id) = pick.value.parse() {
            let remove = self.what == What::Take;
            self.look(Change::Category { id: CategoryId(id), name: pick.label.clone(), remove }, cx);
        }
    }

    /// Asks for the value of a field.
    fn ask_value(&mut self, column: &str, session: &Session) {
        let Some(base) = &self.base else { return };
        let Some(limit) = base.fields.iter().find(|limit| limit.column == column).cloned() else { return };
        if limit.kind == Takes::Person {
            let producers = self.producers.clone().unwrap_or_else(|| producers(base));
            self.step = Step::Pick(Picker::among(session.tr("film-pick-producer"), producers, "", session));
        } else {
            let mut field = filling::field(&limit, "", session);
            if !limit.required && field.help.is_empty() {
                field.help = session.tr("batch-empty-help");
            }
            self.step = Step::Value(Form::new([field]));
        }
        self.limit = Some(limit);
    }

    /// Takes what was typed.
    fn value(&mut self, cx: &mut Cx<'_>) {
        let (Step::Value(form), Some(limit)) = (&mut self.step, &self.limit) else { return };
        let value = form.value(limit.column);
        if let Err(refusal) = filling::judge(limit.column, &value, None, std::slice::from_ref(limit)) {
            let sentence = cx.session.lang.refusal(&refusal);
            form.set_error(limit.column, sentence);
            return;
        }
        let value = Some(value.trim().to_owned()).filter(|value| !value.is_empty());
        let shown = value.as_deref().map_or_else(|| cx.session.tr("page-empty"), |value| inert(value).into_owned());
        self.look(Change::Field { column: limit.column, value, shown }, cx);
    }

    /// Asks what the change would do, and looks at it.
    fn look(&mut self, change: Change, cx: &mut Cx<'_>) {
        let films = self.ids();
        let request = match change.clone() {
            Change::Field { column, value, .. } => Request::PreviewEditFilms { films, field: column.to_owned(), value },
            Change::Category { id, remove, .. } => Request::PreviewCategory { films, category: id, remove },
        };
        self.looking = Some(cx.call(request));
        if self.samples.is_empty() && matches!(change, Change::Field { .. }) {
            let first = self.films.iter().take(SHOWN).map(|(film, _)| Request::Film { film: *film });
            self.sampling = first.map(|request| cx.call(request)).collect();
        }
        (self.preview, self.problem, self.again) = (None, None, None);
        self.change = Some(change);
        self.step = Step::Look;
    }

    /// The whole is known: the buttons come.
    fn looked(&mut self, preview: EditPreview, session: &Session) {
        let count = preview.change as usize;
        let ask = (count > MANY).then_some(count);
        let go = session.tr_with("batch-button", &[("count", count.into())]);
        self.last_look = LastLook::new(session.tr("advance-button-back"), go, preview.overwrite > 0, ask);
        self.refused = Refused::new(&self.films, &preview.refused, SHOWN, session);
        self.preview = Some(preview);
    }

    fn go(&mut self, cx: &mut Cx<'_>) {
        let Some(change) = self.change.clone().filter(|_| self.preview.as_ref().is_some_and(|p| p.change > 0)) else {
            return;
        };
        let films = self.ids();
        let request = match change {
            Change::Field { column, value, .. } => Request::EditFilms { films, field: column.to_owned(), value },
            Change::Category { id, remove: true, .. } => Request::RemoveCategory { films, category: id },
            Change::Category { id, .. } => Request::AddCategory { films, category: id },
        };
        self.list.acting(true);
        let ticket = match self.again.take() {
            Some(ticket) => cx.call_again(ticket, request),
            None => cx.call(request),
        };
        self.work = Some(Work::new(ticket, self.films.len() > 1));
        self.problem = None;
    }

    /// One step back.
    fn back(&mut self, cx: &mut Cx<'_>) {
        (self.problem, self.again) = (None, None);
        match &self.step {
            Step::What | Step::Done(_) => cx.close(),
            Step::Pick(_) if self.limit.take().is_none() => self.step = Step::What,
            Step::Pick(_) => self.pick(cx),
            Step::Value(_) => {
                self.limit = None;
                self.pick(cx);
            }
            Step::Look => {
                if let Some(ticket) = self.looking.take() {
                    cx.cancel(ticket);
                }
                match self.limit.clone() {
                    Some(limit) => {
                        self.ask_value(limit.column, cx.session);
                        if let (Step::Value(form), Some(Change::Field { value, .. })) = (&mut self.step, &self.change) {
                            form.set_value(limit.column, value.as_deref().unwrap_or_default());
                        }
                    }
                    None => self.pick(cx),
                }
            }
        }
    }

    fn act_on_menu(&mut self, action: Action, cx: &mut Cx<'_>) {
        match action {
            Action::Accept => self.begin(cx),
            Action::Back => self.back(cx),
            _ => _ = steer(&mut self.menu, action),
        }
    }

    fn act_on_value(&mut self, action: Action, cx: &mut Cx<'_>) {
        let Step::Value(form) = &mut self.step else { return };
        match action {
            Action::Back => self.back(cx),
            Action::Save => self.value(cx),
            Action::Accept if form.edit(Edit::Newline) => {}
            Action::Accept => self.value(cx),
            Action::Up => _ = form.edit(Edit::Up),
            Action::Down => _ = form.edit(Edit::Down),
            _ => {}
        }
    }

    fn decide(&mut self, decision: Decision, cx: &mut Cx<'_>) {
        match decision {
            Decision::Go => self.go(cx),
            Decision::Back => self.back(cx),
            Decision::Miscounted => self.problem = Some(self.last_look.demand(cx.session)),
            Decision::Open => {}
        }
    }
}

impl Screen for Batch {
    fn title(&self) -> &'static str {
        "batch-title"
    }

    fn layer(&self) -> Layer {
        Layer::Box
    }

    fn contexts(&self) -> &'static [Context] {
        match self.step {
            Step::What | Step::Pick(_) => &[Context::Menu],
            Step::Value(_) => &[Context::Form],
            Step::Look | Step::Done(_) => &[Context::Dialog],
        }
    }

    fn typing(&self) -> bool {
        match self.step {
            Step::What | Step::Done(_) => false,
            Step::Pick(_) | Step::Value(_) => true,
            Step::Look => self.last_look.typing() && self.work.is_none(),
        }
    }

    fn enter(&mut self, _fresh: bool, cx: &mut Cx<'_>) {
        if self.base.is_none() && self.reading.is_none() {
            self.reading = Some(cx.call(Request::FilmForm {}));
        }
    }

    fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> bool {
        if matches!(action, Action::Help | Action::Repaint | Action::Quit) {
            return false;
        }
        match &mut self.step {
            _ if self.work.is_some() => {
                if let Some(work) = self.work.as_mut().filter(|_| action == Action::Back) {
                    work.stop(cx);
                }
            }
            _ if self.adding.is_some() => {}
            Step::What => self.act_on_menu(action, cx),
            Step::Pick(picker) => {
                let picked = picker.act(action);
                self.picked(picked, cx);
            }
            Step::Value(_) => self.act_on_value(action, cx),
            Step::Look if self.preview.is_none() => {
                if action == Action::Back {
                    self.back(cx);
                }
            }
            Step::Look => {
                let decision = self.last_look.act(action);
                self.decide(decision, cx);
            }
            Step::Done(_) => {
                if matches!(action, Action::Back | Action::Accept) {
                    cx.close();
                }
            }
        }
        true
    }

    fn typed(&mut self, key: Key, cx: &mut Cx<'_>) -> bool {
        match &mut self.step {
            _ if self.work.is_some() || self.adding.is_some() => false,
            Step::Pick(picker) => picker.typed(key, cx.session),
            Step::Value(form) => typing::step(key).is_some_and(|step| form.edit(step)),
            Step::Look => self.last_look.typed(key),
            _ => false,
        }
    }

    fn pasted(&mut self, text: &str, cx: &mut Cx<'_>) {
        match &mut self.step {
            Step::Pick(picker) => picker.pasted(text, cx.session),
            Step::Value(form) => _ = form.paste(text),
            _ => {}
        }
    }

    fn mouse(&mut self, mouse: Mouse, cx: &mut Cx<'_>) {
        if mouse.kind != MouseKind::Press || self.work.is_some() || self.adding.is_some() {
            return;
        }
        let (x, y) = (mouse.column, mouse.row);
        match &mut self.step {
            Step::What => {
                if self.menu.click(x, y) {
                    self.begin(cx);
                }
            }
            Step::Pick(picker) => {
                let picked = picker.click(x, y);
                self.picked(picked, cx);
            }
            Step::Value(form) => _ = form.click(x, y),
            Step::Look if self.preview.is_some() => {
                let decision = self.last_look.click(x, y);
                self.decide(decision, cx);
            }
            Step::Look | Step::Done(_) => {}
        }
    }

    fn progress(&mut self, ticket: Ticket, progress: Progress, _cx: &mut Cx<'_>) {
        if let Some(work) = &mut self.work {
            work.progress(ticket, &progress);
        }
    }

    fn reply(&mut self, ticket: Ticket, result: Result<Answer, Failure>, cx: &mut Cx<'_>) {
        let session = cx.session;
        let failed = |failure: &Failure| Some(sentence::failure(&session.lang, failure));
        if self.work.take_if(|work| work.is(ticket)).is_some() {
            match result {
                Ok(answer) => self.done(&answer, cx),
                Err(failure) => self.failed(ticket, &failure, session),
            }
        } else if self.reading.take_if(|asked| *asked == ticket).is_some() {
            match result.map(|answer| answer.reply) {
                Ok(Reply::FilmForm(base)) => {
                    let producers = self.producers.insert(producers(&base));
                    cx.compute(producers.prepare());
                    self.base = Some(base);
                    if std::mem::take(&mut self.eager) {
                        self.pick(cx);
                    }
                }
                Ok(_) => {}
                Err(failure) => self.problem = failed(&failure),
            }
        } else if self.adding.take_if(|asked| *asked == ticket).is_some() {
            match result.map(|answer| answer.reply) {
                Ok(Reply::Category(category)) => {
                    self.take_category(&Pick::new(category.id.to_string(), &category.name), cx);
                }
                Ok(_) => {}
                Err(failure) => self.problem = failed(&failure),
            }
        } else if self.looking.take_if(|asked| *asked == ticket).is_some() {
            match result.map(|answer| answer.reply) {
                Ok(Reply::EditPreview(preview)) => self.looked(preview, session),
                Ok(_) => {}
                Err(failure) => self.problem = failed(&failure),
            }
        } else if let Some(at) = self.sampling.iter().position(|asked| *asked == ticket) {
            self.sampling.swap_remove(at);
            if let Ok(Answer { reply: Reply::Film(film), .. }) = result {
                self.samples.push(*film);
            }
        }
    }

    fn unsaved(&self) -> bool {
        self.work.is_some()
            || matches!(&self.step, Step::Value(form) if form.dirty() && form.kind() != Some(&Kind::Fixed))
    }

    fn view(&self, area: Rect, canvas: &mut Canvas<'_>) {
        view::draw(self, area, canvas);
    }
}
