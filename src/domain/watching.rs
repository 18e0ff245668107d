//! Where a film can be watched. What is stored comes from a form that anybody could fill in: an address leads to the web and
//! nowhere else, or it is only a text.

use url::Url;

use super::picture::Stored;
use super::text::is_unsafe;

/// Where a film can be watched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Watching {
    /// At this address.
    At(Url),
    /// Something is stored, but it is no address that may be opened.
    Unsound(String),
    /// Nothing is stored, or a file of which the festival's address is not known.
    Nothing,
}

/// Hosts on which a film of YouTube is shown.
const YOUTUBE: [&str; 6] =
    ["youtube.com", "www.youtube.com", "m.youtube.com", "music.youtube.com", "www.youtube-nocookie.com", "youtu.be"];

/// Where a film can be watched: at its address on YouTube, or else where the festival keeps its trailer.
pub fn watching(youtube_link: &str, trailer: &str, media: Option<&Url>) -> Watching {
    let link = youtube_link.trim();
    if let Some(address) = address(link).or_else(|| bare(link)).or_else(|| file(trailer.trim(), media)) {
        return Watching::At(address);
    }
    match (link, trailer.trim()) {
        ("", "") => Watching::Nothing,
        // A file is sound; only where it lies is not known.
        ("", name) if matches!(Stored::read(name), Ok(Stored::Name(_))) => Watching::Nothing,
        ("", text) | (text, _) => Watching::Unsound(text.to_owned()),
    }
}

/// The address as short as it gets, for a code: a film of YouTube by its id alone.
pub fn short(address: &Url) -> String {
    match film(address) {
        Some(id) => format!("https://youtu.be/{id}"),
        None => address.as_str().to_owned(),
    }
}

/// An http(s) address that hides nothing: no blanks, no controls, nobody's password.
fn address(text: &str) -> Option<Url> {
    let plain = !text.chars().any(|c| is_unsafe(c) || c.is_whitespace());
    match Stored::read(text) {
        Ok(Stored::Address(address)) if plain => Some(address),
        _ => None,
    }
}

/// An address of YouTube without its `https://`, as people write it.
fn bare(text: &str) -> Option<Url> {
    let host = text.split(['/', '?', '#']).next().unwrap_or_default();
    YOUTUBE.iter().any(|known| host.eq_ignore_ascii_case(known)).then(|| address(&format!("https://{text}"))).flatten()
}

fn file(text: &str, media: Option<&Url>) -> Option<Url> {
    match Stored::read(text) {
        Ok(name @ Stored::Name(_)) => name.under(media).ok(),
        _ => address(text),
    }
}

/// The id of a film of YouTube.
fn film(address: &Url) -> Option<String> {
    let host = address.host_str().filter(|host| YOUTUBE.contains(host) && address.port().is_none())?;
    let mut parts = address.path_segments()?;
    let id = match (host, parts.next()?) {
        ("youtu.be", id) => id.to_owned(),
        (_, "watch") => address.query_pairs().find(|(name, _)| name == "v")?.1.into_owned(),
        (_, "embed" | "shorts" | "live" | "v") => parts.next()?.to_owned(),
        _ => return None,
    };
    let sound = id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
    (sound && id.len() == 11).then_some(id)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]

    use super::*;

    fn at(link: &str, trailer: &str) -> Option<String> {
        let media = Url::parse("https://media.example.org/files").unwrap();
        match watching(link, trailer, Some(&media)) {
            Watching::At(address) => Some(address.into()),
            _ => None,
        }
    }

    #[test]
    fn an_address_leads_to_the_web() {
        for (link, trailer, address) in [
            (" https://youtu.be/dQw4w9WgXcQ ", "x.mp4", "https://youtu.be/dQw4w9WgXcQ"),
            ("www.youtube.com/watch?v=dQw4w9WgXcQ", "", "https://www.youtube.com/watch?v=dQw4w9WgXcQ"),
            ("youtu.be/dQw4w9WgXcQ?t=3", "", "https://youtu.be/dQw4w9WgXcQ?t=3"),
            ("HTTP://Example.org/Film", "", "http://example.org/Film"),
            ("", "/uploads/x y.mp4", "https://media.example.org/files/uploads/x%20y.mp4"),
            ("", "https://films.example.net/x.mp4", "https://films.example.net/x.mp4"),
            ("javascript:alert(1)", "x.mp4", "https://media.example.org/files/x.mp4"),
            ("https://exämple.org/é", "", "https://xn--exmple-cua.org/%C3%A9"),
        ] {
            assert_eq!(at(link, trailer).as_deref(), Some(address), "{link} {trailer}");
        }
    }

    #[test]
    fn what_is_dangerous_is_only_a_text() {
        for text in [
            "javascript:alert(1)",
            "data:text/html,x",
            "ftp://example.org/x",
            "https://ann:secret@example.org/x",
            "https://youtube.com@evil.example/",
            "https://example.org/a b",
            "https://example.org/\u{1b}]8;;",
            "https://example.org/\u{202e}gpj",
            "https://",
            "https:\\\\example.org",
            "evil.example/x",
            "file:///etc/passwd",
            "youtube.com:secret@evil.example/",
        ] {
            assert_eq!(watching(text, "", None), Watching::Unsound(text.into()), "{text}");
            assert_eq!(at("", text).is_none(), text != "evil.example/x", "{text}");
        }
        for (link, trailer) in [("", ""), (" ", "\t"), ("", "uploads/x.mp4")] {
            assert_eq!(watching(link, trailer, None), Watching::Nothing, "{trailer}");
        }
        assert_eq!(watching("", "../x.mp4", None), Watching::Unsound("../x.mp4".into()));
    }

    #[test]
    fn a_film_of_youtube_is_short() {
        let id = "https://youtu.be/dQw4w9WgXcQ";
        for (address, expected) in [
            ("https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=10s", id),
            ("https://youtu.be/dQw4w9WgXcQ?si=abc", id),
            ("https://m.youtube.com/shorts/dQw4w9WgXcQ", id),
            ("https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ", id),
            ("https://www.youtube.com/watch?list=dQw4w9WgXcQ", "https://www.youtube.com/watch?list=dQw4w9WgXcQ"),
            ("https://youtu.be/short", "https://youtu.be/short"),
            ("https://youtube.com.example/watch?v=dQw4w9WgXcQ", "https://youtube.com.example/watch?v=dQw4w9WgXcQ"),
            ("https://example.org/x", "https://example.org/x"),
        ] {
            assert_eq!(short(&Url::parse(address).unwrap()), expected);
        }
    }
}
