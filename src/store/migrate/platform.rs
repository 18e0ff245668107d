//! The platform's tables, for a database that has none.

use std::sync::LazyLock;

use crate::store::Table;

static STATEMENTS: LazyLock<Vec<(Table, &'static str)>> = LazyLock::new(|| {
    let statement = |part: &'static str| {
        let sql = &part[part.find("CREATE TABLE")?..];
        let name = sql.split('`').nth(1)?;
        Some((Table::ALL.into_iter().find(|table| table.name() == name)?, sql))
    };
    include_str!("platform.sql").split(";\n").filter_map(statement).collect()
});

/// One CREATE TABLE for each table, parents first.
pub(super) fn statements() -> &'static [(Table, &'static str)] {
    &STATEMENTS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_one_statement_for_each_table() {
        assert_eq!(statements().len(), Table::ALL.len());
        for table in Table::ALL {
            assert_eq!(statements().iter().filter(|(t, _)| *t == table).count(), 1, "{table:?}");
        }
        assert!(statements().iter().all(|(_, sql)| !sql.contains(';')));
    }
}
