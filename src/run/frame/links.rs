//! Links (OSC 8) of one frame: which cell belongs to which address.

use std::hash::BuildHasher;

use ratatui::layout::Rect;

/// The longest address that terminals accept.
const LONGEST: usize = 2_083;

/// One address and where it stands.
struct Link<'a> {
    area: Rect,
    address: &'a str,
    hash: u64,
}

/// The links of a frame that may be written.
pub(super) struct Links<'a>(Vec<Link<'a>>);

impl<'a> Links<'a> {
    /// Keeps what is a harmless address; `hash` stands for it in the hash of a cell.
    pub(super) fn new(links: &'a [(Rect, String)], hasher: &impl BuildHasher) -> Self {
        Self(
            links
                .iter()
                .filter(|(_, address)| is_harmless(address))
                .map(|(area, address)| Link { area: *area, address, hash: hasher.hash_one(address) | 1 })
                .collect(),
        )
    }

    /// No links at all.
    pub(super) const fn none() -> Self {
        Self(Vec::new())
    }

    /// Whether some link crosses row `y`.
    pub(super) fn in_row(&self, y: u16) -> bool {
        self.0.iter().any(|l| l.area.top() <= y && y < l.area.bottom())
    }

    /// The hash and the address at a cell; 0 and nothing where there is none.
    pub(super) fn at(&self, x: u16, y: u16) -> (u64, Option<&'a str>) {
        self.0.iter().rev().find(|l| l.area.contains((x, y).into())).map_or((0, None), |l| (l.hash, Some(l.address)))
    }
}

/// Whether an address may be written: http or https, visible ASCII only, of a length that terminals take.
fn is_harmless(address: &str) -> bool {
    let scheme = |s: &str| address.get(..s.len()).is_some_and(|start| start.eq_ignore_ascii_case(s));
    (scheme("https://") || scheme("http://"))
        && address.len() <= LONGEST
        && address.bytes().all(|b| b.is_ascii_graphic())
}

/// Begins a link, or ends the current one.
pub(super) fn write(address: Option<&str>, out: &mut Vec<u8>) {
    out.extend_from_slice(b"\x1b]8;;");
    out.extend_from_slice(address.unwrap_or_default().as_bytes());
    out.extend_from_slice(b"\x1b\\");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_web_addresses_without_controls_are_links() {
        let long = format!("https://{}", "a".repeat(LONGEST));
        let cases = [
            ("https://youtu.be/abc", true),
            ("HTTP://example.org/?a=b;c", true),
            ("javascript:alert(1)", false),
            ("file:///etc/passwd", false),
            ("ftp://example.org", false),
            ("https://example.org/\x1b\\", false),
            ("https://example.org/a b", false),
            ("https://example.org/\u{9c}", false),
            ("https://exämple.org", false),
            ("https", false),
            ("", false),
            (long.as_str(), false),
        ];
        for (address, expected) in cases {
            assert_eq!(is_harmless(address), expected, "{address:?}");
        }
    }
}
