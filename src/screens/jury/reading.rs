//! A film that is opened from the jury tab: its page, with the keys of panels.

use std::sync::Arc;

use crate::api::film::{FilmRow, Juror};
use crate::api::{Reply, Request, Topic};
use crate::app::action::Action;
use crate::app::cx::Cx;
use crate::app::keymap::Context;
use crate::app::session::Session;
use crate::domain::FilmId;
use crate::screens::films::page::FilmReading;
use crate::screens::list::Route;
use crate::screens::page::Reading;
use crate::widgets::keyvalue::Entry;

/// The page.
pub(super) struct PanelReading(FilmReading);

impl PanelReading {
    /// Before anything is known but the row.
    pub(super) fn new(jurors: &Arc<[Juror]>) -> Self {
        Self(FilmReading::new(jurors))
    }
}

impl Reading for PanelReading {
    type Row = FilmRow;

    const TITLE: &'static str = FilmReading::TITLE;

    const CONTEXTS: &'static [Context] = &[Context::Detail, Context::Jury];

    const TOPIC: Topic = FilmReading::TOPIC;

    fn heading(&self, row: &FilmRow, session: &Session) -> String {
        self.0.heading(row, session)
    }

    fn request(&self, row: &FilmRow) -> Option<Request> {
        self.0.request(row)
    }

    fn also(&self, row: &FilmRow) -> Option<Request> {
        self.0.also(row)
    }

    fn take(&mut self, reply: Reply) {
        self.0.take(reply);
    }

    fn film(&self, row: &FilmRow) -> Option<FilmId> {
        self.0.film(row)
    }

    fn forget(&mut self) {
        self.0.forget();
    }

    fn act(&mut self, route: &Route<FilmRow>, action: Action, cx: &mut Cx<'_>) -> bool {
        super::act(route.current(), &route.trail(), action, cx)
    }

    fn entries(&self, row: &FilmRow, session: &Session) -> Vec<Entry> {
        self.0.entries(row, session)
    }
}
