//! Who is on, and who was: visits from the sign-in to the end, and sign-ins that were refused.

use uuid::Uuid;

use super::ask::Ask;
use crate::api::{Answer, Failure};
use crate::domain::rule::{Refusal, Rule};

fn not_yet() -> Failure {
    Refusal::new(Rule::NotHere).with("what", "sessions").into()
}

pub(super) async fn sessions(_ask: &Ask<'_>, _ended: bool) -> Result<Answer, Failure> {
    Err(not_yet())
}

pub(super) async fn end(_ask: &Ask<'_>, _session: Uuid) -> Result<Answer, Failure> {
    Err(not_yet())
}
