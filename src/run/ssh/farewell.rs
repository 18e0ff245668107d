//! What somebody reads whose connection the server ends, in both languages: it does not know theirs.

use crate::api::Failure;
use crate::app::lang::{Arg, Lang, Language};
use crate::app::sentence;
use crate::domain::rule::Rule;

/// Why the server ends a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Farewell {
    /// The server stops.
    Stopping,
    /// Nobody signed in in time.
    Late,
    /// Too many wrong passwords.
    WrongPasswords,
    /// The account has opened another console, and had so many already: as many as it may.
    Replaced(usize),
    /// The console ended in a fault.
    Fault,
}

impl Farewell {
    /// One line for each language.
    pub(super) fn lines(self) -> [String; 2] {
        LANGUAGES.map(|language| {
            let lang = Lang::new(language);
            let said = |id: &str, args: &[(&str, Arg<'_>)]| format!("marsai: {}", lang.tr_with(id, args));
            match self {
                Farewell::Stopping => said("farewell-stopping", &[]),
                Farewell::Late => said("farewell-late", &[]),
                Farewell::WrongPasswords => said("farewell-wrong-passwords", &[]),
                Farewell::Replaced(count) => said("farewell-replaced", &[("count", count.into())]),
                Farewell::Fault => said("farewell-fault", &[]),
            }
        })
    }
}

const LANGUAGES: [Language; 2] = [Language::En, Language::Fr];

/// Why somebody may not come in, a line for each language; `None` where no more is said than that they may not.
pub(super) fn refusal(failure: &Failure) -> Option<String> {
    match failure {
        Failure::Rule(refusal) if refusal.rule == Rule::WrongPassword => None,
        Failure::Rule(_) | Failure::Unavailable(_) => {
            Some(LANGUAGES.map(|language| sentence::failure(&Lang::new(language), failure)).join("\n"))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::rule::Refusal;

    #[test]
    fn both_languages_say_it_and_a_wrong_password_says_nothing() {
        let [en, fr] = Farewell::Replaced(8).lines();
        assert!(en.contains('8') && fr.contains('8') && en != fr, "{en} {fr}");
        let wait = Refusal::new(Rule::TooManyAttempts).with("seconds", 30);
        let said = refusal(&Failure::Rule(wait)).unwrap_or_default();
        assert_eq!(said.lines().filter(|line| line.contains("30")).count(), 2, "{said}");
        assert_eq!(refusal(&Rule::WrongPassword.into()), None);
    }
}
