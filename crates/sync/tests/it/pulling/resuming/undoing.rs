//! Undoing removals of resume points.

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
    async fn points_logged(&self) -> Vec<SyncChange> {
        let filter = ChangeFilter { category: Some(SyncCategory::Playback), ..ChangeFilter::default() };
        self.engine.sync_log(self.user_id, filter, 0, 10).await.unwrap().changes
    }

    fn percents_on_trakt(&self) -> Vec<f64> {
        self.points().iter().map(|point| point["progress"].as_f64().unwrap()).collect()
    }

    async fn percent(&self) -> Option<f64> {
        self.point().await.map(|point| point.percent)
    }
}

/// A resume point at 40 % that was removed on Trakt, and therefore here.
async fn removed_on_trakt() -> (Fixture, SyncChange) {
    let fixture = imported().await;
    fixture.paused_elsewhere(40.0);
    fixture.sweep().await;
    fixture.remove_point_on_trakt();
    fixture.sweep().await;
    fixture.sweep().await;
    let change = fixture.points_logged().await.remove(0);
    (fixture, change)
}

#[rstest::rstest]
#[case(Removed::Here)]
#[case(Removed::OnTrakt)]
#[case(Removed::HereWhileDisconnected)]
#[tokio::test]
async fn undoing_the_removal_of_a_resume_point_restores_it_on_both_sides(#[case] removed: Removed) {
    let fixture = imported().await;
    fixture.paused_elsewhere(40.0);
    fixture.sweep().await;
    match removed {
        Removed::Here => fixture.clear_point().await,
        Removed::OnTrakt => fixture.remove_point_on_trakt(),
        Removed::HereWhileDisconnected => {
            fixture.engine.disconnect(fixture.user_id).await.unwrap();
            fixture.clear_point().await;
            fixture.wait(3_600);
            fixture.connect().await;
        }
    }
    fixture.sweep().await;
    fixture.sweep().await;
    assert_eq!((fixture.points().len(), fixture.percent().await), (0, None));
    let change = fixture.points_logged().await.remove(0);
    let from = match removed {
        Removed::OnTrakt => SyncDirection::FromTrakt,
        Removed::Here | Removed::HereWhileDisconnected => SyncDirection::ToTrakt,
    };
    assert_eq!((change.direction, change.what), (from, SyncWhat::Removed));
    assert!(sync::can_be_undone(&change));

    fixture.engine.undo(fixture.user_id, change.id).await.unwrap();
    fixture.drain_all().await;
    let point = fixture.point().await.unwrap();
    assert_eq!((point.percent, point.position_ms, point.duration_ms), (40.0, 40 * 60_000, 100 * 60_000));
    assert_eq!(fixture.percents_on_trakt(), [40.0]);
    for _ in 0..3 {
        fixture.sweep().await;
        assert_eq!(fixture.writes(), 0);
        assert_eq!((fixture.percents_on_trakt(), fixture.percent().await), (vec![40.0], Some(40.0)));
    }
    // It is followed as before: if it is removed on Trakt, it is removed here.
    fixture.remove_point_on_trakt();
    fixture.sweep().await;
    fixture.sweep().await;
    assert_eq!(fixture.percent().await, None);
}

#[tokio::test]
async fn a_resume_point_from_another_device_can_be_undone_on_both_sides() {
    let fixture = imported().await;
    fixture.paused_elsewhere(40.0);
    fixture.sweep().await;
    let added = fixture.points_logged().await.remove(0);
    fixture.wait(3_600);
    fixture.paused_elsewhere(70.0);
    fixture.sweep().await;
    let changed = fixture.points_logged().await.remove(0);
    fixture.engine.undo(fixture.user_id, changed.id).await.unwrap();
    fixture.drain_all().await;
    assert_eq!((fixture.percents_on_trakt(), fixture.percent().await), (vec![40.0], Some(40.0)));
    fixture.sweep().await;
    fixture.engine.undo(fixture.user_id, added.id).await.unwrap();
    fixture.sweep().await;
    fixture.sweep().await;
    assert_eq!((fixture.percents_on_trakt(), fixture.percent().await), (Vec::new(), None));
    let again = fixture.engine.undo(fixture.user_id, added.id).await;
    assert!(matches!(again, Err(sync::Error::CannotUndo(sync::CannotUndo::Already))), "{again:?}");
}

/// A report of a player expires after two minutes; a restored resume point does not.
#[tokio::test]
async fn a_restored_resume_point_is_sent_after_an_outage() {
    let (fixture, change) = removed_on_trakt().await;
    let refused = FaultKind::Refused { status: 503, body: None };
    fixture.sim.add_fault(Fault::on("/scrobble", refused));
    fixture.engine.undo(fixture.user_id, change.id).await.unwrap();
    fixture.drain_until(TimeDelta::minutes(20)).await;
    assert_eq!((fixture.points().len(), fixture.percent().await), (0, Some(40.0)));
    fixture.sim.clear_faults();
    fixture.drain_until(TimeDelta::hours(2)).await;
    assert_eq!(fixture.percents_on_trakt(), [40.0]);
    fixture.sweep().await;
    assert_eq!((fixture.percents_on_trakt(), fixture.percent().await), (vec![40.0], Some(40.0)));
}

#[tokio::test]
async fn a_restored_resume_point_that_is_cleared_before_sending_is_never_sent() {
    let (fixture, change) = removed_on_trakt().await;
    fixture.engine.undo(fixture.user_id, change.id).await.unwrap();
    fixture.clear_point().await;
    fixture.drain_all().await;
    assert_eq!((fixture.points().len(), fixture.percent().await), (0, None));
    assert_eq!(fixture.queue().await, []);
}

/// Two restored resume points concern two titles, and neither supersedes the other.
#[tokio::test]
async fn resume_points_of_two_titles_are_restored_together() {
    let fixture = imported().await;
    let sql = format!("UPDATE title SET runtime_minutes = 30 WHERE id = {}", fixture.episodes[0].id);
    fixture.db.execute(&sql).await.unwrap();
    fixture.paused_elsewhere(40.0);
    let body = json!({"episode": {"ids": {"trakt": fixture.episodes[0].trakt_id}}, "progress": 20.0});
    assert!(fixture.sim.act(DEMO_USER, "POST", "/scrobble/pause", Some(&body)).status < 300);
    fixture.sweep().await;
    fixture.remove_point_on_trakt();
    fixture.remove_point_on_trakt();
    fixture.sweep().await;
    fixture.sweep().await;
    assert_eq!(fixture.points().len(), 0);
    for change in fixture.points_logged().await.into_iter().take(2) {
        assert_eq!(change.what, SyncWhat::Removed);
        fixture.engine.undo(fixture.user_id, change.id).await.unwrap();
    }
    fixture.drain_all().await;
    let mut there = fixture.percents_on_trakt();
    there.sort_by(f64::total_cmp);
    assert_eq!(there, [20.0, 40.0]);
}

#[tokio::test]
async fn a_resume_point_of_an_excluded_title_is_restored_only_here() {
    let (fixture, change) = removed_on_trakt().await;
    let excluded_titles = Some(vec![fixture.movie.id]);
    let settings = sync::SettingsChange { excluded_titles, ..sync::SettingsChange::default() };
    fixture.engine.change_settings(fixture.user_id, settings).await.unwrap();
    fixture.engine.undo(fixture.user_id, change.id).await.unwrap();
    fixture.drain_all().await;
    assert_eq!((fixture.points().len(), fixture.percent().await), (0, Some(40.0)));
}
