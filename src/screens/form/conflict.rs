//! Two people changed the same row: both versions, field by field, and which of them each field keeps.

use std::cell::{Cell, RefCell};

use ratatui::layout::{Position, Rect};
use ratatui::style::Modifier;

use crate::api::FieldChange;
use crate::app::action::Action;
use crate::app::keymap::Context;
use crate::app::sentence::field;
use crate::app::session::Session;
use crate::domain::text::inert_lines;
use crate::screens::Canvas;
use crate::screens::panel::panel;
use crate::screens::sheet::{Sheet, Span};
use crate::screens::words::key_of;
use crate::widgets::diff::{Change, readable};
use crate::widgets::pen::{Pen, row};
use crate::widgets::table::draw_scrollbar;
use crate::widgets::theme::Theme;

/// Texts longer than this, in characters, are shown as what was taken out and put in.
const LONG: usize = 120;
/// So many characters beside a difference stay; the rest of what is the same gives way.
const AROUND: usize = 32;

/// One field that somebody else changed.
#[derive(Debug)]
pub(crate) struct Dispute {
    /// The field.
    pub(crate) name: String,
    /// What this form began with.
    was: String,
    /// What stands in the form.
    pub(crate) yours: String,
    /// What somebody else saved.
    pub(crate) theirs: String,
    /// Which of them is kept.
    pub(crate) mine: bool,
}

/// How a field's versions look; made once, for a word by word comparison of long texts takes a while.
#[derive(Debug)]
enum Look {
    /// As they are: what it was, yours, theirs.
    Short([String; 3]),
    /// As what was taken out and put in: yours, theirs.
    Long([Pieces; 2]),
}

/// What became of the pieces of a text.
type Pieces = Vec<(Change, String)>;

/// The question.
pub(crate) struct Conflict {
    disputes: Vec<(Dispute, Look)>,
    at: usize,
    first: Cell<usize>,
    places: RefCell<Vec<(Rect, usize, bool)>>,
}

/// What a value of a field looks like, where it is not itself.
pub(crate) type Shown<'a> = &'a dyn Fn(&str, &str) -> Option<String>;

impl Conflict {
    /// The question about these changes: `yours` says what the form holds, and whether it was touched; `shown`, what a
    /// value looks like. What nobody touched here goes to the other by itself.
    pub(crate) fn new(
        changes: &[FieldChange],
        yours: impl Fn(&str) -> Option<(String, bool)>,
        shown: Shown<'_>,
    ) -> Self {
        let dispute = |change: &FieldChange| {
            let (yours, touched) = yours(&change.field)?;
            let (name, was, theirs) = (change.field.clone(), change.loaded.clone(), change.now.clone());
            let dispute = Dispute { name, was, yours, theirs, mine: touched };
            let look = dispute.look(shown);
            Some((dispute, look))
        };
        let mut disputes: Vec<_> = changes.iter().filter_map(dispute).collect();
        // What is to be decided comes first.
        disputes.sort_by_key(|(dispute, _)| !dispute.mine);
        Self { disputes, at: 0, first: Cell::new(0), places: RefCell::default() }
    }

    /// Every field with what was decided.
    pub(crate) fn into_disputes(self) -> impl Iterator<Item = Dispute> {
        self.disputes.into_iter().map(|(dispute, _)| dispute)
    }

    /// Whether there is nothing to decide.
    pub(crate) fn is_empty(&self) -> bool {
        self.disputes.is_empty()
    }

    /// Does an action; `false` if it means nothing here.
    pub(crate) fn act(&mut self, action: Action) -> bool {
        let last = self.disputes.len().saturating_sub(1);
        match action {
            Action::Up => self.at = self.at.saturating_sub(1),
            Action::Down => self.at = (self.at + 1).min(last),
            Action::First => self.at = 0,
            Action::Last => self.at = last,
            Action::PageUp => self.at = self.at.saturating_sub(4),
            Action::PageDown => self.at = (self.at + 4).min(last),
            Action::Select => self.choose(|mine| !mine),
            Action::KeepMine => self.choose(|_| true),
            Action::KeepTheirs => self.choose(|_| false),
            _ => return false,
        }
        true
    }

    fn choose(&mut self, of: impl Fn(bool) -> bool) {
        if let Some((dispute, _)) = self.disputes.get_mut(self.at) {
            dispute.mine = of(dispute.mine);
        }
    }

    /// A click on a version keeps it.
    pub(crate) fn click(&mut self, x: u16, y: u16) {
        let hit = self.places.borrow().iter().find(|(place, ..)| place.contains(Position { x, y })).copied();
        if let Some((_, at, mine)) = hit {
            self.at = at;
            self.choose(|_| mine);
        }
    }

    /// Draws it over the form.
    pub(crate) fn draw(&self, area: Rect, canvas: &mut Canvas<'_>) {
        let session = canvas.session;
        let theme = &session.theme;
        let width = if area.width < 110 { area.width } else { area.width.saturating_sub(8).min(130) };
        let mut sheet = Sheet::new(width.saturating_sub(6));
        let sign = (theme.warning, theme.signs.warning.to_owned());
        sheet.signed(0, Some(sign), theme.warning, &session.tr("conflict-what"));
        let mut lines = Vec::new();
        for (at, (dispute, look)) in self.disputes.iter().enumerate() {
            sheet.gap();
            let from = sheet.len();
            let [yours, theirs] = write(dispute, look, at == self.at, &mut sheet, session);
            lines.push((from, yours, theirs, sheet.len()));
        }
        let wanted = u16::try_from(sheet.len()).unwrap_or(u16::MAX).saturating_add(4);
        let body = panel(area, canvas, &session.tr("conflict-title"), width, wanted.min(area.height));
        let text = Rect { height: body.height.saturating_sub(2), ..body };
        let first = self.scroll(&lines, usize::from(text.height), sheet.len());
        sheet.draw(text, first, canvas);
        if sheet.len() > usize::from(text.height) {
            let bar = Rect { width: text.width + 1, ..text };
            draw_scrollbar(bar, canvas.buf, first, usize::from(text.height), sheet.len(), theme);
        }
        let seen = |line: usize| {
            let y = line.checked_sub(first).filter(|y| *y < usize::from(text.height))?;
            Some(row(text, u16::try_from(y).ok()?))
        };
        let mut places = self.places.borrow_mut();
        places.clear();
        for (at, (_, yours, theirs, end)) in lines.into_iter().enumerate() {
            places.extend((yours..theirs).filter_map(seen).map(|place| (place, at, true)));
            places.extend((theirs..end).filter_map(seen).map(|place| (place, at, false)));
        }
        let key = |action| key_of(session, &[Context::Conflict], action);
        let (save, turn) = (key(Action::Save), key(Action::Select));
        let foot = session.tr_with("conflict-foot", &[("save", (&save).into()), ("turn", (&turn).into())]);
        let place = row(body, body.height.saturating_sub(1));
        Pen::new(place, canvas.buf, theme.signs.ellipsis).put(&foot, theme.dim);
    }

    /// The first line to draw, so that the field under the cursor is there as a whole, if it fits.
    fn scroll(&self, lines: &[(usize, usize, usize, usize)], page: usize, all: usize) -> usize {
        let (from, .., to) = lines.get(self.at).copied().unwrap_or_default();
        let most = all.saturating_sub(page);
        let first = self.first.get().max(to.saturating_sub(page)).min(from).min(most);
        let first = if self.at == 0 && to <= page { 0 } else { first };
        self.first.set(first);
        first
    }
}

/// Writes one field; tells where each version begins.
fn write(dispute: &Dispute, look: &Look, here: bool, sheet: &mut Sheet, session: &Session) -> [usize; 2] {
    let theme = &session.theme;
    let cursor = if here { theme.signs.cursor } else { " " };
    let label = if here { theme.accent.patch(theme.title) } else { theme.title };
    let mut head = vec![(theme.accent, format!("{cursor} ")), (label, field(&session.lang, &dispute.name))];
    if !dispute.touched() {
        head.push((theme.dim, format!("  {}", session.tr("conflict-untouched"))));
    }
    sheet.line(0, head);
    if let Look::Short([was, ..]) = look {
        version(&session.tr("conflict-was"), None, vec![(theme.dim, filled(was, session))], sheet, session);
    }
    let sides = [("conflict-yours", dispute.mine), ("conflict-theirs", !dispute.mine)];
    std::array::from_fn(|side| {
        let at = sheet.len();
        let (id, on) = sides[side];
        let spans = match look {
            Look::Short([_, texts @ ..]) => {
                vec![(if on { theme.text } else { theme.dim }, filled(&texts[side], session))]
            }
            Look::Long(pieces) => marks(&pieces[side], theme),
        };
        version(&session.tr(id), Some(on), spans, sheet, session);
        at
    })
}

impl Dispute {
    /// Whether this form changed the field.
    fn touched(&self) -> bool {
        self.yours.trim() != self.was.trim()
    }

    fn look(&self, shown: Shown<'_>) -> Look {
        let show = |value: &str| shown(&self.name, value).unwrap_or_else(|| inert_lines(value));
        let texts @ [was, yours, theirs] = &[&self.was, &self.yours, &self.theirs].map(|value| show(value));
        if texts.iter().any(|text| text.chars().count() > LONG || text.contains('\n')) {
            Look::Long([yours, theirs].map(|now| readable(was, now)))
        } else {
            Look::Short(texts.clone())
        }
    }
}

/// One version: a radio sign where it can be chosen, whose it is, and the text.
fn version(whose: &str, on: Option<bool>, text: Vec<Span>, sheet: &mut Sheet, session: &Session) {
    let theme = &session.theme;
    let style = match on {
        Some(true) => theme.accent.patch(theme.title),
        _ => theme.dim,
    };
    let sign = on.map_or(" ", |on| theme.signs.radio[usize::from(!on)]);
    let head = (style, format!("{sign} {whose:<9} "));
    sheet.styled(2, head, text);
}

/// A text, or that there is none.
fn filled(text: &str, session: &Session) -> String {
    if text.trim().is_empty() { session.tr("page-empty") } else { text.to_owned() }
}

/// A long text as what was taken out and what was put in, with a little around it.
fn marks(pieces: &Pieces, theme: &Theme) -> Vec<Span> {
    let gone = theme.danger.remove_modifier(Modifier::BOLD).add_modifier(Modifier::CROSSED_OUT);
    let new = theme.ok.add_modifier(Modifier::UNDERLINED);
    let last = pieces.len().saturating_sub(1);
    let mut spans: Vec<Span> = Vec::new();
    for (at, (kind, text)) in pieces.iter().enumerate() {
        match kind {
            Change::Same => spans.push((theme.text, shortened(text, at > 0, at < last, theme.signs.ellipsis))),
            Change::Gone => spans.push((gone, text.clone())),
            Change::New => {
                if at > 0 && pieces[at - 1].0 == Change::Gone {
                    spans.push((theme.text, " ".to_owned()));
                }
                spans.push((new, text.clone()));
            }
        }
    }
    spans
}

/// A text that is the same in both, with only what stands beside a difference, by whole words.
fn shortened(text: &str, before: bool, behind: bool, ellipsis: &str) -> String {
    let count = text.chars().count();
    let (head, tail) = match (before, behind) {
        // Nothing differs: the beginning tells which text it is.
        (false, false) => (2 * AROUND, 0),
        _ => (if before { AROUND } else { 0 }, if behind { AROUND } else { 0 }),
    };
    if count <= head + tail + AROUND {
        return text.to_owned();
    }
    let begin: String = text.chars().take(head).collect();
    let end: String = text.chars().skip(count - tail).collect();
    let begin = begin.rsplit_once(char::is_whitespace).map_or("", |(words, _)| words);
    let end = end.split_once(char::is_whitespace).map_or("", |(_, words)| words);
    match (before, behind) {
        (false, true) => format!("{ellipsis} {end}"),
        (_, false) => format!("{begin} {ellipsis}"),
        (true, true) => format!("{begin} {ellipsis} {end}"),
    }
}
