//! What somebody keeps for themselves: saved searches, the columns they want. Not in the ledger: it is nobody else's.

use super::ask::Ask;
use crate::api::setting::PreferenceRow;
use crate::api::{Answer, Failure, Reply};
use crate::domain::rule::{Param, Refusal, Rule};
use crate::store::{preferences as store, tx};

/// The longest name, in characters.
const NAME_MAX: u32 = 120;
/// The longest value, in characters.
const VALUE_MAX: u32 = 4_000;

pub(super) async fn all(ask: &Ask<'_>) -> Result<Answer, Failure> {
    let me = ask.me()?.id;
    let rows = tx::read(&ask.inner.db, |reader| Box::pin(async move { Ok(store::of(&mut reader.conn, me).await?) }));
    Ok(Reply::Preferences(rows.await?).into())
}

/// Keeps a value under a name, or forgets it.
pub(super) async fn set(ask: &Ask<'_>, name: &str, value: Option<&str>) -> Result<Answer, Failure> {
    let me = ask.me()?.id;
    let name = name.trim();
    if name.is_empty() {
        return Err(Refusal::new(Rule::FieldNeeded).with("field", field("name")).into());
    }
    short("name", name, NAME_MAX)?;
    short("value", value.unwrap_or_default(), VALUE_MAX)?;
    tx::write(&ask.inner.db, |tx| {
        Box::pin(async move {
            ask.still_allowed(tx).await?;
            Ok(store::set(&mut tx.conn, me, name, value).await?)
        })
    })
    .await?;
    Ok(Reply::Preference(PreferenceRow { name: name.to_owned(), value: value.map(str::to_owned) }).into())
}

fn field(name: &str) -> Param {
    Param::Message(format!("field-{name}"))
}

fn short(name: &'static str, text: &str, max: u32) -> Result<(), Failure> {
    let length = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
    if length <= max {
        return Ok(());
    }
    let refusal = Refusal::new(Rule::TooLong).with("field", field(name));
    Err(refusal.with("max", max).with("length", length).into())
}
