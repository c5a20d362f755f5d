//! What a person keeps from Trakt: switches, excluded libraries and titles, and a mark of their own.

use chrono::TimeDelta;
use db::{
    ids::{LibraryId, TitleId},
    kinds::SyncSwitch,
    progress,
    rows::Title,
};
use rstest::rstest;
use sync::{
    DotMessage, DotState, PullState, SettingsChange, WhyNot, Withheld, outbox::payload::When, scrobble::Input,
};
use trakt_sim::{DEMO_USER, Fault, FaultKind};

use crate::world::World;

impl World {
    async fn switch(&self, switch: SyncSwitch, is_on: bool) {
        let change = SettingsChange { switches: vec![(switch, is_on)], ..SettingsChange::default() };
        self.engine.change_settings(self.user_id, change).await.unwrap();
    }

    async fn exclude(&self, titles: &[TitleId]) {
        let change = SettingsChange { excluded_titles: Some(titles.to_vec()), ..SettingsChange::default() };
        self.engine.change_settings(self.user_id, change).await.unwrap();
    }

    async fn exclude_libraries(&self, libraries: &[LibraryId]) {
        let change =
            SettingsChange { excluded_libraries: Some(libraries.to_vec()), ..SettingsChange::default() };
        self.engine.change_settings(self.user_id, change).await.unwrap();
    }

    async fn hold_in_library(&self, title: &Title) {
        let sql = format!("INSERT INTO file_title (file_id, title_id, ordinal) VALUES (1, {}, 0)", title.id);
        self.db.execute(&sql).await.unwrap();
    }

    /// What Trakt was told.
    fn told(&self) -> Vec<String> {
        let requests = self.sim.requests().into_iter();
        requests.filter(|request| request.method != "GET").map(|request| request.path).collect()
    }

    fn resume_points(&self) -> Vec<f64> {
        let answer = self.sim.act(DEMO_USER, "GET", "/sync/playback", None);
        let points = answer.body.as_array().unwrap().clone();
        points.iter().map(|point| point["progress"].as_f64().unwrap()).collect()
    }
}

#[tokio::test]
async fn an_excluded_title_is_watched_here_alone_until_it_is_no_longer_excluded() {
    let world = World::connected().await;
    world.exclude(&[world.movie.id]).await;
    world.sim.clear_requests();
    let player = world.watch(95).await;
    world.mark(&[&world.movie], When::At(world.now() - TimeDelta::days(9))).await;
    world.drain_all().await;
    assert_eq!(world.told(), [] as [String; 0]);
    assert_eq!((world.plays().await.len(), world.queue().await.len()), (2, 0));
    let dot = player.dot().await;
    assert_eq!((dot.state, dot.message), (DotState::Off, DotMessage::Withheld(Withheld::Excluded)));

    world.exclude(&[]).await;
    world.drain_all().await;
    world.assert_in_step(2).await;
    world.drain_all().await;
    assert_eq!(world.told(), ["/sync/history"]);
}

#[tokio::test]
async fn an_excluded_show_keeps_its_episodes_here() {
    let world = World::connected().await;
    world.exclude(&[world.episodes[0].show_id.unwrap()]).await;
    world.mark(&[&world.episodes[0], &world.movie], When::At(world.now())).await;
    world.drain_all().await;
    let there: Vec<i64> = world.on_trakt().iter().map(|play| play.trakt_id.cast_signed()).collect();
    assert_eq!(there, [world.movie.trakt_id.unwrap()]);
}

#[tokio::test]
async fn an_excluded_library_keeps_whole_shows_here() {
    let world = World::connected().await;
    world.hold_in_library(&world.episodes[0]).await;
    world.exclude_libraries(&[LibraryId(1)]).await;
    // The second episode has no file: it belongs to the show all the same.
    world.mark(&[&world.episodes[0], &world.episodes[1], &world.movie], When::At(world.now())).await;
    world.drain_all().await;
    assert_eq!(world.on_trakt().len(), 1);
    world.exclude_libraries(&[]).await;
    world.drain_all().await;
    world.assert_in_step(3).await;
}

#[tokio::test]
async fn without_live_scrobbling_a_play_goes_to_the_history() {
    let world = World::connected().await;
    world.switch(SyncSwitch::Scrobbling, false).await;
    world.sim.clear_requests();
    let player = world.player().await;
    let dot = player.play().await;
    assert_eq!(dot.message, DotMessage::Withheld(Withheld::SwitchedOff(SyncSwitch::Scrobbling)));
    world.drain().await;
    player.watch_to(50).report(Input::Pause).await;
    player.play().await;
    player.watch_to(95).stop().await;
    world.drain_all().await;
    assert_eq!(world.told(), ["/sync/history"]);
    world.assert_in_step(1).await;
    assert_eq!(player.dot().await.message, DotMessage::Counted);
}

#[tokio::test]
async fn what_is_watched_now_is_told_without_history_and_counts_here_alone() {
    let world = World::connected().await;
    world.switch(SyncSwitch::History, false).await;
    world.sim.clear_requests();
    world.watch(95).await;
    world.drain_all().await;
    assert_eq!(world.told(), ["/scrobble/start"]);
    assert_eq!((world.on_trakt().len(), world.plays().await.len()), (0, 1));
}

#[tokio::test]
async fn history_off_is_off_in_both_directions_and_on_again_catches_up() {
    let world = World::connected().await;
    world.import().await;
    world.switch(SyncSwitch::History, false).await;
    world.watched_elsewhere(world.now() - TimeDelta::days(30));
    world.mark(&[&world.episodes[0]], When::At(world.now())).await;
    world.sim.clear_requests();
    world.engine.sync_now(world.user_id).await.unwrap();
    world.sweep().await;
    assert_eq!(world.calls("/sync/history") + world.calls("/users/me/watched"), 0);
    world.drain_all().await;
    assert_eq!(world.sync_status().await.state, PullState::Off);
    assert_eq!(world.told(), [] as [String; 0]);
    assert_eq!((world.on_trakt().len(), world.plays().await.len()), (1, 1));

    world.switch(SyncSwitch::History, true).await;
    world.settle().await;
    world.sweep().await;
    world.assert_in_step(2).await;
    world.settle().await;
    world.assert_in_step(2).await;
}

#[tokio::test]
async fn an_import_waits_while_history_is_off() {
    let world = World::connected().await;
    world.watched_elsewhere(world.now() - TimeDelta::days(30));
    world.switch(SyncSwitch::History, false).await;
    world.engine.begin_import(world.user_id, true).await.unwrap();
    world.sim.clear_requests();
    world.pull().await;
    assert_eq!(world.calls("/sync/history") + world.calls("/users/me/watched"), 0);
    world.switch(SyncSwitch::History, true).await;
    world.settle().await;
    world.assert_in_step(1).await;
}

#[rstest]
#[case::by_a_mark(false)]
#[case::by_the_player(true)]
#[tokio::test]
async fn what_waits_is_withheld_when_it_is_switched_off(#[case] in_the_player: bool) {
    let world = World::connected().await;
    world.sim.add_fault(Fault::on("/", FaultKind::ResetBefore));
    if in_the_player {
        world.watch(95).await;
    } else {
        world.mark(&[&world.movie], When::At(world.now())).await;
    }
    world.drain().await;
    world.switch(SyncSwitch::History, false).await;
    world.sim.clear_faults();
    world.wait(3_600);
    world.sim.clear_requests();
    world.drain_all().await;
    assert_eq!((world.on_trakt().len(), world.queue().await.len()), (0, 0));
    world.switch(SyncSwitch::History, true).await;
    world.drain_all().await;
    world.assert_in_step(1).await;
}

#[tokio::test]
async fn a_removal_waits_while_history_is_off_and_the_play_does_not_come_back() {
    let world = World::connected().await;
    world.import().await;
    let play = world.mark(&[&world.movie], When::At(world.now())).await.remove(0);
    world.drain_all().await;
    world.sweep().await;
    world.switch(SyncSwitch::History, false).await;
    world.forget(&play).await;
    world.drain_all().await;
    assert_eq!(world.on_trakt().len(), 1);
    world.switch(SyncSwitch::History, true).await;
    world.sweep().await;
    assert_eq!(world.plays().await.len(), 0);
    world.drain_all().await;
    world.sweep().await;
    world.assert_in_step(0).await;
}

#[tokio::test]
async fn a_queued_removal_is_taken_back_and_goes_later() {
    let world = World::connected().await;
    let play = world.mark(&[&world.movie], When::At(world.now())).await.remove(0);
    world.drain_all().await;
    world.sim.add_fault(Fault::on("/", FaultKind::ResetBefore));
    world.forget(&play).await;
    world.drain().await;
    world.exclude(&[world.movie.id]).await;
    world.sim.clear_faults();
    world.wait(3_600);
    world.drain_all().await;
    assert_eq!((world.on_trakt().len(), world.queue().await.len()), (1, 0));
    world.exclude(&[]).await;
    world.drain_all().await;
    world.assert_in_step(0).await;
}

#[tokio::test]
async fn without_resume_points_none_is_left_on_trakt() {
    let world = World::connected().await;
    world.switch(SyncSwitch::Playback, false).await;
    world.watch(50).await;
    world.drain_all().await;
    assert_eq!(world.resume_points(), [] as [f64; 0]);
    assert!(progress::find(&*world.db, world.user_id, world.movie.id).await.unwrap().is_some());
    world.switch(SyncSwitch::Playback, true).await;
    world.watch(40).await;
    world.drain_all().await;
    assert_eq!(world.resume_points(), [40.0]);
}

#[tokio::test]
async fn an_import_leaves_excluded_titles_out_until_they_are_no_longer_excluded() {
    let world = World::unconnected().await;
    world.mark(&[&world.movie, &world.episodes[0]], When::At(world.now())).await;
    world.connect().await;
    world.exclude(&[world.movie.id]).await;
    world.import().await;
    assert_eq!(world.on_trakt().len(), 1);
    world.exclude(&[]).await;
    world.settle().await;
    world.assert_in_step(2).await;
}

#[tokio::test]
async fn plays_from_before_are_not_sent_by_a_switch_when_the_person_did_not_import() {
    let world = World::unconnected().await;
    world.mark(&[&world.movie], When::At(world.now())).await;
    world.connect().await;
    world.engine.begin_import(world.user_id, false).await.unwrap();
    world.settle().await;
    world.switch(SyncSwitch::History, false).await;
    world.drain_all().await;
    world.switch(SyncSwitch::History, true).await;
    world.settle().await;
    assert_eq!(world.on_trakt().len(), 0);
}

#[tokio::test]
async fn with_a_mark_of_their_own_a_stop_below_it_keeps_the_place_and_counts_nowhere() {
    let world = World::connected().await;
    let change = SettingsChange { watched_percent: Some(Some(90)), ..SettingsChange::default() };
    world.engine.change_settings(world.user_id, change).await.unwrap();
    world.watch(85).await;
    world.drain_all().await;
    world.assert_in_step(0).await;
    assert_eq!(world.resume_points(), [85.0]);
    let here = progress::find(&*world.db, world.user_id, world.movie.id).await.unwrap().unwrap();
    assert_eq!(here.percent, 85.0);

    let player = world.player().await;
    player.jump_to(85).play().await;
    world.drain().await;
    player.watch_to(92).stop().await;
    world.drain_all().await;
    world.assert_in_step(1).await;
    assert_eq!(world.resume_points(), [] as [f64; 0]);
}

#[tokio::test]
async fn a_paused_player_that_is_closed_below_the_own_mark_tells_nothing_twice() {
    let world = World::connected().await;
    let change = SettingsChange { watched_percent: Some(Some(95)), ..SettingsChange::default() };
    world.engine.change_settings(world.user_id, change).await.unwrap();
    world.sim.clear_requests();
    let player = world.player().await;
    player.play().await;
    world.drain_all().await;
    player.watch_to(90).report(Input::Pause).await;
    world.drain_all().await;
    player.stop().await;
    world.drain_all().await;
    assert_eq!(world.told(), ["/scrobble/start", "/scrobble/pause"]);
    assert_eq!(world.plays().await.len(), 0);
}

#[tokio::test]
async fn a_play_that_is_not_on_trakt_says_why() {
    let world = World::unconnected().await;
    let why = async || world.engine.why_not_on_trakt(world.user_id, world.movie.id).await.unwrap();
    assert_eq!(why().await, None, "it was not watched");
    let before = world.mark(&[&world.movie], When::At(world.now())).await.remove(0);
    assert_eq!(why().await, Some(WhyNot::NotConnected));
    world.connect().await;
    assert_eq!(why().await, Some(WhyNot::NotSent));
    world.forget(&before).await;

    world.exclude(&[world.movie.id]).await;
    world.mark(&[&world.movie], When::At(world.now())).await;
    assert_eq!(why().await, Some(WhyNot::Withheld(Withheld::Excluded)));
    world.exclude(&[]).await;
    world.switch(SyncSwitch::History, false).await;
    assert_eq!(why().await, Some(WhyNot::Withheld(Withheld::SwitchedOff(SyncSwitch::History))));
    world.switch(SyncSwitch::History, true).await;
    world.sim.add_fault(Fault::on("/", FaultKind::ResetBefore));
    world.drain().await;
    assert!(matches!(why().await, Some(WhyNot::Queued(_))));
    world.sim.clear_faults();
    world.wait(3_600);
    world.drain_all().await;
    assert_eq!(why().await, None);

    let private = world.player_of(&[&world.movie], true).await;
    private.play().await;
    private.watch_to(95).stop().await;
    assert_eq!(why().await, Some(WhyNot::Private));
}
