//! Resume points, both ways.

use db::{
    kinds::{SyncCategory, SyncSwitch, SyncWhat},
    progress,
    rows::Progress,
    sync_changes::ChangeFilter,
};
use trakt_sim::DEMO_USER;

use super::*;

impl World {
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
async fn imported() -> World {
    let world = World::connected().await;
    world.give_length().await;
    world.import().await;
    world.sweep().await;
    world.sweep().await;
    world
}

#[tokio::test]
async fn a_place_from_another_device_comes_here_and_the_newest_wins() {
    let world = imported().await;
    world.paused_elsewhere(40.0);
    world.sweep().await;
    let place = world.place().await.unwrap();
    assert_eq!((place.percent, place.position_ms, place.is_private), (40.0, 40 * 60_000, false));
    world.wait(3_600);
    world.watch(60).await;
    world.drain_all().await;
    world.sweep().await;
    assert_eq!(world.place().await.unwrap().percent, 60.0);
    world.wait(3_600);
    world.paused_elsewhere(70.0);
    world.sweep().await;
    assert_eq!(world.place().await.unwrap().percent, 70.0);
    let filter = ChangeFilter { category: Some(SyncCategory::Playback), ..ChangeFilter::default() };
    let log = world.engine.sync_log(world.user_id, filter, 0, 10).await.unwrap().changes;
    assert_eq!(log[0].what, SyncWhat::Changed);
    world.sweep().await;
    assert_eq!(world.sweep().await, 1, "then it is settled");
    assert_eq!(world.writes(), 0, "what came from Trakt is not sent back");
}

#[tokio::test]
async fn a_place_that_is_cleared_here_goes_from_trakt_and_does_not_come_back() {
    let world = imported().await;
    world.paused_elsewhere(40.0);
    world.sweep().await;
    world.clear_place().await;
    world.sweep().await;
    assert_eq!((world.points().len(), world.place().await), (0, None));
    world.sweep().await;
    assert_eq!(world.place().await, None);
}

#[tokio::test]
async fn a_place_that_is_cleared_on_trakt_goes_from_here() {
    let world = imported().await;
    world.paused_elsewhere(40.0);
    world.sweep().await;
    assert!(world.place().await.is_some());
    let id = world.points()[0]["id"].as_i64().unwrap();
    world.sim.act(DEMO_USER, "DELETE", &format!("/sync/playback/{id}"), None);
    world.sweep().await;
    world.sweep().await;
    assert_eq!(world.place().await, None);
}

/// Half a year later Trakt has forgotten the place by itself: nobody has removed it.
#[tokio::test]
async fn a_place_that_is_too_old_for_trakt_stays_here() {
    let world = imported().await;
    world.paused_elsewhere(40.0);
    world.sweep().await;
    world.wait(400 * 86_400);
    world.drain_all().await;
    world.pull().await;
    world.sweep().await;
    assert_eq!(world.points().len(), 0);
    assert_eq!(world.place().await.unwrap().percent, 40.0);
}

#[tokio::test]
async fn a_private_place_stays_apart() {
    let world = imported().await;
    world.watch_in_private(30).await;
    assert_eq!(world.points().len(), 0);
    world.sweep().await;
    assert_eq!(world.points().len(), 0);
    let place = world.place().await.unwrap();
    assert_eq!((place.percent, place.is_private), (30.0, true));
    world.clear_place().await;
    world.sweep().await;
    assert_eq!(world.writes(), 0, "nothing of it is ever sent");
}

/// The place on Trakt would tell that the film was seen to its end.
#[tokio::test]
async fn what_is_finished_in_private_keeps_its_place_on_trakt() {
    let world = imported().await;
    world.paused_elsewhere(40.0);
    world.sweep().await;
    assert!(world.place().await.is_some());
    world.wait(3_600);
    world.watch_in_private(95).await;
    assert_eq!(world.place().await, None);
    for _ in 0..3 {
        world.sweep().await;
        assert_eq!(world.writes(), 0);
    }
    assert_eq!((world.points().len(), world.place().await), (1, None));
}

#[tokio::test]
async fn places_from_before_are_left_where_they_are_without_an_import() {
    let world = World::connected().await;
    world.give_length().await;
    world.paused_elsewhere(40.0);
    world.wait(60);
    world.engine.begin_import(world.user_id, false).await.unwrap();
    world.settle().await;
    world.sweep().await;
    assert_eq!((world.place().await, world.points().len()), (None, 1));
    world.wait(60);
    world.paused_elsewhere(55.0);
    world.sweep().await;
    assert_eq!(world.place().await.unwrap().percent, 55.0);
}

#[tokio::test]
async fn an_import_takes_what_was_left_on_trakt() {
    let world = World::connected().await;
    world.give_length().await;
    world.paused_elsewhere(40.0);
    world.wait(60);
    world.engine.begin_import(world.user_id, false).await.unwrap();
    world.settle().await;
    world.import().await;
    world.sweep().await;
    assert_eq!(world.place().await.unwrap().percent, 40.0);
}

#[tokio::test]
async fn switched_off_nothing_comes_or_goes() {
    let world = imported().await;
    world.switch_playback(false).await;
    world.paused_elsewhere(40.0);
    world.sweep().await;
    assert_eq!(world.place().await, None);
    world.switch_playback(true).await;
    world.sweep().await;
    assert_eq!(world.place().await.unwrap().percent, 40.0);
}

#[tokio::test]
async fn what_is_finished_here_is_not_offered_again_anywhere() {
    let world = imported().await;
    world.paused_elsewhere(40.0);
    world.sweep().await;
    world.wait(3_600);
    world.watch(95).await;
    world.drain_all().await;
    world.sweep().await;
    assert_eq!((world.points().len(), world.place().await), (0, None));
    world.sweep().await;
    assert_eq!(world.place().await, None);
}

#[tokio::test]
async fn the_place_of_an_excluded_title_stays_on_trakt_and_costs_nothing() {
    let world = imported().await;
    world.paused_elsewhere(40.0);
    world.sweep().await;
    let excluded_titles = Some(vec![world.movie.id]);
    let change = sync::SettingsChange { excluded_titles, ..sync::SettingsChange::default() };
    world.engine.change_settings(world.user_id, change).await.unwrap();
    world.clear_place().await;
    world.sweep().await;
    world.sweep().await;
    assert_eq!(world.points().len(), 1);
    assert_eq!(world.sweep().await, 1);
}
