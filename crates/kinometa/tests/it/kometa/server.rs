//! Kometa's config files in the server: registered, run, what waits, and the pages of collections.

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

/// A server whose library Movies has every second movie of Trakt, and a folder with Kometa's files.
struct Served {
    app: TestApp,
    admin: Actor,
    folder: tempfile::TempDir,
}

impl Served {
    /// The file calls the library `Filme`.
    async fn start() -> Self {
        let app = TestApp::builder().simulator(Sim::builder().person(Person::new("anna"))).start().await;
        let admin = app.admin().await;
        let served = Self { app, admin, folder: tempfile::tempdir().unwrap() };
        served.fill().await;
        let pair = served.app.simulator().issue_token("anna");
        let config = format!(
            "trakt:\n  client_id: {DEMO_CLIENT_ID}\n  client_secret: {DEMO_CLIENT_SECRET}\n  authorization:\n    access_token: {}\n    token_type: bearer\n    expires_in: {}\n    refresh_token: {}\n    scope: public\n    created_at: {}\nlibraries:\n  Filme:\n    collection_files:\n      - file: movies.yml\n",
            pair.access_token, pair.expires_in, pair.refresh_token, pair.created_at
        );
        std::fs::write(served.path(), config).unwrap();
        std::fs::write(served.folder.path().join("movies.yml"), MINE).unwrap();
        served
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

    /// Registers the file and maps its library; the file's id.
    async fn register(&self) -> i64 {
        let body = json!({"path": self.path().display().to_string()});
        let config = self.admin.post("/api/collections/configs", body).await.good(StatusCode::CREATED);
        let libraries = self.admin.get("/api/libraries").await.good(StatusCode::OK);
        let mapping = json!({"name": "Filme", "library_id": libraries[0]["id"]});
        let mapped = self.admin.put("/api/collections/libraries", mapping).await;
        assert_eq!(mapped.status, StatusCode::NO_CONTENT);
        config["id"].as_i64().unwrap()
    }

    /// Anna's answer at Trakt.
    fn at_trakt(&self, path: &str, body: Value) {
        let acted = self.app.simulator().act("anna", "POST", path, Some(&body));
        assert!((200..300).contains(&acted.status), "{path}: {acted:?}");
    }

    /// Adds or removes movies by their place in Trakt's catalogue.
    fn put(&self, action: &str, movies: &[usize]) {
        let catalogue = self.app.simulator().catalogue();
        let id = |at: &usize| json!({"ids": {"trakt": catalogue.movies()[*at].facts.ids.trakt}});
        let movies: Vec<_> = movies.iter().map(id).collect();
        self.at_trakt(&format!("/users/me/lists/mine/items{action}"), json!({ "movies": movies }));
    }

    fn make_list(&self, movies: &[usize]) {
        self.at_trakt("/users/me/lists", json!({"name": "mine", "privacy": "public"}));
        self.put("", movies);
    }

    fn names(&self, movies: &[usize]) -> Vec<String> {
        let catalogue = self.app.simulator().catalogue();
        movies.iter().map(|at| catalogue.movies()[*at].facts.title.to_string()).collect()
    }

    /// Runs the file and answers what came of it.
    async fn run(&self, config: i64) -> Value {
        let path = format!("/api/collections/configs/{config}/run");
        self.admin.post(&path, json!({})).await.good(StatusCode::ACCEPTED);
        self.over().await
    }

    /// The newest run, once nothing runs any more.
    async fn over(&self) -> Value {
        let state = self.app.state();
        for _ in 0..600 {
            if state.collections().running().is_empty() {
                let runs = self.admin.get("/api/collections/runs").await.good(StatusCode::OK);
                return runs[0].clone();
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("the run does not end");
    }

    async fn get(&self, path: &str) -> Value {
        self.admin.get(path).await.good(StatusCode::OK)
    }

    /// The titles of the only collection, in its order.
    async fn titles(&self) -> Vec<String> {
        let list = self.get("/api/collections").await;
        let page = self.get(&format!("/api/collections/{}", list[0]["id"])).await;
        let name = |title: &Value| title["name"].as_str().unwrap().to_owned();
        page["titles"].as_array().unwrap().iter().map(name).collect()
    }
}

#[tokio::test]
async fn a_registered_file_becomes_collections_with_pages() {
    let served = Served::start().await;
    served.make_list(&[4, 1, 0, 2]);
    let config = served.register().await;
    let check = served.get(&format!("/api/collections/configs/{config}")).await;
    assert_eq!(
        (&check["libraries"][0]["library_name"], &check["libraries"][0]["collections"]),
        (&json!("Movies"), &json!(1)),
        "{check}"
    );

    let run = served.run(config).await;
    assert_eq!((&run["state"], &run["reason"]), (&json!("done"), &json!("manual")), "{run}");
    let result = &run["results"][0];
    assert_eq!(
        (&result["name"], &result["status"], &result["added"], &result["missing"]),
        (&json!("Mine"), &json!("Created"), &json!(3), &json!(1))
    );
    assert_eq!(served.titles().await, served.names(&[4, 0, 2]));

    let anna = served.app.user("member").await;
    let list = anna.get("/api/collections").await.good(StatusCode::OK);
    let id = list[0]["id"].as_i64().unwrap();
    let rows = anna.get("/api/collections/rows?place=home").await.good(StatusCode::OK);
    assert_eq!((&rows[0]["name"], rows[0]["titles"].as_array().unwrap().len()), (&json!("Mine"), 3));
    let none = anna.get("/api/collections/rows?place=library").await.good(StatusCode::OK);
    assert_eq!(none, json!([]));
    let title = rows[0]["titles"][0]["id"].as_i64().unwrap();
    let page = anna.get(&format!("/api/titles/{title}")).await.good(StatusCode::OK);
    assert_eq!(page["collections"], json!([{"id": id, "name": "Mine"}]));
    let missing = anna.get(&format!("/api/collections/{id}/missing")).await.good(StatusCode::OK);
    assert_eq!(missing[0]["title"].as_str().unwrap(), served.names(&[1])[0]);
    // The watchlist belongs to a connected account.
    let body = json!({"kind": "movie", "trakt_id": missing[0]["ids"]["trakt"]});
    let path = format!("/api/collections/{id}/missing");
    assert_eq!(anna.put(&path, body).await.error(StatusCode::CONFLICT), "trakt_not_connected");
    let other = json!({"kind": "movie", "trakt_id": 99_999_999});
    assert_eq!(anna.put(&path, other).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_large_removal_waits_and_is_made_when_confirmed() {
    let served = Served::start().await;
    let movies: Vec<usize> = (0..30).step_by(2).collect();
    served.make_list(&movies);
    let config = served.register().await;
    served.run(config).await;
    served.put("/remove", &movies[2..]);

    let run = served.run(config).await;
    assert_eq!(run["results"][0]["status"], "Waiting for Confirmation");
    assert_eq!(served.titles().await.len(), 15);
    let plans = served.get("/api/collections/plans").await;
    assert_eq!(
        (&plans[0]["name"], &plans[0]["state"], &plans[0]["removed"], &plans[0]["kept"]),
        (&json!("Mine"), &json!("waiting"), &json!(13), &json!(2)),
        "{plans}"
    );

    let confirm = format!("/api/collections/plans/{}/confirm", plans[0]["id"]);
    served.admin.post(&confirm, json!({})).await.good(StatusCode::ACCEPTED);
    let run = served.over().await;
    assert_eq!((&run["reason"], &run["results"][0]["status"]), (&json!("confirmed"), &json!("Modified")));
    assert_eq!(served.titles().await, served.names(&movies[..2]));
    assert_eq!(served.get("/api/collections/plans").await, json!([]));
    assert_eq!(served.admin.post(&confirm, json!({})).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_changed_meanwhile_is_planned_again() {
    let served = Served::start().await;
    let movies: Vec<usize> = (0..30).step_by(2).collect();
    served.make_list(&movies);
    let config = served.register().await;
    served.run(config).await;
    served.put("/remove", &movies[2..]);
    served.run(config).await;
    let seen = served.get("/api/collections/plans").await[0]["id"].clone();
    // Another title would go than those that the person has seen.
    served.put("/remove", &movies[1..2]);

    let confirm = format!("/api/collections/plans/{seen}/confirm");
    served.admin.post(&confirm, json!({})).await.good(StatusCode::ACCEPTED);
    served.over().await;
    assert_eq!(served.titles().await.len(), 15, "nothing went that nobody had agreed to");
    let plans = served.get("/api/collections/plans").await;
    assert_eq!((plans[0]["removed"].as_i64(), plans[0]["state"].as_str()), (Some(14), Some("waiting")));
    assert_ne!(plans[0]["id"], seen);
}

#[tokio::test]
async fn titles_that_are_kept_are_not_asked_about_again() {
    let served = Served::start().await;
    let movies: Vec<usize> = (0..30).step_by(2).collect();
    served.make_list(&movies);
    let config = served.register().await;
    served.run(config).await;
    served.put("/remove", &movies[2..]);
    served.run(config).await;
    let id = served.get("/api/collections/plans").await[0]["id"].clone();
    let kept = served.admin.post(&format!("/api/collections/plans/{id}/dismiss"), json!({})).await;
    assert_eq!(kept.status, StatusCode::NO_CONTENT);

    served.run(config).await;
    let plans = served.get("/api/collections/plans").await;
    assert_eq!((&plans[0]["id"], &plans[0]["state"]), (&id, &json!("kept")));
    assert_eq!(served.titles().await.len(), 15);
    // More than what was kept is another question.
    served.put("/remove", &movies[1..2]);
    served.run(config).await;
    assert_eq!(served.get("/api/collections/plans").await[0]["state"], "waiting");
}

#[tokio::test]
async fn what_is_wrong_with_a_file_has_a_code_with_its_facts() {
    let served = Served::start().await;
    let text = std::fs::read_to_string(served.path()).unwrap();
    std::fs::write(served.path(), format!("{text}playlist_fils: x\n")).unwrap();
    let config = served.register().await;
    let check = served.get(&format!("/api/collections/configs/{config}")).await;
    let reasons: Vec<&Value> =
        check["findings"].as_array().unwrap().iter().map(|one| &one["because"]).collect();
    let unknown = json!({"reason": "unknown_key", "key": "playlist_fils", "nearest": "playlist_files"});
    assert!(reasons.contains(&&unknown), "{check}");
}

#[tokio::test]
async fn files_that_cannot_be_read_are_refused_with_their_place() {
    let served = Served::start().await;
    let register = async |path: String| {
        let answer = served.admin.post("/api/collections/configs", json!({ "path": path })).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{answer:?}");
        answer.json()["error"]["fields"]["path"].as_str().unwrap().to_owned()
    };
    assert!(register("config.yml".into()).await.contains("absolute path"));
    assert!(register("/etc/passwd".into()).await.contains(".yml"));
    assert!(register("/nowhere/config.yml".into()).await.contains("/nowhere/config.yml"));
    std::fs::write(served.path(), "trakt:\n  client_secret: abcdef0123456789abcdef\n\tclient_id: 1\n")
        .unwrap();
    let said = register(served.path().display().to_string()).await;
    assert!(said.contains("config.yml:3:") && said.contains("tabs"), "{said}");
    assert!(!said.contains("abcdef0123456789"), "{said}");
}

#[tokio::test]
async fn a_run_that_a_crash_left_is_over_when_the_next_one_begins() {
    let served = Served::start().await;
    served.make_list(&[0, 2]);
    let config = served.register().await;
    let state = served.app.state();
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

    served.run(config).await;
    let runs = served.get("/api/collections/runs").await;
    assert_eq!((&runs[0]["state"], &runs[1]["state"]), (&json!("done"), &json!("interrupted")));
    assert_eq!(served.titles().await, served.names(&[0, 2]));
}

#[tokio::test]
async fn a_code_gives_a_block_and_nothing_is_kept() {
    let served = Served::start().await;
    let application = json!({"client_id": DEMO_CLIENT_ID, "client_secret": DEMO_CLIENT_SECRET});
    let start = served.admin.post("/api/kometa/authorization", application.clone()).await;
    let url = start.good(StatusCode::OK)["url"].as_str().unwrap().to_owned();
    assert!(url.contains(DEMO_CLIENT_ID) && !url.contains(DEMO_CLIENT_SECRET), "{url}");
    let wrong = json!({"application": application, "pin": "12345678"});
    let refused = served.admin.post("/api/kometa/authorization/pin", wrong).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.json()["error"]["fields"]["pin"].is_string(), "{refused:?}");
    let nobody = json!({"client_id": " "});
    let refused = served.admin.post("/api/kometa/authorization", nobody).await;
    assert!(refused.json()["error"]["fields"]["client_id"].is_string(), "{refused:?}");
}
