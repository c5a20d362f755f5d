//! Resume points, in both directions.

mod undoing;

use db::{
    kinds::{SyncCategory, SyncSwitch, SyncWhat},
    progress,
    rows::Progress,
    sync_changes::ChangeFilter,
};
use sync::outbox::payload::When;
use trakt_sim::DEMO_USER;

use super::*;

impl Fixture {
    /// Pauses the movie on another device.
    fn paused_elsewhere(&self, percent: f64) {
        let body = json!({"movie": {"ids": {"trakt": self.movie.trakt_id}}, "progress": percent});
        assert!(self.sim.act(DEMO_USER, "POST", "/scrobble/pause", Some(&body)).status < 300);
    }

    fn points(&self) -> Vec<Value> {
        self.sim.act(DEMO_USER, "GET", "/sync/playback", None).body.as_array().unwrap().clone()
    }

    async fn point(&self) -> Option<Progress> {
        progress::find(&*self.db, self.user_id, self.movie.id).await.unwrap()
    }

    fn remove_point_on_trakt(&self) {
        let id = self.points()[0]["id"].as_i64().unwrap();
        assert!(self.sim.act(DEMO_USER, "DELETE", &format!("/sync/playback/{id}"), None).status < 300);
    }

    async fn clear_point(&self) {
        let tx = self.db.begin().await.unwrap();
        progress::delete(&tx, self.user_id, self.movie.id).await.unwrap();
        tx.commit().await.unwrap();
    }

    async fn give_length(&self) {
        let sql = format!("UPDATE title SET runtime_minutes = 100 WHERE id = {}", self.movie.id);
        self.db.execute(&sql).await.unwrap();
    }

    async fn switch_playback(&self, is_on: bool) {
        let switches = vec![(SyncSwitch::Playback, is_on)];
        let change = sync::SettingsChange { switches, ..sync::SettingsChange::default() };
        self.engine.change_settings(self.user_id, change).await.unwrap();
    }

    async fn watch_in_private(&self, percent: i64) {
        let player = self.player_of(&[&self.movie], true).await;
        player.play().await;
        player.watch_to(percent).stop().await;
        self.drain_all().await;
    }
}

/// Connected and imported, with nothing left to read.
async fn imported() -> Fixture {
    let fixture = Fixture::connected().await;
    fixture.give_length().await;
    fixture.import().await;
    fixture.sweep().await;
    fixture.sweep().await;
    fixture
}

#[tokio::test]
async fn a_resume_point_from_another_device_is_read_and_the_newest_wins() {
    let fixture = imported().await;
    fixture.paused_elsewhere(40.0);
    fixture.sweep().await;
    let point = fixture.point().await.unwrap();
    assert_eq!((point.percent, point.position_ms, point.is_private), (40.0, 40 * 60_000, false));
    fixture.wait(3_600);
    fixture.watch(60).await;
    fixture.drain_all().await;
    fixture.sweep().await;
    assert_eq!(fixture.point().await.unwrap().percent, 60.0);
    fixture.wait(3_600);
    fixture.paused_elsewhere(70.0);
    fixture.sweep().await;
    assert_eq!(fixture.point().await.unwrap().percent, 70.0);
    let filter = ChangeFilter { category: Some(SyncCategory::Playback), ..ChangeFilter::default() };
    let log = fixture.engine.sync_log(fixture.user_id, filter, 0, 10).await.unwrap().changes;
    assert_eq!(log[0].what, SyncWhat::Changed);
    fixture.sweep().await;
    assert_eq!(fixture.sweep().await, 1, "nothing more is read");
    assert_eq!(fixture.writes(), 0, "resume points read from Trakt are not sent back");
}

/// The position is unknown until the length of the title is known, from its file or from Trakt.
#[tokio::test]
async fn a_resume_point_waits_until_the_length_of_its_title_is_known() {
    let fixture = Fixture::connected().await;
    fixture.paused_elsewhere(40.0);
    fixture.import().await;
    fixture.sweep().await;
    fixture.sweep().await;
    assert_eq!(fixture.point().await, None);
    fixture.give_length().await;
    assert_eq!(fixture.sweep().await, 1, "it is not read again");
    let point = fixture.point().await.unwrap();
    assert_eq!((point.percent, point.position_ms), (40.0, 40 * 60_000));
    let filter = ChangeFilter { category: Some(SyncCategory::Playback), ..ChangeFilter::default() };
    let log = fixture.engine.sync_log(fixture.user_id, filter, 0, 10).await.unwrap().changes;
    assert_eq!(log.iter().map(|change| change.what).collect::<Vec<_>>(), [SyncWhat::Added]);
    // From now on it is like any other: if it is cleared here, it is removed on Trakt.
    fixture.clear_point().await;
    fixture.sweep().await;
    assert_eq!((fixture.points().len(), fixture.point().await), (0, None));
}

#[tokio::test]
async fn a_waiting_resume_point_removed_on_trakt_or_finished_here_is_never_set() {
    for is_finished in [false, true] {
        let fixture = Fixture::connected().await;
        fixture.paused_elsewhere(40.0);
        fixture.import().await;
        fixture.wait(3_600);
        if is_finished {
            fixture.mark(&[&fixture.movie], When::At(fixture.now())).await;
        } else {
            fixture.remove_point_on_trakt();
            fixture.sweep().await;
        }
        fixture.give_length().await;
        for _ in 0..2 {
            fixture.sweep().await;
            fixture.drain_all().await;
        }
        assert_eq!(fixture.point().await, None, "{is_finished}");
    }
}

#[tokio::test]
async fn a_resume_point_cleared_here_is_removed_on_trakt_for_good() {
    let fixture = imported().await;
    fixture.paused_elsewhere(40.0);
    fixture.sweep().await;
    fixture.clear_point().await;
    fixture.sweep().await;
    assert_eq!((fixture.points().len(), fixture.point().await), (0, None));
    fixture.sweep().await;
    assert_eq!(fixture.point().await, None);
}

#[tokio::test]
async fn a_resume_point_cleared_on_trakt_is_removed_here() {
    let fixture = imported().await;
    fixture.paused_elsewhere(40.0);
    fixture.sweep().await;
    assert!(fixture.point().await.is_some());
    fixture.remove_point_on_trakt();
    fixture.sweep().await;
    fixture.sweep().await;
    assert_eq!(fixture.point().await, None);
}

/// After half a year, Trakt has deleted the resume point itself: the user has not removed it.
#[tokio::test]
async fn a_resume_point_that_expired_on_trakt_is_kept_here() {
    let fixture = imported().await;
    fixture.paused_elsewhere(40.0);
    fixture.sweep().await;
    fixture.wait(400 * 86_400);
    fixture.drain_all().await;
    fixture.pull().await;
    fixture.sweep().await;
    assert_eq!(fixture.points().len(), 0);
    assert_eq!(fixture.point().await.unwrap().percent, 40.0);
}

#[tokio::test]
async fn a_private_resume_point_is_not_synced() {
    let fixture = imported().await;
    fixture.watch_in_private(30).await;
    assert_eq!(fixture.points().len(), 0);
    fixture.sweep().await;
    assert_eq!(fixture.points().len(), 0);
    let point = fixture.point().await.unwrap();
    assert_eq!((point.percent, point.is_private), (30.0, true));
    fixture.clear_point().await;
    fixture.sweep().await;
    assert_eq!(fixture.writes(), 0, "nothing about it is ever sent");
}

/// If the resume point on Trakt disappeared, it would reveal that the film was watched to its end.
#[tokio::test]
async fn a_title_finished_in_private_keeps_its_resume_point_on_trakt() {
    let fixture = imported().await;
    fixture.paused_elsewhere(40.0);
    fixture.sweep().await;
    assert!(fixture.point().await.is_some());
    fixture.wait(3_600);
    fixture.watch_in_private(95).await;
    assert_eq!(fixture.point().await, None);
    for _ in 0..3 {
        fixture.sweep().await;
        assert_eq!(fixture.writes(), 0);
    }
    assert_eq!((fixture.points().len(), fixture.point().await), (1, None));
}

#[tokio::test]
async fn earlier_resume_points_are_left_unchanged_without_an_import() {
    let fixture = Fixture::connected().await;
    fixture.give_length().await;
    fixture.paused_elsewhere(40.0);
    fixture.wait(60);
    fixture.engine.begin_import(fixture.user_id, false).await.unwrap();
    fixture.settle().await;
    fixture.sweep().await;
    assert_eq!((fixture.point().await, fixture.points().len()), (None, 1));
    fixture.wait(60);
    fixture.paused_elsewhere(55.0);
    fixture.sweep().await;
    assert_eq!(fixture.point().await.unwrap().percent, 55.0);
}

#[tokio::test]
async fn an_import_reads_resume_points_left_on_trakt() {
    let fixture = Fixture::connected().await;
    fixture.give_length().await;
    fixture.paused_elsewhere(40.0);
    fixture.wait(60);
    fixture.engine.begin_import(fixture.user_id, false).await.unwrap();
    fixture.settle().await;
    fixture.import().await;
    fixture.sweep().await;
    assert_eq!(fixture.point().await.unwrap().percent, 40.0);
}

#[tokio::test]
async fn no_resume_point_is_read_while_disabled() {
    let fixture = imported().await;
    fixture.switch_playback(false).await;
    fixture.paused_elsewhere(40.0);
    fixture.sweep().await;
    assert_eq!(fixture.point().await, None);
    fixture.switch_playback(true).await;
    fixture.sweep().await;
    assert_eq!(fixture.point().await.unwrap().percent, 40.0);
}

#[tokio::test]
async fn a_title_finished_here_has_no_resume_point_on_either_side() {
    let fixture = imported().await;
    fixture.paused_elsewhere(40.0);
    fixture.sweep().await;
    fixture.wait(3_600);
    fixture.watch(95).await;
    fixture.drain_all().await;
    fixture.sweep().await;
    assert_eq!((fixture.points().len(), fixture.point().await), (0, None));
    fixture.sweep().await;
    assert_eq!(fixture.point().await, None);
}

#[tokio::test]
async fn the_resume_point_of_an_excluded_title_is_left_on_trakt_without_requests() {
    let fixture = imported().await;
    fixture.paused_elsewhere(40.0);
    fixture.sweep().await;
    let excluded_titles = Some(vec![fixture.movie.id]);
    let change = sync::SettingsChange { excluded_titles, ..sync::SettingsChange::default() };
    fixture.engine.change_settings(fixture.user_id, change).await.unwrap();
    fixture.clear_point().await;
    fixture.sweep().await;
    fixture.sweep().await;
    assert_eq!(fixture.points().len(), 1);
    assert_eq!(fixture.sweep().await, 1);
}

#[tokio::test]
async fn a_resume_point_cleared_while_disconnected_is_removed_on_trakt_after_reconnecting() {
    let fixture = imported().await;
    fixture.paused_elsewhere(40.0);
    fixture.sweep().await;
    fixture.engine.disconnect(fixture.user_id).await.unwrap();
    fixture.clear_point().await;
    fixture.wait(3_600);
    fixture.connect().await;
    fixture.sweep().await;
    fixture.sweep().await;
    assert_eq!((fixture.points().len(), fixture.point().await), (0, None));
}
