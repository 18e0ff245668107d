//! Which columns a list shows and in which order.

use ratatui::layout::Rect;

use crate::api::Request;
use crate::app::action::Action;
use crate::app::cx::Cx;
use crate::app::key::{Code, Key};
use crate::app::msg::{Mouse, MouseKind};
use crate::screens::Canvas;
use crate::screens::panel::panel;
use crate::screens::steer::steer;
use crate::widgets::menu::{Menu, MenuItem};
use crate::widgets::pen::{row, write};

use super::super::ListPane;
use super::super::order::ListRow;
use super::{Overlay, Stays};

/// A list's columns by their ids, and whether each is shown unless somebody chose otherwise.
pub(crate) type Available = &'static [(&'static str, bool)];

/// Under which name a list's columns are kept.
fn name(list: &str) -> String {
    format!("{list}.columns")
}

/// The columns to show, from what was kept; `None`: nothing of use was.
pub(in crate::screens::list) fn read(
    list: &str,
    rows: &[crate::api::setting::PreferenceRow],
    available: Available,
) -> Option<Vec<&'static str>> {
    let kept = rows.iter().find(|row| row.name == name(list))?.value.as_deref()?;
    let known = |id: &str| available.iter().map(|(known, _)| *known).find(|known| *known == id);
    let mut columns: Vec<&'static str> = Vec::new();
    for id in kept.split_whitespace().filter_map(known) {
        if !columns.contains(&id) {
            columns.push(id);
        }
    }
    (!columns.is_empty()).then_some(columns)
}

/// The box.
pub(in crate::screens::list) struct Columns {
    list: &'static str,
    available: Available,
    /// All columns in their order, and whether each is shown.
    columns: Vec<(&'static str, bool)>,
    menu: Menu,
}

impl Columns {
    /// A box about what a list shows now.
    pub(in crate::screens::list) fn new(
        list: &'static str,
        available: Available,
        shown: &[&'static str],
        cx: &Cx<'_>,
    ) -> Self {
        let mut dialog = Self { list, available, columns: arranged(available, shown), menu: Menu::default() };
        dialog.fill(0, cx);
        dialog
    }

    fn fill(&mut self, at: usize, cx: &Cx<'_>) {
        let session = cx.session;
        let item = |(id, shown): &(&'static str, bool)| {
            let sign = if *shown { session.theme.signs.check } else { " " };
            MenuItem::new(format!("{sign} {}", session.tr(id)))
        };
        self.menu.set_items(self.columns.iter().map(item).collect());
        self.menu.move_by(isize::try_from(at).unwrap_or(0));
    }

    fn toggle(&mut self, cx: &Cx<'_>) {
        let Some(at) = self.menu.picked() else { return };
        let others = self.columns.iter().filter(|(_, shown)| *shown).count();
        if let Some((_, shown)) = self.columns.get_mut(at) {
            // A list without any column would be a riddle.
            *shown = !*shown || others == 1;
        }
        self.fill(at, cx);
    }

    fn shift(&mut self, by: isize, cx: &Cx<'_>) {
        let Some(at) = self.menu.picked() else { return };
        if let Some(to) = at.checked_add_signed(by).filter(|to| *to < self.columns.len()) {
            self.columns.swap(at, to);
            self.fill(to, cx);
        }
    }

    fn reset(&mut self, cx: &Cx<'_>) {
        self.columns = self.available.to_vec();
        self.fill(0, cx);
    }
}

/// The shown columns in their order, then the others.
fn arranged(available: Available, shown: &[&'static str]) -> Vec<(&'static str, bool)> {
    let others = available.iter().map(|(id, _)| *id).filter(|id| !shown.contains(id));
    shown.iter().map(|id| (*id, true)).chain(others.map(|id| (id, false))).collect()
}

impl<T: ListRow> Overlay<T> for Columns {
    fn act(&mut self, action: Action, list: &mut ListPane<T>, cx: &mut Cx<'_>) -> Stays {
        match action {
            Action::Accept => {
                let shown: Vec<&'static str> =
                    self.columns.iter().filter(|(_, shown)| *shown).map(|(id, _)| *id).collect();
                let usual = self.columns.as_slice() == self.available;
                let value = (!usual).then(|| shown.join(" "));
                cx.call(Request::SetPreference { name: name(self.list), value });
                list.show_columns(shown);
                Stays::Closes
            }
            Action::Back | Action::Quit => Stays::Closes,
            action => {
                steer(&mut self.menu, action);
                Stays::Open
            }
        }
    }

    fn typed(&mut self, key: Key, _list: &mut ListPane<T>, cx: &mut Cx<'_>) -> Stays {
        match (key.typed(), key.code) {
            (Some(' '), _) => self.toggle(cx),
            (Some('0'), _) => self.reset(cx),
            (_, Code::Left) => self.shift(-1, cx),
            (_, Code::Right) => self.shift(1, cx),
            _ => {}
        }
        Stays::Open
    }

    fn mouse(&mut self, mouse: Mouse, _list: &mut ListPane<T>, cx: &mut Cx<'_>) -> Stays {
        match mouse.kind {
            MouseKind::WheelUp => self.menu.move_by(-1),
            MouseKind::WheelDown => self.menu.move_by(1),
            MouseKind::Press if self.menu.click(mouse.column, mouse.row) => self.toggle(cx),
            MouseKind::Press => {}
        }
        Stays::Open
    }

    fn view(&self, _list: &ListPane<T>, area: Rect, canvas: &mut Canvas<'_>) {
        let session = canvas.session;
        let theme = &session.theme;
        let inside = panel(area, canvas, &session.tr("list-columns"), 48, self.menu.height().saturating_add(5));
        let rest = inside.height.saturating_sub(3);
        self.menu.draw(Rect { height: rest, ..inside }, canvas.buf, theme);
        for (line, id) in (rest + 1..inside.height).zip(["list-columns-hint", "list-columns-keys"]) {
            write(row(inside, line), canvas.buf, &session.tr(id), theme.dim, theme.signs.ellipsis);
        }
    }
}
