//! A tab that is a list: everything that such tabs share, so that each says only what is its own.

use ratatui::layout::Rect;

use crate::api::{Answer, Changed, Failure, Progress};
use crate::app::action::Action;
use crate::app::cx::Cx;
use crate::app::effect::Computed;
use crate::app::key::Key;
use crate::app::keymap::Context;
use crate::app::msg::{Mouse, Ticket};
use crate::screens::{Canvas, Screen};

use super::{ListPane, ListRow, Spec};

/// What is a tab's own.
pub(crate) trait ListTab: Send {
    /// Its rows.
    type Row: ListRow;

    /// The id of its title.
    const TITLE: &'static str;

    /// The contexts whose keys hold, the innermost first.
    const CONTEXTS: &'static [Context];

    /// Its list.
    fn spec(&self) -> &'static Spec<Self::Row>;

    /// Opens the row under the cursor; there is one.
    fn open(&self, list: &ListPane<Self::Row>, cx: &mut Cx<'_>);

    /// Asks for what it needs beside the rows.
    fn enter(&mut self, _cx: &mut Cx<'_>) {}

    /// Does an action that only this tab knows.
    fn act(&mut self, _list: &ListPane<Self::Row>, _action: Action, _cx: &mut Cx<'_>) -> bool {
        false
    }

    /// An answer to one of its own questions.
    fn reply(
        &mut self,
        _list: &mut ListPane<Self::Row>,
        _ticket: Ticket,
        _result: Result<Answer, Failure>,
        _cx: &mut Cx<'_>,
    ) {
    }

    /// Called when the list has new rows.
    fn arrived(&mut self, _list: &mut ListPane<Self::Row>, _cx: &mut Cx<'_>) {}

    /// Draws: counts and columns are its own.
    fn view(&self, list: &ListPane<Self::Row>, area: Rect, canvas: &mut Canvas<'_>);
}

/// A tab with its list.
pub(crate) struct ListScreen<K: ListTab> {
    list: ListPane<K::Row>,
    tab: K,
}

impl<K: ListTab> ListScreen<K> {
    /// The tab before its first visit.
    pub(crate) fn new(tab: K) -> Self {
        Self { list: ListPane::new(tab.spec()), tab }
    }

    fn open(&self, cx: &mut Cx<'_>) {
        if self.list.current().is_some() {
            self.tab.open(&self.list, cx);
        }
    }
}

impl<K: ListTab> Screen for ListScreen<K> {
    fn title(&self) -> &'static str {
        K::TITLE
    }

    fn contexts(&self) -> &'static [Context] {
        if self.list.filtering() { &[Context::Filter] } else { K::CONTEXTS }
    }

    fn typing(&self) -> bool {
        self.list.filtering()
    }

    fn enter(&mut self, fresh: bool, cx: &mut Cx<'_>) {
        self.list.enter(fresh, cx);
        self.tab.enter(cx);
    }

    fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> bool {
        match action {
            Action::Open => {
                self.open(cx);
                true
            }
            _ => self.tab.act(&self.list, action, cx) || self.list.act(action, cx),
        }
    }

    fn typed(&mut self, key: Key, cx: &mut Cx<'_>) -> bool {
        self.list.typed(key, cx)
    }

    fn pasted(&mut self, text: &str, cx: &mut Cx<'_>) {
        self.list.pasted(text, cx);
    }

    fn mouse(&mut self, mouse: Mouse, cx: &mut Cx<'_>) {
        if self.list.mouse(mouse, cx) {
            self.open(cx);
        }
    }

    fn progress(&mut self, ticket: Ticket, progress: Progress, cx: &mut Cx<'_>) {
        self.list.progress(ticket, progress, cx);
    }

    fn reply(&mut self, ticket: Ticket, result: Result<Answer, Failure>, cx: &mut Cx<'_>) {
        if self.list.reply(ticket, &result, cx) {
            self.tab.arrived(&mut self.list, cx);
        } else {
            self.tab.reply(&mut self.list, ticket, result, cx);
        }
    }

    fn computed(&mut self, ticket: Ticket, result: Computed, _cx: &mut Cx<'_>) {
        self.list.computed(ticket, &result);
    }

    fn changed(&mut self, changed: &Changed, cx: &mut Cx<'_>) {
        self.list.changed(changed, cx);
    }

    fn view(&self, area: Rect, canvas: &mut Canvas<'_>) {
        self.tab.view(&self.list, area, canvas);
    }
}
