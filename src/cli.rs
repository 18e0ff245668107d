//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::api::film_form::ExportFormat;
use crate::config::Flags;
use crate::domain::user::Role;

/// The terminal console of the MarsAI film festival.
///
/// Without a command it opens the console on the configured database.
#[derive(Debug, Parser)]
#[command(name = "marsai", version, about, long_about, max_term_width = 100)]
pub struct Cli {
    /// What holds for every command.
    #[command(flatten)]
    pub common: Common,
    /// Open the console for somebody else: no settings from the environment, no rights beyond those of who signs in,
    /// nothing kept here; assumed behind OpenSSH's ForceCommand
    #[arg(long)]
    pub visitor: bool,
    /// What to do; nothing: open the console.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// Flags of every command.
#[derive(Debug, Args)]
pub struct Common {
    /// The festival's database, as mysql://user@host/database; a password is better kept in MARSAI_DATABASE_URL or in
    /// the settings file, where other people of this computer can't read it
    #[arg(long, global = true, value_name = "URL")]
    pub database: Option<String>,
    /// The settings file
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// The language: en, fr, or auto for the locale's
    #[arg(long, global = true, value_name = "LANGUAGE")]
    pub language: Option<String>,
}

impl Cli {
    /// What the command line says about settings.
    pub fn flags(&self) -> Flags {
        let (listen, strict_pq) = match &self.command {
            Some(Command::Serve { listen, strict_pq }) => (listen.clone(), *strict_pq),
            _ => (None, false),
        };
        Flags {
            config: self.common.config.clone(),
            database: self.common.database.clone(),
            language: self.common.language.clone(),
            listen,
            strict_pq,
        }
    }
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Open the console on a throwaway festival that is gone when you leave
    Demo {
        /// Who to be
        #[arg(long = "as", value_enum, default_value_t = DemoRole::Admin, value_name = "ROLE")]
        role: DemoRole,
        /// How many films
        #[arg(long, default_value_t = 120, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
        films: u32,
        /// Where chance begins: the same number makes the same festival
        #[arg(long, default_value_t = 1895, value_name = "NUMBER")]
        seed: u64,
    },
    /// Run the SSH server: every connection gets its own console
    Serve {
        /// Where to listen
        #[arg(long, value_name = "ADDR:PORT")]
        listen: Option<String>,
        /// Only key exchange that outlasts quantum computers; clients need OpenSSH 9.9 or newer
        #[arg(long)]
        strict_pq: bool,
    },
    /// Bring a database to the shape that the console needs, without changing anything that the web site uses
    Migrate {
        /// Only say what would be done
        #[arg(long)]
        dry_run: bool,
        /// Also make a second vote of one juror on one film impossible; the web site must then cope with the error
        #[arg(long)]
        unique_votes: bool,
    },
    /// Say what is wrong or odd with settings, database, data and terminal, and how to mend it
    Doctor {
        /// Also sweep what the console keeps about rows that are gone
        #[arg(long)]
        mend: bool,
    },
    /// Accounts, with the authority of the database's own credentials
    #[command(subcommand)]
    User(User),
    /// One request a line as JSON on standard input, one reply a line on standard output
    Call {
        /// Print every request with its fields, and stop
        #[arg(long)]
        list: bool,
        /// Whose permissions hold; the password comes from MARSAI_PASSWORD
        #[arg(long, value_name = "EMAIL", required_unless_present = "list")]
        email: Option<String>,
    },
    /// Write the festival's data into a file or to standard output
    #[command(subcommand)]
    Export(Export),
    /// Print the table of keys as Markdown
    Keys,
}

/// Who the demo signs in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DemoRole {
    /// An administrator
    Admin,
    /// A jury member
    Juror,
}

/// `marsai export …`
#[derive(Debug, Subcommand)]
pub enum Export {
    /// Films with every column, their categories, collaborators, panel, votes and awards
    Films {
        /// Whose permissions hold; the password comes from MARSAI_PASSWORD
        #[arg(long, value_name = "EMAIL")]
        email: String,
        /// How they are written
        #[arg(long, value_enum, default_value_t = Format::Csv)]
        format: Format,
        /// Only these columns, with commas between them
        #[arg(long, value_name = "COLUMNS", value_delimiter = ',')]
        columns: Vec<String>,
        /// Only the films that the console's filter line would show: 'status:candidate country:FR'
        #[arg(long = "where", value_name = "FILTER")]
        filter: Option<String>,
        /// Write there, for your own eyes; what stands there is replaced once everything is written
        #[arg(long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
}

/// How an export is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Comma-separated values; a cell that a spreadsheet would take for a formula begins with an apostrophe
    Csv,
    /// An array with one object on each line
    Json,
}

impl From<Format> for ExportFormat {
    fn from(format: Format) -> Self {
        match format {
            Format::Csv => ExportFormat::Csv,
            Format::Json => ExportFormat::Json,
        }
    }
}

/// `marsai user …`
#[derive(Debug, Subcommand)]
pub enum User {
    /// Add an account; asks for its password
    Add {
        /// Its email
        email: String,
        /// First name
        #[arg(long, value_name = "NAME")]
        first_name: String,
        /// Last name
        #[arg(long, value_name = "NAME")]
        last_name: String,
        /// What they may do
        #[arg(long, value_enum)]
        role: RoleName,
    },
    /// List administrators and jurors
    List {
        /// Producers as well
        #[arg(long)]
        all: bool,
    },
    /// Give an account a new password; asks for it
    Passwd {
        /// Whose
        email: String,
    },
    /// Give an account another role
    Role {
        /// Whose
        email: String,
        /// What they may do
        #[arg(value_enum)]
        role: RoleName,
        /// What becomes of a juror's films
        #[command(flatten)]
        leaving: Leaving,
    },
    /// Disable an account: it can't sign in
    Disable {
        /// Whose
        email: String,
        /// What becomes of a juror's films
        #[command(flatten)]
        leaving: Leaving,
    },
    /// Enable an account again
    Enable {
        /// Whose
        email: String,
    },
    /// SSH keys
    #[command(subcommand)]
    Key(KeyCommand),
}

/// How a juror leaves the films that they judge.
#[derive(Debug, Args)]
pub struct Leaving {
    /// Release a juror from their films: what becomes of the votes
    #[arg(long, value_enum, value_name = "WHAT")]
    pub votes: Option<VotesOf>,
    /// Why; struck votes need a reason
    #[arg(long, value_name = "TEXT")]
    pub reason: Option<String>,
}

/// What becomes of the votes of a juror who leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum VotesOf {
    /// They stay and count
    Keep,
    /// They are deleted; the ledger keeps them
    Strike,
}

/// `marsai user key …`
#[derive(Debug, Subcommand)]
pub enum KeyCommand {
    /// Let somebody sign in by an SSH key
    Add {
        /// Whose
        email: String,
        /// The public key's file (`id_ed25519.pub`), or - for standard input
        file: PathBuf,
    },
    /// List keys
    List {
        /// Whose; nobody: all
        email: Option<String>,
    },
    /// Print an offered key as a line of authorized_keys if it belongs to somebody who may sign in, else nothing: for
    /// sshd's AuthorizedKeysCommand
    Authorized {
        /// Its kind, sshd's %t
        algorithm: String,
        /// The key itself, sshd's %k
        key: String,
    },
    /// Take a key away
    Remove {
        /// As the list shows it: SHA256:…
        fingerprint: String,
    },
}

/// A role on the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum RoleName {
    /// Runs the festival
    Admin,
    /// Votes
    Jury,
    /// Submits films on the web site
    Producer,
}

impl From<RoleName> for Role {
    fn from(name: RoleName) -> Self {
        match name {
            RoleName::Admin => Role::Admin,
            RoleName::Jury => Role::Jury,
            RoleName::Producer => Role::Producer,
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn flags_go_before_and_behind_the_command() {
        for line in ["marsai --language fr user list", "marsai user list --language fr"] {
            let cli = Cli::try_parse_from(line.split(' ')).ok();
            assert_eq!(cli.and_then(|cli| cli.flags().language).as_deref(), Some("fr"), "{line}");
        }
    }
}
