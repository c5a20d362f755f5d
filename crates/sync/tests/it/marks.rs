//! Plays that are marked and removed manually.

use chrono::TimeDelta;
use clock::{Clock, ManualClock};
use db::ids::UserId;
use db::kinds::TitleKind;
use db::rows::Title;
use rstest::rstest;
use serde_json::json;
use sync::outbox::payload::When;
use trakt_sim::{DEMO_USER, FaultKind, Sim};

use crate::fixture::{Fixture, opening_time, title, to_the_minute};

#[tokio::test]
async fn plays_marked_together_are_sent_in_one_request_and_linked() {
    let fixture = Fixture::connected().await;
    let [first, second] = &fixture.episodes;
    fixture.mark(&[first, second, &fixture.movie], When::At(fixture.now())).await;
    fixture.drain_all().await;
    fixture.assert_in_sync(3).await;
    let posts = fixture.sim.requests().iter().filter(|request| request.method == "POST").count();
    assert_eq!(posts, 1);
}

#[rstest]
#[case::some_day(When::At("2019-02-03T04:05:55Z".parse().unwrap()))]
#[case::released(When::Released)]
#[case::unknown_time(When::Unknown)]
#[tokio::test]
async fn a_mark_with_a_lost_response_is_not_sent_twice(
    #[case] when: When,
    #[values(FaultKind::ResetAfter, FaultKind::ResetBefore, FaultKind::Html { status: 520 })] kind: FaultKind,
) {
    let fixture = Fixture::connected().await;
    fixture.fault_once("/sync/history", FaultKind::Latency { milliseconds: 0 });
    fixture.sim.add_fault(trakt_sim::Fault::on("/sync/history", kind).method("POST").times(1));
    fixture.mark(&[&fixture.movie], when).await;
    fixture.drain_all().await;
    fixture.assert_in_sync(1).await;
    if let When::At(at) = when {
        assert_eq!(fixture.on_trakt()[0].watched_at, to_the_minute(at));
    }
}

#[tokio::test]
async fn a_batch_with_a_lost_response_is_not_sent_twice() {
    let fixture = Fixture::connected().await;
    let [first, second] = &fixture.episodes;
    fixture
        .sim
        .add_fault(trakt_sim::Fault::on("/sync/history", FaultKind::ResetAfter).method("POST").times(1));
    fixture.mark(&[first, second, &fixture.movie], When::At(fixture.now())).await;
    fixture.drain_all().await;
    fixture.assert_in_sync(3).await;
}

#[tokio::test]
async fn a_play_already_on_trakt_in_that_minute_is_linked_instead_of_sent() {
    let fixture = Fixture::connected().await;
    let at = fixture.now();
    fixture.watched_elsewhere(at);
    fixture.mark(&[&fixture.movie], When::At(at)).await;
    fixture.drain_all().await;
    fixture.assert_in_sync(1).await;
}

#[tokio::test]
async fn one_unknown_title_in_a_batch_does_not_affect_the_others() {
    let fixture = Fixture::connected().await;
    let tx = fixture.db.begin().await.unwrap();
    let stranger =
        db::titles::insert_many(&tx, vec![title(TitleKind::Movie, Some(99_999_999))]).await.unwrap();
    tx.commit().await.unwrap();
    fixture.mark(&[&fixture.movie, &stranger[0], &fixture.episodes[0]], When::At(fixture.now())).await;
    fixture.drain_all().await;
    assert_eq!(fixture.on_trakt().len(), 2);
    let failed = fixture.queue().await;
    assert_eq!(failed.len(), 1);
    assert_eq!(
        (failed[0].title_id, failed[0].error_code.as_deref()),
        (Some(stranger[0].id), Some("not_found"))
    );
}

#[tokio::test]
async fn an_episode_without_an_id_is_identified_by_its_show_and_numbers() {
    let fixture = Fixture::connected().await;
    fixture.db.execute("UPDATE title SET trakt_id = NULL WHERE kind = 'episode'").await.unwrap();
    let [first, second] = &fixture.episodes;
    fixture.mark(&[first, second], When::At(fixture.now())).await;
    fixture.drain_all().await;
    fixture.assert_in_sync(2).await;
    fixture.wait(7200);
    let player = fixture.player_of(&[first], false).await;
    player.play().await;
    fixture.fault_once("/scrobble/stop", FaultKind::ResetAfter);
    player.watch_to(90).stop().await;
    fixture.drain_all().await;
    fixture.assert_in_sync(3).await;
}

#[tokio::test]
async fn a_special_stays_in_season_0_on_both_sides() {
    let clock = ManualClock::new(opening_time()).auto_advance();
    let sim = Sim::builder().movies(4).shows(40).frozen_at(clock.now());
    let sim = sim.configure(|config| config.strict_contract = true).start().await.unwrap();
    let fixture = Fixture::with_sim(clock, sim).await;
    fixture.connect().await;
    let catalogue = fixture.sim.catalogue();
    let known = catalogue.shows().iter().skip(1).find(|show| show.episode(0, 1).is_some()).unwrap();
    let tx = fixture.db.begin().await.unwrap();
    let insert = async |title| db::titles::insert_many(&tx, vec![title]).await.unwrap().remove(0);
    let show = insert(title(TitleKind::Show, Some(known.facts.ids.trakt))).await;
    let part = |kind, parent, number| Title {
        parent_id: Some(parent),
        show_id: Some(show.id),
        season_number: Some(0),
        episode_number: number,
        ..title(kind, None)
    };
    let season = insert(part(TitleKind::Season, show.id, None)).await;
    let special = insert(part(TitleKind::Episode, season.id, Some(1))).await;
    tx.commit().await.unwrap();
    fixture.mark(&[&special], When::At(fixture.now())).await;
    fixture.drain_all().await;
    let there = fixture.sim.act(DEMO_USER, "GET", "/sync/history/episodes", None).body[0]["episode"].clone();
    assert_eq!((&there["season"], &there["number"]), (&json!(0), &json!(1)));

    let elsewhere = fixture.now() - TimeDelta::days(30);
    let body = json!({"episodes": [{"ids": {"trakt": there["ids"]["trakt"]}, "watched_at": elsewhere}]});
    fixture.sim.act(DEMO_USER, "POST", "/sync/history", Some(&body));
    fixture.import().await;
    let plays = fixture.plays().await;
    assert_eq!(plays.len(), 2);
    assert!(plays.iter().all(|play| play.title_id == special.id), "{plays:?}");
}

#[tokio::test]
async fn removing_a_play_removes_only_that_play_on_trakt() {
    let fixture = Fixture::connected().await;
    let first = fixture.mark(&[&fixture.movie], When::At(fixture.now())).await.remove(0);
    fixture.wait(600);
    fixture.mark(&[&fixture.movie], When::At(fixture.now())).await;
    fixture.drain_all().await;
    fixture.assert_in_sync(2).await;
    fixture.fault_once("/sync/history/remove", FaultKind::ResetAfter);
    assert!(fixture.forget(&first).await);
    fixture.drain_all().await;
    fixture.assert_in_sync(1).await;
}

#[tokio::test]
async fn removing_a_play_before_it_was_sent_sends_nothing() {
    let fixture = Fixture::connected().await;
    let before = fixture.sim.requests().len();
    let play = fixture.mark(&[&fixture.movie], When::At(fixture.now())).await.remove(0);
    assert!(fixture.forget(&play).await);
    fixture.drain_all().await;
    assert_eq!((fixture.sim.requests().len(), fixture.on_trakt().len()), (before, 0));
}

#[tokio::test]
async fn a_row_can_be_discarded() {
    let mut fixture = Fixture::connected().await;
    fixture.sim.close_port().await;
    fixture.mark(&[&fixture.movie], When::At(fixture.now())).await;
    fixture.drain().await;
    let row = fixture.queue().await.pop().unwrap();
    assert!(!fixture.engine.discard(UserId(fixture.user_id.0 + 1), row.id).await.unwrap());
    assert!(fixture.engine.discard(fixture.user_id, row.id).await.unwrap());
    fixture.sim.open_port().await.unwrap();
    fixture.drain_all().await;
    assert_eq!((fixture.on_trakt().len(), fixture.plays().await.len()), (0, 1));
}
