//! Problems with the account: nothing is lost, and waiting messages are sent when the problem is solved.

use chrono::TimeDelta;
use db::kinds::OutboxState;
use rstest::rstest;
use secrecy::SecretString;
use sync::{
    AccountStatus, ApplicationCheck, DotMessage, DotState, Drained, Failure, Hint, Limit, RowFailure,
    SyncEvent, check_application, outbox::payload::When,
};
use trakt_sim::{
    AccountStatus as SimStatus, ApplicationStatus, DEMO_CLIENT_ID, DEMO_CLIENT_SECRET, DEMO_USER, Fault,
    FaultKind,
};

use crate::fixture::{Fixture, to_the_minute};

#[tokio::test]
async fn a_revoked_connection_asks_to_reconnect_and_keeps_waiting_messages() {
    let fixture = Fixture::connected().await;
    fixture.sim.revoke_tokens(DEMO_USER);
    let player = fixture.watch(90).await;
    let stopped_at = fixture.now();
    assert_eq!(fixture.drain().await, Drained::Stopped);
    assert_eq!(fixture.status().await, AccountStatus::Reconnect);
    let dot = player.dot().await;
    assert_eq!((dot.state, dot.hint, dot.counted), (DotState::Failed, Some(Hint::Connect), true));
    let calls = fixture.sim.requests().len();
    assert_eq!(fixture.drain().await, Drained::Stopped);
    assert_eq!(fixture.sim.requests().len(), calls, "no calls without a valid connection");

    fixture.wait(3600);
    fixture.connect().await;
    fixture.drain_all().await;
    fixture.assert_in_sync(1).await;
    assert_eq!(fixture.on_trakt()[0].watched_at, to_the_minute(stopped_at));
}

#[tokio::test]
async fn a_disallowed_application_stops_calling_until_a_new_key_is_entered() {
    let fixture = Fixture::connected().await;
    fixture.sim.set_application_status(DEMO_CLIENT_ID, ApplicationStatus::Disallowed);
    let player = fixture.watch(90).await;
    assert_eq!(fixture.drain().await, Drained::Stopped);
    assert_eq!(fixture.status().await, AccountStatus::ApplicationNotAllowed);
    assert_eq!(player.dot().await.hint, Some(Hint::Application));
    let calls = fixture.sim.requests().len();
    fixture.drain().await;
    assert_eq!(fixture.sim.requests().len(), calls);

    // The membership was renewed: the same key works again, and the tokens have always been valid.
    fixture.sim.set_application_status(DEMO_CLIENT_ID, ApplicationStatus::Allowed);
    fixture.engine.set_application(DEMO_CLIENT_ID, SecretString::from(DEMO_CLIENT_SECRET)).await.unwrap();
    assert_eq!(fixture.status().await, AccountStatus::Connected);
    fixture.drain_all().await;
    fixture.assert_in_sync(1).await;
}

#[tokio::test]
async fn accounts_continue_when_trakt_allows_the_application_again() {
    let fixture = Fixture::connected().await;
    fixture.sim.set_application_status(DEMO_CLIENT_ID, ApplicationStatus::Disallowed);
    let player = fixture.watch(90).await;
    assert_eq!(fixture.drain().await, Drained::Stopped);
    assert!(!fixture.engine.check_refused_application().await.unwrap());
    assert_eq!(fixture.status().await, AccountStatus::ApplicationNotAllowed);
    fixture.sim.set_application_status(DEMO_CLIENT_ID, ApplicationStatus::Allowed);
    assert!(fixture.engine.check_refused_application().await.unwrap());
    assert_eq!((fixture.status().await, player.dot().await.hint), (AccountStatus::Connected, None));
    fixture.drain_all().await;
    fixture.assert_in_sync(1).await;
    let calls = fixture.sim.requests().len();
    assert!(!fixture.engine.check_refused_application().await.unwrap());
    assert_eq!(fixture.sim.requests().len(), calls, "no calls while no account is stopped");
}

#[tokio::test]
async fn every_open_player_is_notified_when_an_account_stops() {
    let fixture = Fixture::connected().await;
    let player = fixture.player().await;
    player.play().await;
    fixture.drain().await;
    let mut events = fixture.engine.subscribe();
    fixture.sim.set_application_status(DEMO_CLIENT_ID, ApplicationStatus::Disallowed);
    // Another message fails; the player itself has nothing to send.
    fixture.mark(&[&fixture.movie], When::At(fixture.now() - TimeDelta::days(9))).await;
    assert_eq!(fixture.drain().await, Drained::Stopped);
    let mut hints = Vec::new();
    while let Ok(event) = events.try_recv() {
        if let SyncEvent::Scrobble { session_id, status, .. } = event
            && session_id == player.id
        {
            hints.push(status.hint);
        }
    }
    assert_eq!(hints.last(), Some(&Some(Hint::Application)));
}

#[rstest]
#[case(SimStatus::Locked, AccountStatus::Locked)]
#[case(SimStatus::Deactivated, AccountStatus::Deactivated)]
#[tokio::test]
async fn a_locked_account_keeps_waiting_messages(#[case] there: SimStatus, #[case] here: AccountStatus) {
    let fixture = Fixture::connected().await;
    fixture.sim.set_account_status(DEMO_USER, there);
    fixture.watch(90).await;
    assert_eq!(fixture.drain().await, Drained::Stopped);
    assert_eq!(fixture.status().await, here);
    assert_eq!(fixture.plays().await.len(), 1);

    fixture.sim.set_account_status(DEMO_USER, SimStatus::Open);
    let stop = fixture.queue().await.pop().unwrap();
    assert!(fixture.engine.retry(fixture.user_id, stop.id).await.unwrap(), "the user requests a retry");
    fixture.drain_all().await;
    fixture.assert_in_sync(1).await;
}

#[tokio::test]
async fn a_full_account_reports_the_limit_and_does_not_block_other_messages() {
    let fixture = Fixture::connected().await;
    fixture.sim.configure(|config| config.vip.history = 0);
    let player = fixture.watch(90).await;
    fixture.drain_all().await;
    let dot = player.dot().await;
    assert_eq!((dot.state, dot.counted), (DotState::Failed, true));
    let DotMessage::Refused(Some(RowFailure::Known(Failure::AccountLimit { what, .. }))) = dot.message else {
        panic!("{:?}", dot.message)
    };
    assert_eq!(what, Limit::History);
    assert_eq!(fixture.status().await, AccountStatus::Connected, "everything else works");

    let other = fixture.player_of(&[&fixture.episodes[0]], false).await;
    other.play().await;
    fixture.drain_all().await;
    assert_eq!(other.dot().await.state, DotState::Scrobbling);

    fixture.sim.configure(|config| config.vip.history = 10);
    let row = fixture.queue().await.pop().unwrap();
    assert!(fixture.engine.retry(fixture.user_id, row.id).await.unwrap());
    fixture.drain_all().await;
    fixture.assert_in_sync(1).await;
}

#[tokio::test]
async fn a_token_is_renewed_once_and_shared_by_all_nodes() {
    let fixture = Fixture::connected().await;
    let second = fixture.another_engine().await;
    // Both nodes have the first token pair in memory.
    fixture.watch(90).await;
    fixture.drain_all().await;
    fixture.wait(7200);
    let player = fixture.player().await;
    player.play().await;
    fixture.wait(100);
    fixture.drain_all_on(&second).await;

    fixture.wait(8 * 86_400);
    for (engine, episode) in [(&fixture.engine, 0), (&second, 1)] {
        let player = fixture.player_of(&[&fixture.episodes[episode]], false).await;
        player.play().await;
        fixture.wait(200);
        player.watch_to(90).stop().await;
        fixture.drain_all_on(engine).await;
    }
    let refreshes = fixture.sim.requests().iter().filter(|request| request.path == "/oauth/token").count();
    assert_eq!(refreshes, 1, "the refresh token works once, and both nodes share the new pair");
    assert_eq!(fixture.status().await, AccountStatus::Connected);
    fixture.assert_in_sync(3).await;
}

/// Refresh tokens work only once. If the response to a renewal is lost, only the next attempt shows whether
/// Trakt had renewed the pair. If it had, the user must connect again, and waiting messages are sent then.
#[rstest]
#[case::it_never_arrived(FaultKind::ResetBefore, false)]
#[case::bad_gateway(FaultKind::Empty { status: 502 }, false)]
#[case::the_answer_was_lost(FaultKind::ResetAfter, true)]
#[case::half_the_answer_was_lost(FaultKind::Truncate, true)]
#[tokio::test]
async fn a_token_renewal_without_a_response_is_retried_and_loses_no_play(
    #[case] kind: FaultKind,
    #[case] ends: bool,
) {
    let fixture = Fixture::connected().await;
    fixture.wait(8 * 86_400);
    fixture.mark(&[&fixture.movie], When::At(fixture.now() - chrono::TimeDelta::hours(3))).await;
    fixture.sim.clear_requests();
    fixture.fault_once("/oauth/token", kind);
    fixture.watch(90).await;
    let mut drained = fixture.drain().await;
    while let Drained::Until(moment) = drained {
        fixture.wait((moment - fixture.now()).num_seconds().max(1));
        drained = fixture.drain().await;
    }
    let renewals = fixture.sim.requests().iter().filter(|request| request.path == "/oauth/token").count();
    assert_eq!(renewals, 2, "exactly one retry");
    if ends {
        assert_eq!((drained, fixture.status().await), (Drained::Stopped, AccountStatus::Reconnect));
        assert_eq!((fixture.plays().await.len(), fixture.on_trakt().len()), (2, 0));
        fixture.wait(86_400);
        fixture.connect().await;
        fixture.drain_all().await;
    }
    assert_eq!(fixture.status().await, AccountStatus::Connected);
    fixture.assert_in_sync(2).await;
    assert_eq!(fixture.queue().await, []);
}

#[tokio::test]
async fn disconnecting_revokes_the_token_and_loses_nothing() {
    let fixture = Fixture::connected().await;
    fixture.watch(90).await;
    fixture.drain_all().await;
    fixture.watch(50).await;
    assert!(fixture.engine.disconnect(fixture.user_id).await.unwrap(), "the token was revoked on Trakt");
    assert_eq!(fixture.status().await, AccountStatus::Disconnected);
    assert_eq!(fixture.plays().await.len(), 1);
    assert_eq!(fixture.drain().await, Drained::Stopped);

    let mut away = Fixture::connected().await;
    away.sim.close_port().await;
    assert!(!away.engine.disconnect(away.user_id).await.unwrap());
    assert_eq!(away.status().await, AccountStatus::Disconnected, "the token is deleted here in any case");
}

#[tokio::test]
async fn messages_for_one_account_are_not_sent_to_another() {
    let mut fixture = Fixture::connected().await;
    fixture.sim.close_port().await;
    fixture.watch(90).await;
    assert!(!fixture.engine.disconnect(fixture.user_id).await.unwrap());
    fixture.sim.open_port().await.unwrap();
    fixture.connect_as("guest").await;
    fixture.drain_all().await;
    assert!(fixture.on_trakt_of("guest").is_empty(), "the guest has not watched it");
    let [row] = &fixture.queue().await[..] else { panic!("one row is left") };
    assert_eq!((row.state, row.error_code.as_deref()), (OutboxState::Failed, Some("other_account")));

    assert!(
        fixture.engine.retry(fixture.user_id, row.id).await.unwrap(),
        "the user retries it for this account"
    );
    fixture.drain_all().await;
    assert_eq!(fixture.on_trakt_of("guest").len(), 1);
}

#[tokio::test]
async fn waiting_messages_are_sent_when_the_same_account_is_reconnected() {
    let mut fixture = Fixture::connected().await;
    fixture.sim.close_port().await;
    fixture.watch(90).await;
    assert!(!fixture.engine.disconnect(fixture.user_id).await.unwrap());
    fixture.sim.open_port().await.unwrap();
    fixture.connect().await;
    fixture.drain_all().await;
    fixture.assert_in_sync(1).await;
}

#[tokio::test]
async fn the_profile_and_limits_are_stored_and_the_token_is_encrypted() {
    let fixture = Fixture::connected().await;
    let account = db::trakt_accounts::find(&*fixture.db, fixture.user_id).await.unwrap().unwrap();
    assert_eq!(account.username.as_deref(), Some(DEMO_USER));
    assert!(account.is_vip);
    assert!(account.limits["list"]["count"].is_u64());
    let token = account.token.unwrap();
    assert!(!token.windows(12).any(|window| window == b"access_token"));
}

#[tokio::test]
async fn an_application_survives_a_restart() {
    let mut fixture = Fixture::connected().await;
    fixture.crash().await;
    assert_eq!(fixture.status().await, AccountStatus::Connected);
    fixture.engine.remove_application().await.unwrap();
    assert_eq!(fixture.status().await, AccountStatus::NotConfigured);
    fixture.crash().await;
    assert_eq!(fixture.status().await, AccountStatus::NotConfigured);
}

#[rstest]
#[case::good(DEMO_CLIENT_ID, DEMO_CLIENT_SECRET, ApplicationCheck::Good)]
#[case::wrong_secret(DEMO_CLIENT_ID, "wrong", ApplicationCheck::WrongSecret)]
#[case::unknown_id("0000", DEMO_CLIENT_SECRET, ApplicationCheck::NotAllowed)]
#[tokio::test]
async fn an_application_is_checked_with_trakt(
    #[case] id: &str,
    #[case] secret: &str,
    #[case] expected: ApplicationCheck,
) {
    let fixture = Fixture::unconnected().await;
    let client = fixture.engine.client_for(id, SecretString::from(secret.to_owned())).unwrap();
    assert_eq!(check_application(&client).await, expected);
}

#[tokio::test]
async fn an_unreachable_trakt_is_not_reported_as_a_wrong_key() {
    let mut fixture = Fixture::unconnected().await;
    fixture.sim.close_port().await;
    let client = fixture.engine.client_for(DEMO_CLIENT_ID, SecretString::from(DEMO_CLIENT_SECRET)).unwrap();
    assert_eq!(check_application(&client).await, ApplicationCheck::Unreachable);
}

/// The account is connected before Trakt has reported its profile.
#[rstest]
#[tokio::test]
async fn an_import_can_be_requested_right_after_connecting(#[values(true, false)] only_previewed: bool) {
    let fixture = Fixture::unconnected().await;
    fixture.sim.add_fault(Fault::on("/users/settings", FaultKind::Empty { status: 503 }));
    fixture.connect().await;
    let refused = fixture.engine.begin_import(fixture.user_id, true).await;
    assert!(matches!(refused, Err(sync::Error::NotConnected)), "{refused:?}");
    fixture.sim.clear_faults();
    fixture.wait(60);
    if only_previewed {
        assert_eq!(fixture.engine.preview_import(fixture.user_id).await.unwrap().plays, 0);
    } else {
        fixture.engine.begin_import(fixture.user_id, true).await.unwrap();
    }
}

#[tokio::test]
async fn a_profile_that_could_not_be_read_is_requested_again() {
    let mut fixture = Fixture::unconnected().await;
    let username = async |fixture: &Fixture| {
        let account = db::trakt_accounts::find(&*fixture.db, fixture.user_id).await.unwrap().unwrap();
        account.username.filter(|name| !name.is_empty())
    };
    fixture.sim.add_fault(Fault::on("/users/settings", FaultKind::Empty { status: 503 }).times(3));
    fixture.connect().await;
    assert_eq!(username(&fixture).await, None);
    fixture.watch(90).await;
    fixture.drain_all().await;
    fixture.assert_in_sync(1).await;
    assert_eq!(username(&fixture).await, None, "nothing waits for the profile");
    let asked = fixture.calls("/users/settings");
    fixture.drain().await;
    assert_eq!(fixture.calls("/users/settings"), asked, "it is not requested again immediately");
    fixture.wait(60);
    fixture.crash().await;
    for _ in 0..2 {
        fixture.drain().await;
        fixture.wait(60);
    }
    assert_eq!(username(&fixture).await.as_deref(), Some(DEMO_USER));
    let asked = fixture.calls("/users/settings");
    fixture.drain().await;
    assert_eq!(fixture.calls("/users/settings"), asked);
}

#[tokio::test]
async fn messages_for_one_account_wait_until_the_new_account_is_identified() {
    let mut fixture = Fixture::connected().await;
    fixture.sim.close_port().await;
    fixture.watch(90).await;
    fixture.engine.disconnect(fixture.user_id).await.unwrap();
    fixture.sim.open_port().await.unwrap();
    fixture.sim.add_fault(Fault::on("/users/settings", FaultKind::Html { status: 520 }).times(2));
    fixture.connect_as("guest").await;
    assert!(matches!(fixture.drain().await, Drained::Until(_)));
    fixture.wait(60);
    fixture.drain_all().await;
    assert!(fixture.on_trakt_of("guest").is_empty());
    assert_eq!(fixture.queue().await[0].error_code.as_deref(), Some("other_account"));
}

#[tokio::test]
async fn a_token_pair_renewed_while_connecting_is_kept() {
    let mut fixture = Fixture::unconnected().await;
    let pair = fixture.fresh_pair(DEMO_USER);
    // Connecting renews the pair first, which invalidates the old pair on Trakt.
    fixture.wait(6 * 86_400);
    fixture.engine.connect_with(fixture.user_id, &pair).await.unwrap();
    assert_eq!(fixture.calls("/oauth/token"), 1);
    fixture.crash().await;
    fixture.watch(90).await;
    fixture.drain_all().await;
    assert_eq!(fixture.status().await, AccountStatus::Connected);
    fixture.assert_in_sync(1).await;
}

#[tokio::test]
async fn a_temporary_renewal_failure_fails_no_message() {
    let fixture = Fixture::connected().await;
    // The access token has expired.
    fixture.wait(8 * 86_400);
    fixture.sim.add_fault(Fault::on("/oauth/token", FaultKind::Empty { status: 503 }).times(4));
    fixture.mark(&[&fixture.movie], When::At(fixture.now())).await;
    let mut paused = false;
    for _ in 0..6 {
        fixture.drain().await;
        let queue = fixture.queue().await;
        assert!(queue.iter().all(|row| row.state != OutboxState::Failed), "{queue:?}");
        paused |= matches!(fixture.status().await, AccountStatus::Troubled(_));
        fixture.wait(10);
    }
    assert!(paused, "the account was paused by the fault");
    fixture.drain_all().await;
    fixture.assert_in_sync(1).await;
}

/// Trakt counts all requests of the account, whichever node sends them, so every node reports the same.
#[tokio::test]
async fn the_requests_of_the_window_are_known_on_every_node() {
    let fixture = Fixture::unconnected().await;
    assert_eq!(fixture.engine.requests(fixture.user_id).await.unwrap(), None);
    fixture.connect().await;
    fixture.wait(600);
    fixture.sim.clear_requests();
    fixture.engine.begin_import(fixture.user_id, true).await.unwrap();
    while !matches!(fixture.engine.pull(fixture.user_id).await.unwrap(), sync::Pulled::Until(_)) {}
    let reads = fixture.sim.requests().iter().filter(|request| request.method == "GET").count();
    let own = fixture.engine.requests(fixture.user_id).await.unwrap().unwrap();
    assert_eq!((own.used as usize, own.limit), (reads, 500));
    let resets_at = own.resets_at.unwrap();
    assert!(resets_at > fixture.now() && resets_at - fixture.now() <= TimeDelta::minutes(5));

    let other = fixture.another_engine().await.requests(fixture.user_id).await.unwrap().unwrap();
    assert!(other.used >= 1 && other.used <= own.used, "{other:?}");
    assert_eq!(other.resets_at, own.resets_at);
    fixture.wait(300);
    let after = fixture.engine.requests(fixture.user_id).await.unwrap().unwrap();
    assert_eq!((after.used, after.resets_at), (0, None));
    fixture.engine.disconnect(fixture.user_id).await.unwrap();
    assert_eq!(fixture.engine.requests(fixture.user_id).await.unwrap(), None);
}
