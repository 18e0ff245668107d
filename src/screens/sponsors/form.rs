//! A sponsor's form: a new one, or the change of one.

use crate::api::sponsor::SponsorRow;
use crate::api::{Answer, FieldChange, Reply, Request, Topic};
use crate::app::action::Action;
use crate::app::cx::Cx;
use crate::app::sentence::field;
use crate::app::session::Session;
use crate::domain::sponsor::{SponsorFields, check, check_field};
use crate::domain::text::inert;
use crate::domain::{Refusal, SponsorId};
use crate::screens::form::Filling;
use crate::screens::list::Trail;
use crate::widgets::form::{Field, Form, Kind};

const FIELDS: [&str; 4] = ["name", "logo", "url", "category"];

/// What is filled in about a sponsor.
pub(crate) struct SponsorFilling {
    /// Which sponsor, and what it was when the form was opened or last compared; `None`: a new one.
    loaded: Option<(SponsorId, SponsorFields)>,
    list: Trail,
}

impl SponsorFilling {
    /// For a new sponsor or for this one.
    pub(crate) fn new(row: Option<&SponsorRow>, list: Trail) -> Self {
        Self { loaded: row.map(|row| (row.id, row.fields.clone())), list }
    }
}

impl Filling for SponsorFilling {
    const TITLE: &'static str = "sponsor-title";

    const TOPIC: Topic = Topic::Sponsors;

    const DISCARD: &'static str = "sponsor-unsaved";

    fn heading(&self, session: &Session) -> String {
        match &self.loaded {
            Some((_, loaded)) => {
                session.tr_with("sponsor-edit", &[("name", (&inert(&loaded.name).into_owned()).into())])
            }
            None => session.tr("sponsor-new"),
        }
    }

    fn readers(&self, session: &Session) -> String {
        session.tr("sponsor-readers")
    }

    fn form(&self, session: &Session) -> Form {
        let line = |name: &'static str, max: usize| {
            Field::new(name, field(&session.lang, name), Kind::Line { max }).value(self.loaded(name))
        };
        Form::new([
            line("name", 255).required(),
            line("logo", 255).required().help(session.tr("sponsor-logo-help")),
            line("url", 255).help(session.tr("sponsor-url-help")),
            line("category", 100).help(session.tr("sponsor-category-help")),
        ])
    }

    fn id(&self) -> Option<i32> {
        self.loaded.as_ref().map(|(id, _)| id.0)
    }

    fn look_again(&self) -> Option<Request> {
        Some(Request::Sponsors {})
    }

    fn changes(&self, reply: &Reply) -> Vec<FieldChange> {
        let Reply::Sponsors(rows) = reply else { return Vec::new() };
        let Some(row) = rows.iter().find(|row| Some(row.id.0) == self.id()) else { return Vec::new() };
        let now = Self { loaded: Some((row.id, row.fields.clone())), list: self.list.clone() };
        let change = |name: &&str| {
            let (loaded, now) = (self.loaded(name), now.loaded(name));
            (loaded != now).then(|| FieldChange { field: (*name).to_owned(), loaded, now })
        };
        FIELDS.iter().filter_map(change).collect()
    }

    fn judge(&self, field: &str, value: &str) -> Result<(), Refusal> {
        check_field(field, value)
    }

    fn request(&self, form: &Form) -> Result<Option<Request>, Refusal> {
        let value = |name: &str| form.value(name);
        let fields = check(&SponsorFields {
            name: value("name"),
            logo: value("logo"),
            url: Some(value("url")),
            category: Some(value("category")),
        })?;
        Ok(match &self.loaded {
            Some((_, loaded)) if check(loaded).as_ref() == Ok(&fields) => None,
            Some((sponsor, loaded)) => {
                Some(Request::EditSponsor { sponsor: *sponsor, fields, loaded: Some(loaded.clone()) })
            }
            None => Some(Request::CreateSponsor { fields }),
        })
    }

    fn loaded(&self, field: &str) -> String {
        let Some((_, loaded)) = &self.loaded else { return String::new() };
        match field {
            "name" => loaded.name.clone(),
            "logo" => loaded.logo.clone(),
            "url" => loaded.url.clone().unwrap_or_default(),
            "category" => loaded.category.clone().unwrap_or_default(),
            _ => String::new(),
        }
    }

    fn rebase(&mut self, field: &str, now: &str) {
        let Some((_, loaded)) = &mut self.loaded else { return };
        // An empty column was NULL.
        let optional = Some(now.to_owned()).filter(|now| !now.is_empty());
        match field {
            "name" => now.clone_into(&mut loaded.name),
            "logo" => now.clone_into(&mut loaded.logo),
            "url" => loaded.url = optional,
            "category" => loaded.category = optional,
            _ => {}
        }
    }

    fn saving(&self, saving: bool) {
        self.list.acting(saving);
    }

    fn saved(&mut self, answer: &Answer, session: &Session) -> Option<String> {
        let Reply::Sponsor(row) = &answer.reply else { return None };
        let id = if self.loaded.is_some() { "sponsor-saved" } else { "sponsor-created" };
        let name = inert(&row.fields.name).into_owned();
        self.list.walk_to(row.id.0.into());
        Some(session.tr_with(id, &[("name", (&name).into())]))
    }

    fn closed(&self, cx: &mut Cx<'_>) {
        // The list below is small: it is read again and put in order, so that the sponsor is where it belongs.
        cx.act_later(Action::Refresh);
    }
}
