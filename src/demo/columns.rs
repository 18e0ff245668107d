//! Which value of a made-up row goes into which column of the platform's tables.

use chrono::{DateTime, Utc};
use sqlx::error::BoxDynError;

use super::bulk::{Row, Values};
use super::rows::{Collaborator, EarlierVote, Event, Film, Reservation, Sponsor, Subscriber, User, Vote};
use crate::store::Table;

type Put = Result<(), BoxDynError>;

/// A user with the hash of the password.
pub(super) struct Account<'a>(pub(super) &'a User, pub(super) &'a str);

impl Row for Account<'_> {
    const TABLE: Table = Table::Users;
    const COLUMNS: &'static [&'static str] = &[
        "id_user",
        "first_name",
        "last_name",
        "email",
        "password",
        "mobile",
        "city",
        "country",
        "biography",
        "job",
        "role",
        "createdAt",
        "updatedAt",
    ];

    fn put(&self, values: &mut Values) -> Put {
        let Account(user, password) = self;
        values.put(user.id)?.put(&user.first_name)?.put(&user.last_name)?.put(&user.email)?.put(*password)?;
        values.put(user.mobile.as_deref())?.put(user.city)?.put(user.country)?.put(user.biography.as_deref())?;
        values.put(user.job)?.put(user.role.as_sql())?.put(user.created)?.put(user.created)?;
        Ok(())
    }
}

impl Row for Film {
    const TABLE: Table = Table::Movies;
    const COLUMNS: &'static [&'static str] = &[
        "id_movie",
        "title",
        "description",
        "duration",
        "main_language",
        "release_year",
        "nationality",
        "display_picture",
        "picture1",
        "picture2",
        "picture3",
        "trailer",
        "thumbnail",
        "youtube_link",
        "youtube_movie_id",
        "youtube_status",
        "production",
        "workshop",
        "translation",
        "synopsis",
        "synopsis_anglais",
        "subtitle",
        "ai_tool",
        "admin_comment",
        "jury_comment",
        "selection_status",
        "id_user",
        "createdAt",
        "updatedAt",
    ];

    fn put(&self, values: &mut Values) -> Put {
        values.put(self.id)?.put(&self.title)?.put(self.description.as_deref())?.put(self.duration)?;
        values.put(self.language)?.put(self.year)?.put(self.country)?;
        for file in &self.files {
            values.put(file.as_deref())?;
        }
        values.put(self.video.as_ref().map(|code| format!("https://youtu.be/{code}")))?;
        values.put(self.video.as_deref())?.put(self.video_status)?.put(self.production.as_deref())?;
        values.put(self.workshop)?.put(self.translation)?.put(self.synopsis.as_deref())?;
        values.put(self.synopsis_english.as_deref())?.put(self.subtitle)?.put(self.ai_tool.as_deref())?;
        values.put(self.admin_comment)?.put(self.jury_comment)?.put(self.status.as_sql())?.put(self.producer)?;
        values.put(self.created)?.put(self.updated)?;
        Ok(())
    }
}

impl Row for Vote {
    const TABLE: Table = Table::Votes;
    const COLUMNS: &'static [&'static str] =
        &["id_vote", "id_user", "id_movie", "note", "comments", "modification_count", "createdAt", "updatedAt"];

    fn put(&self, values: &mut Values) -> Put {
        values.put(self.id)?.put(self.juror)?.put(self.film)?.put(self.note.as_sql())?;
        values.put(self.comment.as_deref())?.put(self.modification_count)?.put(self.created)?.put(self.updated)?;
        Ok(())
    }
}

impl Row for EarlierVote {
    const TABLE: Table = Table::VoteHistory;
    const COLUMNS: &'static [&'static str] =
        &["id_vote_history", "id_vote", "id_user", "id_movie", "note", "comments", "createdAt", "updatedAt"];

    fn put(&self, values: &mut Values) -> Put {
        values.put(self.id)?.put(self.vote)?.put(self.juror)?.put(self.film)?.put(self.note.as_sql())?;
        values.put(self.comment.as_deref())?.put(self.created)?.put(self.created)?;
        Ok(())
    }
}

/// An award of a film.
pub(super) struct Award {
    pub(super) id: i32,
    pub(super) film: i32,
    pub(super) name: &'static str,
    pub(super) at: DateTime<Utc>,
}

impl Row for Award {
    const TABLE: Table = Table::Awards;
    const COLUMNS: &'static [&'static str] = &["id_award", "id_movie", "award_name", "createdAt", "updatedAt"];

    fn put(&self, values: &mut Values) -> Put {
        values.put(self.id)?.put(self.film)?.put(self.name)?.put(self.at)?.put(self.at)?;
        Ok(())
    }
}

/// A seat on a panel.
pub(super) struct Seat {
    pub(super) juror: i32,
    pub(super) film: i32,
    pub(super) at: DateTime<Utc>,
}

impl Row for Seat {
    const TABLE: Table = Table::MoviesJuries;
    const COLUMNS: &'static [&'static str] = &["id_movie", "id_user", "createdAt", "updatedAt"];

    fn put(&self, values: &mut Values) -> Put {
        values.put(self.film)?.put(self.juror)?.put(self.at)?.put(self.at)?;
        Ok(())
    }
}

/// A film of a category.
pub(super) struct OfCategory(pub(super) i32, pub(super) i32, pub(super) DateTime<Utc>);

impl Row for OfCategory {
    const TABLE: Table = Table::MoviesCategories;
    const COLUMNS: &'static [&'static str] = &["id_movie", "id_categorie", "createdAt", "updatedAt"];

    fn put(&self, values: &mut Values) -> Put {
        values.put(self.0)?.put(self.1)?.put(self.2)?.put(self.2)?;
        Ok(())
    }
}

/// Somebody who worked on a film.
pub(super) struct Worked(pub(super) i32, pub(super) i32, pub(super) DateTime<Utc>);

impl Row for Worked {
    const TABLE: Table = Table::CollaboratorsMovies;
    const COLUMNS: &'static [&'static str] = &["id_movie", "id_collaborator", "createdAt", "updatedAt"];

    fn put(&self, values: &mut Values) -> Put {
        values.put(self.0)?.put(self.1)?.put(self.2)?.put(self.2)?;
        Ok(())
    }
}

/// A row that the platform stamps although it has no date of its own.
pub(super) struct Stamped<T>(pub(super) T, pub(super) DateTime<Utc>);

impl Row for Stamped<(i32, &'static str)> {
    const TABLE: Table = Table::Categories;
    const COLUMNS: &'static [&'static str] = &["id_categorie", "name", "createdAt", "updatedAt"];

    fn put(&self, values: &mut Values) -> Put {
        let Stamped((id, name), at) = self;
        values.put(*id)?.put(*name)?.put(*at)?.put(*at)?;
        Ok(())
    }
}

impl Row for Stamped<Collaborator> {
    const TABLE: Table = Table::Collaborators;
    const COLUMNS: &'static [&'static str] =
        &["id_collaborator", "first_name", "last_name", "email", "job", "createdAt", "updatedAt"];

    fn put(&self, values: &mut Values) -> Put {
        let Stamped(row, at) = self;
        values.put(row.id)?.put(&row.first_name)?.put(&row.last_name)?.put(row.email.as_deref())?.put(row.job)?;
        values.put(*at)?.put(*at)?;
        Ok(())
    }
}

impl Row for Stamped<Sponsor> {
    const TABLE: Table = Table::Sponsors;
    const COLUMNS: &'static [&'static str] =
        &["id_sponsor", "name", "logo", "url", "category", "createdAt", "updatedAt"];

    fn put(&self, values: &mut Values) -> Put {
        let Stamped(row, at) = self;
        values.put(row.id)?.put(row.name)?.put(row.logo)?.put(row.url)?.put(row.category)?.put(*at)?.put(*at)?;
        Ok(())
    }
}

impl Row for Event {
    const TABLE: Table = Table::Events;
    const COLUMNS: &'static [&'static str] = &[
        "id_event",
        "name",
        "description",
        "start_date",
        "end_date",
        "location",
        "event_type",
        "createdAt",
        "updatedAt",
    ];

    fn put(&self, values: &mut Values) -> Put {
        values.put(self.id)?.put(self.name)?.put(self.description)?.put(self.start)?.put(self.end)?;
        values.put(self.location)?.put(self.kind)?.put(self.created)?.put(self.created)?;
        Ok(())
    }
}

impl Row for Reservation {
    const TABLE: Table = Table::Reservations;
    const COLUMNS: &'static [&'static str] = &[
        "id_reservation",
        "id_event",
        "first_name",
        "last_name",
        "email",
        "number_seats",
        "reservation_date",
        "createdAt",
        "updatedAt",
    ];

    fn put(&self, values: &mut Values) -> Put {
        values.put(self.id)?.put(self.event)?.put(&self.first_name)?.put(&self.last_name)?.put(&self.email)?;
        values.put(self.seats)?.put(self.created)?.put(self.created)?.put(self.created)?;
        Ok(())
    }
}

impl Row for Subscriber {
    const TABLE: Table = Table::Newsletter;
    const COLUMNS: &'static [&'static str] = &["id_subscriber", "email", "subscribed_at", "createdAt", "updatedAt"];

    fn put(&self, values: &mut Values) -> Put {
        values.put(self.id)?.put(&self.email)?.put(self.since)?.put(self.since)?.put(self.since)?;
        Ok(())
    }
}
