//! Which rows of a list a query leaves, and how good each is: a word or text is looked for once in each distinct text,
//! then every row asks what is known of its texts.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

use crate::api::film::Juror;
use crate::api::index::{Column, Place};
use crate::api::synopses::Synopses;
use crate::api::{Index, Rows};
use crate::app::effect::Cancelled;
use crate::domain::query::{CountryTest, FieldSpec, Kind, Query, Reach, Test, Wanted};
use crate::domain::text::fold;
use crate::domain::{FilmId, UserId};

use super::fields::{Get, GetFn, Marked, is_flags};
use super::order::ListRow;

/// What words are looked for in, by number of the row's text. A row must have every word somewhere.
pub(crate) struct Find<T> {
    /// What names a row: found there counts most.
    pub(crate) title: usize,
    /// Whom it is of: found there counts next.
    pub(crate) name: Option<usize>,
    /// Whatever else.
    pub(crate) others: &'static [usize],
    /// Jurors whose names count as well.
    pub(crate) people: Option<fn(&T) -> &[UserId]>,
}

impl<T> Clone for Find<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Find<T> {}

/// What a list is searched for, with all that an answer needs.
pub(crate) struct Search<T> {
    /// What is asked.
    pub(crate) query: Query,
    /// The fields that it names.
    pub(crate) fields: &'static [FieldSpec],
    /// How rows answer to them.
    pub(crate) get: GetFn<T>,
    /// Where words may stand.
    pub(crate) find: Find<T>,
    /// What the list has marked.
    pub(crate) marked: Marked,
    /// The jurors.
    pub(crate) jurors: Arc<[Juror]>,
    /// Texts that words may stand in too, by the rows' keys.
    pub(crate) synopses: Option<Synopses>,
    /// The rows that a wider search left, in any order: no others can be found.
    pub(crate) among: Option<Arc<[u32]>>,
}

/// How good a row is, the best first; [`NOT`] is none.
type Group = u8;

/// A word begins the title, begins a word of it, is inside one, is in the name, in another text, or in the synopsis.
const GROUPS: usize = 6;
const NAME: Group = 3;
const ELSEWHERE: Group = 4;
const SYNOPSIS: Group = 5;
const NOT: Group = Group::MAX;

/// Rows above which two threads look at them.
const MANY: usize = 20_000;

/// So many times more rows than those that a wider search left: these are asked one by one.
const FEW: usize = 8;

/// Rows that are looked at between two looks at whether somebody still waits.
const STRIDE: usize = 4096;

/// Rows that were found, in the list's own order, with how good each is.
#[derive(Default)]
pub(super) struct Found {
    pub(super) rows: Vec<u32>,
    groups: Vec<Group>,
}

impl Found {
    /// Every row of a list.
    pub(super) fn all(rows: usize) -> Self {
        Self { rows: (0..position(rows)).collect(), groups: Vec::new() }
    }

    /// The best first, as good ones in the list's own order.
    pub(super) fn ranked(self) -> Vec<u32> {
        let mut starts = [0; GROUPS + 1];
        for group in &self.groups {
            starts[usize::from(*group) + 1] += 1;
        }
        // All of them, or all as good as each other.
        if self.groups.is_empty() || starts.contains(&self.rows.len()) {
            return self.rows;
        }
        for group in 0..GROUPS {
            starts[group + 1] += starts[group];
        }
        let mut ranked = vec![0; self.rows.len()];
        for (row, group) in self.rows.iter().zip(&self.groups) {
            let next = &mut starts[usize::from(*group)];
            ranked[*next] = *row;
            *next += 1;
        }
        ranked
    }
}

fn position(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

/// Whether every row that `new` leaves is one that `old` leaves too.
pub(super) fn narrows(old: &Query, new: &Query) -> bool {
    let words = |a: &str, b: &str| fold(a).contains(&fold(b));
    old.terms.iter().all(|old| {
        new.terms.iter().any(|new| {
            new == old
                || match (&old.test, &new.test) {
                    (Test::Word(before), Test::Word(now)) if !old.negated && !new.negated => words(now, before),
                    (Test::Word(before), Test::Word(now)) if old.negated && new.negated => words(before, now),
                    _ => false,
                }
        })
    })
}

/// One word in one text of the rows.
struct Lane<'a> {
    column: &'a Column,
    /// By rank; `None`: looked up row by row.
    groups: Option<Vec<Group>>,
    group: fn(Place) -> Group,
}

/// Who of a row's people has the word in their name.
type Named<T> = (fn(&T) -> &[UserId], HashSet<UserId, foldhash::fast::RandomState>);

/// One word: wherever it may stand.
struct Word<'a, T> {
    word: String,
    lanes: Vec<Lane<'a>>,
    people: Option<Named<T>>,
    synopses: Option<&'a Synopses>,
    /// The films whose synopses have it, by falling id; `None`: looked up row by row.
    films: Option<Vec<FilmId>>,
}

impl<T: ListRow> Word<'_, T> {
    /// How good a row is. `at` is where the films stood when the row before was asked.
    fn group(&self, position: usize, row: &T, at: &mut usize) -> Group {
        let of = |lane: &Lane<'_>| {
            let Some(rank) = lane.column.ranks().get(position) else { return NOT };
            match &lane.groups {
                Some(groups) => groups.get(*rank as usize).copied().unwrap_or(NOT),
                None => (lane.group)(lane.column.place(*rank, &self.word)),
            }
        };
        let best = self.lanes.iter().map(of).min().unwrap_or(NOT);
        if best != NOT {
            return best;
        }
        match &self.people {
            Some((people, named)) if people(row).iter().any(|id| named.contains(id)) => ELSEWHERE,
            _ if self.in_synopsis(row, at) => SYNOPSIS,
            _ => NOT,
        }
    }

    fn in_synopsis(&self, row: &T, at: &mut usize) -> bool {
        let Some(synopses) = self.synopses else { return false };
        let film = FilmId(i32::try_from(row.key()).unwrap_or(i32::MIN));
        let Some(films) = &self.films else { return synopses.of(film).contains(&self.word) };
        // Rows come by falling id as a rule; where they do not, it is searched for.
        while films.get(*at).is_some_and(|other| *other > film) {
            *at += 1;
        }
        if at.checked_sub(1).and_then(|before| films.get(before)).is_some_and(|before| *before <= film) {
            *at = films.partition_point(|other| *other > film);
        }
        films.get(*at) == Some(&film)
    }
}

/// What a row is asked.
enum Ask<'a, T> {
    Word(Word<'a, T>),
    /// A text of its own, by rank.
    Text(&'a [u32], Vec<bool>),
    Row(Box<dyn Fn(&T) -> bool + Send + Sync + 'a>),
}

/// A term of the query, ready to be asked of many rows.
struct Condition<'a, T> {
    negated: bool,
    ask: Ask<'a, T>,
}

/// Makes conditions of terms.
struct Compiler<'a, T> {
    search: &'a Search<T>,
    index: &'a Index,
    /// Folded.
    jurors: Vec<(UserId, String)>,
    /// Whether few rows are asked.
    few: bool,
    cancelled: &'a Cancelled,
}

impl<'a, T: ListRow> Compiler<'a, T> {
    fn all(&self) -> Option<Vec<Condition<'a, T>>> {
        let mut conditions = Vec::with_capacity(self.search.query.terms.len());
        for term in &self.search.query.terms {
            if self.cancelled.is_cancelled() {
                return None;
            }
            let ask = match &term.test {
                Test::Word(word) => match fold(word) {
                    nothing if nothing.is_empty() => Ask::Row(Box::new(|_| true)),
                    word => Ask::Word(self.word(word)?),
                },
                Test::Field { field, wanted } => {
                    self.search.fields.get(*field).map(|field| self.field(field, wanted))?
                }
            };
            conditions.push(Condition { negated: term.negated, ask });
        }
        // What is cheap to ask is asked first.
        conditions.sort_by_key(|condition| match &condition.ask {
            Ask::Text(..) => 0,
            Ask::Word(_) => 1,
            Ask::Row(_) => 2,
        });
        Some(conditions)
    }

    fn word(&self, word: String) -> Option<Word<'a, T>> {
        let find = &self.search.find;
        let lane = |column: usize, group: fn(Place) -> Group| {
            let column = self.index.column(column);
            let groups = (!self.few).then(|| column.places(&word).into_iter().map(group).collect());
            Lane { column, groups, group }
        };
        let title = lane(find.title, |place| if place == Place::Nowhere { NOT } else { place as Group });
        let name = find.name.map(|name| lane(name, |place| if place == Place::Nowhere { NOT } else { NAME }));
        let others = find.others.iter();
        let others = others.map(|other| lane(*other, |place| if place == Place::Nowhere { NOT } else { ELSEWHERE }));
        let lanes = [title].into_iter().chain(name).chain(others).collect();
        let people = find.people.map(|people| (people, self.named(&word)));
        let synopses = self.search.synopses.as_ref();
        let films = match synopses {
            Some(synopses) if !self.few => Some(synopses.having(&word, &|| self.cancelled.is_cancelled())?),
            _ => None,
        };
        Some(Word { word, lanes, people, synopses, films })
    }

    fn named(&self, word: &str) -> HashSet<UserId, foldhash::fast::RandomState> {
        self.jurors.iter().filter(|(_, name)| name.contains(word)).map(|(id, _)| *id).collect()
    }

    fn field(&self, field: &FieldSpec, wanted: &'a Wanted) -> Ask<'a, T> {
        match ((self.search.get)(field.name.english), wanted) {
            (Get::Text(text), Wanted::Texts(texts)) => {
                let column = self.index.column(text);
                Ask::Text(column.ranks(), holding(column, texts, field.kind))
            }
            (Get::People(people), Wanted::Texts(texts)) => {
                let nobody = texts.iter().any(|text| text.is_empty());
                let texts = texts.iter().filter(|text| !text.is_empty());
                let named: HashSet<UserId> = texts.flat_map(|text| self.named(&fold(text))).collect();
                Ask::Row(Box::new(move |row| {
                    let people = people(row);
                    (nobody && people.is_empty()) || people.iter().any(|id| named.contains(id))
                }))
            }
            (Get::Number(number), Wanted::Numbers(reaches)) => Ask::Row(Box::new(move |row| {
                number(row).is_some_and(|number| reaches.iter().any(|reach: &Reach| reach.holds(number)))
            })),
            (Get::Choices(bits), Wanted::Choices(choices)) => {
                let wanted = choices.iter().fold(0u64, |bits, choice| bits | 1 << (*choice).min(63));
                let marked = is_flags(field).then_some(&self.search.marked);
                Ask::Row(Box::new(move |row| {
                    let own = marked.map_or(0, |marked| marked.bits(row.key()));
                    (bits(row) | own) & wanted != 0
                }))
            }
            _ => Ask::Row(Box::new(|_| false)),
        }
    }
}

/// By rank, whether a text is one of those that are wanted; an empty one is a blank text.
fn holding(column: &Column, texts: &[String], kind: Kind) -> Vec<bool> {
    let mut holds = vec![false; column.len()];
    for text in texts {
        let folded = fold(text);
        if kind == Kind::Country {
            let test = CountryTest::new(text);
            for (rank, holds) in (0..).zip(&mut holds) {
                *holds |= test.holds(column.text(rank));
            }
        } else if folded.is_empty() {
            holds.iter_mut().take(1).for_each(|blank| *blank = true);
        } else {
            for (holds, place) in holds.iter_mut().zip(column.places(&folded)) {
                *holds |= place != Place::Nowhere;
            }
        }
    }
    holds
}

/// The rows that a search leaves; `None` if nobody waits for them any more.
pub(super) fn find<T: ListRow>(rows: &Rows<T>, search: &Search<T>, cancelled: &Cancelled) -> Option<Found> {
    if search.query.is_empty() {
        return Some(Found::all(rows.len()));
    }
    let among = search.among.as_ref().map(|among| {
        let mut among = among.to_vec();
        among.sort_unstable();
        among
    });
    let count = among.as_ref().map_or(rows.len(), Vec::len);
    let index = rows.index();
    let jurors = search.jurors.iter().map(|juror| (juror.id, fold(&juror.name))).collect();
    let compiler = Compiler { search, index, jurors, few: count < rows.len() / FEW, cancelled };
    let conditions = compiler.all()?;
    let look = |range: Range<usize>| match &among {
        Some(among) => ask(rows, &conditions, among.get(range)?.iter().copied(), cancelled),
        None => ask(rows, &conditions, position(range.start)..position(range.end), cancelled),
    };
    if count < MANY {
        return look(0..count);
    }
    std::thread::scope(|scope| {
        let second = scope.spawn(|| look(count / 2..count));
        let first = look(0..count / 2);
        // A panic in there goes on here.
        let mut second = second.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))?;
        let mut found = first?;
        found.rows.append(&mut second.rows);
        found.groups.append(&mut second.groups);
        Some(found)
    })
}

/// The rows that a query leaves, in the list's own order, where there is no list on a screen.
pub(crate) fn left<T: ListRow>(
    rows: &Rows<T>,
    query: Query,
    fields: &'static [FieldSpec],
    get: GetFn<T>,
    find: Find<T>,
    jurors: &Arc<[Juror]>,
) -> Vec<u32> {
    let (marked, jurors) = (Marked::default(), Arc::clone(jurors));
    let search = Search { query, fields, get, find, marked, jurors, synopses: None, among: None };
    self::find(rows, &search, &Cancelled::default()).map(|found| found.rows).unwrap_or_default()
}

/// Asks rows one after another.
fn ask<T: ListRow>(
    rows: &Rows<T>,
    conditions: &[Condition<'_, T>],
    positions: impl Iterator<Item = u32>,
    cancelled: &Cancelled,
) -> Option<Found> {
    let mut found = Found::default();
    let mut places = vec![0; conditions.len()];
    for (count, number) in positions.enumerate() {
        if count % STRIDE == 0 && cancelled.is_cancelled() {
            return None;
        }
        let Some(row) = rows.get(number as usize) else { break };
        // As good as the worst of its words.
        let mut group = 0;
        for (condition, place) in conditions.iter().zip(&mut places) {
            let one = match &condition.ask {
                Ask::Word(word) => word.group(number as usize, row, place),
                Ask::Text(ranks, holds) => {
                    let rank = ranks.get(number as usize).map_or(0, |rank| *rank as usize);
                    if holds.get(rank).is_some_and(|holds| *holds) { 0 } else { NOT }
                }
                Ask::Row(holds) => {
                    if holds(row) {
                        0
                    } else {
                        NOT
                    }
                }
            };
            group = match (condition.negated, one) {
                (false, one) => group.max(one),
                (true, NOT) => group,
                (true, _) => NOT,
            };
            if group == NOT {
                break;
            }
        }
        if group != NOT {
            found.rows.push(number);
            found.groups.push(group);
        }
    }
    Some(found)
}
