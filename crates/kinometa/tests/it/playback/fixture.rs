//! A server with a scanned library of clips.

use std::path::PathBuf;

use reqwest::StatusCode;
use serde_json::{Value, json};

use super::clips::Clip;
use crate::support::{Actor, TestApp, TestAppBuilder};

/// A server, its library and its administrator.
pub struct Fixture {
    pub app: TestApp,
    pub admin: Actor,
    folder: tempfile::TempDir,
}

impl Fixture {
    /// Starts a server with these movies, given as the path in the library without extension, and the clip.
    pub async fn with_movies(films: &[(&str, Clip)]) -> Option<Self> {
        Self::open(TestApp::builder(), "movies", films).await
    }

    /// Starts a server with these episodes.
    pub async fn with_shows(episodes: &[(&str, Clip)]) -> Option<Self> {
        Self::open(TestApp::builder(), "shows", episodes).await
    }

    /// Starts a customised server with these clips. Returns `None` if ffmpeg is not installed.
    pub async fn open(server: TestAppBuilder, kind: &str, clips: &[(&str, Clip)]) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        for (name, clip) in clips {
            let path = folder.path().join(format!("{name}.{}", clip.extension()));
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::copy(clip.path()?, path).unwrap();
        }
        let app = server.start().await;
        let admin = app.admin().await;
        let fixture = Self { app, admin, folder };
        fixture.scan(kind).await;
        Some(fixture)
    }

    /// Returns the path of a file in the library.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    async fn scan(&self, kind: &str) {
        let path = self.folder.path().to_str().unwrap();
        let library = json!({"name": "Clips", "kind": kind, "path": path});
        let library = self.admin.post("/api/libraries", library).await.good(StatusCode::CREATED);
        self.scan_again(library["id"].as_i64().unwrap()).await;
    }

    /// Scans and waits until no scan is running or will follow.
    ///
    /// Creating a library starts a scan. The scan requested here may follow that one, so a finished scan in
    /// `/api/scans` is not enough: the next one would detect what the test changes later.
    pub async fn scan_again(&self, library: i64) {
        let started = self.admin.post(&format!("/api/libraries/{library}/scan"), json!({})).await;
        assert!(started.status.is_success() || started.status == StatusCode::CONFLICT, "{started:?}");
        let mut wait = tokio::time::interval(std::time::Duration::from_millis(20));
        for _ in 0..1000 {
            wait.tick().await;
            let scans = self.admin.get("/api/scans").await.good(StatusCode::OK);
            let own = scans.as_array().unwrap().iter().find(|scan| scan["library_id"] == library).cloned();
            assert_ne!(own.map_or(Value::Null, |scan| scan["phase"].clone()), "failed");
            let libraries = self.admin.get("/api/libraries").await.good(StatusCode::OK);
            let own = libraries.as_array().unwrap().iter().find(|row| row["id"] == library).unwrap();
            if own["state"] != "scanning" {
                return;
            }
        }
        panic!("the scan did not end");
    }

    /// Returns the movie with this name.
    pub async fn title(&self, name: &str) -> i64 {
        let found = self.admin.get("/api/titles?kind=movie&limit=100").await.good(StatusCode::OK);
        let items = found["items"].as_array().unwrap();
        let title = items.iter().find(|title| title["name"] == name);
        title.unwrap_or_else(|| panic!("{name} is not in {found}"))["id"].as_i64().unwrap()
    }

    /// Returns an episode of the first season of the only show.
    pub async fn episode(&self, number: i64) -> i64 {
        let shows = self.admin.get("/api/titles?kind=show").await.good(StatusCode::OK);
        let show = shows["items"][0]["id"].as_i64().unwrap();
        let season = self.admin.get(&format!("/api/titles/{show}/seasons/1")).await.good(StatusCode::OK);
        let episodes = season["episodes"].as_array().unwrap();
        episodes.iter().find(|episode| episode["episode_number"] == number).unwrap()["id"].as_i64().unwrap()
    }

    /// Starts playback with the capabilities of Chromium.
    pub async fn play(&self, who: &Actor, title: i64) -> Value {
        self.play_with(who, json!({"title_id": title})).await.good(StatusCode::CREATED)
    }

    /// Starts playback with additional fields in the request.
    pub async fn play_with(&self, who: &Actor, fields: Value) -> crate::support::Response {
        let mut body = json!({"private": false, "capabilities": chromium()});
        body.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
        who.post("/api/playback", body).await
    }
}

/// Returns the capabilities of Chromium on Debian.
pub fn chromium() -> Value {
    json!({
        "containers": ["mp4", "webm"],
        "video": ["h264", "vp8", "vp9", "av1"],
        "audio": ["aac", "mp3", "opus", "vorbis", "flac"],
        "hls": true,
    })
}

/// Returns the path of a playback session, followed by `rest`.
pub fn at(playback: &Value, rest: &str) -> String {
    format!("/api/playback/{}/{rest}", playback["id"].as_str().unwrap())
}
