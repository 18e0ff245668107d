//! The ballots of a film: read, deleted, given back, counted late; rounds closed and opened again.

use uuid::Uuid;

use super::fixtures::*;
use crate::api::failure::{Trouble, Unavailable};
use crate::api::vote::FilmVotes;
use crate::api::{Answer, Changed, Failure, FieldChange, Reply, Request, Topic};
use crate::app::harness::Harness;
use crate::app::lang::Language;
use crate::app::msg::Msg;
use crate::domain::consensus::Tally;
use crate::domain::film::{FilmStatus, Proposal};
use crate::domain::round::BallotSeen;
use crate::domain::user::Role;
use crate::domain::vote::{Note, SetAside};
use crate::domain::{FilmId, Refusal, Rule, UserId, VoteId};

/// The ballots of a film of the list, as `change` has them.
fn page(at: usize, change: impl Fn(&mut FilmVotes)) -> Harness {
    let mut harness = console(Language::En, Role::Admin);
    harness.resize(100, 40);
    harness.press("3");
    answer_all(&mut harness);
    harness.press(&format!("{} Enter", "j ".repeat(at)));
    let mut film = voting(at);
    change(&mut film);
    let asked = harness.answer("voting", Reply::Voting(Box::new(film)));
    assert!(matches!(asked, Request::Voting { film: FilmId(id) } if id == 200 - at as i32));
    harness
}

fn done(at: usize, moved: bool) -> Answer {
    let reply = Reply::Voting(Box::new(FilmVotes { moved, ..voting(at) }));
    Answer { reply, operation: Some(Uuid::from_u128(4)), repeated: false }
}

#[test]
fn both_ballots_of_one_juror_stand_together_with_why_one_does_not_count() {
    let harness = page(1, |film| film.votes.swap(0, 1));
    let screen = harness.screen();
    let words = ["Bruno Costa", "Bruno Costa", "not counted: the same juror", "twice", "Amina Benali", "Chiara"];
    assert!(in_order(&screen, &words), "{screen}");
}

#[test]
fn nobody_is_waited_for_who_cannot_vote_any_more() {
    let silent = |film: &mut FilmVotes| film.jurors[2].recusal = None;
    assert!(in_order(&page(1, silent).screen(), &["Still to vote: Chiara", "Chiara", "has not voted yet"]));
    let screen = page(3, silent).screen();
    assert!(!screen.contains("Still to vote") && !screen.contains("not voted yet"), "{screen}");
    assert!(in_order(&screen, &["Chiara", "no first vote"]), "{screen}");
}

#[test]
fn one_ballot_in_full_offers_no_link() {
    let mut harness = page(1, |_| {});
    assert!(!harness.press("Enter").screen().contains("copy the link"), "{}", harness.screen());
}

#[test]
fn a_vote_is_deleted_with_a_reason_and_the_change_can_be_undone() {
    let mut harness = page(1, |_| {});
    harness.press("d Enter Tab Enter");
    assert!(!harness.waits_for("delete_vote") && harness.screen().contains("Say why first"), "{}", harness.screen());
    harness.type_text("Sent twice.").press("Enter Enter");
    let request = harness.answer("delete_vote", done(1, true));
    assert!(
        matches!(&request, Request::DeleteVote { vote: VoteId(1), reason, anyway: false, .. } if reason == "Sent twice."),
        "{request:?}"
    );
    let screen = harness.screen();
    assert!(screen.contains("The vote of Amina Benali is deleted. The film is assigned now."), "{screen}");
    assert!(screen.contains("u undo"), "{screen}");
}

#[test]
fn where_a_juror_could_not_vote_again_there_are_other_ways() {
    let refuse = |harness: &mut Harness| {
        harness.press("d").type_text("Mistaken.").press("Enter Tab Enter");
        harness.fail("delete_vote", Refusal::new(Rule::CouldNotVoteAgain).with("name", "Amina Benali").into());
    };
    let mut harness = page(3, |_| {});
    refuse(&mut harness);
    harness.press("Enter");
    let request = harness.answer("reset_vote", done(3, false));
    assert!(matches!(request, Request::ResetVote { vote: VoteId(1), reason, .. } if reason == "Mistaken."));
    assert!(harness.screen().contains("can change the vote once more"), "{}", harness.screen());
    let mut harness = page(3, |_| {});
    refuse(&mut harness);
    harness.press("Down Down Enter");
    let request = harness.answer("delete_vote", done(3, false));
    assert!(matches!(request, Request::DeleteVote { anyway: true, .. }));
    let mut harness = page(3, |_| {});
    refuse(&mut harness);
    harness.press("Down Enter");
    harness.answer("delete_vote", done(3, false));
    assert!(in_order(&harness.screen(), &["Open round 1 again for Amina", "Mistaken."]), "{}", harness.screen());
    harness.press("Enter Enter");
    let request = harness.asked("reopen_round").1;
    let Request::ReopenRound { juror: Some(UserId(11)), seen: Some(FilmStatus::ToDiscuss), reason, .. } = request
    else {
        panic!("{request:?}")
    };
    assert_eq!(reason, "Mistaken.");
}

#[test]
fn closing_names_who_is_missing_and_what_follows() {
    let mut harness = page(1, |_| {});
    harness.press("c");
    let screen = harness.screen();
    let words = ["Without a vote: Chiara", "2 votes are there; it takes 2", "Then:", "Ready for candidate"];
    assert!(in_order(&screen, &words), "{screen}");
    harness.press("Enter Tab Enter");
    let request = harness.asked("close_round").1;
    assert!(matches!(request, Request::CloseRound { reason: None, seen: Some(FilmStatus::Assigned), .. }));
    let mut harness = page(1, |_| {});
    harness.press("c Enter Tab Enter");
    let refusal = Refusal::new(Rule::QuorumMissing).with("votes", 1_u32).with("needed", 2_u32);
    harness.fail("close_round", refusal.into());
    assert!(harness.screen().contains("Too few votes to close the round"), "{}", harness.screen());
    let mut harness = page(1, |film| film.closed = true);
    harness.press("c");
    assert!(harness.screen().contains("has closed this round"), "{}", harness.screen());
}

#[test]
fn a_closed_round_is_opened_again_for_all_and_round_one_for_a_juror() {
    let mut harness = page(1, |film| film.closed = true);
    harness.press("o").type_text("Too early.").press("Enter Enter");
    assert!(matches!(harness.asked("reopen_round").1, Request::ReopenRound { juror: None, .. }));
    let mut harness = page(1, |_| {});
    harness.press("o");
    assert!(harness.screen().contains("This round is open."));
    let mut harness = page(3, |_| {});
    harness.press("o");
    answer_all(&mut harness);
    assert!(!harness.screen().contains("2 of 6 films"), "who has voted cannot be chosen: {}", harness.screen());
    harness.type_text("noe").press("Enter").type_text("New on the jury.").press("Enter Enter");
    assert!(matches!(harness.asked("reopen_round").1, Request::ReopenRound { juror: Some(UserId(16)), .. }));
}

#[test]
fn a_spent_change_is_given_back_and_a_late_vote_counted_only_where_there_is_one() {
    let mut harness = page(3, |film| film.votes[1].set_aside = Some(SetAside::Late));
    harness.press("j R");
    assert!(harness.screen().contains("nothing to give back"), "{}", harness.screen());
    harness.press("k R").type_text("Asked for it.").press("Enter Enter");
    assert!(matches!(harness.answer("reset_vote", done(3, false)), Request::ResetVote { vote: VoteId(1), .. }));
    harness.press("A");
    assert!(harness.screen().contains("did not come late"), "{}", harness.screen());
    harness.press("j A").type_text("The mail was slow.").press("Enter Enter");
    assert!(matches!(harness.asked("admit_vote").1, Request::AdmitVote { vote: VoteId(2), .. }));
}

#[test]
fn whoever_waits_for_an_answer_gets_one() {
    let mut harness = page(1, |_| {});
    harness.press("Down Down Down Enter");
    let screen = harness.screen();
    assert!(in_order(&screen, &["Chiara D’Amico does not know its language", "▌ Release", "stays on"]), "{screen}");
    harness.press("Down Enter Enter Enter");
    let request = harness.answer("settle_recusal", done(1, false));
    assert!(
        matches!(request, Request::SettleRecusal { juror: UserId(13), agree: false, kept: None, reason: None, .. }),
        "{request:?}"
    );
    let mut harness = page(1, |film| film.jurors[0].recusal = film.jurors[2].recusal);
    harness.press("Enter Down Enter Enter Enter");
    let request = harness.asked("settle_recusal").1;
    assert!(matches!(request, Request::SettleRecusal { agree: true, kept: Some(false), .. }), "{request:?}");
}

#[test]
fn the_cursor_stays_on_its_ballot_when_others_vote() {
    let mut harness = page(1, |_| {});
    harness.press("j j");
    harness.send(Msg::Changed(Changed { topic: Topic::Films, ids: Some(vec![199]) }));
    let mut film = voting(1);
    film.votes.remove(0);
    harness.answer("voting", Reply::Voting(Box::new(film)));
    let screen = harness.screen();
    let cursor = screen.lines().position(|line| line.contains('▌')).unwrap();
    assert!(screen.lines().nth(cursor).unwrap().contains("✗ no  Bruno"), "{screen}");
    assert!(screen.contains("changed"), "{screen}");
}

#[test]
fn hidden_votes_are_opened_with_a_reason_only() {
    let mut harness = page(1, |film| film.hidden = true);
    harness.press("O").type_text("The chair asked.").press("Enter Enter");
    assert!(matches!(harness.asked("open_votes").1, Request::OpenVotes { film: FilmId(199), .. }));
    let mut harness = page(1, |_| {});
    harness.press("O");
    assert!(harness.screen().contains("are shown already"));
}

fn change(field: &str, loaded: &str, now: &str) -> FieldChange {
    FieldChange { field: field.into(), loaded: loaded.into(), now: now.into() }
}

fn lost() -> Failure {
    Failure::Unavailable(Unavailable { why: Trouble::Unknown, detail: String::new() })
}

#[test]
fn what_is_not_known_to_be_done_is_asked_for_once_more_only_as_it_was() {
    let reason_of = |request: &Request| match request {
        Request::ReopenRound { reason, .. } => reason.clone(),
        other => panic!("{other:?}"),
    };
    let mut harness = page(1, |film| film.closed = true);
    harness.press("o").type_text("Too early.").press("Enter Enter");
    let first = harness.calls.back().unwrap().0;
    harness.fail("reopen_round", lost());
    harness.press("Enter");
    let (again, request) = harness.asked("reopen_round");
    assert_eq!((again, reason_of(&request).as_str()), (first, "Too early."));
    harness.send(Msg::Reply(again, Err(lost())));
    harness.press("Left Left").type_text(" By far.").press("Enter Tab Enter");
    let (other, request) = harness.asked("reopen_round");
    assert_eq!(reason_of(&request), "Too early. By far.");
    assert_ne!(other, first, "another change has a ticket of its own");
    // Another answer to a juror is another change as well.
    let mut harness = page(1, |_| {});
    harness.press("Down Down Down Enter Enter Enter Enter");
    let first = harness.calls.back().unwrap().0;
    harness.fail("settle_recusal", lost());
    harness.press("Left Left Up Down Enter Enter Tab Enter");
    let (other, request) = harness.asked("settle_recusal");
    assert!(matches!(request, Request::SettleRecusal { agree: false, .. }), "{request:?}");
    assert_ne!(other, first);
}

#[test]
fn where_somebody_was_quicker_it_is_decided_anew_with_the_reason_kept() {
    let mut harness = page(1, |film| film.closed = true);
    harness.press("o").type_text("Too early.").press("Enter Enter");
    let change = change("selection_status", "assigned", "to_discuss");
    harness.fail("reopen_round", Failure::Conflict(vec![change]));
    let screen = harness.screen();
    assert!(in_order(&screen, &["Open the round again", "it was assigned, now it is to", "Too early."]), "{screen}");
    harness.press("Enter");
    assert!(!harness.waits_for("reopen_round"), "the film is read first");
    let mut film = voting(1);
    (film.film.status, film.closed) = (FilmStatus::ToDiscuss, true);
    harness.answer("voting", Reply::Voting(Box::new(film)));
    assert!(harness.screen().contains("Too early."), "{}", harness.screen());
    harness.press("Tab Enter");
    let request = harness.answer("reopen_round", done(1, false));
    assert!(
        matches!(&request, Request::ReopenRound { seen: Some(FilmStatus::ToDiscuss), reason, .. } if reason == "Too early."),
        "{request:?}"
    );
}

#[test]
fn a_ballot_is_decided_on_as_it_was_shown() {
    let seen = |status, note, modification_count| Some(BallotSeen { status, note, modification_count });
    let mut harness = page(3, |_| {});
    harness.press("d").type_text("Sent twice.").press("Enter Tab Enter");
    let yes = seen(FilmStatus::ToDiscuss, Some(Note::Yes), Some(1));
    let request = harness.fail("delete_vote", Failure::Conflict(vec![change("note", "YES", "NO")]));
    assert!(matches!(request, Request::DeleteVote { seen, .. } if seen == yes), "{request:?}");
    let mut film = voting(3);
    film.votes[0].note = Some(Note::No);
    harness.answer("voting", Reply::Voting(Box::new(film)));
    let screen = harness.screen();
    assert!(in_order(&screen, &["it was ✓ yes, now it is ✗ no", "✗ no", "Sent twice."]), "{screen}");
    harness.press("Tab Enter");
    let request = harness.asked("delete_vote").1;
    let no = seen(FilmStatus::ToDiscuss, Some(Note::No), Some(1));
    assert!(matches!(request, Request::DeleteVote { seen, .. } if seen == no), "{request:?}");
    let mut harness = page(1, |_| {});
    harness.press("Down Down Down Enter Enter Enter Enter");
    let request = harness.asked("settle_recusal").1;
    let silent = seen(FilmStatus::Assigned, None, None);
    assert!(matches!(request, Request::SettleRecusal { seen, .. } if seen == silent), "{request:?}");
    // Of a hidden vote nothing is shown.
    let mut harness = page(1, |film| film.votes.iter_mut().for_each(|vote| (vote.hidden, vote.note) = (true, None)));
    harness.press("d").type_text("Sent twice.").press("Enter Tab Enter");
    assert!(matches!(harness.asked("delete_vote").1, Request::DeleteVote { seen: None, .. }));
}

#[test]
fn where_nothing_is_left_to_do_the_dialog_closes_and_says_so() {
    let mut harness = page(1, |_| {});
    harness.press("d").type_text("Sent twice.").press("Enter Tab Enter");
    harness.fail("delete_vote", Failure::Conflict(vec![change("note", "YES", "")]));
    let mut film = voting(1);
    film.votes.remove(0);
    harness.answer("voting", Reply::Voting(Box::new(film)));
    let screen = harness.screen();
    assert!(screen.contains("This vote was deleted meanwhile") && !screen.contains("Sent twice."), "{screen}");
    assert!(harness.waits_for("voting"), "the page is read again");
    let mut harness = page(1, |_| {});
    harness.press("d").type_text("Sent twice.").press("Enter Tab Enter");
    harness.fail("delete_vote", Failure::NotFound { what: "thing-vote", id: 1 });
    assert!(!harness.screen().contains("Sent twice."), "{}", harness.screen());
}

#[test]
fn hidden_tallies_are_not_taken_for_films_without_votes() {
    let veil = |film: &mut FilmVotes| {
        (film.hidden, film.film.veiled, film.film.tally) = (true, true, Tally::default());
        film.votes.iter_mut().for_each(|vote| (vote.hidden, vote.note) = (true, None));
    };
    let mut harness = page(1, veil);
    harness.press("c");
    assert!(harness.screen().contains("2 votes are there; it takes 2"), "{}", harness.screen());
    let mut harness = page(1, veil);
    harness.press("a");
    let screen = harness.screen();
    assert!(screen.contains("the votes are hidden until the round is complete"), "{screen}");
    for wrong in ["nobody has voted", "nobody asked"] {
        assert!(!screen.contains(wrong), "{wrong}: {screen}");
    }
}

#[test]
fn hidden_tallies_closed_rounds_and_jurors_who_wait_are_marked_in_the_list() {
    let mut rows: Vec<_> = (0..4).map(film).collect();
    (rows[1].veiled, rows[1].tally) = (true, Tally::default());
    rows[2].closed = true;
    rows[2].ballots = 3;
    rows[3].recusals = 1;
    let mut harness = console(Language::En, Role::Admin);
    harness.resize(120, 40);
    harness.press("3");
    harness.answer("films", Reply::Films(list(rows)));
    let screen = harness.screen();
    assert!(
        in_order(&screen, &["▲ 1 to answer", "·", "·", "·", "hidden", "round closed", "▲ 1 to answer"]),
        "{screen}"
    );
    // Nobody takes ballots whose tally is hidden for such as do not count.
    assert!(!screen.contains("not counted"), "{screen}");
}

#[test]
fn the_queues_are_figures_that_filter() {
    let mut harness = console(Language::En, Role::Admin);
    harness.resize(120, 40);
    harness.press("3");
    answer_all(&mut harness);
    let screen = harness.screen();
    let words = ["ready for candidate", "ready for refused", "to discuss", "chair decides", "waiting"];
    assert!(in_order(&screen, &words), "{screen}");
    harness.press("f Space Enter");
    assert!(harness.screen().contains("queue:candidate"), "{}", harness.screen());
    let rows = (0..12).map(film).filter(|film| film.facts().proposal() == Proposal::Candidate).count();
    assert!(rows > 0 && harness.screen().contains(&format!("{rows} of 12 films")), "{}", harness.screen());
}
