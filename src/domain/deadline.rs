//! Until when jurors are asked to vote: for each round, later for a juror who was given more time. A deadline reminds and
//! refuses nothing; staff close a round.

use chrono::{DateTime, Datelike as _, LocalResult, NaiveDate, NaiveDateTime, TimeDelta, TimeZone as _, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::film::FilmStatus;
use super::rule::{Param, Refusal, Rule};
use super::text::inert;

/// How a deadline is kept and read by scripts: the festival's own time, to the minute.
pub const FORMAT: &str = "%Y-%m-%d %H:%M";

/// An example of it, for messages.
pub const EXPECTED: &str = "2026-05-30 18:00";

/// Days as people write them: the day before the month, but in the international form.
const DAYS: [&str; 5] = ["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%d %B %Y"];

/// Hours as people write them behind a day.
const HOURS: [&str; 2] = ["%H:%M", "%Hh%M"];

/// Years that are meant when four digits are written.
const YEARS: std::ops::RangeInclusive<i32> = 1970..=9999;

/// How much of what was typed a refusal repeats, in characters.
const REPEATED: usize = 40;

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

/// Reads a deadline as people type it: `30/11/2026 18:00`, `2026-11-30 18:00`, `30 November 2026`. A day alone lasts until
/// its last minute.
///
/// # Errors
/// [`Rule::BadMoment`].
pub fn parse(text: &str) -> Result<NaiveDateTime, Refusal> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let typed = words.join(" ");
    let days = DAYS.iter().filter_map(|day| {
        let (date, rest) = NaiveDate::parse_and_remainder(&typed, day).ok()?;
        let time = rest.strip_prefix(' ').or_else(|| rest.strip_prefix('T'));
        match time {
            None if rest.is_empty() => date.and_hms_opt(23, 59, 0),
            None => None,
            Some(time) => {
                let hours = HOURS.iter().find_map(|hour| chrono::NaiveTime::parse_from_str(time, hour).ok());
                hours.map(|hour| date.and_time(hour))
            }
        }
    });
    days.into_iter().find(|local| YEARS.contains(&local.year())).ok_or_else(|| {
        let given: String = inert(&typed).chars().take(REPEATED).collect();
        Refusal::new(Rule::BadMoment).with("given", given).with("expected", EXPECTED)
    })
}

/// Whether a juror has more time with a moment than everybody has.
///
/// # Errors
/// [`Rule::NoDeadline`], [`Rule::NotMoreTime`] with the moment that it must be after.
pub fn check_more(
    round: VoteRound,
    until: DateTime<Utc>,
    festival: Option<DateTime<Utc>>,
    (now, zone): (DateTime<Utc>, Tz),
) -> Result<(), Refusal> {
    let Some(festival) = festival else {
        return Err(Refusal::new(Rule::NoDeadline).with("round", u32::from(round.number())));
    };
    let least = festival.max(now);
    if until > least {
        return Ok(());
    }
    Err(Refusal::new(Rule::NotMoreTime).with("until", Param::Moment(least.with_timezone(&zone).naive_local())))
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
    }

    #[test]
    fn a_deadline_is_read_as_people_write_it() {
        for (typed, kept) in [
            ("30/11/2026 18:00", "2026-11-30 18:00"),
            ("3/1/2026 8:05", "2026-01-03 08:05"),
            ("30.11.2026 18:00", "2026-11-30 18:00"),
            ("30-11-2026 18:00", "2026-11-30 18:00"),
            ("2026-11-30 18:00", "2026-11-30 18:00"),
            ("  2026-11-30T18:00 ", "2026-11-30 18:00"),
            ("30 Nov 2026 18:00", "2026-11-30 18:00"),
            ("30 november 2026 18:00", "2026-11-30 18:00"),
            ("30/11/2026\u{a0}18h00", "2026-11-30 18:00"),
            ("30/11/2026  00:00", "2026-11-30 00:00"),
            ("30/11/2026", "2026-11-30 23:59"),
            ("2026-11-30", "2026-11-30 23:59"),
            ("30 Nov 2026", "2026-11-30 23:59"),
        ] {
            assert_eq!(parse(typed).unwrap().format(FORMAT).to_string(), kept, "{typed}");
        }
        for wrong in [
            "",
            "tomorrow",
            "demain",
            "2026-02-30 18:00",
            "30/02/2026",
            "11/30/2026",
            "30/11/26",
            "30/11",
            "2026-07-30 24:01",
            "2026-07-30 18:00:00",
            "30/11/2026 18",
            "30/11/2026 18:00 or so",
            "30/11/2026x",
            "18:00",
            "30/11/12026",
        ] {
            let refusal = parse(wrong).unwrap_err();
            assert_eq!((refusal.rule, &refusal.params[0]), (Rule::BadMoment, &("given", wrong.into())), "{wrong}");
        }
    }

    #[test]
    fn more_time_is_after_everybodys_and_after_now() {
        let (now, festival) = (utc("2026-07-30 12:00"), Some(utc("2026-07-30 16:00")));
        let over = Some(utc("2026-07-01 16:00"));
        for (until, festival, expected) in [
            ("2026-07-30 16:01", festival, Ok(())),
            ("2026-07-30 16:00", festival, Err((Rule::NotMoreTime, "2026-07-30 18:00"))),
            ("2025-07-30 16:00", festival, Err((Rule::NotMoreTime, "2026-07-30 18:00"))),
            ("2026-07-30 12:01", over, Ok(())),
            ("2026-07-02 16:00", over, Err((Rule::NotMoreTime, "2026-07-30 14:00"))),
            ("2026-08-30 16:00", None, Err((Rule::NoDeadline, ""))),
        ] {
            let judged = check_more(VoteRound::First, utc(until), festival, (now, Paris));
            let expected = expected.map_err(|(rule, until)| match until {
                "" => Refusal::new(rule).with("round", 1_u32),
                until => Refusal::new(rule).with("until", Param::Moment(parse(until).unwrap())),
            });
            assert_eq!(judged, expected, "{until}");
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
