//! What goes with a person wherever they sign in: language, theme, time zone, and the place where they left.

use std::collections::hash_map::Entry;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::api::Request;
use crate::api::setting::PreferenceRow;
use crate::domain::user::Role;
use crate::widgets::theme::{Mode, Theme};

use super::lang::{Lang, Language};
use super::msg::Ticket;
use super::{APP, App};

/// The preference that holds the language (`en`, `fr`).
pub const LANGUAGE: &str = "ui.language";
/// The preference that holds the theme (`dark`, `light`).
pub const THEME: &str = "ui.theme";
/// The preference that holds one's own time zone, by its IANA name.
pub const ZONE: &str = "ui.zone";
/// The preference that holds where somebody left.
pub const PLACE: &str = "place";

/// How soon a new place is kept: what happens until then is kept as one.
const SOON: TimeDelta = TimeDelta::seconds(5);

/// How often a place is written at most, however fast somebody walks through a list.
const SELDOM: TimeDelta = TimeDelta::seconds(10);

/// The longest place that is kept, in characters: a preference takes no more than some thousands.
const PLACE_MAX: usize = 2_000;

/// Where somebody was: the tab, and what each tab says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Place {
    tab: usize,
    places: Vec<Option<String>>,
}

/// What the app remembers of a person's own things.
#[derive(Default)]
pub(super) struct Personal {
    /// The place as it was kept last.
    kept: Option<String>,
    /// The place that is being written, and since when; it is kept once the answer says so.
    writing: Option<(Ticket, String)>,
    wrote: Option<DateTime<Utc>>,
    /// Screens may still be on their way back to where the person left.
    goes_back: bool,
    /// The place to go back to, until the person has done something else.
    returning: Option<Place>,
}

impl App {
    /// Takes over what came with the sign-in.
    pub(super) fn take_over(&mut self, own: &[PreferenceRow]) {
        let (language, theme) = &self.start;
        self.session.lang = Lang::new(*language);
        self.session.theme = theme.clone();
        self.session.zone = None;
        if let Some((ticket, _)) = self.personal.writing.take() {
            self.outbox.owners.remove(&ticket);
        }
        self.personal = Personal::default();
        for row in own {
            let Some(value) = row.value.as_deref() else { continue };
            self.apply(&row.name, Some(value));
            if row.name == PLACE {
                self.personal.kept = Some(value.to_owned());
                // A place of another console's making is no place.
                self.personal.returning = serde_json::from_str(value).ok();
            }
        }
    }

    /// Goes back to where the person left.
    pub(super) fn return_to_place(&mut self) {
        let Some(place) = self.personal.returning.take() else { return };
        self.personal.goes_back = true;
        let tabs: Vec<_> = self.stack.tabs().iter().map(|tab| tab.base.key).collect();
        let tab = place.tab;
        for (key, place) in tabs.into_iter().zip(place.places) {
            if let Some(place) = place {
                self.with(key, |screen, cx| screen.restore(&place, cx));
            }
        }
        // One that is not there any more leaves the first.
        if tab < self.stack.tabs().len() {
            self.go_to(tab);
        }
    }

    /// The person does something: screens go back to nothing any more, and the place may be another one soon.
    pub(super) fn acted(&mut self) {
        if std::mem::take(&mut self.personal.goes_back) {
            let tabs: Vec<_> = self.stack.tabs().iter().map(|tab| tab.base.key).collect();
            for key in tabs {
                self.with(key, |screen, _| screen.stay());
            }
        }
        self.moved();
    }

    /// Something was opened or left, or the cursor moved: for whom a place is kept, it is kept soon.
    pub(super) fn moved(&mut self) {
        if self.session.role() == Some(Role::Jury) && self.locked.is_none() {
            self.place_changed();
        }
    }

    /// Puts a preference into force; `None`: what the console started with.
    fn apply(&mut self, name: &str, value: Option<&str>) {
        match name {
            LANGUAGE => {
                let known = value.and_then(|code| Language::ALL.into_iter().find(|language| language.code() == code));
                self.session.lang = Lang::new(known.unwrap_or(self.start.0));
            }
            THEME => {
                let mode = match value {
                    Some("dark") => Mode::Dark,
                    Some("light") => Mode::Light,
                    _ => self.start.1.mode,
                };
                self.session.theme = Theme::new(mode, self.start.1.signs);
            }
            ZONE => self.session.zone = value.and_then(|name| name.parse().ok()),
            _ => {}
        }
    }

    /// Keeps a preference, and puts it into force at once.
    pub(super) fn prefer(&mut self, name: &str, value: Option<String>) {
        self.apply(name, value.as_deref());
        if self.session.person.is_some() && self.locked.is_none() {
            self.call(Request::SetPreference { name: name.to_owned(), value });
        }
    }

    /// Keeps the place soon.
    pub(super) fn place_changed(&mut self) {
        let soon = self.session.now + SOON;
        let soon = self.personal.wrote.map_or(soon, |wrote| soon.max(wrote + SELDOM));
        if let Entry::Vacant(alarm) = self.alarms.entry(APP) {
            alarm.insert(soon);
            self.set_clock();
        }
    }

    /// Keeps the place now, if it is another one than was kept.
    pub(super) fn keep_place(&mut self) {
        self.alarms.remove(&APP);
        if self.session.person.is_none() || self.locked.is_some() {
            return;
        }
        let places: Vec<_> = self.stack.tabs().iter().map(|tab| tab.base.screen.place()).collect();
        if places.iter().all(Option::is_none) {
            return;
        }
        let place = Place { tab: self.stack.active(), places };
        let Ok(text) = serde_json::to_string(&place) else { return };
        let last = self.personal.writing.as_ref().map(|(_, text)| text).or(self.personal.kept.as_ref());
        if text.chars().count() > PLACE_MAX || last == Some(&text) {
            return;
        }
        let ticket = self.call(Request::SetPreference { name: PLACE.to_owned(), value: Some(text.clone()) });
        self.personal.wrote = Some(self.session.now);
        if let Some((before, _)) = self.personal.writing.replace((ticket, text)) {
            self.outbox.owners.remove(&before);
        }
    }

    /// Takes the answer to a place that was written. Nobody asked for it: that it could not be kept is no news, and it is
    /// tried again at the next change.
    pub(super) fn place_written(&mut self, ticket: Ticket, done: bool) -> bool {
        // An older one that comes late says nothing of the newest.
        let Some((_, text)) = self.personal.writing.take_if(|(writing, _)| *writing == ticket) else { return false };
        match done {
            true => self.personal.kept = Some(text),
            // What stands there now is not known.
            false => self.personal.kept = None,
        }
        true
    }
}
