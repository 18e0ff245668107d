//! What became of a ballot: cast, refused, or nobody knows yet. Whatever it is, what was written stays until it is cast.

use crate::api::vote::Cast;
use crate::api::{Answer, Failure, Reply, Request};
use crate::app::cx::Cx;
use crate::app::session::Session;
use crate::domain::rule::Rule;
use crate::screens::mine::acts;
use crate::screens::mine::handing::Setback;
use crate::screens::words::note;

use super::view::short_title;
use super::{Ballot, Step};

impl Ballot {
    /// It was cast.
    pub(super) fn done(&mut self, answer: Answer, cx: &mut Cx<'_>) {
        let session = cx.session;
        let Answer { reply, repeated, .. } = answer;
        let mut text = match reply {
            Reply::Cast(cast) => {
                let text = self.news(&cast, cx);
                let rules = &session.festival.voting;
                self.desk.put(self.film.id(), cast.status, Some(cast.vote), rules);
                text
            }
            _ => session.tr("ballot-done-plain"),
        };
        text.push_str(&self.handing.relief(repeated, session));
        self.desk.forget(self.film.id());
        acts::done(text, &self.desk, &self.route, cx);
        cx.close();
    }

    /// What the vote did, in one line.
    fn news(&self, cast: &Cast, cx: &Cx<'_>) -> String {
        let session = cx.session;
        let title = short_title(&self.film, session);
        let said = note(session, cast.vote.note).1;
        let status = session.tr(cast.status.message());
        let args = [("title", (&title).into()), ("note", (&said).into()), ("status", (&status).into())];
        let id = match (cast.moved, cast.vote.modification_count > 0) {
            (true, _) => "ballot-done-moved",
            (false, true) => "ballot-done-second",
            (false, false) => "ballot-done",
        };
        session.tr_with(id, &args)
    }

    /// What was read again: a last look at what is no more is closed.
    pub(super) fn compare(&mut self, cx: &mut Cx<'_>) {
        let moved = self.lost() || self.now().seen() != self.film.seen();
        if self.step == Step::Look && moved && !self.handing.busy() {
            self.handing.forget();
            (self.step, self.problem) = (Step::Write, None);
        }
        if self.lost() && self.problem.is_none() && self.asking.is_none() {
            self.asking = Some(cx.call(Request::MyVote { film: self.film.id() }));
        }
    }

    /// The juror has the film no more; perhaps nobody has it.
    pub(super) fn known_gone(&mut self, result: &Result<Answer, Failure>, session: &Session) {
        if let Err(Failure::NotFound { .. }) = result {
            self.problem = Some(session.lang.refusal(&Rule::FilmGone.into()));
        }
    }

    /// It was not cast, or nobody knows.
    pub(super) fn failed(&mut self, failure: &Failure, cx: &mut Cx<'_>) {
        match self.handing.failed(failure, cx) {
            Setback::AsksAgain => self.problem = Some(cx.session.tr("handing-unsure")),
            Setback::TryAgain(sentence) => {
                self.problem = Some(sentence);
                self.look.ready();
            }
            Setback::Wrong(sentence) => {
                self.problem = Some(sentence);
                self.step = Step::Write;
                self.on_note = false;
            }
            Setback::Moved(sentence) => {
                self.problem = Some(format!("{sentence} {}", cx.session.tr("handing-kept")));
                self.step = Step::Write;
                self.reread.ask(cx);
            }
            Setback::Gone(sentence) => {
                self.problem = Some(sentence);
                self.step = Step::Write;
                self.gone = true;
            }
        }
        self.route.trail().acting(self.handing.busy());
    }
}
