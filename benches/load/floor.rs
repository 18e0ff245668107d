//! What this computer itself costs: connections on which a server does nothing but send back what it reads.

use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

use super::figures::{Report, spread};

/// Set where this program is to be the server.
pub(crate) const ECHO: &str = "MARSAI_LOAD_ECHO";

/// Sends back what comes, until the standard input ends.
pub(crate) async fn echo() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    println!("{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let _ = stream.set_nodelay(true);
            tokio::spawn(async move {
                let mut buffer = [0; 64];
                while let Ok(read @ 1..) = stream.read(&mut buffer).await {
                    if stream.write_all(&buffer[..read]).await.is_err() {
                        return;
                    }
                }
            });
        }
    });
    let _ = tokio::io::stdin().read(&mut [0]).await;
}

/// A byte a second on each connection.
pub(crate) async fn floor(sessions: usize, seconds: u64, report: &mut Report) {
    let own = std::env::current_exe().unwrap();
    let mut server = std::process::Command::new(own);
    let piped = std::process::Stdio::piped;
    let mut server = server.env(ECHO, "1").stdin(piped()).stdout(piped()).spawn().unwrap();
    let mut lines = std::io::BufRead::lines(std::io::BufReader::new(server.stdout.take().unwrap()));
    let address = lines.next().unwrap().unwrap();
    let mut streams = Vec::new();
    for _ in 0..sessions {
        let stream = TcpStream::connect(&address).await.unwrap();
        stream.set_nodelay(true).unwrap();
        streams.push(stream);
    }
    let start = tokio::time::Instant::now();
    let mut typing = JoinSet::new();
    for (n, mut stream) in streams.into_iter().enumerate() {
        let offset = Duration::from_micros(n as u64 * 7_919 % 1_000_000);
        typing.spawn(async move {
            let mut times = Vec::new();
            for second in 0..seconds {
                tokio::time::sleep_until(start + offset + Duration::from_secs(second)).await;
                let pressed = Instant::now();
                stream.write_all(b"k").await.unwrap();
                stream.read_u8().await.unwrap();
                times.push(pressed.elapsed());
            }
            times
        });
    }
    let times = spread(typing.join_all().await.concat());
    drop(server.stdin.take());
    let _ = server.wait();
    report.add(
        format!("{sessions} connections, a byte a second sent back"),
        times.shown(),
        "",
        "the floor here".to_owned(),
    );
}
