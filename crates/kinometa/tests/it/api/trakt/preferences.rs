//! Ratings, the watchlist and dropped shows over HTTP.

use reqwest::StatusCode;
use serde_json::{Value, json};
use trakt_sim::{DEMO_USER, Sim};

use super::{connect, with_application};
use crate::support::{Actor, EventStream, TestApp, rows};

/// Returns a server, a user with a connected account, and the path of a movie that exists on Trakt.
async fn connected() -> (TestApp, Actor, String) {
    let app = TestApp::builder().simulator(Sim::builder().movies(3)).start().await;
    app.admin().await.put("/api/trakt/application", super::application()).await.good(StatusCode::OK);
    let anna = app.user("anna").await;
    connect(&app, &anna, DEMO_USER).await;
    let trakt_id = app.simulator().catalogue().movies()[0].facts.ids.trakt;
    let movie = rows::movie(&app, "A movie", Some(trakt_id.cast_signed())).await;
    app.state().catalogue().library_changed();
    app.state().catalogue().refreshed().await;
    (app, anna, format!("/api/titles/{}", movie.id))
}

fn on_trakt(app: &TestApp, path: &str) -> Value {
    app.simulator().act(DEMO_USER, "GET", path, None).body
}

#[tokio::test]
async fn a_rating_is_shown_sent_and_removed() {
    let (app, anna, movie) = connected().await;
    let mut events = EventStream::open(&anna).await;
    anna.put(&format!("{movie}/rating"), json!({"rating": 8})).await.good(StatusCode::NO_CONTENT);
    events.wait_for("preferences", |changed| changed["title_ids"].as_array().unwrap().len() == 1).await;
    assert_eq!(anna.get(&movie).await.json()["my_rating"], 8);
    app.drained().await;
    assert_eq!(on_trakt(&app, "/sync/ratings/movies")[0]["rating"], 8);
    let ben = app.user("ben").await;
    assert!(ben.get(&movie).await.json()["my_rating"].is_null(), "the rating belongs to anna");

    anna.delete(&format!("{movie}/rating")).await.good(StatusCode::NO_CONTENT);
    assert!(anna.get(&movie).await.json()["my_rating"].is_null());
    app.drained().await;
    assert_eq!(on_trakt(&app, "/sync/ratings/movies"), json!([]));
}

#[rstest::rstest]
#[case::too_low(json!({"rating": 0}))]
#[case::too_high(json!({"rating": 11}))]
#[case::far_too_high(json!({"rating": 264}))]
#[case::not_a_whole_number(json!({"rating": 7.5}))]
#[case::missing(json!({}))]
#[case::with_an_unknown_field(json!({"rating": 7, "stars": 7}))]
#[tokio::test]
async fn an_invalid_rating_changes_nothing(#[case] body: Value) {
    let (_app, anna, movie) = connected().await;
    let refused = anna.put(&format!("{movie}/rating"), body).await;
    assert_eq!(refused.error(StatusCode::UNPROCESSABLE_ENTITY), "invalid");
    assert!(anna.get(&movie).await.json()["my_rating"].is_null());
}

#[tokio::test]
async fn the_watchlist_requires_an_account_but_ratings_do_not() {
    let app = with_application().await;
    let anna = app.user("anna").await;
    let movie = rows::movie(&app, "A movie", None).await;
    app.state().catalogue().library_changed();
    app.state().catalogue().refreshed().await;
    let movie = format!("/api/titles/{}", movie.id);
    let refused = anna.put(&format!("{movie}/watchlist"), json!({})).await;
    assert_eq!(refused.error(StatusCode::CONFLICT), "trakt_not_connected");
    anna.put(&format!("{movie}/rating"), json!({"rating": 3})).await.good(StatusCode::NO_CONTENT);
    assert_eq!(anna.get(&movie).await.json()["my_rating"], 3);
    anna.put(&format!("{movie}/dropped"), json!({})).await.error(StatusCode::NOT_FOUND);
    anna.put("/api/titles/999/rating", json!({"rating": 3})).await.error(StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_title_is_added_to_the_watchlist_and_removed() {
    let (app, anna, movie) = connected().await;
    assert_eq!(anna.get(&movie).await.json()["in_watchlist"], false);
    anna.put(&format!("{movie}/watchlist"), json!({})).await.good(StatusCode::NO_CONTENT);
    assert_eq!(anna.get(&movie).await.json()["in_watchlist"], true);
    app.drained().await;
    assert_eq!(on_trakt(&app, "/sync/watchlist/movies").as_array().unwrap().len(), 1);
    anna.delete(&format!("{movie}/watchlist")).await.good(StatusCode::NO_CONTENT);
    app.drained().await;
    assert_eq!(on_trakt(&app, "/sync/watchlist/movies"), json!([]));
}

#[tokio::test]
async fn preferences_on_trakt_are_counted_in_the_preview_and_imported() {
    let (app, anna, movie) = connected().await;
    let id = app.simulator().catalogue().movies()[0].facts.ids.trakt;
    let body = json!({"movies": [{"ids": {"trakt": id}, "rating": 9}]});
    app.simulator().act(DEMO_USER, "POST", "/sync/ratings", Some(&body));
    app.simulator().act(DEMO_USER, "POST", "/sync/watchlist", Some(&body));
    let preview = anna.get("/api/trakt/import").await.good(StatusCode::OK);
    assert_eq!((&preview["counts"]["ratings"], &preview["counts"]["watchlist"]), (&json!(1), &json!(1)));
    let mut events = EventStream::open(&anna).await;
    anna.post("/api/trakt/import", json!({"import": true})).await.good(StatusCode::ACCEPTED);
    let of = |sync: &Value, category: &str| {
        let all = sync["categories"].as_array().unwrap();
        all.iter().find(|one| one["category"] == category).unwrap()["state"].clone()
    };
    events
        .wait_for("sync", |sync| {
            ["ratings", "watchlist"].iter().all(|category| of(sync, category) == "following")
        })
        .await;
    let shown = anna.get(&movie).await.json();
    assert_eq!((&shown["my_rating"], &shown["in_watchlist"]), (&json!(9), &json!(true)));
}
