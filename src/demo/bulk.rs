//! Many rows into one table: INSERTs of many rows each, naming only the columns that the table has.

use std::marker::PhantomData;

use sqlx::error::BoxDynError;
use sqlx::mysql::MySqlArguments;
use sqlx::{Arguments, AssertSqlSafe, Encode, MySql, MySqlConnection, Type};

use crate::store::{Shape, StoreError, Table};

/// Rows per INSERT: enough that a round trip costs nothing, and far from the server's largest packet.
const ROWS: usize = 1_000;
/// Most placeholders that a statement can have.
const PLACEHOLDERS: usize = 65_535;

/// Something that becomes a row.
pub(super) trait Row {
    /// Where it goes.
    const TABLE: Table;
    /// Its columns, in the order in which [`Row::put`] gives the values.
    const COLUMNS: &'static [&'static str];

    /// Gives the values.
    ///
    /// # Errors
    /// A value can't be encoded.
    fn put(&self, values: &mut Values) -> Result<(), BoxDynError>;
}

/// The values of the rows of one INSERT.
#[derive(Debug)]
pub(super) struct Values {
    arguments: MySqlArguments,
    /// Which of the row's columns the table has.
    there: Vec<bool>,
    next: usize,
}

impl Values {
    /// The next column's value.
    pub(super) fn put<'v, T: Encode<'v, MySql> + Type<MySql>>(&mut self, value: T) -> Result<&mut Self, BoxDynError> {
        if self.there[self.next % self.there.len()] {
            self.arguments.add(value)?;
        }
        self.next += 1;
        Ok(self)
    }
}

/// The INSERTs into one table.
#[derive(Debug)]
pub(super) struct Bulk<R> {
    head: String,
    row: String,
    /// Rows per statement.
    most: usize,
    /// The statement for that many.
    full: String,
    values: Values,
    rows: usize,
    kind: PhantomData<fn(&R)>,
}

impl<R: Row> Bulk<R> {
    /// Nothing yet.
    pub(super) fn new(shape: &Shape) -> Self {
        let there: Vec<bool> = R::COLUMNS.iter().map(|column| shape.has(R::TABLE, column)).collect();
        let columns =
            R::COLUMNS.iter().zip(&there).filter(|(_, there)| **there).map(|(column, _)| format!("`{column}`"));
        let columns: Vec<String> = columns.collect();
        let head = format!("INSERT INTO {} ({}) VALUES ", shape.table(R::TABLE), columns.join(", "));
        let row = format!("({})", vec!["?"; columns.len()].join(","));
        let most = ROWS.min(PLACEHOLDERS / columns.len().max(1));
        let full = statement(&head, &row, most);
        let values = Values { arguments: MySqlArguments::default(), there, next: 0 };
        Self { head, row, most, full, values, rows: 0, kind: PhantomData }
    }

    /// One more row; true where a statement is full and should be [sent](Bulk::send).
    pub(super) fn add(&mut self, row: &R) -> Result<bool, StoreError> {
        row.put(&mut self.values).map_err(sqlx::Error::Encode)?;
        self.rows += 1;
        Ok(self.rows >= self.most)
    }

    /// Sends what has gathered; how many rows that was.
    pub(super) async fn send(&mut self, conn: &mut MySqlConnection) -> Result<u32, StoreError> {
        if self.rows == 0 {
            return Ok(0);
        }
        let rows = std::mem::take(&mut self.rows);
        let full = rows == self.most;
        let sql = if full { self.full.clone() } else { statement(&self.head, &self.row, rows) };
        let arguments = std::mem::take(&mut self.values.arguments);
        // Made of the names that this program and the database's own catalogue give.
        sqlx::query_with(AssertSqlSafe(sql), arguments).persistent(full).execute(conn).await?;
        Ok(u32::try_from(rows).unwrap_or(u32::MAX))
    }

    /// Adds and sends all of these.
    pub(super) async fn all(
        mut self,
        conn: &mut MySqlConnection,
        rows: impl IntoIterator<Item = R>,
    ) -> Result<u32, StoreError> {
        let mut sent = 0;
        for row in rows {
            if self.add(&row)? {
                sent += self.send(conn).await?;
            }
        }
        Ok(sent + self.send(conn).await?)
    }
}

fn statement(head: &str, row: &str, rows: usize) -> String {
    let mut sql = String::with_capacity(head.len() + rows * (row.len() + 1));
    sql.push_str(head);
    for n in 0..rows {
        if n > 0 {
            sql.push(',');
        }
        sql.push_str(row);
    }
    sql
}
