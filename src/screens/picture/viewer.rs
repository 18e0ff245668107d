//! All pictures of a film, one at a time, as large as the terminal allows.

use ratatui::layout::Rect;

use super::Asked;
use crate::api::film::FilmRow;
use crate::api::picture::PictureSeen;
use crate::api::{Answer, Changed, Failure, Request, Topic};
use crate::app::action::Action;
use crate::app::cx::Cx;
use crate::app::keymap::Context;
use crate::app::msg::{Mouse, MouseKind, Ticket};
use crate::app::sentence::{self, field};
use crate::app::session::Session;
use crate::domain::FilmId;
use crate::domain::picture::Picture;
use crate::domain::text::inert;
use crate::screens::films::cells::title_of;
use crate::screens::words::key_of;
use crate::screens::{Canvas, Screen};
use crate::widgets::glyph::width16;
use crate::widgets::notice::draw_notice;
use crate::widgets::pen::{Pen, row};

/// Rows of the terminal that are not the picture's: header, tabs, title and its gap, caption, news and hints.
const OTHER_ROWS: u16 = 8;

/// The viewer of one film's pictures.
pub(crate) struct Viewer {
    film: FilmId,
    title: String,
    which: Option<Picture>,
    asked: Asked,
    /// How large it may be in pixels, as it was asked for last.
    size: (u16, u16),
    seen: Option<PictureSeen>,
    failed: Option<Failure>,
}

impl Viewer {
    /// The pictures of a film, the poster first.
    pub(crate) fn new(film: FilmId, title: String) -> Self {
        Self { film, title, which: None, asked: Asked::default(), size: (0, 0), seen: None, failed: None }
    }

    /// The pictures of the film of a row.
    pub(crate) fn of(film: &FilmRow, session: &Session) -> Self {
        Self::new(film.id, inert(&title_of(film, session)).into_owned())
    }

    fn ask(&mut self, cx: &mut Cx<'_>) {
        if let Some(before) = self.asked.0.take() {
            cx.cancel(before);
        }
        if cx.session.pictures.possible() {
            self.size = room(cx.session);
            let (width, height) = self.size;
            // The first time the film's first picture is not known; the poster is, if there is one.
            let which = self.which.or(self.seen.is_none().then_some(Picture::Poster));
            self.asked.0 = Some(cx.call(Request::Picture { film: self.film, which, width, height }));
        }
    }

    /// The film's pictures, and which of them is looked at.
    fn place(&self) -> (&[(Picture, String)], usize) {
        let all = self.seen.as_ref().map_or(&[][..], |seen| &seen.all);
        let at = all.iter().position(|(picture, _)| Some(*picture) == self.which).unwrap_or(0);
        (all, at)
    }

    fn walk(&mut self, forward: bool, cx: &mut Cx<'_>) {
        let (all, at) = self.place();
        let to = if forward { at + 1 } else { at + all.len().max(1) - 1 };
        if let Some((picture, _)) = all.get(to % all.len().max(1)).filter(|_| all.len() > 1) {
            self.which = Some(*picture);
            self.ask(cx);
        }
    }

    fn take(&mut self, seen: PictureSeen, cx: &mut Cx<'_>) {
        let first = seen.all.first().map(|(picture, _)| *picture);
        let there = |which: Picture| seen.all.iter().any(|(picture, _)| *picture == which);
        let which = self.which.or(seen.which).filter(|which| there(*which)).or(first);
        let other = which.is_some() && (which != seen.which || self.size != room(cx.session));
        (self.which, self.failed, self.seen) = (which, None, Some(seen));
        if other {
            // A film without a poster, or a window that has another size by now.
            self.ask(cx);
        }
    }

    /// Title and place.
    fn heading(&self, area: Rect, canvas: &mut Canvas<'_>) {
        let theme = &canvas.session.theme;
        let (all, at) = self.place();
        let place = match all.len() {
            0 => String::new(),
            total => canvas.session.tr_with("page-place", &[("at", (at + 1).into()), ("total", total.into())]),
        };
        let room = area.width.saturating_sub(width16(&place) + 2);
        Pen::new(Rect { width: room, ..area }, canvas.buf, theme.signs.ellipsis).put(&self.title, theme.title);
        Pen::new(area, canvas.buf, "").put_right(&place, theme.dim);
    }

    /// What it is, what it is called, how large it is.
    fn caption(&self, session: &Session) -> String {
        let (all, at) = self.place();
        let Some((picture, name)) = all.get(at) else { return String::new() };
        let mut caption = format!("{} · {}", field(&session.lang, picture.column()), inert(name));
        let found =
            self.seen.as_ref().filter(|seen| seen.which == self.which).and_then(|seen| seen.found.as_ref().ok());
        if self.asked.0.is_some() {
            caption = format!("{caption} · {}", session.tr("page-loading"));
        } else if let Some(found) = found {
            let (width, height) = found.original;
            let args = [("width", width.into()), ("height", height.into())];
            caption = format!("{caption} · {}", session.tr_with("picture-size", &args));
        }
        caption
    }

    /// What stands where there is no picture.
    fn instead(&self, session: &Session) -> (String, String) {
        let trouble = self.seen.as_ref().and_then(|seen| seen.found.as_ref().err());
        if !session.pictures.possible() {
            (String::new(), session.tr("picture-terminal"))
        } else if self.asked.0.is_some() {
            (String::new(), session.tr("page-loading"))
        } else if let Some(failure) = &self.failed {
            let key = key_of(session, &[], Action::Refresh);
            let hint = session.tr_with("list-failed-hint", &[("key", (&key).into())]);
            (sentence::failure(&session.lang, failure), hint)
        } else {
            (String::new(), trouble.map(|trouble| session.tr(trouble.message())).unwrap_or_default())
        }
    }
}

/// The pixels that a picture may have.
fn room(session: &Session) -> (u16, u16) {
    let (columns, rows) = session.size;
    session.pictures.pixels(columns.saturating_sub(2), rows.saturating_sub(OTHER_ROWS))
}

impl Screen for Viewer {
    fn title(&self) -> &'static str {
        "picture-title"
    }

    fn contexts(&self) -> &'static [Context] {
        &[Context::Pictures]
    }

    fn enter(&mut self, _fresh: bool, cx: &mut Cx<'_>) {
        self.ask(cx);
    }

    fn resized(&mut self, cx: &mut Cx<'_>) {
        // One at a time: a window that is being dragged has many sizes.
        if self.asked.0.is_none() && self.size != room(cx.session) {
            self.ask(cx);
        }
    }

    fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> bool {
        match action {
            Action::NextPicture => self.walk(true, cx),
            Action::PreviousPicture => self.walk(false, cx),
            Action::Back => {
                if let Some(asked) = self.asked.0.take() {
                    cx.cancel(asked);
                }
                cx.close();
            }
            _ => return false,
        }
        true
    }

    fn mouse(&mut self, mouse: Mouse, cx: &mut Cx<'_>) {
        match mouse.kind {
            MouseKind::WheelDown => self.walk(true, cx),
            MouseKind::WheelUp => self.walk(false, cx),
            MouseKind::Press => {}
        }
    }

    fn reply(&mut self, ticket: Ticket, result: Result<Answer, Failure>, cx: &mut Cx<'_>) {
        match self.asked.take(ticket, &result) {
            Some(Ok(seen)) => self.take(seen, cx),
            Some(Err(failure)) => {
                self.seen = None;
                self.failed = Some(failure);
            }
            None => {}
        }
    }

    fn changed(&mut self, changed: &Changed, cx: &mut Cx<'_>) {
        let about = changed.ids.as_ref().is_none_or(|ids| ids.contains(&self.film.0));
        if changed.topic == Topic::Films && about {
            self.ask(cx);
        }
    }

    fn view(&self, area: Rect, canvas: &mut Canvas<'_>) {
        let session = canvas.session;
        let inner = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
        self.heading(row(inner, 0), canvas);
        let caption = self.caption(session);
        Pen::new(row(inner, inner.height.saturating_sub(1)), canvas.buf, session.theme.signs.ellipsis)
            .put(&caption, session.theme.dim);
        let body = Rect { y: inner.y + 2, height: inner.height.saturating_sub(4), ..inner };
        // The picture before stays until the next one is there.
        match self.seen.as_ref().map(|seen| &seen.found) {
            Some(Ok(found)) if session.pictures.possible() => {
                let (width, height) = session.pictures.cells(found.pixels.size());
                let (width, height) = (width.min(body.width), height.min(body.height));
                let (x, y) = (body.x + (body.width - width) / 2, body.y + (body.height - height) / 2);
                canvas.picture(Rect { x, y, width, height }, &found.pixels);
            }
            _ => {
                let (title, text) = self.instead(session);
                draw_notice(body, canvas.buf, &title, &text, &session.theme);
            }
        }
    }
}
