//! The form of somebody who worked on a film.

use crate::api::film_form::Collaborator;
use crate::api::{Answer, FieldChange, Reply, Request, Topic};
use crate::app::session::Session;
use crate::domain::film_field::{self, FieldLimit, FilmValues};
use crate::domain::{CollaboratorId, FilmId, Refusal};
use crate::screens::form::Filling;
use crate::screens::list::Trail;
use crate::widgets::form::Form;

use super::filling;
use super::people::name;

/// What is filled in about a person.
pub(crate) struct PersonFilling {
    film: FilmId,
    /// Who, with the films that they are on; `None`: somebody new.
    person: Option<(CollaboratorId, String, u32)>,
    limits: Vec<FieldLimit>,
    loaded: FilmValues,
    list: Trail,
}

impl PersonFilling {
    /// For this person, or for somebody new on a film.
    pub(crate) fn new(film: FilmId, person: Option<&Collaborator>, limits: Vec<FieldLimit>, list: Trail) -> Self {
        let loaded = person.map(Collaborator::values).unwrap_or_default();
        let person = person.map(|person| (person.id, person.name(), person.films));
        Self { film, person, limits, loaded, list }
    }
}

impl Filling for PersonFilling {
    const TITLE: &'static str = "people-title";

    const TOPIC: Topic = Topic::Films;

    const DISCARD: &'static str = "people-unsaved";

    fn heading(&self, session: &Session) -> String {
        match &self.person {
            Some((_, name, _)) => crate::domain::text::inert(name).into_owned(),
            None => session.tr("people-new"),
        }
    }

    fn readers(&self, session: &Session) -> String {
        match self.person {
            Some((_, _, films)) if films > 1 => session.tr_with("people-shared", &[("count", (films - 1).into())]),
            _ => session.tr("people-readers"),
        }
    }

    fn form(&self, session: &Session) -> Form {
        Form::new(self.limits.iter().map(|limit| filling::field(limit, &self.loaded(limit.column), session)))
    }

    fn id(&self) -> Option<i32> {
        self.person.as_ref().map(|_| self.film.0)
    }

    fn look_again(&self) -> Option<Request> {
        self.person.as_ref().map(|_| Request::Film { film: self.film })
    }

    fn changes(&self, reply: &Reply) -> Vec<FieldChange> {
        let (Reply::Film(film), Some((id, ..))) = (reply, &self.person) else { return Vec::new() };
        let now = film.collaborators.iter().find(|person| person.id == *id);
        now.map(|now| filling::differences(&self.loaded, &now.values(), &self.limits)).unwrap_or_default()
    }

    fn judge(&self, field: &str, value: &str) -> Result<(), Refusal> {
        filling::judge(field, value, self.person.is_some().then_some(&self.loaded), &self.limits)
    }

    fn request(&self, form: &Form) -> Result<Option<Request>, Refusal> {
        let film = self.film;
        if let Some((collaborator, ..)) = self.person {
            let loaded = Some(self.loaded.clone());
            let fields = filling::changed(form, &self.loaded, &self.limits)?;
            return Ok(fields.map(|fields| Request::EditCollaborator { film, collaborator, fields, loaded }));
        }
        let fields =
            film_field::check_new(&filling::values(form, &self.limits), &self.limits).map_err(filling::first)?;
        Ok(Some(Request::AddCollaborator { film, fields: Some(fields), collaborator: None }))
    }

    fn loaded(&self, field: &str) -> String {
        self.loaded.0.get(field).cloned().flatten().unwrap_or_default()
    }

    fn rebase(&mut self, field: &str, now: &str) {
        self.loaded.set(field, Some(now.to_owned()).filter(|now| !now.is_empty()));
    }

    fn saving(&self, saving: bool) {
        self.list.acting(saving);
    }

    fn saved(&mut self, answer: &Answer, session: &Session) -> Option<String> {
        let Reply::Collaborator(person) = &answer.reply else { return None };
        let id = if self.person.is_some() { "people-saved" } else { "people-added" };
        Some(session.tr_with(id, &[("name", (&name(person, session)).into())]))
    }
}
