//! Reading events and reservations.

use super::ask::Ask;
use crate::api::{Answer, Failure, Reply};
use crate::domain::EventId;
use crate::store::{events, tx};

pub(super) async fn events(ask: &Ask<'_>) -> Result<Answer, Failure> {
    let rows = tx::read(&ask.inner.db, |reader| {
        Box::pin(async move { Ok(events::list(&mut reader.conn, &reader.shape).await?) })
    });
    Ok(Reply::Events(rows.await?).into())
}

pub(super) async fn reservations(ask: &Ask<'_>, event: EventId) -> Result<Answer, Failure> {
    let rows = tx::read(&ask.inner.db, |reader| {
        Box::pin(async move {
            if !events::exists(&mut reader.conn, &reader.shape, event).await? {
                return Err(Failure::NotFound { what: "thing-event", id: event.0 });
            }
            Ok(events::reservations(&mut reader.conn, &reader.shape, event).await?)
        })
    });
    Ok(Reply::Reservations(rows.await?).into())
}
