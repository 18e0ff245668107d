//! What the list of a juror's films shares with everything above it: the films as they are now, and the drafts.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::api::film::FilmRow;
use crate::api::vote::VoteRow;
use crate::api::{Answer, Failure, Reply, Request, Rows};
use crate::app::cx::Cx;
use crate::app::msg::Ticket;
use crate::domain::FilmId;
use crate::domain::film::FilmStatus;
use crate::domain::round::Rules;

use super::drafts::Drafts;
use super::place::{Opened, Place, Side};
use super::standing::MyFilm;

/// The desk of one juror's session: it outlives every ballot, and the lock.
#[derive(Clone, Default)]
pub(super) struct Desk(Arc<Mutex<Papers>>, Side);

#[derive(Default)]
pub(super) struct Papers {
    /// The films as they came last; `None` before they came.
    films: Option<HashMap<FilmId, MyFilm>>,
    votes: HashMap<FilmId, Arc<VoteRow>>,
    /// Whether the votes have come.
    voted: bool,
    pub(super) drafts: Drafts,
    opened: Opened,
    /// How often the juror changed which film themselves.
    own: HashMap<FilmId, u32>,
}

/// Which of the juror's own changes a list or a page was told of.
#[derive(Default)]
pub(super) struct Told(HashMap<FilmId, u32>);

impl Papers {
    /// The film whose ballot is open.
    pub(super) fn open_ballot(&self) -> Option<FilmId> {
        self.opened.ballot()
    }
}

/// Reading one's films and votes again, because they are not as they were seen.
#[derive(Default)]
pub(super) struct Reread {
    films: Option<Ticket>,
    votes: Option<Ticket>,
}

impl Reread {
    /// Asks for both.
    pub(super) fn ask(&mut self, cx: &mut Cx<'_>) {
        self.votes = Some(cx.call(Request::MyVotes {}));
        self.films = Some(cx.call(Request::MyFilms { fresh: true }));
    }

    /// Whether an answer is still to come.
    pub(super) fn waits(&self) -> bool {
        self.films.is_some() || self.votes.is_some()
    }

    /// Puts an answer on the desk.
    pub(super) fn take(&mut self, ticket: Ticket, result: Result<Answer, Failure>, desk: &Desk, rules: &Rules) {
        let own = |asked: &mut Option<Ticket>| asked.take_if(|asked| *asked == ticket).is_some();
        let (films, votes) = (own(&mut self.films), own(&mut self.votes));
        match result.map(|answer| answer.reply) {
            Ok(Reply::Films(list)) if films => _ = desk.put_films(list.rows.iter().cloned().map(Arc::new), rules),
            Ok(Reply::Votes(rows)) if votes => _ = desk.put_votes(rows, rules),
            _ => {}
        }
    }
}

/// A film as the desk knows it.
pub(super) enum Known {
    /// As it is now.
    Film(Box<MyFilm>),
    /// It is the juror's no more.
    Gone,
    /// No film has come yet.
    Nothing,
}

impl Desk {
    /// The same desk, as it is used from another list.
    pub(super) fn from(&self, side: Side) -> Self {
        Self(Arc::clone(&self.0), side)
    }

    /// From which list it is used.
    pub(super) fn side(&self) -> Side {
        self.1
    }

    pub(super) fn papers(&self) -> MutexGuard<'_, Papers> {
        // Nothing is done under the lock that could panic half way.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// All the juror's films, each with the vote that is known.
    pub(super) fn put_films(&self, films: impl Iterator<Item = Arc<FilmRow>>, rules: &Rules) -> Rows<MyFilm> {
        let mut papers = self.papers();
        let vote = |film: &FilmRow| papers.votes.get(&film.id).cloned();
        let judged = films.map(|film| {
            let vote = vote(&film);
            MyFilm::new(film, vote, rules)
        });
        let rows: Rows<MyFilm> = judged.collect();
        papers.films = Some(rows.iter().map(|row| (row.id(), row.clone())).collect());
        rows
    }

    /// Some of the juror's films as they came now, each with the vote that is known.
    pub(super) fn renew_films(&self, films: impl Iterator<Item = Arc<FilmRow>>, rules: &Rules) -> Rows<MyFilm> {
        let mut papers = self.papers();
        let Papers { films: known, votes, .. } = &mut *papers;
        let judged = films.map(|film| {
            let vote = votes.get(&film.id).cloned();
            MyFilm::new(film, vote, rules)
        });
        let rows: Rows<MyFilm> = judged.collect();
        if let Some(known) = known {
            known.extend(rows.iter().map(|row| (row.id(), row.clone())));
        }
        rows
    }

    /// All the juror's votes: of each film the one that counts, else one that is set aside, which is in the way as well.
    /// Says whether some were known before.
    pub(super) fn put_votes(&self, votes: Vec<VoteRow>, rules: &Rules) -> bool {
        let mut papers = self.papers();
        let known = std::mem::replace(&mut papers.voted, true);
        papers.votes.clear();
        for vote in votes {
            if vote.set_aside.is_none() || !papers.votes.contains_key(&vote.film) {
                papers.votes.insert(vote.film, Arc::new(vote));
            }
        }
        let Papers { films, votes, .. } = &mut *papers;
        for film in films.iter_mut().flat_map(HashMap::values_mut) {
            *film = MyFilm::new(Arc::clone(&film.film), votes.get(&film.id()).cloned(), rules);
        }
        known
    }

    /// What became of one film by one's own doing.
    pub(super) fn put(&self, film: FilmId, status: FilmStatus, vote: Option<VoteRow>, rules: &Rules) {
        let mut papers = self.papers();
        *papers.own.entry(film).or_default() += 1;
        if let Some(vote) = vote {
            papers.votes.insert(film, Arc::new(vote));
        }
        let vote = papers.votes.get(&film).cloned();
        if let Some(known) = papers.films.as_mut().and_then(|films| films.get_mut(&film)) {
            *known = known.with(status, vote, rules);
        }
    }

    /// What whoever begins to listen now is told of already.
    pub(super) fn told(&self) -> Told {
        Told(self.papers().own.clone())
    }

    /// Whether a change of films is the juror's own doing; `acting`: something of theirs is on its way, whose answer may
    /// come after the news of it.
    pub(super) fn is_own(&self, told: &mut Told, films: &[i32], acting: bool) -> bool {
        let papers = self.papers();
        let mut all = !films.is_empty();
        for film in films.iter().copied().map(FilmId) {
            let done = papers.own.get(&film).copied().unwrap_or_default();
            let known = told.0.entry(film).or_default();
            let news = done > *known;
            *known = if news { done } else { *known + u32::from(acting && done == *known) };
            all &= news || acting;
        }
        all
    }

    /// A film as it is now.
    pub(super) fn film(&self, film: FilmId) -> Known {
        match &self.papers().films {
            None => Known::Nothing,
            Some(films) => films.get(&film).map_or(Known::Gone, |film| Known::Film(Box::new(film.clone()))),
        }
    }

    /// A film as it is now, as far as that is known; `seen` as it was.
    pub(super) fn now(&self, seen: &MyFilm) -> MyFilm {
        match self.film(seen.id()) {
            Known::Film(film) => *film,
            Known::Gone | Known::Nothing => seen.clone(),
        }
    }

    /// What is open.
    pub(super) fn opened<T>(&self, work: impl FnOnce(&mut Opened) -> T) -> T {
        work(&mut self.papers().opened)
    }

    /// Where the juror is, if something is open above this list.
    pub(super) fn place(&self) -> Option<Place> {
        self.papers().opened.place(self.1)
    }

    /// Whether the films and the votes have come.
    pub(super) fn known(&self) -> bool {
        let papers = self.papers();
        papers.voted && papers.films.is_some()
    }

    /// Whether another film is left to do.
    pub(super) fn left_besides(&self, film: FilmId) -> bool {
        let papers = self.papers();
        papers.films.iter().flat_map(HashMap::values).any(|other| other.id() != film && other.left())
    }
}
