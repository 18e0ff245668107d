//! The screens as people use them: keys in, requests and frames out.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod account;
mod advance;
mod batch;
mod discussion;
mod drafts;
mod film;
mod film_form;
mod filter;
pub(super) mod fixtures;
mod frames;
mod juror;
mod jury;
mod language;
mod lists;
mod outside;
mod own_fixtures;
mod people;
mod pictures;
mod random;
mod settings;
mod sponsors;
mod trash;
mod votes;
mod watching;
