#![allow(clippy::unwrap_used)]

use proptest::prelude::*;

use super::*;
use crate::domain::consensus::Tally;
use crate::domain::jury::Recusal;
use crate::domain::sight::{self, Sight};
use crate::domain::vote::SetAside;

const PRODUCER: UserId = UserId(90);

fn juror(id: i32) -> Juror {
    Juror { on_panel: true, ..Juror::newcomer(UserId(id), &format!("Juror {id}"), true, true) }
}

/// The ballot of juror `id` has the id `id * 10`.
fn ballot(juror: i32, note: Note, modification_count: i32) -> Ballot {
    Ballot { id: VoteId(juror * 10), juror: UserId(juror), note: Some(note), modification_count }
}

/// A film with a panel of the jurors 1 to 3.
fn film(status: FilmStatus, ballots: &[Ballot]) -> FilmVoting {
    FilmVoting {
        status,
        producer: PRODUCER,
        jurors: (1..=3).map(juror).collect(),
        ballots: ballots.to_vec(),
        round: Round::default(),
        awards: 0,
    }
}

fn closed(mut voting: FilmVoting) -> FilmVoting {
    let rules = Rules { quorum: Quorum::Votes(1), ..Rules::default() };
    voting.round.closings = voting.close(&rules).unwrap();
    voting
}

fn standing(mut voting: FilmVoting, id: i32) -> FilmVoting {
    let stand = voting.let_stand(UserId(id)).unwrap();
    voting.jurors.iter_mut().find(|juror| juror.id.0 == id).unwrap().stands = Some(stand);
    voting
}

fn with(mut voting: FilmVoting, id: i32, change: impl Fn(&mut Juror)) -> FilmVoting {
    change(voting.jurors.iter_mut().find(|juror| juror.id.0 == id).unwrap());
    voting
}

fn name<T>(result: Result<T, Refusal>) -> &'static str {
    match result {
        Ok(_) => "ok",
        Err(refusal) => refusal.rule.name(),
    }
}

use FilmStatus::{Assigned, Awarded, Candidate, Finalist, Refused, Selected, Submitted, ToDiscuss};
use Note::{No, ToDiscuss as Discuss, Yes};

#[test]
fn the_defaults_and_what_other_values_say() {
    let rules = Rules::default();
    assert_eq!((rules.comment_max, rules.require_comment, rules.quorum), (10_000, true, Quorum::Half));
    assert!(rules.promotion && rules.staff_see_always && !rules.automatic);
    assert_eq!(rules.open_discussion, OpenDiscussion::RoundComplete);
    let values = [
        (setting::COMMENT_MAX, "20"),
        (setting::REQUIRE_COMMENT, "false"),
        (setting::OPEN_DISCUSSION, "first_request"),
        (setting::ADVANCE, "automatic"),
        (setting::QUORUM, "2"),
        (setting::PROMOTE, "off"),
        (setting::STAFF_SEE, "complete"),
    ];
    let rules = Rules::read(|name| values.iter().find(|(known, _)| *known == name).map(|(_, value)| *value));
    assert_eq!((rules.comment_max, rules.require_comment, rules.quorum), (20, false, Quorum::Votes(2)));
    assert!(!rules.promotion && !rules.staff_see_always && rules.automatic);
    assert_eq!(rules.open_discussion, OpenDiscussion::FirstRequest);
    assert_eq!(Rules::read(|_| Some("nonsense")), Rules::default());
    assert!(Rules::SETTINGS.iter().all(|name| setting::find(name).is_ok()));
}

#[test]
fn what_is_handed_in_by_table() {
    let rules = Rules { comment_max: 5, ..Rules::default() };
    let free = Rules { require_comment: false, ..rules };
    let cases = [
        ("YES", Some("fine"), &rules, "ok"),
        ("TO DISCUSS", Some("\u{3000} fine \n"), &rules, "ok"),
        ("yes", Some("fine"), &rules, "bad_note"),
        ("TO_DISCUSS", Some("fine"), &rules, "bad_note"),
        (" YES", Some("fine"), &rules, "bad_note"),
        ("1", Some("fine"), &rules, "bad_note"),
        ("0.5", None, &rules, "bad_note"),
        ("", Some(""), &rules, "bad_note"),
        ("YES", None, &rules, "comment_needed"),
        ("YES", Some(""), &rules, "comment_needed"),
        ("YES", Some(" \u{a0}\u{2003}\u{3000}\n\t"), &rules, "comment_needed"),
        ("YES", Some("\u{200b}\u{feff}\u{2800}"), &rules, "comment_needed"),
        ("YES", Some("a\u{1b}b"), &rules, "bad_text"),
        ("YES", Some("éééééé"), &rules, "comment_too_long"),
        ("YES", Some("ééééé"), &rules, "ok"),
        ("YES", Some("a\r\nb"), &rules, "ok"),
        ("YES", None, &free, "ok"),
        ("YES", Some(" "), &free, "ok"),
    ];
    for (note, comments, rules, expected) in cases {
        assert_eq!(name(Paper::read(note, comments, rules, None)), expected, "{note} {comments:?}");
    }
    let paper = |comments, room| Paper::read("NO", Some(comments), &rules, room);
    assert_eq!(paper(" a\r\nb ", None).unwrap().comments.as_deref(), Some("a\nb"));
    assert_eq!(name(paper("abcd", Some(3))), "comment_too_long");
    assert_eq!(Paper::read("NO", Some(" \n"), &free, None).unwrap().comments, None);
}

/// Status × own vote × request, for a juror of the panel; the second row is the film with its round closed.
#[test]
fn what_a_juror_may_do_by_table() {
    let none: &[Ballot] = &[];
    let first: &[Ballot] = &[ballot(1, Yes, 0)];
    let changed: &[Ballot] = &[ballot(1, Yes, 1)];
    let rules = Rules::default();
    let judge = |voting: &FilmVoting| {
        let me = UserId(1);
        [name(voting.cast(me, &rules)), name(voting.let_stand(me)), name(voting.promote(me, &rules))]
    };
    let table = [
        (Assigned, none, ["ok", "not_in_discussion", "not_in_discussion"]),
        (Assigned, first, ["already_voted", "not_in_discussion", "not_in_discussion"]),
        (Assigned, changed, ["already_voted", "not_in_discussion", "not_in_discussion"]),
        (ToDiscuss, none, ["no_first_vote", "no_first_vote", "ok"]),
        (ToDiscuss, first, ["ok", "ok", "ok"]),
        (ToDiscuss, changed, ["change_spent", "change_spent", "ok"]),
    ];
    for (status, ballots, expected) in table {
        assert_eq!(judge(&film(status, ballots)), expected, "{status} {ballots:?}");
    }
    for status in [Submitted, Candidate, Selected, Finalist, Awarded, Refused, FilmStatus::Unknown] {
        for ballots in [none, first, changed] {
            let expected = ["voting_closed", "not_in_discussion", "not_in_discussion"];
            assert_eq!(judge(&film(status, ballots)), expected, "{status}");
        }
    }
    let others = [ballot(2, No, 0), ballot(3, No, 0)];
    for (status, own, expected) in [
        (Assigned, none, ["round_closed", "not_in_discussion", "not_in_discussion"]),
        (Assigned, first, ["round_closed", "not_in_discussion", "not_in_discussion"]),
        (ToDiscuss, none, ["round_closed", "round_closed", "ok"]),
        (ToDiscuss, first, ["round_closed", "round_closed", "ok"]),
        (ToDiscuss, changed, ["round_closed", "round_closed", "ok"]),
    ] {
        let voting = closed(film(status, &[own, &others].concat()));
        assert_eq!(judge(&voting), expected, "{status} {own:?} closed");
    }
    let stands = standing(film(ToDiscuss, first), 1);
    assert_eq!(judge(&stands), ["vote_stands", "vote_stands", "ok"]);
    let overwritten = FilmVoting { ballots: vec![ballot(1, No, 0)], ..stands };
    assert_eq!(judge(&overwritten), ["ok", "ok", "ok"]);
    for status in FilmStatus::ALL {
        let off = with(film(status, first), 1, |juror| juror.on_panel = false);
        assert_eq!(judge(&off), ["not_assigned"; 3], "{status}");
        let recused = Some(Recusal { why: Why::Conflict, waiting: true });
        let barred = with(film(status, none), 1, |juror| juror.recusal = recused);
        assert_eq!(judge(&barred), ["recused"; 3], "{status}");
    }
    let off = Rules { promotion: false, ..rules };
    assert_eq!(name(film(ToDiscuss, first).promote(UserId(1), &off)), "promotion_off");
}

#[test]
fn a_missing_first_vote_may_be_cast_in_a_discussion_that_opened_at_the_first_request() {
    let rules = Rules { open_discussion: OpenDiscussion::FirstRequest, ..Rules::default() };
    let voting = film(ToDiscuss, &[ballot(2, Discuss, 0)]);
    assert_eq!(voting.cast(UserId(1), &rules), Ok(Cast::First));
    let mut after_closing = closed(film(Assigned, &[ballot(2, Discuss, 0)]));
    after_closing.status = ToDiscuss;
    assert_eq!(name(after_closing.cast(UserId(1), &rules)), "round_closed");
}

#[test]
fn a_vote_of_the_sites_that_says_nothing_is_in_the_way_of_a_first_one() {
    let unknown = Ballot { note: None, ..ballot(1, Yes, 0) };
    assert_eq!(name(film(Assigned, &[unknown]).cast(UserId(1), &Rules::default())), "already_voted");
    let second = film(ToDiscuss, &[unknown]).cast(UserId(1), &Rules::default());
    assert_eq!(second, Ok(Cast::Second(unknown)));
    assert_eq!(name(film(ToDiscuss, &[unknown]).let_stand(UserId(1))), "no_first_vote");
}

#[test]
fn of_duplicates_the_counted_one_is_changed() {
    let twice = [ballot(1, Yes, 0), Ballot { id: VoteId(11), ..ballot(1, No, 0) }];
    assert_eq!(film(ToDiscuss, &twice).cast(UserId(1), &Rules::default()), Ok(Cast::Second(twice[0])));
}

#[test]
fn recusals_by_table() {
    let voted: &[Ballot] = &[ballot(1, Yes, 0)];
    let cases = [
        (Assigned, &[][..], Why::Conflict, Ok(Recusing::Leaves)),
        (Assigned, voted, Why::Conflict, Ok(Recusing::Waits)),
        (Candidate, voted, Why::Conflict, Ok(Recusing::Waits)),
        (Assigned, &[], Why::CannotWatch, Ok(Recusing::Waits)),
        (Assigned, &[], Why::Language, Ok(Recusing::Waits)),
        (Assigned, voted, Why::Language, Err(Rule::AlreadyVoted)),
        (Candidate, &[], Why::Language, Err(Rule::VotingClosed)),
    ];
    for (status, ballots, why, expected) in cases {
        let judged = film(status, ballots).recuse(UserId(1), why).map_err(|refusal| refusal.rule);
        assert_eq!(judged, expected, "{status} {ballots:?} {why:?}");
    }
    assert_eq!(name(film(Assigned, &[]).recuse(UserId(9), Why::Conflict)), "not_assigned");
}

#[test]
fn panels_by_table() {
    let voted: &[Ballot] = &[ballot(1, Yes, 0)];
    let new = |id| Juror::newcomer(UserId(id), "New", true, true);
    let panel: Vec<Juror> = (1..=3).map(juror).collect();
    let and = |other: Juror| [panel.clone(), vec![other]].concat();
    let cases = [
        (Submitted, &[][..], and(new(4)), "ok"),
        (Assigned, voted, and(new(4)), "ok"),
        (Assigned, voted, panel[..2].to_vec(), "ok"),
        (Assigned, voted, panel[1..].to_vec(), "juror_has_voted"),
        (ToDiscuss, voted, panel[..1].to_vec(), "ok"),
        (ToDiscuss, voted, and(new(4)), "discussion_begun"),
        (Candidate, voted, and(new(4)), "discussion_begun"),
        (Refused, voted, and(new(4)), "discussion_begun"),
        (Assigned, voted, and(new(PRODUCER.0)), "own_film"),
        (Assigned, voted, and(Juror { jury: false, ..new(4) }), "not_a_juror"),
        (ToDiscuss, voted, and(Juror { enabled: false, ..new(4) }), "juror_disabled"),
        (Assigned, &[], Vec::new(), "ok"),
    ];
    for (status, ballots, wanted, expected) in cases {
        assert_eq!(name(film(status, ballots).set_panel(&wanted)), expected, "{status} {wanted:?}");
    }
    let over = closed(film(Assigned, voted));
    assert_eq!(name(over.set_panel(&and(new(4)))), "round_closed");
    assert_eq!(name(over.set_panel(&panel[..2])), "ok");
}

#[test]
fn closing_and_opening_a_round() {
    let two = [ballot(1, Yes, 0), ballot(2, Yes, 0)];
    let rules = Rules::default();
    assert_eq!(name(film(Assigned, &two[..1]).close(&rules)), "quorum_missing");
    assert_eq!(name(film(Candidate, &two).close(&rules)), "voting_closed");
    let voting = closed(film(Assigned, &two));
    assert_eq!(name(voting.close(&rules)), "round_closed");
    assert_eq!(voting.facts().proposal(), Proposal::Candidate);
    assert_eq!(name(film(Assigned, &two).reopen()), "round_open");
    assert_eq!(voting.reopen().unwrap(), Closings::default());

    let mut late = voting.clone();
    late.ballots.push(ballot(3, No, 0));
    assert_eq!(late.count().tally, Tally { yes: 2, no: 0, to_discuss: 0 });
    assert_eq!(name(late.admit(VoteId(10))), "not_late");
    late.round.closings = late.admit(VoteId(30)).unwrap();
    assert_eq!(late.count().tally, Tally { yes: 2, no: 1, to_discuss: 0 });
    // Late votes stay late when the film goes on.
    let mut discussed = voting;
    discussed.ballots.push(ballot(3, No, 0));
    discussed.go(ToDiscuss);
    assert_eq!(discussed.count().tally.total(), 2);
    assert!(!discussed.is_closed() && discussed.round.discussed);
    // Also where the round is open again: only staff let them count.
    let late = |voting: &FilmVoting| voting.count().set_aside == [(VoteId(30), SetAside::Late)];
    let round = discussed.round_at(Assigned);
    assert!(round.closings == Closings { late: vec![VoteId(30)], ..Closings::default() });
    discussed.go(Assigned);
    assert!(late(&discussed) && !discussed.is_closed());
    assert_eq!(name(discussed.reset(VoteId(30))), "came_late");
    discussed.round.closings = discussed.admit(VoteId(30)).unwrap();
    assert_eq!((discussed.count().tally.total(), discussed.round.closings.clone()), (3, Closings::default()));
    // Opened again for everybody, and closed once more.
    let mut again = closed(film(Assigned, &two));
    again.ballots.push(ballot(3, No, 0));
    again.round.closings = again.reopen().unwrap();
    assert!(late(&again) && !again.is_closed());
    again = closed(again);
    assert!(late(&again));
    again.round.closings = again.admit(VoteId(30)).unwrap();
    assert_eq!((again.count().tally.total(), &again.round.closings.late[..]), (3, &[][..]));
}

#[test]
fn a_late_change_stays_late_wherever_the_film_goes() {
    let mut voting = closed(film(ToDiscuss, &[ballot(1, Yes, 0), ballot(2, No, 0)]));
    voting.ballots[0].modification_count = 1;
    assert_eq!(name(voting.reset(VoteId(10))), "came_late");
    for ways in [&[Candidate, ToDiscuss][..], &[Candidate, ToDiscuss, Assigned], &[Refused, Submitted, Assigned]] {
        let mut moved = voting.clone();
        ways.iter().for_each(|to| moved.go(*to));
        assert_eq!(moved.count().set_aside, [(VoteId(10), SetAside::Late)], "{ways:?}");
        moved.round.closings = moved.admit(VoteId(10)).unwrap();
        assert_eq!(moved.count().counted, [VoteId(10), VoteId(20)], "{ways:?}");
    }
}

#[test]
fn a_second_cycle_begins_anew() {
    let mut voting = film(ToDiscuss, &[ballot(1, Yes, 1), ballot(2, No, 0)]);
    voting.round = Round { discussed: true, opened: true, reopened: vec![UserId(3)], ..Round::default() };
    for to in [Refused, Submitted] {
        voting.go(to);
    }
    assert_eq!(voting.round, Round::default());
    voting.go(Assigned);
    let complete = Rules { staff_see_always: false, ..Rules::default() };
    assert_eq!(sight::of_others(&voting, UserId(1)), Sight::Nothing);
    assert!(!sight::of_staff(&voting, &complete));
    // Straight back from discussion the panel has seen it.
    let mut back = film(Assigned, &[ballot(1, Yes, 0), ballot(2, No, 0)]);
    back.go(ToDiscuss);
    back.go(Assigned);
    assert_eq!((back.round.discussed, sight::of_others(&back, UserId(1))), (true, Sight::First));
    let candidate = FilmVoting { status: Candidate, ..back };
    assert!(!candidate.round_at(Assigned).discussed);
}

#[test]
fn whoever_joins_while_the_film_is_back_in_round_one_is_waited_for() {
    let new = |id| Juror::newcomer(UserId(id), "New", true, true);
    let rules = Rules::default();
    let mut back = film(ToDiscuss, &[ballot(1, Discuss, 0), ballot(2, Yes, 0)]);
    back.wait_for(&juror(3));
    assert_eq!(name(back.set_panel(&[back.jurors.clone(), vec![new(4)]].concat())), "ok");
    back.join(&new(4));
    assert_eq!(back.round.reopened, [UserId(3), UserId(4)]);
    back.ballots.push(ballot(3, Yes, 0));
    assert_eq!((back.follow(&rules), name(back.cast(UserId(4), &rules))), (None, "ok"));
    back.ballots.push(ballot(4, Yes, 0));
    assert_eq!(back.follow(&rules), Some(ToDiscuss));
    // Nobody else is waited for by name.
    let mut first = film(Assigned, &[]);
    first.join(&new(4));
    assert!(first.round.reopened.is_empty());
}

#[test]
fn where_the_first_request_opens_the_discussion() {
    let first = Rules { open_discussion: OpenDiscussion::FirstRequest, automatic: true, ..Rules::default() };
    let changed = film(ToDiscuss, &[ballot(1, Yes, 1), ballot(2, Yes, 1)]);
    let with_closed = FilmVoting {
        round: Round {
            closings: closed(FilmVoting { status: Assigned, ..changed.clone() }).round.closings,
            ..Round::default()
        },
        ..changed.clone()
    };
    let cases = [
        (changed.clone(), true, None),
        (with(changed.clone(), 3, |juror| juror.enabled = false), true, Some(Candidate)),
        (with_closed.clone(), false, Some(Candidate)),
        (closed(changed.clone()), true, Some(Candidate)),
    ];
    for (voting, open, expected) in cases {
        let facts = voting.facts_by(&first);
        assert_eq!((facts.first_votes_open, voting.follow(&first)), (open, expected), "{voting:?}");
        assert!(!voting.facts_by(&Rules::default()).first_votes_open);
    }
    // Whose vote is deleted could vote again, unless round 1 was closed.
    assert_eq!(name(changed.delete(VoteId(10), &first, false)), "ok");
    assert_eq!(name(with_closed.delete(VoteId(10), &first, false)), "could_not_vote_again");
    assert_eq!(name(closed(changed).delete(VoteId(10), &first, false)), "could_not_vote_again");
}

#[test]
fn a_film_goes_on_until_it_comes_to_rest() {
    let rules = Rules { automatic: true, ..Rules::default() };
    let ballots = [ballot(1, Yes, 0), ballot(2, Yes, 0), ballot(3, Discuss, 0)];
    let mut voting = film(Assigned, &ballots);
    for id in 1..=3 {
        voting = with(voting, id, |juror| (juror.on_panel, juror.kept) = (false, true));
    }
    assert_eq!(voting.follow(&rules), Some(ToDiscuss));
    assert_eq!(voting.go_on(&rules), Some(Candidate));
    assert_eq!((voting.status, voting.round.discussed, voting.follow(&rules)), (Candidate, true, None));
}

#[test]
fn what_was_said_of_not_judging_when_somebody_leaves() {
    let said = |why, waiting| with(film(Assigned, &[]), 1, |juror| juror.recusal = Some(Recusal { why, waiting }));
    let left = |mut voting: FilmVoting, agreed: bool| {
        match agreed {
            true => voting.agree(UserId(1), Leaving::Unvoted),
            false => voting.leave(UserId(1), Leaving::Unvoted),
        }
        let recusal = voting.juror(UserId(1)).unwrap().recusal;
        let joins = name(voting.juror(UserId(1)).unwrap().may_join(PRODUCER));
        voting.join(&juror(1));
        (recusal.map(|r| (r.why, r.waiting)), joins, voting.juror(UserId(1)).unwrap().is_active())
    };
    assert_eq!(left(said(Why::Language, true), false), (None, "ok", true));
    assert_eq!(left(said(Why::CannotWatch, true), true), (Some((Why::CannotWatch, false)), "ok", true));
    for agreed in [true, false] {
        let conflict = (Some((Why::Conflict, false)), "conflict_declared", false);
        assert_eq!(left(said(Why::Conflict, true), agreed), conflict);
    }
}

#[test]
fn nobody_promotes_to_see_what_the_others_changed() {
    let rules = Rules::default();
    let mut voting = film(ToDiscuss, &[ballot(1, Yes, 0), ballot(2, No, 1)]);
    voting.round.discussed = true;
    assert_eq!(name(voting.promote(UserId(1), &rules)), "ok");
    voting.go(Candidate);
    assert_eq!(sight::of_others(&voting, UserId(1)), Sight::First);
    assert_eq!(sight::of_others(&voting, UserId(2)), Sight::All);
    assert_eq!(sight::of_others(&voting, UserId(3)), Sight::Nothing);
    voting.go(ToDiscuss);
    assert_eq!(name(voting.cast(UserId(1), &rules)), "ok");
    for (status, sees) in
        [(Selected, Sight::First), (Finalist, Sight::First), (Refused, Sight::All), (Awarded, Sight::All)]
    {
        assert_eq!(sight::of_others(&FilmVoting { status, ..voting.clone() }, UserId(1)), sees, "{status}");
    }
    let announced = FilmVoting { status: Refused, ..voting };
    assert_eq!(sight::of_others(&announced, UserId(3)), Sight::All);
}

#[test]
fn quorums_by_table() {
    for (quorum, jurors, needed) in [
        (Quorum::Half, 3, 2),
        (Quorum::Half, 4, 3),
        (Quorum::Half, 1, 1),
        (Quorum::Votes(5), 3, 3),
        (Quorum::Votes(2), 3, 2),
    ] {
        let voting = FilmVoting { jurors: (1..=jurors).map(juror).collect(), ..film(Assigned, &[]) };
        assert_eq!(voting.quorum(&Rules { quorum, ..Rules::default() }), needed, "{quorum:?} of {jurors}");
    }
}

#[test]
fn reopening_for_a_juror() {
    let voting = film(ToDiscuss, &[ballot(1, Discuss, 0), ballot(2, Yes, 0)]);
    let new = Juror::newcomer(UserId(4), "New", true, true);
    assert_eq!(name(voting.reopen_for(&new)), "ok");
    assert_eq!(name(voting.reopen_for(&juror(3))), "ok");
    assert_eq!(name(voting.reopen_for(&juror(1))), "nothing_to_reopen");
    assert_eq!(name(film(Assigned, &[]).reopen_for(&new)), "not_in_discussion");
    assert_eq!(name(voting.reopen_for(&Juror { jury: false, ..new })), "not_a_juror");

    let mut back = FilmVoting { status: Assigned, round: voting.round_at(Assigned), ..voting };
    back.round.reopened.push(UserId(3));
    assert_eq!(back.follow(&Rules::default()), None);
    assert_eq!(name(back.cast(UserId(3), &Rules::default())), "ok");
    back.ballots.push(ballot(3, Yes, 0));
    assert_eq!(back.follow(&Rules::default()), Some(ToDiscuss));
}

#[test]
fn what_follows_by_itself() {
    let rules = Rules::default();
    let automatic = Rules { automatic: true, ..rules };
    let first = Rules { open_discussion: OpenDiscussion::FirstRequest, ..rules };
    let manual = Rules { open_discussion: OpenDiscussion::Manual, ..rules };
    let all = |one, two, three| film(Assigned, &[ballot(1, one, 0), ballot(2, two, 0), ballot(3, three, 0)]);
    let two = film(Assigned, &[ballot(1, Yes, 0), ballot(2, Discuss, 0)]);
    let gone = with(two.clone(), 3, |juror| juror.enabled = false);
    let agreed = |voting: &FilmVoting, waiting| {
        with(voting.clone(), 3, |juror| juror.recusal = Some(Recusal { why: Why::Language, waiting }))
    };
    let cases = [
        (all(Yes, Yes, No), &rules, None),
        (all(Yes, Yes, No), &automatic, Some(Candidate)),
        (all(No, No, Yes), &automatic, None),
        (all(Yes, Yes, Discuss), &rules, Some(ToDiscuss)),
        (all(Yes, Yes, Discuss), &automatic, Some(ToDiscuss)),
        (all(Yes, Yes, Discuss), &manual, None),
        (two.clone(), &rules, None),
        (two.clone(), &first, Some(ToDiscuss)),
        (closed(two.clone()), &rules, Some(ToDiscuss)),
        (closed(film(Assigned, &[ballot(1, Yes, 0), ballot(2, Yes, 0)])), &automatic, Some(Candidate)),
        (gone, &rules, Some(ToDiscuss)),
        (agreed(&two, true), &rules, None),
        (agreed(&two, false), &rules, Some(ToDiscuss)),
        (film(ToDiscuss, &[ballot(1, Yes, 1), ballot(2, Yes, 1)]), &rules, None),
        (film(ToDiscuss, &[ballot(1, Yes, 1), ballot(2, Yes, 1)]), &automatic, Some(Candidate)),
        (film(ToDiscuss, &[ballot(1, Yes, 1), ballot(2, Yes, 0)]), &automatic, None),
        (standing(film(ToDiscuss, &[ballot(1, Yes, 1), ballot(2, Yes, 0)]), 2), &automatic, Some(Candidate)),
        (film(Assigned, &[]), &automatic, None),
        (film(Submitted, &[ballot(1, Discuss, 0)]), &rules, None),
    ];
    for (voting, rules, expected) in cases {
        assert_eq!(voting.follow(rules), expected, "{voting:?}");
    }
}

#[test]
fn giving_a_change_back_and_deleting() {
    let rules = Rules::default();
    let voting =
        film(ToDiscuss, &[ballot(1, Yes, 1), ballot(2, Yes, 0), Ballot { id: VoteId(21), ..ballot(2, No, 0) }]);
    assert_eq!(name(voting.reset(VoteId(10))), "ok");
    assert_eq!(name(voting.reset(VoteId(20))), "nothing_to_reset");
    assert_eq!(name(standing(voting.clone(), 2).reset(VoteId(20))), "ok");
    assert_eq!(name(voting.delete(VoteId(10), &rules, false)), "could_not_vote_again");
    assert_eq!(name(voting.delete(VoteId(10), &rules, true)), "ok");
    assert_eq!(name(voting.delete(VoteId(21), &rules, false)), "ok");
    assert_eq!(name(film(Assigned, &[ballot(1, Yes, 0)]).delete(VoteId(10), &rules, false)), "ok");
}

#[test]
fn who_holds_a_change() {
    let names = |voting: &FilmVoting| voting.holders().iter().map(|juror| juror.id.0).collect::<Vec<_>>();
    let voting = film(ToDiscuss, &[ballot(1, Yes, 0), ballot(2, No, 1)]);
    assert_eq!(names(&voting), [1]);
    assert_eq!(names(&standing(voting.clone(), 1)), [] as [i32; 0]);
    assert_eq!(names(&with(voting.clone(), 1, |juror| juror.enabled = false)), [] as [i32; 0]);
    assert_eq!(names(&closed(voting.clone())), [] as [i32; 0]);
    assert_eq!(names(&FilmVoting { status: Candidate, ..voting }), [] as [i32; 0]);
}

#[test]
fn who_sees_what() {
    let ballots = [ballot(1, Yes, 0), ballot(2, No, 1)];
    let seen = |voting: &FilmVoting, viewer: i32| -> Vec<(i32, Sight)> {
        sight::of_juror(voting, UserId(viewer)).into_iter().map(|(vote, sight)| (vote.0, sight)).collect()
    };
    let discussed = film(ToDiscuss, &ballots);
    assert!(discussed.round_at(Candidate).discussed, "also where the web site began the discussion");
    assert_eq!(seen(&film(Assigned, &ballots), 1), [(10, Sight::All)]);
    assert_eq!(seen(&discussed, 1), [(10, Sight::All), (20, Sight::First)]);
    assert_eq!(seen(&standing(discussed.clone(), 1), 1), [(10, Sight::All), (20, Sight::All)]);
    assert_eq!(seen(&discussed, 2), [(10, Sight::All), (20, Sight::All)]);
    assert_eq!(seen(&discussed, 3), []);
    assert_eq!(seen(&discussed, 9), []);
    let candidate =
        |discussed| FilmVoting { round: Round { discussed, ..Round::default() }, ..film(Candidate, &ballots) };
    assert_eq!(seen(&candidate(true), 3), []);
    assert_eq!(
        seen(&candidate(false), 1),
        [(10, Sight::All), (20, Sight::First)],
        "a changed vote tells of a discussion"
    );
    let straight = film(Candidate, &[ballots[0], ballot(2, No, 0)]);
    assert_eq!(seen(&straight, 1), [(10, Sight::All)]);
    let recused = Some(Recusal { why: Why::Conflict, waiting: true });
    assert_eq!(seen(&with(discussed, 1, |juror| juror.recusal = recused), 1), [(10, Sight::All)]);

    let complete = Rules { staff_see_always: false, ..Rules::default() };
    let cases = [
        (film(Assigned, &ballots), false),
        (closed(film(Assigned, &ballots)), true),
        (film(ToDiscuss, &ballots), true),
        (FilmVoting { round: Round { opened: true, ..Round::default() }, ..film(Assigned, &ballots) }, true),
    ];
    for (voting, sees) in cases {
        assert_eq!(sight::of_staff(&voting, &complete), sees, "{voting:?}");
        assert!(sight::of_staff(&voting, &Rules::default()));
    }
}

fn any_film() -> impl Strategy<Value = FilmVoting> {
    let ballots = prop::collection::vec((1i32..5, 0usize..4, 0i32..3), 0..8);
    let seats = prop::collection::vec((any::<bool>(), any::<bool>(), any::<bool>(), 0usize..8), 4);
    (prop::sample::select(&FilmStatus::ALL[..]), ballots, seats).prop_map(|(status, ballots, seats)| {
        let note = |n: usize| Note::ALL.get(n).copied();
        let ballots = (1..).zip(ballots).map(|(id, (juror, n, modification_count))| Ballot {
            id: VoteId(id),
            juror: UserId(juror),
            note: note(n),
            modification_count,
        });
        let jurors = (1..).zip(seats).map(|(id, (on_panel, enabled, waiting, why))| Juror {
            on_panel,
            enabled,
            recusal: Why::ALL.get(why).map(|why| Recusal { why: *why, waiting }),
            ..juror(id)
        });
        FilmVoting { jurors: jurors.collect(), ..film(status, &ballots.collect::<Vec<_>>()) }
    })
}

proptest! {
    #[test]
    fn nobody_votes_twice_or_changes_twice(voting in any_film(), first_request: bool) {
        let mut rules = Rules::default();
        if first_request {
            rules.open_discussion = OpenDiscussion::FirstRequest;
        }
        for id in 1..5 {
            match voting.cast(UserId(id), &rules) {
                Ok(Cast::First) => prop_assert!(voting.ballots.iter().all(|ballot| ballot.juror.0 != id)),
                Ok(Cast::Second(ballot)) => {
                    prop_assert!(voting.status == ToDiscuss && ballot.modification_count <= 0 && ballot.juror.0 == id);
                }
                Err(_) => {}
            }
        }
    }

    #[test]
    fn what_follows_is_a_step_forward_and_comes_to_rest(voting in any_film(), automatic: bool) {
        let rules = Rules { automatic, ..Rules::default() };
        let mut voting = voting;
        for _ in 0..3 {
            let Some(to) = voting.follow(&rules) else { return Ok(()) };
            prop_assert!(matches!((voting.status, to), (Assigned, ToDiscuss | Candidate) | (ToDiscuss, Candidate)));
            voting.go(to);
        }
        prop_assert!(false, "it never comes to rest");
    }

    #[test]
    fn nobody_sees_others_before_discussion(voting in any_film(), viewer in 1i32..5) {
        if voting.status == Assigned || voting.status == Submitted {
            let seen = sight::of_juror(&voting, UserId(viewer));
            let own = |vote: VoteId| voting.ballots.iter().any(|b| b.id == vote && b.juror.0 == viewer);
            prop_assert!(seen.iter().all(|(vote, _)| own(*vote)));
        }
    }
}

#[test]
fn answers_to_jurors_who_cannot_judge_by_table() {
    let waits = |ballots: &[Ballot], why| {
        with(film(Assigned, ballots), 1, |juror| juror.recusal = Some(Recusal { why, waiting: true }))
    };
    let answered = |why| {
        let recusal = Some(Recusal { why, waiting: false });
        with(film(Assigned, &[]), 1, |juror| (juror.on_panel, juror.recusal) = (false, recusal))
    };
    let voted: &[Ballot] = &[ballot(1, Yes, 0)];
    let cases = [
        (film(Assigned, &[]), true, None, Err(Rule::NothingToSettle)),
        (waits(&[], Why::Language), false, None, Ok(Answered::Stays)),
        (waits(&[], Why::Language), true, None, Ok(Answered::Leaves(Leaving::Unvoted))),
        (waits(voted, Why::Conflict), false, None, Ok(Answered::Stays)),
        (answered(Why::Conflict), false, None, Ok(Answered::Stays)),
        (answered(Why::Conflict), true, None, Err(Rule::NothingToSettle)),
        (waits(voted, Why::Conflict), true, None, Err(Rule::VoteUndecided)),
        (waits(voted, Why::Conflict), true, Some(true), Ok(Answered::Leaves(Leaving::Kept))),
        (waits(voted, Why::Conflict), true, Some(false), Ok(Answered::Leaves(Leaving::Struck))),
    ];
    for (voting, agree, kept, expected) in cases {
        let answered = voting.settle(UserId(1), agree, kept).map_err(|refusal| refusal.rule);
        assert_eq!(answered, expected, "{agree} {kept:?} {voting:?}");
    }
    assert_eq!(name(film(Assigned, &[]).settle(UserId(9), true, None)), "nothing_to_settle");
}

#[test]
fn who_leaves_takes_the_vote_along_or_not() {
    let voted = film(Assigned, &[ballot(1, Discuss, 0), ballot(2, Yes, 0)]);
    let left = |id: i32, kept| {
        let mut voting = voted.clone();
        let how = voting.release(UserId(id), kept);
        voting.leave(UserId(id), how);
        (how, voting.panel().len(), voting.count().tally.total(), voting.follow(&Rules::default()))
    };
    assert_eq!(left(3, true), (Leaving::Unvoted, 2, 2, Some(ToDiscuss)));
    assert_eq!(left(1, true), (Leaving::Kept, 2, 2, None));
    assert_eq!(left(1, false), (Leaving::Struck, 2, 1, None));
    let mut both = voted.clone();
    both.leave(UserId(1), Leaving::Kept);
    both.leave(UserId(3), Leaving::Unvoted);
    assert_eq!(both.go_on(&Rules::default()), Some(ToDiscuss));
    assert!(both.round.discussed && both.count().tally.total() == 2);
    both.join(&juror(1));
    assert!(both.juror(UserId(1)).is_some_and(|juror| juror.on_panel && !juror.kept));
}

#[test]
fn places_are_taken_in_turn() {
    let new = |id| Juror::newcomer(UserId(id), "New", true, true);
    let among = [new(4), juror(2), new(5), Juror { enabled: false, ..new(6) }, new(PRODUCER.0)];
    let take = |voting: &FilmVoting, turn| voting.replacement(&among, turn).map(|juror| juror.id.0);
    let open = film(Assigned, &[]);
    for (turn, expected) in [(0, 4), (1, 5), (2, 5), (3, 4), (4, 4), (5, 4)] {
        assert_eq!(take(&open, turn), Some(expected), "{turn}");
    }
    let conflict = Some(Recusal { why: Why::Conflict, waiting: false });
    let mut declared = open.clone();
    declared.jurors.push(Juror { recusal: conflict, ..new(4) });
    assert_eq!(take(&declared, 0), Some(5));
    assert_eq!(open.replacement(&[], 3), None);
    assert_eq!(take(&film(ToDiscuss, &[]), 0), None);
    assert_eq!(take(&closed(film(Assigned, &[ballot(1, Yes, 0)])), 0), None);
}
