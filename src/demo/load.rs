//! Writing a made-up festival into a database, quickly.

use argon2::{Argon2, PasswordHasher};
use sqlx::MySqlConnection;

use super::bulk::Bulk;
use super::columns::{Account, Award, OfCategory, Seat, Stamped, Worked};
use super::festival::{Draft, generate};
use super::known::OfVotes;
use super::rows::{EarlierVote, Film, FilmFile, Vote};
use super::{Counts, Festival, Options, PASSWORD};
use crate::domain::FilmId;
use crate::domain::setting::JURY_SIZE;
use crate::store::{Shape, StoreError, Table, rounds, seats, settings};

/// The festival could not be written.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The demo goes only where nothing can be lost.
    #[error("the database already holds a festival; the demo is written only into an empty one")]
    NotEmpty,
    /// A statement failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The demo's password could not be hashed.
    #[error("the demo's password could not be hashed: {0}")]
    Password(argon2::password_hash::Error),
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        Error::Store(error.into())
    }
}

/// Films per transaction.
const FILMS_PER_COMMIT: u32 = 10_000;

/// Writes a made-up festival into a freshly migrated database. `progress` hears how many films of how many are written.
/// After a failure the database holds a part of it.
///
/// # Errors
/// There are accounts or films already, or a statement failed.
pub async fn fill(
    conn: &mut MySqlConnection,
    options: &Options,
    progress: impl FnMut(u32, u32),
) -> Result<Festival, Error> {
    let shape = Shape::read(conn).await?;
    for table in [Table::Users, Table::Movies] {
        let any = format!("SELECT EXISTS (SELECT 1 FROM {})", shape.table(table));
        if sqlx::query_scalar(sqlx::AssertSqlSafe(any)).fetch_one(&mut *conn).await? {
            return Err(Error::NotEmpty);
        }
    }
    let password = hash(options.seed)?;
    // The rows are known to be sound; checking each against each takes half of the time.
    sqlx::raw_sql("SET SESSION foreign_key_checks = 0, unique_checks = 0").execute(&mut *conn).await?;
    let written = write(conn, &shape, options, &password, progress).await;
    let restored = sqlx::raw_sql("SET SESSION foreign_key_checks = 1, unique_checks = 1").execute(&mut *conn).await;
    let (draft, counts) = written?;
    restored?;
    let email =
        |id: i32| draft.users.iter().find(|user| user.id == id).map(|user| user.email.clone()).unwrap_or_default();
    Ok(Festival {
        administrator_email: email(1),
        juror_email: email(draft.scale.first_juror()),
        password: PASSWORD,
        counts,
    })
}

/// One hash for all accounts; its salt comes from the seed, so that the rows are the same each time. The password is no
/// secret.
fn hash(seed: u64) -> Result<String, Error> {
    let salt = format!("marsai {seed:016x}");
    let hash = Argon2::default().hash_password_with_salt(PASSWORD.as_bytes(), salt.as_bytes());
    hash.map(|hash| hash.to_string()).map_err(Error::Password)
}

async fn write(
    conn: &mut MySqlConnection,
    shape: &Shape,
    options: &Options,
    password: &str,
    progress: impl FnMut(u32, u32),
) -> Result<(Draft, Counts), Error> {
    let draft = generate(options);
    sqlx::raw_sql("START TRANSACTION").execute(&mut *conn).await?;
    let mut counts = everything_else(conn, shape, options, &draft, password).await?;
    films(conn, shape, options, &draft, &mut counts, progress).await?;
    sqlx::raw_sql("COMMIT").execute(&mut *conn).await?;
    Ok((draft, counts))
}

/// Everything but the films.
async fn everything_else(
    conn: &mut MySqlConnection,
    shape: &Shape,
    options: &Options,
    draft: &Draft,
    password: &str,
) -> Result<Counts, Error> {
    let opened = options.ago(200 * 86_400);
    let categories = draft.categories.iter().zip(1..).map(|(name, id)| Stamped((id, *name), opened));
    Bulk::new(shape).all(conn, categories).await?;
    Bulk::new(shape).all(conn, draft.collaborators().map(|row| Stamped(row, opened))).await?;
    let counts = Counts {
        users: Bulk::new(shape).all(conn, draft.users.iter().map(|user| Account(user, password))).await?,
        events: Bulk::new(shape).all(conn, draft.events.iter().cloned()).await?,
        reservations: Bulk::new(shape).all(conn, draft.reservations.iter().cloned()).await?,
        sponsors: Bulk::new(shape).all(conn, draft.sponsors.iter().cloned().map(|row| Stamped(row, opened))).await?,
        subscribers: Bulk::new(shape).all(conn, draft.subscribers.iter().cloned()).await?,
        ..Counts::default()
    };
    let disabled = draft.scale.disabled_juror();
    let created = draft.users.iter().find(|user| user.id == disabled).map(|user| user.created);
    sqlx::query("INSERT INTO console_accounts (id_user, fingerprint, disabled_at, disabled_by) VALUES (?, ?, ?, 1)")
        .bind(disabled)
        .bind(created)
        .bind(options.ago(20 * 86_400))
        .execute(&mut *conn)
        .await?;
    if draft.scale.panel != 3 {
        settings::set(conn, JURY_SIZE, Some(&draft.scale.panel.to_string()), None).await?;
    }
    Ok(counts)
}

/// Writes what the console itself knows of a film's votes.
async fn known(conn: &mut MySqlConnection, file: &FilmFile, (viewer, disabled): (i32, i32)) -> Result<(), StoreError> {
    let known = OfVotes::of(file, viewer, disabled);
    let (film, born) = (FilmId(file.film.id), file.film.created.format("%Y-%m-%d %H:%M:%S").to_string());
    for (juror, seat) in &known.seats {
        seats::write(conn, film, Some(&born), *juror, seat).await?;
    }
    if let Some(round) = &known.round {
        rounds::write(conn, &[(film, Some(&born), round)]).await?;
    }
    Ok(())
}

/// The tables that grow with the films.
struct Tables<'s> {
    films: Bulk<Film>,
    votes: Bulk<Vote>,
    earlier: Bulk<EarlierVote>,
    awards: Bulk<Award>,
    seats: Bulk<Seat>,
    categories: Bulk<OfCategory>,
    crews: Bulk<Worked>,
    counts: &'s mut Counts,
}

impl Tables<'_> {
    /// Adds a film with all that hangs on it; true where its statement was sent.
    async fn add(&mut self, conn: &mut MySqlConnection, file: &FilmFile) -> Result<bool, StoreError> {
        let (film, made) = (file.film.id, file.panel_made);
        for vote in &file.votes {
            if self.votes.add(vote)? {
                self.counts.votes += self.votes.send(conn).await?;
            }
        }
        for earlier in &file.earlier {
            if self.earlier.add(earlier)? {
                self.counts.earlier_votes += self.earlier.send(conn).await?;
            }
        }
        for (id, name) in &file.awards {
            if self.awards.add(&Award { id: *id, film, name, at: file.film.updated })? {
                self.counts.awards += self.awards.send(conn).await?;
            }
        }
        for juror in &file.panel {
            if self.seats.add(&Seat { juror: *juror, film, at: made })? {
                self.seats.send(conn).await?;
            }
        }
        for category in &file.categories {
            if self.categories.add(&OfCategory(film, *category, file.film.created))? {
                self.categories.send(conn).await?;
            }
        }
        for collaborator in &file.collaborators {
            if self.crews.add(&Worked(film, *collaborator, file.film.created))? {
                self.crews.send(conn).await?;
            }
        }
        let full = self.films.add(&file.film)?;
        if full {
            self.counts.films += self.films.send(conn).await?;
        }
        Ok(full)
    }

    /// Sends what is left.
    async fn finish(mut self, conn: &mut MySqlConnection) -> Result<(), StoreError> {
        self.counts.films += self.films.send(conn).await?;
        self.counts.votes += self.votes.send(conn).await?;
        self.counts.earlier_votes += self.earlier.send(conn).await?;
        self.counts.awards += self.awards.send(conn).await?;
        self.seats.send(conn).await?;
        self.categories.send(conn).await?;
        self.crews.send(conn).await?;
        Ok(())
    }
}

async fn films(
    conn: &mut MySqlConnection,
    shape: &Shape,
    options: &Options,
    draft: &Draft,
    counts: &mut Counts,
    mut progress: impl FnMut(u32, u32),
) -> Result<(), Error> {
    let mut tables = Tables {
        films: Bulk::new(shape),
        votes: Bulk::new(shape),
        earlier: Bulk::new(shape),
        awards: Bulk::new(shape),
        seats: Bulk::new(shape),
        categories: Bulk::new(shape),
        crews: Bulk::new(shape),
        counts,
    };
    progress(0, options.films);
    for file in draft.films() {
        known(conn, &file, (draft.scale.first_juror(), draft.scale.disabled_juror())).await?;
        if tables.add(conn, &file).await? {
            progress(tables.counts.films, options.films);
            if tables.counts.films.is_multiple_of(FILMS_PER_COMMIT) {
                sqlx::raw_sql("COMMIT; START TRANSACTION").execute(&mut *conn).await?;
            }
        }
    }
    tables.finish(conn).await?;
    progress(options.films, options.films);
    Ok(())
}
