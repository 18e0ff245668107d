//! Drafts on the desk: in memory as they are typed, in the database a moment later, and lost in neither.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};

use crate::api::draft::DraftRow;
use crate::api::{Answer, Failure, FieldChange, Reply, Request};
use crate::app::cx::{Cx, ScreenKey};
use crate::app::msg::Ticket;
use crate::app::sentence;
use crate::app::session::Session;
use crate::domain::FilmId;
use crate::domain::text::inert;
use crate::domain::vote::Note;

use super::desk::Desk;

/// How long after the first change a draft is saved.
const SOON: TimeDelta = TimeDelta::seconds(2);
/// How long after a failure it is tried again.
const LATER: TimeDelta = TimeDelta::seconds(15);

/// The longest text of a draft, in characters, as the service keeps it.
pub(super) const LONGEST: usize = 60_000;

/// The base of a draft that takes the place of whatever is there.
const OVERWRITE: i64 = -1;

/// A vote that was begun and not handed in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Draft {
    /// The film's title.
    pub(super) title: String,
    /// The note, if one was chosen.
    pub(super) note: Option<Note>,
    /// The comment as far as it is written.
    pub(super) comment: String,
    /// Where the cursor stands in it, in characters.
    pub(super) caret: usize,
}

impl Draft {
    /// Whether it says nothing.
    fn blank(&self) -> bool {
        self.comment.trim().is_empty()
    }

    /// Whether the other says the same, wherever the cursor stands.
    fn says(&self, note: Option<Note>, comment: &str) -> bool {
        self.note == note && self.comment == comment
    }
}

/// A draft of the same film that was written elsewhere meanwhile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Theirs {
    /// The note.
    pub(super) note: Option<Note>,
    /// The comment.
    pub(super) comment: String,
    revision: Option<i64>,
}

/// Two texts, one below the other; `None` where there is no room for both.
pub(super) fn joined(mine: &str, theirs: &str) -> Option<String> {
    let both = match (mine.trim().is_empty(), theirs.trim().is_empty()) {
        (true, _) => theirs.to_owned(),
        (_, true) => mine.to_owned(),
        (false, false) => format!("{}\n\n{}", mine.trim_end(), theirs.trim_start()),
    };
    (both.chars().count() <= LONGEST).then_some(both)
}

/// How safe a draft is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kept {
    /// It stands in the database as it stands here.
    Saved,
    /// It will in a moment.
    Saving,
    /// It could not be saved so far; why, if it is of no use to try again.
    NotSaved(Option<String>),
    /// Something else stands there.
    Elsewhere(Theirs),
}

/// A draft with what is known of the one in the database.
#[derive(Default)]
struct Leaf {
    draft: Draft,
    /// The revision that it goes on from.
    revision: Option<i64>,
    /// When what is not saved yet is to be saved.
    due: Option<DateTime<Utc>>,
    /// What is on its way.
    sent: Option<(Ticket, Draft)>,
    failed: bool,
    /// Why it is of no use to try again before something changes.
    refused: Option<String>,
    theirs: Option<Theirs>,
}

impl Leaf {
    fn clean(&self) -> bool {
        self.due.is_none() && self.sent.is_none() && self.theirs.is_none()
    }

    /// What the database said to what was sent; `None` where it is saved.
    fn settle(&mut self, sent: &Draft, result: Result<Answer, Failure>, session: &Session) {
        let now = session.now;
        self.failed = result.is_err();
        match result.map(|answer| answer.reply) {
            Ok(Reply::Draft(row)) => self.revision = Some(row.revision),
            Ok(_) => self.revision = None,
            Err(Failure::Conflict(changes)) => {
                let theirs = Theirs::of(&changes);
                self.failed = false;
                if theirs.revision.is_none() {
                    // It was handed in or thrown away elsewhere; what is written here stays written.
                    self.revision = None;
                    self.due.get_or_insert(now);
                } else if sent.says(theirs.note, &theirs.comment) {
                    // The answer before was lost: this is what was sent then.
                    self.revision = theirs.revision;
                } else {
                    self.theirs = Some(theirs);
                    self.due.get_or_insert(now);
                }
            }
            Err(Failure::Unavailable(_)) => self.due = Some(now + LATER),
            Err(failure) => {
                self.refused = Some(sentence::failure(&session.lang, &failure));
                self.due.get_or_insert(now);
            }
        }
    }
}

impl Leaf {
    /// Puts the two versions one below the other; `false` where there is no room for both, and nothing is done.
    fn join(&mut self, now: DateTime<Utc>) -> bool {
        let Some(theirs) = &self.theirs else { return true };
        let Some(both) = joined(&self.draft.comment, &theirs.comment) else { return false };
        self.draft.comment = both;
        self.draft.note = self.draft.note.or(theirs.note);
        self.revision = theirs.revision;
        self.due = Some(now);
        self.theirs = None;
        true
    }
}

impl Theirs {
    fn of(changes: &[FieldChange]) -> Self {
        let now = |field: &str| changes.iter().find(|change| change.field == field).map(|change| change.now.as_str());
        Self {
            note: now("note").and_then(Note::from_sql),
            comment: now("comments").unwrap_or_default().to_owned(),
            revision: now("revision").and_then(|revision| revision.parse().ok()),
        }
    }
}

/// All drafts of a session.
#[derive(Default)]
pub(super) struct Drafts {
    leaves: BTreeMap<FilmId, Leaf>,
    /// The screen that hears of what was saved: it is there as long as the desk.
    home: Option<ScreenKey>,
    /// The ballots that wait to hear of a draft: the one that was entered last of each film.
    ballots: BTreeMap<FilmId, ScreenKey>,
    /// Asked which drafts there are.
    asked: Option<Ticket>,
    /// Films of which something was kept or forgotten since: the answer is older than that.
    since: BTreeSet<FilmId>,
    /// What was on its way when its film's draft was forgotten.
    late: Vec<(Ticket, FilmId)>,
}

impl Drafts {
    fn send(&mut self, film: FilmId, cx: &mut Cx<'_>) {
        self.send_on(film, false, cx);
    }

    /// Sends what is not saved yet; `last`: there is no later, so what is on its way is not waited for.
    fn send_on(&mut self, film: FilmId, last: bool, cx: &mut Cx<'_>) {
        let (Some(leaf), Some(home)) = (self.leaves.get_mut(&film), self.home) else { return };
        if leaf.due.is_none() || (leaf.sent.is_some() && !last) || leaf.theirs.is_some() || leaf.refused.is_some() {
            return;
        }
        let draft = leaf.draft.clone();
        // Whichever of the two comes first, this one stays: the other is one's own, and older.
        let base = if leaf.sent.is_some() { Some(OVERWRITE) } else { leaf.revision };
        let request = match (draft.blank(), base) {
            (true, None) => {
                self.leaves.remove(&film);
                return;
            }
            // Of what is on its way nobody knows the revision yet; a draft too many harms less than one too few.
            (true, Some(_)) if leaf.revision.is_none() => return,
            (true, Some(_)) => Request::DropDraft { film, base: leaf.revision },
            (false, base) => Request::KeepDraft {
                film,
                note: draft.note.map(|note| note.as_sql().to_owned()),
                comments: draft.comment.clone(),
                caret: u32::try_from(draft.caret).unwrap_or(u32::MAX),
                base,
            },
        };
        leaf.due = None;
        self.since.insert(film);
        leaf.sent = Some((cx.call_for(home, request), draft));
    }
}

impl Desk {
    /// The screen that answers come to.
    pub(super) fn at_home(&self, home: ScreenKey) {
        self.papers().drafts.home = Some(home);
    }

    /// The ballot that hears of what becomes of a film's draft.
    pub(super) fn hears(&self, film: FilmId, ballot: ScreenKey) {
        self.papers().drafts.ballots.insert(film, ballot);
    }

    /// Asks which drafts there are; the screen at home hears of them.
    pub(super) fn read_drafts(&self, cx: &mut Cx<'_>) {
        let drafts = &mut self.papers().drafts;
        let Some(home) = drafts.home else { return };
        drafts.asked = Some(cx.call_for(home, Request::Drafts {}));
        drafts.since.clear();
    }

    /// Whether this is the answer to which drafts there are.
    pub(super) fn drafts_asked(&self, ticket: Ticket) -> bool {
        self.papers().drafts.asked.take_if(|asked| *asked == ticket).is_some()
    }

    /// Whether the drafts have not come yet.
    pub(super) fn drafts_wait(&self) -> bool {
        self.papers().drafts.asked.is_some()
    }

    /// Whether the draft on a film is on its way.
    pub(super) fn saving(&self, film: FilmId) -> bool {
        self.papers().drafts.leaves.get(&film).is_some_and(|leaf| leaf.sent.is_some())
    }

    /// Saves a draft although nothing has changed: whoever wrote elsewhere meanwhile is heard of then.
    pub(super) fn save_anew(&self, film: FilmId, cx: &mut Cx<'_>) {
        let drafts = &mut self.papers().drafts;
        if let Some(leaf) = drafts.leaves.get_mut(&film).filter(|leaf| !leaf.draft.blank()) {
            leaf.due.get_or_insert(cx.session.now);
        }
        drafts.send(film, cx);
    }

    /// Puts two versions one below the other and saves that; `false` where there is no room for both.
    pub(super) fn join(&self, film: FilmId, cx: &mut Cx<'_>) -> bool {
        let drafts = &mut self.papers().drafts;
        let done = drafts.leaves.get_mut(&film).is_none_or(|leaf| leaf.join(cx.session.now));
        drafts.send(film, cx);
        done
    }

    /// The draft on a film.
    pub(super) fn draft(&self, film: FilmId) -> Option<Draft> {
        self.papers().drafts.leaves.get(&film).map(|leaf| leaf.draft.clone()).filter(|draft| !draft.blank())
    }

    /// The revision of the draft on a film, as far as it is kept.
    pub(super) fn revision(&self, film: FilmId) -> Option<i64> {
        self.papers().drafts.leaves.get(&film)?.revision
    }

    /// How safe the draft on a film is; `None` where there is none.
    pub(super) fn kept(&self, film: FilmId) -> Option<Kept> {
        let papers = self.papers();
        let leaf = papers.drafts.leaves.get(&film)?;
        Some(match &leaf.theirs {
            Some(theirs) => Kept::Elsewhere(theirs.clone()),
            None if leaf.failed || leaf.refused.is_some() => Kept::NotSaved(leaf.refused.clone()),
            None if leaf.due.is_some() || leaf.sent.is_some() => Kept::Saving,
            None => Kept::Saved,
        })
    }

    /// Keeps what is written so far; it is saved soon, and the caller woken for that. Where only the cursor moved, nothing
    /// needs to be saved.
    pub(super) fn write(&self, film: FilmId, draft: Draft, cx: &mut Cx<'_>) {
        let mut papers = self.papers();
        let leaves = &mut papers.drafts.leaves;
        if draft.blank() && leaves.get(&film).is_none_or(|leaf| leaf.revision.is_none() && leaf.sent.is_none()) {
            leaves.remove(&film);
            return;
        }
        let leaf = leaves.entry(film).or_default();
        let same = leaf.draft.says(draft.note, &draft.comment);
        leaf.draft = draft;
        if !same {
            let soon = cx.session.now + SOON;
            leaf.due = Some(if leaf.refused.take().is_some() { soon } else { leaf.due.unwrap_or(soon) });
        }
        if let Some(due) = leaf.due {
            cx.wake_at(due);
        }
    }

    /// Saves a draft now, if it is not saved yet.
    pub(super) fn save(&self, film: FilmId, cx: &mut Cx<'_>) {
        self.papers().drafts.send(film, cx);
    }

    /// Saves a draft if its time has come, else has the caller woken then; what is on its way is waited for.
    pub(super) fn save_soon(&self, film: FilmId, cx: &mut Cx<'_>) {
        let mut papers = self.papers();
        let now = cx.session.now;
        let due = |papers: &super::desk::Papers| papers.drafts.leaves.get(&film).and_then(|leaf| leaf.due);
        if due(&papers).is_some_and(|due| due <= now) {
            papers.drafts.send(film, cx);
        }
        if let Some(due) = due(&papers) {
            cx.wake_at(if due > now { due } else { now + SOON });
        }
    }

    /// Saves every draft that is not saved yet.
    pub(super) fn save_all(&self, cx: &mut Cx<'_>) {
        let mut papers = self.papers();
        papers.drafts.leaves.values_mut().for_each(|leaf| leaf.refused = None);
        let films: Vec<FilmId> = papers.drafts.leaves.keys().copied().collect();
        films.into_iter().for_each(|film| papers.drafts.send(film, cx));
    }

    /// The session ends: of two versions between which nobody has chosen both are kept, if there is room for both, and what is
    /// on its way is not waited for.
    pub(super) fn save_last(&self, cx: &mut Cx<'_>) {
        let mut papers = self.papers();
        for leaf in papers.drafts.leaves.values_mut() {
            leaf.join(cx.session.now);
        }
        let films: Vec<FilmId> = papers.drafts.leaves.keys().copied().collect();
        films.into_iter().for_each(|film| papers.drafts.send_on(film, true, cx));
    }

    /// When the next draft that could not be saved is tried again.
    pub(super) fn tries_again(&self) -> Option<DateTime<Utc>> {
        let papers = self.papers();
        let leaves =
            papers.drafts.leaves.values().filter(|leaf| leaf.failed && leaf.refused.is_none() && leaf.sent.is_none());
        leaves.filter_map(|leaf| leaf.due).min()
    }

    /// The answer to what was saved; `false` if it was not.
    pub(super) fn saved(&self, ticket: Ticket, result: Result<Answer, Failure>, cx: &mut Cx<'_>) -> bool {
        let mut papers = self.papers();
        let open = papers.open_ballot();
        let drafts = &mut papers.drafts;
        let late = drafts.late.iter().position(|(late, _)| *late == ticket);
        if let Some((_, film)) = late.map(|at| drafts.late.swap_remove(at)) {
            // It was handed in meanwhile; whatever somebody wrote after it stays.
            if let (Ok(Answer { reply: Reply::Draft(row), .. }), Some(home)) = (result, drafts.home) {
                cx.call_for(home, Request::DropDraft { film, base: Some(row.revision) });
            }
            return true;
        }
        let found = drafts.leaves.iter_mut().find_map(|(film, leaf)| {
            let (_, sent) = leaf.sent.take_if(|(sent, _)| *sent == ticket)?;
            Some((*film, leaf, sent))
        });
        let Some((film, leaf, sent)) = found else { return false };
        let cast = matches!(&result, Ok(Answer { reply: Reply::Done, .. })) && !sent.blank();
        leaf.settle(&sent, result, cx.session);
        drafts.since.insert(film);
        if let Some(ballot) = drafts.ballots.get(&film) {
            cx.wake_now(*ballot);
        }
        if leaf.clean() && (cast || leaf.draft.blank()) {
            drafts.leaves.remove(&film);
        } else if open != Some(film) && !leaf.failed {
            // Nobody types there any more: what came last goes after it at once.
            drafts.send(film, cx);
        }
        true
    }

    /// The drafts as they stand in the database. Nothing that is written here gives way to them without a question.
    pub(super) fn put_drafts(&self, rows: Vec<DraftRow>, cx: &mut Cx<'_>) {
        let mut papers = self.papers();
        let open = papers.open_ballot();
        let Drafts { leaves, since, ballots, .. } = &mut papers.drafts;
        let there: BTreeSet<FilmId> = rows.iter().map(|row| row.film).collect();
        leaves.retain(|film, leaf| {
            since.contains(film) || there.contains(film) || !leaf.clean() || leaf.revision.is_none()
        });
        ballots.values().for_each(|ballot| cx.wake_now(*ballot));
        for row in rows.into_iter().filter(|row| !since.contains(&row.film)) {
            let leaf = leaves.entry(row.film).or_default();
            if leaf.revision >= Some(row.revision) || !leaf.clean() {
                continue;
            }
            if open == Some(row.film) && !leaf.draft.blank() && !leaf.draft.says(row.note, &row.comments) {
                leaf.theirs = Some(Theirs { note: row.note, comment: row.comments, revision: Some(row.revision) });
            } else {
                let (caret, title) = (usize::try_from(row.caret).unwrap_or(usize::MAX), inert(&row.title).into_owned());
                leaf.draft = Draft { title, note: row.note, comment: row.comments, caret };
                leaf.revision = Some(row.revision);
            }
        }
    }

    /// Of two versions this one is taken: one's own goes on from what stands there, or what stands there is one's own now.
    pub(super) fn take_version(&self, film: FilmId, mine: bool, cx: &mut Cx<'_>) {
        let mut papers = self.papers();
        let Some(leaf) = papers.drafts.leaves.get_mut(&film) else { return };
        let Some(theirs) = leaf.theirs.take() else { return };
        leaf.revision = theirs.revision;
        leaf.due = mine.then_some(cx.session.now);
        if !mine {
            leaf.draft.note = theirs.note;
            leaf.draft.caret = theirs.comment.chars().count();
            leaf.draft.comment = theirs.comment;
        }
        papers.drafts.send(film, cx);
    }

    /// Forgets the draft on a film, which was handed in or is of no more use.
    pub(super) fn forget(&self, film: FilmId) {
        let drafts = &mut self.papers().drafts;
        drafts.since.insert(film);
        let sent = drafts.leaves.remove(&film).and_then(|leaf| leaf.sent);
        drafts.late.extend(sent.map(|(ticket, _)| (ticket, film)));
    }

    /// Throws the draft on a film away, here and in the database.
    pub(super) fn drop_draft(&self, film: FilmId, cx: &mut Cx<'_>) {
        let base = self.revision(film);
        self.forget(film);
        if let (Some(home), Some(base)) = (self.papers().drafts.home, base) {
            cx.call_for(home, Request::DropDraft { film, base: Some(base) });
        }
    }

    /// All drafts by film.
    pub(super) fn drafts(&self) -> BTreeMap<FilmId, Draft> {
        let papers = self.papers();
        let leaves = papers.drafts.leaves.iter().filter(|(_, leaf)| !leaf.draft.blank());
        leaves.map(|(film, leaf)| (*film, leaf.draft.clone())).collect()
    }

    /// The titles of the films with drafts.
    pub(super) fn begun(&self) -> Vec<String> {
        self.drafts().into_values().map(|draft| draft.title).collect()
    }

    /// Whether something would be lost with the session.
    pub(super) fn unsafe_drafts(&self) -> bool {
        let papers = self.papers();
        papers.drafts.leaves.values().any(|leaf| leaf.failed || leaf.refused.is_some() || leaf.theirs.is_some())
    }
}
