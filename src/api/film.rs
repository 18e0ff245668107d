//! Films: the light rows of the list, the whole of one, and what comes of moving them.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::domain::consensus::Tally;
use crate::domain::film::{FilmFacts, FilmStatus};
use crate::domain::{FilmId, Refusal, UserId};

use super::film_form::{Collaborator, FilmCategory};
use super::index::Indexed;
use super::rows::Rows;

/// A film as the lists know it: short fields, panel and tally.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FilmRow {
    /// The film.
    pub id: FilmId,
    /// Where it stands.
    pub status: FilmStatus,
    /// As the database has it: make it inert before showing it.
    pub title: Box<str>,
    /// `nationality`; empty where NULL.
    pub country: Arc<str>,
    /// `main_language`; empty where NULL.
    pub language: Arc<str>,
    /// In the festival's unit (`films.duration_unit`).
    pub duration: Option<i32>,
    /// Year of release.
    pub year: Option<i32>,
    /// Empty where NULL.
    pub ai_tool: Arc<str>,
    /// Who submitted it.
    pub producer: UserId,
    /// Their name.
    pub producer_name: Arc<str>,
    /// The jurors on its panel, by id.
    pub panel: Box<[UserId]>,
    /// Active jurors on the panel.
    pub active: u16,
    /// Active jurors with a counted vote.
    pub voted: u16,
    /// Active jurors whose one change is spent.
    pub changed: u16,
    /// Active jurors who spent it or let their vote stand.
    pub decided: u16,
    /// Staff closed the round that the film is in.
    pub closed: bool,
    /// In discussion, whoever has no vote yet may still cast one.
    pub first_votes_open: bool,
    /// The tally says nothing yet: the festival shows it when the round is complete (`voting.staff_see`).
    pub veiled: bool,
    /// Jurors who wait for staff to answer that they cannot judge it.
    pub recusals: u16,
    /// Rows of `votes`, counted or not.
    pub ballots: u16,
    /// Counted votes.
    pub tally: Tally,
    /// Awards.
    pub awards: u16,
    /// Whether the web site changed something of it that nobody has settled yet.
    pub outside: bool,
}

impl Indexed for FilmRow {
    const TEXTS: usize = 5;

    fn text(&self, column: usize) -> &str {
        match column {
            Self::TITLE => &self.title,
            Self::PRODUCER => &self.producer_name,
            Self::COUNTRY => &self.country,
            Self::TOOL => &self.ai_tool,
            Self::LANGUAGE => &self.language,
            _ => "",
        }
    }
}

impl FilmRow {
    /// The text [`FilmRow::title`].
    pub const TITLE: usize = 0;
    /// The text [`FilmRow::producer_name`].
    pub const PRODUCER: usize = 1;
    /// The text [`FilmRow::country`].
    pub const COUNTRY: usize = 2;
    /// The text [`FilmRow::ai_tool`].
    pub const TOOL: usize = 3;
    /// The text [`FilmRow::language`].
    pub const LANGUAGE: usize = 4;

    /// What decides a step of this film.
    pub fn facts(&self) -> FilmFacts {
        FilmFacts {
            status: self.status,
            panel: u16::try_from(self.panel.len()).unwrap_or(u16::MAX),
            active: self.active,
            voted: self.voted,
            changed: self.changed,
            decided: self.decided,
            closed: self.closed,
            ballots: self.ballots,
            tally: self.tally,
            awards: self.awards,
            first_votes_open: self.first_votes_open,
        }
    }
}

/// The films that a person may see, the newest (highest id) first.
#[derive(Clone, Debug, Default)]
pub struct FilmList {
    /// The rows.
    pub rows: Rows<FilmRow>,
    /// All films there are, also while `rows` is still a first page.
    pub total: u32,
    /// Whether `rows` is the whole list.
    pub complete: bool,
    /// Films that the web site deleted without anybody having taken note.
    pub gone: u32,
    /// The jurors, for the names of panels, by id.
    pub jurors: Arc<[Juror]>,
}

impl Serialize for FilmList {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.rows.serialize(serializer)
    }
}

/// A juror, or somebody who was one and still sits on a panel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Juror {
    /// Who.
    pub id: UserId,
    /// First and last name.
    pub name: Arc<str>,
    /// Role `JURY` and enabled.
    pub active: bool,
}

/// Every field of one film.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FilmDetail {
    /// The list's row.
    #[serde(flatten)]
    pub row: FilmRow,
    /// The long and the lesser fields as (column, text), in the platform's order, NULL and missing ones left out.
    pub fields: Vec<(String, String)>,
    /// Its categories, in alphabetical order.
    pub categories: Vec<FilmCategory>,
    /// Its crew.
    pub collaborators: Vec<Collaborator>,
    /// Its awards, the oldest first.
    pub awards_given: Vec<AwardGiven>,
    /// Email of its producer.
    pub producer_email: String,
    /// When it was submitted; `None` for a zero date.
    pub created: Option<DateTime<Utc>>,
    /// When it was changed last; `None` for a zero date.
    pub updated: Option<DateTime<Utc>>,
    /// What the console did with it, the newest first.
    pub story: Vec<StoryLine>,
}

/// An award of a film.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AwardGiven {
    /// Its name; empty where NULL.
    pub name: String,
    /// When it was given; `None` for a zero date.
    pub at: Option<DateTime<Utc>>,
}

/// A field that a change of a film wrote; long texts are cut.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StoryChange {
    /// The column.
    pub field: String,
    /// What stood there; `None` for nothing.
    pub before: Option<String>,
    /// What stands there since.
    pub after: Option<String>,
}

/// A line of a film's story, from the ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StoryLine {
    /// When.
    pub at: DateTime<Utc>,
    /// Who.
    pub who: String,
    /// The action's name (`set_status`, `undo`).
    pub action: String,
    /// The status before, if it was about one.
    pub from: Option<FilmStatus>,
    /// The status after.
    pub to: Option<FilmStatus>,
    /// The rationale.
    pub reason: Option<String>,
    /// Whether the transition was forced.
    pub forced: bool,
    /// From where (`terminal ann@laptop`).
    pub origin: String,
    /// Whether the rationale stays in the console.
    pub private: bool,
    /// The fields that it wrote.
    pub changes: Vec<StoryChange>,
}

/// What came of moving many films.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Moved {
    /// The films that moved.
    pub moved: Vec<FilmId>,
    /// The films that did not, with why.
    #[serde(serialize_with = "refused_films")]
    pub refused: Vec<(FilmId, Refusal)>,
    /// Where to.
    pub to: FilmStatus,
    /// Whether the person cancelled before the end.
    pub cancelled: bool,
}

pub(super) fn refused_films<S: serde::Serializer>(
    refused: &[(FilmId, Refusal)],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(refused.iter().map(|(film, refusal)| (film, refusal.rule.name())))
}

/// What was undone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Undone {
    /// The action's name (`set_status`, `delete_sponsor`).
    pub action: String,
    /// The setting that is as before again, if it was one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub setting: Option<String>,
    /// The rows that are as before again.
    pub ids: Vec<i32>,
    /// The rows that somebody changed meanwhile: left alone.
    pub left: Vec<i32>,
}
