//! Everything that can be asked, by whom, with which fields. One table feeds the type, the permission check and the
//! list that scripts read.

use secrecy::SecretString;
use serde::{Deserialize, Deserializer};
use uuid::Uuid;

use super::film_form::ExportFormat;
use crate::domain::deadline::VoteRound;
use crate::domain::film::{Ballots, FilmStatus};
use crate::domain::film_field::FilmValues;
use crate::domain::jury::Why;
use crate::domain::picture::Picture;
use crate::domain::round::BallotSeen;
use crate::domain::sponsor::SponsorFields;
use crate::domain::user::Role;
use crate::domain::{CategoryId, CollaboratorId, EventId, FilmId, MarkId, SponsorId, UserId, VoteId};

/// Who may ask for something. The operator is who holds the database's own credentials (`marsai user`, the first run).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Who {
    /// Anybody, also before a sign-in.
    Anyone,
    /// Whoever is signed in.
    SignedIn,
    /// Jurors.
    Juror,
    /// Administrators.
    Administrator,
    /// Administrators and the operator.
    Operator,
}

impl Who {
    /// Whether somebody may ask, by their role (`None`: nobody has signed in).
    pub fn allows(self, role: Option<Role>, operator: bool) -> bool {
        match self {
            Who::Anyone => true,
            Who::SignedIn => matches!(role, Some(Role::Admin | Role::Jury)),
            Who::Juror => role == Some(Role::Jury),
            Who::Administrator => role == Some(Role::Admin),
            Who::Operator => role == Some(Role::Admin) || operator,
        }
    }
}

/// A field of a request, for the list that scripts read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name.
    pub name: &'static str,
    /// Its type as the code spells it; `Option` and `bool` may be left out.
    pub kind: &'static str,
}

/// A request, for the list that scripts read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its name.
    pub name: &'static str,
    /// Who may ask.
    pub who: Who,
    /// Whether it changes anything.
    pub writes: bool,
    /// Whether a script may ask for it (signing in is not a request of a script).
    pub scripts: bool,
    /// What it does, in English.
    pub about: &'static str,
    /// Its fields.
    pub fields: &'static [Field],
}

macro_rules! requests {
    ($(
        #[doc = $doc:literal]
        $variant:ident = $name:literal, $who:ident, $writes:ident, $scripts:ident {
            $($(#[$meta:meta])* $field:ident: $kind:ty,)*
        }
    )*) => {
        /// One thing asked of the console.
        #[derive(Clone, Debug, Deserialize)]
        #[serde(tag = "request", deny_unknown_fields)]
        pub enum Request { $(
            #[doc = $doc]
            #[serde(rename = $name)]
            $variant {
                $(
                    #[doc = concat!("`", stringify!($field), "`")]
                    $(#[$meta])* $field: $kind,
                )*
            },
        )* }

        impl Request {
            /// Every request there is.
            pub const ENTRIES: &'static [Entry] = &[$(Entry {
                name: $name,
                who: Who::$who,
                writes: requests!(@writes $writes),
                scripts: requests!(@scripts $scripts),
                about: $doc,
                fields: &[$(Field { name: stringify!($field), kind: stringify!($kind) },)*],
            },)*];

            /// Its entry in the table.
            pub fn entry(&self) -> &'static Entry {
                let name = match self { $(Request::$variant { .. } => $name,)* };
                // The table above has a row for every variant, made by the same macro.
                Self::ENTRIES.iter().find(|entry| entry.name == name).unwrap_or(&Self::ENTRIES[0])
            }
        }
    };
    (@writes reads) => { false };
    (@writes writes) => { true };
    (@scripts screens) => { false };
    (@scripts scripts) => { true };
}

requests! {
    #[doc = "What a console shows before anybody has signed in."]
    Welcome = "welcome", Anyone, reads, screens {}
    #[doc = "Signs in with email and password; `remember` asks for a token."]
    SignIn = "sign_in", Anyone, writes, screens { email: String, password: SecretString, remember: bool, }
    #[doc = "Signs in with a token from an earlier `sign_in`."]
    Resume = "resume", Anyone, reads, screens { token: SecretString, }
    #[doc = "Signs in somebody who proved to have an SSH key, by the key alone where `email` is empty; only the SSH server asks. \
             Of one that is offered and not proved it is only said (`done`) that it is an account's."]
    SignInByKey = "sign_in_by_key", Operator, reads, screens { email: String, fingerprint: String, proved: bool, }
    #[doc = "Ends the session; the token by which this computer was known is worth nothing any more."]
    SignOut = "sign_out", Anyone, writes, screens { #[serde(default)] token: Option<SecretString>, }
    #[doc = "Makes the first administrator of a database that has none, from a terminal of its operator."]
    CreateFirstAdministrator = "create_first_administrator", Operator, writes, screens {
        first_name: String, last_name: String, email: String, password: SecretString,
    }
    #[doc = "Who is signed in."]
    Me = "me", SignedIn, reads, scripts {}
    #[doc = "All films, the newest first; `fresh` reads them again from the database."]
    Films = "films", Administrator, reads, scripts { #[serde(default)] fresh: bool, }
    #[doc = "Every field of one film."]
    Film = "film", Administrator, reads, scripts { film: FilmId, }
    #[doc = "The synopses of all films, for finding words in; `fresh` reads them again from the database."]
    Synopses = "synopses", Administrator, reads, screens { #[serde(default)] fresh: bool, }
    #[doc = "The films assigned to the juror, with nothing of what others voted; `fresh` reads them again."]
    MyFilms = "my_films", Juror, reads, scripts { #[serde(default)] fresh: bool, }
    #[doc = "One of a film's pictures, scaled to fit so many pixels; without `which` the first that can be shown. Jurors see those of their films."]
    Picture = "picture", SignedIn, reads, screens {
        film: FilmId, #[serde(default)] which: Option<Picture>, width: u16, height: u16,
    }
    #[doc = "Moves a film to another status."]
    SetStatus = "set_status", Administrator, writes, scripts {
        film: FilmId,
        #[serde(deserialize_with = "known_status")] to: FilmStatus,
        #[serde(default)] reason: Option<String>,
        #[serde(default)] force: bool,
        #[serde(default)] ballots: Option<Ballots>,
        #[serde(default)] private: bool,
        #[serde(default)] seen: Option<FilmStatus>,
    }
    #[doc = "Moves many films to one status: those that can move do, the others are named with why."]
    SetStatuses = "set_statuses", Administrator, writes, scripts {
        films: Vec<FilmId>,
        #[serde(deserialize_with = "known_status")] to: FilmStatus,
        #[serde(default)] reason: Option<String>,
        #[serde(default)] force: bool,
        #[serde(default)] ballots: Option<Ballots>,
        #[serde(default)] private: bool,
    }
    #[doc = "What hangs on a film and would go with it."]
    HangsOn = "hangs_on", Administrator, reads, scripts { film: FilmId, }
    #[doc = "Deletes a film with all that hangs on it; the trash keeps everything."]
    DeleteFilm = "delete_film", Administrator, writes, scripts { film: FilmId, #[serde(default)] reason: Option<String>, }
    #[doc = "Deletes many films, each as `delete_film` does: those that can be deleted are, the others are named with why."]
    DeleteFilms = "delete_films", Administrator, writes, scripts {
        films: Vec<FilmId>, #[serde(default)] reason: Option<String>,
    }
    #[doc = "The films in the trash, the newest first."]
    Trash = "trash", Administrator, reads, scripts {}
    #[doc = "Puts a film of the trash back under its old id: the newest of this id, or the one that an operation deleted."]
    RestoreFilm = "restore_film", Administrator, writes, scripts {
        #[serde(default)] film: Option<FilmId>, #[serde(default)] operation: Option<Uuid>,
    }
    #[doc = "What a form of films needs: the fields with what this database takes, categories, producers."]
    FilmForm = "film_form", Administrator, reads, scripts {}
    #[doc = "Adds a film; it begins as submitted."]
    CreateFilm = "create_film", Administrator, writes, scripts {
        fields: FilmValues, producer: UserId, #[serde(default)] categories: Vec<CategoryId>,
    }
    #[doc = "Changes the named fields of a film; `loaded` is what the form started from, to notice somebody else's change."]
    EditFilm = "edit_film", Administrator, writes, scripts {
        film: FilmId, fields: FilmValues, #[serde(default)] loaded: Option<FilmValues>,
    }
    #[doc = "Changes one field of many films."]
    EditFilms = "edit_films", Administrator, writes, scripts {
        films: Vec<FilmId>, field: String, #[serde(default, deserialize_with = "maybe_text_or_number")] value: Option<String>,
    }
    #[doc = "What `edit_films` would do, without doing it."]
    PreviewEditFilms = "preview_edit_films", Administrator, reads, scripts {
        films: Vec<FilmId>, field: String, #[serde(default, deserialize_with = "maybe_text_or_number")] value: Option<String>,
    }
    #[doc = "The categories of a film, all of them; `loaded` is what the form started from."]
    SetCategories = "set_categories", Administrator, writes, scripts {
        film: FilmId, categories: Vec<CategoryId>, #[serde(default)] loaded: Option<Vec<CategoryId>>,
    }
    #[doc = "Adds a category that films can have."]
    CreateCategory = "create_category", Administrator, writes, scripts { name: String, }
    #[doc = "Gives many films a category."]
    AddCategory = "add_category", Administrator, writes, scripts { films: Vec<FilmId>, category: CategoryId, }
    #[doc = "Takes a category from many films."]
    RemoveCategory = "remove_category", Administrator, writes, scripts { films: Vec<FilmId>, category: CategoryId, }
    #[doc = "What `add_category` (or with `remove` the other) would do, without doing it."]
    PreviewCategory = "preview_category", Administrator, reads, scripts {
        films: Vec<FilmId>, category: CategoryId, #[serde(default)] remove: bool,
    }
    #[doc = "Everybody who worked on films."]
    Collaborators = "collaborators", Administrator, reads, scripts {}
    #[doc = "Puts somebody on a film: a new person by `fields` (first_name, last_name, email, job), or a known one by `collaborator`."]
    AddCollaborator = "add_collaborator", Administrator, writes, scripts {
        film: FilmId, #[serde(default)] fields: Option<FilmValues>, #[serde(default)] collaborator: Option<CollaboratorId>,
    }
    #[doc = "Changes the named fields of somebody who worked on a film, on all their films; `loaded` as for `edit_film`."]
    EditCollaborator = "edit_collaborator", Administrator, writes, scripts {
        film: FilmId, collaborator: CollaboratorId, fields: FilmValues, #[serde(default)] loaded: Option<FilmValues>,
    }
    #[doc = "Takes somebody off a film; the person stays."]
    RemoveCollaborator = "remove_collaborator", Administrator, writes, scripts {
        film: FilmId, collaborator: CollaboratorId,
    }
    #[doc = "Films as the text of a file, all or some, with the named columns or all; `parts` hands the text out while it is made."]
    ExportFilms = "export_films", Administrator, reads, scripts {
        #[serde(default)] films: Option<Vec<FilmId>>,
        #[serde(default)] columns: Vec<String>,
        format: ExportFormat,
        #[serde(default)] parts: bool,
    }
    #[doc = "What the web site changed and nobody has settled: of all films, or of one."]
    Outside = "outside", Administrator, reads, scripts { #[serde(default)] film: Option<FilmId>, }
    #[doc = "Settles a change of the web site's: keeps the site's value, or with `put_back` puts ours back."]
    SettleOutside = "settle_outside", Administrator, writes, scripts { mark: MarkId, #[serde(default)] put_back: bool, }
    #[doc = "Undoes one's own last change, or the named operation."]
    Undo = "undo", SignedIn, writes, scripts { #[serde(default)] operation: Option<Uuid>, }
    #[doc = "All ballots with their history, or those of one film."]
    Votes = "votes", Administrator, reads, scripts { #[serde(default)] film: Option<FilmId>, }
    #[doc = "One's own ballot on a film."]
    MyVote = "my_vote", Juror, reads, scripts { film: FilmId, }
    #[doc = "One's own ballots."]
    MyVotes = "my_votes", Juror, reads, scripts {}
    #[doc = "One's own drafts of votes that were never handed in."]
    Drafts = "drafts", Juror, reads, scripts {}
    #[doc = "Keeps the draft of a vote; `base` is the revision that it goes on from, -1 overwrites whatever is there. One that goes on from a draft that was cast meanwhile is not kept again."]
    KeepDraft = "keep_draft", Juror, writes, scripts {
        film: FilmId,
        #[serde(default, deserialize_with = "maybe_text_or_number")] note: Option<String>,
        comments: String,
        #[serde(default)] caret: u32,
        #[serde(default)] base: Option<i64>,
    }
    #[doc = "Forgets the draft of a vote; with `base` only that revision of it."]
    DropDraft = "drop_draft", Juror, writes, scripts { film: FilmId, #[serde(default)] base: Option<i64>, }
    #[doc = "A film as somebody needs it to judge it, with where it can be watched."]
    MyFilm = "my_film", Juror, reads, scripts { film: FilmId, }
    #[doc = "Until when one is asked to vote in each round."]
    MyDeadlines = "my_deadlines", Juror, reads, scripts {}
    #[doc = "What one did with films, the newest first."]
    MyHistory = "my_history", Juror, reads, scripts {}
    #[doc = "Casts one's vote on a film: `YES`, `NO` or `TO DISCUSS` with a comment. In discussion it is the one change of the first vote, also when it says the same. `seen` is what the ballot was opened on, `draft` the revision of the draft that is handed in: no other one goes with it."]
    CastVote = "cast_vote", Juror, writes, scripts {
        film: FilmId,
        #[serde(deserialize_with = "any_text")] note: String,
        #[serde(default, deserialize_with = "maybe_text_or_number")] comments: Option<String>,
        #[serde(default)] seen: Option<BallotSeen>,
        #[serde(default)] draft: Option<i64>,
    }
    #[doc = "Lets one's first vote stand in discussion: spends nothing, and is final unless staff give the change back. `draft` is the revision of the draft that goes with it."]
    LetStand = "let_stand", Juror, writes, scripts {
        film: FilmId, #[serde(default)] seen: Option<BallotSeen>, #[serde(default)] draft: Option<i64>,
    }
    #[doc = "Promotes a film in discussion to candidate; a blank comment leaves the one that is there."]
    Promote = "promote", Juror, writes, scripts {
        film: FilmId, #[serde(default)] jury_comment: Option<String>, #[serde(default)] seen: Option<BallotSeen>,
    }
    #[doc = "Says that one cannot judge a film: `conflict` takes it away at once, `cannot_watch` and `language` wait for staff."]
    Recuse = "recuse", Juror, writes, scripts { film: FilmId, why: Why, }
    #[doc = "What a juror may see of a film in discussion: the panel's votes, and who still holds a change."]
    Discussion = "discussion", Juror, reads, scripts { film: FilmId, }
    #[doc = "Everything about the votes on one film: its panel, its rounds, all its ballots."]
    Voting = "voting", Administrator, reads, scripts { film: FilmId, }
    #[doc = "Looks at the votes on a film before its round is complete, where the festival hides them until then."]
    OpenVotes = "open_votes", Administrator, writes, scripts { film: FilmId, reason: String, }
    #[doc = "Deletes a vote; the ledger keeps it. `anyway` although its juror could not vote again. `seen` is the vote that was seen."]
    DeleteVote = "delete_vote", Administrator, writes, scripts {
        vote: VoteId, reason: String, #[serde(default)] anyway: bool, #[serde(default)] seen: Option<BallotSeen>,
    }
    #[doc = "Deletes all votes of a film; the ledger keeps them. `anyway` although their jurors could not vote again."]
    DeleteVotes = "delete_votes", Administrator, writes, scripts {
        film: FilmId, reason: String, #[serde(default)] anyway: bool, #[serde(default)] seen: Option<FilmStatus>,
    }
    #[doc = "Gives a juror the one change of a vote back, spent or let stand."]
    ResetVote = "reset_vote", Administrator, writes, scripts {
        vote: VoteId, reason: String, #[serde(default)] seen: Option<BallotSeen>,
    }
    #[doc = "Lets a vote count that the web site took after its round was closed."]
    AdmitVote = "admit_vote", Administrator, writes, scripts {
        vote: VoteId, reason: String, #[serde(default)] seen: Option<BallotSeen>,
    }
    #[doc = "The jury: what each has to do; with a film also who may be somebody of it."]
    Jurors = "jurors", Administrator, reads, scripts { #[serde(default)] film: Option<FilmId>, }
    #[doc = "The deadlines of both rounds, and the jurors who were given more time."]
    Deadlines = "deadlines", Administrator, reads, scripts {}
    #[doc = "Gives a juror more time in a round (1 or 2): `until` is a moment in the festival's time like `2026-05-30 18:00`, without it the extension is taken back."]
    ExtendDeadline = "extend_deadline", Administrator, writes, scripts {
        juror: UserId, round: VoteRound, #[serde(default)] until: Option<String>,
    }
    #[doc = "The whole panel of a film; `loaded` is the panel that was seen."]
    SetPanel = "set_panel", Administrator, writes, scripts {
        film: FilmId, jurors: Vec<UserId>, #[serde(default)] loaded: Option<Vec<UserId>>,
    }
    #[doc = "Closes the round that a film is in with votes missing; `seen` is the status that was seen."]
    CloseRound = "close_round", Administrator, writes, scripts {
        film: FilmId, #[serde(default)] reason: Option<String>, #[serde(default)] seen: Option<FilmStatus>,
    }
    #[doc = "Opens round 1 of a film in discussion again for one juror, who joins its panel if need be; without a juror opens the closed round again."]
    ReopenRound = "reopen_round", Administrator, writes, scripts {
        film: FilmId, #[serde(default)] juror: Option<UserId>, reason: String, #[serde(default)] seen: Option<FilmStatus>,
    }
    #[doc = "What `release_juror` would do, film by film, without doing it."]
    PreviewRelease = "preview_release", Administrator, reads, scripts {
        juror: UserId, #[serde(default = "yes")] kept: bool, #[serde(default)] replacements: Vec<UserId>,
    }
    #[doc = "Takes a juror off the panels of all open films: their votes stay (`kept`), or are deleted with a reason; films without their vote go to `replacements` in turn, if there are any."]
    ReleaseJuror = "release_juror", Administrator, writes, scripts {
        juror: UserId,
        #[serde(default = "yes")] kept: bool,
        #[serde(default)] replacements: Vec<UserId>,
        #[serde(default)] reason: Option<String>,
    }
    #[doc = "Answers a juror who cannot judge a film: `agree` or not; with a vote cast, `kept` says whether it stays."]
    SettleRecusal = "settle_recusal", Administrator, writes, scripts {
        film: FilmId,
        juror: UserId,
        agree: bool,
        #[serde(default)] kept: Option<bool>,
        #[serde(default)] reason: Option<String>,
        #[serde(default)] seen: Option<BallotSeen>,
    }
    #[doc = "All awards with their films."]
    Awards = "awards", Administrator, reads, scripts {}
    #[doc = "Gives a film an award; it becomes awarded."]
    Award = "award", Administrator, writes, scripts {
        film: FilmId, award: String, #[serde(default)] seen: Option<FilmStatus>,
    }
    #[doc = "Takes an award back; without another one the film returns to the status before it."]
    TakeBackAward = "take_back_award", Administrator, writes, scripts { film: FilmId, award: String, }
    #[doc = "All events with what is booked."]
    Events = "events", Administrator, reads, scripts {}
    #[doc = "The reservations of an event."]
    Reservations = "reservations", Administrator, reads, scripts { event: EventId, }
    #[doc = "All sponsors."]
    Sponsors = "sponsors", Administrator, reads, scripts {}
    #[doc = "Adds a sponsor."]
    CreateSponsor = "create_sponsor", Administrator, writes, scripts { fields: SponsorFields, }
    #[doc = "Changes a sponsor; `loaded` is what the form started from, to notice somebody else's change."]
    EditSponsor = "edit_sponsor", Administrator, writes, scripts {
        sponsor: SponsorId, fields: SponsorFields, #[serde(default)] loaded: Option<SponsorFields>,
    }
    #[doc = "Deletes a sponsor; can be undone."]
    DeleteSponsor = "delete_sponsor", Administrator, writes, scripts { sponsor: SponsorId, }
    #[doc = "Administrators and jurors, with `all` also producers."]
    Users = "users", Operator, reads, scripts { #[serde(default)] all: bool, }
    #[doc = "Adds an account."]
    AddUser = "add_user", Operator, writes, scripts {
        email: String, first_name: String, last_name: String, role: Role, password: SecretString,
    }
    #[doc = "Gives an account a new password and ends its sessions."]
    SetPassword = "set_password", Operator, writes, scripts { user: UserId, password: SecretString, }
    #[doc = "Gives an account another role; a juror with films to judge is released from them, `kept` says what becomes of the votes."]
    SetRole = "set_role", Operator, writes, scripts {
        user: UserId, role: Role, #[serde(default)] kept: Option<bool>, #[serde(default)] reason: Option<String>,
    }
    #[doc = "Disables an account: it can't sign in and holds no round open; a juror is released as by `set_role`."]
    DisableUser = "disable_user", Operator, writes, scripts {
        user: UserId, #[serde(default)] kept: Option<bool>, #[serde(default)] reason: Option<String>,
    }
    #[doc = "Enables an account again."]
    EnableUser = "enable_user", Operator, writes, scripts { user: UserId, }
    #[doc = "The SSH keys by which people sign in, or those of one account."]
    Keys = "keys", Operator, reads, scripts { #[serde(default)] user: Option<UserId>, }
    #[doc = "The account that an SSH key belongs to."]
    KeyOwner = "key_owner", Operator, reads, scripts { fingerprint: String, }
    #[doc = "Adds an SSH key to an account, as its line stands in an OpenSSH `.pub` file."]
    AddKey = "add_key", Operator, writes, scripts { user: UserId, key: String, }
    #[doc = "Takes an SSH key away."]
    RemoveKey = "remove_key", Operator, writes, scripts { fingerprint: String, }
    #[doc = "Gives oneself a new password; other computers are signed out."]
    ChangePassword = "change_password", SignedIn, writes, screens { current: SecretString, password: SecretString, }
    #[doc = "The SSH keys by which one signs in."]
    MyKeys = "my_keys", SignedIn, reads, scripts {}
    #[doc = "Adds an SSH key to one's own account, as its line stands in an OpenSSH `.pub` file."]
    AddMyKey = "add_my_key", SignedIn, writes, scripts { key: String, }
    #[doc = "Takes one of one's own SSH keys away."]
    RemoveMyKey = "remove_my_key", SignedIn, writes, scripts { fingerprint: String, }
    #[doc = "Who is on; with `ended` also who was, and the sign-ins that were refused, the newest first."]
    Sessions = "sessions", Administrator, reads, scripts { #[serde(default)] ended: bool, }
    #[doc = "Ends a session, wherever it is; what was written there is kept."]
    EndSession = "end_session", Administrator, writes, scripts { session: Uuid, }
    #[doc = "The festival's settings."]
    Settings = "settings", Administrator, reads, scripts {}
    #[doc = "What somebody keeps for themselves, wherever they sign in: searches, columns."]
    Preferences = "preferences", SignedIn, reads, scripts {}
    #[doc = "Keeps something for oneself under a name; without a value it is forgotten."]
    SetPreference = "set_preference", SignedIn, writes, scripts { name: String, #[serde(default)] value: Option<String>, }
    #[doc = "Changes a setting of the festival."]
    SetSetting = "set_setting", Administrator, writes, scripts {
        name: String, #[serde(deserialize_with = "text_or_number")] value: String,
    }
}

/// Scripts may write `3` or `"3"`, `true` or `"true"`.
fn text_or_number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let value = maybe_text_or_number(deserializer)?;
    value.ok_or_else(|| serde::de::Error::custom("a text or a number is missing"))
}

/// The same, and an empty text where it is `null`.
fn any_text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    Ok(maybe_text_or_number(deserializer)?.unwrap_or_default())
}

/// A status that a film can be given.
fn known_status<'de, D: Deserializer<'de>>(deserializer: D) -> Result<FilmStatus, D::Error> {
    let known: Vec<&str> = FilmStatus::ALL.iter().map(|status| status.as_sql()).collect();
    match FilmStatus::deserialize(deserializer)? {
        FilmStatus::Unknown => Err(serde::de::Error::custom(format!("`to` is one of {}", known.join(", ")))),
        status => Ok(status),
    }
}

fn yes() -> bool {
    true
}

/// The same, or nothing.
fn maybe_text_or_number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Value {
        Text(String),
        Flag(bool),
        Whole(i64),
        Number(f64),
    }
    Ok(Option::<Value>::deserialize(deserializer)?.map(|value| match value {
        Value::Text(text) => text,
        Value::Flag(flag) => flag.to_string(),
        Value::Whole(number) => number.to_string(),
        Value::Number(number) => number.to_string(),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_scripts_write() {
        let parse = |line: &str| serde_json::from_str::<Request>(line);
        let request = parse(r#"{"request":"set_status","film":7,"to":"candidate","reason":"fine"}"#).unwrap();
        assert!(matches!(
            request,
            Request::SetStatus { film: FilmId(7), to: FilmStatus::Candidate, force: false, ballots: None, .. }
        ));
        assert!(request.entry().writes && request.entry().who == Who::Administrator);
        assert!(matches!(
            parse(r#"{"request":"set_setting","name":"jury.size","value":3}"#).unwrap(),
            Request::SetSetting { value, .. } if value == "3"
        ));
        for wrong in [
            r#"{"request":"set_status","film":7,"to":"bogus"}"#,
            r#"{"request":"nonsense"}"#,
            r#"{"request":"film"}"#,
            r#"{"request":"sponsors","film":1}"#,
            "[]",
        ] {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn secrets_stay_out_of_debug() {
        let line = r#"{"request":"sign_in","email":"a@b.org","password":"hunter22hunter","remember":false}"#;
        let request: Request = serde_json::from_str(line).unwrap();
        assert!(!format!("{request:?}").contains("hunter"));
    }
}
