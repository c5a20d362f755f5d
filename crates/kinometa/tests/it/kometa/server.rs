//! Kometa's config files in the server: registration, runs, plans that wait for confirmation, and collection pages.

mod credentials;
mod pictures;
mod plex;
mod trakt_list;

use std::path::PathBuf;
use std::time::Duration;

use db::kinds::{LibraryKind, TitleKind};
use db::{Millis, collection_runs};
use reqwest::StatusCode;
use serde_json::{Value, json};
use trakt_sim::{DEMO_CLIENT_ID, DEMO_CLIENT_SECRET, Person, Sim};

use super::run::{insert, library, titled};
use crate::support::{Actor, TestApp};

const MINE: &str = "collections:\n  Mine:\n    trakt_list: https://trakt.tv/users/anna/lists/mine\n    sync_mode: sync\n    collection_order: custom\n    visible_home: true\n";

/// A server whose library "Movies" contains every second movie of the simulator, and a folder with Kometa's files.
struct ServerFixture {
    app: TestApp,
    admin: Actor,
    folder: tempfile::TempDir,
}

impl ServerFixture {
    /// Starts the server. The config file names the library `Filme`.
    async fn start() -> Self {
        let app = TestApp::builder().simulator(Sim::builder().person(Person::new("anna"))).start().await;
        let admin = app.admin().await;
        let fixture = Self { app, admin, folder: tempfile::tempdir().unwrap() };
        fixture.fill().await;
        let pair = fixture.app.simulator().issue_token("anna");
        let config = format!(
            "trakt:\n  client_id: {DEMO_CLIENT_ID}\n  client_secret: {DEMO_CLIENT_SECRET}\n  authorization:\n    access_token: {}\n    token_type: bearer\n    expires_in: {}\n    refresh_token: {}\n    scope: public\n    created_at: {}\nlibraries:\n  Filme:\n    collection_files:\n      - file: movies.yml\n",
            pair.access_token, pair.expires_in, pair.refresh_token, pair.created_at
        );
        std::fs::write(fixture.path(), config).unwrap();
        std::fs::write(fixture.folder.path().join("movies.yml"), MINE).unwrap();
        fixture
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("config.yml")
    }

    async fn fill(&self) {
        let state = self.app.state();
        let now = Millis::from(state.now());
        let movies = library(state.db(), "Movies", LibraryKind::Movies, now).await;
        let catalogue = self.app.simulator().catalogue();
        let every_second = catalogue.movies().iter().step_by(2);
        let rows = every_second.map(|movie| titled(TitleKind::Movie, &movie.facts, now)).collect();
        insert(state.db(), &movies, rows, now).await;
        state.catalogue().library_changed();
        state.catalogue().refreshed().await;
    }

    /// Registers the config file, maps its library, and returns the file's ID.
    async fn register(&self) -> i64 {
        let body = json!({"path": self.path().display().to_string()});
        let config = self.admin.post("/api/collections/configs", body).await.good(StatusCode::CREATED);
        let libraries = self.admin.get("/api/libraries").await.good(StatusCode::OK);
        let mapping = json!({"name": "Filme", "library_id": libraries[0]["id"]});
        let mapped = self.admin.put("/api/collections/libraries", mapping).await;
        assert_eq!(mapped.status, StatusCode::NO_CONTENT);
        config["id"].as_i64().unwrap()
    }

    /// Sends a POST request to Trakt as anna.
    fn post_on_trakt(&self, path: &str, body: Value) {
        let acted = self.app.simulator().act("anna", "POST", path, Some(&body));
        assert!((200..300).contains(&acted.status), "{path}: {acted:?}");
    }

    /// Adds movies to the list `mine` or removes them, by their positions in the simulator's catalogue.
    fn edit_list(&self, action: &str, movies: &[usize]) {
        let catalogue = self.app.simulator().catalogue();
        let id = |at: &usize| json!({"ids": {"trakt": catalogue.movies()[*at].facts.ids.trakt}});
        let movies: Vec<_> = movies.iter().map(id).collect();
        self.post_on_trakt(&format!("/users/me/lists/mine/items{action}"), json!({ "movies": movies }));
    }

    fn make_list(&self, movies: &[usize]) {
        self.post_on_trakt("/users/me/lists", json!({"name": "mine", "privacy": "public"}));
        self.edit_list("", movies);
    }

    fn names(&self, movies: &[usize]) -> Vec<String> {
        let catalogue = self.app.simulator().catalogue();
        movies.iter().map(|at| catalogue.movies()[*at].facts.title.to_string()).collect()
    }

    /// Runs the config file and returns the finished run.
    async fn run(&self, config: i64) -> Value {
        let path = format!("/api/collections/configs/{config}/run");
        self.admin.post(&path, json!({})).await.good(StatusCode::ACCEPTED);
        self.wait_for_run().await
    }

    /// Waits until no run is active, and returns the newest run.
    async fn wait_for_run(&self) -> Value {
        let state = self.app.state();
        for _ in 0..600 {
            if state.collections().running().is_empty() {
                let runs = self.admin.get("/api/collections/runs").await.good(StatusCode::OK);
                return runs[0].clone();
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("the run did not end");
    }

    async fn get(&self, path: &str) -> Value {
        self.admin.get(path).await.good(StatusCode::OK)
    }

    /// Returns the titles of the only collection, in order.
    async fn titles(&self) -> Vec<String> {
        let list = self.get("/api/collections").await;
        let page = self.get(&format!("/api/collections/{}", list[0]["id"])).await;
        let name = |title: &Value| title["name"].as_str().unwrap().to_owned();
        page["titles"].as_array().unwrap().iter().map(name).collect()
    }
}

#[tokio::test]
async fn a_registered_file_creates_collections_with_pages() {
    let fixture = ServerFixture::start().await;
    fixture.make_list(&[4, 1, 0, 2]);
    let config = fixture.register().await;
    let check = fixture.get(&format!("/api/collections/configs/{config}")).await;
    assert_eq!(
        (&check["libraries"][0]["library_name"], &check["libraries"][0]["collections"]),
        (&json!("Movies"), &json!(1)),
        "{check}"
    );

    let run = fixture.run(config).await;
    assert_eq!((&run["state"], &run["reason"]), (&json!("done"), &json!("manual")), "{run}");
    let result = &run["results"][0];
    assert_eq!(
        (&result["name"], &result["status"], &result["added"], &result["missing"]),
        (&json!("Mine"), &json!("Created"), &json!(3), &json!(1))
    );
    assert_eq!(fixture.titles().await, fixture.names(&[4, 0, 2]));

    let member = fixture.app.user("member").await;
    let list = member.get("/api/collections").await.good(StatusCode::OK);
    let id = list[0]["id"].as_i64().unwrap();
    let rows = member.get("/api/collections/rows?place=home").await.good(StatusCode::OK);
    assert_eq!((&rows[0]["name"], rows[0]["titles"].as_array().unwrap().len()), (&json!("Mine"), 3));
    let none = member.get("/api/collections/rows?place=library").await.good(StatusCode::OK);
    assert_eq!(none, json!([]));
    let title = rows[0]["titles"][0]["id"].as_i64().unwrap();
    let page = member.get(&format!("/api/titles/{title}")).await.good(StatusCode::OK);
    assert_eq!(page["collections"], json!([{"id": id, "name": "Mine"}]));
    let missing = member.get(&format!("/api/collections/{id}/missing")).await.good(StatusCode::OK);
    assert_eq!(missing[0]["title"].as_str().unwrap(), fixture.names(&[1])[0]);
    // The watchlist requires a connected account.
    let body = json!({"kind": "movie", "trakt_id": missing[0]["ids"]["trakt"]});
    let path = format!("/api/collections/{id}/missing");
    assert_eq!(member.put(&path, body).await.error(StatusCode::CONFLICT), "trakt_not_connected");
    let other = json!({"kind": "movie", "trakt_id": 99_999_999});
    assert_eq!(member.put(&path, other).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_large_removal_waits_until_it_is_confirmed() {
    let fixture = ServerFixture::start().await;
    let movies: Vec<usize> = (0..30).step_by(2).collect();
    fixture.make_list(&movies);
    let config = fixture.register().await;
    fixture.run(config).await;
    fixture.edit_list("/remove", &movies[2..]);

    let run = fixture.run(config).await;
    assert_eq!(run["results"][0]["status"], "Waiting for Confirmation");
    assert_eq!(fixture.titles().await.len(), 15);
    let plans = fixture.get("/api/collections/plans").await;
    assert_eq!(
        (&plans[0]["name"], &plans[0]["state"], &plans[0]["removed"], &plans[0]["kept"]),
        (&json!("Mine"), &json!("waiting"), &json!(13), &json!(2)),
        "{plans}"
    );

    let confirm = format!("/api/collections/plans/{}/confirm", plans[0]["id"]);
    fixture.admin.post(&confirm, json!({})).await.good(StatusCode::ACCEPTED);
    let run = fixture.wait_for_run().await;
    assert_eq!((&run["reason"], &run["results"][0]["status"]), (&json!("confirmed"), &json!("Modified")));
    assert_eq!(fixture.titles().await, fixture.names(&movies[..2]));
    assert_eq!(fixture.get("/api/collections/plans").await, json!([]));
    assert_eq!(fixture.admin.post(&confirm, json!({})).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_plan_that_changed_before_its_confirmation_waits_again() {
    let fixture = ServerFixture::start().await;
    let movies: Vec<usize> = (0..30).step_by(2).collect();
    fixture.make_list(&movies);
    let config = fixture.register().await;
    fixture.run(config).await;
    fixture.edit_list("/remove", &movies[2..]);
    fixture.run(config).await;
    let seen = fixture.get("/api/collections/plans").await[0]["id"].clone();
    // A title that the user has not seen in the plan would also be removed.
    fixture.edit_list("/remove", &movies[1..2]);

    let confirm = format!("/api/collections/plans/{seen}/confirm");
    fixture.admin.post(&confirm, json!({})).await.good(StatusCode::ACCEPTED);
    fixture.wait_for_run().await;
    assert_eq!(fixture.titles().await.len(), 15, "only confirmed removals may be applied");
    let plans = fixture.get("/api/collections/plans").await;
    assert_eq!((plans[0]["removed"].as_i64(), plans[0]["state"].as_str()), (Some(14), Some("waiting")));
    assert_ne!(plans[0]["id"], seen);
}

#[tokio::test]
async fn confirmation_is_not_requested_again_for_kept_titles() {
    let fixture = ServerFixture::start().await;
    let movies: Vec<usize> = (0..30).step_by(2).collect();
    fixture.make_list(&movies);
    let config = fixture.register().await;
    fixture.run(config).await;
    fixture.edit_list("/remove", &movies[2..]);
    fixture.run(config).await;
    let id = fixture.get("/api/collections/plans").await[0]["id"].clone();
    let kept = fixture.admin.post(&format!("/api/collections/plans/{id}/dismiss"), json!({})).await;
    assert_eq!(kept.status, StatusCode::NO_CONTENT);

    fixture.run(config).await;
    let plans = fixture.get("/api/collections/plans").await;
    assert_eq!((&plans[0]["id"], &plans[0]["state"]), (&id, &json!("kept")));
    assert_eq!(fixture.titles().await.len(), 15);
    // If more titles than the kept ones would be removed, the plan waits again.
    fixture.edit_list("/remove", &movies[1..2]);
    fixture.run(config).await;
    assert_eq!(fixture.get("/api/collections/plans").await[0]["state"], "waiting");
}

#[tokio::test]
async fn findings_in_a_file_have_a_code_and_details() {
    let fixture = ServerFixture::start().await;
    let text = std::fs::read_to_string(fixture.path()).unwrap();
    std::fs::write(fixture.path(), format!("{text}playlist_fils: x\n")).unwrap();
    let config = fixture.register().await;
    let check = fixture.get(&format!("/api/collections/configs/{config}")).await;
    let reasons: Vec<&Value> =
        check["findings"].as_array().unwrap().iter().map(|one| &one["because"]).collect();
    let unknown = json!({"reason": "unknown_key", "key": "playlist_fils", "nearest": "playlist_files"});
    assert!(reasons.contains(&&unknown), "{check}");
}

#[tokio::test]
async fn unreadable_files_are_rejected_with_the_location_of_the_error() {
    let fixture = ServerFixture::start().await;
    let register = async |path: String| {
        let response = fixture.admin.post("/api/collections/configs", json!({ "path": path })).await;
        assert_eq!(response.status, StatusCode::UNPROCESSABLE_ENTITY, "{response:?}");
        response.json()["error"]["fields"]["path"].as_str().unwrap().to_owned()
    };
    assert!(register("config.yml".into()).await.contains("absolute path"));
    assert!(register("/etc/passwd".into()).await.contains(".yml"));
    assert!(register("/nowhere/config.yml".into()).await.contains("/nowhere/config.yml"));
    std::fs::write(fixture.path(), "trakt:\n  client_secret: abcdef0123456789abcdef\n\tclient_id: 1\n")
        .unwrap();
    let message = register(fixture.path().display().to_string()).await;
    assert!(message.contains("config.yml:3:") && message.contains("tabs"), "{message}");
    assert!(!message.contains("abcdef0123456789"), "{message}");
}

#[tokio::test]
async fn a_run_left_by_a_crash_is_marked_as_interrupted() {
    let fixture = ServerFixture::start().await;
    fixture.make_list(&[0, 2]);
    let config = fixture.register().await;
    let state = fixture.app.state();
    let tx = state.db().begin().await.unwrap();
    let left = db::rows::CollectionRun {
        id: db::ids::CollectionRunId::NEW,
        config_id: db::ids::CollectionConfigId(config),
        reason: db::kinds::CollectionRunReason::Daily,
        state: db::kinds::CollectionRunState::Running,
        problems: json!([]),
        started_at: state.now().into(),
        finished_at: None,
    };
    collection_runs::insert(&tx, left).await.unwrap();
    tx.commit().await.unwrap();

    fixture.run(config).await;
    let runs = fixture.get("/api/collections/runs").await;
    assert_eq!((&runs[0]["state"], &runs[1]["state"]), (&json!("done"), &json!("interrupted")));
    assert_eq!(fixture.titles().await, fixture.names(&[0, 2]));
}

#[tokio::test]
async fn invalid_kometa_authorizations_are_rejected_by_field() {
    let fixture = ServerFixture::start().await;
    let application = json!({"client_id": DEMO_CLIENT_ID, "client_secret": DEMO_CLIENT_SECRET});
    let start = fixture.admin.post("/api/kometa/authorization", application.clone()).await;
    let url = start.good(StatusCode::OK)["url"].as_str().unwrap().to_owned();
    assert!(url.contains(DEMO_CLIENT_ID) && !url.contains(DEMO_CLIENT_SECRET), "{url}");
    let wrong = json!({"application": application, "pin": "12345678"});
    let refused = fixture.admin.post("/api/kometa/authorization/pin", wrong).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.json()["error"]["fields"]["pin"].is_string(), "{refused:?}");
    let blank = json!({"client_id": " "});
    let refused = fixture.admin.post("/api/kometa/authorization", blank).await;
    assert!(refused.json()["error"]["fields"]["client_id"].is_string(), "{refused:?}");
}
