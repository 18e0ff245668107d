//! What sessions do while they are measured.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use tokio::task::JoinSet;

use super::festival::Juror;
use super::figures::{Report, Spread, median, over_rounds, spread};
use super::person::{Answered, Arrival, Door, Person};
use super::process::Served;

/// What a usual terminal takes ahead.
pub(crate) const WINDOW: u32 = 2 * 1024 * 1024;

/// Time until what came and went has been tidied up.
const SETTLE: Duration = Duration::from_secs(3);

/// Set in a run that measures nothing.
pub(crate) static HASTY: AtomicBool = AtomicBool::new(false);

/// Keys up and down within the page.
const MOVES: usize = 12;

const DOWN: &[u8] = b"\x1b[B";
const UP: &[u8] = b"\x1b[A";
const PAGE_DOWN: &[u8] = b"\x1b[6~";
const PAGE_UP: &[u8] = b"\x1b[5~";

/// Waits until what came and went has been tidied up.
pub(crate) async fn settle() {
    if !HASTY.load(Ordering::Relaxed) {
        tokio::time::sleep(SETTLE).await;
    }
}

/// Lets everybody in, at most `abreast` at a time. Whoever cannot come is an error of the run.
pub(crate) async fn let_in(door: Door, jurors: &[Arc<Juror>], abreast: usize) -> Vec<Person> {
    let mut coming = JoinSet::new();
    let mut people = Vec::with_capacity(jurors.len());
    for (from, juror) in jurors.iter().cloned().enumerate() {
        if coming.len() >= abreast {
            people.extend(coming.join_next().await);
        }
        coming.spawn(async move { Person::come(door, &juror, from, WINDOW).await });
    }
    people.extend(coming.join_all().await.into_iter().map(Ok));
    people
        .into_iter()
        .map(|came| came.unwrap().unwrap_or_else(|why| panic!("somebody cannot come in: {why}")))
        .collect()
}

/// Sends everybody home.
pub(crate) async fn send_home(people: Vec<Person>) {
    let leaving: JoinSet<()> = people.into_iter().map(Person::leave).collect();
    leaving.join_all().await;
}

/// Everybody presses a key a second, each in their own rhythm: the times of all keys.
pub(crate) async fn type_along(people: Vec<Person>, seconds: u64) -> (Vec<Person>, Vec<Answered>) {
    let start = tokio::time::Instant::now();
    let count = u32::try_from(people.len()).unwrap().max(1);
    let mut typing = JoinSet::new();
    for (n, mut person) in people.into_iter().enumerate() {
        // Spread over the second as evenly as chance does, the same in every run.
        let place = u32::try_from(n.wrapping_mul(2_654_435_761) % 1_000_003).unwrap();
        let offset = Duration::from_secs(1) * place / 1_000_003 + Duration::from_micros(u64::from(place % count));
        typing.spawn(async move {
            let mut answers = Vec::new();
            for second in 0..seconds {
                tokio::time::sleep_until(start + offset + Duration::from_secs(second)).await;
                let key = if (second / MOVES as u64).is_multiple_of(2) { DOWN } else { UP };
                answers.push(person.press(key).await.expect("a frame for the key"));
            }
            // Back to where it was.
            let down = (0..seconds).filter(|second| (second / MOVES as u64).is_multiple_of(2)).count();
            for _ in seconds as usize - down..down {
                person.press(UP).await.expect("a frame for the key");
            }
            (person, answers)
        });
    }
    let done = typing.join_all().await;
    let (people, answers): (Vec<_>, Vec<_>) = done.into_iter().unzip();
    (people, answers.concat())
}

/// The times of keys.
pub(crate) fn times(answers: &[Answered]) -> Spread {
    spread(answers.iter().map(|answer| answer.after).collect())
}

/// One comes in, looks and goes, and then the next.
pub(crate) async fn one_by_one(door: Door, jurors: &[Arc<Juror>], count: usize) -> Vec<Arrival> {
    let mut arrivals = Vec::new();
    for n in 0..count {
        let person = Person::come(door, &jurors[n % jurors.len()], n, WINDOW).await.unwrap();
        arrivals.push(person.arrival);
        person.leave().await;
    }
    arrivals
}

/// All come at the same moment.
pub(crate) async fn at_once(door: Door, jurors: &[Arc<Juror>]) -> Vec<Arrival> {
    let people = let_in(door, jurors, usize::MAX).await;
    let arrivals = people.iter().map(|person| person.arrival).collect();
    send_home(people).await;
    arrivals
}

/// How many bytes keys and whole frames cost at 80×24.
pub(crate) async fn bytes(door: Door, juror: &Juror, report: &mut Report) {
    let mut person = Person::come(door, juror, 0, WINDOW).await.unwrap();
    person.rest().await;
    let mut arrows = Vec::new();
    for key in [DOWN, UP] {
        for _ in 0..MOVES {
            arrows.push(person.press(key).await.expect("a frame").bytes);
        }
    }
    let mut pages = Vec::new();
    for key in [PAGE_DOWN, PAGE_UP] {
        pages.push(person.press(key).await.expect("a frame").bytes);
        person.rest().await;
    }
    person.resize(81, 24).await;
    person.rest().await;
    person.resize(80, 24).await;
    let whole = person.rest().await;
    person.leave().await;
    let middle = |sizes: &[usize]| median(sizes.iter().map(|size| *size as f64).collect());
    let most = |sizes: &[usize]| sizes.iter().max().copied().unwrap_or(0);
    let shown = |sizes: &[usize]| format!("{:.0} bytes, {} at most", middle(sizes), most(sizes));
    report.add("an arrow key", shown(&arrows), "≤ 400 bytes", String::new());
    report.add("a page of films", shown(&pages), "", String::new());
    report.add("the whole screen anew", format!("{whole} bytes"), "≤ 4,096 bytes", String::new());
}

/// Coming in: one after the other, then all at the same moment, in rounds.
pub(crate) async fn coming(
    served: &Served,
    name: &str,
    jurors: &[Arc<Juror>],
    one: usize,
    rounds: usize,
    report: &mut Report,
) {
    let before = served.usage().cpu;
    let arrivals = one_by_one(served.door, jurors, one).await;
    let cpu = served.usage().cpu.saturating_sub(before).as_secs_f64() * 1e3 / one.max(1) as f64;
    let of = |arrivals: &[Arrival], part: fn(&Arrival) -> Duration| spread(arrivals.iter().map(part).collect());
    let first = of(&arrivals, |arrival| arrival.first_frame);
    let ours = name.is_empty();
    let target = |target: &'static str| if ours { target } else { "" };
    report.add(format!("{name}comes in: first frame"), first.shown(), target("p99 ≤ 15 ms"), first.of());
    let signed_in = of(&arrivals, |arrival| arrival.signed_in);
    report.add(format!("{name}… signed in"), signed_in.shown(), "", String::new());
    let films = of(&arrivals, |arrival| arrival.films);
    report.add(format!("{name}… own films shown"), films.shown(), "", format!("{cpu:.1} ms of processor each"));
    let mut all = Vec::new();
    for _ in 0..rounds {
        settle().await;
        all.push(of(&at_once(served.door, jurors).await, |arrival| arrival.first_frame));
    }
    let all = over_rounds(&all);
    let what = format!("{name}{} at once: first frame", jurors.len());
    report.add(what, all.shown(), target("p99 ≤ 250 ms"), format!("{rounds} rounds"));
}

/// Everybody in, then keys, in rounds; then nothing at all. Memory and processor meanwhile.
pub(crate) async fn keys(
    served: &Served,
    name: &str,
    jurors: &[Arc<Juror>],
    (rounds, seconds): (usize, u64),
    database: impl Fn() -> Duration,
    report: &mut Report,
) {
    let (count, ours) = (jurors.len(), name.is_empty());
    let target = |target: &'static str| if ours { target } else { "" };
    settle().await;
    let empty = served.usage();
    let mut people = let_in(served.door, jurors, 16).await;
    if let Some(last) = people.last_mut() {
        last.rest().await;
    }
    settle().await;
    let full = served.usage();
    let each = |usage: super::process::Usage| (usage.memory - empty.memory) / count as f64 / 1000.0;
    let mut figures = Vec::new();
    let (mut cpu, mut sizes) = (Vec::new(), Vec::new());
    for _ in 0..rounds {
        let (before, start) = (served.usage().cpu, Instant::now());
        let (same, answers) = type_along(people, seconds).await;
        people = same;
        cpu.push(served.usage().cpu.saturating_sub(before).as_secs_f64() / start.elapsed().as_secs_f64() * 100.0);
        sizes.extend(answers.iter().map(|answer| answer.bytes as f64));
        figures.push(times(&answers));
    }
    let keys = over_rounds(&figures);
    let remark =
        format!("{rounds} rounds, {}; {:.0} % of a core; {:.0} bytes a key", keys.of(), median(cpu), median(sizes));
    report.add(format!("{name}{count} sessions, a key a second"), keys.shown(), target("p99 ≤ 2 ms"), remark);
    settle().await;
    let after = served.usage();
    let figure = format!("{:.0} kB; {:.0} kB after the keys", each(full), each(after));
    let whole = format!("{:.0} MB in all, {} processes", after.memory / 1e6, after.processes);
    report.add(format!("{name}memory of each session"), figure, target("≤ 128 kB"), whole);
    let (before, of_database, start) = (served.usage().cpu, database(), Instant::now());
    tokio::time::sleep(Duration::from_secs(seconds * 2)).await;
    let share = |time: Duration| time.as_secs_f64() / start.elapsed().as_secs_f64() * 100.0;
    let (idle, of_database) =
        (share(served.usage().cpu.saturating_sub(before)), share(database().saturating_sub(of_database)));
    let remark = format!("the database {of_database:.2} %");
    report.add(format!("{name}{count} sessions, idle"), format!("{idle:.2} % of a core"), target("< 0.5 %"), remark);
    send_home(people).await;
    settle().await;
    let left = served.usage();
    let figure = format!("{:+.1} MB", (left.memory - empty.memory) / 1e6);
    report.add(format!("{name}memory when all have left"), figure, "", format!("{} processes", left.processes));
}
