//! Watching together: every viewer gets the play exactly once, according to their own switches.

use clock::ManualClock;
use db::{
    Millis, companions,
    ids::UserId,
    kinds::{PlaySource, SyncSwitch},
    rows::Play,
    timeline, users,
};
use serde_json::Value;
use sync::{Drained, SettingsChange, SyncEvent, scrobble::Input};
use trakt_sim::{DEMO_USER, Person};

use crate::fixture::{Fixture, opening_time};

const BEN: &str = "ben";

impl Fixture {
    /// Another user of this server, connected to an account of their own.
    async fn second_user(&self, is_willing: bool) -> UserId {
        self.sim.add_person(&Person::new(BEN));
        let tx = self.db.begin().await.unwrap();
        let new = users::NewUser {
            username: BEN.into(),
            display_name: "Ben".into(),
            password_hash: "none".into(),
            is_admin: false,
        };
        let ben = users::insert(&tx, new, Millis::from(self.now())).await.unwrap().id;
        companions::set_willing(&tx, ben, is_willing).await.unwrap();
        tx.commit().await.unwrap();
        self.engine.connect_with(ben, &self.fresh_pair(BEN)).await.unwrap();
        ben
    }

    async fn plays_of(&self, user_id: UserId) -> Vec<Play> {
        timeline::page(&*self.db, user_id, None, 50).await.unwrap()
    }

    /// Sends for a user until nothing is waiting.
    async fn drain_for(&self, user_id: UserId) {
        for _ in 0..50 {
            self.wait(0);
            match self.engine.drain(user_id).await.unwrap() {
                Drained::Until(moment) => self.wait((moment - self.now()).num_seconds().max(1)),
                Drained::Idle | Drained::Stopped => return,
            }
        }
        panic!("the outbox never becomes empty");
    }

    fn watching(&self, username: &str) -> Value {
        self.sim.act(username, "GET", "/users/me/watching", None).body
    }
}

#[tokio::test]
async fn every_viewer_gets_the_play_exactly_once() {
    let fixture = Fixture::connected().await;
    let ben = fixture.second_user(true).await;
    let player = fixture.player().await;
    player.play().await;
    fixture.engine.set_companions(fixture.user_id, &player.id, &[ben]).await.unwrap();
    fixture.drain_for(ben).await;
    assert!(fixture.watching(BEN)["movie"].is_object(), "{}", fixture.watching(BEN));
    for percent in [20, 40, 60] {
        player.watch_to(percent).report(Input::Progress).await;
    }
    player.report(Input::Pause).await;
    player.report(Input::Play).await;
    let last = player.watch_to(95).stop().await;
    assert!(last.counted);
    // A repeated report changes nothing for any viewer.
    player.report_of(Input::Stop, 0).await;
    fixture.drain_for(fixture.user_id).await;
    fixture.drain_for(ben).await;
    fixture.assert_in_sync(1).await;
    let plays = fixture.plays_of(ben).await;
    assert_eq!((plays.len(), plays[0].source), (1, PlaySource::Kinometa));
    let on_trakt = fixture.on_trakt_of(BEN);
    assert_eq!(on_trakt.len(), 1);
    assert_eq!(plays[0].trakt_history_id, Some(on_trakt[0].id));
}

#[tokio::test]
async fn users_who_do_not_allow_it_are_not_added() {
    let fixture = Fixture::connected().await;
    let ben = fixture.second_user(false).await;
    let player = fixture.player().await;
    player.play().await;
    assert!(fixture.engine.set_companions(fixture.user_id, &player.id, &[ben]).await.is_err());
    assert!(fixture.engine.set_companions(fixture.user_id, &player.id, &[fixture.user_id]).await.is_err());
    assert!(fixture.engine.companions(fixture.user_id, &player.id).await.unwrap().is_empty());
    assert!(fixture.engine.companions(ben, &player.id).await.is_err(), "the player is not theirs");
    player.watch_to(95).stop().await;
    assert_eq!(fixture.plays_of(ben).await, []);
}

#[tokio::test]
async fn a_private_session_is_private_for_every_viewer() {
    let fixture = Fixture::connected().await;
    let ben = fixture.second_user(true).await;
    let player = fixture.player_of(&[&fixture.movie], true).await;
    player.play().await;
    fixture.engine.set_companions(fixture.user_id, &player.id, &[ben]).await.unwrap();
    player.watch_to(95).stop().await;
    fixture.drain_for(ben).await;
    assert!(fixture.plays_of(ben).await[0].is_private);
    assert_eq!(fixture.on_trakt_of(BEN), []);
}

#[tokio::test]
async fn each_viewer_has_their_own_switches() {
    let fixture = Fixture::connected().await;
    let ben = fixture.second_user(true).await;
    let off = vec![(SyncSwitch::Scrobbling, false), (SyncSwitch::History, false)];
    let change = SettingsChange { switches: off, ..SettingsChange::default() };
    fixture.engine.change_settings(ben, change).await.unwrap();
    let player = fixture.player().await;
    player.play().await;
    fixture.engine.set_companions(fixture.user_id, &player.id, &[ben]).await.unwrap();
    player.watch_to(95).stop().await;
    fixture.drain_for(fixture.user_id).await;
    fixture.drain_for(ben).await;
    assert_eq!((fixture.plays_of(ben).await.len(), fixture.on_trakt_of(BEN).len()), (1, 0));
    assert_eq!(fixture.on_trakt_of(DEMO_USER).len(), 1);
}

#[tokio::test]
async fn a_viewer_who_leaves_half_way_keeps_a_resume_point_and_gets_no_play() {
    let fixture = Fixture::connected().await;
    let ben = fixture.second_user(true).await;
    let player = fixture.player().await;
    player.play().await;
    fixture.engine.set_companions(fixture.user_id, &player.id, &[ben]).await.unwrap();
    player.watch_to(50).report(Input::Progress).await;
    fixture.engine.set_companions(fixture.user_id, &player.id, &[]).await.unwrap();
    player.watch_to(95).stop().await;
    fixture.drain_for(ben).await;
    assert_eq!(fixture.plays_of(ben).await, []);
    let place = db::progress::find(&*fixture.db, ben, fixture.movie.id).await.unwrap().unwrap();
    assert_eq!(place.percent, 50.0);
}

#[tokio::test]
async fn a_viewer_added_by_mistake_near_the_end_has_watched_nothing() {
    let fixture = Fixture::connected().await;
    let ben = fixture.second_user(true).await;
    let player = fixture.player().await;
    player.play().await;
    player.watch_to(90).report(Input::Progress).await;
    fixture.engine.set_companions(fixture.user_id, &player.id, &[ben]).await.unwrap();
    fixture.wait(10);
    fixture.engine.set_companions(fixture.user_id, &player.id, &[]).await.unwrap();
    player.watch_to(95).stop().await;
    fixture.drain_for(ben).await;
    assert_eq!((fixture.plays_of(ben).await, fixture.on_trakt_of(BEN)), (vec![], vec![]));
}

#[tokio::test]
async fn a_player_without_reports_is_stopped_for_every_viewer() {
    let fixture = Fixture::connected().await;
    let ben = fixture.second_user(true).await;
    let player = fixture.player().await;
    player.play().await;
    fixture.engine.set_companions(fixture.user_id, &player.id, &[ben]).await.unwrap();
    player.watch_to(90).report(Input::Progress).await;
    fixture.wait(120);
    assert_eq!(fixture.engine.stop_silent_players().await.unwrap(), 1);
    fixture.drain_for(ben).await;
    assert_eq!((fixture.plays_of(ben).await.len(), fixture.on_trakt_of(BEN).len()), (1, 1));
}

#[tokio::test]
async fn a_viewers_messages_are_sent_and_their_play_is_announced_immediately() {
    let fixture = Fixture::with_clock(ManualClock::new(opening_time())).await;
    fixture.connect().await;
    let ben = fixture.second_user(true).await;
    let (stop, running) = fixture.run();
    // The round and the loops of both accounts have nothing to do and sleep.
    fixture.clock.wait_for_sleepers(5).await;
    let player = fixture.player().await;
    player.play().await;
    fixture.engine.set_companions(fixture.user_id, &player.id, &[ben]).await.unwrap();
    // No time passes, so the next round never comes.
    while fixture.watching(BEN)["movie"].is_null() {
        tokio::task::yield_now().await;
    }
    let mut events = fixture.engine.subscribe();
    player.watch_to(95).stop().await;
    let plays: Vec<_> = fixture.plays_of(ben).await.into_iter().map(|play| play.id).collect();
    let mut announced = false;
    while let Ok(event) = events.try_recv() {
        announced |=
            matches!(event, SyncEvent::Plays { user_id, play_ids } if user_id == ben && play_ids == plays);
    }
    assert!(announced, "the play of the second viewer is announced");
    stop.cancel();
    running.await.unwrap();
}
