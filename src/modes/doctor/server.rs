//! The server: what it is, whether others can listen in, how it is set up.

use sqlx::MySqlConnection;
use sqlx::mysql::MySqlSslMode;

use super::Report;
use crate::modes::database::Reached;
use crate::store::health;

/// Seconds by which clocks may differ.
const CLOCK: i64 = 60;

/// Connections that a server should offer to the web site and a few consoles.
const CONNECTIONS: i64 = 30;

pub(super) fn look(report: &mut Report, reached: &Reached) {
    let info = &reached.info;
    let cluster = if info.cluster { ", a node of a cluster" } else { "" };
    let what = format!("{}: {}{cluster}, as {}", reached.target, info.version_text, info.account);
    report.good("database", &what);
    if info.read_only {
        report.wrong("database", "the server takes no writes (read_only)", "connect to the primary server");
    }
    let options = reached.target.options();
    if options.get_socket().is_some() {
        return report.good("encryption", "not needed: a socket of this computer");
    }
    let verified = matches!(options.get_ssl_mode(), MySqlSslMode::VerifyCa | MySqlSslMode::VerifyIdentity);
    let how = "put ?ssl-mode=verify_ca&ssl-ca=/path/to/ca.pem at the end of the database URL";
    match (info.encrypted, verified) {
        (true, true) => report.good("encryption", "TLS, and the server's certificate is verified"),
        (true, false) => {
            report.odd(
                "encryption",
                "TLS, but anybody could pretend to be the server: its certificate is not verified",
                how,
            );
        }
        (false, _) if matches!(options.get_host(), "localhost" | "127.0.0.1" | "::1") => {
            report.good("encryption", "none; the connection does not leave this computer");
        }
        (false, _) => report.odd("encryption", "none: whoever is on the way reads and changes everything", how),
    }
}

/// `now`: seconds since 1970 by this computer's clock.
pub(super) async fn look_inside(report: &mut Report, conn: &mut MySqlConnection, now: i64) {
    let setup = match health::setup(conn).await {
        Ok(setup) => setup,
        Err(error) => return report.odd("server", &error.detail(), "nothing to do if all else is well"),
    };
    let strict = setup.sql_mode.contains("STRICT_TRANS_TABLES") || setup.sql_mode.contains("STRICT_ALL_TABLES");
    let zone = &setup.time_zone;
    if strict {
        report.good("server", &format!("strict sql_mode; its time zone is {zone}, the console writes UTC"));
    } else {
        report.odd(
            "server",
            &format!(
                "its sql_mode is not strict, so the web site may store cut texts and wrong words; time zone {zone}"
            ),
            "the console's own sessions are strict; set sql_mode on the server when the site allows it",
        );
    }
    let apart = now - setup.clock;
    if apart.abs() > CLOCK {
        let what = format!("this computer's clock and the server's are {} s apart", apart.abs());
        report.odd("clock", &what, "set both by NTP: times in the ledger are the server's");
    }
    if setup.max_connections < CONNECTIONS {
        let what = format!("the server takes at most {} connections", setup.max_connections);
        report.odd("server", &what, "raise max_connections before several people work at once");
    }
}
