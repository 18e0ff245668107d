//! Everything about the votes on one film, as staff see it.

use sqlx::MySqlConnection;

use super::ask::Ask;
use super::catalogue::one_row;
use super::settings;
use super::standing::look;
use super::votes::{rows, veil};
use crate::api::vote::{FilmVotes, SeatRow, VoteRow};
use crate::api::{Answer, Failure, Reply};
use crate::domain::jury::Juror;
use crate::domain::round::FilmVoting;
use crate::domain::{FilmId, sight};
use crate::store::votes::Filter;
use crate::store::{Shape, tx};

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
    let rules = settings::rules(&mut *conn).await?;
    let hidden = !sight::of_staff(&voting, &rules);
    let shown = |row: &mut VoteRow, _: &FilmVoting| {
        if hidden {
            veil(row);
        }
        true
    };
    let votes = rows(conn, shape, Filter { film: Some(film), juror: None }, &shown).await?;
    let mut jurors: Vec<SeatRow> = voting.jurors.iter().map(|juror| seat(&voting, juror)).collect();
    jurors.sort_by(|a, b| (&a.name, a.juror).cmp(&(&b.name, b.juror)));
    Ok(FilmVotes {
        film: row,
        proposal: voting.facts_by(&rules).proposal(),
        jurors,
        votes,
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
