//! Both languages say everything, and say it well-formed.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use fluent_bundle::FluentResource;
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};

use crate::api::failure::Trouble;
use crate::api::picture::PictureTrouble;
use crate::app::action::Action;
use crate::app::keymap::Context;
use crate::app::lang::Language;
use crate::domain::Rule;
use crate::domain::export::columns;
use crate::domain::film::FilmStatus;
use crate::domain::user::Role;

/// The ids of a language with the values that each takes.
fn messages(language: Language) -> BTreeMap<String, BTreeSet<String>> {
    let mut all = BTreeMap::new();
    for source in language.sources() {
        let resource = match FluentResource::try_new(source.to_owned()) {
            Ok(resource) => resource,
            Err((_, errors)) => panic!("{language:?}: {errors:?}"),
        };
        for entry in resource.entries() {
            match entry {
                Entry::Message(message) => {
                    let mut takes = BTreeSet::new();
                    if let Some(pattern) = &message.value {
                        values(pattern, &mut takes);
                    }
                    let again = all.insert(message.id.name.to_owned(), takes);
                    assert!(again.is_none(), "{language:?} says {} twice", message.id.name);
                }
                Entry::Junk { content } => panic!("{language:?}: {content}"),
                _ => {}
            }
        }
    }
    all
}

fn values(pattern: &Pattern<&str>, takes: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        let PatternElement::Placeable { expression } = element else { continue };
        let inline = match expression {
            Expression::Inline(inline) => inline,
            Expression::Select { selector, variants } => {
                variants.iter().for_each(|variant| values(&variant.value, takes));
                selector
            }
        };
        if let InlineExpression::VariableReference { id } = inline {
            takes.insert(id.name.to_owned());
        }
    }
}

#[test]
fn both_languages_have_the_same_ids_with_the_same_values() {
    let (en, fr) = (messages(Language::En), messages(Language::Fr));
    let ids = |all: &BTreeMap<String, BTreeSet<String>>| all.keys().cloned().collect::<BTreeSet<_>>();
    let (in_en, in_fr) = (ids(&en), ids(&fr));
    assert!(in_en == in_fr, "in one language only: {:?}", in_en.symmetric_difference(&in_fr).collect::<Vec<_>>());
    for (id, takes) in &en {
        // A language may leave a value out that the other needs, but never ask for one of another name.
        let other = &fr[id];
        assert!(takes.is_subset(other) || other.is_subset(takes), "{id}: {takes:?} in English, {other:?} in French");
    }
}

#[test]
fn every_id_that_follows_from_a_type_is_there() {
    let all = messages(Language::En);
    let rules = Rule::ALL.iter().map(|rule| format!("rule-{}", rule.name().replace('_', "-")));
    let pictures = PictureTrouble::ALL.iter().map(|trouble| trouble.message().to_owned());
    let troubles = Trouble::ALL.iter().map(|trouble| trouble.message().to_owned()).chain(pictures);
    let actions = Action::NAMED.iter().copied().chain((1..=9).map(Action::GoTo)).map(Action::message);
    let columns = columns().map(|column| format!("field-{}", column.replace('_', "-")));
    let contexts = Context::ALL.iter().map(|context| context.message().to_owned());
    let statuses = FilmStatus::ALL.into_iter().chain([FilmStatus::Unknown]).map(|status| status.message().to_owned());
    let roles = Role::ALL.iter().map(|role| role.message().to_owned());
    let fields = ["name", "logo", "url", "category"].map(|field| format!("field-{field}"));
    let ids =
        rules.chain(troubles).chain(actions).chain(contexts).chain(statuses).chain(roles).chain(fields).chain(columns);
    let missing: Vec<String> = ids.filter(|id| !all.contains_key(id)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

/// The source files of a folder, tests left out.
fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && !path.ends_with("tests") {
            sources(&path, found);
        } else if path.extension().is_some_and(|ext| ext == "rs") && !path.ends_with("tests.rs") {
            found.push(path);
        }
    }
}

/// The texts in quotes that look like ids (`films-empty`): words of small letters and digits with hyphens between them.
fn quoted_ids(source: &str) -> impl Iterator<Item = &str> {
    let code = source.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    code.split('"').skip(1).step_by(2).filter(|text| {
        let words: Vec<&str> = text.split('-').collect();
        let word = |w: &&str| !w.is_empty() && w.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
        words.len() > 1 && words.iter().all(word) && words[0].chars().all(|c| c.is_ascii_lowercase())
    })
}

#[test]
fn every_id_in_the_code_is_there() {
    let all = messages(Language::En);
    for file in ["screens", "widgets", "app", "api", "domain"].into_iter().flat_map(files) {
        // What is made of a type's names, not of a text in quotes.
        if file.ends_with("action.rs") || file.ends_with("rule.rs") {
            continue;
        }
        let source = std::fs::read_to_string(&file).unwrap();
        for id in quoted_ids(&source).filter(|id| !NOT_IDS.contains(id)) {
            assert!(all.contains_key(id), "{}: no sentence “{id}”", file.display());
        }
    }
}

#[test]
fn everything_that_can_be_undone_has_a_name() {
    let all = messages(Language::En);
    let mut actions = 0;
    for file in ["undo.rs", "undo_voting.rs"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/service").join(file);
        let source = std::fs::read_to_string(path).unwrap();
        let list = source.split_once("const ACTIONS").and_then(|(_, list)| list.split_once("];")).unwrap().0;
        for action in list.split('"').skip(1).step_by(2) {
            let id = format!("undone-{}", action.replace('_', "-"));
            assert!(all.contains_key(&id), "no sentence “{id}”");
            actions += 1;
        }
    }
    assert!(actions > 20, "the lists were not found");
}

#[test]
fn every_sentence_is_said() {
    const MADE: [&str; 6] = ["rule-", "action-", "field-", "setting-", "undone-", "key-"];
    let sources: Vec<String> = files("").into_iter().map(|file| std::fs::read_to_string(file).unwrap()).collect();
    let said = |id: &str| {
        let quoted = format!("\"{id}\"");
        MADE.iter().any(|made| id.starts_with(made)) || sources.iter().any(|source| source.contains(&quoted))
    };
    let unsaid: Vec<String> = messages(Language::En).into_keys().filter(|id| !said(id)).collect();
    assert!(unsaid.is_empty(), "nobody says {unsaid:?}");
}

/// The source files of a part of the program.
fn files(part: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(part), &mut found);
    found
}

/// Texts in the code that look like ids and are none.
const NOT_IDS: &[&str] = &["keep-order"];
