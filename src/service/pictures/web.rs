//! Fetching a picture from the host of the festival's files, and from no other.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use ureq::http::{StatusCode, header::LOCATION};
use ureq::tls::{TlsConfig, TlsProvider};
use ureq::{Agent, Body, Error, http::Response};
use url::Url;

use crate::api::picture::PictureTrouble;
use crate::domain::picture::same_place;
use crate::domain::text::inert;

/// How long a server may take for one answer, from its name to the last byte.
const PATIENCE: Duration = Duration::from_secs(8);

/// How long a server that did not answer is left alone.
const PAUSE: Duration = Duration::from_secs(15);

/// Redirects that are followed, all on the same host.
const REDIRECTS: usize = 3;

/// Fetches pictures. Blocks.
#[derive(Debug)]
pub(super) struct Web {
    patience: Duration,
    /// Made when the first picture is fetched: most sessions fetch none.
    agent: OnceLock<Agent>,
    /// Which server did not answer, and until when it is left alone.
    silent: Mutex<Option<(Url, Instant)>>,
}

impl Default for Web {
    fn default() -> Self {
        Self::new(PATIENCE)
    }
}

impl Web {
    pub(super) fn new(patience: Duration) -> Self {
        Self { patience, agent: OnceLock::new(), silent: Mutex::new(None) }
    }

    fn agent(&self) -> &Agent {
        self.agent.get_or_init(|| {
            let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
            let tls = TlsConfig::builder().provider(TlsProvider::Rustls).unversioned_rustls_crypto_provider(provider);
            Agent::config_builder()
                .tls_config(tls.build())
                .timeout_global(Some(self.patience))
                .http_status_as_error(false)
                // Followed here, because the next address has to be judged first.
                .max_redirects(0)
                .max_redirects_will_error(false)
                // A connection that the server has closed meanwhile would be a picture that fails for nothing.
                .max_idle_connections(0)
                .user_agent("marsai")
                .accept("image/webp,image/png,image/jpeg,image/gif")
                .build()
                .new_agent()
        })
    }

    /// The bytes behind an address, which is on the host of `media`.
    pub(super) fn fetch(&self, address: &Url, media: &Url, largest: u64) -> Result<Vec<u8>, PictureTrouble> {
        if self.is_silent(media) {
            return Err(PictureTrouble::Unreachable);
        }
        let mut address = address.clone();
        for _ in 0..=REDIRECTS {
            if !same_place(media, &address) {
                return Err(PictureTrouble::Elsewhere);
            }
            let answer = self.agent().get(address.as_str()).call().map_err(|error| self.trouble(&error, media))?;
            match next(&answer, &address) {
                Some(next) => address = next,
                None => return self.body(answer, media, largest),
            }
        }
        Err(PictureTrouble::Missing)
    }

    fn body(&self, mut answer: Response<Body>, media: &Url, largest: u64) -> Result<Vec<u8>, PictureTrouble> {
        match answer.status() {
            status if status.is_success() => {}
            status if status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS => {
                return Err(PictureTrouble::Unreachable);
            }
            _ => return Err(PictureTrouble::Missing),
        }
        if answer.body().content_length().is_some_and(|length| length > largest) {
            return Err(PictureTrouble::TooLarge);
        }
        answer.body_mut().with_config().limit(largest).read_to_vec().map_err(|error| self.trouble(&error, media))
    }

    fn trouble(&self, error: &Error, media: &Url) -> PictureTrouble {
        if matches!(error, Error::BodyExceedsLimit(_)) {
            return PictureTrouble::TooLarge;
        }
        // What a server says may be in it.
        tracing::warn!(error = &*inert(&error.to_string()), "a picture cannot be fetched");
        if matches!(error, Error::Timeout(_) | Error::HostNotFound | Error::ConnectionFailed) {
            *self.silent() = Some((media.clone(), Instant::now() + PAUSE));
        }
        PictureTrouble::Unreachable
    }

    fn is_silent(&self, media: &Url) -> bool {
        self.silent().as_ref().is_some_and(|(server, until)| server == media && *until > Instant::now())
    }

    fn silent(&self) -> std::sync::MutexGuard<'_, Option<(Url, Instant)>> {
        self.silent.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Where a redirect leads, if it is one.
fn next(answer: &Response<Body>, address: &Url) -> Option<Url> {
    let to = answer.status().is_redirection().then(|| answer.headers().get(LOCATION)).flatten()?;
    address.join(to.to_str().ok()?).ok()
}

#[cfg(test)]
mod tests {
    //! Against a little server that answers whatever a test wants.
    #![allow(clippy::unwrap_used)]
    use std::io::{Read as _, Write as _};
    use std::net::{TcpListener, TcpStream};
    use std::sync::mpsc::{Receiver, channel};

    use super::*;
    use PictureTrouble::{Elsewhere, Missing, TooLarge, Unreachable};

    /// Serves on its own thread until the process ends; tells the paths that were asked for.
    fn server() -> (Url, Receiver<String>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = Url::parse(&format!("http://{}/media/", listener.local_addr().unwrap())).unwrap();
        let (told, asked) = channel();
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let told = told.clone();
                std::thread::spawn(move || {
                    let mut stream = stream.unwrap();
                    let path = request(&mut stream);
                    let _ = told.send(path.clone());
                    // A client that has had enough hangs up.
                    let _ = answer(&mut stream, &path);
                });
            }
        });
        (address, asked)
    }

    fn request(stream: &mut TcpStream) -> String {
        let mut text = Vec::new();
        let mut byte = [0];
        while !text.ends_with(b"\r\n\r\n") && stream.read(&mut byte).unwrap_or(0) == 1 {
            text.push(byte[0]);
        }
        String::from_utf8(text).unwrap().split(' ').nth(1).unwrap_or_default().to_owned()
    }

    fn answer(stream: &mut TcpStream, path: &str) -> std::io::Result<()> {
        let mut say = |text: &str| stream.write_all(text.as_bytes());
        match path.trim_start_matches("/media/") {
            "ok" => say("HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\npicture"),
            "moved" => say("HTTP/1.1 302 Found\r\nLocation: /media/ok\r\nContent-Length: 0\r\n\r\n"),
            "away" => say("HTTP/1.1 302 Found\r\nLocation: http://localhost:1/ok\r\nContent-Length: 0\r\n\r\n"),
            "inside" => say("HTTP/1.1 302 Found\r\nLocation: //127.0.0.1:22/ok\r\nContent-Length: 0\r\n\r\n"),
            "file" => say("HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\n\r\n"),
            "round" => say("HTTP/1.1 302 Found\r\nLocation: /media/round\r\nContent-Length: 0\r\n\r\n"),
            "broken" => say("HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n"),
            "announced" => say("HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n"),
            "cut" => say("HTTP/1.1 200 OK\r\nContent-Length: 70\r\n\r\npicture"),
            "nonsense" => say("\x1b]0;owned\x07\r\n\r\n"),
            "endless" => {
                say("HTTP/1.1 200 OK\r\n\r\n")?;
                loop {
                    say(&"x".repeat(4096))?;
                }
            }
            "slow" => {
                say("HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\np")?;
                // Until the client hangs up.
                stream.read_exact(&mut [0])
            }
            _ => say("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"),
        }
    }

    #[test]
    fn answers_by_table() {
        let (media, asked) = server();
        let web = Web::new(Duration::from_secs(60));
        let fetch = |name: &str| {
            let bytes = web.fetch(&media.join(name).unwrap(), &media, 1_000_000);
            bytes.map(|bytes| String::from_utf8(bytes).unwrap())
        };
        for (name, expected) in [
            ("ok", Ok("picture")),
            ("moved", Ok("picture")),
            ("nothing", Err(Missing)),
            ("away", Err(Elsewhere)),
            ("inside", Err(Elsewhere)),
            ("file", Err(Elsewhere)),
            ("round", Err(Missing)),
            ("broken", Err(Unreachable)),
            ("announced", Err(TooLarge)),
            ("endless", Err(TooLarge)),
            ("cut", Err(Unreachable)),
            ("nonsense", Err(Unreachable)),
        ] {
            assert_eq!(fetch(name).as_deref().map_err(|trouble| *trouble), expected, "{name}");
        }
        let asked: Vec<String> = asked.try_iter().collect();
        assert_eq!(asked.iter().filter(|path| *path == "/media/round").count(), REDIRECTS + 1);
        // Elsewhere is not even asked.
        assert_eq!(web.fetch(&Url::parse("http://localhost:1/x").unwrap(), &media, 9), Err(Elsewhere));
    }

    #[test]
    fn a_silent_server_is_given_up_and_left_alone() {
        let (media, asked) = server();
        let web = Web::new(Duration::from_millis(300));
        let slow = media.join("slow").unwrap();
        assert_eq!(web.fetch(&slow, &media, 9), Err(Unreachable));
        assert_eq!(web.fetch(&slow, &media, 9), Err(Unreachable));
        assert_eq!(asked.try_iter().count(), 1);
    }

    #[test]
    fn nobody_there_is_a_quiet_trouble() {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let media = Url::parse(&format!("http://127.0.0.1:{port}/")).unwrap();
        let web = Web::new(Duration::from_secs(60));
        assert_eq!(web.fetch(&media.join("x").unwrap(), &media, 9), Err(Unreachable));
    }
}
