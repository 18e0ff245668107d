//! A film's picture at the top right of its page.

use ratatui::layout::Rect;

use super::Asked;
use crate::api::picture::{PictureSeen, PictureTrouble};
use crate::api::{Answer, Failure, Request};
use crate::app::cx::Cx;
use crate::app::msg::Ticket;
use crate::domain::FilmId;
use crate::screens::Canvas;
use crate::widgets::pen::{row, write};
use crate::widgets::wrap::wrapped;

/// From this width of the terminal on there is room for it.
const FROM: u16 = 100;

/// Its largest size, in cells.
const SIZE: (u16, u16) = (32, 14);

/// Columns between it and the text.
const GAP: u16 = 2;

/// A picture beside a text.
#[derive(Default)]
pub(crate) struct Aside {
    asked: Asked,
    film: Option<FilmId>,
    seen: Option<PictureSeen>,
    /// How large it may be in pixels, as it was asked for last.
    size: (u16, u16),
}

impl Aside {
    /// Asks for the picture of a film, or for none; what is there of the same film stays until another comes.
    pub(crate) fn ask(&mut self, film: Option<FilmId>, cx: &mut Cx<'_>) {
        if let Some(before) = self.asked.0.take() {
            cx.cancel(before);
        }
        if self.film != film {
            self.seen = None;
            self.film = film;
        }
        let show = cx.session.pictures;
        self.size = (0, 0);
        if let Some(film) = film.filter(|_| show.possible() && cx.session.size.0 >= FROM) {
            let (width, height) = show.pixels(SIZE.0, SIZE.1);
            self.size = (width, height);
            self.asked.0 = Some(cx.call(Request::Picture { film, which: None, width, height }));
        }
    }

    /// Asks anew where the terminal has room now or other cells. A window that is being dragged asks nothing.
    pub(crate) fn resized(&mut self, cx: &mut Cx<'_>) {
        let show = cx.session.pictures;
        let wanted = show.possible() && cx.session.size.0 >= FROM;
        if wanted && self.size != show.pixels(SIZE.0, SIZE.1) {
            self.ask(self.film, cx);
        }
    }

    /// Takes the end of a request, if it is this one's.
    pub(crate) fn reply(&mut self, ticket: Ticket, result: &Result<Answer, Failure>) {
        // What fails altogether is said by the page's own requests.
        if let Some(Ok(seen)) = self.asked.take(ticket, result)
            && Some(seen.film) == self.film
        {
            self.seen = Some(seen);
        }
    }

    /// Draws it at the top right of an area and tells how many columns it took.
    pub(crate) fn view(&self, area: Rect, canvas: &mut Canvas<'_>) -> u16 {
        let session = canvas.session;
        let Some(seen) = self.seen.as_ref().filter(|_| session.size.0 >= FROM && session.pictures.possible()) else {
            return 0;
        };
        match &seen.found {
            Ok(found) => {
                let (width, height) = session.pictures.cells(found.pixels.size());
                let (width, height) = (width.min(SIZE.0).min(area.width), height.min(SIZE.1).min(area.height));
                let place = Rect { x: area.right() - width, width, height, ..area };
                canvas.picture(place, &found.pixels);
                width + GAP
            }
            // Nobody misses what was never there.
            Err(PictureTrouble::None | PictureTrouble::NoAddress) => 0,
            Err(trouble) => {
                let width = SIZE.0.min(area.width);
                let place = Rect { x: area.right() - width, width, ..area };
                let (text, theme) = (session.tr(trouble.message()), &session.theme);
                for (y, line) in (0..area.height).zip(wrapped(&text, usize::from(width))) {
                    write(row(place, y), canvas.buf, line, theme.faint, theme.signs.ellipsis);
                }
                width + GAP
            }
        }
    }
}
