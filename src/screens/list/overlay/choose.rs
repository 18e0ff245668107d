//! A field's choices with how many rows have each: one or several of them filter the list.

use ratatui::layout::Rect;

use crate::app::action::Action;
use crate::app::cx::Cx;
use crate::app::key::Key;
use crate::app::msg::{Mouse, MouseKind};
use crate::screens::Canvas;
use crate::screens::panel::panel;
use crate::screens::steer::steer;
use crate::widgets::menu::{Menu, MenuItem};
use crate::widgets::pen::{row, write};

use super::super::ListPane;
use super::super::order::ListRow;
use super::{Overlay, Stays};

/// The box.
pub(in crate::screens::list) struct Choose {
    title: &'static str,
    field: usize,
    /// The choices by their places, with what they say.
    items: Vec<(usize, MenuItem)>,
    menu: Menu,
    /// Whether one was chosen without closing the box.
    several: bool,
}

impl Choose {
    /// A box about a field; `title` is the id of its title.
    pub(in crate::screens::list) fn new<T: ListRow>(
        title: &'static str,
        field: usize,
        items: Vec<(usize, MenuItem)>,
        list: &ListPane<T>,
        cx: &Cx<'_>,
    ) -> Self {
        let mut choose = Self { title, field, items, menu: Menu::default(), several: false };
        choose.fill(list, cx);
        choose
    }

    /// Shows which ones are chosen.
    fn fill<T: ListRow>(&mut self, list: &ListPane<T>, cx: &Cx<'_>) {
        let at = self.menu.picked().unwrap_or(0);
        let chosen: Vec<usize> = list.chosen_choices(self.field);
        let sign = cx.session.theme.signs.check;
        let shown = self.items.iter().map(|(choice, item)| {
            let aside = match chosen.contains(choice) {
                true => format!("{sign} {}", item.aside),
                false => item.aside.clone(),
            };
            item.clone().aside(aside)
        });
        self.menu.set_items(shown.collect());
        self.menu.move_by(isize::try_from(at).unwrap_or(0));
    }

    fn toggle<T: ListRow>(&mut self, list: &mut ListPane<T>, cx: &mut Cx<'_>) {
        if let Some((choice, _)) = self.menu.picked().and_then(|picked| self.items.get(picked)) {
            list.toggle_choice(self.field, *choice, cx);
            self.fill(list, cx);
        }
    }
}

impl<T: ListRow> Overlay<T> for Choose {
    fn act(&mut self, action: Action, list: &mut ListPane<T>, cx: &mut Cx<'_>) -> Stays {
        match action {
            Action::Accept => {
                if !self.several
                    && let Some((choice, _)) = self.menu.picked().and_then(|picked| self.items.get(picked))
                {
                    list.choose_only(self.field, *choice, cx);
                }
                Stays::Closes
            }
            Action::Back | Action::Quit => Stays::Closes,
            action => {
                steer(&mut self.menu, action);
                Stays::Open
            }
        }
    }

    fn typed(&mut self, key: Key, list: &mut ListPane<T>, cx: &mut Cx<'_>) -> Stays {
        match key.typed() {
            Some(' ') => {
                self.several = true;
                self.toggle(list, cx);
            }
            Some('f') => return Stays::Closes,
            _ => {}
        }
        Stays::Open
    }

    fn mouse(&mut self, mouse: Mouse, list: &mut ListPane<T>, cx: &mut Cx<'_>) -> Stays {
        match mouse.kind {
            MouseKind::WheelUp => self.menu.move_by(-1),
            MouseKind::WheelDown => self.menu.move_by(1),
            MouseKind::Press if self.menu.click(mouse.column, mouse.row) => {
                self.several = true;
                self.toggle(list, cx);
            }
            MouseKind::Press => {}
        }
        Stays::Open
    }

    fn view(&self, _list: &ListPane<T>, area: Rect, canvas: &mut Canvas<'_>) {
        let session = canvas.session;
        let theme = &session.theme;
        let inside = panel(area, canvas, &session.tr(self.title), 46, self.menu.height().saturating_add(4));
        let foot = row(inside, inside.height.saturating_sub(1));
        self.menu.draw(Rect { height: inside.height.saturating_sub(2), ..inside }, canvas.buf, theme);
        write(foot, canvas.buf, &session.tr("list-choose-hint"), theme.dim, theme.signs.ellipsis);
    }
}
