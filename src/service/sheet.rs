//! Everything about the votes on one film, as staff see it.

use std::collections::HashMap;

use sqlx::MySqlConnection;

use super::ask::Ask;
use super::catalogue::one_row;
use super::settings;
use super::standing::look;
use crate::api::vote::{FilmVotes, SeatRow, VoteHistoryRow, VoteRow};
use crate::api::{Answer, Failure, Reply};
use crate::domain::jury::Juror;
use crate::domain::round::FilmVoting;
use crate::domain::vote::SetAside;
use crate::domain::{FilmId, VoteId, sight};
use crate::store::people::Name;
use crate::store::votes::{Earlier, Filter, FullBallot};
use crate::store::{Shape, people, tx, votes};

pub(super) async fn voting(ask: &Ask<'_>, film: FilmId) -> Result<Answer, Failure> {
    let sheet = tx::read(&ask.inner.db, |reader| {
        Box::pin(async move { film_votes(&mut reader.conn, &reader.shape, film, false).await })
    });
    Ok(Reply::Voting(Box::new(sheet.await?)).into())
}

/// The votes on a film as they are; `moved` says whether what was just done moved it.
pub(super) async fn film_votes(
    conn: &mut MySqlConnection,
    shape: &Shape,
    film: FilmId,
    moved: bool,
) -> Result<FilmVotes, Failure> {
    let gone = || Failure::NotFound { what: "thing-film", id: film.0 };
    let row = one_row(&mut *conn, shape, film).await?.ok_or_else(gone)?;
    let voting = look(&mut *conn, shape, &[film.0], false).await?.pop().ok_or_else(gone)?.voting;
    let filter = Filter { film: Some(film), juror: None };
    let ballots = votes::list(&mut *conn, shape, filter).await?;
    let histories = votes::histories(&mut *conn, shape, filter).await?;
    let strangers: Vec<i32> = ballots.iter().map(|full| full.ballot.juror.0).collect();
    let names = people::names(&mut *conn, shape, Some(&strangers)).await?;
    let rules = settings::rules(conn).await?;
    let hidden = !sight::of_staff(&voting, &rules);
    let mut jurors: Vec<SeatRow> = voting.jurors.iter().map(|juror| seat(&voting, juror)).collect();
    jurors.sort_by(|a, b| (&a.name, a.juror).cmp(&(&b.name, b.juror)));
    let mut sheet = Sheet { set_aside: voting.count().set_aside.into_iter().collect(), histories, names, hidden };
    Ok(FilmVotes {
        film: row,
        proposal: voting.facts().proposal(),
        jurors,
        votes: ballots.into_iter().map(|full| sheet.row(&voting, full)).collect(),
        quorum: voting.quorum(&rules),
        closed: voting.is_closed(),
        hidden,
        moved,
    })
}

fn seat(voting: &FilmVoting, juror: &Juror) -> SeatRow {
    let counted = voting.counted(juror.id);
    SeatRow {
        juror: juror.id,
        name: juror.name.clone(),
        on_panel: juror.on_panel,
        active: juror.is_active(),
        voted: counted.is_some(),
        changed: counted.is_some_and(|ballot| ballot.modification_count > 0),
        stands: counted.is_some_and(|ballot| juror.stands.is_some_and(|stand| stand.holds(ballot))),
        kept: juror.kept,
        reopened: voting.round.reopened.contains(&juror.id) && counted.is_none(),
        recusal: juror.recusal,
    }
}

/// What the ballots of a film are shown with.
struct Sheet {
    set_aside: HashMap<VoteId, SetAside>,
    histories: HashMap<VoteId, Vec<Earlier>>,
    names: HashMap<i32, Name>,
    hidden: bool,
}

impl Sheet {
    fn row(&mut self, voting: &FilmVoting, full: FullBallot) -> VoteRow {
        let FullBallot { film, ballot, comments, created, updated } = full;
        let stand = voting.juror(ballot.juror).and_then(|juror| juror.stands);
        let history = self.histories.remove(&ballot.id).filter(|_| !self.hidden).unwrap_or_default();
        let earlier = |Earlier { note, comments, at }| VoteHistoryRow { note, comments, at };
        VoteRow {
            vote: ballot.id,
            film,
            juror: ballot.juror,
            juror_name: self.names.get(&ballot.juror.0).map(Name::full).unwrap_or_default(),
            note: ballot.note.filter(|_| !self.hidden),
            comments: comments.filter(|_| !self.hidden),
            modification_count: ballot.modification_count,
            set_aside: self.set_aside.get(&ballot.id).copied(),
            stands: stand.is_some_and(|stand| stand.holds(&ballot)),
            hidden: self.hidden,
            created,
            updated,
            history: history.into_iter().map(earlier).collect(),
        }
    }
}
