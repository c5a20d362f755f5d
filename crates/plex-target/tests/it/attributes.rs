//! Every attribute, from config.yml to what Plex shows.

use plex_sim::Images;
use rstest::rstest;

use crate::{House, collection};

const ALL: &str = "collection_order: custom
collection_mode: hide_items
summary: \"Lines\\nand <tags>\"
sort_title: '!01 <<title>>'
content_rating: PG
label: [One, 'Two, three']
url_poster: https://example.org/poster.jpg
file_background: background.png
visible_library: true
visible_home: true
visible_shared: false
hub_priority: 1
item_label: Seen
kometa_label: true";

async fn whole() -> House {
    let mut house = House::new().await;
    house.movies("x", &[3, 1, 2]);
    house.file("background.png", b"a picture");
    house.top(ALL);
    house
}

#[tokio::test]
async fn a_collection_gets_everything_and_the_next_run_writes_nothing() {
    let house = whole().await;
    assert_eq!(house.status().await, "Created");
    let top = house.sim.collection("Top").unwrap();
    assert_eq!(house.sim.members("Top"), house.keys(&[3, 1, 2]));
    let field = |name: &str| top.fields.get(name).map(String::as_str);
    assert_eq!(field("summary"), Some("Lines\nand <tags>"));
    assert_eq!((field("titleSort"), field("contentRating")), (Some("!01 Top"), Some("PG")));
    assert_eq!((top.prefs.get("collectionMode"), top.prefs.get("collectionSort")), (Some(&1), Some(&2)));
    assert_eq!(top.labels(), ["Kinometa", "Kometa", "One", "Two, three"]);
    let uploads = |images: Option<&Images>| images.map_or(0, |images| images.uploads.len());
    assert_eq!((uploads(top.images.get("posters")), uploads(top.images.get("arts"))), (1, 1));
    let hubs = house.sim.hubs("Movies");
    assert_eq!((hubs[0].title.as_str(), hubs[0].recommended), ("Top", true));
    assert_eq!((hubs[0].own_home, hubs[0].shared_home), (true, false));
    for key in house.keys(&[1, 2, 3]) {
        assert_eq!(house.sim.item(key).unwrap().tags["label"], ["Seen"]);
    }
    let state = house.sim.state();
    house.sim.clear_requests();
    assert_eq!(house.status().await, "Unchanged");
    assert_eq!((house.sim.counts().writes(), house.sim.state()), (0, state));
}

#[tokio::test]
async fn a_dry_run_sends_only_gets_and_says_what_it_would_do() {
    let house = whole().await;
    let before = house.sim.state();
    let ran = house.ran("", |options| options.dry_run = true).await;
    assert_eq!(ran.outcomes[0].status.to_string(), "Created");
    assert!(ran.outcomes[0].changes.contains(&"3 added".to_owned()), "{:?}", ran.outcomes[0].changes);
    assert!(house.sim.requests().iter().all(|request| request.method == "GET"));
    assert_eq!(house.sim.state(), before);
    // Also where something would be moved, labelled, removed and deleted.
    house.run().await;
    let mut house = house;
    house.movies("x", &[2, 3]);
    house.top("collection_order: custom\nitem_label.remove: Seen\nhub_priority: 3\nlabel.remove: One");
    house.sim.clear_requests();
    let before = house.sim.state();
    let ran = house.ran("", |options| options.dry_run = true).await;
    assert_eq!(ran.outcomes[0].status.to_string(), "Modified");
    assert!(house.sim.requests().iter().all(|request| request.method == "GET"));
    assert_eq!(house.sim.state(), before);
}

#[rstest]
#[case("default", -1)]
#[case("hide", 0)]
#[case("hide_items", 1)]
#[case("show_items", 2)]
#[tokio::test]
async fn modes(#[case] written: &str, #[case] number: i64) {
    let mut house = House::new().await;
    house.movies("x", &[1]);
    house.top("collection_mode: hide");
    house.run().await;
    house.top(&format!("collection_mode: {written}"));
    house.run().await;
    assert_eq!(house.sim.collection("Top").unwrap().prefs["collectionMode"], number);
}

#[rstest]
#[case::as_plex_has_it("", None)]
#[case("collection_order: release", None)]
#[case("collection_order: alpha", Some(1))]
#[case("collection_order: custom", Some(2))]
#[case("collection_order: added.desc", Some(2))]
#[tokio::test]
async fn orders(#[case] written: &str, #[case] sort: Option<i64>) {
    let mut house = House::new().await;
    house.movies("x", &[9, 4, 7, 1]);
    house.top(written);
    house.run().await;
    let top = house.sim.collection("Top").unwrap();
    assert_eq!(top.prefs.get("collectionSort").copied(), sort);
    let shown = house.sim.members("Top");
    let mut expected = house.keys(&[9, 4, 7, 1]);
    let item = |key: &u64| house.sim.item(*key).unwrap();
    match written {
        "collection_order: alpha" => expected.sort_by_key(|key| item(key).title_sort.to_lowercase()),
        "collection_order: added.desc" => expected.sort_by_key(|key| std::cmp::Reverse(item(key).added)),
        "collection_order: custom" => {}
        _ => expected.sort_by_key(|key| item(key).released),
    }
    assert_eq!(shown, expected);
    house.sim.clear_requests();
    assert_eq!((house.status().await.as_str(), house.sim.counts().writes()), ("Unchanged", 0));
}

#[tokio::test]
async fn what_is_not_written_stays_as_somebody_set_it() {
    let house = whole().await;
    house.run().await;
    let before = house.sim.collection("Top").unwrap();
    house.top("kometa_label: true");
    house.sim.clear_requests();
    house.run().await;
    assert_eq!(house.sim.counts().writes(), 0);
    assert_eq!(house.sim.collection("Top").unwrap().fields, before.fields);
}

#[tokio::test]
async fn labels_are_added_removed_and_made_exact_and_those_of_the_keepers_stay() {
    let mut house = House::new().await;
    house.movies("x", &[1]);
    house.top("label: [a, b]\nkometa_label: true");
    house.run().await;
    house.top("label: c\nlabel.remove: A");
    house.run().await;
    assert_eq!(house.sim.collection("Top").unwrap().labels(), ["Kinometa", "Kometa", "b", "c"]);
    house.top("label.sync: [C, d]");
    house.run().await;
    assert_eq!(house.sim.collection("Top").unwrap().labels(), ["Kinometa", "Kometa", "c", "d"]);
    house.sim.clear_requests();
    assert_eq!((house.status().await.as_str(), house.sim.counts().writes()), ("Unchanged", 0));
}

#[tokio::test]
async fn images_that_are_the_same_are_not_sent_again_and_bad_ones_are_told() {
    let mut house = House::new().await;
    house.movies("x", &[1]);
    house.file("p.png", b"one");
    house.top("file_poster: p.png");
    house.run().await;
    house.sim.clear_requests();
    house.run().await;
    assert_eq!(house.sim.counts().writes(), 0);
    house.file("p.png", b"two");
    house.run().await;
    assert_eq!(house.sim.collection("Top").unwrap().images["posters"].uploads.len(), 2);
    house.top("file_poster: gone.png\nsummary: New");
    let ran = house.ran("", |_| {}).await;
    assert!(
        ran.done.iter().any(|note| note.contains("poster") && note.contains("gone.png")),
        "{:?}",
        ran.done
    );
    assert_eq!(house.sim.collection("Top").unwrap().fields["summary"], "New");
}

#[tokio::test]
async fn the_rows_stand_where_hub_priority_says() {
    let mut house = House::new().await;
    house.movies("x", &[1]);
    let one = |name: &str, priority: u8| {
        collection(name, "x", &format!("visible_library: true\nhub_priority: {priority}"))
    };
    house.movies_file(&(one("C", 3) + &one("A", 1) + &one("B", 2)));
    house.run().await;
    let titles: Vec<String> = house.sim.hubs("Movies").into_iter().map(|hub| hub.title).collect();
    assert_eq!(titles[..3], ["A", "B", "C"]);
    house.sim.clear_requests();
    house.run().await;
    assert_eq!(house.sim.counts().writes(), 0);
}

#[tokio::test]
async fn members_get_their_labels() {
    let mut house = House::new().await;
    house.movies("x", &[1, 2]);
    let keys = house.keys(&[1, 2]);
    house.sim.change_item(keys[0], |item| {
        item.tags.insert("label".into(), vec!["Overlay".into(), "Old".into()]);
    });
    let labels = |house: &House, at: usize| {
        house.sim.item(keys[at]).unwrap().tags.get("label").cloned().unwrap_or_default()
    };
    house.top("item_label: [New, Other]");
    house.run().await;
    assert_eq!(
        (labels(&house, 0), labels(&house, 1)),
        (
            vec!["Overlay".into(), "Old".into(), "New".into(), "Other".into()],
            vec!["New".into(), "Other".into()]
        )
    );
    house.top("item_label.remove: other");
    house.run().await;
    assert_eq!(labels(&house, 1), ["New"]);
    house.top("item_label.sync: Only");
    house.run().await;
    assert_eq!(
        (labels(&house, 0), labels(&house, 1)),
        (vec!["Overlay".into(), "Only".into()], vec!["Only".into()])
    );
    house.sim.clear_requests();
    assert_eq!((house.status().await.as_str(), house.sim.counts().writes()), ("Unchanged", 0));
}
