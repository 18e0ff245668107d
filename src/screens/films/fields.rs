//! What films can be filtered by.

use crate::api::film::FilmRow;
use crate::domain::film::{FilmStatus, Proposal};
use crate::domain::jury::{PanelFlag, panel_flag};
use crate::domain::query::{FieldSpec, Kind, Name};
use crate::screens::list::{Get, MARKS, flags, number, searched};

use super::cells::not_counted;

/// The place of the field `status` in every list of films.
pub(crate) const STATUS: usize = 0;

const fn name(english: &'static str, french: &'static str, also: &'static [&'static str]) -> Name {
    Name { english, french, also }
}

/// The statuses in the order of [`FilmStatus::ALL`], then whatever else the column holds.
static STATUSES: [Name; FilmStatus::ALL.len() + 1] = [
    name("submitted", "soumis", &[]),
    name("assigned", "1er_tour", &["tour_1", "assigné"]),
    name("to_discuss", "2e_tour", &["tour_2", "à_discuter"]),
    name("selected", "sélectionné", &[]),
    name("finalist", "finaliste", &[]),
    name("candidate", "en_lice", &["candidat"]),
    name("awarded", "primé", &[]),
    name("refused", "non_retenu", &["refusé"]),
    name("unknown", "inconnu", &[]),
];

static FLAGS: [Name; 5] = [
    MARKS[0],
    MARKS[1],
    name("awarded", "primé", &[]),
    name("flagged", "signalé", &[]),
    name("outside", "site", &["web"]),
];

const fn text(english: &'static str, french: &'static str, also: &'static [&'static str]) -> FieldSpec {
    FieldSpec { words: false, ..searched(english, french, also) }
}

const COUNTRY: FieldSpec =
    FieldSpec { kind: Kind::Country, ..searched("country", "pays", &["nationality", "nationalité"]) };
const STATUS_FIELD: FieldSpec =
    FieldSpec { name: name("status", "statut", &[]), kind: Kind::Choice(&STATUSES), words: false };
const TITLE: FieldSpec = searched("title", "titre", &[]);
const LANGUAGE: FieldSpec = text("language", "langue", &[]);
const YEAR: FieldSpec = number("year", "année", &["release_year"]);
const DURATION: FieldSpec = number("duration", "durée", &[]);
const TOOL: FieldSpec = searched("tool", "outil", &["ai", "ia", "ai_tool"]);
const PRODUCER: FieldSpec = searched("producer", "producteur", &["productrice"]);

const ALL: [FieldSpec; 19] = [
    STATUS_FIELD,
    TITLE,
    COUNTRY,
    LANGUAGE,
    YEAR,
    DURATION,
    TOOL,
    PRODUCER,
    number("panel", "jury", &["panel_size"]),
    text("juror", "juré", &["jurée"]),
    number("voted", "votants", &[]),
    number("votes", "votes", &["bulletins"]),
    number("yes", "oui", &[]),
    number("no", "non", &[]),
    number("discuss", "discuter", &["to_discuss", "à_discuter"]),
    number("share", "part", &["consensus"]),
    number("awards", "prix", &[]),
    flags(&FLAGS),
    FieldSpec { name: name("queue", "file", &["ready", "prêt"]), kind: Kind::Choice(&QUEUES), words: false },
];

/// Of the lists of films and votes.
pub(crate) static FILMS: [FieldSpec; ALL.len()] = ALL;

/// The place of the field `queue`.
pub(crate) const QUEUE: usize = 18;

/// What the votes propose, in the order of the names of [`QUEUE`].
pub(crate) const PROPOSALS: [Proposal; 5] =
    [Proposal::Candidate, Proposal::Refused, Proposal::Discussion, Proposal::ChairDecides, Proposal::Waiting];

static QUEUES: [Name; PROPOSALS.len()] = [
    name("candidate", "en_lice", &[]),
    name("refused", "non_retenu", &[]),
    name("discuss", "discuter", &["discussion"]),
    name("chair", "présidence", &[]),
    name("waiting", "attente", &[]),
];

/// The place of the field `juror`.
const JUROR: usize = 9;

/// Of the list of panels: words find jurors too.
pub(crate) static PANELS: [FieldSpec; ALL.len()] = {
    let mut all = ALL;
    all[JUROR].words = true;
    all
};

/// The places of the choices of a juror's own vote beside the notes.
pub(crate) const NO_VOTE: usize = 3;
/// A note that the database does not spell as one.
pub(crate) const UNKNOWN_VOTE: usize = 4;

static NOTES: [Name; 5] = [
    name("yes", "oui", &[]),
    name("no", "non", &[]),
    name("to_discuss", "à_discuter", &[]),
    name("none", "aucun", &[]),
    name("unknown", "inconnu", &[]),
];

/// The place of the field `todo` among a juror's.
pub(crate) const TODO: usize = 9;

/// What is left to do with a film for its juror.
static TODOS: [Name; 5] = [
    name("to_vote", "à_voter", &["vote"]),
    name("to_reconsider", "à_revoir", &["reconsider"]),
    name("done", "fait", &[]),
    name("waiting", "en_attente", &[]),
    name("early", "pas_ouvert", &[]),
];

/// Of a juror's own films: nothing that others voted.
pub(crate) static MINE: [FieldSpec; 11] = [
    STATUS_FIELD,
    TITLE,
    COUNTRY,
    LANGUAGE,
    YEAR,
    DURATION,
    TOOL,
    PRODUCER,
    FieldSpec { name: name("vote", "vote", &[]), kind: Kind::Choice(&NOTES), words: false },
    FieldSpec { name: name("todo", "à_faire", &["left"]), kind: Kind::Choice(&TODOS), words: false },
    flags(&MARKS),
];

/// What a film answers to a field.
pub(crate) fn get(field: &str) -> Get<FilmRow> {
    match field {
        "status" => Get::choice(|row: &FilmRow| place(row.status)),
        "title" => Get::Text(FilmRow::TITLE),
        "country" => Get::Text(FilmRow::COUNTRY),
        "language" => Get::Text(FilmRow::LANGUAGE),
        "tool" => Get::Text(FilmRow::TOOL),
        "producer" => Get::Text(FilmRow::PRODUCER),
        "juror" => Get::people(|row: &FilmRow| &row.panel),
        "year" => Get::number(|row: &FilmRow| row.year),
        "duration" => Get::number(|row: &FilmRow| row.duration),
        "panel" => Get::number(|row: &FilmRow| i64::try_from(row.panel.len()).ok()),
        "voted" => Get::number(|row: &FilmRow| Some(row.voted)),
        "votes" => Get::number(|row: &FilmRow| Some(votes(row))),
        "yes" => Get::number(|row: &FilmRow| seen(row, row.tally.yes)),
        "no" => Get::number(|row: &FilmRow| seen(row, row.tally.no)),
        "discuss" => Get::number(|row: &FilmRow| seen(row, row.tally.to_discuss)),
        // In per cent, as it is shown.
        "share" => Get::number(|row: &FilmRow| row.tally.percent()),
        "awards" => Get::number(|row: &FilmRow| Some(row.awards)),
        // A film that is in no round stands in no queue.
        "queue" => Get::choice(|row: &FilmRow| queue(row).unwrap_or(usize::MAX)),
        "is" => Get::flags(|row: &FilmRow| [row.awards > 0, flagged(row), row.outside]),
        _ => Get::Nothing,
    }
}

/// Counted votes; while the tally is hidden at least those that it takes to complete the round.
fn votes(row: &FilmRow) -> u32 {
    if row.veiled { row.voted.into() } else { row.tally.total() }
}

/// One count of a tally; nothing while it is hidden.
fn seen(row: &FilmRow, count: u16) -> Option<u16> {
    (!row.veiled).then_some(count)
}

/// A status's place among the choices.
pub(crate) fn place(status: FilmStatus) -> usize {
    FilmStatus::ALL.iter().position(|known| *known == status).unwrap_or(FilmStatus::ALL.len())
}

/// A film's place among the queues, if it stands in one.
pub(crate) fn queue(row: &FilmRow) -> Option<usize> {
    let proposal = row.facts().proposal();
    PROPOSALS.iter().position(|known| *known == proposal)
}

/// Whether something is odd about its ballots or its panel, whatever the panel's size should be.
fn flagged(row: &FilmRow) -> bool {
    let panel = panel_flag(&row.facts(), 0);
    not_counted(row) > 0 || row.recusals > 0 || matches!(panel, Some(PanelFlag::Empty | PanelFlag::Inactive))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::query::field;

    #[test]
    fn fields_stand_where_they_are_looked_for() {
        let places = [STATUS, JUROR, QUEUE].map(|at| ALL[at].name.english);
        assert_eq!(places, ["status", "juror", "queue"]);
        assert_eq!(MINE[TODO].name.english, "todo");
        for fields in [&FILMS[..], &MINE] {
            for (at, spec) in fields.iter().enumerate() {
                for name in spec.name.all() {
                    assert_eq!(field(fields, name), Some(at), "{name}");
                }
            }
        }
    }
}
