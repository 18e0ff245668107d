//! The festival's settings.

use std::collections::BTreeMap;

use serde_json::json;
use sqlx::MySqlConnection;

use super::ask::Ask;
use crate::api::setting::SettingRow;
use crate::api::{Answer, Failure, Reply, Topic};
use crate::domain::round::Rules;
use crate::domain::setting::{self, SETTINGS, Setting};
use crate::domain::user::Scheme;
use crate::store::{StoreError, meta, settings as store, tx};

/// Every setting as it stands.
pub(super) async fn rows(conn: &mut MySqlConnection) -> Result<Vec<SettingRow>, StoreError> {
    let kept = store::all(conn).await?;
    Ok(SETTINGS.iter().map(|setting| row(setting, &kept)).collect())
}

fn row(setting: &Setting, kept: &BTreeMap<String, String>) -> SettingRow {
    one(setting, kept.get(setting.name).map(String::as_str))
}

/// A value that a later console wrote and this one does not take counts as the default.
fn one(setting: &Setting, kept: Option<&str>) -> SettingRow {
    let kept = kept.and_then(|value| setting.check(value).ok());
    SettingRow {
        name: setting.name.to_owned(),
        is_default: kept.as_deref().is_none_or(|value| value == setting.default),
        value: kept.unwrap_or_else(|| setting.default.to_owned()),
        expected: setting.expected(),
    }
}

/// The festival's rules of voting.
pub(super) async fn rules(conn: &mut MySqlConnection) -> Result<Rules, StoreError> {
    let kept = store::all(conn).await?;
    Ok(Rules::read(|name| kept.get(name).map(String::as_str)))
}

/// How new passwords are kept on this database.
pub(super) async fn scheme(conn: &mut MySqlConnection) -> Result<Scheme, StoreError> {
    let rows = rows(&mut *conn).await?;
    let chosen = rows.iter().find(|row| row.name == setting::AUTH_SCHEME).map(|row| row.value.as_str());
    Ok(match chosen {
        Some("argon2id") => Scheme::Argon2id,
        Some("bcrypt") => Scheme::Bcrypt,
        _ if meta::origin(conn).await? == meta::Origin::Fresh => Scheme::Argon2id,
        _ => Scheme::Bcrypt,
    })
}

pub(super) async fn settings(ask: &Ask<'_>) -> Result<Answer, Failure> {
    let rows = tx::read(&ask.inner.db, |reader| Box::pin(async move { Ok(rows(&mut reader.conn).await?) }));
    Ok(Reply::Settings(rows.await?).into())
}

pub(super) async fn set(ask: &Ask<'_>, name: &str, value: &str) -> Result<Answer, Failure> {
    let setting = setting::find(name)?;
    let value = &setting.check(value)?;
    ask.inner.baseline().await?;
    let (row, repeated) = tx::write(&ask.inner.db, |tx| {
        Box::pin(async move {
            let before = store::lock(&mut tx.conn, name).await?;
            ask.still_allowed(tx).await?;
            if !ask.done_before(tx).await?.is_empty() {
                return Ok((one(setting, before.as_deref()), true));
            }
            store::set(&mut tx.conn, name, Some(value), ask.user()).await?;
            let mut entry = ask.entry(Topic::Settings, None);
            entry.before = Some(json!({ "name": name, "value": before }));
            entry.after = Some(json!({ "name": name, "value": value }));
            tx.record(entry);
            Ok((one(setting, Some(value)), false))
        })
    })
    .await?;
    ask.published().await;
    Ok(ask.undoable(Reply::Setting(row), repeated))
}
