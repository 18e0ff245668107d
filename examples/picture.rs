//! Draws the README's pictures from real frames: the console itself on a made-up festival, without a terminal.
//!
//! `make picture` writes `docs/*.svg`. The festival, the moment and the size are fixed, so that a picture changes only when
//! the console does.

use std::collections::VecDeque;
use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use marsai::api::{Reply, Request};
use marsai::app::effect::{Cancelled, Effect};
use marsai::app::key::Key;
use marsai::app::keymap::Keymap;
use marsai::app::lang::Language;
use marsai::app::msg::Msg;
use marsai::app::session::Place;
use marsai::app::{App, Known, Start};
use marsai::demo;
use marsai::mariadb::Server;
use marsai::service::{Caller, NoObserver, Origin, Service};
use marsai::store::Shape;
use marsai::store::connect::{self, PoolSettings, Target};
use marsai::store::migrate;
use marsai::widgets::picture::Show;
use marsai::widgets::signs::Signs;
use marsai::widgets::theme::{Mode, Theme};
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};
use sqlx::ConnectOptions as _;
use unicode_width::UnicodeWidthStr as _;

/// Down to the first film whose panel has voted with one mind, or nearly.
const TO_A_COMPLETE_ROUND: &[&str] = &["Down"; 9];

/// The pictures: file, language, and the keys that lead there.
const PICTURES: &[(&str, Language, &[&str])] = &[
    ("films", Language::En, TO_A_COMPLETE_ROUND),
    ("advance", Language::En, &["Down", "Down", "Down", "Down", "Down", "Down", "Down", "Down", "Down", "a"]),
    ("votes", Language::Fr, &["3"]),
];

/// Columns and rows.
const SIZE: (u16, u16) = (120, 36);

/// The moment at which the festival is looked at.
const NOW: &str = "2026-05-11T09:30:00Z";

type Result<T> = std::result::Result<T, Box<dyn Error>>;

#[tokio::main]
async fn main() -> Result<()> {
    let now: DateTime<Utc> = NOW.parse()?;
    let server = Server::throwaway().await?;
    let (service, caller) = festival(&server, now).await?;
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
    fs::create_dir_all(&docs)?;
    for (name, language, keys) in PICTURES {
        let mut console = Console::open(&service, &caller, *language, now).await?;
        for key in *keys {
            console.press(key.parse()?).await;
        }
        let path = docs.join(format!("{name}.svg"));
        fs::write(&path, svg(&console.draw()))?;
        println!("{}", path.display());
    }
    server.leave().await?;
    Ok(())
}

/// A made-up festival and somebody who runs it.
async fn festival(server: &Server, now: DateTime<Utc>) -> Result<(Service, Caller)> {
    let mut conn = server.connect_options().connect().await?;
    sqlx::raw_sql("CREATE DATABASE marsai CHARACTER SET utf8mb4").execute(&mut conn).await?;
    let target = Target::private(server.connect_options(), "marsai");
    let (mut conn, _) = connect::open(&target, connect::PROBE_TIMEOUT).await?;
    migrate::apply(&mut conn, migrate::Options::default(), &mut |_, _, _| {}).await?;
    let festival = demo::fill(&mut conn, &demo::Options::new(now), |_, _| {}).await?;
    let service = Service::new(connect::pool(&target, PoolSettings::default()), Shape::read(&mut conn).await?);
    let mut caller = Caller::nobody(Origin::Console);
    let password = festival.password.to_owned().into();
    let sign_in = Request::SignIn { email: festival.administrator_email, password, remember: false };
    let answer = service.call(&caller, sign_in, None, &NoObserver).await;
    if let Ok(Reply::SignedIn(signed_in)) = answer.map(|answer| answer.reply) {
        caller.user = Some(signed_in.person.id);
    }
    Ok((service, caller))
}

/// A console without a terminal: effects are carried out one after the other.
struct Console<'a> {
    app: App,
    service: &'a Service,
    caller: Caller,
}

impl<'a> Console<'a> {
    async fn open(service: &'a Service, caller: &Caller, language: Language, now: DateTime<Utc>) -> Result<Self> {
        let me = service.call(caller, Request::Me {}, None, &NoObserver).await;
        let Ok(Reply::Person(person)) = me.map(|answer| answer.reply) else { return Err("nobody is signed in".into()) };
        let (app, effects) = App::new(Start {
            language,
            theme: Theme::new(Mode::Dark, Signs::UNICODE),
            keymap: Arc::new(Keymap::default()),
            place: Place {
                database: "festival.example.org".into(),
                operator: false,
                remember: false,
                saves: false,
                demo: true,
            },
            now,
            size: SIZE,
            pictures: Show::Blocks,
            known: Known::Person(person.into()),
        });
        let mut console = Self { app, service, caller: caller.clone() };
        console.carry_out(effects).await;
        Ok(console)
    }

    async fn press(&mut self, key: Key) {
        let effects = self.app.update(Msg::Key(key));
        self.carry_out(effects).await;
    }

    async fn carry_out(&mut self, effects: Vec<Effect>) {
        let mut waiting = VecDeque::from(effects);
        while let Some(effect) = waiting.pop_front() {
            let msg = match effect {
                Effect::Call(ticket, request) => {
                    Msg::Reply(ticket, self.service.call(&self.caller, request, None, &NoObserver).await)
                }
                Effect::Compute(ticket, job) => Msg::Computed(ticket, job.run(&Cancelled::default())),
                _ => continue,
            };
            waiting.extend(self.app.update(msg));
        }
    }

    fn draw(&mut self) -> Buffer {
        let area = Rect::new(0, 0, SIZE.0, SIZE.1);
        let mut buffer = Buffer::empty(area);
        self.app.view(area, &mut buffer);
        buffer
    }
}

/// Width and height of a cell, and the margin around all, in pixels.
const CELL: (f32, f32) = (8.4, 18.0);
const MARGIN: f32 = 14.0;

/// A frame as SVG. Runs of one style are one element whose length is set, so that columns stand below each other in any font.
fn svg(buffer: &Buffer) -> String {
    let (width, height) = (f32::from(SIZE.0) * CELL.0 + 2.0 * MARGIN, f32::from(SIZE.1) * CELL.1 + 2.0 * MARGIN);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" font-size=\"14\" \
         font-family=\"ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace\" xml:space=\"preserve\">\n\
         <rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"#16181d\"/>\n"
    );
    for y in 0..SIZE.1 {
        for run in runs(buffer, y) {
            run.draw(y, &mut svg);
        }
    }
    svg.push_str("</svg>\n");
    svg
}

/// Neighbouring cells of one style.
struct Run {
    x: u16,
    cells: u16,
    text: String,
    look: Look,
    wide: bool,
}

#[derive(Clone, Copy, PartialEq)]
struct Look {
    fg: Option<Color>,
    bg: Option<Color>,
    modifier: Modifier,
}

impl Look {
    fn of(cell: &Cell) -> Self {
        let colour = |colour| (colour != Color::Reset).then_some(colour);
        let (mut fg, mut bg) = (colour(cell.fg), colour(cell.bg));
        if cell.modifier.contains(Modifier::REVERSED) {
            (fg, bg) = (bg.or(Some(Color::Rgb(22, 24, 29))), fg.or(Some(Color::Rgb(208, 208, 208))));
        }
        Self { fg, bg, modifier: cell.modifier - Modifier::REVERSED }
    }
}

fn runs(buffer: &Buffer, y: u16) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut x = 0;
    while x < SIZE.0 {
        let cell = &buffer[(x, y)];
        let symbol = if cell.symbol().is_empty() { " " } else { cell.symbol() };
        let cells = u16::try_from(symbol.width()).unwrap_or(1).max(1);
        let look = Look::of(cell);
        // A new column starts a run of its own: text from right to left must not turn its neighbours around.
        let column = |run: &Run| run.text.ends_with("  ") && symbol != " ";
        match runs.last_mut() {
            Some(run) if run.look == look && !run.wide && cells == 1 && !column(run) => {
                run.text.push_str(symbol);
                run.cells += 1;
            }
            _ => runs.push(Run { x, cells, text: symbol.to_owned(), look, wide: cells > 1 }),
        }
        x += cells;
    }
    runs
}

impl Run {
    fn draw(&self, y: u16, svg: &mut String) {
        let (x, top) = (MARGIN + f32::from(self.x) * CELL.0, MARGIN + f32::from(y) * CELL.1);
        let width = f32::from(self.cells) * CELL.0;
        // Writing into a text cannot fail.
        if let Some(bg) = self.look.bg {
            let fill = rgb(bg);
            let _ = writeln!(
                svg,
                "<rect x=\"{x:.1}\" y=\"{top:.1}\" width=\"{width:.1}\" height=\"{}\" fill=\"{fill}\"/>",
                CELL.1
            );
        }
        if self.text.trim().is_empty() && !self.look.modifier.contains(Modifier::UNDERLINED) {
            return;
        }
        let mut style = String::new();
        for (modifier, attribute) in [
            (Modifier::BOLD, " font-weight=\"bold\""),
            (Modifier::ITALIC, " font-style=\"italic\""),
            (Modifier::UNDERLINED, " text-decoration=\"underline\""),
            (Modifier::DIM, " opacity=\"0.7\""),
        ] {
            if self.look.modifier.contains(modifier) {
                style.push_str(attribute);
            }
        }
        let fill = self.look.fg.map_or_else(|| "#d0d0d0".to_owned(), rgb);
        let text = self.text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        let base = top + CELL.1 * 0.75;
        let _ = writeln!(
            svg,
            "<text x=\"{x:.1}\" y=\"{base:.1}\" textLength=\"{width:.1}\" lengthAdjust=\"spacingAndGlyphs\" fill=\"{fill}\"{style}>{text}</text>"
        );
    }
}

/// A colour of the palette as most terminals draw it.
fn rgb(colour: Color) -> String {
    const SIXTEEN: [u32; 16] = [
        0x000000, 0xcd3131, 0x0dbc79, 0xe5e510, 0x2472c8, 0xbc3fbc, 0x11a8cd, 0xd0d0d0, 0x666666, 0xf14c4c, 0x23d18b,
        0xf5f543, 0x3b8eea, 0xd670d6, 0x29b8db, 0xffffff,
    ];
    let index = match colour {
        Color::Rgb(r, g, b) => return format!("#{r:02x}{g:02x}{b:02x}"),
        Color::Indexed(index) => index,
        Color::Black => 0,
        Color::Red => 1,
        Color::Green => 2,
        Color::Yellow => 3,
        Color::Blue => 4,
        Color::Magenta => 5,
        Color::Cyan => 6,
        Color::Gray | Color::Reset => 7,
        Color::DarkGray => 8,
        Color::LightRed => 9,
        Color::LightGreen => 10,
        Color::LightYellow => 11,
        Color::LightBlue => 12,
        Color::LightMagenta => 13,
        Color::LightCyan => 14,
        Color::White => 15,
    };
    let step = |n: u8| if n == 0 { 0 } else { 55 + u32::from(n) * 40 };
    let number = match index {
        0..=15 => SIXTEEN[usize::from(index)],
        16..=231 => {
            let n = index - 16;
            step(n / 36) << 16 | step(n / 6 % 6) << 8 | step(n % 6)
        }
        232..=255 => {
            let grey = 8 + u32::from(index - 232) * 10;
            grey << 16 | grey << 8 | grey
        }
    };
    format!("#{number:06x}")
}
