//! Accounts: the platform's `users` with what `console_accounts` adds.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use futures_util::TryStreamExt;
use secrecy::SecretString;
use sqlx::mysql::MySqlRow;
use sqlx::{MySqlConnection, QueryBuilder};

use super::cells::{self, full_name, int, text};
use super::{Shape, StoreError, Table};
use crate::domain::UserId;
use crate::domain::user::Role;

/// What lists need to know of somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// First name.
    pub first: String,
    /// Last name.
    pub last: String,
    /// Whether their role is `JURY`.
    pub jury: bool,
}

impl Name {
    /// First and last name.
    pub fn full(&self) -> String {
        full_name(&self.first, &self.last)
    }
}

/// An account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Who.
    pub id: UserId,
    /// As the database has it.
    pub email: String,
    /// First name.
    pub first: String,
    /// Last name.
    pub last: String,
    /// What they may do.
    pub role: Role,
    /// Whether they may sign in.
    pub enabled: bool,
    /// Since when; `None` for a zero date.
    pub created: Option<DateTime<Utc>>,
}

impl Account {
    /// First and last name, or the email where there is none.
    pub fn name(&self) -> String {
        let name = full_name(&self.first, &self.last);
        if name.is_empty() { self.email.clone() } else { name }
    }
}

/// An account with the hash of its password.
#[derive(Clone, Debug)]
pub struct Credentials {
    /// Whose.
    pub account: Account,
    /// What `users.password` holds.
    pub hash: SecretString,
}

/// The moment by which a row of ours knows that an id still means the same account.
pub(super) fn fingerprint(shape: &Shape, alias: &str) -> String {
    match shape.column(Table::Users, "createdAt") {
        Some(_) => format!("CASE WHEN DAY({alias}.createdAt) > 0 THEN CAST({alias}.createdAt AS DATETIME) END"),
        None => "NULL".to_owned(),
    }
}

/// Names of people, all or some.
///
/// # Errors
/// The statement failed.
pub async fn names(
    conn: &mut MySqlConnection,
    shape: &Shape,
    ids: Option<&[i32]>,
) -> Result<HashMap<i32, Name>, StoreError> {
    let mut query = QueryBuilder::new(format!(
        "SELECT u.id_user, {}, CAST(u.role AS CHAR) FROM {} u",
        shape.select_list(Table::Users, "u", &["first_name", "last_name"]),
        shape.table(Table::Users)
    ));
    if let Some(ids) = ids {
        query.push(" WHERE u.id_user IN (");
        cells::push_ids(&mut query, ids);
        query.push(")");
    }
    let mut names = HashMap::new();
    let query = query.build();
    let mut rows = query.fetch(conn);
    while let Some(row) = rows.try_next().await? {
        let jury = Role::from_sql(text(&row, 3)?) == Role::Jury;
        let name = Name { first: text(&row, 1)?.to_owned(), last: text(&row, 2)?.to_owned(), jury };
        names.insert(int(&row, 0)?, name);
    }
    Ok(names)
}

/// Everybody who can be a film's producer, by name: id, name, email.
///
/// # Errors
/// The statement failed.
pub async fn producers(conn: &mut MySqlConnection, shape: &Shape) -> Result<Vec<(UserId, String, String)>, StoreError> {
    let mut query = QueryBuilder::new(format!(
        "SELECT u.id_user, u.email, {} FROM {} u ORDER BY last_name, first_name, u.id_user",
        shape.select_list(Table::Users, "u", &["first_name", "last_name"]),
        shape.table(Table::Users)
    ));
    let mut people = Vec::new();
    let query = query.build();
    let mut rows = query.fetch(conn);
    while let Some(row) = rows.try_next().await? {
        people.push((UserId(int(&row, 0)?), full_name(text(&row, 2)?, text(&row, 3)?), text(&row, 1)?.to_owned()));
    }
    Ok(people)
}

/// The accounts that are disabled.
///
/// # Errors
/// The statement failed.
pub async fn disabled(conn: &mut MySqlConnection, shape: &Shape) -> Result<HashSet<i32>, StoreError> {
    let mut query = QueryBuilder::new(format!(
        "SELECT a.id_user FROM console_accounts a JOIN {} u ON u.id_user = a.id_user \
         WHERE a.disabled_at IS NOT NULL AND a.fingerprint <=> {}",
        shape.table(Table::Users),
        fingerprint(shape, "u")
    ));
    query.build().fetch_all(conn).await?.iter().map(|row| int(row, 0)).collect()
}

/// What a juror has to do in the open rounds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Work {
    /// Films on whose panel they sit that can still be voted on, now or once a round opens.
    pub films: u32,
    /// Those of them on which they have voted.
    pub voted: u32,
}

/// What everybody has to do who sits on a panel of a film that is not decided.
///
/// # Errors
/// The statement failed.
pub async fn work(conn: &mut MySqlConnection, shape: &Shape) -> Result<HashMap<i32, Work>, StoreError> {
    if !shape.present(Table::MoviesJuries) {
        return Ok(HashMap::new());
    }
    // One join over panels and votes takes seconds on a large festival, two lists of pairs do not.
    let seats = pairs(&mut *conn, shape, Table::MoviesJuries).await?;
    let votes = pairs(conn, shape, Table::Votes).await?;
    let mut work: HashMap<i32, Work> = HashMap::new();
    for seat in seats {
        let of = work.entry(seat.0).or_default();
        of.films += 1;
        of.voted += u32::from(votes.contains(&seat));
    }
    Ok(work)
}

/// Who stands in this table with which film that can still be voted on, each once.
async fn pairs(conn: &mut MySqlConnection, shape: &Shape, table: Table) -> Result<HashSet<(i32, i32)>, StoreError> {
    let mut query = QueryBuilder::new(format!(
        "SELECT s.id_user, s.id_movie FROM {} s \
         JOIN {} m ON m.id_movie = s.id_movie AND m.selection_status IN ('submitted', 'assigned', 'to_discuss') \
         WHERE s.id_user IS NOT NULL GROUP BY s.id_user, s.id_movie",
        shape.table(table),
        shape.table(Table::Movies)
    ));
    let mut pairs = HashSet::new();
    let query = query.build();
    let mut rows = query.fetch(conn);
    while let Some(row) = rows.try_next().await? {
        pairs.insert((int(&row, 0)?, int(&row, 1)?));
    }
    Ok(pairs)
}

/// Everything of [`Account`], of `u` and its row `a` in `console_accounts`.
pub(super) fn account_columns(shape: &Shape) -> String {
    format!(
        "u.id_user, u.email, {}, CAST(u.role AS CHAR), a.disabled_at IS NOT NULL AND a.fingerprint <=> {}, {}",
        shape.select_list(Table::Users, "u", &["first_name", "last_name"]),
        fingerprint(shape, "u"),
        shape.select_moment(Table::Users, "u", "createdAt")
    )
}

/// How many columns these are.
pub(super) const ACCOUNT: usize = 7;

/// Everything of [`Account`] and, behind it, the password's hash.
fn select_account(shape: &Shape) -> QueryBuilder<sqlx::MySql> {
    QueryBuilder::new(format!(
        "SELECT {}, u.password FROM {} u LEFT JOIN console_accounts a ON a.id_user = u.id_user",
        account_columns(shape),
        shape.table(Table::Users)
    ))
}

/// Reads the columns of [`account_columns`].
pub(super) fn account(row: &MySqlRow) -> Result<Account, StoreError> {
    Ok(Account {
        id: UserId(int(row, 0)?),
        email: text(row, 1)?.to_owned(),
        first: text(row, 2)?.to_owned(),
        last: text(row, 3)?.to_owned(),
        role: Role::from_sql(text(row, 4)?),
        enabled: cells::maybe_int(row, 5)?.unwrap_or(0) == 0,
        created: cells::moment(row, 6)?,
    })
}

fn credentials(row: &MySqlRow) -> Result<Credentials, StoreError> {
    Ok(Credentials { account: account(row)?, hash: SecretString::from(text(row, ACCOUNT)?) })
}

/// Somebody's account.
///
/// # Errors
/// The statement failed.
pub async fn find(conn: &mut MySqlConnection, shape: &Shape, id: UserId) -> Result<Option<Account>, StoreError> {
    Ok(with_password(conn, shape, id).await?.map(|found| found.account))
}

/// Somebody's account with the hash of their password.
///
/// # Errors
/// The statement failed.
pub async fn with_password(
    conn: &mut MySqlConnection,
    shape: &Shape,
    id: UserId,
) -> Result<Option<Credentials>, StoreError> {
    let mut query = select_account(shape);
    query.push(" WHERE u.id_user = ").push_bind(id.0);
    query.build().fetch_optional(conn).await?.as_ref().map(credentials).transpose()
}

/// The accounts of some people, by id; those that are gone are missing.
///
/// # Errors
/// The statement failed.
pub async fn some(conn: &mut MySqlConnection, shape: &Shape, ids: &[i32]) -> Result<Vec<Account>, StoreError> {
    let mut query = select_account(shape);
    query.push(" WHERE u.id_user IN (");
    cells::push_ids(&mut query, ids);
    query.push(") ORDER BY u.id_user");
    query.build().fetch_all(conn).await?.iter().map(account).collect()
}

/// Accounts by id: administrators and jurors, or everybody.
///
/// # Errors
/// The statement failed.
pub async fn list(conn: &mut MySqlConnection, shape: &Shape, all: bool) -> Result<Vec<Account>, StoreError> {
    let mut query = select_account(shape);
    if !all {
        query.push(" WHERE u.role IN ('ADMIN', 'JURY')");
    }
    query.push(" ORDER BY u.id_user");
    query.build().fetch_all(conn).await?.iter().map(account).collect()
}

/// The accounts whose email may be this one, in lower case and trimmed; collations differ, so whoever asks compares again.
/// Reads every account, so that it takes as long for an email that nobody has.
///
/// # Errors
/// The statement failed.
pub async fn by_email(
    conn: &mut MySqlConnection,
    shape: &Shape,
    email_key: &str,
) -> Result<Vec<Credentials>, StoreError> {
    let mut query = select_account(shape);
    query.push(" WHERE LOWER(TRIM(u.email)) = ").push_bind(email_key).push(" ORDER BY u.id_user");
    query.build().fetch_all(conn).await?.iter().map(credentials).collect()
}

/// The hash of some account that may sign in, to spend as much time on an unknown email as on a known one.
///
/// # Errors
/// The statement failed.
pub async fn any_hash(conn: &mut MySqlConnection, shape: &Shape) -> Result<Option<SecretString>, StoreError> {
    let mut query = QueryBuilder::new(format!(
        "SELECT password FROM {} WHERE role IN ('ADMIN', 'JURY') ORDER BY id_user LIMIT 1",
        shape.table(Table::Users)
    ));
    let row = query.build().fetch_optional(conn).await?;
    row.as_ref().map(|row| Ok(SecretString::from(text(row, 0)?))).transpose()
}

/// Administrators who may sign in.
///
/// # Errors
/// The statement failed.
pub async fn administrators(conn: &mut MySqlConnection, shape: &Shape) -> Result<Vec<UserId>, StoreError> {
    let mut query = QueryBuilder::new(format!(
        "SELECT u.id_user FROM {} u LEFT JOIN console_accounts a ON a.id_user = u.id_user WHERE u.role = 'ADMIN' \
         AND NOT (a.disabled_at IS NOT NULL AND a.fingerprint <=> {})",
        shape.table(Table::Users),
        fingerprint(shape, "u")
    ));
    query.build().fetch_all(conn).await?.iter().map(|row| Ok(UserId(int(row, 0)?))).collect()
}

/// Lets one change of accounts through at a time, on every node of a cluster, until the transaction ends.
///
/// # Errors
/// The statement failed.
pub async fn guard(conn: &mut MySqlConnection) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO console_meta (name, value) VALUES ('guard.accounts', '1') ON DUPLICATE KEY UPDATE value = value + 1",
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// A new account's fields; the email is written as it is.
#[derive(Clone, Copy, Debug)]
pub struct NewAccount<'a> {
    /// Email.
    pub email: &'a str,
    /// First name.
    pub first: &'a str,
    /// Last name.
    pub last: &'a str,
    /// Role.
    pub role: Role,
    /// The password's hash.
    pub hash: &'a str,
}

/// Adds an account.
///
/// # Errors
/// The statement failed; a duplicate where the database holds emails unique in its own collation.
pub async fn insert(conn: &mut MySqlConnection, shape: &Shape, new: &NewAccount<'_>) -> Result<UserId, StoreError> {
    let (columns, values) = shape.stamps(Table::Users);
    let mut query = QueryBuilder::new(format!(
        "INSERT INTO {} (first_name, last_name, email, password, role{columns}) VALUES (",
        shape.table(Table::Users)
    ));
    let mut list = query.separated(", ");
    list.push_bind(new.first).push_bind(new.last).push_bind(new.email).push_bind(new.hash).push_bind(new.role.as_sql());
    query.push(values).push(")");
    let id = query.build().execute(conn).await?.last_insert_id();
    i32::try_from(id).map(UserId).map_err(|_| StoreError::Odd { column: "users.id_user", detail: id.to_string() })
}

/// Gives an account another role.
///
/// # Errors
/// The statement failed.
pub async fn set_role(conn: &mut MySqlConnection, shape: &Shape, id: UserId, role: Role) -> Result<(), StoreError> {
    set(conn, shape, id, "role", role.as_sql()).await
}

/// Gives an account another password.
///
/// # Errors
/// The statement failed.
pub async fn set_password(conn: &mut MySqlConnection, shape: &Shape, id: UserId, hash: &str) -> Result<(), StoreError> {
    set(conn, shape, id, "password", hash).await
}

async fn set(
    conn: &mut MySqlConnection,
    shape: &Shape,
    id: UserId,
    column: &'static str,
    value: &str,
) -> Result<(), StoreError> {
    let mut query = QueryBuilder::new(format!("UPDATE {} SET {column} = ", shape.table(Table::Users)));
    query.push_bind(value).push(shape.touch(Table::Users)).push(" WHERE id_user = ").push_bind(id.0);
    query.build().execute(conn).await?;
    Ok(())
}

/// Disables or enables an account.
///
/// # Errors
/// The statement failed.
pub async fn set_enabled(
    conn: &mut MySqlConnection,
    shape: &Shape,
    id: UserId,
    enabled: bool,
    by: Option<UserId>,
) -> Result<(), StoreError> {
    let mut query = QueryBuilder::new(format!(
        "INSERT INTO console_accounts (id_user, fingerprint, disabled_at, disabled_by) SELECT u.id_user, {}, {}, ",
        fingerprint(shape, "u"),
        if enabled { "NULL" } else { "UTC_TIMESTAMP(3)" }
    ));
    query.push_bind(by.filter(|_| !enabled).map(|id| id.0));
    query.push(format!(" FROM {} u WHERE u.id_user = ", shape.table(Table::Users))).push_bind(id.0);
    query.push(
        " ON DUPLICATE KEY UPDATE fingerprint = VALUES(fingerprint), disabled_at = VALUES(disabled_at), \
         disabled_by = VALUES(disabled_by)",
    );
    query.build().execute(conn).await?;
    Ok(())
}
