//! `marsai demo`: a made-up festival that is gone when one leaves.

use std::io::{self, Write as _};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};

use chrono::Utc;

use super::{Around, Stop, console, database};
use crate::api::account::SignedIn;
use crate::api::{Answer, Reply, Request};
use crate::app::Known;
use crate::app::session::Place;
use crate::cli::DemoRole;
use crate::demo::{self, Festival, Options, posters};
use crate::domain::visit::Way;
use crate::mariadb::Server;
use crate::run::driver::Visitor;
use crate::service::{Caller, NoObserver, Service};
use crate::store::migrate;

/// How many films there are unless somebody says otherwise.
pub(super) const FILMS: u32 = 120;
/// Where chance begins unless somebody says otherwise.
pub(super) const SEED: u64 = 1895;

pub(super) async fn run(around: Around, role: DemoRole, films: u32, seed: u64) -> Result<u8, Stop> {
    console::need_terminal()?;
    let options = Options { films, seed, now: Utc::now() };
    let (opened, festival, folder) = make(&options).await?;
    let email = match role {
        DemoRole::Admin => &festival.administrator_email,
        DemoRole::Juror => &festival.juror_email,
    };
    let mut caller = Caller::nobody(console::origin(&around));
    let signed_in = sign_in(&around, &opened.service(), &caller, email).await?;
    caller.user = Some(signed_in.person.id);
    let place = Place {
        database: around.lang.tr("command-demo-place"),
        operator: false,
        remember: false,
        saves: true,
        demo: true,
    };
    let visitor = Visitor { caller, known: Known::Person(signed_in), way: Way::Demo, tokens: None, standing: None };
    let mut settings = around.settings.clone();
    settings.media.folder = Some(folder.clone());
    let painter = Painter::start(options, folder)?;
    let live = opened.live(&settings.media);
    let code = console::show(&settings, &opened, live, place, visitor).await?;
    painter.stop();
    opened.close().await?;
    Ok(code)
}

/// Draws the films' pictures while the console is open already.
struct Painter {
    stopped: Arc<AtomicBool>,
    thread: JoinHandle<()>,
}

impl Painter {
    fn start(options: Options, folder: PathBuf) -> io::Result<Self> {
        let stopped = Arc::new(AtomicBool::new(false));
        let seen = Arc::clone(&stopped);
        let thread = thread::Builder::new().name("painter".to_owned()).spawn(move || {
            let wanted = || !seen.load(Ordering::Relaxed);
            if let Err(error) = posters::draw(&demo::festival::generate(&options), &folder, wanted) {
                tracing::warn!(%error, "the films have no pictures");
            }
        })?;
        Ok(Self { stopped, thread })
    }

    /// Ends it before the folder is taken away.
    fn stop(self) {
        self.stopped.store(true, Ordering::Relaxed);
        // A painter that failed has left nothing to wait for.
        let _ = self.thread.join();
    }
}

/// A throwaway server with a festival in it, and the folder for the films' pictures, which goes with it.
async fn make(options: &Options) -> Result<(database::Opened, Festival, PathBuf), Stop> {
    let mut line = Line::default();
    line.say(&format!("Making up a festival of {} films…", options.films));
    let server = Server::throwaway().await?;
    let folder = server.directory().join("pictures");
    let mut reached = database::reach_own(server).await?;
    let place = reached.target.to_string();
    let applied = migrate::apply(&mut reached.conn, migrate::Options::default(), &mut |_, _, _| {}).await;
    applied.map_err(|source| Stop::Migrate { place, source })?;
    let told = |done: u32, all: u32| line.say(&format!("Making up a festival of {all} films… {done}"));
    let festival = demo::fill(&mut reached.conn, options, told).await?;
    line.clear();
    Ok((reached.ready().await?, festival, folder))
}

async fn sign_in(around: &Around, service: &Service, caller: &Caller, email: &str) -> Result<SignedIn, Stop> {
    let password = demo::PASSWORD.to_owned().into();
    let request = Request::SignIn { email: email.to_owned(), password, remember: false };
    match service.call(caller, request, None, &NoObserver).await {
        Ok(Answer { reply: Reply::SignedIn(signed_in), .. }) => Ok(signed_in),
        Ok(_) => Err(Stop::Fault("the service answered a sign-in with something else".to_owned())),
        Err(failure) => Err(Stop::failure(&around.lang, &failure)),
    }
}

/// One line of progress on standard error, written over itself.
#[derive(Default)]
struct Line(bool);

impl Line {
    fn say(&mut self, text: &str) {
        self.0 = true;
        // Not being heard is no reason to stop.
        let _ = write!(io::stderr(), "\r{text}\x1b[K");
    }

    fn clear(&mut self) {
        if std::mem::take(&mut self.0) {
            let _ = write!(io::stderr(), "\r\x1b[K");
        }
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.clear();
    }
}
