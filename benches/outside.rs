//! What a look for the web site's changes costs on a large festival: the first one, one that finds nothing, and one that
//! finds a film.
//!
//! `cargo bench --bench outside`

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod stage;

use std::time::{Duration, Instant};

use marsai::service::{Looked, Service};
use sqlx::Connection;

use stage::Stage;

const LEASE: Duration = Duration::from_secs(3600);

async fn look(service: &Service) -> (Duration, usize) {
    let start = Instant::now();
    match service.look_outside(LEASE).await.unwrap() {
        Looked::Found(films) => (start.elapsed(), films),
        Looked::Elsewhere => panic!("somebody else looks"),
    }
}

#[tokio::main]
async fn main() {
    let stage = Stage::set(stage::films()).await;
    let service = stage.service().await;
    let (first, films) = look(&service).await;
    println!("{films} films taken as known: {:.0} ms", first.as_secs_f64() * 1000.0);
    let (mut nothing, mut one) = (Vec::new(), Vec::new());
    let mut site = sqlx::MySqlConnection::connect_with(stage.target.options()).await.unwrap();
    for round in 0..stage::rounds(9) {
        nothing.push(look(&service).await.0);
        let sql = "UPDATE movies SET description = ? ORDER BY id_movie DESC LIMIT 1";
        sqlx::query(sql).bind(format!("round {round}")).execute(&mut site).await.unwrap();
        let (cost, found) = look(&service).await;
        assert_eq!(found, 1);
        one.push(cost);
    }
    service.look_no_more().await.unwrap();
    let (again, found) = look(&stage.service().await).await;
    println!("a look that finds nothing: {:.0} ms", stage::median(nothing));
    println!("a look that finds one film: {:.0} ms", stage::median(one));
    println!("the first look of another process: {:.0} ms, {found} films", again.as_secs_f64() * 1000.0);
}
