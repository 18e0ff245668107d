//! The terminal that the process was started on.

use std::collections::VecDeque;
use std::fs::File;
use std::future::poll_fn;
use std::io::{self, IsTerminal as _, Write as _};
use std::os::fd::AsFd as _;
use std::sync::mpsc as std_mpsc;
use std::task::Poll;
use std::time::Duration;

use crossterm::event::{
    Event as Crossterm, EventStream, KeyCode, KeyEventKind, KeyModifiers, MouseButton, MouseEventKind,
};
use crossterm::terminal;
use futures_util::StreamExt as _;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::mpsc;

use crate::app::key::Code;
use crate::app::msg::{Mouse, MouseKind, Msg};

use super::backend::{Backend, End, Event, sane_size};
use super::frame::{Caps, ENTER, LEAVE, cell_size};
use super::{input, panic};

/// How long the terminal is given to take the last bytes.
const LAST_WORDS: Duration = Duration::from_millis(500);

/// Why the console cannot run on this terminal.
#[derive(Debug, thiserror::Error)]
pub enum NoTerminal {
    /// Input or output is a file or a pipe.
    #[error("marsai needs a terminal for its screens (for scripts there is “marsai call”)")]
    NotATerminal,
    /// It can't move its cursor.
    #[error("marsai needs a terminal that can draw (TERM is “dumb” here)")]
    Dumb,
    /// The terminal refused.
    #[error("this terminal cannot be used: {0}")]
    Refused(#[from] io::Error),
}

/// What the writing thread is told. Writing to a terminal can block for as long as somebody holds Ctrl-S, and the
/// loop must hear a signal all the same.
enum Job {
    Frame(Vec<u8>),
    /// The last bytes, and who waits for them.
    Last(std_mpsc::SyncSender<()>),
}

/// The buffers that were written, or why they could not be.
type Written = mpsc::UnboundedReceiver<io::Result<Vec<u8>>>;

/// The local terminal, taken over until it is dropped. Dropped by a fault it also says where the report is.
pub struct Local {
    events: EventStream,
    /// Events that came together.
    ready: VecDeque<Event>,
    jobs: std_mpsc::Sender<Job>,
    written: Written,
    terminate: Signal,
    hangup: Signal,
    interrupt: Signal,
    caps: Caps,
    size: (u16, u16),
}

impl Local {
    /// Takes the terminal over. Must be called within the runtime.
    ///
    /// # Errors
    ///
    /// [`NoTerminal`] where there is none to take; it is then as it was.
    pub fn open() -> Result<Self, NoTerminal> {
        if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
            return Err(NoTerminal::NotATerminal);
        }
        if std::env::var_os("TERM").is_some_and(|term| term == "dumb") {
            return Err(NoTerminal::Dumb);
        }
        let (size, cell) = measured()?;
        // Before anything is changed, so that a signal always finds somebody who restores the terminal.
        let terminate = signal(SignalKind::terminate())?;
        let hangup = signal(SignalKind::hangup())?;
        let interrupt = signal(SignalKind::interrupt())?;
        // Past the standard library's buffer, which would cut a frame in two at its last line end.
        let mut out = File::from(io::stdout().as_fd().try_clone_to_owned()?);
        let (jobs, written) = writer(out.try_clone()?)?;
        terminal::enable_raw_mode()?;
        panic::keep_quiet(true);
        let local = Self {
            events: EventStream::new(),
            ready: VecDeque::new(),
            jobs,
            written,
            terminate,
            hangup,
            interrupt,
            caps: {
                let caps = Caps::from_env(|name| std::env::var(name).ok());
                Caps { cell: cell.or(caps.cell), ..caps }
            },
            size,
        };
        out.write_all(ENTER)?;
        Ok(local)
    }
}

/// The terminal's size in cells, and that of a cell where the terminal tells it.
fn measured() -> io::Result<((u16, u16), Option<(u16, u16)>)> {
    // Some systems know nothing of pixels.
    let (columns, rows, width, height) = match terminal::window_size() {
        Ok(size) => (size.columns, size.rows, size.width, size.height),
        Err(_) => terminal::size().map(|(columns, rows)| (columns, rows, 0, 0))?,
    };
    let cell = cell_size((width.into(), height.into()), (columns.into(), rows.into()));
    Ok((sane_size(columns.into(), rows.into()), cell))
}

impl Local {
    /// Takes the events that are there already. Only here, with the waker of the loop: the stream remembers the first
    /// one that it was asked with, and would wake nobody after a look without.
    async fn take_all(&mut self) {
        poll_fn(|cx| {
            while let Poll::Ready(event) = self.events.poll_next_unpin(cx) {
                let ended = event.is_none();
                self.ready.extend(read(event));
                if ended {
                    break;
                }
            }
            Poll::Ready(())
        })
        .await;
    }
}

impl Local {
    /// A new size may come with a new font.
    fn measure(&mut self) {
        let resized = self.ready.iter().any(|event| matches!(event, Event::Input(Msg::Resize(..))));
        if resized && let Ok((_, Some(cell))) = measured() {
            self.caps.cell = Some(cell);
        }
    }
}

impl Drop for Local {
    fn drop(&mut self) {
        let (done, wait) = std_mpsc::sync_channel(1);
        if self.jobs.send(Job::Last(done)).is_ok() {
            // A terminal that takes nothing is not waited for.
            let _ = wait.recv_timeout(LAST_WORDS);
        }
        // A terminal that is gone cannot be restored.
        let _ = terminal::disable_raw_mode();
        panic::keep_quiet(false);
        if std::thread::panicking() {
            // There may be nowhere to say it.
            let _ = writeln!(io::stderr(), "{}", panic::sentence());
        }
    }
}

/// Starts the thread that writes, and hands back the buffers that are written.
fn writer(mut out: File) -> io::Result<(std_mpsc::Sender<Job>, Written)> {
    let (jobs, todo) = std_mpsc::channel();
    let (done, written) = mpsc::unbounded_channel();
    std::thread::Builder::new().name("terminal".to_owned()).spawn(move || {
        for job in todo {
            match job {
                Job::Frame(mut bytes) => {
                    let result = out.write_all(&bytes);
                    bytes.clear();
                    // Nobody listens any more once the console has ended.
                    let _ = done.send(result.map(|()| bytes));
                }
                Job::Last(waiting) => {
                    let _ = out.write_all(LEAVE);
                    let _ = waiting.send(());
                    return;
                }
            }
        }
    })?;
    Ok((jobs, written))
}

impl Backend for Local {
    fn size(&self) -> (u16, u16) {
        self.size
    }

    fn caps(&self) -> Caps {
        self.caps
    }

    async fn event(&mut self) -> Event {
        loop {
            if let Some(event) = self.ready.pop_front() {
                fault_if_asked(&event);
                return event;
            }
            tokio::select! {
                event = self.events.next() => {
                    self.ready.extend(read(event));
                    self.take_all().await;
                    self.measure();
                }
                written = self.written.recv() => return match written {
                    Some(Ok(buffer)) => Event::Written(buffer),
                    _ => Event::End(End::Hangup),
                },
                _ = self.terminate.recv() => return Event::End(End::Terminated),
                _ = self.hangup.recv() => return Event::End(End::Hangup),
                _ = self.interrupt.recv() => return Event::End(End::Interrupted),
            }
        }
    }

    fn waiting(&mut self) -> Option<Event> {
        self.ready.pop_front().inspect(fault_if_asked)
    }

    fn write(&mut self, bytes: Vec<u8>) {
        // The thread ends only with this value.
        let _ = self.jobs.send(Job::Frame(bytes));
    }
}

/// For the tests of what a fault leaves behind: in a build for development, F12 is one if the environment says so.
fn fault_if_asked(event: &Event) {
    let asked = matches!(event, Event::Input(Msg::Key(key)) if key.code == Code::F(12));
    if cfg!(debug_assertions) && asked && std::env::var_os("MARSAI_TEST_PANIC").is_some() {
        panic!("asked for by MARSAI_TEST_PANIC");
    }
}

/// What an event of the terminal means; `None` for those that nobody asked for.
fn read(event: Option<io::Result<Crossterm>>) -> Option<Event> {
    let msg = match event {
        None | Some(Err(_)) => return Some(Event::End(End::Hangup)),
        Some(Ok(Crossterm::Key(key))) if key.kind != KeyEventKind::Release => {
            let held = |modifier| key.modifiers.contains(modifier);
            Msg::Key(input::new_key(
                code(key.code)?,
                held(KeyModifiers::CONTROL),
                held(KeyModifiers::ALT),
                held(KeyModifiers::SHIFT),
            ))
        }
        Some(Ok(Crossterm::Paste(text))) => input::pasted(text, false),
        Some(Ok(Crossterm::Resize(columns, rows))) => {
            let (columns, rows) = sane_size(columns.into(), rows.into());
            Msg::Resize(columns, rows)
        }
        Some(Ok(Crossterm::Mouse(mouse))) => {
            let kind = match mouse.kind {
                MouseEventKind::Down(MouseButton::Left) => MouseKind::Press,
                MouseEventKind::ScrollUp => MouseKind::WheelUp,
                MouseEventKind::ScrollDown => MouseKind::WheelDown,
                _ => return None,
            };
            Msg::Mouse(Mouse { kind, column: mouse.column, row: mouse.row })
        }
        Some(Ok(_)) => return None,
    };
    Some(Event::Input(msg))
}

fn code(code: KeyCode) -> Option<Code> {
    Some(match code {
        KeyCode::Char(c) => Code::Char(c),
        KeyCode::Enter => Code::Enter,
        KeyCode::Backspace => Code::Backspace,
        KeyCode::Tab => Code::Tab,
        KeyCode::BackTab => Code::BackTab,
        KeyCode::Esc => Code::Esc,
        KeyCode::Left => Code::Left,
        KeyCode::Right => Code::Right,
        KeyCode::Up => Code::Up,
        KeyCode::Down => Code::Down,
        KeyCode::Home => Code::Home,
        KeyCode::End => Code::End,
        KeyCode::PageUp => Code::PageUp,
        KeyCode::PageDown => Code::PageDown,
        KeyCode::Insert => Code::Insert,
        KeyCode::Delete => Code::Delete,
        KeyCode::F(n) => Code::F(n),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    //! A console in a process of its own on a pseudo-terminal: the test program starts itself again for it.
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use portable_pty::CommandBuilder;

    use super::*;
    use crate::app::Known;
    use crate::run::driver::{Visitor, run};
    use crate::run::host::Host;
    use crate::run::testing::{Client, EMAIL, Script, open, person};
    use crate::service::{Caller, Origin};

    /// Where the process of [`process`] keeps its reports; it does nothing without.
    const REPORTS: &str = "MARSAI_TEST_REPORTS";

    /// The console's process.
    #[test]
    fn process() {
        let Some(reports) = std::env::var_os(REPORTS) else { return };
        panic::install(reports.into()).unwrap();
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let end = runtime.block_on(async {
            let host = Host::new(Script::new(), open);
            let caller = Caller::nobody(Origin::Terminal { os_user: "ada@here".to_owned() });
            let visitor = Visitor { caller, known: Known::Person(person(EMAIL)), tokens: None };
            Ok::<_, NoTerminal>(run(&host, Local::open()?, visitor).await)
        });
        let code = end.map_or_else(
            |error| {
                eprintln!("{error}");
                2
            },
            End::exit_code,
        );
        runtime.shutdown_background();
        std::process::exit(code.into());
    }

    fn command(reports: &std::path::Path) -> CommandBuilder {
        let mut command = CommandBuilder::new(std::env::current_exe().unwrap());
        command.args(["--exact", "run::local::tests::process", "--nocapture"]);
        command.env(REPORTS, reports);
        command.env("TERM", "xterm-256color");
        command.env("LANG", "C.UTF-8");
        command
    }

    async fn start(reports: &std::path::Path) -> Client {
        let mut client = Client::start(command(reports));
        client.reads("Ada Lovelace").await;
        assert!(client.screen.lock().unwrap().screen().alternate_screen());
        client
    }

    #[tokio::test]
    async fn leaving_gives_the_terminal_back() {
        let dir = tempfile::tempdir().unwrap();
        let mut client = start(dir.path()).await;
        client.resize(40, 120).await;
        client.press("q");
        assert_eq!(client.ended().await, 0);
        client.is_restored().await;
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0);
    }

    #[tokio::test]
    async fn signals_end_it_and_give_the_terminal_back() {
        let dir = tempfile::tempdir().unwrap();
        use nix::sys::signal::{Signal, kill};
        for (signal, code) in [(Signal::SIGTERM, 143), (Signal::SIGHUP, 129), (Signal::SIGINT, 130)] {
            let mut client = start(dir.path()).await;
            let pid = i32::try_from(client.child.process_id().unwrap()).unwrap();
            kill(nix::unistd::Pid::from_raw(pid), signal).unwrap();
            assert_eq!(client.ended().await, code, "{signal}");
            client.is_restored().await;
        }
    }

    #[tokio::test]
    async fn a_fault_gives_the_terminal_back_and_says_where_the_report_is() {
        let dir = tempfile::tempdir().unwrap();
        let mut command = command(dir.path());
        command.env("MARSAI_TEST_PANIC", "1");
        let mut client = Client::start(command);
        client.reads("Ada Lovelace").await;
        client.press("\x1b[24~");
        assert_eq!(client.ended().await, 101);
        client.is_restored().await;
        let shown = client.screen.lock().unwrap().screen().contents().replace('\n', "");
        let report = std::fs::read_dir(dir.path()).unwrap().next().unwrap().unwrap();
        assert!(shown.contains(&report.file_name().to_string_lossy().into_owned()), "{shown}");
        assert!(std::fs::read_to_string(report.path()).unwrap().contains("MARSAI_TEST_PANIC"));
    }

    #[test]
    fn without_a_terminal_it_says_so() {
        let dir = tempfile::tempdir().unwrap();
        let output = std::process::Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "run::local::tests::process", "--nocapture"])
            .env(REPORTS, dir.path())
            .stdin(std::process::Stdio::null())
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(2));
        assert_eq!(String::from_utf8_lossy(&output.stderr).lines().count(), 1);
    }
}
