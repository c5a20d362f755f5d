//! Watching together, and files with several episodes, over HTTP.

use reqwest::StatusCode;
use serde_json::{Value, json};

use super::clips::{Clip, LENGTH};
use super::fixture::{Fixture, at};
use crate::support::Actor;

async fn report_event(who: &Actor, playback: &Value, event: &str, position_ms: i64, seq: i64) -> Value {
    let body = json!({"event": event, "position_ms": position_ms, "seq": seq});
    who.post(&at(playback, "events"), body).await.good(StatusCode::OK)
}

/// Returns the numbers of the episodes that a user has watched; `null` for movies.
async fn watched(who: &Actor) -> Vec<Value> {
    let timeline = who.get("/api/timeline").await.good(StatusCode::OK);
    let days = timeline["days"].as_array().unwrap();
    let plays = days.iter().flat_map(|day| day["plays"].as_array().unwrap().clone());
    let mut numbers: Vec<Value> = plays.map(|play| play["title"]["episode_number"].clone()).collect();
    numbers.sort_by_key(ToString::to_string);
    numbers
}

async fn double_episode() -> Option<Fixture> {
    Fixture::with_shows(&[("Show/Season 1/Show - S01E01-E02", Clip::Mp4)]).await
}

#[tokio::test]
async fn finishing_a_double_episode_counts_both() {
    let Some(fixture) = double_episode().await else { return };
    let me = &fixture.admin;
    let playback = fixture.play(me, fixture.episode(1).await).await;
    report_event(me, &playback, "play", 0, 1).await;
    report_event(me, &playback, "progress", LENGTH * 3 / 4, 2).await;
    report_event(me, &playback, "stop", LENGTH, 3).await;
    assert_eq!(watched(me).await, [json!(1), json!(2)]);
}

#[tokio::test]
async fn stopping_a_double_episode_after_the_first_counts_only_that() {
    let Some(fixture) = double_episode().await else { return };
    let me = &fixture.admin;
    let playback = fixture.play(me, fixture.episode(1).await).await;
    report_event(me, &playback, "play", 0, 1).await;
    report_event(me, &playback, "stop", LENGTH * 6 / 10, 2).await;
    assert_eq!(watched(me).await, [json!(1)]);
    let second = fixture.play(me, fixture.episode(2).await).await;
    assert_eq!(second["resume_ms"], LENGTH * 6 / 10);
}

#[tokio::test]
async fn companions_who_allow_it_get_the_play() {
    let Some(fixture) = Fixture::with_movies(&[("Film (2000)/Film (2000)", Clip::Mp4)]).await else { return };
    let (me, ben, eva) = (&fixture.admin, fixture.app.user("ben").await, fixture.app.user("eva").await);
    let allowed = ben.put("/api/me/watching-together", json!({"allowed": true})).await;
    assert_eq!(allowed.good(StatusCode::OK)["allowed"], true);
    assert_eq!(eva.get("/api/me/watching-together").await.json()["allowed"], false);
    let playback = fixture.play(me, fixture.title("Film").await).await;
    let companions = at(&playback, "companions");

    let people = me.get(&companions).await.good(StatusCode::OK)["people"].clone();
    assert_eq!(people.as_array().unwrap().len(), 1, "{people}");
    assert_eq!(people[0]["watching"], false);
    let id = people[0]["id"].clone();
    let chosen = me.put(&companions, json!({"people": [id]})).await.good(StatusCode::OK);
    assert_eq!(chosen["people"][0]["watching"], true);
    for stranger in [999, eva.id().0] {
        let refused = me.put(&companions, json!({"people": [stranger]})).await;
        assert_eq!(refused.error(StatusCode::NOT_FOUND), "not_found");
        assert_eq!(refused.json()["error"]["because"], json!({"reason": "not_together"}));
        let message = "Someone you chose can no longer watch with you.";
        assert_eq!(refused.json()["error"]["message"], message);
    }
    eva.get(&companions).await.error(StatusCode::NOT_FOUND);
    me.put(&companions, json!({"people": [id]})).await.good(StatusCode::OK);

    report_event(me, &playback, "play", 0, 1).await;
    report_event(me, &playback, "stop", LENGTH, 2).await;
    report_event(me, &playback, "stop", LENGTH, 3).await;
    assert_eq!((watched(me).await.len(), watched(&ben).await.len(), watched(&eva).await.len()), (1, 1, 0));
}
