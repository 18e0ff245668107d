//! A picture as the bytes of a protocol. Takes a while, so that it is done on another thread.

use std::sync::Arc;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use icy_sixel::{EncodeOptions, SixelImage};
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ExtendedColorType, ImageEncoder as _, RgbImage, imageops};

use super::graphics::Graphics;
use crate::api::picture::Pixels;

/// The most bytes that a picture may have on its way to a terminal; a larger one is made smaller.
const MOST: usize = 640 * 1024;

/// How often a picture that is too large is made smaller, by a quarter each time.
const TRIES: u32 = 6;

/// A picture that can be written.
#[derive(Debug, PartialEq, Eq)]
pub struct Encoded {
    /// The picture's id.
    pub(super) id: u64,
    /// For which protocol.
    pub(super) graphics: Graphics,
    /// Base64 of a PNG, or the whole sixel sequence.
    pub(super) bytes: Box<[u8]>,
    /// How long what base64 stands for is.
    pub(super) length: usize,
}

/// Encodes a picture for a terminal; `None` where that cannot be done.
pub fn encode(pixels: &Arc<Pixels>, graphics: Graphics) -> Option<Encoded> {
    let (width, height) = pixels.size();
    let whole = RgbImage::from_raw(width.into(), height.into(), pixels.rgb().to_vec())?;
    (0..TRIES).find_map(|tries| {
        let side = |side: u32| (side * 3_u32.pow(tries) / 4_u32.pow(tries)).max(1);
        let picture = match tries {
            0 => whole.clone(),
            _ => imageops::thumbnail(&whole, side(width.into()), side(height.into())),
        };
        let (bytes, length) = match graphics {
            Graphics::Kitty | Graphics::Iterm2 => {
                let png = png(&picture)?;
                (STANDARD.encode(&png).into_bytes(), png.len())
            }
            Graphics::Sixel => {
                let sixel = sixel(picture)?;
                let length = sixel.len();
                (sixel, length)
            }
            Graphics::None | Graphics::Blocks => return None,
        };
        (bytes.len() <= MOST).then(|| Encoded { id: pixels.id(), graphics, bytes: bytes.into(), length })
    })
}

fn png(picture: &RgbImage) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let encoder = PngEncoder::new_with_quality(&mut bytes, CompressionType::Fast, FilterType::Adaptive);
    let (width, height) = picture.dimensions();
    encoder.write_image(picture.as_raw(), width, height, ExtendedColorType::Rgb8).ok()?;
    Some(bytes)
}

fn sixel(picture: RgbImage) -> Option<Vec<u8>> {
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    let rgba = image::DynamicImage::ImageRgb8(picture).into_rgba8().into_raw();
    let sixel = SixelImage::try_from_rgba(rgba, width, height).ok()?;
    sixel.encode_with(&EncodeOptions::default()).ok().map(String::into_bytes)
}

#[cfg(test)]
pub(super) mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    /// A picture of so many pixels, red to the right and green downwards.
    pub(in crate::run) fn gradient(id: u64, width: u16, height: u16) -> Arc<Pixels> {
        let channel = |at: u16, of: u16| (u32::from(at) * 255 / u32::from(of)) as u8;
        let rgb: Vec<u8> = (0..height)
            .flat_map(|y| (0..width).flat_map(move |x| [channel(x, width), channel(y, height), 90]))
            .collect();
        Arc::new(Pixels::new(id, width, height, rgb.into()).unwrap())
    }

    #[test]
    fn base64_is_the_png_and_the_png_is_the_picture() {
        let picture = gradient(7, 30, 20);
        for graphics in [Graphics::Kitty, Graphics::Iterm2] {
            let encoded = encode(&picture, graphics).unwrap();
            let png = STANDARD.decode(&encoded.bytes).unwrap();
            assert_eq!((png.len(), encoded.id), (encoded.length, 7));
            let seen = image::load_from_memory(&png).unwrap().into_rgb8();
            assert_eq!((seen.dimensions(), &seen.into_raw()[..]), ((30, 20), picture.rgb()));
        }
    }

    #[test]
    fn sixels_decode_to_nearly_the_picture() {
        let picture = gradient(7, 40, 30);
        let encoded = encode(&picture, Graphics::Sixel).unwrap();
        assert!(encoded.bytes.starts_with(b"\x1bP") && encoded.bytes.ends_with(b"\x1b\\"));
        assert!(encoded.bytes[1..encoded.bytes.len() - 2].iter().all(|byte| (b' '..=b'~').contains(byte)));
        let seen = SixelImage::decode(&encoded.bytes).unwrap();
        assert_eq!(seen.dimensions(), (40, 30));
        let off = seen.pixels.chunks(4).zip(picture.rgb().chunks(3));
        let worst = off.flat_map(|(a, b)| a[..3].iter().zip(b).map(|(a, b)| a.abs_diff(*b)).collect::<Vec<_>>());
        assert!(worst.max().unwrap() < 70);
    }

    #[test]
    fn what_is_too_large_is_made_smaller() {
        // Noise, which nothing compresses.
        let mut state = 1_u32;
        let noise = |_| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8
        };
        let rgb: Vec<u8> = (0..800 * 600 * 3).map(noise).collect();
        let picture = Arc::new(Pixels::new(1, 800, 600, rgb.into()).unwrap());
        let encoded = encode(&picture, Graphics::Kitty).unwrap();
        assert!(encoded.bytes.len() <= MOST && encoded.bytes.len() > MOST / 4);
        assert!(encode(&picture, Graphics::Blocks).is_none());
    }
}
