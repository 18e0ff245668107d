//! What staff see of those who are on, and how they end a session.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};

use serde_json::{Value, json};

use super::client::Key;
use super::festival::{EMAIL, Festival, PASSWORD};
use super::jury::{BEN, BENS_NAME, convene};
use super::served::Served;

/// `marsai call` of the administrator.
struct Office {
    process: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Office {
    fn open(festival: &Festival) -> Self {
        let mut command = festival.command(&["call", "--email", EMAIL]);
        command.env("MARSAI_PASSWORD", PASSWORD).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut process = command.spawn().unwrap();
        let (input, output) = (process.stdin.take().unwrap(), process.stdout.take().unwrap());
        Self { process, input, output: BufReader::new(output) }
    }

    /// What a request is answered.
    fn ask(&mut self, request: &Value) -> Value {
        writeln!(self.input, "{request}").unwrap();
        let mut line = String::new();
        self.output.read_line(&mut line).unwrap();
        let reply: Value = serde_json::from_str(&line).unwrap();
        reply.get("ok").unwrap_or_else(|| panic!("{request}: {line}")).clone()
    }

    /// Ben's session: the one that is on, or the last one.
    async fn bens(&mut self, ended: bool) -> Value {
        loop {
            let sessions = self.ask(&json!({"request": "sessions", "ended": ended}));
            let mut sessions = sessions.as_array().unwrap().iter();
            let found = sessions.find(|it| it["name"] == BENS_NAME && it["ended"].is_null() != ended);
            if let Some(found) = found {
                return found.clone();
            }
            // Who comes and goes is written down together, now and then.
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
    }

    fn close(mut self) {
        drop(self.input);
        assert!(self.process.wait().unwrap().success());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_see_who_is_on_and_end_a_session() {
    let festival = Festival::open().await;
    convene(&festival).await;
    let served = Served::start(&festival, 0);
    let key = Key::of(&festival, BEN);
    let mut client = served.by_key(&festival, BEN, &key);
    client.reads(BENS_NAME).await;
    let mut office = Office::open(&festival);
    let session = office.bens(false).await;
    assert_eq!((&session["method"], &session["origin"]), (&json!("key"), &json!("ssh 127.0.0.1")));
    office.ask(&json!({"request": "end_session", "session": session["session"]}));
    assert_eq!(client.ended().await, 1);
    client.is_restored().await;
    client.reads("An administrator ended").await;
    let session = office.bens(true).await;
    assert_eq!((&session["why"], &session["ended_by"]), (&json!("ended"), &json!("Ann Roux")));
    office.close();
    served.stop();
}
