//! The command palette: every action that means something here, found by a few letters of its name.

use ratatui::layout::Rect;

use crate::app::action::Action;
use crate::app::cx::Cx;
use crate::app::key::Key;
use crate::app::keymap::{Binding, Context};
use crate::app::session::Session;
use crate::domain::text::fold;
use crate::widgets::input::Input;
use crate::widgets::matching;
use crate::widgets::menu::{Menu, MenuItem};
use crate::widgets::pen::{row, write};

use super::panel::panel;
use super::steer::steer;
use super::typing::edit;
use super::{Canvas, Layer, Screen};

/// One line of the palette.
struct Choice {
    action: Action,
    label: String,
    key: String,
}

/// The palette.
pub struct Palette {
    choices: Vec<Choice>,
    input: Input,
    menu: Menu,
    /// The actions of the lines that the menu shows.
    shown: Vec<Action>,
}

impl Palette {
    /// The actions of these contexts, and the tabs by their titles.
    pub fn new(session: &Session, contexts: &[Context], tabs: &[&'static str]) -> Self {
        let choice = |binding: &Binding| {
            let label = match binding.action {
                Action::GoTo(n) => {
                    let tab = session.tr(tabs.get(usize::from(n) - 1)?);
                    session.tr_with("palette-go-to", &[("tab", (&tab).into())])
                }
                Action::Palette | Action::Back => return None,
                action => session.tr(&action.message()),
            };
            let key = binding.keys.first().map(|key| session.lang.key(*key)).unwrap_or_default();
            Some(Choice { action: binding.action, label, key })
        };
        let choices = session.keymap.available(contexts, session.role()).into_iter().filter_map(choice).collect();
        let input = Input::new().with_max(60).with_placeholder(session.tr("palette-prompt"));
        let mut palette = Self { choices, input, menu: Menu::new(Vec::new()), shown: Vec::new() };
        palette.filter();
        palette
    }

    /// Shows the lines that hold every word typed.
    fn filter(&mut self) {
        let typed = fold(self.input.text());
        let words: Vec<&str> = typed.split_whitespace().collect();
        let holds = |choice: &&Choice| words.iter().all(|word| fold(&choice.label).contains(word));
        let found: Vec<&Choice> = self.choices.iter().filter(holds).collect();
        let item = |choice: &&Choice| {
            let marked = matching::find(&choice.label, &words, fold);
            MenuItem::new(choice.label.as_str()).aside(choice.key.as_str()).marked(marked)
        };
        self.menu.set_items(found.iter().map(item).collect());
        self.shown = found.into_iter().map(|choice| choice.action).collect();
    }
}

impl Screen for Palette {
    fn title(&self) -> &'static str {
        "palette-title"
    }

    fn layer(&self) -> Layer {
        Layer::Box
    }

    fn contexts(&self) -> &'static [Context] {
        &[Context::Menu]
    }

    fn typing(&self) -> bool {
        true
    }

    fn enter(&mut self, _fresh: bool, _cx: &mut Cx<'_>) {}

    fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> bool {
        match action {
            Action::Accept => {
                if let Some(action) = self.menu.picked().and_then(|picked| self.shown.get(picked)) {
                    cx.act_later(*action);
                    cx.close();
                }
            }
            _ => return steer(&mut self.menu, action),
        }
        true
    }

    fn typed(&mut self, key: Key, _cx: &mut Cx<'_>) -> bool {
        let edits = edit(&mut self.input, key);
        if edits {
            self.filter();
        }
        edits
    }

    fn pasted(&mut self, text: &str, _cx: &mut Cx<'_>) {
        self.input.paste(text);
        self.filter();
    }

    fn view(&self, area: Rect, canvas: &mut Canvas<'_>) {
        let session = canvas.session;
        let theme = &session.theme;
        let inside = panel(area, canvas, &session.tr("palette-title"), 60, 18);
        canvas.cursor = self.input.draw(row(inside, 0), canvas.buf, theme, true);
        let list = Rect { y: inside.y.saturating_add(2), height: inside.height.saturating_sub(2), ..inside };
        if self.shown.is_empty() {
            write(row(list, 0), canvas.buf, &session.tr("palette-none"), theme.dim, theme.signs.ellipsis);
        }
        self.menu.draw(list, canvas.buf, theme);
    }
}
