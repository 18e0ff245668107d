//! Panels: who may sit on one, who is active, how many jurors a film should have and what is odd about those it has.

use serde::{Deserialize, Serialize};

use super::UserId;
use super::film::{FilmFacts, FilmStatus};
use super::rule::{Refusal, Rule};
use super::text::fold;
use super::vote::{Panelist, Stand};

/// Why a juror says that they cannot judge a film.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// They have a conflict of interest: the film is taken from them at once.
    Conflict,
    /// They cannot watch it: staff answer, and the round waits.
    CannotWatch,
    /// They do not know its language: staff answer, and the round waits.
    Language,
}

impl Why {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Why; 3] = [Why::Conflict, Why::CannotWatch, Why::Language];

    /// Its name in requests and in our tables.
    pub fn name(self) -> &'static str {
        match self {
            Why::Conflict => "conflict",
            Why::CannotWatch => "cannot_watch",
            Why::Language => "language",
        }
    }

    /// Reads its name.
    pub fn from_name(name: &str) -> Option<Why> {
        Self::ALL.into_iter().find(|why| why.name() == name)
    }
}

/// What a juror said of not judging a film, and how far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Recusal {
    /// Why.
    pub why: Why,
    /// Staff have not answered yet.
    pub waiting: bool,
}

impl Recusal {
    /// Whether the juror judges the film no more: a conflict at once, anything else when staff have agreed.
    pub fn bars(self) -> bool {
        self.why == Why::Conflict || !self.waiting
    }
}

/// Whether somebody judges a film: on its panel, and not recused.
///
/// # Errors
/// [`Rule::Recused`], then [`Rule::NotAssigned`].
pub fn may_judge(on_panel: bool, recusal: Option<Recusal>) -> Result<(), Refusal> {
    if recusal.is_some_and(Recusal::bars) {
        Err(Rule::Recused.into())
    } else if on_panel {
        Ok(())
    } else {
        Err(Rule::NotAssigned.into())
    }
}

/// Somebody who has to do with the votes on a film: on its panel, or once on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Juror {
    /// Who.
    pub id: UserId,
    /// First and last name.
    pub name: String,
    /// On the film's panel.
    pub on_panel: bool,
    /// Of the role `JURY` now.
    pub jury: bool,
    /// May sign in.
    pub enabled: bool,
    /// What they said of not judging the film.
    pub recusal: Option<Recusal>,
    /// Released from the film with the vote kept.
    pub kept: bool,
    /// The ballot that they let stand.
    pub stands: Option<Stand>,
}

impl Juror {
    /// Somebody without a seat, as a film's panel could take them.
    pub fn newcomer(id: UserId, name: &str, jury: bool, enabled: bool) -> Self {
        let (on_panel, kept) = (false, false);
        Self { id, name: name.to_owned(), on_panel, jury, enabled, recusal: None, kept, stands: None }
    }

    /// Active: on the panel, of the jury, enabled, not recused and without a conflict. Only active jurors vote and hold a
    /// round open.
    pub fn is_active(&self) -> bool {
        self.on_panel && self.jury && self.enabled && !self.recusal.is_some_and(Recusal::bars)
    }

    /// As counting sees them; `None` if their votes on the film do not count.
    pub fn panelist(&self) -> Option<Panelist> {
        let counts = self.on_panel || self.kept;
        counts.then(|| Panelist { id: self.id, active: self.is_active(), stands: self.stands })
    }

    /// Whether they could be put on the panel of a film of this producer.
    ///
    /// # Errors
    /// They are not of the jury, are disabled, made the film, or declared a conflict; by name.
    pub fn may_join(&self, producer: UserId) -> Result<(), Refusal> {
        let rule = if !self.jury {
            Rule::NotAJuror
        } else if !self.enabled {
            Rule::JurorDisabled
        } else if self.id == producer {
            Rule::OwnFilm
        } else if self.recusal.is_some_and(|recusal| recusal.why == Why::Conflict) {
            Rule::ConflictDeclared
        } else {
            return Ok(());
        };
        Err(Refusal::new(rule).with("name", self.name.as_str()))
    }
}

/// Somebody of a film as far as a suspicion needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Somebody {
    /// First and last name.
    pub name: String,
    /// Their email; empty where there is none.
    pub email: String,
}

/// Whether two people may be one: an equal name or email, however it is spelled. Shown, never refused.
pub fn may_be_one(one: &Somebody, other: &Somebody) -> bool {
    let same = |a: &str, b: &str| {
        let words = |text: &str| fold(text).split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        let (mut a, mut b) = (words(a), words(b));
        a.sort();
        b.sort();
        !a.is_empty() && a == b
    };
    same(&one.name, &other.name) || same(&one.email, &other.email)
}

/// What is odd about a film's panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PanelFlag {
    /// Nobody is on it although the film is past `submitted`.
    Empty,
    /// Fewer active jurors than `jury.size`.
    Small,
    /// Somebody on it may not vote (disabled, or no longer of the jury).
    Inactive,
}

/// Judges a film's panel against `jury.size`. A film that is decided (refused, awarded) needs none.
pub fn panel_flag(facts: &FilmFacts, jury_size: u16) -> Option<PanelFlag> {
    match facts.status {
        FilmStatus::Refused | FilmStatus::Awarded => None,
        FilmStatus::Submitted if facts.panel == 0 => None,
        _ if facts.panel == 0 => Some(PanelFlag::Empty),
        _ if facts.active < facts.panel => Some(PanelFlag::Inactive),
        _ if facts.active < jury_size => Some(PanelFlag::Small),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_table() {
        use FilmStatus::{Assigned, Refused, Submitted};
        let cases = [
            (Submitted, 0, 0, None),
            (Assigned, 0, 0, Some(PanelFlag::Empty)),
            (Assigned, 2, 2, Some(PanelFlag::Small)),
            (Assigned, 3, 2, Some(PanelFlag::Inactive)),
            (Assigned, 3, 3, None),
            (Refused, 1, 1, None),
        ];
        for (status, panel, active, expected) in cases {
            let facts = FilmFacts { status, panel, active, ..FilmFacts::default() };
            assert_eq!(panel_flag(&facts, 3), expected, "{facts:?}");
        }
    }

    #[test]
    fn active_by_table() {
        let juror = Juror { on_panel: true, ..Juror::newcomer(UserId(1), "Ann", true, true) };
        let recused = |why, waiting| Juror { recusal: Some(Recusal { why, waiting }), ..juror.clone() };
        let cases = [
            (juror.clone(), true, true),
            (Juror { on_panel: false, ..juror.clone() }, false, false),
            (Juror { on_panel: false, kept: true, ..juror.clone() }, false, true),
            (Juror { jury: false, ..juror.clone() }, false, true),
            (Juror { enabled: false, ..juror.clone() }, false, true),
            (recused(Why::Conflict, true), false, true),
            (recused(Why::Conflict, false), false, true),
            (recused(Why::CannotWatch, true), true, true),
            (recused(Why::CannotWatch, false), false, true),
            (recused(Why::Language, true), true, true),
        ];
        for (juror, active, counts) in cases {
            assert_eq!((juror.is_active(), juror.panelist().is_some()), (active, counts), "{juror:?}");
        }
    }

    #[test]
    fn who_may_join_by_table() {
        let juror = Juror::newcomer(UserId(1), "Ann", true, true);
        let conflict = Some(Recusal { why: Why::Conflict, waiting: false });
        let language = Some(Recusal { why: Why::Language, waiting: true });
        let agreed = Some(Recusal { why: Why::CannotWatch, waiting: false });
        let cases = [
            (juror.clone(), 9, None),
            (juror.clone(), 1, Some(Rule::OwnFilm)),
            (Juror { jury: false, ..juror.clone() }, 9, Some(Rule::NotAJuror)),
            (Juror { enabled: false, ..juror.clone() }, 9, Some(Rule::JurorDisabled)),
            (Juror { recusal: conflict, ..juror.clone() }, 9, Some(Rule::ConflictDeclared)),
            (Juror { recusal: language, ..juror.clone() }, 9, None),
            // Staff who agreed know what they do.
            (Juror { recusal: agreed, ..juror }, 9, None),
        ];
        for (juror, producer, rule) in cases {
            assert_eq!(juror.may_join(UserId(producer)).err().map(|refusal| refusal.rule), rule, "{juror:?}");
        }
    }

    #[test]
    fn one_person_however_it_is_spelled() {
        let somebody = |name: &str, email: &str| Somebody { name: name.into(), email: email.into() };
        let ann = somebody("Anné Martin", "ann@example.org");
        for (other, one) in [
            (somebody("MARTIN anne", ""), true),
            (somebody("Ann", "ANN@example.org"), true),
            (somebody("Anne Martins", "martin@example.org"), false),
            (somebody("", ""), false),
        ] {
            assert_eq!(may_be_one(&ann, &other), one, "{other:?}");
        }
        assert!(!may_be_one(&somebody(" ", ""), &somebody("", " ")));
    }
}
