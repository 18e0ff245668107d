//! The first start without a database: three ways to go on, asked on the plain terminal.

use std::fs;
use std::io::{self, BufRead as _, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::Path;
use std::time::Duration;

use url::Url;

use super::{Around, Stop, password};
use crate::app::lang::Lang;
use crate::config::{DatabaseUrl, Settings, read_text};
use crate::store::connect;
use crate::store::migrate::{self, Options};

/// What the person chose.
pub(super) enum Choice {
    /// A database of the festival; it is in the settings now.
    Join(Box<DatabaseUrl>),
    /// A private database.
    Private,
    /// The demo.
    Demo,
    /// Nothing, this time.
    Leave,
}

/// Asks until there is an answer.
pub(super) async fn ask(around: &Around) -> Result<Choice, Stop> {
    let lang = &around.lang;
    say(&lang.tr_with("first-welcome", &[("version", env!("CARGO_PKG_VERSION").into())]))?;
    loop {
        say("")?;
        for (number, id) in ["first-join", "first-private", "first-demo"].iter().enumerate() {
            say(&format!("  {}  {}", number + 1, lang.tr(id)))?;
        }
        match question(&lang.tr("first-choice"))?.as_str() {
            "" => return Ok(Choice::Leave),
            "1" => {
                if let Some(url) = join(around).await? {
                    return Ok(Choice::Join(Box::new(url)));
                }
            }
            "2" => return Ok(Choice::Private),
            "3" => return Ok(Choice::Demo),
            _ => say(&lang.tr("first-no-choice"))?,
        }
    }
}

/// Asks for a database until one answers; `None` to go back.
async fn join(around: &Around) -> Result<Option<DatabaseUrl>, Stop> {
    let lang = &around.lang;
    loop {
        let text = question(&lang.tr("first-url"))?;
        if text.is_empty() {
            return Ok(None);
        }
        let url = match DatabaseUrl::parse(&text) {
            Ok(_) => DatabaseUrl::parse(&with_password(lang, &text)?),
            wrong => wrong,
        };
        let url = match url {
            Ok(url) => url,
            Err(error) => {
                say(&error.to_string())?;
                continue;
            }
        };
        if try_out(around, &url).await? {
            keep(around, &url)?;
            return Ok(Some(url));
        }
    }
}

/// Asks for the password that the address lacks, without showing it.
fn with_password(lang: &Lang, text: &str) -> Result<String, Stop> {
    let Ok(mut url) = Url::parse(text) else { return Ok(text.to_owned()) };
    let asks = url.password().is_none() && !url.username().is_empty();
    if asks {
        let prompt = lang.tr_with("first-password", &[("user", url.username().into())]);
        let password = password::hidden(&format!("{prompt} ")).map_err(Stop::Output)?;
        if !password.is_empty() && url.set_password(Some(&password)).is_ok() {
            return Ok(url.into());
        }
    }
    Ok(text.to_owned())
}

/// Connects, looks, and offers to bring the database to shape.
async fn try_out(around: &Around, url: &DatabaseUrl) -> Result<bool, Stop> {
    let lang = &around.lang;
    let place = url.target().display().to_owned();
    say(&lang.tr_with("first-testing", &[("place", (&place).into())]))?;
    let timeout = Duration::from_secs(around.settings.database.connect_timeout_seconds);
    let (mut conn, info) = match connect::open(url.target(), timeout).await {
        Ok(reached) => reached,
        Err(error) => {
            say(&error.to_string())?;
            return Ok(false);
        }
    };
    say(&lang.tr_with("first-reached", &[("place", (&place).into()), ("version", (&info.version_text).into())]))?;
    let plan = match migrate::plan(&mut conn, Options::default()).await {
        Ok(plan) => plan,
        Err(error) => {
            say(&error.to_string())?;
            return Ok(false);
        }
    };
    if plan.steps.is_empty() {
        say(&lang.tr("first-ready"))?;
        return Ok(true);
    }
    say(&lang.tr("first-plan"))?;
    plan.steps.iter().try_for_each(|step| say(&format!("  - {}", step.title)))?;
    let answer = question(&lang.tr("first-migrate"))?.to_lowercase();
    if !lang.tr("first-yes").split_whitespace().any(|yes| yes == answer) {
        say(&lang.tr("first-later"))?;
        return Ok(true);
    }
    match migrate::apply(&mut conn, Options::default(), &mut |_, _, _| {}).await {
        Ok(_) => say(&lang.tr("first-migrated"))?,
        Err(error) => say(&error.to_string())?,
    }
    Ok(true)
}

/// Writes the address into the settings file.
fn keep(around: &Around, url: &DatabaseUrl) -> Result<(), Stop> {
    let path = around.paths.config();
    let failed = |source| Stop::File { path: path.clone(), source };
    let before = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(failed(error)),
    };
    let shown = path.display().to_string();
    match with_url(&before, url) {
        Some(text) => {
            replace(&path, &text).map_err(failed)?;
            say(&around.lang.tr_with("first-kept", &[("path", (&shown).into())]))
        }
        None => say(&around.lang.tr_with("first-by-hand", &[("path", (&shown).into())])),
    }
}

/// The settings with an address in them and everything else as it was; `None` where that cannot be done safely.
fn with_url(before: &str, url: &DatabaseUrl) -> Option<String> {
    let line = format!("url = {}", toml::Value::String(url.secret().to_owned()));
    let is_head = |line: &&str| line.trim().starts_with("[database]");
    let text = if before.lines().any(|line| is_head(&line)) {
        let mut lines: Vec<String> = Vec::new();
        let mut inside = false;
        for old in before.lines() {
            if old.trim_start().starts_with('[') {
                inside = is_head(&old);
            }
            let is_url =
                inside && old.trim_start().strip_prefix("url").is_some_and(|rest| rest.trim_start().starts_with('='));
            if !is_url {
                lines.push(old.to_owned());
            }
            if is_head(&old) {
                lines.push(line.clone());
            }
        }
        lines.join("\n") + "\n"
    } else {
        let gap = if before.is_empty() || before.ends_with("\n\n") { "" } else { "\n" };
        let end = if before.is_empty() || before.ends_with('\n') { "" } else { "\n" };
        format!("{before}{end}{gap}[database]\n{line}\n")
    };
    let read = |text: &str| {
        let mut settings = Settings::default();
        read_text(&mut settings, Path::new("config.toml"), text).ok()?;
        Some(settings)
    };
    let mut expected = read(before)?;
    expected.database.url = Some(url.clone());
    (read(&text)? == expected).then_some(text)
}

/// Writes a file that only its owner can read, whole or not at all.
fn replace(path: &Path, text: &str) -> io::Result<()> {
    if let Some(directory) = path.parent() {
        fs::DirBuilder::new().recursive(true).mode(0o700).create(directory)?;
    }
    let beside = path.with_extension(format!("{}.new", std::process::id()));
    let mut file = fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&beside)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    fs::rename(&beside, path)
}

/// Says a line on the plain terminal.
pub(super) fn say(line: &str) -> Result<(), Stop> {
    Ok(writeln!(io::stdout(), "{line}")?)
}

/// An answer on one line; empty at the end of input.
fn question(text: &str) -> Result<String, Stop> {
    let mut out = io::stdout();
    write!(out, "{text} ")?;
    out.flush()?;
    let mut line = String::new();
    io::stdin().lock().read_line(&mut line)?;
    Ok(line.trim().to_owned())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    #[test]
    fn the_address_goes_into_the_file_and_nothing_else_changes() {
        let url = DatabaseUrl::parse(r"mysql://ann:a%22b@host/marsai").unwrap();
        let line = "url = \"mysql://ann:a%22b@host/marsai\"\n";
        for (before, after) in [
            ("", format!("[database]\n{line}")),
            ("[ui]\nlanguage = \"fr\"", format!("[ui]\nlanguage = \"fr\"\n\n[database]\n{line}")),
            (
                "# mine\n[database]\nurl = \"\" # none\nconnect_timeout_seconds = 3\n[ui]\nascii = true\n",
                format!("# mine\n[database]\n{line}connect_timeout_seconds = 3\n[ui]\nascii = true\n"),
            ),
        ] {
            assert_eq!(with_url(before, &url).as_deref(), Some(after.as_str()));
        }
        assert!(with_url(&crate::config::example(), &url).is_some());
        assert_eq!(with_url("database = { connect_timeout_seconds = 3 }\n", &url), None);
        assert_eq!(with_url("nonsense", &url), None);
    }

    #[test]
    fn only_the_owner_reads_it() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("new/config.toml");
        replace(&path, "a = 1\n").unwrap();
        replace(&path, "a = 2\n").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "a = 2\n");
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
    }
}
