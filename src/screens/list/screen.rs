//! A tab that is a list: everything that such tabs share, so that each says only what is its own.

use ratatui::layout::Rect;

use crate::api::{Answer, Changed, Failure, Progress, Reply, Request};
use crate::app::action::Action;
use crate::app::cx::{Cx, Tone};
use crate::app::effect::Computed;
use crate::app::key::Key;
use crate::app::keymap::Context;
use crate::app::msg::{Mouse, Ticket};
use crate::app::session::Session;
use crate::screens::{Canvas, Screen};
use crate::widgets::menu::MenuItem;

use super::overlay::{Choose, Columns, Naming, Overlay, Searches, Stays, read_columns};
use super::{ListPane, ListRow, Spec};

/// What is a tab's own.
pub(crate) trait ListTab: Send {
    /// Its rows.
    type Row: ListRow;

    /// The id of its title.
    const TITLE: &'static str;

    /// The contexts whose keys hold, the innermost first.
    const CONTEXTS: &'static [Context];

    /// The columns that can be chosen, and whether each is shown as a rule; none: nothing can be chosen.
    const COLUMNS: &'static [(&'static str, bool)] = &[];

    /// The field whose choices stand above the list with their figures, and the id of what they are called.
    const CHOICES: Option<(usize, &'static str)> = None;

    /// Those choices by their places, as a menu shows them.
    fn choices(&self, _list: &ListPane<Self::Row>, _session: &Session) -> Vec<(usize, MenuItem)> {
        Vec::new()
    }

    /// Its list.
    fn spec(&self) -> &'static Spec<Self::Row>;

    /// Puts the rows of an answer into an order of the tab's own before the list takes them.
    fn put_in_order(&self, _list: &ListPane<Self::Row>, _reply: &mut Reply, _session: &Session) {}

    /// Whether an action means nothing for what is under the cursor, so that its key is not offered.
    fn idle(&self, _list: &ListPane<Self::Row>, _action: Action) -> bool {
        false
    }

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

    /// Called whenever the cursor may stand on another row.
    fn looked(&mut self, _list: &ListPane<Self::Row>, _cx: &mut Cx<'_>) {}

    /// Whether a change is one's own doing, so that no row is marked for it.
    fn is_own(&mut self, _list: &ListPane<Self::Row>, _changed: &Changed) -> bool {
        false
    }

    /// Somebody changed something; the list has taken note.
    fn changed(&mut self, _list: &ListPane<Self::Row>, _changed: &Changed, _cx: &mut Cx<'_>) {}

    /// The time has come that it asked for.
    fn woke(&mut self, _list: &mut ListPane<Self::Row>, _cx: &mut Cx<'_>) {}

    /// The session ends or locks: what is unsaved is to be sent now.
    fn session_ends(&mut self, _cx: &mut Cx<'_>) {}

    /// Where in this tab the person is.
    fn place(&self, _list: &ListPane<Self::Row>) -> Option<String> {
        None
    }

    /// Goes back to a place.
    fn restore(&mut self, _list: &mut ListPane<Self::Row>, _place: &str, _cx: &mut Cx<'_>) {}

    /// The person has begun something else: nothing is gone back to any more.
    fn stay(&mut self) {}

    /// Whether something typed would be lost with this tab.
    fn unsaved(&self) -> bool {
        false
    }

    /// The titles of what was begun here and is not handed in.
    fn begun(&self) -> Vec<String> {
        Vec::new()
    }

    /// Draws: counts and columns are its own.
    fn view(&self, list: &ListPane<Self::Row>, area: Rect, canvas: &mut Canvas<'_>);
}

/// A tab with its list.
pub(crate) struct ListScreen<K: ListTab> {
    list: ListPane<K::Row>,
    tab: K,
    overlay: Option<Box<dyn Overlay<K::Row>>>,
    /// Which columns were chosen: asked for on the first visit.
    columns: Option<Ticket>,
    visited: bool,
}

impl<K: ListTab> ListScreen<K> {
    /// The tab before its first visit.
    pub(crate) fn new(tab: K) -> Self {
        let mut list = ListPane::new(tab.spec());
        list.choices = K::CHOICES.map(|(field, _)| field);
        Self { list, tab, overlay: None, columns: None, visited: false }
    }

    /// Under which name things of this list are kept.
    fn kept() -> &'static str {
        K::TITLE.trim_end_matches("-title")
    }

    /// Opens the box of an action; `false` if it has none here.
    fn open_overlay(&mut self, action: Action, cx: &mut Cx<'_>) -> bool {
        let overlay: Box<dyn Overlay<K::Row>> = match (action, K::CHOICES) {
            (Action::FilterStatus | Action::FilterTodo, Some((field, title))) => {
                let items = self.tab.choices(&self.list, cx.session);
                Box::new(Choose::new(title, field, items, &self.list, cx))
            }
            (Action::Searches, _) => Box::new(Searches::new(Self::kept(), cx)),
            (Action::SaveSearch, _) if self.list.filter_text().trim().is_empty() => {
                cx.toast(Tone::Info, cx.session.tr("list-search-nothing"));
                return true;
            }
            (Action::SaveSearch, _) => Box::new(Naming::new(Self::kept(), self.list.filter_text())),
            (Action::Columns, _) if !K::COLUMNS.is_empty() => {
                let usual = || K::COLUMNS.iter().filter(|(_, shown)| *shown).map(|(id, _)| *id).collect();
                let shown = if self.list.columns().is_empty() { usual() } else { self.list.columns().to_vec() };
                Box::new(Columns::new(Self::kept(), K::COLUMNS, &shown, cx))
            }
            _ => return false,
        };
        self.list.stop_typing();
        self.overlay = Some(overlay);
        true
    }

    /// Lets the open box do something; `None` if there is none.
    fn with_overlay(
        &mut self,
        work: impl FnOnce(&mut dyn Overlay<K::Row>, &mut ListPane<K::Row>) -> Stays,
    ) -> Option<()> {
        let mut overlay = self.overlay.take()?;
        if work(overlay.as_mut(), &mut self.list) == Stays::Open {
            self.overlay = Some(overlay);
        }
        Some(())
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
        match () {
            () if self.overlay.is_some() => &[Context::Menu],
            () if self.list.filtering() => &[Context::Filter],
            () => K::CONTEXTS,
        }
    }

    fn typing(&self) -> bool {
        self.overlay.as_ref().map_or(self.list.filtering(), |overlay| overlay.typing())
    }

    fn idle(&self, action: Action) -> bool {
        self.overlay.is_none() && !self.list.filtering() && self.tab.idle(&self.list, action)
    }

    fn enter(&mut self, fresh: bool, cx: &mut Cx<'_>) {
        if !self.visited && !K::COLUMNS.is_empty() {
            self.columns = Some(cx.call(Request::Preferences {}));
        }
        self.visited = true;
        self.list.enter(fresh, cx);
        self.tab.enter(cx);
        self.tab.looked(&self.list, cx);
    }

    fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> bool {
        if self.overlay.is_some() {
            // What concerns the whole console goes on to it; nothing reaches the list below.
            if matches!(action, Action::Help | Action::Repaint | Action::Language | Action::Theme) {
                return false;
            }
            return self.with_overlay(|overlay, list| overlay.act(action, list, cx)).is_some();
        }
        match action {
            Action::Open => {
                self.open(cx);
                true
            }
            _ if self.open_overlay(action, cx) => true,
            _ => {
                let done = self.tab.act(&self.list, action, cx) || self.list.act(action, cx);
                self.tab.looked(&self.list, cx);
                done
            }
        }
    }

    fn typed(&mut self, key: Key, cx: &mut Cx<'_>) -> bool {
        match self.with_overlay(|overlay, list| overlay.typed(key, list, cx)) {
            Some(()) => true,
            None => self.list.typed(key, cx),
        }
    }

    fn pasted(&mut self, text: &str, cx: &mut Cx<'_>) {
        match &mut self.overlay {
            Some(overlay) => overlay.pasted(text),
            None => self.list.pasted(text, cx),
        }
    }

    fn mouse(&mut self, mouse: Mouse, cx: &mut Cx<'_>) {
        if self.with_overlay(|overlay, list| overlay.mouse(mouse, list, cx)).is_some() {
            return;
        }
        if self.list.mouse(mouse, cx) {
            self.open(cx);
        }
        self.tab.looked(&self.list, cx);
    }

    fn progress(&mut self, ticket: Ticket, mut progress: Progress, cx: &mut Cx<'_>) {
        if let Progress::Partial(reply) = &mut progress {
            self.tab.put_in_order(&self.list, reply, cx.session);
        }
        self.list.progress(ticket, progress, cx);
    }

    fn reply(&mut self, ticket: Ticket, mut result: Result<Answer, Failure>, cx: &mut Cx<'_>) {
        if let Ok(answer) = &mut result {
            self.tab.put_in_order(&self.list, &mut answer.reply, cx.session);
        }
        self.with_overlay(|overlay, _| overlay.reply(ticket, &result, cx));
        if self.columns.take_if(|asked| *asked == ticket).is_some() {
            // Without an answer the usual columns stay.
            if let Ok(Answer { reply: Reply::Preferences(rows), .. }) = &result
                && let Some(columns) = read_columns(Self::kept(), rows, K::COLUMNS)
            {
                self.list.show_columns(columns);
            }
        } else if self.list.reply(ticket, &result, cx) {
            self.tab.arrived(&mut self.list, cx);
        } else if !self.list.deep_reply(ticket, &result, cx) {
            self.tab.reply(&mut self.list, ticket, result, cx);
        }
        self.tab.looked(&self.list, cx);
    }

    fn computed(&mut self, ticket: Ticket, result: Computed, cx: &mut Cx<'_>) {
        self.list.computed(ticket, &result);
        self.tab.looked(&self.list, cx);
    }

    fn changed(&mut self, changed: &Changed, cx: &mut Cx<'_>) {
        let trail = self.list.trail();
        let acting = trail.is_own();
        trail.acting(acting || self.tab.is_own(&self.list, changed));
        self.list.changed(changed, cx);
        trail.acting(acting);
        self.tab.changed(&self.list, changed, cx);
    }

    fn woke(&mut self, cx: &mut Cx<'_>) {
        self.tab.woke(&mut self.list, cx);
    }

    fn session_ends(&mut self, cx: &mut Cx<'_>) {
        self.tab.session_ends(cx);
    }

    fn place(&self) -> Option<String> {
        self.tab.place(&self.list)
    }

    fn restore(&mut self, place: &str, cx: &mut Cx<'_>) {
        self.tab.restore(&mut self.list, place, cx);
    }

    fn stay(&mut self) {
        self.tab.stay();
    }

    fn unsaved(&self) -> bool {
        self.tab.unsaved()
    }

    fn begun(&self) -> Vec<String> {
        self.tab.begun()
    }

    fn view(&self, area: Rect, canvas: &mut Canvas<'_>) {
        self.tab.view(&self.list, area, canvas);
        if let Some(overlay) = &self.overlay {
            canvas.cursor = None;
            overlay.view(&self.list, area, canvas);
        }
    }
}
