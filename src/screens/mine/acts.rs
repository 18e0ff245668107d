//! What a juror does with a film, from the list and from its page alike.

use crate::app::action::Action;
use crate::app::cx::{Cx, Tone};
use crate::domain::rule::Refusal;
use crate::domain::vote::Note;
use crate::screens::Screen;
use crate::screens::list::{ListRow, Route};
use crate::screens::page::Page;

use super::ballot::{Ballot, short_title};
use super::desk::Desk;
use super::hand_in::HandIn;
use super::page::MyReading;
use super::place::Place;
use super::promote::Promote;
use super::recuse::Recuse;
use super::stand::LetStand;
use super::standing::MyFilm;
use super::watch::Watch;

/// Does an action with a film; `false` if it is none of a juror's.
pub(super) fn act(desk: &Desk, film: &MyFilm, route: &Route<MyFilm>, action: Action, cx: &mut Cx<'_>) -> bool {
    if action == Action::Recuse && film.waits() {
        cx.toast(Tone::Info, cx.session.tr("recuse-waits-already"));
        return true;
    }
    let rules = &cx.session.festival.voting;
    let opened: Result<Box<dyn Screen>, Refusal> = match action {
        Action::VoteYes => ballot(desk, film, route, Some(Note::Yes), cx),
        Action::VoteNo => ballot(desk, film, route, Some(Note::No), cx),
        Action::VoteDiscuss => ballot(desk, film, route, Some(Note::ToDiscuss), cx),
        Action::LetStand => {
            film.let_stand().map(|()| Box::new(LetStand::new(desk, film, route, None, cx.session)) as _)
        }
        Action::Watch => Ok(Box::new(Watch::new(desk, film, route))),
        Action::Promote => film.promote(rules).map(|()| Box::new(Promote::new(desk, film, route)) as _),
        Action::HandIn => Ok(Box::new(HandIn::new(desk, route, None))),
        Action::Recuse => Ok(Box::new(Recuse::new(desk, film, route, cx.session))),
        _ => return false,
    };
    match opened {
        Ok(screen) => cx.open(screen),
        Err(refusal) => cx.toast(Tone::Problem, cx.session.lang.refusal(&refusal)),
    }
    true
}

/// Whether an action means nothing for a film, so that its key is not offered.
pub(super) fn idle(desk: &Desk, film: &MyFilm, action: Action) -> bool {
    match action {
        // A draft can be read where nothing can be voted on any more.
        Action::VoteYes | Action::VoteNo | Action::VoteDiscuss => desk.draft(film.id()).is_none() && film.idle(action),
        Action::HandIn => desk.drafts().is_empty(),
        Action::NextFilm => !desk.left_besides(film.id()),
        _ => film.idle(action),
    }
}

/// Whether an action is about one film: it means nothing where there is none.
pub(super) fn of_a_film(action: Action) -> bool {
    matches!(
        action,
        Action::Open
            | Action::Watch
            | Action::VoteYes
            | Action::VoteNo
            | Action::VoteDiscuss
            | Action::LetStand
            | Action::Promote
            | Action::Recuse
            | Action::Pictures
            | Action::NextFilm
    )
}

/// Opens the next film that is left to do, in the order in which they are shown; `false` where none is.
pub(super) fn go_on(desk: &Desk, route: &Route<MyFilm>, cx: &mut Cx<'_>) -> bool {
    let next = route.next(|row| desk.now(row).left());
    let Some((next, film)) = next.and_then(|next| Some((next.current()?.key(), next))) else {
        let here = route.current().is_some_and(|row| desk.now(row).left());
        let id = if here { "mine-next-only" } else { "mine-next-none" };
        cx.toast(Tone::Info, cx.session.tr(id));
        return false;
    };
    film.trail().walk_to(next);
    cx.open(Box::new(Page::new(film, MyReading::new(desk))));
    true
}

/// Says that something was done with a film, with the key to the next one that is left to do.
pub(super) fn done(text: String, desk: &Desk, route: &Route<MyFilm>, cx: &mut Cx<'_>) {
    told(Tone::Done, text, desk, route, cx);
}

/// The same, however it is meant.
pub(super) fn told(tone: Tone, text: String, desk: &Desk, route: &Route<MyFilm>, cx: &mut Cx<'_>) {
    let next = route.next(|row| desk.now(row).left());
    match next.as_ref().and_then(Route::current) {
        Some(row) => {
            let title = short_title(row, cx.session);
            let label = cx.session.tr_with("mine-next-title", &[("title", (&title).into())]);
            cx.toast_then(tone, text, Action::NextFilm, label);
        }
        None => cx.toast(tone, text),
    }
}

/// Opens the ballot of a film once more, as its draft stands.
pub(super) fn reopen(desk: &Desk, film: &MyFilm, route: &Route<MyFilm>, cx: &mut Cx<'_>) {
    match ballot(desk, film, route, None, cx) {
        Ok(screen) => cx.open(screen),
        Err(refusal) => cx.toast(Tone::Problem, cx.session.lang.refusal(&refusal)),
    }
}

/// Goes back to where the juror was with a film, as far as that can be done still: its page, its ballot.
pub(super) fn come_back(desk: &Desk, route: &Route<MyFilm>, place: &Place, cx: &mut Cx<'_>) {
    let Some(film) = route.current().map(|row| desk.now(row)) else { return };
    if place.page {
        cx.open(Box::new(Page::new(route.clone(), MyReading::new(desk))));
    }
    let Some(on) = &place.ballot else { return };
    let note = on.note.as_deref().and_then(Note::from_sql);
    match film.cast(&cx.session.festival.voting) {
        Err(refusal) if desk.draft(film.id()).is_none() => {
            let title = short_title(&film, cx.session);
            let why = cx.session.lang.refusal(&refusal);
            let args = [("title", (&title).into()), ("why", (&why).into())];
            cx.toast(Tone::Problem, cx.session.tr_with("mine-back-closed", &args));
        }
        _ => {
            let before = desk.draft(film.id()).and_then(|draft| draft.note);
            cx.open(Box::new(Ballot::new(desk, &film, route, before.or(note)).at(on.caret)));
        }
    }
}

/// The ballot of a film that can be voted on; where it cannot any more, only a draft is shown once more.
fn ballot(
    desk: &Desk,
    film: &MyFilm,
    route: &Route<MyFilm>,
    note: Option<Note>,
    cx: &Cx<'_>,
) -> Result<Box<dyn Screen>, Refusal> {
    match film.cast(&cx.session.festival.voting) {
        Err(refusal) if desk.draft(film.id()).is_none() => Err(refusal),
        _ => Ok(Box::new(Ballot::new(desk, film, route, note))),
    }
}
