//! Handing something in: sent once, asked for again under the same ticket when its answer was lost, so that nothing is ever
//! done twice.

use ratatui::layout::Rect;

use crate::api::failure::Trouble;
use crate::api::{Failure, FieldChange, Request};
use crate::app::action::Action;
use crate::app::cx::{Cx, Tone};
use crate::app::msg::Ticket;
use crate::app::sentence;
use crate::app::session::Session;
use crate::domain::film::FilmStatus;
use crate::domain::rule::Rule;
use crate::domain::vote::Note;
use crate::screens::Canvas;
use crate::screens::last_look::LastLook;
use crate::screens::panel::panel;
use crate::screens::sheet::Sheet;
use crate::screens::words::note;
use crate::widgets::pen::{Pen, row};

/// How wide the boxes of a juror get.
pub(super) const WIDE: u16 = 72;

/// A request on its way, or whose answer was lost.
#[derive(Default)]
pub(super) struct Handing {
    sending: Option<Ticket>,
    /// What asking once more asks for.
    again: Option<(Ticket, Request)>,
    /// It is not known whether it was done.
    unsure: bool,
    /// It was asked for again at once.
    insisted: bool,
}

/// What a refusal or a loss means for what was handed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Setback {
    /// It is asked for again by itself.
    AsksAgain,
    /// Nothing came of it yet: the same button asks again.
    TryAgain(String),
    /// What is written is not as it has to be.
    Wrong(String),
    /// The film stands differently now.
    Moved(String),
    /// It is the juror's film no more.
    Gone(String),
}

impl Handing {
    /// Sends it, or asks for the very same once more.
    pub(super) fn send(&mut self, request: Request, cx: &mut Cx<'_>) {
        let (ticket, request) = match self.again.take() {
            Some((ticket, before)) => (cx.call_again(ticket, before.clone()), before),
            None => (cx.call(request.clone()), request),
        };
        self.again = Some((ticket, request));
        self.sending = Some(ticket);
    }

    /// Asks for the very same once more; `false` where there is nothing to ask for.
    pub(super) fn send_again(&mut self, cx: &mut Cx<'_>) -> bool {
        let Some((ticket, request)) = &self.again else { return false };
        self.sending = Some(cx.call_again(*ticket, request.clone()));
        true
    }

    /// Whether it is on its way.
    pub(super) fn busy(&self) -> bool {
        self.sending.is_some()
    }

    /// Whether this is its end.
    pub(super) fn ends(&mut self, ticket: Ticket) -> bool {
        self.sending.take_if(|sent| *sent == ticket).is_some()
    }

    /// What is handed in next is something else.
    pub(super) fn forget(&mut self) {
        *self = Self::default();
    }

    /// The database may be back: what is not known is asked for again.
    pub(super) fn insist(&mut self, cx: &mut Cx<'_>) {
        if self.unsure
            && self.sending.is_none()
            && let Some((ticket, request)) = &self.again
        {
            self.sending = Some(cx.call_again(*ticket, request.clone()));
        }
    }

    /// It was not done, or that is not known.
    pub(super) fn failed(&mut self, failure: &Failure, cx: &mut Cx<'_>) -> Setback {
        let session = cx.session;
        let sentence = sentence::failure(&session.lang, failure);
        let Failure::Unavailable(trouble) = failure else {
            self.forget();
            return match failure {
                Failure::Conflict(changes) => Setback::Moved(changed(session, changes).unwrap_or(sentence)),
                Failure::NotFound { .. } => Setback::Gone(sentence),
                Failure::Rule(refusal) => match refusal.rule {
                    Rule::BadNote | Rule::CommentNeeded | Rule::CommentTooLong | Rule::BadText => {
                        Setback::Wrong(sentence)
                    }
                    Rule::FilmGone | Rule::NotAssigned | Rule::Recused => Setback::Gone(sentence),
                    _ => Setback::Moved(sentence),
                },
                _ => Setback::TryAgain(sentence),
            };
        };
        match trouble.why {
            Trouble::Cancelled => self.forget(),
            Trouble::Unknown => {
                self.unsure = true;
                if !std::mem::replace(&mut self.insisted, true) {
                    self.insist(cx);
                    return Setback::AsksAgain;
                }
            }
            _ => {}
        }
        Setback::TryAgain(if self.unsure { session.tr("handing-unsure") } else { sentence })
    }

    /// The same for a dialog in which nothing is typed: what asking again can mend is told back to be shown there; everything
    /// else closes it, and what is below shows how it stands now.
    pub(super) fn plainly_failed(&mut self, failure: &Failure, look: &mut LastLook, cx: &mut Cx<'_>) -> Option<String> {
        match self.failed(failure, cx) {
            Setback::AsksAgain => None,
            Setback::TryAgain(sentence) => {
                look.ready();
                Some(sentence)
            }
            Setback::Wrong(sentence) | Setback::Moved(sentence) | Setback::Gone(sentence) => {
                cx.toast(Tone::Problem, sentence);
                cx.close();
                cx.act_later(Action::Refresh);
                None
            }
        }
    }

    /// What to add to the news that it was done, for whoever had to wonder.
    pub(super) fn relief(&self, repeated: bool, session: &Session) -> String {
        match (self.unsure, repeated) {
            (false, _) => String::new(),
            (true, true) => format!(" {}", session.tr("handing-was-done")),
            (true, false) => format!(" {}", session.tr("handing-done-now")),
        }
    }

    /// Draws a box for the last look: what will be done, and the buttons or that it is under way.
    pub(super) fn draw(&self, title: &str, sheet: &Sheet, look: &LastLook, area: Rect, canvas: &mut Canvas<'_>) {
        self.draw_in(WIDE, title, sheet, look, area, canvas);
    }

    /// The same in a box of this width.
    pub(super) fn draw_in(
        &self,
        width: u16,
        title: &str,
        sheet: &Sheet,
        look: &LastLook,
        area: Rect,
        canvas: &mut Canvas<'_>,
    ) {
        let rows = u16::try_from(sheet.len()).unwrap_or(u16::MAX);
        let height = rows.saturating_add(look.height() + 2).min(area.height);
        let body = panel(area, canvas, title, width, height);
        let text = body.height.saturating_sub(look.height());
        sheet.draw(Rect { height: text, ..body }, 0, canvas);
        let foot = row(body, body.height.saturating_sub(1));
        if self.busy() {
            self.draw_busy(foot, canvas);
        } else {
            look.draw(foot, canvas);
        }
    }

    /// Says that it is under way.
    pub(super) fn draw_busy(&self, line: Rect, canvas: &mut Canvas<'_>) {
        let theme = &canvas.session.theme;
        let id = if self.unsure { "handing-asking" } else { "handing-sending" };
        let text = format!("{} {}", theme.signs.spinner[0], canvas.session.tr(id));
        Pen::new(line, canvas.buf, theme.signs.ellipsis).put(&text, theme.accent);
    }
}

/// What has changed since the juror looked, in words; `None` for what has none.
fn changed(session: &Session, changes: &[FieldChange]) -> Option<String> {
    let sentences: Vec<String> = changes.iter().filter_map(|change| one(session, change)).collect();
    (!sentences.is_empty()).then(|| sentences.join(" "))
}

fn one(session: &Session, change: &FieldChange) -> Option<String> {
    let said = |text: &str| note(session, Note::from_sql(text)).1;
    match change.field.as_str() {
        "selection_status" | "status" => {
            let name = |status: &str| session.tr(FilmStatus::from_sql(status).message());
            let (loaded, now) = (name(&change.loaded), name(&change.now));
            Some(session.tr_with("handing-status", &[("loaded", (&loaded).into()), ("now", (&now).into())]))
        }
        "note" if change.now.is_empty() => Some(session.tr("handing-vote-gone")),
        "note" if change.loaded.is_empty() => {
            Some(session.tr_with("handing-voted", &[("now", (&said(&change.now)).into())]))
        }
        "note" => {
            let (loaded, now) = (said(&change.loaded), said(&change.now));
            Some(session.tr_with("handing-note", &[("loaded", (&loaded).into()), ("now", (&now).into())]))
        }
        // Of a vote that came or went meanwhile the note has told.
        "modification_count" => match change.now.parse::<i32>().ok().zip(change.loaded.parse::<i32>().ok()) {
            Some((now, loaded)) if now > loaded => Some(session.tr("handing-count")),
            Some(_) => Some(session.tr("handing-count-back")),
            None => None,
        },
        _ => None,
    }
}
