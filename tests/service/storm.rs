//! Sixty-four connections that vote, revise, promote, release, assign and decide on the same few films at once, while
//! connections are killed and the server is killed and started again, and the web site inserts votes past every lock.
//!
//! What is asserted afterwards is read from the tables and the ledger alone. The seed of every client is printed; the order in
//! which the server serves them is its own.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Duration;

use marsai::api::{Answer, Failure, Reply, Request};
use marsai::domain::film::{Ballots, FilmStatus};
use marsai::domain::jury::Why;
use marsai::domain::rule::Rule;
use marsai::domain::vote::SetAside;
use marsai::domain::{FilmId, UserId};
use marsai::mariadb::Server;
use marsai::service::{Looked, NoObserver, Service};
use marsai::store::connect::{self, PoolSettings, Target};
use marsai::store::{Shape, migrate};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};
use serde_json::Value;
use sqlx::{AssertSqlSafe, Connection, MySqlConnection, Row};
use tokio::task::JoinSet;
use uuid::Uuid;

use super::desk::caller;
use super::support::{self, Kind, fixtures};

const SEED: u64 = 0x1895_1228;
const CLIENTS: u64 = 64;
/// Requests of each client.
const REQUESTS: i32 = 30;
const ADMIN: UserId = UserId(1);
const FILMS: std::ops::Range<i32> = 700..706;
const JURORS: std::ops::Range<i32> = 600..610;

/// Where the festival is.
enum Home {
    /// A durable server of its own, which can be killed.
    Own(Server, tempfile::TempDir),
    /// A database on a server that others use as well.
    Shared(
        #[expect(dead_code, reason = "dropped with the field, and with it what is on the server")] support::Database,
    ),
}

/// A festival to be stormed.
struct Field {
    home: Home,
    url: String,
}

impl Field {
    async fn open(kind: Kind) -> Self {
        let field = match kind {
            Kind::MariaDb => Self::own().await,
            Kind::MySql => {
                let database = support::database_on(kind).await;
                Field { url: database.url().to_owned(), home: Home::Shared(database) }
            }
        };
        field.widen().await;
        // As the site made it: no unique key on votes.
        let mut conn = field.connect().await.unwrap();
        sqlx::raw_sql("SET SESSION sql_mode = 'ALLOW_INVALID_DATES'").execute(&mut conn).await.unwrap();
        sqlx::raw_sql(fixtures::DOCUMENT).execute(&mut conn).await.unwrap();
        migrate::apply(&mut field.connect().await.unwrap(), migrate::Options::default(), &mut |_, _, _| {})
            .await
            .unwrap();
        field.people_and_films().await;
        field
    }

    async fn own() -> Self {
        let directory = tempfile::tempdir().unwrap();
        let server = Server::open(directory.path()).await.unwrap();
        let user = nix::unistd::User::from_uid(nix::unistd::Uid::effective()).unwrap().unwrap().name;
        let mut url = url::Url::parse("mysql://localhost/storm").unwrap();
        url.set_username(&user).unwrap();
        let socket = server.socket().to_str().unwrap();
        url.query_pairs_mut().append_pair("socket", socket).append_pair("ssl-mode", "disabled");
        let mut admin = MySqlConnection::connect_with(&server.connect_options()).await.unwrap();
        sqlx::raw_sql("CREATE DATABASE storm").execute(&mut admin).await.unwrap();
        Field { url: url.to_string(), home: Home::Own(server, directory) }
    }

    /// The private server is made for few connections.
    async fn widen(&self) {
        if let Home::Own(server, _) = &self.home {
            let mut admin = MySqlConnection::connect_with(&server.connect_options()).await.unwrap();
            sqlx::raw_sql("SET GLOBAL max_connections = 120").execute(&mut admin).await.unwrap();
        }
    }

    async fn people_and_films(&self) {
        let row =
            |id: i32| format!("({id}, 'J', '{id}', 'j{id}@example.org', 'none', 'JURY', '2026-01-01', '2026-01-01')");
        let people: Vec<String> = JURORS.map(row).collect();
        let columns = "id_user, first_name, last_name, email, password, role, createdAt, updatedAt";
        self.run(&format!("INSERT INTO users ({columns}) VALUES {}", people.join(","))).await;
        let film = |id: i32| format!("({id}, 'Film {id}', 'assigned', 5, '2026-01-01', '2026-01-01')");
        let films: Vec<String> = FILMS.map(film).collect();
        let columns = "id_movie, title, selection_status, id_user, createdAt, updatedAt";
        self.run(&format!("INSERT INTO movies ({columns}) VALUES {}", films.join(","))).await;
        let seats: Vec<String> = FILMS
            .flat_map(|film| JURORS.take(6).map(move |juror| format!("({film}, {juror}, '2026-01-01', '2026-01-01')")))
            .collect();
        let columns = "id_movie, id_user, createdAt, updatedAt";
        self.run(&format!("INSERT INTO movies_juries ({columns}) VALUES {}", seats.join(","))).await;
    }

    async fn connect(&self) -> Result<MySqlConnection, sqlx::Error> {
        MySqlConnection::connect(&self.url).await
    }

    async fn run(&self, sql: &str) {
        let mut conn = self.connect().await.unwrap();
        sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(&mut conn).await.unwrap();
    }

    /// The rows of a query as texts; NULL as an empty one.
    async fn rows(&self, sql: &str) -> Vec<Vec<String>> {
        let mut conn = self.connect().await.unwrap();
        let rows = sqlx::query(AssertSqlSafe(sql.to_owned())).fetch_all(&mut conn).await.unwrap();
        let text = |row: &sqlx::mysql::MySqlRow, at: usize| {
            row.try_get_unchecked::<Option<String>, _>(at).unwrap().unwrap_or_default()
        };
        rows.iter().map(|row| (0..row.len()).map(|at| text(row, at)).collect()).collect()
    }

    async fn console(&self) -> Service {
        let settings = PoolSettings { max_connections: 16, wait: Duration::from_secs(20), ..PoolSettings::default() };
        let pool = connect::pool(&Target::parse(&self.url).unwrap(), settings);
        let shape = Shape::read(&mut pool.acquire().await.unwrap()).await.unwrap();
        Service::new(pool, shape)
    }

    /// Ends some connections, whatever they are doing.
    async fn kill_some(&self, rng: &mut StdRng) {
        let Ok(mut conn) = self.connect().await else { return };
        let ids: Vec<u64> = sqlx::query_scalar(
            "SELECT CAST(p.id AS UNSIGNED) FROM information_schema.processlist p \
             WHERE p.db = DATABASE() AND p.id <> CONNECTION_ID()",
        )
        .fetch_all(&mut conn)
        .await
        .unwrap_or_default();
        for _ in 0..6 {
            let Some(id) = ids.choose(rng) else { return };
            // It may have gone by itself.
            let _ = sqlx::raw_sql(AssertSqlSafe(format!("KILL {id}"))).execute(&mut conn).await;
        }
    }

    /// Kills the server as a power cut would, and starts it again; one that others use as well is left alone.
    async fn crash(&self) {
        let Home::Own(server, directory) = &self.home else {
            let _ = writeln!(std::io::stderr(), "storm: a server that others use is NOT killed");
            return;
        };
        let directory: &Path = directory.path();
        let text = fs::read_to_string(directory.join("server.pid")).unwrap();
        kill(Pid::from_raw(text.trim().parse().unwrap()), Signal::SIGKILL).unwrap();
        let lock = fs::File::open(directory.join("server.lock")).unwrap();
        while lock.try_lock().is_err() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        drop(lock);
        server.revive().await.unwrap();
        self.widen().await;
    }
}

/// What somebody asked and was told.
#[derive(Debug)]
struct Told {
    id: Uuid,
    request: Request,
    outcome: Result<Answer, Failure>,
}

/// The `n`th request of a client. All clients are about as far, so that many of them vote for the same juror on the same film
/// at the same moment.
fn any_request(rng: &mut StdRng, n: i32, mark: &str) -> (UserId, Request) {
    let film = FilmId(FILMS.start + n % 6);
    let juror = UserId(JURORS.start + (n / 6 * 3 + rng.random_range(0..3)) % 10);
    let reason = || format!("because {mark}");
    let request = match rng.random_range(0..100) {
        0..56 => {
            let note = *["YES", "NO", "TO DISCUSS"].choose(rng).unwrap();
            return (
                juror,
                Request::CastVote { film, note: note.into(), comments: Some(mark.to_owned()), seen: None, draft: None },
            );
        }
        56..62 => return (juror, Request::LetStand { film, seen: None, draft: None }),
        62..66 => return (juror, Request::Promote { film, jury_comment: Some(mark.to_owned()), seen: None }),
        66..67 => return (juror, Request::Recuse { film, why: *Why::ALL.choose(rng).unwrap() }),
        67..80 => {
            let to = *[FilmStatus::Assigned, FilmStatus::ToDiscuss, FilmStatus::Assigned, FilmStatus::Candidate]
                .choose(rng)
                .unwrap();
            let ballots = Some(Ballots::Keep);
            Request::SetStatus { film, to, reason: Some(reason()), force: true, ballots, private: true, seen: None }
        }
        80..86 => {
            let jurors: Vec<UserId> = JURORS.filter(|_| rng.random_bool(0.7)).map(UserId).collect();
            Request::SetPanel { film, jurors, loaded: None }
        }
        86..88 => Request::ReleaseJuror {
            juror,
            kept: rng.random_bool(0.5),
            replacements: vec![UserId(JURORS.start), UserId(JURORS.end - 1)],
            reason: Some(reason()),
        },
        88..91 => Request::CloseRound { film, reason: Some(reason()), seen: None },
        91..94 => {
            let juror = rng.random_bool(0.6).then_some(juror);
            Request::ReopenRound { film, juror, reason: reason(), seen: None }
        }
        94..97 => Request::DeleteVotes { film, reason: reason(), anyway: true, seen: None },
        97..98 => {
            Request::SettleRecusal { film, juror, agree: true, kept: Some(true), reason: Some(reason()), seen: None }
        }
        _ => Request::Undo { operation: None },
    };
    (ADMIN, request)
}

/// One client: asks, and asks again under the same id until it knows.
async fn client(service: Service, seed: u64) -> Vec<Told> {
    let mut rng = StdRng::seed_from_u64(seed);
    let mut told = Vec::new();
    for n in 0..REQUESTS {
        let id = Uuid::from_u128(rng.random());
        let (who, request) = any_request(&mut rng, n, &format!("op-{seed:x}-{n}."));
        let mut outcome = Err(Failure::NotFound { what: "thing-film", id: 0 });
        for _ in 0..200 {
            outcome = service.call(&caller(who), request.clone(), Some(id), &NoObserver).await;
            match &outcome {
                Err(Failure::Unavailable(_)) => tokio::time::sleep(Duration::from_millis(100)).await,
                _ => break,
            }
        }
        told.push(Told { id, request, outcome });
    }
    told
}

/// The web site: inserts votes without a lock, twice now and then, and changes some of its own, with history and without.
async fn site(field: Arc<Field>, seed: u64, stop: Arc<AtomicBool>, inserted: Arc<AtomicU32>) {
    let mut rng = StdRng::seed_from_u64(seed);
    while !stop.load(Ordering::SeqCst) {
        let (film, juror) = (rng.random_range(FILMS), rng.random_range(JURORS));
        let times = rng.random_range(1..3);
        let row = format!("({film}, {juror}, 'NO', 'site-{seed:x}', 0, UTC_TIMESTAMP(), UTC_TIMESTAMP())");
        let its_own = format!("id_movie = {film} AND comments LIKE 'site-%' AND modification_count = 0");
        let keeps = format!(
            "INSERT INTO vote_histories (id_vote, id_user, id_movie, note, comments, createdAt, updatedAt) \
             SELECT id_vote, id_user, id_movie, note, '{BY_SITE}', UTC_TIMESTAMP(), UTC_TIMESTAMP() FROM votes \
             WHERE {its_own};"
        );
        let sql = format!(
            "INSERT INTO votes (id_movie, id_user, note, comments, modification_count, createdAt, updatedAt) VALUES {}; {} \
             UPDATE votes SET note = 'YES', modification_count = 1 WHERE {its_own} AND id_user = {juror}",
            vec![row; times].join(","),
            if rng.random_bool(0.5) { keeps.as_str() } else { "" }
        );
        if let Ok(mut conn) = field.connect().await
            && sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut conn).await.is_ok()
        {
            inserted.fetch_add(u32::try_from(times).unwrap(), Ordering::SeqCst);
        }
        tokio::time::sleep(Duration::from_millis(250)).await;
    }
}

/// What the site writes into the history, so that it is told from ours.
const BY_SITE: &str = "by the site";

async fn storm(kind: Kind) -> (Arc<Field>, Vec<Told>) {
    let field = Arc::new(Field::open(kind).await);
    writeln_seed();
    let mut consoles = Vec::new();
    for _ in 0..4 {
        consoles.push(field.console().await);
    }
    // What was there before is taken as it is.
    consoles[0].look_outside(Duration::from_secs(60)).await.unwrap();
    let stop = Arc::new(AtomicBool::new(false));
    let inserted = Arc::new(AtomicU32::new(0));
    let mut sites = JoinSet::new();
    for n in 0..2 {
        sites.spawn(site(Arc::clone(&field), SEED + 1_000 + n, Arc::clone(&stop), Arc::clone(&inserted)));
    }
    let mut clients = JoinSet::new();
    for n in 0..CLIENTS {
        let service = consoles[usize::try_from(n).unwrap() % consoles.len()].clone();
        clients.spawn(client(service, SEED + n));
    }
    let chaos = {
        let (field, stop) = (Arc::clone(&field), Arc::clone(&stop));
        tokio::spawn(async move {
            let mut rng = StdRng::seed_from_u64(SEED - 1);
            let mut round = 0;
            while !stop.load(Ordering::SeqCst) {
                tokio::time::sleep(Duration::from_millis(100)).await;
                round += 1;
                match round {
                    8 | 20 => field.crash().await,
                    _ => field.kill_some(&mut rng).await,
                }
            }
        })
    };
    let told: Vec<Told> = clients.join_all().await.into_iter().flatten().collect();
    stop.store(true, Ordering::SeqCst);
    chaos.await.unwrap();
    sites.join_all().await;
    assert!(inserted.load(Ordering::SeqCst) > 0, "the site has inserted nothing");
    // What the site did meanwhile is found and the rules are applied to it; twice, so that nothing is left over.
    while consoles[0].look_outside(Duration::from_secs(60)).await.unwrap() != Looked::Found(0) {}
    counted_once(&field, &consoles[0]).await;
    (field, told)
}

/// Of the site's duplicates one counts, and staff are told of the others.
async fn counted_once(field: &Field, console: &Service) {
    let mut twice = 0;
    for film in FILMS {
        let request = Request::Voting { film: FilmId(film) };
        let answer = console.call(&caller(ADMIN), request, None, &NoObserver).await.unwrap();
        let Reply::Voting(voting) = answer.reply else { panic!() };
        let counted: Vec<UserId> =
            voting.votes.iter().filter(|vote| vote.set_aside.is_none()).map(|vote| vote.juror).collect();
        let each: BTreeSet<UserId> = counted.iter().copied().collect();
        assert_eq!(each.len(), counted.len(), "somebody counts twice on film {film}");
        assert_eq!(u32::try_from(counted.len()).unwrap(), voting.film.tally.total(), "film {film}");
        let aside = voting.votes.iter().filter(|vote| vote.set_aside == Some(SetAside::Duplicate)).count();
        let marks = format!(
            "SELECT CAST(COUNT(*) AS CHAR) FROM console_outside WHERE id_movie = {film} AND what LIKE 'duplicate%' \
             AND settled_at IS NULL"
        );
        assert_eq!(field.rows(&marks).await[0][0], aside.to_string(), "film {film}: {:?}", voting.votes);
        twice += aside;
    }
    let _ = writeln!(std::io::stderr(), "storm: {twice} duplicates of the site's are told of");
}

fn writeln_seed() {
    let _ = writeln!(std::io::stderr(), "storm: seeds from {SEED:#x}");
}

/// A row of the ledger.
struct Line {
    request: String,
    action: String,
    film: i32,
    actor: i32,
    before: Value,
    after: Value,
}

struct Aftermath {
    ledger: Vec<Line>,
    /// film, juror, note, comment, modification_count by ballot.
    votes: BTreeMap<i32, (i32, i32, String, String, i32)>,
    /// ballot, comment.
    history: Vec<(i32, String)>,
    status: BTreeMap<i32, String>,
}

impl Aftermath {
    async fn read(field: &Field) -> Self {
        let number = |text: &str| text.parse::<i32>().unwrap_or(0);
        let json = |text: &str| serde_json::from_str(text).unwrap_or(Value::Null);
        let ledger = field
            .rows(
                "SELECT HEX(request_id), action, CAST(subject AS CHAR), CAST(actor AS CHAR), before_state, after_state \
                 FROM console_ledger ORDER BY id",
            )
            .await;
        let ledger = ledger.iter().map(|row| Line {
            request: row[0].to_lowercase(),
            action: row[1].clone(),
            film: number(&row[2]),
            actor: number(&row[3]),
            before: json(&row[4]),
            after: json(&row[5]),
        });
        let votes = field
            .rows(
                "SELECT CAST(id_vote AS CHAR), CAST(id_movie AS CHAR), CAST(id_user AS CHAR), CAST(note AS CHAR), comments, \
                 CAST(modification_count AS CHAR) FROM votes WHERE id_movie >= 700",
            )
            .await;
        let votes = votes.iter().map(|row| {
            (number(&row[0]), (number(&row[1]), number(&row[2]), row[3].clone(), row[4].clone(), number(&row[5])))
        });
        let history =
            field.rows("SELECT CAST(id_vote AS CHAR), comments FROM vote_histories WHERE id_movie >= 700").await;
        let status =
            field.rows("SELECT CAST(id_movie AS CHAR), selection_status FROM movies WHERE id_movie >= 700").await;
        Aftermath {
            ledger: ledger.collect(),
            votes: votes.collect(),
            history: history.iter().map(|row| (number(&row[0]), row[1].clone())).collect(),
            status: status.iter().map(|row| (number(&row[0]), row[1].clone())).collect(),
        }
    }

    /// Whether a comment stands in a vote, in the history, or in what the ledger keeps of a struck vote.
    fn kept(&self, comment: &str) -> bool {
        self.votes.values().any(|vote| vote.3 == comment)
            || self.history.iter().any(|(_, text)| text == comment)
            || self.ledger.iter().any(|line| line.action != "cast_vote" && line.before.to_string().contains(comment))
    }
}

/// Every assertion of the aftermath.
fn judge(told: &[Told], after: &Aftermath) {
    let in_ledger: BTreeSet<&str> = after.ledger.iter().map(|line| line.request.as_str()).collect();
    let mut cast = 0;
    for Told { id, request, outcome } in told {
        let known = in_ledger.contains(id.simple().to_string().as_str());
        match outcome {
            Ok(_) => {}
            Err(Failure::Unavailable(_)) => panic!("nobody knows what became of {request:?}: {outcome:?}"),
            Err(_) => assert!(!known, "{request:?} was refused and is in the ledger: {outcome:?}"),
        }
        if let Request::CastVote { comments: Some(comment), .. } = request {
            match outcome {
                Ok(_) => {
                    cast += 1;
                    assert!(known, "{comment} was acknowledged and is not in the ledger");
                    assert!(after.kept(comment), "{comment} was acknowledged and is lost");
                }
                Err(_) => {
                    let anywhere = after.votes.values().any(|vote| vote.3 == *comment)
                        || after.history.iter().any(|(_, text)| text == comment);
                    assert!(!anywhere, "{comment} was refused and left a trace: {outcome:?}");
                }
            }
        }
    }
    assert!(cast > 40, "only {cast} votes were cast: the storm tries nothing");
    for kind in [Rule::AlreadyVoted, Rule::VotingClosed] {
        let refused = |told: &&Told| matches!(&told.outcome, Err(Failure::Rule(refusal)) if refusal.rule == kind);
        assert!(told.iter().any(|told| refused(&told)), "nobody was refused by {kind:?}");
    }
    one_vote_each(after);
    never_two_at_once(after);
    changes_are_spent_once(after);
    statuses_are_explained(after);
}

/// No second vote of ours, whatever the site did.
fn one_vote_each(after: &Aftermath) {
    let mut ours: BTreeMap<(i32, i32), Vec<&str>> = BTreeMap::new();
    for (film, juror, _, comment, changed) in after.votes.values() {
        assert!((0..=1).contains(changed), "{film} {juror} was changed {changed} times");
        if comment.starts_with("op-") && *changed == 0 {
            ours.entry((*film, *juror)).or_default().push(comment);
        }
    }
    for (who, comments) in ours {
        assert_eq!(comments.len(), 1, "{who:?} has voted twice: {comments:?}");
    }
}

/// The same at every moment, by the ledger: a first vote was cast only where the juror had none, and a change made of the ballot
/// as the ledger left it.
fn never_two_at_once(after: &Aftermath) {
    // Whole rows are kept as texts.
    let number = |row: &Value, name: &str| -> i32 {
        let value = row.get(name).unwrap_or_else(|| panic!("{row} has no {name}"));
        value.as_str().map_or_else(|| value.to_string(), str::to_owned).parse().unwrap()
    };
    let rows = |state: &Value| state.get("votes").and_then(Value::as_array).cloned().unwrap_or_default();
    let mut there: BTreeMap<i32, (i32, i32)> = BTreeMap::new();
    for line in &after.ledger {
        for row in rows(&line.before) {
            there.remove(&number(&row, "id_vote"));
        }
        for row in rows(&line.after) {
            there.insert(number(&row, "id_vote"), (number(&row, "id_movie"), number(&row, "id_user")));
        }
        let (Some(now), "cast_vote") = (line.after.get("vote"), line.action.as_str()) else { continue };
        let (id, whose) = (number(now, "id_vote"), (number(now, "id_movie"), number(now, "id_user")));
        match line.before.get("vote") {
            None => {
                assert!(!there.values().any(|other| *other == whose), "{whose:?} voted twice: {now}");
                there.insert(id, whose);
            }
            Some(before) => {
                assert_eq!(number(before, "modification_count") + 1, number(now, "modification_count"), "{now}");
            }
        }
    }
}

/// Each change that the ledger has of a ballot that is there left one row in its history.
fn changes_are_spent_once(after: &Aftermath) {
    let mut changes: BTreeMap<i32, usize> = BTreeMap::new();
    for line in after.ledger.iter().filter(|line| line.action == "cast_vote") {
        let vote = |state: &Value| state.get("vote").and_then(|vote| vote.get("id_vote")).and_then(Value::as_i64);
        if let (Some(before), Some(now)) = (vote(&line.before), vote(&line.after)) {
            assert_eq!(before, now, "a change made another ballot");
            *changes.entry(i32::try_from(now).unwrap()).or_default() += 1;
        }
    }
    for id in after.votes.keys() {
        let ours = |(vote, comment): &&(i32, String)| vote == id && comment != BY_SITE;
        let history = after.history.iter().filter(ours).count();
        assert_eq!(history, changes.get(id).copied().unwrap_or(0), "the history of ballot {id}");
    }
}

/// A film stands where the last row of the ledger that speaks of its status says.
fn statuses_are_explained(after: &Aftermath) {
    for (film, status) in &after.status {
        let said = after.ledger.iter().filter(|line| line.film == *film);
        let last = said.filter_map(|line| line.after.get("status").and_then(Value::as_str)).next_back();
        assert_eq!(last.unwrap_or("assigned"), status, "film {film}");
    }
    assert!(after.ledger.iter().any(|line| line.actor == ADMIN.0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn votes_survive_killed_connections_and_a_killed_server() {
    for kind in support::servers() {
        let (field, told) = storm(kind).await;
        judge(&told, &Aftermath::read(&field).await);
        let field = Arc::into_inner(field).expect("every client has ended");
        if let Home::Own(server, _) = field.home {
            server.leave().await.unwrap();
        }
    }
}
