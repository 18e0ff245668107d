//! What the web site changed: each difference with both values side by side, and what staff do about it.

use std::cell::Cell;

use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::api::outside::OutsideRow;
use crate::api::{Answer, Changed, Failure, Reply, Request, Topic};
use crate::app::action::Action;
use crate::app::cx::{Cx, Tone};
use crate::app::keymap::Context;
use crate::app::msg::{Mouse, MouseKind, Ticket};
use crate::app::sentence::{self, field};
use crate::app::session::Session;
use crate::domain::FilmId;
use crate::domain::film::FilmStatus;
use crate::domain::outside::{Settled, What};
use crate::domain::text::inert;
use crate::screens::panel::panel;
use crate::screens::sheet::{Sheet, Span};
use crate::screens::words::{key_of, note, status};
use crate::screens::{Canvas, Layer, Screen};
use crate::widgets::dialog::{Button, Buttons};
use crate::widgets::glyph::width;
use crate::widgets::keyvalue::Entry;
use crate::widgets::pen::row;
use crate::widgets::table::draw_scrollbar;
use crate::widgets::wrap::{truncate, wrapped};

const KEEP: &str = "keep";
const PUT_BACK: &str = "back";
const LATER: &str = "later";

/// How wide the dialog gets.
const WIDE: u16 = 96;
/// Lines of a value that are shown.
const LINES: usize = 4;

/// The dialog.
pub(crate) struct Outside {
    /// Of this film alone, or of all.
    film: Option<FilmId>,
    marks: Vec<OutsideRow>,
    known: bool,
    at: usize,
    buttons: Buttons,
    asking: Option<Ticket>,
    settling: Option<Ticket>,
    failed: Option<String>,
    first: Cell<usize>,
}

impl Outside {
    /// The dialog on one film, or on everything that is open.
    pub(crate) fn new(film: Option<FilmId>) -> Self {
        Self {
            film,
            marks: Vec::new(),
            known: false,
            at: 0,
            buttons: Buttons::default(),
            asking: None,
            settling: None,
            failed: None,
            first: Cell::new(0),
        }
    }

    fn ask(&mut self, cx: &mut Cx<'_>) {
        if let Some(before) = self.asking.take() {
            cx.cancel(before);
        }
        self.asking = Some(cx.call(Request::Outside { film: self.film }));
    }

    fn mark(&self) -> Option<&OutsideRow> {
        self.marks.get(self.at)
    }

    /// The buttons for the change that the cursor is on: a film that is gone can't be put back from here.
    fn offer(&mut self, session: &Session) {
        let Some(mark) = self.mark() else {
            self.buttons = Buttons::new([Button::new(LATER, session.tr("outside-close"))]);
            return;
        };
        let (keep, back) = match mark.what {
            What::Gone => ("outside-noted", None),
            What::Duplicate => ("outside-leave", Some("outside-strike")),
            // It counts once staff say so where they see the ballots.
            What::Late => ("outside-leave", None),
            _ => ("outside-keep", Some("outside-put-back")),
        };
        let mut buttons = vec![Button::new(KEEP, session.tr(keep))];
        buttons.extend(back.map(|back| Button::new(PUT_BACK, session.tr(back))));
        buttons.push(Button::new(LATER, session.tr("outside-later")));
        self.buttons = Buttons::new(buttons);
    }

    fn walk(&mut self, by: isize, session: &Session) {
        let at = self.at.saturating_add_signed(by).min(self.marks.len().saturating_sub(1));
        if at != self.at {
            self.at = at;
            self.offer(session);
        }
    }

    fn press(&mut self, button: Option<&str>, cx: &mut Cx<'_>) {
        match (button, self.mark().map(|mark| mark.mark)) {
            (Some(LATER), _) => cx.close(),
            (Some(button), Some(mark)) => {
                let put_back = button == PUT_BACK;
                self.settling = Some(cx.call(Request::SettleOutside { mark, put_back }));
            }
            _ => {}
        }
    }

    /// Takes what is open; the cursor stays on its change, or goes to the one that comes in its place.
    fn take(&mut self, marks: Vec<OutsideRow>, session: &Session) {
        let here = self.mark().map(|mark| mark.mark);
        self.marks = marks;
        let kept = here.and_then(|here| self.marks.iter().position(|mark| mark.mark == here));
        let moved = kept.is_none_or(|at| at != self.at) || !self.known;
        self.at = kept.unwrap_or(self.at).min(self.marks.len().saturating_sub(1));
        self.known = true;
        if moved {
            self.offer(session);
        }
    }

    fn settled(&mut self, answer: &Answer, cx: &mut Cx<'_>) {
        let Reply::OutsideMark(row) = &answer.reply else { return };
        let name = name(row, cx.session);
        let id = match (row.what, row.settled) {
            (What::Duplicate, Some(Settled::PutBack)) => "outside-done-struck",
            (_, Some(Settled::PutBack)) => "outside-done-put-back",
            (What::Gone, _) => "outside-done-noted",
            (What::Duplicate | What::Late, _) => "outside-done-left",
            _ => "outside-done-kept",
        };
        let what = label(row, cx.session);
        let args = [("title", (&name).into()), ("what", (&what).into())];
        cx.done(cx.session.tr_with(id, &args), answer.operation);
        let left = self.marks.iter().filter(|mark| mark.mark != row.mark).cloned().collect();
        self.take(left, cx.session);
        if self.marks.is_empty() {
            cx.close();
        }
    }
}

impl Screen for Outside {
    fn title(&self) -> &'static str {
        "outside-title"
    }

    fn layer(&self) -> Layer {
        Layer::Box
    }

    fn contexts(&self) -> &'static [Context] {
        &[Context::Menu, Context::Dialog]
    }

    fn enter(&mut self, _fresh: bool, cx: &mut Cx<'_>) {
        self.ask(cx);
    }

    fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> bool {
        match action {
            Action::Back => cx.close(),
            _ if self.settling.is_some() => {}
            Action::Up => self.walk(-1, cx.session),
            Action::Down => self.walk(1, cx.session),
            Action::First | Action::PageUp => self.walk(isize::MIN, cx.session),
            Action::Last | Action::PageDown => self.walk(isize::MAX, cx.session),
            Action::NextField => self.buttons.next(),
            Action::PreviousField => self.buttons.previous(),
            Action::Accept => {
                let button = self.buttons.focused();
                self.press(button, cx);
            }
            _ => return false,
        }
        true
    }

    fn mouse(&mut self, mouse: Mouse, cx: &mut Cx<'_>) {
        if mouse.kind == MouseKind::Press && self.settling.is_none() {
            let button = self.buttons.click(mouse.column, mouse.row);
            self.press(button, cx);
        }
    }

    fn reply(&mut self, ticket: Ticket, result: Result<Answer, Failure>, cx: &mut Cx<'_>) {
        if self.asking.take_if(|asked| *asked == ticket).is_some() {
            match result {
                Ok(Answer { reply: Reply::Outside(marks), .. }) => {
                    self.failed = None;
                    self.take(marks, cx.session);
                }
                Ok(_) => {}
                Err(failure) => self.failed = Some(sentence::failure(&cx.session.lang, &failure)),
            }
        } else if self.settling.take_if(|asked| *asked == ticket).is_some() {
            match result {
                Ok(answer) => self.settled(&answer, cx),
                Err(failure) => {
                    cx.toast(Tone::Problem, sentence::failure(&cx.session.lang, &failure));
                    self.ask(cx);
                }
            }
        }
    }

    fn changed(&mut self, changed: &Changed, cx: &mut Cx<'_>) {
        if changed.topic == Topic::Films && self.settling.is_none() {
            self.ask(cx);
        }
    }

    fn view(&self, area: Rect, canvas: &mut Canvas<'_>) {
        draw(self, area, canvas);
    }
}

/// What a film's page says where something is open.
pub(crate) fn notice(session: &Session) -> Entry {
    let theme = &session.theme;
    let key = key_of(session, &[Context::Film], Action::Outside);
    let text = session.tr_with("outside-notice", &[("key", (&key).into())]);
    Entry::text(format!("{} {text}", theme.signs.warning), theme.warning)
}

/// What was changed, by its label.
fn label(mark: &OutsideRow, session: &Session) -> String {
    let ballot = |id: &str| {
        let name = mark.ballots.as_ref().map(|ballots| ballots.juror_name.trim()).unwrap_or_default();
        session.tr_with(id, &[("name", (&*inert(name)).into())])
    };
    match mark.what {
        What::Gone => session.tr("outside-film"),
        What::Duplicate => ballot("outside-duplicate"),
        What::Overwritten => ballot("outside-overwritten"),
        What::Late => ballot("outside-late"),
        what => field(&session.lang, what.name()),
    }
}

fn name(row: &OutsideRow, session: &Session) -> String {
    match row.title.trim() {
        "" => session.tr("list-untitled"),
        title => inert(title).into_owned(),
    }
}

/// One side of a change as staff read it.
fn shown(mark: &OutsideRow, site: bool, session: &Session) -> Span {
    let theme = &session.theme;
    if let Some(ballots) = &mark.ballots {
        let slip = if site { &ballots.site } else { &ballots.ours };
        return match slip {
            Some(_) if ballots.hidden => (theme.faint, session.tr("votes-hidden")),
            Some(slip) => {
                let (style, said) = note(session, slip.note);
                let text = slip.comments.as_deref().map(str::trim).unwrap_or_default();
                (style, if text.is_empty() { said } else { format!("{said} · {}", inert(text)) })
            }
            None => (theme.faint, session.tr("page-empty")),
        };
    }
    let (what, value) = (mark.what, if site { mark.after.as_deref() } else { mark.before.as_deref() });
    match (what, value.map(str::trim).filter(|value| !value.is_empty())) {
        (What::Gone, _) if site => (theme.danger, format!("{} {}", theme.signs.cross, session.tr("outside-deleted"))),
        (What::Status | What::Gone, Some(value)) => status(session, FilmStatus::from_sql(value)),
        (What::Duration, Some(value)) => (theme.text, session.duration(value.parse().ok())),
        (_, Some(value)) => (theme.text, inert(value).into_owned()),
        (_, None) => (theme.faint, session.tr("page-empty")),
    }
}

/// A text in so many cells.
fn padded(text: &str, room: usize, session: &Session) -> String {
    let text = truncate(text, room, session.theme.signs.ellipsis);
    let gap = room.saturating_sub(width(&text));
    format!("{text}{}", " ".repeat(gap))
}

fn draw(dialog: &Outside, area: Rect, canvas: &mut Canvas<'_>) {
    let session = canvas.session;
    let theme = &session.theme;
    let wide = if area.width < WIDE + 8 { area.width } else { WIDE };
    let inside = wide.saturating_sub(4);
    let title = match (dialog.film, dialog.mark()) {
        (Some(_), Some(mark)) => session.tr_with("outside-heading", &[("title", (&name(mark, session)).into())]),
        _ => session.tr("outside-title"),
    };
    let below = detail(dialog, inside, session);
    let lines = |count: usize| u16::try_from(count).unwrap_or(u16::MAX);
    // The frame, a gap, the buttons.
    let other = lines(below.len()).saturating_add(if dialog.marks.is_empty() { 4 } else { 5 });
    let list = lines(dialog.marks.len()).min(area.height.saturating_sub(other).max(1));
    let body = panel(area, canvas, &title, wide, other.saturating_add(list));
    let place = Rect { height: list.min(body.height), ..body };
    overview(dialog, place, canvas);
    let top = if list == 0 { 0 } else { list + 1 }.min(body.height);
    let foot = body.height.saturating_sub(1);
    below.draw(Rect { y: body.y + top, height: foot.saturating_sub(top), ..body }, 0, canvas);
    dialog.buttons.draw(row(body, foot), canvas.buf, theme, dialog.settling.is_none());
}

/// One line for each change.
fn overview(dialog: &Outside, area: Rect, canvas: &mut Canvas<'_>) {
    let session = canvas.session;
    let theme = &session.theme;
    let page = usize::from(area.height);
    let most = dialog.marks.len().saturating_sub(page);
    let first = dialog.first.get().max((dialog.at + 1).saturating_sub(page)).min(dialog.at).min(most);
    dialog.first.set(first);
    let room = usize::from(area.width.saturating_sub(3));
    let ballots = dialog.marks.iter().any(|mark| mark.ballots.is_some());
    let (of_film, of_what) = match dialog.film {
        Some(_) => (0, if ballots { 24 } else { 18 }),
        None => (room * 2 / 5, 12),
    };
    let mut sheet = Sheet::new(area.width);
    for (at, mark) in dialog.marks.iter().enumerate().skip(first).take(page) {
        let here = at == dialog.at;
        let text = if here { theme.focus } else { theme.text };
        let sign = if here { theme.signs.cursor } else { " " };
        let mut spans: Vec<Span> = vec![(theme.accent, format!("{sign} "))];
        if of_film > 0 {
            spans.push((text, padded(&name(mark, session), of_film, session)));
            spans.push((theme.text, " ".to_owned()));
        }
        spans.push((if of_film > 0 { theme.dim } else { text }, padded(&label(mark, session), of_what, session)));
        let half = room.saturating_sub(of_film + of_what + 5) / 2;
        let (before, was) = shown(mark, false, session);
        let (after, is) = shown(mark, true, session);
        let cut = |text: &str| truncate(text, half, theme.signs.ellipsis).to_string();
        spans.push((before, format!(" {}", cut(&was))));
        spans.push((theme.dim, format!(" {} ", theme.signs.arrow)));
        spans.push((after, cut(&is)));
        sheet.line(0, spans);
    }
    sheet.draw(area, 0, canvas);
    if most > 0 {
        let bar = Rect { width: area.width + 1, ..area };
        draw_scrollbar(bar, canvas.buf, first, page, dialog.marks.len(), theme);
    }
}

/// The change under the cursor, both values side by side.
fn detail(dialog: &Outside, inside: u16, session: &Session) -> Sheet {
    let theme = &session.theme;
    let mut sheet = Sheet::new(inside);
    if let Some(failed) = &dialog.failed {
        sheet.signed(0, Some((theme.warning, theme.signs.warning.to_owned())), theme.warning, failed);
    }
    let Some(mark) = dialog.mark() else {
        if dialog.failed.is_none() {
            sheet.text(0, theme.dim, &session.tr(if dialog.known { "outside-none" } else { "page-loading" }));
        }
        return sheet;
    };
    let half = usize::from(inside.saturating_sub(3)) / 2;
    let (ours, site) = (shown(mark, false, session), shown(mark, true, session));
    let head = |id: &str| session.tr(id);
    let (left, right) = match mark.what {
        What::Duplicate => ("outside-counts", "outside-aside"),
        What::Late => ("outside-ours", "outside-aside"),
        _ => ("outside-ours", "outside-site"),
    };
    side_by_side(&mut sheet, half, (theme.header, &head(left)), (theme.header, &head(right)), session);
    side_by_side(&mut sheet, half, (ours.0, &ours.1), (site.0, &site.1), session);
    sheet.gap();
    let found = session.tr_with("outside-found", &[("when", (&session.moment(mark.found)).into())]);
    let hint = match mark.what {
        What::Gone => "outside-hint-gone",
        What::Status => "outside-hint-status",
        What::Duplicate => "outside-hint-duplicate",
        What::Overwritten => "outside-hint-overwritten",
        What::Late => "outside-hint-late",
        _ => "outside-hint-value",
    };
    sheet.text(0, theme.dim, &format!("{found} {}", session.tr(hint)));
    sheet
}

/// Two texts beside each other, each wrapped in its half.
fn side_by_side(sheet: &mut Sheet, half: usize, left: (Style, &str), right: (Style, &str), session: &Session) {
    let theme = &session.theme;
    let lines = |text: &str| -> Vec<String> { wrapped(text, half.max(1)).take(LINES).map(str::to_owned).collect() };
    let (ours, site) = (lines(left.1), lines(right.1));
    for at in 0..ours.len().max(site.len()) {
        let text = |lines: &[String]| lines.get(at).cloned().unwrap_or_default();
        sheet.line(
            0,
            vec![
                (left.0, padded(&text(&ours), half, session)),
                (theme.border, format!(" {} ", theme.signs.frame[5])),
                (right.0, text(&site)),
            ],
        );
    }
}
