//! The edge: the only code that spawns tasks, reads the clock or touches a terminal.
//!
//! ```text
//! local.rs ─┐ events                    ┌─ work.rs   requests and computations as tasks
//!           ├─ backend.rs ── driver.rs ─┤
//! ssh/ ─────┘      │                    ├─ gallery.rs  pictures, encoded
//!                  │                    └─ host.rs   what all sessions share
//!              input.rs (bytes in)         frame/    (bytes out)
//! ```

pub mod backend;
pub mod driver;
pub mod feed;
pub mod frame;
mod gallery;
pub mod host;
pub mod input;
pub mod local;
pub mod panic;
mod save;
pub mod ssh;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
pub mod token;
mod work;
