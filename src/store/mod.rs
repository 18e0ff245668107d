//! SQL and nothing else. Functions take a connection; whoever calls them owns the transaction ([`tx`]).

pub mod awards;
pub mod categories;
mod cells;
pub mod collaborators;
pub mod connect;
pub mod db;
pub mod error;
pub mod events;
pub mod export;
pub mod film_form;
pub mod films;
pub mod health;
pub mod leases;
pub mod ledger;
pub mod meta;
pub mod migrate;
pub mod noted;
pub mod outside;
pub mod panels;
pub mod people;
pub mod pictures;
pub mod preferences;
pub mod sessions;
pub mod settings;
pub mod shape;
pub mod sponsors;
pub mod topics;
pub mod trash;
pub mod tx;
pub mod votes;
pub mod whole;

pub use db::Db;
pub use error::StoreError;
pub use ledger::Entry;
pub use shape::{Shape, Table};
pub use tx::Tx;
