//! /api/trakt/settings

use reqwest::StatusCode;
use serde_json::{Value, json};
use trakt_sim::DEMO_USER;

use super::{connect, with_application};
use crate::support::rows;

const PATH: &str = "/api/trakt/settings";

#[tokio::test]
async fn everything_is_synced_until_the_user_changes_it() {
    let app = with_application().await;
    let (anna, ben) = (app.user("anna").await, app.user("ben").await);
    let fresh = anna.get(PATH).await.good(StatusCode::OK);
    assert!(fresh["switches"].as_object().unwrap().values().all(|on| on == true), "{fresh}");
    assert_eq!(fresh["switches"].as_object().unwrap().len(), 8);
    assert_eq!(
        (fresh["watched_percent"].as_i64(), fresh["lowest_watched_percent"].as_i64()),
        (Some(80), Some(80))
    );
    assert_eq!(fresh["excluded_titles"], json!([]));

    let movie = rows::movie(&app, "Home video", None).await;
    let body = json!({
        "switches": {"ratings": false, "history": false},
        "watched_percent": 90,
        "excluded_titles": [movie.id, movie.id],
    });
    let changed = anna.patch(PATH, body).await.good(StatusCode::OK);
    assert_eq!(
        (
            &changed["switches"]["ratings"],
            &changed["switches"]["history"],
            &changed["switches"]["scrobbling"]
        ),
        (&json!(false), &json!(false), &json!(true))
    );
    assert_eq!(changed["watched_percent"], 90);
    assert_eq!(anna.get(PATH).await.json(), changed);
    assert_eq!(ben.get(PATH).await.json(), fresh, "each user has their own settings");

    let back = json!({"switches": {"ratings": true}, "watched_percent": 80});
    let changed = anna.patch(PATH, back).await.good(StatusCode::OK);
    assert_eq!(
        (&changed["switches"]["ratings"], &changed["switches"]["history"], &changed["watched_percent"]),
        (&json!(true), &json!(false), &json!(80))
    );
}

#[rstest::rstest]
#[case::below_trakts_threshold(json!({"watched_percent": 79}), Some("watched_percent"))]
#[case::unreachable_threshold(json!({"watched_percent": 100}), Some("watched_percent"))]
#[case::unknown_library(json!({"excluded_libraries": [99]}), Some("excluded_libraries"))]
#[case::unknown_title(json!({"excluded_titles": [99]}), Some("excluded_titles"))]
#[case::unknown_switch(json!({"switches": {"hitsory": false}}), None)]
#[case::unknown_field(json!({"watched": 90}), None)]
#[tokio::test]
async fn an_invalid_setting_changes_nothing(#[case] mut body: Value, #[case] field: Option<&str>) {
    let app = with_application().await;
    let anna = app.user("anna").await;
    let before = anna.get(PATH).await.json();
    body.as_object_mut().unwrap().entry("switches").or_insert(json!({"ratings": false}));
    let refused = anna.patch(PATH, body).await;
    assert_eq!(refused.error(StatusCode::UNPROCESSABLE_ENTITY), "invalid");
    if let Some(field) = field {
        assert!(refused.json()["error"]["fields"][field].is_string(), "{}", refused.json());
    }
    assert_eq!(anna.get(PATH).await.json(), before);
}

#[tokio::test]
async fn a_category_that_is_off_is_shown_as_off_and_not_sent() {
    let app = with_application().await;
    let anna = app.user("anna").await;
    connect(&app, &anna, DEMO_USER).await;
    anna.patch(PATH, json!({"switches": {"history": false}})).await.good(StatusCode::OK);
    let sync = anna.get("/api/trakt/sync").await.good(StatusCode::OK);
    let history =
        sync["categories"].as_array().unwrap().iter().find(|one| one["category"] == "history").unwrap();
    assert_eq!(history["state"], "off", "{sync}");
    let movie = rows::movie(&app, "Kept here", Some(1)).await;
    rows::add_queued_play(&app, anna.id(), &movie, app.state().now()).await;
    app.drained().await;
    let sent = app.simulator().requests().iter().filter(|request| request.path == "/sync/history").count();
    assert_eq!(sent, 0);
}

#[tokio::test]
async fn a_title_shows_why_its_play_is_not_on_trakt() {
    let app = with_application().await;
    let anna = app.user("anna").await;
    connect(&app, &anna, DEMO_USER).await;
    let movie = rows::movie(&app, "Home video", Some(1)).await;
    let page = format!("/api/titles/{}", movie.id);
    app.state().catalogue().library_changed();
    app.state().catalogue().refreshed().await;
    assert!(anna.get(&page).await.good(StatusCode::OK).get("not_on_trakt").is_none());
    anna.patch(PATH, json!({"excluded_titles": [movie.id]})).await.good(StatusCode::OK);
    rows::add_queued_play(&app, anna.id(), &movie, app.state().now()).await;
    let why = anna.get(&page).await.json()["not_on_trakt"].clone();
    assert_eq!(why["reason"], "excluded");
    assert!(why["message"].as_str().unwrap().contains("Excluded"), "{why}");
}
