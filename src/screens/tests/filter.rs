//! The filter line: its language, completion, what is wrong with it, and what writes into it.

use super::fixtures::*;
use crate::api::setting::PreferenceRow;
use crate::api::{Reply, Request};
use crate::app::harness::Harness;
use crate::app::lang::Language;
use crate::app::msg::{Mouse, MouseKind, Msg};
use crate::domain::user::Role;

fn films_tab() -> Harness {
    console(Language::En, Role::Admin)
}

/// The ids of the films on the screen, from above, by the beginnings of their titles.
fn shown(harness: &Harness) -> String {
    let screen = harness.screen();
    let line = screen.lines().find(|line| line.contains(" films") && line.contains(" of ")).unwrap_or_default();
    let words: Vec<&str> = line.split_whitespace().collect();
    let of = words.iter().rposition(|word| *word == "of").unwrap_or(1);
    words[of - 1].to_owned()
}

fn filtered(filter: &str) -> String {
    let mut harness = films_tab();
    harness.resize(160, 30).press("/").type_text(filter);
    shown(&harness)
}

#[test]
fn terms_leave_the_films_that_they_are_true_of() {
    for (filter, count) in [
        ("status:to_discuss", "1"),
        ("status:assigned,candidate", "6"),
        ("-status:assigned", "8"),
        ("country:FR", "4"),
        ("pays:ma", "1"),
        ("-country:france yes>=3", "2"),
        ("yes:3 status:assigned", "1"),
        ("panel:<3 -panel:0", "2"),
        ("year:..", "11"),
        ("-year:2025", "1"),
        ("producer:\"lea m\"", "4"),
        ("sora -country:FR", "1"),
        ("tool:\"\"", "2"),
        ("juror:evariste", "1"),
        ("share>=60", "4"),
        ("share:67", "0"),
        ("is:awarded", "1"),
        ("is:flagged", "5"),
        ("duration:60..66", "3"),
        ("language:fran", "4"),
        ("\"dernier ete\"", "1"),
        ("statut:primé,2e_tour", "2"),
        ("contry:FR sora", "2"),
    ] {
        assert_eq!(filtered(filter), count, "{filter}");
    }
}

#[test]
fn selected_films_can_be_looked_at_alone() {
    let mut harness = films_tab();
    harness.press("Space Space /").type_text("is:selected");
    assert_eq!(shown(&harness), "2");
}

#[test]
fn tab_completes_names_choices_and_texts() {
    let mut harness = films_tab();
    harness.resize(120, 40).press("/").type_text("sta").press("Tab");
    let screen = harness.screen();
    assert!(screen.contains("Filter: status:") && screen.contains("to_discuss"), "the choices are shown: {screen}");
    harness.press("Tab Tab");
    assert_eq!(shown(&harness), "12", "nothing is taken by only marking it");
    harness.press("Down Up Enter");
    assert!(harness.screen().contains("status:assigned"), "{}", harness.screen());
    assert_eq!(shown(&harness), "4");
    harness.type_text(" tool:").press("Tab Shift-Tab Esc");
    assert!(harness.screen().contains("status:assigned tool:"), "Esc only closes the offer");
    harness.type_text("run").press("Tab");
    assert!(harness.screen().contains("tool:\"Runway Gen-4\""), "{}", harness.screen());
    harness.press("Enter Esc");
    assert_eq!(shown(&harness), "12");
}

#[test]
fn an_empty_line_offers_every_field() {
    let mut harness = console(Language::Fr, Role::Admin);
    harness.resize(120, 40).press("/");
    assert!(harness.screen().contains("Tab pour les champs"), "{}", harness.screen());
    harness.press("Tab");
    let screen = harness.screen();
    assert!(screen.contains("statut") && screen.contains("+10"), "{screen}");
    harness.press("Enter");
    assert!(harness.screen().contains("statut:") && harness.screen().contains("2e_tour"));
}

#[test]
fn what_is_wrong_is_said_beside_the_line() {
    for (filter, said) in [
        ("contry:FR x", "▲ no field “contry”: country?"),
        ("contry:FR", "no field “contry”: country?"),
        ("zzzz:1 x", "no field is called “zzzz”"),
        ("status:asigned x", "no “asigned”: assigned?"),
        ("status:qqqqqqqqq x", "status is never “qqqqqqqqq”"),
        ("year:soon x", "“soon” is not a number"),
        ("title>=3", "title has no numbers"),
        ("year:9..2 x", "“9..2” ends before it begins"),
        ("tool:", "tool: and then?"),
        ("\"red", "the quotation mark is open"),
    ] {
        let mut harness = films_tab();
        harness.resize(120, 30).press("/").type_text(filter);
        let said = said.trim_start_matches("▲ ");
        assert!(harness.screen().contains(said), "{filter}: {}", harness.screen());
    }
}

#[test]
fn figures_above_the_list_filter_it_and_say_so() {
    let mut harness = films_tab();
    harness.resize(120, 40).press("f Down Space Down Space");
    assert_eq!(shown(&harness), "5", "{}", harness.screen());
    harness.press("Enter");
    assert!(harness.screen().contains("status:assigned,to_discuss"), "{}", harness.screen());
    harness.press("f Enter");
    let screen = harness.screen();
    assert!(screen.contains("status:submitted") && !screen.contains("to_discuss,"), "one is chosen alone: {screen}");
    harness.press("f Enter");
    assert_eq!(shown(&harness), "12", "and once more, no longer");
    harness.press("Esc f End Enter");
    assert_eq!(shown(&harness), "1");
    harness.press("Esc");
    harness.screen();
    let click = |column| Msg::Mouse(Mouse { kind: MouseKind::Press, column, row: 2 });
    harness.send(click(1));
    assert!(harness.screen().contains("status:submitted"), "{}", harness.screen());
    harness.send(click(1));
    assert_eq!(shown(&harness), "12");
    harness.press("f q");
    assert!(!harness.quits() && !harness.screen().contains("Space chooses"), "{}", harness.screen());
}

#[test]
fn columns_are_chosen_moved_and_kept() {
    let mut harness = films_tab();
    harness.resize(120, 40).press("C Down Space Down Left Left Enter");
    let asked = harness.asked("set_preference").1;
    let Request::SetPreference { name, value: Some(value) } = &asked else { panic!("{asked:?}") };
    assert_eq!(name, "films.columns");
    assert!(value.starts_with("column-country column-status column-language"), "{value}");
    let head = |harness: &Harness| harness.screen().lines().nth(4).unwrap_or_default().to_owned();
    assert!(head(&harness).trim().starts_with("country") && !head(&harness).contains("title"), "{}", harness.screen());
    harness.press("C 0 Enter");
    assert!(matches!(harness.asked("set_preference").1, Request::SetPreference { value: None, .. }));
    assert!(head(&harness).trim().starts_with("status"));
    harness.press("s");
    assert!(harness.screen().contains("by title"));
}

#[test]
fn columns_that_were_kept_come_back() {
    let mut harness = Harness::signed_in(Language::En, Role::Admin);
    let value = Some("column-no column-title no-such-column column-no".to_owned());
    let row = PreferenceRow { name: "films.columns".into(), value };
    harness.answer("preferences", Reply::Preferences(vec![row]));
    answer_all(&mut harness);
    let screen = harness.screen();
    let head = screen.lines().nth(4).unwrap_or_default();
    assert_eq!(head.split_whitespace().collect::<Vec<_>>(), ["no", "title"], "{screen}");
}

#[test]
fn searches_are_named_kept_applied_and_forgotten() {
    let mut harness = films_tab();
    harness.press("/").press("Ctrl-s");
    assert!(harness.screen().contains("nothing to keep"));
    harness.type_text("country:FR").press("Ctrl-s").type_text("Ours").press("Enter");
    let asked = harness.asked("set_preference");
    let Request::SetPreference { name, value } = &asked.1 else { panic!() };
    assert_eq!((name.as_str(), value.as_deref()), ("films.search.Ours", Some("country:FR")));
    let row = |name: &str, value: &str| PreferenceRow { name: name.into(), value: Some(value.into()) };
    harness.send(Msg::Reply(asked.0, Ok(Reply::Preference(row("films.search.Ours", "country:FR")).into())));
    assert!(harness.screen().contains("Kept as “Ours”"), "{}", harness.screen());
    harness.press("Esc F");
    let rows = vec![row("films.columns", "x"), row("films.search.Ours", "country:FR"), row("jury.search.No", "x")];
    harness.answer("preferences", Reply::Preferences(rows.clone()));
    assert!(harness.screen().contains("Ours") && !harness.screen().contains("No "), "{}", harness.screen());
    harness.press("Enter");
    assert_eq!(shown(&harness), "4");
    harness.press("F");
    harness.answer("preferences", Reply::Preferences(rows));
    harness.press("d Right Enter");
    let asked = harness.asked("set_preference");
    assert!(matches!(&asked.1, Request::SetPreference { value: None, name } if name == "films.search.Ours"));
    let gone = PreferenceRow { name: "films.search.Ours".into(), value: None };
    harness.send(Msg::Reply(asked.0, Ok(Reply::Preference(gone).into())));
    assert!(harness.screen().contains("is forgotten"), "{}", harness.screen());
    harness.press("F");
    harness.answer("preferences", Reply::Preferences(Vec::new()));
    assert!(harness.screen().contains("You keep no search yet"), "{}", harness.screen());
}

#[test]
fn long_wide_and_turned_titles_are_marked_where_they_match() {
    let mut rows: Vec<_> = (0..3).map(film).collect();
    rows[0].title = format!("{}終", "東".repeat(254)).into();
    rows[1].title = "A 👩‍👩‍👧‍👦 family e\u{301}te\u{301}".into();
    rows[2].title = "سلام يا قمر".into();
    for (filter, marked) in [("東", "東"), ("ete", "e\u{301}te\u{301}"), ("👩‍👩‍👧‍👦", "👩‍👩‍👧‍👦"), ("قمر", "قمر")]
    {
        let mut harness = Harness::signed_in(Language::En, Role::Admin);
        harness.answer("films", Reply::Films(list(rows.clone())));
        harness.press("/").type_text(filter);
        let (buf, _) = harness.draw();
        let matched = harness.app.session().theme.matched;
        let text: String = (5..20u16)
            .flat_map(|y| (0..80).map(move |x| (x, y)))
            .map(|at| &buf[at])
            .filter(|cell| cell.modifier.contains(matched.add_modifier) && cell.fg == matched.fg.unwrap())
            .map(ratatui::buffer::Cell::symbol)
            .collect();
        // A wide character has a second, empty cell; what does not fit ends in an ellipsis.
        let text = text.replace([' ', '…'], "");
        assert!(text.contains(marked) && text.replace(marked, "").is_empty(), "{filter}: {text}");
    }
}
