//! A program on a pseudo-terminal of its own, as a person has one: keys in, a screen out.

#![allow(clippy::unwrap_used, clippy::expect_used)]
#![allow(unused, reason = "each test target compiles its own copy and uses a part of it")]

use std::io::{Read as _, Write as _};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// A program on a pseudo-terminal of its own.
pub(crate) struct Client {
    master: Box<dyn MasterPty + Send>,
    pub(crate) child: Box<dyn Child + Send + Sync>,
    input: Box<dyn std::io::Write + Send>,
    pub(crate) screen: Arc<Mutex<vt100::Parser>>,
}

impl Client {
    pub(crate) fn start(command: CommandBuilder) -> Self {
        let pty = native_pty_system();
        let pair = pty.openpty(PtySize { rows: 24, cols: 80, ..PtySize::default() }).unwrap();
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let mut output = pair.master.try_clone_reader().unwrap();
        let input = pair.master.take_writer().unwrap();
        let screen = Arc::new(Mutex::new(vt100::Parser::default()));
        let shown = Arc::clone(&screen);
        std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(n @ 1..) = output.read(&mut bytes) {
                shown.lock().unwrap().process(&bytes[..n]);
            }
        });
        Self { master: pair.master, child, input, screen }
    }

    pub(crate) fn press(&mut self, keys: &str) {
        self.input.write_all(keys.as_bytes()).unwrap();
    }

    pub(crate) async fn until(&mut self, what: &str, condition: impl Fn(&vt100::Screen) -> bool) {
        let start = Instant::now();
        while !condition(self.screen.lock().unwrap().screen()) {
            if start.elapsed() > Duration::from_secs(30) {
                panic!("no {what} on the screen:\n{}", self.screen.lock().unwrap().screen().contents());
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    pub(crate) async fn reads(&mut self, text: &str) {
        self.until(text, |screen| screen.contents().contains(text)).await;
    }

    /// Waits for its end: the exit code.
    pub(crate) async fn ended(&mut self) -> u32 {
        let start = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.exit_code();
            }
            if start.elapsed() > Duration::from_secs(30) {
                self.child.kill().unwrap();
                panic!("still there:\n{}", self.screen.lock().unwrap().screen().contents());
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    /// Makes the terminal larger and waits until the console fills it.
    pub(crate) async fn resize(&mut self, rows: u16, columns: u16) {
        self.screen.lock().unwrap().screen_mut().set_size(rows.try_into().unwrap(), columns.try_into().unwrap());
        self.master.resize(PtySize { rows, cols: columns, ..PtySize::default() }).unwrap();
        let wide = |screen: &vt100::Screen| {
            let header = screen.rows(0, columns).next().unwrap_or_default();
            header.trim_end().chars().count() > usize::from(columns) - 10
        };
        self.until("the new size", wide).await;
    }

    pub(crate) async fn is_restored(&mut self) {
        self.until("restored screen", |s| !s.alternate_screen() && !s.hide_cursor() && !s.bracketed_paste()).await;
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        // Gone already in every test that passes.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
