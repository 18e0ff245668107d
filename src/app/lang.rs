//! The language of a session: every sentence that people read, by id.

use std::borrow::Cow;
use std::fmt;
use std::sync::{Arc, LazyLock};

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use serde::Deserialize;

use crate::domain::{Param, Refusal};

/// A language of the console.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// English.
    #[default]
    En,
    /// French.
    Fr,
}

impl Language {
    /// All languages.
    pub const ALL: [Language; 2] = [Language::En, Language::Fr];

    /// From a locale's name (`fr_FR.UTF-8`): French, or else English.
    pub fn from_locale(locale: &str) -> Language {
        if locale.to_ascii_lowercase().starts_with("fr") { Language::Fr } else { Language::En }
    }

    /// Its code (`en`).
    pub fn code(self) -> &'static str {
        match self {
            Language::En => "en",
            Language::Fr => "fr",
        }
    }

    /// The texts of its files.
    pub fn sources(self) -> [&'static str; 4] {
        match self {
            Language::En => [
                include_str!("../../locales/en/app.ftl"),
                include_str!("../../locales/en/festival.ftl"),
                include_str!("../../locales/en/settings.ftl"),
                include_str!("../../locales/en/command.ftl"),
            ],
            Language::Fr => [
                include_str!("../../locales/fr/app.ftl"),
                include_str!("../../locales/fr/festival.ftl"),
                include_str!("../../locales/fr/settings.ftl"),
                include_str!("../../locales/fr/command.ftl"),
            ],
        }
    }
}

type Bundle = FluentBundle<FluentResource>;

/// The parsed files: immutable data of the program, not state of a session.
static BUNDLES: LazyLock<[Arc<Bundle>; 2]> = LazyLock::new(|| Language::ALL.map(|language| Arc::new(parse(language))));

fn parse(language: Language) -> Bundle {
    let id = match language {
        Language::En => unic_langid::langid!("en"),
        Language::Fr => unic_langid::langid!("fr"),
    };
    let mut bundle = Bundle::new_concurrent(vec![id]);
    // Isolation marks would be bidirectional controls in the terminal.
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(match language {
        Language::En => |value, _| grouped(value, ","),
        // A blank that never ends a line.
        Language::Fr => |value, _| grouped(value, "\u{a0}"),
    }));
    for source in language.sources() {
        let (Ok(resource) | Err((resource, _))) = FluentResource::try_new(source.to_owned());
        bundle.add_resource_overriding(resource);
    }
    bundle
}

/// Large whole numbers in groups of three digits; everything else as it comes.
fn grouped(value: &FluentValue<'_>, separator: &str) -> Option<String> {
    let FluentValue::Number(number) = value else { return None };
    let digits = number.as_string().into_owned();
    if digits.len() < 5 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let groups = digits.as_bytes().rchunks(3).rev().map(|group| group.iter().map(|byte| char::from(*byte)).collect());
    Some(groups.collect::<Vec<String>>().join(separator))
}

/// Sentences in one language. Cheap to clone.
#[derive(Clone)]
pub struct Lang {
    /// Which language.
    pub language: Language,
    bundle: Arc<Bundle>,
}

impl fmt::Debug for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.language.fmt(f)
    }
}

impl Lang {
    /// The sentences of a language.
    pub fn new(language: Language) -> Self {
        let [en, fr] = &*BUNDLES;
        let bundle = match language {
            Language::En => en,
            Language::Fr => fr,
        };
        Self { language, bundle: Arc::clone(bundle) }
    }

    /// The sentence of an id. An id that is missing shows itself (a test keeps both languages complete).
    pub fn tr(&self, id: &str) -> String {
        self.format(id, None)
    }

    /// The sentence of an id with values: `tr_with("films-shown", &[("count", 3.into())])`.
    pub fn tr_with(&self, id: &str, args: &[(&str, Arg<'_>)]) -> String {
        let mut fluent = FluentArgs::with_capacity(args.len());
        for (name, value) in args {
            match value {
                Arg::Text(text) => fluent.set(*name, FluentValue::String(Cow::Borrowed(text))),
                Arg::Number(number) => fluent.set(*name, *number),
            }
        }
        self.format(id, Some(&fluent))
    }

    /// The sentence of a refusal.
    pub fn refusal(&self, refusal: &Refusal) -> String {
        let mut fluent = FluentArgs::with_capacity(refusal.params.len());
        for (name, value) in &refusal.params {
            match value {
                Param::Text(text) => fluent.set(*name, crate::domain::text::inert(text).into_owned()),
                Param::Number(number) => fluent.set(*name, *number),
                Param::Message(id) => fluent.set(*name, self.tr(id)),
            }
        }
        self.format(&format!("rule-{}", refusal.rule.name().replace('_', "-")), Some(&fluent))
    }

    fn format(&self, id: &str, args: Option<&FluentArgs<'_>>) -> String {
        let Some(pattern) = self.bundle.get_message(id).and_then(|message| message.value()) else {
            return id.to_owned();
        };
        self.bundle.format_pattern(pattern, args, &mut Vec::new()).into_owned()
    }
}

/// A value inside a sentence.
#[derive(Clone, Copy, Debug)]
pub enum Arg<'a> {
    /// Words.
    Text(&'a str),
    /// A count, which also chooses singular or plural.
    Number(i64),
}

impl<'a> From<&'a str> for Arg<'a> {
    fn from(text: &'a str) -> Self {
        Arg::Text(text)
    }
}

impl<'a> From<&'a String> for Arg<'a> {
    fn from(text: &'a String) -> Self {
        Arg::Text(text)
    }
}

macro_rules! numbers {
    ($($t:ty),*) => {$(impl From<$t> for Arg<'_> {
        fn from(n: $t) -> Self {
            Arg::Number(i64::try_from(n).unwrap_or(i64::MAX))
        }
    })*};
}
numbers!(u8, u16, u32, i32, i64, u64, usize);
