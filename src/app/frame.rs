//! The frame around every screen: header, tabs, news and hints.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::domain::text::inert;
use crate::domain::user::Role;
use crate::screens::words::key_of;
use crate::screens::{Canvas, Layer};
use crate::widgets::glyph::width16;
use crate::widgets::hints::draw_hints;
use crate::widgets::pen::Pen;
use crate::widgets::toast::{self, Mood};
use crate::widgets::wrap::truncate;

use super::action::Action;
use super::cx::Tone;
use super::{App, Drawn};

/// The row of the tabs.
pub(super) const TABS_ROW: u16 = 1;
/// The smallest terminal that screens are made for.
const SMALLEST: (u16, u16) = (60, 15);

/// Draws the console.
pub(super) fn draw(app: &App, area: Rect, buf: &mut Buffer) -> Drawn {
    let area = area.intersection(buf.area);
    if area.width < SMALLEST.0 || area.height < SMALLEST.1 {
        too_small(app, area, buf);
        return Drawn::default();
    }
    let body = around(app, area, buf);
    let mut canvas = Canvas::new(buf, &app.session);
    if app.stack.top().is_none() {
        line(
            app,
            canvas.buf,
            body.x + 1,
            body.y + 1,
            body.width - 2,
            &app.session.tr("opening"),
            app.session.theme.dim,
        );
    }
    for slot in app.stack.visible() {
        canvas.cursor = None;
        if slot.screen.layer() == Layer::Box {
            // Neither a link nor a picture below a box may shine through it.
            canvas.links.clear();
            canvas.pictures.clear();
        }
        slot.screen.view(body, &mut canvas);
    }
    let Canvas { cursor, links, pictures, .. } = canvas;
    news(app, area, buf);
    hints(app, area, buf);
    Drawn { cursor, links, pictures }
}

/// Draws the header and the tabs, where they are shown, and tells what is left for the screens.
fn around(app: &App, area: Rect, buf: &mut Buffer) -> Rect {
    let gated = app.stack.gate.is_some() || app.stack.tabs().is_empty();
    let bare = app.stack.visible().first().is_some_and(|slot| slot.screen.layer() == Layer::Bare);
    if bare {
        return Rect { height: area.height - 2, ..area };
    }
    header(app, area, buf);
    if gated {
        return Rect { y: area.y + 1, height: area.height - 3, ..area };
    }
    tabs(app, area, buf);
    Rect { y: area.y + 2, height: area.height - 4, ..area }
}

fn too_small(app: &App, area: Rect, buf: &mut Buffer) {
    let args = [("width", SMALLEST.0.into()), ("height", SMALLEST.1.into())];
    let text = app.session.tr_with("too-small", &args);
    for (i, text) in text.lines().enumerate().take(usize::from(area.height)) {
        line(app, buf, area.x, area.y + i as u16, area.width, text, app.session.theme.warning);
    }
}

/// Festival, database and person.
fn header(app: &App, area: Rect, buf: &mut Buffer) {
    let theme = &app.session.theme;
    let name = format!(" marsai  {}", inert(&app.session.festival.name));
    let person = app.session.person.as_ref().filter(|_| app.locked.is_none());
    let who = person.map(|p| format!("{} ({}) ", inert(&p.name), app.session.tr(p.role.message()))).unwrap_or_default();
    let used = line(app, buf, area.x, area.y, area.width, &name, theme.title.patch(theme.accent));
    let who = truncate(&who, usize::from(area.width) / 2, theme.signs.ellipsis);
    let at = area.width.saturating_sub(width16(&who));
    line(app, buf, area.x + at, area.y, area.width - at, &who, theme.text);
    let (place, style) = match app.database {
        true => (inert(app.session.database().unwrap_or_default()).into_owned(), theme.dim),
        false => (format!("{} {}", theme.signs.warning, app.session.tr("database-lost")), theme.danger),
    };
    let room = at.saturating_sub(used + 4);
    line(app, buf, area.x + used + 2, area.y, room, &place, style);
}

/// The tabs' labels with their first cell and width.
fn tab_labels(app: &App) -> Vec<(u16, String)> {
    let titles = app.stack.tabs().iter().enumerate();
    let labels = titles.map(|(i, tab)| format!(" {} {} ", i + 1, app.session.tr(tab.base.screen.title())));
    let labels: Vec<String> = labels.collect();
    let wide: u16 = labels.iter().map(|label| width16(label) + 1).sum();
    // Closer together where there is little room.
    let (mut at, gap) = if wide > app.session.size.0 { (0, 0) } else { (1, 1) };
    let place = |label: String| {
        let start = at;
        at += width16(&label) + gap;
        (start, label)
    };
    labels.into_iter().map(place).collect()
}

fn tabs(app: &App, area: Rect, buf: &mut Buffer) {
    let theme = &app.session.theme;
    for (i, (start, label)) in tab_labels(app).into_iter().enumerate() {
        let style = if i == app.stack.active() { theme.focus } else { theme.dim };
        if start < area.width {
            line(app, buf, area.x + start, area.y + TABS_ROW, area.width - start, &label, style);
        }
    }
}

/// The tab whose label covers a column of the tabs' row.
pub(super) fn tab_at(app: &App, column: u16) -> Option<usize> {
    tab_labels(app).iter().position(|(start, label)| (*start..*start + width16(label)).contains(&column))
}

fn news(app: &App, area: Rect, buf: &mut Buffer) {
    let Some(toast) = &app.toast else { return };
    let mood = match toast.tone {
        Tone::Done => Mood::Done,
        Tone::Info => Mood::Info,
        Tone::Problem => Mood::Warning,
    };
    let mut shown = toast::Toast::new(mood, toast.text.as_str());
    let hints = app.session.keymap.hints(&[], app.session.role(), false);
    if let Some((key, action)) = hints.iter().find(|(_, action)| toast.undo.is_some() && *action == Action::Undo) {
        shown = shown.with_key(app.session.lang.key(*key), app.session.tr(&action.message()));
    }
    if let Some((action, label)) = &toast.then {
        let contexts = app.stack.top().map_or(&[][..], |slot| slot.screen.contexts());
        let key = key_of(&app.session, contexts, *action);
        if !key.is_empty() {
            shown = shown.with_key(key, label.as_str());
        }
    }
    let width = area.width - 2;
    let height = shown.height(width);
    let place = Rect { x: area.x + 1, y: area.bottom() - 1 - height, width, height };
    shown.draw(place, buf, &app.session.theme);
}

/// The keys that help here: the innermost context's first, as many as fit.
fn hints(app: &App, area: Rect, buf: &mut Buffer) {
    let contexts = app.stack.top().map_or(&[][..], |slot| slot.screen.contexts());
    let typing = app.stack.top().is_some_and(|slot| slot.screen.typing());
    let gate = app.stack.gate.is_some();
    let useless = |action| match action {
        Action::Undo => gate || app.undoable.is_empty() || app.session.role() != Some(Role::Admin),
        Action::Palette => gate,
        _ => app.stack.top().is_some_and(|slot| slot.screen.idle(action)),
    };
    let hints = app.session.keymap.hints(contexts, app.session.role(), typing).into_iter();
    let hints: Vec<_> = hints
        .filter(|(_, action)| !useless(*action))
        .map(|(key, action)| (app.session.lang.key(key), app.session.tr(&action.message())))
        .collect();
    let line = Rect { x: area.x + 1, y: area.bottom() - 1, width: area.width - 2, height: 1 };
    draw_hints(line, buf, &hints, false, &app.session.theme);
}

/// Draws one line of text, cut to fit, and tells its width.
fn line(app: &App, buf: &mut Buffer, x: u16, y: u16, room: u16, text: &str, style: Style) -> u16 {
    let area = Rect { x, y, width: room, height: 1 };
    Pen::new(area, buf, app.session.theme.signs.ellipsis).put(text, style);
    width16(text).min(room)
}
