//! The one table of key bindings: matching, hints, help, palette and documentation all read it.

use std::collections::BTreeMap;

use crate::domain::user::Role;

use super::action::Action;
use super::key::{Code, Key};

/// Where a binding holds. A screen names its contexts, the innermost first; the global one comes last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Context {
    /// Everywhere.
    Global,
    /// A list of rows.
    List,
    /// The filter line of a list, while it is typed.
    Filter,
    /// A film, in the list or open.
    Film,
    /// The list of films.
    Films,
    /// The list of a juror's films.
    Mine,
    /// The list of the films in discussion.
    Discussion,
    /// What a juror did with films.
    History,
    /// One's own account.
    Account,
    /// A ballot.
    Ballot,
    /// Drafts that are handed in together.
    Drafts,
    /// The trash, its list and what is open of it.
    Trash,
    /// The sponsors.
    Sponsors,
    /// A visit to the console, in a list or open.
    Visit,
    /// Who is on, and who was.
    Visits,
    /// The festival's settings.
    Settings,
    /// The panels.
    Jury,
    /// The votes, film by film.
    Votes,
    /// The ballots of a film.
    Ballots,
    /// A row that is open for reading.
    Detail,
    /// A film's pictures.
    Pictures,
    /// A list of choices.
    Menu,
    /// A dialog with buttons.
    Dialog,
    /// A form.
    Form,
    /// A form for one row after the other.
    Series,
    /// Two versions of a row.
    Conflict,
    /// A list of things to tick.
    Ticking,
    /// Who worked on a film.
    People,
    /// Choosing a film's next status.
    Advance,
    /// Writing why.
    Rationale,
    /// Sign-in, lock and first administrator.
    Gate,
}

impl Context {
    /// All contexts, in the order of the documentation.
    pub const ALL: [Context; 31] = [
        Context::Global,
        Context::List,
        Context::Filter,
        Context::Film,
        Context::Films,
        Context::Mine,
        Context::Discussion,
        Context::History,
        Context::Account,
        Context::Ballot,
        Context::Drafts,
        Context::Trash,
        Context::Sponsors,
        Context::Visit,
        Context::Visits,
        Context::Settings,
        Context::Jury,
        Context::Votes,
        Context::Ballots,
        Context::Detail,
        Context::Pictures,
        Context::Menu,
        Context::Dialog,
        Context::Form,
        Context::Series,
        Context::Conflict,
        Context::Ticking,
        Context::People,
        Context::Advance,
        Context::Rationale,
        Context::Gate,
    ];

    /// The id of its name in the language files.
    pub fn message(self) -> &'static str {
        match self {
            Context::Global => "context-global",
            Context::List => "context-list",
            Context::Filter => "context-filter",
            Context::Film => "context-film",
            Context::Films => "context-films",
            Context::Mine => "context-mine",
            Context::Discussion => "context-discussion",
            Context::History => "context-history",
            Context::Account => "context-account",
            Context::Ballot => "context-ballot",
            Context::Drafts => "context-drafts",
            Context::Trash => "context-trash",
            Context::Sponsors => "context-sponsors",
            Context::Visit => "context-visit",
            Context::Visits => "context-visits",
            Context::Settings => "context-settings",
            Context::Jury => "context-jury",
            Context::Votes => "context-votes",
            Context::Ballots => "context-ballots",
            Context::Detail => "context-detail",
            Context::Pictures => "context-pictures",
            Context::Menu => "context-menu",
            Context::Dialog => "context-dialog",
            Context::Form => "context-form",
            Context::Series => "context-series",
            Context::Conflict => "context-conflict",
            Context::Ticking => "context-ticking",
            Context::People => "context-people",
            Context::Advance => "context-advance",
            Context::Rationale => "context-rationale",
            Context::Gate => "context-gate",
        }
    }
}

/// One row of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    /// Where it holds.
    pub context: Context,
    /// The keys, the one that is shown first.
    pub keys: Vec<Key>,
    /// What they do.
    pub action: Action,
    /// For whom; `None`: everybody.
    pub role: Option<Role>,
    /// Place in the hint line, 1 first; 0 is not shown there.
    pub hint: u8,
}

const fn c(c: char) -> Key {
    Key::char(c)
}

const fn k(code: Code) -> Key {
    Key::plain(code)
}

type Row = (Context, &'static [Key], Action, Option<Role>, u8);

const ADMIN: Option<Role> = Some(Role::Admin);
const JURY: Option<Role> = Some(Role::Jury);

/// The keys as they come.
const DEFAULTS: &[Row] = {
    use Action as A;
    use Context::{
        Account, Advance, Ballot, Ballots, Conflict, Detail, Dialog, Discussion, Drafts, Film, Films, Filter, Form,
        Gate, Global, History, Jury, List, Menu, Mine, People, Pictures, Rationale, Series, Settings, Sponsors,
        Ticking, Trash, Visit, Visits, Votes,
    };
    &[
        (Global, &[c('?'), k(Code::F(1))], A::Help, None, 20),
        (Global, &[c(':'), Key::ctrl('p')], A::Palette, None, 50),
        (Global, &[c('q'), Key::ctrl('c')], A::Quit, None, 21),
        (Global, &[k(Code::Esc)], A::Back, None, 0),
        (Global, &[k(Code::Tab)], A::NextTab, None, 0),
        (Global, &[k(Code::BackTab)], A::PreviousTab, None, 0),
        (Global, &[c('1'), c('&')], A::GoTo(1), None, 0),
        (Global, &[c('2'), c('é')], A::GoTo(2), None, 0),
        (Global, &[c('3'), c('"')], A::GoTo(3), None, 0),
        (Global, &[c('4'), c('\'')], A::GoTo(4), None, 0),
        (Global, &[c('5'), c('(')], A::GoTo(5), None, 0),
        (Global, &[c('6'), c('-')], A::GoTo(6), None, 0),
        (Global, &[c('7'), c('è')], A::GoTo(7), None, 0),
        (Global, &[c('8'), c('_')], A::GoTo(8), None, 0),
        (Global, &[c('9'), c('ç')], A::GoTo(9), None, 0),
        (Global, &[c('r'), k(Code::F(5))], A::Refresh, None, 0),
        (Global, &[c('u')], A::Undo, None, 10),
        (Global, &[c('L')], A::Language, None, 0),
        (Global, &[c('T')], A::Theme, None, 0),
        (Global, &[Key::ctrl('l')], A::Repaint, None, 0),
        (Global, &[c('K')], A::Lock, None, 0),
        (Global, &[c('X')], A::SignOut, None, 0),
        (Global, &[c('M')], A::Account, None, 0),
        (List, &[k(Code::Down), c('j')], A::Down, None, 0),
        (List, &[k(Code::Up), c('k')], A::Up, None, 0),
        (List, &[k(Code::Home), c('g')], A::First, None, 0),
        (List, &[k(Code::End), c('G')], A::Last, None, 0),
        (List, &[k(Code::PageDown)], A::PageDown, None, 0),
        (List, &[k(Code::PageUp)], A::PageUp, None, 0),
        (List, &[Key::ctrl('d')], A::HalfPageDown, None, 0),
        (List, &[Key::ctrl('u')], A::HalfPageUp, None, 0),
        (List, &[c('/')], A::Filter, None, 2),
        (List, &[c('F')], A::Searches, None, 0),
        (List, &[k(Code::Enter)], A::Open, None, 1),
        (List, &[c('s')], A::Sort, ADMIN, 30),
        (List, &[c('S')], A::SortReverse, None, 0),
        (Filter, &[k(Code::Enter)], A::Accept, None, 1),
        (Filter, &[k(Code::Tab)], A::Complete, None, 2),
        (Filter, &[k(Code::BackTab)], A::CompleteBack, None, 0),
        (Filter, &[k(Code::Esc)], A::ClearFilter, None, 3),
        (Filter, &[Key::ctrl('s')], A::SaveSearch, None, 4),
        (Filter, &[k(Code::Down)], A::Down, None, 0),
        (Filter, &[k(Code::Up)], A::Up, None, 0),
        (Filter, &[k(Code::PageDown)], A::PageDown, None, 0),
        (Filter, &[k(Code::PageUp)], A::PageUp, None, 0),
        (Film, &[c('a')], A::Advance, ADMIN, 3),
        (Film, &[c('i')], A::Pictures, None, 7),
        (Film, &[c('w')], A::Outside, ADMIN, 0),
        (Film, &[c('d'), k(Code::Delete)], A::Delete, ADMIN, 0),
        (Films, &[c('D')], A::Trash, ADMIN, 0),
        (Trash, &[c('R')], A::Restore, ADMIN, 2),
        (Film, &[c('e')], A::Edit, ADMIN, 5),
        (Film, &[c('t')], A::Categories, ADMIN, 31),
        (Film, &[c('p')], A::People, ADMIN, 32),
        (Film, &[c('w')], A::Watch, JURY, 2),
        (Film, &[c('y'), c('o')], A::VoteYes, JURY, 3),
        (Film, &[c('n')], A::VoteNo, JURY, 4),
        (Film, &[c('d')], A::VoteDiscuss, JURY, 5),
        (Film, &[c('s')], A::LetStand, JURY, 8),
        (Film, &[c('p')], A::Promote, JURY, 9),
        (Film, &[c('x')], A::Recuse, JURY, 10),
        (Film, &[c('H')], A::HandIn, JURY, 6),
        (Film, &[c('N')], A::NextFilm, JURY, 6),
        (Mine, &[c(' ')], A::Select, JURY, 0),
        (Mine, &[c('v')], A::SelectRange, JURY, 0),
        (Mine, &[c('f')], A::FilterTodo, JURY, 30),
        (Mine, &[c('t')], A::Sort, JURY, 31),
        (Discussion, &[c('t')], A::Sort, JURY, 31),
        (Mine, &[c('h')], A::History, JURY, 32),
        (History, &[k(Code::Enter)], A::Open, JURY, 1),
        (History, &[k(Code::Down), c('j')], A::Down, JURY, 0),
        (History, &[k(Code::Up), c('k')], A::Up, JURY, 0),
        (History, &[k(Code::PageDown), c(' '), Key::ctrl('d')], A::PageDown, JURY, 0),
        (History, &[k(Code::PageUp), Key::ctrl('u')], A::PageUp, JURY, 0),
        (History, &[k(Code::Home), c('g')], A::First, JURY, 0),
        (History, &[k(Code::End), c('G')], A::Last, JURY, 0),
        (History, &[k(Code::Esc), k(Code::Backspace)], A::Back, JURY, 2),
        (Account, &[k(Code::Enter), c('e')], A::Edit, None, 1),
        (Account, &[c('n')], A::AddKey, None, 2),
        (Account, &[c('d'), k(Code::Delete)], A::Delete, None, 3),
        (Account, &[c('h')], A::History, JURY, 4),
        (Account, &[k(Code::Down), c('j')], A::Down, None, 0),
        (Account, &[k(Code::Up), c('k')], A::Up, None, 0),
        (Account, &[k(Code::PageDown), Key::ctrl('d')], A::PageDown, None, 0),
        (Account, &[k(Code::PageUp), Key::ctrl('u')], A::PageUp, None, 0),
        (Account, &[k(Code::Home), c('g')], A::First, None, 0),
        (Account, &[k(Code::End), c('G')], A::Last, None, 0),
        (Drafts, &[c(' ')], A::Select, JURY, 2),
        (Drafts, &[Key::ctrl('s'), k(Code::F(2)), c('H')], A::Review, JURY, 1),
        (Drafts, &[k(Code::Enter)], A::Open, JURY, 3),
        (Drafts, &[Key::ctrl('a')], A::SelectAll, JURY, 4),
        (Drafts, &[c('c')], A::CopyText, JURY, 5),
        (Drafts, &[k(Code::Delete)], A::Delete, JURY, 6),
        (Drafts, &[c('N')], A::NextFilm, JURY, 7),
        (Drafts, &[k(Code::Down), c('j')], A::Down, JURY, 0),
        (Drafts, &[k(Code::Up), c('k')], A::Up, JURY, 0),
        (Drafts, &[k(Code::PageDown), Key::ctrl('d')], A::PageDown, JURY, 0),
        (Drafts, &[k(Code::PageUp), Key::ctrl('u')], A::PageUp, JURY, 0),
        (Drafts, &[k(Code::Home), c('g')], A::First, JURY, 0),
        (Drafts, &[k(Code::End), c('G')], A::Last, JURY, 0),
        (Drafts, &[k(Code::Esc), k(Code::Backspace)], A::Back, JURY, 8),
        (Ballot, &[Key::ctrl('s'), k(Code::F(2))], A::Review, JURY, 1),
        (Ballot, &[k(Code::Tab)], A::NextField, JURY, 2),
        (Ballot, &[k(Code::BackTab)], A::PreviousField, JURY, 0),
        (Ballot, &[k(Code::Down)], A::Down, JURY, 0),
        (Ballot, &[k(Code::Up)], A::Up, JURY, 0),
        (Ballot, &[k(Code::Enter)], A::Accept, JURY, 0),
        (Ballot, &[c('y'), c('o')], A::VoteYes, JURY, 4),
        (Ballot, &[c('n')], A::VoteNo, JURY, 5),
        (Ballot, &[c('d')], A::VoteDiscuss, JURY, 6),
        (Ballot, &[c('s')], A::LetStand, JURY, 7),
        (Ballot, &[c('c')], A::CopyText, JURY, 8),
        (Ballot, &[k(Code::Esc)], A::Back, JURY, 3),
        (Films, &[c('n')], A::New, ADMIN, 33),
        (Films, &[c('b')], A::Batch, ADMIN, 6),
        (Films, &[c(' ')], A::Select, ADMIN, 4),
        (Films, &[c('v')], A::SelectRange, ADMIN, 40),
        (Films, &[Key::ctrl('a')], A::SelectAll, ADMIN, 0),
        (Films, &[c('f')], A::FilterStatus, ADMIN, 5),
        (Films, &[c('C')], A::Columns, ADMIN, 0),
        (Sponsors, &[c('n')], A::New, ADMIN, 3),
        (Sponsors, &[c('e')], A::Edit, ADMIN, 4),
        (Sponsors, &[c('d'), k(Code::Delete)], A::Delete, ADMIN, 5),
        (Visit, &[c('d'), k(Code::Delete)], A::EndSession, ADMIN, 3),
        (Visits, &[c('f')], A::Ended, ADMIN, 4),
        (Settings, &[k(Code::Enter), c('e')], A::Edit, ADMIN, 1),
        (Settings, &[k(Code::Down), c('j')], A::Down, ADMIN, 0),
        (Settings, &[k(Code::Up), c('k')], A::Up, ADMIN, 0),
        (Settings, &[k(Code::PageDown), Key::ctrl('d')], A::PageDown, ADMIN, 0),
        (Settings, &[k(Code::PageUp), Key::ctrl('u')], A::PageUp, ADMIN, 0),
        (Settings, &[k(Code::Home), c('g')], A::First, ADMIN, 0),
        (Settings, &[k(Code::End), c('G')], A::Last, ADMIN, 0),
        (Jury, &[c('p')], A::Panel, ADMIN, 3),
        (Jury, &[c('R')], A::Release, ADMIN, 4),
        (Jury, &[c('E')], A::MoreTime, ADMIN, 32),
        (Votes, &[c('f')], A::FilterStatus, ADMIN, 3),
        (Ballots, &[k(Code::Enter)], A::Open, ADMIN, 1),
        (Ballots, &[c('d'), k(Code::Delete)], A::Delete, ADMIN, 3),
        (Ballots, &[c('c')], A::CloseRound, ADMIN, 4),
        (Ballots, &[c('o')], A::ReopenRound, ADMIN, 5),
        (Ballots, &[c('R')], A::ResetVote, ADMIN, 6),
        (Ballots, &[c('A')], A::AdmitVote, ADMIN, 7),
        (Ballots, &[c('O')], A::OpenVotes, ADMIN, 0),
        (Ballots, &[c('a')], A::Advance, ADMIN, 2),
        (Ballots, &[k(Code::Down), c('j')], A::Down, ADMIN, 0),
        (Ballots, &[k(Code::Up), c('k')], A::Up, ADMIN, 0),
        (Ballots, &[k(Code::PageDown), Key::ctrl('d')], A::PageDown, ADMIN, 0),
        (Ballots, &[k(Code::PageUp), Key::ctrl('u')], A::PageUp, ADMIN, 0),
        (Ballots, &[k(Code::Home), c('g')], A::First, ADMIN, 0),
        (Ballots, &[k(Code::End), c('G')], A::Last, ADMIN, 0),
        (Ballots, &[k(Code::Left), c('h')], A::Left, ADMIN, 0),
        (Ballots, &[k(Code::Right), c('l')], A::Right, ADMIN, 0),
        (Ballots, &[k(Code::Esc), k(Code::Backspace)], A::Back, ADMIN, 8),
        (Detail, &[k(Code::Down), c('j')], A::Down, None, 0),
        (Detail, &[k(Code::Up), c('k')], A::Up, None, 0),
        (Detail, &[k(Code::PageDown), c(' '), Key::ctrl('d')], A::PageDown, None, 0),
        (Detail, &[k(Code::PageUp), Key::ctrl('u')], A::PageUp, None, 0),
        (Detail, &[k(Code::Home), c('g')], A::First, None, 0),
        (Detail, &[k(Code::End), c('G')], A::Last, None, 0),
        (Detail, &[k(Code::Left), c('h')], A::Left, None, 0),
        (Detail, &[k(Code::Right), c('l')], A::Right, None, 0),
        (Detail, &[c('c')], A::CopyLink, None, 6),
        (Detail, &[k(Code::Esc), k(Code::Backspace)], A::Back, None, 1),
        (Pictures, &[k(Code::Right), c('l'), c(' ')], A::NextPicture, None, 2),
        (Pictures, &[k(Code::Left), c('h')], A::PreviousPicture, None, 3),
        (Pictures, &[k(Code::Esc), k(Code::Backspace), c('i')], A::Back, None, 1),
        (Menu, &[k(Code::Down)], A::Down, None, 0),
        (Menu, &[k(Code::Up)], A::Up, None, 0),
        (Menu, &[k(Code::PageDown)], A::PageDown, None, 0),
        (Menu, &[k(Code::PageUp)], A::PageUp, None, 0),
        (Menu, &[k(Code::Home)], A::First, None, 0),
        (Menu, &[k(Code::End)], A::Last, None, 0),
        (Menu, &[k(Code::Enter)], A::Accept, None, 1),
        (Menu, &[k(Code::Esc)], A::Back, None, 2),
        (Dialog, &[k(Code::Right), k(Code::Tab)], A::NextField, None, 0),
        (Dialog, &[k(Code::Left), k(Code::BackTab)], A::PreviousField, None, 0),
        (Dialog, &[k(Code::Enter)], A::Accept, None, 1),
        (Dialog, &[k(Code::Esc)], A::Back, None, 2),
        (Form, &[Key::ctrl('s'), k(Code::F(2))], A::Save, None, 1),
        (Form, &[k(Code::Tab)], A::NextField, None, 2),
        (Form, &[k(Code::BackTab)], A::PreviousField, None, 0),
        (Form, &[k(Code::Down)], A::Down, None, 0),
        (Form, &[k(Code::Up)], A::Up, None, 0),
        (Form, &[k(Code::Enter)], A::Accept, None, 0),
        (Form, &[k(Code::Esc)], A::Back, None, 3),
        (Ticking, &[Key::ctrl('s'), k(Code::F(2))], A::Save, None, 2),
        (People, &[c('n')], A::New, ADMIN, 1),
        (People, &[c('e')], A::Edit, ADMIN, 2),
        (People, &[c('d'), k(Code::Delete)], A::Delete, ADMIN, 3),
        (People, &[c('j')], A::Down, None, 0),
        (People, &[c('k')], A::Up, None, 0),
        (Series, &[Key::ctrl('n')], A::SaveNext, ADMIN, 4),
        (Series, &[Key::ctrl('b')], A::SavePrevious, ADMIN, 0),
        (Conflict, &[k(Code::Enter), Key::ctrl('s'), k(Code::F(2))], A::Save, None, 1),
        (Conflict, &[c(' '), k(Code::Left), k(Code::Right)], A::Select, None, 2),
        (Conflict, &[c('m')], A::KeepMine, None, 3),
        (Conflict, &[c('t')], A::KeepTheirs, None, 4),
        (Conflict, &[k(Code::Down), c('j'), k(Code::Tab)], A::Down, None, 0),
        (Conflict, &[k(Code::Up), c('k'), k(Code::BackTab)], A::Up, None, 0),
        (Conflict, &[k(Code::PageDown)], A::PageDown, None, 0),
        (Conflict, &[k(Code::PageUp)], A::PageUp, None, 0),
        (Conflict, &[k(Code::Home), c('g')], A::First, None, 0),
        (Conflict, &[k(Code::End), c('G')], A::Last, None, 0),
        (Conflict, &[k(Code::Esc)], A::Back, None, 5),
        (Gate, &[k(Code::Enter)], A::Accept, None, 1),
        (Gate, &[k(Code::Tab), k(Code::Down)], A::NextField, None, 2),
        (Gate, &[k(Code::BackTab), k(Code::Up)], A::PreviousField, None, 0),
        (Advance, &[Key::ctrl('f')], A::Force, ADMIN, 4),
        (Rationale, &[Key::ctrl('s'), k(Code::F(2))], A::Review, None, 1),
        (Rationale, &[Key::ctrl('k')], A::KeepPrivate, ADMIN, 2),
        (Rationale, &[k(Code::Tab)], A::NextField, None, 3),
        (Rationale, &[k(Code::BackTab)], A::PreviousField, None, 0),
        (Rationale, &[k(Code::Down)], A::Down, None, 0),
        (Rationale, &[k(Code::Up)], A::Up, None, 0),
        (Rationale, &[k(Code::Enter)], A::Accept, None, 0),
        (Rationale, &[k(Code::Esc)], A::Back, None, 4),
    ]
};

/// Two bindings want the same key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the key {key} means both “{first}” and “{second}” in the same place")]
pub struct KeyConflict {
    /// The key.
    pub key: Key,
    /// One action's name.
    pub first: &'static str,
    /// The other's.
    pub second: &'static str,
}

/// A setting under `[keys]` that can't be followed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadKeys {
    /// No action has this name.
    #[error("there is no action “{0}”; `marsai keys` lists them")]
    NoAction(String),
    /// Two actions want one key.
    #[error(transparent)]
    Conflict(#[from] KeyConflict),
}

/// The table in force.
#[derive(Clone, Debug)]
pub struct Keymap {
    bindings: Vec<Binding>,
}

impl Default for Keymap {
    fn default() -> Self {
        let row =
            |&(context, keys, action, role, hint): &Row| Binding { context, keys: keys.to_vec(), action, role, hint };
        Self { bindings: DEFAULTS.iter().map(row).collect() }
    }
}

impl Keymap {
    /// The defaults with some actions' keys replaced, in every context of the action.
    ///
    /// # Errors
    /// An unknown action, or a key that would mean two things in one place.
    pub fn rebound(keys: &BTreeMap<String, Vec<Key>>) -> Result<Self, BadKeys> {
        let mut map = Self::default();
        for (name, keys) in keys {
            let action = Action::from_name(name).ok_or_else(|| BadKeys::NoAction(name.clone()))?;
            for binding in map.bindings.iter_mut().filter(|binding| binding.action == action) {
                binding.keys.clone_from(keys);
            }
        }
        match map.conflict() {
            Some(conflict) => Err(conflict.into()),
            None => Ok(map),
        }
    }

    /// The first key that means two things in one place for one role.
    pub fn conflict(&self) -> Option<KeyConflict> {
        for (i, a) in self.bindings.iter().enumerate() {
            for b in &self.bindings[i + 1..] {
                let same_person = a.role.is_none() || b.role.is_none() || a.role == b.role;
                if a.action != b.action
                    && same_person
                    && together(a.context, b.context)
                    && let Some(key) = a.keys.iter().find(|key| b.keys.contains(key))
                {
                    return Some(KeyConflict { key: *key, first: a.action.name(), second: b.action.name() });
                }
            }
        }
        None
    }

    /// What a key means in these contexts (innermost first, the global one added) for a role.
    pub fn action(&self, contexts: &[Context], role: Option<Role>, key: Key) -> Option<Action> {
        with_global(contexts)
            .find_map(|context| self.of(context, role).find(|b| b.keys.contains(&key)).map(|binding| binding.action))
    }

    /// The bindings of one context for a role.
    pub fn of(&self, context: Context, role: Option<Role>) -> impl Iterator<Item = &Binding> {
        self.bindings.iter().filter(move |b| b.context == context && (b.role.is_none() || b.role == role))
    }

    /// The bindings that hold in these contexts, those that an inner one hides left out.
    pub fn available(&self, contexts: &[Context], role: Option<Role>) -> Vec<&Binding> {
        let mut shown: Vec<&Binding> = Vec::new();
        for binding in with_global(contexts).flat_map(|context| self.of(context, role)) {
            let hidden = binding.keys.iter().all(|key| shown.iter().any(|inner| inner.keys.contains(key)));
            if !hidden && !shown.iter().any(|inner| inner.action == binding.action) {
                shown.push(binding);
            }
        }
        shown
    }

    /// The hint line of these contexts: (key, action), the most useful first. While a text is typed, only keys that
    /// type nothing are named.
    pub fn hints(&self, contexts: &[Context], role: Option<Role>, typing: bool) -> Vec<(Key, Action)> {
        let mut hinted: Vec<_> = self.available(contexts, role).into_iter().filter(|b| b.hint > 0).collect();
        hinted.sort_by_key(|binding| binding.hint);
        let useful = |key: &&Key| !typing || key.typed().is_none();
        hinted.into_iter().filter_map(|b| b.keys.iter().find(useful).map(|key| (*key, b.action))).collect()
    }
}

/// Contexts that hold at the same time. Where a text, a form or a dialog has the keys, it may mean something else by a
/// global one.
const TOGETHER: &[&[Context]] = &[
    &[Context::Film, Context::Films, Context::List, Context::Global],
    &[Context::Film, Context::Mine, Context::List, Context::Global],
    &[Context::Film, Context::Discussion, Context::List, Context::Global],
    &[Context::History, Context::Global],
    &[Context::Account, Context::Global],
    &[Context::Trash, Context::List, Context::Global],
    &[Context::Detail, Context::Trash, Context::Global],
    &[Context::Sponsors, Context::List, Context::Global],
    &[Context::Settings, Context::Global],
    &[Context::Jury, Context::List, Context::Global],
    &[Context::Detail, Context::Jury, Context::Global],
    &[Context::Votes, Context::List, Context::Global],
    &[Context::Ballots, Context::Global],
    &[Context::Drafts, Context::Global],
    &[Context::Detail, Context::Film, Context::Global],
    &[Context::Detail, Context::Sponsors, Context::Global],
    &[Context::Advance, Context::Menu],
    &[Context::Menu, Context::Dialog],
    &[Context::Series, Context::Form],
    &[Context::Ticking, Context::Menu],
    &[Context::People, Context::Menu, Context::Global],
];

fn together(a: Context, b: Context) -> bool {
    a == b || TOGETHER.iter().any(|place| place.contains(&a) && place.contains(&b))
}

fn with_global(contexts: &[Context]) -> impl Iterator<Item = Context> + '_ {
    contexts.iter().copied().chain([Context::Global])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_defaults_have_no_conflict_and_every_action_a_key() {
        let map = Keymap::default();
        assert_eq!(map.conflict(), None);
        for action in Action::NAMED {
            assert!(map.bindings.iter().any(|b| b.action == *action), "{}", action.name());
            assert_eq!(Action::from_name(action.name()), Some(*action));
        }
    }

    #[test]
    fn inner_contexts_come_first_and_roles_are_kept_apart() {
        let map = Keymap::default();
        let films = [Context::Film, Context::Films, Context::List];
        assert_eq!(map.action(&films, ADMIN, Key::char('a')), Some(Action::Advance));
        assert_eq!(map.action(&films, Some(Role::Jury), Key::char('a')), None);
        assert_eq!(map.action(&films, None, Key::char('é')), Some(Action::GoTo(2)));
        assert_eq!(map.action(&[Context::Filter], ADMIN, Key::plain(Code::Esc)), Some(Action::ClearFilter));
        let hints = map.hints(&films, ADMIN, false);
        assert_eq!(hints[..2], [(Key::plain(Code::Enter), Action::Open), (Key::char('/'), Action::Filter)]);
    }

    #[test]
    fn rebinding_replaces_keys_and_refuses_conflicts() {
        let bind = |name: &str, key: Key| Keymap::rebound(&BTreeMap::from([(name.to_owned(), vec![key])]));
        let map = bind("advance", Key::plain(Code::F(6))).unwrap();
        assert_eq!(map.action(&[Context::Film], ADMIN, Key::plain(Code::F(6))), Some(Action::Advance));
        assert_eq!(map.action(&[Context::Film], ADMIN, Key::char('a')), None);
        assert!(matches!(bind("select", Key::char('v')), Err(BadKeys::Conflict(_))));
        assert_eq!(bind("advanced", Key::char('x')).unwrap_err(), BadKeys::NoAction("advanced".into()));
    }
}
