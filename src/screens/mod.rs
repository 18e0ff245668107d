//! The screens: one file each, behind one synchronous trait without a sender, a pool, a terminal or a clock.

pub mod account;
mod advance;
mod batch;
pub mod confirm;
mod events;
mod export;
mod films;
mod form;
pub mod gate;
pub mod help;
mod history;
mod jury;
mod last_look;
mod links;
mod list;
mod meanwhile;
mod mine;
mod page;
pub mod palette;
pub mod panel;
mod people;
mod picker;
mod picture;
mod reasoned;
mod settings;
mod sheet;
pub(crate) mod sift;
mod sponsors;
mod steer;
#[cfg(test)]
mod tests;
pub mod typing;
mod votes;
pub(crate) mod words;
mod work;

use std::sync::Arc;

use chrono::{DateTime, Utc};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::api::picture::Pixels;
use crate::api::{Answer, Changed, Failure, Progress};
use crate::app::action::Action;
use crate::app::cx::Cx;
use crate::app::effect::{Computed, NotSaved};
use crate::app::key::Key;
use crate::app::keymap::Context;
use crate::app::msg::{Mouse, Ticket};
use crate::app::session::Session;
use crate::domain::user::Role;
use crate::widgets::picture::{Show, draw_blank, draw_blocks};

use list::ListScreen;

/// What a view draws on.
pub struct Canvas<'a> {
    /// The cells.
    pub buf: &'a mut Buffer,
    /// The session, to read.
    pub session: &'a Session,
    /// Where the text cursor stands, if a text is typed.
    pub cursor: Option<Position>,
    /// Where links stand: cells and address.
    pub links: Vec<(Rect, String)>,
    /// Where pictures stand that the terminal itself draws.
    pub pictures: Vec<(Rect, Arc<Pixels>)>,
}

impl<'a> Canvas<'a> {
    /// A canvas on these cells.
    pub fn new(buf: &'a mut Buffer, session: &'a Session) -> Self {
        Self { buf, session, cursor: None, links: Vec::new(), pictures: Vec::new() }
    }

    /// Draws a picture from the top left of an area, as the terminal can show it. Tells the cells that it covers.
    pub fn picture(&mut self, area: Rect, pixels: &Arc<Pixels>) -> Rect {
        let show = self.session.pictures;
        let (width, height) = show.cells(pixels.size());
        let area = Rect { width: width.min(area.width), height: height.min(area.height), ..area };
        match show {
            Show::Nothing => {}
            Show::Blocks => draw_blocks(area, self.buf, pixels.size(), pixels.rgb()),
            Show::Pixels { .. } => {
                draw_blank(area, self.buf);
                self.pictures.push((area, Arc::clone(pixels)));
            }
        }
        area
    }
}

/// How an open screen shares the terminal with what is below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layer {
    /// It has the tab's whole area.
    Page,
    /// The same, and the rows of the header and the tabs too.
    Bare,
    /// It draws a box over what is below and leaves the rest as it is.
    Box,
    /// It has the whole terminal, and nothing of what is below may be seen.
    Gate,
}

/// A screen: a tab, an open row, a form, a dialog.
pub trait Screen: Send {
    /// The id of its title in the language files.
    fn title(&self) -> &'static str;

    /// How it shares the terminal.
    fn layer(&self) -> Layer {
        Layer::Page
    }

    /// The contexts whose keys hold now, the innermost first.
    fn contexts(&self) -> &'static [Context];

    /// Whether a text has the focus: characters are typed into it before any binding is looked at.
    fn typing(&self) -> bool {
        false
    }

    /// Whether an action of its contexts means nothing now, so that its key is not offered.
    fn idle(&self, _action: Action) -> bool {
        false
    }

    /// Called on every visit and after `r`: ask for what is needed. `fresh`: read again, whatever is known.
    fn enter(&mut self, fresh: bool, cx: &mut Cx<'_>);

    /// The terminal has another size, or shows pictures in another way.
    fn resized(&mut self, _cx: &mut Cx<'_>) {}

    /// Does an action; `false` if it means nothing here.
    fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> bool;

    /// A key for the text that has the focus, and keys without a binding; `false` if it means nothing here.
    fn typed(&mut self, _key: Key, _cx: &mut Cx<'_>) -> bool {
        false
    }

    /// A pasted text, for the text that has the focus.
    fn pasted(&mut self, _text: &str, _cx: &mut Cx<'_>) {}

    /// The mouse, in cells of the terminal.
    fn mouse(&mut self, _mouse: Mouse, _cx: &mut Cx<'_>) {}

    /// News of one of its requests.
    fn progress(&mut self, _ticket: Ticket, _progress: Progress, _cx: &mut Cx<'_>) {}

    /// The end of one of its requests.
    fn reply(&mut self, _ticket: Ticket, _result: Result<Answer, Failure>, _cx: &mut Cx<'_>) {}

    /// The end of one of its computations.
    fn computed(&mut self, _ticket: Ticket, _result: Computed, _cx: &mut Cx<'_>) {}

    /// A file that it asked for was written, and where; or why not.
    fn file_saved(&mut self, _ticket: Ticket, _result: Result<String, NotSaved>, _cx: &mut Cx<'_>) {}

    /// Somebody changed something.
    fn changed(&mut self, _changed: &Changed, _cx: &mut Cx<'_>) {}

    /// The time has come that it asked for with [`Cx::wake_at`].
    fn woke(&mut self, _cx: &mut Cx<'_>) {}

    /// The session ends or locks: what is unsaved is to be sent now.
    fn session_ends(&mut self, _cx: &mut Cx<'_>) {}

    /// Until when the person is busy with something outside the console that this screen began (watching a film): the time
    /// until the lock begins there.
    fn busy_until(&self) -> Option<DateTime<Utc>> {
        None
    }

    /// Where in this tab the person is, for when they come back; asked of tabs only. Some hundred characters at most.
    fn place(&self) -> Option<String> {
        None
    }

    /// Goes back to a place as [`Screen::place`] told it, perhaps in another version of the console.
    fn restore(&mut self, _place: &str, _cx: &mut Cx<'_>) {}

    /// The person has begun something else: a place that was not gone back to yet is not any more.
    fn stay(&mut self) {}

    /// Whether something typed would be lost with this screen.
    fn unsaved(&self) -> bool {
        false
    }

    /// The titles of what was begun and is kept, but not done.
    fn begun(&self) -> Vec<String> {
        Vec::new()
    }

    /// Draws into an area.
    fn view(&self, area: Rect, canvas: &mut Canvas<'_>);
}

/// The tabs of a role, in their order.
pub fn tabs(role: Role) -> Vec<Box<dyn Screen>> {
    match role {
        Role::Admin => vec![
            Box::new(ListScreen::new(films::Films::default())),
            Box::new(ListScreen::new(jury::Panel::default())),
            Box::new(ListScreen::new(votes::Votes::default())),
            Box::new(ListScreen::new(events::Events)),
            Box::new(ListScreen::new(sponsors::Sponsors::default())),
            Box::new(people::People::default()),
            Box::new(settings::Settings::default()),
        ],
        Role::Jury => mine::tabs(),
        Role::Producer => Vec::new(),
    }
}
