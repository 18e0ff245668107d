//! The first start on a terminal: three ways to go on.

use std::io::{Read, Write};
use std::os::unix::fs::PermissionsExt;

use portable_pty::{Child, CommandBuilder, PtySize, native_pty_system};

use super::program::Computer;
use super::support::{self, Database};

/// The program on a terminal of its own.
struct Terminal {
    child: Box<dyn Child + Send + Sync>,
    reader: Box<dyn Read + Send>,
    writer: Box<dyn Write + Send>,
    seen: String,
    /// How much of it was waited for already.
    read: usize,
}

impl Terminal {
    fn open(computer: &Computer) -> Self {
        let pair =
            native_pty_system().openpty(PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 }).unwrap();
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_marsai"));
        command.env_clear();
        for (name, value) in computer.environment() {
            command.env(name, value);
        }
        let child = pair.slave.spawn_command(command).unwrap();
        let (reader, writer) = (pair.master.try_clone_reader().unwrap(), pair.master.take_writer().unwrap());
        Self { child, reader, writer, seen: String::new(), read: 0 }
    }

    /// Reads until a text comes, then types.
    #[track_caller]
    fn answer(&mut self, question: &str, answer: &str) {
        let mut bytes = [0; 4096];
        let at = loop {
            if let Some(at) = self.seen[self.read..].find(question) {
                break self.read + at + question.len();
            }
            let count = self.reader.read(&mut bytes).unwrap_or(0);
            assert!(count > 0, "{question} never came: {}", self.seen);
            self.seen.push_str(&String::from_utf8_lossy(&bytes[..count]));
        };
        self.read = at;
        self.writer.write_all(answer.as_bytes()).unwrap();
    }

    /// Waits for the end, and says the exit code.
    fn end(mut self) -> u32 {
        let mut rest = Vec::new();
        // The terminal is gone when the program is.
        let _ = self.reader.read_to_end(&mut rest);
        self.child.wait().unwrap().exit_code()
    }
}

async fn empty() -> (Database, Computer) {
    (support::database().await, Computer::new())
}

#[test]
fn leaving_starts_nothing() {
    let computer = Computer::new();
    let mut terminal = Terminal::open(&computer);
    terminal.answer("(1-3, Enter to leave): ", "9\r");
    terminal.answer("Type 1, 2 or 3", "");
    terminal.answer("(1-3, Enter to leave): ", "1\r");
    terminal.answer("(Enter to go back): ", "postgres://host/db\r");
    terminal.answer("should begin with mysql://", "");
    terminal.answer("(Enter to go back): ", "\r");
    terminal.answer("(1-3, Enter to leave): ", "\r");
    assert_eq!(terminal.end(), 0);
    assert!(!computer.home().join("data").exists() && !computer.home().join("config").exists());
}

#[tokio::test]
async fn joining_tests_migrates_and_remembers() {
    let (database, computer) = empty().await;
    let mut terminal = Terminal::open(&computer);
    terminal.answer("(1-3, Enter to leave): ", "1\r");
    terminal.answer("(Enter to go back): ", "mysql://ann@127.0.0.1:1/festival\r");
    terminal.answer("(not shown; Enter for none): ", "s3cret\r");
    terminal.answer("refused the connection", "");
    terminal.answer("(Enter to go back): ", &format!("{}\r", database.url()));
    terminal.answer("(not shown; Enter for none): ", "\r");
    terminal.answer("create console_meta", "");
    terminal.answer("(yes or no): ", "yes\r");
    terminal.answer("the database is ready", "");
    // The console itself: nobody can sign in yet, so it offers to make the first administrator.
    terminal.answer("no administrator yet", "\x03");
    assert!(!terminal.seen.contains("s3cret"));
    assert_eq!(terminal.end(), 0);

    let path = computer.home().join("config/marsai/config.toml");
    assert!(std::fs::read_to_string(&path).unwrap().contains(database.url()));
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    assert!(computer.run(&["migrate"]).well().contains("nothing to do"));
    assert!(!computer.home().join("data").exists(), "no private database was needed");
}
