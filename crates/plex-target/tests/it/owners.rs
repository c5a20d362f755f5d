//! Manually created collections.

use collections::run::Confirmed;
use rstest::rstest;

use crate::{Fixture, collection};

async fn with_manual_collection() -> (Fixture, u64) {
    let mut fixture = Fixture::new().await;
    fixture.movies("x", &[1, 2]);
    fixture.top("");
    let key = fixture.sim.create_collection("Movies", "top", &fixture.keys(&[7, 8, 9])).unwrap();
    (fixture, key)
}

#[tokio::test]
async fn changing_a_manually_created_collection_needs_confirmation() {
    let (fixture, key) = with_manual_collection().await;
    fixture.sim.clear_requests();
    let result = fixture.run_with("", |_| {}).await;
    assert_eq!(result.outcomes[0].status.to_string(), "Waiting for Confirmation");
    assert!(
        result.outcomes[0].plan.confirmation_reasons[0]
            .to_string()
            .contains("a collection of this name was created manually")
    );
    assert_eq!((fixture.sim.members("top"), fixture.sim.counts().writes()), (fixture.keys(&[7, 8, 9]), 0));
    assert_eq!(fixture.sim.collection("top").unwrap().key, key);
}

#[tokio::test]
async fn a_confirmed_plan_adopts_the_collection() {
    let (fixture, key) = with_manual_collection().await;
    fixture.run_with("", |options| options.confirmed = Confirmed::Everything).await;
    let adopted = fixture.sim.collection("top").unwrap();
    let mut members = fixture.sim.members("top");
    members.sort_unstable();
    assert_eq!(
        (adopted.key, members, adopted.labels()),
        (key, fixture.keys(&[1, 2]), &["Kinometa".to_owned()][..])
    );
    fixture.sim.clear_requests();
    assert_eq!((fixture.status().await.as_str(), fixture.sim.counts().writes()), ("Unchanged", 0));
}

#[tokio::test]
async fn adopt_needs_no_confirmation() {
    let (fixture, key) = with_manual_collection().await;
    fixture.top("adopt: true");
    fixture.run().await;
    let adopted = fixture.sim.collection("top").unwrap();
    assert_eq!((adopted.key, fixture.sim.members("top").len()), (key, 2));
}

/// The deletion needs its own confirmation; the collection whose definition names it is built nevertheless.
#[tokio::test]
async fn delete_collections_named_needs_confirmation_for_a_manually_created_collection() {
    let (fixture, _) = with_manual_collection().await;
    fixture.movies_file(&collection("Other", "x", "delete_collections_named: Top"));
    let result = fixture.run_with("", |_| {}).await;
    let statuses: Vec<_> =
        result.outcomes.iter().map(|one| format!("{} {}", one.plan.name, one.status)).collect();
    assert_eq!(statuses, ["Other Created", "Top Waiting for Confirmation"]);
    assert!(
        result.succeeded()
            && result.outcomes[1].plan.confirmation_reasons[0].to_string().contains("would be deleted")
    );
    assert_eq!(fixture.sim.members("top"), fixture.keys(&[7, 8, 9]));

    // A confirmation that does not cover the deletion has no effect, and neither does a dry run.
    let seen = |keys: &[u64], adopts| Confirmed::Seen {
        removals: keys.iter().map(|key| i64::try_from(*key).unwrap()).collect(),
        adopts,
    };
    let (some, all) = (fixture.keys(&[7, 8]), fixture.keys(&[7, 8, 9]));
    for confirmed in [seen(&some, true), seen(&all, false)] {
        fixture
            .run_with("", |options| {
                (options.confirmed, options.collections) = (confirmed, vec!["Top".into()])
            })
            .await;
        assert_eq!(fixture.sim.members("top"), all);
    }
    fixture
        .run_with("", |options| (options.confirmed, options.dry_run) = (Confirmed::Everything, true))
        .await;
    assert_eq!(fixture.sim.members("top"), all);

    let confirmed = seen(&all, true);
    let result = fixture
        .run_with("", |options| (options.confirmed, options.collections) = (confirmed, vec!["Top".into()]))
        .await;
    assert_eq!(result.outcomes[0].status.to_string(), "Deleted");
    assert!(
        result.succeeded()
            && fixture.sim.collection("top").is_none()
            && fixture.sim.collection("Other").is_some()
    );
    let result = fixture.run_with("", |_| {}).await;
    assert_eq!(result.outcomes.len(), 1);
}

#[rstest]
#[case::not_scheduled("schedule: never\ndelete_not_scheduled: true", "Deleted Not Scheduled")]
#[case::adopted_before("schedule: never\ndelete_not_scheduled: true\nadopt: true", "Deleted Not Scheduled")]
#[case::below_minimum("minimum_items: 3\ndelete_below_minimum: true", "Deleted")]
#[tokio::test]
async fn deleting_a_manually_created_collection_needs_confirmation(
    #[case] attributes: &str,
    #[case] status: &str,
) {
    let (fixture, _) = with_manual_collection().await;
    fixture.top(attributes);
    let result = fixture.run_with("", |_| {}).await;
    assert_eq!(result.outcomes[0].status.to_string(), "Waiting for Confirmation");
    assert!(
        result.outcomes[0]
            .plan
            .confirmation_reasons
            .iter()
            .any(|reason| reason.to_string().contains("would be deleted"))
    );
    assert_eq!(fixture.sim.members("top"), fixture.keys(&[7, 8, 9]));
    let result = fixture.run_with("", |options| options.confirmed = Confirmed::Everything).await;
    assert_eq!(result.outcomes[0].status.to_string(), status, "{:?}", result.outcomes[0].errors());
    assert!(fixture.sim.collection("top").is_none());
}
