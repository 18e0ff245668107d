//! What somebody else did to a film or a ballot while staff were deciding about it.

use crate::api::FieldChange;
use crate::app::session::Session;
use crate::domain::film::FilmStatus;
use crate::domain::vote::Note;

use super::words::note;

/// What has changed, in sentences; and that nothing was done.
pub(crate) fn meanwhile(session: &Session, changes: &[FieldChange]) -> String {
    let mut sentences: Vec<String> = changes.iter().filter_map(|change| one(session, change)).collect();
    if sentences.is_empty() {
        return session.tr("advance-conflict-other");
    }
    sentences.push(session.tr("meanwhile-kept"));
    sentences.join(" ")
}

fn one(session: &Session, change: &FieldChange) -> Option<String> {
    let sentence = |id: &str, loaded: &str, now: &str| {
        Some(session.tr_with(id, &[("loaded", loaded.into()), ("now", now.into())]))
    };
    match change.field.as_str() {
        "selection_status" | "status" => {
            let name = |status: &str| session.tr(FilmStatus::from_sql(status).message());
            sentence("meanwhile-status", &name(&change.loaded), &name(&change.now))
        }
        "note" if change.now.is_empty() => Some(session.tr("meanwhile-gone")),
        "note" => {
            let said = |text: &str| note(session, Note::from_sql(text)).1;
            match change.loaded.as_str() {
                "" => sentence("meanwhile-voted", "", &said(&change.now)),
                loaded => sentence("meanwhile-note", &said(loaded), &said(&change.now)),
            }
        }
        // Of a vote that came or went meanwhile the note has told.
        "modification_count" => match change.now.parse::<i32>().ok().zip(change.loaded.parse::<i32>().ok()) {
            Some((now, loaded)) if now > loaded => Some(session.tr("meanwhile-count")),
            Some(_) => Some(session.tr("meanwhile-count-back")),
            None => None,
        },
        _ => None,
    }
}
