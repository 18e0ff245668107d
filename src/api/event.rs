//! Events and their reservations.

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::domain::{EventId, ReservationId};

/// An event with what is booked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EventRow {
    /// The event.
    pub id: EventId,
    /// Empty where NULL.
    pub name: String,
    /// Empty where NULL.
    pub description: String,
    /// `start_date`, or `date` on older databases; `None` for NULL and zero dates.
    pub start: Option<DateTime<Utc>>,
    /// `end_date`, if the database has one.
    pub end: Option<DateTime<Utc>>,
    /// Empty where NULL.
    pub location: String,
    /// As the platform spells it (`CONFERENCE`, …); empty where NULL or not there.
    pub event_type: String,
    /// Reservations.
    pub reservations: u32,
    /// Seats booked; a reservation of NULL or less counts as one.
    pub seats: u32,
}

/// One reservation, with the names that scripts rely on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReservationRow {
    /// The reservation.
    pub reservation: ReservationId,
    /// The event.
    pub event: EventId,
    /// Empty where NULL.
    pub email: String,
    /// Empty where NULL.
    pub first_name: String,
    /// Empty where NULL.
    pub last_name: String,
    /// At least one.
    pub seats: u32,
    /// When it was made; `None` for NULL and zero dates.
    pub at: Option<DateTime<Utc>>,
}
