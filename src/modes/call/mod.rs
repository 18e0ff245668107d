//! `marsai call`: one request a line as JSON on standard input, one reply a line on standard output.

mod list;
mod wire;

use std::io::{self, Write};

use secrecy::SecretString;
use tokio::io::{AsyncBufRead, AsyncBufReadExt as _, AsyncReadExt as _, BufReader};
use uuid::Uuid;

use super::{Around, Stop, database, password, variable};
use crate::api::{Answer, Failure, Reply, Request};
use crate::app::lang::Lang;
use crate::app::sentence;
use crate::service::{Caller, NoObserver, Origin, Service};

pub(super) use self::list::list;

/// A longer line is no request: the longest texts of the festival are far below.
const LONGEST: u64 = 8 << 20;

/// Reads requests until the end of standard input.
pub(super) async fn run(around: &Around, email: String) -> Result<u8, Stop> {
    let password = password(&email)?;
    let opened = database::open(around).await?;
    let service = opened.service();
    let outcome = match sign_in(around, &service, email, password).await {
        Ok(caller) => {
            let input = BufReader::new(tokio::io::stdin());
            let ask = async |request, id| service.call(&caller, request, id, &NoObserver).await;
            converse(&around.lang, input, io::stdout().lock(), ask).await.map_err(Stop::Output)
        }
        Err(stop) => Err(stop),
    };
    drop(service);
    opened.close().await?;
    outcome
}

/// The password of whoever signs in, from the environment.
pub(super) fn password(email: &str) -> Result<SecretString, Stop> {
    let given = variable(password::VARIABLE).filter(|password| !password.is_empty());
    let missing = || Stop::NotSignedIn(format!("set {} to the password of {email}", password::VARIABLE));
    given.map(SecretString::from).ok_or_else(missing)
}

/// Signs somebody in who runs a command.
pub(super) async fn sign_in(
    around: &Around,
    service: &Service,
    email: String,
    password: SecretString,
) -> Result<Caller, Stop> {
    let mut caller = Caller::nobody(Origin::Call { os_user: around.os_user.clone() });
    let request = Request::SignIn { email, password, remember: false };
    match service.call(&caller, request, None, &NoObserver).await {
        Ok(Answer { reply: Reply::SignedIn(signed_in), .. }) => {
            caller.user = Some(signed_in.person.id);
            Ok(caller)
        }
        Ok(_) => Err(Stop::Fault("the service answered a sign-in with something else".to_owned())),
        Err(failure @ Failure::Unavailable(_)) => Err(Stop::failure(&around.lang, &failure)),
        Err(failure) => Err(Stop::NotSignedIn(sentence::failure(&around.lang, &failure))),
    }
}

/// Answers line by line. The exit code: 0 when all were accepted, 1 when one was refused, 2 when one was no request.
async fn converse(
    lang: &Lang,
    mut input: impl AsyncBufRead + Unpin,
    mut output: impl Write,
    ask: impl AsyncFn(Request, Option<Uuid>) -> Result<Answer, Failure>,
) -> io::Result<u8> {
    let mut code = 0;
    let mut line = Vec::new();
    while let Some(whole) = next_line(&mut input, &mut line).await? {
        let text = line.trim_ascii();
        if whole && text.is_empty() {
            continue;
        }
        let parsed = if whole { wire::parse(text) } else { Err(format!("the line is longer than {LONGEST} bytes")) };
        let (reply, cost) = match parsed {
            Ok((request, id)) => match ask(request, id).await {
                Ok(answer) => (wire::accepted(&answer)?, 0),
                Err(failure) => (wire::refused(lang, &failure), 1),
            },
            Err(why) => (wire::no_request(&why), 2),
        };
        code = code.max(cost);
        output.write_all(reply.as_bytes())?;
        output.write_all(b"\n")?;
        output.flush()?;
    }
    Ok(code)
}

/// Reads the next line: whether it is whole, or `None` at the end. What is too long is passed over.
async fn next_line(input: &mut (impl AsyncBufRead + Unpin), line: &mut Vec<u8>) -> io::Result<Option<bool>> {
    line.clear();
    let mut whole = true;
    loop {
        let read = (&mut *input).take(LONGEST).read_until(b'\n', line).await?;
        if read == 0 {
            return Ok((!line.is_empty() || !whole).then_some(whole));
        }
        if line.ends_with(b"\n") {
            return Ok(Some(whole));
        }
        if line.len() as u64 >= LONGEST {
            whole = false;
            line.clear();
        }
    }
}

#[cfg(test)]
mod tests;
