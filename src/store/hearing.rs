//! What a request is heard with, read in one statement after the locks: who asks, the festival's settings, what this very
//! request did before, and the server's clock.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sqlx::{MySqlConnection, QueryBuilder};

use super::cells::{maybe_int, maybe_text, moment, text};
use super::people::{self, ACCOUNT, Account};
use super::{Shape, StoreError, Table};
use crate::domain::UserId;

/// What a request is heard with.
#[derive(Clone, Debug)]
pub struct Hearing {
    /// Who asks.
    pub account: Account,
    /// The settings that were asked for and have a row.
    pub settings: BTreeMap<String, String>,
    /// What was done under the same id.
    pub done: Option<Done>,
    /// Now, in whole seconds, as the platform writes moments.
    pub now: DateTime<Utc>,
}

/// The first thing that was done under a request's id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    /// The request's name.
    pub action: String,
    /// By whom.
    pub actor: Option<UserId>,
    /// To which row.
    pub subject: Option<i32>,
}

/// Reads it; `None` if the account is gone.
///
/// # Errors
/// The statement failed.
pub async fn read(
    conn: &mut MySqlConnection,
    shape: &Shape,
    user: UserId,
    request: uuid::Uuid,
    settings: &[&str],
) -> Result<Option<Hearing>, StoreError> {
    let mut query = QueryBuilder::new(format!(
        "SELECT {}, UTC_TIMESTAMP(), l.action, l.actor, l.subject, \
         (SELECT CAST(JSON_OBJECTAGG(c.name, c.value) AS CHAR) FROM console_settings c WHERE c.name IN (",
        people::account_columns(shape)
    ));
    let mut names = query.separated(", ");
    for name in settings {
        names.push_bind(*name);
    }
    query.push(format!(
        ")) FROM {} u LEFT JOIN console_accounts a ON a.id_user = u.id_user LEFT JOIN console_ledger l ON l.request_id = ",
        shape.table(Table::Users)
    ));
    query.push_bind(request.as_bytes().to_vec()).push(" WHERE u.id_user = ").push_bind(user.0);
    query.push(" ORDER BY l.sequence LIMIT 1");
    let Some(row) = query.build().fetch_optional(conn).await? else { return Ok(None) };
    let action = maybe_text(&row, ACCOUNT + 1)?.map(str::to_owned);
    let (actor, subject) = (maybe_int(&row, ACCOUNT + 2)?.map(UserId), maybe_int(&row, ACCOUNT + 3)?);
    let odd = |detail: String| StoreError::Odd { column: "console_settings", detail };
    let settings = match text(&row, ACCOUNT + 4)? {
        "" => BTreeMap::new(),
        json => serde_json::from_str(json).map_err(|error| odd(error.to_string()))?,
    };
    Ok(Some(Hearing {
        account: people::account(&row)?,
        settings,
        done: action.map(|action| Done { action, actor, subject }),
        now: moment(&row, ACCOUNT)?.ok_or_else(|| odd("the server has no clock".to_owned()))?,
    }))
}
