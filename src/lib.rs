//! marsai
pub mod api;
pub mod domain;
