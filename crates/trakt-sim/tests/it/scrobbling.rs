//! Scrobbling (start, pause, stop), resume points, what is being watched now, and check-ins.

use chrono::Duration;
use rstest::rstest;
use serde_json::{Value, json};

use crate::client::Device;
use crate::{MOVIE, SHOW, builder, sim};

fn at(progress: f64) -> Value {
    json!({"movie": {"ids": {"trakt": MOVIE}}, "progress": progress})
}

fn episode_at(progress: f64) -> Value {
    json!({"show": {"ids": {"trakt": SHOW}}, "episode": {"season": 1, "number": 2}, "progress": progress})
}

#[tokio::test]
async fn start_sets_watching_now_until_the_remaining_runtime_is_over() {
    let sim = sim().await;
    let device = Device::demo(&sim);
    let runtime = device.get(&format!("/movies/{MOVIE}?extended=full")).await.body["runtime"]
        .as_i64()
        .expect("minutes");
    let started = device.post("/scrobble/start", at(50.0)).await;
    assert_eq!(
        (started.status, &started.body["action"], &started.body["id"]),
        (201, &json!("start"), &json!(0))
    );
    let watching = device.get("/users/demo/watching").await;
    assert_eq!((&watching.body["type"], &watching.body["action"]), (&json!("movie"), &json!("scrobble")));
    sim.advance(Duration::seconds(runtime * 30 - 1));
    assert_eq!(device.get("/users/me/watching").await.status, 200);
    sim.advance(Duration::seconds(2));
    assert_eq!(device.get("/users/me/watching").await.status, 204);
}

#[tokio::test]
async fn start_removes_the_resume_point() {
    let sim = sim().await;
    let device = Device::demo(&sim);
    device.post("/scrobble/pause", episode_at(40.0)).await;
    assert_eq!(device.get("/sync/playback/episodes").await.items().len(), 1);
    let before = device.get("/sync/last_activities").await.body["episodes"]["paused_at"].clone();
    sim.advance(Duration::minutes(1));
    device.post("/scrobble/start", episode_at(40.0)).await;
    assert_eq!(device.get("/sync/playback").await.items().len(), 0);
    assert_ne!(device.get("/sync/last_activities").await.body["episodes"]["paused_at"], before);
}

#[rstest]
#[case(100.0, 201, Some("scrobble"))]
#[case(80.0, 201, Some("scrobble"))]
#[case(79.9, 201, Some("pause"))]
#[case(1.0, 201, Some("pause"))]
#[case(0.5, 422, None)]
#[tokio::test]
async fn stop_counts_as_play_from_80_percent_as_pause_from_1_and_is_rejected_below(
    #[case] progress: f64,
    #[case] status: u16,
    #[case] action: Option<&str>,
) {
    let sim = sim().await;
    let device = Device::demo(&sim);
    let stopped = device.post("/scrobble/stop", at(progress)).await;
    assert_eq!((stopped.status, stopped.body["action"].as_str()), (status, action));
    let plays = device.get("/sync/history").await;
    let resumes = device.get("/sync/playback/movies").await;
    let expected = (usize::from(action == Some("scrobble")), usize::from(action == Some("pause")));
    assert_eq!((plays.items().len(), resumes.items().len()), expected);
    if let Some(play) = plays.items().first() {
        assert_eq!((&play["id"], &play["action"]), (&stopped.body["id"], &json!("scrobble")));
    }
    if let Some(resume) = resumes.items().first() {
        assert_eq!(
            (&resume["progress"], &resume["paused_at"]),
            (&json!(progress), &json!("2026-11-21T12:34:56.000Z"))
        );
    }
}

#[tokio::test]
async fn stopping_an_item_again_returns_409_until_its_window_ends() {
    let sim = sim().await;
    let device = Device::demo(&sim);
    assert_eq!(device.post("/scrobble/stop", at(95.0)).await.status, 201);
    sim.advance(Duration::minutes(5));
    let again = device.post("/scrobble/stop", at(99.0)).await;
    assert_eq!(again.status, 409);
    assert_eq!(again.body["watched_at"], "2026-11-21T12:34:56.000Z");
    assert!(again.body["expires_at"].as_str() > again.body["watched_at"].as_str());
    assert_eq!(device.get("/sync/history").await.items().len(), 1);
    assert_eq!(
        device.post("/scrobble/stop", episode_at(99.0)).await.status,
        201,
        "another item counts as a play"
    );
    sim.advance(Duration::minutes(56));
    assert_eq!(device.post("/scrobble/stop", at(99.0)).await.status, 201);
}

#[tokio::test]
async fn resume_points_expire_after_six_months() {
    let sim = sim().await;
    let device = Device::demo(&sim);
    device.post("/scrobble/pause", at(33.3)).await;
    sim.advance(Duration::days(6));
    assert_eq!(device.get("/sync/playback/movies").await.items()[0]["progress"], 33.3);
    sim.advance(Duration::days(180));
    assert_eq!(Device::demo(&sim).get("/sync/playback").await.items().len(), 0);
}

#[tokio::test]
async fn resume_points_can_be_deleted() {
    let sim = sim().await;
    let device = Device::demo(&sim);
    device.post("/scrobble/pause", at(10.0)).await;
    let id = device.get("/sync/playback").await.items()[0]["id"].clone();
    assert_eq!(device.delete(&format!("/sync/playback/{id}")).await.status, 204);
    assert_eq!(device.delete(&format!("/sync/playback/{id}")).await.status, 404);
}

#[tokio::test]
async fn a_stop_that_counts_as_play_deletes_the_resume_point() {
    let sim = sim().await;
    let device = Device::demo(&sim);
    device.post("/scrobble/pause", at(50.0)).await;
    device.post("/scrobble/stop", at(90.0)).await;
    assert_eq!(device.get("/sync/playback").await.items().len(), 0);
}

#[rstest]
#[case::unknown_item(json!({"movie": {"ids": {"trakt": 1}}, "progress": 10.0}), 404)]
#[case::no_progress(json!({"movie": {"ids": {"trakt": MOVIE}}}), 422)]
#[case::too_much_progress(json!({"movie": {"ids": {"trakt": MOVIE}}, "progress": 100.5}), 422)]
#[case::null_app_version(json!({"movie": {"ids": {"trakt": MOVIE}}, "progress": 5.0, "app_version": null}), 400)]
#[tokio::test]
async fn invalid_scrobbles_are_rejected(#[case] body: Value, #[case] status: u16) {
    let sim = sim().await;
    assert_eq!(Device::demo(&sim).post("/scrobble/start", body).await.status, status);
}

#[tokio::test]
async fn scrobbles_with_other_nulls_are_accepted() {
    let sim = builder().unrecorded().start().await.expect("a free port");
    let ids = json!({"trakt": MOVIE, "imdb": null});
    let body = json!({"movie": {"ids": ids}, "progress": 5.0, "app_version": "4.4.0", "app_date": null});
    assert_eq!(Device::demo(&sim).post("/scrobble/start", body).await.status, 201);
}

#[tokio::test]
async fn episodes_are_found_by_their_absolute_number() {
    let sim = sim().await;
    let body = json!({"show": {"ids": {"trakt": SHOW}}, "episode": {"number_abs": 2}, "progress": 5.0});
    let started = Device::demo(&sim).post("/scrobble/start", body).await;
    assert_eq!(
        (&started.body["episode"]["season"], &started.body["episode"]["number"]),
        (&json!(1), &json!(2))
    );
}

#[tokio::test]
async fn checkins_create_a_play_until_cancelled_and_block_other_checkins() {
    let sim = sim().await;
    let device = Device::demo(&sim);
    let body = json!({"movie": {"ids": {"trakt": MOVIE}}});
    assert_eq!(device.post("/checkin", body.clone()).await.status, 201);
    assert_eq!(device.get("/users/me/watching").await.body["action"], "checkin");
    let refused = device.post("/checkin", body).await;
    assert!(refused.status == 409 && refused.body["expires_at"].is_string());
    assert_eq!(device.delete("/checkin").await.status, 204);
    assert_eq!(device.get("/users/me/watching").await.status, 204);
    assert_eq!(device.get("/sync/history").await.items().len(), 0);
}
