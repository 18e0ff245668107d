//! How the dialog looks in each of its steps.

use ratatui::layout::Rect;

use crate::app::sentence::field as label;
use crate::app::session::Session;
use crate::domain::film_field::{Kind, PRODUCER, same};
use crate::domain::text::inert;
use crate::screens::Canvas;
use crate::screens::panel::panel;
use crate::screens::sheet::Sheet;
use crate::widgets::pen::{Pen, row};
use crate::widgets::wrap::truncate;

use super::outcome::Refused;
use super::{Batch, Change, Step};

/// How wide the dialog gets.
const WIDE: u16 = 78;
/// How much of a title and of a value is shown.
const TITLE: usize = 30;
const VALUE: usize = 60;

fn rows(lines: usize) -> u16 {
    u16::try_from(lines).unwrap_or(u16::MAX)
}

/// Draws the dialog over an area.
pub(super) fn draw(batch: &Batch, area: Rect, canvas: &mut Canvas<'_>) {
    let session = canvas.session;
    let width = if area.width < WIDE + 8 { area.width } else { WIDE };
    let inside = width.saturating_sub(4);
    let heading = heading(batch, session);
    let mut sheet = Sheet::new(inside);
    if let Some(problem) = &batch.problem {
        let theme = &session.theme;
        sheet.signed(0, Some((theme.warning, theme.signs.warning.to_owned())), theme.warning, problem);
        sheet.gap();
    }
    match &batch.step {
        Step::What => {
            let above = rows(sheet.len());
            let wait = u16::from(batch.reading.is_some()) * 2;
            let height = batch.menu.height().saturating_add(above).saturating_add(wait + 2);
            let body = panel(area, canvas, &heading, width.min(64), height);
            sheet.draw(Rect { height: above.min(body.height), ..body }, 0, canvas);
            let rest = Rect { y: body.y + above.min(body.height), height: body.height.saturating_sub(above), ..body };
            batch.menu.draw(Rect { height: rest.height.saturating_sub(wait), ..rest }, canvas.buf, &session.theme);
            if wait > 0 {
                busy("page-loading", row(rest, rest.height.saturating_sub(1)), canvas);
            }
        }
        Step::Pick(picker) => {
            picker.draw(area, canvas);
            if !sheet_is_empty(&sheet) {
                let height = rows(sheet.len()).saturating_add(2);
                let top = Rect { height: height.min(area.height), ..area };
                let body = panel(top, canvas, "", width, height);
                sheet.draw(body, 0, canvas);
            }
        }
        Step::Value(form) => {
            let above = rows(sheet.len());
            let height = form.height(inside).saturating_add(above).saturating_add(4);
            let body = panel(area, canvas, &heading, width, height);
            sheet.draw(Rect { height: above.min(body.height), ..body }, 0, canvas);
            let rest = Rect { y: body.y + above.min(body.height), height: body.height.saturating_sub(above), ..body };
            let place = Rect { height: rest.height.saturating_sub(2), ..rest };
            canvas.cursor = form.draw(place, canvas.buf, &session.theme);
            let foot = row(rest, rest.height.saturating_sub(1));
            let text = session.tr("batch-value-foot");
            Pen::new(foot, canvas.buf, session.theme.signs.ellipsis).put(&text, session.theme.dim);
        }
        Step::Look => look(batch, sheet, area, &heading, width, canvas),
        Step::Done(refused) => {
            refusals(refused, &mut sheet, session);
            let body = panel(area, canvas, &session.tr("batch-left"), width, rows(sheet.len()) + 2);
            sheet.draw(body, 0, canvas);
        }
    }
}

fn sheet_is_empty(sheet: &Sheet) -> bool {
    sheet.len() == 0
}

/// What is done, to how many films.
fn heading(batch: &Batch, session: &Session) -> String {
    match batch.films.as_slice() {
        [(_, title)] => {
            let title = truncate(&inert(title), TITLE, session.theme.signs.ellipsis).into_owned();
            session.tr_with("batch-heading-one", &[("title", (&title).into())])
        }
        films => session.tr_with("batch-heading", &[("count", films.len().into())]),
    }
}

fn busy(id: &str, line: Rect, canvas: &mut Canvas<'_>) {
    let theme = &canvas.session.theme;
    let text = format!("{} {}", theme.signs.spinner[0], canvas.session.tr(id));
    Pen::new(line, canvas.buf, theme.signs.ellipsis).put(&text, theme.accent);
}

fn look(batch: &Batch, mut sheet: Sheet, area: Rect, heading: &str, width: u16, canvas: &mut Canvas<'_>) {
    let session = canvas.session;
    let theme = &session.theme;
    let Some(change) = &batch.change else { return };
    sheet.line(0, headline(change, session));
    sheet.gap();
    if let Some(preview) = &batch.preview {
        let ok = Some((theme.ok, theme.signs.check.to_owned()));
        let none = Some((theme.dim, theme.signs.dot.to_owned()));
        let count = preview.change;
        sheet.signed(
            0,
            if count > 0 { ok } else { none.clone() },
            theme.text,
            &session.tr_with("batch-changes", &[("count", count.into())]),
        );
        if preview.overwrite > 0 {
            let sign = Some((theme.warning, theme.signs.warning.to_owned()));
            let text = session.tr_with("batch-overwrites", &[("count", preview.overwrite.into())]);
            sheet.signed(2, sign, theme.warning, &text);
        }
        if preview.unchanged > 0 {
            let text = session.tr_with("batch-same", &[("count", preview.unchanged.into())]);
            sheet.signed(0, none, theme.dim, &text);
        }
        refusals(&batch.refused, &mut sheet, session);
        samples(batch, change, &mut sheet, session);
        sheet.gap();
        sheet.text(0, theme.text, &session.tr("advance-look-shown"));
        sheet.gap();
    } else if batch.looking.is_some() {
        sheet.text(0, theme.accent, &session.tr("batch-looking"));
        sheet.gap();
    }
    let foot = if batch.preview.is_some() { batch.last_look.height() } else { 0 };
    let body = panel(area, canvas, heading, width, rows(sheet.len()).saturating_add(foot + 2));
    let text = body.height.saturating_sub(foot);
    sheet.draw(Rect { height: text, ..body }, 0, canvas);
    let foot = Rect { y: body.y + text, height: body.height - text, ..body };
    match &batch.work {
        Some(work) => {
            work.draw(["batch-working", "batch-working-many"], row(foot, foot.height.saturating_sub(1)), canvas);
        }
        None if batch.preview.is_some() => batch.last_look.draw(foot, canvas),
        None => {}
    }
}

/// What changes, as one line.
fn headline(change: &Change, session: &Session) -> Vec<crate::screens::sheet::Span> {
    let theme = &session.theme;
    match change {
        Change::Field { column, shown, .. } => vec![
            (theme.title, label(&session.lang, column)),
            (theme.dim, format!("  {}  ", theme.signs.arrow)),
            (theme.accent.patch(theme.title), one_line(shown, theme.signs.ellipsis)),
        ],
        Change::Category { name, remove, .. } => {
            let id = if *remove { "batch-take" } else { "batch-give" };
            vec![
                (theme.title, session.tr(id)),
                (theme.dim, format!("  {}  ", theme.signs.arrow)),
                (theme.accent.patch(theme.title), one_line(name, theme.signs.ellipsis)),
            ]
        }
    }
}

fn one_line(text: &str, ellipsis: &str) -> String {
    truncate(&inert(text), VALUE, ellipsis).into_owned()
}

/// The first films with what stands there now and what will.
fn samples(batch: &Batch, change: &Change, sheet: &mut Sheet, session: &Session) {
    let Change::Field { column, shown, .. } = change else { return };
    let theme = &session.theme;
    let kind = batch.limit.as_ref().map_or(Kind::Line, |limit| limit.kind);
    if !batch.samples.is_empty() {
        sheet.gap();
    }
    for (id, title) in batch.films.iter().take(super::SHOWN) {
        let Some(film) = batch.samples.iter().find(|film| film.row.id == *id) else { continue };
        let values = film.values();
        if let Change::Field { value, .. } = change
            && same(kind, value.as_deref(), values.get(column))
        {
            continue;
        }
        let now = match values.get(column) {
            _ if *column == PRODUCER => film.row.producer_name.to_string(),
            Some(now) => now.to_owned(),
            None => session.tr("page-empty"),
        };
        let short = |text: &str, cells| truncate(&inert(text), cells, theme.signs.ellipsis).into_owned();
        sheet.line(
            2,
            vec![
                (theme.text, short(title, 24)),
                (theme.faint, format!(" {} ", theme.signs.dot)),
                (theme.dim, short(&now, 20)),
                (theme.dim, format!(" {} ", theme.signs.arrow)),
                (theme.text, short(shown, 22)),
            ],
        );
    }
}

/// The films that cannot be changed, with why.
fn refusals(refused: &Refused, sheet: &mut Sheet, session: &Session) {
    let theme = &session.theme;
    for (title, refusal) in &refused.listed {
        let title = truncate(title, TITLE, theme.signs.ellipsis);
        let sign = Some((theme.warning, theme.signs.cross.to_owned()));
        sheet.signed(0, sign, theme.text, &format!("{title}: {}", session.lang.refusal(refusal)));
    }
    if refused.more > 0 {
        let text = session.tr_with("picker-left", &[("count", refused.more.into())]);
        sheet.text(2, theme.dim, &text);
    }
}
