//! How requests and replies are written. Scripts rely on these names.

use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::api::failure::Trouble;
use crate::api::{Answer, Failure, Request};
use crate::app::lang::Lang;
use crate::app::sentence;
use crate::domain::Param;
use crate::domain::deadline;
use crate::domain::film::FilmStatus;

/// A request, and the id by which it is done once only.
pub(super) fn parse(line: &[u8]) -> Result<(Request, Option<Uuid>), String> {
    let text = std::str::from_utf8(line).map_err(|_| "the line is not UTF-8".to_owned())?;
    let value: Value = serde_json::from_str(text).map_err(|error| format!("the line is not JSON: {error}"))?;
    let Value::Object(mut fields) = value else {
        return Err("the line is no object such as {\"request\": \"me\"}".to_owned());
    };
    let id = match fields.remove("request_id") {
        None | Some(Value::Null) => None,
        Some(Value::String(text)) => Some(text.parse().map_err(|_| "“request_id” takes a UUID".to_owned())?),
        Some(_) => return Err("“request_id” takes a UUID".to_owned()),
    };
    let name = match fields.get("request") {
        Some(Value::String(name)) => name.clone(),
        _ => return Err("“request” is missing: it names what is asked for".to_owned()),
    };
    let entry = Request::ENTRIES.iter().find(|entry| entry.name == name && entry.scripts);
    if entry.is_none() {
        return Err(format!("there is no request “{name}” for scripts; marsai call --list prints them"));
    }
    let request = serde_json::from_value(Value::Object(fields)).map_err(|error| format!("{name}: {error}"))?;
    Ok((request, id))
}

/// The reply to a request that was done.
pub(super) fn accepted(answer: &Answer) -> serde_json::Result<String> {
    let mut reply = String::from("{\"ok\":");
    reply += &serde_json::to_string(&answer.reply)?;
    if let Some(operation) = answer.operation {
        reply += &format!(",\"operation\":\"{operation}\"");
    }
    if answer.repeated {
        reply += ",\"repeated\":true";
    }
    reply.push('}');
    Ok(reply)
}

/// What scripts read where people read a message: a status in the platform's spelling, a field or thing by its name.
fn word(id: &str) -> String {
    let status = FilmStatus::ALL.into_iter().find(|status| status.message() == id);
    let plain = || ["field-", "thing-"].iter().find_map(|kind| id.strip_prefix(kind)).unwrap_or(id).replace('-', "_");
    status.map_or_else(plain, |status| status.as_sql().to_owned())
}

/// The reply to a request that was not done.
pub(super) fn refused(lang: &Lang, failure: &Failure) -> String {
    let mut error = Map::new();
    error.insert("kind".to_owned(), failure.kind().into());
    match failure {
        Failure::Rule(refusal) => {
            error.insert("rule".to_owned(), refusal.rule.name().into());
            for (name, value) in &refusal.params {
                let value = match value {
                    Param::Text(text) => Value::from(text.as_str()),
                    Param::Message(id) => Value::from(word(id)),
                    Param::Number(number) => Value::from(*number),
                    Param::Moment(local) => Value::from(local.format(deadline::FORMAT).to_string()),
                };
                error.entry(*name).or_insert(value);
            }
        }
        Failure::Forbidden { needs } => {
            error.insert("needs".to_owned(), needs.map_or(Value::Null, |role| role.as_sql().into()));
        }
        Failure::Conflict(fields) => {
            error.insert("fields".to_owned(), json!(fields));
        }
        Failure::NotFound { what, id } => {
            error.insert("what".to_owned(), what.trim_start_matches("thing-").into());
            error.insert("id".to_owned(), (*id).into());
        }
        Failure::Unavailable(unavailable) => {
            error.insert("why".to_owned(), why(unavailable.why).into());
        }
    }
    error.insert("message".to_owned(), sentence::failure(lang, failure).into());
    json!({ "error": error }).to_string()
}

/// The reply to a line that is no request.
pub(super) fn no_request(why: &str) -> String {
    json!({ "error": { "kind": "request", "message": why } }).to_string()
}

fn why(trouble: Trouble) -> String {
    trouble.message().trim_start_matches("trouble-").replace('-', "_")
}

#[cfg(test)]
mod tests {
    use super::word;

    #[test]
    fn scripts_read_the_platforms_words() {
        for (id, expected) in
            [("status-to-discuss", "to_discuss"), ("field-jury-comment", "jury_comment"), ("thing-film", "film")]
        {
            assert_eq!(word(id), expected);
        }
    }
}
