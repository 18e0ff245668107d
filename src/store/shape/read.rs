//! Reading a [`Shape`] from `information_schema`: five small statements.

use std::collections::BTreeMap;

use sqlx::MySqlConnection;

use super::{Column, Dependent, Index, Shape, TableShape};
use crate::store::StoreError;

// Everything is cast: the servers answer with types of their own (MySQL: VARBINARY and unsigned numbers).

const TABLES: &str = "SELECT CAST(t.table_name AS CHAR), CAST(t.table_type AS CHAR), CAST(t.engine AS CHAR) \
    FROM information_schema.tables t WHERE t.table_schema = DATABASE()";

const COLUMNS: &str = "SELECT CAST(c.table_name AS CHAR), CAST(c.column_name AS CHAR), CAST(c.data_type AS CHAR), \
    CAST(c.column_type AS CHAR), c.is_nullable = 'YES', \
    c.column_default IS NOT NULL OR c.is_nullable = 'YES' OR c.extra <> '', \
    CAST(c.character_maximum_length AS SIGNED), c.extra LIKE '%VIRTUAL%' OR c.extra LIKE '%STORED%', \
    CAST(c.character_set_name AS CHAR) \
    FROM information_schema.columns c WHERE c.table_schema = DATABASE() ORDER BY c.table_name, c.ordinal_position";

// MySQL lists an expression of a functional index without a column.
const INDEXES: &str = "SELECT CAST(s.table_name AS CHAR), CAST(s.index_name AS CHAR), s.non_unique = 0, \
    CAST(COALESCE(s.column_name, '') AS CHAR), s.sub_part IS NOT NULL \
    FROM information_schema.statistics s WHERE s.table_schema = DATABASE() \
    ORDER BY s.table_name, s.index_name, s.seq_in_index";

// Two statements: MariaDB takes ten times as long to join them.
const FOREIGN_KEYS: &str = "SELECT CAST(k.table_name AS CHAR), CAST(k.constraint_name AS CHAR), \
    CAST(k.column_name AS CHAR), CAST(k.referenced_table_name AS CHAR), CAST(k.referenced_column_name AS CHAR) \
    FROM information_schema.key_column_usage k \
    WHERE k.table_schema = DATABASE() AND k.referenced_table_schema = DATABASE() \
    ORDER BY k.table_name, k.column_name";

const DELETE_RULES: &str = "SELECT CAST(r.table_name AS CHAR), CAST(r.constraint_name AS CHAR), \
    CAST(r.delete_rule AS CHAR) FROM information_schema.referential_constraints r WHERE r.constraint_schema = DATABASE()";

type ColumnRow = (String, String, String, String, bool, bool, Option<i64>, bool, Option<String>);

impl Shape {
    /// Reads the shape of the connection's database.
    ///
    /// # Errors
    /// A statement failed.
    pub async fn read(conn: &mut MySqlConnection) -> Result<Shape, StoreError> {
        let mut tables: BTreeMap<String, TableShape> = BTreeMap::new();
        let mut views = Vec::new();
        let rows: Vec<(String, String, Option<String>)> = sqlx::query_as(TABLES).fetch_all(&mut *conn).await?;
        for (name, kind, engine) in rows {
            if kind.contains("VIEW") {
                views.push(name);
            } else {
                tables.insert(name, TableShape { engine: engine.unwrap_or_default(), ..TableShape::default() });
            }
        }
        let columns: Vec<ColumnRow> = sqlx::query_as(COLUMNS).fetch_all(&mut *conn).await?;
        for (table, name, kind, full, nullable, has_default, length, generated, charset) in columns {
            if let Some(shape) = tables.get_mut(&table) {
                let length = length.and_then(|length| u64::try_from(length).ok());
                let kind = kind.to_ascii_lowercase();
                let charset = charset.unwrap_or_default();
                shape.columns.push(Column { name, kind, full, nullable, has_default, length, generated, charset });
            }
        }
        let parts: Vec<(String, String, bool, String, bool)> = sqlx::query_as(INDEXES).fetch_all(&mut *conn).await?;
        for (table, index, unique, column, prefix) in parts {
            if let Some(shape) = tables.get_mut(&table) {
                // An index on the beginning of a text neither sorts by it nor holds it unique.
                let column = if prefix { format!("{column}(…)") } else { column };
                match shape.indexes.last_mut().filter(|last| last.name == index) {
                    Some(last) => last.columns.push(column),
                    None => shape.indexes.push(Index { name: index, unique, columns: vec![column] }),
                }
            }
        }
        let rules: Vec<(String, String, String)> = sqlx::query_as(DELETE_RULES).fetch_all(&mut *conn).await?;
        let rules: BTreeMap<_, _> = rules.into_iter().map(|(table, name, rule)| ((table, name), rule)).collect();
        let keys: Vec<(String, String, String, String, String)> =
            sqlx::query_as(FOREIGN_KEYS).fetch_all(&mut *conn).await?;
        let keys = keys.into_iter().map(|(table, name, column, parent, parent_column)| {
            let on_delete = rules.get(&(table.clone(), name)).cloned().unwrap_or_default();
            Dependent { table, column, parent, parent_column, on_delete }
        });
        Ok(Shape::from_parts(tables, keys.collect(), views))
    }
}
