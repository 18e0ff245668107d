//! What came of it: films moved, somebody was quicker, or the database did not answer.

use crate::api::failure::Trouble;
use crate::api::film::{FilmRow, Moved};
use crate::api::vote::VoteRow;
use crate::api::{Answer, Failure, FieldChange, Request};
use crate::app::cx::{Cx, Tone};
use crate::app::msg::Ticket;
use crate::app::sentence;
use crate::app::session::Session;
use crate::domain::Rule;
use crate::domain::film::FilmStatus;
use crate::domain::text::inert;
use crate::screens::words::few;
use crate::widgets::wrap::truncate;

use super::plan::{Offer, Subject};
use super::{Advance, NAMED, Step};

/// How much of a title a result shows.
const TITLE_CELLS: usize = 28;

impl Advance {
    /// One film moved.
    pub(super) fn moved_one(&self, row: &FilmRow, answer: &Answer, cx: &mut Cx<'_>) {
        let session = cx.session;
        // One line: a long title must not push the rest off the screen.
        let title = truncate(&inert(&row.title), TITLE_CELLS, session.theme.signs.ellipsis).into_owned();
        let status = session.tr(row.status.message());
        let args = [("title", (&title).into()), ("status", (&status).into())];
        cx.done(session.tr_with("advance-done", &args), answer.operation);
        self.leave(cx);
    }

    /// Some films moved.
    pub(super) fn moved_many(&self, moved: &Moved, answer: &Answer, cx: &mut Cx<'_>) {
        let session = cx.session;
        let status = session.tr(moved.to.message());
        // Only the first few are named, so that the hundred thousandth costs nothing.
        let offer = self.chosen();
        let stayed = offer.into_iter().flat_map(|offer| offer.cannot.iter().flat_map(|(_, films)| films));
        let refused = moved.refused.iter().filter_map(|(id, _)| self.films.iter().find(|film| film.id == *id));
        let films = stayed.filter_map(|at| self.films.get(*at)).chain(refused);
        let names: Vec<&str> = films.map(|film| &*film.title).take(NAMED).collect();
        let left = offer.map_or(0, Offer::left) + moved.refused.len();
        let names = few(session, &names, left);
        let args = [
            ("count", moved.moved.len().into()),
            ("status", (&status).into()),
            ("left", left.into()),
            ("names", (&names).into()),
        ];
        let id = if moved.cancelled { "advance-done-stopped" } else { "advance-done-many" };
        let text = session.tr_with(id, &args);
        if moved.moved.is_empty() {
            cx.toast(Tone::Problem, text);
        } else {
            cx.done(text, answer.operation);
        }
        if self.selected && moved.cancelled {
            let refused = moved.refused.iter().map(|(film, _)| film);
            self.list.served_rows(moved.moved.iter().chain(refused).map(|film| film.0.into()));
            cx.close();
        } else {
            self.leave(cx);
        }
    }

    pub(super) fn leave(&self, cx: &mut Cx<'_>) {
        if self.selected {
            self.list.served();
        }
        cx.close();
    }

    pub(super) fn failed(&mut self, ticket: Ticket, failure: &Failure, cx: &mut Cx<'_>) {
        let session = cx.session;
        self.list.acting(false);
        match failure {
            Failure::Conflict(changes) => {
                self.problem = Some(conflict(session, changes));
                self.step = Step::Target;
                if let [film] = self.films.as_slice() {
                    self.reading = Some(cx.call(Request::Film { film: film.id }));
                }
            }
            Failure::Unavailable(trouble) => {
                self.problem = Some(sentence::failure(&session.lang, failure));
                self.again = (trouble.why != Trouble::Cancelled).then_some(ticket);
                self.last_look.ready();
            }
            Failure::Rule(refusal) if matches!(refusal.rule, Rule::ReasonNeeded | Rule::BallotsUndecided) => {
                self.problem = Some(sentence::failure(&session.lang, failure));
                self.step = Step::Reason;
            }
            _ => self.problem = Some(sentence::failure(&session.lang, failure)),
        }
    }

    /// The film as it is now, after somebody else moved it: where to is chosen anew, and nothing is chosen before.
    pub(super) fn reread(&mut self, row: &FilmRow) {
        self.films = vec![Subject::from(row)];
        self.offer(None);
        self.at = None;
    }

    pub(super) fn take_votes(&mut self, votes: &[VoteRow]) {
        let spent = votes.iter().filter(|vote| vote.set_aside.is_none() && vote.modification_count > 0);
        self.spenders = spent.map(|vote| vote.juror_name.clone()).collect();
    }
}

/// What somebody else did to the film meanwhile.
fn conflict(session: &Session, changes: &[FieldChange]) -> String {
    match changes.iter().find(|change| change.field == "selection_status") {
        Some(change) => {
            let name = |status: &str| session.tr(FilmStatus::from_sql(status).message());
            let (loaded, now) = (name(&change.loaded), name(&change.now));
            session.tr_with("advance-conflict", &[("loaded", (&loaded).into()), ("now", (&now).into())])
        }
        None => session.tr("advance-conflict-other"),
    }
}
