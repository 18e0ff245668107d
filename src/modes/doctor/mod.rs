//! `marsai doctor`: says what is wrong or odd, and how to mend it.

mod data;
mod here;
mod report;
mod server;
mod serving;

use std::io;

use super::{Around, Stop, database};
use crate::run::frame::Caps;
use crate::store::Shape;
use crate::store::migrate::{self, Verdict};

use self::report::Report;

/// Looks at everything. Exit code 1 when something has to be mended.
pub(super) async fn run(around: &Around, mend: bool) -> Result<u8, Stop> {
    let caps = Caps::from_env(super::variable);
    let mut report = Report::default();
    here::look(&mut report, around, caps);
    serving::look(&mut report, around);
    match database::reach(around).await {
        Ok(mut reached) => {
            server::look(&mut report, &reached);
            server::look_inside(&mut report, &mut reached.conn, chrono::Utc::now().timestamp()).await;
            tables(&mut report, &mut reached, mend).await;
            reached.close().await?;
        }
        Err(stop) => report.wrong("database", &stop.to_string(), "see above; nothing else was looked at"),
    }
    report.write(&mut io::stdout().lock(), caps.utf8 && !around.settings.ui.ascii)?;
    Ok(u8::from(report.is_wrong()))
}

/// What the database holds, as far as it is the platform's.
async fn tables(report: &mut Report, reached: &mut database::Reached, mend: bool) {
    let private = reached.server.is_some();
    let shape = match Shape::read(&mut reached.conn).await {
        Ok(shape) => shape,
        Err(error) => {
            return report.wrong("tables", &error.detail(), "grant the account SELECT on the whole database");
        }
    };
    match migrate::verdict(&mut reached.conn, &shape).await {
        Ok(Verdict::Platform { missing }) => {
            let names: Vec<&str> = missing.iter().map(|table| table.name()).collect();
            match names.is_empty() {
                true => report.good("tables", "the platform's and the console's are all there"),
                false => report.odd(
                    "tables",
                    &format!("the console does without {}", names.join(", ")),
                    "nothing to do, unless the web site should have them",
                ),
            }
            data::look(report, &mut reached.conn, &shape, mend).await;
        }
        Ok(Verdict::Empty | Verdict::NeedsMigration) if private => {
            report.good("tables", "not all there yet; the private database gets them at the next start");
        }
        Ok(Verdict::Empty) => report.wrong("tables", "the database is empty", "run “marsai migrate”"),
        Ok(Verdict::NeedsMigration) => {
            report.wrong("tables", "the console's own are not all there", "run “marsai migrate”, first with --dry-run");
        }
        Ok(Verdict::NotThePlatform { why }) => {
            report.wrong("tables", &format!("not the platform's: {why}"), "check the database's name in the URL");
        }
        Ok(Verdict::TooNew { min_version }) => {
            report.wrong("tables", &format!("a newer console has been here: {min_version}"), "install that one");
        }
        Err(error) => report.wrong("tables", &error.detail(), "grant the account SELECT on the whole database"),
    }
}
