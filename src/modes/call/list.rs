//! `marsai call --list`: every request with its fields, one JSON object a line.

use std::io::{self, Write as _};

use serde_json::{Map, Value, json};

use super::Stop;
use crate::api::request::{Entry, Field};
use crate::api::{Request, Who};

/// Prints them.
pub(in crate::modes) fn list() -> Result<u8, Stop> {
    let mut out = io::stdout().lock();
    for entry in Request::ENTRIES.iter().filter(|entry| entry.scripts) {
        writeln!(out, "{}", line(entry))?;
    }
    Ok(0)
}

fn line(entry: &Entry) -> Value {
    let mut fields: Map<String, Value> =
        entry.fields.iter().map(|field| (field.name.to_owned(), kind(field).into())).collect();
    if entry.writes {
        fields.insert("request_id".to_owned(), "UUID, optional".into());
    }
    json!({
        "request": entry.name,
        "who": who(entry.who),
        "writes": entry.writes,
        "fields": fields,
        "about": entry.about.trim(),
    })
}

fn who(who: Who) -> &'static str {
    match who {
        Who::Anyone => "anyone",
        Who::SignedIn => "administrators and jurors",
        Who::Juror => "jurors",
        Who::Administrator | Who::Operator => "administrators",
    }
}

/// What a field takes, in a script's words.
fn kind(field: &Field) -> String {
    let spelled: String = field.kind.chars().filter(|c| !c.is_whitespace()).collect();
    let (inner, optional) = match spelled.strip_prefix("Option<").and_then(|rest| rest.strip_suffix('>')) {
        Some(inner) => (inner, true),
        None => (spelled.as_str(), spelled == "bool"),
    };
    let (item, many) = match inner.strip_prefix("Vec<").and_then(|rest| rest.strip_suffix('>')) {
        Some(item) => (item, true),
        None => (inner, false),
    };
    let word = match item {
        "bool" => "true or false",
        "String" | "SecretString" => "text",
        "Uuid" => "UUID",
        "FilmStatus" => "film status",
        "VoteRound" => "1 or 2",
        "Role" => "ADMIN, JURY or PRODUCER",
        "Ballots" => "keep, strike or reset",
        "Why" => "conflict, cannot_watch or language",
        "BallotSeen" => "object with status, note and modification_count as they were seen",
        "FilmValues" => "object with columns and their values",
        "ExportFormat" => "csv or json",
        "SponsorFields" => "object with name, logo, and optionally url and category",
        id if id.ends_with("Id") => "number",
        number if number.starts_with(['i', 'u']) => "number",
        other => other,
    };
    let list = if many { "list of " } else { "" };
    format!("{list}{word}{}", if optional { ", optional" } else { "" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_is_said_in_words() {
        for entry in Request::ENTRIES.iter().filter(|entry| entry.scripts) {
            for field in entry.fields {
                let kind = kind(field);
                let spelled: String = field.kind.chars().filter(|c| !c.is_whitespace()).collect();
                assert!(kind != spelled, "{}.{} is {kind}: say in words what it takes", entry.name, field.name);
            }
        }
    }
}
