//! What came of it: films changed, films left alone and why, or a database that did not answer.

use crate::api::failure::Trouble;
use crate::api::{Answer, Failure, Reply};
use crate::app::cx::{Cx, Tone};
use crate::app::msg::Ticket;
use crate::app::sentence;
use crate::app::session::Session;

use super::{Batch, Step};

impl Batch {
    /// One line says what was done; films that could not be changed are listed with why.
    pub(super) fn done(&mut self, answer: &Answer, cx: &mut Cx<'_>) {
        if self.selected {
            self.list.served();
        }
        let Reply::Edited(edited) = &answer.reply else { return cx.close() };
        let args = [
            ("count", edited.done.len().into()),
            ("same", edited.unchanged.len().into()),
            ("refused", edited.refused.len().into()),
        ];
        let id = if edited.cancelled { "batch-stopped" } else { "batch-done" };
        let text = cx.session.tr_with(id, &args);
        if edited.done.is_empty() {
            cx.toast(if edited.refused.is_empty() { Tone::Info } else { Tone::Problem }, text);
        } else {
            cx.done(text, answer.operation);
        }
        if edited.refused.is_empty() {
            cx.close();
        } else {
            self.step = Step::Done(edited.refused.clone());
        }
    }

    /// Nothing, or only a part, was done.
    pub(super) fn failed(&mut self, ticket: Ticket, failure: &Failure, session: &Session) {
        self.list.acting(false);
        self.problem = Some(sentence::failure(&session.lang, failure));
        if let Failure::Unavailable(trouble) = failure {
            self.again = (trouble.why != Trouble::Cancelled).then_some(ticket);
            self.last_look.ready();
        }
    }
}
