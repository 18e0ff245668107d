//! Where a juror stands with a film. The festival's own rules say it, asked about the juror's vote alone.

use std::cmp::Reverse;
use std::sync::Arc;

use crate::api::film::FilmRow;
use crate::api::vote::VoteRow;
use crate::app::action::Action;
use crate::domain::film::FilmStatus;
use crate::domain::jury::{Juror, Why};
use crate::domain::round::{BallotSeen, Cast, FilmVoting, Recusing, Round, Rules};
use crate::domain::rule::{Refusal, Rule};
use crate::domain::turn::own_place;
use crate::domain::vote::{Ballot, Closings, Known, Stand};
use crate::domain::{FilmId, UserId};

/// The juror, whoever it is: nobody else is known here.
const ME: UserId = UserId(0);

/// A film with one's own vote.
#[derive(Clone, Debug)]
pub(crate) struct MyFilm {
    /// The film, with nothing of what others voted; the list and the desk hold the same one.
    pub(super) film: Arc<FilmRow>,
    /// One's own vote.
    pub(super) vote: Option<Arc<VoteRow>>,
    /// What can be done with it.
    pub(super) standing: Standing,
    /// Whether it can be promoted.
    promotes: bool,
}

/// What a juror can do with their vote on a film, or why nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// The first vote is open.
    ToVote,
    /// In discussion, and the one change is open.
    ToReconsider,
    /// Voted in round 1: the change comes with the discussion.
    Voted,
    /// The one change is spent.
    Changed,
    /// The vote stands.
    Stands,
    /// In discussion without a first vote.
    Missed,
    /// Staff closed the round.
    RoundClosed,
    /// Round 1 has not begun.
    Early,
    /// Nothing is voted on in this status any more.
    Over,
}

/// What is to be done with a film: the choices of the field `todo`, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Todo {
    /// The first vote.
    Vote,
    /// The one change.
    Reconsider,
    /// It is done, or nothing can be done with it any more.
    Done,
    /// Staff have to answer first.
    Waits,
    /// It is not open to votes yet.
    Early,
}

impl Todo {
    /// All of them.
    pub(super) const ALL: [Todo; 5] = [Todo::Vote, Todo::Reconsider, Todo::Done, Todo::Waits, Todo::Early];
}

impl Standing {
    /// Whether a vote can be cast.
    fn is_open(self) -> bool {
        matches!(self, Standing::ToVote | Standing::ToReconsider)
    }

    /// The id of its name.
    pub(super) fn message(self) -> &'static str {
        match self {
            Standing::ToVote => "standing-to-vote",
            Standing::ToReconsider => "standing-to-reconsider",
            Standing::Voted => "standing-voted",
            Standing::Changed => "standing-changed",
            Standing::Stands => "standing-stands",
            Standing::Missed => "standing-missed",
            Standing::RoundClosed => "standing-round-closed",
            Standing::Early => "standing-early",
            Standing::Over => "standing-over",
        }
    }
}

impl MyFilm {
    /// A film with one's own vote on it, judged by these rules.
    pub(super) fn new(film: Arc<FilmRow>, vote: Option<Arc<VoteRow>>, rules: &Rules) -> Self {
        let mut mine = Self { film, vote, standing: Standing::Over, promotes: false };
        mine.standing = mine.judge(rules);
        mine.promotes = mine.promote(rules).is_ok();
        mine
    }

    /// The same in another status and with another vote.
    pub(super) fn with(&self, status: FilmStatus, vote: Option<Arc<VoteRow>>, rules: &Rules) -> Self {
        let closed = self.film.closed && self.film.status == status;
        let film = FilmRow { status, closed, ..FilmRow::clone(&self.film) };
        Self::new(Arc::new(film), vote, rules)
    }

    /// Which film.
    pub(super) fn id(&self) -> FilmId {
        self.film.id
    }

    /// Whether the juror waits for staff to answer that they cannot judge it.
    pub(super) fn waits(&self) -> bool {
        self.film.recusals > 0
    }

    /// What is to be done with it.
    pub(super) fn todo(&self) -> Todo {
        match self.standing {
            _ if self.waits() => Todo::Waits,
            Standing::ToVote => Todo::Vote,
            Standing::ToReconsider => Todo::Reconsider,
            Standing::Early => Todo::Early,
            _ => Todo::Done,
        }
    }

    /// Whether it is left to vote on, and nobody else has to answer something first.
    pub(super) fn left(&self) -> bool {
        self.standing.is_open() && !self.waits()
    }

    /// Where it stands in the order of this juror: what is left to do first, as it comes to them, of the rest the newest;
    /// of two films always the same one comes first.
    pub(super) fn place(&self, juror: UserId) -> (bool, Todo, u64, Reverse<FilmId>) {
        let own = if self.left() { own_place(juror, self.id()) } else { 0 };
        (!self.left(), self.todo(), own, Reverse(self.id()))
    }

    /// Whether an action means nothing for it now.
    pub(super) fn idle(&self, action: Action) -> bool {
        match action {
            Action::VoteYes | Action::VoteNo | Action::VoteDiscuss => !self.standing.is_open(),
            Action::LetStand => self.let_stand().is_err(),
            Action::Promote => !self.promotes,
            _ => false,
        }
    }

    /// What the juror sees, to be handed in with what they do.
    pub(super) fn seen(&self) -> BallotSeen {
        BallotSeen {
            status: self.film.status,
            note: self.vote.as_ref().and_then(|vote| vote.note),
            modification_count: self.vote.as_ref().map(|vote| vote.modification_count),
        }
    }

    /// Whether a vote can be cast, and which.
    ///
    /// # Errors
    /// Why not.
    pub(super) fn cast(&self, rules: &Rules) -> Result<Cast, Refusal> {
        self.voting().cast(ME, rules)
    }

    /// Whether the vote can be let stand.
    ///
    /// # Errors
    /// Why not.
    pub(super) fn let_stand(&self) -> Result<(), Refusal> {
        self.voting().let_stand(ME).map(|_| ())
    }

    /// Whether the film can be promoted.
    ///
    /// # Errors
    /// Why not.
    pub(super) fn promote(&self, rules: &Rules) -> Result<(), Refusal> {
        self.voting().promote(ME, rules)
    }

    /// What saying so would do.
    ///
    /// # Errors
    /// Why it cannot be said.
    pub(super) fn recuse(&self, why: Why) -> Result<Recusing, Refusal> {
        self.voting().recuse(ME, why)
    }

    fn judge(&self, rules: &Rules) -> Standing {
        match self.cast(rules) {
            Ok(Cast::First) => Standing::ToVote,
            Ok(Cast::Second(_)) => Standing::ToReconsider,
            Err(refusal) => match refusal.rule {
                Rule::AlreadyVoted => Standing::Voted,
                Rule::ChangeSpent => Standing::Changed,
                Rule::VoteStands => Standing::Stands,
                Rule::NoFirstVote => Standing::Missed,
                Rule::RoundClosed => Standing::RoundClosed,
                _ if self.film.status == FilmStatus::Submitted => Standing::Early,
                _ => Standing::Over,
            },
        }
    }

    /// The film's voting as far as its juror knows it.
    fn voting(&self) -> FilmVoting {
        let ballot = self.vote.as_ref().map(|vote| Ballot {
            id: vote.vote,
            juror: ME,
            note: vote.note,
            modification_count: vote.modification_count,
        });
        let stands = self.vote.as_ref().filter(|vote| vote.stands).and_then(|vote| {
            let (vote, note, modification_count) = (vote.vote, vote.note?, vote.modification_count);
            Some(Stand { vote, note, modification_count })
        });
        let known = || {
            let known = |ballot: &Ballot| Known { vote: ballot.id, modification_count: ballot.modification_count };
            Some(ballot.iter().map(known).collect())
        };
        let closings = match self.film.status {
            FilmStatus::Assigned if self.film.closed => Closings { first: known(), ..Closings::default() },
            FilmStatus::ToDiscuss => Closings {
                first: if self.film.first_votes_open { None } else { known() },
                second: if self.film.closed { known() } else { None },
                ..Closings::default()
            },
            _ => Closings::default(),
        };
        FilmVoting {
            status: self.film.status,
            producer: self.film.producer,
            jurors: vec![Juror { on_panel: true, stands, ..Juror::newcomer(ME, "", true, true) }],
            ballots: ballot.into_iter().collect(),
            round: Round { closings, ..Round::default() },
            awards: self.film.awards,
        }
    }
}
