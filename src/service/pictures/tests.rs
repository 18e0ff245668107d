//! From a name to pixels, through the cache.
#![allow(clippy::unwrap_used)]

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, RgbImage};

use super::*;
use crate::service::NoObserver;

/// Whoever asked has left.
struct Gone;

impl Observer for Gone {
    fn progress(&self, _: crate::api::Progress) {}

    fn cancelled(&self) -> bool {
        true
    }
}

fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(RgbImage::new(width, height)).write_to(&mut bytes, ImageFormat::Png).unwrap();
    bytes.into_inner()
}

fn name(name: &str) -> Source {
    Source::File(vec![name.to_owned()])
}

#[test]
fn a_folder_takes_names_and_leaves_addresses_to_the_web() {
    let media = Url::parse("https://site.example/media/").unwrap();
    let (folder, web) = (Pictures::new(Some("/srv/media".into())), Pictures::new(None));
    assert_eq!(folder.source("x.jpg", Some(&media)), Ok(name("x.jpg")));
    assert_eq!(folder.source("x.jpg", None), Ok(name("x.jpg")));
    assert_eq!(folder.source("https://site.example/x.jpg", None), Err(PictureTrouble::NoAddress));
    let address = media.join("x.jpg").unwrap();
    let found = Ok(Source::Web { address, media: media.clone() });
    assert_eq!(web.source("x.jpg", Some(&media)), found);
    assert_eq!(folder.source("https://site.example/media/x.jpg", Some(&media)), found);
    assert_eq!(web.source("x.jpg", None), Err(PictureTrouble::NoAddress));
    assert_eq!(web.source("https://other.example/x.jpg", Some(&media)), Err(PictureTrouble::Elsewhere));
    assert_eq!(folder.source("../x.jpg", None), Err(PictureTrouble::Unsound));
}

#[tokio::test]
async fn what_was_found_is_shared_and_what_was_not_is_remembered() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("x.png"), png(40, 20)).unwrap();
    std::fs::write(dir.path().join("bad.png"), "text").unwrap();
    let pictures = Arc::new(Pictures::new(Some(dir.path().to_owned())));
    let find = async |source: &str, size| pictures.find(name(source), size, &NoObserver).await.unwrap();
    let first = find("x.png", (20, 20)).await.unwrap();
    assert_eq!((first.pixels.size(), first.original), ((20, 10), (40, 20)));
    let larger = find("x.png", (30, 30)).await.unwrap();
    assert_eq!(larger.pixels.size(), (30, 15));
    for (bad, trouble) in [("bad.png", PictureTrouble::NotAPicture), ("none.png", PictureTrouble::Missing)] {
        assert_eq!(find(bad, (20, 20)).await, Err(trouble));
        std::fs::write(dir.path().join(bad), png(1, 1)).unwrap();
        assert_eq!(find(bad, (9, 9)).await, Err(trouble));
    }
    // Read once: the file may go.
    std::fs::remove_file(dir.path().join("x.png")).unwrap();
    let again = find("x.png", (20, 20)).await.unwrap();
    assert!(Arc::ptr_eq(&again.pixels, &first.pixels));
    assert_eq!(find("x.png", (10, 10)).await.unwrap().pixels.size(), (10, 5));
}

#[tokio::test]
async fn what_nobody_waits_for_is_not_read() {
    let pictures = Arc::new(Pictures::new(Some("/nowhere".into())));
    let failure = pictures.find(name("x.png"), (9, 9), &Gone).await.unwrap_err();
    assert!(matches!(failure, Failure::Unavailable(trouble) if trouble.why == Trouble::Cancelled));
}
