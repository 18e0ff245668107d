//! The ballots of one film: who said what and why, what they said before, and which do not count.

use std::sync::Arc;

use crate::api::film::{FilmRow, Juror};
use crate::api::vote::VoteRow;
use crate::api::{Reply, Request, Topic};
use crate::app::keymap::Context;
use crate::app::sentence::field;
use crate::app::session::Session;
use crate::domain::FilmId;
use crate::domain::text::{filled, inert, inert_lines};
use crate::screens::films::{cells, page};
use crate::screens::page::{Entries, Reading};
use crate::screens::words::{Names, meaning, note, set_aside, tone};
use crate::widgets::keyvalue::Entry;

/// The ballots of a film.
pub(crate) struct BallotReading {
    names: Names,
    votes: Option<Vec<VoteRow>>,
}

impl BallotReading {
    /// Before anything is known but the row.
    pub(crate) fn new(jurors: &Arc<[Juror]>) -> Self {
        Self { names: Names::new(jurors), votes: None }
    }

    fn of(&self, film: FilmId) -> Option<&[VoteRow]> {
        self.votes.as_deref().filter(|votes| votes.iter().all(|vote| vote.film == film))
    }
}

impl Reading for BallotReading {
    type Row = FilmRow;

    const TITLE: &'static str = "votes-detail-title";

    const CONTEXTS: &'static [Context] = &[Context::Detail];

    const TOPIC: Topic = Topic::Films;

    fn heading(&self, row: &FilmRow, session: &Session) -> String {
        cells::title_of(row, session)
    }

    fn request(&self, row: &FilmRow) -> Option<Request> {
        Some(Request::Votes { film: Some(row.id) })
    }

    fn take(&mut self, reply: Reply) {
        if let Reply::Votes(votes) = reply {
            self.votes = Some(votes);
        }
    }

    fn forget(&mut self) {
        self.votes = None;
    }

    fn entries(&self, row: &FilmRow, session: &Session) -> Vec<Entry> {
        let label = |column: &str| field(&session.lang, column);
        let mut entries = Entries::default();
        entries.section(session.tr("votes-group-tally"));
        let text = format!("{} ({})", session.tr(row.status.message()), session.tr(meaning(row.status)));
        entries.push(Entry::Status { label: label("status"), tone: tone(row.status), text });
        entries.push(page::panel(row, &self.names, session));
        entries.push(page::tally(row, session));
        let args = [("voted", row.voted.into()), ("active", row.active.into())];
        entries.push(Entry::pair(label("round"), session.tr_with("film-round", &args)));
        let Some(votes) = self.of(row.id) else { return entries.all() };
        let silent = row.panel.iter().filter(|id| votes.iter().all(|vote| vote.juror != **id));
        let silent: Vec<String> = silent.map(|id| self.names.name(*id)).collect();
        entries.value(session.tr("votes-missing"), &silent.join(", "));
        entries.section(session.tr("votes-group-ballots"));
        if votes.is_empty() {
            entries.note(session.tr("votes-none"), &session.theme);
        }
        for vote in votes {
            ballot(&mut entries, vote, session);
        }
        entries.all()
    }
}

/// One ballot: the note beside the name, everything else below it.
pub(crate) fn ballot(entries: &mut Entries, vote: &VoteRow, session: &Session) {
    let theme = &session.theme;
    let (style, mut head) = note(session, vote.note);
    if vote.modification_count > 0 {
        head = format!("{head} · {}", session.tr("votes-ballot-changed"));
    }
    if let Some(at) = vote.updated.or(vote.created) {
        head = format!("{head} · {}", session.moment(at));
    }
    let style = if vote.set_aside.is_some() { theme.faint } else { style };
    entries.push(Entry::styled(inert(&vote.juror_name), head, style));
    if let Some(why) = vote.set_aside {
        let text = format!("{} {}", theme.signs.warning, session.tr(set_aside(why)));
        entries.push(Entry::styled("", text, theme.warning));
    }
    entries.push(comment(vote.comments.as_deref(), session));
    for before in vote.history.iter().rev() {
        let (_, word) = note(session, before.note);
        let mut text = session.tr_with("votes-ballot-before", &[("note", (&word).into())]);
        if let Some(at) = before.at {
            text = format!("{text} · {}", session.moment(at));
        }
        if let Some(comment) = filled(before.comments.as_deref()) {
            text = format!("{text}\n{}", inert_lines(comment));
        }
        entries.push(Entry::styled("", text, theme.dim));
    }
}

fn comment(comment: Option<&str>, session: &Session) -> Entry {
    match filled(comment) {
        Some(text) => Entry::pair("", inert_lines(text)),
        None => Entry::styled("", session.tr("votes-no-comment"), session.theme.faint),
    }
}
