//! Failures and results as one sentence of the session's language.

use crate::api::Failure;
use crate::api::film::Undone;
use crate::domain::text::inert;

use super::lang::Lang;

/// How sqlx begins what it says of a connection.
const DRIVER: &str = "error communicating with database";

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
            // The driver's words say less than the sentence.
            if !trouble.detail.is_empty() && !trouble.detail.starts_with(DRIVER) {
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
    if let Some(name) = undone.setting.as_ref().filter(|_| undone.left.is_empty()) {
        let label = lang.tr(&format!("setting-{}", name.replace(['.', '_'], "-")));
        return lang.tr_with("undo-done-setting", &[("label", (&label).into())]);
    }
    let action = lang.tr(&format!("undone-{}", undone.action.replace('_', "-")));
    let args = [("action", (&action).into()), ("count", undone.ids.len().into()), ("left", undone.left.len().into())];
    lang.tr_with(if undone.left.is_empty() { "undo-done" } else { "undo-partly" }, &args)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::lang::Language;

    #[test]
    fn an_undone_setting_is_named() {
        let setting = Some("voting.deadline_1".to_owned());
        let back = Undone { action: "set_setting".to_owned(), setting, ids: Vec::new(), left: Vec::new() };
        assert_eq!(undone(&Lang::new(Language::En), &back), "Undone: “Deadline of round 1” is as before.");
        assert!(undone(&Lang::new(Language::Fr), &back).starts_with("Annulé\u{a0}: «\u{a0}"));
    }
}
