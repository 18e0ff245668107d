//! What is said about a film, as its juror may see it: one's own vote with what can be done next, and what the panel said.

use ratatui::style::Style;

use crate::api::vote::{Discussion, VoteRow};
use crate::app::action::Action;
use crate::app::keymap::Context;
use crate::app::sentence::field;
use crate::app::session::Session;
use crate::domain::consensus::Tally;
use crate::domain::film::FilmStatus;
use crate::domain::text::{filled, inert, inert_lines};
use crate::screens::page::Entries;
use crate::screens::votes;
use crate::screens::words::{key_of, note, share, tally};
use crate::widgets::bars::Part;
use crate::widgets::keyvalue::Entry;
use crate::widgets::theme::Tone;

use super::desk::Desk;
use super::standing::{MyFilm, Standing};

/// One's own vote, and what can be done with it.
pub(super) fn own(entries: &mut Entries, desk: &Desk, now: &MyFilm, vote: Option<&VoteRow>, session: &Session) {
    let theme = &session.theme;
    entries.section(session.tr("mine-group-vote"));
    match vote {
        Some(vote) => votes::page::ballot(entries, vote, session),
        None => entries.note(session.tr("mine-no-vote"), theme),
    }
    let (style, next) = next(now, session);
    entries.push(Entry::text(next, style));
    if now.waits() {
        let text = format!("{} {}", theme.signs.warning, session.tr("mine-waits"));
        entries.push(Entry::text(text, theme.warning));
    }
    if let Some(draft) = desk.draft(now.id()) {
        let said = draft.note.map(|chosen| note(session, Some(chosen)).1).unwrap_or_default();
        let text = session.tr_with("mine-draft", &[("note", (&said).into())]);
        entries.push(Entry::text(format!("{} {text}", theme.signs.draft), theme.warning));
    }
}

/// What can be done next, with its keys; or why nothing.
pub(super) fn next(now: &MyFilm, session: &Session) -> (Style, String) {
    let key = |action| key_of(session, &[Context::Film], action);
    let keys = [
        ("yes", key(Action::VoteYes)),
        ("no", key(Action::VoteNo)),
        ("discuss", key(Action::VoteDiscuss)),
        ("stands", key(Action::LetStand)),
    ];
    let args = keys.each_ref().map(|(name, key)| (*name, key.into()));
    let id = match now.standing {
        Standing::ToVote => "mine-state-to-vote",
        Standing::ToReconsider => "mine-state-to-reconsider",
        Standing::Voted => "mine-state-voted",
        Standing::Changed => "mine-state-changed",
        Standing::Stands => "mine-state-stands",
        Standing::Missed => "mine-state-missed",
        Standing::RoundClosed => "mine-state-round-closed",
        Standing::Early => "mine-state-early",
        Standing::Over => "mine-state-over",
    };
    let style = match now.standing {
        Standing::ToVote | Standing::ToReconsider => session.theme.accent,
        _ => session.theme.dim,
    };
    (style, session.tr_with(id, &args))
}

/// What the panel said, as far as one may see it.
pub(super) fn panel(
    entries: &mut Entries,
    now: &MyFilm,
    vote: Option<&VoteRow>,
    discussion: Option<&Discussion>,
    session: &Session,
) {
    let theme = &session.theme;
    let Some(discussion) = discussion.filter(|discussion| discussion.film == now.id()) else { return };
    let me = session.person.as_ref().map(|person| person.id);
    let others: Vec<&VoteRow> = discussion.votes.iter().filter(|vote| Some(vote.juror) != me).collect();
    let talked = discussion.status == FilmStatus::ToDiscuss;
    let remark = filled(discussion.jury_comment.as_deref());
    if others.is_empty() && !talked && remark.is_none() {
        return;
    }
    entries.section(session.tr("mine-group-panel"));
    if let Some(remark) = remark {
        entries.push(Entry::pair(field(&session.lang, "jury_comment"), inert_lines(remark)));
    }
    if others.is_empty() && talked {
        let id = if vote.is_some() { "mine-panel-silent" } else { "mine-panel-hidden" };
        entries.note(session.tr(id), theme);
    } else if !others.is_empty() {
        entries.push(bars(discussion, session));
    }
    if talked {
        let names: Vec<String> = discussion.holders.iter().map(|name| inert(name).into_owned()).collect();
        if !names.is_empty() {
            entries.push(Entry::pair(session.tr("mine-holders"), names.join(", ")));
        }
    }
    for vote in &others {
        votes::page::ballot(entries, vote, session);
    }
    if talked && now.standing == Standing::ToReconsider && !others.is_empty() {
        entries.note(session.tr("mine-panel-first-only"), theme);
    }
    if talked && discussion.promotion {
        let key = key_of(session, &[Context::Film], Action::Promote);
        entries.note(session.tr_with("mine-may-promote", &[("key", (&key).into())]), theme);
    }
}

/// The votes that one may see, one's own among them.
fn bars(discussion: &Discussion, session: &Session) -> Entry {
    let mut seen = Tally::default();
    let counted = discussion.votes.iter().filter(|vote| vote.set_aside.is_none());
    counted.filter_map(|vote| vote.note).for_each(|note| seen.add(note));
    let part = |amount: u16, tone| Part { amount: amount.into(), tone };
    let parts = vec![part(seen.yes, Tone::Good), part(seen.no, Tone::Bad), part(seen.to_discuss, Tone::Question)];
    let [yes, no, discuss] = tally(&session.theme, seen);
    let text = format!("{}   {}  {}  {}", share(session, seen), yes.1, no.1, discuss.1);
    Entry::Tally { label: field(&session.lang, "share-of-yes"), parts, whole: seen.total(), text }
}
