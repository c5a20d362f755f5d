//! A server with one library in a temporary folder.

use std::path::{Path, PathBuf};
use std::time::Duration;

use clock::ManualClock;
use db::ids::LibraryId;
use model::scan::{ScanPhase, ScanStatus};
use reqwest::StatusCode;
use serde_json::{Value, json};
use trakt_sim::{DEMO_CLIENT_ID, DEMO_CLIENT_SECRET, Sim};

use crate::support::{Actor, TestApp};

/// A short playable film.
pub const CLIP: &[u8] = include_bytes!("../../../assets/sample/sea.mp4");

/// A server, its library and its administrator.
pub struct Fixture {
    pub app: TestApp,
    pub admin: Actor,
    pub library: LibraryId,
    folder: tempfile::TempDir,
}

impl Fixture {
    /// Scans a movie library with these files. Their content is not playable.
    pub async fn movies(files: &[&str]) -> Self {
        Self::on(TestApp::start().await, "movies", files).await
    }

    /// Scans a show library with these files.
    pub async fn shows(files: &[&str]) -> Self {
        Self::on(TestApp::start().await, "shows", files).await
    }

    /// Like `movies` or `shows`, with the Trakt simulator and its application.
    pub async fn with_trakt(kind: &str, files: &[&str]) -> Self {
        let app = TestApp::builder().simulator(Sim::builder().seed(7).movies(30).shows(4)).start().await;
        app.state().engine().set_application(DEMO_CLIENT_ID, DEMO_CLIENT_SECRET.into()).await.unwrap();
        Self::on(app, kind, files).await
    }

    /// Like `movies` or `shows`, on an existing server.
    pub async fn on(app: TestApp, kind: &str, files: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("library")).unwrap();
        let admin = app.admin().await;
        let mut fixture = Self { app, admin, library: LibraryId::NEW, folder };
        for file in files {
            fixture.add(file);
        }
        let body = json!({"name": "Attic", "kind": kind, "path": fixture.root()});
        let library = fixture.admin.post("/api/libraries", body).await.good(StatusCode::CREATED);
        fixture.library = LibraryId(library["id"].as_i64().unwrap());
        fixture.scan().await;
        fixture
    }

    /// Returns the root folder of the library.
    pub fn root(&self) -> PathBuf {
        self.folder.path().join("library")
    }

    /// Adds a file with unique content.
    pub fn add(&self, path: &str) {
        // The signature of a Matroska file: files without the signature of a video do not become films.
        self.write(
            path,
            &[b"\x1a\x45\xdf\xa3", format!("{path} holds nothing that plays").as_bytes()].concat(),
        );
    }

    /// Writes a file.
    pub fn write(&self, path: impl AsRef<Path>, bytes: &[u8]) {
        let path = self.root().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }

    /// Renames or moves a file.
    pub fn rename(&self, from: &str, to: &str) {
        let to = self.root().join(to);
        std::fs::create_dir_all(to.parent().unwrap()).unwrap();
        std::fs::rename(self.root().join(from), to).unwrap();
    }

    /// Scans and waits for the result.
    pub async fn scan(&self) -> ScanStatus {
        self.app.state().libraries().scanner().run(self.library).await.unwrap()
    }

    /// Scans and expects success.
    pub async fn rescan(&self) -> ScanStatus {
        let status = self.scan().await;
        assert_eq!(status.phase, ScanPhase::Done, "{status:?}");
        status
    }

    /// Returns the library from the API.
    pub async fn shown(&self) -> Value {
        self.admin.get("/api/libraries").await.good(StatusCode::OK)[0].clone()
    }

    /// Lists movies or shows.
    pub async fn titles(&self, kind: &str) -> Vec<Value> {
        let page = self.admin.get(&format!("/api/titles?kind={kind}")).await.good(StatusCode::OK);
        page["items"].as_array().unwrap().clone()
    }

    /// Returns the only movie or show with this name.
    pub async fn title(&self, kind: &str, name: &str) -> Value {
        let titles = self.titles(kind).await;
        let found = titles.iter().find(|title| title["name"] == name);
        found.unwrap_or_else(|| panic!("{name} is not in {titles:?}")).clone()
    }

    /// Returns the details of a title.
    pub async fn detail(&self, id: &Value) -> Value {
        self.admin.get(&format!("/api/titles/{id}")).await.good(StatusCode::OK)
    }

    /// Returns a season of a show.
    pub async fn season(&self, show: &Value, number: i32) -> Value {
        self.admin.get(&format!("/api/titles/{show}/seasons/{number}")).await.good(StatusCode::OK)
    }

    /// Marks a title as watched.
    pub async fn watch(&self, id: &Value) -> Value {
        let marked = self.admin.post(&format!("/api/titles/{id}/watched"), json!({})).await;
        marked.good(StatusCode::CREATED)["plays"].clone()
    }

    /// Returns the only match.
    pub async fn only_match(&self) -> Value {
        let found = self.admin.get("/api/matches").await.good(StatusCode::OK);
        assert_eq!(found["total"], 1, "{found}");
        found["items"][0].clone()
    }

    /// Waits until the condition is true, checking it after every library update.
    pub async fn wait_until<F: Future<Output = bool>>(&self, what: &str, condition: impl Fn() -> F) {
        let mut events = self.app.state().events().subscribe();
        let wait = async {
            while !condition().await {
                loop {
                    match events.recv().await.unwrap() {
                        model::events::Event::LibraryChanged { .. } => break,
                        _ => continue,
                    }
                }
            }
        };
        tokio::time::timeout(Duration::from_secs(60), wait)
            .await
            .unwrap_or_else(|_| panic!("timed out waiting for {what}"));
    }

    /// Waits until the only match is in this state, and returns it.
    pub async fn wait_for_match(&self, state: &str) -> Value {
        self.wait_until(&format!("the match to be {state}"), || async {
            self.only_match().await["state"] == state
        })
        .await;
        self.only_match().await
    }
}

/// Advances a clock by a minute every 20 milliseconds until it is dropped. The Trakt client spaces its requests by this
/// clock.
pub struct Ticking(tokio::task::JoinHandle<()>);

impl Ticking {
    pub fn start(clock: &ManualClock) -> Self {
        let clock = clock.clone();
        Self(tokio::spawn(async move {
            let mut wait = tokio::time::interval(Duration::from_millis(20));
            loop {
                wait.tick().await;
                clock.advance(Duration::from_secs(60));
            }
        }))
    }
}

impl Drop for Ticking {
    fn drop(&mut self) {
        self.0.abort();
    }
}
