//! Undoing removals made by syncing restores the items on both sides, over HTTP.

use std::time::Duration;

use db::{
    ids::TitleId,
    kinds::{SyncCategory, TitleKind},
    rows::Title,
};
use reqwest::StatusCode;
use rstest::rstest;
use serde_json::{Value, json};
use trakt_sim::{DEMO_USER, Sim};

use super::connect;
use crate::support::{Actor, TestApp};

/// The kind of an item that exists on Trakt and in Kinometa.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Play,
    Rating,
    Watchlist,
    Dropped,
    NotInterested,
    ResumePoint,
}

impl Kind {
    fn category(self) -> SyncCategory {
        match self {
            Self::Play => SyncCategory::History,
            Self::Rating => SyncCategory::Ratings,
            Self::Watchlist => SyncCategory::Watchlist,
            Self::Dropped => SyncCategory::Dropped,
            Self::NotInterested => SyncCategory::Recommendations,
            Self::ResumePoint => SyncCategory::Playback,
        }
    }

    /// Returns the path of Trakt's list of these items.
    fn path(self) -> &'static str {
        match self {
            Self::Play => "/sync/history",
            Self::Rating => "/sync/ratings",
            Self::Watchlist => "/sync/watchlist",
            Self::Dropped => "/users/hidden/dropped",
            Self::NotInterested => "/users/hidden/recommendations",
            Self::ResumePoint => "/sync/playback",
        }
    }
}

/// A user with an account on Trakt, a title, and the kind of item to remove and restore.
struct Fixture {
    app: TestApp,
    anna: Actor,
    title: Title,
    kind: Kind,
}

impl Fixture {
    /// Connects and imports an account.
    async fn new(kind: Kind) -> Self {
        let app = TestApp::builder().simulator(Sim::builder().movies(3).shows(2)).start().await;
        app.admin().await.put("/api/trakt/application", super::application()).await.good(StatusCode::OK);
        let anna = app.user("anna").await;
        connect(&app, &anna, DEMO_USER).await;
        let title = title(&app, kind).await;
        let fixture = Self { app, anna, title, kind };
        fixture.anna.post("/api/trakt/import", json!({"import": true})).await.good(StatusCode::ACCEPTED);
        fixture
            .wait_until("the import has finished", async || {
                let sync = fixture.anna.get("/api/trakt/sync").await.good(StatusCode::OK);
                let categories = sync["categories"].as_array().unwrap();
                categories.iter().filter(|one| one["state"] != "off").all(|one| one["state"] == "following")
            })
            .await;
        fixture
    }

    fn on_trakt(&self, method: &str, path: &str, body: Option<&Value>) -> Value {
        let acted = self.app.simulator().act(DEMO_USER, method, path, body);
        assert!((200..300).contains(&acted.status), "{method} {path}: {} {}", acted.status, acted.body);
        acted.body
    }

    /// Adds the item directly on Trakt, as another device does.
    fn add_on_trakt(&self) {
        let ids = json!({"trakt": self.title.trakt_id});
        let body = match self.kind {
            Kind::ResumePoint => json!({"movie": {"ids": ids}, "progress": 40.0}),
            Kind::Dropped => json!({"shows": [{"ids": ids}]}),
            Kind::Play | Kind::Rating | Kind::Watchlist | Kind::NotInterested => {
                let item = json!({"ids": ids, "rating": 8, "watched_at": "2026-01-02T20:00:00Z"});
                json!({"movies": [item]})
            }
        };
        let path = if self.kind == Kind::ResumePoint { "/scrobble/pause" } else { self.kind.path() };
        self.on_trakt("POST", path, Some(&body));
    }

    fn remove_on_trakt(&self) {
        if self.kind == Kind::ResumePoint {
            let id = self.items_on_trakt()[0]["id"].clone();
            self.on_trakt("DELETE", &format!("/sync/playback/{id}"), None);
            return;
        }
        let many = if self.kind == Kind::Dropped { "shows" } else { "movies" };
        let body = json!({ many: [{"ids": {"trakt": self.title.trakt_id}}] });
        self.on_trakt("POST", &format!("{}/remove", self.kind.path()), Some(&body));
    }

    async fn remove_here(&self) {
        let title = format!("/api/titles/{}", self.title.id);
        let path = match self.kind {
            Kind::Play => {
                let timeline = self.anna.get("/api/timeline").await.good(StatusCode::OK);
                format!("/api/plays/{}", timeline["days"][0]["plays"][0]["id"])
            }
            Kind::Rating => format!("{title}/rating"),
            Kind::Watchlist => format!("{title}/watchlist"),
            Kind::Dropped => format!("{title}/dropped"),
            Kind::NotInterested => format!("{title}/not-interested"),
            Kind::ResumePoint => format!("{title}/progress"),
        };
        self.anna.delete(&path).await.good(StatusCode::NO_CONTENT);
    }

    fn items_on_trakt(&self) -> Vec<Value> {
        self.on_trakt("GET", self.kind.path(), None).as_array().unwrap().clone()
    }

    async fn is_here(&self) -> bool {
        if self.kind == Kind::NotInterested {
            let (db, user) = (self.app.state().db(), self.anna.id());
            let rows = db::preferences::of_category(db, user, self.kind.category()).await.unwrap();
            return rows.iter().any(|row| row.value.is_some());
        }
        let shown = self.anna.get(&format!("/api/titles/{}", self.title.id)).await.good(StatusCode::OK);
        match self.kind {
            Kind::Play => shown["watched"] == true,
            Kind::Rating => shown["my_rating"] == 8,
            Kind::Watchlist => shown["in_watchlist"] == true,
            Kind::Dropped => shown["dropped"] == true,
            Kind::ResumePoint => shown["progress_percent"] == 40.0,
            Kind::NotInterested => unreachable!("no page shows hidden recommendations"),
        }
    }

    /// Reads and sends changes until the condition is true.
    async fn wait_until(&self, what: &str, condition: impl AsyncFn() -> bool) {
        let mut wait = tokio::time::interval(Duration::from_millis(50));
        for _ in 0..400 {
            let engine = self.app.state().engine();
            engine.sync_now(self.anna.id()).await.unwrap();
            engine.pull(self.anna.id()).await.unwrap();
            engine.drain(self.anna.id()).await.unwrap();
            if condition().await {
                return;
            }
            wait.tick().await;
        }
        panic!("not reached: {what}; on Trakt: {:?}, here: {}", self.items_on_trakt(), self.is_here().await);
    }

    async fn wait_for_both(&self, exists: bool) {
        let both =
            async || self.items_on_trakt().len() == usize::from(exists) && self.is_here().await == exists;
        self.wait_until(if exists { "both sides have the item" } else { "neither side has the item" }, both)
            .await;
    }

    async fn log(&self, query: &str) -> Vec<Value> {
        let path = format!("/api/trakt/log?category={}{query}", self.kind.category());
        self.anna.get(&path).await.good(StatusCode::OK)["items"].as_array().unwrap().clone()
    }
}

async fn title(app: &TestApp, kind: Kind) -> Title {
    let catalogue = app.simulator().catalogue();
    let (of, trakt_id) = match kind {
        Kind::Dropped => (TitleKind::Show, catalogue.shows()[0].facts.ids.trakt),
        Kind::Play | Kind::Rating | Kind::Watchlist | Kind::NotInterested | Kind::ResumePoint => {
            (TitleKind::Movie, catalogue.movies()[0].facts.ids.trakt)
        }
    };
    let named = Title::named(of, "A title", "a title", app.state().now().into());
    let row = Title { trakt_id: Some(trakt_id.cast_signed()), runtime_minutes: Some(100), ..named };
    let tx = app.state().db().begin().await.unwrap();
    let title = db::titles::insert_many(&tx, vec![row]).await.unwrap().remove(0);
    tx.commit().await.unwrap();
    app.state().catalogue().library_changed();
    app.state().catalogue().refreshed().await;
    title
}

#[rstest]
#[tokio::test]
async fn undoing_a_removal_restores_the_item_on_both_sides(
    #[values(
        Kind::Play,
        Kind::Rating,
        Kind::Watchlist,
        Kind::Dropped,
        Kind::NotInterested,
        Kind::ResumePoint
    )]
    kind: Kind,
    #[values(true, false)] removed_here: bool,
) {
    let fixture = Fixture::new(kind).await;
    fixture.add_on_trakt();
    fixture.wait_for_both(true).await;
    if removed_here {
        fixture.remove_here().await;
    } else {
        fixture.remove_on_trakt();
    }
    fixture.wait_for_both(false).await;
    let direction = if removed_here { "to_trakt" } else { "from_trakt" };
    let removed = fixture.log(&format!("&what=removed&direction={direction}")).await;
    assert_eq!(removed.len(), 1, "{removed:?}");
    assert_eq!(removed[0]["can_undo"], true, "{removed:?}");
    assert_eq!(removed[0]["title"]["id"].as_i64().map(TitleId), Some(fixture.title.id));

    let undo = format!("/api/trakt/log/{}/undo", removed[0]["id"]);
    let undone = fixture.anna.post(&undo, json!({})).await.good(StatusCode::OK);
    assert!(undone["undone_at"].is_string() && undone["can_undo"] == false, "{undone}");
    fixture.wait_for_both(true).await;
    assert_eq!(fixture.anna.post(&undo, json!({})).await.error(StatusCode::CONFLICT), "cannot_undo");
    fixture.wait_for_both(true).await;
}
