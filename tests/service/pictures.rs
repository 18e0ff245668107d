//! Films' pictures: who sees which, and where they come from.

use std::io::{Cursor, Read as _, Write as _};
use std::net::TcpListener;
use std::path::PathBuf;

use image::{DynamicImage, ImageFormat, RgbImage};
use marsai::api::picture::{PictureSeen, PictureTrouble};
use marsai::api::{Failure, Reply, Request};
use marsai::domain::picture::Picture;
use marsai::domain::{FilmId, UserId};
use marsai::service::{NoObserver, Service};
use marsai::store::Shape;

use super::desk::{ANN, Desk, JURORS, PRODUCER, caller};
use super::support;

fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(RgbImage::new(width, height)).write_to(&mut bytes, ImageFormat::Png).unwrap();
    bytes.into_inner()
}

async fn service(desk: &Desk, folder: Option<PathBuf>) -> Service {
    let shape = Shape::read(&mut desk.connect().await).await.unwrap();
    Service::with_media(desk.pool.clone(), shape, folder)
}

async fn see(service: &Service, who: UserId, film: i32, which: Option<Picture>) -> Result<PictureSeen, Failure> {
    let request = Request::Picture { film: FilmId(film), which, width: 20, height: 20 };
    match service.call(&caller(who), request, None, &NoObserver).await?.reply {
        Reply::Picture(seen) => Ok(seen),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_folder_of_this_computer_and_who_may_look() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir(dir.path().join("uploads")).unwrap();
        std::fs::write(dir.path().join("uploads/x.png"), png(40, 20)).unwrap();
        std::fs::write(dir.path().join("text.png"), "no picture").unwrap();
        desk.run("UPDATE movies SET thumbnail = '../secret', display_picture = 'uploads/x.png', picture1 = ' ', picture2 = 'text.png' WHERE id_movie = 2").await;
        let service = service(&desk, Some(dir.path().to_owned())).await;
        let seen = see(&service, ANN, 2, None).await.unwrap();
        // Its thumbnail cannot be followed, so that the poster stands for the film.
        assert_eq!((seen.film, seen.which), (FilmId(2), Some(Picture::Poster)));
        let found = seen.found.unwrap();
        assert_eq!((found.pixels.size(), found.original), ((20, 10), (40, 20)));
        let names: Vec<_> = seen.all.iter().map(|(picture, name)| (*picture, name.as_str())).collect();
        let expected =
            [(Picture::Poster, "uploads/x.png"), (Picture::Second, "text.png"), (Picture::Thumbnail, "../secret")];
        assert_eq!(names, expected);
        for (picture, trouble) in [
            (Picture::Thumbnail, PictureTrouble::Unsound),
            (Picture::Second, PictureTrouble::NotAPicture),
            (Picture::First, PictureTrouble::None),
        ] {
            assert_eq!(see(&service, ANN, 2, Some(picture)).await.unwrap().found, Err(trouble), "{picture:?}");
        }
        assert_eq!(see(&service, ANN, 1, None).await.unwrap().found, Err(PictureTrouble::None));
        assert!(see(&service, JURORS[2], 2, None).await.unwrap().found.is_ok());
        let hidden = |film| Failure::NotFound { what: "thing-film", id: film };
        assert_eq!(see(&service, JURORS[2], 3, None).await.unwrap_err(), hidden(3));
        assert_eq!(see(&service, ANN, 99, None).await.unwrap_err(), hidden(99));
        assert!(matches!(see(&service, PRODUCER, 2, None).await, Err(Failure::Forbidden { .. })));
    }
}

#[tokio::test]
async fn the_web_site_and_no_other() {
    let desk = Desk::open().await;
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut request = [0; 4096];
            let length = stream.read(&mut request).unwrap();
            let found = request[..length].starts_with(b"GET /media/x.png ");
            let body = if found { png(8, 4) } else { Vec::new() };
            let status = if found { "200 OK" } else { "404 Not Found" };
            let head = format!("HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {}\r\n\r\n", body.len());
            stream.write_all(&[head.as_bytes(), &body].concat()).unwrap();
        }
    });
    desk.run("UPDATE movies SET display_picture = 'x.png', picture1 = 'y.png', picture2 = 'http://127.0.0.1:1/x.png' WHERE id_movie = 2").await;
    let service = service(&desk, None).await;
    let poster = Some(Picture::Poster);
    assert_eq!(see(&service, ANN, 2, poster).await.unwrap().found, Err(PictureTrouble::NoAddress));
    let value = format!("http://{address}/media");
    let set = Request::SetSetting { name: "site.media_url".into(), value };
    service.call(&caller(ANN), set, None, &NoObserver).await.unwrap();
    let found = see(&service, ANN, 2, poster).await.unwrap().found.unwrap();
    assert_eq!(found.original, (8, 4));
    for (picture, trouble) in [(Picture::First, PictureTrouble::Missing), (Picture::Second, PictureTrouble::Elsewhere)]
    {
        assert_eq!(see(&service, ANN, 2, Some(picture)).await.unwrap().found, Err(trouble), "{picture:?}");
    }
}
