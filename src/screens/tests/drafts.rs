//! Drafts of votes: kept as they are typed, never lost between two computers, handed in together, and the way back to them.

use super::fixtures::*;
use crate::api::draft::DraftRow;
use crate::api::failure::{Trouble, Unavailable};
use crate::api::setting::PreferenceRow;
use crate::api::{Answer, Changed, Failure, FieldChange, Reply, Request, Topic};
use crate::app::effect::Effect;
use crate::app::harness::{Harness, person};
use crate::app::lang::Language;
use crate::app::msg::Msg;
use crate::domain::film::FilmStatus::{Assigned, ToDiscuss};
use crate::domain::user::Role;
use crate::domain::vote::Note;
use crate::domain::{FilmId, Refusal, Rule};

fn juror() -> Harness {
    let mut h = console(Language::En, Role::Jury);
    h.keeps = false;
    h
}

/// A console whose juror has begun these drafts before.
fn with_drafts(rows: Vec<DraftRow>) -> Harness {
    let mut h = Harness::signed_in(Language::En, Role::Jury);
    h.keeps = false;
    h.answer("drafts", Reply::Drafts(rows));
    answer_all(&mut h);
    h
}

fn lost() -> Failure {
    Failure::Unavailable(Unavailable { why: Trouble::Lost, detail: String::new() })
}

fn some_drafts() -> Vec<DraftRow> {
    vec![
        draft(199, "東京の夜に", Some(Note::Yes), "It breathes.", 4),
        draft(197, "سلام يا قمر", Some(Note::No), "The others did not convince me.", 2),
        draft(196, "Ctrl\u{1b}[31mred\u{202e}dlrow", None, "I am not sure yet.", 1),
        draft(12, "Gone with the panel", Some(Note::Yes), "I wrote this before it was taken.", 9),
    ]
}

fn words(h: &Harness) -> String {
    let screen = h.screen();
    let words = screen.split(|c: char| c.is_whitespace() || "│╭╮╰╯─▌".contains(c)).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// Answers a draft that is being kept, as its own next revision.
fn kept(h: &mut Harness) -> (Option<String>, String, Option<i64>) {
    let Some(Request::KeepDraft { film, note, comments, base, .. }) =
        h.calls.iter().map(|(_, request)| request).find(|request| request.entry().name == "keep_draft").cloned()
    else {
        panic!("no draft is kept: {:?}", h.calls)
    };
    let said = note.as_deref().and_then(Note::from_sql);
    let row = draft(film.0, "東京の夜に", said, &comments, base.unwrap_or(0) + 1);
    h.answer("keep_draft", Reply::Draft(row));
    (note, comments, base)
}

fn unavailable() -> Failure {
    Failure::Unavailable(Unavailable { why: Trouble::Lost, detail: String::new() })
}

/// Somebody's other computer was quicker.
fn elsewhere(note: &str, comments: &str, revision: &str) -> Failure {
    let change = |field: &str, now: &str| FieldChange { field: field.into(), loaded: String::new(), now: now.into() };
    Failure::Conflict(vec![change("note", note), change("comments", comments), change("revision", revision)])
}

#[test]
fn what_is_typed_is_kept_a_moment_later() {
    let mut h = juror();
    h.press("y").type_text("It brea");
    assert!(!h.waits_for("keep_draft"), "not with every key");
    assert!(words(&h).contains("saving…"), "{}", h.screen());
    h.wait(1);
    assert_eq!(kept(&mut h), (Some("YES".into()), "It brea".into(), None));
    assert!(words(&h).contains("✓ draft saved"), "{}", h.screen());
    h.type_text("thes.");
    assert!(!h.waits_for("keep_draft") && !words(&h).contains("draft saved"), "{}", h.screen());
    h.press("Tab");
    assert_eq!(kept(&mut h), (Some("YES".into()), "It breathes.".into(), Some(1)), "leaving the text keeps it");
    h.press("Right");
    h.press("Esc");
    assert_eq!(kept(&mut h), (Some("NO".into()), "It breathes.".into(), Some(2)), "and so does leaving the ballot");
    h.press("n").wait(1);
    assert!(!h.waits_for("keep_draft"), "what has not changed is not sent again");
}

#[test]
fn the_last_look_keeps_it_too_and_a_draft_of_nothing_is_dropped() {
    let mut h = juror();
    h.press("d").type_text("Hm").press("Ctrl-s");
    assert_eq!(kept(&mut h).1, "Hm");
    h.press("Esc Backspace Backspace").wait(1);
    assert!(matches!(h.asked("drop_draft").1, Request::DropDraft { film: FilmId(199), .. }));
    let mut h = juror();
    h.press("d").type_text("Hm").press("Backspace Backspace").wait(1);
    assert!(!h.waits_for("drop_draft") && !h.waits_for("keep_draft"), "nothing was there yet");
}

#[test]
fn without_a_database_it_says_so_and_keeps_trying() {
    let mut h = juror();
    h.press("y").type_text("It breathes").wait(1);
    h.fail("keep_draft", unavailable());
    assert!(words(&h).contains("not saved yet: no database"), "{}", h.screen());
    h.wait(1);
    h.fail("keep_draft", unavailable());
    h.press("Esc q");
    assert!(words(&h).contains("is not saved yet"), "it would be lost, and that is said: {}", h.screen());
    h.press("Enter");
    h.send(Msg::Database(false));
    h.send(Msg::Database(true));
    answer_all(&mut h);
    assert_eq!(kept(&mut h).1, "It breathes");
    h.press("q");
    assert!(in_order(&words(&h), &["is kept, but", "it is not a vote"]), "{}", h.screen());
}

#[test]
fn a_lost_answer_is_no_other_version() {
    let mut h = juror();
    h.press("y").type_text("It breathes").wait(1);
    h.fail("keep_draft", elsewhere("YES", "It breathes", "1"));
    assert!(words(&h).contains("✓ draft saved"), "{}", h.screen());
    h.type_text("!").wait(1);
    assert_eq!(kept(&mut h).2, Some(1));
}

fn copied(h: &Harness, text: &str) -> bool {
    h.effects.iter().any(|effect| matches!(effect, Effect::Copy(copied) if copied == text))
}

fn two_versions() -> Harness {
    let mut h = juror();
    h.press("y").type_text("Written on the train").wait(1);
    h.fail("keep_draft", elsewhere("NO", "Written at home", "8"));
    let screen = words(&h);
    assert!(
        in_order(&screen, &["also written somewhere else", "Ctrl-s shows both", "Written on the train"]),
        "{screen}"
    );
    h.type_text(" mt");
    h.press("Ctrl-s");
    assert!(!h.waits_for("cast_vote"));
    let screen = words(&h);
    assert!(
        in_order(&screen, &["Two versions", "✓ yes", "Written on the train mt", "✗ no", "Written at home"]),
        "{screen}"
    );
    h
}

#[test]
fn of_two_versions_none_loses_a_word() {
    let mut h = two_versions();
    h.press("m");
    assert!(copied(&h, "Written at home"));
    assert_eq!(kept(&mut h), (Some("YES".into()), "Written on the train mt".into(), Some(8)));
    let mut h = two_versions();
    h.press("t");
    assert!(copied(&h, "Written on the train mt"));
    let screen = words(&h);
    assert!(
        screen.contains("● ✗ no") && screen.contains("Written at home") && screen.contains("draft saved"),
        "{screen}"
    );
    h.type_text("!").wait(1);
    assert_eq!(kept(&mut h).2, Some(8));
    let mut h = two_versions();
    h.press("Space").wait(1);
    let written = kept(&mut h);
    assert!(in_order(&written.1, &["Written on the train mt\n\n", "Written at home"]), "{written:?}");
    let mut h = two_versions();
    h.press("Esc");
    assert!(words(&h).contains("also written somewhere else"), "it can wait: {}", h.screen());
}

#[test]
fn the_end_of_a_session_keeps_everything() {
    let mut h = juror();
    h.press("y").type_text("It brea");
    let effects = h.app.leave();
    let kept = effects.iter().any(|effect| {
        matches!(effect, Effect::Call(_, Request::KeepDraft { comments, base: None, .. }) if comments == "It brea")
    });
    assert!(kept, "{effects:?}");
    let place = effects.iter().find_map(|effect| match effect {
        Effect::Call(_, Request::SetPreference { name, value }) if name == "place" => value.clone(),
        _ => None,
    });
    assert!(place.is_some_and(|place| place.contains("199") && place.contains("YES")), "{effects:?}");
    // Both of two versions, if nobody has chosen.
    let mut h = two_versions();
    let effects = h.app.leave();
    let both = |text: &str| text.contains("Written on the train mt") && text.contains("Written at home");
    let kept = effects.iter().any(|effect| {
        matches!(effect, Effect::Call(_, Request::KeepDraft { comments, base: Some(8), .. }) if both(comments))
    });
    assert!(kept, "{effects:?}");
    // What is on its way is not waited for.
    let mut h = juror();
    h.press("y").type_text("It").wait(1);
    h.type_text(" breathes");
    let effects = h.app.leave();
    let kept = effects.iter().any(|effect| {
        matches!(effect, Effect::Call(_, Request::KeepDraft { comments, base: Some(-1), .. }) if comments == "It breathes")
    });
    assert!(kept, "{effects:?}");
}

#[test]
fn drafts_are_named_on_coming_in_and_stand_in_the_list() {
    let h = with_drafts(some_drafts());
    let screen = words(&h);
    assert!(screen.contains("4 drafts were never handed in: ") && screen.contains("H hands them in"), "{screen}");
    assert!(in_order(&screen, &["✎ 4 drafts are not handed in", "✎ draft: ✓ yes"]), "{screen}");
    let mut h = with_drafts(some_drafts());
    h.press("y");
    assert!(words(&h).contains("It breathes.") && words(&h).contains("draft saved"), "{}", h.screen());
    let h = with_drafts(Vec::new());
    assert!(!words(&h).contains("draft"), "{}", h.screen());
}

#[test]
fn several_drafts_are_handed_in_one_after_the_other() {
    let mut h = with_drafts(some_drafts());
    h.press("H");
    let screen = words(&h);
    let story = [
        "1 of 2 ticked; 4 drafts in all",
        "[✓] 東京の夜に ✓ yes",
        "It breathes.",
        "[ ] ",
        "✗ no (before: ? to discuss)",
        "only change of that vote",
        "not yours to vote on",
        "no note",
        "The note is missing",
    ];
    assert!(story.iter().all(|says| screen.contains(says)), "{screen}");
    h.press("Ctrl-a Ctrl-s");
    let screen = words(&h);
    let story = [
        "Cast these votes?",
        "One vote of round 1",
        "東京の夜に ✓ yes",
        "One change in round 2",
        "✗ no",
        "Cast 2 votes",
    ];
    assert!(in_order(&screen, &story), "{screen}");
    h.press("Enter");
    assert!(!h.waits_for("cast_vote"), "one is final, so the button is not preselected");
    h.press("Ctrl-s Tab Enter");
    let (ticket, request) = h.asked("cast_vote");
    assert!(matches!(&request, Request::CastVote { film: FilmId(199), note, seen: Some(_), .. } if note == "YES"));
    assert!(!h.waits_for("cast_vote") && words(&h).contains("0/2"), "one after the other: {}", h.screen());
    h.send(Msg::Reply(ticket, Ok(cast(my_vote(199, Note::Yes, "It breathes.", 0), ToDiscuss, true).into())));
    h.fail("cast_vote", Refusal::new(Rule::RoundClosed).into());
    let screen = words(&h);
    let story = ["1 of 2 votes are cast", "✓ 東京の夜に ✓ yes (the film is now: to discuss)", "▲", "closed this round"];
    assert!(in_order(&screen, &story), "{screen}");
    answer_all(&mut h);
    h.press("Esc");
    let screen = words(&h);
    assert!(screen.contains("3 drafts are not handed in"), "the others stay: {screen}");
}

#[test]
fn handing_in_stops_between_two_and_asks_again_for_the_same() {
    let drafts = || {
        vec![
            draft(199, "東京の夜に", Some(Note::Yes), "It breathes.", 4),
            draft(196, "Red world", Some(Note::No), "It does not.", 4),
        ]
    };
    let mut h = with_drafts(drafts());
    h.press("H Ctrl-s Tab Enter Esc");
    assert!(words(&h).contains("Stopping after this one"), "{}", h.screen());
    let (ticket, request) = h.asked("cast_vote");
    let Request::CastVote { film, .. } = request else { panic!("{request:?}") };
    let vote = my_vote(film.0, Note::Yes, "It breathes.", 0);
    h.send(Msg::Reply(ticket, Ok(cast(vote, Assigned, false).into())));
    assert!(!h.waits_for("cast_vote") && words(&h).contains("1 of 2 votes are cast"), "{}", h.screen());
    let mut h = with_drafts(drafts());
    h.press("H Ctrl-s Tab Enter");
    let first = h.calls.iter().find(|(_, request)| request.entry().name == "cast_vote").unwrap().0;
    h.fail("cast_vote", unavailable());
    assert!(words(&h).contains("Ask again"), "{}", h.screen());
    h.press("Enter");
    assert_eq!(h.calls.iter().find(|(_, request)| request.entry().name == "cast_vote").unwrap().0, first);
    let repeated = Answer { repeated: true, ..Answer::from(cast(my_vote(196, Note::No, "no", 0), Assigned, false)) };
    let (ticket, _) = h.asked("cast_vote");
    h.send(Msg::Reply(ticket, Ok(repeated)));
    assert!(h.waits_for("cast_vote"), "and on to the next");
    h.fail("cast_vote", unavailable());
    h.press("Left Enter");
    assert!(words(&h).contains("1 of 2 votes are cast"), "{}", h.screen());
}

#[test]
fn ticks_choose_and_enter_opens_the_draft() {
    let mut h = with_drafts(some_drafts());
    h.press("H Space");
    assert!(words(&h).contains("0 of 2 ticked"), "{}", h.screen());
    h.press("Ctrl-a");
    assert!(words(&h).contains("2 of 2 ticked"));
    h.press("Ctrl-a Ctrl-s");
    assert!(words(&h).contains("Nothing is ticked"), "{}", h.screen());
    h.press("g Enter");
    assert!(words(&h).contains("My comment"), "{}", h.screen());
    h.press("Esc End c");
    assert!(h.effects.iter().any(|effect| matches!(effect, Effect::Copy(_))));
    // Only those that are selected in the list.
    let mut h = with_drafts(some_drafts());
    h.press("g Space H");
    assert!(words(&h).contains("1 of 2 ticked"), "{}", h.screen());
}

fn signed_in_at(place: &str, drafts: Vec<DraftRow>) -> Harness {
    let mut h = signed_in_with(0, &[Some(place)]);
    h.answer("drafts", Reply::Drafts(drafts));
    answer_all(&mut h);
    h
}

/// Signed in, with nothing answered yet.
fn signed_in_with(tab: usize, places: &[Option<&str>]) -> Harness {
    let mut h = Harness::new(Language::En);
    h.welcome(true);
    h.type_text("jun@marsai.example").press("Enter").type_text("a long password").press("Enter");
    let mut signed_in: crate::api::account::SignedIn = person(Role::Jury).into();
    let value = serde_json::json!({ "tab": tab, "places": places }).to_string();
    signed_in.own = vec![PreferenceRow { name: "place".into(), value: Some(value) }];
    h.answer("sign_in", Reply::SignedIn(signed_in));
    h
}

/// Answers what a sign-in asks, with a film in discussion.
fn answer_with_discussion(h: &mut Harness) {
    while h.waits_for("my_films") {
        h.answer("my_films", super::discussion::in_discussion(&[197]));
    }
    answer_all(h);
}

#[test]
fn what_was_open_in_discussion_is_open_there_again() {
    let place = r#"{"film":197,"ballot":{"note":"NO","caret":0}}"#;
    let mut h = signed_in_with(1, &[None, Some(place)]);
    answer_with_discussion(&mut h);
    h.wait_seconds(2);
    answer_with_discussion(&mut h);
    assert!(!words(&h).contains("films in discussion") && words(&h).contains("✗ no"), "{}", h.screen());
    let place = h.app.leave().into_iter().find_map(|effect| match effect {
        Effect::Call(_, Request::SetPreference { value, .. }) => value,
        _ => None,
    });
    let place = place.unwrap_or_default();
    assert!(in_order(&place, &["\"tab\":1", "ballot"]) && place.matches("ballot").count() == 1, "{place}");
    h.press("Esc");
    assert!(words(&h).contains("films in discussion"), "{}", h.screen());
    // Whoever has begun something else stays where they are.
    let mut h = signed_in_with(1, &[None, Some(r#"{"film":197,"ballot":{"note":"NO","caret":0}}"#)]);
    h.press("j");
    answer_with_discussion(&mut h);
    h.wait_seconds(2);
    answer_with_discussion(&mut h);
    assert!(words(&h).contains("films in discussion"), "{}", h.screen());
}

#[test]
fn ones_own_vote_marks_nothing() {
    let news = || Msg::Changed(Changed { topic: Topic::Films, ids: Some(vec![199]) });
    let marked = |h: &Harness| words(h).contains("changed since");
    let mut h = juror();
    h.keeps = true;
    h.press("y").type_text("Yes.").press("Ctrl-s Tab Enter");
    h.answer("cast_vote", cast(my_vote(199, Note::Yes, "Yes.", 0), Assigned, false));
    h.press("j");
    assert!(!marked(&h), "{}", h.screen());
    h.send(news());
    answer_all(&mut h);
    assert!(!marked(&h), "{}", h.screen());
    h.send(news());
    answer_all(&mut h);
    assert!(marked(&h), "somebody else did that: {}", h.screen());
}

#[test]
fn a_place_is_written_seldom_and_tried_again() {
    let written = |h: &Harness| {
        let place = |request: &Request| matches!(request, Request::SetPreference { name, .. } if name == "place");
        h.calls.iter().filter(|(_, request)| place(request)).count()
    };
    let mut h = juror();
    for second in 0..30 {
        h.press(if second % 8 < 4 { "j" } else { "k" });
        h.wait_seconds(1);
    }
    assert!((1..=3).contains(&written(&h)), "{}", written(&h));
    let mut h = juror();
    h.press("j");
    h.wait_seconds(11);
    h.fail("set_preference", lost());
    h.press("j k");
    h.wait_seconds(20);
    assert_eq!(written(&h), 1, "the same place once more");
}

#[test]
fn what_did_not_come_is_said_and_asked_for_again() {
    let mut h = console(Language::En, Role::Jury);
    h.press("r");
    h.fail("my_deadlines", lost());
    answer_all(&mut h);
    assert!(words(&h).contains("r tries again") || words(&h).contains("r tries"), "{}", h.screen());
    h.wait_seconds(11);
    assert!(h.waits_for("my_deadlines"));
    answer_all(&mut h);
    assert!(!words(&h).contains("r tries"), "{}", h.screen());
}

#[test]
fn signing_in_again_comes_back_to_the_film_the_draft_and_the_cursor() {
    let place = r#"{"film":199,"page":true,"ballot":{"note":"YES","caret":3}}"#;
    let mut h = signed_in_at(place, some_drafts());
    h.type_text("|");
    assert!(h.screen().contains("It |breathes.") && h.screen().contains("● ✓ yes"), "{}", h.screen());
    h.press("Esc");
    answer_all(&mut h);
    assert!(words(&h).contains("1 of 5"), "its page was open below: {}", h.screen());
    h.press("Esc");
    let cursor = h.screen().lines().find(|line| line.contains('▌')).map(str::to_owned);
    assert!(cursor.is_some_and(|line| line.contains("東京の夜に")));
    // Another film under the cursor.
    let h = signed_in_at(r#"{"film":195}"#, Vec::new());
    let cursor = h.screen().lines().find(|line| line.contains('▌')).map(str::to_owned);
    assert!(cursor.is_some_and(|line| line.contains("Ångström")), "{}", h.screen());
}

#[test]
fn where_one_cannot_come_back_it_is_said() {
    let h = signed_in_at(r#"{"film":12,"ballot":{"note":"YES","caret":0}}"#, Vec::new());
    let screen = words(&h);
    assert!(screen.contains("not yours any more") && screen.contains("5 of 5 films"), "{screen}");
    let h = signed_in_at(r#"{"film":198,"ballot":{"note":"YES","caret":0}}"#, Vec::new());
    let screen = words(&h);
    assert!(screen.contains("it cannot be any more: You have voted") && screen.contains("5 of 5 films"), "{screen}");
    for nonsense in ["", "{}", "[7]", r#"{"film":"x"}"#, r#"{"film":199,"ballot":7}"#] {
        let h = signed_in_at(nonsense, Vec::new());
        assert!(words(&h).contains("5 of 5 films"), "{nonsense}: {}", h.screen());
    }
}

#[test]
fn what_is_left_comes_first_and_one_key_goes_to_the_next() {
    let mut h = juror();
    let screen = words(&h);
    assert!(in_order(&screen, &["東京の夜に", "dlrow", "سلام", "Harbour", "Ångström"]), "{screen}");
    h.press("N");
    answer_all(&mut h);
    assert!(words(&h).contains("dlrow 2 of 5"), "{}", h.screen());
    h.press("N");
    answer_all(&mut h);
    assert!(words(&h).contains("3 of 5"), "{}", h.screen());
    h.press("N");
    answer_all(&mut h);
    assert!(words(&h).contains("東京の夜に 1 of 5"), "around: {}", h.screen());
    h.keeps = true;
    h.press("y").type_text("Yes.").press("Ctrl-s Tab Enter");
    h.answer("cast_vote", cast(my_vote(199, Note::Yes, "Yes.", 0), Assigned, false));
    assert!(words(&h).contains("Voted on “東京の夜に”: ✓ yes. N next film: "), "{}", h.screen());
    h.press("N");
    answer_all(&mut h);
    assert!(words(&h).contains("dlrow 2 of 5"), "{}", h.screen());
    h.press("Esc N");
    answer_all(&mut h);
    h.press("Esc");
    assert!(h.screen().contains("5 of 5"), "one page at a time: {}", h.screen());
}

#[test]
fn time_left_is_told_and_past_deadlines_refuse_nothing() {
    let mut h = juror();
    let screen = words(&h);
    assert!(screen.contains("Round 1: 3 days 4 h left") && screen.contains("min to watch"), "{screen}");
    h.resize(160, 48);
    assert!(words(&h).contains("Round 2: 20 days left"), "{}", h.screen());
    h.effects.clear();
    h.wait(1);
    let wakes = |h: &Harness| h.effects.iter().any(|effect| matches!(effect, Effect::WakeAt(_)));
    assert!(wakes(&h), "it goes on counting");
    let mut h = juror();
    let past = crate::domain::deadline::Deadlines { first: Some(crate::app::harness::noon()), second: None };
    h.press("r").answer("my_deadlines", Reply::MyDeadlines(past));
    answer_all(&mut h);
    assert!(words(&h).contains("Round 1: deadline passed"), "{}", h.screen());
    h.press("y").type_text("Late.").press("Ctrl-s");
    assert!(words(&h).contains("Cast this vote?"), "{}", h.screen());
}

#[test]
fn jurors_are_told_that_votes_are_not_undone() {
    let mut h = juror();
    h.press("u");
    assert!(words(&h).contains("What you handed in stays"), "{}", h.screen());
    assert!(!h.waits_for("undo"));
}

#[test]
fn a_vote_waits_for_its_draft_and_for_whoever_wrote_elsewhere() {
    let mut h = juror();
    h.press("y").type_text("It breathes").press("Ctrl-s Tab Enter");
    assert!(!h.waits_for("cast_vote"), "not before its draft is there");
    kept(&mut h);
    let request = h.asked("cast_vote").1;
    assert!(matches!(request, Request::CastVote { draft: Some(1), .. }), "{request:?}");
    let mut h = juror();
    h.press("y").type_text("It breathes").press("Ctrl-s Tab Enter");
    h.fail("keep_draft", elsewhere("NO", "Written at home", "8"));
    assert!(!h.waits_for("cast_vote") && words(&h).contains("Two versions"), "{}", h.screen());
    // A database that takes no draft may take the vote.
    let mut h = juror();
    h.press("y").type_text("It breathes").press("Ctrl-s Tab Enter");
    h.fail("keep_draft", Refusal::new(Rule::TooManyDrafts).with("max", 5000u32).into());
    assert!(h.waits_for("cast_vote"));
}

#[test]
fn leaving_two_versions_keeps_both() {
    let mut h = two_versions();
    h.press("Esc Esc");
    assert!(words(&h).contains("both texts, one below the other"), "{}", h.screen());
    assert_eq!(kept(&mut h), (Some("YES".into()), "Written on the train mt\n\nWritten at home".into(), Some(8)));
}

#[test]
fn a_draft_that_is_refused_says_why_until_it_changes() {
    let mut h = juror();
    h.press("y").type_text("It breathes").wait(1);
    h.fail("keep_draft", Refusal::new(Rule::TooManyDrafts).with("max", 5000u32).into());
    assert!(words(&h).contains("not saved: You keep"), "{}", h.screen());
    h.type_text("!").wait(1);
    assert_eq!(kept(&mut h).1, "It breathes!");
}

#[test]
fn an_answer_that_is_older_than_what_was_kept_is_not_taken() {
    let mut h = juror();
    h.press("r");
    h.press("y").type_text("It breathes").press("Esc");
    kept(&mut h);
    h.answer("drafts", Reply::Drafts(vec![draft(199, "東京の夜に", Some(Note::No), "It", 0)]));
    h.press("y");
    assert!(words(&h).contains("It breathes"), "{}", h.screen());
    // Where nothing is written here, what was written elsewhere is taken without a question.
    let mut h = juror();
    h.press("r");
    h.press("y");
    h.answer("drafts", Reply::Drafts(vec![draft(199, "東京の夜に", Some(Note::No), "Written at home", 3)]));
    assert!(words(&h).contains("Written at home") && !words(&h).contains("somewhere else"), "{}", h.screen());
}

#[test]
fn what_differs_from_the_last_look_is_not_handed_in_and_a_lost_draft_can_be_dropped() {
    let mut h = with_drafts(vec![draft(199, "東京の夜に", Some(Note::Yes), "It breathes.", 4)]);
    h.press("r");
    h.press("H Ctrl-s");
    h.answer("drafts", Reply::Drafts(vec![draft(199, "東京の夜に", Some(Note::No), "It does not.", 5)]));
    h.press("Tab Enter");
    assert!(!h.waits_for("cast_vote") && words(&h).contains("not what you looked at"), "{}", h.screen());
    let mut h = with_drafts(some_drafts());
    h.press("H End Del");
    assert!(!h.waits_for("drop_draft") && words(&h).contains("once more throws"), "{}", h.screen());
    h.press("Del");
    assert!(matches!(h.asked("drop_draft").1, Request::DropDraft { base: Some(1 | 9), .. }));
    assert!(words(&h).contains("3 drafts in all"), "{}", h.screen());
}

#[test]
fn another_key_on_a_draft_changes_nothing_until_something_is_written() {
    let mut h = with_drafts(some_drafts());
    h.press("n Esc");
    assert!(!h.waits_for("keep_draft") && words(&h).contains("✎ draft: ✓ yes"), "{}", h.screen());
}

#[test]
fn leaving_from_a_ballot_asks_and_keeps() {
    let mut h = juror();
    h.press("y").type_text("It breathes").press("Ctrl-c");
    assert!(words(&h).contains("Leave without handing in the draft"), "{}", h.screen());
    assert_eq!(kept(&mut h).1, "It breathes");
    h.press("Enter");
    assert!(words(&h).contains("My comment"), "{}", h.screen());
    h.press("Ctrl-c Tab Enter");
    assert!(h.quits());
}
