//! Marking as watched, deleting plays and the timeline.

use chrono::TimeDelta;
use reqwest::StatusCode;
use serde_json::{Value, json};

use super::fixture::Fixture;

async fn timeline(fixture: &Fixture, query: &str) -> Value {
    fixture.admin.get(&format!("/api/timeline?{query}")).await.good(StatusCode::OK)
}

#[tokio::test]
async fn a_marked_play_appears_on_its_day_and_can_be_deleted() {
    let fixture = Fixture::movies(&["Metropolis (1927).mkv"]).await;
    let id = fixture.title("movie", "Metropolis").await["id"].clone();
    let body = json!({"watched_at": "2026-01-01T22:30:00Z"});
    let made = fixture.admin.post(&format!("/api/titles/{id}/watched"), body).await.good(StatusCode::CREATED);
    assert_eq!(
        (&made["plays"][0]["source"], &made["plays"][0]["trakt"]["state"]),
        (&json!("manual"), &json!("none"))
    );
    assert_eq!(timeline(&fixture, "tz=Asia/Tokyo").await["days"][0]["date"], "2026-01-02");
    assert_eq!(timeline(&fixture, "tz=-60").await["days"][0]["date"], "2026-01-01");
    let play = made["plays"][0]["id"].clone();
    let stranger = fixture.app.user("robin").await;
    assert_eq!(
        stranger.delete(&format!("/api/plays/{play}")).await.error(StatusCode::NOT_FOUND),
        "not_found"
    );
    fixture.admin.delete(&format!("/api/plays/{play}")).await.good(StatusCode::NO_CONTENT);
    assert_eq!(timeline(&fixture, "").await["days"], json!([]));
    assert_eq!(fixture.title("movie", "Metropolis").await["watched"], false);
}

#[tokio::test]
async fn marking_again_adds_a_play_for_movies_but_not_for_shows() {
    let fixture = Fixture::shows(&[
        "Planets/Planets S01E01.mkv",
        "Planets/Planets S01E02.mkv",
        "Planets/Planets S00E01.mkv",
    ])
    .await;
    let show = fixture.title("show", "Planets").await["id"].clone();
    assert_eq!(fixture.watch(&show).await.as_array().unwrap().len(), 2, "specials are not marked");
    assert_eq!(fixture.watch(&show).await, json!([]));
    let movies = Fixture::movies(&["Metropolis (1927).mkv"]).await;
    let movie = movies.title("movie", "Metropolis").await["id"].clone();
    movies.watch(&movie).await;
    movies.watch(&movie).await;
    assert_eq!(movies.detail(&movie).await["plays"], 2);
}

#[tokio::test]
async fn implausible_times_are_rejected() {
    let fixture = Fixture::movies(&["Metropolis (1927).mkv"]).await;
    let id = fixture.title("movie", "Metropolis").await["id"].clone();
    let tomorrow = (fixture.app.state().now() + TimeDelta::days(1)).to_rfc3339();
    for time in ["yesterday", "1800-01-01T00:00:00Z", &tomorrow] {
        let response =
            fixture.admin.post(&format!("/api/titles/{id}/watched"), json!({"watched_at": time})).await;
        assert_eq!(response.error(StatusCode::UNPROCESSABLE_ENTITY), "invalid", "{time}");
    }
}

#[tokio::test]
async fn plays_without_a_time_are_last_and_pages_contain_whole_days() {
    let fixture = Fixture::movies(&["Metropolis (1927).mkv"]).await;
    let id = fixture.title("movie", "Metropolis").await["id"].clone();
    for time in ["2026-01-01T10:00:00Z", "2026-01-02T10:00:00Z", "2026-01-02T20:00:00Z", "unknown"] {
        let body = json!({"watched_at": time});
        fixture.admin.post(&format!("/api/titles/{id}/watched"), body).await.good(StatusCode::CREATED);
    }
    let first = timeline(&fixture, "limit=1").await;
    assert_eq!(first["days"].as_array().unwrap().len(), 1);
    assert_eq!(
        first["days"][0]["plays"].as_array().unwrap().len(),
        2,
        "a page contains all plays of its days"
    );
    let second =
        timeline(&fixture, &format!("limit=1&before={}", first["next_before"].as_str().unwrap())).await;
    assert_eq!(second["days"][0]["date"], "2026-01-01");
    let last =
        timeline(&fixture, &format!("limit=1&before={}", second["next_before"].as_str().unwrap())).await;
    assert_eq!((last["days"][0].get("date"), last.get("next_before")), (None, None));
    let wrong = fixture.admin.get("/api/timeline?before=nonsense").await;
    assert_eq!(wrong.error(StatusCode::UNPROCESSABLE_ENTITY), "invalid");
}
