//! How long the console takes to answer a key that filters or sorts, from the key to the new order, at several sizes of
//! festival side by side; words without the synopses and with them.
//!
//! `cargo bench --bench search`

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod stage;

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::Utc;
use marsai::api::account::Person;
use marsai::api::{Failure, Request};
use marsai::app::effect::{Cancelled, Effect};
use marsai::app::key::{Code, Key};
use marsai::app::keymap::Keymap;
use marsai::app::lang::Language;
use marsai::app::msg::Msg;
use marsai::app::session::Place;
use marsai::app::{App, Known, Start};
use marsai::domain::UserId;
use marsai::domain::user::Role;
use marsai::service::{NoObserver, Service};
use marsai::widgets::picture::Show;
use marsai::widgets::theme::Theme;
use tokio::runtime::Runtime;

use stage::Stage;

/// What is typed, key by key.
const LINES: [(&str, &str); 7] = [
    ("the first letter", "m"),
    ("the second letter", "ma"),
    ("a word", "marseille"),
    ("two words", "the night"),
    ("a word that nothing has", "zzyzx"),
    ("one field", "status:to_discuss"),
    ("several fields", "country:FR yes>=1 -tool:sora night"),
];

/// The columns of the films in the order of the key that sorts.
const COLUMNS: [&str; 11] = [
    "title",
    "status",
    "share of YES",
    "votes",
    "country",
    "duration",
    "producer",
    "panel",
    "tool",
    "language",
    "year",
];

/// How long a key took, round by round.
#[derive(Default)]
struct Times(Vec<Duration>);

impl Times {
    fn shown(&self) -> String {
        let worst = self.0.iter().max().map_or(f64::NAN, |time| time.as_secs_f64() * 1000.0);
        format!("{:>5.1} / {:>5.1}", stage::median(self.0.clone()), worst)
    }
}

/// A console without a terminal.
struct Console<'a> {
    app: App,
    runtime: &'a Runtime,
    service: &'a Service,
    /// Whether it gets the synopses that it asks for.
    synopses: bool,
}

impl<'a> Console<'a> {
    fn open(runtime: &'a Runtime, service: &'a Service, synopses: bool) -> Self {
        let name = "Camille Roux".to_owned();
        let person = Person { id: UserId(1), name, email: "camille.roux@marsai.example".to_owned(), role: Role::Admin };
        let (app, effects) = App::new(Start {
            language: Language::En,
            theme: Theme::default(),
            keymap: Arc::new(Keymap::default()),
            place: Place { database: "bench".to_owned(), operator: false, remember: false, demo: true, saves: false },
            now: Utc::now(),
            size: (160, 48),
            known: Known::Person(person.into()),
            pictures: Show::Blocks,
        });
        let mut console = Self { app, runtime, service, synopses };
        console.carry_out(effects);
        console
    }

    /// Does what comes of a message: answers at once, computes here.
    fn carry_out(&mut self, effects: Vec<Effect>) {
        let mut effects = VecDeque::from(effects);
        while let Some(effect) = effects.pop_front() {
            let msg = match effect {
                Effect::Call(ticket, Request::Synopses { .. }) if !self.synopses => {
                    Msg::Reply(ticket, Err(Failure::NotFound { what: "thing-film", id: 0 }))
                }
                Effect::Call(ticket, request) => {
                    let caller = stage::administrator();
                    Msg::Reply(ticket, self.runtime.block_on(self.service.call(&caller, request, None, &NoObserver)))
                }
                Effect::Compute(ticket, job) => Msg::Computed(ticket, job.run(&Cancelled::default())),
                _ => continue,
            };
            effects.extend(self.app.update(msg));
        }
    }

    /// From the key to the new order.
    fn key(&mut self, key: Key) -> Duration {
        let start = Instant::now();
        let effects = self.app.update(Msg::Key(key));
        self.carry_out(effects);
        start.elapsed()
    }

    /// Types a line; how long its last key took, and which of its keys took longest.
    fn line(&mut self, line: &str) -> (Duration, Duration) {
        self.key(Key::char('/'));
        let times: Vec<Duration> = line.chars().map(|letter| self.key(Key::char(letter))).collect();
        self.key(Key::plain(Code::Esc));
        self.key(Key::plain(Code::Esc));
        (times.last().copied().unwrap_or_default(), times.into_iter().max().unwrap_or_default())
    }
}

/// What was measured at one size.
struct Column {
    films: u32,
    rows: Vec<(String, String)>,
}

fn measure(runtime: &Runtime, films: u32) -> Column {
    let stage = runtime.block_on(Stage::set(films));
    let service = runtime.block_on(stage.service());
    let mut rows = Vec::new();
    for (synopses, how) in [(false, ""), (true, ", with synopses")] {
        let mut console = Console::open(runtime, &service, synopses);
        console.line("a");
        for (name, line) in LINES {
            let (mut last, mut slowest) = (Times::default(), Duration::ZERO);
            for _ in 0..stage::rounds(15) {
                let (time, worst) = console.line(line);
                last.0.push(time);
                slowest = slowest.max(worst);
            }
            rows.push((format!("{name}{how}"), format!("{} / {:>5.1}", last.shown(), slowest.as_secs_f64() * 1000.0)));
        }
    }
    let mut console = Console::open(runtime, &service, false);
    let mut times: Vec<Times> = COLUMNS.iter().map(|_| Times::default()).collect();
    for _ in 0..stage::rounds(15) {
        for times in &mut times {
            times.0.push(console.key(Key::char('s')));
        }
        console.key(Key::char('s'));
    }
    rows.extend(COLUMNS.iter().zip(&times).map(|(column, times)| (format!("sort by {column}"), times.shown())));
    drop(service);
    runtime.block_on(stage.server.leave()).unwrap();
    Column { films, rows }
}

fn main() {
    let runtime = Runtime::new().unwrap();
    let sizes = match std::env::var_os("MARSAI_BENCH_FILMS") {
        Some(_) => vec![stage::films()],
        None => vec![1_000, 10_000, 100_000],
    };
    let columns: Vec<Column> = sizes.into_iter().map(|films| measure(&runtime, films)).collect();
    println!(
        "\nFrom the key to the new order, in ms: median / worst; typed lines also / the slowest of all their keys\n"
    );
    let head: Vec<String> = columns.iter().map(|column| format!("{:>21}", format!("{} films", column.films))).collect();
    println!("| {:<40} | {} |", "", head.join(" | "));
    println!("|{}|{}", "-".repeat(42), format!("{}:|", "-".repeat(22)).repeat(columns.len()));
    for (at, (name, _)) in columns[0].rows.iter().enumerate() {
        let cells: Vec<String> = columns.iter().map(|column| format!("{:>21}", column.rows[at].1)).collect();
        println!("| {name:<40} | {} |", cells.join(" | "));
    }
}
