//! Resume points that were removed, and are wanted back.

use db::{
    kinds::{SyncCategory, SyncDirection, SyncWhat},
    rows::SyncChange,
    sync_changes::ChangeFilter,
};
use trakt_sim::{Fault, FaultKind};

use super::*;

#[derive(Clone, Copy, Debug)]
enum Removed {
    Here,
    OnTrakt,
    HereWhileDisconnected,
}

impl Fixture {
    async fn places_logged(&self) -> Vec<SyncChange> {
        let filter = ChangeFilter { category: Some(SyncCategory::Playback), ..ChangeFilter::default() };
        self.engine.sync_log(self.user_id, filter, 0, 10).await.unwrap().changes
    }

    fn places_on_trakt(&self) -> Vec<f64> {
        self.points().iter().map(|point| point["progress"].as_f64().unwrap()).collect()
    }

    async fn percent(&self) -> Option<f64> {
        self.place().await.map(|place| place.percent)
    }
}

/// A resume point at 40 % that was removed on Trakt, and so here.
async fn removed_on_trakt() -> (Fixture, SyncChange) {
    let fixture = imported().await;
    fixture.paused_elsewhere(40.0);
    fixture.sweep().await;
    fixture.remove_place_on_trakt();
    fixture.sweep().await;
    fixture.sweep().await;
    let change = fixture.places_logged().await.remove(0);
    (fixture, change)
}

#[rstest::rstest]
#[case(Removed::Here)]
#[case(Removed::OnTrakt)]
#[case(Removed::HereWhileDisconnected)]
#[tokio::test]
async fn a_resume_point_that_was_removed_comes_back_on_both_sides(#[case] removed: Removed) {
    let fixture = imported().await;
    fixture.paused_elsewhere(40.0);
    fixture.sweep().await;
    match removed {
        Removed::Here => fixture.clear_place().await,
        Removed::OnTrakt => fixture.remove_place_on_trakt(),
        Removed::HereWhileDisconnected => {
            fixture.engine.disconnect(fixture.user_id).await.unwrap();
            fixture.clear_place().await;
            fixture.wait(3_600);
            fixture.connect().await;
        }
    }
    fixture.sweep().await;
    fixture.sweep().await;
    assert_eq!((fixture.points().len(), fixture.percent().await), (0, None));
    let change = fixture.places_logged().await.remove(0);
    let from = match removed {
        Removed::OnTrakt => SyncDirection::FromTrakt,
        Removed::Here | Removed::HereWhileDisconnected => SyncDirection::ToTrakt,
    };
    assert_eq!((change.direction, change.what), (from, SyncWhat::Removed));
    assert!(sync::can_be_undone(&change));

    fixture.engine.undo(fixture.user_id, change.id).await.unwrap();
    fixture.drain_all().await;
    let place = fixture.place().await.unwrap();
    assert_eq!((place.percent, place.position_ms, place.duration_ms), (40.0, 40 * 60_000, 100 * 60_000));
    assert_eq!(fixture.places_on_trakt(), [40.0]);
    for _ in 0..3 {
        fixture.sweep().await;
        assert_eq!(fixture.writes(), 0);
        assert_eq!((fixture.places_on_trakt(), fixture.percent().await), (vec![40.0], Some(40.0)));
    }
    // It is followed as before.
    fixture.remove_place_on_trakt();
    fixture.sweep().await;
    fixture.sweep().await;
    assert_eq!(fixture.percent().await, None);
}

#[tokio::test]
async fn a_resume_point_from_another_device_is_taken_back_on_both_sides() {
    let fixture = imported().await;
    fixture.paused_elsewhere(40.0);
    fixture.sweep().await;
    let added = fixture.places_logged().await.remove(0);
    fixture.wait(3_600);
    fixture.paused_elsewhere(70.0);
    fixture.sweep().await;
    let changed = fixture.places_logged().await.remove(0);
    fixture.engine.undo(fixture.user_id, changed.id).await.unwrap();
    fixture.drain_all().await;
    assert_eq!((fixture.places_on_trakt(), fixture.percent().await), (vec![40.0], Some(40.0)));
    fixture.sweep().await;
    fixture.engine.undo(fixture.user_id, added.id).await.unwrap();
    fixture.sweep().await;
    fixture.sweep().await;
    assert_eq!((fixture.places_on_trakt(), fixture.percent().await), (Vec::new(), None));
    let again = fixture.engine.undo(fixture.user_id, added.id).await;
    assert!(matches!(again, Err(sync::Error::CannotUndo(sync::CannotUndo::Already))), "{again:?}");
}

/// What a player tells is too late after two minutes; what a person wants back is not.
#[tokio::test]
async fn a_resume_point_comes_back_on_trakt_when_the_outage_is_over() {
    let (fixture, change) = removed_on_trakt().await;
    let refused = FaultKind::Refused { status: 503, body: None };
    fixture.sim.add_fault(Fault::on("/scrobble", refused));
    fixture.engine.undo(fixture.user_id, change.id).await.unwrap();
    fixture.drain_until(TimeDelta::minutes(20)).await;
    assert_eq!((fixture.points().len(), fixture.percent().await), (0, Some(40.0)));
    fixture.sim.clear_faults();
    fixture.drain_until(TimeDelta::hours(2)).await;
    assert_eq!(fixture.places_on_trakt(), [40.0]);
    fixture.sweep().await;
    assert_eq!((fixture.places_on_trakt(), fixture.percent().await), (vec![40.0], Some(40.0)));
}

#[tokio::test]
async fn a_resume_point_that_is_gone_again_before_it_was_sent_never_reaches_trakt() {
    let (fixture, change) = removed_on_trakt().await;
    fixture.engine.undo(fixture.user_id, change.id).await.unwrap();
    fixture.clear_place().await;
    fixture.drain_all().await;
    assert_eq!((fixture.points().len(), fixture.percent().await), (0, None));
    assert_eq!(fixture.queue().await, []);
}

/// Two that come back are about two titles, and neither overtakes the other.
#[tokio::test]
async fn resume_points_of_two_titles_come_back_together() {
    let fixture = imported().await;
    let sql = format!("UPDATE title SET runtime_minutes = 30 WHERE id = {}", fixture.episodes[0].id);
    fixture.db.execute(&sql).await.unwrap();
    fixture.paused_elsewhere(40.0);
    let body = json!({"episode": {"ids": {"trakt": fixture.episodes[0].trakt_id}}, "progress": 20.0});
    assert!(fixture.sim.act(DEMO_USER, "POST", "/scrobble/pause", Some(&body)).status < 300);
    fixture.sweep().await;
    fixture.remove_place_on_trakt();
    fixture.remove_place_on_trakt();
    fixture.sweep().await;
    fixture.sweep().await;
    assert_eq!(fixture.points().len(), 0);
    for change in fixture.places_logged().await.into_iter().take(2) {
        assert_eq!(change.what, SyncWhat::Removed);
        fixture.engine.undo(fixture.user_id, change.id).await.unwrap();
    }
    fixture.drain_all().await;
    let mut there = fixture.places_on_trakt();
    there.sort_by(f64::total_cmp);
    assert_eq!(there, [20.0, 40.0]);
}

#[tokio::test]
async fn a_resume_point_of_an_excluded_title_comes_back_here_alone() {
    let (fixture, change) = removed_on_trakt().await;
    let excluded_titles = Some(vec![fixture.movie.id]);
    let settings = sync::SettingsChange { excluded_titles, ..sync::SettingsChange::default() };
    fixture.engine.change_settings(fixture.user_id, settings).await.unwrap();
    fixture.engine.undo(fixture.user_id, change.id).await.unwrap();
    fixture.drain_all().await;
    assert_eq!((fixture.points().len(), fixture.percent().await), (0, Some(40.0)));
}
