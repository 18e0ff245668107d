//! `marsai`, the terminal console of a film festival.
//!
//! What is where on the screen, and in the sources:
//!
//! ```text
//!  ┌──────────────────────────────────────────────────────────────────────┐
//!  │ marsai  MarsAI  festival on db.example.org       Ann Lee (…)         │ app/frame.rs: header, tabs, hints
//!  │ 1 Films   2 Jury   3 Votes   4 Events   5 Sponsors   6 Settings      │ screens/mod.rs: tabs()
//!  ├──────────────────────────────────────────────────────────────────────┤
//!  │ ○ 18   ◐ 42   ? 24   ◆ 11                                            │ screens/films/: one folder or file per tab
//!  │ 120 of 120 films                                                     │ screens/list/: what all lists share
//!  │   status       title               country     votes                 │ widgets/table/: columns, widths, cursor
//!  │ ▌ ? to discuss Red Dust  ╭─ Advance ──────────────╮ 67 %             │ screens/advance/: a box over the page
//!  │   ◐ assigned   Two Moons │ ▌ ◆ candidate          │ 33 %             │ widgets/menu.rs, widgets/dialog/
//!  │   ○ submitted  東京       ╰────────────────────────╯ –                │ widgets/bars.rs
//!  ├──────────────────────────────────────────────────────────────────────┤
//!  │ Moved to candidate. u undoes it.                                     │ widgets/toast.rs
//!  │ Enter open  / filter  a advance  ? help                              │ app/keymap.rs: the one table of keys
//!  └──────────────────────────────────────────────────────────────────────┘
//! ```
//!
//! A key becomes a message, a message changes the [`App`](app::App) and comes out as effects, the loop in [`run`] carries them out:
//!
//! ```text
//!  terminal, SSH channel ─▶ run ─▶ Msg ─▶ app + screens ─▶ Effect ─▶ run ─▶ service ─▶ store ─▶ database
//!                            ▲                                               │
//!                            └────────────────── Reply, Changed ◀────────────┘
//! ```
//!
//! | part | holds |
//! |---|---|
//! | [`domain`] | the festival's rules: pure, without sentences, without SQL |
//! | [`api`] | what can be asked, what comes back, how it can fail |
//! | [`store`] | SQL; functions take a connection |
//! | [`service`] | one function per request: permission, transaction, rule, store, ledger, news |
//! | [`widgets`] | tables, forms, dialogs, themes; they know no film |
//! | [`app`] | the state machine, keys, languages, what is open |
//! | [`screens`] | what is seen |
//! | [`run`] | the only loop, the local terminal, the SSH server, the frame writer |
//! | [`mariadb`] | a MariaDB server of our own |
//! | [`demo`] | a made-up festival |
//! | [`cli`], [`config`], [`modes`] | arguments, settings, and one file for each command |
//!
//! Imports go one way, `domain` ← `api` ← `store` ← `service` and `widgets` ← `screens`, `app`; the edge (`run`, `modes`) may know everything.
//! `tests/architecture.rs` holds this.

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
