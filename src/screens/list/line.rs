//! The filter line: what is typed, what it means, and how it may go on.

use std::ops::Range;

use crate::app::key::Key;
use crate::app::lang::Language;
use crate::app::session::Session;
use crate::domain::query::{
    Candidate, Completion, FieldSpec, Kind, Parsed, Place, Query, Tongue, complete, parse, place, with_choices,
};
use crate::screens::typing;
use crate::widgets::input::Input;

use super::highlight::Highlight;

/// The longest line, in characters.
const LONGEST: usize = 400;

/// As many ways to go on are offered.
const OFFERED: usize = 200;

/// The language of names in the line.
pub(crate) fn tongue(session: &Session) -> Tongue {
    match session.lang.language {
        Language::En => Tongue::English,
        Language::Fr => Tongue::French,
    }
}

/// The ways to go on that are shown below the line.
#[derive(Debug)]
pub(super) struct Offer {
    pub(super) completion: Completion,
    /// The one that Enter takes; `None` while it is only shown.
    pub(super) marked: Option<usize>,
}

/// The line.
pub(crate) struct FilterLine {
    pub(super) fields: &'static [FieldSpec],
    pub(super) input: Input,
    pub(super) typing: bool,
    pub(super) parsed: Parsed,
    pub(super) highlight: Highlight,
    pub(super) offer: Option<Offer>,
}

impl FilterLine {
    /// An empty line about these fields.
    pub(super) fn new(fields: &'static [FieldSpec]) -> Self {
        let (parsed, highlight) = (Parsed::default(), Highlight::default());
        Self { fields, input: Input::new().with_max(LONGEST), typing: false, parsed, highlight, offer: None }
    }

    /// What it asks for.
    pub(super) fn query(&self) -> &Query {
        &self.parsed.query
    }

    /// Reads what is typed. Says whether it asks for something else than before.
    fn read(&mut self) -> bool {
        let parsed = parse(self.input.text(), self.fields);
        let other = parsed.query != self.parsed.query;
        if other {
            self.highlight = Highlight::of(&parsed.query, self.fields);
        }
        self.parsed = parsed;
        other
    }

    /// Replaces the whole. Says whether it asks for something else than before.
    pub(super) fn set(&mut self, text: &str) -> bool {
        self.offer = None;
        self.input.set(text);
        self.read()
    }

    /// Begins to be typed.
    pub(super) fn start(&mut self) {
        self.typing = true;
        self.input.end();
    }

    /// Ends being typed.
    pub(super) fn stop(&mut self) {
        self.typing = false;
        self.offer = None;
    }

    /// Closes what is offered, if one is marked. Says whether it did.
    pub(super) fn close_offer(&mut self) -> bool {
        self.offer.take_if(|offer| offer.marked.is_some()).is_some()
    }

    /// Whether one of the ways to go on is marked.
    pub(super) fn choosing(&self) -> bool {
        self.offer.as_ref().is_some_and(|offer| offer.marked.is_some())
    }

    /// Moves the mark.
    pub(super) fn choose(&mut self, by: isize) {
        if let Some(offer) = &mut self.offer {
            let count = offer.completion.candidates.len();
            let next = match offer.marked {
                None if by < 0 => count - 1,
                None => 0,
                Some(marked) => (marked + count).saturating_add_signed(by) % count,
            };
            offer.marked = Some(next);
        }
    }

    /// The field whose texts the ways to go on are, if they are.
    pub(super) fn wants_values(&self) -> Option<usize> {
        match place(self.input.text(), self.input.cursor(), self.fields) {
            Place::Value { field, .. } if matches!(self.fields[field].kind, Kind::Text | Kind::Country) => Some(field),
            _ => None,
        }
    }

    fn completion(&self, tongue: Tongue, values: &[String]) -> Option<Completion> {
        let (text, cursor) = (self.input.text(), self.input.cursor());
        let values = |_| values.iter().map(String::as_str).collect();
        let mut completion = complete(text, cursor, self.fields, tongue, values);
        completion.candidates.truncate(OFFERED);
        let typed = text.get(completion.replace.clone()).unwrap_or_default();
        let done = |only: &Candidate| only.text == typed;
        let nothing =
            completion.candidates.is_empty() || matches!(completion.candidates.as_slice(), [only] if done(only));
        (!nothing).then_some(completion)
    }

    /// Tab: takes the only way to go on, or marks the next one. Says whether the line asks for something else now.
    pub(super) fn complete(&mut self, tongue: Tongue, values: &[String], by: isize) -> bool {
        if self.offer.is_none() {
            self.offer = self.completion(tongue, values).map(|completion| Offer { completion, marked: None });
        }
        match &self.offer {
            Some(offer) if offer.marked.is_none() && offer.completion.candidates.len() == 1 => {
                self.choose(1);
                self.take(tongue)
            }
            _ => {
                self.choose(by);
                false
            }
        }
    }

    /// Takes the marked way to go on. Says whether the line asks for something else now.
    pub(super) fn take(&mut self, tongue: Tongue) -> bool {
        let Some(Offer { mut completion, marked: Some(marked) }) = self.offer.take() else { return false };
        let candidate = completion.candidates.swap_remove(marked);
        self.input.replace(completion.replace, &candidate.text);
        let other = self.read();
        // Choices come without asking the rows; texts with the next Tab.
        self.preview(tongue, &[]);
        other
    }

    /// Shows the values of the field that is being typed.
    pub(super) fn preview(&mut self, tongue: Tongue, values: &[String]) {
        let value = matches!(place(self.input.text(), self.input.cursor(), self.fields), Place::Value { .. });
        let completion = if value { self.completion(tongue, values) } else { None };
        self.offer = completion.map(|completion| Offer { completion, marked: None });
    }

    /// A key. Says whether it was one that edits, and whether the line asks for something else now.
    pub(super) fn key(&mut self, key: Key) -> (bool, bool) {
        let edits = typing::edit(&mut self.input, key);
        (edits, edits && self.read())
    }

    /// A pasted text. Says whether the line asks for something else now.
    pub(super) fn paste(&mut self, text: &str) -> bool {
        self.offer = None;
        self.input.paste(text);
        self.read()
    }

    /// The line with exactly these choices of a field. Says whether it asks for something else now.
    pub(super) fn set_choices(&mut self, field: usize, choices: &[usize], tongue: Tongue) -> bool {
        let text = with_choices(self.input.text(), self.fields, field, choices, tongue);
        self.set(&text)
    }

    /// Where the words that can't be read stand; the ones that are probably still being typed are told apart.
    pub(super) fn wrong(&self) -> impl Iterator<Item = (&Range<usize>, bool)> {
        self.parsed.problems.iter().map(|problem| (&problem.span, self.typing && problem.unfinished))
    }
}
