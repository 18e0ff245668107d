//! Ballots that the web site doubled, wrote over or took late: read for a look, shown, and settled by staff.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde_json::{Value, json};
use sqlx::MySqlConnection;

use crate::api::Failure;
use crate::api::outside::BallotMark;
use crate::domain::outside::What;
use crate::domain::rule::Rule;
use crate::domain::slip::{Slip, Slips};
use crate::domain::vote::{Ballot, Closings, Panelist, count};
use crate::domain::{FilmId, UserId};
use crate::service::catalogue::some_rows;
use crate::service::undo::changed_since;
use crate::store::films::Which;
use crate::store::ledger::{Deed, Line};
use crate::store::outside::{Kept, Seen, slips as store};
use crate::store::votes::Struck;
use crate::store::{Shape, StoreError, Tx, films, ledger, noted, people, votes};

/// Everything about the ballots on films that a look judges, by film.
pub(super) async fn slips(
    conn: &mut MySqlConnection,
    shape: &Shape,
    ids: &[i32],
    seen: &BTreeMap<i32, Seen>,
) -> Result<HashMap<i32, Slips>, StoreError> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let mut now = store::slips(&mut *conn, shape, ids).await?;
    let mut said = store::said(&mut *conn, shape, ids).await?;
    let seats = films::seats(&mut *conn, shape, Which::Ids(ids)).await?;
    let kept = noted::seats(&mut *conn, shape, Some(ids)).await?;
    let rounds = noted::rounds(&mut *conn, shape, Some(ids)).await?;
    let settled = store::settled(&mut *conn, ids).await?;
    let newest = ledger::newest(&mut *conn, ids).await?;
    let deeds = ledger::of_ballots(conn, ids).await?;
    let mut panels: HashMap<i32, Vec<Panelist>> = HashMap::new();
    let seated = seats.iter().map(|seat| (seat.film, seat.user));
    for (film, user) in seated.chain(kept.iter().filter(|seat| seat.kept).map(|seat| (seat.film, seat.user))) {
        let panel = panels.entry(film).or_default();
        if panel.iter().all(|other| other.id.0 != user) {
            // Who is active makes no difference to which ballots count.
            panel.push(Panelist { id: UserId(user), active: true, stands: None });
        }
    }
    let mut all: HashMap<i32, Slips> = HashMap::new();
    for id in ids {
        let now = now.remove(id).unwrap_or_default();
        let ballot = |slip: &Slip| Ballot {
            id: slip.vote,
            juror: slip.juror,
            note: slip.note,
            modification_count: slip.modification_count,
        };
        let ballots: Vec<Ballot> = now.iter().map(ballot).collect();
        let nothing = Closings::default();
        let closings = rounds.get(id).map_or(&nothing, |round| &round.closings);
        let count = count(&ballots, panels.get(id).map_or(&[], Vec::as_slice), closings);
        let earlier = now.iter().filter_map(|slip| said.remove_entry(&slip.vote)).collect();
        let touched = newest.get(id).is_some_and(|newest| seen.get(id).is_none_or(|seen| *newest > seen.ledger));
        all.insert(*id, Slips { now, count, earlier, touched, ..Slips::default() });
    }
    for deed in deeds {
        let Some(slips) = all.get_mut(&deed.film) else { continue };
        if let Some(slip) = written(&deed) {
            slips.ours.insert(slip.vote, slip);
        }
    }
    for kept in settled {
        if let (Some(slips), Some((how, _))) = (all.get_mut(&kept.film.0), kept.settled) {
            slips.settled.push((kept.mark, how));
        }
    }
    Ok(all)
}

/// The ballot that a row of the ledger says the console wrote, as it then was: a vote that was cast, with the columns of its
/// table, or one that was settled.
fn written(deed: &Deed) -> Option<Slip> {
    let after = deed.after.as_ref()?;
    let Some(vote) = after.get("vote")?.as_object() else { return serde_json::from_value(after.clone()).ok() };
    let names = ["vote", "juror", "note", "comments", "modification_count"];
    let columns = ["id_vote", "id_user", "note", "comments", "modification_count"];
    let value = |(name, column): (&str, &str)| (name.to_owned(), vote.get(column).cloned().unwrap_or_default());
    serde_json::from_value(Value::Object(names.into_iter().zip(columns).map(value).collect())).ok()
}

/// What marks of ballots show: the two texts with their juror's name, as far as staff may see them yet.
pub(super) async fn shown(
    conn: &mut MySqlConnection,
    shape: &Shape,
    marks: &[Kept],
) -> Result<HashMap<i32, BallotMark>, StoreError> {
    let marks: Vec<&Kept> = marks.iter().filter(|kept| What::BALLOTS.contains(&kept.mark.what)).collect();
    if marks.is_empty() {
        return Ok(HashMap::new());
    }
    let distinct = |ids: HashSet<i32>| ids.into_iter().collect::<Vec<i32>>();
    let ids = distinct(marks.iter().map(|kept| kept.film.0).collect());
    let rows = some_rows(&mut *conn, shape, &ids).await?;
    let veiled: HashSet<i32> = rows.iter().filter(|row| row.veiled).map(|row| row.id.0).collect();
    let (ours, site) =
        (|kept: &Kept| slip(kept.mark.before.as_deref()), |kept: &Kept| slip(kept.mark.after.as_deref()));
    let juror = |kept: &Kept| site(kept).or(ours(kept)).map_or(UserId(0), |slip| slip.juror);
    let jurors = distinct(marks.iter().map(|kept| juror(kept).0).collect());
    let names = people::names(conn, shape, Some(&jurors)).await?;
    let shown = |kept: &&Kept| {
        let (id, hidden) = (juror(kept), veiled.contains(&kept.film.0));
        let seen = |slip: Slip| if hidden { Slip { note: None, comments: None, ..slip } } else { slip };
        let mark = BallotMark {
            juror: id,
            juror_name: names.get(&id.0).map(people::Name::full).unwrap_or_default(),
            ours: ours(kept).map(seen),
            site: site(kept).map(seen),
            hidden,
        };
        (kept.mark.id.0, mark)
    };
    Ok(marks.iter().map(shown).collect())
}

fn slip(json: Option<&str>) -> Option<Slip> {
    Slip::from_json(json?)
}

/// What the ledger says of a settlement, before and after.
pub(super) type States = (Value, Value);

/// Settles what is marked of a ballot on a locked film: a ballot written over gets ours back, a second one is struck; or both
/// stay as the site has them. The ballot must be as it was marked.
pub(super) async fn settle(tx: &mut Tx<'_>, kept: &Kept, put_back: bool) -> Result<States, Failure> {
    let (ours, site) = (slip(kept.mark.before.as_deref()), slip(kept.mark.after.as_deref()));
    let site = site.ok_or_else(|| changed_since("thing-vote"))?;
    still(tx, kept.film, &site).await?;
    match (kept.mark.what, ours) {
        (What::Overwritten, Some(ours)) if put_back => {
            store::put_back(&mut tx.conn, &tx.shape, &ours).await?;
            Ok((json!(site), json!(ours)))
        }
        (What::Duplicate, _) if put_back => {
            let struck = votes::strike_some(&mut tx.conn, &tx.shape, &[site.vote.0]).await?;
            Ok((json!({ "votes": struck.votes, "history": struck.history }), json!({ "struck": site.vote })))
        }
        // A late vote counts when staff say so by a request of its own; what it was before nobody knows.
        (What::Late, _) if put_back => Err(Rule::AdmitInstead.into()),
        // From now on the site's is what we know of the ballot.
        (What::Overwritten, ours) => Ok((json!(ours), json!(site))),
        _ => Ok((json!({ "left": site.vote }), json!({ "left": site.vote }))),
    }
}

async fn still(tx: &mut Tx<'_>, film: FilmId, slip: &Slip) -> Result<(), Failure> {
    let now = store::slips(&mut tx.conn, &tx.shape, &[film.0]).await?.remove(&film.0).unwrap_or_default();
    if now.iter().any(|other| other.is(slip)) { Ok(()) } else { Err(changed_since("thing-vote").into()) }
}

/// Takes a settlement back.
pub(super) async fn unsettle(tx: &mut Tx<'_>, kept: &Kept, put_back: bool, line: &Line) -> Result<States, Failure> {
    let changed = || Failure::from(changed_since("thing-vote"));
    let states = || (line.entry.after.clone().unwrap_or_default(), line.entry.before.clone().unwrap_or_default());
    if !put_back {
        return Ok(states());
    }
    let (ours, site) = (slip(kept.mark.before.as_deref()), slip(kept.mark.after.as_deref()));
    match (kept.mark.what, ours, site) {
        (What::Overwritten, Some(ours), Some(site)) => {
            still(tx, kept.film, &ours).await?;
            store::put_back(&mut tx.conn, &tx.shape, &site).await?;
            // It is there again, but what we know of the ballot is what we wrote.
            return Ok((json!({ "ballot": ours }), json!({ "ballot": site })));
        }
        (What::Duplicate, _, _) => {
            let state = line.entry.before.as_ref().ok_or_else(changed)?;
            let rows = |name: &str| serde_json::from_value(state.get(name).cloned().unwrap_or_default());
            let struck = Struck {
                votes: rows("votes").map_err(|_| changed())?,
                history: rows("history").map_err(|_| changed())?,
            };
            match votes::restore(&mut tx.conn, &tx.shape, &struck).await {
                Ok(()) => {}
                Err(error) if error.misfit("votes").is_some() => return Err(changed()),
                Err(error) => return Err(error.into()),
            }
        }
        _ => return Err(changed()),
    }
    Ok(states())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::domain::VoteId;
    use crate::domain::vote::Note;

    #[test]
    fn what_the_ledger_says_of_ballots() {
        let deed = |after| Deed { id: 1, film: 2, action: "any".to_owned(), after: Some(after) };
        let slip = Slip {
            vote: VoteId(7),
            juror: UserId(3),
            note: Some(Note::ToDiscuss),
            comments: Some("hm".to_owned()),
            modification_count: 1,
        };
        let columns = json!({ "id_vote": 7, "id_user": 3, "id_movie": 2, "note": "TO DISCUSS", "comments": "hm", "modification_count": 1 });
        assert_eq!(written(&deed(json!({ "vote": columns, "status": "candidate" }))).as_ref(), Some(&slip));
        assert_eq!(written(&deed(json!(slip))).as_ref(), Some(&slip));
        for other in [json!({ "left": 7 }), json!({ "vote": 7 }), json!({ "vote": {} }), json!({ "status": "refused" })]
        {
            assert_eq!(written(&deed(other)), None);
        }
    }
}
