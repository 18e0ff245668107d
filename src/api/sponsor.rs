//! Sponsors.

use serde::Serialize;

use crate::domain::SponsorId;
use crate::domain::sponsor::SponsorFields;

/// A sponsor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SponsorRow {
    /// The sponsor.
    pub id: SponsorId,
    /// Its fields.
    #[serde(flatten)]
    pub fields: SponsorFields,
}
