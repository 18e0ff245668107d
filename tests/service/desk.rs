//! A small festival on a database of its own, and somebody at each desk.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use marsai::api::film::{FilmDetail, FilmList, FilmRow, Moved, Undone};
use marsai::api::vote::FilmVotes;
use marsai::api::{Answer, Failure, Progress, Reply, Request};
use marsai::domain::film::FilmStatus;
use marsai::domain::rule::Rule;
use marsai::domain::{FilmId, UserId};
use marsai::service::{Caller, NoObserver, Observer, Origin, Service};
use marsai::store::connect::{self, PoolSettings, Target};
use marsai::store::{Shape, migrate};
use sqlx::{AssertSqlSafe, MySqlConnection, MySqlPool};
use uuid::Uuid;

use super::support::{self, Database, Kind};

/// The password of everybody.
pub(crate) const PASSWORD: &str = "marseille-1895";

pub(crate) const ANN: UserId = UserId(1);
pub(crate) const BEN: UserId = UserId(2);
pub(crate) const JURORS: [UserId; 3] = [UserId(3), UserId(4), UserId(5)];
pub(crate) const DISABLED: UserId = UserId(6);
pub(crate) const PRODUCER: UserId = UserId(7);

/// Films 1 to 6, two in round one, and what hangs on them.
const FILMS: &str = "
INSERT INTO movies (id_movie, title, nationality, main_language, duration, release_year, ai_tool, selection_status, id_user, createdAt, updatedAt) VALUES
 (1, 'Été sans fin', 'France', 'Français', 60, 2026, 'Sora', 'submitted', 7, '2026-01-01 10:00:00', '2026-01-01 10:00:00'),
 (2, 'Two Moons', 'Ghana', 'English', NULL, NULL, NULL, 'assigned', 7, '2026-01-02 10:00:00', '2026-01-02 10:00:00'),
 (3, '東京', NULL, NULL, 90, 2025, 'Sora', 'to_discuss', 7, '2026-01-03 10:00:00', '2026-01-03 10:00:00'),
 (4, 'Quatre 🎬', 'France', 'Français', 30, 2026, 'Veo', 'candidate', 7, '2026-01-04 10:00:00', '2026-01-04 10:00:00'),
 (5, 'Five', 'Chile', 'Español', 61, 2026, 'Kling', 'awarded', 7, '2026-01-05 10:00:00', '2026-01-05 10:00:00'),
 (6, 'Six', 'Chile', 'Español', 61, 2026, 'Kling', 'refused', 7, '2026-01-06 10:00:00', '2026-01-06 10:00:00');
INSERT INTO movies_juries (id_movie, id_user) VALUES (2,3),(2,4),(2,5),(3,3),(3,4),(4,3),(5,3),(6,3),(6,4);
INSERT INTO votes (id_vote, id_user, id_movie, note, comments, modification_count, createdAt, updatedAt) VALUES
 (1, 3, 2, 'YES', 'clear and brave', 0, '2026-02-01 10:00:00', '2026-02-01 10:00:00'),
 (2, 3, 3, 'YES', 'after talking, yes', 1, '2026-02-01 10:00:00', '2026-02-03 10:00:00'),
 (3, 4, 3, 'TO DISCUSS', 'let us talk', 0, '2026-02-01 10:00:00', '2026-02-01 10:00:00'),
 (4, 3, 6, 'NO', 'not for us', 0, '2026-02-01 10:00:00', '2026-02-01 10:00:00'),
 (5, 4, 6, 'NO', 'nor me', 1, '2026-02-01 10:00:00', '2026-02-02 10:00:00');
INSERT INTO vote_histories (id_vote_history, id_vote, id_user, id_movie, note, comments, createdAt, updatedAt) VALUES
 (1, 2, 3, 3, 'TO DISCUSS', 'odd', '2026-02-03 10:00:00', '2026-02-03 10:00:00'),
 (2, 5, 4, 6, 'YES', 'once I liked it', '2026-02-02 10:00:00', '2026-02-02 10:00:00');
INSERT INTO awards (id_movie, award_name, createdAt, updatedAt) VALUES (5, 'Grand Prix', '2026-03-01 10:00:00', '2026-03-01 10:00:00');
INSERT INTO categories (id_categorie, name, createdAt, updatedAt) VALUES (1, 'Fiction', '2026-01-01', '2026-01-01');
INSERT INTO movies_categories (id_movie, id_categorie) VALUES (2, 1);
INSERT INTO collaborators (id_collaborator, first_name, last_name, job, createdAt, updatedAt) VALUES (1, 'Ida', 'Noor', 'Sound', '2026-01-01', '2026-01-01');
INSERT INTO collaborators_movies (id_collaborator, id_movie) VALUES (1, 2);
INSERT INTO events (id_event, name, location, start_date, event_type, createdAt, updatedAt) VALUES
 (1, 'Opening', 'Vieux-Port', '2026-06-01 18:00:00', 'MEETUP', '2026-01-01', '2026-01-01'),
 (2, NULL, NULL, NULL, NULL, '2026-01-01', '2026-01-01');
INSERT INTO reservations (id_reservation, id_event, first_name, last_name, email, number_seats, reservation_date, createdAt, updatedAt) VALUES
 (1, 1, 'Lou', 'Blanc', 'lou@example.org', 3, '2026-05-01 09:00:00', '2026-05-01', '2026-05-01'),
 (2, 1, NULL, NULL, NULL, NULL, NULL, '2026-05-02', '2026-05-02');
INSERT INTO sponsors (id_sponsor, name, logo, url, category, createdAt, updatedAt) VALUES
 (1, 'Mistral', 'mistral.png', 'https://mistral.example', 'gold', '2026-01-01', '2026-01-01');
";

/// A festival with a service on it.
#[derive(Debug)]
pub(crate) struct Desk {
    pub(crate) service: Service,
    pub(crate) pool: MySqlPool,
    pub(crate) database: Database,
}

impl Desk {
    /// A fresh database with a small festival in it, on one server.
    pub(crate) async fn open_on(kind: Kind) -> Self {
        let desk = Self::empty_on(kind).await;
        desk.people().await;
        desk.run(FILMS).await;
        desk
    }

    /// The same on the private MariaDB.
    pub(crate) async fn open() -> Self {
        Self::open_on(Kind::MariaDb).await
    }

    /// A fresh database with nobody in it.
    pub(crate) async fn empty_on(kind: Kind) -> Self {
        Self::on(support::database_on(kind).await).await
    }

    /// A database that is brought to shape as it is.
    pub(crate) async fn on(database: Database) -> Self {
        migrate::apply(&mut database.connect().await, migrate::Options::default(), &mut |_, _, _| {}).await.unwrap();
        let pool = connect::pool(&Target::parse(database.url()).unwrap(), PoolSettings::default());
        let shape = Shape::read(&mut pool.acquire().await.unwrap()).await.unwrap();
        Self { service: Service::new(pool.clone(), shape), pool, database }
    }

    async fn people(&self) {
        // The cheapest hash that there is: these tests sign in often.
        let hash = bcrypt::hash(PASSWORD, 4).unwrap();
        let row = |id: i32, first: &str, email: &str, role: &str| {
            format!(
                "({id}, '{first}', 'Test', '{email}', '{hash}', '{role}', '2025-12-01 08:00:00', '2025-12-01 08:00:00')"
            )
        };
        let rows = [
            row(1, "Ann", "ann@example.org", "ADMIN"),
            row(2, "Ben", "Ben@Example.org", "ADMIN"),
            row(3, "Cleo", "cleo@example.org", "JURY"),
            row(4, "Dan", "dan@example.org", "JURY"),
            row(5, "Eve", "eve@example.org", "JURY"),
            row(6, "Fay", "fay@example.org", "JURY"),
            row(7, "Gil", "gil@example.org", "PRODUCER"),
        ];
        let columns = "id_user, first_name, last_name, email, password, role, createdAt, updatedAt";
        self.run(&format!("INSERT INTO users ({columns}) VALUES {}", rows.join(","))).await;
        self.run("INSERT INTO console_accounts VALUES (6, '2025-12-01 08:00:00', UTC_TIMESTAMP(3), 1)").await;
    }

    /// A second console on the same database, as another process would be.
    pub(crate) async fn beside(&self) -> Service {
        let pool = connect::pool(&Target::parse(self.database.url()).unwrap(), PoolSettings::default());
        let shape = Shape::read(&mut pool.acquire().await.unwrap()).await.unwrap();
        Service::new(pool, shape)
    }

    /// Statements as the web site or a person at the database would run them.
    pub(crate) async fn run(&self, sql: &str) {
        let mut conn = self.connect().await;
        sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(&mut conn).await.unwrap();
    }

    pub(crate) async fn connect(&self) -> MySqlConnection {
        self.database.connect().await
    }

    /// One value as text; NULL as `NULL`.
    pub(crate) async fn value(&self, sql: &str) -> String {
        let sql = format!("SELECT COALESCE(CAST(({sql}) AS CHAR), 'NULL')");
        sqlx::query_scalar(AssertSqlSafe(sql)).fetch_one(&mut self.connect().await).await.unwrap()
    }

    /// Asks as somebody.
    pub(crate) async fn ask(&self, who: UserId, request: Request) -> Result<Answer, Failure> {
        self.service.call(&caller(who), request, None, &NoObserver).await
    }

    /// Asks as somebody under an id.
    pub(crate) async fn ask_as(&self, who: UserId, request: Request, id: Uuid) -> Result<Answer, Failure> {
        self.service.call(&caller(who), request, Some(id), &NoObserver).await
    }

    /// All films as an administrator sees them.
    pub(crate) async fn films(&self) -> FilmList {
        films(self.ask(ANN, Request::Films { fresh: false }).await.unwrap())
    }

    pub(crate) async fn film(&self, id: i32) -> FilmDetail {
        match self.ask(ANN, Request::Film { film: FilmId(id) }).await.unwrap().reply {
            Reply::Film(film) => *film,
            other => panic!("{other:?}"),
        }
    }

    /// Asks as Ann, as a script writes it.
    pub(crate) async fn say(&self, line: &str) -> Result<Answer, Failure> {
        self.ask(ANN, say(line)).await
    }

    /// Every column of a table's rows.
    pub(crate) async fn dump(&self, table: &str) -> String {
        let name = format!(
            "SELECT MIN(t.table_name) FROM information_schema.tables t WHERE t.table_schema = DATABASE() \
             AND LOWER(t.table_name) = '{table}'"
        );
        let name = self.value(&name).await;
        let columns = format!(
            "SELECT GROUP_CONCAT('COALESCE(`', c.column_name, '`, ''~'')' ORDER BY c.ordinal_position) \
             FROM information_schema.columns c WHERE c.table_schema = DATABASE() AND c.table_name = '{name}' \
             AND c.column_name <> 'updatedAt'"
        );
        let columns = self.value(&columns).await;
        let rows = format!("CONCAT_WS('|', {columns})");
        self.value(&format!("SELECT GROUP_CONCAT({rows} ORDER BY {rows} SEPARATOR '\n') FROM `{name}`")).await
    }

    /// A film's panel, straight from its table.
    pub(crate) async fn panel(&self, film: i32) -> String {
        let sql = format!("SELECT GROUP_CONCAT(id_user ORDER BY id_user) FROM movies_juries WHERE id_movie = {film}");
        self.value(&sql).await
    }

    /// A film's status, straight from its table.
    pub(crate) async fn status(&self, id: i32) -> String {
        self.value(&format!("SELECT selection_status FROM movies WHERE id_movie = {id}")).await
    }

    pub(crate) async fn ledger_rows(&self) -> u32 {
        self.value("SELECT COUNT(*) FROM console_ledger").await.parse().unwrap()
    }
}

pub(crate) fn caller(user: UserId) -> Caller {
    let os_user = "test@laptop".to_owned();
    Caller { user: Some(user), ..Caller::nobody(Origin::Terminal { os_user }) }
}

/// Whoever holds the database's credentials.
pub(crate) fn operator() -> Caller {
    let os_user = "root@server".to_owned();
    Caller { operator: true, ..Caller::nobody(Origin::Command { os_user }) }
}

pub(crate) fn nobody() -> Caller {
    Caller::nobody(Origin::Ssh { address: "192.0.2.7".parse().unwrap() })
}

/// A plain step.
pub(crate) fn step(film: i32, to: FilmStatus) -> Request {
    Request::SetStatus { film: FilmId(film), to, reason: None, force: false, ballots: None, private: false, seen: None }
}

/// The same for many films, with a reason.
pub(crate) fn steps(films: impl IntoIterator<Item = i32>, to: FilmStatus, reason: &str) -> Request {
    let films = films.into_iter().map(FilmId).collect();
    Request::SetStatuses { films, to, reason: Some(reason.to_owned()), force: false, ballots: None, private: false }
}

/// A request as a script writes it.
pub(crate) fn say(line: &str) -> Request {
    serde_json::from_str(line).unwrap()
}

pub(crate) fn undo(answer: &Answer) -> Request {
    Request::Undo { operation: Some(answer.operation.unwrap()) }
}

pub(crate) fn films(answer: Answer) -> FilmList {
    match answer.reply {
        Reply::Films(list) => list,
        other => panic!("{other:?}"),
    }
}

pub(crate) fn film_row(answer: &Answer) -> &FilmRow {
    match &answer.reply {
        Reply::FilmRow(row) => row,
        other => panic!("{other:?}"),
    }
}

pub(crate) fn moved(answer: &Answer) -> &Moved {
    match &answer.reply {
        Reply::Moved(moved) => moved,
        other => panic!("{other:?}"),
    }
}

pub(crate) fn undone(answer: &Answer) -> &Undone {
    match &answer.reply {
        Reply::Undone(undone) => undone,
        other => panic!("{other:?}"),
    }
}

/// The film's votes as they were answered.
pub(crate) fn voting(answer: &Answer) -> &FilmVotes {
    match &answer.reply {
        Reply::Voting(votes) => votes,
        other => panic!("{other:?}"),
    }
}

/// The rule that refused.
pub(crate) fn refused(outcome: Result<Answer, Failure>) -> Rule {
    match outcome {
        Err(Failure::Rule(refusal)) => refusal.rule,
        other => panic!("{other:?}"),
    }
}

/// Keeps what it is told and gives up after so many steps.
#[derive(Debug)]
pub(crate) struct Watcher {
    pub(crate) heard: Mutex<Vec<Progress>>,
    asked: AtomicUsize,
    patience: usize,
}

impl Watcher {
    pub(crate) fn patient() -> Self {
        Self::with_patience(usize::MAX)
    }

    pub(crate) fn with_patience(patience: usize) -> Self {
        Self { heard: Mutex::default(), asked: AtomicUsize::new(0), patience }
    }
}

impl Observer for Watcher {
    fn progress(&self, progress: Progress) {
        self.heard.lock().unwrap().push(progress);
    }

    fn cancelled(&self) -> bool {
        self.asked.fetch_add(1, Ordering::SeqCst) >= self.patience
    }
}
