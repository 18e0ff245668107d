//! What can be refused, by name, with what a sentence about it needs to know.

use std::fmt;

macro_rules! rules {
    ($($(#[$doc:meta])* $variant:ident = $name:literal,)*) => {
        /// A rule of the festival that refused something. Its [name](Rule::name) is fixed: scripts rely on it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Rule { $($(#[$doc])* $variant,)* }

        impl Rule {
            /// Every rule, for tests that hold both languages complete.
            pub const ALL: &'static [Rule] = &[$(Rule::$variant,)*];

            /// The name that scripts see, and the id of the sentence (`rule-` and the name with hyphens).
            pub fn name(self) -> &'static str {
                match self { $(Rule::$variant => $name,)* }
            }
        }
    };
}

rules! {
    /// The film is not there any more.
    FilmGone = "film_gone",
    /// The film already stands in that status.
    SameStatus = "same_status",
    /// The status table has no such arrow; `from`, `to`. An administrator may force it.
    NotAllowed = "not_allowed",
    /// `assigned` needs a juror on the panel.
    NoPanel = "no_panel",
    /// Back to `submitted` only without a panel and without votes; `panel`, `votes`.
    HasPanelOrVotes = "has_panel_or_votes",
    /// `awarded` needs an award, even by force.
    NoAward = "no_award",
    /// `awarded` is not left while an award stands, even by force; `awards`.
    HasAward = "has_award",
    /// This transition needs a written reason.
    ReasonNeeded = "reason_needed",
    /// The film has votes: say whether they are kept or struck; `votes`.
    BallotsUndecided = "ballots_undecided",
    /// A table that the console does not know hangs on the film: deleting it would lose what is in there; `table`.
    UnknownDependent = "unknown_dependent",
    /// What hangs on the film is more than the database takes in one piece; `size`, `max` in MB.
    TooLargeToKeep = "too_large_to_keep",
    /// No such film is in the trash.
    NotInTrash = "not_in_trash",
    /// Another film has the id of the one to restore; `id`, `title`.
    FilmIdTaken = "film_id_taken",
    /// Another row has the id of a row to restore; `table`, `id`.
    RowIdTaken = "row_id_taken",
    /// The account of the producer of a film to restore is gone; `name`.
    ProducerGone = "producer_gone",
    /// The account of somebody who voted on a film to restore is gone; `name`.
    VoterGone = "voter_gone",
    /// A row to restore does not fit any more; `table`.
    DoesNotFit = "does_not_fit",
    /// Undoing would restore the film without something that is gone; `name`.
    WouldLeaveOut = "would_leave_out",
    /// More films than one operation may name; `max`.
    TooManyFilms = "too_many_films",
    /// A note is `YES`, `NO` or `TO DISCUSS`, nothing else; `note`.
    BadNote = "bad_note",
    /// A juror keeps more drafts than anybody needs; `max`.
    TooManyDrafts = "too_many_drafts",
    /// A vote needs a comment.
    CommentNeeded = "comment_needed",
    /// The comment is longer than `voting.comment_max`, or than its column; `max`, `length`.
    CommentTooLong = "comment_too_long",
    /// The film is not assigned to this juror.
    NotAssigned = "not_assigned",
    /// The juror said that they cannot judge this film.
    Recused = "recused",
    /// Voting on a film in this status is closed; `status`.
    VotingClosed = "voting_closed",
    /// Staff closed the round.
    RoundClosed = "round_closed",
    /// The juror has voted; the vote can be changed once discussion has begun.
    AlreadyVoted = "already_voted",
    /// In discussion only somebody who voted in round 1 can change their vote.
    NoFirstVote = "no_first_vote",
    /// The juror's one change is spent.
    ChangeSpent = "change_spent",
    /// The juror let the vote stand.
    VoteStands = "vote_stands",
    /// That is for films in discussion only; `status`.
    NotInDiscussion = "not_in_discussion",
    /// The festival does not let jurors promote films.
    PromotionOff = "promotion_off",
    /// Only users of the role `JURY` can be on a panel; `name`.
    NotAJuror = "not_a_juror",
    /// The juror's account is disabled; `name`.
    JurorDisabled = "juror_disabled",
    /// The juror declared a conflict with the film, or cannot judge it; `name`.
    ConflictDeclared = "conflict_declared",
    /// Who submitted a film cannot judge it; `name`.
    OwnFilm = "own_film",
    /// A juror who has voted is not simply taken off the panel; `name`.
    JurorHasVoted = "juror_has_voted",
    /// Who joins once discussion has begun could never vote; `name`.
    DiscussionBegun = "discussion_begun",
    /// Too few votes to close the round; `votes`, `needed`.
    QuorumMissing = "quorum_missing",
    /// The round is open.
    RoundOpen = "round_open",
    /// The juror has voted, so that no round has to be opened again for them; `name`.
    NothingToReopen = "nothing_to_reopen",
    /// The juror has neither changed the vote nor let it stand.
    NothingToReset = "nothing_to_reset",
    /// One's own vote was cast, and deleted since.
    VoteGone = "vote_gone",
    /// The vote came late and does not count, so that its change cannot be given back.
    CameLate = "came_late",
    /// The vote did not come late, or counts already.
    NotLate = "not_late",
    /// A vote that came late is not put back: it is let count by itself.
    AdmitInstead = "admit_instead",
    /// In discussion a juror whose vote is deleted could not vote again; `name`.
    CouldNotVoteAgain = "could_not_vote_again",
    /// The juror is on no panel of an open film; `name`.
    NoSeats = "no_seats",
    /// Nobody takes their own place; `name`.
    OwnReplacement = "own_replacement",
    /// The juror has not said that they cannot judge the film, or staff have answered; `name`.
    NothingToSettle = "nothing_to_settle",
    /// The juror has voted: say whether the vote stays or is struck; `name`.
    VoteUndecided = "vote_undecided",
    /// The juror sits on panels of open films: say what happens to the votes; `name`, `films`.
    JurorOnPanels = "juror_on_panels",
    /// The film has this award; `award`.
    HasThisAward = "has_this_award",
    /// The film does not have this award; `award`.
    NotThisAward = "not_this_award",
    /// Another request was made under this `request_id`.
    RequestIdTaken = "request_id_taken",
    /// There is nothing of this person's that can be undone.
    NothingToUndo = "nothing_to_undo",
    /// What was to be undone has been changed since; `what`.
    ChangedSince = "changed_since",
    /// A required field is empty; `field`.
    FieldNeeded = "field_needed",
    /// A text is longer than its column; `field`, `max`, `length`.
    TooLong = "too_long",
    /// Not an http(s) address; `field`.
    BadUrl = "bad_url",
    /// A text is longer than its column in bytes; `field`, `max`, `length`.
    TooManyBytes = "too_many_bytes",
    /// A text holds a control character; `field`.
    BadText = "bad_text",
    /// The column can't keep a character; `field`, `character`.
    BadCharacter = "bad_character",
    /// Not a whole number that the field takes; `field`, `min`, `max`.
    BadNumber = "bad_number",
    /// None of the words that the column takes; `field`, `expected`.
    BadChoice = "bad_choice",
    /// Not a field that can be written; `name`.
    UnknownField = "unknown_field",
    /// The database wants a column that the console does not know; `name`, with its table.
    ColumnNeeded = "column_needed",
    /// This database has no such thing; `what`.
    NotHere = "not_here",
    /// A film's producer is never on its panel; `name`.
    ProducerOnPanel = "producer_on_panel",
    /// A category has this name already; `name`.
    CategoryTaken = "category_taken",
    /// Somebody is on the film already; `name`.
    OnFilmAlready = "on_film_already",
    /// Not an email address.
    BadEmail = "bad_email",
    /// Another account has this email; `email`.
    EmailTaken = "email_taken",
    /// The password is too short; `min`.
    PasswordTooShort = "password_too_short",
    /// The password is longer than the scheme can hold; `max` bytes.
    PasswordTooLong = "password_too_long",
    /// The last administrator can be neither disabled nor demoted.
    LastAdministrator = "last_administrator",
    /// There is an administrator already, so the first-run way is closed.
    AdministratorExists = "administrator_exists",
    /// Email or password is wrong.
    WrongPassword = "wrong_password",
    /// The password that one has now is another one.
    PasswordWrong = "password_wrong",
    /// Too many wrong passwords; `seconds` to wait.
    TooManyAttempts = "too_many_attempts",
    /// The account is disabled.
    AccountDisabled = "account_disabled",
    /// Producers have no place in the console.
    ProducersOutside = "producers_outside",
    /// Not the line of an OpenSSH public key.
    BadKey = "bad_key",
    /// An account signs in with this SSH key already; `email`.
    KeyTaken = "key_taken",
    /// More SSH keys than an account may have; `max`.
    TooManyKeys = "too_many_keys",
    /// The session has ended already.
    SessionOver = "session_over",
    /// Not a moment; `given`, and `expected` is an example of one.
    BadMoment = "bad_moment",
    /// Everybody has as long, or it is over already; `until`: it must be after that.
    NotMoreTime = "not_more_time",
    /// The festival has no deadline in that round; `round`.
    NoDeadline = "no_deadline",
    /// No such setting; `name`.
    UnknownSetting = "unknown_setting",
    /// The setting does not take this value; `name`, `expected`.
    BadSetting = "bad_setting",
}

/// A value inside a refusal's sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Param {
    /// Words, taken as they are.
    Text(String),
    /// A count or a limit.
    Number(i64),
    /// A moment of the festival's time, written as the language does.
    Moment(chrono::NaiveDateTime),
    /// The id of a message, translated where the sentence is made (a status, a field's label).
    Message(String),
}

impl From<&str> for Param {
    fn from(text: &str) -> Self {
        Param::Text(text.to_owned())
    }
}

impl From<String> for Param {
    fn from(text: String) -> Self {
        Param::Text(text)
    }
}

macro_rules! numbers {
    ($($t:ty),*) => {$(impl From<$t> for Param {
        fn from(n: $t) -> Self {
            Param::Number(i64::from(n))
        }
    })*};
}
numbers!(i32, i64, u16, u32);

/// A rule said no. Shown as one sentence; nothing was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Which rule.
    pub rule: Rule,
    /// What its sentence needs, by name.
    pub params: Vec<(&'static str, Param)>,
}

impl Refusal {
    /// A refusal without parameters.
    pub fn new(rule: Rule) -> Self {
        Self { rule, params: Vec::new() }
    }

    /// The same refusal with one more parameter.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Param>) -> Self {
        self.params.push((name, value.into()));
        self
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.rule.name())
    }
}

impl std::error::Error for Refusal {}

impl From<Rule> for Refusal {
    fn from(rule: Rule) -> Self {
        Refusal::new(rule)
    }
}
