//! Plays that are taken back while Trakt is being told of them: they stay away, here and there, and what was watched
//! elsewhere stays.

use chrono::TimeDelta;
use db::{kinds::OutboxState, rows::Play};
use rstest::rstest;
use sync::{AccountStatus, outbox::payload::When};
use trakt_sim::{Fault, FaultKind};

use crate::fixture::Fixture;

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
    async fn make(self, fixture: &Fixture) -> Play {
        let before = fixture.now();
        match self {
            Self::Marked => drop(fixture.mark(&[&fixture.movie], When::At(before)).await),
            Self::MarkedUndated => drop(fixture.mark(&[&fixture.movie], When::Released).await),
            Self::Watched => {
                fixture.watch(90).await;
                let slower = FaultKind::RateLimit { headers: true, retry_after: Some(5) };
                fixture.fault_once("/scrobble/stop", slower);
                fixture.drain().await;
                fixture.wait(6);
            }
            Self::WatchedLate => {
                fixture.watch(90).await;
                let slower = FaultKind::RateLimit { headers: true, retry_after: Some(5) };
                fixture.fault_once("/scrobble/stop", slower);
                fixture.drain().await;
                fixture.wait(400);
            }
        }
        // A late stop that was tried in time takes what Trakt counted during the viewing for itself.
        let amid_or_after = if matches!(self, Self::WatchedLate) { 90 } else { 30 };
        for minutes in [-200, -20, amid_or_after] {
            fixture.watched_elsewhere(before + TimeDelta::minutes(minutes));
        }
        let plays = fixture.plays().await;
        assert_eq!(plays.len(), 1, "it is in the timeline here");
        plays.into_iter().next().unwrap()
    }
}

/// Nothing is left of it, here or on Trakt, and what was watched elsewhere is untouched.
async fn assert_gone(fixture: &Fixture) {
    fixture.sim.clear_faults();
    fixture.drain_all().await;
    assert_eq!(fixture.plays().await, []);
    assert_eq!(fixture.on_trakt().len(), 3, "the plays from elsewhere: {:?}", fixture.on_trakt());
    assert_eq!(fixture.queue().await, []);
}

fn posting(fixture: &Fixture, made: Made, kind: FaultKind) {
    fixture.sim.add_fault(Fault::on(made.path(), kind).method("POST").times(1));
}

/// The ways in which a call can go, besides well.
const LOST: FaultKind = FaultKind::ResetAfter;

/// Trakt answers a removal with 200 and has removed only some, or none, without a word about the rest.
#[rstest]
#[tokio::test]
async fn a_removal_that_did_nothing_is_no_removal(
    #[values(1, 2, 5)] count: usize,
    #[values(0, 1)] keep: usize,
    #[values(1, 2)] times: u32,
) {
    let fixture = Fixture::connected().await;
    let mut plays = Vec::new();
    for days in 1..=count {
        let at = fixture.now() - TimeDelta::days(i64::try_from(days).unwrap());
        plays.extend(fixture.mark(&[&fixture.movie], When::At(at)).await);
    }
    fixture.drain_all().await;
    assert_eq!(fixture.on_trakt().len(), count);
    let removing = Fault::on("/sync/history/remove", FaultKind::PartialAdd { keep }).times(times);
    fixture.sim.add_fault(removing);
    for play in fixture.plays().await {
        assert!(fixture.forget(&play).await);
    }
    fixture.drain_all().await;
    assert_eq!(fixture.on_trakt(), []);
    assert_eq!(fixture.queue().await, []);
}

/// It is tried a few times; then the person is told.
#[tokio::test]
async fn what_trakt_keeps_in_spite_of_its_removal_is_said() {
    let fixture = Fixture::connected().await;
    let play = fixture.mark(&[&fixture.movie], When::At(fixture.now())).await.remove(0);
    fixture.drain_all().await;
    fixture.sim.add_fault(Fault::on("/sync/history/remove", FaultKind::PartialAdd { keep: 0 }));
    let play = fixture.plays().await.into_iter().find(|one| one.id == play.id).unwrap();
    assert!(fixture.forget(&play).await);
    fixture.drain_all().await;
    assert_eq!((fixture.on_trakt().len(), fixture.calls("/sync/history/remove")), (1, 4));
    let queue = fixture.queue().await;
    assert_eq!((queue.len(), queue[0].state), (1, OutboxState::Failed));
    assert_eq!(queue[0].error_code.as_deref(), Some("not_taken"));
}

/// Somebody else was faster.
#[tokio::test]
async fn an_entry_that_is_gone_already_is_done() {
    let fixture = Fixture::connected().await;
    fixture.mark(&[&fixture.movie], When::At(fixture.now())).await;
    fixture.drain_all().await;
    let play = fixture.plays().await.remove(0);
    let ids = serde_json::json!({"ids": [play.trakt_history_id]});
    fixture.sim.act(trakt_sim::DEMO_USER, "POST", "/sync/history/remove", Some(&ids));
    assert!(fixture.forget(&play).await);
    fixture.drain_all().await;
    assert_eq!((fixture.queue().await, fixture.calls("/sync/history/remove")), (Vec::new(), 1));
}

#[rstest]
#[tokio::test]
async fn what_waits_is_never_sent(
    #[values(Made::Marked, Made::MarkedUndated, Made::Watched, Made::WatchedLate)] made: Made,
) {
    let fixture = Fixture::connected().await;
    let play = made.make(&fixture).await;
    let adding = fixture.calls(made.path());
    assert!(fixture.forget(&play).await);
    assert_gone(&fixture).await;
    assert_eq!(fixture.calls(made.path()), adding);
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
    let mut fixture = Fixture::connected().await;
    let play = made.make(&fixture).await;
    kind.into_iter().for_each(|kind| posting(&fixture, made, kind));
    let taken_back = async { assert!(fixture.forget(&play).await) };
    let sending = fixture.drain_while(made.path(), taken_back).await;
    if dies {
        drop(sending);
        fixture.crash().await;
    } else {
        sending.await.unwrap();
    }
    assert_gone(&fixture).await;
}

#[rstest]
#[tokio::test]
async fn what_is_in_doubt_is_looked_up_and_removed_if_it_arrived(
    #[values(Made::Marked, Made::MarkedUndated, Made::Watched, Made::WatchedLate)] made: Made,
    #[values(FaultKind::ResetAfter, FaultKind::ResetBefore)] kind: FaultKind,
    #[values(false, true)] dies: bool,
) {
    let mut fixture = Fixture::connected().await;
    let play = made.make(&fixture).await;
    posting(&fixture, made, kind);
    fixture.drain().await;
    assert_eq!(fixture.queue().await[0].state, OutboxState::Unknown);
    assert!(fixture.forget(&play).await);
    if dies {
        fixture.crash().await;
    }
    let sent = fixture.sim.requests().iter().filter(|call| call.method == "POST").count();
    assert_gone(&fixture).await;
    let removals = fixture.calls("/sync/history/remove");
    let since = fixture.sim.requests().iter().filter(|call| call.method == "POST").count() - sent;
    assert_eq!(since, removals, "nothing is sent again");
}

#[rstest]
#[tokio::test]
async fn what_has_arrived_is_removed_also_when_its_id_is_not_known(
    #[values(Made::Marked, Made::MarkedUndated, Made::Watched, Made::WatchedLate)] made: Made,
    #[values(true, false)] id_is_known: bool,
) {
    let fixture = Fixture::connected().await;
    let play = made.make(&fixture).await;
    if id_is_known {
        fixture.drain_all().await;
        assert!(fixture.plays().await[0].trakt_history_id.is_some());
    } else {
        // The answer is read; the look that asks for the id fails.
        let sending = fixture.drain_while(made.path(), async {}).await;
        fixture.sim.add_fault(Fault::on("/sync/history", FaultKind::Empty { status: 500 }).method("GET"));
        sending.await.unwrap();
    }
    assert!(fixture.forget(&play).await);
    assert_gone(&fixture).await;
}

#[rstest]
#[tokio::test]
async fn what_trakt_refused_is_not_tried_again(
    #[values(Made::Marked, Made::MarkedUndated, Made::Watched, Made::WatchedLate)] made: Made,
) {
    let fixture = Fixture::connected().await;
    let play = made.make(&fixture).await;
    posting(&fixture, made, FaultKind::Empty { status: 420 });
    fixture.drain().await;
    assert_eq!(fixture.queue().await[0].state, OutboxState::Failed);
    assert!(fixture.forget(&play).await);
    let sent = fixture.calls("/sync/history/remove");
    assert_gone(&fixture).await;
    assert_eq!(fixture.calls("/sync/history/remove"), sent, "there is nothing to remove");
}

#[rstest]
#[tokio::test]
async fn a_lost_answer_to_the_removal_removes_nothing_else(
    #[values(FaultKind::ResetAfter, FaultKind::ResetBefore)] kind: FaultKind,
) {
    let fixture = Fixture::connected().await;
    let play = Made::Watched.make(&fixture).await;
    let at = fixture.now();
    fixture.drain_all().await;
    // The same minute on another device: as good a match as ours.
    fixture.watched_elsewhere(at);
    fixture.fault_once("/sync/history/remove", kind);
    assert!(fixture.forget(&play).await);
    fixture.drain_all().await;
    assert_eq!(fixture.on_trakt().len(), 4);
}

#[tokio::test]
async fn a_title_watched_again_right_after_counts_though_trakt_remembers_the_play_that_is_gone() {
    let fixture = Fixture::connected().await;
    fixture.sim.configure(|config| config.scrobble_window_minutes = 600);
    fixture.watch(90).await;
    fixture.drain_all().await;
    assert!(fixture.forget(&fixture.plays().await[0]).await);
    for removed_first in [true, false] {
        if removed_first {
            fixture.drain_all().await;
        }
        fixture.watch(90).await;
        fixture.drain_all().await;
        fixture.assert_in_step(1).await;
        assert!(fixture.forget(&fixture.plays().await[0]).await);
    }
    fixture.drain_all().await;
    fixture.assert_in_step(0).await;
}

/// Nothing else is sent that could show that Trakt answers again.
#[tokio::test]
async fn looking_for_what_was_taken_back_shows_that_the_trouble_is_over() {
    let fixture = Fixture::connected().await;
    let marked = fixture.mark(&[&fixture.movie], When::At(fixture.now())).await;
    posting(&fixture, Made::Marked, LOST);
    fixture.drain().await;
    assert!(matches!(fixture.status().await, AccountStatus::Troubled(_)));
    assert!(fixture.forget(&marked[0]).await);
    fixture.drain_until(TimeDelta::minutes(15)).await;
    assert_eq!(fixture.queue().await, []);
    assert_eq!(fixture.status().await, AccountStatus::Connected);
    fixture.assert_in_step(0).await;
}

#[tokio::test]
async fn a_play_taken_back_while_disconnected_does_not_come_back_with_the_connection() {
    let fixture = Fixture::connected().await;
    let play = Made::Watched.make(&fixture).await;
    posting(&fixture, Made::Watched, LOST);
    fixture.drain().await;
    fixture.engine.disconnect(fixture.user_id).await.unwrap();
    assert!(fixture.forget(&play).await);
    fixture.connect().await;
    assert_gone(&fixture).await;
}

#[rstest]
#[tokio::test]
async fn a_play_deleted_while_disconnected_is_removed_when_the_connection_returns(
    #[values(Made::Marked, Made::MarkedUndated, Made::Watched, Made::WatchedLate)] made: Made,
) {
    let fixture = Fixture::connected().await;
    let play = made.make(&fixture).await;
    fixture.drain_all().await;
    fixture.engine.disconnect(fixture.user_id).await.unwrap();
    assert!(fixture.forget(&play).await);
    assert_eq!(fixture.on_trakt().len(), 4, "nobody can tell Trakt now");
    fixture.wait(3600);
    fixture.connect().await;
    assert_gone(&fixture).await;
}

#[tokio::test]
async fn what_was_deleted_while_disconnected_is_not_removed_from_another_account() {
    let fixture = Fixture::connected().await;
    let play = Made::Watched.make(&fixture).await;
    fixture.drain_all().await;
    fixture.engine.disconnect(fixture.user_id).await.unwrap();
    assert!(fixture.forget(&play).await);
    fixture.connect_as(trakt_sim::GUEST_USER).await;
    fixture.drain_all().await;
    assert_eq!((fixture.on_trakt().len(), fixture.calls("/sync/history/remove")), (4, 0));
    fixture.connect().await;
    assert_gone(&fixture).await;
}
