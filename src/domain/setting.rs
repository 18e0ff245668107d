//! The festival's settings: what decides a result or a right, kept in the database and changed by an administrator.

use chrono_tz::Tz;

use super::deadline;
use super::picture::media_address;
use super::rule::{Refusal, Rule};

/// What a setting takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One of these words.
    Choice(&'static [&'static str]),
    /// A whole number in this range.
    Number(i64, i64),
    /// A text of at most so many characters.
    Text(usize),
    /// A time zone of the IANA database.
    TimeZone,
    /// This word, or a whole number in this range.
    WordOrNumber(&'static str, i64, i64),
    /// An http(s) address under which files lie, or nothing.
    Address,
    /// A moment in the festival's time, to the minute, or nothing.
    Moment,
}

/// One setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Setting {
    /// Its name.
    pub name: &'static str,
    /// What it takes.
    pub kind: Kind,
    /// What holds where the database has no row.
    pub default: &'static str,
}

/// How new passwords are kept: `auto` is bcrypt on a database that the web site uses and argon2id on a fresh one.
pub const AUTH_SCHEME: &str = "auth.scheme";
/// The festival's name in the header.
pub const FESTIVAL_NAME: &str = "festival.name";
/// The time zone in which dates are shown.
pub const TIME_ZONE: &str = "festival.time_zone";
/// The unit of `movies.duration`.
pub const DURATION_UNIT: &str = "films.duration_unit";
/// Jurors that a panel should have.
pub const JURY_SIZE: &str = "jury.size";
/// Minutes without a key after which a session is locked.
pub const LOCK_AFTER: &str = "auth.lock_after_minutes";

/// The address under which the web site serves the pictures of films; empty: none.
pub const MEDIA_URL: &str = "site.media_url";

/// Most characters of a vote's comment.
pub const COMMENT_MAX: &str = "voting.comment_max";
/// Whether a vote needs a comment.
pub const REQUIRE_COMMENT: &str = "voting.require_comment";
/// When a film moves to discussion by itself.
pub const OPEN_DISCUSSION: &str = "voting.open_discussion";
/// Whether a majority YES makes a film a candidate by itself.
pub const ADVANCE: &str = "voting.advance";
/// Votes that it takes to close a round: `half` is more than half of the panel.
pub const QUORUM: &str = "voting.quorum";
/// Whether a juror may promote a film to candidate.
pub const PROMOTE: &str = "voting.promote";
/// When staff see what jurors voted: always, or once the round is complete.
pub const STAFF_SEE: &str = "voting.staff_see";

/// Until when first votes are asked for; empty: no deadline. It reminds and refuses nothing.
pub const DEADLINE_1: &str = "voting.deadline_1";
/// Until when the changes in discussion are asked for.
pub const DEADLINE_2: &str = "voting.deadline_2";

/// The longest address that a setting takes, in characters.
const ADDRESS_MAX: usize = 300;

/// Every setting there is.
pub const SETTINGS: &[Setting] = &[
    Setting { name: LOCK_AFTER, kind: Kind::Number(1, 1440), default: "30" },
    Setting { name: AUTH_SCHEME, kind: Kind::Choice(&["auto", "argon2id", "bcrypt"]), default: "auto" },
    Setting { name: FESTIVAL_NAME, kind: Kind::Text(60), default: "MarsAI" },
    Setting { name: TIME_ZONE, kind: Kind::TimeZone, default: "Europe/Paris" },
    Setting { name: DURATION_UNIT, kind: Kind::Choice(&["seconds", "minutes"]), default: "seconds" },
    Setting { name: JURY_SIZE, kind: Kind::Number(1, 99), default: "3" },
    Setting { name: DEADLINE_1, kind: Kind::Moment, default: "" },
    Setting { name: DEADLINE_2, kind: Kind::Moment, default: "" },
    Setting { name: COMMENT_MAX, kind: Kind::Number(1, 16_000), default: "10000" },
    Setting { name: REQUIRE_COMMENT, kind: Kind::Choice(&["true", "false"]), default: "true" },
    Setting {
        name: OPEN_DISCUSSION,
        kind: Kind::Choice(&["round_complete", "first_request", "manual"]),
        default: "round_complete",
    },
    Setting { name: ADVANCE, kind: Kind::Choice(&["propose", "automatic"]), default: "propose" },
    Setting { name: QUORUM, kind: Kind::WordOrNumber("half", 1, 99), default: "half" },
    Setting { name: PROMOTE, kind: Kind::Choice(&["any_juror", "off"]), default: "any_juror" },
    Setting { name: STAFF_SEE, kind: Kind::Choice(&["always", "complete"]), default: "always" },
    Setting { name: MEDIA_URL, kind: Kind::Address, default: "" },
];

/// Finds a setting by name.
///
/// # Errors
/// [`Rule::UnknownSetting`].
pub fn find(name: &str) -> Result<&'static Setting, Refusal> {
    let found = SETTINGS.iter().find(|setting| setting.name == name);
    found.ok_or_else(|| Refusal::new(Rule::UnknownSetting).with("name", name))
}

impl Setting {
    /// Judges a value and brings it to its one spelling.
    ///
    /// # Errors
    /// [`Rule::BadSetting`] with what it takes.
    pub fn check(&self, value: &str) -> Result<String, Refusal> {
        let value = value.trim();
        let sound = match self.kind {
            Kind::Choice(words) => words.contains(&value).then(|| value.to_owned()),
            Kind::Number(min, max) => number(value, min, max),
            Kind::WordOrNumber(word, _, _) if value == word => Some(word.to_owned()),
            Kind::WordOrNumber(_, min, max) => number(value, min, max),
            Kind::Text(max) => {
                let plain = !value.is_empty() && value.chars().count() <= max && !value.chars().any(char::is_control);
                plain.then(|| value.to_owned())
            }
            Kind::TimeZone => value.parse::<Tz>().ok().map(|tz| tz.name().to_owned()),
            Kind::Address | Kind::Moment if value.is_empty() => Some(String::new()),
            Kind::Moment => deadline::parse(value).ok().map(|local| local.format(deadline::FORMAT).to_string()),
            Kind::Address => {
                let short = value.chars().count() <= ADDRESS_MAX;
                media_address(value).filter(|_| short).map(String::from)
            }
        };
        sound.ok_or_else(|| Refusal::new(Rule::BadSetting).with("name", self.name).with("expected", self.expected()))
    }

    /// What it takes, for a message (`1-99`, `auto, argon2id, bcrypt`).
    pub fn expected(&self) -> String {
        match self.kind {
            Kind::Choice(words) => words.join(", "),
            Kind::Number(min, max) => format!("{min}-{max}"),
            Kind::WordOrNumber(word, min, max) => format!("{word}, {min}-{max}"),
            Kind::Text(max) => format!("1-{max} characters"),
            Kind::TimeZone => "Europe/Paris, UTC, …".to_owned(),
            Kind::Address => "https://…".to_owned(),
            Kind::Moment => deadline::EXPECTED.to_owned(),
        }
    }
}

fn number(value: &str, min: i64, max: i64) -> Option<String> {
    value.parse::<i64>().ok().filter(|n| (min..=max).contains(n)).map(|n| n.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn defaults_are_sound_and_names_unique() {
        for setting in SETTINGS {
            assert_eq!(setting.check(setting.default).as_deref(), Ok(setting.default), "{}", setting.name);
            assert_eq!(SETTINGS.iter().filter(|other| other.name == setting.name).count(), 1);
        }
    }

    #[test]
    fn values_by_table() {
        let cases = [
            (JURY_SIZE, " 05 ", Some("5")),
            (JURY_SIZE, "0", None),
            (JURY_SIZE, "many", None),
            (COMMENT_MAX, "0", None),
            (COMMENT_MAX, "16001", None),
            (REQUIRE_COMMENT, "false", Some("false")),
            (REQUIRE_COMMENT, "no", None),
            (QUORUM, "half", Some("half")),
            (QUORUM, "03", Some("3")),
            (QUORUM, "most", None),
            (QUORUM, "0", None),
            (AUTH_SCHEME, "bcrypt", Some("bcrypt")),
            (AUTH_SCHEME, "md5", None),
            (TIME_ZONE, "Europe/Paris", Some("Europe/Paris")),
            (TIME_ZONE, "Mars/Olympus", None),
            (FESTIVAL_NAME, "", None),
            (FESTIVAL_NAME, "a\u{1b}b", None),
            (DEADLINE_1, "", Some("")),
            (DEADLINE_1, " 2026-05-30T18:00", Some("2026-05-30 18:00")),
            (DEADLINE_1, "30/05/2026 18:00", Some("2026-05-30 18:00")),
            (DEADLINE_1, "30/05/2026", Some("2026-05-30 23:59")),
            (DEADLINE_2, "30 May", None),
            (MEDIA_URL, "", Some("")),
            (MEDIA_URL, " https://SITE.example/media ", Some("https://site.example/media")),
            (MEDIA_URL, "http://localhost:3000", Some("http://localhost:3000/")),
            (MEDIA_URL, "site.example/media", None),
            (MEDIA_URL, "file:///srv/media", None),
            (MEDIA_URL, "ftp://site.example", None),
            (MEDIA_URL, "https://ann:secret@site.example", None),
            (MEDIA_URL, "https://site.example/?a=b", None),
            (MEDIA_URL, "https://site.example/#a", None),
            (MEDIA_URL, "https://site.exa\u{1b}mple", None),
        ];
        for (name, value, expected) in cases {
            assert_eq!(find(name).unwrap().check(value).ok().as_deref(), expected, "{name} {value}");
        }
        assert_eq!(find("nonsense").unwrap_err().rule, Rule::UnknownSetting);
    }
}
