//! A large festival on a throwaway server, for all benches.

#![allow(unused, reason = "each bench compiles its own copy and uses a part of it")]

pub(crate) mod bare;
pub(crate) mod console;
pub(crate) mod seat;

use std::time::{Duration, Instant};

use chrono::Utc;
use marsai::demo::festival::{self, Draft};
use marsai::demo::{self, Festival, Options};
use marsai::domain::UserId;
use marsai::mariadb::Server;
use marsai::service::{Caller, Origin, Service};
use marsai::store::connect::{self, PoolSettings, Target};
use marsai::store::{Shape, migrate};
use sqlx::{ConnectOptions, Connection};

/// How many films: `MARSAI_BENCH_FILMS`, 100,000 otherwise.
pub(crate) fn films() -> u32 {
    number("MARSAI_BENCH_FILMS", 100_000)
}

/// How often each thing is measured: `MARSAI_BENCH_ROUNDS`.
pub(crate) fn rounds(usual: u32) -> u32 {
    number("MARSAI_BENCH_ROUNDS", usual).max(1)
}

fn number(name: &str, usual: u32) -> u32 {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(usual)
}

/// The server with the festival on it. Gone when dropped.
pub(crate) struct Stage {
    pub(crate) server: Server,
    pub(crate) target: Target,
    pub(crate) options: Options,
    pub(crate) festival: Festival,
    /// How long it took to write it.
    pub(crate) filled: Duration,
}

impl Stage {
    /// Starts a server and writes a festival.
    pub(crate) async fn set(films: u32) -> Self {
        let server = Server::throwaway().await.unwrap();
        let mut conn = server.connect_options().disable_statement_logging().connect().await.unwrap();
        sqlx::raw_sql("CREATE DATABASE bench").execute(&mut conn).await.unwrap();
        conn.close().await.unwrap();
        let target = Target::private(server.connect_options(), "bench");
        let mut conn = target.options().clone().disable_statement_logging().connect().await.unwrap();
        migrate::apply(&mut conn, migrate::Options::default(), &mut |_, _, _| {}).await.unwrap();
        let options = Options { films, ..Options::new(Utc::now()) };
        let start = Instant::now();
        let festival = demo::fill(&mut conn, &options, |_, _| {}).await.unwrap();
        let filled = start.elapsed();
        conn.close().await.unwrap();
        Self { server, target, options, festival, filled }
    }

    /// The festival's rows once more, without the database.
    pub(crate) fn draft(&self) -> Draft {
        festival::generate(&self.options)
    }

    /// A service that has not read anything yet, with a connection open.
    pub(crate) async fn service(&self) -> Service {
        let pool = connect::pool(&self.target, PoolSettings::default());
        let shape = Shape::read(&mut pool.acquire().await.unwrap()).await.unwrap();
        Service::new(pool, shape)
    }
}

/// The festival's administrator.
pub(crate) fn administrator() -> Caller {
    let os_user = "bench@localhost".to_owned();
    Caller { user: Some(UserId(1)), ..Caller::nobody(Origin::Terminal { os_user }) }
}

/// The one in the middle, in milliseconds.
pub(crate) fn median(mut times: Vec<Duration>) -> f64 {
    times.sort_unstable();
    times.get(times.len() / 2).map_or(f64::NAN, |time| time.as_secs_f64() * 1000.0)
}
