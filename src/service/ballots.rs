//! What jurors do with their films: vote, let a vote stand, promote, recuse themselves.
//!
//! Each is judged by the pure rules of [`FilmVoting`](crate::domain::round::FilmVoting) on what was read after the locks. Where several rules refuse, the first of
//! this order is named: note, comment, film gone, account, assignment, status or round, count. A vote takes at most ten
//! statements, whatever follows from it.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

use super::ask::{Ask, Heard};
use super::drafts;
use super::standing::{self, Film};
use super::undo::does_not_fit;
use super::votes::own_row;
use crate::api::failure::{FieldChange, Trouble, Unavailable};
use crate::api::vote::{Cast, Promoted, Recused};
use crate::api::{Answer, Failure, Reply, Topic};
use crate::domain::film::FilmStatus;
use crate::domain::film_field::{COMMENTS, FieldLimit, FilmField, JURY_COMMENT, fits};
use crate::domain::jury::{Recusal, Why};
use crate::domain::round::{self, BallotSeen, Paper, Recusing, Rules};
use crate::domain::rule::{Refusal, Rule};
use crate::domain::vote::{Ballot, Note};
use crate::domain::{FilmId, UserId, VoteId, sight};
use crate::store::film_form::{limit_of, unknown_needed};
use crate::store::seats::Seat;
use crate::store::votes::{Earlier, NewVote, Written};
use crate::store::{Shape, StoreError, Table, Tx, panels, tx, votes};

/// What a juror hands in.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub(super) note: String,
    pub(super) comments: Option<String>,
    /// The draft that it is; `None`: the one that says the same, if there is one.
    pub(super) revision: Option<i64>,
}

/// A juror's request about one film, with everything that decides it.
struct Bench {
    me: UserId,
    name: String,
    heard: Heard,
    repeated: bool,
    found: Option<(Film, HashMap<VoteId, Written>)>,
}

impl Bench {
    async fn open(tx: &mut Tx<'_>, ask: &Ask<'_>, film: FilmId) -> Result<Self, Failure> {
        let me = ask.me()?;
        let found = standing::look_as(&mut tx.conn, &tx.shape, film, me.id, true).await?;
        let heard = ask.hear(tx).await?;
        let repeated = ask.is_repeated(&heard, film.0)?;
        if repeated {
            ask.allows(&heard)?;
        }
        Ok(Self { me: me.id, name: me.name, heard, repeated, found })
    }

    /// The film, for somebody who may still ask.
    fn film(&mut self, ask: &Ask<'_>) -> Result<(Film, HashMap<VoteId, Written>), Failure> {
        let found = self.found.take().ok_or(Rule::FilmGone)?;
        ask.allows(&self.heard)?;
        Ok(found)
    }

    /// The answer to a request that was done before: everything as it now is.
    fn again(&mut self) -> Result<Cast, Failure> {
        let (film, written) = self.found.take().ok_or(Rule::FilmGone)?;
        self.answer(&film, written, false)
    }

    fn answer(&self, film: &Film, mut written: HashMap<VoteId, Written>, moved: bool) -> Result<Cast, Failure> {
        let own = film.voting.own(self.me).ok_or(Rule::VoteGone)?;
        let vote = own_row(film, own, &self.name, written.remove(&own.id).unwrap_or_default());
        Ok(Cast { vote, status: film.row.status, moved })
    }
}

/// What a juror saw and what stands now: the rows that differ.
fn unseen(film: &Film, me: UserId, seen: Option<BallotSeen>) -> Result<(), Failure> {
    unseen_of(film, film.voting.own(me), seen)
}

/// The same for some ballot of the film, or none.
fn unseen_of(film: &Film, own: Option<&Ballot>, seen: Option<BallotSeen>) -> Result<(), Failure> {
    let Some(seen) = seen else { return Ok(()) };
    let (note, count) = (own.and_then(|own| own.note), own.map(|own| own.modification_count));
    let mut changes = Vec::new();
    let mut differs = |field: &str, loaded: String, now: String| {
        if loaded != now {
            changes.push(FieldChange { field: field.to_owned(), loaded, now });
        }
    };
    let word = |note: Option<Note>| note.map_or("", Note::as_sql).to_owned();
    differs("selection_status", seen.status.to_string(), film.row.status.to_string());
    differs("note", word(seen.note), word(note));
    // Whoever names only the note has seen nothing else.
    if seen.modification_count.is_some() || seen.note.is_none() {
        let number = |count: Option<i32>| count.map_or_else(String::new, |count| count.to_string());
        differs("modification_count", number(seen.modification_count), number(count));
    }
    if changes.is_empty() { Ok(()) } else { Err(Failure::Conflict(changes)) }
}

/// The same for staff. Where the festival hides votes from them, a guess at a note is not answered.
pub(super) fn unseen_by_staff(
    film: &Film,
    ballot: Option<&Ballot>,
    seen: Option<BallotSeen>,
    rules: &Rules,
) -> Result<(), Failure> {
    let note = ballot.and_then(|ballot| ballot.note);
    let hidden = !sight::of_staff(&film.voting, rules);
    unseen_of(film, ballot, seen.map(|seen| if hidden { BallotSeen { note, ..seen } } else { seen }))
}

/// What this database takes of a text that jurors write.
fn limit(shape: &Shape, table: Table, field: &FilmField) -> Result<FieldLimit, Refusal> {
    limit_of(shape, table, field).ok_or_else(|| missing(format!("{}.{}", table.name(), field.column)))
}

fn missing(what: impl Into<String>) -> Refusal {
    Refusal::new(Rule::NotHere).with("what", what.into())
}

fn characters(limit: &FieldLimit) -> Option<usize> {
    limit.max_chars.and_then(|max| usize::try_from(max).ok())
}

impl Draft {
    fn read(&self, shape: &Shape, heard: &Heard) -> Result<Paper, Refusal> {
        let limit = limit(shape, Table::Votes, &COMMENTS)?;
        let paper = Paper::read(&self.note, self.comments.as_deref(), &heard.rules, characters(&limit))?;
        paper.comments.as_deref().map_or(Ok(()), |comments| fits(&limit, comments))?;
        Ok(paper)
    }
}

/// Casts a juror's vote: the first one, or the one change of it.
pub(super) async fn cast(
    ask: &Ask<'_>,
    id: FilmId,
    draft: &Draft,
    seen: Option<BallotSeen>,
) -> Result<Answer, Failure> {
    ask.inner.baseline().await?;
    let (cast, repeated) = tx::write(&ask.inner.db, |tx| {
        Box::pin(async move {
            let mut bench = Bench::open(tx, ask, id).await?;
            if bench.repeated {
                return Ok((bench.again()?, true));
            }
            let paper = draft.read(&tx.shape, &bench.heard)?;
            let (mut film, mut written) = bench.film(ask)?;
            let judged = film.voting.cast(bench.me, &bench.heard.rules)?;
            unseen(&film, bench.me, seen)?;
            let vote = NewVote {
                film: id,
                juror: bench.me,
                note: paper.note,
                comments: paper.comments.as_deref(),
                now: bench.heard.now,
            };
            let (mut before, mut after) = (Map::new(), Map::new());
            let ballot = match judged {
                round::Cast::First => first(tx, vote, &mut written).await?,
                round::Cast::Second(was) => {
                    let comments = written.get(&was.id).and_then(|written| written.comments.clone());
                    before.insert("vote".into(), state(id, &was, comments.as_deref()));
                    second(tx, &was, vote, &mut written).await?
                }
            };
            after.insert("vote".into(), state(id, &ballot, vote.comments));
            film.voting.ballots.retain(|other| other.id != ballot.id);
            film.voting.ballots.push(ballot);
            withdraw(tx, &mut film, bench.me, (&mut before, &mut after)).await?;
            record(tx, ask, id, (before, after));
            let moved = standing::follow(tx, ask, &bench.heard.rules, &mut film, 1).await?;
            Ok((bench.answer(&film, written, moved)?, false))
        })
    })
    .await?;
    if !repeated {
        drafts::handed_in(ask, id, draft.revision, &cast.vote).await;
    }
    ask.published().await;
    Ok(Ask::final_answer(Reply::Cast(Box::new(cast)), repeated))
}

/// A vote as the ledger keeps it: all of it, so that what the history should say can be proved.
fn state(film: FilmId, ballot: &Ballot, comments: Option<&str>) -> Value {
    json!({
        "id_vote": ballot.id,
        "id_user": ballot.juror,
        "id_movie": film,
        "note": ballot.note,
        "comments": comments,
        "modification_count": ballot.modification_count,
    })
}

fn record(tx: &mut Tx<'_>, ask: &Ask<'_>, film: FilmId, (before, after): standing::Change) {
    let mut entry = ask.entry(Topic::Films, Some(film.0));
    entry.before = (!before.is_empty()).then(|| before.into());
    entry.after = Some(after.into());
    tx.record(entry);
}

/// What others did at the same moment is looked at again.
fn again(detail: &str) -> Failure {
    Failure::Unavailable(Unavailable { why: Trouble::Busy, detail: detail.to_owned() })
}

/// A row that its table does not take is a refusal, any other error stays one.
fn refused(error: StoreError, table: Table) -> Failure {
    does_not_fit(error, table.name()).map_or_else(Failure::from, Failure::from)
}

async fn first(tx: &mut Tx<'_>, vote: NewVote<'_>, written: &mut HashMap<VoteId, Written>) -> Result<Ballot, Failure> {
    if let Some(column) = unknown_needed(&tx.shape, Table::Votes, &votes::COLUMNS) {
        return Err(Refusal::new(Rule::ColumnNeeded).with("name", format!("votes.{column}")).into());
    }
    let id = votes::insert(&mut tx.conn, &tx.shape, vote).await.map_err(|error| match error.is_duplicate() {
        true => again("a vote of this juror came at the same moment"),
        false => refused(error, Table::Votes),
    })?;
    let now = Some(vote.now);
    let comments = vote.comments.map(str::to_owned);
    written.insert(id, Written { comments, created: now, updated: now, history: Vec::new() });
    Ok(Ballot { id, juror: vote.juror, note: Some(vote.note), modification_count: 0 })
}

/// Changes a ballot; what it said goes to the history, or nothing is changed.
async fn second(
    tx: &mut Tx<'_>,
    was: &Ballot,
    vote: NewVote<'_>,
    written: &mut HashMap<VoteId, Written>,
) -> Result<Ballot, Failure> {
    if tx.shape.history_note().is_none() {
        return Err(missing(Table::VoteHistory.name()).into());
    }
    if !tx.shape.has(Table::Votes, "modification_count") {
        return Err(missing("votes.modification_count").into());
    }
    let changed = votes::change(&mut tx.conn, &tx.shape, was, vote).await;
    if !changed.map_err(|error| refused(error, Table::Votes))? {
        return Err(again("the web site changed this vote at the same moment"));
    }
    let text = written.entry(was.id).or_default();
    let kept = votes::keep(&mut tx.conn, &tx.shape, was, text.comments.as_deref(), vote).await;
    kept.map_err(|error| refused(error, Table::VoteHistory))?;
    let comments = std::mem::replace(&mut text.comments, vote.comments.map(str::to_owned));
    text.history.push(Earlier { note: was.note, comments, at: Some(vote.now) });
    text.updated = Some(vote.now);
    Ok(Ballot { note: Some(vote.note), modification_count: was.modification_count.max(0) + 1, ..*was })
}

/// Whoever votes has found that they can: what they said of not judging the film is taken back.
async fn withdraw(
    tx: &mut Tx<'_>,
    film: &mut Film,
    me: UserId,
    (before, after): (&mut Map<String, Value>, &mut Map<String, Value>),
) -> Result<(), Failure> {
    let Some(was) = film.voting.juror(me).map(Seat::of).filter(|seat| seat.recusal.is_some()) else { return Ok(()) };
    let seat = Seat { recusal: None, ..was };
    standing::note_seat(tx, film, me, seat).await?;
    before.insert("jurors".into(), json!({ me.to_string(): was }));
    after.insert("jurors".into(), json!({ me.to_string(): seat }));
    Ok(())
}

/// "My vote stands": nothing is spent, and nothing more is to be expected of this juror.
pub(super) async fn let_stand(
    ask: &Ask<'_>,
    id: FilmId,
    seen: Option<BallotSeen>,
    revision: Option<i64>,
) -> Result<Answer, Failure> {
    ask.inner.baseline().await?;
    let (cast, repeated) = tx::write(&ask.inner.db, |tx| {
        Box::pin(async move {
            let mut bench = Bench::open(tx, ask, id).await?;
            if bench.repeated {
                return Ok((bench.again()?, true));
            }
            let (mut film, written) = bench.film(ask)?;
            let stand = film.voting.let_stand(bench.me)?;
            unseen(&film, bench.me, seen)?;
            let was = film.voting.juror(bench.me).map(Seat::of).unwrap_or_default();
            let seat = Seat { stands: Some(stand), ..was };
            standing::note_seat(tx, &mut film, bench.me, seat).await?;
            let jurors = |seat: Seat| Map::from_iter([("jurors".to_owned(), json!({ bench.me.to_string(): seat }))]);
            record(tx, ask, id, (jurors(was), jurors(seat)));
            let moved = standing::follow(tx, ask, &bench.heard.rules, &mut film, 1).await?;
            Ok((bench.answer(&film, written, moved)?, false))
        })
    })
    .await?;
    if !repeated {
        drafts::handed_in(ask, id, revision, &cast.vote).await;
    }
    ask.published().await;
    Ok(Ask::final_answer(Reply::Cast(Box::new(cast)), repeated))
}

/// Makes a film in discussion a candidate.
pub(super) async fn promote(
    ask: &Ask<'_>,
    id: FilmId,
    comment: Option<&str>,
    seen: Option<BallotSeen>,
) -> Result<Answer, Failure> {
    ask.inner.baseline().await?;
    let (promoted, repeated) = tx::write(&ask.inner.db, |tx| {
        Box::pin(async move {
            let mut bench = Bench::open(tx, ask, id).await?;
            let repeated = bench.repeated;
            let mut film = match repeated {
                true => bench.found.take().ok_or(Rule::FilmGone)?.0,
                false => {
                    let comment = remark(&tx.shape, comment, &bench.heard)?;
                    let (mut film, _) = bench.film(ask)?;
                    film.voting.promote(bench.me, &bench.heard.rules)?;
                    unseen(&film, bench.me, seen)?;
                    let was = film.jury_comment.clone();
                    let to = FilmStatus::Candidate;
                    let (mut before, mut after) = standing::carry(tx, ask, &mut film, to, comment.as_deref()).await?;
                    if comment.is_some() {
                        before.insert("jury_comment".into(), json!(was));
                        after.insert("jury_comment".into(), json!(comment));
                        film.jury_comment = comment;
                    }
                    record(tx, ask, id, (before, after));
                    film
                }
            };
            let jury_comment = film.jury_comment.take();
            Ok((Promoted { film: id, status: film.row.status, jury_comment }, repeated))
        })
    })
    .await?;
    ask.published().await;
    Ok(ask.undoable(Reply::Promoted(promoted), repeated))
}

/// What a juror writes into `jury_comment`: nothing where it is blank.
fn remark(shape: &Shape, comment: Option<&str>, heard: &Heard) -> Result<Option<String>, Refusal> {
    let limit = limit_of(shape, Table::Movies, &JURY_COMMENT);
    let max =
        limit.as_ref().and_then(characters).map_or(heard.rules.comment_max, |max| max.min(heard.rules.comment_max));
    let Some(comment) = round::remark(comment, max, "field-jury-comment")? else { return Ok(None) };
    fits(&limit.ok_or_else(|| missing("movies.jury_comment"))?, &comment)?;
    Ok(Some(comment))
}

/// "I cannot judge this film."
pub(super) async fn recuse(ask: &Ask<'_>, id: FilmId, why: Why) -> Result<Answer, Failure> {
    ask.inner.baseline().await?;
    let (recused, repeated) = tx::write(&ask.inner.db, |tx| {
        Box::pin(async move {
            let mut bench = Bench::open(tx, ask, id).await?;
            if bench.repeated {
                let (film, _) = bench.found.take().ok_or(Rule::FilmGone)?;
                let recusal = film.voting.juror(bench.me).and_then(|juror| juror.recusal);
                let waiting = recusal.is_some_and(|recusal| recusal.waiting);
                return Ok((Recused { film: id, why: recusal.map_or(why, |recusal| recusal.why), waiting }, true));
            }
            let (mut film, _) = bench.film(ask)?;
            let waiting = film.voting.recuse(bench.me, why)? == Recusing::Waits;
            let was = film.voting.juror(bench.me).map(Seat::of).unwrap_or_default();
            let seat = Seat { recusal: Some(Recusal { why, waiting }), ..was };
            if seat != was {
                let states = leave(tx, &mut film, bench.me, (was, seat)).await?;
                record(tx, ask, id, states);
                standing::follow(tx, ask, &bench.heard.rules, &mut film, 1).await?;
            }
            Ok((Recused { film: id, why, waiting }, false))
        })
    })
    .await?;
    ask.published().await;
    Ok(Ask::final_answer(Reply::Recused(recused), repeated))
}

/// Keeps what a juror said; one who waits for no answer leaves the panel.
async fn leave(
    tx: &mut Tx<'_>,
    film: &mut Film,
    me: UserId,
    (was, seat): (Seat, Seat),
) -> Result<standing::Change, Failure> {
    let kept = |seat: Seat| json!({ me.to_string(): seat });
    let mut before = Map::from_iter([("jurors".to_owned(), kept(was))]);
    let mut after = Map::from_iter([("jurors".to_owned(), kept(seat))]);
    standing::note_seat(tx, film, me, seat).await?;
    if seat.recusal.is_some_and(|recusal| !recusal.waiting) {
        before.insert("panel".into(), json!(film.voting.panel()));
        before.insert("removed".into(), json!(panels::remove(&mut tx.conn, &tx.shape, film.id(), &[me.0]).await?));
        film.voting.jurors.iter_mut().filter(|juror| juror.id == me).for_each(|juror| juror.on_panel = false);
        after.insert("panel".into(), json!(film.voting.panel()));
    }
    Ok((before, after))
}
