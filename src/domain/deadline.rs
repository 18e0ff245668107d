//! Until when jurors are asked to vote: for each round, later for a juror who was given more time. A deadline reminds and
//! refuses nothing; staff close a round.

use chrono::{DateTime, LocalResult, NaiveDateTime, TimeDelta, TimeZone as _, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::film::FilmStatus;
use super::rule::{Refusal, Rule};

/// How a deadline is written: the festival's own time, to the minute.
pub const FORMAT: &str = "%Y-%m-%d %H:%M";

/// An example of it, for messages.
pub const EXPECTED: &str = "2026-05-30 18:00";

/// One of the two rounds of votes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub enum VoteRound {
    /// The first votes.
    First,
    /// The one change, in discussion.
    Second,
}

impl VoteRound {
    /// Both, in their order.
    pub const ALL: [VoteRound; 2] = [VoteRound::First, VoteRound::Second];

    /// 1 or 2.
    pub fn number(self) -> u8 {
        match self {
            VoteRound::First => 1,
            VoteRound::Second => 2,
        }
    }

    /// The round in which a film of this status is voted on.
    pub fn of(status: FilmStatus) -> Option<VoteRound> {
        match status {
            FilmStatus::Assigned => Some(VoteRound::First),
            FilmStatus::ToDiscuss => Some(VoteRound::Second),
            _ => None,
        }
    }
}

impl From<VoteRound> for u8 {
    fn from(round: VoteRound) -> Self {
        round.number()
    }
}

impl TryFrom<u8> for VoteRound {
    type Error = &'static str;

    fn try_from(number: u8) -> Result<Self, Self::Error> {
        VoteRound::ALL.into_iter().find(|round| round.number() == number).ok_or("a round is 1 or 2")
    }
}

/// The deadlines of both rounds; `None`: there is none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Deadlines {
    /// Of the first votes.
    pub first: Option<DateTime<Utc>>,
    /// Of the changes in discussion.
    pub second: Option<DateTime<Utc>>,
}

impl Deadlines {
    /// From the festival's settings; what is empty or no moment is no deadline.
    pub fn read(first: &str, second: &str, zone: Tz) -> Self {
        let moment = |text: &str| parse(text).ok().map(|local| moment(local, zone));
        Self { first: moment(first), second: moment(second) }
    }

    /// The deadline of a round.
    pub fn of(&self, round: VoteRound) -> Option<DateTime<Utc>> {
        match round {
            VoteRound::First => self.first,
            VoteRound::Second => self.second,
        }
    }

    /// The deadlines of a juror who was given more time: an extension that is earlier than the festival's own deadline
    /// takes nothing away, and where the festival has none there is nothing to extend.
    #[must_use]
    pub fn extended(&self, extension: &Deadlines) -> Self {
        let later =
            |own: Option<DateTime<Utc>>, given: Option<DateTime<Utc>>| own.map(|own| given.map_or(own, |g| g.max(own)));
        Self { first: later(self.first, extension.first), second: later(self.second, extension.second) }
    }
}

/// Reads a deadline as it is typed.
///
/// # Errors
/// [`Rule::BadMoment`].
pub fn parse(text: &str) -> Result<NaiveDateTime, Refusal> {
    let text = text.trim().replacen('T', " ", 1);
    NaiveDateTime::parse_from_str(&text, FORMAT).map_err(|_| Refusal::new(Rule::BadMoment).with("expected", EXPECTED))
}

/// The moment of a local time. Of an hour that the clocks run through twice the first, of one that they leave out its end.
pub fn moment(local: NaiveDateTime, zone: Tz) -> DateTime<Utc> {
    match zone.from_local_datetime(&local) {
        LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => at.with_timezone(&Utc),
        LocalResult::None => {
            // Clocks are never put forward by more than a day (Samoa, 2011).
            let after = (1..=24 * 60).map(|minutes| local + TimeDelta::minutes(minutes));
            let found = after.filter_map(|local| zone.from_local_datetime(&local).earliest()).next();
            found.map_or_else(|| Utc.from_utc_datetime(&local), |at| at.with_timezone(&Utc))
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use chrono_tz::Europe::Paris;

    use super::*;

    fn utc(text: &str) -> DateTime<Utc> {
        Utc.from_utc_datetime(&parse(text).unwrap())
    }

    #[test]
    fn a_local_time_is_one_moment() {
        for (local, expected) in [
            ("2026-01-30 18:00", "2026-01-30 17:00"),
            ("2026-07-30 18:00", "2026-07-30 16:00"),
            ("2026-03-29 01:59", "2026-03-29 00:59"),
            ("2026-03-29 02:00", "2026-03-29 01:00"),
            ("2026-03-29 02:15", "2026-03-29 01:00"),
            ("2026-03-29 02:30", "2026-03-29 01:00"),
            ("2026-03-29 03:00", "2026-03-29 01:00"),
            ("2026-10-25 01:59", "2026-10-24 23:59"),
            ("2026-10-25 02:30", "2026-10-25 00:30"),
            (" 2026-07-30T18:00 ", "2026-07-30 16:00"),
        ] {
            assert_eq!(moment(parse(local).unwrap(), Paris), utc(expected), "{local}");
        }
        for (zone, local, expected) in [
            (chrono_tz::Tz::UTC, "2026-03-29 02:30", "2026-03-29 02:30"),
            (chrono_tz::America::New_York, "2026-03-08 02:30", "2026-03-08 07:00"),
            (chrono_tz::America::New_York, "2026-11-01 01:30", "2026-11-01 05:30"),
            (chrono_tz::Australia::Lord_Howe, "2026-10-04 02:10", "2026-10-03 15:30"),
            (chrono_tz::Asia::Kathmandu, "2026-05-30 18:00", "2026-05-30 12:15"),
            // A whole day was left out.
            (chrono_tz::Pacific::Apia, "2011-12-30 09:30", "2011-12-30 10:00"),
        ] {
            assert_eq!(moment(parse(local).unwrap(), zone), utc(expected), "{zone} {local}");
        }
        for wrong in ["", "tomorrow", "2026-02-30 18:00", "2026-07-30", "2026-07-30 24:01"] {
            assert_eq!(parse(wrong).unwrap_err().rule, Rule::BadMoment, "{wrong}");
        }
    }

    #[test]
    fn an_extension_only_gives_time() {
        let festival = Deadlines::read("2026-07-30 18:00", "", Paris);
        let given =
            |first: Option<&str>, second: Option<&str>| Deadlines { first: first.map(utc), second: second.map(utc) };
        for (extension, expected) in [
            (given(None, None), "2026-07-30 16:00"),
            (given(Some("2026-08-01 10:00"), None), "2026-08-01 10:00"),
            (given(Some("2026-07-01 10:00"), None), "2026-07-30 16:00"),
            (given(None, Some("2026-08-01 10:00")), "2026-07-30 16:00"),
        ] {
            let own = festival.extended(&extension);
            assert_eq!(own, Deadlines { first: Some(utc(expected)), second: None }, "{extension:?}");
        }
    }
}
