//! The ballot: a note, a comment, one last look. What is typed stays until it is cast, whatever happens meanwhile.

mod outcome;
mod versions;
mod view;

use std::cell::{Cell, RefCell};

use ratatui::layout::{Position, Rect};

use crate::api::{Answer, Changed, Failure, Request, Topic};
use crate::app::action::Action;
use crate::app::cx::{Cx, Tone};
use crate::app::key::Key;
use crate::app::keymap::Context;
use crate::app::msg::{Mouse, MouseKind, Ticket};
use crate::domain::round::{Cast, Paper};
use crate::domain::rule::Refusal;
use crate::domain::vote::Note;
use crate::screens::confirm::{Confirm, Outcome};
use crate::screens::films::cells::title_of;
use crate::screens::last_look::{Decision, LastLook};
use crate::screens::list::Route;
use crate::screens::{Canvas, Screen, typing};
use crate::widgets::edit::Edit;
use crate::widgets::text::TextBox;

use super::desk::{Desk, Known, Reread};
use super::drafts::{Draft, Kept, LONGEST, Theirs};
use super::handing::Handing;
use super::place::Standing;
use super::stand::LetStand;
use super::standing::MyFilm;

pub(super) use self::view::{own_vote, short_title};

/// Where in the ballot one is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    /// Choosing the note and writing.
    Write,
    /// Looking once more.
    Look,
    /// Choosing between what is written here and what was written elsewhere.
    Versions,
}

/// A ballot that is open.
pub(super) struct Ballot {
    desk: Desk,
    route: Route<MyFilm>,
    /// The film as it was when the ballot was opened, or when the juror took the last look.
    film: MyFilm,
    note: Option<Note>,
    comment: TextBox,
    /// The focus is on the note, not on the text.
    on_note: bool,
    step: Step,
    look: LastLook,
    handing: Handing,
    reread: Reread,
    /// Asked whether the film is there at all.
    asking: Option<Ticket>,
    /// What went wrong.
    problem: Option<String>,
    /// The vote is to be cast as soon as its draft is saved.
    going: bool,
    /// What the draft said before another note was chosen for it.
    drafted: Option<Note>,
    /// The film is the juror's no more: nothing can be handed in.
    gone: bool,
    /// What is written was copied since.
    copied: bool,
    /// Tells where the juror is, for as long as the ballot is open.
    standing: Standing,
    /// The first line of both versions that is shown.
    scroll: Cell<usize>,
    /// Where the notes were drawn.
    places: RefCell<Vec<(Rect, Note)>>,
    text_place: RefCell<Rect>,
}

impl Ballot {
    /// The ballot of a film with this note chosen, or the draft's, and with what was begun before.
    pub(super) fn new(desk: &Desk, film: &MyFilm, route: &Route<MyFilm>, note: Option<Note>) -> Self {
        let draft = desk.draft(film.id());
        let before = draft.as_ref().and_then(|draft| draft.note);
        let drafted = before.filter(|before| note.is_some_and(|note| note != *before));
        let mut comment = TextBox::new(LONGEST);
        if let Some(draft) = draft {
            comment.set(&draft.comment);
            comment.set_caret(draft.caret);
        }
        Self {
            desk: desk.clone(),
            route: route.clone(),
            film: film.clone(),
            note: note.or(before),
            comment,
            on_note: false,
            step: Step::Write,
            look: LastLook::default(),
            handing: Handing::default(),
            reread: Reread::default(),
            asking: None,
            problem: None,
            going: false,
            drafted,
            gone: false,
            copied: false,
            standing: Standing::new(desk),
            scroll: Cell::new(0),
            places: RefCell::default(),
            text_place: RefCell::default(),
        }
    }

    /// The same with the cursor where it stood.
    pub(super) fn at(mut self, caret: usize) -> Self {
        self.comment.set_caret(caret);
        self
    }

    /// The film as it is now, as far as that is known.
    fn now(&self) -> MyFilm {
        match self.desk.film(self.film.id()) {
            Known::Film(film) => *film,
            Known::Gone | Known::Nothing => self.film.clone(),
        }
    }

    /// Whether it can be handed in no more, whatever is done.
    fn lost(&self) -> bool {
        self.gone || matches!(self.desk.film(self.film.id()), Known::Gone)
    }

    /// Keeps what is written, so that nothing is lost however the ballot is left; it is saved a moment later.
    fn keep(&mut self, cx: &mut Cx<'_>) {
        let title = title_of(&self.film.film, cx.session);
        let (note, comment, caret) = (self.note, self.comment.text(), self.comment.caret());
        self.desk.write(self.film.id(), Draft { title, note, comment, caret }, cx);
        self.copied = false;
        self.stand();
    }

    /// Tells where the juror is.
    fn stand(&self) {
        self.standing.on_ballot(self.film.id(), self.note, self.comment.caret());
    }

    /// What is written elsewhere is not the same.
    fn elsewhere(&self) -> Option<Theirs> {
        match self.desk.kept(self.film.id()) {
            Some(Kept::Elsewhere(theirs)) => Some(theirs),
            _ => None,
        }
    }

    /// Takes over what the desk has, where that is not what is written here: nothing is written here that it has not heard of.
    fn follow(&mut self) {
        let Some(draft) = self.desk.draft(self.film.id()) else { return };
        if draft.comment != self.comment.text() {
            self.comment.set(&draft.comment);
            self.comment.set_caret(draft.caret);
        } else if self.drafted.is_some() || draft.note == self.note {
            return;
        }
        (self.note, self.drafted) = (draft.note.or(self.note), None);
        if self.step == Step::Look {
            self.step = Step::Write;
        }
    }

    fn choose(&mut self, note: Note, cx: &mut Cx<'_>) {
        if self.lost() {
            return;
        }
        self.note = Some(note);
        self.drafted = None;
        self.keep(cx);
    }

    fn choose_by(&mut self, by: isize, cx: &mut Cx<'_>) {
        let at = Note::ALL.iter().position(|note| Some(*note) == self.note).unwrap_or(0);
        if let Some(note) = Note::ALL.get(at.saturating_add_signed(by)) {
            self.choose(*note, cx);
        }
    }

    fn edit(&mut self, edit: Edit, cx: &mut Cx<'_>) -> bool {
        let changed = self.comment.edit(edit);
        if changed {
            self.keep(cx);
        }
        changed
    }

    /// Whether the text takes keys.
    fn writes(&self) -> bool {
        self.step == Step::Write && !self.on_note && !self.lost() && !self.handing.busy()
    }

    /// Goes on to the last look, if what is written can be handed in.
    fn look_once_more(&mut self, cx: &mut Cx<'_>) {
        let session = cx.session;
        let rules = &session.festival.voting;
        self.film = self.now();
        self.problem = None;
        if self.lost() {
            return;
        }
        if self.elsewhere().is_some() {
            self.scroll.set(0);
            self.step = Step::Versions;
            return;
        }
        // Looking is handing in, nearly: a note that was only chosen counts from here on.
        self.keep(cx);
        self.desk.save_anew(self.film.id(), cx);
        let judged = match self.film.cast(rules) {
            Ok(cast) => self.paper(cx).map(|_| cast),
            Err(refusal) => Err(refusal),
        };
        match judged {
            Ok(cast) => {
                let (back, go) = (session.tr("look-back"), session.tr("ballot-button"));
                self.look = LastLook::new(back, go, matches!(cast, Cast::Second(_)), None).wary();
                self.step = Step::Look;
            }
            Err(refusal) => self.problem = Some(session.lang.refusal(&refusal)),
        }
    }

    fn paper(&self, cx: &Cx<'_>) -> Result<Paper, Refusal> {
        Paper::read(self.note.map_or("", Note::as_sql), Some(&self.comment.text()), &cx.session.festival.voting, None)
    }

    fn cast(&mut self, cx: &mut Cx<'_>) {
        self.problem = None;
        self.route.trail().acting(true);
        let request = Request::CastVote {
            film: self.film.id(),
            note: self.note.map_or("", Note::as_sql).to_owned(),
            comments: Some(self.comment.text()).filter(|text| !text.trim().is_empty()),
            seen: Some(self.film.seen()),
            draft: self.desk.revision(self.film.id()),
        };
        self.handing.send(request, cx);
    }

    /// Casts it, as soon as it is known that nobody wrote something else meanwhile.
    fn go(&mut self, cx: &mut Cx<'_>) {
        self.going = self.desk.saving(self.film.id());
        if self.elsewhere().is_some() {
            self.scroll.set(0);
            (self.step, self.going) = (Step::Versions, false);
        } else if !self.going {
            self.cast(cx);
        }
    }

    fn decide(&mut self, decision: Decision, cx: &mut Cx<'_>) {
        match decision {
            Decision::Go => self.go(cx),
            Decision::Back => {
                // What is not known to be cast is refused as a second vote if it was.
                self.handing.forget();
                self.problem = None;
                self.step = Step::Write;
                self.going = false;
            }
            Decision::Miscounted | Decision::Open => {}
        }
    }

    /// Leaves the ballot; what is written stays as a draft, if it can ever be handed in.
    fn leave(&mut self, cx: &mut Cx<'_>) {
        let written = !self.comment.text().trim().is_empty();
        if self.lost() && written && !self.copied {
            let discard = Confirm::discard(cx.session, "ballot-discard", Outcome::Close(cx.key()));
            return cx.open(Box::new(discard));
        }
        if !self.lost() && written {
            let two = self.elsewhere().is_some();
            if two && !self.desk.join(self.film.id(), cx) {
                self.scroll.set(0);
                self.step = Step::Versions;
                return;
            }
            if self.desk.draft(self.film.id()).is_none() && self.now().cast(&cx.session.festival.voting).is_ok() {
                self.keep(cx);
            }
            let title = short_title(&self.film, cx.session);
            let id = if two { "ballot-kept-both" } else { "ballot-kept" };
            if self.desk.draft(self.film.id()).is_some() {
                cx.toast(Tone::Info, cx.session.tr_with(id, &[("title", (&title).into())]));
            }
        }
        self.desk.save(self.film.id(), cx);
        cx.close();
    }

    fn copy(&mut self, cx: &mut Cx<'_>) {
        let text = self.comment.text();
        if text.trim().is_empty() {
            return cx.toast(Tone::Info, cx.session.tr("ballot-nothing-to-copy"));
        }
        cx.copy(text);
        cx.toast(Tone::Done, cx.session.tr("ballot-copied"));
        self.copied = true;
    }

    fn act_on_ballot(&mut self, action: Action, cx: &mut Cx<'_>) -> bool {
        match action {
            Action::Review => self.look_once_more(cx),
            Action::Back => self.leave(cx),
            Action::CopyText => self.copy(cx),
            Action::VoteYes => self.choose(Note::Yes, cx),
            Action::VoteNo => self.choose(Note::No, cx),
            Action::VoteDiscuss => self.choose(Note::ToDiscuss, cx),
            Action::LetStand => match self.now().let_stand() {
                Ok(()) => {
                    let below = Some(cx.key());
                    let stand = LetStand::new(&self.desk, &self.now(), &self.route, below, cx.session);
                    cx.open(Box::new(stand));
                }
                Err(refusal) => cx.toast(Tone::Problem, cx.session.lang.refusal(&refusal)),
            },
            Action::Quit => {
                self.desk.save(self.film.id(), cx);
                cx.ask_quit();
            }
            Action::NextField | Action::PreviousField => {
                self.on_note = !self.on_note;
                self.desk.save(self.film.id(), cx);
            }
            Action::Up if self.on_note => self.choose_by(-1, cx),
            Action::Down if self.on_note => self.choose_by(1, cx),
            Action::Accept if self.on_note => self.on_note = false,
            Action::Up if self.writes() => _ = self.edit(Edit::Up, cx),
            Action::Down if self.writes() => _ = self.edit(Edit::Down, cx),
            Action::Accept if self.writes() => _ = self.edit(Edit::Newline, cx),
            Action::Up | Action::Down | Action::Accept => {}
            _ => return false,
        }
        true
    }
}

impl Screen for Ballot {
    fn title(&self) -> &'static str {
        "ballot-title"
    }

    fn contexts(&self) -> &'static [Context] {
        match self.step {
            Step::Write => &[Context::Ballot],
            Step::Look => &[Context::Dialog],
            Step::Versions => &[Context::Conflict],
        }
    }

    fn typing(&self) -> bool {
        self.writes()
    }

    fn idle(&self, action: Action) -> bool {
        match self.step {
            // What is written can only be read and copied then.
            Step::Write if self.lost() => !matches!(action, Action::CopyText | Action::Back),
            Step::Write => action == Action::LetStand && self.now().let_stand().is_err(),
            Step::Versions => action == Action::Save,
            Step::Look => false,
        }
    }

    fn enter(&mut self, fresh: bool, cx: &mut Cx<'_>) {
        self.stand();
        self.desk.hears(self.film.id(), cx.key());
        self.follow();
        self.desk.save_soon(self.film.id(), cx);
        cx.place_changed();
        if fresh {
            self.desk.save(self.film.id(), cx);
            self.handing.insist(cx);
            self.reread.ask(cx);
        }
    }

    fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> bool {
        if matches!(action, Action::Help | Action::Repaint | Action::Language | Action::Theme) {
            return false;
        }
        match self.step {
            _ if self.handing.busy() => true,
            Step::Write => self.act_on_ballot(action, cx),
            Step::Look if action == Action::Quit => false,
            Step::Look if self.going && action != Action::Back => true,
            Step::Look => {
                let decision = self.look.act(action);
                self.decide(decision, cx);
                true
            }
            Step::Versions => self.act_on_versions(action, cx),
        }
    }

    fn typed(&mut self, key: Key, cx: &mut Cx<'_>) -> bool {
        let Some(step) = typing::step(key) else { return false };
        match step {
            Edit::Left if self.on_note => self.choose_by(-1, cx),
            Edit::Right if self.on_note => self.choose_by(1, cx),
            step if self.writes() => return self.edit(step, cx),
            _ => return false,
        }
        true
    }

    fn pasted(&mut self, text: &str, cx: &mut Cx<'_>) {
        if self.step == Step::Write && !self.lost() && !self.handing.busy() {
            self.on_note = false;
            self.comment.paste(text);
            self.keep(cx);
        }
    }

    fn mouse(&mut self, mouse: Mouse, cx: &mut Cx<'_>) {
        if mouse.kind != MouseKind::Press || self.handing.busy() {
            return;
        }
        if self.step == Step::Versions {
            return;
        }
        if self.step == Step::Look && self.going {
            return;
        }
        if self.step == Step::Look {
            let decision = self.look.click(mouse.column, mouse.row);
            return self.decide(decision, cx);
        }
        let at = Position { x: mouse.column, y: mouse.row };
        let note = self.places.borrow().iter().find(|(place, _)| place.contains(at)).map(|(_, note)| *note);
        let text = *self.text_place.borrow();
        if let Some(note) = note {
            self.choose(note, cx);
        } else if text.contains(at) {
            self.on_note = false;
            self.comment.click(at.x - text.x, at.y - text.y);
        }
    }

    fn reply(&mut self, ticket: Ticket, result: Result<Answer, Failure>, cx: &mut Cx<'_>) {
        if self.asking.take_if(|asked| *asked == ticket).is_some() {
            return self.known_gone(&result, cx.session);
        }
        if !self.handing.ends(ticket) {
            self.reread.take(ticket, result, &self.desk, &cx.session.festival.voting);
            return self.compare(cx);
        }
        match result {
            Ok(answer) => self.done(answer, cx),
            Err(failure) => self.failed(&failure, cx),
        }
    }

    fn woke(&mut self, cx: &mut Cx<'_>) {
        self.desk.save_soon(self.film.id(), cx);
        if !self.handing.busy() {
            self.follow();
            if self.step == Step::Look && (self.going || self.elsewhere().is_some()) {
                self.go(cx);
            }
        }
        cx.place_changed();
    }

    fn changed(&mut self, changed: &Changed, cx: &mut Cx<'_>) {
        let about = |ids: &Vec<i32>| ids.contains(&self.film.id().0);
        if changed.topic == Topic::Films && changed.ids.as_ref().is_none_or(about) && !self.reread.waits() {
            self.reread.ask(cx);
        }
    }

    fn unsaved(&self) -> bool {
        self.handing.busy()
    }

    fn view(&self, area: Rect, canvas: &mut Canvas<'_>) {
        view::draw(self, area, canvas);
    }
}
