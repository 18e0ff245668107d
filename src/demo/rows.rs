//! The rows of the platform's tables as the demo makes them.

use chrono::{DateTime, Utc};

use crate::domain::film::FilmStatus;
use crate::domain::user::Role;
use crate::domain::vote::Note;

/// A row of `users`. The password is the same for all and added when it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    /// `id_user`.
    pub id: i32,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// Unique without regard to case.
    pub email: String,
    /// Role.
    pub role: Role,
    /// Mobile telephone.
    pub mobile: Option<String>,
    /// City.
    pub city: Option<&'static str>,
    /// Country, in French.
    pub country: Option<&'static str>,
    /// A line about them.
    pub biography: Option<String>,
    /// The platform's `job`.
    pub job: Option<&'static str>,
    /// Registered.
    pub created: DateTime<Utc>,
}

/// A row of `movies`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Film {
    /// `id_movie`.
    pub id: i32,
    /// Title, in the language of its makers.
    pub title: String,
    /// `description`.
    pub description: Option<String>,
    /// Seconds.
    pub duration: Option<i32>,
    /// In French.
    pub language: &'static str,
    /// Year of release.
    pub year: i32,
    /// In French.
    pub country: &'static str,
    /// File names: the poster, three stills, the film, its thumbnail.
    pub files: [Option<String>; 6],
    /// The eleven characters of its video.
    pub video: Option<String>,
    /// `youtube_status`.
    pub video_status: Option<&'static str>,
    /// Production company.
    pub production: Option<String>,
    /// Workshop.
    pub workshop: Option<&'static str>,
    /// Language of the translation.
    pub translation: Option<&'static str>,
    /// In French.
    pub synopsis: Option<String>,
    /// In English.
    pub synopsis_english: Option<String>,
    /// Languages of the subtitles.
    pub subtitle: Option<&'static str>,
    /// The tools.
    pub ai_tool: Option<String>,
    /// Of the administrators.
    pub admin_comment: Option<&'static str>,
    /// Of the juror who promoted it.
    pub jury_comment: Option<&'static str>,
    /// Status.
    pub status: FilmStatus,
    /// `id_user` of its producer.
    pub producer: i32,
    /// Submitted.
    pub created: DateTime<Utc>,
    /// Changed last.
    pub updated: DateTime<Utc>,
}

/// A row of `votes`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vote {
    /// `id_vote`.
    pub id: i32,
    /// The juror.
    pub juror: i32,
    /// The film.
    pub film: i32,
    /// Note.
    pub note: Note,
    /// Comment.
    pub comment: Option<String>,
    /// 1 where the one change is spent.
    pub modification_count: i32,
    /// Cast.
    pub created: DateTime<Utc>,
    /// Changed last.
    pub updated: DateTime<Utc>,
}

/// A row of the vote history: a vote as it was before its change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EarlierVote {
    /// The primary key.
    pub id: i32,
    /// The vote.
    pub vote: i32,
    /// The juror.
    pub juror: i32,
    /// The film.
    pub film: i32,
    /// Note before.
    pub note: Note,
    /// Comment before.
    pub comment: Option<String>,
    /// When it was changed.
    pub created: DateTime<Utc>,
}

/// A film with all that hangs on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilmFile {
    /// The film.
    pub film: Film,
    /// Ids of its categories.
    pub categories: Vec<i32>,
    /// Ids of its crew.
    pub collaborators: Vec<i32>,
    /// Ids of the jurors on its panel.
    pub panel: Vec<i32>,
    /// When the panel was made.
    pub panel_made: DateTime<Utc>,
    /// Its ballots.
    pub votes: Vec<Vote>,
    /// What they were before their change.
    pub earlier: Vec<EarlierVote>,
    /// Names of its awards, with their ids.
    pub awards: Vec<(i32, &'static str)>,
}

/// A row of `collaborators`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Collaborator {
    /// `id_collaborator`.
    pub id: i32,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// Email.
    pub email: Option<String>,
    /// Job.
    pub job: &'static str,
}

/// A row of `events`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// `id_event`.
    pub id: i32,
    /// Name.
    pub name: &'static str,
    /// Description.
    pub description: &'static str,
    /// Start.
    pub start: DateTime<Utc>,
    /// End, where it was given.
    pub end: Option<DateTime<Utc>>,
    /// Place.
    pub location: &'static str,
    /// The platform's `event_type`.
    pub kind: &'static str,
    /// Entered.
    pub created: DateTime<Utc>,
}

/// A row of `reservations`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reservation {
    /// `id_reservation`.
    pub id: i32,
    /// The event.
    pub event: i32,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// Email.
    pub email: String,
    /// NULL on one, as the web site sometimes leaves it.
    pub seats: Option<i32>,
    /// Booked.
    pub created: DateTime<Utc>,
}

/// A row of `sponsors`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sponsor {
    /// `id_sponsor`.
    pub id: i32,
    /// Name.
    pub name: &'static str,
    /// Path of the logo.
    pub logo: &'static str,
    /// Web site.
    pub url: Option<&'static str>,
    /// Tier.
    pub category: Option<&'static str>,
}

/// A row of `newsletter_subscribers`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subscriber {
    /// `id_subscriber`.
    pub id: i32,
    /// Email.
    pub email: String,
    /// Since.
    pub since: DateTime<Utc>,
}
