//! A film as its juror reads it: what helps to judge it, one's own vote, and in discussion what the panel said.

use crate::api::vote::{Discussion, VoteRow};
use crate::api::{Reply, Request, Topic};
use crate::app::action::Action;
use crate::app::cx::Cx;
use crate::app::keymap::Context;
use crate::app::sentence::field;
use crate::app::session::Session;
use crate::domain::FilmId;
use crate::domain::film::FilmStatus;
use crate::domain::text::inert;
use crate::screens::films::cells;
use crate::screens::list::Route;
use crate::screens::page::{Entries, Reading};
use crate::screens::votes;
use crate::screens::words::{key_of, meaning, tone};
use crate::widgets::keyvalue::Entry;

use super::acts;
use super::desk::Desk;
use super::standing::{MyFilm, Standing};

/// The page of one of the juror's films.
pub(super) struct MyReading {
    desk: Desk,
    vote: Option<Option<Box<VoteRow>>>,
    discussion: Option<Discussion>,
}

impl MyReading {
    /// Before anything is known but the row.
    pub(super) fn new(desk: &Desk) -> Self {
        Self { desk: desk.clone(), vote: None, discussion: None }
    }

    /// The film as it is now, as far as that is known; `row` as it was when the page was opened.
    fn now(&self, row: &MyFilm) -> MyFilm {
        self.desk.now(row)
    }

    /// One's own vote as it came last.
    fn vote<'a>(&'a self, now: &'a MyFilm) -> Option<&'a VoteRow> {
        let vote = match &self.vote {
            Some(vote) => vote.as_deref(),
            None => now.vote.as_deref(),
        };
        vote.filter(|vote| vote.film == now.id())
    }

    /// One's own vote, and what can be done with it.
    fn own(&self, now: &MyFilm, entries: &mut Entries, session: &Session) {
        let theme = &session.theme;
        entries.section(session.tr("mine-group-vote"));
        match self.vote(now) {
            Some(vote) => votes::page::ballot(entries, vote, session),
            None => entries.note(session.tr("mine-no-vote"), theme),
        }
        let key = |action| key_of(session, &[Context::Film], action);
        let keys = [
            ("yes", key(Action::VoteYes)),
            ("no", key(Action::VoteNo)),
            ("discuss", key(Action::VoteDiscuss)),
            ("stands", key(Action::LetStand)),
        ];
        let args = keys.each_ref().map(|(name, key)| (*name, key.into()));
        let id = match now.standing {
            Standing::ToVote => "mine-state-to-vote",
            Standing::ToReconsider => "mine-state-to-reconsider",
            Standing::Voted => "mine-state-voted",
            Standing::Changed => "mine-state-changed",
            Standing::Stands => "mine-state-stands",
            Standing::Missed => "mine-state-missed",
            Standing::RoundClosed => "mine-state-round-closed",
            Standing::Early => "mine-state-early",
            Standing::Over => "mine-state-over",
        };
        let style = match now.standing {
            Standing::ToVote | Standing::ToReconsider => theme.accent,
            _ => theme.dim,
        };
        entries.push(Entry::text(session.tr_with(id, &args), style));
        if now.waits() {
            let text = format!("{} {}", theme.signs.warning, session.tr("mine-waits"));
            entries.push(Entry::text(text, theme.warning));
        }
        if let Some(note) = self.desk.drafted().get(&now.id()) {
            let said = crate::screens::words::note(session, Some(*note)).1;
            let text = session.tr_with("mine-draft", &[("note", (&said).into())]);
            entries.push(Entry::text(format!("{} {text}", theme.signs.draft), theme.warning));
        }
    }

    /// What the panel said, as far as one may see it.
    fn panel(&self, now: &MyFilm, entries: &mut Entries, session: &Session) {
        let theme = &session.theme;
        let Some(discussion) = self.discussion.as_ref().filter(|discussion| discussion.film == now.id()) else {
            return;
        };
        let me = session.person.as_ref().map(|person| person.id);
        let others: Vec<&VoteRow> = discussion.votes.iter().filter(|vote| Some(vote.juror) != me).collect();
        let talked = discussion.status == FilmStatus::ToDiscuss;
        if others.is_empty() && !talked {
            return;
        }
        entries.section(session.tr("mine-group-panel"));
        for vote in &others {
            votes::page::ballot(entries, vote, session);
        }
        if others.is_empty() {
            let id = if self.vote(now).is_some() { "mine-panel-silent" } else { "mine-panel-hidden" };
            entries.note(session.tr(id), theme);
        }
        if talked {
            let names: Vec<String> = discussion.holders.iter().map(|name| inert(name).into_owned()).collect();
            if !names.is_empty() {
                entries.push(Entry::pair(session.tr("mine-holders"), names.join(", ")));
            }
            if now.standing == Standing::ToReconsider && !others.is_empty() {
                entries.note(session.tr("mine-panel-first-only"), theme);
            }
            if discussion.promotion {
                let key = key_of(session, &[Context::Film], Action::Promote);
                entries.note(session.tr_with("mine-may-promote", &[("key", (&key).into())]), theme);
            }
        }
    }
}

impl Reading for MyReading {
    type Row = MyFilm;

    const TITLE: &'static str = "mine-detail-title";

    const CONTEXTS: &'static [Context] = &[Context::Detail, Context::Film];

    const TOPIC: Topic = Topic::Films;

    fn heading(&self, row: &MyFilm, session: &Session) -> String {
        cells::title_of(&row.film, session)
    }

    fn request(&self, row: &MyFilm) -> Option<Request> {
        Some(Request::MyVote { film: row.id() })
    }

    fn also(&self, row: &MyFilm) -> Option<Request> {
        Some(Request::Discussion { film: row.id() })
    }

    fn take(&mut self, reply: Reply) {
        match reply {
            Reply::Vote(vote) => self.vote = Some(vote),
            Reply::Discussion(discussion) => self.discussion = Some(discussion),
            _ => {}
        }
    }

    fn film(&self, row: &MyFilm) -> Option<FilmId> {
        Some(row.id())
    }

    fn forget(&mut self) {
        (self.vote, self.discussion) = (None, None);
    }

    fn act(&mut self, route: &Route<MyFilm>, action: Action, cx: &mut Cx<'_>) -> bool {
        let Some(row) = route.current() else { return false };
        if action == Action::NextFilm {
            if acts::go_on(&self.desk, route, cx) {
                cx.close();
            }
            return true;
        }
        acts::act(&self.desk, &self.now(row), route, action, cx)
    }

    fn idle(&self, route: &Route<MyFilm>, action: Action) -> bool {
        route.current().is_some_and(|row| acts::idle(&self.desk, &self.now(row), action))
    }

    fn entries(&self, row: &MyFilm, session: &Session) -> Vec<Entry> {
        let label = |column: &str| field(&session.lang, column);
        let now = self.now(row);
        let film = &now.film;
        let mut entries = Entries::default();
        entries.section(session.tr("film-group-film"));
        let text = format!("{} ({})", session.tr(film.status.message()), session.tr(meaning(film.status)));
        entries.push(Entry::Status { label: label("status"), tone: tone(film.status), text });
        entries.value(label("nationality"), &film.country);
        entries.value(label("main_language"), &film.language);
        entries.value(label("duration"), &session.duration(film.duration));
        entries.value(label("release_year"), &film.year.map(|year| year.to_string()).unwrap_or_default());
        entries.value(label("ai_tool"), &film.ai_tool);
        entries.value(label("producer"), &film.producer_name);
        self.own(&now, &mut entries, session);
        self.panel(&now, &mut entries, session);
        entries.all()
    }
}
