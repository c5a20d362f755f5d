//! Plays whose time the user corrects: Trakt has them once, at the new time.

use chrono::{DateTime, TimeDelta, Utc};
use db::{Millis, kinds::PlaySource, rows::Play, timeline};
use rstest::rstest;
use sync::outbox::{payload::When, retime_play};
use trakt::models::to_the_minute;
use trakt_sim::{Fault, FaultKind};

use crate::fixture::Fixture;

/// Corrects the time of a play; returns the corrected play.
async fn retime(fixture: &Fixture, play: &Play, at: DateTime<Utc>) -> Play {
    let link = fixture.engine.link(fixture.user_id).await.unwrap();
    let tx = fixture.db.begin().await.unwrap();
    let play = timeline::find_play(&tx, fixture.user_id, play.id).await.unwrap().unwrap();
    let (corrected, _) =
        retime_play(&tx, &play, Some(Millis::from(at)), When::At(at), link, fixture.now()).await.unwrap();
    tx.commit().await.unwrap();
    corrected
}

/// Asserts that there is one play, here and on Trakt, at this time.
async fn assert_once(fixture: &Fixture, at: DateTime<Utc>) {
    fixture.sim.clear_faults();
    fixture.drain_all().await;
    fixture.assert_in_sync(1).await;
    assert_eq!(fixture.on_trakt()[0].watched_at, to_the_minute(at));
    assert_eq!(fixture.plays().await[0].watched_at, Some(Millis::from(at)));
    assert_eq!(fixture.queue().await, []);
}

#[rstest]
#[case::before_it_is_sent(false, 0)]
#[case::once_trakt_has_it(true, 1)]
#[tokio::test]
async fn a_corrected_play_is_on_trakt_once(#[case] sent: bool, #[case] removals: usize) {
    let fixture = Fixture::connected().await;
    let play = fixture.mark(&[&fixture.movie], When::At(fixture.now())).await.remove(0);
    if sent {
        fixture.drain_all().await;
    }
    let at = fixture.now() - TimeDelta::days(3);
    let corrected = retime(&fixture, &play, at).await;
    assert_ne!(corrected.id, play.id, "an answer that is still on its way belongs to the old play");
    assert_eq!(corrected.created_at, play.created_at);
    assert_once(&fixture, at).await;
    assert_eq!(fixture.calls("/sync/history/remove"), removals);
}

#[rstest]
#[case::it_arrived(FaultKind::ResetAfter)]
#[case::it_did_not(FaultKind::ResetBefore)]
#[tokio::test]
async fn a_play_in_doubt_is_looked_up_before_its_new_time_is_sent(
    #[case] kind: FaultKind,
    #[values(3 * 24 * 60, 5, -5)] minutes_earlier: i64,
) {
    let fixture = Fixture::connected().await;
    let at = fixture.now() - TimeDelta::days(1);
    let play = fixture.mark(&[&fixture.movie], When::At(at)).await.remove(0);
    fixture.sim.add_fault(Fault::on("/sync/history", kind).method("POST").times(1));
    fixture.drain().await;
    let at = at - TimeDelta::minutes(minutes_earlier);
    retime(&fixture, &play, at).await;
    assert_once(&fixture, at).await;
}

#[tokio::test]
async fn a_play_can_be_corrected_while_it_is_being_sent() {
    let fixture = Fixture::connected().await;
    let play = fixture.mark(&[&fixture.movie], When::At(fixture.now())).await.remove(0);
    let at = fixture.now() - TimeDelta::days(3);
    let correcting = async {
        retime(&fixture, &play, at).await;
    };
    fixture.drain_while("/sync/history", correcting).await.await.unwrap();
    assert_once(&fixture, at).await;
}

#[tokio::test]
async fn a_time_corrected_and_reverted_results_in_one_play() {
    let fixture = Fixture::connected().await;
    let first = fixture.now();
    let play = fixture.mark(&[&fixture.movie], When::At(first)).await.remove(0);
    fixture.drain_all().await;
    let moved = retime(&fixture, &play, first - TimeDelta::days(3)).await;
    retime(&fixture, &moved, first).await;
    assert_once(&fixture, first).await;
}

#[tokio::test]
async fn a_corrected_viewing_does_not_count_again() {
    let fixture = Fixture::connected().await;
    fixture.watch(90).await;
    fixture.drain_all().await;
    let play = fixture.plays().await.remove(0);
    let at = fixture.now() - TimeDelta::days(3);
    assert_eq!(retime(&fixture, &play, at).await.source, PlaySource::Kinometa);
    // The credits of the same viewing, in another tab.
    let other = fixture.player().await;
    other.jump_to(91).play().await;
    other.watch_to(99).stop().await;
    assert_once(&fixture, at).await;
}
