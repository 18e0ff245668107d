//! A film's form: a new film, or the change of one film after the other.

use std::sync::Arc;

use crate::api::film::{FilmDetail, FilmRow};
use crate::api::film_form::{FilmForm, Producer};
use crate::api::{Answer, FieldChange, Reply, Request, Topic};
use crate::app::effect::Job;
use crate::app::sentence::field as label;
use crate::app::session::Session;
use crate::domain::film_field::{self, FilmValues, PRODUCER};
use crate::domain::text::inert;
use crate::domain::{CategoryId, FilmId, Refusal, UserId};
use crate::screens::Layer;
use crate::screens::form::Filling;
use crate::screens::list::{Route, Trail};
use crate::screens::picker::{Pick, Picker, Picks};
use crate::widgets::form::{Choice, Field, Form, Kind};
use crate::widgets::wrap::truncate;

use super::filling;

/// How much of a title stands in a line of news.
const TITLE_CELLS: usize = 28;
/// The field of a new film's categories.
const CATEGORIES: &str = "categories";

/// What is filled in about a film.
pub(crate) struct FilmFilling {
    /// The films to go through; `None`: a new one.
    route: Option<Route<FilmRow>>,
    list: Trail,
    /// What the form needs; read once for all films.
    base: Option<Box<FilmForm>>,
    /// The producers, to choose from.
    producers: Option<Picks>,
    film: Option<Box<FilmDetail>>,
    loaded: FilmValues,
}

impl FilmFilling {
    /// For a new film.
    pub(crate) fn new(list: Trail) -> Self {
        Self { route: None, list, base: None, producers: None, film: None, loaded: FilmValues::default() }
    }

    /// For the film on which the route stands, and those that follow.
    pub(crate) fn edit(route: Route<FilmRow>) -> Self {
        let list = route.trail();
        Self { route: Some(route), ..Self::new(list) }
    }

    fn current(&self) -> Option<FilmId> {
        self.route.as_ref().and_then(Route::current).map(|row| row.id)
    }

    fn producer(&self, id: &str) -> Option<&Producer> {
        let id = UserId(id.trim().parse().ok()?);
        self.base.as_ref()?.producers.iter().find(|producer| producer.id == id)
    }

    /// A producer's name and email, or at least their number.
    fn producer_shown(&self, id: &str) -> String {
        match self.producer(id) {
            Some(producer) => written(producer),
            None if id.is_empty() => String::new(),
            None => format!("#{id}"),
        }
    }

    /// The categories of a new film, to tick.
    fn categories(&self, base: &FilmForm, session: &Session) -> Option<Field> {
        let offers = base.has_categories && self.route.is_none() && !base.categories.is_empty();
        let option = |category: &crate::api::film_form::Category| Choice {
            value: category.id.to_string(),
            label: inert(&category.name).into_owned(),
        };
        let options = base.categories.iter().map(option).collect();
        offers.then(|| Field::new(CATEGORIES, label(&session.lang, CATEGORIES), Kind::Checks(options)))
    }
}

/// A producer's name and email.
fn written(producer: &Producer) -> String {
    format!("{} <{}>", inert(producer.name.trim()), inert(&producer.email))
}

/// Everybody who can be the producer of a film, to choose from.
pub(crate) fn producers(base: &FilmForm) -> Picks {
    let producers = Arc::clone(&base.producers);
    Picks::of(move || producers.iter().map(|one| Pick::new(one.id.to_string(), written(one))).collect())
}

impl Filling for FilmFilling {
    const TITLE: &'static str = "film-form-title";

    const LAYER: Layer = Layer::Page;

    const TOPIC: Topic = Topic::Films;

    const DISCARD: &'static str = "film-unsaved";

    fn heading(&self, session: &Session) -> String {
        let Some(row) = self.route.as_ref().and_then(Route::current) else { return session.tr("film-new") };
        let row = self.film.as_ref().map_or(row, |film| &film.row);
        session.tr_with("film-edit", &[("title", (&super::cells::title_of(row, session)).into())])
    }

    fn readers(&self, session: &Session) -> String {
        session.tr("film-form-readers")
    }

    fn form(&self, session: &Session) -> Form {
        let Some(base) = &self.base else { return Form::default() };
        let mut group = None;
        let mut all = Vec::new();
        for limit in &base.fields {
            let value = self.loaded(limit.column);
            let mut field = filling::field(limit, &value, session);
            if limit.column == PRODUCER {
                field.kind = Kind::Search { label: self.producer_shown(&value) };
                field.help = session.tr("film-producer-help");
            }
            let of = film_field::find(limit.column).map(|known| known.group);
            if let Some(of) = of.filter(|of| Some(*of) != group) {
                // Categories close the first group.
                if group == Some(film_field::Group::Film) {
                    all.extend(self.categories(base, session));
                }
                let (title, note) = filling::heading(of, session);
                field = field.group(title, note);
                group = Some(of);
            }
            all.push(field);
        }
        Form::new(all).beside()
    }

    fn load(&self) -> Vec<Request> {
        let base = self.base.is_none().then_some(Request::FilmForm {});
        base.into_iter().chain(self.look_again()).collect()
    }

    fn take(&mut self, reply: Reply) {
        match reply {
            Reply::FilmForm(base) => {
                self.producers = Some(producers(&base));
                self.base = Some(base);
            }
            Reply::Film(film) => {
                self.loaded = film.values();
                self.film = Some(film);
            }
            _ => {}
        }
    }

    fn prepare(&self) -> Option<Job> {
        self.producers.as_ref().map(Picks::prepare)
    }

    fn id(&self) -> Option<i32> {
        self.current().map(|id| id.0)
    }

    fn look_again(&self) -> Option<Request> {
        self.current().map(|film| Request::Film { film })
    }

    fn changes(&self, reply: &Reply) -> Vec<FieldChange> {
        match (reply, &self.base) {
            (Reply::Film(now), Some(base)) if Some(now.row.id) == self.current() => {
                filling::differences(&self.loaded, &now.values(), &base.fields)
            }
            _ => Vec::new(),
        }
    }

    fn judge(&self, field: &str, value: &str) -> Result<(), Refusal> {
        let limits = self.base.as_ref().map_or(&[][..], |base| &base.fields);
        filling::judge(field, value, self.route.is_some().then_some(&self.loaded), limits)
    }

    fn request(&self, form: &Form) -> Result<Option<Request>, Refusal> {
        let Some(base) = &self.base else { return Ok(None) };
        if let Some(film) = self.current() {
            let fields = filling::changed(form, &self.loaded, &base.fields)?;
            let loaded = Some(self.loaded.clone());
            return Ok(fields.map(|fields| Request::EditFilm { film, fields, loaded }));
        }
        let values =
            film_field::check_new(&filling::values(form, &base.fields), &base.fields).map_err(filling::first)?;
        let producer = UserId(values.get(PRODUCER).and_then(|id| id.parse().ok()).unwrap_or_default());
        let fields = values.iter().filter(|(column, value)| *column != PRODUCER && value.is_some()).collect();
        let ticked = form.value(CATEGORIES);
        let categories = ticked.lines().filter_map(|id| id.parse().ok()).map(CategoryId).collect();
        Ok(Some(Request::CreateFilm { fields, producer, categories }))
    }

    fn loaded(&self, field: &str) -> String {
        self.loaded.0.get(field).cloned().flatten().unwrap_or_default()
    }

    fn rebase(&mut self, field: &str, now: &str) {
        self.loaded.set(field, Some(now.to_owned()).filter(|now| !now.is_empty()));
    }

    fn shown(&self, field: &str, value: &str) -> Option<String> {
        (field == PRODUCER).then(|| self.producer_shown(value))
    }

    fn saving(&self, saving: bool) {
        self.list.acting(saving);
    }

    fn saved(&mut self, answer: &Answer, session: &Session) -> Option<String> {
        let row = match &answer.reply {
            Reply::Film(film) => &film.row,
            Reply::FilmRow(row) => row,
            _ => return None,
        };
        let title = super::cells::title_of(row, session);
        let title = truncate(&title, TITLE_CELLS, session.theme.signs.ellipsis).into_owned();
        self.list.walk_to(row.id.0.into());
        let id = if self.route.is_some() { "film-saved" } else { "film-created" };
        Some(session.tr_with(id, &[("title", (&title).into())]))
    }

    fn walk(&mut self, by: isize) -> bool {
        let walks = self.route.as_mut().is_some_and(|route| route.walk(by));
        if walks {
            self.film = None;
            self.loaded = FilmValues::default();
        }
        walks
    }

    fn place(&self) -> Option<(usize, usize)> {
        self.route.as_ref().map(Route::place).filter(|(_, total)| *total > 1)
    }

    fn search(&self, field: &str, value: &str, session: &Session) -> Option<Picker> {
        let producers = self.producers.clone().filter(|_| field == PRODUCER)?;
        Some(Picker::among(session.tr("film-pick-producer"), producers, value, session))
    }
}
