//! The festival's words: statuses, notes, tallies and grounds as every screen says them.

use std::collections::HashMap;
use std::sync::Arc;

use ratatui::style::Style;

use crate::api::film::Juror;
use crate::app::action::Action;
use crate::app::keymap::Context;
use crate::app::session::Session;
use crate::domain::UserId;
use crate::domain::consensus::Tally;
use crate::domain::film::{FilmStatus, Ground, Proposal};
use crate::domain::text::inert;
use crate::domain::vote::{Note, SetAside};
use crate::widgets::theme::{Theme, Tone};
use crate::widgets::wrap::truncate;

/// What a status looks like.
pub(crate) fn tone(status: FilmStatus) -> Tone {
    match status {
        FilmStatus::Submitted => Tone::Neutral,
        FilmStatus::Assigned => Tone::Progress,
        FilmStatus::ToDiscuss => Tone::Question,
        FilmStatus::Candidate => Tone::Good,
        FilmStatus::Awarded => Tone::Great,
        FilmStatus::Refused => Tone::Bad,
        FilmStatus::Selected | FilmStatus::Finalist | FilmStatus::Unknown => Tone::Old,
    }
}

/// A status with its sign.
pub(crate) fn status(session: &Session, status: FilmStatus) -> (Style, String) {
    let tone = tone(status);
    let theme = &session.theme;
    (theme.status(tone), format!("{} {}", theme.sign(tone), session.tr(status.message())))
}

/// The id of what a status means to somebody of the jury.
pub(crate) fn meaning(status: FilmStatus) -> &'static str {
    match status {
        FilmStatus::Submitted => "meaning-submitted",
        FilmStatus::Assigned => "meaning-assigned",
        FilmStatus::ToDiscuss => "meaning-to-discuss",
        FilmStatus::Candidate => "meaning-candidate",
        FilmStatus::Awarded => "meaning-awarded",
        FilmStatus::Refused => "meaning-refused",
        FilmStatus::Selected => "meaning-selected",
        FilmStatus::Finalist => "meaning-finalist",
        FilmStatus::Unknown => "meaning-unknown",
    }
}

/// A note with its sign; `None`: not known.
pub(crate) fn note(session: &Session, note: Option<Note>) -> (Style, String) {
    let (tone, id) = match note {
        Some(Note::Yes) => (Tone::Good, "note-yes"),
        Some(Note::No) => (Tone::Bad, "note-no"),
        Some(Note::ToDiscuss) => (Tone::Question, "note-to-discuss"),
        None => (Tone::Old, "note-unknown"),
    };
    let theme = &session.theme;
    let sign = match note {
        Some(Note::Yes) => theme.signs.check,
        Some(Note::No) => theme.signs.cross,
        _ => theme.sign(tone),
    };
    (theme.status(tone), format!("{sign} {}", session.tr(id)))
}

/// The id of why a ballot is not counted.
pub(crate) fn set_aside(why: SetAside) -> &'static str {
    match why {
        SetAside::NotOnPanel => "set-aside-not-on-panel",
        SetAside::Duplicate => "set-aside-duplicate",
        SetAside::UnknownNote => "set-aside-unknown-note",
        SetAside::Late => "set-aside-late",
    }
}

/// What a film's votes say should be done with it, with a sign; `None` where the votes are not the question.
pub(crate) fn proposal(session: &Session, proposal: Proposal) -> Option<(Style, String)> {
    let theme = &session.theme;
    let (tone, id) = match proposal {
        Proposal::Nothing => return None,
        Proposal::Waiting => (Tone::Progress, "proposal-waiting"),
        Proposal::Candidate => (Tone::Good, "proposal-candidate"),
        Proposal::Refused => (Tone::Bad, "proposal-refused"),
        Proposal::Discussion => (Tone::Question, "proposal-discussion"),
        Proposal::ChairDecides => (Tone::Question, "proposal-chair"),
    };
    Some((theme.status(tone), format!("{} {}", theme.sign(tone), session.tr(id))))
}

/// The share of YES, or that there are no votes.
pub(crate) fn share(session: &Session, tally: Tally) -> String {
    match tally.percent() {
        Some(percent) => session.tr_with("percent", &[("n", percent.into())]),
        None => session.tr("no-votes"),
    }
}

/// A tally in words: signs and counts.
pub(crate) fn tally(theme: &Theme, tally: Tally) -> [(Style, String); 3] {
    [
        (theme.status(Tone::Good), format!("{} {}", theme.signs.check, tally.yes)),
        (theme.status(Tone::Bad), format!("{} {}", theme.signs.cross, tally.no)),
        (theme.status(Tone::Question), format!("{} {}", theme.sign(Tone::Question), tally.to_discuss)),
    ]
}

/// What speaks for or against a step, as a sentence.
pub(crate) fn ground(session: &Session, ground: Ground) -> String {
    let tallied = |tally: Tally| {
        [
            ("yes", tally.yes.into()),
            ("no", tally.no.into()),
            ("discuss", tally.to_discuss.into()),
            ("total", tally.total().into()),
        ]
    };
    match ground {
        Ground::MajorityYes(tally) => session.tr_with("ground-majority-yes", &tallied(tally)),
        Ground::MajorityNo(tally) => session.tr_with("ground-majority-no", &tallied(tally)),
        Ground::NoMajority(tally) => session.tr_with("ground-no-majority", &tallied(tally)),
        Ground::NoVotes => session.tr("ground-no-votes"),
        Ground::DiscussionAsked(count) => session.tr_with("ground-discussion-asked", &[("count", count.into())]),
        Ground::NoDiscussionAsked => session.tr("ground-no-discussion-asked"),
        Ground::RoundComplete => session.tr("ground-round-complete"),
        Ground::VotesMissing(missing, active) => {
            session.tr_with("ground-votes-missing", &[("missing", missing.into()), ("active", active.into())])
        }
        Ground::ChangesUnspent(count, voted) => {
            session.tr_with("ground-changes-unspent", &[("count", count.into()), ("voted", voted.into())])
        }
        Ground::PanelReady(count) => session.tr_with("ground-panel-ready", &[("count", count.into())]),
        Ground::Awards(count) => session.tr_with("ground-awards", &[("count", count.into())]),
        Ground::WantsReason => session.tr("ground-wants-reason"),
    }
}

/// Jurors by id.
pub(crate) struct Names(HashMap<UserId, usize>, Arc<[Juror]>);

impl Names {
    /// From the list that came with the films.
    pub(crate) fn new(jurors: &Arc<[Juror]>) -> Self {
        Self(jurors.iter().enumerate().map(|(i, juror)| (juror.id, i)).collect(), Arc::clone(jurors))
    }

    /// A juror.
    pub(crate) fn get(&self, id: UserId) -> Option<&Juror> {
        self.0.get(&id).and_then(|index| self.1.get(*index))
    }

    /// A juror's name, or their number where it is not known.
    pub(crate) fn name(&self, id: UserId) -> String {
        self.get(id).map_or_else(|| format!("#{id}"), |juror| inert(&juror.name).into_owned())
    }
}

/// The key that is shown for an action in these contexts; empty if it has none.
pub(crate) fn key_of(session: &Session, contexts: &[Context], action: Action) -> String {
    let available = session.keymap.available(contexts, session.role());
    let binding = available.into_iter().find(|binding| binding.action == action);
    binding.and_then(|binding| binding.keys.first()).map(|key| session.lang.key(*key)).unwrap_or_default()
}

/// How much of each name a list of names shows.
const NAME_CELLS: usize = 30;

/// The first names of `total`, and how many more there are.
pub(crate) fn few(session: &Session, names: &[&str], total: usize) -> String {
    let shown = names.iter().map(|name| match name.trim() {
        "" => session.tr("list-untitled"),
        name => truncate(&inert(name), NAME_CELLS, session.theme.signs.ellipsis).into_owned(),
    });
    let shown = shown.collect::<Vec<_>>().join(", ");
    match total.saturating_sub(names.len()) {
        0 => shown,
        more => session.tr_with("advance-and-more", &[("names", (&shown).into()), ("more", more.into())]),
    }
}
