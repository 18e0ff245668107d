//! People who come and go, very many of them: does the memory come back?

use std::sync::Arc;

use tokio::task::JoinSet;

use super::festival::Juror;
use super::figures::Report;
use super::person::Person;
use super::process::Served;
use super::scenarios::{WINDOW, settle};

/// People at the door at the same moment.
const ABREAST: usize = 16;

/// Samples of the memory.
const SAMPLES: usize = 20;

/// So many come in, see their films and go.
pub(crate) async fn churn(served: &Served, jurors: &[Arc<Juror>], connects: usize, report: &mut Report) {
    let mut memory = Vec::new();
    let mut from = 0;
    for sample in 1..=SAMPLES {
        let mut coming = JoinSet::new();
        while from < connects * sample / SAMPLES {
            if coming.len() >= ABREAST {
                coming.join_next().await.unwrap().unwrap();
            }
            let (door, juror, place) = (served.door, Arc::clone(&jurors[from % jurors.len()]), from % 60_000);
            coming.spawn(async move { Person::come(door, &juror, place, WINDOW).await.unwrap().leave().await });
            from += 1;
        }
        coming.join_all().await;
        settle().await;
        memory.push(served.usage().memory / 1e6);
    }
    // It has settled when a quarter of them have been there.
    let (settled, last) = (memory[SAMPLES / 4 - 1], memory[SAMPLES - 1]);
    let grown = (last / settled - 1.0) * 100.0;
    let shown: Vec<String> = memory.iter().map(|mb| format!("{mb:.0}")).collect();
    let remark = format!("MB: {}", shown.join(" "));
    report.add(format!("memory after {connects} connects"), format!("{grown:+.1} %"), "within 5 %", remark);
}
