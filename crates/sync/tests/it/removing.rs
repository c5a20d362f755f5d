//! Plays that are removed while they are being sent: they stay removed here and on Trakt, and plays from
//! elsewhere are kept.

use chrono::TimeDelta;
use db::{kinds::OutboxState, rows::Play};
use rstest::rstest;
use sync::{AccountStatus, outbox::payload::When};
use trakt_sim::{Fault, FaultKind};

use crate::fixture::Fixture;

/// How a play was made.
#[derive(Clone, Copy, Debug)]
enum Made {
    /// Marked manually.
    Marked,
    /// Marked manually as watched when it was released; Trakt dates it.
    MarkedUndated,
    /// Watched in the player. Trakt first requested a wait, so the play already counts here.
    Watched,
    /// Watched in the player, too long ago for a scrobble.
    WatchedLate,
}

impl Made {
    /// The path that it is sent to.
    fn path(self) -> &'static str {
        match self {
            Self::Watched => "/scrobble/stop",
            Self::Marked | Self::MarkedUndated | Self::WatchedLate => "/sync/history",
        }
    }

    /// Makes a play that waits to be sent, with plays from elsewhere before and after it.
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
        // A late stop that was tried in time adopts what Trakt counted during the viewing.
        let amid_or_after = if matches!(self, Self::WatchedLate) { 90 } else { 30 };
        for minutes in [-200, -20, amid_or_after] {
            fixture.watched_elsewhere(before + TimeDelta::minutes(minutes));
        }
        let plays = fixture.plays().await;
        assert_eq!(plays.len(), 1, "it is in the timeline here");
        plays.into_iter().next().unwrap()
    }
}

/// Asserts that the play is gone here and on Trakt, and that plays from elsewhere are unaffected.
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

/// The response is lost after Trakt has applied the request.
const LOST: FaultKind = FaultKind::ResetAfter;

/// Trakt responds to a removal with 200, but has silently removed only some entries, or none.
#[rstest]
#[tokio::test]
async fn a_removal_without_effect_is_repeated(
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

/// The removal is tried a few times; then the failure is reported.
#[tokio::test]
async fn an_entry_that_trakt_does_not_remove_is_reported() {
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

/// The entry was already removed on another device.
#[tokio::test]
async fn removing_an_entry_that_is_already_gone_succeeds() {
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
async fn a_play_removed_while_waiting_is_never_sent(
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
async fn a_play_removed_while_being_sent_is_removed_on_trakt_if_it_arrives(
    #[case] kind: Option<FaultKind>,
    #[values(Made::Marked, Made::MarkedUndated, Made::Watched, Made::WatchedLate)] made: Made,
    #[values(false, true)] dies: bool,
) {
    let mut fixture = Fixture::connected().await;
    let play = made.make(&fixture).await;
    kind.into_iter().for_each(|kind| posting(&fixture, made, kind));
    let removed = async { assert!(fixture.forget(&play).await) };
    let sending = fixture.drain_while(made.path(), removed).await;
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
async fn a_play_removed_in_doubt_is_looked_up_and_removed_if_it_arrived(
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
async fn a_play_that_arrived_is_removed_even_if_its_id_is_unknown(
    #[values(Made::Marked, Made::MarkedUndated, Made::Watched, Made::WatchedLate)] made: Made,
    #[values(true, false)] id_is_known: bool,
) {
    let fixture = Fixture::connected().await;
    let play = made.make(&fixture).await;
    if id_is_known {
        fixture.drain_all().await;
        assert!(fixture.plays().await[0].trakt_history_id.is_some());
    } else {
        // The response is read, but the lookup of the ID fails.
        let sending = fixture.drain_while(made.path(), async {}).await;
        fixture.sim.add_fault(Fault::on("/sync/history", FaultKind::Empty { status: 500 }).method("GET"));
        sending.await.unwrap();
    }
    assert!(fixture.forget(&play).await);
    assert_gone(&fixture).await;
}

#[rstest]
#[tokio::test]
async fn a_rejected_play_is_not_retried_after_its_removal(
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
    assert_eq!(fixture.calls("/sync/history/remove"), sent, "nothing is on Trakt to remove");
}

#[rstest]
#[tokio::test]
async fn a_lost_response_to_a_removal_removes_nothing_else(
    #[values(FaultKind::ResetAfter, FaultKind::ResetBefore)] kind: FaultKind,
) {
    let fixture = Fixture::connected().await;
    let play = Made::Watched.make(&fixture).await;
    let at = fixture.now();
    fixture.drain_all().await;
    // The same minute on another device: an equally good match.
    fixture.watched_elsewhere(at);
    fixture.fault_once("/sync/history/remove", kind);
    assert!(fixture.forget(&play).await);
    fixture.drain_all().await;
    assert_eq!(fixture.on_trakt().len(), 4);
}

#[tokio::test]
async fn a_rewatch_counts_although_trakt_remembers_the_removed_play() {
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
        fixture.assert_in_sync(1).await;
        assert!(fixture.forget(&fixture.plays().await[0]).await);
    }
    fixture.drain_all().await;
    fixture.assert_in_sync(0).await;
}

/// Nothing else is sent that could show that Trakt responds again.
#[tokio::test]
async fn checking_for_a_removed_play_ends_a_temporary_problem() {
    let fixture = Fixture::connected().await;
    let marked = fixture.mark(&[&fixture.movie], When::At(fixture.now())).await;
    posting(&fixture, Made::Marked, LOST);
    fixture.drain().await;
    assert!(matches!(fixture.status().await, AccountStatus::Troubled(_)));
    assert!(fixture.forget(&marked[0]).await);
    fixture.drain_until(TimeDelta::minutes(15)).await;
    assert_eq!(fixture.queue().await, []);
    assert_eq!(fixture.status().await, AccountStatus::Connected);
    fixture.assert_in_sync(0).await;
}

#[tokio::test]
async fn a_play_removed_while_disconnected_does_not_return_after_reconnecting() {
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
async fn a_play_deleted_while_disconnected_is_removed_on_trakt_after_reconnecting(
    #[values(Made::Marked, Made::MarkedUndated, Made::Watched, Made::WatchedLate)] made: Made,
) {
    let fixture = Fixture::connected().await;
    let play = made.make(&fixture).await;
    fixture.drain_all().await;
    fixture.engine.disconnect(fixture.user_id).await.unwrap();
    assert!(fixture.forget(&play).await);
    assert_eq!(fixture.on_trakt().len(), 4, "nothing can be removed on Trakt now");
    fixture.wait(3600);
    fixture.connect().await;
    assert_gone(&fixture).await;
}

#[tokio::test]
async fn a_play_deleted_while_disconnected_is_not_removed_from_another_account() {
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
