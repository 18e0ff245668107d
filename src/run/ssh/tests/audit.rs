//! What `ssh-audit` says of the server, where it is installed (`pip install ssh-audit`).

use std::process::Command;

use super::*;

/// The tool: as `SSH_AUDIT` says, on the path, or as a module of Python's.
fn tool() -> Option<Vec<String>> {
    let named = std::env::var("SSH_AUDIT").ok().map(|path| vec![path]);
    let usual = [&["ssh-audit"][..], &["python3", "-m", "ssh_audit"]];
    let all = named.into_iter().chain(usual.map(|words| words.iter().map(ToString::to_string).collect()));
    all.into_iter().find(|words| {
        let said = Command::new(&words[0]).args(&words[1..]).arg("--help").output();
        said.is_ok_and(|said| String::from_utf8_lossy(&said.stdout).contains("ssh-audit"))
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn the_audit_finds_no_failure_and_one_warning_at_most() {
    let Some(tool) = tool() else {
        eprintln!("ssh-audit is not installed: the server was not audited");
        return;
    };
    for (strict_pq, allowed) in [(false, 1), (true, 0)] {
        let served = serve_with(roomy(), strict_pq).await;
        let mut audit = Command::new(&tool[0]);
        audit.args(&tool[1..]).args(["--no-colors", "--skip-rate-test", "-p", &served.port.to_string(), "127.0.0.1"]);
        let said = tokio::task::spawn_blocking(move || audit.output()).await.unwrap().unwrap();
        let text = String::from_utf8_lossy(&said.stdout);
        assert!(text.contains("mlkem768x25519-sha256"), "{text}");
        let count = |what: &str| text.matches(what).count();
        assert_eq!(count("[fail]"), 0, "{text}");
        assert!(count("[warn]") <= allowed, "{text}");
        assert_eq!(text.contains("curve25519-sha256 "), !strict_pq, "{text}");
        served.end().await;
    }
}
