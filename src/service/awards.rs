//! Awards: given to films and taken back.

use super::ask::Ask;
use crate::api::{Answer, Failure};
use crate::domain::FilmId;
use crate::domain::film::FilmStatus;
use crate::domain::rule::{Refusal, Rule};

pub(super) async fn awards(_: &Ask<'_>) -> Result<Answer, Failure> {
    Err(not_yet())
}

pub(super) async fn give(_: &Ask<'_>, _: FilmId, _award: &str, _seen: Option<FilmStatus>) -> Result<Answer, Failure> {
    Err(not_yet())
}

pub(super) async fn take_back(_: &Ask<'_>, _: FilmId, _award: &str) -> Result<Answer, Failure> {
    Err(not_yet())
}

fn not_yet() -> Failure {
    Refusal::new(Rule::NotHere).with("what", "this request").into()
}
