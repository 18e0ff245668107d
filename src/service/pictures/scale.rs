//! From the bytes of a file to pixels that fit.

use std::hash::BuildHasher as _;
use std::io::Cursor;
use std::sync::Arc;

use foldhash::quality::FixedState;
use image::{DynamicImage, ImageDecoder as _, ImageReader, Limits, imageops};

use crate::api::picture::{Found, PictureTrouble, Pixels};

/// The longest side of a picture that is decoded, in pixels.
const LONGEST: u32 = 16_384;

/// The most memory that decoding may take, in bytes: thirty million pixels.
const MEMORY: u64 = 96 * 1024 * 1024;

/// Decodes a picture and scales it down until it fits. Small ones stay as they are.
pub(super) fn scaled(bytes: &[u8], size: (u16, u16)) -> Result<Found, PictureTrouble> {
    let (picture, original) = decoded(bytes).map_err(|error| match error {
        image::ImageError::Limits(_) => PictureTrouble::TooLarge,
        _ => PictureTrouble::NotAPicture,
    })?;
    let (width, height) = fitting((picture.width(), picture.height()), size);
    let picture = match (u32::from(width), u32::from(height)) {
        same if same == (picture.width(), picture.height()) => picture,
        (width, height) => picture.thumbnail_exact(width, height),
    };
    let rgb = flat(picture);
    let id = FixedState::default().hash_one((width, height, &rgb));
    let pixels = Pixels::new(id, width, height, rgb.into_boxed_slice()).ok_or(PictureTrouble::NotAPicture)?;
    Ok(Found { pixels: Arc::new(pixels), original })
}

/// The first frame, upright, with its size.
fn decoded(bytes: &[u8]) -> image::ImageResult<(DynamicImage, (u32, u32))> {
    let mut limits = Limits::default();
    (limits.max_image_width, limits.max_image_height) = (Some(LONGEST), Some(LONGEST));
    limits.max_alloc = Some(MEMORY);
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format()?;
    reader.limits(limits.clone());
    let mut decoder = reader.into_decoder()?;
    limits.reserve(decoder.total_bytes())?;
    let orientation = decoder.orientation()?;
    let mut picture = DynamicImage::from_decoder(decoder)?;
    picture.apply_orientation(orientation);
    let original = (picture.width(), picture.height());
    Ok((picture, original))
}

/// The largest size of the same proportions that fits, at most its own.
fn fitting((width, height): (u32, u32), (most_wide, most_high): (u16, u16)) -> (u16, u16) {
    let (w, h) = (u64::from(width.max(1)), u64::from(height.max(1)));
    let (most_wide, most_high) = (u64::from(most_wide), u64::from(most_high));
    let (fit_w, fit_h) = if w <= most_wide && h <= most_high {
        (w, h)
    } else if most_wide * h <= most_high * w {
        (most_wide, (h * most_wide / w).max(1))
    } else {
        ((w * most_high / h).max(1), most_high)
    };
    // Neither is more than what was asked for, which has sixteen bits.
    (fit_w as u16, fit_h as u16)
}

/// Three bytes for each pixel; what is transparent lies on white, as in a web page.
fn flat(picture: DynamicImage) -> Vec<u8> {
    if !picture.color().has_alpha() {
        return picture.into_rgb8().into_raw();
    }
    let picture = picture.into_rgba8();
    let mut ground = image::RgbaImage::from_pixel(picture.width(), picture.height(), image::Rgba([255; 4]));
    imageops::overlay(&mut ground, &picture, 0, 0);
    DynamicImage::ImageRgba8(ground).into_rgb8().into_raw()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use image::{ImageFormat, Rgba, RgbaImage};

    use super::*;

    fn file(format: ImageFormat, width: u32, height: u32) -> Vec<u8> {
        let picture = DynamicImage::ImageRgba8(RgbaImage::from_pixel(width, height, Rgba([200, 100, 50, 255])));
        let mut bytes = Cursor::new(Vec::new());
        let picture = if format == ImageFormat::Jpeg { picture.into_rgb8().into() } else { picture };
        picture.write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    #[test]
    fn it_fits_and_is_never_enlarged() {
        for (picture, most, fits) in [
            ((400, 200), (100, 100), (100, 50)),
            ((200, 400), (100, 100), (50, 100)),
            ((30, 20), (100, 100), (30, 20)),
            ((10_000, 1), (100, 100), (100, 1)),
            ((1, 10_000), (100, 100), (1, 100)),
            ((100, 100), (100, 100), (100, 100)),
        ] {
            assert_eq!(fitting(picture, most), fits, "{picture:?} in {most:?}");
        }
    }

    #[test]
    fn the_formats_of_the_web_are_read() {
        for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP, ImageFormat::Gif] {
            let found = scaled(&file(format, 40, 20), (20, 20)).unwrap();
            assert_eq!((found.pixels.size(), found.original), ((20, 10), (40, 20)), "{format:?}");
            let near = |at: usize, value: u8| found.pixels.rgb()[at].abs_diff(value) < 12;
            assert!(near(0, 200) && near(1, 100) && near(2, 50), "{format:?}");
        }
    }

    #[test]
    fn what_is_transparent_lies_on_white() {
        let picture = DynamicImage::ImageRgba8(RgbaImage::from_pixel(2, 1, Rgba([0, 0, 0, 0])));
        let mut bytes = Cursor::new(Vec::new());
        picture.write_to(&mut bytes, ImageFormat::Png).unwrap();
        let found = scaled(bytes.get_ref(), (9, 9)).unwrap();
        assert_eq!(found.pixels.rgb(), [255; 6]);
    }

    #[test]
    fn broken_ones_and_bombs_are_refused() {
        let whole = file(ImageFormat::Png, 64, 64);
        assert_eq!(scaled(&whole[..whole.len() / 2], (9, 9)), Err(PictureTrouble::NotAPicture));
        assert_eq!(scaled(b"<svg xmlns='http://www.w3.org/2000/svg'/>", (9, 9)), Err(PictureTrouble::NotAPicture));
        assert_eq!(scaled(b"", (9, 9)), Err(PictureTrouble::NotAPicture));
        assert_eq!(scaled(&bomb(60_000, 60_000), (9, 9)), Err(PictureTrouble::TooLarge));
        assert_eq!(scaled(&bomb(16_000, 16_000), (9, 9)), Err(PictureTrouble::TooLarge));
    }

    /// A small PNG that claims to be a large picture.
    fn bomb(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = file(ImageFormat::Png, 1, 1);
        bytes[16..20].copy_from_slice(&width.to_be_bytes());
        bytes[20..24].copy_from_slice(&height.to_be_bytes());
        let crc = crc32(&bytes[12..29]);
        bytes[29..33].copy_from_slice(&crc.to_be_bytes());
        bytes
    }

    fn crc32(bytes: &[u8]) -> u32 {
        !bytes.iter().fold(u32::MAX, |crc, byte| {
            (0..8).fold(crc ^ u32::from(*byte), |crc, _| (crc >> 1) ^ (0xedb8_8320 & 0_u32.wrapping_sub(crc & 1)))
        })
    }
}
