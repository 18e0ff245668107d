//! Releasing a juror from their films, and answering those who cannot judge one.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};

use super::ask::Ask;
use super::ballots::unseen_by_staff;
use super::batches::{BATCH, Films, Numbered, Outcome, in_batches, span};
use super::panels::{joining_now, newcomer};
use super::rounds::needed;
use super::sheet::film_votes;
use super::standing::{Film, look};
use super::trash::checked;
use super::{settings, voting};
use crate::api::failure::{Trouble, Unavailable};
use crate::api::vote::{ReleaseStep, Released};
use crate::api::{Answer, Failure, Reply};
use crate::domain::jury::{Juror, Recusal};
use crate::domain::round::{Answered, BallotSeen, FilmVoting, Leaving, Rules};
use crate::domain::rule::{Refusal, Rule};
use crate::domain::user::Role;
use crate::domain::{FilmId, UserId};
use crate::store::people::Account;
use crate::store::{Tx, ledger, panels, people, tx};

/// A release as it is asked for.
#[derive(Clone, Debug)]
pub(super) struct Release {
    pub(super) juror: UserId,
    pub(super) kept: bool,
    pub(super) replacements: Vec<UserId>,
    pub(super) reason: Option<String>,
}

/// Whether a request that is asked again goes on with the films that it found at first, or also takes those that came since.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Which {
    FoundAtFirst,
    Now,
}

/// The answer to a recusal.
#[derive(Clone, Debug)]
pub(super) struct Settlement {
    pub(super) juror: UserId,
    pub(super) agree: bool,
    pub(super) kept: Option<bool>,
    pub(super) reason: Option<String>,
    /// Their ballot as the person saw it.
    pub(super) seen: Option<BallotSeen>,
}

/// A release with the people that it is about.
#[derive(Debug)]
struct People {
    juror: Account,
    replacements: Vec<Juror>,
}

/// What a release makes of a film.
struct Plan {
    now: FilmVoting,
    step: ReleaseStep,
}

/// Judges the release from one film. `turn` says who of the replacements is asked first.
fn plan(film: &Film, release: &Release, people: &People, turn: usize, rules: &Rules) -> Result<Plan, Refusal> {
    let was = &film.voting;
    if !was.juror(release.juror).is_some_and(|juror| juror.on_panel) {
        return Err(Refusal::new(Rule::NoSeats).with("name", people.juror.name()));
    }
    let mut now = was.clone();
    let how = was.release(release.juror, release.kept);
    let replacement = match how {
        Leaving::Unvoted => was.replacement(&people.replacements, turn),
        Leaving::Kept | Leaving::Struck => None,
    };
    now.leave(release.juror, how);
    if let Some(juror) = &replacement {
        now.join(juror);
    }
    let moves_to = now.go_on(rules);
    let step = ReleaseStep {
        film: film.id(),
        title: film.title.clone(),
        status: was.status,
        voted: how != Leaving::Unvoted,
        kept: how == Leaving::Kept,
        replacement: replacement.map(|juror| juror.id),
        moves_to,
    };
    Ok(Plan { now, step })
}

/// A release looked at as a whole.
struct Survey {
    people: People,
    films: Films,
    able: Vec<Numbered>,
    /// Whose turn it is, by film.
    turns: HashMap<i32, usize>,
    steps: Vec<ReleaseStep>,
    refused: Vec<(FilmId, Refusal)>,
}

/// Looks at all films of a juror before the first one is locked.
async fn survey(ask: &Ask<'_>, release: &Release, which: Which) -> Result<Survey, Failure> {
    let begun = begun(ask).await?;
    let begun = begun.as_deref();
    let (people, found) = &tx::read(&ask.inner.db, |reader| {
        Box::pin(async move {
            let (conn, shape) = (&mut *reader.conn, &*reader.shape);
            let gone = |id: UserId| Failure::NotFound { what: "thing-user", id: id.0 };
            let juror = people::find(&mut *conn, shape, release.juror).await?;
            let mut replacements = Vec::new();
            for id in &release.replacements {
                let account = people::find(&mut *conn, shape, *id).await?.ok_or_else(|| gone(*id))?;
                if *id == release.juror {
                    return Err(Refusal::new(Rule::OwnReplacement).with("name", account.name()).into());
                }
                let juror = newcomer(&account);
                // Whose film it is does not matter yet. What was begun goes on with those who still may.
                match juror.may_join(UserId(0)) {
                    Err(refusal) if begun.is_none() => return Err(refusal.into()),
                    _ => replacements.push(juror),
                }
            }
            let people = People { juror: juror.ok_or_else(|| gone(release.juror))?, replacements };
            let found = match begun.filter(|_| which == Which::FoundAtFirst) {
                Some(found) => found.to_vec(),
                None => panels::judged_by(conn, shape, release.juror).await?,
            };
            Ok((people, found))
        })
    })
    .await?;
    let films = Films::found(ask, found).await?;
    if films.is_empty() {
        return Err(Refusal::new(Rule::NoSeats).with("name", people.juror.name()).into());
    }
    let people = People { juror: people.juror.clone(), replacements: people.replacements.clone() };
    let mut survey =
        Survey { able: Vec::new(), turns: HashMap::new(), steps: Vec::new(), refused: Vec::new(), people, films };
    let mut turn = survey.films.done();
    for part in survey.films.left().chunks(BATCH) {
        let ids: &Vec<i32> = &part.iter().map(|(_, id)| *id).collect();
        let (found, rules) = tx::read(&ask.inner.db, |reader| {
            Box::pin(async move {
                let found = look(&mut reader.conn, &reader.shape, ids, false).await?;
                Ok((found, settings::rules(&mut reader.conn).await?))
            })
        })
        .await?;
        for film in found {
            let id = film.id();
            match plan(&film, release, &survey.people, turn, &rules) {
                Ok(plan) => {
                    survey.turns.insert(id.0, turn);
                    turn += usize::from(plan.step.replacement.is_some());
                    survey.steps.push(plan.step);
                    survey.able.push((id.0, id.0));
                }
                Err(refusal) => survey.refused.push((id, refusal)),
            }
        }
    }
    Ok(survey)
}

/// What a release would do, without doing it.
pub(super) async fn preview(ask: &Ask<'_>, release: &Release) -> Result<Answer, Failure> {
    Ok(Reply::ReleasePlan(survey(ask, release, Which::Now).await?.steps).into())
}

/// Takes a juror off the panels of all films that are still judged.
pub(super) async fn release(ask: &Ask<'_>, release: &Release) -> Result<Answer, Failure> {
    carry_out(ask, release, Which::FoundAtFirst).await
}

async fn carry_out(ask: &Ask<'_>, release: &Release, which: Which) -> Result<Answer, Failure> {
    let reason = checked(release.reason.as_deref())?;
    let Survey { people, films, able, turns, steps, refused } = survey(ask, release, which).await?;
    if steps.iter().any(|step| step.voted && !step.kept) {
        needed(reason.unwrap_or_default())?;
    }
    let outcome = Outcome { refused, ..Outcome::default() };
    let reply = |outcome: Outcome| {
        let Outcome { refused, cancelled, .. } = outcome;
        Reply::Released(Released { juror: release.juror, done: Vec::new(), refused, cancelled })
    };
    let told = AtomicBool::new(films.done() > 0);
    let work = Work { release, people: &people, turns: &turns, reason, able: &able, told: &told };
    let work = &work;
    let mut answer =
        in_batches(ask, &films, (&able, BATCH), outcome, reply, |part| Box::pin(batch(ask, part, work))).await?;
    if let Reply::Released(released) = &mut answer.reply {
        released.done = done(ask).await?;
    }
    Ok(answer)
}

/// What the ledger says that this request did, film by film.
async fn done(ask: &Ask<'_>) -> Result<Vec<ReleaseStep>, Failure> {
    let id = ask.id;
    let lines =
        tx::read(&ask.inner.db, |reader| Box::pin(async move { Ok(ledger::operation(&mut reader.conn, id).await?) }))
            .await?;
    let step = |line: &ledger::Line| serde_json::from_value(line.entry.after.as_ref()?.get("released")?.clone()).ok();
    Ok(lines.iter().filter_map(step).collect())
}

/// The films that this very request found when it was first asked; `None` if it has done nothing yet.
async fn begun(ask: &Ask<'_>) -> Result<Option<Vec<i32>>, Failure> {
    let id = ask.id;
    let lines =
        tx::read(&ask.inner.db, |reader| Box::pin(async move { Ok(ledger::operation(&mut reader.conn, id).await?) }))
            .await?;
    let films = |line: &ledger::Line| serde_json::from_value(line.entry.after.as_ref()?.get("films")?.clone()).ok();
    Ok(lines.iter().find_map(films))
}

/// What the batches of a release share.
struct Work<'a> {
    release: &'a Release,
    people: &'a People,
    turns: &'a HashMap<i32, usize>,
    reason: Option<&'a str>,
    able: &'a [Numbered],
    /// The ledger holds which films were found.
    told: &'a AtomicBool,
}

async fn batch(ask: &Ask<'_>, films: &[Numbered], work: &Work<'_>) -> Result<Outcome, Failure> {
    let outcome = written(ask, films, work).await?;
    work.told.fetch_or(!outcome.done.is_empty(), Ordering::Relaxed);
    Ok(outcome)
}

/// The replacements who may still judge films, until the transaction ends.
async fn people_now(tx: &mut Tx<'_>, people: &People) -> Result<People, Failure> {
    let ids: Vec<UserId> = people.replacements.iter().map(|juror| juror.id).collect();
    let accounts = joining_now(tx, &ids).await?;
    let may = |juror: &&Juror| accounts.iter().any(|account| account.id == juror.id && is_juror(account));
    let replacements = people.replacements.iter().filter(may).cloned().collect();
    Ok(People { juror: people.juror.clone(), replacements })
}

async fn written(ask: &Ask<'_>, films: &[Numbered], work: &Work<'_>) -> Result<Outcome, Failure> {
    tx::write(&ask.inner.db, |tx| {
        Box::pin(async move {
            let ids: Vec<i32> = films.iter().map(|(_, id)| *id).collect();
            let found = look(&mut tx.conn, &tx.shape, &ids, true).await?;
            ask.still_allowed(tx).await?;
            let (first, last) = span(films);
            let before = ask.steps_before(&mut tx.conn, first, last).await?;
            let rules = settings::rules(&mut tx.conn).await?;
            let people = people_now(tx, work.people).await?;
            let mut told = work.told.load(Ordering::Relaxed);
            let mut found: HashMap<i32, Film> = found.into_iter().map(|film| (film.row.id, film)).collect();
            let mut outcome = Outcome::default();
            for (sequence, id) in films.iter().copied() {
                if before.contains(&sequence) {
                    outcome.done.push(FilmId(id));
                    continue;
                }
                let turn = work.turns.get(&id).copied().unwrap_or(0);
                let film = found.remove(&id).ok_or_else(|| Refusal::new(Rule::FilmGone));
                let planned = film.and_then(|film| Ok((plan(&film, work.release, &people, turn, &rules)?, film)));
                match planned {
                    Ok((Plan { step, .. }, _)) if step.voted && !step.kept && work.reason.is_none() => {
                        // They voted after everything was looked at.
                        let refusal = Refusal::new(Rule::VoteUndecided).with("name", work.people.juror.name());
                        outcome.refused.push((FilmId(id), refusal));
                    }
                    Ok((Plan { now, step }, film)) => {
                        let mut pieces = voting::write(tx, ask, &film, &now).await?;
                        pieces.after.insert("released".to_owned(), serde_json::json!(step));
                        if !std::mem::replace(&mut told, true) {
                            let all: Vec<i32> = work.able.iter().map(|(_, id)| *id).collect();
                            pieces.after.insert("films".to_owned(), serde_json::json!(all));
                        }
                        pieces.record(tx, ask, film.id(), sequence, work.reason);
                        outcome.done.push(FilmId(id));
                    }
                    Err(refusal) => outcome.refused.push((FilmId(id), refusal)),
                }
            }
            Ok(outcome)
        })
    })
    .await
}

/// Releases a juror whose account is disabled or gets another role, if they judge any film. `kept`: what becomes of their
/// votes. Whether any film was left.
///
/// # Errors
/// [`Rule::JurorOnPanels`] if they judge films and nobody said; then nothing was written.
pub(super) async fn leave_all(
    ask: &Ask<'_>,
    juror: UserId,
    kept: Option<bool>,
    reason: Option<String>,
) -> Result<bool, Failure> {
    let (account, films) = tx::read(&ask.inner.db, |reader| {
        Box::pin(async move {
            let account = people::find(&mut reader.conn, &reader.shape, juror).await?;
            Ok((account, panels::judged_by(&mut reader.conn, &reader.shape, juror).await?))
        })
    })
    .await?;
    let Some(account) = account.filter(is_juror) else { return Ok(false) };
    if films.is_empty() {
        return Ok(false);
    }
    let Some(kept) = kept else { return Err(on_panels(&account, films.len()).into()) };
    let release = Release { juror, kept, replacements: Vec::new(), reason };
    let reply = match carry_out(ask, &release, Which::Now).await {
        // Others took the juror off meanwhile.
        Err(Failure::Rule(refusal)) if refusal.rule == Rule::NoSeats => return Ok(false),
        other => other?.reply,
    };
    match reply {
        Reply::Released(Released { refused, cancelled: false, .. }) if refused.is_empty() => Ok(true),
        // Some was written, which a refusal would deny. Asked again it goes on.
        _ => {
            let detail = "not every film could be left".to_owned();
            Err(Failure::Unavailable(Unavailable { why: Trouble::Busy, detail }))
        }
    }
}

/// Whether somebody may judge films as things are.
pub(super) fn is_juror(account: &Account) -> bool {
    account.role == Role::Jury && account.enabled
}

/// The refusal for somebody who judges films.
pub(super) fn on_panels(account: &Account, films: usize) -> Refusal {
    let films = i64::try_from(films).unwrap_or(i64::MAX);
    Refusal::new(Rule::JurorOnPanels).with("name", account.name()).with("films", films)
}

/// Answers a juror who cannot judge a film.
pub(super) async fn settle(ask: &Ask<'_>, film: FilmId, answer: &Settlement) -> Result<Answer, Failure> {
    let reason = checked(answer.reason.as_deref())?;
    ask.inner.baseline().await?;
    let (votes, again) = tx::write(&ask.inner.db, |tx| {
        Box::pin(async move {
            let found = look(&mut tx.conn, &tx.shape, &[film.0], true).await?.pop();
            ask.still_allowed(tx).await?;
            let found = found.ok_or(Rule::FilmGone)?;
            let again = !ask.done_before(tx).await?.is_empty();
            let mut moved = false;
            if !again {
                let rules = settings::rules(&mut tx.conn).await?;
                unseen_by_staff(&found, found.voting.own(answer.juror), answer.seen, &rules)?;
                let mut now = found.voting.clone();
                match now.settle(answer.juror, answer.agree, answer.kept)? {
                    Answered::Stays => {
                        let said = now.juror(answer.juror).and_then(|juror| juror.recusal);
                        if said.is_some_and(Recusal::bars) {
                            needed(reason.unwrap_or_default())?;
                        }
                        now.stay(answer.juror);
                    }
                    Answered::Leaves(how) => {
                        if how == Leaving::Struck {
                            needed(reason.unwrap_or_default())?;
                        }
                        now.agree(answer.juror, how);
                    }
                }
                now.go_on(&rules);
                moved = now.status != found.voting.status;
                voting::write(tx, ask, &found, &now).await?.record(tx, ask, film, 0, reason);
            }
            Ok((film_votes(&mut tx.conn, &tx.shape, film, moved).await?, again))
        })
    })
    .await?;
    ask.published().await;
    Ok(ask.undoable(Reply::Voting(Box::new(votes)), again))
}
