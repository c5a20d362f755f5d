//! Failing servers and unusable tokens: the affected library is reported, and the rest of the run continues.

use collections::entry::Kind;
use plex_sim::{Fault, FaultKind, READ_ONLY_TOKEN};
use rstest::rstest;

use crate::{Fixture, collection, show};

/// A fixture with one collection in each library.
async fn one_collection_per_library() -> Fixture {
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
async fn an_unusable_token_skips_its_library_and_is_never_shown(#[case] token: &str, #[case] message: &str) {
    let fixture = one_collection_per_library().await;
    // The `plex` block of the library; it inherits the address from the root.
    let result = fixture.run_with(&format!("    plex:\n      token: {token}\n"), |_| {}).await;
    assert!(result.problems.len() == 1 && result.problems[0].contains(message), "{:?}", result.problems);
    assert!(!result.succeeded() && !format!("{result:?}").contains(token));
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
async fn a_library_that_cannot_be_read_is_not_changed(#[case] kind: FaultKind, #[case] message: &str) {
    let fixture = one_collection_per_library().await;
    fixture.run().await;
    fixture.sim.add_fault(Fault::on("/library/sections/1/all", kind));
    fixture.sim.clear_requests();
    let result = fixture.run_with("", |_| {}).await;
    assert!(result.problems.len() == 1 && result.problems[0].contains(message), "{:?}", result.problems);
    let statuses: Vec<String> =
        result.outcomes.iter().map(|one| format!("{} {}", one.plan.name, one.status)).collect();
    assert_eq!((statuses, fixture.sim.counts().writes()), (vec!["Shows Unchanged".to_owned()], 0));
    assert_eq!(fixture.sim.members("Top").len(), 1);
}
