//! Drafts of votes: kept as they are typed, for their juror alone.

use super::ask::Ask;
use crate::api::{Answer, Failure};
use crate::domain::FilmId;
use crate::domain::rule::{Refusal, Rule};

/// A draft as it is to be kept.
#[derive(Debug)]
pub(super) struct Kept {
    pub(super) note: Option<String>,
    pub(super) comments: String,
    pub(super) caret: u32,
    pub(super) base: Option<i64>,
}

fn not_yet() -> Failure {
    Refusal::new(Rule::NotHere).with("what", "drafts").into()
}

pub(super) async fn drafts(_ask: &Ask<'_>) -> Result<Answer, Failure> {
    Err(not_yet())
}

pub(super) async fn keep(_ask: &Ask<'_>, _film: FilmId, draft: &Kept) -> Result<Answer, Failure> {
    tracing::trace!(?draft.base, draft.caret, noted = draft.note.is_some(), length = draft.comments.len());
    Err(not_yet())
}

pub(super) async fn forget(_ask: &Ask<'_>, _film: FilmId) -> Result<Answer, Failure> {
    Err(not_yet())
}
