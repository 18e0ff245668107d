//! Undo: the inverse of one's own change, where every row is as that change left it.

use std::collections::{HashMap, HashSet};

use serde_json::{Value, json};

use super::ask::Ask;
use super::batches::BATCH;
use super::outside as settled;
use super::sponsors::differences;
use super::standing::{self, Film, look};
use super::trash::savepoint;
use super::voting::known;
use super::{deadlines, trash, undo_form, undo_voting};
use crate::api::film::Undone;
use crate::api::sponsor::SponsorRow;
use crate::api::{Answer, Failure, Progress, Reply, Request, Topic, Who};
use crate::domain::film::{Ballots, FilmStatus, Step};
use crate::domain::round::Round;
use crate::domain::rule::{Param, Refusal, Rule};
use crate::domain::sponsor::SponsorFields;
use crate::domain::vote::Known;
use crate::domain::{FilmId, SponsorId};
use crate::store::ledger::Line;
use crate::store::votes::Struck;
use crate::store::whole::WholeRow;
use crate::store::{StoreError, Table, Tx, films, ledger, outside, settings, sponsors, tx, votes, whole};

/// What can be taken back here; what was done with panels, rounds, votes and awards is [`undo_voting`]'s.
const ACTIONS: &[&str] = &[
    "set_status",
    "set_statuses",
    "delete_film",
    "delete_films",
    "restore_film",
    "create_film",
    "edit_film",
    "edit_films",
    "set_categories",
    "create_category",
    "add_category",
    "remove_category",
    "add_collaborator",
    "edit_collaborator",
    "remove_collaborator",
    "settle_outside",
    "create_sponsor",
    "edit_sponsor",
    "delete_sponsor",
    "set_setting",
    "extend_deadline",
];

/// Everything that can be taken back.
fn undoable() -> Vec<&'static str> {
    [ACTIONS, &undo_voting::ACTIONS].concat()
}

/// Those of them that bring back or delete whole films.
const TRASH: [&str; 4] = ["delete_film", "delete_films", "restore_film", "create_film"];

pub(super) async fn undo(ask: &Ask<'_>, operation: Option<uuid::Uuid>) -> Result<Answer, Failure> {
    ask.inner.baseline().await?;
    let Some(Found { operation, left: steps, done: done_before }) = find(ask, operation).await? else {
        return Err(Rule::NothingToUndo.into());
    };
    let Some(first) = steps.first().or(done_before.first()) else { return Err(Rule::NothingToUndo.into()) };
    let mut undone = Undone { action: first.action.clone(), setting: None, ids: Vec::new(), left: Vec::new() };
    let alone = steps.len() == 1;
    let total = u32::try_from(steps.len()).unwrap_or(u32::MAX);
    let mut failed = None;
    let mut through = 0;
    // What comes out of the trash or goes there brings all its texts.
    let size = if steps.iter().any(|step| TRASH.contains(&step.action.as_str())) { trash::BATCH } else { BATCH };
    for part in steps.chunks(size) {
        if total as usize > size {
            ask.observer.progress(Progress::Steps { done: through, total });
        }
        if ask.observer.cancelled() {
            undone.left.extend(steps[through as usize..].iter().filter_map(|step| step.subject));
            break;
        }
        match batch(ask, operation, part, alone).await {
            Ok((ids, left, setting)) => {
                undone.setting = undone.setting.or(setting);
                undone.ids.extend(ids);
                undone.left.extend(left);
            }
            Err(failure) => {
                failed = Some(failure);
                break;
            }
        }
        through += u32::try_from(part.len()).unwrap_or(0);
    }
    let wrote = !undone.ids.is_empty() || (alone && failed.is_none());
    if wrote {
        ask.published().await;
    }
    match failed {
        Some(failure) => return Err(failure),
        None if !wrote && done_before.is_empty() => return Err(changed_since("thing-film").into()),
        None => {}
    }
    undone.ids.extend(done_before.iter().filter_map(|step| step.subject));
    Ok(Ask::final_answer(Reply::Undone(undone), steps.is_empty()))
}

pub(super) fn changed_since(what: &str) -> Refusal {
    Refusal::new(Rule::ChangedSince).with("what", Param::Message(what.to_owned()))
}

/// What is to be taken back. What the steps changed is read batch by batch, because it may be much.
struct Found {
    operation: uuid::Uuid,
    /// The steps to take back.
    left: Vec<ledger::Step>,
    /// Those that this very request took back before.
    done: Vec<ledger::Step>,
}

/// All numbers of a request's steps.
const ALL: (i32, i32) = (i32::MIN, i32::MAX);

async fn find(ask: &Ask<'_>, operation: Option<uuid::Uuid>) -> Result<Option<Found>, Failure> {
    tx::read(&ask.inner.db, |reader| {
        Box::pin(async move {
            let conn = &mut *reader.conn;
            let again: HashSet<i32> = ask.steps_before(&mut *conn, ALL.0, ALL.1).await?;
            let own =
                if again.is_empty() { Vec::new() } else { ledger::steps(&mut *conn, ask.id, ALL.0, ALL.1).await? };
            let taken_back: HashSet<i64> = own.iter().filter_map(|step| step.undoes).collect();
            let operation = match (operation, taken_back.iter().next()) {
                (Some(operation), _) => Some(operation),
                // Asked again: the same operation, not the one before it.
                (None, Some(line)) => ledger::request_of(&mut *conn, *line).await?,
                (None, None) => ledger::last_undoable(&mut *conn, ask.user(), &undoable()).await?,
            };
            let Some(operation) = operation else { return Ok(None) };
            let gone = ledger::taken_back(&mut *conn, operation, ALL.0, ALL.1).await?;
            let known = undoable();
            let mine = |step: &ledger::Step| {
                let action = known.contains(&step.action.as_str());
                step.actor == ask.user() && step.undoes.is_none() && action
            };
            let steps = ledger::steps(conn, operation, ALL.0, ALL.1).await?.into_iter().filter(mine);
            let (mut done, left): (Vec<_>, Vec<_>) = steps.partition(|step| gone.contains(&step.id));
            done.retain(|step| taken_back.contains(&step.id));
            Ok(Some(Found { operation, left, done }))
        })
    })
    .await
}

/// Ids that are as before again, ids that were left, and the setting that is as before again.
type Batch = (Vec<i32>, Vec<i32>, Option<String>);

/// Takes back some steps of one operation, in their order. `alone`: what stands in the way of the only one is the answer.
async fn batch(ask: &Ask<'_>, operation: uuid::Uuid, steps: &[ledger::Step], alone: bool) -> Result<Batch, Failure> {
    let (from, to) = (steps.first().map_or(0, |step| step.sequence), steps.last().map_or(0, |step| step.sequence));
    let wanted: HashSet<i64> = steps.iter().map(|step| step.id).collect();
    let wanted = &wanted;
    tx::write(&ask.inner.db, |tx| {
        Box::pin(async move {
            // A row of the ledger never changes.
            let mut lines = ledger::part(&mut tx.conn, operation, from, to).await?;
            lines.retain(|line| wanted.contains(&line.id));
            let films: Vec<i32> = lines
                .iter()
                .filter(|line| line.entry.topic == Topic::Films)
                .filter_map(|line| line.entry.subject)
                .collect();
            let found = if films.is_empty() { Vec::new() } else { look(&mut tx.conn, &tx.shape, &films, true).await? };
            lock_others(tx, &lines).await?;
            // Only now, with everything locked: what this person may do, and what was taken back meanwhile.
            let entry = lines.first().and_then(|line| Request::ENTRIES.iter().find(|e| e.name == line.entry.action));
            ask.still(tx, entry.map_or(Who::Administrator, |entry| entry.who)).await?;
            let gone = ledger::taken_back(&mut tx.conn, operation, from, to).await?;
            let mut found: HashMap<i32, Film> = found.into_iter().map(|film| (film.row.id, film)).collect();
            let (mut ids, mut left, mut setting) = (Vec::new(), Vec::new(), None);
            for line in &lines {
                let subject = line.entry.subject;
                let film = subject.and_then(|id| found.remove(&id));
                let outcome = if gone.contains(&line.id) {
                    Err(Rule::NothingToUndo.into())
                } else {
                    one(tx, ask, line, film).await?
                };
                match outcome {
                    Ok(states) => {
                        if line.entry.topic == Topic::Films {
                            let film = FilmId(subject.unwrap_or_default());
                            outside::reopen(&mut tx.conn, film, line.entry.request_id).await?;
                        }
                        let mut entry = ask.entry(line.entry.topic, subject);
                        entry.sequence = line.entry.sequence;
                        (entry.before, entry.after) = states;
                        entry.undoes = Some(line.id);
                        tx.record(entry);
                        ids.extend(subject);
                        if line.entry.action == "set_setting" {
                            setting = text(line.entry.after.as_ref(), "name").map(str::to_owned);
                        }
                    }
                    Err(refusal) if alone => return Err(refusal.into()),
                    Err(_) => left.extend(subject),
                }
            }
            Ok((ids, left, setting))
        })
    })
    .await
}

/// Locks what is not a film.
async fn lock_others(tx: &mut Tx<'_>, lines: &[Line]) -> Result<(), Failure> {
    for line in lines {
        match line.entry.topic {
            Topic::Sponsors => {
                let id = SponsorId(line.entry.subject.unwrap_or_default());
                sponsors::lock(&mut tx.conn, &tx.shape, id).await?;
            }
            Topic::Settings => {
                let name = text(line.entry.after.as_ref(), "name").unwrap_or_default();
                settings::lock(&mut tx.conn, name).await?;
            }
            _ => {}
        }
    }
    Ok(())
}

/// Takes one row back, or says what stands in the way and has changed nothing.
async fn one(
    tx: &mut Tx<'_>,
    ask: &Ask<'_>,
    line: &Line,
    film: Option<Film>,
) -> Result<Result<States, Refusal>, Failure> {
    match line.entry.action.as_str() {
        "set_status" | "set_statuses" => status(tx, line, film).await,
        "delete_film" | "delete_films" => trash::undo_delete(tx, line).await,
        // What came into being goes into the trash.
        "create_film" | "restore_film" => trash::undo_restore(tx, ask, line, film.is_some()).await,
        "settle_outside" => settled::unsettle(tx, line, film.as_ref()).await,
        "set_setting" => setting(tx, ask, line).await,
        "extend_deadline" => deadlines::take_back(tx, line).await,
        "create_sponsor" | "edit_sponsor" | "delete_sponsor" => sponsor(tx, line).await,
        action if undo_voting::ACTIONS.contains(&action) => undo_voting::take_back(tx, ask, line, film).await,
        _ => undo_form::take_back(tx, line, film.is_some()).await,
    }
}

/// The states before and after an undo.
pub(super) type States = (Option<Value>, Option<Value>);

fn text<'a>(state: Option<&'a Value>, name: &str) -> Option<&'a str> {
    state?.get(name)?.as_str()
}

/// Puts a film back, if it stands as the change left it. What no force can do is not undone either.
async fn status(tx: &mut Tx<'_>, line: &Line, film: Option<Film>) -> Result<Result<States, Refusal>, Failure> {
    let Some(mut film) = film else { return Ok(Err(Rule::FilmGone.into())) };
    let (before, after) = (line.entry.before.as_ref(), line.entry.after.as_ref());
    let from = text(before, "status").map_or(FilmStatus::Unknown, FilmStatus::from_sql);
    if text(after, "status") != Some(film.row.status.as_sql()) {
        return Ok(Err(changed_since("thing-film")));
    }
    // A way back over votes that came since would leave them without the round in which they were cast.
    let left = after.and_then(|after| serde_json::from_value::<Vec<Known>>(after.get("left")?.clone()).ok());
    if left.is_some_and(|left| left != known(&film.voting, |_| true)) {
        return Ok(Err(changed_since("thing-vote")));
    }
    let step = Step { to: from, reason: Some("undo"), force: true, ballots: Some(Ballots::Keep) };
    if let Err(refusal) = film.judge(&step) {
        return Ok(Err(refusal));
    }
    let struck = before.is_some_and(|before| before.get("votes").is_some());
    if struck {
        savepoint(&mut tx.conn, "SAVEPOINT ballots").await?;
    }
    if let Err(refusal) = ballots(tx, before, &film).await? {
        if struck {
            savepoint(&mut tx.conn, "ROLLBACK TO SAVEPOINT ballots").await?;
        }
        return Ok(Err(refusal));
    }
    // The comment goes back only if nobody has written into it since.
    let written = after.and_then(|after| after.get("admin_comment")).and_then(Value::as_str);
    let comment =
        (written.is_some() && written == film.row.admin_comment.as_deref()).then(|| text(before, "admin_comment"));
    films::put_back(&mut tx.conn, &tx.shape, FilmId(film.row.id), from, comment).await?;
    // Its rounds too, unless something else became of them.
    let round = |state: Option<&Value>| serde_json::from_value::<Round>(state?.get("round")?.clone()).ok();
    let back = round(before).filter(|_| round(after).as_ref() == Some(&film.voting.round));
    let back = back.unwrap_or_else(|| film.voting.round.clone());
    let (mut was, mut is) = standing::states(&film, from, &back);
    if let Some(comment) = comment {
        was.insert("admin_comment".to_owned(), json!(film.row.admin_comment));
        is.insert("admin_comment".to_owned(), json!(comment));
    }
    standing::note_round(tx, &mut film, back).await?;
    Ok(Ok((Some(was.into()), Some(is.into()))))
}

/// Puts struck ballots back and spends second votes again. After a refusal some of them may be there: roll back.
async fn ballots(tx: &mut Tx<'_>, before: Option<&Value>, film: &Film) -> Result<Result<(), Refusal>, Failure> {
    let rows = |name: &str| -> Vec<WholeRow> {
        let list = before.and_then(|before| before.get(name)).and_then(Value::as_array);
        list.map(|list| list.iter().filter_map(Value::as_object).cloned().collect()).unwrap_or_default()
    };
    let struck = Struck { votes: rows("votes"), history: rows("history") };
    if !struck.votes.is_empty() {
        let ids: Vec<i32> = struck.votes.iter().filter_map(|row| whole::number(row, "id_vote")).collect();
        if !film.voting.ballots.is_empty() || !votes::changes(&mut tx.conn, &tx.shape, &ids).await?.is_empty() {
            return Ok(Err(changed_since("thing-vote")));
        }
        if let Err(error) = votes::restore(&mut tx.conn, &tx.shape, &struck).await {
            return Ok(Err(does_not_fit(error, Table::Votes.name())?));
        }
    }
    let changes = before.and_then(|before| before.get("changes")).and_then(Value::as_object);
    let Some(changes) = changes else { return Ok(Ok(())) };
    let spent: Vec<(i32, i32)> = changes
        .iter()
        .filter_map(|(vote, count)| Some((vote.parse().ok()?, i32::try_from(count.as_i64()?).ok()?)))
        .collect();
    let ids: Vec<i32> = spent.iter().map(|(vote, _)| *vote).collect();
    let now = votes::changes(&mut tx.conn, &tx.shape, &ids).await?;
    if ids.iter().any(|vote| now.get(vote) != Some(&0)) {
        return Ok(Err(changed_since("thing-vote")));
    }
    for (vote, count) in spent {
        votes::set_changes(&mut tx.conn, &tx.shape, &[vote], count).await?;
    }
    Ok(Ok(()))
}

/// The refusal for rows that their table does not take back; any other error stays one.
pub(super) fn does_not_fit(error: StoreError, table: &str) -> Result<Refusal, StoreError> {
    let place = error.misfit(table).ok_or(error)?;
    Ok(Refusal::new(Rule::DoesNotFit).with("table", place))
}

async fn setting(tx: &mut Tx<'_>, ask: &Ask<'_>, line: &Line) -> Result<Result<States, Refusal>, Failure> {
    let (before, after) = (line.entry.before.as_ref(), line.entry.after.as_ref());
    let name = text(after, "name").unwrap_or_default();
    let now = settings::lock(&mut tx.conn, name).await?;
    if now.as_deref() != text(after, "value") {
        return Ok(Err(changed_since("thing-setting")));
    }
    settings::set(&mut tx.conn, name, text(before, "value"), ask.user()).await?;
    Ok(Ok((after.cloned(), before.cloned())))
}

/// Takes back what was done with a sponsor: deletes a new one, writes back an edited one, restores a deleted one.
async fn sponsor(tx: &mut Tx<'_>, line: &Line) -> Result<Result<States, Refusal>, Failure> {
    let id = SponsorId(line.entry.subject.unwrap_or_default());
    let (before, after) = (line.entry.before.as_ref(), line.entry.after.as_ref());
    let now = sponsors::lock(&mut tx.conn, &tx.shape, id).await?;
    if line.entry.action == "delete_sponsor" {
        let row = before.and_then(|before| before.get("row")).and_then(Value::as_object);
        let (None, Some(row)) = (now, row) else { return Ok(Err(changed_since("thing-sponsor"))) };
        if let Err(error) = whole::restore(&mut tx.conn, &tx.shape, Table::Sponsors, row).await {
            return Ok(Err(does_not_fit(error, Table::Sponsors.name())?));
        }
        return Ok(Ok((None, before.cloned())));
    }
    let left = after.map(fields).unwrap_or_default();
    let Some(now) = now.filter(|now| differences(&left, &now.fields).is_empty()) else {
        return Ok(Err(changed_since("thing-sponsor")));
    };
    if line.entry.action == "create_sponsor" {
        let row = whole::lock(&mut tx.conn, &tx.shape, Table::Sponsors, "id_sponsor", &[id.0]).await?;
        sponsors::delete(&mut tx.conn, &tx.shape, id).await?;
        return Ok(Ok((Some(json!({ "row": row.first() })), None)));
    }
    let row = SponsorRow { id: now.id, fields: before.map(fields).unwrap_or_default() };
    sponsors::update(&mut tx.conn, &tx.shape, &row).await?;
    Ok(Ok((after.cloned(), before.cloned())))
}

fn fields(state: &Value) -> SponsorFields {
    let text = |name: &str| text(Some(state), name).map(str::to_owned);
    SponsorFields {
        name: text("name").unwrap_or_default(),
        logo: text("logo").unwrap_or_default(),
        url: text("url"),
        category: text("category"),
    }
}
