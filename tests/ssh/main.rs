//! The real OpenSSH client in a pseudo-terminal, the real program at the other end, a real database behind it: what jurors
//! and staff live through over SSH.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../support/festival.rs"]
mod festival;
#[path = "../support/mod.rs"]
mod support;
#[path = "../support/terminal.rs"]
mod terminal;

mod behind;
mod client;
mod jury;
mod losing;
mod office;
mod openssh;
mod relay;
mod served;
mod signing_in;
mod voting;
