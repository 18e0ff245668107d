//! `marsai migrate`: says what there is to do, and does it.

use std::io::{self, Write as _};

use super::{Around, Stop, database};
use crate::store::migrate::{self, Options, Plan};

pub(super) async fn run(around: &Around, dry_run: bool, unique_votes: bool) -> Result<u8, Stop> {
    let mut reached = database::reach(around).await?;
    let place = reached.target.to_string();
    let options = Options { unique_votes, ..Options::default() };
    let failed = |source| Stop::Migrate { place: place.clone(), source };
    let mut out = io::stdout().lock();
    writeln!(out, "{place}, {}", reached.info.version_text)?;
    let outcome = async {
        let plan = migrate::plan(&mut reached.conn, options).await.map_err(failed)?;
        tell(&mut out, &plan, dry_run)?;
        if !dry_run && !plan.steps.is_empty() {
            apply(&mut out, &mut reached, options).await?;
        }
        Ok(0)
    }
    .await;
    reached.close().await?;
    outcome
}

/// Says what there is to do.
fn tell(out: &mut impl io::Write, plan: &Plan, dry_run: bool) -> io::Result<()> {
    if plan.steps.is_empty() {
        writeln!(out, "It is ready: there is nothing to do.")?;
    } else if dry_run {
        writeln!(out, "This would be done; nothing was changed:")?;
    }
    if dry_run {
        for (number, step) in plan.steps.iter().enumerate() {
            writeln!(out, "{:3}. {}", number + 1, step.title)?;
            for line in step.sql.lines() {
                writeln!(out, "       {line}")?;
            }
        }
    }
    plan.notes.iter().try_for_each(|note| writeln!(out, "Note: {note}"))
}

async fn apply(out: &mut impl io::Write, reached: &mut database::Reached, options: Options) -> Result<(), Stop> {
    let mut told = Vec::new();
    let applied = migrate::apply(&mut reached.conn, options, &mut |number, all, step| {
        told.push(format!("{number:3}/{all} {}", step.title));
        tracing::info!(number, all, step = step.title, "migrating");
    })
    .await;
    for line in told {
        writeln!(out, "{line}")?;
    }
    let applied = applied.map_err(|source| Stop::Migrate { place: reached.target.to_string(), source })?;
    for note in &applied.notes {
        writeln!(out, "Note: {note}")?;
    }
    writeln!(out, "Done: the database is ready.")?;
    Ok(())
}
