//! A draft that was written on two computers: both texts, and which of them goes on. No word of either is lost.

use ratatui::layout::Rect;

use crate::app::action::Action;
use crate::app::cx::{Cx, Tone};
use crate::app::session::Session;
use crate::domain::text::inert_lines;
use crate::domain::vote::Note;
use crate::screens::Canvas;
use crate::screens::mine::drafts::{Theirs, joined};
use crate::screens::panel::panel;
use crate::screens::sheet::Sheet;
use crate::screens::words::note;
use crate::widgets::table::draw_scrollbar;
use crate::widgets::wrap::wrapped;

use super::{Ballot, Step};

/// How wide the box gets, and from which width on the texts stand beside each other.
const WIDEST: u16 = 112;
const BESIDE: u16 = 90;

/// Which version goes on.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Take {
    Mine,
    Theirs,
    Both,
}

impl Ballot {
    pub(super) fn act_on_versions(&mut self, action: Action, cx: &mut Cx<'_>) -> bool {
        match action {
            Action::KeepMine => self.take_version(Take::Mine, cx),
            Action::KeepTheirs => self.take_version(Take::Theirs, cx),
            Action::Select => self.take_version(Take::Both, cx),
            Action::Up => self.scroll.set(self.scroll.get().saturating_sub(1)),
            Action::Down => self.scroll.set(self.scroll.get() + 1),
            Action::PageUp => self.scroll.set(self.scroll.get().saturating_sub(8)),
            Action::PageDown => self.scroll.set(self.scroll.get() + 8),
            Action::First => self.scroll.set(0),
            Action::Back | Action::Quit => self.step = Step::Write,
            _ => {}
        }
        true
    }

    fn take_version(&mut self, take: Take, cx: &mut Cx<'_>) {
        let mine = self.comment.text();
        let Some(theirs) = self.elsewhere() else {
            self.step = Step::Write;
            return;
        };
        if take == Take::Both {
            let Some(both) = joined(&mine, &theirs.comment) else {
                return cx.toast(Tone::Problem, cx.session.tr("ballot-both-too-long"));
            };
            self.comment.set(&both);
            self.note = self.note.or(theirs.note);
        }
        self.step = Step::Write;
        if take != Take::Theirs {
            self.keep(cx);
        }
        self.desk.take_version(self.film.id(), take != Take::Theirs, cx);
        let (id, other) = match take {
            Take::Mine => ("ballot-took-mine", theirs.comment),
            Take::Theirs => {
                self.comment.set(&theirs.comment);
                self.note = theirs.note.or(self.note);
                ("ballot-took-theirs", mine)
            }
            Take::Both => return cx.toast(Tone::Done, cx.session.tr("ballot-took-both")),
        };
        self.stand();
        cx.copy(other);
        cx.toast(Tone::Done, cx.session.tr(id));
    }
}

fn version(whose: &str, chosen: Option<Note>, text: &str, width: u16, session: &Session) -> Sheet {
    let theme = &session.theme;
    let mut sheet = Sheet::new(width);
    let (style, said) = match chosen {
        Some(chosen) => note(session, Some(chosen)),
        None => (theme.faint, session.tr("hand-in-note-missing")),
    };
    sheet.line(0, vec![(theme.title, session.tr(whose)), (style, format!("  {said}"))]);
    let text = inert_lines(text);
    for line in wrapped(&text, sheet.room(0)) {
        sheet.line(0, vec![(theme.text, line.to_owned())]);
    }
    sheet
}

/// Draws both versions over the ballot.
pub(super) fn draw(ballot: &Ballot, theirs: &Theirs, area: Rect, canvas: &mut Canvas<'_>) {
    let session = canvas.session;
    let theme = &session.theme;
    let width = WIDEST.min(area.width);
    let inside = width.saturating_sub(5);
    let mine = ballot.comment.text();
    let of = |width| {
        let mine = version("ballot-version-mine", ballot.note, &mine, width, session);
        (mine, version("ballot-version-theirs", theirs.note, &theirs.comment, width, session))
    };
    let mut texts = Sheet::new(inside);
    if width >= BESIDE {
        let half = inside / 2;
        let (mine, theirs) = of(half.saturating_sub(2));
        texts.beside(mine, theirs, half);
    } else {
        let (mine, theirs) = of(inside);
        texts.append(mine);
        texts.gap();
        texts.append(theirs);
    }
    let mut head = Sheet::new(inside);
    head.text(0, theme.text, &session.tr("ballot-versions"));
    head.gap();
    let mut foot = Sheet::new(inside);
    foot.text(0, theme.dim, &session.tr("ballot-versions-keys"));
    let rows = |sheet: &Sheet| u16::try_from(sheet.len()).unwrap_or(u16::MAX);
    let height = rows(&head).saturating_add(rows(&texts)).saturating_add(rows(&foot) + 3);
    let body = panel(area, canvas, &session.tr("ballot-versions-title"), width, height);
    let (top, end) = (rows(&head).min(body.height), rows(&foot).min(body.height));
    head.draw(Rect { height: top, ..body }, 0, canvas);
    let middle = Rect { y: body.y + top, height: body.height.saturating_sub(top + end + 1), ..body };
    let page = usize::from(middle.height);
    let first = ballot.scroll.get().min(texts.len().saturating_sub(page));
    ballot.scroll.set(first);
    texts.draw(middle, first, canvas);
    if texts.len() > page {
        draw_scrollbar(middle, canvas.buf, first, page, texts.len(), theme);
    }
    let place = Rect { y: body.bottom().saturating_sub(end), height: end, ..body };
    foot.draw(place, 0, canvas);
}
