//! `console_visits`: who is on and who was, written by the process that they are in, and sign-ins that were refused. By
//! the server's clock alone.

use sqlx::mysql::MySqlRow;
use sqlx::{MySqlConnection, QueryBuilder, Row};
use uuid::Uuid;

use super::cells::{self, count, maybe_int, maybe_text, text};
use super::ledger::uuid;
use super::people::fingerprint;
use super::{Shape, StoreError, Table};
use crate::api::session::SessionRow;
use crate::domain::UserId;
use crate::domain::user::Role;
use crate::domain::visit::Why;

/// Visits that one statement opens or closes.
const BATCH: usize = 100;

/// Most rows of a list.
pub const MOST: u32 = 500;

/// Most of those who are on.
const MOST_ON: u32 = 5_000;

/// Seconds without a sign of life after which a process counts as gone: three signs were missed.
pub const SILENCE: u32 = 100;

/// Days after which a visit is forgotten.
const KEPT_DAYS: u32 = 90;

/// Refusals an hour that are kept of one origin,
pub const REFUSALS_OF_ONE: u32 = 20;

/// and of all,
pub const REFUSALS_OF_ALL: u32 = 300;

/// and beyond that one each of so many further origins, so that who comes behind a flood is still seen.
pub const REFUSALS_OF_FURTHER: u32 = 300;

/// What stands for the way in of somebody who did not get in.
const REFUSED: &str = "refused";

/// A visit that begins.
#[derive(Clone, Copy, Debug)]
pub struct Opened<'a> {
    /// The visit.
    pub id: Uuid,
    /// Whose.
    pub user: UserId,
    /// Their name.
    pub name: &'a str,
    /// From where.
    pub origin: &'a str,
    /// How they signed in.
    pub way: &'static str,
    /// How long ago, in microseconds.
    pub ago: u64,
}

/// A visit that has ended.
#[derive(Clone, Copy, Debug)]
pub struct Closed {
    /// The visit.
    pub id: Uuid,
    /// Why.
    pub why: Why,
    /// How long ago, in microseconds.
    pub ago: u64,
    /// How long ago the last key was.
    pub idle: u64,
}

/// A sign-in that was refused.
#[derive(Clone, Copy, Debug)]
pub struct Refused<'a> {
    /// Who was said to come.
    pub name: &'a str,
    /// From where.
    pub origin: &'a str,
    /// The rule.
    pub rule: &'a str,
    /// Whether it is written down only once until another rule refuses this name from there.
    pub once: bool,
}

/// A moment so many microseconds ago.
fn ago(query: &mut QueryBuilder<sqlx::MySql>, micros: u64) {
    query.push("UTC_TIMESTAMP(3) - INTERVAL ").push(micros.min(i64::MAX as u64)).push(" MICROSECOND");
}

/// Names and origins come from outside: at most what their columns hold.
fn clip(text: &str, max: usize) -> String {
    text.chars().take(max).collect()
}

/// Writes down who has come, also once more.
///
/// # Errors
/// A statement failed.
pub async fn open(
    conn: &mut MySqlConnection,
    shape: &Shape,
    server: Uuid,
    opened: &[Opened<'_>],
) -> Result<(), StoreError> {
    for batch in opened.chunks(BATCH) {
        let mut query = QueryBuilder::new(
            "INSERT INTO console_visits (id, id_user, user_created, name, role, origin, method, server, opened_at, active_at, \
             alive_at) ",
        );
        for (number, visit) in batch.iter().enumerate() {
            query.push(if number == 0 { "SELECT " } else { " UNION ALL SELECT " });
            query.push_bind(visit.id.as_bytes().to_vec());
            query.push(format!(", u.id_user, {}, ", fingerprint(shape, "u"))).push_bind(clip(visit.name, 320));
            query.push(", CAST(u.role AS CHAR), ").push_bind(clip(visit.origin, 255)).push(", ").push_bind(visit.way);
            query.push(", ").push_bind(server.as_bytes().to_vec()).push(", ");
            ago(&mut query, visit.ago);
            query.push(", ");
            ago(&mut query, visit.ago);
            query.push(format!(", UTC_TIMESTAMP(3) FROM {} u WHERE u.id_user = ", shape.table(Table::Users)));
            query.push_bind(visit.user.0);
        }
        query.push(" ON DUPLICATE KEY UPDATE server = VALUES(server)");
        // Its text is hardly ever the same again.
        query.build().persistent(false).execute(&mut *conn).await?;
    }
    Ok(())
}

/// Writes down who has gone.
///
/// # Errors
/// A statement failed.
pub async fn close(conn: &mut MySqlConnection, closed: &[Closed]) -> Result<(), StoreError> {
    for batch in closed.chunks(BATCH) {
        let mut query = QueryBuilder::new("UPDATE console_visits SET why = CASE id");
        for visit in batch {
            query.push(" WHEN ").push_bind(visit.id.as_bytes().to_vec()).push(" THEN ").push_bind(visit.why.name());
        }
        query.push(" END");
        for (column, since) in
            [("ended_at", (|visit| visit.ago) as fn(&Closed) -> u64), ("active_at", |visit| visit.idle)]
        {
            // Their moments were measured one by one, in whole seconds or thousandths.
            query.push(format!(", {column} = GREATEST(opened_at, CASE id"));
            for visit in batch {
                query.push(" WHEN ").push_bind(visit.id.as_bytes().to_vec()).push(" THEN ");
                ago(&mut query, since(visit));
            }
            query.push(" END)");
        }
        query.push(" WHERE id IN (");
        push_ids(&mut query, batch.iter().map(|visit| visit.id));
        query.push(")").build().persistent(false).execute(&mut *conn).await?;
    }
    Ok(())
}

fn push_ids(query: &mut QueryBuilder<sqlx::MySql>, ids: impl Iterator<Item = Uuid>) {
    let mut list = query.separated(", ");
    for id in ids {
        list.push_bind(id.as_bytes().to_vec());
    }
}

/// A sign of life of a process, with the sessions in which a key was pressed since the last one. Answers how many of its
/// visits are open.
///
/// # Errors
/// The statement failed.
pub async fn beat(conn: &mut MySqlConnection, server: Uuid, active: &[Uuid]) -> Result<u64, StoreError> {
    let mut query = QueryBuilder::new("UPDATE console_visits SET alive_at = UTC_TIMESTAMP(3)");
    if !active.is_empty() {
        query.push(", active_at = CASE WHEN id IN (");
        push_ids(&mut query, active.iter().copied());
        query.push(") THEN UTC_TIMESTAMP(3) ELSE active_at END");
    }
    query.push(" WHERE server = ").push_bind(server.as_bytes().to_vec()).push(" AND ended_at IS NULL");
    Ok(query.build().persistent(active.is_empty()).execute(conn).await?.rows_affected())
}

/// Opens the visits of a process again that another one took for gone (a laptop that slept).
///
/// # Errors
/// The statement failed.
pub async fn revive(conn: &mut MySqlConnection, server: Uuid) -> Result<u64, StoreError> {
    let query = sqlx::query(
        "UPDATE console_visits SET ended_at = NULL, why = NULL, alive_at = UTC_TIMESTAMP(3) WHERE server = ? AND why = ?",
    );
    let revived = query.bind(server.as_bytes().as_slice()).bind(Why::Silent.name()).execute(conn).await?;
    Ok(revived.rows_affected())
}

/// Closes the visits of processes that gave no sign of life for a while.
///
/// # Errors
/// The statement failed.
pub async fn close_silent(conn: &mut MySqlConnection) -> Result<u64, StoreError> {
    let query = sqlx::query(
        "UPDATE console_visits SET ended_at = alive_at, why = ? \
         WHERE ended_at IS NULL AND alive_at < UTC_TIMESTAMP(3) - INTERVAL ? SECOND",
    );
    Ok(query.bind(Why::Silent.name()).bind(SILENCE).execute(conn).await?.rows_affected())
}

/// Forgets visits of long ago, some at a time.
///
/// # Errors
/// The statement failed.
pub async fn sweep(conn: &mut MySqlConnection) -> Result<u64, StoreError> {
    let query = sqlx::query(
        "DELETE FROM console_visits WHERE opened_at < UTC_TIMESTAMP(3) - INTERVAL ? DAY AND ended_at IS NOT NULL LIMIT 5000",
    );
    Ok(query.bind(KEPT_DAYS).execute(conn).await?.rows_affected())
}

/// What a row of a list is read from.
const COLUMNS: &str =
    "id, id_user, name, role, origin, method, opened_at, active_at, ended_at, why, end_asked_by, left_out";

/// Whether a process that should tell of this visit is gone.
const IS_SILENT: &str = "ended_at IS NULL AND alive_at < UTC_TIMESTAMP(3) - INTERVAL";

/// The newest visits and refusals, or only who is on, the newest first; and whether some of them are of processes that
/// gave no sign of life for a while.
///
/// # Errors
/// The statement failed.
pub async fn list(conn: &mut MySqlConnection, ended: bool) -> Result<(Vec<SessionRow>, bool), StoreError> {
    let mut query = QueryBuilder::new(format!("SELECT {COLUMNS}, {IS_SILENT} {SILENCE} SECOND FROM console_visits"));
    let most = if ended { MOST } else { MOST_ON };
    query.push(if ended { "" } else { " WHERE ended_at IS NULL" });
    query.push(format!(" ORDER BY opened_at DESC, id LIMIT {most}"));
    let rows = query.build().fetch_all(conn).await?;
    let mut silent = false;
    let mut list = Vec::with_capacity(rows.len());
    for found in &rows {
        silent |= maybe_int(found, 12)? == Some(1);
        list.push(row(found)?);
    }
    Ok((list, silent))
}

fn row(row: &MySqlRow) -> Result<SessionRow, StoreError> {
    let missing = || StoreError::Odd { column: "console_visits", detail: "a moment is missing".to_owned() };
    Ok(SessionRow {
        session: uuid(row.try_get(0)?, "console_visits.id")?,
        user: maybe_int(row, 1)?.map(UserId),
        name: text(row, 2)?.to_owned(),
        role: maybe_text(row, 3)?.map(Role::from_sql),
        origin: text(row, 4)?.to_owned(),
        method: text(row, 5)?.to_owned(),
        opened: cells::moment(row, 6)?.ok_or_else(missing)?,
        active: cells::moment(row, 7)?.ok_or_else(missing)?,
        ended: cells::moment(row, 8)?,
        why: maybe_text(row, 9)?.map(str::to_owned),
        ended_by: maybe_text(row, 10)?.map(str::to_owned),
        left_out: count(row, 11)?,
        own: false,
    })
}

/// From where an account has signed in.
///
/// # Errors
/// The statement failed.
pub async fn origins(conn: &mut MySqlConnection, shape: &Shape, user: UserId) -> Result<Vec<String>, StoreError> {
    let mut query = QueryBuilder::new(format!(
        "SELECT DISTINCT v.origin FROM console_visits v JOIN {} u ON u.id_user = v.id_user \
         WHERE v.user_created <=> {} AND v.id_user = ",
        shape.table(Table::Users),
        fingerprint(shape, "u")
    ));
    let rows = query.push_bind(user.0).build().fetch_all(conn).await?;
    rows.iter().map(|row| Ok(text(row, 0)?.to_owned())).collect()
}

/// One visit, locked until the transaction ends.
///
/// # Errors
/// The statement failed.
pub async fn lock(conn: &mut MySqlConnection, id: Uuid) -> Result<Option<SessionRow>, StoreError> {
    let mut query = QueryBuilder::new(format!("SELECT {COLUMNS} FROM console_visits WHERE id = "));
    query.push_bind(id.as_bytes().to_vec()).push(" FOR UPDATE");
    query.build().fetch_optional(conn).await?.as_ref().map(row).transpose()
}

/// Asks for the end of a visit, for the process that it is in.
///
/// # Errors
/// The statement failed.
pub async fn ask_end(conn: &mut MySqlConnection, id: Uuid, why: Why, by: &str) -> Result<(), StoreError> {
    let query = sqlx::query("UPDATE console_visits SET end_asked = ?, end_asked_by = ? WHERE id = ?");
    query.bind(why.name()).bind(clip(by, 255)).bind(id.as_bytes().as_slice()).execute(conn).await?;
    Ok(())
}

/// Asks for the end of all visits of an account but one; answers how many there are.
///
/// # Errors
/// The statement failed.
pub async fn ask_end_of(
    conn: &mut MySqlConnection,
    user: UserId,
    why: Why,
    by: &str,
    but: Option<Uuid>,
) -> Result<u64, StoreError> {
    let query = sqlx::query(
        "UPDATE console_visits SET end_asked = ?, end_asked_by = ? \
         WHERE id_user = ? AND ended_at IS NULL AND end_asked IS NULL AND id <> ?",
    );
    let but = but.unwrap_or_default();
    let asked = query.bind(why.name()).bind(clip(by, 255)).bind(user.0).bind(but.as_bytes().as_slice());
    Ok(asked.execute(conn).await?.rows_affected())
}

/// The visits of a process that are to end, and why.
///
/// # Errors
/// The statement failed.
pub async fn asked(conn: &mut MySqlConnection, server: Uuid) -> Result<Vec<(Uuid, String)>, StoreError> {
    let rows: Vec<(Vec<u8>, String)> = sqlx::query_as(
        "SELECT id, end_asked FROM console_visits WHERE server = ? AND ended_at IS NULL AND end_asked IS NOT NULL",
    )
    .bind(server.as_bytes().as_slice())
    .fetch_all(conn)
    .await?;
    rows.into_iter().map(|(id, why)| Ok((uuid(&id, "console_visits.id")?, why))).collect()
}

/// Writes a refused sign-in down, or counts it in the newest row where there are too many; answers whether there is a row
/// more.
///
/// # Errors
/// A statement failed.
pub async fn refuse(conn: &mut MySqlConnection, server: Uuid, refused: Refused<'_>) -> Result<bool, StoreError> {
    let (name, origin) = (clip(refused.name, 320), clip(refused.origin, 255));
    let hour = "opened_at > UTC_TIMESTAMP(3) - INTERVAL 1 HOUR";
    if refused.once {
        let sql = "SELECT why FROM console_visits WHERE origin = ? AND name = ? AND method = ? \
                   AND opened_at > UTC_TIMESTAMP(3) - INTERVAL 1 HOUR ORDER BY opened_at DESC LIMIT 1";
        let query = sqlx::query_scalar::<_, Option<String>>(sql).bind(&origin).bind(&name).bind(REFUSED);
        if query.fetch_optional(&mut *conn).await?.flatten().as_deref() == Some(refused.rule) {
            return Ok(false);
        }
    }
    let mut query = QueryBuilder::new("SELECT COUNT(CASE WHEN origin = ");
    query.push_bind(&origin).push(" THEN 1 END), COUNT(*) FROM console_visits WHERE method = ").push_bind(REFUSED);
    let row = query.push(format!(" AND {hour}")).build().fetch_one(&mut *conn).await?;
    let (here, all) = (count(&row, 0)?, count(&row, 1)?);
    let most = if here == 0 { REFUSALS_OF_ALL + REFUSALS_OF_FURTHER } else { REFUSALS_OF_ALL };
    if here < REFUSALS_OF_ONE && all < most {
        let sql = "INSERT INTO console_visits (id, name, origin, method, server, opened_at, active_at, alive_at, ended_at, why) \
                   VALUES (?, ?, ?, ?, ?, UTC_TIMESTAMP(3), UTC_TIMESTAMP(3), UTC_TIMESTAMP(3), UTC_TIMESTAMP(3), ?)";
        let query = sqlx::query(sql).bind(Uuid::new_v4().as_bytes().to_vec()).bind(&name).bind(&origin).bind(REFUSED);
        query.bind(server.as_bytes().as_slice()).bind(refused.rule).execute(conn).await?;
        return Ok(true);
    }
    // Where this origin has no row of its own, the newest of all stands for it.
    let mut query = QueryBuilder::new("UPDATE console_visits SET left_out = left_out + 1 WHERE method = ");
    query.push_bind(REFUSED).push(format!(" AND {hour}"));
    if here > 0 {
        query.push(" AND origin = ").push_bind(&origin);
    }
    query.push(" ORDER BY opened_at DESC LIMIT 1").build().execute(conn).await?;
    Ok(false)
}
