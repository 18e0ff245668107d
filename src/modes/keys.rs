//! `marsai keys`: the table of keys as Markdown, for the documentation and for a wall beside the screen.

use std::fmt::Write as _;
use std::io::{self, Write as _};

use super::{Around, Stop};
use crate::app::keymap::{Binding, Context, Keymap};
use crate::app::lang::Lang;
use crate::domain::user::Role;

pub(super) fn run(around: &Around) -> Result<u8, Stop> {
    io::stdout().lock().write_all(markdown(&around.settings.keymap(), &around.lang).as_bytes())?;
    Ok(0)
}

/// The table of keys: for each context its keys, what they do, and the action's name in the settings file.
pub fn markdown(keymap: &Keymap, lang: &Lang) -> String {
    let mut text = String::new();
    for context in Context::ALL {
        let mut bindings: Vec<&Binding> = Vec::new();
        for role in [None, Some(Role::Admin), Some(Role::Jury)] {
            for binding in keymap.of(context, role) {
                if !bindings.contains(&binding) {
                    bindings.push(binding);
                }
            }
        }
        if bindings.is_empty() {
            continue;
        }
        let head = if text.is_empty() { "" } else { "\n" };
        // Writing into a text cannot fail.
        let _ = writeln!(text, "{head}**{}**\n\n| keys | action | name |\n|---|---|---|", lang.tr(context.message()));
        for binding in bindings {
            let keys: Vec<String> = binding.keys.iter().map(|key| code(&key.to_string())).collect();
            let (label, name) = (lang.tr(&binding.action.message()), binding.action.name());
            let _ = writeln!(text, "| {} | {label} | `{name}` |", keys.join(" "));
        }
    }
    text
}

/// A key inside a Markdown table.
fn code(key: &str) -> String {
    match key {
        "`" => "`` ` ``".to_owned(),
        "|" => "`\\|`".to_owned(),
        key => format!("`{key}`"),
    }
}
