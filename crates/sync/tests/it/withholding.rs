//! What a user withholds from Trakt: switches, excluded libraries and titles, and a threshold of their own.

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

use crate::fixture::Fixture;

impl Fixture {
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

    async fn add_to_library(&self, title: &Title) {
        let sql = format!("INSERT INTO file_title (file_id, title_id, ordinal) VALUES (1, {}, 0)", title.id);
        self.db.execute(&sql).await.unwrap();
    }

    /// The paths of the writes that were sent to Trakt.
    fn sent_paths(&self) -> Vec<String> {
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
async fn plays_of_an_excluded_title_are_not_sent_until_the_exclusion_ends() {
    let fixture = Fixture::connected().await;
    fixture.exclude(&[fixture.movie.id]).await;
    fixture.sim.clear_requests();
    let player = fixture.watch(95).await;
    fixture.mark(&[&fixture.movie], When::At(fixture.now() - TimeDelta::days(9))).await;
    fixture.drain_all().await;
    assert_eq!(fixture.sent_paths(), [] as [String; 0]);
    assert_eq!((fixture.plays().await.len(), fixture.queue().await.len()), (2, 0));
    let dot = player.dot().await;
    assert_eq!((dot.state, dot.message), (DotState::Off, DotMessage::Withheld(Withheld::Excluded)));

    fixture.exclude(&[]).await;
    fixture.drain_all().await;
    fixture.assert_in_sync(2).await;
    fixture.drain_all().await;
    assert_eq!(fixture.sent_paths(), ["/sync/history"]);
}

#[tokio::test]
async fn episodes_of_an_excluded_show_are_not_sent() {
    let fixture = Fixture::connected().await;
    fixture.exclude(&[fixture.episodes[0].show_id.unwrap()]).await;
    fixture.mark(&[&fixture.episodes[0], &fixture.movie], When::At(fixture.now())).await;
    fixture.drain_all().await;
    let there: Vec<i64> = fixture.on_trakt().iter().map(|play| play.trakt_id.cast_signed()).collect();
    assert_eq!(there, [fixture.movie.trakt_id.unwrap()]);
}

#[tokio::test]
async fn shows_with_a_file_in_an_excluded_library_are_not_sent() {
    let fixture = Fixture::connected().await;
    fixture.add_to_library(&fixture.episodes[0]).await;
    fixture.exclude_libraries(&[LibraryId(1)]).await;
    // The second episode has no file, but belongs to the same show.
    fixture
        .mark(&[&fixture.episodes[0], &fixture.episodes[1], &fixture.movie], When::At(fixture.now()))
        .await;
    fixture.drain_all().await;
    assert_eq!(fixture.on_trakt().len(), 1);
    fixture.exclude_libraries(&[]).await;
    fixture.drain_all().await;
    fixture.assert_in_sync(3).await;
}

#[tokio::test]
async fn without_live_scrobbling_a_play_is_added_to_the_history() {
    let fixture = Fixture::connected().await;
    fixture.switch(SyncSwitch::Scrobbling, false).await;
    fixture.sim.clear_requests();
    let player = fixture.player().await;
    let dot = player.play().await;
    assert_eq!(dot.message, DotMessage::Withheld(Withheld::SwitchedOff(SyncSwitch::Scrobbling)));
    fixture.drain().await;
    player.watch_to(50).report(Input::Pause).await;
    player.play().await;
    player.watch_to(95).stop().await;
    fixture.drain_all().await;
    assert_eq!(fixture.sent_paths(), ["/sync/history"]);
    fixture.assert_in_sync(1).await;
    assert_eq!(player.dot().await.message, DotMessage::Counted);
}

#[tokio::test]
async fn without_history_a_start_is_sent_and_the_play_counts_only_here() {
    let fixture = Fixture::connected().await;
    fixture.switch(SyncSwitch::History, false).await;
    fixture.sim.clear_requests();
    fixture.watch(95).await;
    fixture.drain_all().await;
    assert_eq!(fixture.sent_paths(), ["/scrobble/start"]);
    assert_eq!((fixture.on_trakt().len(), fixture.plays().await.len()), (0, 1));
}

#[tokio::test]
async fn disabling_history_stops_both_directions_and_enabling_it_catches_up() {
    let fixture = Fixture::connected().await;
    fixture.import().await;
    fixture.switch(SyncSwitch::History, false).await;
    fixture.watched_elsewhere(fixture.now() - TimeDelta::days(30));
    fixture.mark(&[&fixture.episodes[0]], When::At(fixture.now())).await;
    fixture.sim.clear_requests();
    fixture.engine.sync_now(fixture.user_id).await.unwrap();
    fixture.sweep().await;
    assert_eq!(fixture.calls("/sync/history") + fixture.calls("/users/me/watched"), 0);
    fixture.drain_all().await;
    assert_eq!(fixture.sync_status().await.state, PullState::Off);
    assert_eq!(fixture.sent_paths(), [] as [String; 0]);
    assert_eq!((fixture.on_trakt().len(), fixture.plays().await.len()), (1, 1));

    fixture.switch(SyncSwitch::History, true).await;
    fixture.settle().await;
    fixture.sweep().await;
    fixture.assert_in_sync(2).await;
    fixture.settle().await;
    fixture.assert_in_sync(2).await;
}

#[tokio::test]
async fn an_import_waits_while_history_is_off() {
    let fixture = Fixture::connected().await;
    fixture.watched_elsewhere(fixture.now() - TimeDelta::days(30));
    fixture.switch(SyncSwitch::History, false).await;
    fixture.engine.begin_import(fixture.user_id, true).await.unwrap();
    fixture.sim.clear_requests();
    fixture.pull().await;
    assert_eq!(fixture.calls("/sync/history") + fixture.calls("/users/me/watched"), 0);
    fixture.switch(SyncSwitch::History, true).await;
    fixture.settle().await;
    fixture.assert_in_sync(1).await;
}

#[rstest]
#[case::by_a_mark(false)]
#[case::by_the_player(true)]
#[tokio::test]
async fn waiting_messages_are_withheld_when_history_is_disabled(#[case] in_the_player: bool) {
    let fixture = Fixture::connected().await;
    fixture.sim.add_fault(Fault::on("/", FaultKind::ResetBefore));
    if in_the_player {
        fixture.watch(95).await;
    } else {
        fixture.mark(&[&fixture.movie], When::At(fixture.now())).await;
    }
    fixture.drain().await;
    fixture.switch(SyncSwitch::History, false).await;
    fixture.sim.clear_faults();
    fixture.wait(3_600);
    fixture.sim.clear_requests();
    fixture.drain_all().await;
    assert_eq!((fixture.on_trakt().len(), fixture.queue().await.len()), (0, 0));
    fixture.switch(SyncSwitch::History, true).await;
    fixture.drain_all().await;
    fixture.assert_in_sync(1).await;
}

#[tokio::test]
async fn a_removal_waits_while_history_is_off_and_the_play_does_not_return() {
    let fixture = Fixture::connected().await;
    fixture.import().await;
    let play = fixture.mark(&[&fixture.movie], When::At(fixture.now())).await.remove(0);
    fixture.drain_all().await;
    fixture.sweep().await;
    fixture.switch(SyncSwitch::History, false).await;
    fixture.forget(&play).await;
    fixture.drain_all().await;
    assert_eq!(fixture.on_trakt().len(), 1);
    fixture.switch(SyncSwitch::History, true).await;
    fixture.sweep().await;
    assert_eq!(fixture.plays().await.len(), 0);
    fixture.drain_all().await;
    fixture.sweep().await;
    fixture.assert_in_sync(0).await;
}

#[tokio::test]
async fn a_queued_removal_is_withheld_and_sent_later() {
    let fixture = Fixture::connected().await;
    let play = fixture.mark(&[&fixture.movie], When::At(fixture.now())).await.remove(0);
    fixture.drain_all().await;
    fixture.sim.add_fault(Fault::on("/", FaultKind::ResetBefore));
    fixture.forget(&play).await;
    fixture.drain().await;
    fixture.exclude(&[fixture.movie.id]).await;
    fixture.sim.clear_faults();
    fixture.wait(3_600);
    fixture.drain_all().await;
    assert_eq!((fixture.on_trakt().len(), fixture.queue().await.len()), (1, 0));
    fixture.exclude(&[]).await;
    fixture.drain_all().await;
    fixture.assert_in_sync(0).await;
}

#[tokio::test]
async fn no_resume_point_is_sent_while_disabled() {
    let fixture = Fixture::connected().await;
    fixture.switch(SyncSwitch::Playback, false).await;
    fixture.watch(50).await;
    fixture.drain_all().await;
    assert_eq!(fixture.resume_points(), [] as [f64; 0]);
    assert!(progress::find(&*fixture.db, fixture.user_id, fixture.movie.id).await.unwrap().is_some());
    fixture.switch(SyncSwitch::Playback, true).await;
    fixture.watch(40).await;
    fixture.drain_all().await;
    assert_eq!(fixture.resume_points(), [40.0]);
}

#[tokio::test]
async fn an_import_leaves_out_excluded_titles_until_the_exclusion_ends() {
    let fixture = Fixture::unconnected().await;
    fixture.mark(&[&fixture.movie, &fixture.episodes[0]], When::At(fixture.now())).await;
    fixture.connect().await;
    fixture.exclude(&[fixture.movie.id]).await;
    fixture.import().await;
    assert_eq!(fixture.on_trakt().len(), 1);
    fixture.exclude(&[]).await;
    fixture.settle().await;
    fixture.assert_in_sync(2).await;
}

#[tokio::test]
async fn earlier_plays_are_not_sent_by_toggling_history_without_an_import() {
    let fixture = Fixture::unconnected().await;
    fixture.mark(&[&fixture.movie], When::At(fixture.now())).await;
    fixture.connect().await;
    fixture.engine.begin_import(fixture.user_id, false).await.unwrap();
    fixture.settle().await;
    fixture.switch(SyncSwitch::History, false).await;
    fixture.drain_all().await;
    fixture.switch(SyncSwitch::History, true).await;
    fixture.settle().await;
    assert_eq!(fixture.on_trakt().len(), 0);
}

#[tokio::test]
async fn a_stop_below_the_users_threshold_saves_the_resume_point_and_does_not_count() {
    let fixture = Fixture::connected().await;
    let change = SettingsChange { watched_percent: Some(Some(90)), ..SettingsChange::default() };
    fixture.engine.change_settings(fixture.user_id, change).await.unwrap();
    fixture.watch(85).await;
    fixture.drain_all().await;
    fixture.assert_in_sync(0).await;
    assert_eq!(fixture.resume_points(), [85.0]);
    let here = progress::find(&*fixture.db, fixture.user_id, fixture.movie.id).await.unwrap().unwrap();
    assert_eq!(here.percent, 85.0);

    let player = fixture.player().await;
    player.jump_to(85).play().await;
    fixture.drain().await;
    player.watch_to(92).stop().await;
    fixture.drain_all().await;
    fixture.assert_in_sync(1).await;
    assert_eq!(fixture.resume_points(), [] as [f64; 0]);
}

#[tokio::test]
async fn a_paused_player_closed_below_the_users_threshold_sends_nothing_twice() {
    let fixture = Fixture::connected().await;
    let change = SettingsChange { watched_percent: Some(Some(95)), ..SettingsChange::default() };
    fixture.engine.change_settings(fixture.user_id, change).await.unwrap();
    fixture.sim.clear_requests();
    let player = fixture.player().await;
    player.play().await;
    fixture.drain_all().await;
    player.watch_to(90).report(Input::Pause).await;
    fixture.drain_all().await;
    player.stop().await;
    fixture.drain_all().await;
    assert_eq!(fixture.sent_paths(), ["/scrobble/start", "/scrobble/pause"]);
    assert_eq!(fixture.plays().await.len(), 0);
}

#[tokio::test]
async fn a_play_that_is_not_on_trakt_has_a_reason() {
    let fixture = Fixture::unconnected().await;
    let why = async || fixture.engine.why_not_on_trakt(fixture.user_id, fixture.movie.id).await.unwrap();
    assert_eq!(why().await, None, "the title was not watched");
    let before = fixture.mark(&[&fixture.movie], When::At(fixture.now())).await.remove(0);
    assert_eq!(why().await, Some(WhyNot::NotConnected));
    fixture.connect().await;
    assert_eq!(why().await, Some(WhyNot::NotSent));
    fixture.forget(&before).await;

    fixture.exclude(&[fixture.movie.id]).await;
    fixture.mark(&[&fixture.movie], When::At(fixture.now())).await;
    assert_eq!(why().await, Some(WhyNot::Withheld(Withheld::Excluded)));
    fixture.exclude(&[]).await;
    fixture.switch(SyncSwitch::History, false).await;
    assert_eq!(why().await, Some(WhyNot::Withheld(Withheld::SwitchedOff(SyncSwitch::History))));
    fixture.switch(SyncSwitch::History, true).await;
    fixture.sim.add_fault(Fault::on("/", FaultKind::ResetBefore));
    fixture.drain().await;
    assert!(matches!(why().await, Some(WhyNot::Queued(_))));
    fixture.sim.clear_faults();
    fixture.wait(3_600);
    fixture.drain_all().await;
    assert_eq!(why().await, None);

    let private = fixture.player_of(&[&fixture.movie], true).await;
    private.play().await;
    private.watch_to(95).stop().await;
    assert_eq!(why().await, Some(WhyNot::Private));
}
