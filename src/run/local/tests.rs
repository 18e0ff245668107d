//! A console in a process of its own on a pseudo-terminal: the test program starts itself again for it.
#![allow(clippy::unwrap_used, clippy::expect_used)]
use portable_pty::CommandBuilder;

use super::*;
use crate::app::Known;
use crate::domain::visit::Way;
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
        let visitor = Visitor {
            caller,
            known: Known::Person(person(EMAIL).into()),
            way: Way::Forced,
            tokens: None,
            standing: None,
        };
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
