//! facts.md, Applications and edge: what is gone, what is blocked, and what is neither.

use rstest::rstest;
use trakt::{Error, Remedy};
use trakt_sim::{AccountStatus, ApplicationStatus, DEMO_CLIENT_ID, Fault, FaultKind, Person, Sim};

use crate::support::{USER, World};

#[rstest]
#[case::deleted_or_unapproved(ApplicationStatus::Disallowed)]
#[case::its_owners_vip_lapsed(ApplicationStatus::VipLapsed)]
#[tokio::test]
async fn a_disallowed_application_keeps_the_tokens_and_works_again_once_allowed(
    #[case] status: ApplicationStatus,
) {
    let world = World::new().await;
    let token = world.store.token().unwrap();
    world.sim.set_application_status(DEMO_CLIENT_ID, status);
    for error in [
        world.client.users().settings().await.unwrap_err(),
        world.client.movies().summary(world.movie(0)).await.unwrap_err(),
    ] {
        assert!(matches!(error, Error::ApplicationNotAllowed { .. }), "{error}");
        assert_eq!(error.remedy(), Remedy::ReplaceApplication);
    }
    assert_eq!(world.refreshes(), 0, "the pair is not spent on it");
    assert!(world.store.token().unwrap().same_pair(&token));

    world.sim.set_application_status(DEMO_CLIENT_ID, ApplicationStatus::Allowed);
    world.client.users().settings().await.unwrap();
}

#[tokio::test]
async fn the_edges_403_is_a_block_to_wait_for_and_stops_every_call_meanwhile() {
    let world = World::new().await;
    world.sim.add_fault(Fault::on("*", FaultKind::EdgeForbidden));
    let error = world.client.users().settings().await.unwrap_err();
    assert!(matches!(error, Error::EdgeBlock { status: 403, .. }), "{error}");
    let sent = world.sim.requests().len();
    for _ in 0..10 {
        let error = world.client.sync().last_activities().await.unwrap_err();
        assert!(matches!(error, Error::EdgeBlock { .. }));
    }
    assert_eq!(world.sim.requests().len(), sent, "nothing goes out while the edge blocks");

    world.sim.clear_faults();
    world.sim.advance(chrono::Duration::minutes(6));
    world.client.users().settings().await.unwrap();
}

#[tokio::test]
async fn a_private_member_costs_neither_token_nor_application() {
    let world =
        World::with(Sim::builder().person(Person::new(USER)).person(Person::new("shy").private())).await;
    let error = world.client.users().stats("shy").await.unwrap_err();
    assert!(matches!(error, Error::Private | Error::NotFound), "{error}");
    assert_eq!(world.refreshes(), 0);
    world.client.users().settings().await.unwrap();
}

#[rstest]
#[case::locked(AccountStatus::Locked)]
#[case::deactivated(AccountStatus::Deactivated)]
#[tokio::test]
async fn a_locked_or_deactivated_account_is_its_owners_business(#[case] status: AccountStatus) {
    let world = World::new().await;
    world.sim.set_account_status(USER, status);
    let error = world.client.users().settings().await.unwrap_err();
    assert_eq!(error.remedy(), Remedy::AccountOwner);
    assert_eq!(matches!(error, Error::Locked), status == AccountStatus::Locked);
    assert_eq!(matches!(error, Error::Deactivated), status == AccountStatus::Deactivated);
    assert_eq!(world.refreshes(), 0);
}

#[tokio::test]
async fn public_reads_work_without_an_account() {
    let world = World::unconnected().await;
    world.client.movies().summary(world.movie(0)).await.unwrap();
    let request = &world.requests("/movies")[0];
    assert_eq!(request.user, None);
    assert!(matches!(world.client.users().settings().await, Err(Error::NotConnected)));
}

#[tokio::test]
async fn public_reads_go_on_when_the_connection_is_lost() {
    let world = World::new().await;
    world.sim.revoke_tokens(USER);
    world.client.movies().summary(world.movie(0)).await.unwrap();
    let error = world.client.users().settings().await.unwrap_err();
    assert_eq!(error.remedy(), Remedy::Connect);
    world.client.movies().summary(world.movie(0)).await.unwrap();
}
