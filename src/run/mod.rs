//! The edge: the only code that spawns tasks, reads the clock or touches a terminal.

pub mod frame;
