//! How the release of a juror looks in each of its steps.

use std::collections::HashMap;

use ratatui::layout::Rect;

use crate::api::jury::JurorRow;
use crate::api::vote::{ReleaseStep, Released};
use crate::app::action::Action;
use crate::app::keymap::Context;
use crate::app::session::Session;
use crate::domain::UserId;
use crate::domain::text::inert;
use crate::screens::Canvas;
use crate::screens::panel::panel;
use crate::screens::sheet::Sheet;
use crate::screens::words::{key_of, status};
use crate::widgets::glyph::width16;
use crate::widgets::menu::{Menu, MenuItem};
use crate::widgets::pen::{Pen, row};
use crate::widgets::table::draw_scrollbar;
use crate::widgets::wrap::{truncate, wrapped};

use super::super::choose::load;
use super::{Release, Step};

/// How wide the box gets.
const WIDE: u16 = 76;
/// What its frame takes of that.
const FRAME: u16 = 4;
/// What stands left of a choice's sentence, and right of it.
const INDENT: u16 = 6;
/// How wide titles get in the preview.
const TITLE: usize = 30;

/// The choice of what becomes of the votes.
pub(super) fn votes(session: &Session) -> Menu {
    let room = usize::from(session.size.0.min(WIDE).saturating_sub(FRAME + INDENT).max(1));
    let choice = |label: &str, about: &str| {
        let about = session.tr(about);
        wrapped(&about, room).fold(MenuItem::new(session.tr(label)), |item, line| item.detail(line))
    };
    Menu::new(vec![choice("release-keep", "release-keep-about"), choice("release-strike", "release-strike-about")])
}

/// Somebody who could take the place.
pub(super) fn other(one: &JurorRow, on: bool, session: &Session) -> MenuItem {
    let theme = &session.theme;
    let sign = if on { theme.signs.check } else { " " };
    MenuItem::new(inert(&one.name)).lead(theme.text, format!("[{sign}]")).aside(load(one, session))
}

/// What happens to one film, in a few words.
fn what(step: &ReleaseStep, dialog: &Release, session: &Session) -> String {
    let name = |id: UserId| {
        let one = dialog.others.iter().find(|one| one.juror == id);
        one.map_or_else(|| format!("#{id}"), |one| inert(&one.name).into_owned())
    };
    let mut parts = Vec::new();
    if step.voted {
        parts.push(session.tr(if step.kept { "release-vote-stays" } else { "release-vote-goes" }));
    }
    match step.replacement {
        Some(id) => parts.push(format!("{} {}", session.theme.signs.arrow, name(id))),
        None if !step.voted => parts.push(session.tr("release-nobody")),
        None => {}
    }
    if let Some(to) = step.moves_to {
        let status = session.tr(to.message());
        parts.push(session.tr_with("release-moves", &[("status", (&status).into())]));
    }
    parts.join(" · ")
}

/// What the films come to.
fn figures(steps: &[ReleaseStep], sheet: &mut Sheet, session: &Session) {
    let theme = &session.theme;
    let count = |of: fn(&ReleaseStep) -> bool| steps.iter().filter(|step| of(step)).count();
    let figures = [
        ("release-count-kept", count(|step| step.voted && step.kept)),
        ("release-count-struck", count(|step| step.voted && !step.kept)),
        ("release-count-replaced", count(|step| step.replacement.is_some())),
        ("release-count-smaller", count(|step| !step.voted && step.replacement.is_none())),
        ("release-count-moves", count(|step| step.moves_to.is_some())),
    ];
    for (id, count) in figures.into_iter().filter(|(_, count)| *count > 0) {
        let loud = matches!(id, "release-count-struck" | "release-count-smaller");
        let (style, sign) = if loud { (theme.warning, theme.signs.warning) } else { (theme.ok, theme.signs.check) };
        let text = session.tr_with(id, &[("count", count.into())]);
        sheet.signed(0, Some((style, sign.to_owned())), theme.text, &text);
    }
}

/// The films, from the one on to which they are scrolled.
fn films(dialog: &Release, area: Rect, canvas: &mut Canvas<'_>) {
    let session = canvas.session;
    let theme = &session.theme;
    let steps = dialog.preview.as_deref().unwrap_or_default();
    let page = usize::from(area.height);
    let first = dialog.scroll.settle(steps.len(), page);
    let mut sheet = Sheet::new(area.width);
    for step in steps.iter().skip(first).take(page) {
        let (style, _) = status(session, step.status);
        let sign = theme.sign(crate::screens::words::tone(step.status)).to_owned();
        let title = match step.title.trim() {
            "" => session.tr("list-untitled"),
            title => truncate(&inert(title), TITLE, theme.signs.ellipsis).into_owned(),
        };
        let blank = " ".repeat(TITLE.saturating_sub(usize::from(width16(&title))) + 2);
        let what = what(step, dialog, session);
        sheet.line(0, vec![(style, sign), (theme.text, format!(" {title}{blank}")), (theme.dim, what)]);
    }
    sheet.draw(area, 0, canvas);
    if steps.len() > page {
        let bar = Rect { width: area.width + 1, ..area };
        draw_scrollbar(bar, canvas.buf, first, page, steps.len(), theme);
    }
}

/// What could not be done.
fn left(dialog: &Release, released: &Released, sheet: &mut Sheet, session: &Session) {
    let theme = &session.theme;
    let steps = dialog.preview.iter().flatten();
    let titles: HashMap<_, _> = steps.map(|step| (step.film, inert(&step.title))).collect();
    sheet.text(0, theme.text, &session.tr_with("release-left", &[("count", released.refused.len().into())]));
    sheet.gap();
    for (film, refusal) in &released.refused {
        let title = titles.get(film).map_or_else(|| format!("#{film}").into(), Clone::clone);
        let title = truncate(&title, TITLE, theme.signs.ellipsis).into_owned();
        let text = format!("{title}: {}", session.lang.refusal(refusal));
        sheet.signed(0, Some((theme.warning, theme.signs.warning.to_owned())), theme.text, &text);
    }
}

/// What stands above the step.
fn above(dialog: &Release, width: u16, session: &Session) -> Sheet {
    let theme = &session.theme;
    let mut sheet = Sheet::new(width);
    if let Some(problem) = &dialog.problem {
        sheet.signed(0, Some((theme.warning, theme.signs.warning.to_owned())), theme.warning, problem);
        sheet.gap();
    }
    match (dialog.step, &dialog.preview, &dialog.released) {
        (Step::Votes, ..) => sheet.text(0, theme.text, &format!("{}.", load(&dialog.juror, session))),
        (Step::Replace, ..) => sheet.text(0, theme.text, &session.tr("release-replace")),
        (Step::Done, _, Some(released)) => left(dialog, released, &mut sheet, session),
        (_, Some(steps), _) => figures(steps, &mut sheet, session),
        _ => sheet.text(0, theme.accent, &session.tr("page-loading")),
    }
    sheet.gap();
    sheet
}

/// Draws the dialog over an area.
pub(super) fn draw(dialog: &Release, area: Rect, canvas: &mut Canvas<'_>) {
    let session = canvas.session;
    let theme = &session.theme;
    let width = area.width.min(WIDE);
    let sheet = above(dialog, width.saturating_sub(FRAME), session);
    let lines = u16::try_from(sheet.len()).unwrap_or(u16::MAX);
    let looks = matches!(dialog.step, Step::Reason | Step::Look);
    // The films, and a blank line.
    let listed = dialog.preview.as_ref().filter(|_| looks).map_or(0, |steps| steps.len() + 1);
    let listed = u16::try_from(listed).unwrap_or(u16::MAX);
    let below = match dialog.step {
        Step::Votes => dialog.votes.height(),
        Step::Replace => dialog.menu.height().clamp(3, 12) + 4,
        Step::Reason | Step::Look => 3 + dialog.look.height(),
        Step::Done => 0,
    };
    let name = inert(&dialog.juror.name).into_owned();
    let heading = session.tr_with("release-heading", &[("name", (&name).into())]);
    let body = panel(area, canvas, &heading, width, lines.saturating_add(listed).saturating_add(below + 2));
    let below = below.min(body.height);
    let upper = Rect { height: body.height - below, ..body };
    if looks {
        let head = lines.min(upper.height);
        sheet.draw(Rect { height: head, ..upper }, 0, canvas);
        let list = Rect { y: upper.y + head, height: (upper.height - head).saturating_sub(1), ..upper };
        films(dialog, list, canvas);
    } else {
        let page = usize::from(upper.height);
        let first = dialog.scroll.settle(sheet.len(), page);
        sheet.draw(upper, first, canvas);
        if sheet.len() > page {
            let bar = Rect { width: upper.width + 1, ..upper };
            draw_scrollbar(bar, canvas.buf, first, page, sheet.len(), theme);
        }
    }
    let rest = Rect { y: body.bottom() - below, height: below, ..body };
    let foot = row(rest, rest.height.saturating_sub(1));
    let ellipsis = theme.signs.ellipsis;
    match dialog.step {
        Step::Votes => dialog.votes.draw(rest, canvas.buf, theme),
        Step::Replace => {
            canvas.cursor = dialog.input.draw(row(rest, 0), canvas.buf, theme, true);
            let list = Rect { y: rest.y + 1, height: rest.height.saturating_sub(3), ..rest };
            dialog.menu.draw(list, canvas.buf, theme);
            let key = |action| key_of(session, &[Context::Ticking, Context::Menu], action);
            let (turn, save) = (key(Action::Accept), key(Action::Save));
            let text = session.tr_with("panel-foot", &[("turn", (&turn).into()), ("save", (&save).into())]);
            Pen::new(foot, canvas.buf, ellipsis).put(&text, theme.dim);
        }
        Step::Done | Step::Reason | Step::Look => {}
    }
    if !looks {
        return;
    }
    let focused = dialog.step == Step::Reason && dialog.work.is_none();
    let style = if focused { theme.accent } else { theme.dim };
    Pen::new(row(rest, 0), canvas.buf, ellipsis).put(&session.tr("reasoned-why"), style);
    if let Some(cursor) = dialog.reason.draw(row(rest, 1), canvas.buf, theme, focused) {
        canvas.cursor = Some(cursor);
    }
    let height = dialog.look.height().min(rest.height);
    let last = Rect { y: rest.bottom() - height, height, ..rest };
    match &dialog.work {
        Some(work) => work.draw(["release-doing", "release-doing-many"], foot, canvas),
        None if dialog.preview.is_some() => dialog.look.draw(last, canvas),
        None => {}
    }
}
