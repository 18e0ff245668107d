//! Releasing a juror from their films, and answering those who cannot judge one.

use super::ask::Ask;
use crate::api::{Answer, Failure};
use crate::domain::rule::{Refusal, Rule};
use crate::domain::{FilmId, UserId};

/// A release as it is asked for.
#[derive(Clone, Debug)]
pub(super) struct Release {
    pub(super) juror: UserId,
    pub(super) kept: bool,
    pub(super) replacements: Vec<UserId>,
    pub(super) reason: Option<String>,
}

/// The answer to a recusal.
#[derive(Clone, Debug)]
pub(super) struct Settlement {
    pub(super) juror: UserId,
    pub(super) agree: bool,
    pub(super) kept: Option<bool>,
    pub(super) reason: Option<String>,
}

pub(super) async fn preview(_: &Ask<'_>, _: &Release) -> Result<Answer, Failure> {
    Err(not_yet())
}

pub(super) async fn release(_: &Ask<'_>, _: &Release) -> Result<Answer, Failure> {
    Err(not_yet())
}

pub(super) async fn settle(_: &Ask<'_>, _: FilmId, _: &Settlement) -> Result<Answer, Failure> {
    Err(not_yet())
}

fn not_yet() -> Failure {
    Refusal::new(Rule::NotHere).with("what", "this request").into()
}
