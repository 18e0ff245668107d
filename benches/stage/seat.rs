//! A program in a pseudo-terminal, and when what was on its screen.

use std::io::{Read as _, Write};
use std::num::NonZeroU16;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, PtySize, native_pty_system};

/// Longest wait for anything.
const PATIENCE: Duration = Duration::from_secs(30);

/// A running program with its screen.
pub(crate) struct Seat {
    child: Box<dyn Child + Send + Sync>,
    keyboard: Box<dyn Write + Send>,
    output: Receiver<(Instant, Vec<u8>)>,
    parser: vt100::Parser,
    /// When the program was started.
    pub(crate) started: Instant,
    /// Bytes written so far.
    pub(crate) bytes: usize,
}

impl Seat {
    /// Starts it.
    pub(crate) fn take(command: CommandBuilder, (columns, rows): (u16, u16)) -> Self {
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        let pty = native_pty_system().openpty(size).unwrap();
        let (keyboard, mut reader) = (pty.master.take_writer().unwrap(), pty.master.try_clone_reader().unwrap());
        let (sender, output) = channel();
        let master = pty.master;
        std::thread::spawn(move || {
            // The terminal stays open as long as somebody reads from it.
            let _master = master;
            let mut buffer = vec![0; 64 * 1024];
            while let Ok(read @ 1..) = reader.read(&mut buffer) {
                if sender.send((Instant::now(), buffer[..read].to_vec())).is_err() {
                    break;
                }
            }
        });
        let started = Instant::now();
        let child = pty.slave.spawn_command(command).unwrap();
        let whole = |length| NonZeroU16::new(length).unwrap();
        let parser = vt100::Parser::new(whole(rows), whole(columns), 0);
        Self { child, keyboard, output, parser, started, bytes: 0 }
    }

    /// Waits until the screen is as wanted: when the bytes came that made it so.
    pub(crate) fn until(&mut self, what: &str, mut wanted: impl FnMut(&vt100::Screen) -> bool) -> Instant {
        let (mut at, end) = (Instant::now(), Instant::now() + PATIENCE);
        while !wanted(self.parser.screen()) {
            match self.output.recv_timeout(end.saturating_duration_since(Instant::now())) {
                Ok((when, bytes)) => at = self.took(when, &bytes),
                Err(why) => panic!("no {what} ({why}); the screen:\n{}", self.parser.screen().contents()),
            }
        }
        at
    }

    /// Presses a key: how long until the last byte of the frame that it led to, and how many bytes that frame had.
    pub(crate) fn key(&mut self, key: &str) -> (Duration, usize) {
        self.idle(Duration::from_millis(2));
        let (pressed, before) = (self.press(key), self.bytes);
        let at = self.settled(Duration::from_millis(5));
        (at - pressed, self.bytes - before)
    }

    /// Waits for output and then until none came for a while: when the last of it came.
    pub(crate) fn settled(&mut self, quiet: Duration) -> Instant {
        let (when, bytes) = self.output.recv_timeout(PATIENCE).expect("something on the screen");
        let mut at = self.took(when, &bytes);
        while let Ok((when, bytes)) = self.output.recv_timeout(quiet) {
            at = self.took(when, &bytes);
        }
        at
    }

    /// Lets it run for a while; how many bytes it wrote meanwhile.
    pub(crate) fn idle(&mut self, time: Duration) -> usize {
        let (before, end) = (self.bytes, Instant::now() + time);
        loop {
            match self.output.recv_timeout(end.saturating_duration_since(Instant::now())) {
                Ok((when, bytes)) => self.took(when, &bytes),
                Err(RecvTimeoutError::Timeout) => return self.bytes - before,
                Err(RecvTimeoutError::Disconnected) => panic!("it ended"),
            };
        }
    }

    fn took(&mut self, when: Instant, bytes: &[u8]) -> Instant {
        self.bytes += bytes.len();
        self.parser.process(bytes);
        when
    }

    /// What it shows.
    pub(crate) fn screen(&self) -> &vt100::Screen {
        self.parser.screen()
    }

    /// Types.
    pub(crate) fn press(&mut self, keys: &str) -> Instant {
        let now = Instant::now();
        self.keyboard.write_all(keys.as_bytes()).unwrap();
        self.keyboard.flush().unwrap();
        now
    }

    /// Time that it has spent on the processors.
    pub(crate) fn cpu(&self) -> Duration {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.process_id().unwrap())).unwrap();
        // After the name, which may hold anything: user time is the 12th field and system time the 13th, in hundredths.
        let fields = stat.rsplit(')').next().unwrap_or_default();
        let ticks: u64 = fields.split_whitespace().skip(11).take(2).filter_map(|field| field.parse::<u64>().ok()).sum();
        Duration::from_millis(ticks * 10)
    }

    /// Resident memory in MiB.
    pub(crate) fn memory(&self) -> f64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.process_id().unwrap()));
        let status = status.unwrap_or_default();
        let kib = status.lines().find_map(|line| line.strip_prefix("VmRSS:")?.split_whitespace().next()?.parse().ok());
        kib.map_or(f64::NAN, |kib: f64| kib / 1024.0)
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
