//! Frames used instead of missing artwork, and seek bar previews of films with several files.

use reqwest::StatusCode;
use serde_json::Value;

use super::clips::Clip;
use super::fixture::{Fixture, at};
use crate::support::TestApp;

async fn detail(fixture: &Fixture, title: i64) -> Value {
    fixture.admin.get(&format!("/api/titles/{title}")).await.good(StatusCode::OK)
}

/// Returns the average brightness of an image, from 0 to 255.
fn brightness(picture: &image::GrayImage) -> u64 {
    let sum: u64 = picture.pixels().map(|pixel| u64::from(pixel.0[0])).sum();
    sum / u64::from(picture.width() * picture.height()).max(1)
}

#[tokio::test]
async fn a_film_without_artwork_shows_a_frame_that_is_not_black() {
    let Some(fixture) = Fixture::with_movies(&[("Film (2000)", Clip::Dark)]).await else { return };
    let film = detail(&fixture, fixture.title("Film").await).await;
    assert_eq!(film.get("poster"), None, "a frame must not be used as a poster");
    let address = film["backdrop"]["url"].as_str().unwrap();
    for _ in ["generated", "cached"] {
        let frame = fixture.admin.get(&format!("{address}&width=320")).await;
        assert_eq!((frame.status, frame.header("content-type")), (StatusCode::OK, Some("image/jpeg")));
        assert!(
            frame.header("cache-control").unwrap().contains("immutable"),
            "an image is cached permanently, because its URL contains its version"
        );
        let picture = image::load_from_memory(&frame.bytes).unwrap().into_luma8();
        assert_eq!((picture.width(), picture.height()), (320, 180));
        assert!(brightness(&picture) > 40, "{}", brightness(&picture));
    }
}

#[tokio::test]
async fn a_black_film_has_no_frame() {
    let Some(fixture) = Fixture::with_movies(&[("Night (2000)", Clip::Black)]).await else { return };
    let film = detail(&fixture, fixture.title("Night").await).await;
    let frame = fixture.admin.get(film["backdrop"]["url"].as_str().unwrap()).await;
    assert_eq!(frame.error(StatusCode::NOT_FOUND), "not_found");
}

#[tokio::test]
async fn frames_require_ffmpeg() {
    let server = TestApp::builder().config(|config| config.ffmpeg = Some("/nowhere/ffmpeg".into()));
    let Some(fixture) = Fixture::open(server, "movies", &[("Film (2000)", Clip::Mp4)]).await else { return };
    let film = detail(&fixture, fixture.title("Film").await).await;
    let frame = fixture.admin.get(film["backdrop"]["url"].as_str().unwrap()).await;
    assert_eq!(frame.error(StatusCode::NOT_FOUND), "not_found");
}

#[tokio::test]
async fn episodes_have_stills_and_a_show_uses_the_frame_of_the_first() {
    let clips = [("Show/Show S01E01", Clip::Mp4), ("Show/Show S01E02", Clip::Dark)];
    let Some(fixture) = Fixture::with_shows(&clips).await else { return };
    let show = fixture.admin.get("/api/titles?kind=show").await.good(StatusCode::OK)["items"][0].clone();
    let season = format!("/api/titles/{}/seasons/1", show["id"]);
    let season = fixture.admin.get(&season).await.good(StatusCode::OK);
    for address in [&show["backdrop"], &season["episodes"][0]["still"], &season["episodes"][1]["still"]] {
        let frame = fixture.admin.get(address["url"].as_str().unwrap()).await;
        assert_eq!(frame.status, StatusCode::OK, "{address}");
    }
}

#[tokio::test]
async fn artwork_next_to_the_film_is_preferred_to_a_frame() {
    let Some(fixture) = Fixture::with_movies(&[("Film (2000)/Film (2000)", Clip::Mp4)]).await else { return };
    let title = fixture.title("Film").await;
    let frame = detail(&fixture, title).await["backdrop"]["url"].clone();
    let red = image::RgbImage::from_pixel(64, 36, image::Rgb([250, 0, 0]));
    red.save(fixture.path("Film (2000)/fanart.png")).unwrap();
    let library = fixture.admin.get("/api/libraries").await.good(StatusCode::OK)[0]["id"].clone();
    fixture.scan_again(library.as_i64().unwrap()).await;
    let fanart = detail(&fixture, title).await["backdrop"]["url"].clone();
    assert_ne!(fanart, frame);
    let shown = fixture.admin.get(fanart.as_str().unwrap()).await;
    let picture = image::load_from_memory(&shown.bytes).unwrap().into_rgb8();
    assert!(picture.get_pixel(5, 5).0[0] > 200 && picture.get_pixel(5, 5).0[1] < 60);
}

/// Each part is twenty seconds long, so its two previews are followed by the two of the next part.
#[tokio::test]
async fn a_preview_sheet_continues_in_the_next_file() {
    let parts = [("Film (2000)/Film (2000) cd1", Clip::Mp4), ("Film (2000)/Film (2000) cd2", Clip::Mkv)];
    let Some(fixture) = Fixture::with_movies(&parts).await else { return };
    let playback = fixture.play(&fixture.admin, fixture.title("Film").await).await;
    let sheet = fixture.admin.get(&at(&playback, "previews/0.jpg")).await;
    assert_eq!(sheet.status, StatusCode::OK);
    let sheet = image::load_from_memory(&sheet.bytes).unwrap().into_luma8();
    let (width, height) = (sheet.width() / 5, sheet.height() / 5);
    let tile_brightness = |number: u32| {
        let (left, top) = (number % 5 * width, number / 5 * height);
        brightness(&image::imageops::crop_imm(&sheet, left, top, width, height).to_image())
    };
    let tiles: Vec<u64> = (0..7).map(tile_brightness).collect();
    assert!(tiles[..4].iter().all(|tile_brightness| *tile_brightness > 40) && tiles[6] < 30, "{tiles:?}");
}
