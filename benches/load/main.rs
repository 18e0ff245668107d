//! Many jurors at the SSH server at once: how long a key takes to its frame, how long it takes to come in, what a session
//! costs in memory and processor, also beside those who attack; and the same with OpenSSH's server that starts a console
//! for each session. The database, the server and the jurors share this computer.
//!
//! `cargo bench --bench load -- [bytes|coming|keys|attacks|floor|sshd|churn …] [--sessions N] [--seconds S] [--rounds R]`
//!
//! Without names everything but `churn`, which takes many minutes. `cargo test` runs a tiny one.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod attacks;
mod churn;
mod festival;
mod figures;
mod floor;
mod person;
mod process;
mod scenarios;
mod sshd;
#[path = "../stage/mod.rs"]
mod stage;

use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use clap::{Parser, ValueEnum};
use sqlx::Connection as _;

use attacks::Crowd;
use festival::Juror;
use figures::Report;
use person::Person;
use process::Served;
use stage::Stage;

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Scenario {
    /// Bytes of a key and of a frame.
    Bytes,
    /// Connecting, signing in, the first frame.
    Coming,
    /// A key a second in every session; memory; doing nothing.
    Keys,
    /// Honest sessions beside those who attack.
    Attacks,
    /// The same number of connections on which a key is only sent back: what this computer itself costs.
    Floor,
    /// OpenSSH's server beside ours.
    Sshd,
    /// Very many who come and go.
    Churn,
}

const USUAL: [Scenario; 6] =
    [Scenario::Floor, Scenario::Bytes, Scenario::Coming, Scenario::Keys, Scenario::Attacks, Scenario::Sshd];

#[derive(Clone, Debug, Parser)]
struct Args {
    scenarios: Vec<Scenario>,
    /// Sessions at a time.
    #[arg(long, default_value_t = 1000)]
    sessions: usize,
    /// Sessions at a time at OpenSSH's server, where each is three processes.
    #[arg(long, default_value_t = 200)]
    sshd_sessions: usize,
    /// Seconds of typing in each round.
    #[arg(long, default_value_t = 10)]
    seconds: u64,
    /// Rounds, of which the medians are shown.
    #[arg(long, default_value_t = 3)]
    rounds: usize,
    /// Who come in one by one.
    #[arg(long, default_value_t = 200)]
    coming: usize,
    /// Who come in at once.
    #[arg(long, default_value_t = 200)]
    at_once: usize,
    /// Who come and go in `churn`.
    #[arg(long, default_value_t = 100_000)]
    connects: usize,
    /// Given by `cargo bench`.
    #[arg(long, hide = true)]
    bench: bool,
    /// Everything, but tiny.
    #[arg(long)]
    smoke: bool,
}

impl Args {
    /// All scenarios, as small as they may be.
    fn smoke() -> Self {
        let small =
            ["load", "--sessions=3", "--sshd-sessions=2", "--seconds=1", "--rounds=1", "--coming=2", "--at-once=3"];
        Self { scenarios: Scenario::value_variants().to_vec(), smoke: true, ..Self::parse_from(small) }
            .with_connects(40)
    }

    fn with_connects(self, connects: usize) -> Self {
        Self { connects, ..self }
    }

    fn wants(&self, scenario: Scenario) -> bool {
        self.scenarios.contains(&scenario)
    }

    fn crowd(&self) -> Crowd {
        match self.smoke {
            true => Crowd { half_open: 3, narrow: 1, asleep: 1, flooding: 1 },
            false => Crowd { half_open: 500, narrow: 100, asleep: 20, flooding: 20 },
        }
    }

    /// Honest sessions beside attackers.
    fn honest(&self) -> usize {
        self.sessions.min(100)
    }

    fn jurors(&self) -> usize {
        self.sessions.max(self.at_once).max(self.sshd_sessions).max(self.honest() + self.crowd().jurors())
    }
}

fn main() {
    let runtime = || tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    if std::env::var_os(floor::ECHO).is_some() {
        return runtime().block_on(floor::echo());
    }
    let given: Vec<String> = std::env::args().skip(1).collect();
    let mut args = match given.iter().any(|arg| arg == "--bench") {
        true => Args::parse(),
        // `cargo test`; with a filter it is about other tests.
        false if given.is_empty() => Args::smoke(),
        false => return,
    };
    if args.smoke {
        args = Args::smoke();
        scenarios::HASTY.store(true, std::sync::atomic::Ordering::Relaxed);
    }
    if args.scenarios.is_empty() {
        args.scenarios = USUAL.to_vec();
    }
    if more_files(&given) {
        return;
    }
    let report = runtime().block_on(run(&args));
    report.print();
}

/// Every session is a file at both ends: starts this program again with as many as the system allows. Whether it did.
fn more_files(given: &[String]) -> bool {
    const AGAIN: &str = "MARSAI_LOAD_FILES";
    if std::env::var_os(AGAIN).is_some() {
        return false;
    }
    let own = std::env::current_exe().unwrap();
    let mut shell = Command::new("sh");
    shell.args(["-c", "ulimit -n $(ulimit -Hn) 2>/dev/null; exec \"$0\" \"$@\""]).arg(own).args(given).env(AGAIN, "1");
    let ended = shell.status().unwrap();
    assert!(ended.success(), "the run failed");
    true
}

async fn run(args: &Args) -> Report {
    let mut report = Report::default();
    if args.wants(Scenario::Floor) {
        floor::floor(args.sessions, args.seconds, &mut report).await;
    }
    let stage = Stage::set(if args.smoke { 120 } else { 12_000 }).await;
    let (jurors, home) = (festival::jurors(&stage, args.jurors()).await, tempfile::tempdir().unwrap());
    let url = stage::console::url(&stage);
    {
        let served = Served::marsai(home.path(), &url);
        ours(args, &served, &stage, &jurors, &mut report).await;
    }
    if args.wants(Scenario::Sshd) {
        others(args, &stage, home.path(), &url, &jurors, &mut report).await;
    }
    stage.server.leave().await.unwrap();
    report
}

/// Our own server.
async fn ours(args: &Args, served: &Served, stage: &Stage, jurors: &[Arc<Juror>], report: &mut Report) {
    // What all sessions share is read by the first ones.
    scenarios::one_by_one(served.door, jurors, 10.min(args.jurors())).await;
    if args.wants(Scenario::Bytes) {
        scenarios::bytes(served.door, &jurors[0], report).await;
    }
    if args.wants(Scenario::Coming) {
        scenarios::coming(served, "", &jurors[..args.at_once], args.coming, args.rounds, report).await;
    }
    if args.wants(Scenario::Keys) {
        let (database, rounds) = (|| process::database(stage.server.directory()), (args.rounds, args.seconds));
        scenarios::keys(served, "", &jurors[..args.sessions], rounds, database, report).await;
    }
    if args.wants(Scenario::Attacks) {
        let (honest, others) = jurors.split_at(args.honest());
        attacks::attacks(served, honest, others, args.crowd(), args.seconds, report).await;
    }
    if args.wants(Scenario::Churn) {
        churn::churn(served, jurors, args.connects, report).await;
    }
}

/// OpenSSH's server, and ours once more with as many sessions.
async fn others(args: &Args, stage: &Stage, home: &Path, url: &str, jurors: &[Arc<Juror>], report: &mut Report) {
    let Some(program) = sshd::program() else {
        return report.add("sshd", "is not here".to_owned(), "", String::new());
    };
    // Every console has connections of its own.
    let mut conn = sqlx::MySqlConnection::connect_with(stage.target.options()).await.unwrap();
    sqlx::raw_sql("SET GLOBAL max_connections = 20000").execute(&mut conn).await.unwrap();
    conn.close().await.unwrap();
    let jurors = &jurors[..args.sshd_sessions];
    let (database, rounds) = (|| process::database(stage.server.directory()), (args.rounds, args.seconds));
    for name in ["marsai serve: ", "sshd: "] {
        let served = match name {
            "sshd: " => sshd::start(&program, home, url, jurors),
            _ => Served::marsai(home, url),
        };
        if let Err(why) = Person::come(served.door, &jurors[0], 0, scenarios::WINDOW).await {
            report.add(format!("{name}nobody comes in"), why, "", String::new());
            continue;
        }
        scenarios::coming(&served, name, jurors, args.coming.min(50), args.rounds.min(2), report).await;
        scenarios::keys(&served, name, jurors, rounds, database, report).await;
    }
}
