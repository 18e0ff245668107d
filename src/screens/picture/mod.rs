//! Films' pictures on the screen: one beside a film's text, and all of them as large as the terminal allows.

mod aside;
mod viewer;

pub(crate) use aside::Aside;
pub(crate) use viewer::Viewer;

use crate::api::picture::PictureSeen;
use crate::api::{Answer, Failure, Reply};
use crate::app::msg::Ticket;

/// A question for a picture that is under way.
#[derive(Default)]
struct Asked(Option<Ticket>);

impl Asked {
    /// The answer, if this is the end of it.
    fn take(&mut self, ticket: Ticket, result: &Result<Answer, Failure>) -> Option<Result<PictureSeen, Failure>> {
        self.0.take_if(|asked| *asked == ticket)?;
        match result {
            Ok(Answer { reply: Reply::Picture(seen), .. }) => Some(Ok(seen.clone())),
            Ok(_) => None,
            Err(failure) => Some(Err(failure.clone())),
        }
    }
}
