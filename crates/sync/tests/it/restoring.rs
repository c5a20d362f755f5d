//! Plays that were removed and restored: each is on Trakt once.

use chrono::TimeDelta;
use db::{Millis, kinds::PlaySource, rows::Play};
use rstest::rstest;
use sync::outbox::{RemovedPlay, payload::When, restore_plays};
use trakt_sim::{Fault, FaultKind};

use crate::fixture::Fixture;

async fn restore(fixture: &Fixture, plays: &[Play]) -> Vec<Play> {
    let removed: Vec<_> = plays
        .iter()
        .map(|play| RemovedPlay {
            title_id: play.title_id,
            watched_at: play.watched_at,
            source: play.source,
            is_private: play.is_private,
        })
        .collect();
    let link = fixture.engine.link(fixture.user_id).await.unwrap();
    let tx = fixture.db.begin().await.unwrap();
    let (restored, _) = restore_plays(&tx, fixture.user_id, &removed, link, fixture.now()).await.unwrap();
    tx.commit().await.unwrap();
    restored
}

/// What has been sent to Trakt before the play is removed, and before it is restored.
#[rstest]
#[case::never_sent(false, false)]
#[case::sent_and_not_yet_removed(true, false)]
#[case::sent_and_removed(true, true)]
#[tokio::test]
async fn a_restored_play_is_on_trakt_once(#[case] sent: bool, #[case] removed: bool) {
    let fixture = Fixture::connected().await;
    let at = fixture.now() - TimeDelta::days(2);
    let play = fixture.mark(&[&fixture.movie], When::At(at)).await.remove(0);
    if sent {
        fixture.drain_all().await;
    }
    assert!(fixture.forget(&play).await);
    if removed {
        fixture.drain_all().await;
        assert_eq!(fixture.on_trakt_total(), 0);
    }
    assert_eq!(restore(&fixture, std::slice::from_ref(&play)).await.len(), 1);
    assert_eq!(restore(&fixture, std::slice::from_ref(&play)).await, [], "restoring twice changes nothing");
    fixture.drain_all().await;
    fixture.assert_in_sync(1).await;
    assert_eq!(fixture.plays().await[0].watched_at, Some(Millis::from(at)));
    assert_eq!(fixture.queue().await, []);
}

#[rstest]
#[case::it_arrived(FaultKind::ResetAfter)]
#[case::it_did_not(FaultKind::ResetBefore)]
#[tokio::test]
async fn a_play_in_doubt_that_is_removed_and_restored_is_on_trakt_once(#[case] kind: FaultKind) {
    let fixture = Fixture::connected().await;
    let play = fixture.mark(&[&fixture.movie], When::At(fixture.now() - TimeDelta::days(1))).await.remove(0);
    fixture.sim.add_fault(Fault::on("/sync/history", kind).times(1));
    fixture.drain().await;
    assert!(fixture.forget(&play).await);
    restore(&fixture, std::slice::from_ref(&play)).await;
    fixture.sim.clear_faults();
    fixture.drain_all().await;
    fixture.assert_in_sync(1).await;
    assert_eq!(fixture.queue().await, []);
}

#[tokio::test]
async fn a_play_removed_and_restored_while_disconnected_keeps_its_entry() {
    let fixture = Fixture::connected().await;
    let play = fixture.mark(&[&fixture.movie], When::At(fixture.now() - TimeDelta::days(1))).await.remove(0);
    fixture.drain_all().await;
    let sent = fixture.plays().await.remove(0);
    fixture.engine.disconnect(fixture.user_id).await.unwrap();
    assert!(fixture.forget(&play).await);
    let restored = restore(&fixture, std::slice::from_ref(&sent)).await.remove(0);
    assert_eq!(restored.trakt_history_id, sent.trakt_history_id);
    fixture.connect().await;
    fixture.drain_all().await;
    fixture.assert_in_sync(1).await;
    assert_eq!(fixture.calls("/sync/history/remove"), 0);
}

#[tokio::test]
async fn restored_private_plays_stay_private() {
    let fixture = Fixture::connected().await;
    let watched =
        Play { is_private: true, ..fixture.mark(&[&fixture.movie], When::At(fixture.now())).await.remove(0) };
    assert!(fixture.forget(&watched).await);
    let restored = restore(&fixture, &[watched]).await.remove(0);
    assert!(restored.is_private);
    fixture.drain_all().await;
    assert_eq!(fixture.on_trakt_total(), 0);
}

#[tokio::test]
async fn a_restored_play_read_from_trakt_becomes_a_play_of_this_server() {
    let fixture = Fixture::connected().await;
    let play = fixture.mark(&[&fixture.movie], When::At(fixture.now())).await.remove(0);
    fixture.drain_all().await;
    assert!(fixture.forget(&play).await);
    let restored = restore(&fixture, &[Play { source: PlaySource::Trakt, ..play }]).await.remove(0);
    assert_eq!(restored.source, PlaySource::Manual);
    fixture.drain_all().await;
    fixture.assert_in_sync(1).await;
}
