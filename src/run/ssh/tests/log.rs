//! What clients send reaches the log inert and short.

use std::sync::{Arc, Mutex};

use tracing_subscriber::fmt::MakeWriter;

use super::*;

/// A log in memory.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

/// The server and the client share the thread, so that the log gets everything.
#[tokio::test]
async fn a_name_with_escapes_and_lines_stays_on_its_line() {
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt()
        .with_ansi(false)
        .with_max_level(tracing::Level::TRACE)
        .with_writer(log.clone())
        .finish();
    let _guard = tracing::subscriber::set_default(subscriber);
    let served = serve(Limits::default()).await;
    let name = format!("\x1b[2Ja@b\n2026-01-01 INFO forged \u{202e}{}", "x".repeat(4096));
    let config = russh::client::Config {
        client_id: russh::SshId::Standard("SSH-2.0-\x1b]0;owned\x07".into()),
        ..Default::default()
    };
    let mut probe = Probe::connect_with(served.port, config).await;
    assert!(!probe.handle.authenticate_password(&name, "wrong").await.unwrap().success());
    drop(probe);
    served.until_inside((0, 0, 0)).await;
    served.end().await;
    let text = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    let ours: Vec<_> = text.lines().filter(|line| line.contains("sign-in refused")).collect();
    assert_eq!(ours.len(), 1, "{text}");
    assert!(ours[0].contains("forged") && ours[0].len() < 400, "{}", ours[0]);
    let raw = |c: char| c != '\n' && (c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c));
    assert!(!text.contains(raw) && !text.contains("owned"), "{text:?}");
}
