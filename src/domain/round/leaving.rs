//! Jurors who join and leave a film's panel, and what becomes of their votes.

use super::{FilmVoting, Rules};
use crate::domain::film::FilmStatus;
use crate::domain::jury::{Juror, Recusal, Why};
use crate::domain::rule::{Refusal, Rule};
use crate::domain::{UserId, VoteId};

/// What becomes of the votes of a juror who leaves a panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leaving {
    /// There were none.
    Unvoted,
    /// They stay and count.
    Kept,
    /// They are deleted.
    Struck,
}

/// The answer of staff to a juror who cannot judge a film.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answered {
    /// The juror may judge it all the same.
    Stays,
    /// The juror leaves the panel.
    Leaves(Leaving),
}

impl FilmVoting {
    /// All ballots of a juror, counted or not.
    pub fn ballots_of(&self, juror: UserId) -> Vec<VoteId> {
        self.ballots.iter().filter(|ballot| ballot.juror == juror).map(|ballot| ballot.id).collect()
    }

    /// Who sits on the panel, by id.
    pub fn panel(&self) -> Vec<UserId> {
        let mut panel: Vec<UserId> = self.jurors.iter().filter(|juror| juror.on_panel).map(|juror| juror.id).collect();
        panel.sort_unstable();
        panel
    }

    /// How a released juror leaves.
    pub fn release(&self, juror: UserId, kept: bool) -> Leaving {
        match (self.ballots_of(juror).is_empty(), kept) {
            (true, _) => Leaving::Unvoted,
            (false, true) => Leaving::Kept,
            (false, false) => Leaving::Struck,
        }
    }

    /// Judges the answer to a juror who waits for one, or has had one and was mistaken: a conflict is theirs to declare, and
    /// staff take it back only with a reason.
    ///
    /// # Errors
    /// They wait for none, or it was not said what becomes of their vote.
    pub fn settle(&self, juror: UserId, agree: bool, kept: Option<bool>) -> Result<Answered, Refusal> {
        let refusal = |rule, name: &str| Err(Refusal::new(rule).with("name", name));
        let seat = self.juror(juror);
        let name = seat.map_or("", |juror| juror.name.as_str());
        match seat.and_then(|juror| juror.recusal) {
            Some(_) if !agree => return Ok(Answered::Stays),
            Some(recusal) if recusal.waiting => {}
            _ => return refusal(Rule::NothingToSettle, name),
        }
        match (self.ballots_of(juror).is_empty(), kept) {
            (true, _) => Ok(Answered::Leaves(Leaving::Unvoted)),
            (false, Some(true)) => Ok(Answered::Leaves(Leaving::Kept)),
            (false, Some(false)) => Ok(Answered::Leaves(Leaving::Struck)),
            (false, None) => refusal(Rule::VoteUndecided, name),
        }
    }

    /// Whoever of these takes the place of a juror who has not voted, beginning with the one whose turn it is. Nobody once
    /// round 1 is over: they could never vote.
    pub fn replacement(&self, among: &[Juror], turn: usize) -> Option<Juror> {
        if !matches!(self.status, FilmStatus::Submitted | FilmStatus::Assigned) || self.is_closed() {
            return None;
        }
        let order = (0..among.len()).filter_map(|n| among.get((turn + n) % among.len()));
        let known = order.map(|juror| self.juror(juror.id).unwrap_or(juror));
        known.filter(|juror| !juror.on_panel).find(|juror| juror.may_join(self.producer).is_ok()).cloned()
    }

    /// With one more juror on the panel. Staff who put somebody on it again know what they said once; and a film that is back
    /// in round 1 for some waits for the newcomer as well.
    pub fn join(&mut self, juror: &Juror) {
        let recusal = self.juror(juror.id).unwrap_or(juror).recusal.filter(|recusal| recusal.why == Why::Conflict);
        match self.jurors.iter_mut().find(|known| known.id == juror.id) {
            Some(known) => (known.on_panel, known.kept, known.recusal) = (true, false, recusal),
            None => self.jurors.push(Juror { on_panel: true, kept: false, recusal, ..juror.clone() }),
        }
        if self.status == FilmStatus::Assigned && !self.round.reopened.is_empty() {
            self.waits_for(juror.id);
        }
    }

    fn waits_for(&mut self, juror: UserId) {
        if !self.round.reopened.contains(&juror) {
            self.round.reopened.push(juror);
        }
    }

    /// Without a juror with whom staff agreed that they cannot judge the film.
    pub fn agree(&mut self, id: UserId, how: Leaving) {
        if let Some(juror) = self.jurors.iter_mut().find(|juror| juror.id == id) {
            juror.recusal = juror.recusal.map(|recusal| Recusal { waiting: false, ..recusal });
        }
        self.leave(id, how);
    }

    /// Without a juror: a conflict stays declared, any other recusal that waited has nothing to wait for any more.
    pub fn leave(&mut self, id: UserId, how: Leaving) {
        if let Some(juror) = self.jurors.iter_mut().find(|juror| juror.id == id) {
            juror.on_panel = false;
            juror.kept = how == Leaving::Kept;
            let said = juror.recusal.filter(|recusal| recusal.bars());
            juror.recusal = said.map(|recusal| Recusal { waiting: false, ..recusal });
        }
        if how == Leaving::Struck {
            self.strike(&self.ballots_of(id));
        }
    }

    /// With a juror who judges the film all the same: where they have left the panel, they may be put on it again.
    pub fn stay(&mut self, id: UserId) {
        if let Some(juror) = self.jurors.iter_mut().find(|juror| juror.id == id) {
            juror.recusal = None;
        }
    }

    /// Without some ballots.
    pub fn strike(&mut self, votes: &[VoteId]) {
        self.waive_nothing(votes);
        self.ballots.retain(|ballot| !votes.contains(&ballot.id));
    }

    /// With the one change of a ballot given back, spent or waived.
    pub fn give_back(&mut self, vote: VoteId) {
        for ballot in self.ballots.iter_mut().filter(|ballot| ballot.id == vote) {
            ballot.modification_count = 0;
        }
        self.waive_nothing(&[vote]);
    }

    fn waive_nothing(&mut self, votes: &[VoteId]) {
        for juror in &mut self.jurors {
            juror.stands = juror.stands.filter(|stand| !votes.contains(&stand.vote));
        }
    }

    /// Back in round 1 until a juror has voted, who joins the panel if need be.
    pub fn wait_for(&mut self, juror: &Juror) {
        if self.status != FilmStatus::Assigned {
            self.go(FilmStatus::Assigned);
        }
        self.join(juror);
        self.waits_for(juror.id);
    }

    /// Moved to another status.
    pub fn go(&mut self, to: FilmStatus) {
        self.round = self.round_at(to);
        self.status = to;
    }

    /// Moved to where it goes by itself now, as far as that is; where it came to rest, if it moved.
    pub fn go_on(&mut self, rules: &Rules) -> Option<FilmStatus> {
        let mut reached = None;
        // A step leads forward, so this ends.
        while let Some(to) = self.follow(rules) {
            self.go(to);
            reached = Some(to);
        }
        reached
    }
}
