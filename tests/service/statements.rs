//! What a vote costs: at most ten statements, and none of them reads a table from end to end.

use marsai::api::Request;
use marsai::domain::FilmId;
use marsai::domain::UserId;
use marsai::domain::jury::Why;
use marsai::service::{NoObserver, Service};
use marsai::store::Shape;
use marsai::store::connect::{self, PoolSettings, Target};
use sqlx::{AssertSqlSafe, MySqlPool, Row};
use uuid::Uuid;

use super::ballots::{cast, vote};
use super::desk::{ANN, Desk, JURORS, caller};
use super::support;

const CLEO: UserId = JURORS[0];
const DAN: UserId = JURORS[1];
const EVE: UserId = JURORS[2];

/// Most statements of a vote, BEGIN and COMMIT not counted.
const MOST: usize = 10;

/// A festival so large that no server would rather read all of a table than look something up.
const LARGE: &str = "
CREATE TABLE digits (d INT NOT NULL PRIMARY KEY);
INSERT INTO digits VALUES (0),(1),(2),(3),(4),(5),(6),(7),(8),(9);
CREATE TABLE numbers (n INT NOT NULL PRIMARY KEY);
INSERT INTO numbers SELECT 1000 + a.d + 10 * b.d + 100 * c.d + 1000 * e.d FROM digits a, digits b, digits c, digits e WHERE e.d < 4;
INSERT INTO users (id_user, first_name, last_name, email, password, role, createdAt, updatedAt)
 SELECT n, 'x', 'y', CONCAT(n, '@example.org'), 'x', 'JURY', '2026-01-01', '2026-01-01' FROM numbers;
INSERT INTO console_accounts (id_user, fingerprint, disabled_at, disabled_by) SELECT n, NULL, NULL, NULL FROM numbers;
INSERT INTO movies (id_movie, title, selection_status, id_user, createdAt, updatedAt)
 SELECT n, 'x', 'assigned', 7, '2026-01-01', '2026-01-01' FROM numbers;
INSERT INTO movies_juries (id_movie, id_user) SELECT n, n FROM numbers;
INSERT INTO votes (id_user, id_movie, note, comments, modification_count, createdAt, updatedAt)
 SELECT n, n, 'YES', 'c', 0, '2026-01-01', '2026-01-01' FROM numbers;
INSERT INTO vote_histories (id_vote, id_user, id_movie, note, comments, createdAt, updatedAt)
 SELECT id_vote, id_user, id_movie, 'NO', 'c', '2026-01-01', '2026-01-01' FROM votes;
INSERT INTO awards (id_movie, award_name, createdAt, updatedAt) SELECT n, 'x', '2026-01-01', '2026-01-01' FROM numbers;
INSERT INTO console_rounds (id_movie, guard) SELECT n, 1 FROM numbers;
INSERT INTO console_seats (id_movie, id_user, kept, changed_at) SELECT n, n, 1, '2026-01-01' FROM numbers;
INSERT INTO console_settings (name, value, updated_at) SELECT CONCAT('x.', n), 'x', '2026-01-01' FROM numbers;
INSERT INTO console_outside (id_movie, title, what, found_at, version) SELECT n, 'x', 'status', '2026-01-01', 1 FROM numbers;
INSERT INTO console_outside (id_movie, title, what, found_at, version) SELECT 2, 'x', 'status', '2026-01-01', 1;
INSERT INTO console_topics (topic, writer, version, updated_at) SELECT 'films', UNHEX(LPAD(HEX(n), 32, '0')), 1, '2026-01-01' FROM numbers;
INSERT INTO console_ledger (request_id, sequence, at, actor_name, origin, action, topic, subject, private, forced, writer, version)
 SELECT UNHEX(LPAD(HEX(n), 32, '0')), 0, '2026-01-01', 'x', 'x', 'x', 'films', n, 0, 0, UNHEX(LPAD(HEX(n), 32, '0')), 1 FROM numbers;
DROP TABLE digits, numbers;
ANALYZE TABLE users, movies, movies_juries, votes, vote_histories, awards, console_accounts, console_rounds, console_seats,
 console_settings, console_outside, console_topics, console_ledger;
";

/// The server has one log of statements for all.
static LOG: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

/// A console with one connection, of which the server tells what it is asked.
struct Watched {
    desk: Desk,
    service: Service,
    pool: MySqlPool,
}

impl Watched {
    async fn open(kind: support::Kind) -> Self {
        let desk = Desk::open_on(kind).await;
        desk.run(LARGE).await;
        let settings = PoolSettings { max_connections: 1, ..PoolSettings::default() };
        let pool = connect::pool(&Target::parse(desk.database.url()).unwrap(), settings);
        let shape = Shape::read(&mut pool.acquire().await.unwrap()).await.unwrap();
        Self { service: Service::new(pool.clone(), shape), pool, desk }
    }

    /// The statements of a request's transaction, as the server ran them.
    async fn statements(&self, who: UserId, request: Request, id: Option<Uuid>) -> Vec<String> {
        let lines = self.all(who, request, id).await;
        let begins = lines.iter().position(|sql| sql.starts_with("BEGIN")).expect("a transaction");
        let ends = lines.iter().position(|sql| sql == "COMMIT").expect("its end");
        lines[begins + 1..ends].to_vec()
    }

    /// All statements of a request, as the server ran them.
    async fn all(&self, who: UserId, request: Request, id: Option<Uuid>) -> Vec<String> {
        let session: i64 =
            sqlx::query_scalar("SELECT CAST(CONNECTION_ID() AS SIGNED)").fetch_one(&self.pool).await.unwrap();
        let _alone = LOG.lock().await;
        self.desk.run("SET GLOBAL log_output = 'TABLE'; TRUNCATE mysql.general_log; SET GLOBAL general_log = ON").await;
        let answer = self.service.call(&caller(who), request, id, &NoObserver).await.unwrap();
        self.desk.run("SET GLOBAL general_log = OFF").await;
        assert!(!answer.repeated);
        let sql = format!("SELECT command_type, argument FROM mysql.general_log WHERE thread_id = {session}");
        let rows = sqlx::raw_sql(AssertSqlSafe(sql)).fetch_all(&mut self.desk.connect().await).await.unwrap();
        let line = |row: &sqlx::mysql::MySqlRow| {
            let argument: Vec<u8> = row.try_get_unchecked(1).unwrap();
            let command: String = row.try_get_unchecked(0).unwrap();
            (command, String::from_utf8_lossy(&argument).into_owned())
        };
        let ran = rows.iter().map(line).filter(|(command, _)| command == "Execute" || command == "Query");
        ran.map(|(_, sql)| sql).collect()
    }

    /// Asks, counts, and has the server explain each statement.
    async fn costs(&self, name: &str, who: UserId, request: Request, id: Option<Uuid>) {
        let statements = self.statements(who, request, id).await;
        assert!((5..=MOST).contains(&statements.len()), "{name}: {} statements: {statements:#?}", statements.len());
        self.explained(name, &statements).await;
    }

    /// Has the server explain each statement: none may read a table from end to end.
    async fn explained(&self, name: &str, statements: &[String]) {
        for sql in statements {
            let explain = AssertSqlSafe(format!("EXPLAIN FORMAT=TRADITIONAL {sql}"));
            let plan = sqlx::raw_sql(explain).fetch_all(&mut self.desk.connect().await).await;
            for row in plan.unwrap_or_else(|error| panic!("{name}: {error}: {sql}")) {
                let text =
                    |column: &str| row.try_get_unchecked::<Option<String>, _>(column).unwrap().unwrap_or_default();
                let (select, table, access) = (text("select_type"), text("table"), text("type"));
                // A table that rows are put into is not read.
                let scans = matches!(access.as_str(), "ALL" | "index") && select != "INSERT" && !table.starts_with('<');
                assert!(!scans, "{name}: {access} of {table}: {sql}");
            }
        }
    }
}

#[tokio::test]
async fn a_vote_takes_ten_statements_and_none_of_them_scans() {
    for kind in support::servers() {
        let at = Watched::open(kind).await;
        let id = || Some(Uuid::new_v4());
        let film = FilmId(2);
        let stand = || Request::LetStand { film, seen: None, draft: None };
        at.costs("a first vote", DAN, cast(2, "YES", "c"), None).await;
        at.desk.ask(EVE, Request::Recuse { film, why: Why::Language }).await.unwrap();
        at.costs("the last vote, recused before", EVE, cast(2, "TO DISCUSS", "c"), id()).await;
        assert_eq!(at.desk.status(2).await, "to_discuss");
        assert_eq!(at.desk.value("SELECT settled_how FROM console_outside WHERE id_movie = 2").await, "decided");
        at.costs("a second vote", DAN, cast(2, "NO", "d"), None).await;
        at.costs("a vote that stands", CLEO, stand(), id()).await;
        let automatic = Request::SetSetting { name: "voting.advance".into(), value: "automatic".into() };
        at.desk.ask(ANN, automatic).await.unwrap();
        at.costs("the last second vote", EVE, cast(2, "YES", "e"), id()).await;
        assert_eq!(at.desk.status(2).await, "candidate");
        at.costs(
            "a promotion",
            DAN,
            Request::Promote { film: FilmId(3), jury_comment: Some("f".into()), seen: None },
            id(),
        )
        .await;
        at.costs("a conflict", CLEO, Request::Recuse { film: FilmId(4), why: Why::Conflict }, id()).await;
        // And it is the same with one connection as with many.
        let again = at.service.call(&caller(CLEO), Request::MyVote { film }, None, &NoObserver).await;
        assert!(again.is_ok());
    }
}

#[tokio::test]
async fn a_draft_takes_three_statements_and_no_transaction() {
    for kind in support::servers() {
        let at = Watched::open(kind).await;
        at.desk
            .run(
                "INSERT INTO console_drafts (id_user, id_movie, comments, caret, revision, updated_at) \
                 SELECT id_user, id_movie, 'x', 0, 1, '2026-01-01' FROM movies_juries WHERE id_movie > 999; \
                 ANALYZE TABLE console_drafts",
            )
            .await;
        let keep = |comments: &str, base| Request::KeepDraft {
            film: FilmId(2),
            note: Some("YES".into()),
            comments: comments.into(),
            caret: 0,
            base,
        };
        let revision = async || at.desk.value("SELECT revision FROM console_drafts WHERE id_user = 4").await;
        // Who asks, what decides, and the draft itself; of a first one also how many there are.
        let first = at.all(DAN, keep("a", None), None).await;
        assert_eq!(first.len(), 4, "{first:#?}");
        let base = revision().await.parse().ok();
        let next = at.all(DAN, keep("ab", base), None).await;
        assert_eq!(next.len(), 3, "{next:#?}");
        let drop = at.all(DAN, Request::DropDraft { film: FilmId(2), base: revision().await.parse().ok() }, None).await;
        assert_eq!(drop.len(), 2, "{drop:#?}");
        at.explained("a draft", &[first, next, drop].concat()).await;
        let reads = [Request::MyFilm { film: FilmId(2) }, Request::Drafts {}, Request::MyHistory {}];
        for request in reads {
            let name = request.entry().name;
            let statements = at.all(DAN, request, None).await;
            assert!(statements.len() <= MOST, "{name}: {statements:#?}");
            // The festival's settings are read whole, and tables of a row or two as the server likes.
            let small =
                |sql: &String| ["console_settings", "categorie", "collaborator"].iter().any(|t| sql.contains(t));
            let large: Vec<String> = statements.into_iter().filter(|sql| !small(sql)).collect();
            at.explained(name, &large).await;
        }
    }
}

#[tokio::test]
async fn a_vote_whose_answer_to_commit_is_lost_is_cast_once() {
    use super::proxy::{Break, Proxy};
    let desk = Desk::open().await;
    let server = support::server().await;
    for (at, who) in [(Break::After, DAN), (Break::Before, EVE)] {
        let proxy = Proxy::start(server.socket(), at, 1, false).await;
        let options = server.connect_options().socket(proxy.socket());
        let pool = connect::pool(&Target::private(options, desk.database.name()), PoolSettings::default());
        let shape = Shape::read(&mut pool.acquire().await.unwrap()).await.unwrap();
        let service = Service::new(pool.clone(), shape);
        let id = Uuid::new_v4();
        let answer = service.call(&caller(who), cast(2, "YES", "c"), Some(id), &NoObserver).await.unwrap();
        assert!(proxy.is_done(), "{at:?}: the line did break");
        assert_eq!(vote(&answer).vote.modification_count, 0);
        let count = format!("SELECT COUNT(*) FROM votes WHERE id_movie = 2 AND id_user = {who}");
        assert_eq!(desk.value(&count).await, "1", "{at:?}");
        let again = service.call(&caller(who), cast(2, "YES", "c"), Some(id), &NoObserver).await.unwrap();
        assert!(again.repeated && vote(&again).vote.vote == vote(&answer).vote.vote, "{at:?}");
        assert_eq!(desk.value(&count).await, "1", "{at:?}");
        pool.close().await;
    }
    assert_eq!(desk.value("SELECT COUNT(*) FROM console_ledger WHERE action = 'cast_vote'").await, "2");
}
