//! Drafts of votes: kept as they are typed, for their juror alone. Not in the ledger, told to nobody, and without a lock:
//! keeping one is two statements, and no vote waits for it.

use std::collections::HashMap;

use sqlx::MySqlConnection;

use super::ask::Ask;
use crate::api::draft::DraftRow;
use crate::api::failure::{FieldChange, Trouble, Unavailable};
use crate::api::vote::VoteRow;
use crate::api::{Answer, Failure, Reply};
use crate::domain::jury::may_judge;
use crate::domain::rule::{Param, Refusal, Rule};
use crate::domain::vote::Note;
use crate::domain::{FilmId, UserId};
use crate::store::drafts::{self as store, Kept as KeptDraft, Writing};
use crate::store::judging::{self, Desk};
use crate::store::votes::{Filter, FullBallot};
use crate::store::{Shape, StoreError, tx, votes};

/// The longest comment of a draft, in characters: more than any vote may have, and less than fills a database.
const COMMENTS_MAX: u32 = 60_000;
/// Most drafts of one juror.
const DRAFTS_MAX: u32 = 5_000;
/// What overwrites whatever is there.
const OVERWRITE: i64 = -1;
/// How often a draft is looked at again that others kept at the same moment.
const TRIES: usize = 5;

/// A draft as it is to be kept.
#[derive(Debug)]
pub(super) struct Kept {
    pub(super) note: Option<String>,
    pub(super) comments: String,
    pub(super) caret: u32,
    pub(super) base: Option<i64>,
}

fn row(draft: KeptDraft) -> DraftRow {
    let KeptDraft { film, title, note, comments, caret, revision, at } = draft;
    DraftRow { film, title, note, comments, caret, revision, at }
}

/// One's own drafts, the newest first. Those that were handed in are swept: the line may have broken right after a vote.
pub(super) async fn drafts(ask: &Ask<'_>) -> Result<Answer, Failure> {
    let me = ask.me()?.id;
    let rows = tx::read(&ask.inner.db, |reader| {
        Box::pin(async move {
            let (conn, shape) = (&mut *reader.conn, &*reader.shape);
            let drafts = store::of(&mut *conn, shape, me, None).await?;
            if drafts.is_empty() {
                return Ok(Vec::new());
            }
            let (handed_in, open): (Vec<_>, Vec<_>) = {
                let cast = cast_by(&mut *conn, shape, me).await?;
                drafts
                    .into_iter()
                    .partition(|draft| cast.get(&draft.film).is_some_and(|of| of.iter().any(|b| is_cast(draft, b))))
            };
            for draft in handed_in {
                store::forget(&mut *conn, me, draft.film, Some(draft.revision)).await?;
            }
            Ok(open.into_iter().map(row).collect())
        })
    });
    Ok(Reply::Drafts(rows.await?).into())
}

/// A juror's ballots by film.
async fn cast_by(
    conn: &mut MySqlConnection,
    shape: &Shape,
    juror: UserId,
) -> Result<HashMap<FilmId, Vec<FullBallot>>, StoreError> {
    let mut cast: HashMap<FilmId, Vec<FullBallot>> = HashMap::new();
    for ballot in votes::list(conn, shape, Filter { film: None, juror: Some(juror) }).await? {
        cast.entry(ballot.film).or_default().push(ballot);
    }
    Ok(cast)
}

/// Whether a ballot says what a draft says and was cast after it: in whole seconds, as the platform writes moments.
fn is_cast(draft: &KeptDraft, ballot: &FullBallot) -> bool {
    let since = ballot.created.max(ballot.updated).is_some_and(|at| at.timestamp() >= draft.at.timestamp());
    since && says((draft.note, &draft.comments), (ballot.ballot.note, ballot.comments.as_deref()))
}

/// Whether a vote says what a draft says.
fn says(draft: (Option<Note>, &str), vote: (Option<Note>, Option<&str>)) -> bool {
    let plain = |text: &str| text.replace("\r\n", "\n").replace('\r', "\n").trim().to_owned();
    draft.0.is_some() && draft.0 == vote.0 && plain(vote.1.unwrap_or_default()) == plain(draft.1)
}

/// Keeps a draft.
pub(super) async fn keep(ask: &Ask<'_>, film: FilmId, draft: &Kept) -> Result<Answer, Failure> {
    let me = ask.me()?.id;
    let note = draft.note.as_deref().map(noted).transpose()?;
    short(&draft.comments)?;
    let kept = tx::read(&ask.inner.db, |reader| {
        Box::pin(async move {
            let (conn, shape) = (&mut *reader.conn, &*reader.shape);
            for _ in 0..TRIES {
                let desk = judging::desk(&mut *conn, shape, film, me).await?;
                let desk = desk.ok_or(Failure::Forbidden { needs: None })?;
                let title = seated(ask, &desk)?;
                let born = desk.film.as_ref().and_then(|film| film.born.as_deref());
                let (comments, caret, now) = (draft.comments.as_str(), draft.caret, desk.now);
                let new = Writing { juror: me, film, born, note, comments, caret, now };
                let revision = match write(&mut *conn, shape, &desk, draft.base, new).await? {
                    Written::Kept(revision) => revision,
                    Written::Cast => return Ok(None),
                    Written::Other => match other(&mut *conn, shape, draft, new).await? {
                        Some(row) => return Ok(Some(row)),
                        // It is gone by now.
                        None => continue,
                    },
                };
                let (title, comments) = (title.to_owned(), comments.to_owned());
                return Ok(Some(DraftRow { film, title, note, comments, caret, revision, at: now }));
            }
            Err(busy())
        })
    });
    Ok(kept.await?.map_or(Reply::Done, Reply::Draft).into())
}

fn busy() -> Failure {
    let detail = "the draft was kept elsewhere at the same moment".to_owned();
    Failure::Unavailable(Unavailable { why: Trouble::Busy, detail })
}

fn noted(note: &str) -> Result<Note, Refusal> {
    let known = Note::ALL.into_iter().find(|known| known.as_sql() == note);
    known.ok_or_else(|| Refusal::new(Rule::BadNote).with("note", note.chars().take(40).collect::<String>()))
}

fn short(comments: &str) -> Result<(), Refusal> {
    let length = u32::try_from(comments.chars().count()).unwrap_or(u32::MAX);
    if length <= COMMENTS_MAX {
        return Ok(());
    }
    let field = Param::Message("field-comments".to_owned());
    Err(Refusal::new(Rule::TooLong).with("field", field).with("max", COMMENTS_MAX).with("length", length))
}

/// The film's title, for somebody who may write about it.
fn seated<'d>(ask: &Ask<'_>, desk: &'d Desk) -> Result<&'d str, Failure> {
    let film = desk.film.as_ref().ok_or(Rule::FilmGone)?;
    ask.allowed_at_first()?;
    may_judge(desk.on_panel, desk.recusal)?;
    Ok(&film.title)
}

/// What came of writing.
enum Written {
    /// It is kept under this revision.
    Kept(i64),
    /// Another draft stands there.
    Other,
    /// It was cast meanwhile, and its draft went with it.
    Cast,
}

async fn write(
    conn: &mut MySqlConnection,
    shape: &Shape,
    desk: &Desk,
    base: Option<i64>,
    new: Writing<'_>,
) -> Result<Written, Failure> {
    let Some(revision) = desk.draft else {
        if base.is_some() && is_on_the_ballot(&mut *conn, shape, new).await? {
            return Ok(Written::Cast);
        }
        if store::count(&mut *conn, new.juror).await? >= DRAFTS_MAX {
            return Err(Refusal::new(Rule::TooManyDrafts).with("max", DRAFTS_MAX).into());
        }
        return Ok(store::begin(conn, shape, new).await?.map_or(Written::Other, Written::Kept));
    };
    if !desk.own_draft {
        // What somebody else wrote under these ids, or about another film, is nobody's.
        store::forget(&mut *conn, new.juror, new.film, Some(revision)).await?;
        return Ok(store::begin(conn, shape, new).await?.map_or(Written::Other, Written::Kept));
    }
    if base != Some(OVERWRITE) && base != Some(revision) {
        return Ok(Written::Other);
    }
    let base = base.filter(|base| *base != OVERWRITE);
    Ok(store::go_on(conn, base, new).await?.map_or(Written::Other, Written::Kept))
}

/// Whether the juror's ballot on the film says what is to be written: it was sent before it was cast, and came after.
async fn is_on_the_ballot(conn: &mut MySqlConnection, shape: &Shape, new: Writing<'_>) -> Result<bool, StoreError> {
    let cast = votes::list(conn, shape, Filter { film: Some(new.film), juror: Some(new.juror) }).await?;
    Ok(cast.iter().any(|of| says((new.note, new.comments), (of.ballot.note, of.comments.as_deref()))))
}

/// What stands in the way of a draft: nothing if it says the same, because the answer to keeping it was lost.
async fn other(
    conn: &mut MySqlConnection,
    shape: &Shape,
    draft: &Kept,
    new: Writing<'_>,
) -> Result<Option<DraftRow>, Failure> {
    let Some(now) = store::of(conn, shape, new.juror, Some(new.film)).await?.pop() else { return Ok(None) };
    if now.note == new.note && now.comments == new.comments {
        return Ok(Some(row(now)));
    }
    if draft.base == Some(OVERWRITE) {
        return Ok(None);
    }
    let word = |note: Option<Note>| note.map_or("", Note::as_sql).to_owned();
    let loaded = draft.base.map(|base| base.to_string()).unwrap_or_default();
    let changes = [
        ("note", word(new.note), word(now.note)),
        ("comments", new.comments.to_owned(), now.comments),
        ("revision", loaded, now.revision.to_string()),
    ];
    let change = |(field, loaded, now): (&str, String, String)| FieldChange { field: field.to_owned(), loaded, now };
    Err(Failure::Conflict(changes.into_iter().map(change).collect()))
}

/// Forgets a draft, whether or not there is one; with a `base` only that revision.
pub(super) async fn forget(ask: &Ask<'_>, film: FilmId, base: Option<i64>) -> Result<Answer, Failure> {
    ask.allowed_at_first()?;
    let me = ask.me()?.id;
    let revision = base.filter(|base| *base != OVERWRITE);
    tx::read(&ask.inner.db, |reader| {
        Box::pin(async move { Ok(store::forget(&mut reader.conn, me, film, revision).await?) })
    })
    .await?;
    Ok(Reply::Done.into())
}

/// Forgets the draft of a vote that was cast: this revision, else what says the same. What is newer or says something else
/// was not handed in, and stays. The vote is cast whatever becomes of it: what is left is swept when the drafts are read.
pub(super) async fn handed_in(ask: &Ask<'_>, film: FilmId, revision: Option<i64>, vote: &VoteRow) {
    let forgotten = match revision {
        Some(revision) => forget(ask, film, Some(revision)).await.map(|_| ()),
        None => forget_same(ask, film, vote).await,
    };
    if let Err(failure) = forgotten {
        tracing::warn!(?failure, "the draft of a vote that was cast is still there");
    }
}

async fn forget_same(ask: &Ask<'_>, film: FilmId, vote: &VoteRow) -> Result<(), Failure> {
    let me = ask.me()?.id;
    let cast = (vote.note, vote.comments.as_deref());
    tx::read(&ask.inner.db, |reader| {
        Box::pin(async move {
            let (conn, shape) = (&mut *reader.conn, &*reader.shape);
            for draft in store::of(&mut *conn, shape, me, Some(film)).await? {
                if says((draft.note, &draft.comments), cast) {
                    store::forget(&mut *conn, me, film, Some(draft.revision)).await?;
                }
            }
            Ok(())
        })
    })
    .await
}
