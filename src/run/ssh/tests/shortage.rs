//! File descriptors that run out and memory that must come back: each in a process of its own, which this test program
//! starts again for it.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::process::{Child, ChildStdin, Command, Stdio};

use crate::run::testing::EMAIL;

use super::*;

/// Set for such a process only.
const CHILD: &str = "MARSAI_TEST_CHILD";

/// Lines of the child for its parent; the test program prints lines of its own.
const MARK: &str = "@";

struct Other {
    child: Child,
    input: ChildStdin,
    lines: std::io::Lines<BufReader<std::process::ChildStdout>>,
}

impl Other {
    fn start(test: &str) -> Self {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", &format!("run::ssh::tests::shortage::{test}"), "--ignored", "--nocapture"])
            .env(CHILD, "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let input = child.stdin.take().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        Self { child, input, lines }
    }

    /// The next line that is meant for this process.
    fn says(&mut self) -> String {
        loop {
            let line = self.lines.next().expect("the other process has ended").unwrap();
            // The name of the test stands before the first line.
            if let Some((_, said)) = line.split_once(MARK) {
                return said.to_owned();
            }
        }
    }

    fn go_on(&mut self) {
        writeln!(self.input).unwrap();
    }

    fn ended(mut self) {
        assert!(self.child.wait().unwrap().success());
    }
}

impl Drop for Other {
    fn drop(&mut self) {
        // Gone already in every test that passes.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn say(words: &str) {
    println!("{MARK}{words}");
}

async fn told_to_go_on() {
    tokio::task::spawn_blocking(|| std::io::stdin().read_line(&mut String::new()).unwrap()).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "the other process of a_shortage_of_descriptors_refuses_newcomers_only"]
async fn few_descriptors() {
    use nix::sys::resource::{Resource, getrlimit, setrlimit};
    if std::env::var(CHILD).is_err() {
        return;
    }
    let served = serve(roomy()).await;
    let (_honest, mut honest) = served.honest().await;
    let open = std::fs::read_dir("/proc/self/fd").unwrap().count() as u64;
    let (_, most) = getrlimit(Resource::RLIMIT_NOFILE).unwrap();
    setrlimit(Resource::RLIMIT_NOFILE, open + 8, most).unwrap();
    say(&served.port.to_string());
    told_to_go_on().await;
    honest.works().await;
    say("works");
    told_to_go_on().await;
    served.until_inside((1, 0, 1)).await;
    let (_again, mut again) = served.honest().await;
    again.works().await;
    say("again");
    served.end().await;
}

#[test]
fn a_shortage_of_descriptors_refuses_newcomers_only() {
    let mut other = Other::start("few_descriptors");
    let port: u16 = other.says().parse().unwrap();
    let mut greeted = Vec::new();
    for _ in 0..100 {
        let mut stream = std::net::TcpStream::connect(("127.0.0.1", port)).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        let mut greeting = [0; 4];
        // Who is refused is told at once: nobody waits in the queue.
        match stream.read(&mut greeting) {
            Ok(1..) => greeted.push(stream),
            Ok(0) => {}
            Err(error) => assert_eq!(error.kind(), std::io::ErrorKind::ConnectionReset),
        }
    }
    assert!((1..30).contains(&greeted.len()), "{} came in", greeted.len());
    other.go_on();
    assert_eq!(other.says(), "works");
    drop(greeted);
    other.go_on();
    assert_eq!(other.says(), "again");
    other.ended();
}

/// What the process has in memory, in kB.
fn resident() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}

/// So many come and go: some say nothing, some only shake hands, some open a console.
async fn come_and_go(served: &Arc<Served>, count: usize) {
    let turns = Arc::new(tokio::sync::Semaphore::new(16));
    let mut tasks = tokio::task::JoinSet::new();
    for i in 0..count {
        let turn = Arc::clone(&turns).acquire_owned().await.unwrap();
        let served = Arc::clone(served);
        tasks.spawn(async move {
            match i % 4 {
                0 => drop(tokio::net::TcpStream::connect(("127.0.0.1", served.port)).await.unwrap()),
                1 | 2 => drop(Probe::connect(served.port).await),
                _ => {
                    let (_probe, mut screen) = served.signed_in(EMAIL).await;
                    screen.press("q").await;
                    assert_eq!(screen.ended().await, Some(0));
                }
            }
            drop(turn);
        });
    }
    while let Some(done) = tasks.join_next().await {
        done.unwrap();
    }
    served.until_inside((0, 0, 0)).await;
    served.service.asked.lock().unwrap().clear();
    let visits = &served.service.visits;
    visits.written(&visits.news());
}

#[tokio::test]
#[ignore = "the other process of three_thousand_connects_leave_nothing_behind"]
async fn three_thousand() {
    if std::env::var(CHILD).is_err() {
        return;
    }
    let served = Arc::new(serve(roomy()).await);
    come_and_go(&served, 1_000).await;
    let settled = resident();
    for _ in 0..2 {
        come_and_go(&served, 1_000).await;
    }
    let left = resident();
    assert!(left * 100 <= settled * 105, "{settled} kB became {left}");
    say(&format!("{settled} kB became {left}"));
}

#[test]
fn three_thousand_connects_leave_nothing_behind() {
    let mut other = Other::start("three_thousand");
    println!("{}", other.says());
    other.ended();
}
