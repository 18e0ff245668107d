//! marsai
pub mod api;
pub mod app;
pub mod cli;
pub mod config;
pub mod demo;
pub mod domain;
pub mod mariadb;
pub mod modes;
pub mod run;
pub mod screens;
pub mod service;
pub mod store;
pub mod widgets;
