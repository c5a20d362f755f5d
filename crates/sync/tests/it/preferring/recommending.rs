//! What Trakt recommends, "not interested" both ways, and shows that are watched again.

use db::{
    kinds::{SyncSwitch, TitleKind},
    show_resets,
};
use serde_json::json;
use sync::{NewPreference, SettingsChange};
use trakt_sim::DEMO_USER;

use super::*;

impl World {
    /// What Trakt recommends to the person, as it was read last.
    pub(super) async fn recommended(&self) -> Vec<Title> {
        let ids = self.engine.recommendations(self.user_id).await.unwrap();
        let rows = titles::find_many(&*self.db, &ids).await.unwrap();
        ids.iter().map(|id| rows.iter().find(|row| row.id == *id).unwrap().clone()).collect()
    }

    pub(super) fn not_recommended_there(&self) -> Vec<u64> {
        let answer = self.sim.act(DEMO_USER, "GET", "/users/hidden/recommendations?limit=250", None);
        let id = |entry: &Value| entry[entry["type"].as_str().unwrap()]["ids"]["trakt"].as_u64().unwrap();
        answer.body.as_array().unwrap().iter().map(id).collect()
    }

    fn reads_of_recommendations(&self) -> usize {
        self.calls("/recommendations/movies")
    }
}

#[tokio::test]
async fn recommendations_are_read_once_a_day_and_stay_readable_without_trakt() {
    let world = followed().await;
    let first = world.recommended().await;
    assert!(first.iter().any(|title| title.kind == TitleKind::Movie), "{first:?}");
    assert!(first.iter().any(|title| title.kind == TitleKind::Show), "{first:?}");
    for _ in 0..3 {
        world.sweep().await;
        assert_eq!(world.reads_of_recommendations(), 0);
    }
    world.sim.add_fault(trakt_sim::Fault::on("/", trakt_sim::FaultKind::Refused { status: 503, body: None }));
    world.wait(25 * 3_600);
    world.pull().await;
    assert_eq!(world.recommended().await, first);
    world.sim.clear_faults();
    world.wait(3_600);
    world.sim.clear_requests();
    world.pull().await;
    assert_eq!(world.reads_of_recommendations(), 1);
}

#[tokio::test]
async fn after_a_rating_the_next_sweep_reads_fresh_ones() {
    let world = followed().await;
    world.rate(&world.movie, 8).await;
    world.drain_all().await;
    world.sweep().await;
    assert_eq!(world.reads_of_recommendations(), 1);
    world.rate_elsewhere(&world.movie, 3, world.now());
    world.sweep().await;
    world.sweep().await;
    assert!(world.here(SyncCategory::Ratings).await.values().all(|stars| *stars == 3));
    world.sweep().await;
    assert_eq!(world.reads_of_recommendations(), 0, "then they are fresh");
}

#[tokio::test]
async fn what_does_not_interest_is_hidden_on_trakt_too_however_long_that_takes() {
    let world = followed().await;
    let title = world.recommended().await.remove(0);
    world.sim.add_fault(trakt_sim::Fault::on(
        "/users/hidden",
        trakt_sim::FaultKind::Refused { status: 503, body: None },
    ));
    assert!(world.set(&title, NewPreference::NotInterested(true)).await);
    assert!(!world.recommended().await.contains(&title), "here it is gone at once");
    world.drain().await;
    assert_eq!(world.not_recommended_there(), [] as [u64; 0]);
    world.sim.clear_faults();
    world.wait(3_600);
    world.come_to_rest().await;
    assert_eq!(world.not_recommended_there(), [title.trakt_id.unwrap().cast_unsigned()]);
    assert!(!world.recommended().await.contains(&title));

    world.set(&title, NewPreference::NotInterested(false)).await;
    world.come_to_rest().await;
    assert_eq!(world.not_recommended_there(), [] as [u64; 0]);
    assert!(world.recommended().await.contains(&title));
}

#[tokio::test]
async fn what_was_hidden_elsewhere_is_hidden_here() {
    let world = followed().await;
    let title = world.recommended().await.remove(0);
    let path = format!("/recommendations/{}s/{}", title.kind, title.trakt_id.unwrap());
    assert!(world.sim.act(DEMO_USER, "DELETE", &path, None).status < 300);
    world.sweep().await;
    assert!(!world.recommended().await.contains(&title));
    world.sweep().await;
    assert_eq!(world.writes(), 0, "what came from Trakt is not sent back");
}

#[tokio::test]
async fn switched_off_nothing_is_recommended_read_or_hidden_there() {
    let world = followed().await;
    let title = world.recommended().await.remove(0);
    let turn = async |is_on| {
        let switches = vec![(SyncSwitch::Recommendations, is_on)];
        let change = SettingsChange { switches, ..SettingsChange::default() };
        world.engine.change_settings(world.user_id, change).await.unwrap();
    };
    turn(false).await;
    assert_eq!(world.recommended().await, []);
    world.set(&title, NewPreference::NotInterested(true)).await;
    world.drain_all().await;
    world.wait(25 * 3_600);
    world.sim.clear_requests();
    world.pull().await;
    assert_eq!(world.reads_of_recommendations() + world.calls("/users/hidden/recommendations"), 0);
    turn(true).await;
    world.come_to_rest().await;
    assert_eq!(world.not_recommended_there(), [title.trakt_id.unwrap().cast_unsigned()]);
}

#[tokio::test]
async fn after_disconnecting_nothing_is_recommended() {
    let world = followed().await;
    assert!(!world.recommended().await.is_empty());
    world.engine.disconnect(world.user_id).await.unwrap();
    assert_eq!(world.recommended().await, []);
    world.connect().await;
    world.sweep().await;
    assert!(!world.recommended().await.is_empty());
}

#[tokio::test]
async fn shows_that_are_watched_again_are_known_here_until_that_is_taken_back() {
    let world = followed().await;
    let show = world.show().await;
    let hide = |path: &str| {
        let body = json!({"shows": [{"ids": {"trakt": show.trakt_id}}]});
        assert!(world.sim.act(DEMO_USER, "POST", path, Some(&body)).status < 300);
    };
    let resets = async || show_resets::of_user(&*world.db, world.user_id).await.unwrap();
    hide("/users/hidden/progress_watched_reset");
    world.sweep().await;
    let known = resets().await;
    assert_eq!((known.len(), known[0].title_id), (1, show.id));
    hide("/users/hidden/progress_watched_reset/remove");
    world.sweep().await;
    world.sweep().await;
    assert_eq!(resets().await, []);
}
