//! `marsai serve`, from its first line to SIGTERM.

use std::io::{BufRead, BufReader, Read};
use std::net::TcpStream;
use std::os::unix::fs::PermissionsExt;

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use super::program::Computer;
use super::support;

/// Starts a server, looks at it, ends it, and says which host key it showed.
fn serve(computer: &Computer) -> String {
    let mut child = computer.start(&["serve", "--listen", "127.0.0.1:0"]);
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
    let (listening, key) = (lines.next().unwrap(), lines.next().unwrap());
    let address = listening.strip_prefix("Listening on ").and_then(|rest| rest.split(' ').next()).unwrap().to_owned();
    let mut greeting = [0; 8];
    TcpStream::connect(&address).unwrap().read_exact(&mut greeting).unwrap();
    assert_eq!(&greeting, b"SSH-2.0-");
    kill(Pid::from_raw(child.id().try_into().unwrap()), Signal::SIGTERM).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0));
    assert!(TcpStream::connect(&address).is_err(), "nobody listens any more");
    key
}

#[tokio::test]
async fn it_keeps_its_host_key_and_ends_when_asked() {
    let database = support::database().await;
    let computer = Computer::joined(&database);
    computer.run(&["migrate"]).well();
    let key = serve(&computer);
    assert!(key.contains("SHA256:"), "{key}");
    assert_eq!(serve(&computer), key);
    let file = computer.home().join("data/marsai/ssh_host_ed25519_key");
    assert_eq!(std::fs::metadata(file).unwrap().permissions().mode() & 0o777, 0o600);
}

#[tokio::test]
async fn an_address_that_is_taken_is_said() {
    let database = support::database().await;
    let computer = Computer::joined(&database);
    computer.run(&["migrate"]).well();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let error = computer.run(&["serve", "--listen", &address]).badly(1);
    assert!(error.contains(&format!("cannot listen on {address}")), "{error}");
}
