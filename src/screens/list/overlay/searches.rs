//! Searches that somebody keeps: naming one, and finding it again.

use ratatui::layout::Rect;

use crate::api::{Answer, Failure, Reply, Request};
use crate::app::action::Action;
use crate::app::cx::{Cx, Tone};
use crate::app::key::{Code, Key};
use crate::app::msg::{Mouse, MouseKind, Ticket};
use crate::app::sentence;
use crate::domain::text::inert;
use crate::screens::Canvas;
use crate::screens::confirm::{Confirm, Outcome};
use crate::screens::panel::panel;
use crate::screens::steer::steer;
use crate::screens::typing::edit;
use crate::widgets::input::Input;
use crate::widgets::menu::{Menu, MenuItem};
use crate::widgets::pen::{Pen, row, write};

use super::super::ListPane;
use super::super::order::ListRow;
use super::{Overlay, Stays};

/// The longest name of a search, in characters.
const NAME_MAX: usize = 60;

/// Under which names a list's searches are kept.
fn prefix(list: &str) -> String {
    format!("{list}.search.")
}

/// Asks under which name the line is kept.
pub(in crate::screens::list) struct Naming {
    list: &'static str,
    text: String,
    input: Input,
    waiting: Option<Ticket>,
}

impl Naming {
    /// For what stands in the line.
    pub(in crate::screens::list) fn new(list: &'static str, text: &str) -> Self {
        Self { list, text: text.trim().to_owned(), input: Input::new().with_max(NAME_MAX), waiting: None }
    }
}

impl<T: ListRow> Overlay<T> for Naming {
    fn typing(&self) -> bool {
        true
    }

    fn act(&mut self, action: Action, _list: &mut ListPane<T>, cx: &mut Cx<'_>) -> Stays {
        let name = self.input.text().trim();
        match action {
            Action::Back => return Stays::Closes,
            Action::Accept if self.waiting.is_none() && !name.is_empty() => {
                let name = format!("{}{name}", prefix(self.list));
                self.waiting = Some(cx.call(Request::SetPreference { name, value: Some(self.text.clone()) }));
            }
            _ => {}
        }
        Stays::Open
    }

    fn typed(&mut self, key: Key, _list: &mut ListPane<T>, _cx: &mut Cx<'_>) -> Stays {
        edit(&mut self.input, key);
        Stays::Open
    }

    fn pasted(&mut self, text: &str) {
        self.input.paste(text);
    }

    fn reply(&mut self, ticket: Ticket, result: &Result<Answer, Failure>, cx: &mut Cx<'_>) -> Stays {
        if self.waiting.take_if(|waiting| *waiting == ticket).is_none() {
            return Stays::Open;
        }
        match result {
            Ok(_) => {
                let name = self.input.text().trim();
                cx.done(cx.session.tr_with("list-search-kept", &[("name", name.into())]), None);
                Stays::Closes
            }
            Err(failure) => {
                cx.toast(Tone::Problem, sentence::failure(&cx.session.lang, failure));
                Stays::Open
            }
        }
    }

    fn view(&self, _list: &ListPane<T>, area: Rect, canvas: &mut Canvas<'_>) {
        let session = canvas.session;
        let theme = &session.theme;
        let inside = panel(area, canvas, &session.tr("list-search-name"), 56, 7);
        write(row(inside, 0), canvas.buf, &inert(&self.text), theme.accent, theme.signs.ellipsis);
        canvas.cursor = self.input.draw(row(inside, 2), canvas.buf, theme, true);
        write(row(inside, 4), canvas.buf, &session.tr("list-search-name-hint"), theme.dim, theme.signs.ellipsis);
    }
}

/// The searches that are kept.
pub(in crate::screens::list) struct Searches {
    list: &'static str,
    asked: Ticket,
    /// Names and lines; `None`: not known yet.
    found: Option<Vec<(String, String)>>,
    menu: Menu,
}

impl Searches {
    /// Asks for those of a list.
    pub(in crate::screens::list) fn new(list: &'static str, cx: &mut Cx<'_>) -> Self {
        Self { list, asked: cx.call(Request::Preferences {}), found: None, menu: Menu::default() }
    }

    fn picked(&self) -> Option<&(String, String)> {
        self.menu.picked().and_then(|picked| self.found.as_ref()?.get(picked))
    }

    fn apply<T: ListRow>(&self, list: &mut ListPane<T>, cx: &mut Cx<'_>) -> Stays {
        match self.picked() {
            Some((_, line)) => {
                list.set_filter(line, cx);
                Stays::Closes
            }
            None => Stays::Open,
        }
    }

    /// Asks whether one is to be forgotten.
    fn forget(&self, cx: &mut Cx<'_>) -> Stays {
        let Some((name, line)) = self.picked() else { return Stays::Open };
        let request = Request::SetPreference { name: format!("{}{name}", prefix(self.list)), value: None };
        let (shown, line) = (inert(name), inert(line));
        let title = cx.session.tr("list-search-forget");
        let args = [("name", (&*shown).into()), ("line", (&*line).into())];
        let body = cx.session.tr_with("list-search-forget-body", &args);
        let done = cx.session.tr_with("list-search-forgotten", &[("name", (&*shown).into())]);
        let outcome = Outcome::Call(Box::new(request), done);
        let confirm = Confirm::change(cx.session, title, body, "list-search-forget-button", outcome);
        cx.open(Box::new(confirm));
        Stays::Closes
    }
}

impl<T: ListRow> Overlay<T> for Searches {
    fn act(&mut self, action: Action, list: &mut ListPane<T>, cx: &mut Cx<'_>) -> Stays {
        match action {
            Action::Accept => self.apply(list, cx),
            Action::Back | Action::Quit => Stays::Closes,
            action => {
                steer(&mut self.menu, action);
                Stays::Open
            }
        }
    }

    fn typed(&mut self, key: Key, _list: &mut ListPane<T>, cx: &mut Cx<'_>) -> Stays {
        match (key.typed(), key.code) {
            (Some('d'), _) | (_, Code::Delete) => self.forget(cx),
            (Some('F'), _) => Stays::Closes,
            _ => Stays::Open,
        }
    }

    fn mouse(&mut self, mouse: Mouse, list: &mut ListPane<T>, cx: &mut Cx<'_>) -> Stays {
        match mouse.kind {
            MouseKind::WheelUp => self.menu.move_by(-1),
            MouseKind::WheelDown => self.menu.move_by(1),
            MouseKind::Press if self.menu.click(mouse.column, mouse.row) => return self.apply(list, cx),
            MouseKind::Press => {}
        }
        Stays::Open
    }

    fn reply(&mut self, ticket: Ticket, result: &Result<Answer, Failure>, cx: &mut Cx<'_>) -> Stays {
        if ticket != self.asked {
            return Stays::Open;
        }
        match result {
            Ok(Answer { reply: Reply::Preferences(rows), .. }) => {
                let prefix = prefix(self.list);
                let own = rows.iter().filter_map(|row| {
                    Some((row.name.strip_prefix(&prefix)?.to_owned(), row.value.clone().unwrap_or_default()))
                });
                let found: Vec<(String, String)> = own.collect();
                let item = |(name, line): &(String, String)| MenuItem::new(inert(name)).detail(inert(line));
                self.menu.set_items(found.iter().map(item).collect());
                self.found = Some(found);
                Stays::Open
            }
            Ok(_) => Stays::Open,
            Err(failure) => {
                cx.toast(Tone::Problem, sentence::failure(&cx.session.lang, failure));
                Stays::Closes
            }
        }
    }

    fn view(&self, _list: &ListPane<T>, area: Rect, canvas: &mut Canvas<'_>) {
        let session = canvas.session;
        let theme = &session.theme;
        let height = self.menu.height().clamp(2, 16).saturating_add(4);
        let inside = panel(area, canvas, &session.tr("list-searches"), 60, height);
        let empty = match &self.found {
            None => Some("list-waiting"),
            Some(found) if found.is_empty() => Some("list-searches-none"),
            Some(_) => None,
        };
        if let Some(id) = empty {
            write(row(inside, 0), canvas.buf, &session.tr(id), theme.dim, theme.signs.ellipsis);
        }
        self.menu.draw(Rect { height: inside.height.saturating_sub(2), ..inside }, canvas.buf, theme);
        let hint = if empty.is_some() { "list-searches-hint" } else { "list-searches-keys" };
        let foot = row(inside, inside.height.saturating_sub(1));
        Pen::new(foot, canvas.buf, theme.signs.ellipsis).put(&session.tr(hint), theme.dim);
    }
}
