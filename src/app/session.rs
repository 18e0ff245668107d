//! What one session knows: who, in which language and colours, on which festival.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use url::Url;

use crate::api::account::{Person, Welcome};
use crate::domain::deadline::{self, Deadlines};
use crate::domain::picture::media_address;
use crate::domain::round::Rules;
use crate::domain::setting::{self, SETTINGS};
use crate::domain::user::Role;
use crate::widgets::picture::Show;
use crate::widgets::theme::Theme;

use super::keymap::Keymap;
use super::lang::{Arg, Lang};

/// A session. Screens read it; only the app changes it.
#[derive(Clone, Debug)]
pub struct Session {
    /// Who is signed in.
    pub person: Option<Person>,
    /// The language.
    pub lang: Lang,
    /// The colours and signs.
    pub theme: Theme,
    /// The keys.
    pub keymap: Arc<Keymap>,
    /// Where this is.
    pub place: Place,
    /// The festival's settings as far as sessions go by them.
    pub festival: Festival,
    /// The person's own zone, where it is not the festival's.
    pub zone: Option<Tz>,
    /// What time it is.
    pub now: DateTime<Utc>,
    /// The terminal's size in cells.
    pub size: (u16, u16),
    /// How the terminal shows pictures.
    pub pictures: Show,
}

/// Where a console stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The database's name for people (“private database on this computer”), without a secret.
    pub database: String,
    /// Whether whoever sits here holds the database's own credentials: may make the first administrator.
    pub operator: bool,
    /// Whether a sign-in may be remembered on this computer.
    pub remember: bool,
    /// Whether a file can be written where the person sits: not over SSH.
    pub saves: bool,
    /// The throwaway festival of `marsai demo`: nothing to protect, so it never locks.
    pub demo: bool,
}

impl Place {
    /// Whether a session here is left open however long it is idle.
    pub fn never_locks(&self) -> bool {
        self.demo
    }
}

/// The festival as sessions see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Festival {
    /// Its name.
    pub name: String,
    /// The zone in which times are shown.
    pub zone: Tz,
    /// Whether films' durations are minutes (else seconds).
    pub minutes: bool,
    /// Where the web site's files are found, if it is known.
    pub media: Option<Url>,
    /// Jurors that a panel should have.
    pub jury_size: u16,
    /// What a vote has to be, and what jurors may do.
    pub voting: Rules,
    /// Until when jurors are asked to vote.
    pub deadlines: Deadlines,
    /// How long a session may be idle before it locks.
    pub lock_after: TimeDelta,
}

impl Default for Festival {
    fn default() -> Self {
        Self::read(|name| SETTINGS.iter().find(|s| s.name == name).map_or("", |s| s.default))
    }
}

impl Festival {
    /// Reads the settings; each is sound because it was checked when it was written.
    fn read<'a>(value: impl Fn(&str) -> &'a str) -> Self {
        let zone = value(setting::TIME_ZONE).parse().unwrap_or(Tz::UTC);
        Self {
            name: value(setting::FESTIVAL_NAME).to_owned(),
            zone,
            deadlines: Deadlines::read(value(setting::DEADLINE_1), value(setting::DEADLINE_2), zone),
            minutes: value(setting::DURATION_UNIT) == "minutes",
            media: media_address(value(setting::MEDIA_URL)),
            jury_size: value(setting::JURY_SIZE).parse().unwrap_or(3),
            voting: Rules::read(|name| Some(value(name))),
            lock_after: TimeDelta::minutes(value(setting::LOCK_AFTER).parse().unwrap_or(30)),
        }
    }

    /// From what the database says.
    pub fn of(welcome: &Welcome) -> Self {
        let value = |name: &str| {
            let set = welcome.settings.iter().find(|row| row.name == name).map(|row| row.value.as_str());
            set.or_else(|| SETTINGS.iter().find(|s| s.name == name).map(|s| s.default)).unwrap_or("")
        };
        Self { name: welcome.festival.clone(), ..Self::read(value) }
    }
}

impl Session {
    /// The role of who is signed in.
    pub fn role(&self) -> Option<Role> {
        self.person.as_ref().map(|person| person.role)
    }

    /// The database's name, for those who know it or work with it: it is nothing that strangers need.
    pub fn database(&self) -> Option<&str> {
        (self.place.operator || self.person.is_some()).then_some(self.place.database.as_str())
    }

    /// A sentence.
    pub fn tr(&self, id: &str) -> String {
        self.lang.tr(id)
    }

    /// A sentence with values.
    pub fn tr_with(&self, id: &str, args: &[(&str, Arg<'_>)]) -> String {
        self.lang.tr_with(id, args)
    }

    /// A moment in the festival's zone: day, month, year, hour and minute.
    pub fn moment(&self, at: DateTime<Utc>) -> String {
        let format = self.tr("format-moment");
        at.with_timezone(&self.festival.zone).format(&format).to_string()
    }

    /// A moment of the festival's time as it is kept, shown as [`moment`](Self::moment) shows it; `None`: it is none.
    pub fn local_moment(&self, kept: &str) -> Option<String> {
        let local = deadline::parse(kept).ok()?;
        Some(local.format(&self.tr("format-moment")).to_string())
    }

    /// The same without the year, where there is little room.
    pub fn short_moment(&self, at: DateTime<Utc>) -> String {
        let format = self.tr("format-day");
        at.with_timezone(&self.festival.zone).format(&format).to_string()
    }

    /// The same in the person's own zone.
    pub fn own_short_moment(&self, at: DateTime<Utc>) -> String {
        let format = self.tr("format-day");
        at.with_timezone(&self.zone.unwrap_or(self.festival.zone)).format(&format).to_string()
    }

    /// Whether the person's clock is another one than the festival's.
    pub fn elsewhere(&self) -> bool {
        self.zone.is_some_and(|zone| zone != self.festival.zone)
    }

    /// A moment in the person's own zone.
    pub fn own_moment(&self, at: DateTime<Utc>) -> String {
        let format = self.tr("format-moment");
        at.with_timezone(&self.zone.unwrap_or(self.festival.zone)).format(&format).to_string()
    }

    /// A film's duration.
    pub fn duration(&self, duration: Option<i32>) -> String {
        match duration {
            Some(n) if self.festival.minutes => format!("{n} min"),
            Some(n) if n >= 0 => format!("{}:{:02}", n / 60, n % 60),
            Some(n) => n.to_string(),
            None => String::new(),
        }
    }
}
