//! The members of collections.

use collections::entry::Kind;
use collections::run::Confirmed;
use plex_sim::{Fault, FaultKind};
use rstest::rstest;

use crate::{Fixture, collection, movie, show};

#[tokio::test]
async fn members_follow_the_list_and_include_all_editions() {
    let mut fixture = Fixture::new().await;
    fixture.movies("x", &[1, 2, 3]);
    fixture.top("collection_order: custom");
    fixture.run().await;
    let directors_cut = fixture.sim.add_edition(fixture.keys(&[4])[0], "Director's Cut").unwrap();
    fixture.movies("x", &[4, 3, 900]);
    assert_eq!(fixture.status().await, "Modified");
    let mut members = fixture.sim.members("Top");
    assert_eq!(members.pop(), Some(fixture.keys(&[3])[0]));
    members.sort_unstable();
    assert_eq!(members, [fixture.keys(&[4])[0], directors_cut]);
}

#[rstest]
#[case::titles("", Kind::Show, 2, plex_sim::Kind::Show, 1)]
#[case::all_seasons("builder_level: season", Kind::Show, 2, plex_sim::Kind::Season, 2)]
#[case::a_season("builder_level: season", Kind::Season(2), 2, plex_sim::Kind::Season, 1)]
#[case::all_episodes("builder_level: episode", Kind::Show, 2, plex_sim::Kind::Episode, 6)]
#[case::an_episode("builder_level: episode", Kind::Episode(2, 3), 2, plex_sim::Kind::Episode, 1)]
#[tokio::test]
async fn builder_level_determines_the_members(
    #[case] level: &str,
    #[case] kind: Kind,
    #[case] number: u64,
    #[case] member_kind: plex_sim::Kind,
    #[case] count: usize,
) {
    let mut fixture = Fixture::new().await;
    fixture.list("x", [show(number, kind)]);
    fixture.file("shows.yml", format!("collections:\n{}", collection("Top", "x", level)));
    assert_eq!(fixture.status().await, "Created");
    let members = fixture.sim.members("Top");
    assert_eq!(members.len(), count);
    let show = fixture.sim.titles("TV Shows")[1].key;
    for key in members {
        let item = fixture.sim.item(key).unwrap();
        assert_eq!(item.kind, member_kind);
        let parent = |key: u64| fixture.sim.item(key).unwrap().parent;
        let top = std::iter::successors(Some(key), |key| parent(*key)).last();
        assert_eq!(top, Some(show));
    }
    fixture.sim.clear_requests();
    assert_eq!((fixture.status().await.as_str(), fixture.sim.counts().writes()), ("Unchanged", 0));
}

#[tokio::test]
async fn seasons_and_episodes_are_read_only_if_needed() {
    let mut fixture = Fixture::new().await;
    fixture.list("x", [show(1, Kind::Show)]);
    fixture.file("shows.yml", format!("collections:\n{}", collection("Top", "x", "")));
    fixture.run().await;
    let read = |number: &str| {
        let wanted = ("type".to_owned(), number.to_owned());
        fixture.sim.requests().iter().filter(|one| one.query.contains(&wanted)).count()
    };
    assert_eq!((read("3"), read("4")), (0, 0));
}

#[tokio::test]
async fn a_failed_list_causes_no_removals() {
    let mut fixture = Fixture::new().await;
    fixture.movies("x", &[1, 2, 3]);
    fixture.top("delete_below_minimum: true\nminimum_items: 2");
    fixture.run().await;
    fixture.lists.clear();
    fixture.sim.clear_requests();
    let result = fixture.run_with("", |options| options.confirmed = Confirmed::Everything).await;
    assert_eq!(result.outcomes[0].status.to_string(), "Service Error");
    assert_eq!((fixture.sim.members("Top").len(), fixture.sim.counts().writes()), (3, 0));
}

#[tokio::test]
async fn an_emptied_list_needs_confirmation_and_then_deletes_the_collection() {
    let mut fixture = Fixture::new().await;
    fixture.movies("x", &[1, 2]);
    fixture.top("");
    fixture.run().await;
    fixture.movies("x", &[]);
    let result = fixture.run_with("", |_| {}).await;
    assert_eq!(result.outcomes[0].status.to_string(), "Waiting for Confirmation");
    assert_eq!(fixture.sim.members("Top").len(), 2);
    fixture.run_with("", |options| options.confirmed = Confirmed::Everything).await;
    assert!(fixture.sim.collection("Top").is_none());
}

#[tokio::test]
async fn collections_below_the_minimum_or_not_scheduled_are_deleted_if_requested() {
    let mut fixture = Fixture::new().await;
    fixture.movies("x", &[1, 2, 3]);
    fixture.top("minimum_items: 2");
    fixture.run().await;
    fixture.movies("x", &[1]);
    fixture.top("minimum_items: 2\ndelete_below_minimum: true");
    assert_eq!(fixture.status().await, "Deleted");
    assert!(fixture.sim.collection("Top").is_none());
    fixture.top("");
    fixture.run().await;
    fixture.top("schedule: never\ndelete_not_scheduled: true");
    assert_eq!(fixture.status().await, "Deleted Not Scheduled");
    assert!(fixture.sim.collection("Top").is_none());
}

#[tokio::test]
async fn smart_label_creates_a_smart_collection() {
    let mut fixture = Fixture::new().await;
    fixture.movies("x", &[5, 3, 4]);
    fixture.top("smart_label: title.desc\nsummary: Smart");
    assert_eq!(fixture.status().await, "Created");
    let mut expected = fixture.keys(&[5, 3, 4]);
    let title = |key: &u64| fixture.sim.item(*key).unwrap().title_sort.to_lowercase();
    expected.sort_by_key(|key| std::cmp::Reverse(title(key)));
    assert_eq!(fixture.sim.members("Top"), expected);
    assert_eq!(fixture.sim.collection("Top").unwrap().fields["summary"], "Smart");
    fixture.sim.clear_requests();
    assert_eq!((fixture.status().await.as_str(), fixture.sim.counts().writes()), ("Unchanged", 0));
    fixture.movies("x", &[5, 6]);
    fixture.run().await;
    let mut members = fixture.sim.members("Top");
    members.sort_unstable();
    assert_eq!(members, fixture.keys(&[5, 6]));
}

#[tokio::test]
async fn a_blank_collection_is_created() {
    let fixture = Fixture::new().await;
    fixture.movies_file("  Empty:\n    blank_collection: true\n    summary: Nothing yet\n");
    fixture.run().await;
    let collection = fixture.sim.collection("Empty").unwrap();
    assert_eq!(
        (fixture.sim.members("Empty").len(), collection.fields["summary"].as_str()),
        (0, "Nothing yet")
    );
}

#[tokio::test]
async fn filters_use_data_of_plex_and_unsupported_ones_fail() {
    let mut fixture = Fixture::new().await;
    fixture.movies("x", &[1, 2, 3, 4, 5, 6, 7, 8]);
    fixture.top("filters:\n  genre: Drama\n  year.gte: 1900");
    fixture.run().await;
    let drama = |key: &u64| fixture.sim.item(*key).unwrap().tags["genre"] == ["Drama"];
    let mut expected: Vec<u64> = fixture.keys(&[1, 2, 3, 4, 5, 6, 7, 8]).into_iter().filter(drama).collect();
    let mut members = fixture.sim.members("Top");
    expected.sort_unstable();
    members.sort_unstable();
    assert_eq!(members, expected);
    fixture.top("filters:\n  original_language: en");
    let result = fixture.run_with("", |_| {}).await;
    assert!(
        result.outcomes[0].errors()[0].contains("original_language"),
        "{:?}",
        result.outcomes[0].errors()
    );
    assert_eq!(fixture.sim.members("Top").len(), expected.len());
}

#[tokio::test]
async fn an_unavailable_server_skips_its_library_but_not_the_run() {
    let mut fixture = Fixture::new().await;
    fixture.movies("x", &[1]);
    fixture.list("y", [show(1, Kind::Show)]);
    fixture.movies_file(&(collection("A", "x", "") + &collection("B", "x", "")));
    fixture.file("shows.yml", format!("collections:\n{}", collection("Shows", "y", "")));
    for kind in [FaultKind::Status { status: 503 }, FaultKind::ResetBefore, FaultKind::ResetAfter] {
        fixture.sim.add_fault(Fault::on("/library/sections/1/all", kind).method("PUT"));
        fixture.sim.clear_requests();
        let result = fixture.run_with("", |_| {}).await;
        let statuses: Vec<String> = result.outcomes.iter().map(|one| one.status.to_string()).collect();
        assert_eq!(statuses[..2], ["Failure", "Failure"]);
        assert!(fixture.sim.collection("Shows").is_some());
        let puts =
            |one: &&plex_sim::Received| one.method == "PUT" && one.path.starts_with("/library/sections/1/");
        assert_eq!(
            fixture.sim.requests().iter().filter(puts).count(),
            1,
            "the second collection is not attempted"
        );
        fixture.sim.clear_faults();
    }
    fixture.run().await;
    assert_eq!((fixture.sim.members("A").len(), fixture.sim.members("B").len()), (1, 1));
}

#[tokio::test]
async fn a_missing_library_is_reported_with_similar_names() {
    let mut fixture = Fixture::new().await;
    fixture.list("x", [movie(1)]);
    fixture.top("");
    let result =
        fixture.run_with("  Moveis:\n    collection_files:\n      - file: config/movies.yml\n", |_| {}).await;
    assert!(result.problems[0].contains("did you mean \"Movies\""), "{:?}", result.problems);
    assert_eq!(fixture.sim.members("Top").len(), 1);
}
