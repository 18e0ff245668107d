//! Films' pictures: from a folder of this computer or from the web site, decoded and scaled on other threads, kept for a
//! while for all sessions.
//!
//! ```text
//! folder.rs  reading a file that a name may lead to     scale.rs  bytes of a file → pixels that fit
//! web.rs     fetching an address, and nothing else      cache.rs  what was found, and what was not
//! ```

mod cache;
mod folder;
mod scale;
mod web;

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use tokio::sync::Semaphore;
use url::Url;

use self::cache::{Cache, Kept, Key};
use self::web::Web;
use super::Observer;
use super::ask::Ask;
use super::standing;
use crate::api::failure::{Trouble, Unavailable};
use crate::api::picture::{Found, PictureSeen, PictureTrouble};
use crate::api::{Answer, Failure, Reply};
use crate::domain::FilmId;
use crate::domain::jury::Recusal;
use crate::domain::picture::{Picture, Stored, media_address};
use crate::domain::setting::MEDIA_URL;
use crate::domain::user::Role;
use crate::store::{pictures as store, tx};

/// The largest file that is read, in bytes.
const LARGEST: u64 = 10 * 1024 * 1024;

/// Pictures that are read and decoded at a time.
const TURNS: usize = 3;

/// The most pixels that a picture is scaled to, in each direction.
const MOST: u16 = 2_048;

/// Where a picture is read. Also its name in the cache.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Source {
    /// A file, by the parts of its path below the folder.
    File(Vec<String>),
    /// An address, on the host of this other one.
    Web { address: Url, media: Url },
}

/// What all sessions share of pictures.
#[derive(Debug)]
pub(super) struct Pictures {
    folder: Option<PathBuf>,
    web: Web,
    cache: Mutex<Cache>,
    turns: Semaphore,
}

impl Pictures {
    /// Pictures of a folder; without one, of the web site.
    pub(super) fn new(folder: Option<PathBuf>) -> Self {
        Self { folder, web: Web::default(), cache: Mutex::new(Cache::default()), turns: Semaphore::new(TURNS) }
    }

    fn source(&self, stored: &str, media: Option<&Url>) -> Result<Source, PictureTrouble> {
        Ok(match (Stored::read(stored)?, media) {
            (Stored::Name(parts), _) if self.folder.is_some() => Source::File(parts),
            (stored, media) => {
                let address = stored.under(media)?;
                // Without the festival's own address there is none below it.
                Source::Web { address, media: media.ok_or(PictureTrouble::NoAddress)?.clone() }
            }
        })
    }

    fn kept(&self, key: &Key) -> Option<Kept> {
        // A thread that panicked left a cache of which at worst something is forgotten.
        self.cache.lock().unwrap_or_else(PoisonError::into_inner).get(key, Instant::now())
    }

    fn keep(&self, key: Key, kept: Kept) {
        self.cache.lock().unwrap_or_else(PoisonError::into_inner).put(key, kept, Instant::now());
    }

    fn known(&self, key: &Key) -> Option<Result<Found, PictureTrouble>> {
        match self.kept(key)? {
            Kept::Found(found) => Some(Ok(found)),
            Kept::Trouble(trouble) => Some(Err(trouble)),
            Kept::File(_) => None,
        }
    }

    /// A picture scaled to fit; waits for its turn. `Err` of the outer kind where nobody wants it any more.
    async fn find(
        self: &Arc<Self>,
        source: Source,
        size: (u16, u16),
        observer: &dyn Observer,
    ) -> Result<Result<Found, PictureTrouble>, Failure> {
        let key = Key::Scaled(source.clone(), size);
        if let Some(known) = self.known(&key).or_else(|| self.known(&Key::File(source.clone()))) {
            return Ok(known);
        }
        // The turns are never closed.
        let _turn = self.turns.acquire().await.ok();
        if observer.cancelled() {
            return Err(Failure::Unavailable(Unavailable { why: Trouble::Cancelled, detail: String::new() }));
        }
        // Somebody else may have asked for the same meanwhile.
        if let Some(known) = self.known(&key).or_else(|| self.known(&Key::File(source.clone()))) {
            return Ok(known);
        }
        let pictures = Arc::clone(self);
        let work = tokio::task::spawn_blocking(move || pictures.make(&source, size));
        // A decoder that gave up in its own way has met no picture.
        Ok(work.await.unwrap_or(Err(PictureTrouble::NotAPicture)))
    }

    /// Reads, decodes and scales. Blocks.
    fn make(&self, source: &Source, size: (u16, u16)) -> Result<Found, PictureTrouble> {
        let file = Key::File(source.clone());
        let bytes = match self.kept(&file) {
            Some(Kept::File(bytes)) => Ok(bytes),
            Some(Kept::Trouble(trouble)) => Err(trouble),
            _ => self.read(source),
        };
        let made = bytes.and_then(|bytes| {
            self.keep(file.clone(), Kept::File(Arc::clone(&bytes)));
            scale::scaled(&bytes, size)
        });
        match &made {
            Ok(found) => self.keep(Key::Scaled(source.clone(), size), Kept::Found(found.clone())),
            Err(trouble) => self.keep(file, Kept::Trouble(*trouble)),
        }
        made
    }

    fn read(&self, source: &Source) -> Result<Arc<[u8]>, PictureTrouble> {
        let bytes = match (source, &self.folder) {
            (Source::File(parts), Some(folder)) => folder::read(folder, parts, LARGEST),
            (Source::File(_), None) => Err(PictureTrouble::Missing),
            (Source::Web { address, media }, _) => self.web.fetch(address, media, LARGEST),
        };
        bytes.map(Arc::from)
    }
}

/// What a film has, and where its names are looked up.
struct Stand {
    all: Vec<(Picture, String)>,
    media: Option<Url>,
}

/// A film's pictures, for an administrator or somebody on its panel.
async fn stand(ask: &Ask<'_>, film: FilmId) -> Result<Stand, Failure> {
    let me = ask.me()?;
    tx::read(&ask.inner.db, |reader| {
        Box::pin(async move {
            let (conn, shape) = (&mut *reader.conn, &*reader.shape);
            let gone = Failure::NotFound { what: "thing-film", id: film.0 };
            let Some(all) = store::of(&mut *conn, shape, film).await? else { return Err(gone) };
            if me.role != Role::Admin {
                let found = standing::look(&mut *conn, shape, &[film.0], false).await?.pop();
                let seat = found.as_ref().and_then(|film| film.voting.juror(me.id));
                if !seat.is_some_and(|juror| juror.on_panel && !juror.recusal.is_some_and(Recusal::bars)) {
                    // To whom it is not assigned, it is not there.
                    return Err(gone);
                }
            }
            let settings = super::settings::rows(conn).await?;
            let media = settings.iter().find(|row| row.name == MEDIA_URL).and_then(|row| media_address(&row.value));
            Ok(Stand { all, media })
        })
    })
    .await
}

/// The order in which a picture that stands for the film is looked for.
const FOR_THE_FILM: [Picture; 5] =
    [Picture::Thumbnail, Picture::Poster, Picture::First, Picture::Second, Picture::Third];

pub(super) async fn picture(
    ask: &Ask<'_>,
    film: FilmId,
    which: Option<Picture>,
    (width, height): (u16, u16),
) -> Result<Answer, Failure> {
    let Stand { all, media } = stand(ask, film).await?;
    let size = (width.clamp(1, MOST), height.clamp(1, MOST));
    let wanted: Vec<Picture> = which.map_or_else(|| FOR_THE_FILM.to_vec(), |which| vec![which]);
    let mut seen = PictureSeen { film, all, which, found: Err(PictureTrouble::None) };
    for picture in wanted {
        let Some((_, stored)) = seen.all.iter().find(|(kind, _)| *kind == picture) else { continue };
        let found = match ask.inner.pictures.source(stored, media.as_ref()) {
            Ok(source) => ask.inner.pictures.find(source, size, ask.observer).await?,
            Err(trouble) => Err(trouble),
        };
        // Of those that cannot be shown the first says why.
        if found.is_ok() || seen.found == Err(PictureTrouble::None) {
            (seen.which, seen.found) = (Some(picture), found);
        }
        if seen.found.is_ok() {
            break;
        }
    }
    Ok(Reply::Picture(seen).into())
}

#[cfg(test)]
mod tests;
