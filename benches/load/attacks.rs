//! People who are up to no good, and those who go on working beside them.

use std::sync::Arc;
use std::time::Duration;

use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;
use tokio::task::JoinHandle;

use super::festival::Juror;
use super::figures::Report;
use super::person::{Door, Person, connect};
use super::process::Served;
use super::scenarios::{WINDOW, let_in, send_home, settle, times, type_along};

/// A window into which hardly a line fits.
const NARROW: u32 = 2 * 1024;

/// How many there are of each kind.
#[derive(Clone, Copy)]
pub(crate) struct Crowd {
    pub(crate) half_open: usize,
    pub(crate) narrow: usize,
    pub(crate) asleep: usize,
    pub(crate) flooding: usize,
}

impl Crowd {
    /// How many of them sign in.
    pub(crate) fn jurors(&self) -> usize {
        self.narrow + self.asleep + self.flooding
    }
}

/// The times of honest sessions alone, beside each kind of attack, beside all of them, and when they are gone.
pub(crate) async fn attacks(
    served: &Served,
    honest: &[Arc<Juror>],
    others: &[Arc<Juror>],
    crowd: Crowd,
    seconds: u64,
    report: &mut Report,
) {
    let door = served.door;
    settle().await;
    let before = served.usage();
    let mut people = let_in(door, honest, 16).await;
    settle().await;
    people = beside(people, "alone", seconds, report).await;
    let opened = half_open(door, crowd.half_open).await;
    people = beside(people, &format!("{} half-open connections", opened.len()), seconds, report).await;
    let (narrow, rest) = others.split_at(crowd.narrow);
    let (asleep, flooding) = rest.split_at(crowd.asleep);
    let slow = slow_readers(door, narrow, asleep).await;
    let what = format!("{} with a window of 2 KiB, {} that never read", crowd.narrow, crowd.asleep);
    people = beside(people, &what, seconds, report).await;
    let floods = floods(door, flooding).await;
    people = beside(people, &format!("{} that flood keys, and all of these", crowd.flooding), seconds, report).await;
    for flood in floods {
        flood.abort();
        // It was told to end.
        let _ = flood.await;
    }
    slow.into_iter().for_each(|slow| slow.abort());
    drop(opened);
    settle().await;
    people = beside(people, "when they are gone", seconds, report).await;
    send_home(people).await;
    settle().await;
    let kept = (served.usage().memory - before.memory) / 1e6;
    report.add("memory when all have left", format!("{kept:+.1} MB"), "", String::new());
}

async fn beside(people: Vec<Person>, what: &str, seconds: u64, report: &mut Report) -> Vec<Person> {
    let (people, answers) = type_along(people, seconds).await;
    let times = times(&answers);
    report.add(format!("{} honest sessions: {what}", people.len()), times.shown(), "", times.of());
    people
}

/// Connections that say a name, or nothing, and no more.
async fn half_open(door: Door, count: usize) -> Vec<TcpStream> {
    let mut opened = Vec::new();
    for n in 0..count {
        let mut stream = connect(door.address, 10_000 + n).await.unwrap();
        if n.is_multiple_of(2) {
            stream.write_all(b"SSH-2.0-nobody\r\n").await.unwrap();
        }
        opened.push(stream);
    }
    opened
}

/// Sessions that press keys, and take the frames in small pieces or not at all.
async fn slow_readers(door: Door, narrow: &[Arc<Juror>], asleep: &[Arc<Juror>]) -> Vec<JoinHandle<()>> {
    let mut tasks = Vec::new();
    for (n, juror) in narrow.iter().chain(asleep).enumerate() {
        let window = if n < narrow.len() { NARROW } else { WINDOW };
        let person = Person::come(door, juror, 20_000 + n, window).await.unwrap();
        if n >= narrow.len() {
            person.fall_asleep();
        }
        tasks.push(tokio::spawn(async move {
            for down in (0_u64..).map(|n| n.is_multiple_of(2)) {
                let key = if down { &b"\x1b[6~"[..] } else { b"\x1b[5~" };
                if !person.typed(key).await {
                    return;
                }
                tokio::time::sleep(Duration::from_millis(200)).await;
            }
        }));
    }
    tasks
}

/// Sessions that send keys as fast as they are taken.
async fn floods(door: Door, jurors: &[Arc<Juror>]) -> Vec<JoinHandle<()>> {
    let mut tasks = Vec::new();
    for (n, juror) in jurors.iter().enumerate() {
        let person = Person::come(door, juror, 30_000 + n, WINDOW).await.unwrap();
        tasks.push(tokio::spawn(async move { while person.typed(b"jk".repeat(8 * 1024)).await {} }));
    }
    tasks
}
