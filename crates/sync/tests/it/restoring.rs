//! Plays that were removed by hand and brought back: Trakt has each of them once.

use chrono::TimeDelta;
use db::{Millis, kinds::PlaySource, rows::Play};
use rstest::rstest;
use sync::outbox::{RemovedPlay, payload::When, restore_plays};
use trakt_sim::{Fault, FaultKind};

use crate::world::World;

async fn restore(world: &World, plays: &[Play]) -> Vec<Play> {
    let removed: Vec<_> = plays
        .iter()
        .map(|play| RemovedPlay {
            title_id: play.title_id,
            watched_at: play.watched_at,
            source: play.source,
            is_private: play.is_private,
        })
        .collect();
    let link = world.engine.link(world.user_id).await.unwrap();
    let tx = world.db.begin().await.unwrap();
    let (restored, _) = restore_plays(&tx, world.user_id, &removed, link, world.now()).await.unwrap();
    tx.commit().await.unwrap();
    restored
}

/// What has happened to Trakt before the play is removed and before it comes back.
#[rstest]
#[case::never_sent(false, false)]
#[case::sent_and_not_yet_removed(true, false)]
#[case::sent_and_removed(true, true)]
#[tokio::test]
async fn a_restored_play_is_on_trakt_once(#[case] sent: bool, #[case] removed: bool) {
    let world = World::connected().await;
    let at = world.now() - TimeDelta::days(2);
    let play = world.mark(&[&world.movie], When::At(at)).await.remove(0);
    if sent {
        world.drain_all().await;
    }
    assert!(world.forget(&play).await);
    if removed {
        world.drain_all().await;
        assert_eq!(world.on_trakt_total(), 0);
    }
    assert_eq!(restore(&world, std::slice::from_ref(&play)).await.len(), 1);
    assert_eq!(restore(&world, std::slice::from_ref(&play)).await, [], "asking twice changes nothing");
    world.drain_all().await;
    world.assert_in_step(1).await;
    assert_eq!(world.plays().await[0].watched_at, Some(Millis::from(at)));
    assert_eq!(world.queue().await, []);
}

#[rstest]
#[case::it_arrived(FaultKind::ResetAfter)]
#[case::it_did_not(FaultKind::ResetBefore)]
#[tokio::test]
async fn a_play_in_doubt_that_is_removed_and_restored_is_on_trakt_once(#[case] kind: FaultKind) {
    let world = World::connected().await;
    let play = world.mark(&[&world.movie], When::At(world.now() - TimeDelta::days(1))).await.remove(0);
    world.sim.add_fault(Fault::on("/sync/history", kind).times(1));
    world.drain().await;
    assert!(world.forget(&play).await);
    restore(&world, std::slice::from_ref(&play)).await;
    world.sim.clear_faults();
    world.drain_all().await;
    world.assert_in_step(1).await;
    assert_eq!(world.queue().await, []);
}

#[tokio::test]
async fn what_was_removed_while_nobody_was_connected_keeps_its_entry() {
    let world = World::connected().await;
    let play = world.mark(&[&world.movie], When::At(world.now() - TimeDelta::days(1))).await.remove(0);
    world.drain_all().await;
    let sent = world.plays().await.remove(0);
    world.engine.disconnect(world.user_id).await.unwrap();
    assert!(world.forget(&play).await);
    let restored = restore(&world, std::slice::from_ref(&sent)).await.remove(0);
    assert_eq!(restored.trakt_history_id, sent.trakt_history_id);
    world.connect().await;
    world.drain_all().await;
    world.assert_in_step(1).await;
    assert_eq!(world.calls("/sync/history/remove"), 0);
}

#[tokio::test]
async fn private_plays_come_back_in_private() {
    let world = World::connected().await;
    let watched =
        Play { is_private: true, ..world.mark(&[&world.movie], When::At(world.now())).await.remove(0) };
    assert!(world.forget(&watched).await);
    let restored = restore(&world, &[watched]).await.remove(0);
    assert!(restored.is_private);
    world.drain_all().await;
    assert_eq!(world.on_trakt_total(), 0);
}

#[tokio::test]
async fn what_was_read_from_trakt_becomes_a_play_of_this_server() {
    let world = World::connected().await;
    let play = world.mark(&[&world.movie], When::At(world.now())).await.remove(0);
    world.drain_all().await;
    assert!(world.forget(&play).await);
    let restored = restore(&world, &[Play { source: PlaySource::Trakt, ..play }]).await.remove(0);
    assert_eq!(restored.source, PlaySource::Manual);
    world.drain_all().await;
    world.assert_in_step(1).await;
}
