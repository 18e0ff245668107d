//! Rounds: closed, opened again; ballots deleted, given back, admitted.

use super::ask::Ask;
use crate::api::{Answer, Failure};
use crate::domain::film::FilmStatus;
use crate::domain::rule::{Refusal, Rule};
use crate::domain::{FilmId, UserId, VoteId};

pub(super) async fn open_votes(_: &Ask<'_>, _: FilmId, _reason: &str) -> Result<Answer, Failure> {
    Err(not_yet())
}

pub(super) async fn delete_vote(_: &Ask<'_>, _: VoteId, _reason: &str, _anyway: bool) -> Result<Answer, Failure> {
    Err(not_yet())
}

pub(super) async fn delete_votes(_: &Ask<'_>, _: FilmId, _reason: &str, _anyway: bool) -> Result<Answer, Failure> {
    Err(not_yet())
}

pub(super) async fn reset_vote(_: &Ask<'_>, _: VoteId, _reason: &str) -> Result<Answer, Failure> {
    Err(not_yet())
}

pub(super) async fn admit_vote(_: &Ask<'_>, _: VoteId, _reason: &str) -> Result<Answer, Failure> {
    Err(not_yet())
}

pub(super) async fn close(
    _: &Ask<'_>,
    _: FilmId,
    _reason: Option<&str>,
    _: Option<FilmStatus>,
) -> Result<Answer, Failure> {
    Err(not_yet())
}

pub(super) async fn reopen(
    _: &Ask<'_>,
    _: FilmId,
    _: Option<UserId>,
    _reason: &str,
    _: Option<FilmStatus>,
) -> Result<Answer, Failure> {
    Err(not_yet())
}

fn not_yet() -> Failure {
    Refusal::new(Rule::NotHere).with("what", "this request").into()
}
