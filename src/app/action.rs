//! Everything that a key, the palette or the mouse can ask a screen to do.

macro_rules! actions {
    ($($(#[$doc:meta])* $variant:ident = $name:literal,)*) => {
        /// Something that a person asks for. Its [name](Action::name) stands in the settings file, its label in the
        /// language files (`action-` and the name).
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Action {
            $($(#[$doc])* $variant,)*
            /// Goes to the n-th tab, from 1.
            GoTo(u8),
        }

        impl Action {
            /// Every action but the tabs.
            pub const NAMED: &'static [Action] = &[$(Action::$variant,)*];

            /// Its name in the settings file.
            pub fn name(self) -> &'static str {
                match self {
                    $(Action::$variant => $name,)*
                    Action::GoTo(n) => TABS.get(usize::from(n).wrapping_sub(1)).copied().unwrap_or("tab"),
                }
            }
        }
    };
}

/// Names of the tab actions.
const TABS: [&str; 9] = ["tab-1", "tab-2", "tab-3", "tab-4", "tab-5", "tab-6", "tab-7", "tab-8", "tab-9"];

actions! {
    /// Leaves the console.
    Quit = "quit",
    /// Shows what the keys do here.
    Help = "help",
    /// Finds an action by its name.
    Palette = "palette",
    /// Goes one tab to the right.
    NextTab = "next-tab",
    /// Goes one tab to the left.
    PreviousTab = "previous-tab",
    /// Reads again.
    Refresh = "refresh",
    /// Takes back one's last change.
    Undo = "undo",
    /// Goes back one step.
    Back = "back",
    /// Ends the session.
    SignOut = "sign-out",
    /// Locks the console until the password is typed again.
    Lock = "lock",
    /// Switches between English and French.
    Language = "language",
    /// Switches between the dark and the light theme.
    Theme = "theme",
    /// Draws the whole screen anew.
    Repaint = "repaint",
    /// One row up.
    Up = "up",
    /// One row down.
    Down = "down",
    /// To the first row.
    First = "first",
    /// To the last row.
    Last = "last",
    /// One page up.
    PageUp = "page-up",
    /// One page down.
    PageDown = "page-down",
    /// Half a page up.
    HalfPageUp = "half-page-up",
    /// Half a page down.
    HalfPageDown = "half-page-down",
    /// To the left.
    Left = "left",
    /// To the right.
    Right = "right",
    /// Filters as one types.
    Filter = "filter",
    /// Forgets the filter.
    ClearFilter = "clear-filter",
    /// Completes what is typed, or goes to the next way to go on.
    Complete = "complete",
    /// Goes to the way before.
    CompleteBack = "complete-back",
    /// Filters by status, with how many rows have each.
    FilterStatus = "filter-status",
    /// Filters by what is left to do.
    FilterTodo = "filter-todo",
    /// Keeps what is searched for under a name.
    SaveSearch = "save-search",
    /// Shows the searches that are kept.
    Searches = "searches",
    /// Chooses columns.
    Columns = "columns",
    /// Opens the row.
    Open = "open",
    /// Selects the row or takes it out of the selection.
    Select = "select",
    /// Selects from here to where the cursor goes.
    SelectRange = "select-range",
    /// Selects everything that is shown.
    SelectAll = "select-all",
    /// Sorts by the next column.
    Sort = "sort",
    /// Turns the order around.
    SortReverse = "sort-reverse",
    /// Moves a film to another status.
    Advance = "advance",
    /// The panel of a film.
    Panel = "panel",
    /// Takes a juror off all their films.
    Release = "release",
    /// Gives jurors more time.
    MoreTime = "more-time",
    /// Closes the round that a film is in.
    CloseRound = "close-round",
    /// Opens a round again.
    ReopenRound = "reopen-round",
    /// Gives a juror the one change of a vote back.
    ResetVote = "reset-vote",
    /// Lets a late vote count.
    AdmitVote = "admit-vote",
    /// Looks at the votes before the round is complete.
    OpenVotes = "open-votes",
    /// Shows what the web site changed.
    Outside = "outside",
    /// Offers what only force can reach.
    Force = "force",
    /// Goes on to the last look before a change.
    Review = "review",
    /// Keeps a rationale to the console.
    KeepPrivate = "keep-private",
    /// Shows the film's pictures.
    Pictures = "pictures",
    /// Goes to the next picture.
    NextPicture = "next-picture",
    /// Goes to the picture before.
    PreviousPicture = "previous-picture",
    /// Shows where the film can be watched.
    Watch = "watch",
    /// Opens the ballot with YES chosen.
    VoteYes = "vote-yes",
    /// Opens the ballot with NO chosen.
    VoteNo = "vote-no",
    /// Opens the ballot with TO DISCUSS chosen.
    VoteDiscuss = "vote-discuss",
    /// Lets one's first vote stand.
    LetStand = "let-stand",
    /// Promotes a film in discussion to candidate.
    Promote = "promote",
    /// Goes to the next film that is left to vote on.
    NextFilm = "next-film",
    /// Hands in drafts.
    HandIn = "hand-in",
    /// Shows what one did with films.
    History = "history",
    /// Adds a key of one's own.
    AddKey = "add-key",
    /// One's own account.
    Account = "account",
    /// Says that one cannot judge a film.
    Recuse = "recuse",
    /// Copies what is written.
    CopyText = "copy-text",
    /// Copies the link of the row.
    CopyLink = "copy-link",
    /// Adds a row.
    New = "new",
    /// Changes the row.
    Edit = "edit",
    /// Deletes the row.
    Delete = "delete",
    /// Ends somebody's session.
    EndSession = "end-session",
    /// Shows only who is on, or also who was.
    Ended = "ended",
    /// Opens the trash.
    Trash = "trash",
    /// Puts a film of the trash back.
    Restore = "restore",
    /// Next field or button.
    NextField = "next-field",
    /// Previous field or button.
    PreviousField = "previous-field",
    /// Presses the button, or takes the line.
    Accept = "accept",
    /// The categories of a film.
    Categories = "categories",
    /// Who worked on a film.
    People = "people",
    /// What can be done to many films at once.
    Batch = "batch",
    /// Saves.
    Save = "save",
    /// Saves and goes on to the next row.
    SaveNext = "save-next",
    /// Saves and goes to the row before.
    SavePrevious = "save-previous",
    /// Keeps one's own version of a field that somebody else changed too.
    KeepMine = "keep-mine",
    /// Keeps somebody else's version.
    KeepTheirs = "keep-theirs",
}

impl Action {
    /// The id of its label in the language files.
    pub fn message(self) -> String {
        format!("action-{}", self.name())
    }

    /// Finds an action by the name that the settings file has.
    pub fn from_name(name: &str) -> Option<Action> {
        let tab = TABS.iter().position(|tab| *tab == name).and_then(|i| u8::try_from(i + 1).ok());
        tab.map(Action::GoTo).or_else(|| Self::NAMED.iter().copied().find(|action| action.name() == name))
    }
}
