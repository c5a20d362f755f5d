//! Disallowed applications, edge blocks, private profiles, locked accounts, and reads without a token.

use rstest::rstest;
use trakt::{Error, Remedy};
use trakt_sim::{AccountStatus, ApplicationStatus, DEMO_CLIENT_ID, Fault, FaultKind, Person, Sim};

use crate::support::{Canned, Fixture, TRAKT_HEADERS, USER};

#[rstest]
#[case::deleted_or_unapproved(ApplicationStatus::Disallowed)]
#[case::its_owners_vip_lapsed(ApplicationStatus::VipLapsed)]
#[tokio::test]
async fn a_disallowed_application_keeps_the_tokens_and_works_again_once_allowed(
    #[case] status: ApplicationStatus,
) {
    let fixture = Fixture::new().await;
    let token = fixture.store.token().unwrap();
    fixture.sim.set_application_status(DEMO_CLIENT_ID, status);
    for error in [
        fixture.client.users().settings().await.unwrap_err(),
        fixture.client.movies().summary(fixture.movie(0)).await.unwrap_err(),
    ] {
        assert!(matches!(error, Error::ApplicationNotAllowed { .. }), "{error}");
        assert_eq!(error.remedy(), Remedy::FixApplication);
    }
    assert_eq!(fixture.refreshes(), 0, "the refresh token is not used up");
    assert!(fixture.store.token().unwrap().same_pair(&token));

    fixture.sim.set_application_status(DEMO_CLIENT_ID, ApplicationStatus::Allowed);
    fixture.client.users().settings().await.unwrap();
}

#[tokio::test]
async fn an_edge_403_blocks_every_call_until_it_ends() {
    let fixture = Fixture::new().await;
    fixture.sim.add_fault(Fault::on("*", FaultKind::EdgeForbidden));
    let error = fixture.client.users().settings().await.unwrap_err();
    assert!(matches!(error, Error::EdgeBlock { status: 403, .. }), "{error}");
    let sent = fixture.sim.requests().len();
    for _ in 0..10 {
        let error = fixture.client.sync().last_activities().await.unwrap_err();
        assert!(matches!(error, Error::EdgeBlock { .. }));
    }
    assert_eq!(fixture.sim.requests().len(), sent, "nothing is sent during an edge block");

    fixture.sim.clear_faults();
    fixture.sim.advance(chrono::Duration::minutes(6));
    fixture.client.users().settings().await.unwrap();
}

#[tokio::test]
async fn a_private_profile_affects_neither_token_nor_application() {
    let fixture =
        Fixture::with(Sim::builder().person(Person::new(USER)).person(Person::new("shy").private())).await;
    let error = fixture.client.users().stats("shy").await.unwrap_err();
    assert!(matches!(error, Error::Private | Error::NotFound), "{error}");
    assert_eq!(fixture.refreshes(), 0);
    fixture.client.users().settings().await.unwrap();
}

#[rstest]
#[case::locked(AccountStatus::Locked)]
#[case::deactivated(AccountStatus::Deactivated)]
#[tokio::test]
async fn a_locked_or_deactivated_account_must_be_restored_by_its_owner(#[case] status: AccountStatus) {
    let fixture = Fixture::new().await;
    fixture.sim.set_account_status(USER, status);
    let error = fixture.client.users().settings().await.unwrap_err();
    assert!(matches!(error.remedy(), Remedy::RestoreAccount(_)), "{error}");
    assert_eq!(matches!(error, Error::Locked), status == AccountStatus::Locked);
    assert_eq!(matches!(error, Error::Deactivated), status == AccountStatus::Deactivated);
    assert_eq!(fixture.refreshes(), 0);
}

/// `me` without a usable token fails before anything is sent: an anonymous 401 would read as "connect again".
#[tokio::test]
async fn a_read_of_me_is_never_sent_without_a_token() {
    let fixture = Fixture::new().await;
    fixture.age_token(1.1);
    fixture.sim.add_fault(Fault::on("/oauth/token", FaultKind::Html { status: 520 }));
    let users = fixture.client.users();
    let errors = [
        users.watching("me").await.map(|_| ()).unwrap_err(),
        users.profile("Me").await.map(|_| ()).unwrap_err(),
        users.movie_plays("me").collect_all().await.map(|_| ()).unwrap_err(),
        users.ratings("me", trakt::endpoints::MediaType::All).collect_all().await.map(|_| ()).unwrap_err(),
        users.lists("me").all().collect_all().await.map(|_| ()).unwrap_err(),
        users.lists("me").list("watched").summary().await.map(|_| ()).unwrap_err(),
        users.smart_lists("me").all().await.map(|_| ()).unwrap_err(),
    ];
    for error in errors {
        assert!(matches!(error.remedy(), Remedy::Wait { .. }), "{error:?}");
    }
    assert!(fixture.requests("/users").is_empty());

    // A public read of another member is sent without a token.
    users.profile(USER).await.unwrap();
    assert_eq!(fixture.requests("/users")[0].user, None);
}

#[tokio::test]
async fn a_rejected_anonymous_read_reports_why_there_was_no_token() {
    let canned = Canned::new(401, TRAKT_HEADERS, "").await;
    let never = canned.client_of(trakt::Application::new("the-client-id", "TraktTests/1.0"));
    never.auth().forget().await.unwrap();
    let error = never.users().stats("friend").await.unwrap_err();
    assert!(matches!(error, Error::NotConnected), "{error}");

    let fixture = Fixture::new().await;
    fixture.age_token(1.1);
    fixture.sim.add_fault(Fault::on("/oauth/token", FaultKind::Html { status: 520 }));
    fixture.sim.add_fault(Fault::on("/users/friend", FaultKind::Refused { status: 401, body: None }));
    let error = fixture.client.users().stats("friend").await.unwrap_err();
    assert!(matches!(error.remedy(), Remedy::Wait { .. }), "an outage, not a lost connection: {error:?}");
}

#[tokio::test]
async fn public_reads_work_without_an_account() {
    let fixture = Fixture::unconnected().await;
    fixture.client.movies().summary(fixture.movie(0)).await.unwrap();
    let request = &fixture.requests("/movies")[0];
    assert_eq!(request.user, None);
    assert!(matches!(fixture.client.users().settings().await, Err(Error::NotConnected)));
}

#[tokio::test]
async fn public_reads_continue_when_the_connection_is_lost() {
    let fixture = Fixture::new().await;
    fixture.sim.revoke_tokens(USER);
    fixture.client.movies().summary(fixture.movie(0)).await.unwrap();
    let error = fixture.client.users().settings().await.unwrap_err();
    assert_eq!(error.remedy(), Remedy::Reconnect);
    fixture.client.movies().summary(fixture.movie(0)).await.unwrap();
}
