//! Until when jurors are asked to vote.

use super::ask::Ask;
use crate::api::{Answer, Failure};
use crate::domain::UserId;
use crate::domain::deadline::VoteRound;
use crate::domain::rule::{Refusal, Rule};

fn not_yet() -> Failure {
    Refusal::new(Rule::NotHere).with("what", "deadlines").into()
}

pub(super) async fn mine(_ask: &Ask<'_>) -> Result<Answer, Failure> {
    Err(not_yet())
}

pub(super) async fn all(_ask: &Ask<'_>) -> Result<Answer, Failure> {
    Err(not_yet())
}

pub(super) async fn extend(
    _ask: &Ask<'_>,
    _juror: UserId,
    _round: VoteRound,
    _until: Option<&str>,
) -> Result<Answer, Failure> {
    Err(not_yet())
}
