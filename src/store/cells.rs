//! Values of rows, read as tolerantly as the databases in use need it.

use chrono::{DateTime, Utc};
use sqlx::mysql::MySqlRow;
use sqlx::{QueryBuilder, Row};

use super::StoreError;

/// A whole number of any width and sign that fits; NULL is an error.
pub(super) fn int(row: &MySqlRow, index: usize) -> Result<i32, StoreError> {
    maybe_int(row, index)?.ok_or_else(|| {
        sqlx::Error::ColumnDecode { index: index.to_string(), source: "NULL where a number was expected".into() }.into()
    })
}

/// The same with `None` for NULL and for what does not fit.
pub(super) fn maybe_int(row: &MySqlRow, index: usize) -> Result<Option<i32>, StoreError> {
    let number: Option<i64> = row.try_get_unchecked(index)?;
    Ok(number.and_then(|number| i32::try_from(number).ok()))
}

/// A count.
pub(super) fn count(row: &MySqlRow, index: usize) -> Result<u32, StoreError> {
    let number: Option<i64> = row.try_get_unchecked(index)?;
    Ok(u32::try_from(number.unwrap_or(0).max(0)).unwrap_or(u32::MAX))
}

/// A text; empty for NULL.
pub(super) fn text(row: &MySqlRow, index: usize) -> Result<&str, StoreError> {
    Ok(maybe_text(row, index)?.unwrap_or_default())
}

/// A text or ENUM.
pub(super) fn maybe_text(row: &MySqlRow, index: usize) -> Result<Option<&str>, StoreError> {
    Ok(row.try_get_unchecked(index)?)
}

/// A moment as [`super::Shape::select_moment`] selects it.
pub(super) fn moment(row: &MySqlRow, index: usize) -> Result<Option<DateTime<Utc>>, StoreError> {
    Ok(row.try_get_unchecked(index)?)
}

/// First and last name as one; either may be missing.
pub(super) fn full_name(first: &str, last: &str) -> String {
    [first.trim(), last.trim()].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Adds a list of ids. They are numbers, so they stand in the statement itself and there may be any number of them.
pub(super) fn push_ids(query: &mut QueryBuilder<sqlx::MySql>, ids: &[i32]) {
    if ids.is_empty() {
        query.push("NULL");
    }
    for (index, id) in ids.iter().enumerate() {
        if index > 0 {
            query.push(",");
        }
        query.push(id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_lists() {
        assert_eq!(full_name(" Ann ", ""), "Ann");
        assert_eq!(full_name("Ann", "Lee"), "Ann Lee");
        let list = |ids: &[i32]| {
            let mut query = QueryBuilder::new("");
            push_ids(&mut query, ids);
            query.sql().as_str().to_owned()
        };
        assert_eq!((list(&[]), list(&[3]), list(&[3, -1])), ("NULL".into(), "3".into(), "3,-1".into()));
    }
}
