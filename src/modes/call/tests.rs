#![allow(clippy::unwrap_used, clippy::panic)]

use serde_json::Value;

use super::*;
use crate::api::FieldChange;
use crate::api::failure::{Trouble, Unavailable};
use crate::app::lang::Language;
use crate::domain::{Refusal, Rule};

/// What a conversation with a made-up service says, line by line, and its exit code.
fn say(input: &[u8], answer: fn(Request, Option<Uuid>) -> Result<Answer, Failure>) -> (Vec<Value>, u8) {
    let mut output = Vec::new();
    let lang = Lang::new(Language::En);
    let talk = converse(&lang, input, &mut output, async |request, id| answer(request, id), std::future::pending());
    let left = tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(talk).unwrap();
    let Left::Input(code) = left else { panic!("{left:?}") };
    let lines = String::from_utf8(output).unwrap();
    assert!(lines.is_empty() || lines.ends_with('\n'));
    (lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect(), code)
}

fn done(_: Request, id: Option<Uuid>) -> Result<Answer, Failure> {
    Ok(Answer { reply: Reply::Done, operation: id, repeated: id.is_some() })
}

#[test]
fn blank_lines_line_ends_and_a_last_line_without_one() {
    let (lines, code) = say(b"\n  \t\r\n{\"request\":\"me\"}\r\n\n {\"request\": \"sponsors\"}", done);
    assert_eq!((lines.len(), code), (2, 0));
    assert_eq!(lines[0], serde_json::json!({"ok": true}));
    assert_eq!(say(b"", done), (vec![], 0));
}

#[test]
fn what_is_no_request_is_said_and_the_rest_is_done() {
    let cases: &[(&[u8], &str)] = &[
        (b"nonsense", "not JSON"),
        (b"[1]", "no object"),
        (b"7", "no object"),
        (b"{}", "“request” is missing"),
        (b"{\"request\":7}", "“request” is missing"),
        (b"{\"request\":\"nonsense\"}", "no request “nonsense”"),
        (
            b"{\"request\":\"sign_in\",\"email\":\"a\",\"password\":\"b\",\"remember\":false}",
            "no request “sign_in” for scripts",
        ),
        (b"{\"request\":\"film\"}", "film: missing field"),
        (b"{\"request\":\"film\",\"film\":\"x\"}", "film: invalid type"),
        (b"{\"request\":\"film\",\"film\":99999999999}", "film: invalid value"),
        (b"{\"request\":\"sponsors\",\"film\":1}", "sponsors: unknown field"),
        (b"{\"request\":\"me\",\"request_id\":\"7\"}", "takes a UUID"),
        (b"{\"request\":\"me\"} {\"request\":\"me\"}", "not JSON"),
        (b"{\"request\":\"me\xff\"}", "not UTF-8"),
    ];
    for (line, part) in cases {
        let input = [line, &b"\n{\"request\":\"me\"}\n"[..]].concat();
        let (lines, code) = say(&input, done);
        let message = lines[0]["error"]["message"].as_str().unwrap();
        assert_eq!(lines[0]["error"]["kind"], "request");
        assert!(message.contains(part), "{message}");
        assert_eq!((lines.len(), &lines[1]["ok"], code), (2, &Value::Bool(true), 2));
    }
}

#[test]
fn long_lines_are_taken_and_endless_ones_are_passed_over() {
    let long = format!("{{\"request\":\"add_key\",\"user\":1,\"key\":\"{}\"}}\n", "x".repeat(300_000));
    assert_eq!(say(long.as_bytes(), done).1, 0);
    let endless = format!("{}\n{{\"request\":\"me\"}}\n", "x".repeat(usize::try_from(LONGEST).unwrap() * 2 + 5));
    let (lines, code) = say(endless.as_bytes(), done);
    assert_eq!((lines.len(), code), (2, 2));
    assert!(lines[0]["error"]["message"].as_str().unwrap().contains("longer than"));
    let unended = "x".repeat(usize::try_from(LONGEST).unwrap() + 5);
    assert_eq!(say(unended.as_bytes(), done).0.len(), 1);
}

#[test]
fn a_request_id_is_passed_on() {
    let id = "9f1c2f0e-6d4b-4b7e-8f5a-2d7b1c3e4f50";
    let (lines, _) = say(format!("{{\"request\":\"me\",\"request_id\":\"{id}\"}}").as_bytes(), done);
    assert_eq!(lines[0], serde_json::json!({"ok": true, "operation": id, "repeated": true}));
}

#[test]
fn every_kind_of_refusal() {
    let failure = |request: Request, _: Option<Uuid>| -> Result<Answer, Failure> {
        let Request::Film { film } = request else { panic!("only films are asked for") };
        Err(match film.0 {
            1 => Refusal::new(Rule::TooLong).with("field", "title").with("max", 9).into(),
            2 => Failure::Forbidden { needs: Some(crate::domain::user::Role::Admin) },
            3 => Failure::Conflict(vec![FieldChange { field: "name".into(), loaded: "a".into(), now: "b".into() }]),
            4 => Failure::NotFound { what: "thing-film", id: 4 },
            _ => Failure::Unavailable(Unavailable { why: Trouble::ReadOnly, detail: String::new() }),
        })
    };
    let input: String = (1..=5).map(|film| format!("{{\"request\":\"film\",\"film\":{film}}}\n")).collect();
    let (lines, code) = say(input.as_bytes(), failure);
    assert_eq!(code, 1);
    let error = |n: usize| {
        let mut error = lines[n]["error"].clone();
        let message = error.as_object_mut().unwrap().remove("message").unwrap();
        assert!(!message.as_str().unwrap().is_empty());
        error
    };
    assert_eq!(error(0), serde_json::json!({"kind": "rule", "rule": "too_long", "field": "title", "max": 9}));
    assert_eq!(error(1), serde_json::json!({"kind": "forbidden", "needs": "ADMIN"}));
    let fields = serde_json::json!([{"field": "name", "loaded": "a", "now": "b"}]);
    assert_eq!(error(2), serde_json::json!({"kind": "conflict", "fields": fields}));
    assert_eq!(error(3), serde_json::json!({"kind": "not_found", "what": "film", "id": 4}));
    assert_eq!(error(4), serde_json::json!({"kind": "unavailable", "why": "read_only"}));
}

#[test]
fn somebody_who_is_told_to_leave_is_asked_nothing_more() {
    let told = End::Told(crate::service::presence::Told::Ended, Language::En);
    let mut output = Vec::new();
    let lang = Lang::new(Language::En);
    let input = &b"{\"request\":\"me\"}\n"[..];
    let talk = converse(&lang, input, &mut output, async |_, _| panic!("asked"), std::future::ready(told));
    let left = tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(talk).unwrap();
    assert_eq!((left, output.len()), (Left::Told(told), 0));
}
