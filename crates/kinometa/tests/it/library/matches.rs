//! /api/matches, with the simulator.

use clock::{Clock as _, ManualClock, SystemClock};
use db::ids::{FileId, TitleId};
use reqwest::StatusCode;
use serde_json::{Value, json};

use super::fixture::{Fixture, Ticking};
use crate::support::TestApp;

/// Returns the title, year and Trakt ID of a movie in the simulator.
pub(super) fn film(app: &TestApp, at: usize) -> (String, u16, u64) {
    let catalogue = app.simulator().catalogue();
    let mut suitable = catalogue.movies().iter().filter(|movie| {
        let title = &*movie.facts.title;
        let same_title = catalogue.movies().iter().filter(|other| &*other.facts.title == title).count();
        same_title == 1 && title.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == ' ')
    });
    let facts = &suitable.nth(at).expect("the simulator has enough films").facts;
    (facts.title.to_string(), facts.year, facts.ids.trakt)
}

pub(super) async fn add_film(fixture: &Fixture, at: usize) -> (String, u64) {
    let (title, year, trakt) = film(&fixture.app, at);
    fixture.add(&format!("{title} ({year})/{title} ({year}).mkv"));
    fixture.rescan().await;
    (title, trakt)
}

pub(super) async fn decide(fixture: &Fixture, id: &Value, decision: Value) -> Value {
    fixture.admin.put(&format!("/api/matches/{id}"), decision).await.good(StatusCode::OK)
}

#[tokio::test]
async fn a_movie_is_matched_by_title_and_year() {
    let fixture = Fixture::with_trakt("movies", &[]).await;
    let (title, trakt) = add_film(&fixture, 0).await;
    fixture.wait_for_match("matched").await;
    let card = fixture.title("movie", &title).await;
    assert_eq!(card["matched"], true);
    let detail = fixture.detail(&card["id"]).await;
    assert_eq!(detail["ids"]["trakt"], trakt);
    assert!(detail["overview"].is_string() && detail["poster"]["url"].is_string());
    assert!(detail["trakt_url"].as_str().unwrap().starts_with("https://trakt.tv/movies/"));
}

#[tokio::test]
async fn an_id_in_the_name_overrides_the_title() {
    let fixture = Fixture::with_trakt("movies", &[]).await;
    let catalogue = fixture.app.simulator().catalogue();
    let movie = catalogue.movies().iter().find(|movie| movie.facts.ids.tmdb.is_some()).unwrap();
    fixture.add(&format!("Some other name {{tmdb-{}}}.mkv", movie.facts.ids.tmdb.unwrap()));
    fixture.rescan().await;
    let found = fixture.wait_for_match("matched").await;
    assert_eq!(found["title"]["name"], *movie.facts.title);
    assert!(found["candidates"][0]["why"].as_str().unwrap().contains("TMDB"), "{found}");
}

#[tokio::test]
async fn ambiguous_titles_need_a_decision_that_is_kept() {
    let fixture = Fixture::with_trakt("movies", &["Oliver Twist/Oliver Twist.mkv"]).await;
    let doubtful = fixture.wait_for_match("ambiguous").await;
    let candidates = doubtful["candidates"].as_array().unwrap();
    assert!(candidates.len() >= 2 && candidates[0]["score"].as_f64().unwrap() > 0.5, "{doubtful}");
    assert_eq!(
        fixture.title("movie", "Oliver Twist").await["matched"],
        false,
        "an ambiguous title must not be matched"
    );
    let chosen = candidates[1]["trakt_id"].clone();
    let decided = decide(&fixture, &doubtful["id"], json!({"trakt_id": chosen})).await;
    assert_eq!((&decided["state"], &decided["title"]["matched"]), (&json!("matched"), &json!(true)));
    fixture.rename("Oliver Twist/Oliver Twist.mkv", "Oliver Twist (new)/Oliver Twist new.mkv");
    fixture.rescan().await;
    let detail = fixture.detail(&fixture.titles("movie").await[0]["id"]).await;
    assert_eq!(detail["ids"]["trakt"], chosen);
}

#[tokio::test]
async fn unmatched_files_keep_their_name_and_can_be_searched() {
    let fixture = Fixture::with_trakt("movies", &["Xyzzy Holiday Beach.mkv"]).await;
    let unknown = fixture.wait_for_match("unmatched").await;
    fixture.title("movie", "Xyzzy Holiday Beach").await;
    let (title, _, trakt) = film(&fixture.app, 0);
    let path = format!("/api/matches/{}/candidates?query={title}", unknown["id"]);
    let found = fixture.admin.get(&path).await.good(StatusCode::OK);
    assert_eq!(found[0]["trakt_id"], trakt);
}

#[tokio::test]
async fn a_hidden_movie_can_return_without_a_trakt_title() {
    let fixture = Fixture::movies(&["Birthday 2019.mkv"]).await;
    let id = fixture.only_match().await["id"].clone();
    assert_eq!(decide(&fixture, &id, json!({"ignore": true})).await["state"], "ignored");
    assert!(fixture.titles("movie").await.is_empty());
    fixture.rescan().await;
    assert!(fixture.titles("movie").await.is_empty(), "a scan must not undo a decision");
    assert_eq!(decide(&fixture, &id, json!({"local": true})).await["state"], "matched");
    assert_eq!(fixture.titles("movie").await.len(), 1);
}

#[tokio::test]
async fn invalid_match_decisions_are_rejected() {
    let fixture = Fixture::movies(&["Birthday 2019.mkv"]).await;
    let path = format!("/api/matches/{}", fixture.only_match().await["id"]);
    let both = fixture.admin.put(&path, json!({"ignore": true, "local": true})).await;
    assert_eq!(both.error(StatusCode::UNPROCESSABLE_ENTITY), "invalid");
    let member = fixture.app.user("robin").await;
    assert_eq!(member.put(&path, json!({"ignore": true})).await.error(StatusCode::FORBIDDEN), "forbidden");
    let unknown = fixture.admin.put(&path, json!({"trakt_id": 1})).await;
    assert_eq!(unknown.error(StatusCode::SERVICE_UNAVAILABLE), "trakt_not_configured");
    assert_eq!(
        fixture.admin.put("/api/matches/999", json!({"local": true})).await.error(StatusCode::NOT_FOUND),
        "not_found"
    );
}

#[tokio::test]
async fn correcting_a_match_moves_the_plays_of_its_files() {
    let fixture = Fixture::with_trakt("movies", &[]).await;
    let (title, _) = add_film(&fixture, 0).await;
    let found = fixture.wait_for_match("matched").await;
    let wrong = fixture.title("movie", &title).await["id"].clone();
    let file = fixture.detail(&wrong).await["files"][0]["id"].as_i64().unwrap();
    add_play(&fixture, TitleId(wrong.as_i64().unwrap()), FileId(file)).await;
    let (right, _, trakt) = film(&fixture.app, 1);
    decide(&fixture, &found["id"], json!({"trakt_id": trakt})).await;
    let card = fixture.title("movie", &right).await;
    assert_eq!((&card["watched"], fixture.titles("movie").await.len()), (&json!(true), 1));
}

/// Inserts a play of a file, as the player would.
async fn add_play(fixture: &Fixture, title_id: TitleId, file_id: FileId) {
    let state = fixture.app.state();
    let play = db::plays::NewPlay {
        user_id: fixture.admin.id(),
        title_id,
        watched_at: Some(state.now().into()),
        source: db::kinds::PlaySource::Kinometa,
        file_id: Some(file_id),
        is_private: false,
        trakt_history_id: None,
    };
    let tx = state.db().begin().await.unwrap();
    db::plays::insert(&tx, play, state.now().into()).await.unwrap();
    tx.commit().await.unwrap();
    state.catalogue().user_changed(fixture.admin.id());
}

#[tokio::test]
async fn a_matched_show_gets_seasons_and_episodes_and_keeps_plays() {
    let fixture = Fixture::with_trakt("shows", &[]).await;
    let catalogue = fixture.app.simulator().catalogue();
    let show = catalogue
        .shows()
        .iter()
        .find(|show| show.seasons.iter().any(|season| season.number == 1))
        .expect("the simulator has a show with a first season");
    let (name, year) = (show.facts.title.replace([':', '/'], ""), show.facts.year);
    fixture.add(&format!("{name} ({year})/Season 01/{name} S01E01.mkv"));
    fixture.rescan().await;
    fixture.wait_for_match("matched").await;
    fixture
        .wait_until("the episodes of the show", || async {
            let shows = fixture.titles("show").await;
            let season = fixture.season(&shows[0]["id"], 1).await;
            season["episodes"].as_array().unwrap().len() == usize::from(show.season(1).unwrap().episode_count)
        })
        .await;
    let card = fixture.titles("show").await.remove(0);
    assert_eq!(
        (&card["name"], &card["episode_count"]),
        (&json!(*show.facts.title), &json!(1)),
        "only episodes with files are counted"
    );
    let season = fixture.season(&card["id"], 1).await;
    let first = &season["episodes"][0];
    assert_eq!(first["name"], show.episode(1, 1).unwrap().title);
    assert_eq!((&first["available"], &season["episodes"][1]["available"]), (&json!(true), &json!(false)));
    assert_eq!(fixture.detail(&first["id"]).await["ids"]["trakt"], show.episode(1, 1).unwrap().ids.trakt);
}

#[tokio::test]
async fn matching_resumes_when_trakt_is_back() {
    let clock = ManualClock::new(SystemClock.now());
    let simulator = trakt_sim::Sim::builder().seed(7).movies(30);
    let mut app = TestApp::builder().clock(clock.clone()).simulator(simulator).start().await;
    let (title, year, _) = film(&app, 0);
    app.state()
        .engine()
        .set_application(trakt_sim::DEMO_CLIENT_ID, trakt_sim::DEMO_CLIENT_SECRET.into())
        .await
        .unwrap();
    app.simulator_mut().close_port().await;
    let mut fixture = Fixture::on(app, "movies", &[&format!("{title} ({year}).mkv")]).await;
    fixture.title("movie", &title).await;
    assert_eq!(fixture.only_match().await["state"], "unmatched");
    fixture.app.simulator_mut().open_port().await.unwrap();
    let _ticking = Ticking::start(&clock);
    fixture.wait_for_match("matched").await;
}
