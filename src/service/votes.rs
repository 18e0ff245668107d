//! Reading ballots: all of them for staff, one's own and what one may see of the others' for jurors.

use std::collections::HashMap;

use sqlx::MySqlConnection;

use super::ask::Ask;
use super::settings;
use super::standing::{Film, look, look_as};
use crate::api::vote::{Discussion, VoteHistoryRow, VoteRow};
use crate::api::{Answer, Failure, Reply};
use crate::domain::jury::Recusal;
use crate::domain::round::FilmVoting;
use crate::domain::sight::{self, Sight};
use crate::domain::text::filled;
use crate::domain::vote::{Ballot, SetAside};
use crate::domain::{FilmId, UserId, VoteId};
use crate::store::people::Name;
use crate::store::votes::{Earlier, Filter, FullBallot, Written};
use crate::store::{Shape, StoreError, people, tx, votes as store};

/// Films whose votes are judged together.
const LOOK: usize = 1_000;

pub(super) async fn votes(ask: &Ask<'_>, film: Option<FilmId>) -> Result<Answer, Failure> {
    let rows = tx::read(&ask.inner.db, |reader| {
        Box::pin(async move {
            let (conn, shape) = (&mut *reader.conn, &*reader.shape);
            let rules = settings::rules(&mut *conn).await?;
            let veiled = |row: &mut VoteRow, voting: &FilmVoting| {
                if !sight::of_staff(voting, &rules) {
                    veil(row);
                }
                true
            };
            Ok(rows(conn, shape, Filter { film, juror: None }, &veiled).await?)
        })
    });
    Ok(Reply::Votes(rows.await?).into())
}

/// The juror's ballots on the films that are still theirs to see.
pub(super) async fn my_votes(ask: &Ask<'_>) -> Result<Answer, Failure> {
    let me = ask.me()?.id;
    let rows = tx::read(&ask.inner.db, |reader| {
        Box::pin(async move {
            let shown = |_: &mut VoteRow, voting: &FilmVoting| !is_taken_away(voting, me);
            Ok(rows(&mut reader.conn, &reader.shape, Filter { film: None, juror: Some(me) }, &shown).await?)
        })
    });
    Ok(Reply::Votes(rows.await?).into())
}

/// The juror's ballot that counts, or one that does not where there is no other; of a film that is there for them.
pub(super) async fn my_vote(ask: &Ask<'_>, id: FilmId) -> Result<Answer, Failure> {
    let me = ask.me()?;
    let me = &me;
    let row = tx::read(&ask.inner.db, |reader| {
        Box::pin(async move {
            let found = look_as(&mut reader.conn, &reader.shape, id, me.id, false).await?;
            let found = found.filter(|(film, _)| !is_taken_away(&film.voting, me.id));
            let (film, mut written) = found.ok_or(Failure::NotFound { what: "thing-film", id: id.0 })?;
            let own = film.voting.own(me.id);
            let shown = |own: &Ballot| own_row(&film, own, &me.name, written.remove(&own.id).unwrap_or_default());
            Ok(own.map(shown))
        })
    });
    Ok(Reply::Vote(row.await?.map(Box::new)).into())
}

/// What a juror may see of a film in discussion: the ballots that count, each as far as it is for these eyes.
pub(super) async fn discussion(ask: &Ask<'_>, id: FilmId) -> Result<Answer, Failure> {
    let me = ask.me()?.id;
    let discussion = tx::read(&ask.inner.db, |reader| {
        Box::pin(async move {
            let (conn, shape) = (&mut *reader.conn, &*reader.shape);
            let film = look(&mut *conn, shape, &[id.0], false).await?.pop();
            let theirs = |film: &Film| {
                let seat = film.voting.juror(me);
                seat.is_some_and(|juror| juror.on_panel) && !is_taken_away(&film.voting, me)
            };
            // To whom it is not assigned, it is not there.
            let film = film.filter(theirs).ok_or(Failure::NotFound { what: "thing-film", id: id.0 })?;
            let rules = settings::rules(&mut *conn).await?;
            let seen: HashMap<VoteId, Sight> = sight::of_juror(&film.voting, me).into_iter().collect();
            let shown = |row: &mut VoteRow, _: &FilmVoting| match seen.get(&row.vote) {
                None | Some(Sight::Nothing) => false,
                Some(Sight::First) => {
                    first(row);
                    true
                }
                Some(Sight::All) => true,
            };
            let votes = rows(conn, shape, Filter { film: Some(id), juror: None }, &shown).await?;
            let holders = match sight::of_others(&film.voting, me) {
                Sight::Nothing => Vec::new(),
                Sight::First | Sight::All => {
                    let others = film.voting.holders().into_iter().filter(|juror| juror.id != me);
                    others.map(|juror| juror.name.clone()).collect()
                }
            };
            let seen = sight::of_others(&film.voting, me) != Sight::Nothing;
            let jury_comment = filled(film.jury_comment.as_deref()).filter(|_| seen).map(str::to_owned);
            let (status, promotion) = (film.row.status, rules.promotion);
            Ok(Discussion { film: id, status, votes, holders, jury_comment, promotion })
        })
    });
    Ok(Reply::Discussion(discussion.await?).into())
}

/// Whether a film is hidden from a juror: they declared a conflict, or staff agreed that they cannot judge it.
pub(super) fn is_taken_away(voting: &FilmVoting, juror: UserId) -> bool {
    voting.juror(juror).and_then(|juror| juror.recusal).is_some_and(Recusal::bars)
}

/// Takes away what staff are not to see yet.
pub(super) fn veil(row: &mut VoteRow) {
    (row.hidden, row.note, row.comments) = (true, None, None);
    row.history.clear();
}

/// Leaves what a ballot said first, as if nothing else had ever been said: when it was changed last would tell. Where it was
/// changed without a trace, what it said first is not known.
fn first(row: &mut VoteRow) {
    if row.history.is_empty() && row.modification_count > 0 {
        (row.note, row.comments) = (None, None);
    }
    if !row.history.is_empty() {
        let earlier = row.history.swap_remove(0);
        (row.note, row.comments) = (earlier.note, earlier.comments);
        row.history.clear();
    }
    (row.modification_count, row.stands, row.updated) = (0, false, None);
}

/// Ballots with their history, judged by what decides on their films: the newest film first, a film's in the order in which
/// they were cast. `shown` may take something away from a row, or all of it.
///
/// # Errors
/// A statement failed.
pub(super) async fn rows(
    conn: &mut MySqlConnection,
    shape: &Shape,
    filter: Filter,
    shown: &(dyn Fn(&mut VoteRow, &FilmVoting) -> bool + Sync),
) -> Result<Vec<VoteRow>, StoreError> {
    let ballots = store::list(&mut *conn, shape, filter).await?;
    let mut histories = store::histories(&mut *conn, shape, filter).await?;
    let mut jurors: Vec<i32> = ballots.iter().map(|full| full.ballot.juror.0).collect();
    jurors.sort_unstable();
    jurors.dedup();
    let names = people::names(&mut *conn, shape, Some(&jurors)).await?;
    let mut rows = Vec::with_capacity(ballots.len());
    let by_film: Vec<&[FullBallot]> = ballots.chunk_by(|a, b| a.film == b.film).collect();
    for part in by_film.chunks(LOOK) {
        let ids: Vec<i32> = part.iter().filter_map(|of_film| Some(of_film.first()?.film.0)).collect();
        let films = look(&mut *conn, shape, &ids, false).await?;
        let films: HashMap<i32, Film> = films.into_iter().map(|film| (film.row.id, film)).collect();
        for of_film in part {
            // A film that is gone since is nobody's to ask about.
            let Some(film) = of_film.first().and_then(|full| films.get(&full.film.0)) else { continue };
            let set_aside: HashMap<VoteId, SetAside> = film.voting.count().set_aside.into_iter().collect();
            for FullBallot { ballot, comments, created, updated, .. } in of_film.iter().cloned() {
                let history = histories.remove(&ballot.id).unwrap_or_default();
                let written = Written { comments, created, updated, history };
                let name = names.get(&ballot.juror.0).map(Name::full).unwrap_or_default();
                let mut row = row(film, &ballot, name, written, set_aside.get(&ballot.id).copied());
                if shown(&mut row, &film.voting) {
                    rows.push(row);
                }
            }
        }
    }
    Ok(rows)
}

/// A juror's own ballot on a film that was looked at.
pub(super) fn own_row(film: &Film, own: &Ballot, name: &str, written: Written) -> VoteRow {
    let set_aside = film.voting.count().set_aside.into_iter().find(|(vote, _)| *vote == own.id).map(|(_, why)| why);
    row(film, own, name.to_owned(), written, set_aside)
}

fn row(film: &Film, ballot: &Ballot, juror_name: String, written: Written, set_aside: Option<SetAside>) -> VoteRow {
    let Written { comments, created, updated, history } = written;
    let stand = film.voting.juror(ballot.juror).and_then(|juror| juror.stands);
    let earlier = |Earlier { note, comments, at }| VoteHistoryRow { note, comments, at };
    VoteRow {
        vote: ballot.id,
        film: film.id(),
        juror: ballot.juror,
        juror_name,
        note: ballot.note,
        comments,
        modification_count: ballot.modification_count,
        set_aside,
        stands: stand.is_some_and(|stand| stand.holds(ballot)),
        hidden: false,
        created,
        updated,
        history: history.into_iter().map(earlier).collect(),
    }
}
