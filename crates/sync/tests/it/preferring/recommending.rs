//! What Trakt recommends, "not interested" both ways, and shows that are watched again.

use db::{
    kinds::{SyncSwitch, TitleKind},
    show_resets,
};
use serde_json::json;
use sync::{NewPreference, SettingsChange};
use trakt_sim::DEMO_USER;

use super::*;

impl Fixture {
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
    let fixture = followed().await;
    let first = fixture.recommended().await;
    assert!(first.iter().any(|title| title.kind == TitleKind::Movie), "{first:?}");
    assert!(first.iter().any(|title| title.kind == TitleKind::Show), "{first:?}");
    for _ in 0..3 {
        fixture.sweep().await;
        assert_eq!(fixture.reads_of_recommendations(), 0);
    }
    fixture
        .sim
        .add_fault(trakt_sim::Fault::on("/", trakt_sim::FaultKind::Refused { status: 503, body: None }));
    fixture.wait(25 * 3_600);
    fixture.pull().await;
    assert_eq!(fixture.recommended().await, first);
    fixture.sim.clear_faults();
    fixture.wait(3_600);
    fixture.sim.clear_requests();
    fixture.pull().await;
    assert_eq!(fixture.reads_of_recommendations(), 1);
}

#[tokio::test]
async fn after_a_rating_the_next_sweep_reads_fresh_ones() {
    let fixture = followed().await;
    fixture.rate(&fixture.movie, 8).await;
    fixture.drain_all().await;
    fixture.sweep().await;
    assert_eq!(fixture.reads_of_recommendations(), 1);
    fixture.rate_elsewhere(&fixture.movie, 3, fixture.now());
    fixture.sweep().await;
    fixture.sweep().await;
    assert!(fixture.here(SyncCategory::Ratings).await.values().all(|stars| *stars == 3));
    fixture.sweep().await;
    assert_eq!(fixture.reads_of_recommendations(), 0, "then they are fresh");
}

#[tokio::test]
async fn what_does_not_interest_is_hidden_on_trakt_too_however_long_that_takes() {
    let fixture = followed().await;
    let title = fixture.recommended().await.remove(0);
    fixture.sim.add_fault(trakt_sim::Fault::on(
        "/users/hidden",
        trakt_sim::FaultKind::Refused { status: 503, body: None },
    ));
    assert!(fixture.set(&title, NewPreference::NotInterested(true)).await);
    assert!(!fixture.recommended().await.contains(&title), "here it is gone at once");
    fixture.drain().await;
    assert_eq!(fixture.not_recommended_there(), [] as [u64; 0]);
    fixture.sim.clear_faults();
    fixture.wait(3_600);
    fixture.come_to_rest().await;
    assert_eq!(fixture.not_recommended_there(), [title.trakt_id.unwrap().cast_unsigned()]);
    assert!(!fixture.recommended().await.contains(&title));

    fixture.set(&title, NewPreference::NotInterested(false)).await;
    fixture.come_to_rest().await;
    assert_eq!(fixture.not_recommended_there(), [] as [u64; 0]);
    assert!(fixture.recommended().await.contains(&title));
}

#[tokio::test]
async fn what_is_no_longer_hidden_comes_back_although_fresh_ones_were_read_meanwhile() {
    let fixture = followed().await;
    let recommended = fixture.recommended().await;
    let (here, elsewhere) = (recommended[0].clone(), recommended[1].clone());
    for title in [&here, &elsewhere] {
        fixture.set(title, NewPreference::NotInterested(true)).await;
    }
    fixture.rate(&fixture.movie, 8).await;
    fixture.drain_all().await;
    fixture.sweep().await;
    assert_eq!(fixture.reads_of_recommendations(), 1);
    fixture.set(&here, NewPreference::NotInterested(false)).await;
    fixture.drain_all().await;
    let entry = json!({ format!("{}s", elsewhere.kind): [{"ids": {"trakt": elsewhere.trakt_id}}] });
    let path = "/users/hidden/recommendations/remove";
    assert!(fixture.sim.act(DEMO_USER, "POST", path, Some(&entry)).status < 300);
    fixture.sweep().await;
    fixture.sweep().await;
    let recommended = fixture.recommended().await;
    assert!(recommended.contains(&here) && recommended.contains(&elsewhere));
}

#[tokio::test]
async fn what_was_hidden_elsewhere_is_hidden_here() {
    let fixture = followed().await;
    let title = fixture.recommended().await.remove(0);
    let path = format!("/recommendations/{}s/{}", title.kind, title.trakt_id.unwrap());
    assert!(fixture.sim.act(DEMO_USER, "DELETE", &path, None).status < 300);
    fixture.sweep().await;
    assert!(!fixture.recommended().await.contains(&title));
    fixture.sweep().await;
    assert_eq!(fixture.writes(), 0, "what came from Trakt is not sent back");
}

#[tokio::test]
async fn switched_off_nothing_is_recommended_read_or_hidden_there() {
    let fixture = followed().await;
    let title = fixture.recommended().await.remove(0);
    let turn = async |is_on| {
        let switches = vec![(SyncSwitch::Recommendations, is_on)];
        let change = SettingsChange { switches, ..SettingsChange::default() };
        fixture.engine.change_settings(fixture.user_id, change).await.unwrap();
    };
    turn(false).await;
    assert_eq!(fixture.recommended().await, []);
    fixture.set(&title, NewPreference::NotInterested(true)).await;
    fixture.drain_all().await;
    fixture.wait(25 * 3_600);
    fixture.sim.clear_requests();
    fixture.pull().await;
    assert_eq!(fixture.reads_of_recommendations() + fixture.calls("/users/hidden/recommendations"), 0);
    turn(true).await;
    fixture.come_to_rest().await;
    assert_eq!(fixture.not_recommended_there(), [title.trakt_id.unwrap().cast_unsigned()]);
}

#[tokio::test]
async fn after_disconnecting_nothing_is_recommended() {
    let fixture = followed().await;
    assert!(!fixture.recommended().await.is_empty());
    fixture.engine.disconnect(fixture.user_id).await.unwrap();
    assert_eq!(fixture.recommended().await, []);
    fixture.connect().await;
    fixture.sweep().await;
    assert!(!fixture.recommended().await.is_empty());
}

#[tokio::test]
async fn shows_that_are_watched_again_are_known_here_until_that_is_taken_back() {
    let fixture = followed().await;
    let show = fixture.show().await;
    let hide = |path: &str| {
        let body = json!({"shows": [{"ids": {"trakt": show.trakt_id}}]});
        assert!(fixture.sim.act(DEMO_USER, "POST", path, Some(&body)).status < 300);
    };
    let resets = async || show_resets::of_user(&*fixture.db, fixture.user_id).await.unwrap();
    hide("/users/hidden/progress_watched_reset");
    fixture.sweep().await;
    let known = resets().await;
    assert_eq!((known.len(), known[0].title_id), (1, show.id));
    hide("/users/hidden/progress_watched_reset/remove");
    fixture.sweep().await;
    fixture.sweep().await;
    assert_eq!(resets().await, []);
}
