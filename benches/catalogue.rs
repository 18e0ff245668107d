//! How long the service takes to read all films of a large festival: to its first page, and to the whole list.
//!
//! `cargo bench --bench catalogue`

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod stage;

use std::sync::Mutex;
use std::time::Instant;

use marsai::api::{Progress, Reply, Request};
use marsai::service::Observer;

use stage::Stage;

/// Notes when the first page came.
struct Watch(Mutex<Option<Instant>>);

impl Observer for Watch {
    fn progress(&self, progress: Progress) {
        if matches!(progress, Progress::Partial(_)) {
            self.0.lock().unwrap().get_or_insert_with(Instant::now);
        }
    }

    fn cancelled(&self) -> bool {
        false
    }
}

#[tokio::main]
async fn main() {
    let stage = Stage::set(stage::films()).await;
    let (mut first, mut whole, mut again) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..stage::rounds(9) {
        let service = stage.service().await;
        let watch = Watch(Mutex::new(None));
        let start = Instant::now();
        let answer =
            service.call(&stage::administrator(), Request::Films { fresh: false }, None, &watch).await.unwrap();
        let end = Instant::now();
        let Reply::Films(list) = answer.reply else { panic!("no films") };
        assert!(list.complete && list.rows.len() == usize::try_from(stage::films()).unwrap());
        first.push(watch.0.lock().unwrap().unwrap_or(end) - start);
        whole.push(end - start);
        let start = Instant::now();
        service.call(&stage::administrator(), Request::Films { fresh: false }, None, &watch).await.unwrap();
        again.push(start.elapsed());
    }
    let counts = stage.festival.counts;
    println!("\nThe catalogue: {} films, {} votes (medians)\n", counts.films, counts.votes);
    println!("| writing the made-up festival | {:.1} s |", stage.filled.as_secs_f64());
    println!("| first page                   | {:.1} ms |", stage::median(first));
    println!("| whole list                   | {:.1} ms |", stage::median(whole));
    println!("| whole list, a second session | {:.2} ms |", stage::median(again));
    stage.server.leave().await.unwrap();
}
