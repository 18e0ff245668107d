//! A form as a screen: filled in, checked, saved, kept through every failure, and compared with what somebody else saved
//! meanwhile. Each form says only what is its own.

mod conflict;
mod filling;
mod view;

use ratatui::layout::Rect;

use crate::api::failure::Trouble;
use crate::api::{Answer, Changed, Failure, FieldChange};
use crate::app::action::Action;
use crate::app::cx::{Cx, Tone};
use crate::app::key::Key;
use crate::app::keymap::Context;
use crate::app::msg::{Mouse, MouseKind, Ticket};
use crate::app::sentence;
use crate::app::session::Session;
use crate::domain::{Param, Refusal};
use crate::widgets::edit::Edit;
use crate::widgets::form::{Form, Kind};

use self::conflict::Conflict;
pub(crate) use self::filling::Filling;
use super::confirm::{Confirm, Outcome};
use super::picker::{Picked, Picker};
use super::{Canvas, Layer, Screen, typing};

/// What a form holds, by field.
type Values = Vec<(&'static str, String)>;

/// What stands above a form that was in somebody's way.
struct Notice {
    sentence: String,
    /// Whether saving once more may help.
    again: bool,
}

/// A change that is being saved.
struct Saving {
    ticket: Ticket,
    /// Where to go on: to the next row, the one before, or (0) nowhere.
    then: isize,
}

/// The screen of a form.
pub(crate) struct FormScreen<F: Filling> {
    filling: F,
    form: Form,
    /// What the form needs first is not there yet.
    loading: Vec<Ticket>,
    failed: Option<Failure>,
    saving: Option<Saving>,
    /// A change without an answer: saving the same once more asks for the very same.
    again: Option<(Ticket, Values)>,
    notice: Option<Notice>,
    conflict: Option<Conflict>,
    picker: Option<(&'static str, Picker)>,
    /// Asked whether somebody else changed it while it is filled in, and the fields that they did.
    asking: Option<Ticket>,
    outside: Vec<String>,
}

impl<F: Filling> FormScreen<F> {
    /// A form before it is shown.
    pub(crate) fn new(filling: F) -> Self {
        Self {
            filling,
            form: Form::default(),
            loading: Vec::new(),
            failed: None,
            saving: None,
            again: None,
            notice: None,
            conflict: None,
            picker: None,
            asking: None,
            outside: Vec::new(),
        }
    }

    /// Asks for what is needed, or shows the form.
    fn begin(&mut self, cx: &mut Cx<'_>) {
        (self.notice, self.again, self.failed) = (None, None, None);
        self.outside.clear();
        self.loading = self.filling.load().into_iter().map(|request| cx.call(request)).collect();
        if self.loading.is_empty() {
            self.fill(cx.session);
        }
    }

    fn fill(&mut self, session: &Session) {
        let focused = self.form.focused();
        self.form = self.filling.form(session);
        if let Some(name) = focused {
            self.form.focus(name);
        }
    }

    fn ready(&self) -> bool {
        self.loading.is_empty() && self.failed.is_none()
    }

    /// Whether keys are for the form itself.
    fn open(&self) -> bool {
        self.ready() && self.saving.is_none() && self.conflict.is_none()
    }

    /// Saves; `then`: where to go on to.
    fn save(&mut self, then: isize, cx: &mut Cx<'_>) {
        let session = cx.session;
        for (name, value) in self.form.values() {
            let wrong = self.filling.judge(name, &value).err();
            self.form.say(name, wrong.map(|refusal| session.lang.refusal(&refusal)));
        }
        if self.form.focus_wrong() {
            return;
        }
        let request = match self.filling.request(&self.form) {
            Ok(Some(request)) => request,
            Ok(None) => return self.same(then, cx),
            Err(refusal) => return self.refused(&refusal, session),
        };
        self.filling.saving(true);
        let values = self.form.values();
        let ticket = match self.again.take().filter(|(_, before)| *before == values) {
            Some((ticket, _)) => cx.call_again(ticket, request),
            None => cx.call(request),
        };
        self.saving = Some(Saving { ticket, then });
        self.notice = None;
    }

    /// Nothing is different.
    fn same(&mut self, then: isize, cx: &mut Cx<'_>) {
        if then != 0 {
            return self.go_on(then, cx);
        }
        cx.toast(Tone::Info, cx.session.tr("form-same"));
        cx.close();
    }

    fn go_on(&mut self, by: isize, cx: &mut Cx<'_>) {
        if self.filling.walk(by) {
            self.begin(cx);
        } else {
            let id = if by > 0 { "form-last" } else { "form-first" };
            cx.toast(Tone::Info, cx.session.tr(id));
        }
    }

    /// Says under the field what is wrong with it.
    fn refused(&mut self, refusal: &Refusal, session: &Session) {
        let sentence = session.lang.refusal(refusal);
        let label = refusal.params.iter().find_map(|(_, value)| match value {
            Param::Message(id) => id.strip_prefix("field-"),
            _ => None,
        });
        let names = self.form.values();
        let name = label.and_then(|label| names.iter().find(|(name, _)| name.replace('_', "-") == label));
        match name {
            Some((name, _)) => self.form.set_error(name, sentence),
            None => self.notice = Some(Notice { sentence, again: false }),
        }
    }

    fn saved(&mut self, answer: &Answer, then: isize, cx: &mut Cx<'_>) {
        let Some(sentence) = self.filling.saved(answer, cx.session) else { return cx.close() };
        self.form.settle();
        if then != 0 && self.filling.walk(then) {
            // Here a letter is typed: what undoes waits until the form is closed.
            cx.toast(Tone::Done, sentence);
            return self.begin(cx);
        }
        cx.done(sentence, answer.operation);
        cx.close();
        self.filling.closed(cx);
    }

    fn failed(&mut self, ticket: Ticket, failure: &Failure, session: &Session) {
        self.filling.saving(false);
        match failure {
            Failure::Conflict(changes) => self.disputed(changes, failure, session),
            Failure::Rule(refusal) => self.refused(refusal, session),
            _ => {
                let mut again = false;
                if let Failure::Unavailable(trouble) = failure {
                    self.again = (trouble.why != Trouble::Cancelled).then(|| (ticket, self.form.values()));
                    again = true;
                }
                self.notice = Some(Notice { sentence: sentence::failure(&session.lang, failure), again });
            }
        }
    }

    /// Somebody else saved meanwhile: asks which version each field keeps.
    fn disputed(&mut self, changes: &[FieldChange], failure: &Failure, session: &Session) {
        let (form, filling) = (&self.form, &self.filling);
        let there = form.values();
        let yours = |name: &str| {
            let (_, value) = there.iter().find(|(field, _)| *field == name)?;
            // A field that was not touched holds what was loaded, to the letter.
            let touched = form.changed().contains(&name);
            Some((if touched { value.clone() } else { filling.loaded(name) }, touched))
        };
        let conflict = Conflict::new(changes, yours, &|field, value| filling.shown(field, value));
        if conflict.is_empty() {
            let sentence = sentence::failure(&session.lang, failure);
            self.notice = Some(Notice { sentence, again: false });
        } else {
            self.conflict = Some(conflict);
        }
        self.outside.clear();
    }

    /// Every field takes the version that was chosen for it; saving once more writes them.
    fn decide(&mut self, conflict: Conflict, cx: &mut Cx<'_>) {
        for dispute in conflict.into_disputes() {
            self.filling.rebase(&dispute.name, &dispute.theirs);
            self.form.rebase(&dispute.name, &dispute.theirs);
            let kept = if dispute.mine { &dispute.yours } else { &dispute.theirs };
            let shown = self.filling.shown(&dispute.name, kept);
            self.form.set_value(&dispute.name, kept);
            if let Some(shown) = shown {
                self.form.pick(&dispute.name, kept, &shown);
            }
        }
        self.again = None;
        self.save(0, cx);
    }

    fn act_on_conflict(&mut self, action: Action, cx: &mut Cx<'_>) -> bool {
        match action {
            Action::Save | Action::Accept => {
                if let Some(conflict) = self.conflict.take() {
                    self.decide(conflict, cx);
                }
            }
            Action::Back => {
                self.conflict = None;
                let sentence = cx.session.tr("conflict-later");
                self.notice = Some(Notice { sentence, again: false });
            }
            _ => return self.conflict.as_mut().is_some_and(|conflict| conflict.act(action)) || !passes(action),
        }
        true
    }

    /// Lets the picker have an action, and takes what was picked.
    fn act_on_picker(&mut self, action: Action) -> bool {
        let Some((_, picker)) = &mut self.picker else { return false };
        let picked = picker.act(action);
        self.picked(picked);
        !passes(action)
    }

    fn picked(&mut self, picked: Picked) {
        if picked == Picked::Looking {
            return;
        }
        let Some((field, _)) = self.picker.take() else { return };
        if let Picked::Took(pick) = picked {
            self.form.pick(field, &pick.value, &pick.label);
        }
    }

    /// Opens the search of a field that has one; a letter that was typed is its first.
    fn search(&mut self, key: Option<Key>, session: &Session) -> bool {
        let Some(name) = self.form.focused().filter(|_| matches!(self.form.kind(), Some(Kind::Search { .. }))) else {
            return false;
        };
        let value = self.form.value(name);
        if let Some(mut picker) = self.filling.search(name, &value, session) {
            key.map(|key| picker.typed(key, session));
            self.picker = Some((name, picker));
        }
        true
    }

    /// Does something in the form; a field that loses the focus is judged at once.
    fn within(&mut self, session: &Session, work: impl FnOnce(&mut Form) -> bool) -> bool {
        let before = self.form.focused();
        let done = work(&mut self.form);
        if let Some(name) = before.filter(|name| self.form.focused() != Some(*name)) {
            let wrong = self.filling.judge(name, &self.form.value(name)).err();
            self.form.say(name, wrong.map(|refusal| session.lang.refusal(&refusal)));
        }
        done
    }

    fn act_on_form(&mut self, action: Action, cx: &mut Cx<'_>) -> bool {
        let session = cx.session;
        match action {
            Action::Save => self.save(0, cx),
            Action::SaveNext if self.filling.place().is_some() => self.save(1, cx),
            Action::SavePrevious if self.filling.place().is_some() => self.save(-1, cx),
            Action::Accept if self.search(None, session) => {}
            Action::Accept if self.form.edit(Edit::Newline) => {}
            Action::Accept if self.form.at_last() => self.save(0, cx),
            Action::Accept | Action::NextField => {
                self.within(session, |form| {
                    form.next();
                    true
                });
            }
            Action::PreviousField => {
                self.within(session, |form| {
                    form.previous();
                    true
                });
            }
            Action::Up => _ = self.within(session, |form| form.edit(Edit::Up)),
            Action::Down => _ = self.within(session, |form| form.edit(Edit::Down)),
            Action::Back if self.form.dirty() => {
                let discard = Confirm::discard(session, F::DISCARD, Outcome::Close(cx.key()));
                cx.open(Box::new(discard));
            }
            Action::Back => cx.close(),
            _ => return false,
        }
        true
    }
}

/// What means the same whatever has the keys.
fn passes(action: Action) -> bool {
    matches!(action, Action::Repaint | Action::Help | Action::Quit)
}

impl<F: Filling> Screen for FormScreen<F> {
    fn title(&self) -> &'static str {
        F::TITLE
    }

    fn layer(&self) -> Layer {
        F::LAYER
    }

    fn contexts(&self) -> &'static [Context] {
        match (&self.conflict, &self.picker) {
            (Some(_), _) => &[Context::Conflict],
            (None, Some(_)) => &[Context::Menu],
            _ if self.filling.place().is_some() => &[Context::Series, Context::Form],
            _ => &[Context::Form],
        }
    }

    fn typing(&self) -> bool {
        self.conflict.is_none()
    }

    fn enter(&mut self, fresh: bool, cx: &mut Cx<'_>) {
        if self.form.values().is_empty() && self.loading.is_empty() || fresh && self.failed.is_some() {
            self.begin(cx);
        }
    }

    fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> bool {
        match action {
            // What is being saved stays as it is until the answer is there.
            _ if self.saving.is_some() => !passes(action),
            _ if !self.ready() => match action {
                Action::Save | Action::Accept if self.failed.is_some() => {
                    self.begin(cx);
                    true
                }
                _ => false,
            },
            _ if self.conflict.is_some() => self.act_on_conflict(action, cx),
            _ if self.picker.is_some() => self.act_on_picker(action),
            _ => self.act_on_form(action, cx),
        }
    }

    fn typed(&mut self, key: Key, cx: &mut Cx<'_>) -> bool {
        if let Some((_, picker)) = &mut self.picker {
            return picker.typed(key, cx.session);
        }
        let Some(step) = typing::step(key) else { return false };
        if !self.open() {
            return true;
        }
        let types = matches!(step, Edit::Insert(c) if c != ' ');
        types && self.search(Some(key), cx.session) || self.within(cx.session, |form| form.edit(step))
    }

    fn pasted(&mut self, text: &str, cx: &mut Cx<'_>) {
        if let Some((_, picker)) = &mut self.picker {
            picker.pasted(text, cx.session);
        } else if self.open() {
            self.form.paste(text);
        }
    }

    fn mouse(&mut self, mouse: Mouse, cx: &mut Cx<'_>) {
        let (x, y) = (mouse.column, mouse.row);
        let by = match mouse.kind {
            MouseKind::Press => None,
            MouseKind::WheelUp => Some(Action::Up),
            MouseKind::WheelDown => Some(Action::Down),
        };
        if let Some(conflict) = &mut self.conflict {
            match by {
                Some(action) => _ = conflict.act(action),
                None => conflict.click(x, y),
            }
        } else if let Some((_, picker)) = &mut self.picker {
            let picked = match by {
                Some(action) => picker.act(action),
                None => picker.click(x, y),
            };
            self.picked(picked);
        } else if by.is_none() && self.open() {
            self.within(cx.session, |form| form.click(x, y));
            self.search(None, cx.session);
        }
    }

    fn reply(&mut self, ticket: Ticket, result: Result<Answer, Failure>, cx: &mut Cx<'_>) {
        if let Some(saving) = self.saving.take_if(|saving| saving.ticket == ticket) {
            match result {
                Ok(answer) => self.saved(&answer, saving.then, cx),
                Err(failure) => self.failed(ticket, &failure, cx.session),
            }
        } else if let Some(at) = self.loading.iter().position(|asked| *asked == ticket) {
            self.loading.swap_remove(at);
            match result {
                Ok(answer) => self.filling.take(answer.reply),
                Err(failure) => self.failed = Some(failure),
            }
            if self.ready() {
                self.filling.prepare().map(|job| cx.compute(job));
                self.fill(cx.session);
            }
        } else if self.asking.take_if(|asked| *asked == ticket).is_some()
            && let Ok(answer) = result
        {
            let changes = self.filling.changes(&answer.reply);
            self.outside = changes.into_iter().map(|change| change.field).collect();
        }
    }

    fn changed(&mut self, changed: &Changed, cx: &mut Cx<'_>) {
        let about = |ids: &Vec<i32>| self.filling.id().is_some_and(|id| ids.contains(&id));
        if changed.topic != F::TOPIC || !changed.ids.as_ref().is_none_or(about) || !self.open() {
            return;
        }
        // Whether it is about one of these fields, only the row itself tells.
        if let Some(request) =
            self.filling.look_again().filter(|_| self.filling.id().is_some() && self.asking.is_none())
        {
            self.asking = Some(cx.call(request));
        }
    }

    fn unsaved(&self) -> bool {
        self.saving.is_some() || self.form.dirty()
    }

    fn view(&self, area: Rect, canvas: &mut Canvas<'_>) {
        view::draw(self, area, canvas);
    }
}
