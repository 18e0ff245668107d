//! The panels of films.

use super::ask::Ask;
use crate::api::{Answer, Failure};
use crate::domain::rule::{Refusal, Rule};
use crate::domain::{FilmId, UserId};

pub(super) async fn set(_: &Ask<'_>, _: FilmId, _jurors: &[UserId], _: Option<&[UserId]>) -> Result<Answer, Failure> {
    Err(not_yet())
}

fn not_yet() -> Failure {
    Refusal::new(Rule::NotHere).with("what", "this request").into()
}
