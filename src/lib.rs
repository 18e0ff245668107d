//! marsai
pub mod api;
pub mod domain;
pub mod service;
