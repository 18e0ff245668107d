//! The real program as scripts and people at a shell meet it: arguments in, lines and exit codes out.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../support/mod.rs"]
mod support;

mod call;
mod contrib;
mod doctor;
mod export;
mod first_run;
mod program;
mod serve;
mod settings;
mod user;
