//! Which function answers which request, and whether this person may ask for it.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use sqlx::MySqlPool;
use tokio::sync::{Mutex, broadcast};
use uuid::Uuid;

use super::ask::{Ask, allow};
use super::catalogue::Catalogue;
use super::feed::Feed;
use super::outside::{Looked, Looker};
use super::password::Hasher;
use super::pictures::{self, Pictures};
use super::presence::{Told, Visits};
use super::turns::Turns;
use super::{Caller, Observer};
use super::{
    accounts, awards, ballots, bulk, categories, collaborators, deadlines, drafts, events, export, film_form, films,
    judging, jurors, moving, my_account, outside, panels, preferences, release, rounds,
};
use super::{settings, sheet, sign_in, sponsors, status, synopses, trash, undo, visits, votes};
use crate::api::{Answer, Changed, Failure, Reply, Request, Who};
use crate::domain::user::Role;
use crate::store::people::Account;
use crate::store::{Db, Shape, people, tx};

/// News that a session may leave unread before it has to take everything as changed.
const NEWS: usize = 256;

/// Answers requests on one database, for all sessions of this process. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Service {
    inner: Arc<Inner>,
}

/// What all sessions share.
#[derive(Debug)]
pub(super) struct Inner {
    pub(super) db: Db,
    pub(super) catalogue: Catalogue,
    pub(super) synopses: synopses::Kept,
    pub(super) feed: Mutex<Feed>,
    pub(super) looker: Mutex<Looker>,
    pub(super) news: broadcast::Sender<Changed>,
    pub(super) hasher: Hasher,
    pub(super) turns: Turns,
    pub(super) pictures: Arc<Pictures>,
    pub(super) visits: Visits,
}

impl Service {
    /// A service on a database whose shape was read. Asks the database nothing.
    pub fn new(pool: MySqlPool, shape: Shape) -> Self {
        Self::with_media(pool, shape, None)
    }

    /// The same, with the folder of this computer in which films' pictures lie; without one they are looked up at the
    /// festival's address.
    pub fn with_media(pool: MySqlPool, shape: Shape, folder: Option<PathBuf>) -> Self {
        let (news, _) = broadcast::channel(NEWS);
        let (catalogue, feed) = (Catalogue::default(), Mutex::new(Feed::default()));
        let (db, looker) = (Db::new(pool, shape), Mutex::default());
        let (hasher, pictures) = (Hasher::new(), Arc::new(Pictures::new(folder)));
        let synopses = synopses::Kept::default();
        let visits = Visits::default();
        let turns = Turns::default();
        let inner = Inner { db, catalogue, synopses, feed, looker, news, hasher, turns, pictures, visits };
        Self { inner: Arc::new(inner) }
    }

    /// Does what is asked. A write with a `request_id` that was done before does nothing and says so.
    ///
    /// # Errors
    /// See [`Failure`]: only [`Failure::Unavailable`] may leave open whether something was written.
    pub async fn call(
        &self,
        caller: &Caller,
        request: Request,
        request_id: Option<Uuid>,
        observer: &dyn Observer,
    ) -> Result<Answer, Failure> {
        let entry = request.entry();
        let actor = match entry.who {
            Who::Anyone => None,
            _ => self.actor(caller).await?,
        };
        // What a juror writes is judged under the film's lock, where a disabled account is named in its turn.
        let judged = actor.as_ref().filter(|_| entry.writes && entry.who == Who::Juror).cloned();
        let judged = judged.map(|account| Account { enabled: true, ..account });
        allow(entry.who, judged.as_ref().or(actor.as_ref()), caller.operator)?;
        let ask = Ask::new(&self.inner, caller, actor, entry, request_id, observer);
        answer(&ask, request).await
    }

    /// News of changes, sent when the shared lists already show them. Somebody who lags behind takes everything as changed.
    pub fn subscribe(&self) -> broadcast::Receiver<Changed> {
        self.inner.news.subscribe()
    }

    /// Looks what this and other consoles changed, patches the shared lists and tells the sessions. Called every second.
    ///
    /// # Errors
    /// The database can't be reached; what was missed is found by the next call.
    pub async fn poll_changes(&self) -> Result<(), Failure> {
        self.inner.poll().await
    }

    /// Looks what the web site changed without telling us, marks it and tells the sessions. Only one process at a time does;
    /// it may keep to itself for as long as `lease` before it has to look again.
    ///
    /// # Errors
    /// The database can't be reached; what was missed is found by the next look.
    pub async fn look_outside(&self, lease: Duration) -> Result<Looked, Failure> {
        self.inner.look_outside(lease).await
    }

    /// Lets another process look at once.
    ///
    /// # Errors
    /// The database can't be reached; the lease ends by itself.
    pub async fn look_no_more(&self) -> Result<(), Failure> {
        self.inner.look_no_more().await
    }

    /// Who is on in this process.
    pub fn visits(&self) -> &Visits {
        &self.inner.visits
    }

    /// Writes down who has come and gone in this process since the last call.
    ///
    /// # Errors
    /// The database can't be reached; the next call makes up for it.
    pub async fn write_visits(&self) -> Result<(), Failure> {
        self.inner.write_visits().await
    }

    /// Gives a sign of life of this process with the keys that were pressed since the last one, looks whether a session is
    /// to end, and forgets now and then what is too old. To be called every [`BEAT`](visits::BEAT).
    ///
    /// # Errors
    /// The database can't be reached.
    pub async fn beat(&self) -> Result<(), Failure> {
        self.inner.beat().await
    }

    async fn actor(&self, caller: &Caller) -> Result<Option<Account>, Failure> {
        let Some(user) = caller.user else { return Ok(None) };
        let account = tx::read(&self.inner.db, |reader| {
            Box::pin(async move { Ok(people::find(&mut reader.conn, &reader.shape, user).await?) })
        })
        .await?;
        let same = |account: &Account| caller.proof.as_ref().is_none_or(|proof| proof.created == account.created);
        let account = account.filter(same);
        if let (None, Some(visit)) = (&account, caller.visit) {
            // Their account is gone, and another may have its id.
            self.inner.visits.tell(visit, Told::Account);
        }
        Ok(account)
    }
}

async fn answer(ask: &Ask<'_>, request: Request) -> Result<Answer, Failure> {
    use Request as R;
    match request {
        R::Welcome {} => sign_in::welcome(ask).await,
        R::SignIn { email, password, remember } => sign_in::sign_in(ask, &email, &password, remember).await,
        R::Resume { token } => sign_in::resume(ask, &token).await,
        R::SignInByKey { email, fingerprint, proved } => sign_in::by_key(ask, &email, &fingerprint, proved).await,
        R::SignOut { token } => sign_in::sign_out(ask, token.as_ref()).await,
        R::CreateFirstAdministrator { first_name, last_name, email, password } => {
            let new = accounts::New { email, first_name, last_name, role: Role::Admin, password };
            accounts::create_first_administrator(ask, &new).await
        }
        R::Me {} => Ok(Reply::Person(ask.me()?).into()),
        R::Films { fresh } => films::films(ask, fresh).await,
        R::Film { film } => films::film(ask, film).await,
        R::Synopses { fresh } => synopses::synopses(ask, fresh).await,
        R::MyFilms { fresh: _ } => films::my_films(ask).await,
        R::Picture { film, which, width, height } => pictures::picture(ask, film, which, (width, height)).await,
        R::SetStatus { film, to, reason, force, ballots, private, seen } => {
            let change = status::Change { to, reason, force, ballots, private };
            status::set_status(ask, film, &change, seen).await
        }
        R::SetStatuses { films, to, reason, force, ballots, private } => {
            let change = status::Change { to, reason, force, ballots, private };
            moving::set_statuses(ask, &films, &change).await
        }
        R::HangsOn { film } => trash::hangs_on(ask, film).await,
        R::DeleteFilm { film, reason } => trash::delete_film(ask, film, reason.as_deref()).await,
        R::DeleteFilms { films, reason } => trash::delete_films(ask, &films, reason.as_deref()).await,
        R::Trash {} => trash::trash(ask).await,
        R::RestoreFilm { film, operation } => trash::restore_film(ask, film, operation).await,
        R::FilmForm {} => film_form::form(ask).await,
        R::CreateFilm { fields, producer, categories } => {
            film_form::create(ask, &film_form::NewFilm { fields, producer, categories }).await
        }
        R::EditFilm { film, fields, loaded } => film_form::edit(ask, film, &fields, loaded.as_ref()).await,
        R::EditFilms { films, field: column, value } => {
            bulk::change(ask, &films, &bulk::Change::Field { column, value }).await
        }
        R::PreviewEditFilms { films, field: column, value } => {
            bulk::preview(ask, &films, &bulk::Change::Field { column, value }).await
        }
        R::SetCategories { film, categories, loaded } => {
            categories::set(ask, film, &categories, loaded.as_deref()).await
        }
        R::CreateCategory { name } => categories::create(ask, &name).await,
        R::AddCategory { films, category: id } => {
            bulk::change(ask, &films, &bulk::Change::Category { id, remove: false }).await
        }
        R::RemoveCategory { films, category: id } => {
            bulk::change(ask, &films, &bulk::Change::Category { id, remove: true }).await
        }
        R::PreviewCategory { films, category: id, remove } => {
            bulk::preview(ask, &films, &bulk::Change::Category { id, remove }).await
        }
        R::Collaborators {} => collaborators::list(ask).await,
        R::AddCollaborator { film, fields, collaborator } => {
            collaborators::add(ask, film, &collaborators::Whom::of(fields, collaborator)?).await
        }
        R::EditCollaborator { film, collaborator, fields, loaded } => {
            collaborators::edit(ask, film, collaborator, &fields, loaded.as_ref()).await
        }
        R::RemoveCollaborator { film, collaborator } => collaborators::remove(ask, film, collaborator).await,
        R::ExportFilms { films, columns, format, parts } => {
            export::films(ask, &export::Wanted { films, columns, format, parts }).await
        }
        R::Outside { film } => outside::open(ask, film).await,
        R::SettleOutside { mark, put_back } => outside::settle(ask, mark, put_back).await,
        R::Undo { operation } => undo::undo(ask, operation).await,
        R::Votes { film } => votes::votes(ask, film).await,
        R::MyVote { film } => votes::my_vote(ask, film).await,
        R::MyVotes {} => votes::my_votes(ask).await,
        R::Drafts {} => drafts::drafts(ask).await,
        R::KeepDraft { film, note, comments, caret, base } => {
            drafts::keep(ask, film, &drafts::Kept { note, comments, caret, base }).await
        }
        R::DropDraft { film, base } => drafts::forget(ask, film, base).await,
        R::MyFilm { film } => judging::my_film(ask, film).await,
        R::MyDeadlines {} => deadlines::mine(ask).await,
        R::MyHistory {} => judging::my_history(ask).await,
        R::CastVote { film, note, comments, seen, draft } => {
            ballots::cast(ask, film, &ballots::Draft { note, comments, revision: draft }, seen).await
        }
        R::LetStand { film, seen, draft } => ballots::let_stand(ask, film, seen, draft).await,
        R::Promote { film, jury_comment, seen } => ballots::promote(ask, film, jury_comment.as_deref(), seen).await,
        R::Recuse { film, why } => ballots::recuse(ask, film, why).await,
        R::Discussion { film } => votes::discussion(ask, film).await,
        R::Voting { film } => sheet::voting(ask, film).await,
        R::OpenVotes { film, reason } => rounds::open_votes(ask, film, &reason).await,
        R::DeleteVote { vote, reason, anyway, seen } => rounds::delete_vote(ask, vote, &reason, anyway, seen).await,
        R::DeleteVotes { film, reason, anyway, seen } => rounds::delete_votes(ask, film, &reason, anyway, seen).await,
        R::ResetVote { vote, reason, seen } => rounds::reset_vote(ask, vote, &reason, seen).await,
        R::AdmitVote { vote, reason, seen } => rounds::admit_vote(ask, vote, &reason, seen).await,
        R::Jurors { film } => jurors::jurors(ask, film).await,
        R::Deadlines {} => deadlines::all(ask).await,
        R::ExtendDeadline { juror, round, until } => deadlines::extend(ask, juror, round, until.as_deref()).await,
        R::SetPanel { film, jurors, loaded } => panels::set(ask, film, &jurors, loaded.as_deref()).await,
        R::CloseRound { film, reason, seen } => rounds::close(ask, film, reason.as_deref(), seen).await,
        R::ReopenRound { film, juror, reason, seen } => rounds::reopen(ask, film, juror, &reason, seen).await,
        R::PreviewRelease { juror, kept, replacements } => {
            release::preview(ask, &release::Release { juror, kept, replacements, reason: None }).await
        }
        R::ReleaseJuror { juror, kept, replacements, reason } => {
            release::release(ask, &release::Release { juror, kept, replacements, reason }).await
        }
        R::SettleRecusal { film, juror, agree, kept, reason, seen } => {
            release::settle(ask, film, &release::Settlement { juror, agree, kept, reason, seen }).await
        }
        R::Awards {} => awards::awards(ask).await,
        R::Award { film, award, seen } => awards::give(ask, film, &award, seen).await,
        R::TakeBackAward { film, award } => awards::take_back(ask, film, &award).await,
        R::Events {} => events::events(ask).await,
        R::Reservations { event } => events::reservations(ask, event).await,
        R::Sponsors {} => sponsors::sponsors(ask).await,
        R::CreateSponsor { fields } => sponsors::create(ask, &fields).await,
        R::EditSponsor { sponsor, fields, loaded } => sponsors::edit(ask, sponsor, &fields, loaded.as_ref()).await,
        R::DeleteSponsor { sponsor } => sponsors::delete(ask, sponsor).await,
        R::Users { all } => accounts::users(ask, all).await,
        R::AddUser { email, first_name, last_name, role, password } => {
            accounts::add(ask, &accounts::New { email, first_name, last_name, role, password }).await
        }
        R::SetPassword { user, password } => accounts::set_password(ask, user, &password).await,
        R::SetRole { user, role, kept, reason } => {
            accounts::change(ask, user, accounts::Change::Role(role), (kept, reason)).await
        }
        R::DisableUser { user, kept, reason } => {
            accounts::change(ask, user, accounts::Change::Enabled(false), (kept, reason)).await
        }
        R::EnableUser { user } => accounts::change(ask, user, accounts::Change::Enabled(true), (None, None)).await,
        R::Keys { user } => accounts::keys(ask, user).await,
        R::KeyOwner { fingerprint } => sign_in::key_owner(ask, &fingerprint).await,
        R::AddKey { user, key } => accounts::add_key(ask, accounts::Of::Somebody(user), &key).await,
        R::RemoveKey { fingerprint } => accounts::remove_key(ask, None, &fingerprint).await,
        R::ChangePassword { current, password } => my_account::change_password(ask, &current, &password).await,
        R::MyKeys {} => my_account::keys(ask).await,
        R::AddMyKey { key } => my_account::add_key(ask, &key).await,
        R::RemoveMyKey { fingerprint } => my_account::remove_key(ask, &fingerprint).await,
        R::Sessions { ended } => visits::sessions(ask, ended).await,
        R::EndSession { session } => visits::end(ask, session).await,
        R::Settings {} => settings::settings(ask).await,
        R::Preferences {} => preferences::all(ask).await,
        R::SetPreference { name, value } => preferences::set(ask, &name, value.as_deref()).await,
        R::SetSetting { name, value } => settings::set(ask, &name, &value).await,
    }
}
