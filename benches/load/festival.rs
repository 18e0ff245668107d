//! A festival with as many jurors as sessions are opened, each with a key and films of their own.

use std::sync::Arc;

use russh::keys::{Algorithm, HashAlg, PrivateKey};
use sqlx::{AssertSqlSafe, Connection, MySqlConnection};

use super::stage::Stage;

/// Films of each juror; more than fit the screen.
const FILMS_OF_EACH: usize = 40;

/// The first juror's id; nobody of the made-up festival has one as high.
const FIRST: usize = 1_000_000;

/// Rows of one statement.
const AT_ONCE: usize = 2_000;

/// Somebody who can sign in.
pub(crate) struct Juror {
    pub(crate) email: String,
    pub(crate) key: Arc<PrivateKey>,
    /// Words of the juror's titles: when one of them is on the screen, the films are there.
    pub(crate) titles: Vec<String>,
}

/// Writes so many jurors with their keys and panels.
pub(crate) async fn jurors(stage: &Stage, count: usize) -> Vec<Arc<Juror>> {
    let mut conn = MySqlConnection::connect_with(stage.target.options()).await.unwrap();
    let films: Vec<(i32, String)> = sqlx::query_as(
        "SELECT id_movie, title FROM movies WHERE selection_status IN ('assigned', 'to_discuss') ORDER BY id_movie",
    )
    .fetch_all(&mut conn)
    .await
    .unwrap();
    let total = films.len();
    let films_of = move |juror: usize| {
        let step = (total / FILMS_OF_EACH).max(1);
        (0..FILMS_OF_EACH.min(total)).map(move |n| (juror * 7 + n * step) % total)
    };
    let jurors: Vec<Arc<Juror>> = (0..count)
        .map(|juror| {
            let titles = films_of(juror).filter_map(|film| word(&films[film].1));
            Arc::new(Juror {
                email: format!("juror{juror}@load.example"),
                key: Arc::new(PrivateKey::random(&mut rand::rng(), Algorithm::Ed25519).unwrap()),
                titles: titles.collect(),
            })
        })
        .collect();
    let moment = "'2026-01-01 00:00:00'";
    let people = jurors.iter().enumerate().map(|(n, juror)| {
        format!("({}, 'Jo', 'Juror {n}', '{}', '', 'JURY', {moment}, {moment})", FIRST + n, juror.email)
    });
    let columns = "users (id_user, first_name, last_name, email, password, role, createdAt, updatedAt)";
    insert(&mut conn, columns, people).await;
    let keys = jurors.iter().enumerate().map(|(n, juror)| {
        let public = juror.key.public_key();
        let (fingerprint, line) = (public.fingerprint(HashAlg::Sha256), public.to_openssh().unwrap());
        format!("('{fingerprint}', {}, {moment}, 'ssh-ed25519', '{line}', 'load', {moment})", FIRST + n)
    });
    let columns = "console_ssh_keys (fingerprint, id_user, user_created, algorithm, public_key, comment, added_at)";
    insert(&mut conn, columns, keys).await;
    let panels = (0..count).flat_map(|juror| {
        let films = &films;
        films_of(juror).map(move |film| format!("({}, {}, {moment}, {moment})", films[film].0, FIRST + juror))
    });
    insert(&mut conn, "movies_juries (id_movie, id_user, createdAt, updatedAt)", panels).await;
    conn.close().await.unwrap();
    jurors
}

/// A word at the beginning of a title that goes over the wire as it is.
fn word(title: &str) -> Option<String> {
    let start: String = title.chars().take(16).collect();
    let words = start.split(|c: char| !c.is_ascii_alphanumeric());
    words.filter(|word| word.len() >= 4).map(str::to_owned).next()
}

async fn insert(conn: &mut MySqlConnection, into: &str, rows: impl Iterator<Item = String>) {
    let rows: Vec<String> = rows.collect();
    for some in rows.chunks(AT_ONCE) {
        let statement = format!("INSERT INTO {into} VALUES {}", some.join(","));
        sqlx::raw_sql(AssertSqlSafe(statement)).execute(&mut *conn).await.unwrap();
    }
}
