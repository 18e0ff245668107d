//! Texts that are too long to be in every row, for words to be found in: asked for when the filter is first opened, shared
//! by all sessions of the process.

use crate::api::synopses::Synopses;
use crate::api::{Answer, Failure, Progress, Reply};
use crate::app::cx::Cx;
use crate::app::msg::Ticket;
use crate::app::session::Session;

use super::ListPane;
use super::order::ListRow;

/// What a list has of them.
#[derive(Default)]
pub(super) struct Deep {
    /// All of them, once they are there.
    pub(super) synopses: Option<Synopses>,
    asked: Option<Ticket>,
    /// How many of how many films were read.
    read: Option<(u32, u32)>,
}

impl<T: ListRow> ListPane<T> {
    /// Asks for them, if this list has any and they are not there; `again`: also if they are, `fresh`: from the database.
    pub(super) fn read_deep(&mut self, again: bool, fresh: bool, cx: &mut Cx<'_>) {
        let Some(request) = self.spec.synopses else { return };
        if again == self.deep.synopses.is_some() && (fresh || self.deep.asked.is_none()) {
            self.deep.asked = Some(cx.call(request(fresh)));
            self.deep.read = None;
        }
    }

    /// How far the reading is.
    pub(super) fn deep_progress(&mut self, ticket: Ticket, progress: &Progress) {
        if self.deep.asked == Some(ticket)
            && let Progress::Steps { done, total } = progress
        {
            self.deep.read = Some((*done, *total));
        }
    }

    /// They are there; `false` if it was an answer to somebody else's question.
    pub(super) fn deep_reply(&mut self, ticket: Ticket, result: &Result<Answer, Failure>, cx: &mut Cx<'_>) -> bool {
        if self.deep.asked.take_if(|asked| *asked == ticket).is_none() {
            return false;
        }
        // Without them words are found in what is there; the next opening of the filter asks again.
        if let Ok(Answer { reply: Reply::Synopses(synopses), .. }) = result {
            let first = self.deep.synopses.replace(synopses.clone()).is_none();
            if first && self.line.query().words().next().is_some() {
                self.rearrange(cx);
            }
        }
        true
    }

    /// That they are being read, while somebody waits for it.
    pub(super) fn deep_note(&self, session: &Session) -> Option<String> {
        let waits = self.deep.asked.is_some() && self.deep.synopses.is_none() && !self.line.input.is_empty();
        let (done, total) = self.deep.read.filter(|_| waits)?;
        let percent = u64::from(done) * 100 / u64::from(total.max(1));
        Some(session.tr_with("list-reading-synopses", &[("percent", percent.into())]))
    }
}
