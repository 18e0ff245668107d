//! What jurors do with their films: vote, let a vote stand, promote, recuse themselves.

use super::ask::Ask;
use crate::api::{Answer, Failure};
use crate::domain::FilmId;
use crate::domain::jury::Why;
use crate::domain::round::BallotSeen;
use crate::domain::rule::{Refusal, Rule};

/// What a juror hands in.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub(super) note: String,
    pub(super) comments: Option<String>,
}

pub(super) async fn cast(_: &Ask<'_>, _: FilmId, _: &Draft, _: Option<BallotSeen>) -> Result<Answer, Failure> {
    Err(not_yet())
}

pub(super) async fn let_stand(_: &Ask<'_>, _: FilmId, _: Option<BallotSeen>) -> Result<Answer, Failure> {
    Err(not_yet())
}

pub(super) async fn promote(
    _: &Ask<'_>,
    _: FilmId,
    _comment: Option<&str>,
    _: Option<BallotSeen>,
) -> Result<Answer, Failure> {
    Err(not_yet())
}

pub(super) async fn recuse(_: &Ask<'_>, _: FilmId, _: Why) -> Result<Answer, Failure> {
    Err(not_yet())
}

fn not_yet() -> Failure {
    Refusal::new(Rule::NotHere).with("what", "this request").into()
}
