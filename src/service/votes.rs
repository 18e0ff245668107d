//! Reading ballots: all of them for staff, one's own for jurors.

use std::collections::HashMap;

use super::ask::Ask;
use crate::api::vote::{VoteHistoryRow, VoteRow};
use crate::api::{Answer, Failure, Reply};
use crate::domain::rule::{Refusal, Rule};
use crate::domain::vote::{Ballot, Closings, Panelist, SetAside, count};
use crate::domain::{FilmId, UserId, VoteId};
use crate::store::films::{Seat, Which};
use crate::store::people::Name;
use crate::store::votes::{Earlier, Filter, FullBallot};
use crate::store::{films, people, tx, votes};

pub(super) async fn votes(ask: &Ask<'_>, film: Option<FilmId>) -> Result<Answer, Failure> {
    Ok(Reply::Votes(rows(ask, Filter { film, juror: None }).await?).into())
}

pub(super) async fn my_votes(ask: &Ask<'_>) -> Result<Answer, Failure> {
    let juror = Some(ask.me()?.id);
    Ok(Reply::Votes(rows(ask, Filter { film: None, juror }).await?).into())
}

/// The juror's ballot that counts, or one that does not where there is no other; of a film that is there.
pub(super) async fn my_vote(ask: &Ask<'_>, film: FilmId) -> Result<Answer, Failure> {
    let juror = Some(ask.me()?.id);
    let mut rows = rows(ask, Filter { film: Some(film), juror }).await?;
    rows.sort_by_key(|row| row.set_aside.is_some());
    let row = rows.into_iter().next();
    if row.is_none() {
        exists(ask, film).await?;
    }
    Ok(Reply::Vote(row.map(Box::new)).into())
}

async fn exists(ask: &Ask<'_>, film: FilmId) -> Result<(), Failure> {
    let found = tx::read(&ask.inner.db, |reader| {
        Box::pin(async move { Ok(films::standing(&mut reader.conn, &reader.shape, &[film.0], false).await?) })
    })
    .await?;
    if found.is_empty() { Err(Failure::NotFound { what: "thing-film", id: film.0 }) } else { Ok(()) }
}

struct Parts {
    ballots: Vec<FullBallot>,
    histories: HashMap<VoteId, Vec<Earlier>>,
    seats: Vec<Seat>,
    names: HashMap<i32, Name>,
}

async fn rows(ask: &Ask<'_>, filter: Filter) -> Result<Vec<VoteRow>, Failure> {
    let parts = tx::read(&ask.inner.db, |reader| {
        Box::pin(async move {
            let (conn, shape) = (&mut *reader.conn, &*reader.shape);
            let ballots = votes::list(&mut *conn, shape, filter).await?;
            let histories = votes::histories(&mut *conn, shape, filter).await?;
            let film = filter.film.map(|film| [film.0]);
            let which = match (&film, filter.juror) {
                (Some(film), _) => Which::Ids(film),
                (None, Some(juror)) => Which::Panel(juror),
                (None, None) => Which::All,
            };
            let seats = films::seats(&mut *conn, shape, which).await?;
            let mut jurors: Vec<i32> = ballots.iter().map(|ballot| ballot.ballot.juror.0).collect();
            jurors.sort_unstable();
            jurors.dedup();
            let names = people::names(conn, shape, Some(&jurors)).await?;
            Ok(Parts { ballots, histories, seats, names })
        })
    })
    .await?;
    let rows = tokio::task::spawn_blocking(move || parts.rows());
    rows.await.map_err(|error| {
        tracing::error!(%error, "joining ballots was interrupted");
        Failure::Unavailable(crate::api::failure::Unavailable {
            why: crate::api::failure::Trouble::Other,
            detail: String::new(),
        })
    })
}

impl Parts {
    fn rows(mut self) -> Vec<VoteRow> {
        let mut panels: HashMap<i32, Vec<Panelist>> = HashMap::new();
        for seat in &self.seats {
            // Who is active makes no difference to which ballots count.
            panels.entry(seat.film).or_default().push(Panelist { id: UserId(seat.user), active: true, stands: None });
        }
        let ballots = std::mem::take(&mut self.ballots);
        let mut set_aside: HashMap<VoteId, SetAside> = HashMap::new();
        for film in ballots.chunk_by(|a, b| a.film == b.film) {
            let panel = film.first().and_then(|first| panels.get(&first.film.0)).map_or(&[][..], Vec::as_slice);
            let judged: Vec<Ballot> = film.iter().map(|ballot| ballot.ballot).collect();
            set_aside.extend(count(&judged, panel, &Closings::default()).set_aside);
        }
        ballots.into_iter().map(|ballot| self.row(ballot, &set_aside)).collect()
    }

    fn row(&mut self, full: FullBallot, set_aside: &HashMap<VoteId, SetAside>) -> VoteRow {
        let FullBallot { film, ballot, comments, created, updated } = full;
        let history = self.histories.remove(&ballot.id).unwrap_or_default();
        VoteRow {
            vote: ballot.id,
            film,
            juror: ballot.juror,
            juror_name: self.names.get(&ballot.juror.0).map(Name::full).unwrap_or_default(),
            note: ballot.note,
            comments,
            modification_count: ballot.modification_count,
            set_aside: set_aside.get(&ballot.id).copied(),
            stands: false,
            hidden: false,
            created,
            updated,
            history: history
                .into_iter()
                .map(|earlier| VoteHistoryRow { note: earlier.note, comments: earlier.comments, at: earlier.at })
                .collect(),
        }
    }
}

/// What a juror may see of a film in discussion.
pub(super) async fn discussion(_: &Ask<'_>, _: FilmId) -> Result<Answer, Failure> {
    Err(Refusal::new(Rule::NotHere).with("what", "this request").into())
}
