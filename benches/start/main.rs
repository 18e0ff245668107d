//! How long the console takes from the command to its first page, a moving cursor and the whole list, in a
//! pseudo-terminal, with the database running and a session remembered; beside a bare program of ratatui that shows a
//! table. Then what it writes while nothing happens, and its memory.
//!
//! `cargo bench --bench start`

#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "../stage/mod.rs"]
mod stage;

use std::time::Duration;

use stage::Stage;
use stage::bare::{self, BARE};
use stage::console::{self, newest};
use stage::seat::Seat;

const SIZE: (u16, u16) = (120, 40);
/// How long nothing happens.
const IDLE: Duration = Duration::from_secs(10);

/// How quickly a program was there.
struct Round {
    page: Duration,
    cursor: Duration,
    whole: Duration,
}

fn main() {
    if std::env::var_os(BARE).is_some() {
        return bare::run();
    }
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let stage = runtime.block_on(Stage::set(stage::films()));
    let home = tempfile::tempdir().unwrap();
    let titles = newest(&stage);
    let url = console::url(&stage);
    let console = || console::command(home.path(), &url);
    console::sign_in(console(), SIZE, &stage.festival, &titles);

    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..stage::rounds(15) {
        ours.push(round(Seat::take(console(), SIZE), &titles));
        theirs.push(round(Seat::take(bare::command(home.path()), SIZE), &[bare::ROW.to_owned()]));
    }
    let mut seat = Seat::take(console(), SIZE);
    seat.until("list", |screen| console::is_whole(screen, &titles));
    seat.idle(Duration::from_secs(1));
    let (idle, memory) = (seat.idle(IDLE), seat.memory());
    drop(seat);

    let counts = stage.festival.counts;
    println!("\nStart: {} films, {} votes, {} rounds (medians)\n", counts.films, counts.votes, ours.len());
    println!("| from the command to …    | marsai   | a bare ratatui table |");
    println!("|--------------------------|---------:|---------------------:|");
    for (name, what) in [
        ("the first page", (|round| round.page) as fn(&Round) -> Duration),
        ("a cursor that moves", |round| round.cursor),
        ("the whole list", |round| round.whole),
    ] {
        let of = |rounds: &[Round]| stage::median(rounds.iter().map(what).collect());
        println!("| {name:<24} | {:>5.0} ms | {:>17.0} ms |", of(&ours), of(&theirs));
    }
    println!("\n{idle} bytes written in {} s while nothing happened; {memory:.0} MiB resident.", IDLE.as_secs());
    runtime.block_on(stage.server.leave()).unwrap();
}

/// From the start to the whole list. The cursor has moved once two rows of the list that follow each other look otherwise.
fn round(mut seat: Seat, titles: &[String]) -> Round {
    let page = seat.until("first page", |screen| console::first_row(screen, titles).is_some()) - seat.started;
    let rows = |screen: &vt100::Screen| -> Vec<String> { screen.rows_formatted(0, SIZE.0).collect() };
    let before = rows(seat.screen());
    seat.press("j");
    let moved = |screen: &vt100::Screen| {
        let changed = rows(screen).iter().zip(&before).map(|(now, then)| now != then).collect::<Vec<_>>();
        // Without the console's header and hints, whose figures may change meanwhile.
        let list = if titles[0] == bare::ROW { &changed[..] } else { &changed[4..changed.len() - 3] };
        list.windows(2).any(|pair| pair == [true, true])
    };
    let cursor = seat.until("moving cursor", moved) - seat.started;
    let whole = seat.until("whole list", |screen| console::is_whole(screen, titles)) - seat.started;
    Round { page, cursor, whole: whole.max(page) }
}
