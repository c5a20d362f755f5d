//! Attributes that determine the members of a collection, and whether it is built.

use plex_sim::Received;
use rstest::rstest;

use crate::{Fixture, collection};

/// Runs, and returns the numbers of the members, sorted.
async fn members(fixture: &Fixture, more: &str) -> Vec<u64> {
    fixture.run_with(more, |_| {}).await;
    let members = fixture.sim.members("Top");
    let titles = fixture.sim.titles("Movies");
    let number = |key: &u64| titles.iter().position(|title| title.key == *key).map(|at| at as u64 + 1);
    let mut numbers: Vec<u64> = members.iter().filter_map(number).collect();
    numbers.sort_unstable();
    numbers
}

#[rstest]
#[case::sync("", &[3, 4])]
#[case::append("sync_mode: append", &[1, 2, 3, 4])]
#[case::limit("limit: 1", &[3])]
#[case::ids("ignore_ids: 100003", &[4])]
#[case::imdb("ignore_imdb_ids: tt3000004", &[3])]
#[case::below_the_minimum("minimum_items: 3\nsync_mode: append", &[1, 2, 3, 4])]
#[case::too_few("minimum_items: 5", &[])]
#[case::not_built("build_collection: false", &[1, 2])]
#[case::only_once("only_run_on_create: true", &[1, 2])]
#[case::not_due("schedule: never", &[1, 2])]
#[case::shows("run_definition: show", &[1, 2])]
#[tokio::test]
async fn a_changed_list_changes_the_collection_as_its_attributes_say(
    #[case] attributes: &str,
    #[case] expected: &[u64],
) {
    let mut fixture = Fixture::new().await;
    fixture.movies("x", &[1, 2]);
    fixture.top("");
    assert_eq!(members(&fixture, "").await, [1, 2]);
    fixture.movies("x", &[3, 4]);
    let mut file = collection("Top", "x", attributes);
    if attributes.contains("sync_mode") {
        file = file.replacen("    sync_mode: sync\n", "", 1);
    }
    fixture.movies_file(&file);
    // Below the minimum, nothing is added, but titles that left the list are removed.
    assert_eq!(members(&fixture, "").await, expected);
}

#[tokio::test]
async fn delete_collections_named_deletes_collections() {
    let mut fixture = Fixture::new().await;
    fixture.movies("x", &[1]);
    fixture.movies_file(&(collection("Old", "x", "") + &collection("Older", "x", "")));
    fixture.run().await;
    fixture.top("delete_collections_named: [Old, older]");
    fixture.run().await;
    let titles: Vec<String> = fixture.sim.collections().into_iter().map(|one| one.title).collect();
    assert_eq!(titles, ["Top"]);
}

#[tokio::test]
async fn settings_apply_to_collections_without_the_attribute() {
    let mut fixture = Fixture::new().await;
    fixture.movies("x", &[5, 2, 9]);
    fixture.top("");
    let settings = "settings:\n  default_collection_order: custom\n  default_collection_mode: hide\n  kometa_label: true\n  minimum_items: 2\n  delete_below_minimum: true\n";
    fixture.run_with(settings, |_| {}).await;
    let top = fixture.sim.collection("Top").unwrap();
    assert_eq!(fixture.sim.members("Top"), fixture.keys(&[5, 2, 9]));
    assert_eq!((top.prefs["collectionMode"], top.prefs["collectionSort"]), (0, 2));
    assert_eq!(top.labels(), ["Kinometa", "Kometa"]);
    fixture.movies("x", &[5]);
    fixture.run_with(settings, |_| {}).await;
    assert!(fixture.sim.collection("Top").is_none());
}

#[rstest]
#[case("daily", true)]
#[case("never", false)]
#[case("weekly(saturday)", true)]
#[case("weekly(sunday)", false)]
#[tokio::test]
async fn visibility_can_follow_a_schedule(#[case] schedule: &str, #[case] shown: bool) {
    let mut fixture = Fixture::new().await;
    fixture.movies("x", &[1]);
    fixture.top(&format!("visible_home: {schedule}\nvisible_library: true\nvisible_shared: {schedule}"));
    fixture.run().await;
    let hubs = fixture.sim.hubs("Movies");
    let hub = hubs.iter().find(|hub| hub.title == "Top").unwrap();
    assert_eq!((hub.recommended, hub.own_home, hub.shared_home), (true, shown, shown));
}

#[tokio::test]
async fn images_come_from_urls_and_files() {
    let mut fixture = Fixture::new().await;
    fixture.movies("x", &[1]);
    fixture.file("poster.jpg", b"a poster");
    fixture.top("url_background: https://example.org/art.jpg\nfile_poster: poster.jpg");
    fixture.run().await;
    let images = fixture.sim.collection("Top").unwrap().images;
    assert!(images["arts"].selected.is_some() && images["posters"].selected.is_some());
    fixture.top("url_background: https://example.org/other.jpg\nfile_poster: poster.jpg");
    fixture.sim.clear_requests();
    fixture.run().await;
    let sent: Vec<String> = fixture.sim.requests().into_iter().filter(is_write).map(|one| one.path).collect();
    assert!(sent.len() == 1 && sent[0].ends_with("/arts"), "{sent:?}");
}

fn is_write(request: &Received) -> bool {
    request.method != "GET"
}

#[tokio::test]
async fn members_are_added_and_removed_in_batches_of_a_hundred() {
    let mut fixture = Fixture::new().await;
    let all: Vec<u64> = (1..=241).collect();
    fixture.movies("x", &all);
    fixture.top("collection_order: custom");
    fixture.run().await;
    let batches = |fixture: &Fixture| -> Vec<usize> {
        let items = |one: &Received| {
            one.path.ends_with("/all") && one.query.iter().any(|(name, _)| name.starts_with("collection["))
        };
        let keys = |one: Received| {
            one.query.iter().find(|(name, _)| name == "id").map_or(0, |(_, ids)| ids.split(',').count())
        };
        fixture.sim.requests().into_iter().filter(is_write).filter(items).map(keys).collect()
    };
    assert_eq!((batches(&fixture), fixture.sim.counts().writes()), (vec![100, 100, 41], 5));
    // 120 members are removed, which is less than half and needs no confirmation, and one is added.
    let fewer: Vec<u64> = (1..=121).chain([250]).collect();
    fixture.movies("x", &fewer);
    fixture.sim.clear_requests();
    fixture.run().await;
    assert_eq!(batches(&fixture), [1, 100, 20]);
    assert_eq!(fixture.sim.members("Top"), fixture.keys(&fewer));
}

#[tokio::test]
async fn an_order_is_reached_with_the_fewest_moves() {
    let mut fixture = Fixture::new().await;
    let mut numbers: Vec<u64> = (1..=60).collect();
    fixture.movies("x", &numbers);
    fixture.top("collection_order: custom");
    fixture.run().await;
    // The last title moves to the front, and two in the middle swap places.
    numbers.rotate_right(1);
    numbers.swap(30, 31);
    fixture.movies("x", &numbers);
    fixture.sim.clear_requests();
    fixture.run().await;
    assert_eq!((fixture.sim.members("Top"), fixture.sim.counts().writes()), (fixture.keys(&numbers), 2));
}

#[tokio::test]
async fn all_editions_of_a_title_are_added() {
    let mut fixture = Fixture::new().await;
    fixture.movies("x", &[1]);
    let first = fixture.keys(&[1])[0];
    let other = fixture.sim.add_edition(first, "Director's Cut").unwrap();
    fixture.top("");
    fixture.run().await;
    let mut members = fixture.sim.members("Top");
    members.sort_unstable();
    assert_eq!(members, [first, other]);
}

#[tokio::test]
async fn a_smart_label_can_have_a_filter_an_order_and_a_limit() {
    let mut fixture = Fixture::new().await;
    fixture.movies("x", &[1, 2, 3, 4, 5, 6, 7, 8]);
    let years = [1970, 1980, 1990, 2000, 2010, 2015, 2020, 2025];
    for (key, year) in fixture.keys(&[1, 2, 3, 4, 5, 6, 7, 8]).into_iter().zip(years) {
        fixture.sim.change_item(key, |item| {
            item.year = year;
            item.released = format!("{year}-05-01");
        });
    }
    fixture.top("smart_label:\n  sort_by: release.desc\n  limit: 3\n  all:\n    label: <<smart_label>>\n    year.lte: 2015");
    assert_eq!(fixture.status().await, "Created");
    assert!(
        fixture
            .sim
            .collection("Top")
            .is_some_and(|one| fixture.sim.members(&one.title) == fixture.keys(&[6, 5, 4]))
    );
    fixture.sim.clear_requests();
    assert_eq!((fixture.status().await.as_str(), fixture.sim.counts().writes()), ("Unchanged", 0));
}
