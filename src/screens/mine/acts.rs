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
use super::page::MyReading;
use super::promote::Promote;
use super::recuse::Recuse;
use super::stand::LetStand;
use super::standing::MyFilm;
use super::watch::Watch;

/// Does an action with a film; `false` if it is none of a juror's.
pub(super) fn act(desk: &Desk, film: &MyFilm, route: &Route<MyFilm>, action: Action, cx: &mut Cx<'_>) -> bool {
    let rules = &cx.session.festival.voting;
    let opened: Result<Box<dyn Screen>, Refusal> = match action {
        Action::VoteYes => ballot(desk, film, route, Note::Yes, cx),
        Action::VoteNo => ballot(desk, film, route, Note::No, cx),
        Action::VoteDiscuss => ballot(desk, film, route, Note::ToDiscuss, cx),
        Action::LetStand => {
            film.let_stand().map(|()| Box::new(LetStand::new(desk, film, route, None, cx.session)) as _)
        }
        Action::Watch => Ok(Box::new(Watch::new(desk, film, route))),
        Action::Promote => film.promote(rules).map(|()| Box::new(Promote::new(desk, film, route)) as _),
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
        Action::HandIn => desk.drafted().is_empty(),
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
    let next = route.next(|row| desk.now(row).left());
    match next.as_ref().and_then(Route::current) {
        Some(row) => {
            let title = short_title(row, cx.session);
            let label = cx.session.tr_with("mine-next-title", &[("title", (&title).into())]);
            cx.toast_then(Tone::Done, text, Action::NextFilm, label);
        }
        None => cx.toast(Tone::Done, text),
    }
}

/// The ballot of a film that can be voted on; where it cannot any more, only a draft is shown once more.
fn ballot(
    desk: &Desk,
    film: &MyFilm,
    route: &Route<MyFilm>,
    note: Note,
    cx: &Cx<'_>,
) -> Result<Box<dyn Screen>, Refusal> {
    match film.cast(&cx.session.festival.voting) {
        Err(refusal) if desk.draft(film.id()).is_none() => Err(refusal),
        _ => Ok(Box::new(Ballot::new(desk, film, route, note))),
    }
}
