//! Events and reservations, as far as the platform's tables tell.

use chrono::{DateTime, Utc};
use sqlx::{MySqlConnection, QueryBuilder};

use super::cells::{self, int, text};
use super::{Shape, StoreError, Table};
use crate::api::event::{EventRow, ReservationRow};
use crate::domain::{EventId, ReservationId, event};

/// All events by their start, those without one last.
///
/// # Errors
/// The statement failed.
pub async fn list(conn: &mut MySqlConnection, shape: &Shape) -> Result<Vec<EventRow>, StoreError> {
    if !shape.present(Table::Events) {
        return Ok(Vec::new());
    }
    let start = if shape.events_have_ends() { "start_date" } else { "date" };
    let mut query = QueryBuilder::new(format!(
        "SELECT e.id_event, {}, {}, {}, {}, {} FROM {} e",
        shape.select_list(Table::Events, "e", &["name", "description"]),
        shape.select_moment(Table::Events, "e", start),
        shape.select_moment(Table::Events, "e", "end_date"),
        shape.select(Table::Events, "e", "location"),
        shape.select_text(Table::Events, "e", "event_type"),
        shape.table(Table::Events)
    ));
    let rows = query.build().fetch_all(&mut *conn).await?;
    let booked = booked(conn, shape).await?;
    let mut events = Vec::with_capacity(rows.len());
    for row in &rows {
        let id = int(row, 0)?;
        let (reservations, seats) = booked
            .iter()
            .find(|(event, ..)| *event == id)
            .map_or((0, 0), |(_, reservations, seats)| (*reservations, *seats));
        events.push(EventRow {
            id: EventId(id),
            name: text(row, 1)?.to_owned(),
            description: text(row, 2)?.to_owned(),
            start: cells::moment(row, 3)?,
            end: cells::moment(row, 4)?,
            location: text(row, 5)?.to_owned(),
            event_type: text(row, 6)?.to_owned(),
            reservations,
            seats,
        });
    }
    events.sort_by_key(|event| (event.start.is_none(), event.start, event.id));
    Ok(events)
}

/// Reservations and seats per event.
async fn booked(conn: &mut MySqlConnection, shape: &Shape) -> Result<Vec<(i32, u32, u32)>, StoreError> {
    if !shape.present(Table::Reservations) {
        return Ok(Vec::new());
    }
    let mut query = QueryBuilder::new(format!(
        "SELECT id_event, COUNT(*), CAST(SUM(CASE WHEN number_seats > 1 THEN number_seats ELSE 1 END) AS SIGNED) \
         FROM {} WHERE id_event IS NOT NULL GROUP BY id_event",
        shape.table(Table::Reservations)
    ));
    let rows = query.build().fetch_all(conn).await?;
    rows.iter().map(|row| Ok((int(row, 0)?, cells::count(row, 1)?, cells::count(row, 2)?))).collect()
}

/// Whether there is such an event.
///
/// # Errors
/// The statement failed.
pub async fn exists(conn: &mut MySqlConnection, shape: &Shape, event: EventId) -> Result<bool, StoreError> {
    if !shape.present(Table::Events) {
        return Ok(false);
    }
    let mut query = QueryBuilder::new(format!("SELECT id_event FROM {} WHERE id_event = ", shape.table(Table::Events)));
    query.push_bind(event.0);
    Ok(query.build().fetch_optional(conn).await?.is_some())
}

/// The reservations of an event in the order in which they were made.
///
/// # Errors
/// The statement failed.
pub async fn reservations(
    conn: &mut MySqlConnection,
    shape: &Shape,
    event: EventId,
) -> Result<Vec<ReservationRow>, StoreError> {
    if !shape.present(Table::Reservations) {
        return Ok(Vec::new());
    }
    let mut query = QueryBuilder::new(format!(
        "SELECT r.id_reservation, {}, {}, {} FROM {} r WHERE r.id_event = ",
        shape.select_list(Table::Reservations, "r", &["email", "first_name", "last_name", "number_seats"]),
        shape.select_moment(Table::Reservations, "r", "reservation_date"),
        shape.select_moment(Table::Reservations, "r", "createdAt"),
        shape.table(Table::Reservations)
    ));
    query.push_bind(event.0).push(" ORDER BY r.id_reservation");
    let rows = query.build().fetch_all(conn).await?;
    rows.iter()
        .map(|row| {
            let at: Option<DateTime<Utc>> = cells::moment(row, 5)?;
            Ok(ReservationRow {
                reservation: ReservationId(int(row, 0)?),
                event,
                email: text(row, 1)?.to_owned(),
                first_name: text(row, 2)?.to_owned(),
                last_name: text(row, 3)?.to_owned(),
                seats: event::seats(cells::maybe_int(row, 4)?),
                at: at.or(cells::moment(row, 6)?),
            })
        })
        .collect()
}
