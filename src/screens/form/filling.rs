//! What makes one form different from another: its fields, what they begin with, how they are judged and saved.

use crate::api::{Answer, FieldChange, Reply, Request, Topic};
use crate::app::cx::Cx;
use crate::app::effect::Job;
use crate::app::session::Session;
use crate::domain::Refusal;
use crate::screens::Layer;
use crate::screens::picker::Picker;
use crate::widgets::form::Form;

/// What makes one form different from another.
pub(crate) trait Filling: Send {
    /// The id of its title.
    const TITLE: &'static str;
    /// How it shares the terminal.
    const LAYER: Layer = Layer::Box;
    /// Whose changes concern it.
    const TOPIC: Topic;
    /// The id of the question before it is thrown away.
    const DISCARD: &'static str;

    /// What stands above it.
    fn heading(&self, session: &Session) -> String;

    /// What stands below it: who will read it.
    fn readers(&self, session: &Session) -> String;

    /// The fields with their values, as soon as everything that they need is there.
    fn form(&self, session: &Session) -> Form;

    /// Asks for what it needs first.
    fn load(&self) -> Vec<Request> {
        Vec::new()
    }

    /// Takes what was asked for.
    fn take(&mut self, _reply: Reply) {}

    /// The row whose changes concern it.
    fn id(&self) -> Option<i32> {
        None
    }

    /// Asks how the row stands while it is being filled in.
    fn look_again(&self) -> Option<Request> {
        None
    }

    /// What somebody else has changed since, from the answer to [`look_again`](Self::look_again).
    fn changes(&self, _reply: &Reply) -> Vec<FieldChange> {
        Vec::new()
    }

    /// Judges one field as soon as it is left.
    ///
    /// # Errors
    /// What is wrong with it.
    fn judge(&self, field: &str, value: &str) -> Result<(), Refusal>;

    /// The request that saves; `None`: nothing is different.
    ///
    /// # Errors
    /// What is wrong.
    fn request(&self, form: &Form) -> Result<Option<Request>, Refusal>;

    /// What a field began with, or what somebody else saved since and was seen.
    fn loaded(&self, field: &str) -> String;

    /// Somebody else's value is what the field begins with from now on.
    fn rebase(&mut self, field: &str, now: &str);

    /// What a value looks like, where it is not itself.
    fn shown(&self, _field: &str, _value: &str) -> Option<String> {
        None
    }

    /// It is being saved (`true`), or that failed (`false`).
    fn saving(&self, _saving: bool) {}

    /// It was saved: says so and leaves whatever is below in order. `None`: no answer to this.
    fn saved(&mut self, answer: &Answer, session: &Session) -> Option<String>;

    /// What is done after it was closed.
    fn closed(&self, _cx: &mut Cx<'_>) {}

    /// Goes on to the next row (`1`) or the one before (`-1`); `false` at the ends.
    fn walk(&mut self, _by: isize) -> bool {
        false
    }

    /// Its place among the rows that can be walked through, from 1, and how many these are.
    fn place(&self) -> Option<(usize, usize)> {
        None
    }

    /// What is made ready off the loop once what the form needs is there.
    fn prepare(&self) -> Option<Job> {
        None
    }

    /// What can be chosen for a field that is searched.
    fn search(&self, _field: &str, _value: &str, _session: &Session) -> Option<Picker> {
        None
    }
}
