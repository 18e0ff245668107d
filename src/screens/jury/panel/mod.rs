//! The panel of one film: jurors ticked, each with what they have to do and what speaks against them.

mod people;
mod view;

use std::collections::BTreeSet;

use ratatui::layout::Rect;

use crate::api::failure::Trouble;
use crate::api::film::FilmRow;
use crate::api::jury::JurorRow;
use crate::api::vote::{FilmVotes, PanelRow};
use crate::api::{Answer, Changed, Failure, Reply, Request, Topic};
use crate::app::action::Action;
use crate::app::cx::{Cx, Tone};
use crate::app::key::Key;
use crate::app::keymap::Context;
use crate::app::msg::{Mouse, MouseKind, Ticket};
use crate::app::sentence;
use crate::app::session::Session;
use crate::domain::film::FilmStatus;
use crate::domain::text::{fold, inert};
use crate::domain::{FilmId, UserId};
use crate::screens::confirm::{Confirm, Outcome};
use crate::screens::films::cells::title_of;
use crate::screens::last_look::{Decision, LastLook};
use crate::screens::list::Trail;
use crate::screens::steer::steer;
use crate::screens::votes::acts::{moved, reopen_for};
use crate::screens::{Canvas, Layer, Screen, typing};
use crate::widgets::input::Input;
use crate::widgets::menu::Menu;

use self::people::{Barred, Seated, seated};

/// The dialog.
pub(crate) struct SetPanel {
    film: FilmId,
    title: String,
    status: FilmStatus,
    trail: Trail,
    people: Vec<Seated>,
    /// Who was on the panel when it was read.
    loaded: BTreeSet<UserId>,
    on: BTreeSet<UserId>,
    jurors: Option<Vec<JurorRow>>,
    voting: Option<Box<FilmVotes>>,
    input: Input,
    menu: Menu,
    /// Who the menu shows, as positions.
    shown: Vec<usize>,
    reading: Vec<Ticket>,
    saving: Option<Ticket>,
    again: Option<Ticket>,
    /// The last look, where something is lost or odd.
    look: Option<LastLook>,
    problem: Option<String>,
    failed: bool,
}

impl SetPanel {
    /// The dialog for a film.
    pub(crate) fn new(row: &FilmRow, trail: Trail, session: &Session) -> Self {
        Self {
            film: row.id,
            title: title_of(row, session),
            status: row.status,
            trail,
            people: Vec::new(),
            loaded: BTreeSet::new(),
            on: BTreeSet::new(),
            jurors: None,
            voting: None,
            input: Input::new().with_max(80).with_placeholder(session.tr("palette-prompt")),
            menu: Menu::default(),
            shown: Vec::new(),
            reading: Vec::new(),
            saving: None,
            again: None,
            look: None,
            problem: None,
            failed: false,
        }
    }

    fn read(&mut self, cx: &mut Cx<'_>) {
        self.failed = false;
        let requests = [Request::Jurors { film: Some(self.film) }, Request::Voting { film: self.film }];
        self.reading = requests.into_iter().map(|request| cx.call(request)).collect();
    }

    fn idle(&self) -> bool {
        self.reading.is_empty() && self.saving.is_none()
    }

    fn dirty(&self) -> bool {
        self.on != self.loaded
    }

    fn joining(&self) -> impl Iterator<Item = &Seated> {
        self.people.iter().filter(|one| self.on.contains(&one.id) && !self.loaded.contains(&one.id))
    }

    fn leaving(&self) -> impl Iterator<Item = &Seated> {
        self.people.iter().filter(|one| self.loaded.contains(&one.id) && !self.on.contains(&one.id))
    }

    /// Puts together what was read; what was ticked or taken away here stays so.
    fn arrange(&mut self, session: &Session) {
        let (Some(jurors), Some(voting)) = (&self.jurors, &self.voting) else { return };
        self.status = voting.film.status;
        self.people = seated(jurors, voting, session);
        let now: BTreeSet<UserId> = voting.jurors.iter().filter(|seat| seat.on_panel).map(|seat| seat.juror).collect();
        let given: Vec<_> = self.on.difference(&self.loaded).copied().collect();
        let taken: Vec<_> = self.loaded.difference(&self.on).copied().collect();
        self.on = now.iter().copied().filter(|id| !taken.contains(id)).chain(given).collect();
        self.loaded = now;
        let on = &self.loaded;
        self.people.sort_by_cached_key(|one| (!on.contains(&one.id), fold(&one.name)));
        self.filter(session);
    }

    /// Lists whoever has every word typed.
    fn filter(&mut self, session: &Session) {
        let typed = fold(self.input.text());
        let words: Vec<&str> = typed.split_whitespace().collect();
        let has = |at: &usize| {
            let one = &self.people[*at];
            let text = fold(&format!("{}\n{}", one.name, one.email));
            words.iter().all(|word| text.contains(word))
        };
        let shown: Vec<usize> = (0..self.people.len()).filter(has).collect();
        let items = shown.iter().map(|at| view::item(self, &self.people[*at], &words, session)).collect();
        if shown == self.shown {
            self.menu.renew(items);
        } else {
            self.menu.set_items(items);
        }
        self.shown = shown;
    }

    /// Turns the juror under the cursor over, or says why not.
    fn turn(&mut self, cx: &mut Cx<'_>) {
        let Some(one) = self.menu.picked().and_then(|at| self.shown.get(at)).and_then(|at| self.people.get(*at)) else {
            return;
        };
        (self.problem, self.again) = (None, None);
        let id = one.id;
        match (self.on.contains(&id), self.loaded.contains(&id)) {
            (true, true) if one.ballot => self.problem = Some(one.says("rule-juror-has-voted", cx.session)),
            (true, _) => _ = self.on.remove(&id),
            (false, true) => _ = self.on.insert(id),
            (false, false) => match &one.barred {
                Some(Barred::Discussion) if self.status == FilmStatus::ToDiscuss => {
                    let whom = (id, one.name.as_str());
                    let way = reopen_for(self.film, self.status, whom, &self.trail, cx.session);
                    cx.open(Box::new(way));
                }
                Some(barred) => self.problem = Some(one.says(barred.rule(), cx.session)),
                None => _ = self.on.insert(id),
            },
        }
        self.filter(cx.session);
    }

    /// Goes on: at once, or to the last look where something is lost or odd.
    fn go_on(&mut self, cx: &mut Cx<'_>) {
        let session = cx.session;
        if !self.dirty() {
            cx.toast(Tone::Info, session.tr("form-same"));
            return cx.close();
        }
        let odd = self.leaving().next().is_some()
            || self.on.len() < usize::from(session.festival.jury_size)
            || self.joining().any(|one| one.resembles.is_some());
        if odd {
            let harmful = self.leaving().next().is_some();
            let (back, go) = (session.tr("advance-button-back"), session.tr("panel-button"));
            self.look = Some(LastLook::new(back, go, harmful, None));
            self.problem = None;
        } else {
            self.save(cx);
        }
    }

    fn save(&mut self, cx: &mut Cx<'_>) {
        let (jurors, loaded) = (self.on.iter().copied().collect(), Some(self.loaded.iter().copied().collect()));
        let request = Request::SetPanel { film: self.film, jurors, loaded };
        self.trail.acting(true);
        self.saving = Some(match self.again.take() {
            Some(ticket) => cx.call_again(ticket, request),
            None => cx.call(request),
        });
        self.problem = None;
    }

    fn decide(&mut self, decision: Decision, cx: &mut Cx<'_>) {
        match decision {
            Decision::Go => self.save(cx),
            Decision::Back => (self.look, self.problem, self.again) = (None, None, None),
            Decision::Miscounted | Decision::Open => {}
        }
    }

    fn saved(&self, panel: &PanelRow, answer: &Answer, cx: &mut Cx<'_>) {
        let session = cx.session;
        let title = inert(&self.title).into_owned();
        let args = [("title", (&title).into()), ("count", panel.jurors.len().into())];
        let mut text = session.tr_with("panel-saved", &args);
        if panel.moved {
            text = format!("{text} {}", moved(panel.status, session));
        }
        cx.done(text, answer.operation);
        cx.close();
    }

    fn failed(&mut self, ticket: Ticket, failure: &Failure, cx: &mut Cx<'_>) {
        self.trail.acting(false);
        self.problem = Some(sentence::failure(&cx.session.lang, failure));
        match failure {
            // Both people's ticks are put together and shown; saving once more is a decision.
            Failure::Conflict(_) => {
                self.problem = Some(cx.session.tr("panel-conflict"));
                self.look = None;
                self.read(cx);
            }
            // What a rule refuses is mended in the list.
            Failure::Rule(_) => self.look = None,
            Failure::Unavailable(trouble) => self.again = (trouble.why != Trouble::Cancelled).then_some(ticket),
            _ => {}
        }
    }
}

impl Screen for SetPanel {
    fn title(&self) -> &'static str {
        "panel-title"
    }

    fn layer(&self) -> Layer {
        Layer::Box
    }

    fn contexts(&self) -> &'static [Context] {
        if self.look.is_some() { &[Context::Dialog] } else { &[Context::Ticking, Context::Menu] }
    }

    fn typing(&self) -> bool {
        self.look.is_none()
    }

    fn enter(&mut self, fresh: bool, cx: &mut Cx<'_>) {
        if self.people.is_empty() && self.reading.is_empty() || fresh && self.failed {
            self.read(cx);
        }
    }

    fn resized(&mut self, cx: &mut Cx<'_>) {
        self.filter(cx.session);
    }

    fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> bool {
        if matches!(action, Action::Help | Action::Repaint | Action::Quit) {
            return false;
        }
        if self.saving.is_some() {
            return true;
        }
        if let Some(look) = &mut self.look {
            let decision = look.act(action);
            self.decide(decision, cx);
            return true;
        }
        match action {
            Action::Back if self.dirty() => {
                let discard = Confirm::discard(cx.session, "panel-unsaved", Outcome::Close(cx.key()));
                cx.open(Box::new(discard));
            }
            Action::Back => cx.close(),
            Action::Accept | Action::Save if self.failed => self.read(cx),
            _ if !self.idle() => {}
            Action::Save => self.go_on(cx),
            Action::Accept => self.turn(cx),
            _ => return steer(&mut self.menu, action),
        }
        true
    }

    fn typed(&mut self, key: Key, cx: &mut Cx<'_>) -> bool {
        if !self.idle() || self.look.is_some() {
            return key.typed().is_some();
        }
        // A blank is a part of a name only where one has begun.
        if key.typed() == Some(' ') && self.input.is_empty() {
            self.turn(cx);
            return true;
        }
        let edits = typing::edit(&mut self.input, key);
        if edits {
            self.filter(cx.session);
        }
        edits
    }

    fn pasted(&mut self, text: &str, cx: &mut Cx<'_>) {
        if self.idle() && self.look.is_none() {
            self.input.paste(text);
            self.filter(cx.session);
        }
    }

    fn mouse(&mut self, mouse: Mouse, cx: &mut Cx<'_>) {
        if !self.idle() {
            return;
        }
        if let Some(look) = &mut self.look {
            if mouse.kind == MouseKind::Press {
                let decision = look.click(mouse.column, mouse.row);
                self.decide(decision, cx);
            }
            return;
        }
        match mouse.kind {
            MouseKind::Press if self.menu.click(mouse.column, mouse.row) => self.turn(cx),
            MouseKind::WheelUp => self.menu.move_by(-3),
            MouseKind::WheelDown => self.menu.move_by(3),
            MouseKind::Press => {}
        }
    }

    fn reply(&mut self, ticket: Ticket, result: Result<Answer, Failure>, cx: &mut Cx<'_>) {
        if let Some(at) = self.reading.iter().position(|asked| *asked == ticket) {
            self.reading.swap_remove(at);
            match result.map(|answer| answer.reply) {
                Ok(Reply::Jurors(jurors)) => self.jurors = Some(jurors),
                Ok(Reply::Voting(voting)) => self.voting = Some(voting),
                Ok(_) => {}
                Err(failure) => {
                    self.problem = Some(sentence::failure(&cx.session.lang, &failure));
                    self.failed = true;
                }
            }
            if self.reading.is_empty() {
                self.arrange(cx.session);
            }
        } else if self.saving.take_if(|asked| *asked == ticket).is_some() {
            match result {
                Ok(answer) => match &answer.reply {
                    Reply::Panel(panel) => self.saved(panel, &answer, cx),
                    _ => cx.close(),
                },
                Err(failure) => self.failed(ticket, &failure, cx),
            }
        }
    }

    fn changed(&mut self, changed: &Changed, cx: &mut Cx<'_>) {
        let about = |ids: &Vec<i32>| ids.contains(&self.film.0);
        if changed.topic == Topic::Films && self.idle() && changed.ids.as_ref().is_none_or(about) {
            self.read(cx);
        }
    }

    fn unsaved(&self) -> bool {
        self.saving.is_some() || self.dirty()
    }

    fn view(&self, area: Rect, canvas: &mut Canvas<'_>) {
        view::draw(self, area, canvas);
    }
}
