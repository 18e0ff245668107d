//! What of a row's texts was searched for.

use std::ops::Range;

use crate::domain::query::{CountryTest, FieldSpec, Kind, Query};
use crate::domain::text::fold;
use crate::widgets::matching;

/// The words and texts of a query, ready to be found in cells.
#[derive(Debug, Default)]
pub(crate) struct Highlight {
    fields: Vec<Sought>,
}

/// What is sought in one field.
#[derive(Debug)]
struct Sought {
    field: &'static str,
    texts: Vec<String>,
    countries: Vec<CountryTest>,
}

impl Highlight {
    /// What a query seeks, field by field.
    pub(crate) fn of(query: &Query, fields: &[FieldSpec]) -> Self {
        let words: Vec<String> = query.words().map(fold).collect();
        let sought = |(index, spec): (usize, &FieldSpec)| {
            let words = words.iter().filter(|_| spec.words).cloned();
            let texts: Vec<String> =
                words.chain(query.texts(index).map(fold)).filter(|text| !text.is_empty()).collect();
            let countries = match spec.kind {
                Kind::Country => query.texts(index).map(CountryTest::new).collect(),
                _ => Vec::new(),
            };
            Sought { field: spec.name.english, texts, countries }
        };
        let all = fields.iter().enumerate().map(sought);
        Self { fields: all.filter(|sought| !sought.texts.is_empty()).collect() }
    }

    /// The bytes of a field's text that were searched for. A country found by its code is marked as a whole.
    pub(crate) fn find(&self, field: &str, text: &str) -> Vec<Range<usize>> {
        let Some(sought) = self.fields.iter().find(|sought| sought.field == field) else { return Vec::new() };
        if !text.is_empty() && sought.countries.iter().any(|country| country.is_same(text)) {
            return std::iter::once(0..text.len()).collect();
        }
        let texts: Vec<&str> = sought.texts.iter().map(String::as_str).collect();
        matching::find(text, &texts, fold)
    }
}
