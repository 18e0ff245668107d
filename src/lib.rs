//! marsai
pub mod api;
pub mod domain;
pub mod run;
pub mod service;
pub mod widgets;

pub mod mariadb;
