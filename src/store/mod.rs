//! SQL and nothing else. Functions take a connection; whoever calls them owns the transaction ([`tx`]).

pub mod connect;
pub mod db;
pub mod error;
pub mod ledger;
pub mod meta;
pub mod migrate;
pub mod settings;
pub mod shape;
pub mod topics;
pub mod tx;

pub use db::Db;
pub use error::StoreError;
pub use ledger::Entry;
pub use shape::{Shape, Table};
pub use tx::Tx;
