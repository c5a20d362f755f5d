//! Plays whose time a person corrects: Trakt has them once, at the new time.

use chrono::{DateTime, TimeDelta, Utc};
use db::{Millis, kinds::PlaySource, rows::Play, timeline};
use rstest::rstest;
use sync::outbox::{payload::When, retime_play};
use trakt::models::to_the_minute;
use trakt_sim::{Fault, FaultKind};

use crate::world::World;

/// Corrects the time of a play; the play as it is afterwards.
async fn retime(world: &World, play: &Play, at: DateTime<Utc>) -> Play {
    let link = world.engine.link(world.user_id).await.unwrap();
    let tx = world.db.begin().await.unwrap();
    let play = timeline::find_play(&tx, world.user_id, play.id).await.unwrap().unwrap();
    let (corrected, _) =
        retime_play(&tx, &play, Some(Millis::from(at)), When::At(at), link, world.now()).await.unwrap();
    tx.commit().await.unwrap();
    corrected
}

/// There is one play, here and on Trakt, at this time.
async fn assert_once(world: &World, at: DateTime<Utc>) {
    world.sim.clear_faults();
    world.drain_all().await;
    world.assert_in_step(1).await;
    assert_eq!(world.on_trakt()[0].watched_at, to_the_minute(at));
    assert_eq!(world.plays().await[0].watched_at, Some(Millis::from(at)));
    assert_eq!(world.queue().await, []);
}

#[rstest]
#[case::before_it_is_sent(false, 0)]
#[case::once_trakt_has_it(true, 1)]
#[tokio::test]
async fn a_corrected_play_is_on_trakt_once(#[case] sent: bool, #[case] removals: usize) {
    let world = World::connected().await;
    let play = world.mark(&[&world.movie], When::At(world.now())).await.remove(0);
    if sent {
        world.drain_all().await;
    }
    let at = world.now() - TimeDelta::days(3);
    let corrected = retime(&world, &play, at).await;
    assert_ne!(corrected.id, play.id, "an answer on its way belongs to the old time");
    assert_eq!(corrected.created_at, play.created_at);
    assert_once(&world, at).await;
    assert_eq!(world.calls("/sync/history/remove"), removals);
}

#[rstest]
#[case::it_arrived(FaultKind::ResetAfter)]
#[case::it_did_not(FaultKind::ResetBefore)]
#[tokio::test]
async fn what_is_in_doubt_is_looked_up_before_the_new_time_is_sent(
    #[case] kind: FaultKind,
    #[values(3 * 24 * 60, 5, -5)] minutes_earlier: i64,
) {
    let world = World::connected().await;
    let at = world.now() - TimeDelta::days(1);
    let play = world.mark(&[&world.movie], When::At(at)).await.remove(0);
    world.sim.add_fault(Fault::on("/sync/history", kind).method("POST").times(1));
    world.drain().await;
    let at = at - TimeDelta::minutes(minutes_earlier);
    retime(&world, &play, at).await;
    assert_once(&world, at).await;
}

#[tokio::test]
async fn a_play_is_corrected_while_it_is_being_sent() {
    let world = World::connected().await;
    let play = world.mark(&[&world.movie], When::At(world.now())).await.remove(0);
    let at = world.now() - TimeDelta::days(3);
    let correcting = async {
        retime(&world, &play, at).await;
    };
    world.drain_while("/sync/history", correcting).await.await.unwrap();
    assert_once(&world, at).await;
}

#[tokio::test]
async fn a_time_corrected_there_and_back_ends_as_one_play() {
    let world = World::connected().await;
    let first = world.now();
    let play = world.mark(&[&world.movie], When::At(first)).await.remove(0);
    world.drain_all().await;
    let moved = retime(&world, &play, first - TimeDelta::days(3)).await;
    retime(&world, &moved, first).await;
    assert_once(&world, first).await;
}

#[tokio::test]
async fn a_viewing_that_was_corrected_does_not_count_again() {
    let world = World::connected().await;
    world.watch(90).await;
    world.drain_all().await;
    let play = world.plays().await.remove(0);
    let at = world.now() - TimeDelta::days(3);
    assert_eq!(retime(&world, &play, at).await.source, PlaySource::Kinometa);
    // The credits of the same viewing, in another tab.
    let other = world.player().await;
    other.jump_to(91).play().await;
    other.watch_to(99).stop().await;
    assert_once(&world, at).await;
}
