//! The console on the stage's database, as a person would open it.

use std::path::Path;

use marsai::demo::Festival;
use portable_pty::CommandBuilder;

use super::Stage;
use super::seat::Seat;

/// The start of the newest titles, of those in plain letters: the first page shows some of them.
pub(crate) fn newest(stage: &Stage) -> Vec<String> {
    let titles: Vec<String> = stage.draft().films().map(|file| file.film.title).collect();
    let plain = titles.into_iter().rev().take(60).filter(|title| title.is_ascii());
    plain.map(|title| title.chars().take(12).collect()).take(12).collect()
}

/// The address of the stage's database.
pub(crate) fn url(stage: &Stage) -> String {
    let options = stage.server.connect_options();
    let mut url = url::Url::parse("mysql://localhost/bench").unwrap();
    url.set_username(options.get_username()).unwrap();
    let socket = stage.server.socket().to_str().unwrap();
    url.query_pairs_mut().append_pair("socket", socket).append_pair("ssl-mode", "disabled");
    url.into()
}

/// The console on a database.
pub(crate) fn command(home: &Path, url: &str) -> CommandBuilder {
    let mut command = clean(env!("CARGO_BIN_EXE_marsai"), home);
    command.env("MARSAI_DATABASE_URL", url);
    command
}

/// A program with nothing of this machine's settings around it.
pub(crate) fn clean(program: &str, home: &Path) -> CommandBuilder {
    let mut command = CommandBuilder::new(program);
    command.env_clear();
    command.cwd(home);
    for (name, value) in [
        ("HOME", home.to_str().unwrap()),
        ("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"),
        ("TERM", "xterm-256color"),
        ("LANG", "en_GB.UTF-8"),
    ] {
        command.env(name, value);
    }
    command
}

/// Signs in once, so that this computer is remembered.
pub(crate) fn sign_in(command: CommandBuilder, size: (u16, u16), festival: &Festival, titles: &[String]) {
    let mut seat = Seat::take(command, size);
    seat.until("sign-in", |screen| screen.contents().contains("Password"));
    seat.press(&format!("{}\t{}\r", festival.administrator_email, festival.password));
    seat.until("films after signing in", |screen| first_row(screen, titles).is_some());
}

/// The first row of the screen that shows one of the titles.
pub(crate) fn first_row(screen: &vt100::Screen, titles: &[String]) -> Option<usize> {
    let rows = screen.rows(0, screen.size().1.into()).collect::<Vec<_>>();
    rows.iter().position(|row| titles.iter().any(|title| row.contains(title.as_str())))
}

/// Whether the screen shows films and none are being read any more.
pub(crate) fn is_whole(screen: &vt100::Screen, titles: &[String]) -> bool {
    first_row(screen, titles).is_some() && !screen.contents().to_lowercase().contains("loading")
}
