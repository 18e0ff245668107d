//! How the dialog of a panel looks: the list with its ticks, and the last look.

use ratatui::layout::Rect;

use crate::app::action::Action;
use crate::app::keymap::Context;
use crate::app::session::Session;
use crate::domain::text::{fold, inert};
use crate::screens::Canvas;
use crate::screens::panel::panel;
use crate::screens::sheet::Sheet;
use crate::screens::words::{few, key_of, status};
use crate::widgets::matching;
use crate::widgets::menu::MenuItem;
use crate::widgets::pen::{Pen, row};

use super::SetPanel;
use super::people::Seated;

/// How wide the box gets, and how many lines of jurors it shows at most.
const WIDE: u16 = 76;
const LINES: u16 = 18;
/// Names that are said before a number stands for the rest.
const NAMED: usize = 6;

/// One juror.
pub(super) fn item(dialog: &SetPanel, one: &Seated, words: &[&str], session: &Session) -> MenuItem {
    let theme = &session.theme;
    let on = dialog.on.contains(&one.id);
    let sign = if on { theme.signs.check } else { " " };
    let name = inert(&one.name).into_owned();
    let marked = matching::find(&name, words, fold);
    let flags = one.flags(on, session);
    let lead = if one.barred.is_some() && !on { theme.faint } else { theme.text };
    let item = MenuItem::new(name).lead(lead, format!("[{sign}]")).aside(one.load.clone()).marked(marked);
    // That somebody has voted is no warning by itself.
    let calm = one.barred.is_none() && one.recusal.is_none() && one.resembles.is_none();
    let sign = if calm { theme.signs.dot } else { theme.signs.warning };
    if flags.is_empty() { item } else { item.detail(format!("{sign} {}", flags.join(" · "))) }
}

/// Where the panel stands: status, size, and what went wrong.
fn above(dialog: &SetPanel, width: u16, session: &Session) -> Sheet {
    let theme = &session.theme;
    let mut sheet = Sheet::new(width);
    let warning = || Some((theme.warning, theme.signs.warning.to_owned()));
    if let Some(problem) = &dialog.problem {
        sheet.signed(0, warning(), theme.warning, problem);
        sheet.gap();
    }
    let (style, name) = status(session, dialog.status);
    let (count, size) = (dialog.on.len(), usize::from(session.festival.jury_size));
    let args = [("count", count.into()), ("size", size.into())];
    let (sign, tone) = if count < size { (theme.signs.warning, theme.warning) } else { (theme.signs.check, theme.ok) };
    let size = format!("{sign} {}", session.tr_with("panel-size", &args));
    sheet.line(0, vec![(style, name), (theme.text, "   ".to_owned()), (tone, size)]);
    sheet
}

/// What the change does to the panel.
fn last_look(dialog: &SetPanel, sheet: &mut Sheet, session: &Session) {
    let theme = &session.theme;
    let names = |people: Vec<&Seated>| {
        let names: Vec<&str> = people.iter().take(NAMED).map(|one| one.name.as_str()).collect();
        few(session, &names, people.len())
    };
    let (joining, leaving): (Vec<_>, Vec<_>) = (dialog.joining().collect(), dialog.leaving().collect());
    sheet.gap();
    for one in joining.iter().filter(|one| one.resembles.is_some()) {
        let (name, other) = (inert(&one.name), inert(one.resembles.as_deref().unwrap_or_default()));
        let text =
            session.tr_with("panel-resembles", &[("name", (&name as &str).into()), ("other", (&other as &str).into())]);
        sheet.signed(0, Some((theme.warning, theme.signs.warning.to_owned())), theme.text, &text);
    }
    if !leaving.is_empty() {
        let names = names(leaving);
        let text = session.tr_with("panel-leaving", &[("names", (&names).into())]);
        sheet.signed(0, Some((theme.warning, theme.signs.cross.to_owned())), theme.text, &text);
    }
    if !joining.is_empty() {
        let names = names(joining);
        let text = session.tr_with("panel-joining", &[("names", (&names).into())]);
        sheet.signed(0, Some((theme.ok, theme.signs.check.to_owned())), theme.text, &text);
    }
    if dialog.on.is_empty() {
        let sign = Some((theme.warning, theme.signs.warning.to_owned()));
        sheet.signed(0, sign, theme.text, &session.tr("panel-empty"));
    }
    sheet.gap();
}

/// Draws the dialog over an area.
pub(super) fn draw(dialog: &SetPanel, area: Rect, canvas: &mut Canvas<'_>) {
    let session = canvas.session;
    let theme = &session.theme;
    let width = area.width.min(WIDE);
    let mut sheet = above(dialog, width.saturating_sub(4), session);
    let title = inert(&dialog.title).into_owned();
    let title = session.tr_with("panel-heading", &[("title", (&title).into())]);
    let busy = |id: &str| (theme.accent, format!("{} {}", theme.signs.spinner[0], session.tr(id)));
    if let Some(look) = &dialog.look {
        last_look(dialog, &mut sheet, session);
        let above = u16::try_from(sheet.len()).unwrap_or(u16::MAX);
        let body = panel(area, canvas, &title, width, above.saturating_add(look.height() + 2));
        let foot = look.height().min(body.height);
        sheet.draw(Rect { height: body.height - foot, ..body }, 0, canvas);
        let last = Rect { y: body.bottom() - foot, height: foot, ..body };
        if dialog.saving.is_some() {
            let (style, text) = busy("form-saving");
            Pen::new(row(last, 0), canvas.buf, theme.signs.ellipsis).put(&text, style);
        } else {
            look.draw(last, canvas);
        }
        return;
    }
    sheet.gap();
    let above = u16::try_from(sheet.len()).unwrap_or(u16::MAX).min(area.height / 2);
    let lines = dialog.menu.height().clamp(3, LINES);
    let body = panel(area, canvas, &title, width, lines.saturating_add(above).saturating_add(6));
    sheet.draw(Rect { height: above.min(body.height), ..body }, 0, canvas);
    let rest = Rect { y: body.y + above.min(body.height), height: body.height.saturating_sub(above), ..body };
    let cursor = dialog.input.draw(row(rest, 0), canvas.buf, theme, true);
    canvas.cursor = cursor.filter(|_| dialog.idle());
    let list = Rect { y: rest.y.saturating_add(2), height: rest.height.saturating_sub(4), ..rest };
    dialog.menu.draw(list, canvas.buf, theme);
    let key = |action| key_of(session, &[Context::Ticking, Context::Menu], action);
    let (style, text) = match () {
        () if dialog.saving.is_some() => busy("form-saving"),
        () if !dialog.reading.is_empty() => busy("page-loading"),
        () => {
            let (turn, save) = (key(Action::Accept), key(Action::Save));
            (theme.dim, session.tr_with("panel-foot", &[("turn", (&turn).into()), ("save", (&save).into())]))
        }
    };
    Pen::new(row(rest, rest.height.saturating_sub(1)), canvas.buf, theme.signs.ellipsis).put(&text, style);
}
