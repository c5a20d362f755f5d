//! /api/images

use reqwest::{Method, StatusCode, header};
use serde_json::json;

use super::fixture::Fixture;
use crate::support::send;

/// Returns a red image of 300 by 450 pixels.
fn poster() -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let picture = image::RgbImage::from_pixel(300, 450, image::Rgb([200, 20, 20]));
    picture.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}

async fn fixture() -> Fixture {
    let fixture = Fixture::movies(&["Metropolis (1927)/Metropolis (1927).mkv"]).await;
    fixture.write("Metropolis (1927)/poster.png", &poster());
    fixture.rescan().await;
    fixture
}

#[tokio::test]
async fn a_local_poster_is_resized_and_cached_permanently() {
    let fixture = fixture().await;
    let url = fixture.title("movie", "Metropolis").await["poster"]["url"].as_str().unwrap().to_owned();
    let small = fixture.admin.get(&format!("{url}&width=100")).await;
    assert_eq!((small.status, small.header("content-type")), (StatusCode::OK, Some("image/jpeg")));
    assert!(small.header("cache-control").unwrap().contains("immutable"));
    let decoded = image::load_from_memory(&small.bytes).unwrap();
    assert_eq!((decoded.width(), decoded.height()), (120, 180));
    let tag = small.header("etag").unwrap().to_owned();
    let again =
        fixture.admin.request(Method::GET, &format!("{url}&width=100")).header(header::IF_NONE_MATCH, tag);
    assert_eq!(send(again).await.status, StatusCode::NOT_MODIFIED);
}

#[tokio::test]
async fn a_rendered_image_has_a_placeholder_colour() {
    let fixture = fixture().await;
    let url = fixture.title("movie", "Metropolis").await["poster"]["url"].as_str().unwrap().to_owned();
    assert_eq!(fixture.admin.get(&url).await.status, StatusCode::OK);
    fixture
        .wait_until("the colour of the poster", || async {
            fixture.title("movie", "Metropolis").await["poster"]["color"].is_string()
        })
        .await;
    let poster = fixture.title("movie", "Metropolis").await["poster"].clone();
    assert_eq!(
        (&poster["color"], &poster["width"], &poster["height"]),
        (&json!("#c81414"), &json!(300), &json!(450))
    );
}

#[tokio::test]
async fn a_replaced_poster_gets_a_new_url() {
    let fixture = fixture().await;
    let before = fixture.title("movie", "Metropolis").await["poster"]["url"].clone();
    let mut bigger = poster();
    bigger.extend_from_slice(b"more");
    fixture.write("Metropolis (1927)/poster.png", &bigger);
    fixture.rescan().await;
    assert_ne!(fixture.title("movie", "Metropolis").await["poster"]["url"], before);
}

#[tokio::test]
async fn missing_and_invalid_images_are_not_found() {
    let fixture = fixture().await;
    let card = fixture.title("movie", "Metropolis").await;
    let (id, url) = (&card["id"], card["poster"]["url"].as_str().unwrap());
    assert_eq!(
        fixture.admin.get(&format!("/api/images/{id}/logo")).await.error(StatusCode::NOT_FOUND),
        "not_found"
    );
    assert_eq!(fixture.admin.get("/api/images/99999/poster").await.error(StatusCode::NOT_FOUND), "not_found");
    assert_eq!(fixture.app.anonymous().get(url).await.status, StatusCode::UNAUTHORIZED);
    fixture.write("Metropolis (1927)/poster.png", b"<html>");
    fixture.rescan().await;
    let url = fixture.title("movie", "Metropolis").await["poster"]["url"].as_str().unwrap().to_owned();
    assert_eq!(fixture.admin.get(&url).await.error(StatusCode::NOT_FOUND), "not_found");
}

#[tokio::test]
async fn trakt_images_are_downloaded_once() {
    let mut fixture = Fixture::with_trakt("movies", &[]).await;
    let movie = fixture.app.simulator().catalogue().movies()[0].facts.clone();
    fixture.add(&format!("Film {{imdb-{}}}.mkv", movie.ids.imdb.unwrap()));
    fixture.rescan().await;
    let found = fixture.wait_for_match("matched").await;
    let url = found["title"]["poster"]["url"].as_str().unwrap().to_owned();
    let picture = async |fixture: &Fixture, width: u32| {
        let picture = fixture.admin.get(&format!("{url}&width={width}")).await;
        assert_eq!((picture.status, picture.header("content-type")), (StatusCode::OK, Some("image/jpeg")));
    };
    picture(&fixture, 100).await;
    fixture.app.simulator_mut().close_port().await;
    picture(&fixture, 100).await;
    picture(&fixture, 300).await;
}

#[tokio::test]
async fn a_poster_in_a_season_folder_of_any_language_belongs_to_the_season() {
    let fixture = Fixture::shows(&["Planets/S\u{e4}song 1/Planets S01E01.mkv"]).await;
    fixture.write("Planets/S\u{e4}song 1/poster.png", &poster());
    fixture.rescan().await;
    let show = fixture.title("show", "Planets").await;
    assert_eq!(show["poster"], json!(null));
    let season = fixture.detail(&show["id"]).await["seasons"][0].clone();
    let url = season["poster"]["url"].as_str().unwrap_or_else(|| panic!("no poster: {season}"));
    assert!(url.contains(&season["id"].to_string()), "{url}");
}

#[tokio::test]
async fn a_show_whose_name_is_a_number_keeps_its_poster() {
    let fixture = Fixture::shows(&["24/Season 1/24 S01E01.mkv"]).await;
    fixture.write("24/poster.png", &poster());
    fixture.rescan().await;
    let shows = fixture.titles("show").await;
    assert_eq!(shows.len(), 1, "{shows:?}");
    assert!(shows[0]["poster"]["url"].is_string(), "{shows:?}");
}
