//! What came of it: films changed, films left alone and why, or a database that did not answer.

use crate::api::failure::Trouble;
use crate::api::{Answer, Failure, Reply};
use crate::app::cx::{Cx, Tone};
use crate::app::msg::Ticket;
use crate::app::sentence;
use crate::app::session::Session;
use crate::domain::text::inert;
use crate::domain::{FilmId, Refusal};

use super::{Batch, Step};

/// The most films that are listed with why they stayed.
const LISTED: usize = 12;

/// Films that cannot be changed: the first by their titles with why, and how many more.
#[derive(Default)]
pub(super) struct Refused {
    pub(super) listed: Vec<(String, Refusal)>,
    pub(super) more: usize,
}

impl Refused {
    pub(super) fn new(
        films: &[(FilmId, Box<str>)],
        refused: &[(FilmId, Refusal)],
        most: usize,
        session: &Session,
    ) -> Self {
        let titled = |(id, refusal): &(FilmId, Refusal)| {
            let title = films.iter().find(|(film, _)| film == id).map(|(_, title)| inert(title));
            let title = title.filter(|title| !title.trim().is_empty());
            (title.map_or_else(|| session.tr("list-untitled"), |title| title.into_owned()), refusal.clone())
        };
        Self { listed: refused.iter().take(most).map(titled).collect(), more: refused.len().saturating_sub(most) }
    }
}

impl Batch {
    /// One line says what was done; films that could not be changed are listed with why.
    pub(super) fn done(&mut self, answer: &Answer, cx: &mut Cx<'_>) {
        let Reply::Edited(edited) = &answer.reply else { return cx.close() };
        if self.selected && edited.cancelled {
            let refused = edited.refused.iter().map(|(film, _)| film);
            self.list.served_rows(edited.done.iter().chain(&edited.unchanged).chain(refused).map(|film| film.0.into()));
        } else if self.selected {
            self.list.served();
        }
        let args = [
            ("count", edited.done.len().into()),
            ("same", edited.unchanged.len().into()),
            ("refused", edited.refused.len().into()),
        ];
        let id = if edited.cancelled { "batch-stopped" } else { "batch-done" };
        let text = cx.session.tr_with(id, &args);
        if edited.done.is_empty() {
            cx.toast(if edited.refused.is_empty() { Tone::Info } else { Tone::Problem }, text);
        } else {
            cx.done(text, answer.operation);
        }
        if edited.refused.is_empty() {
            cx.close();
        } else {
            self.step = Step::Done(Refused::new(&self.films, &edited.refused, LISTED, cx.session));
        }
    }

    /// Nothing, or only a part, was done.
    pub(super) fn failed(&mut self, ticket: Ticket, failure: &Failure, session: &Session) {
        self.list.acting(false);
        self.problem = Some(sentence::failure(&session.lang, failure));
        if let Failure::Unavailable(trouble) = failure {
            self.again = (trouble.why != Trouble::Cancelled).then_some(ticket);
            self.last_look.ready();
        }
    }
}
