//! Films' pictures, ready to be drawn.

use std::fmt;
use std::sync::Arc;

use crate::domain::FilmId;
use crate::domain::picture::{NotLookedFor, Picture};

/// What is to be seen of a film.
#[derive(Clone, Debug)]
pub struct PictureSeen {
    /// The film.
    pub film: FilmId,
    /// Its pictures with what the database has for them, in the order in which they are looked through.
    pub all: Vec<(Picture, String)>,
    /// Which one this is about; `None` if the film has none.
    pub which: Option<Picture>,
    /// The picture, or why there is nothing to be seen.
    pub found: Result<Found, PictureTrouble>,
}

/// A picture that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Scaled to fit, never enlarged. Sessions share it.
    pub pixels: Arc<Pixels>,
    /// Width and height as it was stored.
    pub original: (u32, u32),
}

/// A picture as rows of red, green and blue. What was transparent lies on white.
#[derive(Clone, PartialEq, Eq)]
pub struct Pixels {
    id: u64,
    width: u16,
    height: u16,
    rgb: Box<[u8]>,
}

impl Pixels {
    /// A picture by its bytes, three for each pixel; `id` is a hash of them. `None` where they are not as many as they should.
    pub fn new(id: u64, width: u16, height: u16, rgb: Box<[u8]>) -> Option<Self> {
        let whole = usize::from(width) * usize::from(height) * 3 == rgb.len();
        (whole && width > 0 && height > 0).then_some(Self { id, width, height, rgb })
    }

    /// By this it is known again.
    pub fn id(&self) -> u64 {
        self.id
    }

    /// Width and height.
    pub fn size(&self) -> (u16, u16) {
        (self.width, self.height)
    }

    /// Three bytes for each pixel, row by row.
    pub fn rgb(&self) -> &[u8] {
        &self.rgb
    }
}

impl fmt::Debug for Pixels {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Pixels({}×{}, {:016x})", self.width, self.height, self.id)
    }
}

/// Why there is no picture to be seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PictureTrouble {
    /// The film has none.
    None,
    /// What the database has is no name that may be followed.
    Unsound,
    /// No address of the web site's files is set.
    NoAddress,
    /// It is on another host than the festival's files.
    Elsewhere,
    /// It is not there.
    Missing,
    /// It is larger than pictures may be.
    TooLarge,
    /// It is no JPEG, PNG, WebP or GIF, or a broken one.
    NotAPicture,
    /// The server or the folder did not answer.
    Unreachable,
}

impl PictureTrouble {
    /// All of them, for tests.
    pub const ALL: [PictureTrouble; 8] = [
        PictureTrouble::None,
        PictureTrouble::Unsound,
        PictureTrouble::NoAddress,
        PictureTrouble::Elsewhere,
        PictureTrouble::Missing,
        PictureTrouble::TooLarge,
        PictureTrouble::NotAPicture,
        PictureTrouble::Unreachable,
    ];

    /// The id of its sentence in the language files.
    pub fn message(self) -> &'static str {
        match self {
            PictureTrouble::None => "picture-none",
            PictureTrouble::Unsound => "picture-unsound",
            PictureTrouble::NoAddress => "picture-no-address",
            PictureTrouble::Elsewhere => "picture-elsewhere",
            PictureTrouble::Missing => "picture-missing",
            PictureTrouble::TooLarge => "picture-too-large",
            PictureTrouble::NotAPicture => "picture-broken",
            PictureTrouble::Unreachable => "picture-unreachable",
        }
    }
}

impl From<NotLookedFor> for PictureTrouble {
    fn from(why: NotLookedFor) -> Self {
        match why {
            NotLookedFor::Unsound => PictureTrouble::Unsound,
            NotLookedFor::NoAddress => PictureTrouble::NoAddress,
            NotLookedFor::Elsewhere => PictureTrouble::Elsewhere,
        }
    }
}
