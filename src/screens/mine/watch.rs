//! Where a film is watched: its address whole, and as a code for the phone. While it is open nothing locks before the
//! film's end.

use chrono::{DateTime, TimeDelta, Utc};
use ratatui::layout::Rect;

use crate::api::{Answer, Failure, Reply, Request};
use crate::app::action::Action;
use crate::app::cx::{Cx, Tone};
use crate::app::keymap::Context;
use crate::app::msg::{Mouse, MouseKind, Ticket};
use crate::app::sentence;
use crate::app::session::Session;
use crate::domain::text::inert;
use crate::domain::watching::{Watching, short};
use crate::screens::films::cells::title_of;
use crate::screens::links::copy_link;
use crate::screens::list::Route;
use crate::screens::page::draw_address;
use crate::screens::picture::Viewer;
use crate::screens::sheet::Sheet;
use crate::screens::words::key_of;
use crate::screens::{Canvas, Layer, Screen};
use crate::widgets::qr::Qr;
use crate::widgets::signs::Signs;

use super::desk::Desk;
use super::standing::MyFilm;
use super::{acts, header, page, talk};

/// How long a film may be of which nobody knows how long it is.
const UNKNOWN: TimeDelta = TimeDelta::hours(3);
/// No film keeps a console open for longer.
const LONGEST: TimeDelta = TimeDelta::hours(12);
/// The rows that the header and the tabs take.
const HEAD: u16 = 2;
/// The rows that news and hints take.
const FOOT: u16 = 2;
/// What stands between the code and the text.
const GAP: u16 = 2;
/// The fewest columns that the text beside the code is worth.
const TEXT: u16 = 14;

/// What is known of where the film is.
enum Place {
    /// It is asked for.
    Asked(Option<Ticket>),
    Known(Watching),
    Failed(Failure),
}

/// The screen.
pub(super) struct Watch {
    desk: Desk,
    film: MyFilm,
    route: Route<MyFilm>,
    place: Place,
    code: Option<Qr>,
    /// When the film ends for whoever began it as soon as this was opened.
    until: Option<DateTime<Utc>>,
    /// Whether the code takes the rows of the header and the tabs.
    tall: bool,
}

impl Watch {
    /// The screen of a film.
    pub(super) fn new(desk: &Desk, film: &MyFilm, route: &Route<MyFilm>) -> Self {
        let (desk, film, route) = (desk.clone(), film.clone(), route.clone());
        Self { desk, film, route, place: Place::Asked(None), code: None, until: None, tall: false }
    }

    fn ask(&mut self, cx: &mut Cx<'_>) {
        if let Place::Asked(Some(before)) = self.place {
            cx.cancel(before);
        }
        self.place = Place::Asked(Some(cx.call(Request::MyFilm { film: self.film.id() })));
    }

    /// The film as it is now.
    fn now(&self) -> MyFilm {
        self.desk.now(&self.film)
    }

    /// The address, if there is one.
    fn address(&self) -> Option<&str> {
        match &self.place {
            Place::Known(Watching::At(address)) => Some(address.as_str()),
            _ => None,
        }
    }

    /// Whether an address stands on one line above the code; a longer one stands beside it.
    fn above(address: &str, width: u16) -> bool {
        address.len() <= usize::from(width)
    }

    /// What is left for the code and the text beside it.
    fn room(address: &str, area: Rect) -> Rect {
        let above = u16::from(Self::above(address, area.width));
        Rect { y: area.y + above.min(area.height), height: area.height.saturating_sub(above), ..area }
    }

    /// How many cells the code takes in a room; `None`: it does not fit.
    fn cells(&self, room: Rect) -> Option<(u16, u16)> {
        let width = room.width.saturating_sub(GAP + TEXT);
        self.code.as_ref()?.size((width, room.height))
    }

    /// Takes the rows of the header and the tabs where the code fits only with them.
    fn fit(&mut self, size: (u16, u16)) {
        let Some(address) = self.address() else {
            self.tall = false;
            return;
        };
        let fits = |height: u16| {
            let area = inner(Rect { x: 0, y: 0, width: size.0, height: size.1.saturating_sub(height) });
            self.cells(Self::room(address, area)).is_some()
        };
        self.tall = !fits(HEAD + FOOT) && fits(FOOT);
    }

    /// What there is to say beside the code.
    fn words(&self, width: u16, coded: bool, session: &Session) -> Sheet {
        let theme = &session.theme;
        let mut sheet = Sheet::new(width);
        sheet.text(0, theme.title, &title_of(&self.film.film, session));
        sheet.text(0, theme.dim, &session.duration(self.film.film.duration));
        sheet.gap();
        let warning = || Some((theme.warning, theme.signs.warning.to_owned()));
        let contexts = self.contexts();
        match &self.place {
            Place::Asked(_) => sheet.text(0, theme.dim, &session.tr("watch-waiting")),
            Place::Failed(failure) => {
                sheet.signed(0, warning(), theme.warning, &sentence::failure(&session.lang, failure));
                let key = key_of(session, &[], Action::Refresh);
                sheet.text(0, theme.dim, &session.tr_with("list-failed-hint", &[("key", (&key).into())]));
            }
            Place::Known(Watching::At(_)) => {
                let key = key_of(session, contexts, Action::CopyLink);
                sheet.text(0, theme.text, &session.tr(self.about_code(coded, session)));
                sheet.gap();
                sheet.text(0, theme.dim, &session.tr_with("watch-copy", &[("key", (&key).into())]));
                sheet.text(0, theme.dim, &session.tr("watch-click"));
            }
            Place::Known(Watching::Unsound(text)) => {
                sheet.text(0, theme.text, &inert(text));
                sheet.gap();
                sheet.signed(0, warning(), theme.warning, &session.tr("watch-unsound"));
            }
            Place::Known(Watching::Nothing) => {
                sheet.signed(0, warning(), theme.warning, &session.tr("watch-nothing"));
            }
        }
        sheet.gap();
        let (style, next) = talk::next(&self.now(), session);
        sheet.text(0, style, &next);
        if let Some(until) = self.until.filter(|_| !session.place.never_locks()) {
            let until = header::by_both_clocks(until, session);
            sheet.gap();
            sheet.text(0, theme.dim, &session.tr_with("watch-no-lock", &[("until", (&until).into())]));
        }
        sheet
    }

    /// The id of what is said of the code.
    fn about_code(&self, coded: bool, session: &Session) -> &'static str {
        match () {
            () if coded => "watch-scan",
            () if plain(session) => "watch-ascii",
            () if self.code.is_none() => "watch-too-long",
            () => "watch-no-room",
        }
    }
}

/// The area without its margins.
fn inner(area: Rect) -> Rect {
    Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area }
}

/// Whether there are no half blocks to draw with.
fn plain(session: &Session) -> bool {
    session.theme.signs == Signs::ASCII
}

/// How long a film lasts, as far as a lock is concerned.
fn lasts(film: &MyFilm, session: &Session) -> TimeDelta {
    let lasts = film.film.duration.filter(|n| *n > 0).map_or(UNKNOWN, |n| match session.festival.minutes {
        true => TimeDelta::minutes(n.into()),
        false => TimeDelta::seconds(n.into()),
    });
    lasts.min(LONGEST)
}

/// When a film ends that is begun now.
pub(super) fn ends(film: &MyFilm, session: &Session) -> Option<DateTime<Utc>> {
    session.now.checked_add_signed(lasts(film, session))
}

impl Screen for Watch {
    fn title(&self) -> &'static str {
        "watch-title"
    }

    fn layer(&self) -> Layer {
        if self.tall { Layer::Bare } else { Layer::Page }
    }

    fn contexts(&self) -> &'static [Context] {
        &[Context::Detail, Context::Film]
    }

    fn idle(&self, action: Action) -> bool {
        match action {
            Action::Watch => true,
            Action::CopyLink => self.address().is_none(),
            _ => acts::idle(&self.desk, &self.now(), action),
        }
    }

    fn busy_until(&self) -> Option<DateTime<Utc>> {
        self.until
    }

    fn enter(&mut self, fresh: bool, cx: &mut Cx<'_>) {
        // Whoever comes back after its end may watch it once more.
        if self.until.is_none_or(|until| until <= cx.session.now) {
            self.until = ends(&self.film, cx.session);
        }
        if fresh || matches!(self.place, Place::Asked(None)) {
            self.ask(cx);
        }
    }

    fn mouse(&mut self, mouse: Mouse, cx: &mut Cx<'_>) {
        if mouse.kind == MouseKind::Press {
            self.until = ends(&self.film, cx.session);
        }
    }

    fn resized(&mut self, cx: &mut Cx<'_>) {
        self.fit(cx.session.size);
    }

    fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> bool {
        match action {
            Action::Watch => self.until = ends(&self.film, cx.session),
            Action::CopyLink => match self.address().map(str::to_owned) {
                Some(address) => {
                    self.until = ends(&self.film, cx.session);
                    copy_link(address, cx);
                }
                None => cx.toast(Tone::Info, cx.session.tr("page-no-link")),
            },
            Action::NextFilm => {
                if acts::go_on(&self.desk, &self.route, cx) {
                    cx.close();
                }
            }
            Action::Pictures => cx.open(Box::new(Viewer::of(&self.film.film, cx.session))),
            _ => return acts::act(&self.desk, &self.now(), &self.route, action, cx),
        }
        true
    }

    fn reply(&mut self, ticket: Ticket, result: Result<Answer, Failure>, cx: &mut Cx<'_>) {
        if !matches!(self.place, Place::Asked(Some(asked)) if asked == ticket) {
            return;
        }
        match result.map(|answer| answer.reply) {
            Ok(Reply::FilmToJudge(film)) => {
                let place = page::place(&film);
                self.code = match &place {
                    Watching::At(address) if !plain(cx.session) => Qr::of(&short(address)),
                    _ => None,
                };
                self.place = Place::Known(place);
            }
            Ok(_) => {}
            Err(failure) => self.place = Place::Failed(failure),
        }
        self.fit(cx.session.size);
    }

    fn view(&self, area: Rect, canvas: &mut Canvas<'_>) {
        let session = canvas.session;
        let area = inner(area);
        let Some(address) = self.address() else {
            return self.words(area.width, false, session).draw(area, 0, canvas);
        };
        if Self::above(address, area.width) {
            draw_address(Rect { height: area.height.min(1), ..area }, canvas, address);
        }
        let room = Self::room(address, area);
        let place = self.cells(room).and_then(|(width, height)| {
            self.code.as_ref()?.draw(Rect { width, height, ..room }, canvas.buf, session.theme.mode)
        });
        let shift = place.map_or(0, |place| place.width + GAP);
        let mut beside = Rect { x: room.x + shift, width: room.width.saturating_sub(shift), ..room };
        if !Self::above(address, area.width) {
            let rows = draw_address(beside, canvas, address).saturating_add(1).min(beside.height);
            beside = Rect { y: beside.y + rows, height: beside.height - rows, ..beside };
        }
        self.words(beside.width, place.is_some(), session).draw(beside, 0, canvas);
    }
}
