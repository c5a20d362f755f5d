//! What collections hold.

use collections::entry::Kind;
use collections::run::Agreed;
use plex_sim::{Fault, FaultKind};
use rstest::rstest;

use crate::{Fixture, collection, movie, show};

#[tokio::test]
async fn titles_come_and_go_with_the_list_in_all_their_editions() {
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
async fn builder_levels(
    #[case] level: &str,
    #[case] kind: Kind,
    #[case] number: u64,
    #[case] held: plex_sim::Kind,
    #[case] count: usize,
) {
    let mut fixture = Fixture::new().await;
    fixture.list("x", [show(number, kind)]);
    fixture.file("shows.yml", format!("collections:\n{}", collection("Top", "x", level)));
    assert_eq!(fixture.status().await, "Created");
    let members = fixture.sim.members("Top");
    assert_eq!(members.len(), count);
    let here = fixture.sim.titles("TV Shows")[1].key;
    for key in members {
        let item = fixture.sim.item(key).unwrap();
        assert_eq!(item.kind, held);
        let above = |key: u64| fixture.sim.item(key).unwrap().parent;
        let top = std::iter::successors(Some(key), |key| above(*key)).last();
        assert_eq!(top, Some(here));
    }
    fixture.sim.clear_requests();
    assert_eq!((fixture.status().await.as_str(), fixture.sim.counts().writes()), ("Unchanged", 0));
}

#[tokio::test]
async fn seasons_and_episodes_are_read_only_where_something_holds_them() {
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
async fn a_list_that_cannot_be_read_takes_nothing_away() {
    let mut fixture = Fixture::new().await;
    fixture.movies("x", &[1, 2, 3]);
    fixture.top("delete_below_minimum: true\nminimum_items: 2");
    fixture.run().await;
    fixture.lists.clear();
    fixture.sim.clear_requests();
    let ran = fixture.ran("", |options| options.agreed = Agreed::Everything).await;
    assert_eq!(ran.outcomes[0].status.to_string(), "Service Error");
    assert_eq!((fixture.sim.members("Top").len(), fixture.sim.counts().writes()), (3, 0));
}

#[tokio::test]
async fn an_emptied_list_waits_and_is_then_what_plex_makes_of_it() {
    let mut fixture = Fixture::new().await;
    fixture.movies("x", &[1, 2]);
    fixture.top("");
    fixture.run().await;
    fixture.movies("x", &[]);
    let ran = fixture.ran("", |_| {}).await;
    assert_eq!(ran.outcomes[0].status.to_string(), "Waiting for Confirmation");
    assert_eq!(fixture.sim.members("Top").len(), 2);
    fixture.ran("", |options| options.agreed = Agreed::Everything).await;
    assert!(fixture.sim.collection("Top").is_none());
}

#[tokio::test]
async fn what_falls_below_the_minimum_or_out_of_its_schedule_is_deleted_when_that_is_wanted() {
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
async fn a_smart_label_makes_a_smart_collection_of_the_label() {
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
async fn a_blank_collection_is_made() {
    let fixture = Fixture::new().await;
    fixture.movies_file("  Empty:\n    blank_collection: true\n    summary: Nothing yet\n");
    fixture.run().await;
    let made = fixture.sim.collection("Empty").unwrap();
    assert_eq!((fixture.sim.members("Empty").len(), made.fields["summary"].as_str()), (0, "Nothing yet"));
}

#[tokio::test]
async fn filters_look_at_what_plex_knows_and_what_it_does_not_know_fails() {
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
    let ran = fixture.ran("", |_| {}).await;
    assert!(ran.outcomes[0].errors()[0].contains("original_language"), "{:?}", ran.outcomes[0].errors());
    assert_eq!(fixture.sim.members("Top").len(), expected.len());
}

#[tokio::test]
async fn a_server_that_goes_away_ends_its_library_and_not_the_run() {
    let mut fixture = Fixture::new().await;
    fixture.movies("x", &[1]);
    fixture.list("y", [show(1, Kind::Show)]);
    fixture.movies_file(&(collection("A", "x", "") + &collection("B", "x", "")));
    fixture.file("shows.yml", format!("collections:\n{}", collection("Shows", "y", "")));
    for kind in [FaultKind::Status { status: 503 }, FaultKind::ResetBefore, FaultKind::ResetAfter] {
        fixture.sim.add_fault(Fault::on("/library/sections/1/all", kind).method("PUT"));
        fixture.sim.clear_requests();
        let ran = fixture.ran("", |_| {}).await;
        let statuses: Vec<String> = ran.outcomes.iter().map(|one| one.status.to_string()).collect();
        assert_eq!(statuses[..2], ["Failure", "Failure"]);
        assert!(fixture.sim.collection("Shows").is_some());
        let puts =
            |one: &&plex_sim::Received| one.method == "PUT" && one.path.starts_with("/library/sections/1/");
        assert_eq!(fixture.sim.requests().iter().filter(puts).count(), 1, "the second is not tried");
        fixture.sim.clear_faults();
    }
    fixture.run().await;
    assert_eq!((fixture.sim.members("A").len(), fixture.sim.members("B").len()), (1, 1));
}

#[tokio::test]
async fn a_library_that_plex_does_not_have_is_told_with_the_nearest_names() {
    let mut fixture = Fixture::new().await;
    fixture.list("x", [movie(1)]);
    fixture.top("");
    let ran =
        fixture.ran("  Moveis:\n    collection_files:\n      - file: config/movies.yml\n", |_| {}).await;
    assert!(ran.problems[0].contains("did you mean \"Movies\""), "{:?}", ran.problems);
    assert_eq!(fixture.sim.members("Top").len(), 1);
}
