//! More time for jurors: who was given some, and until when.

use chrono::{DateTime, Days, NaiveDateTime, Utc};
use chrono_tz::Tz;
use ratatui::layout::Rect;

use crate::api::juror::{AllDeadlines, ExtensionRow};
use crate::api::{Answer, Changed, Failure, Reply, Request, Topic};
use crate::app::action::Action;
use crate::app::cx::{Cx, Tone};
use crate::app::keymap::Context;
use crate::app::msg::{Mouse, MouseKind, Ticket};
use crate::app::sentence;
use crate::app::session::Session;
use crate::domain::UserId;
use crate::domain::deadline::{self, VoteRound};
use crate::domain::rule::{Refusal, Rule};
use crate::domain::text::inert;
use crate::screens::form::{Filling, FormScreen};
use crate::screens::panel::panel;
use crate::screens::steer::steer;
use crate::screens::{Canvas, Layer, Screen};
use crate::widgets::form::{Field, Form, Kind};
use crate::widgets::menu::{Menu, MenuItem};
use crate::widgets::pen::{Pen, row};

use super::choose::ChooseJuror;

/// How wide the box gets.
const WIDE: u16 = 72;
/// The name of the one field.
const UNTIL: &str = "until";
/// The longest moment that can be typed, in characters.
const TYPED_MAX: usize = 30;

/// What a line of the menu stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Line {
    /// Somebody gets more time in this round.
    Somebody(VoteRound),
    /// A word between the lines.
    Heading,
    /// What somebody was given.
    Given(ExtensionRow),
}

/// The box: the deadlines of both rounds, and who has later ones.
#[derive(Default)]
pub(super) struct MoreTime {
    deadlines: Option<AllDeadlines>,
    lines: Vec<Line>,
    menu: Menu,
    reading: Option<Ticket>,
}

fn round(round: VoteRound, session: &Session) -> String {
    session.tr_with("more-time-round", &[("round", i64::from(round.number()).into())])
}

impl MoreTime {
    fn read(&mut self, cx: &mut Cx<'_>) {
        self.reading = Some(cx.call(Request::Deadlines {}));
    }

    fn take(&mut self, deadlines: AllDeadlines, session: &Session) {
        let (mut lines, mut items) = (Vec::new(), Vec::new());
        for which in VoteRound::ALL {
            let args = [("round", i64::from(which.number()).into())];
            let item = MenuItem::new(session.tr_with("more-time-somebody", &args));
            lines.push(Line::Somebody(which));
            items.push(match deadlines.festival.of(which) {
                Some(at) => item.detail(session.tr_with("more-time-all", &[("at", (&session.moment(at)).into())])),
                None => item.detail(session.tr("more-time-none")),
            });
        }
        let id = if deadlines.extensions.is_empty() { "more-time-nobody" } else { "more-time-given" };
        lines.push(Line::Heading);
        items.push(MenuItem::new(session.tr(id)).heading());
        for given in &deadlines.extensions {
            let until = given.until.map(|until| session.moment(until)).unwrap_or_default();
            let item = MenuItem::new(inert(&given.name));
            let mut aside = format!("{} · {until}", round(given.round, session));
            let festival = deadlines.festival.of(given.round);
            if given.until.is_some_and(|until| festival.is_none_or(|festival| until <= festival)) {
                aside = format!("{aside} · {}", session.tr("more-time-idle"));
            }
            items.push(item.aside(aside));
            lines.push(Line::Given(given.clone()));
        }
        match self.deadlines.replace(deadlines) {
            Some(_) => self.menu.renew(items),
            None => self.menu = Menu::new(items),
        }
        self.lines = lines;
    }

    fn pick(&self, cx: &mut Cx<'_>) {
        let (Some(deadlines), Some(line)) = (&self.deadlines, self.menu.picked().and_then(|at| self.lines.get(at)))
        else {
            return;
        };
        match line {
            Line::Heading => {}
            Line::Given(given) => {
                let festival = deadlines.festival.of(given.round);
                let clock = (cx.session.now, cx.session.festival.zone);
                let form = Extension { given: given.clone(), festival, clock };
                cx.open(Box::new(FormScreen::new(form)));
            }
            Line::Somebody(round) => {
                let (round, festival) = (*round, deadlines.festival.of(*round));
                if festival.is_none() {
                    let refusal = Refusal::new(Rule::NoDeadline).with("round", u32::from(round.number()));
                    cx.toast(Tone::Info, cx.session.lang.refusal(&refusal));
                    return;
                }
                let has = deadlines.extensions.iter().filter(|given| given.round == round);
                let without: Vec<UserId> = has.map(|given| given.juror).collect();
                let title = cx.session.tr_with("more-time-whom", &[("round", i64::from(round.number()).into())]);
                let choose = ChooseJuror::new(title, None, without, move |juror, _, cx| {
                    let given = ExtensionRow { juror: juror.juror, name: juror.name.clone(), round, until: None };
                    let clock = (cx.session.now, cx.session.festival.zone);
                    cx.open(Box::new(FormScreen::new(Extension { given, festival, clock })));
                });
                cx.open(Box::new(choose.enabled()));
            }
        }
    }
}

impl Screen for MoreTime {
    fn title(&self) -> &'static str {
        "more-time-title"
    }

    fn layer(&self) -> Layer {
        Layer::Box
    }

    fn contexts(&self) -> &'static [Context] {
        &[Context::Menu]
    }

    fn enter(&mut self, _fresh: bool, cx: &mut Cx<'_>) {
        self.read(cx);
    }

    fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> bool {
        match action {
            Action::Help | Action::Repaint | Action::Quit => return false,
            Action::Back => cx.close(),
            Action::Refresh => self.read(cx),
            Action::Accept => self.pick(cx),
            _ => return steer(&mut self.menu, action),
        }
        true
    }

    fn mouse(&mut self, mouse: Mouse, cx: &mut Cx<'_>) {
        match mouse.kind {
            MouseKind::Press if self.menu.click(mouse.column, mouse.row) => self.pick(cx),
            MouseKind::Press => {}
            MouseKind::WheelUp => _ = steer(&mut self.menu, Action::Up),
            MouseKind::WheelDown => _ = steer(&mut self.menu, Action::Down),
        }
    }

    fn reply(&mut self, ticket: Ticket, result: Result<Answer, Failure>, cx: &mut Cx<'_>) {
        if self.reading.take_if(|asked| *asked == ticket).is_none() {
            return;
        }
        match result.map(|answer| answer.reply) {
            Ok(Reply::Deadlines(deadlines)) => self.take(deadlines, cx.session),
            Ok(_) => {}
            Err(failure) => {
                cx.toast(Tone::Problem, sentence::failure(&cx.session.lang, &failure));
                if self.deadlines.is_none() {
                    cx.close();
                }
            }
        }
    }

    fn changed(&mut self, changed: &Changed, cx: &mut Cx<'_>) {
        if changed.topic == Topic::Settings {
            self.read(cx);
        }
    }

    fn view(&self, area: Rect, canvas: &mut Canvas<'_>) {
        let title = canvas.session.tr("more-time-heading");
        let theme = &canvas.session.theme;
        if self.deadlines.is_none() {
            let body = panel(area, canvas, &title, WIDE, 3);
            let text = canvas.session.tr("page-loading");
            Pen::new(row(body, 0), canvas.buf, theme.signs.ellipsis).put(&text, theme.dim);
            return;
        }
        let body = panel(area, canvas, &title, WIDE.min(area.width), self.menu.height().saturating_add(2));
        self.menu.draw(body, canvas.buf, theme);
    }
}

/// What is filled in: until when one juror has time in one round.
struct Extension {
    given: ExtensionRow,
    /// The festival's own deadline of that round.
    festival: Option<DateTime<Utc>>,
    /// When the form was opened, and the festival's zone.
    clock: (DateTime<Utc>, Tz),
}

impl Extension {
    /// What the field begins with: what was given, or a day more than everybody has, and than now.
    fn begin(&self, session: &Session) -> String {
        match (self.given.until, self.festival) {
            (Some(until), _) => session.moment(until),
            (None, Some(all)) => {
                let (now, zone) = self.clock;
                let day = |at: NaiveDateTime| at.checked_add_days(Days::new(1)).unwrap_or(at);
                let (all, now) = (all.with_timezone(&zone).naive_local(), now.with_timezone(&zone).naive_local());
                // Of a deadline that is over the hour stays.
                let later = if all < now { day(now.date().and_time(all.time())) } else { day(all) };
                later.format(&session.tr("format-moment")).to_string()
            }
            (None, None) => String::new(),
        }
    }

    /// What is typed as a moment; `None`: nothing is.
    fn read(&self, typed: &str) -> Result<Option<NaiveDateTime>, Refusal> {
        if typed.trim().is_empty() {
            return Ok(None);
        }
        let local = deadline::parse(typed)?;
        let until = deadline::moment(local, self.clock.1);
        // What was given already stays.
        if self.given.until != Some(until) {
            deadline::check_more(self.given.round, until, self.festival, self.clock)?;
        }
        Ok(Some(local))
    }
}

impl Filling for Extension {
    const TITLE: &'static str = "more-time-title";

    const TOPIC: Topic = Topic::Settings;

    const DISCARD: &'static str = "more-time-unsaved";

    fn heading(&self, session: &Session) -> String {
        format!("{} · {}", inert(&self.given.name), round(self.given.round, session))
    }

    fn readers(&self, session: &Session) -> String {
        match self.festival {
            Some(at) => session.tr_with("more-time-all", &[("at", (&session.moment(at)).into())]),
            None => session.tr("more-time-none"),
        }
    }

    fn form(&self, session: &Session) -> Form {
        let zone = self.clock.1.name();
        let example = session.tr("example-moment");
        let args = [("zone", zone.into()), ("example", (&example).into())];
        let help = session.tr_with("more-time-help", &args);
        let label = session.tr("field-until");
        Form::new([Field::new(UNTIL, label, Kind::Line { max: TYPED_MAX }).help(help).value(self.begin(session))])
    }

    fn judge(&self, _field: &str, value: &str) -> Result<(), Refusal> {
        self.read(value).map(|_| ())
    }

    fn request(&self, form: &Form) -> Result<Option<Request>, Refusal> {
        let local = self.read(&form.value(UNTIL))?;
        if local.map(|local| deadline::moment(local, self.clock.1)) == self.given.until {
            return Ok(None);
        }
        let until = local.map(|local| local.format(deadline::FORMAT).to_string());
        Ok(Some(Request::ExtendDeadline { juror: self.given.juror, round: self.given.round, until }))
    }

    fn loaded(&self, _field: &str) -> String {
        String::new()
    }

    fn rebase(&mut self, _field: &str, _now: &str) {}

    fn saved(&mut self, answer: &Answer, session: &Session) -> Option<String> {
        let Reply::Extension(row) = &answer.reply else { return None };
        let (name, round) = (inert(&row.name).into_owned(), i64::from(row.round.number()));
        let until = row.until.map(|until| session.moment(until));
        let args = [("name", (&name).into()), ("round", round.into())];
        Some(match &until {
            Some(until) => session.tr_with("more-time-saved", &[&args[..], &[("until", until.into())]].concat()),
            None => session.tr_with("more-time-taken-back", &args),
        })
    }

    fn closed(&self, cx: &mut Cx<'_>) {
        cx.act_later(Action::Refresh);
    }
}
