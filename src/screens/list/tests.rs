//! The search and the sort against the slow and obvious way to do the same.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::sync::Arc;

use proptest::prelude::*;

use crate::api::film::{FilmRow, Juror};
use crate::api::synopses::{Packer, Synopses};
use crate::api::{Indexed, Rows};
use crate::app::effect::{Cancelled, Computed, Job};
use crate::domain::consensus::Tally;
use crate::domain::film::FilmStatus;
use crate::domain::query::{CountryTest, FieldSpec, Kind, Query, Test, Wanted, parse};
use crate::domain::text::fold;
use crate::domain::{FilmId, UserId};
use crate::screens::films::{cells, fields};
use crate::widgets::table::Key;

use super::fields::{Get, Marked};
use super::find::{Find, Search, narrows};
use super::order::{By, ListRow, Wish, arrange, keep};

const JURORS: [(i32, &str); 3] = [(1, "Anne Bo"), (2, "Béa Ca"), (3, "Abba")];

fn text() -> impl Strategy<Value = String> {
    prop_oneof![4 => "[abcé ]{0,7}", 1 => "[AB東É-]{0,5}", 1 => Just(String::new())]
}

prop_compose! {
    fn film()(
        title in text(), country in prop_oneof![Just("France"), Just("FR"), Just("Ghana"), Just("")],
        producer in text(), tool in "[ab]{0,2}", language in "[ab]{0,2}",
        year in prop::option::of(2024i32..2027), status in 0..FilmStatus::ALL.len(),
        panel in prop::collection::btree_set(1i32..5, 0..3), yes in 0u16..4, no in 0u16..3, synopsis in prop::option::of(text()),
    ) -> (FilmRow, Option<String>) {
        let row = FilmRow {
            id: FilmId(0),
            status: FilmStatus::ALL[status],
            title: title.into(),
            country: country.into(),
            language: language.into(),
            duration: None,
            year,
            ai_tool: tool.into(),
            producer: UserId(9),
            producer_name: producer.into(),
            panel: panel.into_iter().map(UserId).collect(),
            active: 1,
            voted: 0,
            changed: 0,
            decided: 0,
            closed: false,
            first_votes_open: false,
            veiled: false,
            recusals: 0,
            ballots: yes + no,
            tally: Tally { yes, no, to_discuss: 0 },
            awards: 0,
            outside: false,
        };
        (row, synopsis.map(|text| fold(&text)))
    }
}

fn films() -> impl Strategy<Value = Vec<(FilmRow, Option<String>)>> {
    prop::collection::vec(film(), 0..40).prop_map(|mut films| {
        let count = films.len();
        for (at, (row, _)) in films.iter_mut().enumerate() {
            row.id = FilmId(i32::try_from((count - at) * 2).unwrap());
        }
        films
    })
}

fn term() -> impl Strategy<Value = String> {
    let about = prop_oneof![
        3 => "[abcé]{1,3}",
        1 => Just("\"a b\"".to_owned()),
        1 => prop_oneof![Just("status:assigned,refused"), Just("country:FR"), Just("country:an"), Just("country:\"\"")].prop_map(str::to_owned),
        1 => prop_oneof![Just("title:a"), Just("title:\"\""), Just("tool:b,a"), Just("producer:\"é\"")].prop_map(str::to_owned),
        1 => prop_oneof![Just("yes>=2"), Just("year:2025..2026"), Just("year:2024"), Just("panel:<1")].prop_map(str::to_owned),
        1 => prop_oneof![Just("juror:anne"), Just("juror:\"\""), Just("is:flagged"), Just("is:selected")].prop_map(str::to_owned),
    ];
    (prop::bool::weighted(0.2), about).prop_map(|(not, term)| if not { format!("-{term}") } else { term })
}

fn line() -> impl Strategy<Value = String> {
    prop::collection::vec(term(), 0..4).prop_map(|terms| terms.join(" "))
}

fn rows(films: &[(FilmRow, Option<String>)]) -> Rows<FilmRow> {
    films.iter().map(|(row, _)| row.clone()).collect()
}

fn synopses(films: &[(FilmRow, Option<String>)]) -> Synopses {
    let mut packer = Packer::default();
    films.iter().for_each(|(row, text)| packer.add(row.id, text.as_deref().unwrap_or_default()));
    packer.finish()
}

/// Words look through the names of panels as well.
const FIND: Find<FilmRow> = Find { people: Some(|row| &row.panel), ..cells::FIND };

fn search(query: &Query, synopses: Option<Synopses>, among: Option<Arc<[u32]>>) -> Search<FilmRow> {
    let selected = Arc::new([2, 6, 12].into());
    let juror = |(id, name): (i32, &str)| Juror { id: UserId(id), name: name.into(), active: true };
    Search {
        query: query.clone(),
        fields: &fields::PANELS,
        get: fields::get,
        find: FIND,
        marked: Marked { selected, changed: Arc::default() },
        jurors: JURORS.map(juror).into(),
        synopses,
        among,
    }
}

fn run(job: Job) -> Vec<u32> {
    match job.run(&Cancelled::default()) {
        Computed::Order(order) => order.to_vec(),
        Computed::Nothing => panic!("cancelled"),
    }
}

fn found(rows: &Rows<FilmRow>, search: Search<FilmRow>) -> Vec<u32> {
    run(arrange(rows.clone(), Wish { search, sort: None }))
}

/// How good a word is in a row; `None`: not there.
fn place(row: &FilmRow, word: &str, synopsis: &str) -> Option<usize> {
    let texts =
        [FilmRow::TITLE, FilmRow::PRODUCER, FilmRow::COUNTRY, FilmRow::TOOL].map(|text| fold(row.text(text).trim()));
    let begins = |at: usize| texts[0][..at].chars().next_back().is_none_or(|before| !before.is_alphanumeric());
    let starts = (0..texts[0].len()).filter(|at| texts[0].is_char_boundary(*at) && texts[0][*at..].starts_with(word));
    let title = starts
        .map(|at| {
            if at == 0 {
                0
            } else if begins(at) {
                1
            } else {
                2
            }
        })
        .min();
    let juror = |id: &UserId| JURORS.iter().any(|(juror, name)| *juror == id.0 && fold(name).contains(word));
    title
        .or(texts[1].contains(word).then_some(3))
        .or((texts[2].contains(word) || texts[3].contains(word) || row.panel.iter().any(juror)).then_some(4))
        .or(synopsis.contains(word).then_some(5))
}

fn answers(row: &FilmRow, field: &FieldSpec, wanted: &Wanted) -> bool {
    let named =
        |id: &UserId, text: &str| JURORS.iter().any(|(juror, name)| *juror == id.0 && fold(name).contains(text));
    match (fields::get(field.name.english), wanted) {
        (Get::Text(text), Wanted::Texts(texts)) if field.kind == Kind::Country => {
            texts.iter().any(|wanted| CountryTest::new(wanted).holds(row.text(text)))
        }
        (Get::Text(text), Wanted::Texts(texts)) => texts.iter().any(|wanted| match fold(wanted).as_str() {
            "" => row.text(text).trim().is_empty(),
            wanted => fold(row.text(text)).contains(wanted),
        }),
        (Get::People(people), Wanted::Texts(texts)) => texts.iter().any(|wanted| match fold(wanted).as_str() {
            "" => people(row).is_empty(),
            wanted => people(row).iter().any(|id| named(id, wanted)),
        }),
        (Get::Number(number), Wanted::Numbers(reaches)) => {
            number(row).is_some_and(|number| reaches.iter().any(|reach| reach.holds(number)))
        }
        (Get::Choices(bits), Wanted::Choices(choices)) => {
            let selected = field.name.english == "is" && [2, 6, 12].contains(&row.id.0);
            choices.iter().any(|choice| (bits(row) | u64::from(selected)) >> choice & 1 == 1)
        }
        _ => false,
    }
}

/// The rows that a query leaves, the best first.
fn naive(films: &[(FilmRow, Option<String>)], query: &Query, deep: bool) -> Vec<u32> {
    let good = |(row, synopsis): &(FilmRow, Option<String>)| {
        let synopsis = synopsis.as_deref().filter(|_| deep).unwrap_or_default();
        query.terms.iter().try_fold(0, |worst, term| {
            let place = match &term.test {
                Test::Word(word) => place(row, &fold(word), synopsis),
                Test::Field { field, wanted } => answers(row, &fields::PANELS[*field], wanted).then_some(0),
            };
            match (term.negated, place) {
                (false, place) => place.map(|place| worst.max(place)),
                (true, place) => place.is_none().then_some(worst),
            }
        })
    };
    let mut found: Vec<(usize, u32)> = (0..).zip(films).filter_map(|(at, film)| Some((good(film)?, at))).collect();
    found.sort_unstable();
    found.into_iter().map(|(_, at)| at).collect()
}

proptest! {
    #[test]
    fn a_query_leaves_what_row_by_row_it_would(films in films(), line in line(), deep: bool) {
        let query = parse(&line, &fields::PANELS).query;
        let synopses = deep.then(|| synopses(&films));
        prop_assert_eq!(found(&rows(&films), search(&query, synopses, None)), naive(&films, &query, deep), "{}", line);
    }

    #[test]
    fn searching_what_was_left_is_searching_anew(
        films in films(), begun in "[abcé]{1,2}", more in "[abcé]{0,2}", before in line(), after in line(), not: bool, deep: bool,
    ) {
        let not = if not { "-" } else { "" };
        // A word gets longer, or shorter where it must not be there, and terms come.
        let (first, second) = match not {
            "" => (format!("{before} {begun}"), format!("{before} {begun}{more} {after}")),
            _ => (format!("{before} -{begun}{more}"), format!("{before} -{begun} {after}")),
        };
        let (first, second) = (parse(&first, &fields::PANELS).query, parse(&second, &fields::PANELS).query);
        prop_assert!(narrows(&first, &second));
        let rows = rows(&films);
        let synopses = deep.then(|| synopses(&films));
        let left = found(&rows, search(&first, synopses.clone(), None));
        let among = found(&rows, search(&second, synopses.clone(), Some(left.into())));
        prop_assert_eq!(among, found(&rows, search(&second, synopses, None)));
    }

    #[test]
    fn whatever_narrows_leaves_no_other_rows(films in films(), first in line(), second in line()) {
        let (first, second) = (parse(&first, &fields::PANELS).query, parse(&second, &fields::PANELS).query);
        if narrows(&first, &second) {
            let (wide, narrow) = (naive(&films, &first, false), naive(&films, &second, false));
            prop_assert!(narrow.iter().all(|row| wide.contains(row)));
        }
    }

    #[test]
    fn every_column_sorts_as_its_keys_do(films in films(), line in line(), descending: bool, column in 0usize..9) {
        let columns = ["title", "producer", "country", "tool", "language", "year", "yes", "share", "status"];
        let column = format!("column-{}", columns[column]);
        let query = parse(&line, &fields::PANELS).query;
        let wish = Wish { search: search(&query, None, None), sort: Some((cells::sort_by(&column), descending)) };
        let sorted = run(arrange(rows(&films), wish));
        let mut shown = naive(&films, &query, false);
        shown.sort_unstable();
        let key = |at: &u32| {
            let row = &films[*at as usize].0;
            match cells::sort_by(&column) {
                By::Text(text) => Some((0, fold(row.text(text).trim()))).filter(|(_, text)| !text.is_empty()),
                By::Number(number) => number(row).map(|number| (number, String::new())),
                By::Nothing => None,
            }
        };
        shown.sort_by(|a, b| match (key(a), key(b)) {
            (Some(a), Some(b)) if descending => b.cmp(&a),
            (Some(a), Some(b)) => a.cmp(&b),
            (a, b) => a.is_none().cmp(&b.is_none()),
        });
        prop_assert_eq!(sorted, shown);
    }
}

#[derive(Clone)]
struct Word(i64, &'static str);

impl Indexed for Word {
    const TEXTS: usize = 1;

    fn text(&self, _: usize) -> &str {
        self.1
    }
}

impl ListRow for Word {
    fn key(&self) -> Key {
        self.0
    }
}

fn few() -> Rows<Word> {
    [Word(9, "Été"), Word(7, "beta"), Word(5, "Alpha"), Word(3, ""), Word(1, "ALPHABET")].into_iter().collect()
}

fn wish(filter: &str, sort: Option<bool>) -> Wish<Word> {
    const FIND: Find<Word> = Find { title: 0, name: None, others: &[], people: None };
    let search = Search {
        query: parse(filter, &[]).query,
        fields: &[],
        get: |_| Get::Nothing,
        find: FIND,
        marked: Marked::default(),
        jurors: Arc::new([]),
        synopses: None,
        among: None,
    };
    Wish { search, sort: sort.map(|descending| (By::Text(0), descending)) }
}

#[test]
fn filters_by_every_word_and_sorts_with_the_missing_last() {
    let arranged = |filter: &str, sort| run(arrange(few(), wish(filter, sort)));
    assert_eq!(arranged("", None), [0, 1, 2, 3, 4]);
    assert_eq!(arranged("BET alp", None), [4]);
    assert_eq!(arranged("ete", None), [0]);
    // What begins with it comes before what has it somewhere.
    assert_eq!(arranged("bet", None), [1, 4]);
    assert_eq!(arranged("", Some(false)), [2, 4, 1, 0, 3]);
    assert_eq!(arranged("", Some(true)), [0, 1, 4, 2, 3]);
}

#[test]
fn two_threads_leave_what_one_does() {
    let many: Rows<Word> =
        (0..50_000).rev().map(|n| Word(n, ["a moon", "moon", "sea", "the sea"][n as usize % 4])).collect();
    let found = run(arrange(many.clone(), wish("moon", None)));
    let expected = |place: usize| (0..50_000u32).filter(move |at| (49_999 - *at as usize) % 4 == place);
    assert!(found.iter().copied().eq(expected(1).chain(expected(0))));
    let sorted = run(arrange(many, wish("sea", Some(true))));
    assert!(sorted.iter().copied().eq(expected(3).chain(expected(2))));
}

#[test]
fn a_cancelled_job_computes_nothing() {
    let cancelled = Cancelled::default();
    cancelled.cancel();
    for filter in ["", "alpha"] {
        assert_eq!(arrange(few(), wish(filter, None)).run(&cancelled), Computed::Nothing);
    }
}

#[test]
fn keeping_drops_what_is_gone_and_waits_with_what_is_new() {
    let new: Rows<Word> = [Word(11, "new"), Word(9, "Été"), Word(5, "Alpha"), Word(1, "A")].into_iter().collect();
    assert_eq!(run(keep(few(), Arc::new([4, 1, 0]), new)), [3, 1]);
}
