//! What a juror needs to judge a film, and what they did with films.

use super::ask::Ask;
use crate::api::{Answer, Failure};
use crate::domain::FilmId;
use crate::domain::rule::{Refusal, Rule};

fn not_yet() -> Failure {
    Refusal::new(Rule::NotHere).with("what", "my_film").into()
}

pub(super) async fn my_film(_ask: &Ask<'_>, _film: FilmId) -> Result<Answer, Failure> {
    Err(not_yet())
}

pub(super) async fn my_history(_ask: &Ask<'_>) -> Result<Answer, Failure> {
    Err(not_yet())
}
