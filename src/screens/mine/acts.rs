//! What a juror does with a film, from the list and from its page alike.

use crate::app::action::Action;
use crate::app::cx::{Cx, Tone};
use crate::domain::rule::Refusal;
use crate::domain::vote::Note;
use crate::screens::Screen;
use crate::screens::list::Trail;

use super::ballot::Ballot;
use super::desk::Desk;
use super::promote::Promote;
use super::recuse::Recuse;
use super::stand::LetStand;
use super::standing::MyFilm;

/// Does an action with a film; `false` if it is none of a juror's.
pub(super) fn act(desk: &Desk, film: &MyFilm, trail: Trail, action: Action, cx: &mut Cx<'_>) -> bool {
    let rules = &cx.session.festival.voting;
    let opened: Result<Box<dyn Screen>, Refusal> = match action {
        Action::VoteYes => ballot(desk, film, trail, Note::Yes, cx),
        Action::VoteNo => ballot(desk, film, trail, Note::No, cx),
        Action::VoteDiscuss => ballot(desk, film, trail, Note::ToDiscuss, cx),
        Action::LetStand => {
            film.let_stand().map(|()| Box::new(LetStand::new(desk, film, trail, None, cx.session)) as _)
        }
        Action::Promote => film.promote(rules).map(|()| Box::new(Promote::new(desk, film, trail)) as _),
        Action::Recuse => Ok(Box::new(Recuse::new(desk, film, trail, cx.session))),
        _ => return false,
    };
    match opened {
        Ok(screen) => cx.open(screen),
        Err(refusal) => cx.toast(Tone::Problem, cx.session.lang.refusal(&refusal)),
    }
    true
}

/// The ballot of a film that can be voted on; where it cannot any more, only a draft is shown once more.
fn ballot(desk: &Desk, film: &MyFilm, trail: Trail, note: Note, cx: &Cx<'_>) -> Result<Box<dyn Screen>, Refusal> {
    match film.cast(&cx.session.festival.voting) {
        Err(refusal) if desk.draft(film.id()).is_none() => Err(refusal),
        _ => Ok(Box::new(Ballot::new(desk, film, trail, note))),
    }
}
