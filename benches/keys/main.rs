//! How long a key takes to reach the screen, in a pseudo-terminal at 160×48, for festivals of several sizes side by
//! side and beside a bare program of ratatui with a table of 100,000 rows; then 2,000 keys typed ahead, what an idle
//! console costs, and its memory.
//!
//! A key's time ends with the last byte of the frame that it led to. All programs run during the whole bench and take
//! turns, round by round.
//!
//! `cargo bench --bench keys`

#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "../stage/mod.rs"]
mod stage;

use std::time::Duration;

use stage::Stage;
use stage::bare::{self, BARE};
use stage::console::{self, newest};
use stage::seat::Seat;
use tempfile::TempDir;

const SIZE: (u16, u16) = (160, 48);
/// Films of the festivals, unless `MARSAI_BENCH_FILMS` names one size.
const SIZES: [u32; 3] = [1_000, 10_000, 100_000];
/// Keys of each kind in a round.
const KEYS: usize = 30;
/// Keys typed ahead.
const AHEAD: usize = 2_000;
/// How long nothing happens.
const IDLE: Duration = Duration::from_secs(10);

/// A program that takes part.
struct Player {
    name: String,
    seat: Seat,
    /// The stage of a console; nothing for the bare program.
    stage: Option<(Stage, TempDir)>,
    /// The middle and the worst hundredth of each round, for a cursor that moves within the page and for one that scrolls.
    moving: Vec<Round>,
    scrolling: Vec<Round>,
}

/// A round's figures.
#[derive(Clone, Copy)]
struct Round {
    p50: Duration,
    p99: Duration,
    bytes: usize,
}

fn main() {
    if std::env::var_os(BARE).is_some() {
        return bare::run();
    }
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let sizes = if std::env::var_os("MARSAI_BENCH_FILMS").is_some() { vec![stage::films()] } else { SIZES.to_vec() };
    let mut players: Vec<Player> = sizes.iter().map(|films| console(&runtime, *films)).collect();
    players.push(bare());
    for player in &mut players {
        player.seat.idle(Duration::from_secs(2));
    }
    let rounds = stage::rounds(9);
    for _ in 0..rounds {
        for player in &mut players {
            player.round();
        }
    }
    println!("\nA key to the screen at {}×{}: medians of {rounds} rounds of {KEYS} keys\n", SIZE.0, SIZE.1);
    println!(
        "|                                   | moves p50 | p99       | bytes | scrolls p50 | p99       | bytes | "
    );
    println!("|-----------------------------------|----------:|----------:|------:|------------:|----------:|------:|");
    for player in &players {
        let ((a, b, c), (d, e, f)) = (medians(&player.moving), medians(&player.scrolling));
        println!("| {:<33} | {a:>6.0} µs | {b:>6.0} µs | {c:>5} | {d:>8.0} µs | {e:>6.0} µs | {f:>5} |", player.name);
    }
    println!("\n|                                   | {AHEAD} keys ahead | idle: bytes | idle: CPU | resident |");
    println!("|-----------------------------------|----------------:|------------:|----------:|---------:|");
    for player in &mut players {
        let ahead = player.typed_ahead().map_or("–".to_owned(), |time| format!("{:.1} ms", time.as_secs_f64() * 1e3));
        player.seat.idle(Duration::from_secs(2));
        let (cpu, bytes) = (player.seat.cpu(), player.seat.idle(IDLE));
        let busy = (player.seat.cpu() - cpu).as_secs_f64() / IDLE.as_secs_f64() * 100.0;
        let memory = player.seat.memory();
        println!("| {:<33} | {ahead:>15} | {bytes:>11} | {busy:>7.2} % | {memory:>4.0} MiB |", player.name);
    }
    for player in players {
        drop(player.seat);
        if let Some((stage, _home)) = player.stage {
            runtime.block_on(stage.server.leave()).unwrap();
        }
    }
}

/// A console on a festival of this size, signed in, with its whole list there.
fn console(runtime: &tokio::runtime::Runtime, films: u32) -> Player {
    let stage = runtime.block_on(Stage::set(films));
    let (home, titles, url) = (tempfile::tempdir().unwrap(), newest(&stage), console::url(&stage));
    let command = || console::command(home.path(), &url);
    console::sign_in(command(), SIZE, &stage.festival, &titles);
    let mut seat = Seat::take(command(), SIZE);
    seat.until("list", |screen| console::is_whole(screen, &titles));
    let name = format!("marsai, {films} films");
    Player { name, seat, stage: Some((stage, home)), moving: Vec::new(), scrolling: Vec::new() }
}

fn bare() -> Player {
    let home = tempfile::tempdir().unwrap();
    let mut seat = Seat::take(bare::command(home.path()), SIZE);
    seat.until("table", |screen| screen.contents().contains(bare::ROW));
    let name = "a bare ratatui table, 100000 rows".to_owned();
    Player { name, seat, stage: None, moving: Vec::new(), scrolling: Vec::new() }
}

impl Player {
    /// Up and down within the page, then rows that scroll in at the bottom, then back to where it was.
    fn round(&mut self) {
        let down_and_up = |n: usize| if n < KEYS / 2 { "j" } else { "k" };
        let moving = (0..KEYS).map(|n| self.seat.key(down_and_up(n))).collect();
        self.moving.push(figures(moving));
        let page = usize::from(SIZE.1);
        self.type_ahead("j", page);
        let scrolling = (0..KEYS).map(|_| self.seat.key("j")).collect();
        self.scrolling.push(figures(scrolling));
        self.type_ahead("k", page + KEYS);
    }

    fn type_ahead(&mut self, key: &str, times: usize) -> Duration {
        let pressed = self.seat.press(&key.repeat(times));
        self.seat.settled(Duration::from_millis(200)) - pressed
    }

    /// From 2,000 keys pressed at once to the screen on which the cursor stands on the right row. Not of the bare program:
    /// it reads 1,024 of them and waits for the next key.
    fn typed_ahead(&mut self) -> Option<Duration> {
        let stage = &self.stage.as_ref()?.0;
        let titles: Vec<String> = stage.draft().films().map(|file| file.film.title).collect();
        let at = titles.len().saturating_sub(1 + AHEAD);
        let expected: String = titles[at].chars().take_while(char::is_ascii).take(8).collect();
        let time = self.type_ahead("j", AHEAD);
        let screen = self.seat.screen();
        assert!(screen.contents().contains(&expected), "not on “{expected}”:\n{}", screen.contents());
        Some(time)
    }
}

fn figures(mut keys: Vec<(Duration, usize)>) -> Round {
    let bytes = keys.iter().map(|(_, bytes)| bytes).sum::<usize>() / keys.len();
    keys.sort_unstable();
    let at = |share: usize| keys[((keys.len() - 1) * share).div_ceil(100)].0;
    Round { p50: at(50), p99: at(99), bytes }
}

/// The medians over all rounds, in microseconds, and the mean of the bytes.
fn medians(rounds: &[Round]) -> (f64, f64, usize) {
    let median = |of: fn(&Round) -> Duration| stage::median(rounds.iter().map(of).collect()) * 1e3;
    let bytes = rounds.iter().map(|round| round.bytes).sum::<usize>() / rounds.len();
    (median(|round| round.p50), median(|round| round.p99), bytes)
}
