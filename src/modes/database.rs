//! Opening the database: the configured one, or a private MariaDB of this user.

use std::io::{self, Write as _};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use sqlx::{ConnectOptions as _, MySqlConnection, MySqlPool};
use tokio::sync::broadcast;

use super::{Around, Stop};
use crate::config::Media;
use crate::mariadb::Server;
use crate::run::feed::Live;
use crate::run::host::News;
use crate::service::Service;
use crate::store::connect::{self, ConnectError, PoolSettings, ServerInfo, Target};
use crate::store::migrate::{self, Options, Verdict};
use crate::store::{Shape, StoreError};

/// The database's name on a server of our own.
const NAME: &str = "marsai";

/// How long connections may take to say goodbye.
const GOODBYE: Duration = Duration::from_secs(2);

/// Connections that a console asks for at once when it opens.
const FIRST: usize = 2;

/// A server that answers; nothing is known of its tables yet.
pub(super) struct Reached {
    /// Where it is.
    pub(super) target: Target,
    /// One connection to it.
    pub(super) conn: MySqlConnection,
    /// What it is.
    pub(super) info: ServerInfo,
    /// The process behind it, if it is ours.
    pub(super) server: Option<Arc<Server>>,
}

/// A database that the console can work on.
pub(super) struct Opened {
    /// Where it is.
    pub(super) target: Target,
    pool: MySqlPool,
    shape: Shape,
    server: Option<Arc<Server>>,
}

/// Reaches the database of the settings. A private one is started, and its database made, where needed.
pub(super) async fn reach(around: &Around) -> Result<Reached, Stop> {
    match &around.settings.database.url {
        Some(url) => {
            let target = url.target().clone();
            let timeout = Duration::from_secs(around.settings.database.connect_timeout_seconds);
            let (conn, info) = connect::open(&target, timeout).await.map_err(|source| unreachable(&target, source))?;
            Ok(Reached { target, conn, info, server: None })
        }
        None => reach_own(Server::open(&around.paths.private_database()).await?).await,
    }
}

/// Reaches a server of our own.
pub(super) async fn reach_own(server: Server) -> Result<Reached, Stop> {
    let options = server.connect_options();
    let target = Target::private(options.clone(), NAME);
    let server = Some(Arc::new(server));
    match connect::open(&target, connect::PROBE_TIMEOUT).await {
        Ok((conn, info)) => return Ok(Reached { target, conn, info, server }),
        Err(ConnectError::UnknownDatabase { .. }) => {}
        Err(source) => return Err(unreachable(&target, source)),
    }
    let made = async {
        let mut conn = options.connect().await?;
        sqlx::raw_sql("CREATE DATABASE IF NOT EXISTS marsai CHARACTER SET utf8mb4").execute(&mut conn).await
    };
    made.await
        .map_err(|error| Stop::Unprepared { place: target.to_string(), why: StoreError::from(error).detail() })?;
    let (conn, info) =
        connect::open(&target, connect::PROBE_TIMEOUT).await.map_err(|source| unreachable(&target, source))?;
    Ok(Reached { target, conn, info, server })
}

fn unreachable(target: &Target, source: ConnectError) -> Stop {
    Stop::Connect { place: target.to_string(), source }
}

/// Opens the database for work. Says on standard error when it is the private one.
pub(super) async fn open(around: &Around) -> Result<Opened, Stop> {
    if around.settings.database.url.is_none() {
        // Not being heard is no reason to stop.
        let _ = writeln!(io::stderr(), "marsai: no database is configured; using the private one on this computer");
    }
    reach(around).await?.ready().await
}

impl Reached {
    /// Looks whether the console can work on it. A private one is migrated by itself, any other never.
    pub(super) async fn ready(mut self) -> Result<Opened, Stop> {
        let pool = connect::pool(&self.target, PoolSettings::default());
        warm(&pool);
        let mut shape = self.shape().await?;
        let mut verdict = self.verdict(&shape).await?;
        if self.server.is_some() && matches!(verdict, Verdict::Empty | Verdict::NeedsMigration) {
            let applied = migrate::apply(&mut self.conn, Options::default(), &mut |_, _, _| {}).await;
            applied.map_err(|source| Stop::Migrate { place: self.target.to_string(), source })?;
            shape = self.shape().await?;
            verdict = self.verdict(&shape).await?;
        }
        if !matches!(verdict, Verdict::Platform { .. }) {
            return Err(Stop::NotReady { place: self.target.to_string(), verdict });
        }
        Ok(Opened { target: self.target, pool, shape, server: self.server })
    }

    async fn shape(&mut self) -> Result<Shape, Stop> {
        let read = Shape::read(&mut self.conn).await;
        read.map_err(|error| Stop::Unprepared { place: self.target.to_string(), why: error.detail() })
    }

    async fn verdict(&mut self, shape: &Shape) -> Result<Verdict, Stop> {
        let judged = migrate::verdict(&mut self.conn, shape).await;
        judged.map_err(|error| Stop::Unprepared { place: self.target.to_string(), why: error.detail() })
    }

    /// Leaves it again.
    pub(super) async fn close(self) -> Result<(), Stop> {
        drop(self.conn);
        leave(self.server).await
    }
}

impl Opened {
    /// A service on it.
    pub(super) fn service(&self) -> Service {
        self.service_with(&Media::default())
    }

    /// A service on it that finds films' pictures where the settings of this computer say.
    pub(super) fn service_with(&self, media: &Media) -> Service {
        Service::with_media(self.pool.clone(), self.shape.clone(), media.folder.clone())
    }

    /// The same, looked after: also for what a web site changes, which a private database has none of.
    pub(super) fn live(&self, media: &Media) -> Arc<Live> {
        let service = self.service_with(media);
        Arc::new(if self.server.is_some() { Live::new(service) } else { Live::beside_a_site(service) })
    }

    /// Starts a server of our own again whenever it is lost, until the news end.
    pub(super) fn keep_alive(&self, mut news: broadcast::Receiver<News>) -> Option<tokio::task::JoinHandle<()>> {
        let server = self.server.clone()?;
        Some(tokio::spawn(async move {
            loop {
                match news.recv().await {
                    Ok(News::Database(false)) => {
                        if let Err(error) = server.revive().await {
                            tracing::error!(%error, "the private MariaDB stays away");
                        }
                    }
                    Ok(_) | Err(broadcast::error::RecvError::Lagged(_)) => {}
                    Err(broadcast::error::RecvError::Closed) => return,
                }
            }
        }))
    }

    /// Leaves it. The last console out of a private one stops its server.
    pub(super) async fn close(self) -> Result<(), Stop> {
        // A server that has gone cannot be said goodbye to.
        let _ = tokio::time::timeout(GOODBYE, self.pool.close()).await;
        leave(self.server).await
    }
}

/// Makes the first connections while the tables are still being looked at, so that the first page does not wait for them.
fn warm(pool: &MySqlPool) {
    for _ in 0..FIRST {
        let pool = pool.clone();
        // Whoever needs a connection that did not come about hears why.
        tokio::spawn(async move { drop(pool.acquire().await) });
    }
}

async fn leave(server: Option<Arc<Server>>) -> Result<(), Stop> {
    match server.map(Arc::try_unwrap) {
        Some(Ok(server)) => Ok(server.leave().await?),
        // Somebody still looks after it; dropping the last one leaves as well.
        Some(Err(_)) | None => Ok(()),
    }
}

/// Whether this user has a private database already.
pub(super) fn private_exists(directory: &Path) -> bool {
    directory.join("data").is_dir()
}
