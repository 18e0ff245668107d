//! What `marsai doctor` asks a database: each function one question, none of them changes anything but [`sweep`].

use sqlx::{AssertSqlSafe, MySqlConnection};

use super::error::server_number;
use super::shape::quote;
use super::{Shape, StoreError, Table};

/// How the server is set up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setup {
    /// The server's own sql_mode; the console's sessions set theirs.
    pub sql_mode: String,
    /// The server's own time zone.
    pub time_zone: String,
    /// Seconds since 1970 by the server's clock.
    pub clock: i64,
    /// Most connections.
    pub max_connections: i64,
}

/// How the server is set up.
///
/// # Errors
/// The statement failed.
pub async fn setup(conn: &mut MySqlConnection) -> Result<Setup, StoreError> {
    let (sql_mode, zone, system, clock, max_connections): (String, String, String, i64, i64) = sqlx::query_as(
        "SELECT CAST(@@global.sql_mode AS CHAR), CAST(@@global.time_zone AS CHAR), \
         CAST(@@global.system_time_zone AS CHAR), CAST(UNIX_TIMESTAMP() AS SIGNED), \
         CAST(@@global.max_connections AS SIGNED)",
    )
    .fetch_one(conn)
    .await?;
    let time_zone = if zone == "SYSTEM" { system } else { zone };
    Ok(Setup { sql_mode, time_zone, clock, max_connections })
}

/// What the account may not do: a privilege and a table each. Asked by EXPLAIN, which is checked like the statement itself
/// and does nothing.
///
/// # Errors
/// A statement failed for another reason.
pub async fn missing_privileges(
    conn: &mut MySqlConnection,
    shape: &Shape,
) -> Result<Vec<(String, String)>, StoreError> {
    let mut missing = Vec::new();
    let tables: Vec<(String, String)> = Table::ALL
        .into_iter()
        .filter_map(|table| shape.name(table).map(|name| (name.to_owned(), shape.columns(table)[0].name.clone())))
        .chain(
            shape
                .tables()
                .filter(|(name, _)| name.starts_with("console_"))
                .filter_map(|(name, table)| table.columns.first().map(|column| (name.to_owned(), column.name.clone()))),
        )
        .collect();
    for (name, column) in tables {
        let (table, column) = (quote(&name), quote(&column));
        for (privilege, sql) in [
            ("SELECT", format!("EXPLAIN SELECT {column} FROM {table} WHERE 1 = 0")),
            ("INSERT", format!("EXPLAIN INSERT INTO {table} ({column}) SELECT {column} FROM {table} WHERE 1 = 0")),
            ("UPDATE", format!("EXPLAIN UPDATE {table} SET {column} = {column} WHERE 1 = 0")),
            ("DELETE", format!("EXPLAIN DELETE FROM {table} WHERE 1 = 0")),
        ] {
            match sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut *conn).await {
                Ok(_) => {}
                Err(error) if matches!(server_number(&error), Some(1142 | 1143 | 1044)) => {
                    missing.push((privilege.to_owned(), name.clone()));
                }
                // The privilege is there, and only a column without a default is in the way.
                Err(error) if server_number(&error) == Some(1364) => {}
                Err(error) => return Err(error.into()),
            }
        }
    }
    Ok(missing)
}

/// How many administrators may sign in.
///
/// # Errors
/// The statement failed.
pub async fn administrators(conn: &mut MySqlConnection, shape: &Shape) -> Result<i64, StoreError> {
    let fingerprint = same_row(shape, "u", "a.fingerprint");
    let sql = format!(
        "SELECT COUNT(*) FROM {} u LEFT JOIN console_accounts a ON a.id_user = u.id_user AND {fingerprint} \
         WHERE u.role = 'ADMIN' AND a.disabled_at IS NULL",
        shape.table(Table::Users)
    );
    Ok(sqlx::query_scalar(AssertSqlSafe(sql)).fetch_one(conn).await?)
}

/// Whether a row of ours is about this very account: an id can come again, with another `createdAt`.
fn same_row(shape: &Shape, alias: &str, fingerprint: &str) -> String {
    if shape.has(Table::Users, "createdAt") {
        // As text: zero dates compare like any other.
        format!("({fingerprint} IS NULL OR CAST({fingerprint} AS CHAR) = CAST({alias}.createdAt AS CHAR))")
    } else {
        "TRUE".to_owned()
    }
}

/// Rows of `movies_juries` beyond the first of a juror and film.
///
/// # Errors
/// The statement failed.
pub async fn doubled_seats(conn: &mut MySqlConnection, shape: &Shape) -> Result<i64, StoreError> {
    if !shape.present(Table::MoviesJuries) {
        return Ok(0);
    }
    let sql = format!(
        "SELECT CAST(COALESCE(SUM(d.n - 1), 0) AS SIGNED) FROM \
         (SELECT COUNT(*) AS n FROM {} GROUP BY id_movie, id_user HAVING COUNT(*) > 1) d",
        shape.table(Table::MoviesJuries)
    );
    Ok(sqlx::query_scalar(AssertSqlSafe(sql)).fetch_one(conn).await?)
}

/// Emails that several accounts have, but for case and outer spaces.
///
/// # Errors
/// The statement failed.
pub async fn doubled_emails(conn: &mut MySqlConnection, shape: &Shape) -> Result<Vec<String>, StoreError> {
    // Binary: under the usual collation josé@ and jose@ would be one.
    let sql = format!(
        "SELECT CAST(MIN(LOWER(TRIM(u.email))) AS CHAR) FROM {} u \
         GROUP BY CAST(LOWER(TRIM(u.email)) AS BINARY) HAVING COUNT(*) > 1 ORDER BY 1 LIMIT 20",
        shape.table(Table::Users)
    );
    Ok(sqlx::query_scalar(AssertSqlSafe(sql)).fetch_all(conn).await?)
}

/// How many films have a duration, the median and the longest.
///
/// # Errors
/// The statement failed.
pub async fn durations(conn: &mut MySqlConnection, shape: &Shape) -> Result<Option<(i64, i64, i64)>, StoreError> {
    if !shape.has(Table::Movies, "duration") {
        return Ok(None);
    }
    let movies = shape.table(Table::Movies);
    let some = "duration IS NOT NULL AND duration > 0";
    let sql = format!("SELECT COUNT(*), CAST(MAX(duration) AS SIGNED) FROM {movies} WHERE {some}");
    let (count, longest): (i64, Option<i64>) = sqlx::query_as(AssertSqlSafe(sql)).fetch_one(&mut *conn).await?;
    let Some(longest) = longest else { return Ok(None) };
    let sql = format!("SELECT CAST(duration AS SIGNED) FROM {movies} WHERE {some} ORDER BY duration LIMIT 1 OFFSET ?");
    let median = sqlx::query_scalar(AssertSqlSafe(sql)).bind(count / 2).fetch_one(conn).await?;
    Ok(Some((count, median, longest)))
}

/// Tables and columns that hold zero dates, with how many.
///
/// # Errors
/// A statement failed.
pub async fn zero_dates(conn: &mut MySqlConnection, shape: &Shape) -> Result<Vec<(String, i64)>, StoreError> {
    let mut found = Vec::new();
    for table in Table::ALL {
        let dates = |kind: &str| matches!(kind, "date" | "datetime" | "timestamp");
        let columns: Vec<&str> =
            shape.columns(table).iter().filter(|c| dates(&c.kind)).map(|c| c.name.as_str()).collect();
        if columns.is_empty() {
            continue;
        }
        let counts: Vec<String> = columns
            .iter()
            .map(|column| format!("COUNT(CASE WHEN CAST({} AS CHAR) LIKE '0000-%' THEN 1 END)", quote(column)))
            .collect();
        let sql = format!("SELECT {} FROM {}", counts.join(", "), shape.table(table));
        let row = sqlx::query(AssertSqlSafe(sql)).fetch_one(&mut *conn).await?;
        for (number, column) in columns.iter().enumerate() {
            let count: i64 = sqlx::Row::try_get(&row, number)?;
            if count > 0 {
                found.push((format!("{}.{column}", shape.name(table).unwrap_or(table.name())), count));
            }
        }
    }
    Ok(found)
}

/// Tables of ours that keep something about accounts, with the column that holds the account's `createdAt`.
const ABOUT_USERS: [(&str, &str); 5] = [
    ("console_accounts", "fingerprint"),
    ("console_sessions", "fingerprint"),
    ("console_ssh_keys", "user_created"),
    ("console_extensions", "user_created"),
    ("console_visits", "user_created"),
];

/// Tables of ours that keep something about films and their votes.
const ABOUT_FILMS: [&str; 2] = ["console_rounds", "console_seats"];

/// Every table that may hold rows about what is gone, with what such a row fulfils.
fn orphaned(shape: &Shape) -> impl Iterator<Item = (&'static str, String)> {
    let (users, films) = (shape.table(Table::Users), shape.table(Table::Movies));
    let of_nobody = |fingerprint: &str| {
        let same = same_row(shape, "u", &format!("o.{fingerprint}"));
        // Of a sign-in that was refused nobody knows whose it was.
        let there = format!("SELECT 1 FROM {users} u WHERE u.id_user = o.id_user AND {same}");
        format!("o.id_user IS NOT NULL AND NOT EXISTS ({there})")
    };
    // A film in the trash may come back, and with it what is known of its votes.
    let of_no_film = format!(
        "NOT EXISTS (SELECT 1 FROM {films} m WHERE m.id_movie = o.id_movie) \
         AND NOT EXISTS (SELECT 1 FROM console_trash t WHERE t.id_movie = o.id_movie)"
    );
    let drafts = format!("({}) OR ({of_no_film})", of_nobody("user_created"));
    let accounts = ABOUT_USERS.map(|(table, fingerprint)| (table, of_nobody(fingerprint)));
    let of_films = ABOUT_FILMS.map(|table| (table, of_no_film.clone()));
    accounts.into_iter().chain(of_films).chain([("console_drafts", drafts)])
}

/// Rows of ours about accounts and films that are gone, by table.
///
/// # Errors
/// A statement failed.
pub async fn orphans(conn: &mut MySqlConnection, shape: &Shape) -> Result<Vec<(&'static str, i64)>, StoreError> {
    let mut found = Vec::new();
    for (table, is_orphan) in orphaned(shape) {
        let sql = format!("SELECT COUNT(*) FROM {table} o WHERE {is_orphan}");
        let count: i64 = sqlx::query_scalar(AssertSqlSafe(sql)).fetch_one(&mut *conn).await?;
        if count > 0 {
            found.push((table, count));
        }
    }
    Ok(found)
}

/// Drops what [`orphans`] counts.
///
/// # Errors
/// A statement failed; what was dropped before stays dropped.
pub async fn sweep(conn: &mut MySqlConnection, shape: &Shape) -> Result<u64, StoreError> {
    let mut swept = 0;
    for (table, is_orphan) in orphaned(shape) {
        let sql = format!("DELETE o FROM {table} o WHERE {is_orphan}");
        swept += sqlx::query(AssertSqlSafe(sql)).execute(&mut *conn).await?.rows_affected();
    }
    Ok(swept)
}
