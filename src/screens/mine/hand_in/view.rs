//! How handing in looks: the drafts with their ticks, the last look, how far it is, what became of each.

use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::app::session::Session;
use crate::domain::round::Cast;
use crate::domain::text::inert;
use crate::screens::Canvas;
use crate::screens::mine::handing::WIDE;
use crate::screens::panel::panel;
use crate::screens::sheet::Sheet;
use crate::screens::words::note;
use crate::widgets::bars;
use crate::widgets::pen::{Pen, row};
use crate::widgets::table::draw_scrollbar;
use crate::widgets::wrap::truncate;

use super::{End, HandIn, Line, Looked, Step};

/// How wide the list gets.
const WIDEST: u16 = 110;
/// How much of a title stands before the note.
const TITLE_CELLS: usize = 44;

pub(super) fn draw(page: &HandIn, area: Rect, canvas: &mut Canvas<'_>) {
    list(page, area, canvas);
    match page.step {
        Step::Look => look(page, area, canvas),
        Step::Work => work(page, area, canvas),
        Step::Choose | Step::Done => {}
    }
}

fn list(page: &HandIn, area: Rect, canvas: &mut Canvas<'_>) {
    let session = canvas.session;
    let theme = &session.theme;
    let inner = Rect { x: area.x + 1, width: area.width.saturating_sub(2).min(WIDEST), ..area };
    let mut above = Sheet::new(inner.width);
    above.text(0, theme.title, &session.tr(if page.step == Step::Done { "hand-in-ends" } else { "hand-in-title" }));
    if let Some(problem) = page.problem.as_ref().filter(|_| page.step == Step::Choose) {
        above.signed(0, Some((theme.warning, theme.signs.warning.to_owned())), theme.warning, problem);
    }
    let mut sheet = Sheet::new(inner.width.saturating_sub(1));
    let starts = if page.step == Step::Done {
        ends(page, &mut above, &mut sheet, session)
    } else {
        drafts(page, &mut above, &mut sheet, session)
    };
    above.gap();
    let top = u16::try_from(above.len()).unwrap_or(u16::MAX).min(inner.height);
    above.draw(Rect { height: top, ..inner }, 0, canvas);
    let body = Rect { y: inner.y + top, height: inner.height - top, ..inner };
    let page_rows = usize::from(body.height);
    let from = starts.get(page.at).copied().unwrap_or(0);
    let to = starts.get(page.at + 1).copied().unwrap_or(sheet.len());
    let most = sheet.len().saturating_sub(page_rows);
    let first = page.first.get().max(to.saturating_sub(page_rows)).min(from).min(most);
    page.first.set(first);
    sheet.draw(body, first, canvas);
    if sheet.len() > page_rows {
        draw_scrollbar(body, canvas.buf, first, page_rows, sheet.len(), theme);
    }
}

/// The drafts; tells where each begins.
fn drafts(page: &HandIn, above: &mut Sheet, sheet: &mut Sheet, session: &Session) -> Vec<usize> {
    let theme = &session.theme;
    let lines = page.lines(session);
    if lines.is_empty() {
        above.text(0, theme.dim, &session.tr("hand-in-empty"));
        return Vec::new();
    }
    let ready = lines.iter().filter(|line| line.judged.is_ok());
    let ticked = ready.clone().filter(|line| page.is_on(line)).count();
    let args = [("ticked", ticked.into()), ("ready", ready.count().into()), ("all", lines.len().into())];
    above.text(0, theme.dim, &session.tr_with("hand-in-count", &args));
    let mut starts = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        starts.push(sheet.len());
        draft(line, at == page.at, page.is_on(line), sheet, session);
    }
    starts
}

fn draft(line: &Line, here: bool, on: bool, sheet: &mut Sheet, session: &Session) {
    let theme = &session.theme;
    let cursor = if here { theme.signs.cursor } else { " " };
    let (tick, style) = match &line.judged {
        Ok(_) if on => (format!("[{}]", theme.signs.check), theme.ok),
        Ok(_) => ("[ ]".to_owned(), theme.text),
        Err(_) => (" – ".to_owned(), theme.faint),
    };
    let name = if here { theme.title.patch(theme.accent) } else { theme.title };
    let title = match line.draft.title.trim() {
        "" => session.tr("list-untitled"),
        title => truncate(&inert(title), TITLE_CELLS, theme.signs.ellipsis).into_owned(),
    };
    let (note_style, said) = match line.draft.note {
        Some(chosen) => note(session, Some(chosen)),
        None => (theme.warning, session.tr("hand-in-note-missing")),
    };
    let mut spans = vec![
        (theme.accent, format!("{cursor} ")),
        (style, format!("{tick} ")),
        (name, title),
        (note_style, format!("  {said}")),
    ];
    if let Some(vote) = line.mine.as_ref().and_then(|mine| mine.vote.as_ref()) {
        let before = note(session, vote.note).1;
        let text = session.tr_with("votes-ballot-before", &[("note", (&before).into())]);
        spans.push((theme.dim, format!("  ({text})")));
    }
    sheet.line(0, spans);
    let comment = inert(line.draft.comment.trim()).replace('\n', " ");
    let room = sheet.room(6);
    sheet.line(6, vec![(theme.dim, truncate(&comment, room, theme.signs.ellipsis).into_owned())]);
    match &line.judged {
        Err(why) => {
            sheet.signed(6, Some((theme.warning, theme.signs.warning.to_owned())), theme.warning, why);
        }
        Ok(Cast::Second(_)) => {
            let text = session.tr("hand-in-only-change");
            sheet.signed(6, Some((theme.warning, theme.signs.warning.to_owned())), theme.dim, &text);
        }
        Ok(_) => {}
    }
}

/// What became of each; tells where each begins.
fn ends(page: &HandIn, above: &mut Sheet, sheet: &mut Sheet, session: &Session) -> Vec<usize> {
    let theme = &session.theme;
    let cast = page.ends.iter().filter(|(_, _, end)| matches!(end, End::Cast(_))).count();
    let args = [("cast", cast.into()), ("all", page.all.into())];
    above.text(0, theme.dim, &session.tr_with("hand-in-done", &args));
    if cast < page.all {
        above.text(0, theme.dim, &session.tr("hand-in-kept"));
    }
    let mut starts = Vec::new();
    for (at, (_, title, end)) in page.ends.iter().enumerate() {
        starts.push(sheet.len());
        let cursor = if at == page.at { theme.signs.cursor } else { " " };
        let title = truncate(&inert(title), TITLE_CELLS, theme.signs.ellipsis).into_owned();
        let (style, sign) = match end {
            End::Cast(_) => (theme.ok, theme.signs.check),
            End::Refused(_) => (theme.warning, theme.signs.warning),
        };
        let mut spans = vec![(theme.accent, format!("{cursor} ")), (style, format!("{sign} ")), (theme.title, title)];
        match end {
            End::Cast(said) => {
                spans.push((theme.text, format!("  {said}")));
                sheet.line(0, spans);
            }
            End::Refused(why) => {
                sheet.line(0, spans);
                sheet.text(4, theme.warning, why);
            }
        }
    }
    starts
}

fn look(page: &HandIn, area: Rect, canvas: &mut Canvas<'_>) {
    let session = canvas.session;
    let theme = &session.theme;
    let warning = || Some((theme.warning, theme.signs.warning.to_owned()));
    let mut sheet = Sheet::new(WIDE.min(area.width).saturating_sub(4));
    if let Some(problem) = &page.problem {
        sheet.signed(0, warning(), theme.warning, problem);
        sheet.gap();
    }
    // What does not fit is counted: nothing is handed in unseen without being told.
    let room = usize::from(area.height.saturating_sub(page.look.height() + 2 + 7)) / 2;
    let (seconds, firsts): (Vec<&Looked>, Vec<&Looked>) = page.looked.iter().partition(|looked| looked.second);
    let mut say = |looked: &[&Looked], id: &str, sign: Option<(Style, String)>, room: usize| {
        if looked.is_empty() {
            return;
        }
        sheet.signed(0, sign, theme.text, &session.tr_with(id, &[("count", looked.len().into())]));
        for one in looked.iter().take(room) {
            let (style, said) = note(session, Some(one.note));
            let title = truncate(&inert(&one.title), TITLE_CELLS, theme.signs.ellipsis).into_owned();
            sheet.line(2, vec![(theme.title, title), (style, format!("  {said}"))]);
            if one.second && one.same {
                sheet.text(4, theme.warning, &session.tr("ballot-means-same"));
            }
        }
        if let Some(more) = looked.len().checked_sub(room).filter(|more| *more > 0) {
            sheet.text(2, theme.dim, &session.tr_with("hand-in-more", &[("count", more.into())]));
        }
        sheet.gap();
    };
    // Changes are final: they have the room first.
    let for_seconds = if firsts.is_empty() { room * 2 } else { room };
    let for_firsts = if seconds.is_empty() { room * 2 } else { (room * 2).saturating_sub(seconds.len().min(room)) };
    say(&firsts, "hand-in-look-first", None, for_firsts.max(1));
    say(&seconds, "hand-in-look-second", warning(), for_seconds.max(1));
    let rows = u16::try_from(sheet.len()).unwrap_or(u16::MAX);
    let height = rows.saturating_add(page.look.height() + 2).min(area.height);
    let body = panel(area, canvas, &session.tr("hand-in-look-title"), WIDE, height);
    let text = body.height.saturating_sub(page.look.height());
    sheet.draw(Rect { height: text, ..body }, 0, canvas);
    page.look.draw(Rect { y: body.y + text, height: page.look.height(), ..body }, canvas);
}

fn work(page: &HandIn, area: Rect, canvas: &mut Canvas<'_>) {
    let session = canvas.session;
    let theme = &session.theme;
    let mut sheet = Sheet::new(WIDE.min(area.width).saturating_sub(4));
    if let Some(looked) = &page.under_way {
        sheet.text(0, theme.text, &looked.title);
    }
    if let Some(problem) = &page.problem {
        sheet.signed(0, Some((theme.warning, theme.signs.warning.to_owned())), theme.warning, problem);
    }
    sheet.gap();
    let rows = u16::try_from(sheet.len()).unwrap_or(u16::MAX);
    let body = panel(area, canvas, &session.tr("hand-in-working"), WIDE, rows.saturating_add(4));
    sheet.draw(Rect { height: body.height.saturating_sub(2), ..body }, 0, canvas);
    let bar = row(body, body.height.saturating_sub(2));
    let (done, all) = (page.ends.len() as u64, page.all as u64);
    bars::progress(&mut Pen::new(bar, canvas.buf, ""), done, all, theme);
    let foot = row(body, body.height.saturating_sub(1));
    if page.stuck() {
        return page.look.draw(foot, canvas);
    }
    let id = if page.stopping { "hand-in-stopping" } else { "hand-in-stops" };
    let key = crate::screens::words::key_of(
        session,
        &[crate::app::keymap::Context::Dialog],
        crate::app::action::Action::Back,
    );
    let text = session.tr_with(id, &[("key", (&key).into())]);
    Pen::new(foot, canvas.buf, theme.signs.ellipsis).put(&text, theme.dim);
}
