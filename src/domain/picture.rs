//! A film's pictures: which there are, and where one may be read.
//!
//! The web site stores file names (`uploads/x.jpg`, `/uploads/x.jpg`) or addresses. Both come from a form that anybody could fill in, so that a
//! name never leads out of the folder that it is looked up in, and an address never to another host than the festival's own.

use serde::{Deserialize, Serialize};
use url::Url;

/// The longest name or address that is looked at, in bytes.
const LONGEST: usize = 2_000;

/// One of a film's pictures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Picture {
    /// `display_picture`
    #[serde(rename = "display_picture")]
    Poster,
    /// `picture1`
    #[serde(rename = "picture1")]
    First,
    /// `picture2`
    #[serde(rename = "picture2")]
    Second,
    /// `picture3`
    #[serde(rename = "picture3")]
    Third,
    /// `thumbnail`
    #[serde(rename = "thumbnail")]
    Thumbnail,
}

impl Picture {
    /// All of them, in the order in which they are looked through.
    pub const ALL: [Picture; 5] =
        [Picture::Poster, Picture::First, Picture::Second, Picture::Third, Picture::Thumbnail];

    /// Its column of `movies`.
    pub fn column(self) -> &'static str {
        match self {
            Picture::Poster => "display_picture",
            Picture::First => "picture1",
            Picture::Second => "picture2",
            Picture::Third => "picture3",
            Picture::Thumbnail => "thumbnail",
        }
    }
}

/// Why a picture is not looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotLookedFor {
    /// What is stored is neither a plain name nor an http(s) address.
    Unsound,
    /// No address of the web site's files is set.
    NoAddress,
    /// It is an address on another host.
    Elsewhere,
}

/// What a column of a picture holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stored {
    /// A relative path, by its parts: none is empty, `.` or `..`, also when decoded.
    Name(Vec<String>),
    /// An http(s) address, of whatever host.
    Address(Url),
}

impl Stored {
    /// Reads what a column holds.
    ///
    /// # Errors
    /// [`NotLookedFor::Unsound`].
    pub fn read(text: &str) -> Result<Self, NotLookedFor> {
        let text = text.trim();
        if text.is_empty() || text.len() > LONGEST || text.contains('\\') || text.chars().any(char::is_control) {
            return Err(NotLookedFor::Unsound);
        }
        let begins = |scheme: &str| text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
        if begins("http://") || begins("https://") {
            let address = Url::parse(text).map_err(|_| NotLookedFor::Unsound)?;
            return if is_plain(&address) { Ok(Stored::Address(address)) } else { Err(NotLookedFor::Unsound) };
        }
        // Sites store `/uploads/x.jpg` too and mean their own folder. Behind that one slash, a colon in the first part is another
        // scheme or a drive of Windows, and an empty part a host.
        let parts: Vec<String> = text.strip_prefix('/').unwrap_or(text).split('/').map(str::to_owned).collect();
        let sound = !parts[0].contains(':') && parts.iter().all(|part| stays_below(part));
        if sound { Ok(Stored::Name(parts)) } else { Err(NotLookedFor::Unsound) }
    }

    /// The address at which it is found, under the festival's address of such files.
    ///
    /// # Errors
    /// There is no such address, or this is on another host.
    pub fn under(self, media: Option<&Url>) -> Result<Url, NotLookedFor> {
        let media = media.ok_or(NotLookedFor::NoAddress)?;
        match self {
            Stored::Address(address) if same_place(media, &address) => Ok(address),
            Stored::Address(_) => Err(NotLookedFor::Elsewhere),
            Stored::Name(parts) => {
                let mut address = media.clone();
                // An http(s) address always has a path.
                address.path_segments_mut().map_err(|()| NotLookedFor::Unsound)?.pop_if_empty().extend(parts);
                Ok(address)
            }
        }
    }
}

/// Reads an address of the web site's files (`site.media_url`): http(s), a host, nobody's password, nothing behind the path.
pub fn media_address(text: &str) -> Option<Url> {
    let address = Url::parse(text).ok()?;
    let plain = is_plain(&address) && address.query().is_none() && address.fragment().is_none();
    (plain && !text.chars().any(char::is_control)).then_some(address)
}

/// Whether an address is http(s), names a host and carries no account.
fn is_plain(address: &Url) -> bool {
    matches!(address.scheme(), "http" | "https")
        && address.has_host()
        && address.username().is_empty()
        && address.password().is_none()
}

/// Whether an address is on the host of the festival's files: the same name and port. Between the two usual ports of http
/// and https it may change, because sites redirect from one to the other.
pub fn same_place(media: &Url, address: &Url) -> bool {
    let usual = |url: &Url| url.port().is_none();
    is_plain(address)
        && media.host() == address.host()
        && (media.port_or_known_default() == address.port_or_known_default() || (usual(media) && usual(address)))
}

/// Whether a part of a path names something in its folder, as it is and as a careless reader would decode it.
fn stays_below(part: &str) -> bool {
    let decoded = decoded(part);
    [part.as_bytes(), &decoded].iter().all(|part| {
        !matches!(*part, b"" | b"." | b"..") && !part.iter().any(|byte| matches!(byte, b'/' | b'\\' | 0..=31 | 127))
    })
}

/// A text with its `%2e` decoded, however often they were encoded.
fn decoded(text: &str) -> Vec<u8> {
    let mut bytes = text.as_bytes().to_vec();
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let mut at = 0;
    while at + 2 < bytes.len() {
        match (bytes[at], digit(bytes[at + 1]), digit(bytes[at + 2])) {
            (b'%', Some(high), Some(low)) => {
                bytes.splice(at..at + 3, [high * 16 + low]);
                // What was decoded may begin another one, with what stands before it too.
                at = at.saturating_sub(2);
            }
            _ => at += 1,
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_in_their_folder() {
        for (text, parts) in [
            ("poster.jpg", &["poster.jpg"][..]),
            (" uploads/été 2026/x.jpg ", &["uploads", "été 2026", "x.jpg"]),
            ("a..b/..c", &["a..b", "..c"]),
            ("100%.png", &["100%.png"]),
            ("my%20film.jpg", &["my%20film.jpg"]),
            ("/uploads/x.jpg", &["uploads", "x.jpg"]),
            (" /x.jpg", &["x.jpg"]),
            ("/etc/passwd", &["etc", "passwd"]),
        ] {
            let parts = parts.iter().map(|part| (*part).to_owned()).collect();
            assert_eq!(Stored::read(text), Ok(Stored::Name(parts)), "{text:?}");
        }
        for text in [
            "",
            "  ",
            "/",
            "..",
            "/..",
            "/../x",
            "/./x",
            "/%2e%2e/x",
            "/uploads//x.jpg",
            "/uploads/",
            "../x",
            "a/../../x",
            "a/./b",
            "a//b",
            "a/",
            "//host/x.jpg",
            "///x.jpg",
            "/\\host/x.jpg",
            "/C:/x.jpg",
            "/http://host/x.jpg",
            "\\\\host\\x",
            "a\\..\\b",
            "%2e%2e/x",
            "a/%2E%2e/x",
            ".%2e/x",
            "%252e%252e/x",
            "%25252e./x",
            "a%2fb",
            "a%5cb",
            "a%00.jpg",
            "x\0.jpg",
            "x\u{1b}[2J.jpg",
            "file:///etc/passwd",
            "file:x",
            "data:image/png;base64,AAAA",
            "ftp://host/x.jpg",
            "javascript:alert(1)",
            "C:/x.jpg",
            "http://",
            "http://user@host/x",
            "http://user:word@host/x",
        ] {
            assert_eq!(Stored::read(text), Err(NotLookedFor::Unsound), "{text:?}");
        }
    }

    #[test]
    fn addresses_stay_on_their_host() {
        let media = media_address("https://site.example/media/");
        let found = |text: &str| Stored::read(text)?.under(media.as_ref()).map(String::from);
        for (text, address) in [
            ("x.jpg", "https://site.example/media/x.jpg"),
            ("/uploads/x.jpg", "https://site.example/media/uploads/x.jpg"),
            ("uploads/a b.jpg", "https://site.example/media/uploads/a%20b.jpg"),
            ("a?b#c.jpg", "https://site.example/media/a%3Fb%23c.jpg"),
            ("50%20.jpg", "https://site.example/media/50%2520.jpg"),
            ("https://site.example/elsewhere/x.jpg?size=2", "https://site.example/elsewhere/x.jpg?size=2"),
            ("HTTP://SITE.example/x.jpg", "http://site.example/x.jpg"),
        ] {
            assert_eq!(found(text).as_deref(), Ok(address), "{text}");
        }
        for text in [
            "https://other.example/x.jpg",
            "https://site.example.org/x.jpg",
            "https://sub.site.example/x.jpg",
            "https://site.example:8443/x.jpg",
            "http://site.example:22/x.jpg",
            "http://127.0.0.1/x.jpg",
            "http://169.254.169.254/latest/meta-data",
            "http://[::1]/x.jpg",
        ] {
            assert_eq!(found(text), Err(NotLookedFor::Elsewhere), "{text}");
        }
        assert_eq!(Stored::read("x.jpg").and_then(|name| name.under(None)), Err(NotLookedFor::NoAddress));
        let without = media_address("http://127.0.0.1:8080/files");
        let name = Stored::read("x.jpg").and_then(|name| name.under(without.as_ref()));
        assert_eq!(name.map(String::from).as_deref(), Ok("http://127.0.0.1:8080/files/x.jpg"));
    }

    #[test]
    fn columns_are_their_names() {
        for picture in Picture::ALL {
            let name = format!("\"{}\"", picture.column());
            assert_eq!(serde_json::to_string(&picture).unwrap(), name);
        }
    }
}
