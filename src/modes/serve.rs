//! `marsai serve`: the SSH server.

use std::io::{self, Write as _};
use std::sync::Arc;
use std::time::Duration;

use tokio::signal::unix::{SignalKind, signal};

use super::{Around, Stop, console, database};
use crate::app::session::Place;
use crate::run::host::Service as _;
use crate::run::ssh::{Limits, Options, Server, fingerprint, host_key};

pub(super) async fn run(around: Around) -> Result<u8, Stop> {
    let settings = &around.settings.ssh;
    let path = settings.host_key.clone().unwrap_or_else(|| around.paths.host_key());
    let key = host_key::load_or_make(&path)?;
    let shown = fingerprint(&key);
    let opened = database::open(&around).await?;
    let live = opened.live(&around.settings.media);
    let keeper = opened.keep_alive(live.news());
    let place = Place {
        database: opened.target.display().to_owned(),
        operator: false,
        remember: false,
        saves: false,
        demo: false,
    };
    let host = console::host(&around.settings, Arc::clone(&live), place, false);
    let limits = Limits {
        total: settings.max_sessions,
        per_address: settings.max_per_address,
        per_account: settings.max_per_account,
        grace: Duration::from_secs(settings.login_grace_seconds),
        ..Limits::default()
    };
    let options = Options { key, limits, strict_pq: settings.strict_pq };
    let listening = |source| Stop::Listen { address: settings.listen, source };
    let server = Server::bind(settings.listen, options, host).await.map_err(listening)?;
    let address = server.address().map_err(listening)?;
    // Before anybody can know that it runs.
    let stop = asked_to_stop()?;
    {
        let mut out = io::stdout().lock();
        writeln!(out, "Listening on {address} for {}.", opened.target)?;
        writeln!(out, "Host key: {} {shown}", path.display())?;
        writeln!(out, "Jurors and administrators sign in with their email: ssh -p {} -l EMAIL HOST", address.port())?;
        out.flush()?;
    }
    tracing::info!(%address, "serving");
    server.serve(stop).await;
    live.leave().await;
    tracing::info!("stopped serving");
    if let Some(keeper) = keeper {
        keeper.abort();
        // It was told to end; how it did so does not matter.
        let _ = keeper.await;
    }
    opened.close().await?;
    Ok(0)
}

/// Done when somebody asks the process to end.
fn asked_to_stop() -> Result<impl Future<Output = ()>, Stop> {
    let mut terminate = signal(SignalKind::terminate()).map_err(Stop::Runtime)?;
    let mut interrupt = signal(SignalKind::interrupt()).map_err(Stop::Runtime)?;
    let mut hangup = signal(SignalKind::hangup()).map_err(Stop::Runtime)?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
            _ = hangup.recv() => {}
        }
    })
}
