//! The command palette: every action that means something here, found by a few letters of its name.

use ratatui::layout::Rect;

use crate::app::action::Action;
use crate::app::cx::Cx;
use crate::app::key::Key;
use crate::app::keymap::Context;
use crate::app::session::Session;
use crate::domain::text::fold;
use crate::widgets::input::Input;
use crate::widgets::pen::{Pen, row, write};

use super::panel::panel;
use super::typing::edit;
use super::{Canvas, Layer, Screen};

/// One line of the palette.
struct Choice {
    action: Action,
    key: String,
    /// The title of the tab that it goes to.
    tab: Option<&'static str>,
}

/// The palette.
pub struct Palette {
    choices: Vec<Choice>,
    input: Input,
    /// The chosen line among those that match.
    chosen: usize,
}

impl Palette {
    /// The actions of these contexts, and the tabs by their titles.
    pub fn new(session: &Session, contexts: &[Context], tabs: Vec<&'static str>) -> Self {
        let choice = |binding: &crate::app::keymap::Binding| {
            let tab = match binding.action {
                Action::GoTo(n) => Some(*tabs.get(usize::from(n) - 1)?),
                Action::Palette | Action::Back => return None,
                _ => None,
            };
            let key = binding.keys.first().map(ToString::to_string).unwrap_or_default();
            Some(Choice { action: binding.action, key, tab })
        };
        let available = session.keymap.available(contexts, session.role());
        Self {
            choices: available.into_iter().filter_map(choice).collect(),
            input: Input::new().with_max(60),
            chosen: 0,
        }
    }

    fn label(choice: &Choice, session: &Session) -> String {
        match choice.tab {
            Some(tab) => session.tr_with("palette-go-to", &[("tab", (&session.tr(tab)).into())]),
            None => session.tr(&choice.action.message()),
        }
    }

    /// The lines that hold every word typed.
    fn matching(&self, session: &Session) -> Vec<(&Choice, String)> {
        let typed = fold(self.input.text());
        let labelled = self.choices.iter().map(|choice| (choice, Self::label(choice, session)));
        let matches = |label: &str| typed.split_whitespace().all(|word| fold(label).contains(word));
        labelled.filter(|(_, label)| matches(label)).collect()
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
        let matching = self.matching(cx.session);
        let last = matching.len().saturating_sub(1);
        match action {
            Action::Accept => {
                if let Some((choice, _)) = matching.get(self.chosen.min(last)) {
                    cx.act_later(choice.action);
                    cx.close();
                }
            }
            Action::Down => self.chosen = (self.chosen + 1).min(last),
            Action::Up => self.chosen = self.chosen.min(last).saturating_sub(1),
            Action::PageDown => self.chosen = (self.chosen + 10).min(last),
            Action::PageUp => self.chosen = self.chosen.saturating_sub(10),
            Action::First => self.chosen = 0,
            Action::Last => self.chosen = last,
            _ => return false,
        }
        true
    }

    fn typed(&mut self, key: Key, _cx: &mut Cx<'_>) -> bool {
        self.chosen = 0;
        edit(&mut self.input, key)
    }

    fn pasted(&mut self, text: &str, _cx: &mut Cx<'_>) {
        self.input.paste(text);
    }

    fn view(&self, area: Rect, canvas: &mut Canvas<'_>) {
        let session = canvas.session;
        let theme = &session.theme;
        let inside = panel(area, canvas, &session.tr("palette-title"), 60, 18);
        canvas.cursor = self.input.draw(row(inside, 0), canvas.buf, theme, true);
        let matching = self.matching(session);
        if matching.is_empty() {
            write(row(inside, 2), canvas.buf, &session.tr("palette-none"), theme.dim, theme.signs.ellipsis);
        }
        let room = usize::from(inside.height.saturating_sub(2));
        let chosen = self.chosen.min(matching.len().saturating_sub(1));
        let first = (chosen + 1).saturating_sub(room);
        for (y, (i, (choice, label))) in (2..inside.height).zip(matching.iter().enumerate().skip(first)) {
            let line = row(inside, y);
            if i == chosen {
                canvas.buf.set_style(line, theme.cursor);
            }
            let mut pen = Pen::new(line, canvas.buf, theme.signs.ellipsis);
            pen.put(if i == chosen { theme.signs.cursor } else { " " }, theme.accent).put(" ", theme.text);
            pen.put(label, theme.text);
            let key = Rect { x: line.right().saturating_sub(10), width: 10.min(line.width), ..line };
            Pen::new(key, canvas.buf, "").put_right(&choice.key, theme.key);
        }
    }
}
