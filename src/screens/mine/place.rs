//! Where a juror is: the film under the cursor, its page, its ballot; and the way back there from wherever they sign in next.

use serde::{Deserialize, Serialize};

use crate::domain::FilmId;
use crate::domain::vote::Note;

use super::desk::Desk;

/// A place, as it is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Place {
    /// The film.
    pub(super) film: i32,
    /// Its page is open.
    #[serde(default, skip_serializing_if = "is_false")]
    pub(super) page: bool,
    /// Its ballot is open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) ballot: Option<OnBallot>,
}

/// Where in a ballot.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct OnBallot {
    /// The note that is chosen, in the platform's words.
    pub(super) note: Option<String>,
    /// Where the cursor stands in the comment, in characters.
    pub(super) caret: usize,
}

#[allow(clippy::trivially_copy_pass_by_ref)] // serde asks for a reference.
fn is_false(is: &bool) -> bool {
    !is
}

/// Which list something was opened from: each tab goes back to its own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Side {
    /// The juror's films.
    #[default]
    Films,
    /// The films in discussion.
    Discussion,
}

/// What is open above the list.
#[derive(Clone, Copy, Debug)]
enum Open {
    Page(FilmId),
    Ballot(FilmId, Option<Note>, usize),
}

/// Everything that is open, the lowest first.
#[derive(Default)]
pub(super) struct Opened {
    open: Vec<(u32, Side, Open)>,
    next: u32,
    /// The drafts have come: a ballot can be opened as it was left.
    pub(super) drafted: bool,
}

impl Opened {
    /// The film whose ballot is open.
    pub(super) fn ballot(&self) -> Option<FilmId> {
        self.open.iter().rev().find_map(|(_, _, open)| match open {
            Open::Ballot(film, ..) => Some(*film),
            Open::Page(_) => None,
        })
    }

    /// The place above one of the lists, if something is open there.
    pub(super) fn place(&self, side: Side) -> Option<Place> {
        let here = || self.open.iter().filter(|(_, other, _)| *other == side).map(|(.., open)| open);
        let film = |open: &Open| match open {
            Open::Page(film) | Open::Ballot(film, ..) => *film,
        };
        let top = here().next_back()?;
        let ballot = match top {
            Open::Ballot(_, note, caret) => {
                Some(OnBallot { note: note.map(|note| note.as_sql().to_owned()), caret: *caret })
            }
            Open::Page(_) => None,
        };
        let page = here().any(|open| matches!(open, Open::Page(page) if *page == film(top)));
        Some(Place { film: film(top).0, page, ballot })
    }
}

/// Held by a screen for as long as it is open.
pub(super) struct Standing {
    desk: Desk,
    id: u32,
}

impl Standing {
    /// A screen that opens now.
    pub(super) fn new(desk: &Desk) -> Self {
        let id = desk.opened(|opened| {
            opened.next += 1;
            opened.next
        });
        Self { desk: desk.clone(), id }
    }

    /// It is the page of this film.
    pub(super) fn on_page(&self, film: FilmId) {
        self.put(Open::Page(film));
    }

    /// It is the ballot of this film.
    pub(super) fn on_ballot(&self, film: FilmId, note: Option<Note>, caret: usize) {
        self.put(Open::Ballot(film, note, caret));
    }

    fn put(&self, open: Open) {
        let id = self.id;
        self.desk.opened(|opened| match opened.open.iter_mut().find(|(other, ..)| *other == id) {
            Some((.., before)) => *before = open,
            None => opened.open.push((id, self.desk.side(), open)),
        });
    }
}

impl Drop for Standing {
    fn drop(&mut self) {
        let id = self.id;
        self.desk.opened(|opened| opened.open.retain(|(other, ..)| *other != id));
    }
}
