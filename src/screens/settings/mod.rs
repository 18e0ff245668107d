//! The festival's settings by area: what each decides, what holds, and whether that is the default.

mod change;
mod words;

use std::cell::RefCell;
use std::collections::HashSet;

use ratatui::layout::Rect;

use crate::api::setting::SettingRow;
use crate::api::{Answer, Changed, Failure, Reply, Request, Topic};
use crate::app::action::Action;
use crate::app::cx::Cx;
use crate::app::keymap::Context;
use crate::app::msg::{Mouse, MouseKind, Ticket};
use crate::app::sentence;
use crate::app::session::Session;
use crate::domain::setting::{Setting, find};
use crate::widgets::menu::{Menu, MenuItem};
use crate::widgets::wrap::wrapped;

use self::change::ChangeSetting;
use super::list::Trail;
use super::sheet::Sheet;
use super::steer::steer;
use super::words::key_of;
use super::{Canvas, Screen};

/// How wide the list gets; longer lines are hard to read.
const WIDEST: u16 = 110;
/// What stands left of a setting's explanation, and right of it where the list scrolls.
const INDENT: u16 = 6;

/// One line of the list.
enum Line<'a> {
    /// The heading of an area.
    Area(&'static str),
    /// A setting.
    Setting(&'static Setting, &'a SettingRow),
}

/// The settings tab.
#[derive(Default)]
pub(crate) struct Settings {
    rows: Option<Vec<SettingRow>>,
    /// The lines as they were drawn last, and the cursor among them.
    menu: RefCell<Menu>,
    asked: Option<Ticket>,
    failed: Option<Failure>,
    /// What others changed since the last visit.
    changed: HashSet<String>,
    trail: Trail,
}

impl Settings {
    fn read(&mut self, cx: &mut Cx<'_>) {
        self.asked = Some(cx.call(Request::Settings {}));
    }

    fn lines(&self) -> Vec<Line<'_>> {
        let mut known: Vec<(usize, &'static Setting, &SettingRow)> = Vec::new();
        for row in self.rows.iter().flatten() {
            if let Ok(setting) = find(&row.name) {
                known.push((words::area(&row.name), setting, row));
            }
        }
        known.sort_by_key(|(area, ..)| *area);
        let mut lines = Vec::new();
        let mut before = None;
        for (area, setting, row) in known {
            if before.replace(area) != Some(area) {
                lines.push(Line::Area(words::AREAS[area].1));
            }
            lines.push(Line::Setting(setting, row));
        }
        lines
    }

    /// The items of the menu, one for each line.
    fn items(&self, width: u16, session: &Session) -> Vec<MenuItem> {
        let theme = &session.theme;
        let item = |line: &Line<'_>| match line {
            Line::Area(heading) => MenuItem::new(session.tr(heading)).heading(),
            Line::Setting(setting, row) => {
                let mut label = words::label(setting.name, session);
                if self.changed.contains(setting.name) {
                    label = format!("{} {label}", theme.signs.changed);
                }
                let value = words::shown(setting, &row.value, session);
                let aside = match row.is_default {
                    true => session.tr_with("settings-value-default", &[("value", (&value).into())]),
                    false => value,
                };
                let mut item = MenuItem::new(label).aside(aside);
                if !row.is_default {
                    item = item.bright();
                }
                let about = words::about(setting.name, session);
                let room = usize::from(width.saturating_sub(INDENT).max(1));
                wrapped(&about, room).fold(item, |item, line| item.detail(line))
            }
        };
        self.lines().iter().map(item).collect()
    }

    /// Opens the change of the setting under the cursor.
    fn edit(&self, cx: &mut Cx<'_>) {
        let picked = self.menu.borrow().picked();
        if let Some(Line::Setting(setting, row)) = picked.and_then(|at| self.lines().into_iter().nth(at)) {
            cx.open(Box::new(ChangeSetting::new(setting, row, self.trail.clone(), cx.session)));
        }
    }

    /// Takes what the festival has now, and marks what somebody else made of it.
    fn take(&mut self, rows: Vec<SettingRow>) {
        if let Some(before) = self.rows.as_ref().filter(|_| !self.trail.is_own()) {
            let other = |row: &&SettingRow| before.iter().any(|was| was.name == row.name && was.value != row.value);
            self.changed.extend(rows.iter().filter(other).map(|row| row.name.clone()));
        }
        (self.rows, self.failed) = (Some(rows), None);
    }
}

impl Screen for Settings {
    fn title(&self) -> &'static str {
        "settings-title"
    }

    fn contexts(&self) -> &'static [Context] {
        &[Context::Settings]
    }

    fn enter(&mut self, _fresh: bool, cx: &mut Cx<'_>) {
        self.trail.acting(false);
        self.changed.clear();
        self.read(cx);
    }

    fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> bool {
        self.trail.acting(false);
        match action {
            Action::Edit => self.edit(cx),
            _ => return steer(self.menu.get_mut(), action),
        }
        true
    }

    fn mouse(&mut self, mouse: Mouse, cx: &mut Cx<'_>) {
        let menu = self.menu.get_mut();
        match mouse.kind {
            MouseKind::WheelUp => menu.move_by(-1),
            MouseKind::WheelDown => menu.move_by(1),
            MouseKind::Press => {
                let before = menu.picked();
                if menu.click(mouse.column, mouse.row) && menu.picked() == before {
                    self.edit(cx);
                }
            }
        }
    }

    fn reply(&mut self, ticket: Ticket, result: Result<Answer, Failure>, _cx: &mut Cx<'_>) {
        if self.asked.take_if(|asked| *asked == ticket).is_none() {
            return;
        }
        match result.map(|answer| answer.reply) {
            Ok(Reply::Settings(rows)) => self.take(rows),
            Ok(_) => {}
            Err(failure) => self.failed = Some(failure),
        }
    }

    fn changed(&mut self, changed: &Changed, cx: &mut Cx<'_>) {
        if changed.topic == Topic::Settings && self.rows.is_some() {
            self.read(cx);
        }
    }

    fn view(&self, area: Rect, canvas: &mut Canvas<'_>) {
        let session = canvas.session;
        let theme = &session.theme;
        let body = Rect { x: area.x + 1, width: area.width.saturating_sub(2).min(WIDEST), ..area };
        let mut sheet = Sheet::new(body.width);
        if let Some(failure) = &self.failed {
            let sign = (theme.warning, theme.signs.warning.to_owned());
            sheet.signed(0, Some(sign), theme.warning, &sentence::failure(&session.lang, failure));
            let key = key_of(session, &[], Action::Refresh);
            sheet.text(0, theme.dim, &session.tr_with("list-failed-hint", &[("key", (&key).into())]));
        } else if self.rows.is_none() {
            sheet.text(0, theme.dim, &session.tr("page-loading"));
        } else if !self.changed.is_empty() {
            let text = session.tr_with("settings-changed", &[("count", self.changed.len().into())]);
            sheet.signed(0, Some((theme.warning, theme.signs.changed.to_owned())), theme.warning, &text);
        } else {
            sheet.text(0, theme.dim, &session.tr("settings-intro"));
        }
        sheet.gap();
        sheet.draw(body, 0, canvas);
        let above = u16::try_from(sheet.len()).unwrap_or(u16::MAX).min(body.height);
        let list = Rect { y: body.y + above, height: body.height - above, ..body };
        let mut menu = self.menu.borrow_mut();
        menu.renew(self.items(list.width, session));
        menu.draw(list, canvas.buf, theme);
    }
}
