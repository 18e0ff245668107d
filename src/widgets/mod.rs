//! Widgets of a terminal: they draw into a rectangle of a buffer and know nothing of films.
//!
//! A widget never leaves its rectangle and never panics, whatever the rectangle is; text is drawn inert. What needs the
//! terminal's cursor says where it stands. A widget's state changes by methods (`move_by`, `insert`); which key
//! calls them is the caller's business. What drawing finds out (the scroll offset, the height of a page) is kept in
//! cells, so that a screen can be drawn from a shared reference.

pub mod bars;
pub mod dialog;
pub mod diff;
pub mod edit;
pub mod form;
pub mod glyph;
pub mod hints;
pub mod input;
pub mod keyvalue;
pub mod matching;
pub mod menu;
pub mod notice;
pub mod pen;
pub mod picture;
pub mod qr;
pub mod signs;
pub mod snapshot;
pub mod table;
pub mod text;
pub mod theme;
pub mod toast;
pub mod wrap;
