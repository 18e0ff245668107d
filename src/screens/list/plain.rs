//! What a query asks beside words, asked of one row after another.

use std::collections::HashMap;

use crate::api::film::Juror;
use crate::domain::UserId;
use crate::domain::query::{CountryTest, FieldSpec, Kind, Query, Reach, Term, Test, Wanted};
use crate::domain::text::fold;

use super::fields::{Get, GetFn, Marked, is_flags};
use super::order::ListRow;

/// Jurors' names, folded, by id.
pub(super) type Jurors = HashMap<UserId, String, foldhash::fast::RandomState>;

/// Jurors ready to be found by name.
pub(super) fn jurors(jurors: &[Juror]) -> Jurors {
    jurors.iter().map(|juror| (juror.id, fold(&juror.name))).collect()
}

/// Says of a row whether a query holds.
pub(crate) type Holds<T> = Box<dyn Fn(&T, &Jurors) -> bool + Send>;

/// Whether a term is a word that must be there: those are found first, and rank the rows.
fn is_wanted_word(term: &Term) -> bool {
    !term.negated && matches!(term.test, Test::Word(_))
}

/// What a query asks of a row beside the words that must be there; `None`: nothing.
pub(crate) fn holds<T: ListRow>(
    query: &Query,
    fields: &'static [FieldSpec],
    get: GetFn<T>,
    marked: &Marked,
) -> Option<Holds<T>> {
    let terms: Vec<&Term> = query.terms.iter().filter(|term| !is_wanted_word(term)).collect();
    (!terms.is_empty()).then(|| every(&terms, fields, get, marked))
}

/// Says of a row whether it has everything that a query asks for, its words too.
pub(crate) fn sieve<T: ListRow>(
    query: &Query,
    fields: &'static [FieldSpec],
    get: GetFn<T>,
    people: &[Juror],
) -> impl Fn(&T) -> bool + use<T> {
    let holds = every(&query.terms.iter().collect::<Vec<_>>(), fields, get, &Marked::default());
    let jurors = jurors(people);
    move |row| holds(row, &jurors)
}

/// Whether all of some terms hold.
fn every<T: ListRow>(terms: &[&Term], fields: &'static [FieldSpec], get: GetFn<T>, marked: &Marked) -> Holds<T> {
    let tests: Vec<(bool, Holds<T>)> = terms
        .iter()
        .map(|term| {
            let test = match &term.test {
                Test::Word(word) => word_test(word, fields, get),
                Test::Field { field, wanted } => field_test(&fields[*field], wanted, get, marked.clone()),
            };
            (term.negated, test)
        })
        .collect();
    Box::new(move |row, jurors| tests.iter().all(|(negated, test)| test(row, jurors) != *negated))
}

fn word_test<T: ListRow>(word: &str, fields: &'static [FieldSpec], get: GetFn<T>) -> Holds<T> {
    let word = fold(word);
    let gets: Vec<Get<T>> = fields.iter().filter(|field| field.words).map(|field| get(field.name.english)).collect();
    Box::new(move |row, jurors| {
        gets.iter().any(|get| match get {
            Get::Text(text) => fold(row.text(*text)).contains(&word),
            Get::People(people) => named(people(row), jurors, &word),
            _ => false,
        })
    })
}

fn named(people: &[UserId], jurors: &Jurors, wanted: &str) -> bool {
    people.iter().filter_map(|id| jurors.get(id)).any(|name| name.contains(wanted))
}

fn field_test<T: ListRow>(field: &FieldSpec, wanted: &Wanted, get: GetFn<T>, marked: Marked) -> Holds<T> {
    match (get(field.name.english), wanted) {
        (Get::Text(text), Wanted::Texts(texts)) if field.kind == Kind::Country => {
            let tests: Vec<CountryTest> = texts.iter().map(|text| CountryTest::new(text)).collect();
            Box::new(move |row, _| tests.iter().any(|test| test.holds(row.text(text))))
        }
        (Get::Text(text), Wanted::Texts(texts)) => {
            let wanted: Vec<String> = texts.iter().map(|text| fold(text)).collect();
            let has = |text: &str, wanted: &str| match wanted {
                "" => text.trim().is_empty(),
                wanted => fold(text).contains(wanted),
            };
            Box::new(move |row, _| wanted.iter().any(|wanted| has(row.text(text), wanted)))
        }
        (Get::People(people), Wanted::Texts(texts)) => {
            let wanted: Vec<String> = texts.iter().map(|text| fold(text)).collect();
            Box::new(move |row, jurors| {
                wanted.iter().any(|wanted| match wanted.as_str() {
                    "" => people(row).is_empty(),
                    wanted => named(people(row), jurors, wanted),
                })
            })
        }
        (Get::Number(number), Wanted::Numbers(reaches)) => {
            let reaches: Vec<Reach> = reaches.clone();
            Box::new(move |row, _| number(row).is_some_and(|n| reaches.iter().any(|reach| reach.holds(n))))
        }
        (Get::Choices(bits), Wanted::Choices(choices)) => {
            let wanted = choices.iter().fold(0u64, |bits, choice| bits | 1 << (*choice).min(63));
            let marks = is_flags(field);
            Box::new(move |row, _| {
                let own = if marks { marked.bits(row.key()) } else { 0 };
                (bits(row) | own) & wanted != 0
            })
        }
        _ => Box::new(|_, _| false),
    }
}
