//! Failures and results as one sentence of the session's language.

use crate::api::Failure;
use crate::api::film::Undone;
use crate::domain::text::inert;

use super::lang::Lang;

/// What happened, what was kept and what to do, in one sentence.
pub fn failure(lang: &Lang, failure: &Failure) -> String {
    match failure {
        Failure::Rule(refusal) => lang.refusal(refusal),
        Failure::Forbidden { needs: Some(role) } => {
            lang.tr_with("failure-forbidden", &[("role", (&lang.tr(role.message())).into())])
        }
        Failure::Forbidden { needs: None } => lang.tr("failure-sign-in-first"),
        Failure::Conflict(changes) => {
            let fields: Vec<_> = changes.iter().map(|change| field(lang, &change.field)).collect();
            lang.tr_with("failure-conflict", &[("fields", (&fields.join(", ")).into())])
        }
        Failure::NotFound { what, id } => {
            lang.tr_with("failure-not-found", &[("what", (&lang.tr(what)).into()), ("id", (&id.to_string()).into())])
        }
        Failure::Unavailable(trouble) => {
            let mut sentence = lang.tr(trouble.why.message());
            if !trouble.detail.is_empty() {
                sentence.push_str(" (");
                sentence.push_str(&inert(&trouble.detail));
                sentence.push(')');
            }
            sentence
        }
    }
}

/// A column's label; its own name where the language has none.
pub fn field(lang: &Lang, column: &str) -> String {
    let id = format!("field-{}", column.replace('_', "-"));
    let label = lang.tr(&id);
    if label == id { inert(column).into_owned() } else { label }
}

/// What an undo did.
pub fn undone(lang: &Lang, undone: &Undone) -> String {
    let action = lang.tr(&format!("undone-{}", undone.action.replace('_', "-")));
    let args = [("action", (&action).into()), ("count", undone.ids.len().into()), ("left", undone.left.len().into())];
    lang.tr_with(if undone.left.is_empty() { "undo-done" } else { "undo-partly" }, &args)
}
