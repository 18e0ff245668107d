//! What belongs to whoever is signed in: a film to judge, what they did, their keys.

use chrono::TimeDelta;

use crate::api::account::KeyRow;
use crate::api::juror::{Deed, FilmToJudge, HistoryLine};
use crate::app::harness::noon;
use crate::domain::film::FilmStatus::Assigned;
use crate::domain::vote::Note;
use crate::domain::{FilmId, UserId};

/// An address as long as one may be that fits 80 columns and 24 rows as a code.
pub(super) const LONG: &str =
    "https://media.marsai-festival.example/uploads/2026/films/198-harbour-of-machines/harbour-final.mp4";

/// A film as its juror reads it.
pub(super) fn to_judge(film: FilmId) -> FilmToJudge {
    let texts = [
        ("title", "Harbour of Machines"),
        ("synopsis", "Un port, la nuit. Les grues se souviennent des bateaux qui ne viennent plus.\nUne voix compte."),
        ("synopsis_anglais", "A harbour at night. The cranes remember the ships that come no more.\nA voice counts."),
        ("nationality", "Maroc"),
        ("main_language", "العربية"),
        ("subtitle", "français, English"),
        ("release_year", "2025"),
        ("ai_tool", "Veo 3, Suno"),
        ("production", "Three people, six weeks, one graphics card. Every frame was drawn twice \u{1b}[31m."),
        ("workshop", "No"),
        ("categories", "Documentary, One minute"),
    ];
    let watch = match film.0 {
        199 => Some("https://www.youtube.com/watch?v=dQw4w9WgXcQ"),
        198 => Some(LONG),
        197 => None,
        196 => Some("javascript:alert(\u{1b}]8;;1)"),
        _ => Some("https://ann:secret@films.example/x.mp4"),
    };
    let team = [("Zoé Lambert", "Editing"), ("Dr Ọlá", ""), ("Kim \u{202e}gpj", "Sound")];
    let pair = |(a, b): (&str, &str)| (a.to_owned(), b.to_owned());
    FilmToJudge {
        film,
        status: Assigned,
        texts: texts.map(pair).into(),
        producer: "Tom O’Neill".into(),
        team: team.map(pair).into(),
        duration: Some(63),
        watch: watch.map(str::to_owned),
    }
}

/// What the signed-in juror did, the newest first.
pub(super) fn history() -> Vec<HistoryLine> {
    let line = |days, film, title: &str, deed, note, comments: Option<&str>| HistoryLine {
        at: Some(noon() - TimeDelta::days(days)),
        film: FilmId(film),
        title: title.into(),
        deed,
        note,
        comments: comments.map(str::to_owned),
    };
    let talked = "The others convinced me: what I took for a fault of the sound is the city itself.\nI heard it only the \
                  second time, with headphones, and I would not want to lose it.";
    vec![
        line(1, 195, "Ångström", Deed::Promoted, None, Some("The one that we came back to.")),
        line(2, 195, "Ångström", Deed::Changed, Some(Note::Yes), Some(talked)),
        line(3, 197, "سلام يا قمر", Deed::LetStand, Some(Note::ToDiscuss), None),
        line(5, 190, "", Deed::Recused, None, None),
        line(8, 198, "Harbour of Machines", Deed::Voted, Some(Note::Yes), Some("It knows what it wants.")),
        HistoryLine { at: None, ..line(9, 195, "Ångström", Deed::Voted, Some(Note::No), Some("odd \u{1b}[2J")) },
    ]
}

/// The SSH keys of whoever is signed in.
pub(super) fn keys() -> Vec<KeyRow> {
    let key = |algorithm: &str, comment: &str, fingerprint: &str| KeyRow {
        fingerprint: format!("SHA256:{fingerprint}"),
        user: UserId(2),
        email: "jun@marsai.example".into(),
        algorithm: algorithm.into(),
        comment: comment.into(),
        added: Some(noon() - TimeDelta::days(40)),
    };
    vec![
        key("ssh-ed25519", "jun@laptop", "UCUiLr7Pjs9wFFJMDByLgc3NrtdU344OgUM45wZPcIQ"),
        key("rsa-sha2-512", "", "q1Xv8tS0m3YcJ6mC1l0cQ2nE7uYw5uVb0oT4a9RkP8s"),
    ]
}
