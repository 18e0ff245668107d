//! Where the files of one user are.

use std::path::{Path, PathBuf};

use directories::ProjectDirs;

/// The operating system knows no home directory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("marsai does not know where to keep its files: this user has no home directory; set HOME")]
pub struct NoHome;

/// The directories of one user. None of them is made before something is put into it.
#[derive(Clone, Debug)]
pub struct Paths {
    config: PathBuf,
    data: PathBuf,
    state: PathBuf,
}

impl Paths {
    /// As the operating system has it (XDG on Linux).
    ///
    /// # Errors
    /// There is no home directory.
    pub fn of_this_user() -> Result<Self, NoHome> {
        let dirs = ProjectDirs::from("", "", "marsai").ok_or(NoHome)?;
        let data = dirs.data_local_dir().to_owned();
        let state = dirs.state_dir().map_or_else(|| data.join("state"), Path::to_owned);
        Ok(Self { config: dirs.config_dir().to_owned(), data, state })
    }

    /// The settings file.
    pub fn config(&self) -> PathBuf {
        self.config.join("config.toml")
    }

    /// The private MariaDB.
    pub fn private_database(&self) -> PathBuf {
        self.data.join("mariadb")
    }

    /// The SSH server's own key, if the settings name no other.
    pub fn host_key(&self) -> PathBuf {
        self.data.join("ssh_host_ed25519_key")
    }

    /// Logs, unless the settings say otherwise.
    pub fn logs(&self) -> PathBuf {
        self.state.join("log")
    }

    /// Remembered sign-ins.
    pub fn sessions(&self) -> PathBuf {
        self.state.join("sessions")
    }

    /// Where reports of a panic go.
    pub fn reports(&self) -> PathBuf {
        self.state.clone()
    }
}
