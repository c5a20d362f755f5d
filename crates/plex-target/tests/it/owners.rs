//! Collections that somebody made by hand, and those that Kometa keeps.

use collections::run::Agreed;

use crate::Fixture;

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
    assert!(ran.outcomes[0].plan.waits[0].to_string().contains("made a collection of this name by hand"));
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

#[tokio::test]
async fn it_is_never_deleted() {
    let (fixture, _) = made_by_hand().await;
    fixture.movies_file("  Other:\n    blank_collection: true\n    delete_collections_named: Top\n");
    let ran = fixture.ran("", |options| options.agreed = Agreed::Everything).await;
    assert!(ran.outcomes[0].errors()[0].contains("by hand"), "{:?}", ran.outcomes[0].errors());
    fixture.top("schedule: never\ndelete_not_scheduled: true");
    let ran = fixture.ran("", |_| {}).await;
    assert_eq!(ran.outcomes[0].status.to_string(), "Waiting for Confirmation");
    assert!(fixture.sim.collection("top").is_some());
}
