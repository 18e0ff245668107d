//! One's own account: password and SSH keys.

use secrecy::SecretString;

use super::ask::Ask;
use crate::api::{Answer, Failure};
use crate::domain::rule::{Refusal, Rule};

fn not_yet() -> Failure {
    Refusal::new(Rule::NotHere).with("what", "my_account").into()
}

pub(super) async fn change_password(
    _ask: &Ask<'_>,
    _current: &SecretString,
    _password: &SecretString,
) -> Result<Answer, Failure> {
    Err(not_yet())
}

pub(super) async fn keys(_ask: &Ask<'_>) -> Result<Answer, Failure> {
    Err(not_yet())
}

pub(super) async fn add_key(_ask: &Ask<'_>, _key: &str) -> Result<Answer, Failure> {
    Err(not_yet())
}

pub(super) async fn remove_key(_ask: &Ask<'_>, _fingerprint: &str) -> Result<Answer, Failure> {
    Err(not_yet())
}
