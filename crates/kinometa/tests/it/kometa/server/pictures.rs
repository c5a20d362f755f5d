//! Posters and backgrounds named in the config file.

use std::io::Cursor;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::Router;
use axum::routing::get;
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use reqwest::StatusCode;
use serde_json::{Value, json};

use super::{MINE, ServerFixture};

fn png(color: [u8; 3]) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    let picture = DynamicImage::ImageRgb8(RgbImage::from_pixel(40, 60, Rgb(color)));
    picture.write_to(&mut bytes, ImageFormat::Png).unwrap();
    bytes.into_inner()
}

/// Starts a server for images; returns its address and a counter of its requests.
async fn image_server() -> (String, Arc<AtomicUsize>) {
    let request_count = Arc::new(AtomicUsize::new(0));
    let counter = request_count.clone();
    let picture = move || {
        counter.fetch_add(1, Ordering::SeqCst);
        async { png([20, 30, 200]) }
    };
    let router =
        Router::new().route("/wide.png", get(picture)).route("/text.png", get(|| async { "<html>" }));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await });
    (format!("http://{address}"), request_count)
}

impl ServerFixture {
    /// Runs with these lines added to the definition, and returns the result of the only collection.
    async fn run_with(&self, config: i64, lines: &str) -> Value {
        std::fs::write(self.folder.path().join("movies.yml"), format!("{MINE}{lines}")).unwrap();
        let run = self.run(config).await;
        assert_eq!(run["state"], "done", "{run}");
        run["results"][0].clone()
    }

    async fn page(&self) -> Value {
        let list = self.get("/api/collections").await;
        self.get(&format!("/api/collections/{}", list[0]["id"])).await
    }
}

#[tokio::test]
async fn images_are_stored_with_the_collection_and_not_fetched_again() {
    let fixture = ServerFixture::start().await;
    fixture.make_list(&[0, 2]);
    let config = fixture.register().await;
    let (server, request_count) = image_server().await;
    std::fs::write(fixture.folder.path().join("mine.png"), png([200, 30, 30])).unwrap();
    let lines = format!("    file_poster: mine.png\n    url_background: {server}/wide.png?key=secret\n");

    assert_eq!(fixture.run_with(config, &lines).await["status"], "Created");
    let page = fixture.page().await;
    assert_eq!((&page["poster"]["color"], &page["background"]["width"]), (&json!("#c81e1e"), &json!(40)));
    for picture in ["poster", "background"] {
        let path = format!("{}&width=120", page[picture]["url"].as_str().unwrap());
        let response = fixture.app.user(picture).await.get(&path).await;
        assert_eq!((response.status, response.header("content-type")), (StatusCode::OK, Some("image/jpeg")));
        assert_eq!(fixture.app.anonymous().get(&path).await.status, StatusCode::UNAUTHORIZED);
    }

    assert_eq!(fixture.run_with(config, &lines).await["status"], "Unchanged");
    assert_eq!((request_count.load(Ordering::SeqCst), fixture.page().await), (1, page.clone()));

    std::fs::write(fixture.folder.path().join("mine.png"), png([30, 200, 30])).unwrap();
    assert_eq!(fixture.run_with(config, &lines).await["status"], "Updated Metadata");
    let changed = fixture.page().await;
    assert_ne!(changed["poster"]["url"], page["poster"]["url"]);
    assert_eq!((&changed["background"], request_count.load(Ordering::SeqCst)), (&page["background"], 1));

    assert_eq!(fixture.run_with(config, "").await["status"], "Updated Metadata");
    let composed = fixture.page().await;
    assert!(composed["poster"].is_null() && composed["background"].is_null(), "{composed}");
}

#[tokio::test]
async fn an_image_that_cannot_be_read_is_reported_and_the_collection_is_built() {
    let fixture = ServerFixture::start().await;
    fixture.make_list(&[0, 2]);
    let config = fixture.register().await;
    let (server, _) = image_server().await;
    let good = format!("    url_poster: {server}/wide.png\n");
    let result = fixture.run_with(config, &good).await;
    assert_eq!((&result["status"], &result["errors"]), (&json!("Created"), &json!([])));
    let kept = fixture.page().await["poster"].clone();

    for (lines, expected) in [
        (format!("    url_poster: {server}/gone.png?key=secret\n"), "responds with status 404"),
        (format!("    url_poster: {server}/text.png\n"), "cannot be read"),
        ("    url_poster: poster.png\n".into(), "not an address"),
        ("    file_poster: nowhere.png\n".into(), "nowhere.png cannot be read"),
    ] {
        let result = fixture.run_with(config, &lines).await;
        assert_eq!((&result["status"], &result["failed"]), (&json!("Unchanged"), &json!(false)), "{result}");
        let message = result["errors"][0].as_str().unwrap();
        assert!(
            message.starts_with("poster from ") && message.contains(expected) && !message.contains("secret"),
            "{message}"
        );
        assert_eq!(fixture.page().await["poster"], kept, "the previous image must be kept");
    }
}

#[tokio::test]
async fn images_of_the_definition_take_precedence_over_asset_folders() {
    let fixture = ServerFixture::start().await;
    fixture.make_list(&[0]);
    let config = fixture.register().await;
    let text = std::fs::read_to_string(fixture.path()).unwrap();
    let write_settings =
        |settings: &str| std::fs::write(fixture.path(), format!("{text}settings:\n{settings}")).unwrap();
    let write_image = |name: &str, color: [u8; 3]| {
        let path = fixture.folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, png(color)).unwrap();
    };
    write_image("assets/Mine/poster.png", [200, 30, 30]);
    write_image("assets/Mine.png", [30, 30, 200]);
    write_image("named.png", [30, 200, 30]);
    let color = async |lines: &str| {
        fixture.run_with(config, lines).await;
        fixture.page().await["poster"]["color"].as_str().map(str::to_owned)
    };

    write_settings("  asset_directory: assets\n");
    assert_eq!(color("").await.as_deref(), Some("#c81e1e"));
    assert_eq!(color("    file_poster: named.png\n").await.as_deref(), Some("#1ec81e"));
    write_settings("  asset_directory: assets\n  prioritize_assets: true\n");
    assert_eq!(color("    file_poster: named.png\n").await.as_deref(), Some("#c81e1e"));
    write_settings("  asset_directory: [nowhere, assets]\n  asset_folders: false\n");
    assert_eq!(color("").await.as_deref(), Some("#1e1ec8"));
    assert_eq!(color("    name_mapping: Other\n").await, None);
}
