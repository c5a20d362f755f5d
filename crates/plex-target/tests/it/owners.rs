//! Collections that somebody made by hand, and those that Kometa keeps.

use collections::run::Agreed;

use crate::House;

async fn made_by_hand() -> (House, u64) {
    let mut house = House::new().await;
    house.movies("x", &[1, 2]);
    house.top("");
    let key = house.sim.make_collection("Movies", "top", &house.keys(&[7, 8, 9])).unwrap();
    (house, key)
}

#[tokio::test]
async fn a_collection_that_was_made_by_hand_waits() {
    let (house, key) = made_by_hand().await;
    house.sim.clear_requests();
    let ran = house.ran("", |_| {}).await;
    assert_eq!(ran.outcomes[0].status.to_string(), "Waiting for Confirmation");
    assert!(ran.outcomes[0].plan.waits[0].to_string().contains("made a collection of this name by hand"));
    assert_eq!((house.sim.members("top"), house.sim.counts().writes()), (house.keys(&[7, 8, 9]), 0));
    assert_eq!(house.sim.collection("top").unwrap().key, key);
}

#[tokio::test]
async fn a_confirmation_takes_it_over() {
    let (house, key) = made_by_hand().await;
    house.ran("", |options| options.agreed = Agreed::Everything).await;
    let taken = house.sim.collection("top").unwrap();
    let mut members = house.sim.members("top");
    members.sort_unstable();
    assert_eq!(
        (taken.key, members, taken.labels()),
        (key, house.keys(&[1, 2]), &["Kinometa".to_owned()][..])
    );
    house.sim.clear_requests();
    assert_eq!((house.status().await.as_str(), house.sim.counts().writes()), ("Unchanged", 0));
}

#[tokio::test]
async fn adopt_takes_it_over() {
    let (house, key) = made_by_hand().await;
    house.top("adopt: true");
    house.run().await;
    let taken = house.sim.collection("top").unwrap();
    assert_eq!((taken.key, house.sim.members("top").len()), (key, 2));
}

#[tokio::test]
async fn it_is_never_deleted() {
    let (house, _) = made_by_hand().await;
    house.movies_file("  Other:\n    blank_collection: true\n    delete_collections_named: Top\n");
    let ran = house.ran("", |options| options.agreed = Agreed::Everything).await;
    assert!(ran.outcomes[0].errors()[0].contains("by hand"), "{:?}", ran.outcomes[0].errors());
    house.top("schedule: never\ndelete_not_scheduled: true");
    let ran = house.ran("", |_| {}).await;
    assert_eq!(ran.outcomes[0].status.to_string(), "Waiting for Confirmation");
    assert!(house.sim.collection("top").is_some());
}
