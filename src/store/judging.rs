//! What decides whether somebody may judge a film, and what they need for it: read without a lock, by one statement.

use chrono::{DateTime, Utc};
use sqlx::{MySqlConnection, QueryBuilder};

use super::cells::{self, int, maybe_int, maybe_text, text};
use super::people::fingerprint;
use super::rounds::is_of;
use super::{Shape, StoreError, Table};
use crate::domain::film::FilmStatus;
use crate::domain::jury::{Recusal, Why};
use crate::domain::{FilmId, UserId};

/// A juror before a film.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Desk {
    /// The film; `None` if it is gone.
    pub film: Option<FilmOnDesk>,
    /// On its panel.
    pub on_panel: bool,
    /// What they said of not judging it.
    pub recusal: Option<Recusal>,
    /// Their draft's revision, if there is one; of an earlier film or account of these ids too.
    pub draft: Option<i64>,
    /// Whether that draft is about this very film and account.
    pub own_draft: bool,
    /// Now, by the server's clock.
    pub now: DateTime<Utc>,
}

/// What a film is known by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilmOnDesk {
    /// As the database has it; empty for NULL.
    pub title: String,
    /// Where it stands.
    pub status: FilmStatus,
    /// Its `createdAt` as the server writes it, because ids come again.
    pub born: Option<String>,
}

/// Reads it; `None` if the account is gone. Waits for nobody.
///
/// # Errors
/// The statement failed.
pub async fn desk(
    conn: &mut MySqlConnection,
    shape: &Shape,
    film: FilmId,
    juror: UserId,
) -> Result<Option<Desk>, StoreError> {
    let on_panel = match shape.present(Table::MoviesJuries) {
        true => format!(
            "EXISTS (SELECT 1 FROM {} j WHERE j.id_movie = m.id_movie AND j.id_user = u.id_user)",
            shape.table(Table::MoviesJuries)
        ),
        false => "0".to_owned(),
    };
    let mut query = QueryBuilder::new(format!(
        "SELECT m.id_movie, {}, CAST(m.selection_status AS CHAR), {}, {on_panel}, s.recusal, s.recusal_waiting, \
         s.born, d.revision, d.born, COALESCE(d.user_created <=> {}, 0), UTC_TIMESTAMP(3) FROM {} u \
         LEFT JOIN {} m ON m.id_movie = {film} \
         LEFT JOIN console_seats s ON s.id_movie = m.id_movie AND s.id_user = u.id_user \
         LEFT JOIN console_drafts d ON d.id_movie = m.id_movie AND d.id_user = u.id_user WHERE u.id_user = ",
        shape.select(Table::Movies, "m", "title"),
        shape.select_text(Table::Movies, "m", "createdAt"),
        fingerprint(shape, "u"),
        shape.table(Table::Users),
        shape.table(Table::Movies),
    ));
    let Some(row) = query.push_bind(juror.0).build().fetch_optional(conn).await? else { return Ok(None) };
    let born = maybe_text(&row, 3)?.map(str::to_owned);
    let told = is_of(maybe_text(&row, 7)?, born.as_deref());
    let why = maybe_text(&row, 5)?.and_then(Why::from_name).filter(|_| told);
    let waiting = maybe_int(&row, 6)?.unwrap_or(0) != 0;
    let own_draft = is_of(maybe_text(&row, 9)?, born.as_deref()) && int(&row, 10)? != 0;
    let clock = || StoreError::Odd { column: "console_drafts", detail: "the server has no clock".to_owned() };
    let film = match maybe_int(&row, 0)? {
        Some(_) => {
            let (title, status) = (text(&row, 1)?.to_owned(), FilmStatus::from_sql(text(&row, 2)?));
            Some(FilmOnDesk { title, status, born })
        }
        None => None,
    };
    Ok(Some(Desk {
        film,
        on_panel: maybe_int(&row, 4)?.unwrap_or(0) != 0,
        recusal: why.map(|why| Recusal { why, waiting }),
        draft: sqlx::Row::try_get_unchecked(&row, 8)?,
        own_draft,
        now: cells::moment(&row, 11)?.ok_or_else(clock)?,
    }))
}

/// What a film tells of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// (column, text), without NULL, blank and missing ones.
    pub texts: Vec<(String, String)>,
    /// Who submitted it.
    pub producer: i32,
    /// In the festival's unit.
    pub duration: Option<i32>,
    /// `youtube_link`; empty where NULL.
    pub link: String,
    /// `trailer`; empty where NULL.
    pub trailer: String,
}

/// The columns of a film that help to judge it, in the order in which they are read. What anybody said of it is not among
/// them.
const TEXTS: [&str; 12] = [
    "title",
    "synopsis",
    "synopsis_anglais",
    "description",
    "nationality",
    "main_language",
    "subtitle",
    "translation",
    "release_year",
    "ai_tool",
    "production",
    "workshop",
];

/// Reads what a film tells of itself; `None` if it is gone.
///
/// # Errors
/// The statement failed.
pub async fn told(conn: &mut MySqlConnection, shape: &Shape, film: FilmId) -> Result<Option<Told>, StoreError> {
    let mut query = QueryBuilder::new("SELECT ");
    for column in TEXTS {
        query.push(shape.select_text(Table::Movies, "m", column)).push(", ");
    }
    query.push(format!(
        "m.id_user, {} FROM {} m WHERE m.id_movie = ",
        shape.select_list(Table::Movies, "m", &["duration", "youtube_link", "trailer"]),
        shape.table(Table::Movies)
    ));
    let Some(row) = query.push_bind(film.0).build().fetch_optional(conn).await? else { return Ok(None) };
    let mut texts = Vec::new();
    for (at, column) in TEXTS.iter().enumerate() {
        let value = text(&row, at)?;
        if !value.trim().is_empty() {
            texts.push(((*column).to_owned(), value.to_owned()));
        }
    }
    let rest = TEXTS.len();
    Ok(Some(Told {
        texts,
        producer: maybe_int(&row, rest)?.unwrap_or(0),
        duration: maybe_int(&row, rest + 1)?,
        link: text(&row, rest + 2)?.to_owned(),
        trailer: text(&row, rest + 3)?.to_owned(),
    }))
}

/// What a juror's history says of a film.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remembered {
    /// The film.
    pub film: FilmId,
    /// Its title; empty for NULL.
    pub title: String,
    /// When it was submitted; `None` for a zero date.
    pub created: Option<DateTime<Utc>>,
}

/// The films of these that are there.
///
/// # Errors
/// The statement failed.
pub async fn remembered(
    conn: &mut MySqlConnection,
    shape: &Shape,
    films: &[i32],
) -> Result<Vec<Remembered>, StoreError> {
    let mut query = QueryBuilder::new(format!(
        "SELECT m.id_movie, {}, {} FROM {} m WHERE m.id_movie IN (",
        shape.select(Table::Movies, "m", "title"),
        shape.select_moment(Table::Movies, "m", "createdAt"),
        shape.table(Table::Movies)
    ));
    cells::push_ids(&mut query, films);
    let rows = query.push(")").build().fetch_all(conn).await?;
    let film = |row| {
        let (film, title) = (FilmId(int(row, 0)?), text(row, 1)?.to_owned());
        Ok(Remembered { film, title, created: cells::moment(row, 2)? })
    };
    rows.iter().map(film).collect()
}

/// The films that somebody declared not to be able to judge, with what they said: only films that are there.
///
/// # Errors
/// The statement failed.
pub async fn recusals(
    conn: &mut MySqlConnection,
    shape: &Shape,
    juror: UserId,
) -> Result<Vec<(FilmId, Recusal)>, StoreError> {
    let mut query = QueryBuilder::new(format!(
        "SELECT s.id_movie, s.recusal, s.recusal_waiting, s.born, {} FROM console_seats s \
         JOIN {} m ON m.id_movie = s.id_movie WHERE s.recusal IS NOT NULL AND s.id_user = ",
        shape.select_text(Table::Movies, "m", "createdAt"),
        shape.table(Table::Movies)
    ));
    let mut recusals = Vec::new();
    for row in query.push_bind(juror.0).build().fetch_all(conn).await? {
        let same = is_of(maybe_text(&row, 3)?, maybe_text(&row, 4)?);
        if let Some(why) = maybe_text(&row, 1)?.and_then(Why::from_name).filter(|_| same) {
            let waiting = maybe_int(&row, 2)?.unwrap_or(0) != 0;
            recusals.push((FilmId(int(&row, 0)?), Recusal { why, waiting }));
        }
    }
    Ok(recusals)
}
