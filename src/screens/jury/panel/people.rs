//! Those who are or could be on a panel, with what speaks against each.

use crate::api::jury::JurorRow;
use crate::api::vote::{FilmVotes, SeatRow};
use crate::app::session::Session;
use crate::domain::UserId;
use crate::domain::film::FilmStatus;
use crate::domain::jury::Recusal;
use crate::domain::text::inert;
use crate::screens::votes::acts::why;

use super::super::choose::load;

/// Why somebody cannot join the panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Barred {
    /// They submitted the film.
    Own,
    /// They said that they cannot judge it.
    Recused,
    /// Their account is disabled.
    Disabled,
    /// They are not of the jury.
    NotJury,
    /// Round 1 is over.
    Discussion,
}

impl Barred {
    /// The id of the rule's sentence.
    pub(super) fn rule(self) -> &'static str {
        match self {
            Barred::Own => "rule-own-film",
            Barred::Recused => "rule-conflict-declared",
            Barred::Disabled => "rule-juror-disabled",
            Barred::NotJury => "rule-not-a-juror",
            Barred::Discussion => "rule-discussion-begun",
        }
    }
}

/// Somebody.
pub(super) struct Seated {
    pub(super) id: UserId,
    pub(super) name: String,
    pub(super) email: String,
    /// How many films they have to judge.
    pub(super) load: String,
    /// They have a ballot on this film: they are not simply taken off.
    pub(super) ballot: bool,
    /// They have a ballot that counts.
    pub(super) voted: bool,
    /// What they said of not judging it.
    pub(super) recusal: Option<Recusal>,
    /// The producer or collaborator with an equal name or email.
    pub(super) resembles: Option<String>,
    /// Why they cannot join, or, where they are on it already, cannot vote.
    pub(super) barred: Option<Barred>,
}

impl Seated {
    /// A sentence with their name.
    pub(super) fn says(&self, id: &str, session: &Session) -> String {
        let name = inert(&self.name).into_owned();
        session.tr_with(id, &[("name", (&name).into())])
    }

    /// What is to be known of them, in a few words; the loud ones first.
    pub(super) fn flags(&self, on_panel: bool, session: &Session) -> Vec<String> {
        let mut flags = Vec::new();
        let barred = match self.barred {
            Some(Barred::Own) => Some("panel-flag-own"),
            Some(Barred::Disabled) => Some("juror-disabled"),
            Some(Barred::NotJury) => Some("panel-flag-not-jury"),
            Some(Barred::Recused | Barred::Discussion) | None => None,
        };
        flags.extend(barred.map(|id| session.tr(id)));
        flags.extend(self.recusal.map(|recusal| session.tr(why(recusal.why))));
        if let Some(other) = self.resembles.as_deref().filter(|_| self.barred != Some(Barred::Own)) {
            let other = inert(other).into_owned();
            flags.push(session.tr_with("panel-flag-resembles", &[("other", (&other).into())]));
        }
        if self.ballot && on_panel {
            flags.push(session.tr(if self.voted { "panel-flag-voted" } else { "panel-flag-ballot" }));
        }
        flags
    }
}

/// Everybody of the jury, and whoever is on the panel without being of it.
pub(super) fn seated(jurors: &[JurorRow], voting: &FilmVotes, session: &Session) -> Vec<Seated> {
    let film = &voting.film;
    let begun = !matches!(film.status, FilmStatus::Submitted | FilmStatus::Assigned);
    let seat_of = |id: UserId| voting.jurors.iter().find(|seat| seat.juror == id);
    let one = |id: UserId, name: &str, row: Option<&JurorRow>, seat: Option<&SeatRow>| {
        let recusal = seat.and_then(|seat| seat.recusal);
        let on_panel = seat.is_some_and(|seat| seat.on_panel);
        let barred = match row {
            None => Some(Barred::NotJury),
            Some(row) if !row.enabled => Some(Barred::Disabled),
            _ if id == film.producer => Some(Barred::Own),
            _ if recusal.is_some_and(Recusal::bars) => Some(Barred::Recused),
            _ if begun && !on_panel => Some(Barred::Discussion),
            _ => None,
        };
        Seated {
            id,
            name: name.to_owned(),
            email: row.map(|row| row.email.clone()).unwrap_or_default(),
            load: row.map(|row| load(row, session)).unwrap_or_default(),
            ballot: voting.votes.iter().any(|vote| vote.juror == id),
            voted: seat.is_some_and(|seat| seat.voted),
            recusal,
            resembles: row.and_then(|row| row.resembles.clone()),
            barred,
        }
    };
    let jury = jurors.iter().map(|row| one(row.juror, &row.name, Some(row), seat_of(row.juror)));
    let known = |seat: &&SeatRow| jurors.iter().any(|row| row.juror == seat.juror);
    let others = voting.jurors.iter().filter(|seat| seat.on_panel && !known(seat));
    jury.chain(others.map(|seat| one(seat.juror, &seat.name, None, Some(seat)))).collect()
}
