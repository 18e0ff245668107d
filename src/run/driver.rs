//! The only loop: input and answers go into the app as messages, its effects are carried out, and what it draws goes
//! to the terminal as differences. One runs per session; nothing is drawn by a timer.

use std::cell::RefCell;
use std::time::Duration;

use chrono::{DateTime, Utc};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use secrecy::SecretString;
use tokio::sync::{broadcast, mpsc, watch};
use tokio::time::Instant;

use crate::api::account::SignedIn;
use crate::api::{Changed, Failure, Reply, Request, Topic};
use crate::app::effect::Effect;
use crate::app::msg::Msg;
use crate::app::{App, Known};
use crate::domain::UserId;
use crate::domain::rule::Rule;
use crate::domain::user::Role;
use crate::domain::visit::{Way, Why};
use crate::service::Caller;
use crate::service::presence::{Told, Visit};

use super::backend::{Backend, End, Event, sane_size};
use super::frame::{Caps, FrameWriter, copy};
use super::gallery::{Gallery, Made};
use super::host::{Host, News, Opening, Service};
use super::token::TokenFile;
use super::work::Work;

/// So many waiting events are taken before the next frame, so that a flood of them cannot hold it up for ever.
const BATCH: usize = 256;

/// A flood of changes is shown as one frame in this time: nobody sees more.
const PACE: Duration = Duration::from_millis(8);

/// So many frames may come at once before the pace holds, so that a key is never kept waiting by the frame before it.
const BURST: u32 = 4;

/// How long changes that are under way may take after the person has left.
const GRACE: Duration = Duration::from_secs(5);

thread_local! {
    /// Where screens are drawn before they are written, shared by the sessions of a thread: cleared before each use,
    /// so that a fault cannot show one person's screen to another.
    static SCRATCH: RefCell<Buffer> = RefCell::new(Buffer::empty(Rect::ZERO));
}

/// Who a session belongs to and how they are known.
#[derive(Debug)]
pub struct Visitor {
    /// Who asks and from where; signing in and out changes it.
    pub caller: Caller,
    /// How they are known already.
    pub known: Known,
    /// How they signed in, if they have.
    pub way: Way,
    /// Where this computer keeps what it is known by, if it may.
    pub tokens: Option<TokenFile>,
    /// Who wants to know how the visitor stands: the server, which shows out who does not sign in.
    pub standing: Option<watch::Sender<Standing>>,
}

/// How a visitor stands while the console is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Standing {
    /// Whose console it is; a locked one still is. `None` at the sign-in screen.
    pub user: Option<UserId>,
    /// Wrong passwords since it was anybody's.
    pub wrong_passwords: u32,
}

/// Runs one console on one terminal until either ends.
pub async fn run<S: Service>(host: &Host<S>, mut backend: impl Backend, visitor: Visitor) -> End {
    let mut driver = Driver::new(host, &backend, visitor);
    let end = driver.drive(&mut backend).await;
    let effects = driver.app.leave();
    driver.carry_out(effects);
    driver.depart(end);
    // The terminal is given back first; what is being written is finished behind it.
    backend.end(end);
    driver.work.finish(GRACE).await;
    end
}

struct Driver<'a, S> {
    host: &'a Host<S>,
    app: App,
    caller: Caller,
    tokens: Option<TokenFile>,
    /// How somebody signs in, or has signed in last.
    way: Way,
    /// The visit of whoever has signed in, also while it is locked.
    visit: Option<Visit>,
    standing: Option<watch::Sender<Standing>>,
    work: Work,
    answers: mpsc::UnboundedReceiver<Box<Msg>>,
    news: Option<broadcast::Receiver<News>>,
    encoded: mpsc::UnboundedReceiver<Made>,
    screen: Screen,
    wake: Option<DateTime<Utc>>,
    ended: Option<End>,
}

/// What the terminal shows and may be sent.
struct Screen {
    size: (u16, u16),
    caps: Caps,
    writer: FrameWriter,
    gallery: Gallery,
    /// Whether a frame is needed although the app has nothing new.
    stale: bool,
    /// Bytes that go out before the next frame (the clipboard).
    first: Vec<u8>,
    /// The buffer for the next frame; `None` while one is on its way.
    buffer: Option<Vec<u8>>,
    /// When a frame would be due if every frame had waited for its turn. It may run ahead of the clock by a burst.
    turn: Instant,
}

impl Screen {
    /// When the next frame may be drawn.
    fn next(&self) -> Instant {
        self.turn - PACE * BURST
    }

    /// A frame was drawn.
    fn drawn(&mut self) {
        self.turn = self.turn.max(Instant::now()) + PACE;
    }
}

/// What woke the loop.
enum Woken {
    Event(Event),
    Answer(Box<Msg>),
    News(Result<News, broadcast::error::RecvError>),
    Told(Told),
    Encoded(Made),
    Due,
    MayDraw,
}

impl<'a, S: Service> Driver<'a, S> {
    fn new(host: &'a Host<S>, backend: &impl Backend, visitor: Visitor) -> Self {
        let (answer, answers) = mpsc::unbounded_channel();
        let (made, encoded) = mpsc::unbounded_channel();
        let (size, caps) = (backend.size(), host.caps(backend.caps()));
        let known = visitor.known;
        let arrived = match &known {
            Known::Person(signed_in) => Some(signed_in.clone()),
            _ => None,
        };
        let opening = Opening { known, size, caps, now: host.now() };
        let (app, effects) = host.open(opening);
        let mut driver = Self {
            host,
            app,
            caller: visitor.caller,
            tokens: visitor.tokens,
            way: visitor.way,
            visit: None,
            standing: visitor.standing,
            work: Work::new(answer, host.jobs(), host.runtime()),
            answers,
            news: Some(host.service().news()),
            encoded,
            screen: Screen {
                size,
                caps,
                writer: FrameWriter::new(),
                gallery: Gallery::new(made, host.jobs()),
                stale: false,
                first: Vec::new(),
                buffer: Some(Vec::new()),
                turn: Instant::now(),
            },
            wake: None,
            ended: None,
        };
        if let Some(signed_in) = arrived {
            driver.arrive(&signed_in);
        }
        driver.carry_out(effects);
        driver.app.take_dirty();
        driver.tell_standing();
        driver
    }

    async fn drive(&mut self, backend: &mut impl Backend) -> End {
        // The first frame is always drawn.
        let mut dirty = true;
        loop {
            if let Some(end) = self.ended {
                return end;
            }
            let may_draw = dirty && self.screen.buffer.is_some();
            if may_draw && self.screen.next() <= Instant::now() {
                self.draw(backend);
                dirty = self.screen.writer.unfinished();
                continue;
            }
            let woken = self.wait(backend, may_draw).await;
            self.take(woken);
            if self.take_waiting(backend) {
                // Whoever floods this session keeps no other one of this thread waiting.
                tokio::task::yield_now().await;
            }
            self.look_at(backend);
            self.tell_standing();
            let stale = std::mem::take(&mut self.screen.stale);
            dirty |= self.app.take_dirty() || stale || !self.screen.first.is_empty();
        }
    }

    /// Waits for whatever comes first.
    async fn wait(&mut self, backend: &mut impl Backend, may_draw: bool) -> Woken {
        let due = self.wake.map(|at| {
            let wait = (at - self.host.now()).to_std().unwrap_or_default();
            Instant::now() + wait
        });
        let draw_at = self.screen.next();
        tokio::select! {
            biased;
            event = backend.event() => Woken::Event(event),
            Some(msg) = self.answers.recv() => Woken::Answer(msg),
            Some(news) = next_news(&mut self.news) => Woken::News(news),
            Some(told) = told(self.visit.as_ref()) => Woken::Told(told),
            Some(made) = self.encoded.recv() => Woken::Encoded(made),
            () = tokio::time::sleep_until(draw_at), if may_draw => Woken::MayDraw,
            () = sleep_until(due), if due.is_some() => Woken::Due,
        }
    }

    fn take(&mut self, woken: Woken) {
        match woken {
            Woken::Event(Event::Input(msg)) => {
                self.update(Msg::Tick(self.host.now()));
                self.input(msg);
            }
            Woken::Event(event) => self.event(event),
            Woken::Answer(msg) => self.update(*msg),
            Woken::News(news) => self.hear(news),
            Woken::Told(told) => self.ended = Some(End::Told(told, self.app.session().lang.language)),
            Woken::Encoded(made) => {
                self.screen.gallery.take(made);
                self.screen.stale = true;
            }
            Woken::Due => {
                self.wake = None;
                self.update(Msg::Tick(self.host.now()));
            }
            Woken::MayDraw => {}
        }
    }

    /// Takes what has come in meanwhile: many keys, one frame. Answers whether there may be more.
    fn take_waiting(&mut self, backend: &mut impl Backend) -> bool {
        for _ in 0..BATCH {
            if self.ended.is_some() {
                return false;
            }
            if let Some(event) = backend.waiting() {
                self.event(event);
            } else if let Ok(msg) = self.answers.try_recv() {
                self.update(*msg);
            } else {
                return false;
            }
        }
        true
    }

    /// Tells whoever wants to know whose console this is now.
    fn tell_standing(&self) {
        let Some(standing) = &self.standing else { return };
        let user = self.app.session().person.as_ref().map(|person| person.id);
        standing.send_if_modified(|known| {
            let changed = known.user != user;
            if changed {
                *known = Standing { user, wrong_passwords: 0 };
            }
            changed
        });
    }

    /// A password was wrong: at the sign-in screen that counts as it does before a console is open.
    fn wrong_password(&self) {
        if let Some(standing) = &self.standing {
            standing.send_if_modified(|known| {
                known.wrong_passwords += u32::from(known.user.is_none());
                known.user.is_none()
            });
        }
    }

    /// A terminal with another size may have another font.
    fn look_at(&mut self, backend: &impl Backend) {
        let caps = self.host.caps(backend.caps());
        if caps != self.screen.caps {
            self.screen.caps = caps;
            self.screen.stale = true;
            self.update(Msg::Pictures(caps.show()));
        }
    }

    fn event(&mut self, event: Event) {
        match event {
            Event::Input(msg) => self.input(msg),
            Event::Written(buffer) => self.screen.buffer = Some(buffer),
            Event::End(end) => self.ended = Some(end),
        }
    }

    fn input(&mut self, msg: Msg) {
        if let Msg::Resize(columns, rows) = msg {
            self.screen.size = sane_size(columns.into(), rows.into());
            self.update(Msg::Resize(self.screen.size.0, self.screen.size.1));
        } else {
            if let Some(visit) = &self.visit {
                visit.touch();
            }
            self.update(msg);
        }
    }

    fn hear(&mut self, news: Result<News, broadcast::error::RecvError>) {
        match news {
            // Jurors, of whom there may be a thousand, do not see who is on.
            Ok(News::Changed(changed)) if changed.topic == Topic::Sessions && !self.is_administrator() => {}
            Ok(News::Changed(changed)) => self.update(Msg::Changed(changed)),
            Ok(News::Database(there)) => self.update(Msg::Database(there)),
            Ok(News::Everything) | Err(broadcast::error::RecvError::Lagged(_)) => {
                for topic in Topic::ALL {
                    self.update(Msg::Changed(Changed { topic, ids: None }));
                }
            }
            Err(broadcast::error::RecvError::Closed) => self.news = None,
        }
    }

    fn update(&mut self, msg: Msg) {
        if let Msg::Reply(_, Ok(answer)) = &msg
            && let Reply::SignedIn(signed_in) = &answer.reply
        {
            self.arrive(signed_in);
            if let (Some(tokens), Some(token)) = (&self.tokens, &signed_in.token) {
                tokens.keep(token);
            }
        }
        if let Msg::Reply(_, Err(Failure::Rule(refusal))) = &msg
            && refusal.rule == Rule::WrongPassword
        {
            self.wrong_password();
        }
        match &msg {
            Msg::Reply(ticket, result) => {
                self.work.ended(*ticket, !matches!(result, Err(Failure::Unavailable(_))));
            }
            Msg::Computed(ticket, _) => self.work.ended(*ticket, true),
            _ => {}
        }
        let effects = self.app.update(msg);
        self.carry_out(effects);
    }

    fn carry_out(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Call(ticket, mut request) => {
                    let caller = self.caller.clone();
                    match &mut request {
                        Request::SignOut { token } => *token = self.leave(),
                        Request::SignIn { .. } => self.way = Way::Password,
                        Request::Resume { .. } => self.way = Way::Token,
                        Request::CreateFirstAdministrator { .. } => self.way = Way::First,
                        _ => {}
                    }
                    self.work.call(self.host.service(), caller, ticket, request);
                }
                Effect::Compute(ticket, job) => self.work.compute(ticket, job),
                Effect::Cancel(ticket) => self.work.cancel(ticket),
                Effect::WakeAt(at) => self.wake = Some(at),
                Effect::Copy(text) => {
                    if let Err(error) = copy(&text, &mut self.screen.first) {
                        tracing::warn!(%error, "not copied");
                    }
                }
                Effect::Save(ticket, file) => {
                    // Only where the person sits at this computer.
                    let here = self.app.session().place.saves;
                    self.work.save(ticket, file, here);
                }
                Effect::Repaint => self.screen.writer.invalidate(),
                Effect::Quit => self.ended = Some(End::Quit),
            }
        }
    }

    fn is_administrator(&self) -> bool {
        self.app.session().role() == Some(Role::Admin)
    }

    /// Somebody is here from now on; whoever comes back after a lock was here all the time.
    fn arrive(&mut self, signed_in: &SignedIn) {
        let user = signed_in.person.id;
        (self.caller.user, self.caller.proof) = (Some(user), signed_in.proof.clone());
        if self.visit.as_ref().is_some_and(|visit| visit.user() == user) {
            return;
        }
        if let Some(before) = self.visit.take() {
            before.close(Why::Locked);
        }
        let visit = self.host.service().visits().begin(signed_in, &self.caller.origin, self.way);
        self.caller.visit = Some(visit.id());
        self.visit = Some(visit);
    }

    /// The session has ended.
    fn depart(&mut self, end: End) {
        let Some(visit) = self.visit.take() else { return };
        let locked = self.caller.user.is_none();
        visit.close(match end.why() {
            Why::Quit | Why::Lost if locked => Why::Locked,
            why => why,
        });
    }

    /// From now on nobody asks here, and this computer is known no more; answers the token that is to end.
    fn leave(&mut self) -> Option<SecretString> {
        (self.caller.user, self.caller.proof) = (None, None);
        // A console that is locked keeps the visit of whoever is to come back.
        if self.app.session().person.is_none()
            && let Some(visit) = self.visit.take()
        {
            self.caller.visit = None;
            visit.close(Why::SignedOut);
        }
        let tokens = self.tokens.as_ref()?;
        let token = tokens.load();
        tokens.forget();
        token
    }

    fn draw(&mut self, backend: &mut impl Backend) {
        let screen = &mut self.screen;
        let Some(mut bytes) = screen.buffer.take() else { return };
        bytes.clear();
        bytes.append(&mut screen.first);
        SCRATCH.with_borrow_mut(|scratch| {
            let area = Rect::new(0, 0, screen.size.0, screen.size.1);
            scratch.resize(area);
            scratch.reset();
            let drawn = self.app.view(area, scratch);
            let pictures = screen.gallery.arrange(&drawn.pictures, screen.caps.graphics);
            screen.writer.hang(pictures);
            screen.writer.write(scratch, drawn.cursor, &drawn.links, &screen.caps, &mut bytes);
        });
        if bytes.is_empty() {
            screen.buffer = Some(bytes);
        } else {
            screen.drawn();
            backend.write(bytes);
        }
    }
}

async fn next_news(news: &mut Option<broadcast::Receiver<News>>) -> Option<Result<News, broadcast::error::RecvError>> {
    match news {
        Some(news) => Some(news.recv().await),
        None => None,
    }
}

async fn told(visit: Option<&Visit>) -> Option<Told> {
    match visit {
        Some(visit) => Some(visit.told().await),
        None => None,
    }
}

async fn sleep_until(due: Option<Instant>) {
    if let Some(due) = due {
        tokio::time::sleep_until(due).await;
    }
}
