//! `console_extensions`: jurors who were given more time in a round.

use chrono::{DateTime, Utc};
use sqlx::{MySqlConnection, QueryBuilder};

use super::cells::{self, full_name, int, text};
use super::people::fingerprint;
use super::{Shape, StoreError, Table};
use crate::domain::UserId;
use crate::domain::deadline::VoteRound;

/// More time for a juror.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extension {
    /// Who.
    pub juror: UserId,
    /// First and last name.
    pub name: String,
    /// In which round.
    pub round: VoteRound,
    /// Until when.
    pub until: DateTime<Utc>,
}

/// The server's clock.
///
/// # Errors
/// The statement failed.
pub async fn now(conn: &mut MySqlConnection) -> Result<DateTime<Utc>, StoreError> {
    let row = sqlx::query("SELECT UTC_TIMESTAMP(3)").fetch_one(conn).await?;
    cells::moment(&row, 0)?.ok_or_else(|| sqlx::Error::RowNotFound.into())
}

/// All extensions, or those of one juror: only of accounts that they were given to.
///
/// # Errors
/// The statement failed.
pub async fn list(
    conn: &mut MySqlConnection,
    shape: &Shape,
    juror: Option<UserId>,
) -> Result<Vec<Extension>, StoreError> {
    let mut query = QueryBuilder::new(format!(
        "SELECT e.id_user, {}, e.round, e.until_at FROM console_extensions e JOIN {} u ON u.id_user = e.id_user \
         WHERE e.user_created <=> {}",
        shape.select_list(Table::Users, "u", &["first_name", "last_name"]),
        shape.table(Table::Users),
        fingerprint(shape, "u")
    ));
    if let Some(juror) = juror {
        query.push(" AND e.id_user = ").push_bind(juror.0);
    }
    query.push(" ORDER BY e.id_user, e.round");
    let mut extensions = Vec::new();
    for row in query.build().fetch_all(conn).await? {
        let round = u8::try_from(int(&row, 3)?).ok().and_then(|round| VoteRound::try_from(round).ok());
        // A round that only a later console knows is none here.
        if let (Some(round), Some(until)) = (round, cells::moment(&row, 4)?) {
            let name = full_name(text(&row, 1)?, text(&row, 2)?);
            extensions.push(Extension { juror: UserId(int(&row, 0)?), name, round, until });
        }
    }
    Ok(extensions)
}

/// Until when a juror was given time in a round, locked until the transaction ends.
///
/// # Errors
/// The statement failed.
pub async fn lock(
    conn: &mut MySqlConnection,
    shape: &Shape,
    juror: UserId,
    round: VoteRound,
) -> Result<Option<DateTime<Utc>>, StoreError> {
    let mut query = QueryBuilder::new(format!(
        "SELECT e.until_at, COALESCE(e.user_created <=> (SELECT {} FROM {} u WHERE u.id_user = e.id_user), 0) \
         FROM console_extensions e WHERE e.id_user = ",
        fingerprint(shape, "u"),
        shape.table(Table::Users)
    ));
    query.push_bind(juror.0).push(" AND e.round = ").push_bind(round.number()).push(" FOR UPDATE");
    let Some(row) = query.build().fetch_optional(conn).await? else { return Ok(None) };
    Ok(if int(&row, 1)? == 0 { None } else { cells::moment(&row, 0)? })
}

/// Gives a juror time in a round, or takes it back.
///
/// # Errors
/// The statement failed.
pub async fn set(
    conn: &mut MySqlConnection,
    shape: &Shape,
    (juror, round): (UserId, VoteRound),
    until: Option<DateTime<Utc>>,
) -> Result<(), StoreError> {
    let Some(until) = until else {
        let query = sqlx::query("DELETE FROM console_extensions WHERE id_user = ? AND round = ?");
        query.bind(juror.0).bind(round.number()).execute(conn).await?;
        return Ok(());
    };
    let mut query = QueryBuilder::new(
        "INSERT INTO console_extensions (id_user, round, user_created, until_at, changed_at) SELECT u.id_user, ",
    );
    query.push_bind(round.number()).push(format!(", {}, ", fingerprint(shape, "u"))).push_bind(until.naive_utc());
    query.push(format!(", UTC_TIMESTAMP(3) FROM {} u WHERE u.id_user = ", shape.table(Table::Users)));
    query.push_bind(juror.0).push(
        " ON DUPLICATE KEY UPDATE user_created = VALUES(user_created), until_at = VALUES(until_at), \
         changed_at = VALUES(changed_at)",
    );
    query.build().execute(conn).await?;
    Ok(())
}
