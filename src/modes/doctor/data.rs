//! What the tables hold.

use sqlx::MySqlConnection;

use super::Report;
use crate::domain::setting::{self, DURATION_UNIT};
use crate::store::meta::{self, Origin};
use crate::store::shape::HistoryNote;
use crate::store::{Shape, StoreError, health, migrate, outside, settings};

/// Films of a median up to this many are taken to be measured in minutes.
const MINUTES: i64 = 10;

/// Looks at the data. What one question cannot find out does not keep the others from being asked.
pub(super) async fn look(report: &mut Report, conn: &mut MySqlConnection, shape: &Shape, mend: bool) {
    let answers = [
        privileges(report, conn, shape).await,
        administrators(report, conn, shape).await,
        votes(report, conn, shape).await,
        seats(report, conn, shape).await,
        durations(report, conn, shape).await,
        emails(report, conn, shape).await,
        dates(report, conn, shape).await,
        changes(report, conn).await,
        orphans(report, conn, shape, mend).await,
    ];
    for error in answers.into_iter().filter_map(Result::err) {
        report.wrong("data", &format!("a question could not be asked: {}", error.detail()), "see the log");
    }
}

async fn privileges(report: &mut Report, conn: &mut MySqlConnection, shape: &Shape) -> Result<(), StoreError> {
    let missing = health::missing_privileges(conn, shape).await?;
    if missing.is_empty() {
        report.good("privileges", "the account may read and write every table");
        return Ok(());
    }
    let named: Vec<String> = missing.iter().take(6).map(|(right, table)| format!("{right} on {table}")).collect();
    let more = if missing.len() > named.len() { ", …" } else { "" };
    report.wrong("privileges", &format!("the account lacks {}{more}", named.join(", ")), "GRANT them to it");
    Ok(())
}

async fn administrators(report: &mut Report, conn: &mut MySqlConnection, shape: &Shape) -> Result<(), StoreError> {
    match health::administrators(conn, shape).await? {
        0 => report.wrong(
            "people",
            "there is no administrator who may sign in",
            "marsai user add EMAIL --first-name … --last-name … --role admin",
        ),
        1 => report.good("people", "one administrator may sign in"),
        n => report.good("people", &format!("{n} administrators may sign in")),
    }
    Ok(())
}

async fn votes(report: &mut Report, conn: &mut MySqlConnection, shape: &Shape) -> Result<(), StoreError> {
    let found = migrate::duplicate_votes(conn, shape).await?;
    if let Some(first) = found.first() {
        let times = found.len();
        report.odd(
            "votes",
            &format!(
                "{times} times a juror has several votes on one film (juror {} on film {})",
                first.juror, first.film
            ),
            "one of each counts: the one changed most, then the older; an administrator strikes the others",
        );
    } else if !shape.votes_are_unique() && meta::origin(conn).await? == Origin::Adopted {
        report.odd(
            "votes",
            "nothing in the database keeps the web site from storing a second vote of a juror on a film",
            "marsai migrate --unique-votes, if the site copes with an error there",
        );
    } else {
        report.good("votes", "one per juror and film");
    }
    if shape.history_note() == Some(HistoryNote::Number) {
        report.odd(
            "votes",
            "the vote history keeps notes as numbers, and the site stored words as 0",
            "a 0 is shown as unknown and never counted; nothing to do",
        );
    }
    Ok(())
}

async fn seats(report: &mut Report, conn: &mut MySqlConnection, shape: &Shape) -> Result<(), StoreError> {
    let doubled = health::doubled_seats(conn, shape).await?;
    if doubled > 0 {
        let what = format!("{doubled} rows of panels name a juror twice");
        report.odd("panels", &what, "each counts once; nothing to do");
    }
    Ok(())
}

async fn durations(report: &mut Report, conn: &mut MySqlConnection, shape: &Shape) -> Result<(), StoreError> {
    let Some((count, median, longest)) = health::durations(conn, shape).await? else { return Ok(()) };
    let default = setting::find(DURATION_UNIT).map_or("", |setting| setting.default);
    let set = settings::all(conn).await?.remove(DURATION_UNIT).unwrap_or_else(|| default.to_owned());
    let guess = unit(median);
    let what = format!("the setting says {set}; {count} films, half of them up to {median}, the longest {longest}");
    if guess == set {
        report.good("durations", &what);
    } else {
        let mend = format!("it looks like {guess}: an administrator sets {DURATION_UNIT}");
        report.odd("durations", &what, &mend);
    }
    Ok(())
}

/// The likely unit of durations: this festival shows films of a minute or two.
fn unit(median: i64) -> &'static str {
    if median <= MINUTES { "minutes" } else { "seconds" }
}

async fn emails(report: &mut Report, conn: &mut MySqlConnection, shape: &Shape) -> Result<(), StoreError> {
    let doubled = health::doubled_emails(conn, shape).await?;
    if !doubled.is_empty() {
        let what = format!("several accounts share an email but for case: {}", doubled.join(", "));
        report.odd("people", &what, "give each account its own; until then the exact spelling decides");
    }
    Ok(())
}

async fn dates(report: &mut Report, conn: &mut MySqlConnection, shape: &Shape) -> Result<(), StoreError> {
    let found = health::zero_dates(conn, shape).await?;
    if !found.is_empty() {
        let named: Vec<String> = found.iter().map(|(column, count)| format!("{column} ({count})")).collect();
        report.odd("dates", &format!("zero dates in {}", named.join(", ")), "shown as unknown; nothing to do");
    }
    Ok(())
}

async fn changes(report: &mut Report, conn: &mut MySqlConnection) -> Result<(), StoreError> {
    let open = outside::count(conn).await?;
    if open > 0 {
        let what = format!("the web site changed {open} things that nobody has settled");
        report.odd("web site", &what, "an administrator settles them in the console: w in the list of films");
    }
    Ok(())
}

async fn orphans(report: &mut Report, conn: &mut MySqlConnection, shape: &Shape, mend: bool) -> Result<(), StoreError> {
    let found = health::orphans(conn, shape).await?;
    if found.is_empty() {
        return Ok(());
    }
    let named: Vec<String> = found.iter().map(|(table, count)| format!("{table} ({count})")).collect();
    if mend {
        let swept = health::sweep(conn, shape).await?;
        report.good(
            "orphans",
            &format!("{swept} rows about accounts or films that are gone were swept from {}", named.join(", ")),
        );
    } else {
        let what = format!("rows about accounts or films that are gone in {}", named.join(", "));
        report.odd("orphans", &what, "they do nothing; marsai doctor --mend sweeps them");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_by_table() {
        for (median, expected) in [(1, "minutes"), (2, "minutes"), (60, "seconds"), (300, "seconds")] {
            assert_eq!(unit(median), expected);
        }
    }
}
