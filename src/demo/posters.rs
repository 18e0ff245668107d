//! Posters and stills of the made-up films: gradients, a few shapes and the initials of the title, drawn into files under
//! the names that the films have. Everything follows from the seed.

use std::fs;
use std::io::{self, Cursor};
use std::path::Path;

use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};

use super::dice::{Dice, Part};
use super::festival::Draft;
use super::letters;
use super::rows::Film;
use super::views::View;
use crate::domain::text::fold;

/// So many films, the newest, have pictures: more than anybody looks through in a demo.
const FILMS: usize = 240;

/// Different stills; films share them.
const STILLS: u32 = 12;

const POSTER: (u32, u32) = (240, 320);
const STILL: (u32, u32) = (320, 180);
const THUMBNAIL: (u32, u32) = (192, 108);

/// The quality of the JPEG files, of a hundred.
const QUALITY: u8 = 88;

/// Draws the pictures of a festival's newest films into a folder, as long as somebody wants them. The newest come first.
///
/// # Errors
/// A file cannot be written.
pub fn draw(draft: &Draft, folder: &Path, wanted: impl Fn() -> bool) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let mut films: Vec<Film> = Vec::new();
    for file in draft.films() {
        if !wanted() {
            return Ok(());
        }
        if films.len() == 2 * FILMS {
            films.drain(..FILMS);
        }
        films.push(file.film);
    }
    let stills = (0..STILLS).map(|number| {
        let mut dice = Dice::new(draft.seed(), Part::Picture, u32::MAX - number);
        jpeg(&paint(&View::new(&mut dice), STILL))
    });
    let stills: Vec<Vec<u8>> = stills.collect::<io::Result<_>>()?;
    for film in films.iter().rev().take(FILMS) {
        if !wanted() {
            return Ok(());
        }
        one(draft.seed(), film, &stills, folder)?;
    }
    Ok(())
}

/// The pictures of one film.
fn one(seed: u64, film: &Film, stills: &[Vec<u8>], folder: &Path) -> io::Result<()> {
    let mut dice = Dice::new(seed, Part::Picture, u32::try_from(film.id).unwrap_or_default());
    let view = View::new(&mut dice);
    let [poster, first, second, third, _, thumbnail] = &film.files;
    if let Some(name) = poster {
        let mut picture = paint(&view, POSTER);
        sign(&mut picture, &initials(&film.title), view.light());
        fs::write(folder.join(name), jpeg(&picture)?)?;
    }
    for name in [first, second, third].into_iter().flatten() {
        fs::write(folder.join(name), dice.one_of(stills))?;
    }
    if let Some(name) = thumbnail {
        let mut bytes = Cursor::new(Vec::new());
        let picture = DynamicImage::ImageRgb8(paint(&view, THUMBNAIL));
        picture.write_to(&mut bytes, ImageFormat::WebP).map_err(io::Error::other)?;
        fs::write(folder.join(name), bytes.into_inner())?;
    }
    Ok(())
}

fn paint(view: &View, (width, height): (u32, u32)) -> RgbImage {
    let scale = 1.0 / height as f32;
    let across = width as f32 * scale;
    RgbImage::from_fn(width, height, |x, y| Rgb(view.colour(x as f32 * scale, y as f32 * scale, across)))
}

fn jpeg(picture: &RgbImage) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    picture.write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, QUALITY)).map_err(io::Error::other)?;
    Ok(bytes)
}

/// The first letters of up to three words, as far as there are such letters.
fn initials(title: &str) -> String {
    let words = title.split(|c: char| !c.is_alphanumeric()).filter_map(|word| fold(word).chars().next());
    words.map(|c| c.to_ascii_uppercase()).filter(char::is_ascii_uppercase).take(3).collect()
}

/// Writes initials at the lower left, over a line.
fn sign(picture: &mut RgbImage, initials: &str, colour: [u8; 3]) {
    let (width, height) = picture.dimensions();
    let square = width / 40;
    let (left, top) = (width / 10, height - height / 8 - 7 * square);
    let mut fill = |x: u32, y: u32, wide: u32, high: u32| {
        for (x, y) in (x..(x + wide).min(width)).flat_map(|x| (y..(y + high).min(height)).map(move |y| (x, y))) {
            picture.put_pixel(x, y, Rgb(colour));
        }
    };
    for (at, letter) in (0..).zip(initials.chars()) {
        for (x, y) in letters::squares(letter) {
            fill(left + (at * 6 + x) * square, top + y * square, square, square);
        }
    }
    fill(left, height - height / 12, width - 2 * left, (square / 3).max(1));
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use chrono::DateTime;

    use super::*;
    use crate::demo::Options;
    use crate::demo::festival::generate;

    #[test]
    fn every_name_is_a_picture_and_the_same_each_time() {
        let options = Options { films: 3, seed: 7, now: DateTime::from_timestamp(1_775_044_800, 0).unwrap() };
        let draft = generate(&options);
        let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        draw(&draft, one.path(), || true).unwrap();
        draw(&draft, two.path(), || true).unwrap();
        for film in draft.films().map(|file| file.film) {
            let [poster, first, second, third, movie, thumbnail] = &film.files;
            for name in [poster, first, second, third, thumbnail].into_iter().flatten() {
                let bytes = fs::read(one.path().join(name)).unwrap();
                assert_eq!(bytes, fs::read(two.path().join(name)).unwrap(), "{name}");
                let picture = image::load_from_memory(&bytes).unwrap().into_rgb8();
                assert!(picture.width() >= 192 && bytes.len() < 60_000, "{name}: {} bytes", bytes.len());
                let first = *picture.get_pixel(0, 0);
                assert!(picture.pixels().any(|pixel| *pixel != first), "{name}");
            }
            assert!(movie.as_ref().is_some_and(|name| !one.path().join(name).exists()));
        }
        let none = tempfile::tempdir().unwrap();
        draw(&draft, none.path(), || false).unwrap();
        assert_eq!(fs::read_dir(none.path()).unwrap().count(), 0);
    }

    #[test]
    fn initials_by_table() {
        for (title, letters) in
            [("Le Dernier Été de l’IA", "LDE"), ("Ångström", "A"), ("2084 : Écho", "E"), ("東京の夜に", ""), ("", "")]
        {
            assert_eq!(initials(title), letters, "{title}");
        }
    }
}
