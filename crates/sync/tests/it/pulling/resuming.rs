//! Resume points, both ways.

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
    /// Stopped in the movie on another device.
    fn paused_elsewhere(&self, percent: f64) {
        let body = json!({"movie": {"ids": {"trakt": self.movie.trakt_id}}, "progress": percent});
        assert!(self.sim.act(DEMO_USER, "POST", "/scrobble/pause", Some(&body)).status < 300);
    }

    fn points(&self) -> Vec<Value> {
        self.sim.act(DEMO_USER, "GET", "/sync/playback", None).body.as_array().unwrap().clone()
    }

    async fn place(&self) -> Option<Progress> {
        progress::find(&*self.db, self.user_id, self.movie.id).await.unwrap()
    }

    fn remove_place_on_trakt(&self) {
        let id = self.points()[0]["id"].as_i64().unwrap();
        assert!(self.sim.act(DEMO_USER, "DELETE", &format!("/sync/playback/{id}"), None).status < 300);
    }

    async fn clear_place(&self) {
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

/// Connected, imported, and nothing left to read.
async fn imported() -> Fixture {
    let fixture = Fixture::connected().await;
    fixture.give_length().await;
    fixture.import().await;
    fixture.sweep().await;
    fixture.sweep().await;
    fixture
}

#[tokio::test]
async fn a_place_from_another_device_comes_here_and_the_newest_wins() {
    let fixture = imported().await;
    fixture.paused_elsewhere(40.0);
    fixture.sweep().await;
    let place = fixture.place().await.unwrap();
    assert_eq!((place.percent, place.position_ms, place.is_private), (40.0, 40 * 60_000, false));
    fixture.wait(3_600);
    fixture.watch(60).await;
    fixture.drain_all().await;
    fixture.sweep().await;
    assert_eq!(fixture.place().await.unwrap().percent, 60.0);
    fixture.wait(3_600);
    fixture.paused_elsewhere(70.0);
    fixture.sweep().await;
    assert_eq!(fixture.place().await.unwrap().percent, 70.0);
    let filter = ChangeFilter { category: Some(SyncCategory::Playback), ..ChangeFilter::default() };
    let log = fixture.engine.sync_log(fixture.user_id, filter, 0, 10).await.unwrap().changes;
    assert_eq!(log[0].what, SyncWhat::Changed);
    fixture.sweep().await;
    assert_eq!(fixture.sweep().await, 1, "then it is settled");
    assert_eq!(fixture.writes(), 0, "what came from Trakt is not sent back");
}

/// Where it is cannot be said before the length of the title is known: with its file, or from Trakt.
#[tokio::test]
async fn a_place_in_a_title_of_unknown_length_is_there_once_the_length_is_known() {
    let fixture = Fixture::connected().await;
    fixture.paused_elsewhere(40.0);
    fixture.import().await;
    fixture.sweep().await;
    fixture.sweep().await;
    assert_eq!(fixture.place().await, None);
    fixture.give_length().await;
    assert_eq!(fixture.sweep().await, 1, "nothing is read again for it");
    let place = fixture.place().await.unwrap();
    assert_eq!((place.percent, place.position_ms), (40.0, 40 * 60_000));
    let filter = ChangeFilter { category: Some(SyncCategory::Playback), ..ChangeFilter::default() };
    let log = fixture.engine.sync_log(fixture.user_id, filter, 0, 10).await.unwrap().changes;
    assert_eq!(log.iter().map(|change| change.what).collect::<Vec<_>>(), [SyncWhat::Added]);
    // It is one like any other now: cleared here, it goes from Trakt.
    fixture.clear_place().await;
    fixture.sweep().await;
    assert_eq!((fixture.points().len(), fixture.place().await), (0, None));
}

#[tokio::test]
async fn a_place_of_unknown_length_that_is_gone_from_trakt_or_finished_here_never_comes() {
    for is_finished in [false, true] {
        let fixture = Fixture::connected().await;
        fixture.paused_elsewhere(40.0);
        fixture.import().await;
        fixture.wait(3_600);
        if is_finished {
            fixture.mark(&[&fixture.movie], When::At(fixture.now())).await;
        } else {
            fixture.remove_place_on_trakt();
            fixture.sweep().await;
        }
        fixture.give_length().await;
        for _ in 0..2 {
            fixture.sweep().await;
            fixture.drain_all().await;
        }
        assert_eq!(fixture.place().await, None, "{is_finished}");
    }
}

#[tokio::test]
async fn a_place_that_is_cleared_here_goes_from_trakt_and_does_not_come_back() {
    let fixture = imported().await;
    fixture.paused_elsewhere(40.0);
    fixture.sweep().await;
    fixture.clear_place().await;
    fixture.sweep().await;
    assert_eq!((fixture.points().len(), fixture.place().await), (0, None));
    fixture.sweep().await;
    assert_eq!(fixture.place().await, None);
}

#[tokio::test]
async fn a_place_that_is_cleared_on_trakt_goes_from_here() {
    let fixture = imported().await;
    fixture.paused_elsewhere(40.0);
    fixture.sweep().await;
    assert!(fixture.place().await.is_some());
    fixture.remove_place_on_trakt();
    fixture.sweep().await;
    fixture.sweep().await;
    assert_eq!(fixture.place().await, None);
}

/// Half a year later Trakt has forgotten the place by itself: nobody has removed it.
#[tokio::test]
async fn a_place_that_is_too_old_for_trakt_stays_here() {
    let fixture = imported().await;
    fixture.paused_elsewhere(40.0);
    fixture.sweep().await;
    fixture.wait(400 * 86_400);
    fixture.drain_all().await;
    fixture.pull().await;
    fixture.sweep().await;
    assert_eq!(fixture.points().len(), 0);
    assert_eq!(fixture.place().await.unwrap().percent, 40.0);
}

#[tokio::test]
async fn a_private_place_stays_apart() {
    let fixture = imported().await;
    fixture.watch_in_private(30).await;
    assert_eq!(fixture.points().len(), 0);
    fixture.sweep().await;
    assert_eq!(fixture.points().len(), 0);
    let place = fixture.place().await.unwrap();
    assert_eq!((place.percent, place.is_private), (30.0, true));
    fixture.clear_place().await;
    fixture.sweep().await;
    assert_eq!(fixture.writes(), 0, "nothing of it is ever sent");
}

/// The place on Trakt would tell that the film was seen to its end.
#[tokio::test]
async fn what_is_finished_in_private_keeps_its_place_on_trakt() {
    let fixture = imported().await;
    fixture.paused_elsewhere(40.0);
    fixture.sweep().await;
    assert!(fixture.place().await.is_some());
    fixture.wait(3_600);
    fixture.watch_in_private(95).await;
    assert_eq!(fixture.place().await, None);
    for _ in 0..3 {
        fixture.sweep().await;
        assert_eq!(fixture.writes(), 0);
    }
    assert_eq!((fixture.points().len(), fixture.place().await), (1, None));
}

#[tokio::test]
async fn places_from_before_are_left_where_they_are_without_an_import() {
    let fixture = Fixture::connected().await;
    fixture.give_length().await;
    fixture.paused_elsewhere(40.0);
    fixture.wait(60);
    fixture.engine.begin_import(fixture.user_id, false).await.unwrap();
    fixture.settle().await;
    fixture.sweep().await;
    assert_eq!((fixture.place().await, fixture.points().len()), (None, 1));
    fixture.wait(60);
    fixture.paused_elsewhere(55.0);
    fixture.sweep().await;
    assert_eq!(fixture.place().await.unwrap().percent, 55.0);
}

#[tokio::test]
async fn an_import_takes_what_was_left_on_trakt() {
    let fixture = Fixture::connected().await;
    fixture.give_length().await;
    fixture.paused_elsewhere(40.0);
    fixture.wait(60);
    fixture.engine.begin_import(fixture.user_id, false).await.unwrap();
    fixture.settle().await;
    fixture.import().await;
    fixture.sweep().await;
    assert_eq!(fixture.place().await.unwrap().percent, 40.0);
}

#[tokio::test]
async fn switched_off_nothing_comes_or_goes() {
    let fixture = imported().await;
    fixture.switch_playback(false).await;
    fixture.paused_elsewhere(40.0);
    fixture.sweep().await;
    assert_eq!(fixture.place().await, None);
    fixture.switch_playback(true).await;
    fixture.sweep().await;
    assert_eq!(fixture.place().await.unwrap().percent, 40.0);
}

#[tokio::test]
async fn what_is_finished_here_is_not_offered_again_anywhere() {
    let fixture = imported().await;
    fixture.paused_elsewhere(40.0);
    fixture.sweep().await;
    fixture.wait(3_600);
    fixture.watch(95).await;
    fixture.drain_all().await;
    fixture.sweep().await;
    assert_eq!((fixture.points().len(), fixture.place().await), (0, None));
    fixture.sweep().await;
    assert_eq!(fixture.place().await, None);
}

#[tokio::test]
async fn the_place_of_an_excluded_title_stays_on_trakt_and_costs_nothing() {
    let fixture = imported().await;
    fixture.paused_elsewhere(40.0);
    fixture.sweep().await;
    let excluded_titles = Some(vec![fixture.movie.id]);
    let change = sync::SettingsChange { excluded_titles, ..sync::SettingsChange::default() };
    fixture.engine.change_settings(fixture.user_id, change).await.unwrap();
    fixture.clear_place().await;
    fixture.sweep().await;
    fixture.sweep().await;
    assert_eq!(fixture.points().len(), 1);
    assert_eq!(fixture.sweep().await, 1);
}

#[tokio::test]
async fn a_place_that_is_cleared_while_disconnected_goes_from_trakt_with_the_connection() {
    let fixture = imported().await;
    fixture.paused_elsewhere(40.0);
    fixture.sweep().await;
    fixture.engine.disconnect(fixture.user_id).await.unwrap();
    fixture.clear_place().await;
    fixture.wait(3_600);
    fixture.connect().await;
    fixture.sweep().await;
    fixture.sweep().await;
    assert_eq!((fixture.points().len(), fixture.place().await), (0, None));
}
