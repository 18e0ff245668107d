//! Reading the file: every mistake is named with its line.

use std::ops::Range;
use std::path::Path;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::table::{SECTIONS, TABLE};
use super::{ConfigError, Place, Settings};
use crate::app::action::Action;
use crate::app::key::Key;
use crate::app::keymap::{BadKeys, Keymap};

/// A value as it was given.
pub(super) enum Given<'a> {
    /// In the environment or on the command line, where everything is words.
    Word(&'a str),
    /// A text of the file.
    Text(&'a str),
    /// A whole number of the file.
    Number(i64),
    /// `true` or `false` in the file.
    Truth(bool),
    /// Anything else in the file.
    Other,
}

impl<'a> Given<'a> {
    fn of(value: &'a DeValue<'_>) -> Self {
        match value {
            DeValue::String(text) => Given::Text(text),
            DeValue::Boolean(truth) => Given::Truth(*truth),
            DeValue::Integer(number) => {
                i64::from_str_radix(number.as_str(), number.radix()).map_or(Given::Other, Given::Number)
            }
            _ => Given::Other,
        }
    }

    pub(super) fn text(&self) -> Option<&'a str> {
        match self {
            Given::Word(text) | Given::Text(text) => Some(text),
            _ => None,
        }
    }

    /// A number in a range, both ends allowed.
    pub(super) fn number<T: TryFrom<i64>>(&self, min: i64, max: i64) -> Option<T> {
        let number = match self {
            Given::Word(text) => text.parse().ok()?,
            Given::Number(number) => *number,
            _ => return None,
        };
        (min..=max).contains(&number).then(|| T::try_from(number).ok()).flatten()
    }

    pub(super) fn truth(&self) -> Option<bool> {
        match self {
            Given::Word("true" | "1") => Some(true),
            Given::Word("false" | "0") => Some(false),
            Given::Truth(truth) => Some(*truth),
            _ => None,
        }
    }
}

/// A file that is being read, for the places of its mistakes.
struct Source<'a> {
    path: &'a Path,
    text: &'a str,
}

impl Source<'_> {
    fn error(&self, span: Range<usize>, what: String) -> ConfigError {
        let before = self.text.get(..span.start).unwrap_or(self.text);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().map_or(0, |line| line.chars().count()) + 1;
        ConfigError { place: Place::File { path: self.path.to_owned(), at: Some((line, column)) }, what }
    }
}

/// Lays what a file says over the settings.
///
/// # Errors
/// The first thing in it that cannot be followed.
pub fn read_text(settings: &mut Settings, path: &Path, text: &str) -> Result<(), ConfigError> {
    let source = Source { path, text };
    // An editor's byte order mark is no part of the settings.
    let plain = text.strip_prefix('\u{feff}').unwrap_or(text);
    let source = Source { text: plain, ..source };
    let table = DeTable::parse(plain).map_err(|error| {
        // The error's own display would quote the line, and the line may hold a password.
        source.error(error.span().unwrap_or_default(), format!("this is no TOML: {}", error.message()))
    })?;
    for (section, value) in table.get_ref() {
        let name = section.get_ref().as_ref();
        let Some(known) = SECTIONS.iter().find(|(known, _)| *known == name).map(|(known, _)| *known) else {
            return Err(source.error(section.span(), unknown_section(name)));
        };
        let Some(inside) = value.get_ref().as_table() else {
            return Err(
                source.error(section.span(), format!("“{known}” is a section: write [{known}] on a line of its own"))
            );
        };
        if known == "keys" {
            read_keys(settings, &source, inside)?;
        } else {
            read_section(settings, &source, known, inside)?;
        }
    }
    Ok(())
}

fn read_section(
    settings: &mut Settings,
    source: &Source<'_>,
    section: &'static str,
    inside: &DeTable<'_>,
) -> Result<(), ConfigError> {
    for (key, value) in inside {
        let name = key.get_ref().as_ref();
        let Some(setting) = TABLE.iter().find(|setting| setting.section == section && setting.name == name) else {
            let names = TABLE.iter().filter(|setting| setting.section == section).map(|setting| setting.name);
            let what = format!("there is no setting “{name}” in [{section}]{}", meant(name, names));
            return Err(source.error(key.span(), what));
        };
        (setting.set)(settings, &Given::of(value.get_ref()))
            .map_err(|why| source.error(value.span(), why.unwrap_or_else(|| setting.expected())))?;
    }
    Ok(())
}

fn read_keys(settings: &mut Settings, source: &Source<'_>, inside: &DeTable<'_>) -> Result<(), ConfigError> {
    for (action, value) in inside {
        let name = action.get_ref().as_ref();
        if Action::from_name(name).is_none() {
            let names = Action::NAMED.iter().map(|action| action.name());
            let what = format!("{}{}", BadKeys::NoAction(name.to_owned()), meant(name, names));
            return Err(source.error(action.span(), what));
        }
        let keys = match value.get_ref() {
            DeValue::String(_) => vec![read_key(source, value)?],
            DeValue::Array(list) if !list.is_empty() => {
                list.iter().map(|key| read_key(source, key)).collect::<Result<_, _>>()?
            }
            _ => {
                let what = format!("“{name}” takes keys such as [\"a\", \"F6\"]");
                return Err(source.error(value.span(), what));
            }
        };
        settings.keys.insert(name.to_owned(), keys);
    }
    Keymap::rebound(&settings.keys).map(drop).map_err(|bad| {
        let culprit = match &bad {
            BadKeys::Conflict(conflict) => inside.keys().find(|key| {
                let name = key.get_ref().as_ref();
                name == conflict.first || name == conflict.second
            }),
            BadKeys::NoAction(name) => inside.keys().find(|key| key.get_ref().as_ref() == name.as_str()),
        };
        source.error(culprit.map(Spanned::span).unwrap_or_default(), bad.to_string())
    })
}

fn read_key(source: &Source<'_>, value: &Spanned<DeValue<'_>>) -> Result<Key, ConfigError> {
    let text = value.get_ref().as_str().ok_or_else(|| "a key is a text such as \"F6\"".to_owned());
    let key = text.and_then(|text| text.parse::<Key>().map_err(|no_key| no_key.to_string()));
    key.map_err(|what| source.error(value.span(), what))
}

fn unknown_section(name: &str) -> String {
    // A setting without its section is the likeliest mistake of all.
    if let Some(setting) = TABLE.iter().find(|setting| setting.name == name) {
        return format!("“{name}” belongs under [{}]", setting.section);
    }
    format!("there is no section [{name}]{}", meant(name, SECTIONS.iter().map(|(section, _)| *section)))
}

/// The nearest known name, as the end of a sentence.
pub(super) fn meant<'a>(wrong: &str, known: impl Iterator<Item = &'a str> + Clone) -> String {
    let nearest = known
        .clone()
        .map(|name| (strsim::jaro_winkler(wrong, name), name))
        .filter(|(likeness, _)| *likeness > 0.75)
        .max_by(|a, b| a.0.total_cmp(&b.0));
    match nearest {
        Some((_, name)) => format!("; did you mean “{name}”?"),
        None => {
            let names: Vec<_> = known.take(12).collect();
            format!("; there is {}", names.join(", "))
        }
    }
}
