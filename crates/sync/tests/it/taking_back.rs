//! Plays that are taken back while Trakt is being told of them: they stay away, here and there, and what was watched
//! elsewhere stays.

use chrono::TimeDelta;
use db::{kinds::OutboxState, rows::Play};
use rstest::rstest;
use sync::outbox::payload::When;
use trakt_sim::{Fault, FaultKind};

use crate::world::World;

/// How a play came about.
#[derive(Clone, Copy, Debug)]
enum Made {
    /// Marked by hand.
    Marked,
    /// Marked by hand as watched when it came out; Trakt dates it.
    MarkedUndated,
    /// Watched in the player; Trakt asked to slow down first, so it counts here already.
    Watched,
    /// Watched in the player, too long ago for a scrobble.
    WatchedLate,
}

impl Made {
    /// Where it is sent.
    fn path(self) -> &'static str {
        match self {
            Self::Watched => "/scrobble/stop",
            Self::Marked | Self::MarkedUndated | Self::WatchedLate => "/sync/history",
        }
    }

    /// A play that waits to be sent, with plays from elsewhere before and after it.
    async fn make(self, world: &World) -> Play {
        let before = world.now();
        match self {
            Self::Marked => drop(world.mark(&[&world.movie], When::At(before)).await),
            Self::MarkedUndated => drop(world.mark(&[&world.movie], When::Released).await),
            Self::Watched => {
                world.watch(90).await;
                let slower = FaultKind::RateLimit { headers: true, retry_after: Some(5) };
                world.fault_once("/scrobble/stop", slower);
                world.drain().await;
                world.wait(6);
            }
            Self::WatchedLate => {
                world.watch(90).await;
                let slower = FaultKind::RateLimit { headers: true, retry_after: Some(5) };
                world.fault_once("/scrobble/stop", slower);
                world.drain().await;
                world.wait(400);
            }
        }
        // A late stop that was tried in time takes what Trakt counted during the viewing for itself.
        let amid_or_after = if matches!(self, Self::WatchedLate) { 90 } else { 30 };
        for minutes in [-200, -20, amid_or_after] {
            world.watched_elsewhere(before + TimeDelta::minutes(minutes));
        }
        let plays = world.plays().await;
        assert_eq!(plays.len(), 1, "it is in the timeline here");
        plays.into_iter().next().unwrap()
    }
}

/// Nothing is left of it, here or on Trakt, and what was watched elsewhere is untouched.
async fn assert_gone(world: &World) {
    world.sim.clear_faults();
    world.drain_all().await;
    assert_eq!(world.plays().await, []);
    assert_eq!(world.on_trakt().len(), 3, "the plays from elsewhere: {:?}", world.on_trakt());
    assert_eq!(world.queue().await, []);
}

fn posting(world: &World, made: Made, kind: FaultKind) {
    world.sim.add_fault(Fault::on(made.path(), kind).method("POST").times(1));
}

/// The ways in which a call can go, besides well.
const LOST: FaultKind = FaultKind::ResetAfter;

#[rstest]
#[tokio::test]
async fn what_waits_is_never_sent(
    #[values(Made::Marked, Made::MarkedUndated, Made::Watched, Made::WatchedLate)] made: Made,
) {
    let world = World::connected().await;
    let play = made.make(&world).await;
    let adding = world.calls(made.path());
    assert!(world.forget(&play).await);
    assert_gone(&world).await;
    assert_eq!(world.calls(made.path()), adding);
}

#[rstest]
#[case::goes_well(None)]
#[case::answer_lost(Some(LOST))]
#[case::half_an_answer(Some(FaultKind::Truncate))]
#[case::reset_before(Some(FaultKind::ResetBefore))]
#[case::bad_gateway(Some(FaultKind::Empty { status: 502 }))]
#[case::slow_down(Some(FaultKind::RateLimit { headers: true, retry_after: Some(20) }))]
#[case::account_full(Some(FaultKind::Empty { status: 420 }))]
#[case::already_counted(Some(FaultKind::Empty { status: 409 }))]
#[tokio::test]
async fn what_is_on_its_way_is_removed_if_it_arrives(
    #[case] kind: Option<FaultKind>,
    #[values(Made::Marked, Made::MarkedUndated, Made::Watched, Made::WatchedLate)] made: Made,
    #[values(false, true)] dies: bool,
) {
    let mut world = World::connected().await;
    let play = made.make(&world).await;
    kind.into_iter().for_each(|kind| posting(&world, made, kind));
    let taken_back = async { assert!(world.forget(&play).await) };
    let sending = world.drain_while(made.path(), taken_back).await;
    if dies {
        drop(sending);
        world.crash().await;
    } else {
        sending.await.unwrap();
    }
    assert_gone(&world).await;
}

#[rstest]
#[tokio::test]
async fn what_is_in_doubt_is_looked_up_and_removed_if_it_arrived(
    #[values(Made::Marked, Made::MarkedUndated, Made::Watched, Made::WatchedLate)] made: Made,
    #[values(FaultKind::ResetAfter, FaultKind::ResetBefore)] kind: FaultKind,
    #[values(false, true)] dies: bool,
) {
    let mut world = World::connected().await;
    let play = made.make(&world).await;
    posting(&world, made, kind);
    world.drain().await;
    assert_eq!(world.queue().await[0].state, OutboxState::Unknown);
    assert!(world.forget(&play).await);
    if dies {
        world.crash().await;
    }
    let sent = world.sim.requests().iter().filter(|call| call.method == "POST").count();
    assert_gone(&world).await;
    let removals = world.calls("/sync/history/remove");
    let since = world.sim.requests().iter().filter(|call| call.method == "POST").count() - sent;
    assert_eq!(since, removals, "nothing is sent again");
}

#[rstest]
#[tokio::test]
async fn what_has_arrived_is_removed_also_when_its_id_is_not_known(
    #[values(Made::Marked, Made::MarkedUndated, Made::Watched, Made::WatchedLate)] made: Made,
    #[values(true, false)] id_is_known: bool,
) {
    let world = World::connected().await;
    let play = made.make(&world).await;
    if id_is_known {
        world.drain_all().await;
        assert!(world.plays().await[0].trakt_history_id.is_some());
    } else {
        // The answer is read; the look that asks for the id fails.
        let sending = world.drain_while(made.path(), async {}).await;
        world.sim.add_fault(Fault::on("/sync/history", FaultKind::Empty { status: 500 }).method("GET"));
        sending.await.unwrap();
    }
    assert!(world.forget(&play).await);
    assert_gone(&world).await;
}

#[rstest]
#[tokio::test]
async fn what_trakt_refused_is_not_tried_again(
    #[values(Made::Marked, Made::MarkedUndated, Made::Watched, Made::WatchedLate)] made: Made,
) {
    let world = World::connected().await;
    let play = made.make(&world).await;
    posting(&world, made, FaultKind::Empty { status: 420 });
    world.drain().await;
    assert_eq!(world.queue().await[0].state, OutboxState::Failed);
    assert!(world.forget(&play).await);
    let sent = world.calls("/sync/history/remove");
    assert_gone(&world).await;
    assert_eq!(world.calls("/sync/history/remove"), sent, "there is nothing to remove");
}

#[rstest]
#[tokio::test]
async fn a_lost_answer_to_the_removal_removes_nothing_else(
    #[values(FaultKind::ResetAfter, FaultKind::ResetBefore)] kind: FaultKind,
) {
    let world = World::connected().await;
    let play = Made::Watched.make(&world).await;
    let at = world.now();
    world.drain_all().await;
    // The same minute on another device: as good a match as ours.
    world.watched_elsewhere(at);
    world.fault_once("/sync/history/remove", kind);
    assert!(world.forget(&play).await);
    world.drain_all().await;
    assert_eq!(world.on_trakt().len(), 4);
}

#[tokio::test]
async fn a_title_watched_again_right_after_counts_though_trakt_remembers_the_play_that_is_gone() {
    let world = World::connected().await;
    world.sim.configure(|config| config.scrobble_window_minutes = 600);
    world.watch(90).await;
    world.drain_all().await;
    assert!(world.forget(&world.plays().await[0]).await);
    for removed_first in [true, false] {
        if removed_first {
            world.drain_all().await;
        }
        world.watch(90).await;
        world.drain_all().await;
        world.assert_in_step(1).await;
        assert!(world.forget(&world.plays().await[0]).await);
    }
    world.drain_all().await;
    world.assert_in_step(0).await;
}

#[tokio::test]
async fn a_play_taken_back_while_disconnected_does_not_come_back_with_the_connection() {
    let world = World::connected().await;
    let play = Made::Watched.make(&world).await;
    posting(&world, Made::Watched, LOST);
    world.drain().await;
    world.engine.disconnect(world.user_id).await.unwrap();
    assert!(world.forget(&play).await);
    world.connect().await;
    assert_gone(&world).await;
}

#[rstest]
#[tokio::test]
async fn a_play_deleted_while_disconnected_is_removed_when_the_connection_returns(
    #[values(Made::Marked, Made::MarkedUndated, Made::Watched, Made::WatchedLate)] made: Made,
) {
    let world = World::connected().await;
    let play = made.make(&world).await;
    world.drain_all().await;
    world.engine.disconnect(world.user_id).await.unwrap();
    assert!(world.forget(&play).await);
    assert_eq!(world.on_trakt().len(), 4, "nobody can tell Trakt now");
    world.wait(3600);
    world.connect().await;
    assert_gone(&world).await;
}

#[tokio::test]
async fn what_was_deleted_while_disconnected_is_not_removed_from_another_account() {
    let world = World::connected().await;
    let play = Made::Watched.make(&world).await;
    world.drain_all().await;
    world.engine.disconnect(world.user_id).await.unwrap();
    assert!(world.forget(&play).await);
    world.connect_as(trakt_sim::GUEST_USER).await;
    world.drain_all().await;
    assert_eq!((world.on_trakt().len(), world.calls("/sync/history/remove")), (4, 0));
    world.connect().await;
    assert_gone(&world).await;
}
