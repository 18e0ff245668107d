//! The processes that are measured, and what the kernel knows of them.

use std::collections::HashMap;
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use super::person::Door;

/// A server and its children. Ended when dropped.
pub(crate) struct Served {
    child: Child,
    pub(crate) door: Door,
}

/// What processes use, all of a tree together.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Usage {
    pub(crate) processes: usize,
    /// Resident, in bytes; what several share counts once.
    pub(crate) memory: f64,
    /// Time on the processors.
    pub(crate) cpu: Duration,
}

impl Served {
    /// `marsai serve` on a database.
    pub(crate) fn marsai(home: &Path, url: &str) -> Self {
        let mut child = marsai(home, url)
            .args(["serve", "--listen", "127.0.0.1:0"])
            // Those who have just gone still have their places for a moment.
            .env("MARSAI_SSH_MAX_SESSIONS", "20000")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let first = lines.next().unwrap().unwrap();
        let address: SocketAddr = first.split(' ').nth(2).unwrap().parse().unwrap();
        // It says a few lines more; a closed pipe would end it.
        std::thread::spawn(move || lines.count());
        Self { child, door: Door { address, account: None } }
    }

    /// Another server that was started.
    pub(crate) fn new(child: Child, door: Door) -> Self {
        Self { child, door }
    }

    /// What it uses now.
    pub(crate) fn usage(&self) -> Usage {
        tree(self.child.id())
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        if let Ok(pid) = i32::try_from(self.child.id()) {
            // It may have ended by itself.
            let _ = kill(Pid::from_raw(pid), Signal::SIGTERM);
        }
        let _ = self.child.wait();
    }
}

/// The console: this build, or another one to be compared with it, which `MARSAI_LOAD_PROGRAM` names.
pub(crate) fn program() -> PathBuf {
    std::env::var_os("MARSAI_LOAD_PROGRAM").map_or_else(|| env!("CARGO_BIN_EXE_marsai").into(), PathBuf::from)
}

/// The console with nothing of this machine's settings around it.
pub(crate) fn marsai(home: &Path, url: &str) -> Command {
    let mut command = Command::new(program());
    command.env_clear().current_dir(home);
    command.env("HOME", home).env("MARSAI_DATABASE_URL", url).env("LANG", "en_GB.UTF-8");
    command.env("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
    // Other settings of the allocator may be tried: `_RJEM_MALLOC_CONF=narenas:2`.
    command.envs(std::env::vars_os().filter(|(name, _)| name == "_RJEM_MALLOC_CONF"));
    command
}

/// A process and all that descend from it.
pub(crate) fn tree(root: u32) -> Usage {
    let mut children: HashMap<u32, Vec<u32>> = HashMap::new();
    for entry in fs::read_dir("/proc").unwrap().flatten() {
        let Some(pid) = entry.file_name().to_str().and_then(|name| name.parse().ok()) else { continue };
        if let Some(parent) = stat(pid).and_then(|fields| fields.get(1)?.parse().ok()) {
            children.entry(parent).or_default().push(pid);
        }
    }
    let (mut usage, mut waiting) = (Usage::default(), vec![root]);
    while let Some(pid) = waiting.pop() {
        usage.processes += 1;
        usage.memory += memory(pid);
        usage.cpu += cpu(pid);
        waiting.extend(children.remove(&pid).unwrap_or_default());
    }
    usage
}

/// The fields of a process after its name, which may hold anything.
fn stat(pid: u32) -> Option<Vec<String>> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let fields = stat.rsplit(')').next()?;
    Some(fields.split_whitespace().map(str::to_owned).collect())
}

/// Its share of the memory that is in use, in bytes.
fn memory(pid: u32) -> f64 {
    let rollup = fs::read_to_string(format!("/proc/{pid}/smaps_rollup")).unwrap_or_default();
    let kib = rollup.lines().find_map(|line| line.strip_prefix("Pss:")?.split_whitespace().next()?.parse::<f64>().ok());
    kib.unwrap_or(0.0) * 1024.0
}

/// Its time on the processors, with that of threads and children that have ended, in hundredths of a second.
fn cpu(pid: u32) -> Duration {
    let times = stat(pid).and_then(|fields| {
        let ticks = fields.get(11..15)?.iter().filter_map(|field| field.parse::<u64>().ok());
        Some(ticks.sum::<u64>())
    });
    Duration::from_millis(times.unwrap_or(0) * 10)
}

/// The processor time of a MariaDB server whose directory this is.
pub(crate) fn database(directory: &Path) -> Duration {
    let pid = fs::read_to_string(directory.join("server.pid")).ok();
    pid.and_then(|pid| pid.trim().parse().ok()).map_or(Duration::ZERO, cpu)
}
