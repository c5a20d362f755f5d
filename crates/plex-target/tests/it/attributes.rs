//! The attributes of collections, from config.yml to Plex.

use plex_sim::Images;
use rstest::rstest;

use crate::Fixture;

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

async fn with_all_attributes() -> Fixture {
    let mut fixture = Fixture::new().await;
    fixture.movies("x", &[3, 1, 2]);
    fixture.file("background.png", b"a picture");
    fixture.top(ALL);
    fixture
}

#[tokio::test]
async fn all_attributes_are_written_once_and_the_next_run_writes_nothing() {
    let fixture = with_all_attributes().await;
    assert_eq!(fixture.status().await, "Created");
    let top = fixture.sim.collection("Top").unwrap();
    assert_eq!(fixture.sim.members("Top"), fixture.keys(&[3, 1, 2]));
    let field = |name: &str| top.fields.get(name).map(String::as_str);
    assert_eq!(field("summary"), Some("Lines\nand <tags>"));
    assert_eq!((field("titleSort"), field("contentRating")), (Some("!01 Top"), Some("PG")));
    assert_eq!((top.prefs.get("collectionMode"), top.prefs.get("collectionSort")), (Some(&1), Some(&2)));
    assert_eq!(top.labels(), ["Kinometa", "Kometa", "One", "Two, three"]);
    let uploads = |images: Option<&Images>| images.map_or(0, |images| images.uploads.len());
    assert_eq!((uploads(top.images.get("posters")), uploads(top.images.get("arts"))), (1, 1));
    let hubs = fixture.sim.hubs("Movies");
    assert_eq!((hubs[0].title.as_str(), hubs[0].recommended), ("Top", true));
    assert_eq!((hubs[0].own_home, hubs[0].shared_home), (true, false));
    for key in fixture.keys(&[1, 2, 3]) {
        assert_eq!(fixture.sim.item(key).unwrap().tags["label"], ["Seen"]);
    }
    let state = fixture.sim.state();
    fixture.sim.clear_requests();
    assert_eq!(fixture.status().await, "Unchanged");
    assert_eq!((fixture.sim.counts().writes(), fixture.sim.state()), (0, state));
}

#[tokio::test]
async fn a_dry_run_sends_only_gets_and_reports_planned_changes() {
    let fixture = with_all_attributes().await;
    let before = fixture.sim.state();
    let result = fixture.run_with("", |options| options.dry_run = true).await;
    assert_eq!(result.outcomes[0].status.to_string(), "Created");
    assert!(result.outcomes[0].changes.contains(&"3 added".to_owned()), "{:?}", result.outcomes[0].changes);
    assert!(fixture.sim.requests().iter().all(|request| request.method == "GET"));
    assert_eq!(fixture.sim.state(), before);
    // Also if members would be moved and removed, and labels changed.
    fixture.run().await;
    let mut fixture = fixture;
    fixture.movies("x", &[2, 3]);
    fixture.top("collection_order: custom\nitem_label.remove: Seen\nhub_priority: 3\nlabel.remove: One");
    fixture.sim.clear_requests();
    let before = fixture.sim.state();
    let result = fixture.run_with("", |options| options.dry_run = true).await;
    assert_eq!(result.outcomes[0].status.to_string(), "Modified");
    assert!(fixture.sim.requests().iter().all(|request| request.method == "GET"));
    assert_eq!(fixture.sim.state(), before);
}

#[rstest]
#[case("default", -1)]
#[case("hide", 0)]
#[case("hide_items", 1)]
#[case("show_items", 2)]
#[tokio::test]
async fn collection_modes_are_set(#[case] written: &str, #[case] number: i64) {
    let mut fixture = Fixture::new().await;
    fixture.movies("x", &[1]);
    fixture.top("collection_mode: hide");
    fixture.run().await;
    fixture.top(&format!("collection_mode: {written}"));
    fixture.run().await;
    assert_eq!(fixture.sim.collection("Top").unwrap().prefs["collectionMode"], number);
}

#[rstest]
#[case::default("", None)]
#[case("collection_order: release", None)]
#[case("collection_order: alpha", Some(1))]
#[case("collection_order: custom", Some(2))]
#[case("collection_order: added.desc", Some(2))]
#[tokio::test]
async fn collection_orders_are_set(#[case] written: &str, #[case] sort: Option<i64>) {
    let mut fixture = Fixture::new().await;
    fixture.movies("x", &[9, 4, 7, 1]);
    fixture.top(written);
    fixture.run().await;
    let top = fixture.sim.collection("Top").unwrap();
    assert_eq!(top.prefs.get("collectionSort").copied(), sort);
    let shown = fixture.sim.members("Top");
    let mut expected = fixture.keys(&[9, 4, 7, 1]);
    let item = |key: &u64| fixture.sim.item(*key).unwrap();
    match written {
        "collection_order: alpha" => expected.sort_by_key(|key| item(key).title_sort.to_lowercase()),
        "collection_order: added.desc" => expected.sort_by_key(|key| std::cmp::Reverse(item(key).added)),
        "collection_order: custom" => {}
        _ => expected.sort_by_key(|key| item(key).released),
    }
    assert_eq!(shown, expected);
    fixture.sim.clear_requests();
    assert_eq!((fixture.status().await.as_str(), fixture.sim.counts().writes()), ("Unchanged", 0));
}

#[tokio::test]
async fn attributes_missing_from_the_definition_are_left_unchanged() {
    let fixture = with_all_attributes().await;
    fixture.run().await;
    let before = fixture.sim.collection("Top").unwrap();
    fixture.top("kometa_label: true");
    fixture.sim.clear_requests();
    fixture.run().await;
    assert_eq!(fixture.sim.counts().writes(), 0);
    assert_eq!(fixture.sim.collection("Top").unwrap().fields, before.fields);
}

#[tokio::test]
async fn labels_are_added_removed_and_replaced_but_owner_labels_stay() {
    let mut fixture = Fixture::new().await;
    fixture.movies("x", &[1]);
    fixture.top("label: [a, b]\nkometa_label: true");
    fixture.run().await;
    fixture.top("label: c\nlabel.remove: A");
    fixture.run().await;
    assert_eq!(fixture.sim.collection("Top").unwrap().labels(), ["Kinometa", "Kometa", "b", "c"]);
    fixture.top("label.sync: [C, d]");
    fixture.run().await;
    assert_eq!(fixture.sim.collection("Top").unwrap().labels(), ["Kinometa", "Kometa", "c", "d"]);
    fixture.sim.clear_requests();
    assert_eq!((fixture.status().await.as_str(), fixture.sim.counts().writes()), ("Unchanged", 0));
}

#[tokio::test]
async fn unchanged_images_are_not_sent_again_and_missing_ones_are_reported() {
    let mut fixture = Fixture::new().await;
    fixture.movies("x", &[1]);
    fixture.file("p.png", b"one");
    fixture.top("file_poster: p.png");
    fixture.run().await;
    fixture.sim.clear_requests();
    fixture.run().await;
    assert_eq!(fixture.sim.counts().writes(), 0);
    fixture.file("p.png", b"two");
    fixture.run().await;
    assert_eq!(fixture.sim.collection("Top").unwrap().images["posters"].uploads.len(), 2);
    fixture.top("file_poster: gone.png\nsummary: New");
    let result = fixture.run_with("", |_| {}).await;
    assert!(
        result.done.iter().any(|note| note.contains("poster") && note.contains("gone.png")),
        "{:?}",
        result.done
    );
    assert_eq!(fixture.sim.collection("Top").unwrap().fields["summary"], "New");
}

#[tokio::test]
async fn item_labels_of_members_are_added_removed_and_replaced() {
    let mut fixture = Fixture::new().await;
    fixture.movies("x", &[1, 2]);
    let keys = fixture.keys(&[1, 2]);
    fixture.sim.change_item(keys[0], |item| {
        item.tags.insert("label".into(), vec!["Overlay".into(), "Old".into()]);
    });
    let labels = |fixture: &Fixture, at: usize| {
        fixture.sim.item(keys[at]).unwrap().tags.get("label").cloned().unwrap_or_default()
    };
    fixture.top("item_label: [New, Other]");
    fixture.run().await;
    assert_eq!(
        (labels(&fixture, 0), labels(&fixture, 1)),
        (
            vec!["Overlay".into(), "Old".into(), "New".into(), "Other".into()],
            vec!["New".into(), "Other".into()]
        )
    );
    fixture.top("item_label.remove: other");
    fixture.run().await;
    assert_eq!(labels(&fixture, 1), ["New"]);
    fixture.top("item_label.sync: Only");
    fixture.run().await;
    assert_eq!(
        (labels(&fixture, 0), labels(&fixture, 1)),
        (vec!["Overlay".into(), "Only".into()], vec!["Only".into()])
    );
    fixture.sim.clear_requests();
    assert_eq!((fixture.status().await.as_str(), fixture.sim.counts().writes()), ("Unchanged", 0));
}
