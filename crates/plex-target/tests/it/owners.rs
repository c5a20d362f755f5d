//! Collections that somebody made by hand, and those that Kometa keeps.

use collections::run::Agreed;
use rstest::rstest;

use crate::{Fixture, collection};

async fn made_by_hand() -> (Fixture, u64) {
    let mut fixture = Fixture::new().await;
    fixture.movies("x", &[1, 2]);
    fixture.top("");
    let key = fixture.sim.make_collection("Movies", "top", &fixture.keys(&[7, 8, 9])).unwrap();
    (fixture, key)
}

#[tokio::test]
async fn a_collection_that_was_made_by_hand_waits() {
    let (fixture, key) = made_by_hand().await;
    fixture.sim.clear_requests();
    let ran = fixture.ran("", |_| {}).await;
    assert_eq!(ran.outcomes[0].status.to_string(), "Waiting for Confirmation");
    assert!(
        ran.outcomes[0].plan.waits[0].to_string().contains("a collection of this name was created manually")
    );
    assert_eq!((fixture.sim.members("top"), fixture.sim.counts().writes()), (fixture.keys(&[7, 8, 9]), 0));
    assert_eq!(fixture.sim.collection("top").unwrap().key, key);
}

#[tokio::test]
async fn a_confirmation_takes_it_over() {
    let (fixture, key) = made_by_hand().await;
    fixture.ran("", |options| options.agreed = Agreed::Everything).await;
    let taken = fixture.sim.collection("top").unwrap();
    let mut members = fixture.sim.members("top");
    members.sort_unstable();
    assert_eq!(
        (taken.key, members, taken.labels()),
        (key, fixture.keys(&[1, 2]), &["Kinometa".to_owned()][..])
    );
    fixture.sim.clear_requests();
    assert_eq!((fixture.status().await.as_str(), fixture.sim.counts().writes()), ("Unchanged", 0));
}

#[tokio::test]
async fn adopt_takes_it_over() {
    let (fixture, key) = made_by_hand().await;
    fixture.top("adopt: true");
    fixture.run().await;
    let taken = fixture.sim.collection("top").unwrap();
    assert_eq!((taken.key, fixture.sim.members("top").len()), (key, 2));
}

/// Deleting one that was named waits on its own: the collection that names it is built.
#[tokio::test]
async fn a_named_deletion_waits_and_a_confirmation_deletes_it() {
    let (fixture, _) = made_by_hand().await;
    fixture.movies_file(&collection("Other", "x", "delete_collections_named: Top"));
    let ran = fixture.ran("", |_| {}).await;
    let statuses: Vec<_> =
        ran.outcomes.iter().map(|one| format!("{} {}", one.plan.name, one.status)).collect();
    assert_eq!(statuses, ["Other Created", "Top Waiting for Confirmation"]);
    assert!(ran.is_good() && ran.outcomes[1].plan.waits[0].to_string().contains("would be deleted"));
    assert_eq!(fixture.sim.members("top"), fixture.keys(&[7, 8, 9]));

    // Whoever agreed to less deletes nothing, and neither does a dry run.
    let seen = |keys: &[u64], adopts| Agreed::Seen {
        removals: keys.iter().map(|key| i64::try_from(*key).unwrap()).collect(),
        adopts,
    };
    let (some, all) = (fixture.keys(&[7, 8]), fixture.keys(&[7, 8, 9]));
    for agreed in [seen(&some, true), seen(&all, false)] {
        fixture.ran("", |options| (options.agreed, options.collections) = (agreed, vec!["Top".into()])).await;
        assert_eq!(fixture.sim.members("top"), all);
    }
    fixture.ran("", |options| (options.agreed, options.dry_run) = (Agreed::Everything, true)).await;
    assert_eq!(fixture.sim.members("top"), all);

    let agreed = seen(&all, true);
    let ran =
        fixture.ran("", |options| (options.agreed, options.collections) = (agreed, vec!["Top".into()])).await;
    assert_eq!(ran.outcomes[0].status.to_string(), "Deleted");
    assert!(
        ran.is_good() && fixture.sim.collection("top").is_none() && fixture.sim.collection("Other").is_some()
    );
    let ran = fixture.ran("", |_| {}).await;
    assert_eq!(ran.outcomes.len(), 1);
}

#[rstest]
#[case::not_scheduled("schedule: never\ndelete_not_scheduled: true", "Deleted Not Scheduled")]
#[case::adopted_before("schedule: never\ndelete_not_scheduled: true\nadopt: true", "Deleted Not Scheduled")]
#[case::below_minimum("minimum_items: 3\ndelete_below_minimum: true", "Deleted")]
#[tokio::test]
async fn a_deletion_waits_and_a_confirmation_deletes_it(#[case] attributes: &str, #[case] status: &str) {
    let (fixture, _) = made_by_hand().await;
    fixture.top(attributes);
    let ran = fixture.ran("", |_| {}).await;
    assert_eq!(ran.outcomes[0].status.to_string(), "Waiting for Confirmation");
    assert!(ran.outcomes[0].plan.waits.iter().any(|wait| wait.to_string().contains("would be deleted")));
    assert_eq!(fixture.sim.members("top"), fixture.keys(&[7, 8, 9]));
    let ran = fixture.ran("", |options| options.agreed = Agreed::Everything).await;
    assert_eq!(ran.outcomes[0].status.to_string(), status, "{:?}", ran.outcomes[0].errors());
    assert!(fixture.sim.collection("top").is_none());
}
