//! Servers and tokens that do not do their work: what it concerns is told, and the rest of the run goes on.

use collections::entry::Kind;
use plex_sim::{Fault, FaultKind, READ_ONLY_TOKEN};
use rstest::rstest;

use crate::{Fixture, collection, show};

/// A collection in each library.
async fn both() -> Fixture {
    let mut fixture = Fixture::new().await;
    fixture.movies("x", &[1]);
    fixture.top("");
    fixture.list("y", [show(1, Kind::Show)]);
    fixture.file("shows.yml", format!("collections:\n{}", collection("Shows", "y", "")));
    fixture
}

#[rstest]
#[case::refused("a-token-that-is-wrong", "does not accept the token")]
#[case::read_only(READ_ONLY_TOKEN, "read-only")]
#[tokio::test]
async fn a_token_that_does_not_do_ends_its_library_and_is_never_shown(
    #[case] token: &str,
    #[case] told: &str,
) {
    let fixture = both().await;
    // The library's own block; its address is that of the root.
    let ran = fixture.ran(&format!("    plex:\n      token: {token}\n"), |_| {}).await;
    assert!(ran.problems.len() == 1 && ran.problems[0].contains(told), "{:?}", ran.problems);
    assert!(!ran.is_good() && !format!("{ran:?}").contains(token));
    assert!(fixture.sim.collection("Top").is_some() && fixture.sim.collection("Shows").is_none());
    let loaded = fixture.loaded(&format!("    plex:\n      token: {token}\n"));
    assert!(!format!("{loaded:?} {:?}", fixture.target(&loaded, false)).contains(token));
}

#[rstest]
#[case::maintenance(FaultKind::Status { status: 503 }, "maintaining")]
#[case::failing(FaultKind::Status { status: 500 }, "status 500")]
#[case::lost(FaultKind::ResetBefore, "cannot be reached")]
#[case::cut(FaultKind::Truncate, "cannot be reached")]
#[tokio::test]
async fn a_library_that_cannot_be_read_is_left_alone(#[case] kind: FaultKind, #[case] told: &str) {
    let fixture = both().await;
    fixture.run().await;
    fixture.sim.add_fault(Fault::on("/library/sections/1/all", kind));
    fixture.sim.clear_requests();
    let ran = fixture.ran("", |_| {}).await;
    assert!(ran.problems.len() == 1 && ran.problems[0].contains(told), "{:?}", ran.problems);
    let statuses: Vec<String> =
        ran.outcomes.iter().map(|one| format!("{} {}", one.plan.name, one.status)).collect();
    assert_eq!((statuses, fixture.sim.counts().writes()), (vec!["Shows Unchanged".to_owned()], 0));
    assert_eq!(fixture.sim.members("Top").len(), 1);
}
