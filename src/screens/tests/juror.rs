//! A juror's work: voting in both rounds, letting a vote stand, promoting, not judging, and everything that comes between.

use super::fixtures::*;
use crate::api::failure::{Trouble, Unavailable};
use crate::api::vote::{Promoted, Recused};
use crate::api::{Answer, Changed, Failure, FieldChange, Reply, Request, Topic};
use crate::app::effect::Effect;
use crate::app::harness::Harness;
use crate::app::lang::Language;
use crate::app::msg::{Msg, Ticket};
use crate::domain::film::FilmStatus::{Assigned, Candidate, ToDiscuss};
use crate::domain::jury::Why;
use crate::domain::round::BallotSeen;
use crate::domain::user::Role;
use crate::domain::vote::Note;
use crate::domain::{FilmId, Refusal, Rule};

fn juror() -> Harness {
    console(Language::En, Role::Jury)
}

/// A ballot on the first film with this comment.
fn ballot(note: &str, comment: &str) -> Harness {
    let mut h = juror();
    h.press(note).type_text(comment);
    h
}

fn unavailable(why: Trouble) -> Failure {
    Failure::Unavailable(Unavailable { why, detail: String::new() })
}

/// The screen's words in one line, wherever they are wrapped.
pub(super) fn words(h: &Harness) -> String {
    let screen = h.screen();
    let words = screen.split(|c: char| c.is_whitespace() || "│╭╮╰╯─▌".contains(c)).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// The ticket of a request that waits.
fn ticket(h: &Harness, name: &str) -> Ticket {
    h.calls.iter().find(|(_, request)| request.entry().name == name).unwrap().0
}

/// What was handed in: film, note, comment, seen.
fn handed_in(request: Request) -> (i32, String, Option<String>, Option<BallotSeen>) {
    match request {
        Request::CastVote { film, note, comments, seen, .. } => (film.0, note, comments, seen),
        other => panic!("{other:?}"),
    }
}

fn repeated(reply: Reply) -> Answer {
    Answer { repeated: true, ..Answer::from(reply) }
}

#[test]
fn a_first_vote_is_three_steps() {
    let mut h = ballot("y", "It breathes.");
    h.press("Enter").type_text("Twice.").press("Ctrl-s");
    let screen = words(&h);
    assert!(
        in_order(&screen, &["Cast this vote?", "東京の夜に", "yes", "It breathes.", "can be changed once"]),
        "{screen}"
    );
    assert!(!h.waits_for("cast_vote"));
    h.press("Tab Enter");
    assert!(words(&h).contains("Handing it in"), "{}", h.screen());
    h.press("Enter Esc y");
    let (ticket, request) = h.asked("cast_vote");
    assert!(!h.waits_for("cast_vote"), "it is sent once");
    let seen = Some(BallotSeen { status: Assigned, note: None, modification_count: None });
    assert_eq!(handed_in(request), (199, "YES".into(), Some("It breathes.\nTwice.".into()), seen));
    let vote = my_vote(199, Note::Yes, "It breathes.\nTwice.", 0);
    h.send(Msg::Reply(ticket, Ok(cast(vote, Assigned, false).into())));
    let screen = words(&h);
    assert!(screen.contains("Voted on “東京の夜に”: ✓ yes.") && screen.contains("5 of 5 films"), "{screen}");
    let cursor = h.screen().lines().find(|line| line.contains('▌')).map(str::to_owned);
    assert!(cursor.is_some_and(|line| line.contains("東京の夜に")), "the cursor stays");
    // The row follows at once, whatever the list has read so far.
    h.press("n");
    assert!(words(&h).contains("You have voted on this film"), "{}", h.screen());
}

#[test]
fn the_film_that_the_last_vote_moves_is_said() {
    let mut h = ballot("d", "Let us talk.");
    h.press("Ctrl-s Tab Enter");
    h.answer("cast_vote", cast(my_vote(199, Note::ToDiscuss, "Let us talk.", 0), ToDiscuss, true));
    assert!(words(&h).contains("The film is now: to discuss"), "{}", h.screen());
    h.press("Enter");
    answer_all(&mut h);
}

#[test]
fn every_note_has_its_key_and_can_be_changed_in_the_ballot() {
    for (key, note) in [("y", "● ✓ yes"), ("o", "● ✓ yes"), ("n", "● ✗ no"), ("d", "● ? to discuss")] {
        let mut h = juror();
        h.press(key);
        assert!(words(&h).contains(note), "{key}: {}", h.screen());
    }
    let mut h = ballot("y", "yn d");
    assert!(words(&h).contains("yn d") && h.screen().contains("● ✓ yes"), "letters are text");
    for (keys, note) in [
        ("Tab Right", "● ✗ no"),
        ("Down", "● ? to discuss"),
        ("Right", "● ? to discuss"),
        ("y", "● ✓ yes"),
        ("Up", "● ✓ yes"),
        ("d", "● ? to"),
    ] {
        h.press(keys);
        assert!(words(&h).contains(note), "{keys}: {}", h.screen());
    }
    h.press("Enter").type_text("!").press("F2 Tab Enter");
    let (_, note, comment, _) = handed_in(h.asked("cast_vote").1);
    assert_eq!((note.as_str(), comment.as_deref()), ("TO DISCUSS", Some("yn d!")));
}

#[test]
fn a_comment_is_judged_before_it_is_sent_and_kept() {
    let long = "é".repeat(10_003);
    let cases = [
        ("", "A vote needs a comment"),
        (" \u{a0}\u{3000} ", "A vote needs a comment"),
        ("\u{2800}\u{3164}", "A vote needs a comment"),
        (long.as_str(), "The comment is too long: 10,003 characters, at most 10,000 fit."),
    ];
    for (text, says) in cases {
        let mut h = juror();
        h.press("y");
        h.send(Msg::Paste { text: text.into(), cut: false });
        h.press("Ctrl-s");
        assert!(words(&h).contains(says), "{text:.20}: {}", h.screen());
        assert!(!h.waits_for("cast_vote"));
        h.type_text("x");
        assert!(words(&h).contains("My comment"), "it stays open");
    }
    let mut h = juror();
    h.press("y");
    h.send(Msg::Paste { text: "é".repeat(8_999), cut: false });
    assert!(!words(&h).contains("characters left"));
    h.type_text("ab");
    assert!(words(&h).contains("999 characters left"), "{}", h.screen());
    h.send(Msg::Paste { text: "é".repeat(1_001), cut: false });
    assert!(words(&h).contains("2 characters too many"), "{}", h.screen());
}

#[test]
fn the_second_vote_is_the_only_change_and_says_so() {
    for size in [(80, 24), (120, 40)] {
        let mut h = juror();
        h.resize(size.0, size.1).press("j j d");
        let screen = words(&h);
        for says in ["only change", "My first vote", "The sound is a rough cut.", "● ? to discuss", "my vote stands"]
        {
            assert!(screen.contains(says), "{says}: {screen}");
        }
        h.type_text("Still.").press("Ctrl-s");
        let screen = words(&h);
        assert!(
            in_order(
                &screen,
                &["My first vote", "? to discuss", "My change", "only change", "same as before and spends"]
            ),
            "{screen}"
        );
        h.press("Enter");
        assert!(!h.waits_for("cast_vote"), "the button that spends it is not preselected");
        h.press("Ctrl-s Tab Enter");
        let (film, note, _, seen) = handed_in(h.asked("cast_vote").1);
        assert_eq!((film, note.as_str()), (197, "TO DISCUSS"));
        let first = BallotSeen { status: ToDiscuss, note: Some(Note::ToDiscuss), modification_count: Some(0) };
        assert_eq!(seen, Some(first));
    }
}

#[test]
fn what_cannot_be_voted_on_says_why() {
    for (keys, says) in [
        ("j j j y", "You have voted on this film"),
        ("G n", "Voting on this film is closed"),
        ("s", "That is for films in discussion only"),
        ("p", "That is for films in discussion only"),
        ("G s", "That is for films in discussion only"),
    ] {
        let mut h = juror();
        h.press(keys);
        assert!(words(&h).contains(says), "{keys}: {}", h.screen());
        assert!(words(&h).contains("5 of 5 films"));
    }
}

#[test]
fn a_draft_stays_with_its_film() {
    let mut h = ballot("y", "It breathes");
    h.press("Esc");
    let screen = words(&h);
    assert!(screen.contains("Kept as a draft: “東京の夜に”") && screen.contains("✎ draft: ✓ yes"), "{screen}");
    h.press("y");
    assert!(words(&h).contains("It breathes"));
    h.type_text(" twice").press("Esc n");
    let screen = words(&h);
    assert!(screen.contains("It breathes twice") && screen.contains("Your draft said: ✓ yes"), "{screen}");
    assert!(screen.contains("● ✗ no"));
    // On the film's page too.
    h.press("Esc Enter");
    answer_all(&mut h);
    assert!(
        words(&h).contains("begun a vote and not handed it in: ✓ yes"),
        "nothing was written with it: {}",
        h.screen()
    );
    h.press("n Ctrl-s Tab Enter");
    h.answer("cast_vote", cast(my_vote(199, Note::No, "It breathes twice", 0), Assigned, false));
    h.press("Esc");
    assert!(!words(&h).contains("draft:"), "{}", h.screen());
}

#[test]
fn an_empty_ballot_leaves_nothing() {
    let mut h = juror();
    h.press("y Esc");
    assert!(!words(&h).contains("draft:"), "{}", h.screen());
    h.press("y").type_text("x").press("Backspace Esc");
    assert!(!words(&h).contains("draft:"), "{}", h.screen());
    h.press("q");
    assert!(h.quits());
}

#[test]
fn leaving_with_drafts_asks_and_names_them() {
    for (key, question) in [("q", "Leave without handing in 2 drafts"), ("X", "Sign out without handing in 2 drafts")] {
        let mut h = ballot("y", "It breathes");
        h.press("Esc j j n").type_text("No.").press("Esc").press(key);
        let screen = words(&h);
        assert!(screen.contains(question) && screen.contains("東京の夜に") && screen.contains("سلام"), "{screen}");
        h.press("Enter");
        assert!(!h.quits() && h.screen().contains("✎"), "the harmless button has the focus");
        h.press(key).press("Tab Enter");
        assert!(h.quits() || h.screen().contains("Email"), "{}", h.screen());
    }
}

#[test]
fn drafts_survive_the_lock_and_a_lost_database() {
    let mut h = ballot("n", "Too long");
    h.wait(31);
    assert!(!words(&h).contains("Too long"), "nothing is seen while it is locked: {}", h.screen());
    h.type_text("a long password").press("Enter");
    let signed_in = crate::app::harness::person(Role::Jury).into();
    h.answer("sign_in", Reply::SignedIn(signed_in));
    assert!(words(&h).contains("Too long"), "{}", h.screen());
    h.send(Msg::Database(false));
    h.type_text(" by half").press("Esc");
    h.send(Msg::Database(true));
    assert!(words(&h).contains("✎ draft: ✗ no"), "{}", h.screen());
    h.press("n");
    assert!(words(&h).contains("Too long by half"));
}

#[test]
fn what_is_lost_on_the_way_is_asked_for_by_the_same_name() {
    let mut h = ballot("y", "It breathes.");
    h.press("Ctrl-s Tab Enter");
    let first = ticket(&h, "cast_vote");
    h.fail("cast_vote", unavailable(Trouble::Lost));
    let screen = words(&h);
    assert!(screen.contains("It breathes.") && screen.contains("Cast my vote"), "{screen}");
    h.press("Enter");
    assert_eq!(ticket(&h, "cast_vote"), first);
    h.answer("cast_vote", cast(my_vote(199, Note::Yes, "It breathes.", 0), Assigned, false));
    assert!(words(&h).contains("Voted on “東京の夜に”: ✓ yes."));
}

#[test]
fn who_does_not_know_whether_it_was_cast_is_told() {
    for (again, says) in [(true, "It had been done the first time"), (false, "The first time it had not been done")] {
        let mut h = ballot("y", "It breathes.");
        h.resize(120, 24);
        h.press("Ctrl-s Tab Enter");
        let first = ticket(&h, "cast_vote");
        h.fail("cast_vote", unavailable(Trouble::Unknown));
        assert_eq!(ticket(&h, "cast_vote"), first, "it is asked again at once, by the same name");
        assert!(words(&h).contains("Asking whether it was done"), "{}", h.screen());
        h.fail("cast_vote", unavailable(Trouble::Lost));
        assert!(words(&h).contains("told which as soon as the database answers"), "{}", h.screen());
        h.send(Msg::Database(false));
        h.send(Msg::Database(true));
        assert_eq!(ticket(&h, "cast_vote"), first, "and again when the database is back");
        let reply = cast(my_vote(199, Note::Yes, "It breathes.", 0), Assigned, false);
        h.answer("cast_vote", if again { repeated(reply) } else { reply.into() });
        assert!(words(&h).contains(says), "{}", h.screen());
        assert!(!h.waits_for("cast_vote"));
    }
}

#[test]
fn a_change_of_mind_after_a_lost_answer_is_another_request() {
    let mut h = ballot("y", "It breathes.");
    h.press("Ctrl-s Tab Enter");
    let first = ticket(&h, "cast_vote");
    h.fail("cast_vote", unavailable(Trouble::Lost));
    h.press("Esc").type_text("!").press("Ctrl-s Tab Enter");
    assert_ne!(ticket(&h, "cast_vote"), first);
    let (_, _, comment, seen) = handed_in(h.asked("cast_vote").1);
    assert_eq!(comment.as_deref(), Some("It breathes.!"));
    assert!(seen.is_some(), "a vote that was cast after all is in the way");
}

#[test]
fn a_stale_ballot_says_what_has_changed_and_what_can_be_done() {
    let mut h = ballot("d", "Whose voice is it?");
    h.press("Ctrl-s Tab Enter");
    let change = |field: &str, loaded: &str, now: &str| FieldChange {
        field: field.into(),
        loaded: loaded.into(),
        now: now.into(),
    };
    let changes = vec![change("selection_status", "assigned", "to_discuss"), change("note", "", "NO")];
    h.fail("cast_vote", Failure::Conflict(changes));
    let screen = words(&h);
    for says in ["it was assigned, now it is to discuss", "voted elsewhere meanwhile", "✗ no", "Whose voice is it?"] {
        assert!(screen.contains(says), "{says}: {screen}");
    }
    let mut rows: Vec<_> = (1..6).map(hidden).collect();
    rows[0].status = ToDiscuss;
    h.answer("my_films", Reply::Films(list(rows)));
    let mut votes = my_votes();
    votes.push(my_vote(199, Note::No, "From the web site.", 0));
    h.answer("my_votes", Reply::Votes(votes));
    let screen = words(&h);
    assert!(
        in_order(&screen, &["only change", "My first vote", "✗ no", "From the web site.", "Whose voice"]),
        "{screen}"
    );
    h.press("Ctrl-s Tab Enter");
    let (_, note, _, seen) = handed_in(h.asked("cast_vote").1);
    assert_eq!(note, "TO DISCUSS");
    let now = BallotSeen { status: ToDiscuss, note: Some(Note::No), modification_count: Some(0) };
    assert_eq!(seen, Some(now));
}

#[test]
fn refusals_keep_the_text_and_the_ballot() {
    for rule in [Rule::RoundClosed, Rule::VotingClosed, Rule::AlreadyVoted, Rule::CommentTooLong, Rule::BadText] {
        let mut h = ballot("y", "It breathes.");
        h.press("Ctrl-s Tab Enter");
        h.fail("cast_vote", Refusal::new(rule).into());
        let screen = words(&h);
        assert!(screen.contains("It breathes.") && screen.contains('▲'), "{rule:?}: {screen}");
        h.press("Esc");
        assert!(words(&h).contains("✎ draft"), "{rule:?}");
    }
    let mut h = ballot("y", "It breathes.");
    h.press("Ctrl-s Tab Enter");
    h.fail("cast_vote", Failure::Forbidden { needs: Some(Role::Jury) });
    assert!(words(&h).contains("It breathes."), "{}", h.screen());
}

#[test]
fn what_can_never_be_handed_in_can_be_copied() {
    let gone: [Failure; 4] = [
        Rule::NotAssigned.into(),
        Rule::Recused.into(),
        Rule::FilmGone.into(),
        Failure::NotFound { what: "thing-film", id: 199 },
    ];
    for failure in gone {
        let mut h = ballot("y", "It breathes.");
        h.press("Ctrl-s Tab Enter");
        h.fail("cast_vote", failure);
        let screen = words(&h);
        assert!(in_order(&screen, &["cannot be handed in any more", "It breathes."]), "{screen}");
        let hints = h.screen().lines().last().map(str::to_owned).unwrap();
        assert!(hints.contains("Esc") && !hints.contains("Ctrl-s") && !hints.contains("Tab"), "{hints}");
        h.press("x Ctrl-s Esc");
        assert!(words(&h).contains("not been copied"), "{}", h.screen());
        h.press("Enter c");
        assert!(matches!(h.effects.pop(), Some(Effect::Copy(text)) if text == "It breathes."));
        h.press("Esc");
        assert!(words(&h).contains("5 of 5 films"), "{}", h.screen());
        assert!(!h.waits_for("cast_vote"));
    }
}

#[test]
fn a_film_taken_away_under_an_open_ballot_is_said() {
    let mut h = ballot("y", "It breathes.");
    h.send(Msg::Changed(Changed { topic: Topic::Films, ids: Some(vec![199]) }));
    while h.waits_for("my_films") {
        h.answer("my_films", Reply::Films(list((2..6).map(hidden).collect())));
    }
    answer_all(&mut h);
    let screen = words(&h);
    assert!(in_order(&screen, &["not assigned to you", "cannot be handed in any more", "It breathes."]), "{screen}");
}

#[test]
fn a_film_that_is_deleted_under_an_open_ballot_is_not_called_somebody_elses() {
    let mut h = ballot("y", "It breathes.");
    h.send(Msg::Changed(Changed { topic: Topic::Films, ids: Some(vec![199]) }));
    while h.waits_for("my_films") {
        h.answer("my_films", Reply::Films(list((2..6).map(hidden).collect())));
    }
    h.fail("my_vote", Failure::NotFound { what: "thing-film", id: 199 });
    let screen = words(&h);
    assert!(screen.contains("This film is not there a") && screen.contains("It breathes."), "{screen}");
    assert!(!screen.contains("not assigned to you"), "{screen}");
}

#[test]
fn a_last_look_at_what_is_no_more_is_closed() {
    let mut h = ballot("y", "It breathes.");
    h.press("Ctrl-s");
    assert!(words(&h).contains("Cast this vote?"));
    h.send(Msg::Changed(Changed { topic: Topic::Films, ids: Some(vec![199]) }));
    while h.waits_for("my_films") {
        let mut rows: Vec<_> = (1..6).map(hidden).collect();
        rows[0].status = ToDiscuss;
        h.answer("my_films", Reply::Films(list(rows)));
    }
    answer_all(&mut h);
    let screen = words(&h);
    assert!(!screen.contains("Cast this vote?") && screen.contains("now it is to discuss"), "{screen}");
    h.press("Enter");
    assert!(!h.waits_for("cast_vote"));
}

#[test]
fn a_film_that_moves_under_an_open_ballot_is_said() {
    let mut h = ballot("y", "It breathes.");
    h.send(Msg::Changed(Changed { topic: Topic::Films, ids: Some(vec![199]) }));
    while h.waits_for("my_films") {
        let mut rows: Vec<_> = (1..6).map(hidden).collect();
        rows[0].status = ToDiscuss;
        h.answer("my_films", Reply::Films(list(rows)));
    }
    answer_all(&mut h);
    let screen = words(&h);
    assert!(
        in_order(&screen, &["now it is to discuss", "only those who voted in round 1", "It breathes."]),
        "{screen}"
    );
    h.press("Ctrl-s");
    assert!(!h.waits_for("cast_vote"), "it would be refused");
}

#[test]
fn a_vote_is_let_stand_from_the_list_the_page_and_the_ballot() {
    for keys in ["j j s", "j j Enter s", "j j y Tab s"] {
        let mut h = juror();
        h.press(keys);
        let screen = words(&h);
        assert!(in_order(&screen, &["Let my vote stand?", "? to discuss", "for good"]), "{keys}: {screen}");
        h.press("Tab Enter");
        let (asked, request) = h.asked("let_stand");
        assert!(matches!(request, Request::LetStand { film: FilmId(197), seen: Some(_), .. }));
        let mut vote = my_votes().swap_remove(1);
        vote.stands = true;
        h.send(Msg::Reply(asked, Ok(cast(vote, ToDiscuss, false).into())));
        assert!(words(&h).contains("stands."), "{}", h.screen());
        assert!(!words(&h).contains("My comment"), "the ballot is closed too: {}", h.screen());
        h.press("y");
        assert!(words(&h).contains("You let this vote stand"), "{}", h.screen());
    }
    let mut h = juror();
    h.press("j j s Enter");
    assert!(!h.waits_for("let_stand"), "it is final, so its button is not preselected");
}

#[test]
fn a_refused_let_stand_shows_how_it_is_now() {
    let mut h = juror();
    h.press("j j s Tab Enter");
    h.fail("let_stand", Rule::ChangeSpent.into());
    assert!(words(&h).contains("Your one change of this vote is spent"), "{}", h.screen());
    assert!(h.waits_for("my_films"));
}

#[test]
fn a_promotion_on_a_stale_film_is_decided_anew_with_the_comment_kept() {
    let mut h = juror();
    h.press("j j p");
    answer_all(&mut h);
    h.type_text("We all came back to it.").press("Ctrl-s Tab Enter");
    let change = FieldChange { field: "modification_count".into(), loaded: "0".into(), now: "1".into() };
    h.fail("promote", Failure::Conflict(vec![change]));
    assert!(h.waits_for("discussion"), "who holds a change is asked again");
    let mut votes = my_votes();
    votes.iter_mut().filter(|vote| vote.film == FilmId(197)).for_each(|vote| vote.modification_count = 1);
    h.answer("my_votes", Reply::Votes(votes));
    answer_all(&mut h);
    let screen = words(&h);
    assert!(in_order(&screen, &["Your one change was spent elsewhere", "We all came back to it."]), "{screen}");
    h.press("Ctrl-s Tab Enter");
    let request = h.asked("promote").1;
    let Request::Promote { seen: Some(seen), jury_comment: Some(_), .. } = request else { panic!("{request:?}") };
    assert_eq!(seen.modification_count, Some(1));
}

#[test]
fn a_film_is_promoted_with_who_still_holds_a_change_named() {
    let mut h = juror();
    h.press("j j p");
    answer_all(&mut h);
    let screen = words(&h);
    assert!(
        in_order(&screen, &["becomes a candidate", "2 jurors could still change", "Bruno Costa, Jun Sato"]),
        "{screen}"
    );
    h.type_text("We all came back to it.").press("Esc");
    assert!(words(&h).contains("not promoted yet"), "{}", h.screen());
    h.press("Enter Ctrl-s Tab Enter");
    let request = h.asked("promote");
    assert!(matches!(
        &request.1,
        Request::Promote { film: FilmId(197), jury_comment: Some(comment), seen: Some(_) } if comment == "We all came back to it."
    ));
    let promoted = Promoted { film: FilmId(197), status: Candidate, jury_comment: None };
    h.send(Msg::Reply(request.0, Ok(Reply::Promoted(promoted).into())));
    assert!(words(&h).contains("is now a candidate"), "{}", h.screen());
    let mut h = juror();
    h.press("j j p");
    answer_all(&mut h);
    h.press("Ctrl-s Tab Enter");
    assert!(matches!(h.asked("promote").1, Request::Promote { jury_comment: None, .. }));
}

#[test]
fn a_refused_promotion_keeps_its_comment() {
    let mut h = juror();
    h.press("j j p").type_text("Take it.").press("Ctrl-s Tab Enter");
    h.fail("promote", Refusal::new(Rule::NotInDiscussion).with("status", Candidate).into());
    assert!(in_order(&words(&h), &["this one is candidate", "Take it."]), "{}", h.screen());
}

#[test]
fn where_jurors_do_not_promote_the_key_says_so() {
    use crate::api::account::Welcome;
    use crate::api::setting::SettingRow;
    let mut h = juror();
    h.send(Msg::Changed(Changed { topic: Topic::Settings, ids: None }));
    let row = |name: &str, value: &str| SettingRow {
        name: name.into(),
        value: value.into(),
        is_default: false,
        expected: String::new(),
    };
    let settings =
        vec![row("voting.promote", "off"), row("voting.comment_max", "20"), row("voting.require_comment", "false")];
    let welcome = Welcome { festival: "MarsAI".into(), has_administrator: true, settings };
    h.answer("welcome", Reply::Welcome(welcome));
    h.press("j j p");
    assert!(words(&h).contains("jurors do not promote films"), "{}", h.screen());
    h.press("k k y Ctrl-s");
    assert!(words(&h).contains("Cast this vote?"), "no comment is needed there: {}", h.screen());
    h.press("Esc").type_text("twenty-one characters").press("Ctrl-s");
    assert!(words(&h).contains("21 characters, at most 20"), "{}", h.screen());
}

#[test]
fn who_cannot_judge_says_why_and_what_follows() {
    let cases = [("x", Why::CannotWatch, true), ("x Down", Why::Language, true), ("x Down Down", Why::Conflict, false)];
    for (keys, why, waiting) in cases {
        let mut h = juror();
        h.press(keys);
        assert!(in_order(&words(&h), &["cannot watch", "language", "still vote", "conflict of interest", "at once"]));
        h.press("Enter Enter");
        assert!(!h.waits_for("recuse"), "its button is not preselected");
        h.press("Enter Tab Enter");
        let (asked, request) = h.asked("recuse");
        assert!(matches!(request, Request::Recuse { film: FilmId(199), why: said } if said == why), "{request:?}");
        let recused = Recused { film: FilmId(199), why, waiting };
        h.send(Msg::Reply(asked, Ok(Reply::Recused(recused).into())));
        let says = if waiting { "the festival answers" } else { "is taken from you" };
        assert!(words(&h).contains(says), "{}", h.screen());
    }
    // What staff have to answer is said until they have.
    let mut h = juror();
    let mut rows: Vec<_> = (1..6).map(hidden).collect();
    rows[0].recusals = 1;
    h.press("r");
    h.answer("my_films", Reply::Films(list(rows)));
    assert!(words(&h).contains("asked the staff"), "{}", h.screen());
    h.press("Enter");
    assert!(words(&h).contains("the festival has not answered yet"), "{}", h.screen());
    // Who has voted can name a conflict only.
    let mut h = juror();
    h.press("j j j x");
    assert!(
        in_order(&words(&h), &["You have voted", "You have voted", "decides whether your vote stays"]),
        "{}",
        h.screen()
    );
    h.press("Enter");
    assert!(in_order(&words(&h), &["conflict of interest", "Say so"]), "{}", h.screen());
}

#[test]
fn the_page_of_a_film_in_discussion_shows_what_the_panel_said() {
    let mut h = juror();
    h.resize(120, 50).press("j j Enter");
    answer_all(&mut h);
    let screen = words(&h);
    let story = [
        "My vote",
        "The sound is a rough cut.",
        "you may change your vote once",
        "What the panel said",
        "May still change",
        "Bruno Costa, Jun Sato",
        "Amina Benali",
        "Bold, and it breathes.",
        "Bruno Costa",
        "promotes the film",
    ];
    assert!(in_order(&screen, &story), "{screen}");
    h.press("Right");
    answer_all(&mut h);
    let screen = words(&h);
    assert!(screen.contains("Voted. If the film is discussed") && !screen.contains("Amina"), "{screen}");
}

#[test]
fn the_figures_filter() {
    let mut h = juror();
    let screen = words(&h);
    assert!(in_order(&screen, &["to vote: 2", "to reconsider: 1", "done: 2"]), "{screen}");
    h.press("/").type_text("todo:to_reconsider").press("Enter");
    let screen = words(&h);
    assert!(screen.contains("1 of 5 films") && screen.contains("سلام"), "{screen}");
    h.press("r");
    answer_all(&mut h);
    assert!(words(&h).contains("1 of 5 films"), "it still holds when the votes come later: {}", h.screen());
    h.press("Esc f");
    assert!(in_order(&words(&h), &["What is left to do", "to vote", "2", "to reconsider"]), "{}", h.screen());
}

#[test]
fn a_film_before_round_one_is_not_open_yet() {
    let mut h = juror();
    let mut rows: Vec<_> = (1..6).map(hidden).collect();
    rows[0].status = crate::domain::film::FilmStatus::Submitted;
    h.press("r");
    h.answer("my_films", Reply::Films(list(rows)));
    answer_all(&mut h);
    assert!(in_order(&words(&h), &["to vote: 1", "not open yet"]), "{}", h.screen());
    h.press("Enter");
    assert!(words(&h).contains("has not begun"), "{}", h.screen());
}
