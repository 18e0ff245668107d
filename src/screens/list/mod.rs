//! What every list of the console does: load, filter as one types, sort, keep the cursor on its row, select, and say
//! plainly when there is nothing to show. A screen brings its rows, its columns and its counts.

mod deep;
mod fields;
mod filtering;
mod find;
mod highlight;
mod line;
mod line_view;
mod memo;
mod order;
mod overlay;
mod screen;
#[cfg(test)]
mod tests;
mod trail;
mod values;
mod view;

use std::cell::RefCell;
use std::collections::HashSet;
use std::sync::Arc;

use ratatui::layout::{Position, Rect};

use crate::api::film::Juror;
use crate::api::synopses::Synopses;
use crate::api::{Answer, Changed, Failure, Progress, Reply, Request, Rows, Topic};
use crate::app::action::Action;
use crate::app::cx::Cx;
use crate::app::effect::Computed;
use crate::app::msg::{Mouse, MouseKind, Ticket};
use crate::domain::query::{FieldSpec, Query};
use crate::widgets::table::{Key, SortBy, TableHit, TableState};

use deep::Deep;
pub(crate) use fields::{Get, GetFn, MARKS, flags, number, searched};
pub(crate) use find::{Find, left};
use line::FilterLine;
pub(crate) use memo::Memo;
use order::Wish;
pub(crate) use order::{By, ByFn, ListRow};
pub(crate) use screen::{ListScreen, ListTab};
use trail::Served;
pub(crate) use trail::{Route, Trail};
use values::Values;
pub(crate) use view::{Count, Look};

/// Rows as an answer brings them.
pub(crate) struct Batch<T> {
    /// The rows.
    pub(crate) rows: Rows<T>,
    /// All rows there are, also while these are a first page.
    pub(crate) total: usize,
    /// Whether these are all.
    pub(crate) complete: bool,
    /// Rows that somebody else deleted without anybody here having taken note.
    pub(crate) gone: u32,
    /// Jurors, for names of panels; empty where they mean nothing.
    pub(crate) jurors: Arc<[Juror]>,
}

impl<T> From<Vec<T>> for Batch<T> {
    fn from(rows: Vec<T>) -> Self {
        Self { total: rows.len(), rows: rows.into_iter().collect(), complete: true, gone: 0, jurors: Arc::new([]) }
    }
}

/// What makes one list different from another.
pub(crate) struct Spec<T> {
    /// Asks for the rows; `true`: read them again from the database.
    pub(crate) request: fn(bool) -> Request,
    /// Finds the rows in the answer.
    pub(crate) read: fn(Reply) -> Option<Batch<T>>,
    /// Whose changes concern it.
    pub(crate) topic: Topic,
    /// Whether the ids of what changed are the keys of its rows. Where they are not, only the rows themselves tell
    /// whether a change concerns them.
    pub(crate) by_id: bool,
    /// The columns by which it sorts, in the order of the key.
    pub(crate) sortable: &'static [&'static str],
    /// What a column sorts by.
    pub(crate) sort_by: ByFn<T>,
    /// What words are looked for in.
    pub(crate) find: Find<T>,
    /// Asks for the synopses, if words are looked for in them too; `true`: read them again from the database.
    pub(crate) synopses: Option<fn(bool) -> Request>,
    /// The fields of the filter line…
    pub(crate) fields: &'static [FieldSpec],
    /// … and what a row answers to them.
    pub(crate) get: GetFn<T>,
    /// The ids of what an empty list says: what it is, and what to do next…
    pub(crate) empty: [&'static str; 2],
    /// … with the key of this.
    pub(crate) empty_key: Action,
    /// The id of "n of m shown".
    pub(crate) shown: &'static str,
}

/// What the list knows of its rows.
#[derive(Debug)]
enum Data {
    /// Nothing yet.
    Waiting,
    /// All of them, or a first page while `loading` goes on.
    There,
    /// Nothing, and why.
    Failed(Failure),
}

/// A request for rows that is under way.
struct Loading {
    ticket: Ticket,
    /// Whether the answer may change the order under the cursor.
    arrange: bool,
}

/// An order that is being computed, and the rows that it is of.
struct Arranging<T> {
    ticket: Ticket,
    rows: Rows<T>,
    /// The keys that others changed stop being marked with it.
    fresh: bool,
    left_by: Option<LeftBy>,
}

/// A query by which rows were left, and the synopses that it was asked of.
type LeftBy = (Query, Option<Synopses>);

/// A list with its state.
pub(crate) struct ListPane<T: ListRow> {
    spec: &'static Spec<T>,
    data: Data,
    rows: Rows<T>,
    jurors: Arc<[Juror]>,
    gone: u32,
    total: usize,
    complete: bool,
    order: Arc<[u32]>,
    table: RefCell<TableState>,
    line: FilterLine,
    values: Values<T>,
    /// The field of which the figures above the list are choices.
    choices: Option<usize>,
    /// Where those figures were drawn.
    figures: RefCell<Vec<(Rect, usize)>>,
    /// The columns that somebody chose; none: the usual ones.
    columns: Vec<&'static str>,
    deep: Deep,
    /// Whether the cursor goes to the first row with the next order.
    to_best: bool,
    /// What left these rows, if exactly these are what it leaves of them.
    left_by: Option<LeftBy>,
    loading: Option<Loading>,
    arranging: Option<Arranging<T>>,
    /// Rows that were changed since the list was last put in order.
    changed: HashSet<Key>,
    /// Whether something changed of which the rows are not known.
    stale: bool,
    trail: Trail,
}

impl<T: ListRow> ListPane<T> {
    /// A list that knows nothing yet.
    pub(crate) fn new(spec: &'static Spec<T>) -> Self {
        Self {
            spec,
            data: Data::Waiting,
            rows: Rows::default(),
            jurors: Arc::new([]),
            gone: 0,
            total: 0,
            complete: false,
            order: Arc::new([]),
            table: RefCell::new(TableState::new()),
            line: FilterLine::new(spec.fields),
            values: Values::default(),
            choices: None,
            figures: RefCell::default(),
            columns: Vec::new(),
            deep: Deep::default(),
            left_by: None,
            to_best: false,
            loading: None,
            arranging: None,
            changed: HashSet::new(),
            stale: false,
            trail: Trail::default(),
        }
    }

    /// All rows, shown or not.
    pub(crate) fn rows(&self) -> &Rows<T> {
        &self.rows
    }

    /// The rows that are shown, or will be as soon as they are in order.
    pub(crate) fn newest(&self) -> Rows<T> {
        self.arranging.as_ref().map_or(&self.rows, |arranging| &arranging.rows).clone()
    }

    /// The jurors that came with the rows.
    pub(crate) fn jurors(&self) -> &Arc<[Juror]> {
        &self.jurors
    }

    /// Rows that somebody else deleted without anybody here having taken note.
    pub(crate) fn gone(&self) -> u32 {
        self.gone
    }

    /// Whether the filter is being typed.
    pub(crate) fn filtering(&self) -> bool {
        self.line.typing
    }

    /// The row under the cursor.
    pub(crate) fn current(&self) -> Option<&T> {
        self.sync();
        self.at(self.table.borrow().cursor_index())
    }

    /// The rows that an action is about: the selected ones, else the one under the cursor.
    pub(crate) fn chosen(&self) -> Vec<&T> {
        self.sync();
        let keys = self.table.borrow().chosen(&self.keys());
        match keys.as_slice() {
            [] => Vec::new(),
            [one] if Some(*one) == self.current().map(ListRow::key) => self.current().into_iter().collect(),
            keys => {
                // `chosen` is in the order of the keys.
                self.rows.iter().filter(|row| keys.binary_search(&row.key()).is_ok()).collect()
            }
        }
    }

    /// Whether rows are selected.
    pub(crate) fn selects(&self) -> bool {
        let table = self.table.borrow();
        table.selecting() || !table.selection().is_empty()
    }

    /// Puts the cursor on a row as soon as that is there.
    pub(crate) fn go_to(&self, key: Key) {
        self.trail.walk_to(key);
    }

    /// The way through this list from a row; `None` where it is not among all rows.
    pub(crate) fn route_from(&self, key: Key) -> Option<Route<T>> {
        let at = self.position(key)?;
        let route = match self.find(key) {
            Some(at) => Route::new(self.rows.clone(), Arc::clone(&self.order), at, self.trail.clone()),
            None => Route::new(self.rows.clone(), [at].into(), 0, self.trail.clone()),
        };
        Some(route)
    }

    /// The way through this list for a page that opens one of its rows.
    pub(crate) fn route(&self) -> Route<T> {
        let at = self.table.borrow().cursor_index();
        Route::new(self.rows.clone(), Arc::clone(&self.order), at, self.trail.clone())
    }

    /// The way through the selected rows, in the order in which they are shown; through all where none is selected.
    pub(crate) fn route_chosen(&self) -> Route<T> {
        let all = self.route();
        if !self.selects() {
            return all;
        }
        let keys = self.table.borrow().chosen(&self.keys());
        all.through(|row| keys.binary_search(&row.key()).is_ok())
    }

    /// What a dialog above this list uses to say that the selection has served.
    pub(crate) fn trail(&self) -> Trail {
        self.trail.clone()
    }

    fn at(&self, index: usize) -> Option<&T> {
        self.order.get(index).and_then(|position| self.rows.get(*position as usize))
    }

    fn keys(&self) -> (usize, impl Fn(usize) -> Option<Key> + '_) {
        (self.order.len(), |index| self.at(index).map(ListRow::key))
    }

    /// Follows what a page above did: moves to the row that was read last, drops a selection that has served.
    fn sync(&self) {
        let Ok(mut table) = self.table.try_borrow_mut() else { return };
        match self.trail.take_served() {
            Some(Served::All) => _ = table.clear_selection(),
            Some(Served::Rows(rows)) => {
                if table.selecting() {
                    table.select_range(&self.keys());
                }
                table.retain_selection(|key| rows.binary_search(&key).is_err());
            }
            None => {}
        }
        if let Some(key) = self.trail.row()
            && let Some(index) = self.find(key)
        {
            table.to(index, &self.keys());
            self.trail.arrived();
        }
    }

    /// Where a row is shown.
    fn find(&self, key: Key) -> Option<usize> {
        let at = self.position(key)?;
        let own = usize::try_from(at).ok().filter(|own| self.order.get(*own) == Some(&at));
        own.or_else(|| self.order.iter().position(|position| *position == at))
    }

    /// Where a row is among all rows, which come by falling id as a rule.
    fn position(&self, key: Key) -> Option<u32> {
        let (mut low, mut high) = (0, self.rows.len());
        while low < high {
            let middle = low.midpoint(high);
            match self.rows.get(middle).map(ListRow::key) {
                Some(other) if other == key => return u32::try_from(middle).ok(),
                Some(other) if other > key => low = middle + 1,
                _ => high = middle,
            }
        }
        // Lists in another order are short.
        let at = self.rows.iter().position(|row| row.key() == key);
        at.and_then(|at| u32::try_from(at).ok())
    }

    /// A visit, or `r`: asks for the rows and puts them in order when they come.
    pub(crate) fn enter(&mut self, fresh: bool, cx: &mut Cx<'_>) {
        self.load(fresh, true, cx);
        if fresh {
            self.read_deep(true, true, cx);
        }
    }

    fn load(&mut self, fresh: bool, arrange: bool, cx: &mut Cx<'_>) {
        let arrange = match self.loading.take() {
            Some(before) => {
                cx.cancel(before.ticket);
                before.arrange || arrange
            }
            None => arrange,
        };
        if matches!(self.data, Data::Failed(_)) {
            self.data = Data::Waiting;
        }
        let ticket = cx.call((self.spec.request)(fresh));
        self.loading = Some(Loading { ticket, arrange });
    }

    /// A first page, or how far something is.
    pub(crate) fn progress(&mut self, ticket: Ticket, progress: Progress, cx: &mut Cx<'_>) {
        self.deep_progress(ticket, &progress);
        if self.loading.as_ref().is_some_and(|loading| loading.ticket == ticket)
            && matches!(self.data, Data::Waiting)
            && let Progress::Partial(reply) = progress
            && let Some(batch) = (self.spec.read)(reply)
        {
            self.take(batch, true, cx);
        }
    }

    /// An answer; `false` if it was to somebody else's question.
    pub(crate) fn reply(&mut self, ticket: Ticket, result: &Result<Answer, Failure>, cx: &mut Cx<'_>) -> bool {
        let Some(loading) = self.loading.take_if(|loading| loading.ticket == ticket) else { return false };
        match result {
            Ok(answer) => {
                if let Some(batch) = (self.spec.read)(answer.reply.clone()) {
                    self.take(batch, loading.arrange, cx);
                }
            }
            // Rows that are there stay readable; the header of the console says that the database is away.
            Err(failure) if self.rows.is_empty() => self.data = Data::Failed(failure.clone()),
            Err(_) => self.stale = true,
        }
        true
    }

    /// New rows: put in order now, or patched into the order that is there.
    fn take(&mut self, batch: Batch<T>, arrange: bool, cx: &mut Cx<'_>) {
        self.total = batch.total;
        self.complete = batch.complete;
        if self.jurors != batch.jurors {
            self.left_by = None;
        }
        self.jurors = batch.jurors;
        self.gone = batch.gone;
        let first = !matches!(self.data, Data::There);
        self.data = Data::There;
        if batch.complete {
            cx.compute(order::prepare(batch.rows.clone()));
        }
        if arrange || first {
            self.arrange(batch.rows, true, cx);
        } else {
            self.patch(batch.rows, cx);
        }
    }

    /// Replaces the rows and keeps their order.
    pub(crate) fn patch(&mut self, rows: Rows<T>, cx: &mut Cx<'_>) {
        if let Some(fresh) = self.arranging.as_ref().map(|arranging| arranging.fresh) {
            self.arrange(rows, fresh, cx);
        } else if rows.alike(&self.rows, |row, other| row.key() == other.key()) {
            self.rows = rows;
            self.left_by = None;
        } else if self.may_arrange(&rows) {
            // Rows come and go around the cursor, which stays on its row and line.
            self.arrange(rows, false, cx);
        } else {
            self.stale = true;
            let job = order::keep(self.rows.clone(), Arc::clone(&self.order), rows.clone());
            let ticket = cx.compute(job);
            self.arranging = Some(Arranging { ticket, rows, fresh: false, left_by: None });
        }
    }

    /// Puts the cursor on the first row with the next order, where nobody has moved it yet.
    pub(crate) fn begin_at_first(&mut self) {
        self.to_best |= self.table.borrow().cursor_index() == 0 && self.trail.row().is_none();
    }

    /// Replaces the rows and puts them in order: what they are filtered and sorted by came only now.
    pub(crate) fn replace(&mut self, rows: Rows<T>, cx: &mut Cx<'_>) {
        self.left_by = None;
        self.arrange(rows, true, cx);
    }

    /// Whether rows that have come may be put in order although nobody asked: in the list's own order, where nothing is
    /// shown, and where somebody waits for a row that they have made themselves.
    fn may_arrange(&self, rows: &Rows<T>) -> bool {
        let own_order = self.line.query().is_empty() && self.table.borrow().sort.is_none();
        let awaited = self.trail.row().is_some_and(|key| self.position(key).is_none());
        own_order || self.order.is_empty() || awaited || (self.trail.is_own() && rows.len() > self.rows.len())
    }

    /// Filters and sorts: at once if there is nothing to compute, else off the loop.
    fn arrange(&mut self, rows: Rows<T>, fresh: bool, cx: &mut Cx<'_>) {
        if let Some(before) = self.arranging.take() {
            cx.cancel(before.ticket);
        }
        let sort = self.table.borrow().sort;
        if self.line.query().is_empty() && sort.is_none() {
            let order = (0..u32::try_from(rows.len()).unwrap_or(u32::MAX)).collect();
            self.settle(rows, order, fresh);
            self.left_by = None;
        } else {
            let search = self.search(&rows);
            let left_by = (!search.query.is_empty()).then(|| (search.query.clone(), search.synopses.clone()));
            let sort = sort.map(|SortBy { column, descending }| ((self.spec.sort_by)(column), descending));
            let wish = Wish { search, sort };
            let ticket = cx.compute(order::arrange(rows.clone(), wish));
            self.arranging = Some(Arranging { ticket, rows, fresh, left_by });
        }
    }

    /// Filters and sorts what is there.
    fn rearrange(&mut self, cx: &mut Cx<'_>) {
        let (rows, fresh) = match &self.arranging {
            Some(arranging) => (arranging.rows.clone(), arranging.fresh),
            None => (self.rows.clone(), false),
        };
        self.arrange(rows, fresh, cx);
    }

    /// The end of a computation; `false` if it was somebody else's.
    pub(crate) fn computed(&mut self, ticket: Ticket, result: &Computed) -> bool {
        let Some(arranging) = self.arranging.take_if(|arranging| arranging.ticket == ticket) else { return false };
        if let Computed::Order(order) = result {
            self.settle(arranging.rows, Arc::clone(order), arranging.fresh);
            self.left_by = arranging.left_by;
        }
        true
    }

    fn settle(&mut self, rows: Rows<T>, order: Arc<[u32]>, fresh: bool) {
        self.rows = rows;
        self.order = order;
        if fresh {
            self.changed.clear();
            self.stale = false;
        }
        let mut table = self.table.take();
        if std::mem::take(&mut self.to_best) {
            table.home(&self.keys());
        } else {
            table.restore(&self.keys(), |key| self.find(key));
        }
        if fresh && !table.selection().is_empty() {
            // Rows that are gone can't be chosen; those that a filter hides stay selected.
            let there: HashSet<Key> = self.rows.iter().map(ListRow::key).collect();
            table.retain_selection(|key| there.contains(&key));
        }
        *self.table.borrow_mut() = table;
    }

    /// Somebody changed something: marks it and asks for the rows without moving them.
    pub(crate) fn changed(&mut self, changed: &Changed, cx: &mut Cx<'_>) {
        if changed.topic != self.spec.topic || matches!(self.data, Data::Waiting) {
            return;
        }
        match &changed.ids {
            _ if self.trail.is_own() || !self.spec.by_id => {}
            Some(ids) => self.changed.extend(ids.iter().map(|id| Key::from(*id))),
            None => self.stale = true,
        }
        if self.loading.is_none() {
            self.load(false, false, cx);
        }
        self.read_deep(true, false, cx);
    }

    /// Does what a list does; `false` for what only the screen knows.
    pub(crate) fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> bool {
        self.sync();
        self.trail.acting(false);
        match action {
            _ if self.line_act(action, cx) => {}
            // It would take rows that were not meant.
            Action::SelectAll if self.line.wrong().next().is_some() => self.say_wrong(cx),
            Action::Back if self.table.get_mut().clear_selection() => {}
            Action::Back if !self.line.input.is_empty() => self.set_filter("", cx),
            Action::Sort => self.sort_next(cx),
            Action::SortReverse => self.sort_reverse(cx),
            _ => return self.moves(action),
        }
        true
    }

    fn moves(&mut self, action: Action) -> bool {
        let mut table = self.table.take();
        let keys = self.keys();
        match action {
            Action::Up => table.move_by(-1, &keys),
            Action::Down => table.move_by(1, &keys),
            Action::First => table.home(&keys),
            Action::Last => table.end(&keys),
            Action::PageUp => table.page_by(-1, &keys),
            Action::PageDown => table.page_by(1, &keys),
            Action::HalfPageUp => table.half_page_by(-1, &keys),
            Action::HalfPageDown => table.half_page_by(1, &keys),
            Action::Select => {
                let one = !table.selecting();
                table.toggle(&keys);
                if one {
                    table.move_by(1, &keys);
                }
            }
            Action::SelectRange => table.select_range(&keys),
            Action::SelectAll => table.select_all(&keys),
            _ => {
                self.table.replace(table);
                return false;
            }
        }
        self.table.replace(table);
        true
    }

    fn sort_next(&mut self, cx: &mut Cx<'_>) {
        let sortable = self.spec.sortable;
        let sort = &mut self.table.get_mut().sort;
        let next = match sort.take() {
            None => sortable.first(),
            Some(now) => sortable.iter().skip_while(|column| **column != now.column).nth(1),
        };
        *sort = next.map(|column| SortBy { column, descending: false });
        self.rearrange(cx);
    }

    fn sort_reverse(&mut self, cx: &mut Cx<'_>) {
        let first = self.spec.sortable.first();
        let sort = &mut self.table.get_mut().sort;
        *sort = match *sort {
            Some(sort) => Some(SortBy { descending: !sort.descending, ..sort }),
            None => first.map(|column| SortBy { column, descending: true }),
        };
        self.rearrange(cx);
    }

    /// The mouse; `true` if the row under the cursor was clicked once more, which opens it.
    pub(crate) fn mouse(&mut self, mouse: Mouse, cx: &mut Cx<'_>) -> bool {
        let at = Position { x: mouse.column, y: mouse.row };
        let figure = self.figures.borrow().iter().find(|(place, _)| place.contains(at)).map(|(_, choice)| *choice);
        if let (MouseKind::Press, Some(field), Some(choice)) = (mouse.kind, self.choices, figure) {
            self.toggle_choice(field, choice, cx);
            return false;
        }
        let len = self.order.len();
        let mut table = self.table.take();
        let before = table.cursor_index();
        let mut open = false;
        let mut sorted = false;
        match mouse.kind {
            MouseKind::WheelUp => table.move_by(-3, &self.keys()),
            MouseKind::WheelDown => table.move_by(3, &self.keys()),
            MouseKind::Press => match table.click(mouse.column, mouse.row, len) {
                Some(TableHit::Row(index)) => {
                    table.to(index, &self.keys());
                    open = index == before;
                }
                Some(TableHit::Header(column)) if self.spec.sortable.contains(&column) => {
                    table.sort_by(column);
                    sorted = true;
                }
                _ => {}
            },
        }
        self.table.replace(table);
        if sorted {
            self.rearrange(cx);
        }
        open
    }
}
