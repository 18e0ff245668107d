//! What every list does.

use super::fixtures::*;
use crate::api::failure::{Trouble, Unavailable};
use crate::api::film::FilmList;
use crate::api::{Changed, Failure, Progress, Reply, Request, Topic};
use crate::app::effect::{Cancelled, Effect};
use crate::app::harness::Harness;
use crate::app::lang::Language;
use crate::app::msg::{Mouse, MouseKind, Msg};
use crate::domain::film::FilmStatus;
use crate::domain::user::Role;

fn films_tab() -> Harness {
    console(Language::En, Role::Admin)
}

/// The titles on the screen, from above.
fn titles(harness: &Harness) -> Vec<String> {
    let all: Vec<String> = (0..12).map(|at| film(at).title.chars().take(8).collect()).collect();
    let screen = harness.screen();
    let rows = screen.lines().skip(5);
    rows.filter_map(|row| all.iter().find(|title| !title.is_empty() && row.contains(*title)).cloned()).collect()
}

/// The line with the cursor.
fn cursor(harness: &Harness) -> String {
    let screen = harness.screen();
    screen.lines().find(|line| line.starts_with('▌')).unwrap_or_default().to_owned()
}

fn lost() -> Failure {
    Failure::Unavailable(Unavailable { why: Trouble::Lost, detail: String::new() })
}

#[test]
fn it_filters_as_one_types_by_every_word_without_accents() {
    let mut harness = films_tab();
    harness.press("/").type_text("ete");
    assert_eq!(titles(&harness), ["Le Derni"]);
    harness.press("Ctrl-u").type_text("france runway");
    assert_eq!(titles(&harness), ["Le Derni", "Ceux qui"]);
    assert!(harness.screen().contains("2 of 12 films"), "{}", harness.screen());
    harness.press("Enter j");
    assert!(cursor(&harness).contains("Ceux qui"), "the filter stays and the keys move again");
    harness.press("Esc");
    assert_eq!(titles(&harness).len(), 10);
    assert!(cursor(&harness).contains("Ceux qui"), "the cursor stays on its film");
}

#[test]
fn the_cursor_goes_to_the_best_of_what_is_found() {
    let mut harness = films_tab();
    harness.press("G /").type_text("ete").press("Enter");
    assert!(cursor(&harness).contains("Le Dernier"), "{}", harness.screen());
    harness.press("G / Ctrl-u").type_text("france").press("Enter");
    assert!(cursor(&harness).contains("Le Dernier"), "{}", harness.screen());
}

#[test]
fn a_word_that_cannot_be_read_stays_in_the_line_and_nothing_is_selected_by_it() {
    let mut harness = films_tab();
    harness.press("/").type_text("status:zzz").press("Enter");
    assert!(harness.screen().contains("correct the marked one"), "{}", harness.screen());
    harness.press("Ctrl-a b");
    assert!(harness.screen().contains("Filter:") && !harness.screen().contains("selected"), "{}", harness.screen());
    harness.press("Esc Ctrl-a");
    assert!(harness.screen().contains("12 selected"), "{}", harness.screen());
}

#[test]
fn nothing_found_says_how_to_go_on() {
    let mut harness = films_tab();
    harness.press("/").type_text("zzz");
    let screen = harness.screen();
    assert!(screen.contains("None of the 12 rows has “zzz”") && screen.contains("Esc"), "{screen}");
    harness.press("Enter a Space Enter G");
    assert!(harness.screen().contains("None of the 12 rows"), "nothing happens to nothing");
}

#[test]
fn it_sorts_by_the_next_column_and_turns_around() {
    let mut harness = films_tab();
    harness.press("s");
    assert_eq!(titles(&harness)[..3], ["A very l", "Ångström", "Ceux qui"]);
    assert!(harness.screen().contains("by title ▲"));
    harness.press("S");
    assert_eq!(titles(&harness)[..2], ["東京の夜に", "سلام يا "]);
    assert!(cursor(&harness).contains("Le Dernier"), "the cursor went with its film");
    for _ in 0..11 {
        harness.press("s");
    }
    assert_eq!(titles(&harness)[0], "Le Derni", "after the last column comes the list's own order");
}

#[test]
fn it_moves_by_lines_pages_and_mouse() {
    let mut harness = films_tab();
    harness.press("j j k");
    assert!(cursor(&harness).contains("東京"));
    harness.press("G");
    assert!(cursor(&harness).contains("Sans jury"));
    harness.press("g Ctrl-d Ctrl-u PgDn Home End");
    assert!(cursor(&harness).contains("Sans jury"));
    let click = |row| Msg::Mouse(Mouse { kind: MouseKind::Press, column: 20, row });
    harness.send(click(7));
    assert!(cursor(&harness).contains("Harbour"), "{}", harness.screen());
    harness.send(Msg::Mouse(Mouse { kind: MouseKind::WheelUp, column: 20, row: 9 }));
    assert!(cursor(&harness).contains("Le Dernier"));
    harness.send(click(6));
    harness.send(click(6));
    assert!(harness.waits_for("film"), "a second click opens");
}

#[test]
fn clicking_a_head_sorts() {
    let mut harness = films_tab();
    harness.screen();
    harness.send(Msg::Mouse(Mouse { kind: MouseKind::Press, column: 20, row: 4 }));
    assert!(harness.screen().contains("by title ▲"), "{}", harness.screen());
}

#[test]
fn it_selects_rows_ranges_and_all() {
    let mut harness = films_tab();
    harness.press("Space Space");
    assert!(harness.screen().contains("2 selected") && cursor(&harness).contains("Harbour"));
    harness.press("v j j");
    assert!(harness.screen().contains("5 selected · selecting a range"), "{}", harness.screen());
    harness.press("v Esc");
    assert!(!harness.screen().contains("selected"));
    harness.press("/").type_text("france").press("Enter Ctrl-a Esc");
    assert!(!harness.screen().contains("selected"), "Esc drops the selection first");
    harness.press("Ctrl-a Esc Esc Ctrl-a");
    assert!(harness.screen().contains("12 selected"), "{}", harness.screen());
}

#[test]
fn a_selection_outlives_a_filter_that_hides_it() {
    let mut harness = films_tab();
    harness.press("Space /").type_text("harbour").press("Enter Space");
    assert!(harness.screen().contains("2 selected"), "{}", harness.screen());
    harness.press("a");
    assert!(harness.screen().contains("Advance 2 films"), "{}", harness.screen());
}

#[test]
fn the_first_page_is_there_while_the_rest_loads() {
    let mut harness = Harness::signed_in(Language::En, Role::Admin);
    assert!(harness.screen().contains("Loading…"));
    let page = FilmList { complete: false, total: 100_000, ..list((0..4).map(film).collect()) };
    harness.progress("films", Progress::Partial(Reply::Films(page)));
    let screen = harness.screen();
    assert!(screen.contains("4 of 100,000 films") && screen.contains("loading"), "{screen}");
    harness.press("j j");
    harness.answer("films", Reply::Films(films()));
    assert!(harness.screen().contains("12 of 12 films") && cursor(&harness).contains("Harbour"));
}

#[test]
fn a_failure_says_what_to_do_and_r_tries_again() {
    let mut harness = Harness::signed_in(Language::En, Role::Admin);
    harness.fail("films", lost());
    let screen = harness.screen();
    assert!(screen.contains("cannot be reached") && screen.contains("r tries again"), "{screen}");
    harness.press("r");
    assert!(matches!(harness.asked("films").1, Request::Films { fresh: true }));
}

#[test]
fn a_failure_later_keeps_the_rows() {
    let mut harness = films_tab();
    harness.press("r");
    harness.fail("films", lost());
    assert_eq!(titles(&harness).len(), 10);
    assert!(harness.screen().contains("changed since"));
}

#[test]
fn what_others_change_is_marked_in_place() {
    let mut harness = films_tab();
    harness.press("s s G");
    let before = titles(&harness);
    let mut rows: Vec<_> = (0..12).map(film).collect();
    rows[1].status = FilmStatus::Awarded;
    harness.send(Msg::Changed(Changed { topic: Topic::Films, ids: Some(vec![199]) }));
    harness.answer("films", Reply::Films(list(rows.clone())));
    assert_eq!(titles(&harness), before, "nothing moves");
    let screen = harness.screen();
    assert!(screen.contains("• 東京") && screen.contains("1 changed since · r puts them in order"), "{screen}");
    assert!(screen.lines().any(|line| line.contains("awarded") && line.contains("東京")));
    rows.remove(3);
    harness.send(Msg::Changed(Changed { topic: Topic::Films, ids: None }));
    harness.answer("films", Reply::Films(list(rows.clone())));
    assert_eq!(titles(&harness).len(), 9, "a film that is gone goes");
    harness.press("r");
    harness.answer("films", Reply::Films(list(rows)));
    assert!(!harness.screen().contains("changed since"));
    assert_ne!(titles(&harness), before);
}

#[test]
fn other_topics_leave_a_list_alone() {
    let mut harness = films_tab();
    harness.send(Msg::Changed(Changed { topic: Topic::Sponsors, ids: None }));
    assert!(!harness.waits_for("films") && !harness.waits_for("sponsors"));
}

#[test]
fn only_the_newest_order_counts() {
    let mut harness = films_tab();
    let send = |harness: &mut Harness, keys: &str| {
        let mut effects = Vec::new();
        for key in keys.split(' ') {
            effects.extend(harness.app.update(Msg::Key(key.parse().unwrap())));
        }
        effects
    };
    let effects = send(&mut harness, "/ b e");
    let cancelled = effects.iter().filter(|effect| matches!(effect, Effect::Cancel(_))).count();
    let jobs = effects.into_iter().filter_map(|effect| match effect {
        Effect::Compute(ticket, job) => Some((ticket, job.run(&Cancelled::default()))),
        _ => None,
    });
    let mut jobs: Vec<_> = jobs.collect();
    assert_eq!((jobs.len(), cancelled), (2, 1));
    let (old, new) = (jobs.remove(0), jobs.remove(0));
    harness.send(Msg::Computed(new.0, new.1));
    let shown = titles(&harness);
    harness.send(Msg::Computed(old.0, old.1));
    assert_eq!(titles(&harness), shown);
}

#[test]
fn panels_are_found_by_the_names_of_jurors() {
    let mut harness = films_tab();
    harness.press("2");
    answer_all(&mut harness);
    harness.press("/").type_text("evariste");
    assert!(harness.screen().contains("1 of 12 panels"), "{}", harness.screen());
}

#[test]
fn pages_walk_the_list_as_it_was_shown_and_come_back_to_it() {
    let mut harness = films_tab();
    harness.press("/").type_text("france").press("Enter Enter");
    answer_all(&mut harness);
    assert!(harness.screen().contains("1 of 4"));
    harness.press("End");
    assert!(harness.screen().contains("undo · console"), "{}", harness.screen());
    harness.press("Right Right Left");
    answer_all(&mut harness);
    assert!(harness.screen().contains("Ceux qui restent") && harness.screen().contains("2 of 4"));
    harness.press("Left Left Left");
    assert!(harness.screen().contains("1 of 4"), "there is nothing before the first");
    answer_all(&mut harness);
    harness.press("Right Esc");
    assert!(cursor(&harness).contains("Ceux qui restent"), "{}", harness.screen());
}

#[test]
fn late_answers_find_their_page_or_nobody() {
    let mut harness = films_tab();
    harness.press("j Enter Right");
    let (first, _) = harness.asked("film");
    let answer = Reply::Film(Box::new(detail(1)));
    harness.send(Msg::Reply(first, Ok(answer.into())));
    assert!(!harness.screen().contains("A city under water"), "another film's answer is not shown");
    harness.press("Esc");
    answer_all(&mut harness);
    assert!(cursor(&harness).contains("Harbour"));
}

#[test]
fn links_can_be_opened_and_copied_and_nothing_else_is_one() {
    let mut harness = films_tab();
    harness.resize(120, 60).press("Enter");
    answer_all(&mut harness);
    let links: Vec<String> = harness.draw().1.links.into_iter().map(|(_, link)| link).collect();
    assert_eq!(links, ["https://www.youtube.com/watch?v=abc123", "https://www.youtube.com/watch?v=dQw4w9WgXcQ"]);
    harness.press("c Enter");
    assert!(matches!(harness.effects.last(), Some(Effect::Copy(link)) if link.ends_with("abc123")));
    harness.press("Esc 4");
    answer_all(&mut harness);
    harness.press("Enter c");
    assert!(harness.screen().contains("no link here"));
}

#[test]
fn a_page_that_failed_says_so_and_reads_again() {
    let mut harness = films_tab();
    harness.press("Enter");
    harness.fail("film", lost());
    harness.press("G");
    assert!(harness.screen().contains("cannot be reached"), "{}", harness.screen());
    harness.press("r");
    answer_all(&mut harness);
    harness.press("G");
    assert!(!harness.screen().contains("cannot be reached"));
    harness.send(Msg::Changed(Changed { topic: Topic::Films, ids: Some(vec![200]) }));
    assert!(harness.waits_for("film"), "an open film is read again when somebody changes it");
}

#[test]
fn jurors_see_their_films_and_their_own_vote_only() {
    let mut harness = console(Language::En, Role::Jury);
    let screen = harness.screen();
    assert!(screen.contains("1 My films") && !screen.contains("Sponsors"), "{screen}");
    assert!(screen.contains("to vote: 2") && screen.contains("✓ yes") && screen.contains("not yet"), "{screen}");
    harness.press("j j j Enter");
    answer_all(&mut harness);
    let screen = harness.screen();
    assert!(screen.contains("It knows what it wants") && !screen.contains("Panel"), "{screen}");
    harness.press("a Space e u w D Esc a b");
    assert!(harness.calls.iter().all(|(_, request)| !request.entry().writes));
}

#[test]
fn the_language_changes_in_the_middle_of_everything() {
    let mut harness = films_tab();
    harness.press("s L");
    assert!(harness.screen().contains("12 sur 12 films · par titre"), "{}", harness.screen());
    harness.press("Enter");
    answer_all(&mut harness);
    harness.press("L");
    assert!(harness.screen().contains("The film"));
    harness.press("L");
    assert!(harness.screen().contains("Le film"));
}

#[test]
fn large_numbers_are_grouped_as_the_language_does() {
    use crate::app::lang::Lang;
    for (language, shown) in [(Language::En, "7 of 1,234,567 films"), (Language::Fr, "7 sur 1\u{a0}234\u{a0}567 films")]
    {
        let args = [("shown", 7.into()), ("total", 1_234_567.into())];
        assert_eq!(Lang::new(language).tr_with("films-shown", &args), shown);
    }
}

#[test]
fn words_are_found_in_synopses_once_these_are_there() {
    let mut harness = console(Language::En, Role::Admin);
    harness.press("/").type_text("lighthouse");
    assert!(!harness.screen().contains("reading the synopses"));
    harness.progress("synopses", Progress::Steps { done: 5_000, total: 20_000 });
    assert!(harness.screen().contains("reading the synopses, 25 %"), "{}", harness.screen());
    let before = harness.screen();
    harness.answer("synopses", Reply::Synopses(super::fixtures::synopses()));
    let screen = harness.screen();
    assert!(screen != before && screen.contains("1 of 12 films"), "{screen}");
    // Asked for once.
    harness.press("Esc /");
    assert!(!harness.waits_for("synopses"));
}
