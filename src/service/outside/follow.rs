//! The rules of the rounds, applied as `console` to films of which the web site changed votes, panel or status: a round that
//! it completed moves the film as a vote of ours would have.
//!
//! Only what changed since the last look counts, so that a film which a person moved back on purpose stays where it is.

use std::sync::Arc;

use serde_json::{Map, json};
use sqlx::MySqlConnection;
use uuid::Uuid;

use crate::api::{Failure, Topic};
use crate::domain::film::FilmStatus;
use crate::domain::jury::Juror;
use crate::domain::outside::{Mark, Settled, Step, What};
use crate::domain::round::{Round, Rules};
use crate::domain::{MarkId, UserId};
use crate::service::Origin;
use crate::service::dispatch::Inner;
use crate::service::settings::rules;
use crate::service::standing::{self, Film};
use crate::store::ledger::Deed;
use crate::store::outside::{Live, Seen};
use crate::store::seats::Seat;
use crate::store::{Entry, Shape, StoreError, Tx, tx};

/// Films that are looked at in one transaction.
const BATCH: usize = 200;

/// A film of which the web site changed something that decides its rounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Affected {
    film: i32,
    /// The status that it took from the film and the one that it gave it, where it did.
    moved: Option<(FilmStatus, FilmStatus)>,
    /// Whether the film may move by itself now.
    follows: bool,
}

/// What people do with a film's status: they are not overruled.
const DECISIONS: [&str; 6] = ["set_status", "set_statuses", "reopen_round", "restore_film", "settle_outside", "undo"];

/// What only a film that came back from the trash leaves in the ledger.
const BACK: &str = "digest";

/// What the difference of a film to what was known means for its rounds. `deeds` are ours since then, the oldest first.
pub(super) fn affected(
    film: i32,
    before: Option<&Seen>,
    now: &Live,
    deeds: &[&Deed],
    steps: &[Step],
    marks: &[Mark],
) -> Option<Affected> {
    let was = steps.iter().find_map(|step| status_before(step, marks));
    let is = FilmStatus::from_sql(&now.film.status);
    let sums = before.map(|before| before.sums).unwrap_or_default();
    let ballots = sums.votes != now.sums.votes || sums.panel != now.sums.panel;
    let decided = deeds
        .iter()
        .rev()
        .find(|deed| tells_status(deed))
        .is_some_and(|deed| DECISIONS.contains(&deed.action.as_str()));
    let follows = match was {
        // What people do on the site is not overruled either: back stays back.
        Some(was) => matches!((was, is), (FilmStatus::Submitted, _) | (FilmStatus::Assigned, FilmStatus::ToDiscuss)),
        None => ballots && !decided,
    };
    (was.is_some() || ballots).then_some(Affected { film, moved: was.map(|was| (was, is)), follows })
}

/// Whether a deed says which status the film has: it wrote one, or brought the whole film back.
fn tells_status(deed: &Deed) -> bool {
    let says = |name| deed.after.as_ref().is_some_and(|after| after.get(name).is_some());
    says("status") || says(BACK)
}

/// The status that a film had before the site changed it, if this step says that it did.
fn status_before(step: &Step, marks: &[Mark]) -> Option<FilmStatus> {
    let of_mark = |id: MarkId| {
        let mark = marks.iter().find(|mark| mark.id == id && mark.what == What::Status)?;
        mark.after.as_deref()
    };
    let before = match step {
        Step::Mark { what: What::Status, before, .. } => before.as_deref(),
        Step::Move { mark, .. } | Step::Settle { mark, how: Settled::Reverted } => of_mark(*mark),
        _ => None,
    };
    before.map(FilmStatus::from_sql)
}

/// What the rules make of a film: nothing is to be written where all of it is nothing.
#[derive(Debug, Default)]
struct Due {
    /// The site's status makes other rounds of it.
    round: Option<Round>,
    /// Those whose vote stood and was changed on the site.
    void: Vec<UserId>,
    /// It moves.
    moves: bool,
}

impl Due {
    fn of(film: &Film, affected: Affected, rules: &Rules) -> Self {
        let voting = &film.voting;
        let moved = affected.moved.filter(|(_, is)| *is == voting.status);
        let round = moved.map(|(was, is)| voting.round_moved(was, is)).filter(|round| *round != voting.round);
        let holds = |juror: &Juror| juror.stands.is_none_or(|stand| voting.ballots.iter().any(|b| stand.holds(b)));
        let void = voting.jurors.iter().filter(|juror| !holds(juror)).map(|juror| juror.id).collect();
        let mut then = voting.clone();
        then.round = round.clone().unwrap_or(then.round);
        Self { moves: affected.follows && then.follow(rules).is_some(), round, void }
    }

    fn is_nothing(&self) -> bool {
        self.round.is_none() && self.void.is_empty() && !self.moves
    }
}

impl Inner {
    /// Applies the rules to films of which the site changed something, as `console` and by the one way that a vote of ours
    /// takes: under the films' locks, each with its row in the ledger.
    pub(super) async fn apply_rules(&self, affected: &[Affected], seconds: u64) -> Result<(), Failure> {
        for batch in affected.chunks(BATCH) {
            let due = tx::read(&self.db, |reader| {
                Box::pin(async move { Ok(due(&mut reader.conn, &reader.shape, batch, false).await?) })
            })
            .await?;
            let batch: &Vec<Affected> = &due.into_iter().map(|(_, affected, _)| affected).collect();
            if !batch.is_empty() {
                self.carry_out(batch, Uuid::new_v4(), seconds).await?;
            }
        }
        Ok(())
    }

    async fn carry_out(&self, batch: &[Affected], id: Uuid, seconds: u64) -> Result<(), Failure> {
        let holder = self.db.writer();
        tx::write(&self.db, |tx| {
            Box::pin(async move {
                super::look::renew(tx, holder, seconds).await?;
                let shape = Arc::clone(&tx.shape);
                let rules = rules(&mut tx.conn).await?;
                // Everything is read again after the locks.
                let mut sequence = 0;
                for (mut film, affected, due) in due(&mut tx.conn, &shape, batch, true).await? {
                    let mut entry = entry(id, film.row.id);
                    entry.sequence = sequence;
                    if note(tx, &mut film, due, &mut entry).await? {
                        tx.record(entry.clone());
                        sequence += 1;
                    }
                    if affected.follows {
                        let first = Entry { sequence, before: None, after: None, ..entry };
                        sequence += standing::follow_as(tx, first, &rules, &mut film).await?;
                    }
                }
                Ok(())
            })
        })
        .await
    }
}

/// What is due of films, as they are; with `lock` until the transaction ends. Films of which nothing is due are left out.
async fn due(
    conn: &mut MySqlConnection,
    shape: &Shape,
    batch: &[Affected],
    lock: bool,
) -> Result<Vec<(Film, Affected, Due)>, StoreError> {
    let ids: Vec<i32> = batch.iter().map(|affected| affected.film).collect();
    let films = standing::look(&mut *conn, shape, &ids, lock).await?;
    let rules = rules(conn).await?;
    let due = |film: Film| {
        let affected = *batch.iter().find(|affected| affected.film == film.row.id)?;
        let due = Due::of(&film, affected, &rules);
        (!due.is_nothing()).then_some((film, affected, due))
    };
    Ok(films.into_iter().filter_map(due).collect())
}

/// A row of the ledger that the console writes by itself.
fn entry(id: Uuid, film: i32) -> Entry {
    Entry {
        request_id: id,
        sequence: 0,
        actor: None,
        actor_name: "console".to_owned(),
        origin: Origin::Console.to_string(),
        action: "look_outside".to_owned(),
        topic: Topic::Films,
        subject: Some(film),
        before: None,
        after: None,
        reason: None,
        private: false,
        forced: false,
        undoes: None,
    }
}

/// Notes what the site's changes make of a film's rounds and jurors; whether there was anything.
async fn note(tx: &mut Tx<'_>, film: &mut Film, due: Due, entry: &mut Entry) -> Result<bool, StoreError> {
    let (mut before, mut after) = (Map::new(), Map::new());
    if let Some(round) = due.round {
        before.insert("round".into(), json!(film.voting.round));
        after.insert("round".into(), json!(round));
        standing::note_round(tx, film, round).await?;
    }
    let (mut were, mut are) = (Map::new(), Map::new());
    for juror in due.void {
        let Some(was) = film.voting.juror(juror).map(Seat::of) else { continue };
        let seat = Seat { stands: None, ..was };
        were.insert(juror.to_string(), json!(was));
        are.insert(juror.to_string(), json!(seat));
        standing::note_seat(tx, film, juror, seat).await?;
    }
    if !are.is_empty() {
        before.insert("jurors".into(), were.into());
        after.insert("jurors".into(), are.into());
    }
    if after.is_empty() {
        return Ok(false);
    }
    (entry.before, entry.after) = (Some(before.into()), Some(after.into()));
    Ok(true)
}
