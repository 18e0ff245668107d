//! One of many, found by typing a part of it. A form or a dialog owns it and hands it keys.

use ratatui::layout::Rect;

use crate::app::action::Action;
use crate::app::key::Key;
use crate::app::session::Session;
use crate::domain::text::{fold, inert};
use crate::widgets::input::Input;
use crate::widgets::matching;
use crate::widgets::menu::{Menu, MenuItem};
use crate::widgets::pen::{row, write};

use super::Canvas;
use super::panel::panel;
use super::typing::edit;

/// The most that are listed at once; typing on finds the others.
const LISTED: usize = 200;

/// One of the many.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Pick {
    /// What it is known by.
    pub(crate) value: String,
    /// What it says.
    pub(crate) label: String,
    /// What stands dim behind it, searched too.
    pub(crate) aside: String,
}

impl Pick {
    /// One with nothing behind it.
    pub(crate) fn new(value: impl Into<String>, label: impl AsRef<str>) -> Self {
        Self { value: value.into(), label: inert(label.as_ref()).into_owned(), aside: String::new() }
    }

    /// The same with a text behind it.
    #[must_use]
    pub(crate) fn aside(self, aside: &str) -> Self {
        Self { aside: inert(aside).into_owned(), ..self }
    }
}

/// What a key did.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Picked {
    /// One was taken.
    Took(Pick),
    /// None of them: a new one of this name.
    New(String),
    /// None, after all.
    Left,
    /// Still looking.
    Looking,
}

/// Looks through the many.
pub(crate) struct Picker {
    title: String,
    all: Vec<(Pick, String)>,
    input: Input,
    menu: Menu,
    /// The positions of what the menu shows.
    shown: Vec<usize>,
    /// How many there are beyond those.
    more: usize,
    /// The id of the line that makes a new one of what was typed, if that can be done.
    new: Option<&'static str>,
}

impl Picker {
    /// A picker with its cursor on `current`, if that is there.
    pub(crate) fn new(title: String, all: Vec<Pick>, current: &str, session: &Session) -> Self {
        let folded = |pick: Pick| {
            let text = fold(&format!("{}\n{}", pick.label, pick.aside));
            (pick, text)
        };
        let input = Input::new().with_max(80).with_placeholder(session.tr("palette-prompt"));
        let all: Vec<_> = all.into_iter().map(folded).collect();
        let mut picker = Self { title, all, input, menu: Menu::default(), shown: Vec::new(), more: 0, new: None };
        picker.filter(session);
        let at = picker.shown.iter().position(|at| picker.all[*at].0.value == current);
        picker.menu.move_by(at.and_then(|at| isize::try_from(at).ok()).unwrap_or(0));
        picker
    }

    /// The same, where what was typed can become a new one; `line`: the id of what the line for it says.
    #[must_use]
    pub(crate) fn with_new(self, line: &'static str) -> Self {
        Self { new: Some(line), ..self }
    }

    /// What was typed, if it can become a new one.
    fn fresh(&self) -> Option<(&'static str, &str)> {
        let typed = self.input.text().trim();
        let folded = fold(typed);
        let known = || self.all.iter().any(|(pick, _)| fold(pick.label.trim()) == folded);
        self.new.filter(|_| !typed.is_empty() && !known()).map(|line| (line, typed))
    }

    fn filter(&mut self, session: &Session) {
        let typed = fold(self.input.text());
        let words: Vec<&str> = typed.split_whitespace().collect();
        let holds = |at: &usize| words.iter().all(|word| self.all[*at].1.contains(word));
        let found: Vec<usize> = (0..self.all.len()).filter(holds).collect();
        self.more = found.len().saturating_sub(LISTED);
        self.shown = found.into_iter().take(LISTED).collect();
        let item = |at: &usize| {
            let pick = &self.all[*at].0;
            let marked = matching::find(&pick.label, &words, fold);
            MenuItem::new(pick.label.as_str()).aside(pick.aside.as_str()).marked(marked)
        };
        let mut items: Vec<MenuItem> = self.shown.iter().map(item).collect();
        if let Some((line, name)) = self.fresh() {
            let name = inert(name).into_owned();
            items.push(MenuItem::new(session.tr_with(line, &[("name", (&name).into())])));
        }
        self.menu.set_items(items);
    }

    fn took(&self) -> Picked {
        let Some(picked) = self.menu.picked() else { return Picked::Looking };
        match (self.shown.get(picked), self.fresh()) {
            (Some(at), _) => Picked::Took(self.all[*at].0.clone()),
            (None, Some((_, name))) => Picked::New(name.to_owned()),
            (None, None) => Picked::Looking,
        }
    }

    /// Does an action.
    pub(crate) fn act(&mut self, action: Action) -> Picked {
        match action {
            Action::Accept => return self.took(),
            Action::Back => return Picked::Left,
            Action::Down => self.menu.move_by(1),
            Action::Up => self.menu.move_by(-1),
            Action::PageDown => self.menu.page_by(1),
            Action::PageUp => self.menu.page_by(-1),
            Action::First => self.menu.home(),
            Action::Last => self.menu.end(),
            _ => {}
        }
        Picked::Looking
    }

    /// A key for what is searched.
    pub(crate) fn typed(&mut self, key: Key, session: &Session) -> bool {
        let edits = edit(&mut self.input, key);
        if edits {
            self.filter(session);
        }
        edits
    }

    /// A pasted text for what is searched.
    pub(crate) fn pasted(&mut self, text: &str, session: &Session) {
        self.input.paste(text);
        self.filter(session);
    }

    /// A click: what stands there is taken.
    pub(crate) fn click(&mut self, x: u16, y: u16) -> Picked {
        if self.menu.click(x, y) { self.took() } else { Picked::Looking }
    }

    /// Draws it over an area.
    pub(crate) fn draw(&self, area: Rect, canvas: &mut Canvas<'_>) {
        let session = canvas.session;
        let theme = &session.theme;
        let lines = u16::try_from(self.all.len()).unwrap_or(u16::MAX).clamp(1, 14);
        let inside = panel(area, canvas, &self.title, 64, lines.saturating_add(5));
        canvas.cursor = self.input.draw(row(inside, 0), canvas.buf, theme, true);
        let list = Rect { y: inside.y.saturating_add(2), height: inside.height.saturating_sub(3), ..inside };
        let foot = row(inside, inside.height.saturating_sub(1));
        let ellipsis = theme.signs.ellipsis;
        if self.menu.items().is_empty() {
            write(row(list, 0), canvas.buf, &session.tr("picker-none"), theme.dim, ellipsis);
        } else if self.more > 0 {
            let text = session.tr_with("picker-more", &[("count", self.more.into())]);
            write(foot, canvas.buf, &text, theme.dim, ellipsis);
        }
        self.menu.draw(list, canvas.buf, theme);
    }
}
