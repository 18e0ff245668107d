//! `marsai`: the console on this terminal.

use std::env;
use std::fs;
use std::io::{self, IsTerminal as _, Write as _};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use sha2::{Digest as _, Sha256};
use tokio::runtime;
use tokio::sync::oneshot;

use super::first_run::{self, Choice};
use super::{Around, Stop, database, demo, variable, visitor};
use crate::app::session::Place;
use crate::app::{App, Known, Start};
use crate::cli::DemoRole;
use crate::config::{Background, Pictures, Settings};
use crate::domain::visit::Way;
use crate::run::backend::End;
use crate::run::driver::{self, Visitor};
use crate::run::feed::Live;
use crate::run::frame::{Caps, Graphics};
use crate::run::host::{Host, Service as _};
use crate::run::local::{Local, NoTerminal};
use crate::run::token::TokenFile;
use crate::service::{Caller, Origin};
use crate::store::connect::Target;
use crate::widgets::signs::Signs;
use crate::widgets::theme::{Mode, Theme};

pub(super) async fn run(mut around: Around) -> Result<u8, Stop> {
    need_terminal()?;
    let new_here = !database::private_exists(&around.paths.private_database());
    if around.settings.database.url.is_none() && new_here {
        match first_run::ask(&around).await? {
            Choice::Join(url) => around.settings.database.url = Some(*url),
            Choice::Private => first_run::say(&around.lang.tr("first-preparing"))?,
            Choice::Demo => return demo::run(around, DemoRole::Admin, demo::FILMS, demo::SEED).await,
            Choice::Leave => return Ok(0),
        }
    }
    let opened = database::reach(&around).await?.ready().await?;
    let tokens = tokens(&around, &opened.target).filter(|_| !visitor::behind_sshd(|name| env::var_os(name).is_some()));
    let known = tokens.as_ref().and_then(TokenFile::load).map_or(Known::No, Known::Token);
    let place = Place {
        database: opened.target.display().to_owned(),
        operator: true,
        remember: tokens.is_some(),
        saves: true,
        demo: false,
    };
    let caller = Caller { operator: true, ..Caller::nobody(origin(&around)) };
    let visitor = Visitor { caller, known, way: Way::Token, tokens, standing: None };
    let live = opened.live(&around.settings.media);
    let code = show(&around.settings, &opened, live, place, visitor).await?;
    opened.close().await?;
    Ok(code)
}

/// Screens need a terminal at both ends.
pub(super) fn need_terminal() -> Result<(), Stop> {
    if io::stdin().is_terminal() && io::stdout().is_terminal() { Ok(()) } else { Err(NoTerminal::NotATerminal.into()) }
}

/// Where this console's requests come from.
pub(super) fn origin(around: &Around) -> Origin {
    Origin::Terminal { os_user: around.os_user.clone() }
}

/// Runs a console on this terminal until the person leaves.
pub(super) async fn show(
    settings: &Settings,
    opened: &database::Opened,
    live: Arc<Live>,
    place: Place,
    visitor: Visitor,
) -> Result<u8, Stop> {
    let keeper = opened.keep_alive(live.news());
    // Where nothing can be kept, the terminal is somebody else's.
    let own = place.saves;
    let host = host(settings, Arc::clone(&live), place, own);
    let ended = here(host, visitor).await;
    live.leave().await;
    // A fault in there goes on here.
    let end = ended.unwrap_or_else(|fault| std::panic::resume_unwind(fault))?;
    if let Some(words) = end.words() {
        // There may be nobody who reads it.
        let _ = writeln!(io::stderr(), "{words}");
    }
    if let Some(keeper) = keeper {
        keeper.abort();
        // It was told to end; how it did so does not matter.
        let _ = keeper.await;
    }
    Ok(end.exit_code())
}

/// Runs a console on this terminal in a thread that does nothing else: from a key to its frame nobody has to be woken.
async fn here(host: Host<Live>, visitor: Visitor) -> std::thread::Result<Result<End, Stop>> {
    let (ended, end) = oneshot::channel();
    let thread = std::thread::Builder::new().name("console".to_owned());
    let thread = thread.spawn(move || {
        let runtime = runtime::Builder::new_current_thread().enable_all().build().map_err(Stop::Runtime)?;
        let end = runtime.block_on(async { Ok(driver::run(&host, Local::open()?, visitor).await) });
        // Nobody waits if the program is being left already.
        let _ = ended.send(());
        end
    });
    let thread = match thread {
        Ok(thread) => thread,
        Err(error) => return Ok(Err(Stop::Runtime(error))),
    };
    // An error is a fault in there, which the thread hands out.
    let _ = end.await;
    thread.join()
}

/// Opens consoles as the settings of this machine say. `here`: on the terminal whose environment is ours.
pub(super) fn host(settings: &Settings, live: Arc<Live>, place: Place, here: bool) -> Host<Live> {
    let language = settings.language(variable);
    let keymap = Arc::new(settings.keymap());
    let ui = settings.ui.clone();
    let (chosen, ascii) = (ui.pictures, ui.ascii);
    let mode = mode(ui.theme, here.then(|| variable("COLORFGBG")).flatten().as_deref());
    Host::new(live, move |opening| {
        App::new(Start {
            language,
            theme: Theme::new(mode, signs(ui.ascii, opening.caps)),
            keymap: Arc::clone(&keymap),
            place: place.clone(),
            now: opening.now,
            size: opening.size,
            pictures: opening.caps.show(),
            known: opening.known,
        })
    })
    .seeing(move |caps| drawing(chosen, ascii, here, caps))
}

/// How pictures are drawn: as the terminal says unless the settings of this computer say otherwise. Other people's
/// terminals are only ever asked for less.
fn drawing(chosen: Pictures, ascii: bool, here: bool, caps: Caps) -> Caps {
    let graphics = match chosen {
        Pictures::None => Graphics::None,
        Pictures::Blocks if caps.graphics != Graphics::None => Graphics::Blocks,
        Pictures::Kitty if here => Graphics::Kitty,
        Pictures::Iterm2 if here => Graphics::Iterm2,
        Pictures::Sixel if here => Graphics::Sixel,
        _ => caps.graphics,
    };
    let graphics = if ascii && graphics == Graphics::Blocks { Graphics::None } else { graphics };
    Caps { graphics, ..caps }
}

fn signs(ascii: bool, caps: Caps) -> Signs {
    if ascii || !caps.utf8 { Signs::ASCII } else { Signs::UNICODE }
}

/// The background: as the settings say, or as the terminal's COLORFGBG (`15;0`) does.
fn mode(background: Background, colorfgbg: Option<&str>) -> Mode {
    let light = match background {
        Background::Light => true,
        Background::Dark => false,
        Background::Auto => {
            let behind = colorfgbg.and_then(|colours| colours.rsplit(';').next()).and_then(|n| n.parse::<u8>().ok());
            matches!(behind, Some(7 | 9..=15))
        }
    };
    if light { Mode::Light } else { Mode::Dark }
}

/// Where this computer keeps what it is known by to this database; `None` where it is to know nobody.
fn tokens(around: &Around, target: &Target) -> Option<TokenFile> {
    let path = around.paths.sessions().join(session_name(target));
    let hours = u64::from(around.settings.session.stay_signed_in_hours);
    let age = fs::metadata(&path).and_then(|file| file.modified()).ok();
    let stale = age.is_some_and(|kept| {
        SystemTime::now().duration_since(kept).is_ok_and(|age| age > Duration::from_secs(hours * 3600))
    });
    if stale {
        // One that cannot be removed is refused by the database in its time.
        let _ = fs::remove_file(&path);
    }
    (hours > 0).then(|| TokenFile::new(path))
}

/// A file name for a database that tells nothing about it.
fn session_name(target: &Target) -> PathBuf {
    let options = target.options();
    let place = options.get_socket().map_or_else(
        || format!("{}:{}", options.get_host(), options.get_port()),
        |socket| socket.display().to_string(),
    );
    let name = format!("{place}/{}/{}", options.get_username(), options.get_database().unwrap_or_default());
    let digest = Sha256::digest(name.as_bytes());
    digest.iter().take(12).map(|byte| format!("{byte:02x}")).collect::<String>().into()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn backgrounds() {
        for (background, variable, expected) in [
            (Background::Auto, None, Mode::Dark),
            (Background::Auto, Some("15;0"), Mode::Dark),
            (Background::Auto, Some("0;default;15"), Mode::Light),
            (Background::Auto, Some("0;8"), Mode::Dark),
            (Background::Auto, Some("nonsense"), Mode::Dark),
            (Background::Light, Some("15;0"), Mode::Light),
            (Background::Dark, Some("0;15"), Mode::Dark),
        ] {
            assert_eq!(mode(background, variable), expected, "{background:?} {variable:?}");
        }
    }

    #[test]
    fn settings_decide_on_pictures_here_and_may_only_lessen_them_elsewhere() {
        use Graphics::{Blocks, Iterm2, Kitty, None};
        for (chosen, ascii, here, terminal, expected) in [
            (Pictures::Auto, false, true, Kitty, Kitty),
            (Pictures::Auto, true, true, Blocks, None),
            (Pictures::Auto, true, true, Kitty, Kitty),
            (Pictures::Iterm2, false, true, Blocks, Iterm2),
            (Pictures::Iterm2, false, false, Blocks, Blocks),
            (Pictures::Blocks, false, false, Kitty, Blocks),
            (Pictures::Blocks, false, true, None, None),
            (Pictures::None, false, false, Kitty, None),
        ] {
            let caps = Caps { graphics: terminal, ..Caps::default() };
            assert_eq!(drawing(chosen, ascii, here, caps).graphics, expected, "{chosen:?} {ascii} {here} {terminal:?}");
        }
    }

    #[test]
    fn each_database_has_a_session_of_its_own() {
        let name = |url: &str| session_name(&Target::parse(url).unwrap());
        let one = name("mysql://ann:secret@host/marsai");
        assert_eq!(one, name("mysql://ann:changed@host:3306/marsai"));
        assert!(one != name("mysql://ann@host/other") && one != name("mysql://ann@host:3307/marsai"));
    }
}
