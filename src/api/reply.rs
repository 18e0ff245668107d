//! What comes back.

use serde::Serialize;
use uuid::Uuid;

use super::account::{AccountRow, KeyRow, Person, SignedIn, Welcome};
use super::draft::DraftRow;
use super::event::{EventRow, ReservationRow};
use super::film::{FilmDetail, FilmList, Moved, Undone};
use super::film_form::{Category, Collaborator, EditPreview, Edited, Export, FilmForm};
use super::juror::{AllDeadlines, ExtensionRow, FilmToJudge, HistoryLine};
use super::jury::JurorRow;
use super::outside::OutsideRow;
use super::picture::PictureSeen;
use super::session::SessionRow;
use super::setting::{PreferenceRow, SettingRow};
use super::sponsor::SponsorRow;
use super::synopses::Synopses;
use super::trash::{Deleted, DeletedMany, Load, Restored, TrashRow};
use super::vote::{AwardRow, Cast, Discussion, FilmVotes, PanelRow, Promoted, Recused, ReleaseStep, Released, VoteRow};
use crate::domain::deadline::Deadlines;

/// The answer to a request that was done.
#[derive(Clone, Debug)]
pub enum Reply {
    /// To `welcome`.
    Welcome(Welcome),
    /// To `sign_in`, `resume` and `create_first_administrator`.
    SignedIn(SignedIn),
    /// Done, with nothing to show (`sign_out`).
    Done,
    /// To `films` and `my_films`.
    Films(FilmList),
    /// To `film`, and to a change of one film's fields or categories: the film as it now is.
    Film(Box<FilmDetail>),
    /// To `picture`.
    Picture(PictureSeen),
    /// To `synopses`.
    Synopses(Synopses),
    /// To `set_statuses`.
    Moved(Moved),
    /// To `hangs_on`.
    Load(Load),
    /// To `delete_film`.
    Deleted(Deleted),
    /// To `delete_films`.
    DeletedMany(DeletedMany),
    /// To `trash`.
    Trash(Vec<TrashRow>),
    /// To `restore_film`: the row as it now is.
    Restored(Box<Restored>),
    /// To `film_form`.
    FilmForm(Box<FilmForm>),
    /// To a change of many films' fields or categories.
    Edited(Edited),
    /// To the previews of such changes.
    EditPreview(EditPreview),
    /// To `create_category`.
    Category(Category),
    /// To `collaborators`.
    Collaborators(Vec<Collaborator>),
    /// To a change of a collaborator: the row as it now is.
    Collaborator(Collaborator),
    /// To `export_films`.
    Export(Export),
    /// To `undo`.
    Undone(Undone),
    /// To `outside`.
    Outside(Vec<OutsideRow>),
    /// To `settle_outside`.
    OutsideMark(OutsideRow),
    /// To `votes`, `my_votes`.
    Votes(Vec<VoteRow>),
    /// To `drafts`.
    Drafts(Vec<DraftRow>),
    /// To `keep_draft`: the draft as it is kept.
    Draft(DraftRow),
    /// To `my_film`.
    FilmToJudge(Box<FilmToJudge>),
    /// To `my_deadlines`.
    MyDeadlines(Deadlines),
    /// To `my_history`.
    MyHistory(Vec<HistoryLine>),
    /// To `deadlines`.
    Deadlines(AllDeadlines),
    /// To `extend_deadline`: as it now is.
    Extension(ExtensionRow),
    /// To `sessions`.
    Sessions(Vec<SessionRow>),
    /// To `end_session`: the session as it now is.
    Session(SessionRow),
    /// To `cast_vote` and `let_stand`.
    Cast(Box<Cast>),
    /// To `promote`.
    Promoted(Promoted),
    /// To `recuse`.
    Recused(Recused),
    /// To `discussion`.
    Discussion(Discussion),
    /// To `voting`, and to what staff do with rounds, votes and recusals: the film's votes as they now are.
    Voting(Box<FilmVotes>),
    /// To `jurors`.
    Jurors(Vec<JurorRow>),
    /// To `set_panel`.
    Panel(PanelRow),
    /// To `preview_release`.
    ReleasePlan(Vec<ReleaseStep>),
    /// To `release_juror`.
    Released(Released),
    /// To `awards`.
    Awards(Vec<AwardRow>),
    /// To `my_vote`.
    Vote(Option<Box<VoteRow>>),
    /// To `events`.
    Events(Vec<EventRow>),
    /// To `reservations`.
    Reservations(Vec<ReservationRow>),
    /// To `sponsors`.
    Sponsors(Vec<SponsorRow>),
    /// To a change of a sponsor: the row as it now is.
    Sponsor(SponsorRow),
    /// To `users`.
    Accounts(Vec<AccountRow>),
    /// To a change of an account.
    Account(AccountRow),
    /// To `keys`.
    Keys(Vec<KeyRow>),
    /// To `add_key`, and to `remove_key`: the key that was taken away.
    Key(KeyRow),
    /// To `settings`.
    Settings(Vec<SettingRow>),
    /// To `preferences`.
    Preferences(Vec<PreferenceRow>),
    /// To `set_preference`.
    Preference(PreferenceRow),
    /// To `set_setting`.
    Setting(SettingRow),
    /// To `me`.
    Person(Person),
    /// To `set_status`, `award` and `take_back_award`: the row as it now is.
    FilmRow(Box<super::film::FilmRow>),
}

impl Serialize for Reply {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Reply::Welcome(welcome) => welcome.serialize(serializer),
            Reply::SignedIn(signed_in) => signed_in.person.serialize(serializer),
            Reply::Done => serializer.serialize_bool(true),
            Reply::Films(list) => list.serialize(serializer),
            Reply::Film(film) => film.serialize(serializer),
            Reply::Synopses(synopses) => synopses.serialize(serializer),
            Reply::Picture(seen) => seen.all.serialize(serializer),
            Reply::Moved(moved) => moved.serialize(serializer),
            Reply::Load(load) => load.serialize(serializer),
            Reply::Deleted(deleted) => deleted.serialize(serializer),
            Reply::DeletedMany(deleted) => deleted.serialize(serializer),
            Reply::Trash(rows) => rows.serialize(serializer),
            Reply::Restored(restored) => restored.serialize(serializer),
            Reply::FilmForm(form) => form.serialize(serializer),
            Reply::Edited(edited) => edited.serialize(serializer),
            Reply::EditPreview(preview) => preview.serialize(serializer),
            Reply::Category(category) => category.serialize(serializer),
            Reply::Collaborators(collaborators) => collaborators.serialize(serializer),
            Reply::Collaborator(collaborator) => collaborator.serialize(serializer),
            Reply::Export(export) => export.serialize(serializer),
            Reply::Undone(undone) => undone.serialize(serializer),
            Reply::Outside(marks) => marks.serialize(serializer),
            Reply::OutsideMark(mark) => mark.serialize(serializer),
            Reply::Votes(votes) => votes.serialize(serializer),
            Reply::Drafts(drafts) => drafts.serialize(serializer),
            Reply::Draft(draft) => draft.serialize(serializer),
            Reply::FilmToJudge(film) => film.serialize(serializer),
            Reply::MyDeadlines(deadlines) => deadlines.serialize(serializer),
            Reply::MyHistory(lines) => lines.serialize(serializer),
            Reply::Deadlines(deadlines) => deadlines.serialize(serializer),
            Reply::Extension(extension) => extension.serialize(serializer),
            Reply::Sessions(sessions) => sessions.serialize(serializer),
            Reply::Session(session) => session.serialize(serializer),
            Reply::Cast(cast) => cast.serialize(serializer),
            Reply::Promoted(promoted) => promoted.serialize(serializer),
            Reply::Recused(recused) => recused.serialize(serializer),
            Reply::Discussion(discussion) => discussion.serialize(serializer),
            Reply::Voting(voting) => voting.serialize(serializer),
            Reply::Jurors(jurors) => jurors.serialize(serializer),
            Reply::Panel(panel) => panel.serialize(serializer),
            Reply::ReleasePlan(plan) => plan.serialize(serializer),
            Reply::Released(released) => released.serialize(serializer),
            Reply::Awards(awards) => awards.serialize(serializer),
            Reply::Vote(vote) => vote.serialize(serializer),
            Reply::Events(events) => events.serialize(serializer),
            Reply::Reservations(reservations) => reservations.serialize(serializer),
            Reply::Sponsors(sponsors) => sponsors.serialize(serializer),
            Reply::Sponsor(sponsor) => sponsor.serialize(serializer),
            Reply::Accounts(accounts) => accounts.serialize(serializer),
            Reply::Account(account) => account.serialize(serializer),
            Reply::Keys(keys) => keys.serialize(serializer),
            Reply::Key(key) => key.serialize(serializer),
            Reply::Settings(settings) => settings.serialize(serializer),
            Reply::Preferences(rows) => rows.serialize(serializer),
            Reply::Preference(row) => row.serialize(serializer),
            Reply::Setting(setting) => setting.serialize(serializer),
            Reply::Person(person) => person.serialize(serializer),
            Reply::FilmRow(row) => row.serialize(serializer),
        }
    }
}

/// A request was done.
#[derive(Clone, Debug)]
pub struct Answer {
    /// What comes back.
    pub reply: Reply,
    /// The operation by which a change can be undone; `None` for reads and what can't be undone.
    pub operation: Option<Uuid>,
    /// The same `request_id` had done it before: nothing was done twice.
    pub repeated: bool,
}

impl From<Reply> for Answer {
    fn from(reply: Reply) -> Self {
        Answer { reply, operation: None, repeated: false }
    }
}

/// News of a request that is not done yet.
#[derive(Clone, Debug)]
pub enum Progress {
    /// A first part of the answer that can be shown already.
    Partial(Reply),
    /// So many of so many.
    Steps {
        /// Done so far.
        done: u32,
        /// In all.
        total: u32,
    },
}
