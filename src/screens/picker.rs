//! One of many, found by typing a part of it. A form or a dialog owns it and hands it keys.

use std::sync::{Arc, LazyLock};

use ratatui::layout::Rect;

use crate::app::action::Action;
use crate::app::effect::{Computed, Job};
use crate::app::key::Key;
use crate::app::session::Session;
use crate::domain::text::{fold, inert};
use crate::widgets::input::Input;
use crate::widgets::matching;
use crate::widgets::menu::{Menu, MenuItem};
use crate::widgets::pen::{row, write};

use super::Canvas;
use super::panel::panel;
use super::steer::steer;
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

/// The many, made and folded once by whoever needs them first.
#[derive(Clone)]
pub(crate) struct Picks(Arc<LazyLock<Many, Make>>);

type Make = Box<dyn FnOnce() -> Many + Send>;

struct Many {
    all: Vec<Pick>,
    /// What is searched in each: its label, a line end, what stands behind it.
    folded: Vec<String>,
}

impl Picks {
    /// What `make` makes, in its order.
    pub(crate) fn of(make: impl FnOnce() -> Vec<Pick> + Send + 'static) -> Self {
        let many = || {
            let all = make();
            let folded = all.iter().map(|pick| fold(&format!("{}\n{}", pick.label, pick.aside))).collect();
            Many { all, folded }
        };
        Self(Arc::new(LazyLock::new(Box::new(many))))
    }

    /// A job that makes them, so that no key need wait for it.
    pub(crate) fn prepare(&self) -> Job {
        let picks = self.clone();
        Job::new("picks", move |_| {
            LazyLock::force(&picks.0);
            Computed::Nothing
        })
    }

    fn get(&self, at: u32) -> Option<&Pick> {
        self.0.all.get(at as usize)
    }

    fn folded(&self, at: u32) -> &str {
        self.0.folded.get(at as usize).map_or("", String::as_str)
    }

    fn len(&self) -> u32 {
        u32::try_from(self.0.all.len()).unwrap_or(u32::MAX)
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
    picks: Picks,
    input: Input,
    menu: Menu,
    /// The words that are looked for, folded, and the positions of what has them all; the menu shows the first.
    words: Vec<String>,
    found: Vec<u32>,
    /// The id of the line that makes a new one of what was typed, if that can be done.
    new: Option<&'static str>,
}

impl Picker {
    /// A picker with its cursor on `current`, if that is there.
    pub(crate) fn new(title: String, all: Vec<Pick>, current: &str, session: &Session) -> Self {
        Self::among(title, Picks::of(|| all), current, session)
    }

    /// The same among those that were made before.
    pub(crate) fn among(title: String, picks: Picks, current: &str, session: &Session) -> Self {
        let input = Input::new().with_max(80).with_placeholder(session.tr("palette-prompt"));
        let found = (0..picks.len()).collect();
        let mut picker = Self { title, picks, input, menu: Menu::default(), words: Vec::new(), found, new: None };
        picker.filter(session);
        let at = picker.shown().position(|pick| pick.value == current);
        picker.menu.move_by(at.and_then(|at| isize::try_from(at).ok()).unwrap_or(0));
        picker
    }

    /// The same, where what was typed can become a new one; `line`: the id of what the line for it says.
    #[must_use]
    pub(crate) fn with_new(self, line: &'static str) -> Self {
        Self { new: Some(line), ..self }
    }

    /// What the menu shows.
    fn shown(&self) -> impl Iterator<Item = &Pick> {
        self.found.iter().take(LISTED).filter_map(|at| self.picks.get(*at))
    }

    /// What was typed, if it can become a new one.
    fn fresh(&self) -> Option<(&'static str, &str)> {
        let typed = self.input.text().trim();
        let folded = fold(typed);
        let label = |at: &u32| self.picks.folded(*at).split('\n').next().unwrap_or_default().trim();
        // One of this very name is among those that have its words.
        let known = || self.found.iter().any(|at| label(at) == folded);
        self.new.filter(|_| !typed.is_empty() && !known()).map(|line| (line, typed))
    }

    fn filter(&mut self, session: &Session) {
        let typed = fold(self.input.text());
        let words: Vec<&str> = typed.split_whitespace().collect();
        // Where words only grew or came, nothing that was not found before is found now.
        let narrower = self.words.iter().all(|before| words.iter().any(|word| word.contains(before.as_str())));
        if !narrower {
            self.found = (0..self.picks.len()).collect();
        }
        let picks = &self.picks;
        self.found.retain(|at| words.iter().all(|word| picks.folded(*at).contains(word)));
        let item = |pick: &Pick| {
            let marked = matching::find(&pick.label, &words, fold);
            MenuItem::new(pick.label.as_str()).aside(pick.aside.as_str()).marked(marked)
        };
        let mut items: Vec<MenuItem> = self.shown().map(item).collect();
        self.words = words.into_iter().map(str::to_owned).collect();
        if let Some((line, name)) = self.fresh() {
            let name = inert(name).into_owned();
            items.push(MenuItem::new(session.tr_with(line, &[("name", (&name).into())])));
        }
        self.menu.set_items(items);
    }

    fn took(&self) -> Picked {
        let Some(picked) = self.menu.picked() else { return Picked::Looking };
        match (self.shown().nth(picked), self.fresh()) {
            (Some(pick), _) => Picked::Took(pick.clone()),
            (None, Some((_, name))) => Picked::New(name.to_owned()),
            (None, None) => Picked::Looking,
        }
    }

    /// Does an action.
    pub(crate) fn act(&mut self, action: Action) -> Picked {
        match action {
            Action::Accept => return self.took(),
            Action::Back => return Picked::Left,
            _ => _ = steer(&mut self.menu, action),
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
        let lines = u16::try_from(self.picks.len()).unwrap_or(u16::MAX).clamp(1, 14);
        let inside = panel(area, canvas, &self.title, 64, lines.saturating_add(5));
        canvas.cursor = self.input.draw(row(inside, 0), canvas.buf, theme, true);
        let list = Rect { y: inside.y.saturating_add(2), height: inside.height.saturating_sub(3), ..inside };
        let foot = row(inside, inside.height.saturating_sub(1));
        let ellipsis = theme.signs.ellipsis;
        if self.menu.items().is_empty() {
            write(row(list, 0), canvas.buf, &session.tr("picker-none"), theme.dim, ellipsis);
        } else if let Some(more) = self.found.len().checked_sub(LISTED).filter(|more| *more > 0) {
            let text = session.tr_with("picker-more", &[("count", more.into())]);
            write(foot, canvas.buf, &text, theme.dim, ellipsis);
        }
        self.menu.draw(list, canvas.buf, theme);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::sync::atomic::{AtomicUsize, Ordering};

    use crate::app::effect::Cancelled;
    use crate::app::harness::Harness;
    use crate::app::lang::Language;

    use super::*;

    fn labels(picker: &Picker) -> Vec<&str> {
        picker.shown().map(|pick| pick.label.as_str()).collect()
    }

    #[test]
    fn words_that_grow_find_the_same_as_words_typed_anew() {
        let harness = Harness::new(Language::En);
        let session = harness.app.session();
        let all = || ["Léa Martin", "Tom Lea", "Martine", "東京", "Éléa"].map(|name| Pick::new(name, name)).to_vec();
        for text in ["lea", "mart l", "l mart", "mart", "tom lea x", "東", ""] {
            let mut grown = Picker::new(String::new(), all(), "", session);
            text.chars().for_each(|c| _ = grown.typed(Key::char(c), session));
            let mut anew = Picker::new(String::new(), all(), "", session);
            anew.pasted(text, session);
            assert_eq!(labels(&grown), labels(&anew), "{text}");
            text.chars().for_each(|_| _ = grown.typed("Backspace".parse().unwrap(), session));
            assert_eq!(labels(&grown).len(), 5, "{text}");
        }
    }

    #[test]
    fn the_many_are_made_once_and_before_a_key_needs_them() {
        static MADE: AtomicUsize = AtomicUsize::new(0);
        let picks = Picks::of(|| {
            MADE.fetch_add(1, Ordering::Relaxed);
            (0..5_000).map(|n| Pick::new(n.to_string(), format!("Producer {n}"))).collect()
        });
        assert_eq!(MADE.load(Ordering::Relaxed), 0);
        picks.prepare().run(&Cancelled::default());
        let harness = Harness::new(Language::En);
        let session = harness.app.session();
        for _ in 0..2 {
            let mut picker = Picker::among(String::new(), picks.clone(), "7", session);
            assert_eq!(picker.act(Action::Accept), Picked::Took(Pick::new("7", "Producer 7")));
            picker.pasted("4999", session);
            assert_eq!(labels(&picker), ["Producer 4999"]);
        }
        assert_eq!(MADE.load(Ordering::Relaxed), 1);
    }
}
