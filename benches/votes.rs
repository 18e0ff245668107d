//! How many votes a second the service takes, with several connections: each juror on films of their own, and all of them on
//! the same few films at the same moment.
//!
//! `cargo bench --bench votes`

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod stage;

use std::ops::Range;
use std::time::{Duration, Instant};

use marsai::api::Request;
use marsai::domain::{FilmId, UserId};
use marsai::service::{Caller, NoObserver, Origin, Service};
use marsai::store::Shape;
use marsai::store::connect::{self, PoolSettings};
use sqlx::{AssertSqlSafe, Connection, MySqlConnection};
use tokio::task::JoinSet;

use stage::Stage;

/// How many connections vote at once.
const CONNECTIONS: [i32; 3] = [1, 8, 64];
/// Votes of each juror.
const VOTES: i32 = 60;
/// The first juror's id; nobody of the made-up festival has one as high.
const JURORS: i32 = 1_000_000;
/// Somebody on every panel who never votes, so that no round is complete.
const ABSENT: i32 = JURORS - 1;

/// Who votes on what: each juror's films.
type Panels = Vec<(i32, Range<i32>)>;

async fn run(conn: &mut MySqlConnection, sql: String) {
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(conn).await.unwrap();
}

/// Jurors, films and panels.
async fn prepare(conn: &mut MySqlConnection, panels: &Panels) {
    let moments = "'2026-01-01', '2026-01-01'";
    let user = |id: i32| format!("({id}, 'J', '{id}', 'j{id}@bench.example', '', 'JURY', {moments})");
    let jurors: Vec<String> = panels.iter().map(|(juror, _)| user(*juror)).chain([user(ABSENT)]).collect();
    let columns = "id_user, first_name, last_name, email, password, role, createdAt, updatedAt";
    run(&mut *conn, format!("INSERT IGNORE INTO users ({columns}) VALUES {}", jurors.join(","))).await;
    let mut films: Vec<i32> = panels.iter().flat_map(|(_, films)| films.clone()).collect();
    films.sort_unstable();
    films.dedup();
    let film = |id: &i32| format!("({id}, 'Film {id}', 'assigned', 1, {moments})");
    let rows: Vec<String> = films.iter().map(film).collect();
    let columns = "id_movie, title, selection_status, id_user, createdAt, updatedAt";
    run(&mut *conn, format!("INSERT INTO movies ({columns}) VALUES {}", rows.join(","))).await;
    let seats = panels.iter().flat_map(|(juror, films)| films.clone().map(move |film| (film, *juror)));
    let absent = films.iter().map(|film| (*film, ABSENT));
    let rows: Vec<String> = seats.chain(absent).map(|(film, juror)| format!("({film}, {juror}, {moments})")).collect();
    let columns = "id_movie, id_user, createdAt, updatedAt";
    run(conn, format!("INSERT INTO movies_juries ({columns}) VALUES {}", rows.join(","))).await;
}

/// Lets every juror vote on their films, all at once: how long it took, and how long each vote.
async fn vote(service: &Service, panels: &Panels) -> (Duration, Vec<Duration>) {
    let start = Instant::now();
    let mut jurors = JoinSet::new();
    for (juror, films) in panels.clone() {
        let service = service.clone();
        jurors.spawn(async move {
            let origin = Origin::Call { os_user: "bench@localhost".to_owned() };
            let caller = Caller { user: Some(UserId(juror)), ..Caller::nobody(origin) };
            let mut times = Vec::new();
            for film in films {
                let (note, comments) = ("YES".to_owned(), Some("Clear and brave.".to_owned()));
                let request = Request::CastVote { film: FilmId(film), note, comments, seen: None, draft: None };
                let start = Instant::now();
                service.call(&caller, request, None, &NoObserver).await.unwrap();
                times.push(start.elapsed());
            }
            times
        });
    }
    let times = jurors.join_all().await.concat();
    (start.elapsed(), times)
}

#[tokio::main]
async fn main() {
    let stage = Stage::set(stage::films().min(5_000)).await;
    let mut conn = MySqlConnection::connect_with(stage.target.options()).await.unwrap();
    // The private server is made for few connections.
    run(&mut conn, "SET GLOBAL max_connections = 128".to_owned()).await;
    println!("\n| connections | films | votes | votes a second | median | slowest |");
    let mut next = JURORS;
    for connections in CONNECTIONS {
        for own in [true, false] {
            let films = |juror: i32| if own { next + juror * VOTES } else { next };
            let panels: Panels =
                (0..connections).map(|juror| (JURORS + juror, films(juror)..films(juror) + VOTES)).collect();
            next += connections * VOTES;
            prepare(&mut conn, &panels).await;
            let most = u32::try_from(connections).unwrap();
            let settings = PoolSettings { max_connections: most, wait: Duration::from_secs(60), lock_wait: 60 };
            let pool = connect::pool(&stage.target, settings);
            let shape = Shape::read(&mut pool.acquire().await.unwrap()).await.unwrap();
            let (whole, times) = vote(&Service::new(pool.clone(), shape), &panels).await;
            let slowest = times.iter().max().map_or(f64::NAN, |time| time.as_secs_f64() * 1000.0);
            println!(
                "| {connections:>11} | {:>5} | {:>5} | {:>14.0} | {:>6.1} | {slowest:>7.1} |",
                if own { "own" } else { "same" },
                times.len(),
                f64::from(u32::try_from(times.len()).unwrap()) / whole.as_secs_f64(),
                stage::median(times),
            );
            pool.close().await;
        }
    }
    conn.close().await.unwrap();
    stage.server.leave().await.unwrap();
}
