//! A MariaDB server of the console's own: processes, files and locks, and nothing about films.
//!
//! There are two kinds. [`Server::open`] gives the durable server of one directory, which all consoles of a user share: the
//! first one in starts it, the last one out stops it. [`Server::throwaway`] gives a server in a temporary directory that is
//! gone, process and files, when the process that asked for it ends by any means.
//!
//! Both listen on a unix socket only, inside a directory that only its owner may enter, and know people by the name that the
//! operating system gives them. What a directory holds:
//!
//! | name | is |
//! |---|---|
//! | `data/` | MariaDB's data directory |
//! | `data.new-PID/` | one that is being initialised; renamed when it is whole, swept when its maker died |
//! | `tmp/` | temporary tables |
//! | `server.sock`, `server.pid`, `server.log` | what the names say; the log before the last large one is `server.log.old` |
//! | `start.lock` | held exclusively while a console starts or stops the server |
//! | `use.lock` | held shared by every console for as long as it is open |
//! | `server.lock` | held by the server process itself, so that anybody can tell whether it lives |
//!
//! No process id is ever trusted: whether a server runs is judged by connecting, whether its process lives by `server.lock`,
//! which the kernel frees however the process ends.

mod complaints;
mod error;
mod launch;
mod locate;
mod locks;
mod place;
mod shared;
mod template;
mod throwaway;

use std::path::Path;

use sqlx::mysql::MySqlConnectOptions;

pub use self::error::MariadbError;
pub use self::locate::{Programs, locate};

use self::place::{OsUser, Place};
use self::shared::Shared;
use self::throwaway::Throwaway;

/// A running MariaDB server of our own. Dropping it does what [`Server::leave`] does, but blocks while it does so.
#[derive(Debug)]
pub struct Server {
    place: Place,
    user: OsUser,
    kind: Kind,
}

#[derive(Debug)]
enum Kind {
    Shared(Shared),
    Throwaway(Throwaway),
}

impl Server {
    /// Joins the durable server of `directory`, after initialising and starting it where needed. Waits up to a minute for
    /// another console that is starting or stopping it.
    pub async fn open(directory: &Path) -> Result<Self, MariadbError> {
        let user = OsUser::current()?;
        let place = Place::prepare(directory, &user)?;
        let kind = Kind::Shared(Shared::join(&place, &user).await?);
        Ok(Self { place, user, kind })
    }

    /// A new server in a temporary directory, without durability, for demonstrations and tests. Process and directory are gone
    /// when this process ends, also when it is killed.
    pub async fn throwaway() -> Result<Self, MariadbError> {
        let user = OsUser::current()?;
        let (place, throwaway) = Throwaway::start(&user).await?;
        Ok(Self { place, user, kind: Kind::Throwaway(throwaway) })
    }

    /// The unix socket that the server listens on.
    pub fn socket(&self) -> &Path {
        &self.place.socket
    }

    /// The directory that holds everything of this server, as an absolute path.
    pub fn directory(&self) -> &Path {
        &self.place.directory
    }

    /// How to sign in: over the socket, as the operating system's user, without choosing a database.
    pub fn connect_options(&self) -> MySqlConnectOptions {
        launch::connect_options(&self.place, &self.user)
    }

    /// Makes sure that the server runs, after it was lost: a durable one is started again, with everything that was committed;
    /// a throwaway one that died cannot come back.
    pub async fn revive(&self) -> Result<(), MariadbError> {
        match &self.kind {
            Kind::Shared(_) => Shared::revive(&self.place, &self.user).await,
            Kind::Throwaway(_) => {
                launch::ping(&self.place, &self.user).await.map_err(|source| self.place.unreachable(source))
            }
        }
    }

    /// Gives the server up. The last console out of a durable one stops it and waits until it has stopped; a throwaway one is
    /// removed.
    pub async fn leave(mut self) -> Result<(), MariadbError> {
        match &mut self.kind {
            Kind::Shared(shared) => shared.leave(&self.place, &self.user).await,
            Kind::Throwaway(throwaway) => {
                throwaway.end().await;
                Ok(())
            }
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // A throwaway one ends by being dropped itself.
        if let Kind::Shared(shared) = &mut self.kind {
            shared.leave_blocking(&self.place, &self.user);
        }
    }
}
