//! One ballot in full: what it says, what it said before, and why it does not count.

use crate::api::vote::VoteRow;
use crate::app::session::Session;
use crate::domain::text::{filled, inert, inert_lines};
use crate::screens::page::Entries;
use crate::screens::words::{note, set_aside};
use crate::widgets::keyvalue::Entry;

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
    for (at, before) in vote.history.iter().enumerate().rev() {
        let (_, word) = note(session, before.note);
        let mut text = session.tr_with("votes-ballot-before", &[("note", (&word).into())]);
        // What it said first was said when it was cast, what followed when that was replaced.
        let since = match at.checked_sub(1) {
            Some(earlier) => vote.history.get(earlier).and_then(|earlier| earlier.at),
            None => vote.created,
        };
        if let Some(at) = since {
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
