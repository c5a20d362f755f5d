//! Trakt's recommendations, hidden titles in both directions, and shows that are being rewatched.

use db::{
    kinds::{SyncSwitch, TitleKind},
    show_resets,
};
use serde_json::json;
use sync::{NewPreference, SettingsChange};
use trakt_sim::DEMO_USER;

use super::*;

impl Fixture {
    /// Trakt's recommendations for the user, as last read.
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
async fn the_sweep_after_a_rating_reads_recommendations_again() {
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
    assert_eq!(fixture.reads_of_recommendations(), 0, "they are read only once");
}

#[tokio::test]
async fn a_hidden_title_is_hidden_on_trakt_too_even_after_an_outage() {
    let fixture = followed().await;
    let title = fixture.recommended().await.remove(0);
    fixture.sim.add_fault(trakt_sim::Fault::on(
        "/users/hidden",
        trakt_sim::FaultKind::Refused { status: 503, body: None },
    ));
    assert!(fixture.set(&title, NewPreference::NotInterested(true)).await);
    assert!(!fixture.recommended().await.contains(&title), "it is hidden here immediately");
    fixture.drain().await;
    assert_eq!(fixture.not_recommended_there(), [] as [u64; 0]);
    fixture.sim.clear_faults();
    fixture.wait(3_600);
    fixture.sync_until_idle().await;
    assert_eq!(fixture.not_recommended_there(), [title.trakt_id.unwrap().cast_unsigned()]);
    assert!(!fixture.recommended().await.contains(&title));

    fixture.set(&title, NewPreference::NotInterested(false)).await;
    fixture.sync_until_idle().await;
    assert_eq!(fixture.not_recommended_there(), [] as [u64; 0]);
    assert!(fixture.recommended().await.contains(&title));
}

#[tokio::test]
async fn an_unhidden_title_is_recommended_again_even_after_a_new_read() {
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
async fn titles_hidden_elsewhere_are_hidden_here() {
    let fixture = followed().await;
    let title = fixture.recommended().await.remove(0);
    let path = format!("/recommendations/{}s/{}", title.kind, title.trakt_id.unwrap());
    assert!(fixture.sim.act(DEMO_USER, "DELETE", &path, None).status < 300);
    fixture.sweep().await;
    assert!(!fixture.recommended().await.contains(&title));
    fixture.sweep().await;
    assert_eq!(fixture.writes(), 0, "values read from Trakt are not sent back");
}

#[tokio::test]
async fn nothing_is_recommended_read_or_hidden_while_disabled() {
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
    fixture.sync_until_idle().await;
    assert_eq!(fixture.not_recommended_there(), [title.trakt_id.unwrap().cast_unsigned()]);
}

#[tokio::test]
async fn nothing_is_recommended_after_disconnecting() {
    let fixture = followed().await;
    assert!(!fixture.recommended().await.is_empty());
    fixture.engine.disconnect(fixture.user_id).await.unwrap();
    assert_eq!(fixture.recommended().await, []);
    fixture.connect().await;
    fixture.sweep().await;
    assert!(!fixture.recommended().await.is_empty());
}

#[tokio::test]
async fn resets_for_rewatching_are_known_here_until_they_are_undone() {
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
