//! The pictures of one session on their way to its terminal: encoded on other threads, kept while they are looked at.

use std::sync::Arc;

use ratatui::layout::Rect;
use tokio::sync::{Semaphore, mpsc};

use crate::api::picture::Pixels;

use super::frame::{Encoded, Graphics, Placed, encode};

/// Encoded pictures that are kept beyond those that stand: what one has just come from is soon looked at again.
const KEPT: usize = 3;

/// A picture that was encoded, or could not be.
pub(super) struct Made {
    id: u64,
    graphics: Graphics,
    picture: Option<Arc<Encoded>>,
}

/// What is known of a picture.
enum State {
    Asked,
    Made(Option<Arc<Encoded>>),
}

/// The pictures of a session.
pub(super) struct Gallery {
    made: mpsc::UnboundedSender<Made>,
    turns: Arc<Semaphore>,
    graphics: Graphics,
    /// The latest used last.
    pictures: Vec<(u64, State)>,
}

impl Gallery {
    /// A gallery that tells `made` of each picture; work waits for its turn.
    pub(super) fn new(made: mpsc::UnboundedSender<Made>, turns: Arc<Semaphore>) -> Self {
        Self { made, turns, graphics: Graphics::None, pictures: Vec::new() }
    }

    /// What of a frame's pictures can be put up now; the others are begun. Must be called within the runtime.
    pub(super) fn arrange(&mut self, pictures: &[(Rect, Arc<Pixels>)], graphics: Graphics) -> Vec<Placed> {
        if self.graphics != graphics {
            self.graphics = graphics;
            self.pictures.clear();
        }
        let mut placed = Vec::new();
        for (area, pixels) in pictures {
            if let Some(picture) = self.use_of(pixels) {
                placed.push(Placed { area: *area, picture });
            }
        }
        let spare = self.pictures.len().saturating_sub(pictures.len() + KEPT);
        self.pictures.drain(..spare);
        placed
    }

    /// Takes a picture that was encoded.
    pub(super) fn take(&mut self, made: Made) {
        if made.graphics == self.graphics
            && let Some((_, state)) = self.pictures.iter_mut().find(|(id, _)| *id == made.id)
        {
            *state = State::Made(made.picture);
        }
    }

    fn use_of(&mut self, pixels: &Arc<Pixels>) -> Option<Arc<Encoded>> {
        let id = pixels.id();
        let state = match self.pictures.iter().position(|(known, _)| *known == id) {
            Some(at) => self.pictures.remove(at).1,
            None => {
                self.begin(pixels);
                State::Asked
            }
        };
        let picture = match &state {
            State::Made(picture) => picture.clone(),
            State::Asked => None,
        };
        self.pictures.push((id, state));
        picture
    }

    fn begin(&self, pixels: &Arc<Pixels>) {
        let (made, turns, graphics) = (self.made.clone(), Arc::clone(&self.turns), self.graphics);
        let (id, pixels) = (pixels.id(), Arc::clone(pixels));
        tokio::spawn(async move {
            // The turns are never closed.
            let _turn = turns.acquire_owned().await.ok();
            let work = tokio::task::spawn_blocking(move || encode(&pixels, graphics).map(Arc::new));
            // A session that has ended wants no picture.
            let _ = made.send(Made { id, graphics, picture: work.await.ok().flatten() });
        });
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn picture(id: u64) -> (Rect, Arc<Pixels>) {
        (Rect::new(1, 1, 4, 2), Arc::new(Pixels::new(id, 2, 1, [9; 6].into()).unwrap()))
    }

    #[tokio::test]
    async fn a_picture_is_encoded_once_and_kept_for_a_while() {
        let (made, mut done) = mpsc::unbounded_channel();
        let mut gallery = Gallery::new(made, Arc::new(Semaphore::new(1)));
        assert!(gallery.arrange(&[picture(1)], Graphics::Kitty).is_empty());
        assert!(gallery.arrange(&[picture(1)], Graphics::Kitty).is_empty());
        gallery.take(done.recv().await.unwrap());
        let placed = gallery.arrange(&[picture(1)], Graphics::Kitty);
        assert_eq!((placed.len(), placed[0].area), (1, Rect::new(1, 1, 4, 2)));
        for id in 2..=4 {
            gallery.arrange(&[picture(id)], Graphics::Kitty);
            gallery.take(done.recv().await.unwrap());
        }
        assert_eq!(gallery.arrange(&[picture(1)], Graphics::Kitty).len(), 1);
        for id in 5..=9 {
            gallery.arrange(&[picture(id)], Graphics::Kitty);
            gallery.take(done.recv().await.unwrap());
        }
        assert_eq!(gallery.pictures.len(), 1 + KEPT);
        assert!(gallery.arrange(&[picture(1)], Graphics::Kitty).is_empty());
        // Another protocol is another encoding.
        let late = done.recv().await.unwrap();
        assert!(gallery.arrange(&[picture(1)], Graphics::Sixel).is_empty());
        gallery.take(late);
        assert!(gallery.arrange(&[picture(1)], Graphics::Sixel).is_empty());
    }
}
