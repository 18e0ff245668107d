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
use crate::domain::visit::Way;
use crate::run::backend::End;
use crate::run::feed::Keeper;
use crate::service::presence::Visit;
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
        Ok(signed) => {
            let input = BufReader::new(tokio::io::stdin());
            let ask = async |request, id| service.call(&signed.caller, request, id, &NoObserver).await;
            let told = async { End::Told(signed.visit.told().await, around.lang.language) };
            let outcome = converse(&around.lang, input, io::stdout().lock(), ask, told).await;
            let (end, outcome) = match outcome {
                Ok(Left::Input(code)) => (End::Quit, Ok(code)),
                Ok(Left::Told(end)) => (end, Err(Stop::NotSignedIn(end.words().unwrap_or_default()))),
                Err(error) => (End::Hangup, Err(Stop::Output(error))),
            };
            signed.leave(end).await;
            outcome
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

/// Somebody who runs a command, with their visit.
pub(super) struct Signed {
    pub(super) caller: Caller,
    visit: Visit,
    keeper: Keeper,
}

impl Signed {
    /// The command has ended.
    pub(super) async fn leave(self, end: End) {
        self.visit.close(end.why());
        self.keeper.leave().await;
    }
}

/// Signs somebody in who runs a command.
pub(super) async fn sign_in(
    around: &Around,
    service: &Service,
    email: String,
    password: SecretString,
) -> Result<Signed, Stop> {
    let mut caller = Caller::nobody(Origin::Call { os_user: around.os_user.clone() });
    let request = Request::SignIn { email, password, remember: false };
    match service.call(&caller, request, None, &NoObserver).await {
        Ok(Answer { reply: Reply::SignedIn(signed_in), .. }) => {
            let visit = service.visits().begin(&signed_in, &caller.origin, Way::Call);
            (caller.user, caller.visit) = (Some(signed_in.person.id), Some(visit.id()));
            caller.proof = signed_in.proof;
            Ok(Signed { caller, visit, keeper: Keeper::start(service.clone()) })
        }
        Ok(_) => Err(Stop::Fault("the service answered a sign-in with something else".to_owned())),
        Err(failure @ Failure::Unavailable(_)) => Err(Stop::failure(&around.lang, &failure)),
        Err(failure) => Err(Stop::NotSignedIn(sentence::failure(&around.lang, &failure))),
    }
}

/// Why a conversation ended.
#[derive(Debug, PartialEq, Eq)]
enum Left {
    /// The input did. The exit code: 0 when all were accepted, 1 when one was refused, 2 when one was no request.
    Input(u8),
    /// Somebody wanted it to end.
    Told(End),
}

/// Answers line by line until there are no more, or somebody wants it to end.
async fn converse(
    lang: &Lang,
    mut input: impl AsyncBufRead + Unpin,
    mut output: impl Write,
    ask: impl AsyncFn(Request, Option<Uuid>) -> Result<Answer, Failure>,
    told: impl Future<Output = End>,
) -> io::Result<Left> {
    let mut code = 0;
    let mut line = Vec::new();
    tokio::pin!(told);
    loop {
        // Never in the middle of a request.
        let whole = tokio::select! {
            biased;
            end = &mut told => return Ok(Left::Told(end)),
            read = next_line(&mut input, &mut line) => match read? {
                Some(whole) => whole,
                None => return Ok(Left::Input(code)),
            },
        };
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
