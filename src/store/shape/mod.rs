//! What this database really looks like, read once from `information_schema`.
//!
//! Databases of the platform differ: names, keys, columns. Statements are rendered from a [`Shape`], so that they name
//! only what is there. When a statement still meets a missing table or column (somebody migrated the site), the shape is
//! read again ([`super::tx`]).

mod read;
mod table;

use std::collections::BTreeMap;
use std::fmt::Write as _;

pub use table::Table;

/// A column as the server describes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name as it is spelled there.
    pub name: String,
    /// Its type without parameters, in lower case (`varchar`, `enum`).
    pub kind: String,
    /// Its whole type (`enum('YES','NO')`).
    pub full: String,
    /// Whether it takes NULL.
    pub nullable: bool,
    /// Whether an INSERT may leave it out.
    pub has_default: bool,
    /// Longest text, where it is one: of a CHAR or VARCHAR in characters, of a TEXT in bytes.
    pub length: Option<u64>,
    /// Whether the server works it out from other columns, so that nobody may write it.
    pub generated: bool,
    /// Its character set (`utf8mb4`), where it is a text.
    pub charset: String,
}

impl Column {
    /// The words of an ENUM, in their order; none for any other type.
    pub fn words(&self) -> Vec<String> {
        let Some(list) = self.full.strip_prefix("enum(").and_then(|rest| rest.strip_suffix(')')) else {
            return Vec::new();
        };
        list.split("',").map(|word| word.trim_matches('\'').replace("''", "'")).collect()
    }

    /// Whether it holds bytes rather than a text or a number.
    pub(crate) fn is_binary(&self) -> bool {
        const SHAPES: [&str; 5] = ["geom", "point", "linestring", "polygon", "vector"];
        let kind = self.kind.as_str();
        kind.ends_with("binary") || kind.ends_with("blob") || kind == "bit" || SHAPES.iter().any(|s| kind.contains(s))
    }

    /// Whether it is a text that can grow beyond an index.
    pub(crate) fn is_long(&self) -> bool {
        self.kind.ends_with("text") || self.kind.ends_with("blob") || self.length.is_some_and(|length| length > 700)
    }
}

/// An index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Index {
    /// Its name.
    pub name: String,
    /// Whether it holds no value twice.
    pub unique: bool,
    /// Its columns in their order.
    pub columns: Vec<String>,
}

/// A table that points to another one with a foreign key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dependent {
    /// The table that points.
    pub table: String,
    /// Its column.
    pub column: String,
    /// The table it points to.
    pub parent: String,
    /// The column there.
    pub parent_column: String,
    /// What happens when the parent's row is deleted (`CASCADE`, `NO ACTION`, …).
    pub on_delete: String,
}

/// A table as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TableShape {
    /// Its columns in their order.
    pub columns: Vec<Column>,
    /// Its indexes.
    pub indexes: Vec<Index>,
    /// Its storage engine.
    pub engine: String,
}

impl TableShape {
    /// A column by name; case does not matter, as on the server.
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name.eq_ignore_ascii_case(name))
    }

    /// Whether an index begins with these columns in this order; its name.
    pub fn index_on(&self, columns: &[&str]) -> Option<&Index> {
        let begins = |index: &&Index| {
            index.columns.len() >= columns.len()
                && columns.iter().zip(&index.columns).all(|(a, b)| a.eq_ignore_ascii_case(b))
        };
        self.indexes.iter().find(begins)
    }

    /// Whether a unique key holds exactly these columns, in any order.
    pub fn is_unique(&self, columns: &[&str]) -> bool {
        self.indexes.iter().any(|index| {
            index.unique
                && index.columns.len() == columns.len()
                && columns.iter().all(|c| index.columns.iter().any(|have| have.eq_ignore_ascii_case(c)))
        })
    }
}

/// Which column types the vote history's `note` has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HistoryNote {
    /// The ENUM's words, or a text: write the word.
    Word,
    /// An old FLOAT in which words were silently stored as 0: write the ENUM's index.
    Number,
}

/// All tables of the database, and which of them are the platform's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shape {
    tables: BTreeMap<String, TableShape>,
    names: BTreeMap<Table, String>,
    quoted: BTreeMap<Table, String>,
    foreign_keys: Vec<Dependent>,
    views: Vec<String>,
}

impl Shape {
    /// A shape from its parts; finds out which table is which.
    pub(crate) fn from_parts(
        tables: BTreeMap<String, TableShape>,
        foreign_keys: Vec<Dependent>,
        views: Vec<String>,
    ) -> Self {
        let names: BTreeMap<Table, String> = Table::ALL
            .into_iter()
            .filter_map(|table| Some((table, table.find(tables.keys().map(String::as_str))?.to_owned())))
            .collect();
        let quoted = Table::ALL
            .into_iter()
            .map(|table| (table, quote(names.get(&table).map_or(table.name(), String::as_str))))
            .collect();
        Self { tables, names, quoted, foreign_keys, views }
    }

    /// The table's name, quoted for a statement. A table that is not there has the document's name, so that the
    /// statement fails as a missing table; ask [`Shape::present`] first where it is optional.
    pub fn table(&self, table: Table) -> &str {
        self.quoted.get(&table).map_or(table.name(), String::as_str)
    }

    /// Whether the table is there.
    pub fn present(&self, table: Table) -> bool {
        self.names.contains_key(&table)
    }

    /// The table's own name, unquoted, if it is there.
    pub fn name(&self, table: Table) -> Option<&str> {
        self.names.get(&table).map(String::as_str)
    }

    /// Whether the table is there and has this column.
    pub fn has(&self, table: Table, column: &str) -> bool {
        self.column(table, column).is_some()
    }

    /// A column of a table.
    pub fn column(&self, table: Table, column: &str) -> Option<&Column> {
        self.shape_of(table)?.column(column)
    }

    /// The table's columns in their order; none if it is not there.
    pub fn columns(&self, table: Table) -> &[Column] {
        self.shape_of(table).map_or(&[], |shape| &shape.columns)
    }

    /// The table as it is.
    pub fn shape_of(&self, table: Table) -> Option<&TableShape> {
        self.tables.get(self.names.get(&table)?)
    }

    /// Every table of the database by name, the console's and unknown ones too.
    pub fn tables(&self) -> impl Iterator<Item = (&str, &TableShape)> {
        self.tables.iter().map(|(name, shape)| (name.as_str(), shape))
    }

    /// Names of views, which the console does not use.
    pub fn views(&self) -> &[String] {
        &self.views
    }

    /// The tables whose foreign keys point to this one, unknown ones too.
    pub fn dependents_of(&self, table: Table) -> Vec<&Dependent> {
        self.name(table).map(|name| self.dependents_of_name(name)).unwrap_or_default()
    }

    /// The same for a table by its own name.
    pub fn dependents_of_name(&self, name: &str) -> Vec<&Dependent> {
        self.foreign_keys.iter().filter(|key| key.parent.eq_ignore_ascii_case(name)).collect()
    }

    /// The foreign keys of all tables, unknown ones too.
    pub fn foreign_keys(&self) -> &[Dependent] {
        &self.foreign_keys
    }

    /// A table by its own name, as it is spelled there.
    pub fn named(&self, name: &str) -> Option<&TableShape> {
        self.tables.get(name)
    }

    /// How a note is written into the vote history; `None` where there is no history.
    pub fn history_note(&self) -> Option<HistoryNote> {
        let note = self.column(Table::VoteHistory, "note")?;
        let number = matches!(
            note.kind.as_str(),
            "float" | "double" | "decimal" | "int" | "tinyint" | "smallint" | "mediumint" | "bigint"
        );
        Some(if number { HistoryNote::Number } else { HistoryNote::Word })
    }

    /// Whether the database itself holds one vote per juror and film.
    pub fn votes_are_unique(&self) -> bool {
        self.shape_of(Table::Votes).is_some_and(|votes| votes.is_unique(&["id_movie", "id_user"]))
    }

    /// Whether events have a start, an end and a type, rather than one moment.
    pub fn events_have_ends(&self) -> bool {
        self.has(Table::Events, "start_date")
    }

    /// A column for a SELECT list: `alias.column`, or `NULL AS column` where the table lacks it.
    pub fn select(&self, table: Table, alias: &str, column: &str) -> String {
        match self.column(table, column) {
            Some(found) => format!("{alias}.{} AS {}", quote(&found.name), quote(column)),
            None => format!("NULL AS {}", quote(column)),
        }
    }

    /// A list of columns for a SELECT, as [`Shape::select`] has each.
    pub fn select_list(&self, table: Table, alias: &str, columns: &[&str]) -> String {
        columns.iter().map(|column| self.select(table, alias, column)).collect::<Vec<_>>().join(", ")
    }

    /// A column as text, for what may not decode: zero dates, unknown ENUM values, a FLOAT where a word should be.
    pub fn select_text(&self, table: Table, alias: &str, column: &str) -> String {
        match self.column(table, column) {
            Some(found) => format!("CAST({alias}.{} AS CHAR) AS {}", quote(&found.name), quote(column)),
            None => format!("NULL AS {}", quote(column)),
        }
    }

    /// A moment for a SELECT: NULL where the column is missing, NULL or no date of the calendar.
    pub fn select_moment(&self, table: Table, alias: &str, column: &str) -> String {
        let name = quote(column);
        match self.column(table, column) {
            // By its parts, because strict servers refuse a zero date as a literal. A DATE becomes midnight.
            Some(found) => {
                let value = format!("{alias}.{}", quote(&found.name));
                let real = format!("DAY({value}) BETWEEN 1 AND DAY(LAST_DAY({value}))");
                format!("CASE WHEN {real} THEN CAST({value} AS DATETIME) END AS {name}")
            }
            None => format!("CAST(NULL AS DATETIME) AS {name}"),
        }
    }

    /// `, updatedAt = UTC_TIMESTAMP()` for an UPDATE, or nothing where the table keeps no such moment.
    pub fn touch(&self, table: Table) -> &'static str {
        if self.has(table, "updatedAt") { ", updatedAt = UTC_TIMESTAMP()" } else { "" }
    }

    /// The moments that an INSERT has to write: those of these columns that are there, for a list of columns and the
    /// list of values (`, createdAt, updatedAt` and `, UTC_TIMESTAMP(), UTC_TIMESTAMP()`).
    pub fn stamps(&self, table: Table) -> (String, String) {
        let mut columns = String::new();
        let mut values = String::new();
        for column in ["createdAt", "updatedAt"] {
            if self.has(table, column) {
                let _ = write!(columns, ", {column}");
                values.push_str(", UTC_TIMESTAMP()");
            }
        }
        (columns, values)
    }
}

/// A name as a statement takes it.
pub fn quote(name: &str) -> String {
    format!("`{}`", name.replace('`', "``"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn column(name: &str, kind: &str, full: &str) -> Column {
        Column {
            name: name.into(),
            kind: kind.into(),
            full: full.into(),
            nullable: true,
            has_default: true,
            length: None,
            generated: false,
            charset: String::new(),
        }
    }

    fn shape(tables: &[(&str, &[Column])]) -> Shape {
        let tables = tables.iter().map(|(name, columns)| {
            ((*name).to_owned(), TableShape { columns: columns.to_vec(), ..TableShape::default() })
        });
        Shape::from_parts(tables.collect(), Vec::new(), Vec::new())
    }

    #[test]
    fn renders_only_what_is_there() {
        let shape = shape(&[
            ("Events", &[column("id_event", "int", "int(11)"), column("Date", "datetime", "datetime")]),
            ("vote_history", &[column("note", "float", "float")]),
            ("sponsors", &[column("createdAt", "datetime", "datetime")]),
        ]);
        assert_eq!(shape.table(Table::Events), "`Events`");
        assert_eq!(shape.table(Table::Awards), "`awards`");
        assert!(!shape.present(Table::Awards));
        assert_eq!(
            shape.select_list(Table::Events, "e", &["date", "end_date"]),
            "e.`Date` AS `date`, NULL AS `end_date`"
        );
        assert_eq!(shape.history_note(), Some(HistoryNote::Number));
        assert_eq!(shape.stamps(Table::Sponsors), (", createdAt".to_owned(), ", UTC_TIMESTAMP()".to_owned()));
        assert_eq!(shape.touch(Table::Sponsors), "");
        assert!(!shape.events_have_ends());
    }

    #[test]
    fn reads_the_words_of_an_enum() {
        let note = column("note", "enum", "enum('YES','NO','TO DISCUSS','it''s, well')");
        assert_eq!(note.words(), ["YES", "NO", "TO DISCUSS", "it's, well"]);
        assert!(column("note", "float", "float").words().is_empty());
    }
}
