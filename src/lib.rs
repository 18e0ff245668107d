//! marsai
pub mod api;
pub mod demo;
pub mod domain;
pub mod run;
pub mod service;

pub mod mariadb;
