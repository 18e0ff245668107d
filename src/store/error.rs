//! What a statement can fail with, and which trouble that is for the person who asked.

use std::io;

use sqlx::mysql::MySqlDatabaseError;

use crate::api::Failure;
use crate::api::failure::{Trouble, Unavailable};
use crate::domain::text::inert;

/// A statement failed.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The server, the connection or the driver said no.
    #[error(transparent)]
    Sql(#[from] sqlx::Error),
    /// This database has no such table, and what was asked for cannot do without it.
    #[error("this database has no table {0}")]
    MissingTable(&'static str),
    /// A column holds what no version of the platform writes there.
    #[error("{column} holds what it should not: {detail}")]
    Odd {
        /// Table and column.
        column: &'static str,
        /// What is wrong with it.
        detail: String,
    },
    /// A row that is put back would not be what it was.
    #[error("a row would come back into {table} changed{}", column.as_ref().map(|name| format!(", in {name}")).unwrap_or_default())]
    Unlike {
        /// Which table.
        table: String,
        /// The first column that would differ, where it can be told.
        column: Option<String>,
    },
}

/// Server error numbers that this program tells apart.
pub mod number {
    /// A duplicate in a unique key.
    pub const DUPLICATE: u16 = 1062;
    /// A deadlock, or on a cluster a failed certification: the transaction is gone and may be repeated.
    pub const DEADLOCK: u16 = 1213;
    /// Waited too long for a lock.
    pub const LOCK_WAIT: u16 = 1205;
    /// MariaDB 11.6 and later: the row has changed since the snapshot.
    pub const SNAPSHOT_CONFLICT: u16 = 1020;
    /// A node of a cluster that is not ready.
    pub const NOT_READY: u16 = 1047;
    /// No such column.
    pub const NO_COLUMN: u16 = 1054;
    /// No such table.
    pub const NO_TABLE: u16 = 1146;
    /// A row that its table does not take: NULL or nothing where there must be something, another value in a unique key,
    /// nothing behind a foreign key, a number, word, date or text that the column can't hold, no partition for it, or
    /// a check or a trigger that says no.
    pub const MISFIT: [u16; 23] = [
        1048, DUPLICATE, 1216, 1263, 1264, 1265, 1292, 1364, 1366, 1367, 1406, 1411, 1416, 1452, 1525, 1526, 1586,
        1644, 1690, 3140, 3819, 4025, 4078,
    ];
}

/// Longest detail that is passed on, in characters.
const DETAIL_MAX: usize = 300;

impl StoreError {
    /// The server's error number, if it was the server that said no.
    pub fn number(&self) -> Option<u16> {
        match self {
            StoreError::Sql(error) => server_number(error),
            StoreError::MissingTable(_) | StoreError::Odd { .. } | StoreError::Unlike { .. } => None,
        }
    }

    /// Which trouble it is.
    pub fn trouble(&self) -> Trouble {
        match self {
            StoreError::Sql(error) => trouble(error),
            StoreError::MissingTable(_) => Trouble::Shape,
            StoreError::Odd { .. } | StoreError::Unlike { .. } => Trouble::Other,
        }
    }

    /// Whether the whole transaction may simply be tried again: others were in the way, or the connection broke before
    /// COMMIT was sent.
    pub fn is_retryable(&self) -> bool {
        may_be_repeated(self.trouble())
    }

    /// Whether a unique key said no.
    pub fn is_duplicate(&self) -> bool {
        self.number() == Some(number::DUPLICATE)
    }

    /// Where a row that is put back does not fit, if that is why it was not taken: this table, with the column where it is
    /// known.
    pub fn misfit(&self, table: &str) -> Option<String> {
        match self {
            StoreError::Unlike { table, column: Some(column) } => Some(format!("{table}.{column}")),
            StoreError::Unlike { table, column: None } => Some(table.clone()),
            _ => self.number().filter(|number| number::MISFIT.contains(number)).map(|_| table.to_owned()),
        }
    }

    /// The server's words on one line, without anything that could steer a terminal. Empty where there are none.
    pub fn detail(&self) -> String {
        let words = match self {
            StoreError::Sql(sqlx::Error::Database(error)) => error.message().to_owned(),
            StoreError::Sql(sqlx::Error::PoolTimedOut) => String::new(),
            other => other.to_string(),
        };
        inert(&words).chars().take(DETAIL_MAX).collect()
    }
}

/// Whether the pool had no connection for as long as a person waits: asking it again at once helps nobody.
pub(crate) fn is_waited_out(error: &StoreError) -> bool {
    matches!(error, StoreError::Sql(sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed))
}

/// Whether a transaction that failed so before its COMMIT may be repeated as a whole.
pub(crate) fn may_be_repeated(trouble: Trouble) -> bool {
    matches!(trouble, Trouble::Busy | Trouble::Lost)
}

/// The server's error number in an error of the driver.
pub(crate) fn server_number(error: &sqlx::Error) -> Option<u16> {
    let error = error.as_database_error()?;
    error.try_downcast_ref::<MySqlDatabaseError>().map(MySqlDatabaseError::number)
}

fn trouble(error: &sqlx::Error) -> Trouble {
    match error {
        sqlx::Error::Database(_) => server_number(error).map_or(Trouble::Other, trouble_of_number),
        sqlx::Error::Io(error) if error.kind() == io::ErrorKind::StorageFull => Trouble::Full,
        sqlx::Error::Io(_)
        | sqlx::Error::Tls(_)
        | sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed => Trouble::Lost,
        sqlx::Error::ColumnNotFound(_) | sqlx::Error::ColumnIndexOutOfBounds { .. } => Trouble::Shape,
        _ => Trouble::Other,
    }
}

fn trouble_of_number(number: u16) -> Trouble {
    match number {
        // The last two: somebody altered a table between two statements.
        number::DEADLOCK | number::LOCK_WAIT | number::SNAPSHOT_CONFLICT | 1412 | 1615 => Trouble::Busy,
        // A node that is not ready, too many connections, shutting down, network trouble, killed, thrown out for idleness.
        number::NOT_READY | 1040 | 1053 | 1129 | 1152 | 1158..=1161 | 1203 | 1927 | 2006 | 2013 | 4031 => Trouble::Lost,
        number::NO_COLUMN | number::NO_TABLE => Trouble::Shape,
        1044 | 1045 | 1142 | 1143 | 1227 | 1370 | 1698 => Trouble::Privilege,
        1290 | 1792 | 1836 => Trouble::ReadOnly,
        1021 | 1114 | 3 | 28 => Trouble::Full,
        1317 => Trouble::Cancelled,
        _ => Trouble::Other,
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        let why = error.trouble();
        tracing::debug!(?why, number = error.number(), detail = error.detail(), "a statement failed");
        Failure::Unavailable(Unavailable { why, detail: error.detail() })
    }
}

impl From<sqlx::Error> for Failure {
    fn from(error: sqlx::Error) -> Self {
        StoreError::from(error).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn troubles_by_table() {
        for (number, expected) in [
            (1213, Trouble::Busy),
            (1205, Trouble::Busy),
            (1020, Trouble::Busy),
            (1412, Trouble::Busy),
            (1047, Trouble::Lost),
            (1927, Trouble::Lost),
            (1054, Trouble::Shape),
            (1146, Trouble::Shape),
            (1142, Trouble::Privilege),
            (1044, Trouble::Privilege),
            (1290, Trouble::ReadOnly),
            (1792, Trouble::ReadOnly),
            (1114, Trouble::Full),
            (1021, Trouble::Full),
            (1062, Trouble::Other),
            (1452, Trouble::Other),
        ] {
            assert_eq!(trouble_of_number(number), expected, "{number}");
        }
        let broken = StoreError::from(sqlx::Error::Io(io::ErrorKind::BrokenPipe.into()));
        assert_eq!(broken.trouble(), Trouble::Lost);
        assert!(broken.is_retryable());
        assert!(!StoreError::MissingTable("awards").is_retryable());
    }

    #[test]
    fn the_detail_can_be_shown() {
        let odd = StoreError::Odd { column: "movies.title", detail: format!("\x1b[31m{}", "x".repeat(999)) };
        let detail = odd.detail();
        assert!(!detail.contains('\x1b') && detail.chars().count() <= DETAIL_MAX);
    }
}
