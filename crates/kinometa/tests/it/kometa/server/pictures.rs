//! Posters and backgrounds that the file names.

use std::io::Cursor;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::Router;
use axum::routing::get;
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use reqwest::StatusCode;
use serde_json::{Value, json};

use super::{MINE, Served};

fn png(color: [u8; 3]) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    let picture = DynamicImage::ImageRgb8(RgbImage::from_pixel(40, 60, Rgb(color)));
    picture.write_to(&mut bytes, ImageFormat::Png).unwrap();
    bytes.into_inner()
}

/// A server of pictures; its address, and how often it was asked.
async fn pictures() -> (String, Arc<AtomicUsize>) {
    let asked = Arc::new(AtomicUsize::new(0));
    let counter = asked.clone();
    let picture = move || {
        counter.fetch_add(1, Ordering::SeqCst);
        async { png([20, 30, 200]) }
    };
    let router =
        Router::new().route("/wide.png", get(picture)).route("/text.png", get(|| async { "<html>" }));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await });
    (format!("http://{address}"), asked)
}

impl Served {
    /// Runs with these lines in the definition; what came of the only collection.
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
async fn pictures_are_kept_with_the_collection_and_not_fetched_again() {
    let served = Served::start().await;
    served.make_list(&[0, 2]);
    let config = served.register().await;
    let (server, asked) = pictures().await;
    std::fs::write(served.folder.path().join("mine.png"), png([200, 30, 30])).unwrap();
    let lines = format!("    file_poster: mine.png\n    url_background: {server}/wide.png?key=secret\n");

    assert_eq!(served.run_with(config, &lines).await["status"], "Created");
    let page = served.page().await;
    assert_eq!((&page["poster"]["color"], &page["background"]["width"]), (&json!("#c81e1e"), &json!(40)));
    for picture in ["poster", "background"] {
        let path = format!("{}&width=120", page[picture]["url"].as_str().unwrap());
        let answer = served.app.user(picture).await.get(&path).await;
        assert_eq!((answer.status, answer.header("content-type")), (StatusCode::OK, Some("image/jpeg")));
        assert_eq!(served.app.anonymous().get(&path).await.status, StatusCode::UNAUTHORIZED);
    }

    assert_eq!(served.run_with(config, &lines).await["status"], "Unchanged");
    assert_eq!((asked.load(Ordering::SeqCst), served.page().await), (1, page.clone()));

    std::fs::write(served.folder.path().join("mine.png"), png([30, 200, 30])).unwrap();
    assert_eq!(served.run_with(config, &lines).await["status"], "Updated Metadata");
    let changed = served.page().await;
    assert_ne!(changed["poster"]["url"], page["poster"]["url"]);
    assert_eq!((&changed["background"], asked.load(Ordering::SeqCst)), (&page["background"], 1));

    assert_eq!(served.run_with(config, "").await["status"], "Updated Metadata");
    let composed = served.page().await;
    assert!(composed["poster"].is_null() && composed["background"].is_null(), "{composed}");
}

#[tokio::test]
async fn a_picture_that_cannot_be_had_is_named_and_the_collection_is_built() {
    let served = Served::start().await;
    served.make_list(&[0, 2]);
    let config = served.register().await;
    let (server, _) = pictures().await;
    let good = format!("    url_poster: {server}/wide.png\n");
    let result = served.run_with(config, &good).await;
    assert_eq!((&result["status"], &result["errors"]), (&json!("Created"), &json!([])));
    let kept = served.page().await["poster"].clone();

    for (lines, says) in [
        (format!("    url_poster: {server}/gone.png?key=secret\n"), "responds with status 404"),
        (format!("    url_poster: {server}/text.png\n"), "cannot be read"),
        ("    url_poster: poster.png\n".into(), "not an address"),
        ("    file_poster: nowhere.png\n".into(), "nowhere.png cannot be read"),
    ] {
        let result = served.run_with(config, &lines).await;
        assert_eq!((&result["status"], &result["failed"]), (&json!("Unchanged"), &json!(false)), "{result}");
        let said = result["errors"][0].as_str().unwrap();
        assert!(
            said.starts_with("poster from ") && said.contains(says) && !said.contains("secret"),
            "{said}"
        );
        assert_eq!(served.page().await["poster"], kept, "what was there stays");
    }
}

#[tokio::test]
async fn asset_folders_are_looked_into_and_a_definition_comes_before_them() {
    let served = Served::start().await;
    served.make_list(&[0]);
    let config = served.register().await;
    let text = std::fs::read_to_string(served.path()).unwrap();
    let with =
        |settings: &str| std::fs::write(served.path(), format!("{text}settings:\n{settings}")).unwrap();
    let file = |name: &str, color: [u8; 3]| {
        let path = served.folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, png(color)).unwrap();
    };
    file("assets/Mine/poster.png", [200, 30, 30]);
    file("assets/Mine.png", [30, 30, 200]);
    file("named.png", [30, 200, 30]);
    let color = async |lines: &str| {
        served.run_with(config, lines).await;
        served.page().await["poster"]["color"].as_str().map(str::to_owned)
    };

    with("  asset_directory: assets\n");
    assert_eq!(color("").await.as_deref(), Some("#c81e1e"));
    assert_eq!(color("    file_poster: named.png\n").await.as_deref(), Some("#1ec81e"));
    with("  asset_directory: assets\n  prioritize_assets: true\n");
    assert_eq!(color("    file_poster: named.png\n").await.as_deref(), Some("#c81e1e"));
    with("  asset_directory: [nowhere, assets]\n  asset_folders: false\n");
    assert_eq!(color("").await.as_deref(), Some("#1e1ec8"));
    assert_eq!(color("    name_mapping: Other\n").await, None);
}
