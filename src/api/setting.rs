//! Settings of the festival.

use serde::Serialize;

/// Something that somebody keeps for themselves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PreferenceRow {
    /// Its name (`films.columns`).
    pub name: String,
    /// What is kept; `None`: it was forgotten.
    pub value: Option<String>,
}

/// A setting as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SettingRow {
    /// Its name.
    pub name: String,
    /// What holds.
    pub value: String,
    /// Whether that is the default.
    pub is_default: bool,
    /// What it takes.
    pub expected: String,
}
