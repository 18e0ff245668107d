//! Requests on a real database: what they answer, what they refuse, what they leave behind.

#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "../store/proxy.rs"]
mod proxy;
#[path = "../support/mod.rs"]
mod support;

mod awards;
mod ballots;
mod bulk;
mod deadlines;
mod desk;
mod drafts;
mod exporting;
mod judging;
mod misfits;
mod moving;
mod my_account;
mod office;
mod outside;
mod panels;
mod people;
mod pictures;
mod preferences;
mod reading;
mod release;
mod rounds;
mod shapes;
mod sights;
mod site_votes;
mod statements;
mod storm;
mod synopses;
mod table;
mod tallies;
mod together;
mod trash;
mod visits;
mod writing;
