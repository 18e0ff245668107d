//! How long one frame takes: a key, the view, and the bytes for the terminal.
//!
//! `cargo bench --bench frame`

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod stage;

use std::collections::VecDeque;
use std::hint::black_box;
use std::sync::Arc;

use chrono::Utc;
use criterion::{Criterion, criterion_group, criterion_main};
use marsai::api::account::Person;
use marsai::app::effect::{Cancelled, Effect};
use marsai::app::key::Key;
use marsai::app::keymap::Keymap;
use marsai::app::lang::Language;
use marsai::app::msg::Msg;
use marsai::app::session::Place;
use marsai::app::{App, Known, Start};
use marsai::domain::UserId;
use marsai::domain::user::Role;
use marsai::run::frame::{Caps, FrameWriter};
use marsai::service::{NoObserver, Service};
use marsai::widgets::picture::Show;
use marsai::widgets::theme::Theme;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use tokio::runtime::Runtime;

use stage::Stage;

/// A console without a terminal, as far as its own requests and computations take it.
fn console(runtime: &Runtime, service: &Service, size: (u16, u16)) -> App {
    let name = "Camille Roux".to_owned();
    let person = Person { id: UserId(1), name, email: "camille.roux@marsai.example".to_owned(), role: Role::Admin };
    let (mut app, effects) = App::new(Start {
        language: Language::En,
        theme: Theme::default(),
        keymap: Arc::new(Keymap::default()),
        place: Place { database: "bench".to_owned(), operator: false, remember: false, saves: false, demo: true },
        now: Utc::now(),
        size,
        pictures: Show::Blocks,
        known: Known::Person(person.into()),
    });
    let mut effects = VecDeque::from(effects);
    while let Some(effect) = effects.pop_front() {
        let msg = match effect {
            Effect::Call(ticket, request) => {
                let answer = runtime.block_on(service.call(&stage::administrator(), request, None, &NoObserver));
                assert!(answer.is_ok(), "{answer:?}");
                Msg::Reply(ticket, answer)
            }
            Effect::Compute(ticket, job) => Msg::Computed(ticket, job.run(&Cancelled::default())),
            _ => continue,
        };
        effects.extend(app.update(msg));
    }
    app
}

fn frames(criterion: &mut Criterion) {
    let runtime = Runtime::new().unwrap();
    let stage = runtime.block_on(Stage::set(stage::films()));
    let service = runtime.block_on(stage.service());
    for size in [(80, 24), (200, 60)] {
        let area = Rect::new(0, 0, size.0, size.1);
        let caps = Caps::default();
        let mut app = console(&runtime, &service, size);
        let (mut buffer, mut out, mut writer) = (Buffer::empty(area), Vec::new(), FrameWriter::new());
        let mut draw = |app: &App, writer: &mut FrameWriter| {
            buffer.reset();
            out.clear();
            let drawn = app.view(area, &mut buffer);
            writer.write(&buffer, drawn.cursor, &drawn.links, &caps, &mut out);
            black_box(out.len())
        };
        let mut group = criterion.benchmark_group(format!("{}x{}", size.0, size.1));
        let mut down = false;
        group.bench_function("a key, the view and its bytes", |bencher| {
            bencher.iter(|| {
                down = !down;
                app.update(Msg::Key(Key::char(if down { 'j' } else { 'k' })));
                draw(&app, &mut writer)
            });
        });
        group.bench_function("a whole frame anew", |bencher| {
            bencher.iter(|| {
                writer.invalidate();
                draw(&app, &mut writer)
            });
        });
        group.finish();
    }
    drop(service);
    runtime.block_on(stage.server.leave()).unwrap();
}

criterion_group!(benches, frames);
criterion_main!(benches);
