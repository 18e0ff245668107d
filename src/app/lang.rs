//! The language of a session: every sentence that people read, by id.

use std::borrow::Cow;
use std::fmt;
use std::sync::{Arc, LazyLock};

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use serde::Deserialize;

use crate::domain::text::fold;
use crate::domain::{Param, Refusal};

use super::key::Key;

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
    // Fails only where there is a function of this name already.
    _ = bundle.add_function("DE", de);
    for source in language.sources() {
        let source = match language {
            Language::En => source.to_owned(),
            Language::Fr => bound(source),
        };
        let (Ok(resource) | Err((resource, _))) = FluentResource::try_new(source);
        bundle.add_resource_overriding(resource);
    }
    bundle
}

/// French puts a blank before some signs and inside its quotation marks; no line ends there.
fn bound(source: &str) -> String {
    let quoted = source.replace("« ", "«\u{a0}");
    [":", ";", "?", "!", "»"]
        .into_iter()
        .fold(quoted, |text, sign| text.replace(&format!(" {sign}"), &format!("\u{a0}{sign}")))
}

/// French leaves the vowel of “de” out before another: `{ DE($name) }`.
fn de<'a>(values: &[FluentValue<'a>], _: &FluentArgs<'_>) -> FluentValue<'a> {
    match values {
        [FluentValue::String(name), ..] => FluentValue::from(of_somebody(name)),
        _ => FluentValue::Error,
    }
}

/// A name behind a French “de”: *de Bruno*, *d’Agnieszka*.
fn of_somebody(name: &str) -> String {
    let folded = fold(name);
    let mut letters = folded.chars();
    let elided = match letters.next() {
        Some('a' | 'e' | 'i' | 'o' | 'u' | 'œ' | 'æ') => true,
        // Yves, but Yann.
        Some('y') => letters.next().is_some_and(|next| next.is_alphabetic() && !"aeiouy".contains(next)),
        _ => false,
    };
    if elided { format!("d’{name}") } else { format!("de {name}") }
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
                Param::Moment(local) => fluent.set(*name, local.format(&self.tr("format-moment")).to_string()),
                Param::Message(id) => fluent.set(*name, self.tr(id)),
            }
        }
        self.format(&format!("rule-{}", refusal.rule.name().replace('_', "-")), Some(&fluent))
    }

    /// A key as people of this language read it on their keyboard.
    pub fn key(&self, key: Key) -> String {
        if self.language == Language::En {
            return key.to_string();
        }
        let held = [(key.ctrl, "key-ctrl"), (key.alt, "key-alt"), (key.shift, "key-shift")];
        let mut text: String = held.iter().filter(|(held, _)| *held).map(|(_, id)| self.tr(id) + "-").collect();
        let plain = Key { ctrl: false, alt: false, shift: false, ..key };
        // Arrows and characters are the same in every language.
        let word = plain.name().filter(|name| name.is_ascii());
        text.push_str(&word.map_or_else(|| plain.to_string(), |name| self.tr(&format!("key-{}", name.to_lowercase()))));
        text
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn french_leaves_a_vowel_out_before_another() {
        let fr = Lang::new(Language::Fr);
        for (name, said) in [
            ("Agnieszka", "d’Agnieszka"),
            ("Évariste", "d’Évariste"),
            ("Bruno", "de Bruno"),
            ("Yves", "d’Yves"),
            ("Yann", "de Yann"),
            ("東京", "de 東京"),
            ("", "de "),
        ] {
            let said = format!("Le vote {said} compte maintenant.");
            assert_eq!(fr.tr_with("vote-admitted", &[("name", name.into())]), said);
        }
    }

    #[test]
    fn keys_are_named_as_on_the_keyboard() {
        let fr = Lang::new(Language::Fr);
        for (key, named) in [("Enter", "Entrée"), ("Esc", "Échap"), ("Ctrl-s", "Ctrl-s"), ("Up", "↑"), ("a", "a")] {
            assert_eq!(key.parse().map(|key| fr.key(key)), Ok(named.to_owned()));
        }
        assert_eq!("Shift-Tab".parse().map(|key| fr.key(key)), Ok("Maj-Tab".to_owned()));
        for key in Key::NAMED {
            let plain = Key::plain(key);
            assert_eq!(Lang::new(Language::En).key(plain), plain.to_string());
            assert!(!fr.key(plain).contains("key-"), "{plain}");
        }
    }
}
