//! What the program can be asked to do: one file for each command, and what they share.

mod call;
mod console;
mod database;
mod demo;
mod doctor;
mod export;
mod first_run;
mod keys;
mod log;
mod migrate;
mod password;
mod serve;
mod stop;
mod table;
mod user;
mod visitor;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser as _;

use crate::app::lang::Lang;
use crate::cli::{Cli, Command};
use crate::config::{Paths, Settings};
use crate::run::panic;

pub use self::keys::markdown as keys_as_markdown;
pub(crate) use self::stop::Stop;

/// What every command stands on.
pub(crate) struct Around {
    pub(crate) settings: Settings,
    pub(crate) paths: Paths,
    /// The settings file, which need not be there.
    pub(crate) file: PathBuf,
    pub(crate) lang: Lang,
    /// Who runs this, for the ledger: `alice@laptop`.
    pub(crate) os_user: String,
}

/// The program: reads arguments and settings, does what they ask for, and says what went wrong in one sentence.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    match prepared(cli) {
        Ok(code) => ExitCode::from(code),
        Err(stop) => {
            tracing::error!(%stop, "stopped");
            stop.say();
            ExitCode::from(stop.exit_code())
        }
    }
}

fn prepared(cli: Cli) -> Result<u8, Stop> {
    if cli.visitor && cli.command.is_some() {
        return Err(Stop::Usage("--visitor is for the console alone: leave the command out".to_owned()));
    }
    let console = cli.command.is_none();
    let visitor = console && visitor::is_one(cli.visitor);
    if visitor {
        visitor::leave_environment()?;
    }
    let paths = Paths::of_this_user()?;
    let flags = cli.flags();
    let settings = Settings::load(&flags, &paths.config(), variable)?;
    let visitor = visitor || console && (settings.ssh.visitors || visitor::are_all(&flags)?);
    if visitor {
        // There is nothing left to clean where it was known before.
        visitor::leave_environment()?;
    }
    let file = flags.file(variable).unwrap_or_else(|| paths.config());
    let lang = Lang::new(settings.language(variable));
    if let Err(error) = panic::install(paths.reports()) {
        return Err(Stop::Fault(error.to_string()));
    }
    let _log = log::start(&settings.log, &paths);
    let around = Around { settings, paths, file, lang, os_user: os_user() };
    if let Some(Command::Keys) = cli.command {
        return keys::run(&around);
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(Stop::Runtime)?;
    let done =
        runtime.block_on(async { if visitor { visitor::run(around).await } else { run(around, cli.command).await } });
    // Work that hangs on a dead connection must not keep the process.
    runtime.shutdown_background();
    done
}

async fn run(around: Around, command: Option<Command>) -> Result<u8, Stop> {
    match command {
        None => console::run(around).await,
        Some(Command::Demo { role, films, seed }) => demo::run(around, role, films, seed).await,
        Some(Command::Serve { .. }) => serve::run(around).await,
        Some(Command::Migrate { dry_run, unique_votes }) => migrate::run(&around, dry_run, unique_votes).await,
        Some(Command::Doctor { mend }) => doctor::run(&around, mend).await,
        Some(Command::User(command)) => user::run(&around, command).await,
        Some(Command::Call { list: true, .. }) => call::list(),
        Some(Command::Call { list: false, email }) => call::run(&around, email.unwrap_or_default()).await,
        Some(Command::Export(export)) => export::run(&around, export).await,
        Some(Command::Keys) => keys::run(&around),
    }
}

/// A variable of the environment, where it is text.
pub(crate) fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// Who runs this, as the ledger keeps it.
fn os_user() -> String {
    let uid = nix::unistd::Uid::effective();
    let user = nix::unistd::User::from_uid(uid).ok().flatten().map_or_else(|| uid.to_string(), |user| user.name);
    let host = nix::unistd::gethostname().map_or_else(|_| "?".into(), |host| host.to_string_lossy().into_owned());
    format!("{user}@{host}")
}
