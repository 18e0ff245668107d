//! What jurors see of each other's votes, and staff of theirs.

use marsai::api::vote::Discussion;
use marsai::api::{Failure, Reply, Request};
use marsai::domain::rule::Rule;
use marsai::domain::vote::{Note, SetAside};
use marsai::domain::{FilmId, UserId};

use super::ballots::{cast, mine, promote, setting, stand};
use super::desk::{ANN, BEN, Desk, JURORS, films, refused, undo};
use super::support;

const CLEO: UserId = JURORS[0];
const DAN: UserId = JURORS[1];
const EVE: UserId = JURORS[2];

async fn talk(desk: &Desk, who: UserId, film: i32) -> Result<Discussion, Failure> {
    desk.ask(who, Request::Discussion { film: FilmId(film) }).await.map(|answer| match answer.reply {
        Reply::Discussion(discussion) => discussion,
        other => panic!("{other:?}"),
    })
}

#[tokio::test]
async fn what_jurors_see_of_each_other() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        let told = |discussion: &Discussion| -> Vec<(i32, Option<Note>, i32, usize)> {
            discussion.votes.iter().map(|v| (v.juror.0, v.note, v.modification_count, v.history.len())).collect()
        };
        // In round 1 one's own alone.
        assert_eq!(told(&talk(&desk, CLEO, 2).await.unwrap()), [(3, Some(Note::Yes), 0, 0)]);
        assert_eq!(told(&talk(&desk, DAN, 2).await.unwrap()), []);
        // In discussion the first votes, until one's own change is used or waived.
        let early = talk(&desk, DAN, 3).await.unwrap();
        assert_eq!(told(&early), [(3, Some(Note::ToDiscuss), 0, 0), (4, Some(Note::ToDiscuss), 0, 0)]);
        let cleo = &early.votes[0];
        assert_eq!((cleo.comments.as_deref(), cleo.updated, cleo.stands), (Some("odd"), None, false));
        assert!(early.holders.is_empty() && early.promotion, "nobody is told of their own change");
        assert_eq!(talk(&desk, CLEO, 3).await.unwrap().holders, ["Dan Test"]);
        assert_eq!(talk(&desk, EVE, 3).await.unwrap_err(), Failure::NotFound { what: "thing-film", id: 3 });
        assert_eq!(talk(&desk, EVE, 99).await.unwrap_err(), Failure::NotFound { what: "thing-film", id: 99 });
        desk.ask(DAN, stand(3)).await.unwrap();
        let late = talk(&desk, DAN, 3).await.unwrap();
        assert_eq!(told(&late), [(3, Some(Note::Yes), 1, 1), (4, Some(Note::ToDiscuss), 0, 0)]);
        assert!(late.holders.is_empty() && late.votes[1].stands);
        // No tally for jurors, nor others' words in their lists.
        let list = films(desk.ask(DAN, Request::MyFilms { fresh: false }).await.unwrap());
        assert!(list.rows.iter().all(|row| row.tally == marsai::domain::consensus::Tally::default()));
        // A juror without a first vote sees nothing until the film is decided.
        desk.run("INSERT INTO movies_juries (id_movie, id_user) VALUES (3, 5)").await;
        assert_eq!(told(&talk(&desk, EVE, 3).await.unwrap()), []);
        desk.ask(DAN, promote(3, None)).await.unwrap();
        desk.run("UPDATE console_rounds SET discussed = TRUE, noted = TRUE WHERE id_movie = 3").await;
        assert_eq!(told(&talk(&desk, EVE, 3).await.unwrap()), []);
        desk.run("UPDATE movies SET jury_comment = 'Ours' WHERE id_movie = 3").await;
        let after = talk(&desk, DAN, 3).await.unwrap();
        assert_eq!((after.jury_comment.as_deref(), after.votes.len()), (Some("Ours"), 2));
        assert_eq!(talk(&desk, EVE, 3).await.unwrap().jury_comment, None);
        desk.run("UPDATE movies SET selection_status = 'refused' WHERE id_movie = 3").await;
        assert_eq!(told(&talk(&desk, EVE, 3).await.unwrap()).len(), 2);
    }
}

#[tokio::test]
async fn a_promotion_shows_no_second_vote_before_ones_own() {
    let desk = Desk::open().await;
    let cleos = async || {
        let vote = talk(&desk, DAN, 3).await.unwrap().votes.into_iter().find(|vote| vote.juror == CLEO).unwrap();
        (vote.note, vote.comments, vote.modification_count)
    };
    let first = (Some(Note::ToDiscuss), Some("odd".to_owned()), 0);
    let promoted = desk.ask(DAN, promote(3, None)).await.unwrap();
    assert_eq!(cleos().await, first);
    desk.ask(DAN, undo(&promoted)).await.unwrap();
    // Where the site left no history, what it said first is not known; what it says now is not shown for it.
    desk.run("DELETE FROM vote_histories WHERE id_vote = 2").await;
    assert_eq!(cleos().await, (None, None, 0));
    desk.ask(DAN, cast(3, "NO", "my own")).await.unwrap();
    assert_eq!((cleos().await.0, cleos().await.2), (Some(Note::Yes), 1));
}

#[tokio::test]
async fn staff_may_have_to_wait_for_the_round() {
    let desk = Desk::open().await;
    desk.ask(ANN, setting("voting.staff_see", "complete")).await.unwrap();
    let votes = async |film: i32| match desk.ask(BEN, Request::Votes { film: Some(FilmId(film)) }).await.unwrap().reply
    {
        Reply::Votes(votes) => votes,
        other => panic!("{other:?}"),
    };
    let hidden = votes(2).await;
    assert!(hidden.iter().all(|vote| vote.hidden && vote.note.is_none() && vote.comments.is_none()));
    assert_eq!(hidden[0].juror, CLEO);
    assert!(votes(3).await.iter().all(|vote| !vote.hidden && vote.note.is_some()));
    desk.ask(DAN, cast(2, "YES", "c")).await.unwrap();
    desk.ask(EVE, cast(2, "NO", "c")).await.unwrap();
    assert!(votes(2).await.iter().all(|vote| !vote.hidden && vote.note.is_some()));
}

#[tokio::test]
async fn votes_are_judged_by_what_is_known_of_the_round() {
    let desk = Desk::open().await;
    desk.run(
        r#"INSERT INTO console_rounds (id_movie, born, guard, closed_first, discussed, opened, noted)
           VALUES (2, '2026-01-02 10:00:00', 1, '[{"vote":1,"modification_count":0}]', 0, 0, 1);
           INSERT INTO votes VALUES (9, 4, 2, 'YES', 'late', 0, '2026-02-09', '2026-02-09');
           DELETE FROM movies_juries WHERE id_movie = 3 AND id_user = 4;
           INSERT INTO console_seats (id_movie, id_user, born, kept, changed_at) VALUES (3, 4, '2026-01-03 10:00:00', 1, UTC_TIMESTAMP(3))"#,
    )
    .await;
    assert_eq!(mine(&desk, DAN, 2).await.unwrap().set_aside, Some(SetAside::Late));
    assert_eq!(refused(desk.ask(EVE, cast(2, "YES", "c")).await), Rule::RoundClosed);
    assert_eq!(mine(&desk, DAN, 3).await.unwrap().set_aside, None, "released with the vote kept");
    assert_eq!(refused(desk.ask(DAN, cast(3, "YES", "c")).await), Rule::NotAssigned);
    let Reply::Votes(votes) = desk.ask(ANN, Request::Votes { film: None }).await.unwrap().reply else { panic!() };
    let aside: Vec<_> = votes.iter().filter_map(|vote| Some((vote.vote.0, vote.set_aside?))).collect();
    assert_eq!(aside, [(9, SetAside::Late)]);
}
