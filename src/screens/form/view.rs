//! How a form looks: heading, news, fields, and who will read them.

use ratatui::layout::Rect;

use crate::app::action::Action;
use crate::app::keymap::Context;
use crate::app::sentence::{self, field};
use crate::screens::panel::panel;
use crate::screens::sheet::Sheet;
use crate::screens::words::key_of;
use crate::screens::{Canvas, Layer};
use crate::widgets::glyph::width16;
use crate::widgets::pen::{Pen, row};

use super::{Filling, FormScreen};

/// How wide a form in a box gets, and one that has the whole screen.
const BOX: u16 = 72;
const WIDEST: u16 = 110;

/// Draws the form with what lies over it.
pub(super) fn draw<F: Filling>(screen: &FormScreen<F>, area: Rect, canvas: &mut Canvas<'_>) {
    match F::LAYER {
        Layer::Page => page(screen, area, canvas),
        _ => boxed(screen, area, canvas),
    }
    if let Some(conflict) = &screen.conflict {
        canvas.cursor = None;
        conflict.draw(area, canvas);
    } else if let Some((_, picker)) = &screen.picker {
        picker.draw(area, canvas);
    }
}

fn page<F: Filling>(screen: &FormScreen<F>, area: Rect, canvas: &mut Canvas<'_>) {
    let session = canvas.session;
    let theme = &session.theme;
    let inner = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
    let place = screen
        .filling
        .place()
        .map(|(at, total)| session.tr_with("page-place", &[("at", at.into()), ("total", total.into())]));
    let place = place.unwrap_or_default();
    let line = row(inner, 0);
    let room = line.width.saturating_sub(width16(&place) + 2);
    let mut pen = Pen::new(Rect { width: room, ..line }, canvas.buf, theme.signs.ellipsis);
    pen.put(&screen.filling.heading(session), theme.title);
    if screen.form.dirty() {
        pen.put("  ", theme.text).put(theme.signs.changed, theme.warning);
        pen.put(" ", theme.text).put(&session.tr("form-dirty"), theme.dim);
    }
    Pen::new(line, canvas.buf, "").put_right(&place, theme.dim);
    let body = Rect { y: inner.y + 1, height: inner.height.saturating_sub(1), ..inner };
    let body = Rect { width: body.width.min(WIDEST), ..body };
    fields(screen, body, canvas);
}

fn boxed<F: Filling>(screen: &FormScreen<F>, area: Rect, canvas: &mut Canvas<'_>) {
    let width = area.width.saturating_sub(4).min(BOX);
    let inside = width.saturating_sub(4);
    let above = rows(news(screen, inside, canvas).len());
    let wanted = screen.form.height(inside).saturating_add(above).saturating_add(4).max(7);
    let title = screen.filling.heading(canvas.session);
    let body = panel(area, canvas, &title, width, wanted.min(area.height));
    fields(screen, body, canvas);
}

/// News, fields, and the line at the foot.
fn fields<F: Filling>(screen: &FormScreen<F>, body: Rect, canvas: &mut Canvas<'_>) {
    let session = canvas.session;
    let theme = &session.theme;
    let sheet = news(screen, body.width, canvas);
    let above = rows(sheet.len()).min(body.height / 2);
    sheet.draw(Rect { height: above, ..body }, 0, canvas);
    let rest = Rect { y: body.y + above, height: body.height - above, ..body };
    let form = Rect { height: rest.height.saturating_sub(2), ..rest };
    if screen.ready()
        && let Some(cursor) = screen.form.draw(form, canvas.buf, theme)
    {
        canvas.cursor = screen.saving.is_none().then_some(cursor);
    }
    let foot = row(rest, rest.height.saturating_sub(1));
    let mut pen = Pen::new(foot, canvas.buf, theme.signs.ellipsis);
    let busy = |id: &str| (theme.accent, format!("{} {}", theme.signs.spinner[0], session.tr(id)));
    let (style, text) = match () {
        () if screen.saving.is_some() => busy("form-saving"),
        () if !screen.loading.is_empty() => busy("page-loading"),
        () => (theme.dim, screen.filling.readers(session)),
    };
    pen.put(&text, style);
}

fn rows(lines: usize) -> u16 {
    u16::try_from(lines).unwrap_or(u16::MAX)
}

/// What has happened: a failure with what to do, or that somebody else was here.
fn news<F: Filling>(screen: &FormScreen<F>, width: u16, canvas: &Canvas<'_>) -> Sheet {
    let session = canvas.session;
    let theme = &session.theme;
    let mut sheet = Sheet::new(width);
    let warning = || Some((theme.warning, theme.signs.warning.to_owned()));
    if let Some(failure) = &screen.failed {
        sheet.signed(0, warning(), theme.warning, &sentence::failure(&session.lang, failure));
        let key = key_of(session, &[Context::Form], Action::Save);
        sheet.text(2, theme.dim, &session.tr_with("list-failed-hint", &[("key", (&key).into())]));
    }
    if let Some(notice) = &screen.notice {
        sheet.signed(0, warning(), theme.warning, &notice.sentence);
        if notice.again {
            let key = key_of(session, &[Context::Form], Action::Save);
            sheet.text(2, theme.dim, &session.tr_with("form-again", &[("key", (&key).into())]));
        }
    }
    if !screen.outside.is_empty() {
        let names: Vec<String> = screen.outside.iter().map(|name| field(&session.lang, name)).collect();
        let text = session.tr_with("form-outside", &[("fields", (&names.join(", ")).into())]);
        sheet.signed(0, Some((theme.info, theme.signs.changed.to_owned())), theme.dim, &text);
    }
    sheet.gap();
    sheet
}
