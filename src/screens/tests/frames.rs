//! Every screen in every state as it is drawn, in both languages: look at a changed one before it is accepted.

use super::fixtures::*;
use crate::api::failure::{FieldChange, Trouble, Unavailable};
use crate::api::film::FilmList;
use crate::api::film_form::Edited;
use crate::api::setting::PreferenceRow;
use crate::api::trash::{Left, LeftOut, Restored};
use crate::api::vote::Released;
use crate::api::{Changed, Failure, Progress, Reply, Topic};
use crate::app::harness::Harness;
use crate::app::lang::Language;
use crate::app::msg::Msg;
use crate::domain::deadline::Deadlines;
use crate::domain::film::FilmStatus;
use crate::domain::setting::{AUTH_SCHEME, JURY_SIZE, QUORUM, TIME_ZONE};
use crate::domain::user::Role;
use crate::domain::vote::{Note, SetAside};
use crate::domain::{FilmId, Refusal, Rule, UserId};

/// What brings a console into a state.
type Scene = (&'static str, Role, fn(&mut Harness));

const ADMIN: Role = Role::Admin;

fn visit(harness: &mut Harness, tab: &str) {
    harness.press(tab);
    answer_all(harness);
}

fn open(harness: &mut Harness, tab: &str, keys: &str) {
    visit(harness, tab);
    harness.press(keys);
    answer_all(harness);
}

fn lost() -> Failure {
    Failure::Unavailable(Unavailable { why: Trouble::Lost, detail: String::new() })
}

fn unknown() -> Failure {
    Failure::Unavailable(Unavailable { why: Trouble::Unknown, detail: String::new() })
}

/// A ballot on the first film, with something written.
fn ballot(harness: &mut Harness, note: &str, text: &str) {
    open(harness, "1", note);
    for line in text.split_inclusive('\n') {
        harness.type_text(line.trim_end_matches('\n'));
        if line.ends_with('\n') {
            harness.press("Enter");
        }
    }
}

/// A juror with drafts that were never handed in, who comes in.
fn drafted(harness: &mut Harness) {
    let rows = vec![
        draft(199, "東京の夜に", Some(Note::Yes), "It holds its breath for a whole minute,\nand so did I.", 4),
        draft(197, "سلام يا قمر", Some(Note::No), "The others did not convince me. ".repeat(6).trim_end(), 2),
        draft(196, "Ctrl\u{1b}[31mred\u{202e}dlrow", None, "I am not sure yet.", 1),
        draft(12, "Gone with the panel", Some(Note::Yes), "I wrote this before it was taken.", 9),
    ];
    *harness = {
        let (language, size) = (harness.app.session().lang.language, harness.size);
        let mut harness = Harness::signed_in(language, Role::Jury);
        harness.resize(size.0, size.1);
        harness.answer("drafts", Reply::Drafts(rows));
        answer_all(&mut harness);
        harness
    };
}

/// Somebody opened the discussion meanwhile.
fn moved_on() -> Failure {
    let field = |field: &str, loaded: &str, now: &str| FieldChange {
        field: field.into(),
        loaded: loaded.into(),
        now: now.into(),
    };
    Failure::Conflict(vec![field("selection_status", "assigned", "to_discuss"), field("note", "", "NO")])
}

/// What is read again then.
fn in_discussion(harness: &mut Harness) {
    let mut rows: Vec<_> = (1..6).map(hidden).collect();
    rows[0].status = FilmStatus::ToDiscuss;
    harness.answer("my_films", Reply::Films(list(rows)));
    let mut votes = my_votes();
    votes.push(my_vote(199, Note::No, "From the web site: too loud.", 0));
    harness.answer("my_votes", Reply::Votes(votes));
}

fn restored() -> Restored {
    let left = |what, name: &str| LeftOut { what, name: name.into() };
    let left_out =
        vec![left(Left::Juror, "Dr Évariste Ô"), left(Left::Category, "One minute"), left(Left::Column, "movies.mood")];
    Restored { row: film(3), left_out }
}

fn reason(harness: &mut Harness) {
    open(harness, "1", "j j a Enter");
    harness.type_text("Bold, short, and it knows why it is made by a machine. The panel agreed in ten minutes.");
}

const SCENES: &[Scene] = &[
    ("films", ADMIN, |h| visit(h, "1")),
    ("films_sorted_filtered_selected", ADMIN, |h| {
        open(h, "1", "s S Space j v j /");
        h.type_text("a");
    }),
    ("films_no_match", ADMIN, |h| {
        open(h, "1", "/");
        h.type_text("nothing like it");
    }),
    ("films_terms", ADMIN, |h| {
        open(h, "1", "/");
        h.type_text("country:FR yes>=0 -tool:sora panel:<9");
    }),
    ("films_wrong_word", ADMIN, |h| {
        open(h, "1", "/");
        h.type_text("status:asigned country:FR");
    }),
    ("films_completion", ADMIN, |h| {
        open(h, "1", "/");
        h.type_text("e status:").press("Tab Tab");
    }),
    ("films_statuses", ADMIN, |h| open(h, "1", "f Down Space Down Space")),
    ("films_columns", ADMIN, |h| open(h, "1", "C Down Down Down Space Left")),
    ("films_search_name", ADMIN, |h| {
        open(h, "1", "/");
        h.type_text("country:FR yes>=3").press("Ctrl-s").type_text("Français, en tête");
    }),
    ("films_searches", ADMIN, |h| {
        visit(h, "1");
        h.press("F");
        let row = |name: &str, value: &str| PreferenceRow { name: name.into(), value: Some(value.into()) };
        let rows = vec![
            row("films.search.Français, en tête", "country:FR yes>=3"),
            row("films.search.Waiting for a panel", "status:submitted panel:0"),
        ];
        h.answer("preferences", Reply::Preferences(rows));
    }),
    ("films_changed", ADMIN, |h| {
        open(h, "1", "s");
        h.send(Msg::Changed(Changed { topic: Topic::Films, ids: Some(vec![199, 195]) }));
        answer_all(h);
    }),
    ("film", ADMIN, |h| open(h, "1", "j j Enter")),
    ("film_end", ADMIN, |h| {
        open(h, "1", "j j Enter");
        h.screen();
        h.press("End");
    }),
    ("film_with_picture", ADMIN, |h| open(h, "1", "j Enter")),
    ("pictures", ADMIN, |h| open(h, "1", "j i")),
    ("pictures_missing", ADMIN, |h| {
        open(h, "1", "j Enter i");
        h.press("Right");
        answer_all(h);
    }),
    ("pictures_none", ADMIN, |h| open(h, "1", "i")),
    ("film_links", ADMIN, |h| {
        open(h, "1", "j j Enter");
        h.press("c");
    }),
    ("film_delete", ADMIN, |h| open(h, "1", "j j d")),
    ("films_delete_many", ADMIN, |h| {
        open(h, "1", "Ctrl-a d Enter");
        h.type_text("7").press("Enter");
    }),
    ("trash", ADMIN, |h| open(h, "1", "D")),
    ("trash_empty", ADMIN, |h| {
        visit(h, "1");
        h.press("D").answer("trash", Reply::Trash(Vec::new()));
    }),
    ("trash_film", ADMIN, |h| {
        open(h, "1", "D");
        h.press("Enter");
    }),
    ("trash_restore", ADMIN, |h| {
        open(h, "1", "D");
        h.press("R");
    }),
    ("trash_left_out", ADMIN, |h| {
        open(h, "1", "D");
        h.press("R Enter").answer("restore_film", Reply::Restored(Box::new(restored())));
        answer_all(h);
    }),
    ("jury", ADMIN, |h| visit(h, "2")),
    ("panel", ADMIN, |h| open(h, "2", "j p")),
    ("panel_refused", ADMIN, |h| {
        open(h, "2", "j p");
        h.type_text("benali").press("Enter");
    }),
    ("panel_look", ADMIN, |h| {
        open(h, "2", "j p");
        h.press("Down Down Enter Down Down Down Enter Ctrl-s");
    }),
    ("more_time", ADMIN, |h| open(h, "2", "E")),
    ("more_time_until", ADMIN, |h| {
        open(h, "2", "E");
        h.press("Enter");
        answer_all(h);
        h.press("Enter");
    }),
    ("release_votes", ADMIN, |h| {
        open(h, "2", "R");
        h.press("Enter");
    }),
    ("release_replace", ADMIN, |h| {
        open(h, "2", "R");
        h.press("Enter Enter Down Down Enter");
    }),
    ("release_look", ADMIN, |h| {
        open(h, "2", "R");
        h.press("Enter Down Enter Down Down Enter Ctrl-s");
        answer_all(h);
        h.type_text("Ill since Monday.").press("Enter");
    }),
    ("release_working", ADMIN, |h| {
        open(h, "2", "R");
        h.press("Enter Enter Ctrl-s");
        answer_all(h);
        h.press("Enter Tab Enter");
        h.progress("release_juror", Progress::Steps { done: 2, total: 5 });
    }),
    ("release_left", ADMIN, |h| {
        open(h, "2", "R");
        h.press("Enter Enter Ctrl-s");
        answer_all(h);
        h.press("Enter Tab Enter");
        let refused = vec![(FilmId(198), Rule::FilmGone.into())];
        let done = release(true, &[]).into_iter().take(2).collect();
        h.answer("release_juror", Reply::Released(Released { juror: UserId(11), done, refused, cancelled: false }));
    }),
    ("votes", ADMIN, |h| visit(h, "3")),
    ("votes_queues", ADMIN, |h| open(h, "3", "f Down Down Space")),
    ("ballots", ADMIN, |h| open(h, "3", "j Enter")),
    ("ballots_long", ADMIN, |h| {
        visit(h, "3");
        h.press("j j j Enter");
        let mut film = voting(3);
        film.votes[0].comments = Some("Une ville sous l’eau, racontée par son phare. ".repeat(40));
        film.votes[1].set_aside = Some(SetAside::Late);
        film.votes[1].stands = true;
        film.closed = true;
        h.answer("voting", Reply::Voting(Box::new(film)));
    }),
    ("ballots_hidden", ADMIN, |h| {
        visit(h, "3");
        h.press("j Enter");
        let mut film = voting(1);
        film.hidden = true;
        film.film.veiled = true;
        film.votes.iter_mut().for_each(|vote| (vote.hidden, vote.note, vote.comments) = (true, None, None));
        h.answer("voting", Reply::Voting(Box::new(film)));
    }),
    ("ballot_whole", ADMIN, |h| {
        open(h, "3", "j Enter");
        h.press("Enter");
    }),
    ("vote_delete", ADMIN, |h| {
        open(h, "3", "j j j Enter");
        h.press("d").type_text("Cast for the wrong film.").press("Enter");
    }),
    ("vote_delete_ways", ADMIN, |h| {
        open(h, "3", "j j j Enter");
        h.press("d").type_text("Cast for the wrong film.").press("Enter Tab Enter");
        let refusal = Refusal::new(Rule::CouldNotVoteAgain).with("name", "Amina Benali");
        h.fail("delete_vote", refusal.into());
    }),
    ("round_close", ADMIN, |h| {
        open(h, "3", "j Enter");
        h.press("c");
    }),
    ("round_reopen_whom", ADMIN, |h| {
        open(h, "3", "j j j Enter");
        h.press("o");
        answer_all(h);
    }),
    ("recusal_answer", ADMIN, |h| {
        open(h, "3", "j Enter");
        h.press("Down Down Down Enter");
    }),
    ("events", ADMIN, |h| visit(h, "4")),
    ("event", ADMIN, |h| open(h, "4", "j Enter")),
    ("sponsors", ADMIN, |h| visit(h, "5")),
    ("sponsor", ADMIN, |h| open(h, "5", "Enter")),
    ("sponsor_form_wrong", ADMIN, |h| {
        open(h, "5", "n");
        h.type_text("Une maison d’édition au nom vraiment très long").press("Ctrl-s");
    }),
    ("sponsor_conflict", ADMIN, |h| {
        open(h, "5", "e");
        h.type_text(" (moi)").press("Ctrl-s");
        let (loaded, now) = ("Ville de Marseille".into(), "Mairie de Marseille".into());
        h.fail("edit_sponsor", Failure::Conflict(vec![FieldChange { field: "name".into(), loaded, now }]));
    }),
    ("sponsor_delete", ADMIN, |h| open(h, "5", "j d")),
    ("people", ADMIN, |h| visit(h, "6")),
    ("people_log", ADMIN, |h| open(h, "6", "f")),
    ("people_session", ADMIN, |h| open(h, "6", "j Enter")),
    ("people_refused", ADMIN, |h| {
        open(h, "6", "f");
        h.press("j j j j Enter");
        answer_all(h);
    }),
    ("people_end", ADMIN, |h| open(h, "6", "j d")),
    ("people_end_own", ADMIN, |h| open(h, "6", "g d")),
    ("settings", ADMIN, |h| visit(h, "7")),
    ("settings_end", ADMIN, |h| {
        visit(h, "7");
        h.screen();
        h.press("End");
    }),
    ("settings_changed", ADMIN, |h| {
        visit(h, "7");
        let mut rows = settings();
        rows[0].value = "15".into();
        h.send(Msg::Changed(Changed { topic: Topic::Settings, ids: None }));
        h.answer("settings", Reply::Settings(rows));
    }),
    ("setting_choice", ADMIN, |h| to_setting(h, AUTH_SCHEME)),
    ("setting_number_wrong", ADMIN, |h| {
        to_setting(h, JURY_SIZE);
        h.press("Backspace").type_text("100").press("Enter");
    }),
    ("setting_quorum", ADMIN, |h| to_setting(h, QUORUM)),
    ("setting_zone", ADMIN, |h| {
        to_setting(h, TIME_ZONE);
        h.type_text("paris");
    }),
    ("setting_look", ADMIN, |h| {
        to_setting(h, JURY_SIZE);
        h.press("Backspace").type_text("5").press("Enter");
    }),
    ("setting_lost", ADMIN, |h| {
        to_setting(h, JURY_SIZE);
        h.press("Backspace").type_text("5").press("Enter Enter");
        h.fail("set_setting", lost());
    }),
    ("advance", ADMIN, |h| open(h, "1", "j j a")),
    ("advance_discuss", ADMIN, |h| open(h, "1", "j j j a Down")),
    ("advance_force", ADMIN, |h| open(h, "1", "j j a Ctrl-f Down")),
    ("advance_reason", ADMIN, |h| reason(h)),
    ("advance_ballots", ADMIN, |h| open(h, "1", "End k k k a Enter Tab Down")),
    ("advance_look", ADMIN, |h| {
        reason(h);
        h.press("Ctrl-k Ctrl-s");
    }),
    ("advance_lost", ADMIN, |h| {
        reason(h);
        h.press("Ctrl-s Enter");
        h.fail("set_status", lost());
    }),
    ("advance_selection", ADMIN, |h| open(h, "1", "Ctrl-a a")),
    ("advance_selection_look", ADMIN, |h| open(h, "1", "Ctrl-a a Enter Ctrl-s")),
    ("advance_moving", ADMIN, |h| {
        open(h, "1", "Ctrl-a a Enter Ctrl-s");
        h.type_text("7").press("Enter Enter");
        h.progress("set_statuses", Progress::Steps { done: 2, total: 7 });
    }),
    ("films_outside", ADMIN, |h| {
        visit(h, "1");
        marked(h);
    }),
    ("outside_film", ADMIN, |h| {
        visit(h, "1");
        marked(h);
        h.press("j j w");
        h.answer("outside", Reply::Outside(outside(Some(198))));
        h.press("Down");
    }),
    ("outside_all", ADMIN, |h| {
        visit(h, "1");
        marked(h);
        h.press("w");
        h.answer("outside", Reply::Outside(outside(None)));
    }),
    ("outside_gone", ADMIN, |h| {
        visit(h, "1");
        marked(h);
        h.press("w");
        h.answer("outside", Reply::Outside(outside(None)));
        h.press("End");
    }),
    ("advance_outside", ADMIN, |h| {
        visit(h, "1");
        marked(h);
        h.press("j j a");
        h.answer("outside", Reply::Outside(outside(Some(198))));
    }),
    ("film_form", ADMIN, |h| open(h, "1", "j j e")),
    ("film_form_texts", ADMIN, |h| {
        open(h, "1", "j j e");
        h.press("PgDn PgDn");
        h.type_text("A harbour that dreams of ships.");
    }),
    ("film_form_new_wrong", ADMIN, |h| {
        open(h, "1", "n");
        h.press("Tab Tab");
        h.press("Tab Tab").type_text("an hour").press("Tab").type_text("26").press("Ctrl-s");
    }),
    ("film_form_wide", ADMIN, |h| {
        open(h, "1", "n");
        h.type_text(&"影".repeat(255)).press("Tab Tab").type_text("المغرب").press("Tab");
    }),
    ("film_form_long_text", ADMIN, |h| {
        open(h, "1", "j j e");
        h.press("PgDn");
        h.send(Msg::Paste { text: "Une ville sous l’eau, racontée par son phare. ".repeat(1_365), cut: false });
    }),
    ("film_form_producer", ADMIN, |h| {
        open(h, "1", "j j e");
        h.press("Tab");
        h.type_text("tom");
    }),
    ("film_form_lost", ADMIN, |h| {
        open(h, "1", "j j e");
        h.type_text("!").press("Ctrl-s");
        h.fail("edit_film", lost());
    }),
    ("film_form_conflict", ADMIN, |h| {
        open(h, "1", "j j e");
        h.type_text("!").press("PgDn Down Down");
        h.type_text(" Nobody answers.").press("Ctrl-s");
        let change = |field: &str, loaded: &str, now: &str| FieldChange {
            field: field.into(),
            loaded: loaded.into(),
            now: now.into(),
        };
        let was = "A city under water, told by the lighthouse that nobody visits any more.\nSecond line.";
        h.fail(
            "edit_film",
            Failure::Conflict(vec![
                change("title", "Harbour of Machines 🌊", "Harbour of the Machines"),
                change("description", was, &was.replace("nobody visits", "everybody forgot")),
                change("ai_tool", "Sora", "Sora 2"),
            ]),
        );
    }),
    ("film_categories", ADMIN, |h| {
        open(h, "1", "j j t");
        h.press("Down Enter").type_text("fict");
    }),
    ("film_people", ADMIN, |h| open(h, "1", "j j p")),
    ("film_people_add", ADMIN, |h| {
        open(h, "1", "j j p");
        h.press("n");
        answer_all(h);
    }),
    ("film_person", ADMIN, |h| {
        open(h, "1", "j j p");
        h.press("e");
        answer_all(h);
    }),
    ("batch", ADMIN, |h| open(h, "1", "Ctrl-a b")),
    ("batch_field", ADMIN, |h| {
        open(h, "1", "Ctrl-a b");
        h.press("Enter");
        h.type_text("tool");
    }),
    ("batch_look", ADMIN, |h| {
        open(h, "1", "Space Space Space b");
        h.press("Enter");
        h.type_text("tool").press("Enter").type_text("Sora 2").press("Enter");
        answer_all(h);
    }),
    ("batch_left", ADMIN, |h| {
        open(h, "1", "Ctrl-a b");
        h.press("Down Enter Enter");
        answer_all(h);
        h.press("Tab Enter");
        let refused = vec![(FilmId(198), Rule::FilmGone.into())];
        h.answer("add_category", Reply::Edited(Edited { done: vec![FilmId(200)], refused, ..Edited::default() }));
    }),
    ("export", ADMIN, |h| {
        open(h, "1", "Ctrl-a b");
        h.press("Down Down Down Enter");
        answer_all(h);
    }),
    ("my_films", Role::Jury, |h| visit(h, "1")),
    ("my_films_draft", Role::Jury, |h| {
        ballot(h, "y", "It holds its breath for");
        h.press("Esc");
    }),
    ("my_films_drafts", Role::Jury, drafted),
    ("my_films_voted", Role::Jury, |h| {
        ballot(h, "y", "It breathes.");
        h.press("Ctrl-s Tab Enter");
        h.answer("cast_vote", cast(my_vote(199, Note::Yes, "It breathes.", 0), FilmStatus::Assigned, false));
        h.send(Msg::Changed(Changed { topic: Topic::Films, ids: Some(vec![199]) }));
        h.answer("my_films", Reply::Films(list((1..6).map(hidden).collect())));
        let mut votes = my_votes();
        votes.push(my_vote(199, Note::Yes, "It breathes.", 0));
        h.answer("my_votes", Reply::Votes(votes));
    }),
    ("my_films_late", Role::Jury, |h| {
        h.press("r");
        let first = crate::app::harness::noon() - chrono::TimeDelta::hours(5);
        h.answer("my_deadlines", Reply::MyDeadlines(Deadlines { first: Some(first), ..my_deadlines() }));
        answer_all(h);
    }),
    ("my_films_finished", Role::Jury, |h| {
        h.press("r");
        let mut votes = my_votes();
        votes[1].stands = true;
        votes.extend([199, 196].map(|film| my_vote(film, Note::Yes, "Yes.", 0)));
        h.answer("my_films", Reply::Films(list((1..6).map(hidden).collect())));
        h.answer("my_votes", Reply::Votes(votes));
        answer_all(h);
    }),
    ("hand_in", Role::Jury, |h| {
        drafted(h);
        h.press("H");
    }),
    ("hand_in_look", Role::Jury, |h| {
        drafted(h);
        h.press("H Ctrl-a Ctrl-s");
    }),
    ("hand_in_working", Role::Jury, |h| {
        drafted(h);
        h.press("H Ctrl-a Ctrl-s Tab Enter");
    }),
    ("hand_in_done", Role::Jury, |h| {
        drafted(h);
        h.press("H Ctrl-a Ctrl-s Tab Enter");
        h.answer("cast_vote", cast(my_vote(199, Note::Yes, "It breathes.", 0), FilmStatus::ToDiscuss, true));
        h.fail("cast_vote", Refusal::new(Rule::RoundClosed).into());
        answer_all(h);
    }),
    ("ballot_saved", Role::Jury, |h| {
        drafted(h);
        h.press("y");
    }),
    ("ballot_not_saved", Role::Jury, |h| {
        h.keeps = false;
        ballot(h, "y", "It breathes.");
        h.wait(1);
        h.fail("keep_draft", lost());
    }),
    ("ballot_versions", Role::Jury, |h| {
        h.keeps = false;
        ballot(h, "y", "Written on the train: it holds its breath for a whole minute, and so did I.");
        h.wait(1);
        let field = |field: &str, now: &str| FieldChange { field: field.into(), loaded: "".into(), now: now.into() };
        let home = "Written at home: too loud, and the ending comes twice.";
        let changes = vec![field("note", "NO"), field("comments", home), field("revision", "8")];
        h.fail("keep_draft", Failure::Conflict(changes));
        h.press("Ctrl-s");
    }),
    ("my_film", Role::Jury, |h| open(h, "1", "Enter")),
    ("my_film_discussed", Role::Jury, |h| open(h, "1", "j j Enter")),
    ("ballot", Role::Jury, |h| ballot(h, "y", "It holds its breath for a whole minute,\nand so did I.")),
    ("ballot_note", Role::Jury, |h| {
        ballot(h, "y", "");
        h.press("Tab Right");
    }),
    ("ballot_look", Role::Jury, |h| {
        ballot(h, "y", "It holds its breath for a whole minute,\nand so did I.");
        h.press("Ctrl-s");
    }),
    ("ballot_sending", Role::Jury, |h| {
        ballot(h, "y", "It holds its breath for a whole minute.");
        h.press("Ctrl-s Tab Enter");
    }),
    ("ballot_unsure", Role::Jury, |h| {
        ballot(h, "y", "It holds its breath for a whole minute.");
        h.press("Ctrl-s Tab Enter");
        h.fail("cast_vote", unknown());
        h.fail("cast_vote", lost());
    }),
    ("ballot_refused", Role::Jury, |h| {
        ballot(h, "d", "  ");
        h.press("Ctrl-s");
    }),
    ("ballot_gone", Role::Jury, |h| {
        ballot(h, "n", "It stops where it should begin.");
        h.press("Ctrl-s Tab Enter");
        h.fail("cast_vote", Rule::NotAssigned.into());
    }),
    ("ballot_conflict", Role::Jury, |h| {
        ballot(h, "d", "Whose voice is it?");
        h.press("Ctrl-s Tab Enter");
        h.fail("cast_vote", moved_on());
        in_discussion(h);
    }),
    ("ballot_second", Role::Jury, |h| {
        open(h, "1", "j j y");
        h.type_text("The others heard what I did not.");
    }),
    ("ballot_second_look", Role::Jury, |h| {
        open(h, "1", "j j d");
        h.type_text("I still want to talk about the ending.").press("Ctrl-s");
    }),
    ("let_stand", Role::Jury, |h| open(h, "1", "j j s")),
    ("promote", Role::Jury, |h| {
        open(h, "1", "j j p");
        h.type_text("The one film that we all came back to.");
    }),
    ("promote_look", Role::Jury, |h| {
        open(h, "1", "j j p");
        h.type_text("The one film that we all came back to.").press("Ctrl-s");
    }),
    ("recuse", Role::Jury, |h| open(h, "1", "x")),
    ("recuse_voted", Role::Jury, |h| open(h, "1", "j j j x")),
    ("recuse_look", Role::Jury, |h| open(h, "1", "x Enter")),
    ("discussion", Role::Jury, |h| super::discussion::tab(h, &[197, 195])),
    ("discussion_drafted", Role::Jury, |h| {
        super::discussion::tab(h, &[197, 195]);
        h.press("d").type_text("Still the ending.").press("Esc");
        answer_all(h);
    }),
    ("my_film", Role::Jury, |h| open(h, "1", "Enter")),
    ("watch", Role::Jury, |h| super::watching::watch(h, 199)),
    ("watch_long", Role::Jury, |h| super::watching::watch(h, 198)),
    ("watch_unknown", Role::Jury, |h| super::watching::watch(h, 197)),
    ("watch_unsound", Role::Jury, |h| super::watching::watch(h, 196)),
    ("watch_plain", Role::Jury, |h| {
        h.plain();
        super::watching::watch(h, 199);
    }),
    ("my_history", Role::Jury, |h| open(h, "1", "h")),
    ("my_history_line", Role::Jury, |h| {
        open(h, "1", "h");
        h.press("j Enter");
    }),
    ("my_history_empty", Role::Jury, |h| {
        h.press("h");
        h.answer("my_history", Reply::MyHistory(Vec::new()));
    }),
    ("account", Role::Jury, |h| visit(h, "3")),
    ("account_admin", ADMIN, |h| open(h, "1", "M")),
    ("account_password", Role::Jury, |h| {
        visit(h, "3");
        super::account::passwords(h, ["what I had so far", "a much better one", "a much better one"]);
        h.fail("change_password", Rule::PasswordWrong.into());
    }),
    ("account_key", Role::Jury, |h| open(h, "3", "n")),
    ("account_key_remove", Role::Jury, |h| open(h, "3", "g j Enter")),
    ("account_zone", Role::Jury, |h| {
        open(h, "3", "G k Enter");
        h.type_text("paris");
    }),
    ("leave_with_drafts", Role::Jury, |h| {
        ballot(h, "y", "It holds its breath for");
        h.press("Esc j j n").type_text("No.").press("Esc q");
    }),
];

fn shot(name: &str, harness: &Harness) {
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false, snapshot_path => "frames" }, {
        insta::assert_snapshot!(name, harness.styled());
    });
}

#[test]
fn every_screen_in_both_sizes_and_languages() {
    for (size, wide) in [((80, 24), "80"), ((120, 40), "120")] {
        for (language, short) in [(Language::En, "en"), (Language::Fr, "fr")] {
            for (name, role, scene) in SCENES {
                let mut harness = console(language, *role);
                harness.resize(size.0, size.1);
                scene(&mut harness);
                shot(&format!("{name}_{short}_{wide}"), &harness);
            }
        }
    }
}

#[test]
fn a_film_on_a_large_screen() {
    for (language, short) in [(Language::En, "en"), (Language::Fr, "fr")] {
        let mut harness = console(language, ADMIN);
        harness.resize(160, 48);
        open(&mut harness, "1", "j j Enter");
        shot(&format!("film_{short}_160"), &harness);
    }
}

#[test]
fn a_jurors_films_on_a_large_screen() {
    for (language, short) in [(Language::En, "en"), (Language::Fr, "fr")] {
        let mut harness = console(language, Role::Jury);
        harness.resize(160, 48);
        shot(&format!("my_films_{short}_160"), &harness);
        open(&mut harness, "1", "j j y");
        harness.type_text("Still no.").press("Ctrl-s");
        shot(&format!("ballot_second_look_{short}_160"), &harness);
    }
}

#[test]
fn lists_that_load_fail_or_are_empty() {
    type State = fn(&mut Harness, &'static str);
    let tabs = [
        ("1", "films"),
        ("2", "jury"),
        ("3", "votes"),
        ("4", "events"),
        ("5", "sponsors"),
        ("6", "sessions"),
        ("7", "settings"),
    ];
    let empty: State = |h, name| match name {
        "events" => _ = h.answer(name, Reply::Events(Vec::new())),
        "sponsors" => _ = h.answer(name, Reply::Sponsors(Vec::new())),
        "sessions" => _ = h.answer(name, Reply::Sessions(Vec::new())),
        _ => _ = h.answer("films", Reply::Films(list(Vec::new()))),
    };
    let failed: State = |h, name| {
        let asked = if matches!(name, "events" | "sponsors" | "sessions" | "settings") { name } else { "films" };
        _ = h.fail(asked, lost());
    };
    for (language, short) in [(Language::En, "en"), (Language::Fr, "fr")] {
        for (key, name) in tabs {
            for (state, act) in [("empty", empty), ("failed", failed)] {
                // There are always settings.
                if (name, state) == ("settings", "empty") {
                    continue;
                }
                let mut harness = Harness::signed_in(language, ADMIN);
                if key != "1" {
                    answer_all(&mut harness);
                    harness.press(key);
                }
                act(&mut harness, name);
                shot(&format!("{name}_{state}_{short}_80"), &harness);
            }
        }
        let mut harness = Harness::signed_in(language, ADMIN);
        shot(&format!("films_waiting_{short}_80"), &harness);
        let page = FilmList { complete: false, total: 100_000, ..list((0..6).map(film).collect()) };
        harness.progress("films", Progress::Partial(Reply::Films(page)));
        shot(&format!("films_loading_{short}_80"), &harness);
        let mut harness = Harness::signed_in(language, Role::Jury);
        harness.answer("my_films", Reply::Films(list(Vec::new())));
        shot(&format!("my_films_empty_{short}_80"), &harness);
        super::discussion::tab(&mut harness, &[]);
        shot(&format!("discussion_empty_{short}_80"), &harness);
    }
}
