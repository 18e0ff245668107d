//! How long the console takes from the command to its first page, a moving cursor and the whole list, in a
//! pseudo-terminal, with the database running and a session remembered; beside a bare program of ratatui that shows a
//! table. Then what it writes while nothing happens, and its memory.
//!
//! `cargo bench --bench start`

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod bare;
mod seat;
#[path = "../stage/mod.rs"]
mod stage;

use std::path::Path;
use std::time::Duration;

use marsai::demo::Festival;
use portable_pty::CommandBuilder;

use seat::Seat;
use stage::Stage;

/// Set where this program is to be the bare one.
const BARE: &str = "MARSAI_BENCH_BARE";
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
    let url = url(&stage);
    let console = || command(env!("CARGO_BIN_EXE_marsai"), home.path(), &url);
    let own = std::env::current_exe().unwrap();
    let own = own.to_str().unwrap();
    sign_in(console(), &stage.festival, &titles);

    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..stage::rounds(15) {
        ours.push(round(Seat::take(console(), SIZE), &titles));
        let mut command = command(own, home.path(), &url);
        command.env(BARE, "1");
        theirs.push(round(Seat::take(command, SIZE), &[bare::ROW.to_owned()]));
    }
    let mut seat = Seat::take(console(), SIZE);
    seat.until("list", |screen| is_whole(screen, &titles));
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

/// The start of the newest titles, of those in plain letters: the first page shows some of them.
fn newest(stage: &Stage) -> Vec<String> {
    let titles: Vec<String> = stage.draft().films().map(|file| file.film.title).collect();
    let plain = titles.into_iter().rev().take(60).filter(|title| title.is_ascii());
    plain.map(|title| title.chars().take(12).collect()).take(12).collect()
}

fn url(stage: &Stage) -> String {
    let options = stage.server.connect_options();
    let mut url = url::Url::parse("mysql://localhost/bench").unwrap();
    url.set_username(options.get_username()).unwrap();
    let socket = stage.server.socket().to_str().unwrap();
    url.query_pairs_mut().append_pair("socket", socket).append_pair("ssl-mode", "disabled");
    url.into()
}

/// A program with nothing of this machine's settings around it.
fn command(program: &str, home: &Path, url: &str) -> CommandBuilder {
    let mut command = CommandBuilder::new(program);
    command.env_clear();
    command.cwd(home);
    for (name, value) in [
        ("HOME", home.to_str().unwrap()),
        ("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"),
        ("TERM", "xterm-256color"),
        ("LANG", "en_GB.UTF-8"),
        ("MARSAI_DATABASE_URL", url),
    ] {
        command.env(name, value);
    }
    command
}

/// Signs in once, so that this computer is remembered.
fn sign_in(command: CommandBuilder, festival: &Festival, titles: &[String]) {
    let mut seat = Seat::take(command, SIZE);
    seat.until("sign-in", |screen| screen.contents().contains("Password"));
    seat.press(&format!("{}\t{}\r", festival.administrator_email, festival.password));
    seat.until("films after signing in", |screen| first_row(screen, titles).is_some());
}

/// The first row of the screen that shows one of the titles.
fn first_row(screen: &vt100::Screen, titles: &[String]) -> Option<usize> {
    let rows = screen.rows(0, SIZE.0).collect::<Vec<_>>();
    rows.iter().position(|row| titles.iter().any(|title| row.contains(title.as_str())))
}

fn is_whole(screen: &vt100::Screen, titles: &[String]) -> bool {
    first_row(screen, titles).is_some() && !screen.contents().to_lowercase().contains("loading")
}

/// From the start to the whole list. The cursor has moved once two rows of the list that follow each other look otherwise.
fn round(mut seat: Seat, titles: &[String]) -> Round {
    let page = seat.until("first page", |screen| first_row(screen, titles).is_some()) - seat.started;
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
    let whole = seat.until("whole list", |screen| is_whole(screen, titles)) - seat.started;
    Round { page, cursor, whole: whole.max(page) }
}
