//! Films with what hangs on them: the light rows' parts, each by its own query, and one film's every field.

use std::collections::HashMap;

use futures_util::TryStreamExt;
use sqlx::{MySqlConnection, QueryBuilder};

use super::cells::{self, int, text};
use super::{Shape, StoreError, Table};
use crate::api::film::AwardGiven;
use crate::domain::film::FilmStatus;
use crate::domain::vote::{Ballot, Note};
use crate::domain::{FilmId, UserId, VoteId};

/// A film without what hangs on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilmLine {
    /// The film.
    pub id: i32,
    /// Where it stands.
    pub status: FilmStatus,
    /// As the database has it.
    pub title: String,
    /// Empty where NULL, like the other texts.
    pub country: String,
    /// `main_language`.
    pub language: String,
    /// In the festival's unit.
    pub duration: Option<i32>,
    /// Year of release.
    pub year: Option<i32>,
    /// `ai_tool`.
    pub ai_tool: String,
    /// Who submitted it.
    pub producer: i32,
}

/// A juror on a film's panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seat {
    /// The film.
    pub film: i32,
    /// The juror.
    pub user: i32,
}

/// A ballot with its film.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RawBallot {
    /// The film.
    pub film: i32,
    /// What counts.
    pub ballot: Ballot,
}

/// Which films a query is about.
#[derive(Clone, Copy, Debug)]
pub enum Which<'a> {
    /// All of them.
    All,
    /// These.
    Ids(&'a [i32]),
    /// Those on whose panel somebody sits.
    Panel(UserId),
}

impl Which<'_> {
    /// Adds the condition.
    pub(super) fn push(self, query: &mut QueryBuilder<sqlx::MySql>, shape: &Shape) {
        match self {
            Which::All => {}
            Which::Ids(ids) => {
                query.push(" WHERE id_movie IN (");
                cells::push_ids(query, ids);
                query.push(")");
            }
            Which::Panel(_) if !shape.present(Table::MoviesJuries) => {
                query.push(" WHERE FALSE");
            }
            Which::Panel(user) => {
                let seats = shape.table(Table::MoviesJuries);
                query.push(format!(" WHERE id_movie IN (SELECT id_movie FROM {seats} WHERE id_user = "));
                query.push_bind(user.0).push(")");
            }
        }
    }
}

/// A film's columns, of which a drifted database may lack some.
fn select_line(shape: &Shape) -> QueryBuilder<sqlx::MySql> {
    let movies = |columns: &[&str]| shape.select_list(Table::Movies, "m", columns);
    QueryBuilder::new(format!(
        "SELECT m.id_movie, CAST(m.selection_status AS CHAR), {}, m.id_user FROM {} m",
        movies(&["title", "nationality", "main_language", "duration", "release_year", "ai_tool"]),
        shape.table(Table::Movies)
    ))
}

/// Films, in no particular order.
///
/// # Errors
/// The statement failed.
pub async fn lines(conn: &mut MySqlConnection, shape: &Shape, which: Which<'_>) -> Result<Vec<FilmLine>, StoreError> {
    let mut query = select_line(shape);
    which.push(&mut query, shape);
    collect(conn, query).await
}

/// The newest films.
///
/// # Errors
/// The statement failed.
pub async fn newest(conn: &mut MySqlConnection, shape: &Shape, limit: u32) -> Result<Vec<FilmLine>, StoreError> {
    let mut query = select_line(shape);
    query.push(" ORDER BY id_movie DESC LIMIT ").push_bind(limit);
    collect(conn, query).await
}

async fn collect(
    conn: &mut MySqlConnection,
    mut query: QueryBuilder<sqlx::MySql>,
) -> Result<Vec<FilmLine>, StoreError> {
    let mut lines = Vec::new();
    let query = query.build();
    let mut rows = query.fetch(conn);
    while let Some(row) = rows.try_next().await? {
        lines.push(FilmLine {
            id: int(&row, 0)?,
            status: FilmStatus::from_sql(text(&row, 1)?),
            title: text(&row, 2)?.to_owned(),
            country: text(&row, 3)?.to_owned(),
            language: text(&row, 4)?.to_owned(),
            duration: cells::maybe_int(&row, 5)?,
            year: cells::maybe_int(&row, 6)?,
            ai_tool: text(&row, 7)?.to_owned(),
            producer: cells::maybe_int(&row, 8)?.unwrap_or(0),
        });
    }
    Ok(lines)
}

/// The long texts that words are looked for in, film by film, the newest first; empty where NULL or not there.
///
/// # Errors
/// The statement failed.
pub async fn synopses(
    conn: &mut MySqlConnection,
    shape: &Shape,
    which: Which<'_>,
    mut each: impl FnMut(FilmId, [&str; 2]),
) -> Result<(), StoreError> {
    let mut query = QueryBuilder::new(format!(
        "SELECT m.id_movie, {} FROM {} m",
        shape.select_list(Table::Movies, "m", &["synopsis", "synopsis_anglais"]),
        shape.table(Table::Movies)
    ));
    which.push(&mut query, shape);
    query.push(" ORDER BY m.id_movie DESC");
    let query = query.build();
    let mut rows = query.fetch(conn);
    while let Some(row) = rows.try_next().await? {
        each(FilmId(int(&row, 0)?), [text(&row, 1)?, text(&row, 2)?]);
    }
    Ok(())
}

/// How many films there are.
///
/// # Errors
/// The statement failed.
pub async fn total(conn: &mut MySqlConnection, shape: &Shape) -> Result<u32, StoreError> {
    let mut query = QueryBuilder::new(format!("SELECT COUNT(*) FROM {}", shape.table(Table::Movies)));
    let total: i64 = query.build_query_scalar().fetch_one(conn).await?;
    Ok(u32::try_from(total).unwrap_or(u32::MAX))
}

/// The panels of films.
///
/// # Errors
/// The statement failed.
pub async fn seats(conn: &mut MySqlConnection, shape: &Shape, which: Which<'_>) -> Result<Vec<Seat>, StoreError> {
    if !shape.present(Table::MoviesJuries) {
        return Ok(Vec::new());
    }
    if matches!(which, Which::All)
        && let Some(seats) = all_seats(&mut *conn, shape).await?
    {
        return Ok(seats);
    }
    let mut query = QueryBuilder::new(format!("SELECT id_movie, id_user FROM {}", shape.table(Table::MoviesJuries)));
    which.push(&mut query, shape);
    let mut seats = Vec::new();
    let query = query.build();
    let mut rows = query.fetch(conn);
    while let Some(row) = rows.try_next().await? {
        if let (Some(film), Some(user)) = (cells::maybe_int(&row, 0)?, cells::maybe_int(&row, 1)?) {
            seats.push(Seat { film, user });
        }
    }
    Ok(seats)
}

/// All panels, one row per juror with the films in one text: a tenth of the work of half a million rows. `None` where the
/// server cut a text short.
async fn all_seats(conn: &mut MySqlConnection, shape: &Shape) -> Result<Option<Vec<Seat>>, StoreError> {
    lengthen(conn).await?;
    let mut query = QueryBuilder::new(format!(
        "SELECT id_user, COUNT(id_movie), GROUP_CONCAT(id_movie) FROM {} WHERE id_user IS NOT NULL GROUP BY id_user",
        shape.table(Table::MoviesJuries)
    ));
    let mut seats = Vec::new();
    for row in query.build().fetch_all(conn).await? {
        let (user, expected, before) = (int(&row, 0)?, cells::count(&row, 1)?, seats.len());
        let films = text(&row, 2)?.split(',').filter_map(|film| film.parse().ok());
        seats.extend(films.map(|film| Seat { film, user }));
        if u32::try_from(seats.len() - before) != Ok(expected) {
            return Ok(None);
        }
    }
    Ok(Some(seats))
}

/// Lets texts that are put together become as long as they have to.
async fn lengthen(conn: &mut MySqlConnection) -> Result<(), StoreError> {
    sqlx::query("SET SESSION group_concat_max_len = 16777216").execute(conn).await?;
    Ok(())
}

/// The ballots on films, all or those of one juror.
///
/// # Errors
/// The statement failed.
pub async fn ballots(
    conn: &mut MySqlConnection,
    shape: &Shape,
    which: Which<'_>,
    of: Option<UserId>,
) -> Result<Vec<RawBallot>, StoreError> {
    if matches!(which, Which::All)
        && of.is_none()
        && let Some(ballots) = all_ballots(&mut *conn, shape).await?
    {
        return Ok(ballots);
    }
    let mut query = QueryBuilder::new(format!(
        "SELECT id_vote, id_movie, id_user, note, {} FROM {} v",
        shape.select(Table::Votes, "v", "modification_count"),
        shape.table(Table::Votes)
    ));
    which.push(&mut query, shape);
    if let Some(juror) = of {
        query.push(if matches!(which, Which::All) { " WHERE " } else { " AND " }).push("id_user = ").push_bind(juror.0);
    }
    let mut ballots = Vec::new();
    let query = query.build();
    let mut rows = query.fetch(conn);
    while let Some(row) = rows.try_next().await? {
        if let (Some(film), Some(juror)) = (cells::maybe_int(&row, 1)?, cells::maybe_int(&row, 2)?) {
            let ballot = Ballot {
                id: VoteId(int(&row, 0)?),
                juror: UserId(juror),
                note: Note::from_sql(text(&row, 3)?),
                modification_count: cells::maybe_int(&row, 4)?.unwrap_or(0),
            };
            ballots.push(RawBallot { film, ballot });
        }
    }
    Ok(ballots)
}

/// All ballots, one row per film with its ballots in one text, from an index alone: a third of the work of half a million
/// rows. `None` where the server cut a text short.
async fn all_ballots(conn: &mut MySqlConnection, shape: &Shape) -> Result<Option<Vec<RawBallot>>, StoreError> {
    lengthen(conn).await?;
    let changed = if shape.has(Table::Votes, "modification_count") { "COALESCE(modification_count, 0)" } else { "0" };
    let mut query = QueryBuilder::new(format!(
        "SELECT id_movie, COUNT(*), GROUP_CONCAT(CONCAT_WS(':', id_vote, id_user, {changed}, note)) FROM {} \
         WHERE id_movie IS NOT NULL AND id_user IS NOT NULL GROUP BY id_movie",
        shape.table(Table::Votes)
    ));
    let mut ballots = Vec::new();
    let query = query.build();
    let mut rows = query.fetch(conn);
    while let Some(row) = rows.try_next().await? {
        let (film, expected, before) = (int(&row, 0)?, cells::count(&row, 1)?, ballots.len());
        let read = text(&row, 2)?.split(',').filter_map(ballot);
        ballots.extend(read.map(|ballot| RawBallot { film, ballot }));
        if u32::try_from(ballots.len() - before) != Ok(expected) {
            return Ok(None);
        }
    }
    Ok(Some(ballots))
}

/// Reads `vote:juror:changes:note`; the note may be anything, or not there.
fn ballot(text: &str) -> Option<Ballot> {
    let mut parts = text.splitn(4, ':');
    let mut number = || parts.next()?.parse().ok();
    let (id, juror, modification_count) = (number()?, number()?, number()?);
    let note = parts.next().and_then(Note::from_sql);
    Some(Ballot { id: VoteId(id), juror: UserId(juror), note, modification_count })
}

/// The films that have awards, once per award.
///
/// # Errors
/// The statement failed.
pub async fn awarded(conn: &mut MySqlConnection, shape: &Shape, which: Which<'_>) -> Result<Vec<i32>, StoreError> {
    if !shape.present(Table::Awards) {
        return Ok(Vec::new());
    }
    let mut query = QueryBuilder::new(format!("SELECT id_movie FROM {}", shape.table(Table::Awards)));
    which.push(&mut query, shape);
    let rows = query.build().fetch_all(conn).await?;
    rows.iter().filter_map(|row| cells::maybe_int(row, 0).transpose()).collect()
}

/// What a status change reads and writes of a film.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Locked {
    /// The film.
    pub id: i32,
    /// Where it stands.
    pub status: FilmStatus,
    /// What stands in `admin_comment`.
    pub admin_comment: Option<String>,
}

/// Reads films, in the order of their ids; with `lock` until the transaction ends, also against votes of the web site.
///
/// # Errors
/// The statement failed.
pub async fn standing(
    conn: &mut MySqlConnection,
    shape: &Shape,
    ids: &[i32],
    lock: bool,
) -> Result<Vec<Locked>, StoreError> {
    let mut query = QueryBuilder::new(format!(
        "SELECT id_movie, CAST(selection_status AS CHAR), {} FROM {} m WHERE id_movie IN (",
        shape.select(Table::Movies, "m", "admin_comment"),
        shape.table(Table::Movies)
    ));
    cells::push_ids(&mut query, ids);
    query.push(") ORDER BY id_movie");
    if lock {
        query.push(" FOR UPDATE");
    }
    let rows = query.build().fetch_all(conn).await?;
    rows.iter()
        .map(|row| {
            Ok(Locked {
                id: int(row, 0)?,
                status: FilmStatus::from_sql(text(row, 1)?),
                admin_comment: cells::maybe_text(row, 2)?.map(str::to_owned),
            })
        })
        .collect()
}

/// Moves locked films to a status and, where there is one, adds a line to their `admin_comment`.
///
/// # Errors
/// The statement failed.
pub async fn set_status(
    conn: &mut MySqlConnection,
    shape: &Shape,
    ids: &[i32],
    to: FilmStatus,
    line: Option<&str>,
) -> Result<(), StoreError> {
    if ids.is_empty() {
        return Ok(());
    }
    let mut query = QueryBuilder::new(format!("UPDATE {} SET selection_status = ", shape.table(Table::Movies)));
    query.push_bind(to.as_sql());
    if let Some(line) = line {
        query.push(", admin_comment = CONCAT(COALESCE(CONCAT(NULLIF(admin_comment, ''), '\n'), ''), ");
        query.push_bind(line).push(")");
    }
    query.push(shape.touch(Table::Movies)).push(" WHERE id_movie IN (");
    cells::push_ids(&mut query, ids);
    query.push(")");
    query.build().execute(conn).await?;
    Ok(())
}

/// Puts a film's status back, and its `admin_comment` where `comment` says so.
///
/// # Errors
/// The statement failed.
pub async fn put_back(
    conn: &mut MySqlConnection,
    shape: &Shape,
    film: FilmId,
    to: FilmStatus,
    comment: Option<Option<&str>>,
) -> Result<(), StoreError> {
    let mut query = QueryBuilder::new(format!("UPDATE {} SET selection_status = ", shape.table(Table::Movies)));
    query.push_bind(to.as_sql());
    if let Some(comment) = comment {
        query.push(", admin_comment = ").push_bind(comment);
    }
    query.push(shape.touch(Table::Movies)).push(" WHERE id_movie = ").push_bind(film.0);
    query.build().execute(conn).await?;
    Ok(())
}

/// Writes a film's `jury_comment`, where there is such a column.
///
/// # Errors
/// The statement failed.
pub async fn set_jury_comment(
    conn: &mut MySqlConnection,
    shape: &Shape,
    film: FilmId,
    comment: Option<&str>,
) -> Result<(), StoreError> {
    if !shape.has(Table::Movies, "jury_comment") {
        return Ok(());
    }
    let mut query = QueryBuilder::new(format!("UPDATE {} SET jury_comment = ", shape.table(Table::Movies)));
    query.push_bind(comment).push(shape.touch(Table::Movies)).push(" WHERE id_movie = ").push_bind(film.0);
    query.build().execute(conn).await?;
    Ok(())
}

/// The long and the lesser columns of a film, in the platform's order.
const FIELDS: &[&str] = &[
    "description",
    "display_picture",
    "picture1",
    "picture2",
    "picture3",
    "trailer",
    "youtube_link",
    "production",
    "workshop",
    "translation",
    "synopsis",
    "synopsis_anglais",
    "subtitle",
    "thumbnail",
    "admin_comment",
    "jury_comment",
    "youtube_status",
    "youtube_movie_id",
];

/// What only a film's own page shows of the film itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lesser {
    /// (column, text), without NULL, blank and missing ones.
    pub fields: Vec<(String, String)>,
    /// When it was submitted; `None` for a zero date.
    pub created: Option<chrono::DateTime<chrono::Utc>>,
    /// When it was changed last; `None` for a zero date.
    pub updated: Option<chrono::DateTime<chrono::Utc>>,
}

/// A film's lesser fields; `None` if there is no such film.
///
/// # Errors
/// The statement failed.
pub async fn lesser(conn: &mut MySqlConnection, shape: &Shape, film: FilmId) -> Result<Option<Lesser>, StoreError> {
    let there: Vec<&str> = FIELDS.iter().copied().filter(|column| shape.has(Table::Movies, column)).collect();
    let mut query = QueryBuilder::new("SELECT ");
    for column in &there {
        query.push(shape.select_text(Table::Movies, "m", column)).push(", ");
    }
    query.push(shape.select_moment(Table::Movies, "m", "createdAt")).push(", ");
    query.push(shape.select_moment(Table::Movies, "m", "updatedAt"));
    query.push(format!(" FROM {} m WHERE id_movie = ", shape.table(Table::Movies))).push_bind(film.0);
    let Some(row) = query.build().fetch_optional(conn).await? else { return Ok(None) };
    let mut lesser = Lesser::default();
    for (index, column) in there.iter().enumerate() {
        let value = text(&row, index)?;
        if !value.trim().is_empty() {
            lesser.fields.push(((*column).to_owned(), value.to_owned()));
        }
    }
    lesser.created = cells::moment(&row, there.len())?;
    lesser.updated = cells::moment(&row, there.len() + 1)?;
    Ok(Some(lesser))
}

/// A film's awards, the oldest first.
///
/// # Errors
/// The statement failed.
pub async fn awards_given(
    conn: &mut MySqlConnection,
    shape: &Shape,
    film: FilmId,
) -> Result<Vec<AwardGiven>, StoreError> {
    if !shape.present(Table::Awards) {
        return Ok(Vec::new());
    }
    let mut query = QueryBuilder::new(format!(
        "SELECT a.award_name, {} FROM {} a WHERE a.id_movie = ",
        shape.select_moment(Table::Awards, "a", "createdAt"),
        shape.table(Table::Awards)
    ));
    query.push_bind(film.0).push(" ORDER BY a.id_award");
    let rows = query.build().fetch_all(conn).await?;
    rows.iter().map(|row| Ok(AwardGiven { name: text(row, 0)?.to_owned(), at: cells::moment(row, 1)? })).collect()
}

/// How many awards each of these films has.
///
/// # Errors
/// The statement failed.
pub async fn award_counts(
    conn: &mut MySqlConnection,
    shape: &Shape,
    ids: &[i32],
) -> Result<HashMap<i32, u16>, StoreError> {
    let mut counts = HashMap::new();
    for film in awarded(conn, shape, Which::Ids(ids)).await? {
        let count: &mut u16 = counts.entry(film).or_default();
        *count = count.saturating_add(1);
    }
    Ok(counts)
}
