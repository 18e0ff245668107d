//! The settings in words: what each decides, what it takes, what its values mean.

use crate::app::session::Session;
use crate::domain::deadline;
use crate::domain::setting::{Kind, Setting};
use crate::domain::text::inert;

/// Areas by the first word of their settings' names, in the order of the screen, with the ids of their headings.
pub(super) const AREAS: [(&str, &str); 6] = [
    ("jury", "settings-area-jury"),
    ("voting", "settings-area-voting"),
    ("festival", "settings-area-festival"),
    ("films", "settings-area-films"),
    ("site", "settings-area-site"),
    ("auth", "settings-area-accounts"),
];

/// The area of a setting, as a place in [`AREAS`]; what has none of its own belongs to the festival.
pub(super) fn area(name: &str) -> usize {
    let first = name.split('.').next().unwrap_or_default();
    AREAS.iter().position(|(area, _)| *area == first).unwrap_or(2)
}

/// The id of a setting's label; with `-about` behind it, of what it decides.
pub(super) fn id(name: &str) -> String {
    format!("setting-{}", name.replace(['.', '_'], "-"))
}

/// The id of an option's label; with `-about` behind it, of what follows from it.
pub(super) fn option_id(name: &str, option: &str) -> String {
    format!("{}-is-{}", id(name), option.replace('_', "-"))
}

/// The option that stands for any number.
pub(super) const NUMBER: &str = "number";

/// What can be chosen of a setting; nothing where its value is typed or looked for.
pub(super) fn options(kind: Kind) -> Vec<&'static str> {
    match kind {
        Kind::Choice(options) => options.to_vec(),
        Kind::WordOrNumber(word, ..) => vec![word, NUMBER],
        Kind::Number(..) | Kind::Text(_) | Kind::TimeZone | Kind::Address | Kind::Moment => Vec::new(),
    }
}

/// The id of the sentence about what follows from a value.
pub(super) fn meaning_id(setting: &Setting, value: &str) -> String {
    let option = match setting.kind {
        Kind::WordOrNumber(word, ..) if value != word => NUMBER,
        _ => value,
    };
    match options(setting.kind).contains(&option) {
        true => format!("{}-about", option_id(setting.name, option)),
        false => format!("{}-about", id(setting.name)),
    }
}

/// What a setting is called.
pub(super) fn label(name: &str, session: &Session) -> String {
    session.tr(&id(name))
}

/// What it decides and what follows from it.
pub(super) fn about(name: &str, session: &Session) -> String {
    session.tr(&format!("{}-about", id(name)))
}

/// A value as it is shown.
pub(super) fn shown(setting: &Setting, value: &str, session: &Session) -> String {
    match setting.kind {
        Kind::Choice(_) => session.tr(&option_id(setting.name, value)),
        Kind::WordOrNumber(word, ..) if value == word => session.tr(&option_id(setting.name, value)),
        _ if value.is_empty() => session.tr("page-empty"),
        Kind::Moment => session.local_moment(value).unwrap_or_else(|| inert(value).into_owned()),
        _ => inert(value).into_owned(),
    }
}

/// A value as it is typed: a moment in the form that the screens show.
pub(super) fn typed(setting: &Setting, value: &str, session: &Session) -> String {
    match setting.kind {
        Kind::Moment => session.local_moment(value).unwrap_or_else(|| value.to_owned()),
        _ => value.to_owned(),
    }
}

/// What is wrong with a value that it does not take.
pub(super) fn wrong(setting: &Setting, value: &str, session: &Session) -> String {
    match setting.kind {
        Kind::Moment => deadline::parse(value).err().map(|refusal| session.lang.refusal(&refusal)),
        _ => None,
    }
    .unwrap_or_else(|| takes(setting, session))
}

/// What it takes, as a sentence.
pub(super) fn takes(setting: &Setting, session: &Session) -> String {
    match setting.kind {
        Kind::Number(min, max) | Kind::WordOrNumber(_, min, max) => {
            session.tr_with("settings-takes-number", &[("min", min.into()), ("max", max.into())])
        }
        Kind::Text(max) => session.tr_with("settings-takes-text", &[("max", max.into())]),
        Kind::Address => session.tr("settings-takes-address"),
        Kind::Moment => {
            session.tr_with("settings-takes-moment", &[("example", (&session.tr("example-moment")).into())])
        }
        Kind::Choice(_) | Kind::TimeZone => session.tr("settings-takes-one"),
    }
}

/// Whether it decides about votes that may be under way.
pub(super) fn rules_votes(name: &str) -> bool {
    name.starts_with("voting.") || name.starts_with("jury.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::lang::{Lang, Language};
    use crate::domain::setting::SETTINGS;

    /// The ids that the settings need.
    fn ids() -> Vec<String> {
        let mut ids = Vec::new();
        for setting in SETTINGS {
            ids.extend([id(setting.name), format!("{}-about", id(setting.name))]);
            let of = |option: &str| option_id(setting.name, option);
            ids.extend(options(setting.kind).into_iter().map(of).flat_map(|id| [format!("{id}-about"), id]));
        }
        ids
    }

    #[test]
    fn every_setting_says_what_it_decides_and_what_each_option_means() {
        for language in Language::ALL {
            let lang = Lang::new(language);
            let silent: Vec<String> = ids().into_iter().filter(|id| lang.tr(id) == *id).collect();
            assert!(silent.is_empty(), "{language:?} lacks {silent:#?}");
        }
    }

    #[test]
    fn nothing_is_said_about_settings_that_are_not_there() {
        let ids = ids();
        for source in Language::En.sources() {
            let said = source.lines().filter_map(|line| line.split_once(" =")).map(|(id, _)| id);
            for id in said.filter(|id| id.starts_with("setting-")) {
                assert!(ids.iter().any(|known| known == id), "{id} is of no setting");
            }
        }
    }

    #[test]
    fn every_setting_stands_under_a_heading() {
        let homeless = |name: &str| name.split('.').next() != Some(AREAS[area(name)].0);
        let homeless: Vec<_> = SETTINGS.iter().map(|setting| setting.name).filter(|name| homeless(name)).collect();
        assert!(homeless.is_empty(), "{homeless:?} have no area of their own");
    }
}
