//! What the console itself knows of the demo's votes: who let a vote stand, who waits for an answer, which round was closed.

use super::rows::FilmFile;
use crate::domain::film::FilmStatus;
use crate::domain::jury::{Recusal, Why};
use crate::domain::round::Round;
use crate::domain::vote::{Closings, Known, Stand};
use crate::domain::{UserId, VoteId};
use crate::store::seats::Seat;

/// Films of which something is known: enough to see each case, however large the festival.
const FILMS: i32 = 200;

/// What is known of a film's jurors and of its rounds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct OfVotes {
    pub(super) seats: Vec<(UserId, Seat)>,
    pub(super) round: Option<Round>,
}

impl OfVotes {
    /// Made up for a film. `viewer`, who is signed in as juror, finds everything still to be done; who is disabled says nothing.
    pub(super) fn of(file: &FilmFile, viewer: i32, disabled: i32) -> Self {
        let film = &file.film;
        let voted = |juror: &i32| file.votes.iter().any(|vote| vote.juror == *juror);
        let missing = file.panel.iter().copied().find(|juror| ![viewer, disabled].contains(juror) && !voted(juror));
        let mut known = OfVotes::default();
        match film.status {
            _ if film.id > FILMS => {}
            FilmStatus::ToDiscuss if film.id % 2 == 0 => {
                let first = file.votes.iter().find(|vote| vote.modification_count == 0 && vote.juror != viewer);
                known.seats.extend(first.map(|vote| {
                    let stand = Stand { vote: VoteId(vote.id), note: vote.note, modification_count: 0 };
                    (UserId(vote.juror), Seat { stands: Some(stand), ..Seat::default() })
                }));
            }
            FilmStatus::Assigned if film.id % 3 == 0 => {
                let why = if film.id % 2 == 0 { Why::Language } else { Why::CannotWatch };
                let recusal = Some(Recusal { why, waiting: true });
                known.seats.extend(missing.map(|juror| (UserId(juror), Seat { recusal, ..Seat::default() })));
            }
            FilmStatus::Assigned
                if missing.is_some() && 2 * file.votes.len() > file.panel.len() && film.id % 3 == 1 =>
            {
                let known_then = file.votes.iter().map(|vote| Known { vote: VoteId(vote.id), modification_count: 0 });
                let closings = Closings { first: Some(known_then.collect()), ..Closings::default() };
                known.round = Some(Round { closings, ..Round::default() });
            }
            _ => {}
        }
        known
    }
}
