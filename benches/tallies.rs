//! How long the votes on a large festival take to become tallies: read and counted as a whole, and one film's change in memory.
//!
//! `cargo bench --bench tallies`

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod stage;

use std::collections::HashMap;
use std::hint::black_box;
use std::time::Instant;

use marsai::api::film::FilmList;
use marsai::api::{Reply, Request};
use marsai::domain::UserId;
use marsai::domain::consensus::Tally;
use marsai::domain::vote::{Ballot, Closings, Panelist, count};
use marsai::service::{NoObserver, Service};
use marsai::store::connect::{self, PoolSettings};
use marsai::store::films::{self, RawBallot, Seat, Which};
use marsai::store::{Shape, noted};

use stage::Stage;

/// Everything that votes and panels say about films, film by film.
fn tallies(seats: &[Seat], ballots: &[RawBallot]) -> HashMap<i32, Tally> {
    let mut panels: HashMap<i32, Vec<Panelist>> = HashMap::new();
    for seat in seats {
        let panelist = Panelist { id: UserId(seat.user), active: true, stands: None };
        panels.entry(seat.film).or_default().push(panelist);
    }
    let mut cast: HashMap<i32, Vec<Ballot>> = HashMap::new();
    for ballot in ballots {
        cast.entry(ballot.film).or_default().push(ballot.ballot);
    }
    let nothing = Closings::default();
    let tally = |(film, ballots): (i32, Vec<Ballot>)| {
        (film, count(&ballots, panels.get(&film).map_or(&[], Vec::as_slice), &nothing).tally)
    };
    cast.into_iter().map(tally).collect()
}

async fn list(service: &Service) -> FilmList {
    let films = Request::Films { fresh: true };
    match service.call(&stage::administrator(), films, None, &NoObserver).await.unwrap().reply {
        Reply::Films(list) => list,
        other => panic!("{other:?}"),
    }
}

#[tokio::main]
async fn main() {
    let stage = Stage::set(stage::films()).await;
    let pool = connect::pool(&stage.target, PoolSettings::default());
    let mut conns = (pool.acquire().await.unwrap(), pool.acquire().await.unwrap());
    let shape = Shape::read(&mut conns.0).await.unwrap();
    let service = stage.service().await;
    let all = list(&service).await;
    let (mut raw, mut joined, mut both, mut whole) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for _ in 0..stage::rounds(9) {
        let start = Instant::now();
        let (seats, ballots) = tokio::join!(
            films::seats(&mut conns.0, &shape, Which::All),
            films::ballots(&mut conns.1, &shape, Which::All, None),
        );
        let (seats, ballots) = (seats.unwrap(), ballots.unwrap());
        let noted = noted::seats(&mut conns.0, &shape, None).await.unwrap();
        raw.push(start.elapsed());
        let counting = Instant::now();
        let tallies = tallies(&seats, &ballots);
        joined.push(counting.elapsed());
        both.push(start.elapsed());
        assert!(tallies.values().map(|tally| tally.total() as usize).sum::<usize>() <= ballots.len());
        black_box(noted);
        let start = Instant::now();
        black_box(list(&service).await);
        whole.push(start.elapsed());
    }
    let (mut change, middle) = (Vec::new(), all.rows.len() / 2);
    all.rows.index();
    for round in 0..stage::rounds(99) {
        let mut row = all.rows.get(middle).unwrap().clone();
        row.tally.yes = u16::try_from(round).unwrap();
        let id = row.id;
        let start = Instant::now();
        let patched = all.rows.patched([(middle, row)]).indexed_from(&all.rows, |row| row.id == id);
        change.push(start.elapsed());
        assert_eq!(patched.len(), all.rows.len());
    }
    let counts = stage.festival.counts;
    println!("\nTallies: {} films, {} votes (medians)\n", counts.films, counts.votes);
    println!("| raw votes and panels read  | {:.1} ms |", stage::median(raw));
    println!("| counted in memory          | {:.1} ms |", stage::median(joined));
    println!("| both                       | {:.1} ms |", stage::median(both));
    println!("| the whole list, read again | {:.1} ms |", stage::median(whole));
    println!("| one film's change          | {:.3} ms |", stage::median(change));
    drop(conns);
    pool.close().await;
    stage.server.leave().await.unwrap();
}
