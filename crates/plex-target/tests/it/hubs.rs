//! The hubs of collections: `hub_priority` and `auto_sort_hubs`.

use rstest::rstest;

use crate::{Fixture, collection};

fn titles(fixture: &Fixture) -> Vec<String> {
    fixture.sim.hubs("Movies").into_iter().map(|hub| hub.title).collect()
}

#[tokio::test]
async fn hub_priority_determines_the_position() {
    let mut fixture = Fixture::new().await;
    fixture.movies("x", &[1]);
    let one = |name: &str, priority: u8| {
        collection(name, "x", &format!("visible_library: true\nhub_priority: {priority}"))
    };
    fixture.movies_file(&(one("C", 3) + &one("A", 1) + &one("B", 2)));
    fixture.run().await;
    let titles: Vec<String> = fixture.sim.hubs("Movies").into_iter().map(|hub| hub.title).collect();
    assert_eq!(titles[..3], ["A", "B", "C"]);
    fixture.sim.clear_requests();
    fixture.run().await;
    assert_eq!(fixture.sim.counts().writes(), 0);
}

/// A fixture with four collections. Their hubs are in the order of the file, after Plex's own hubs.
async fn four() -> Fixture {
    let mut fixture = Fixture::new().await;
    fixture.movies("x", &[1]);
    let one = |name: &str, more: &str| collection(name, "x", &format!("visible_library: true\n{more}"));
    let file = one("delta", "sort_title: '01'")
        + &one("Alpha", "")
        + &one("Charlie", "")
        + &one("Bravo", "sort_title: zz");
    fixture.movies_file(&file);
    fixture.run().await;
    assert_eq!(titles(&fixture)[3..], ["delta", "Alpha", "Charlie", "Bravo"]);
    fixture
}

#[rstest]
#[case("alpha", ["Alpha", "Bravo", "Charlie", "delta"])]
#[case("alpha.desc", ["delta", "Charlie", "Bravo", "Alpha"])]
#[case("sort_title", ["delta", "Alpha", "Charlie", "Bravo"])]
#[case("sort_title.desc", ["Bravo", "Charlie", "Alpha", "delta"])]
#[case("configured", ["delta", "Alpha", "Charlie", "Bravo"])]
#[case("configured.desc", ["Bravo", "Charlie", "Alpha", "delta"])]
#[tokio::test]
async fn hubs_are_sorted_without_moving_those_of_plex(#[case] written: &str, #[case] expected: [&str; 4]) {
    let fixture = four().await;
    let settings = format!("settings:\n  auto_sort_hubs: {written}\n");
    let result = fixture.run_with(&settings, |_| {}).await;
    assert!(result.succeeded(), "{:?}", result.problems);
    let rows = titles(&fixture);
    assert_eq!(
        (&rows[3..], &rows[..3]),
        (&expected.map(str::to_owned)[..], &titles(&Fixture::new().await)[..])
    );
    fixture.sim.clear_requests();
    let result = fixture.run_with(&settings, |_| {}).await;
    assert_eq!((fixture.sim.counts().writes(), result.done), (0, Vec::new()));
}

#[tokio::test]
async fn hub_priority_takes_precedence_over_auto_sort_hubs() {
    let fixture = four().await;
    let file = std::fs::read_to_string(fixture.config().join("movies.yml")).unwrap();
    let pinned = file.replace("  Charlie:\n", "  Charlie:\n    hub_priority: 1\n");
    fixture.file("movies.yml", pinned);
    let settings = "settings:\n  auto_sort_hubs: alpha.desc\n";
    for run in 0..2 {
        fixture.sim.clear_requests();
        fixture.run_with(settings, |_| {}).await;
        let rows = titles(&fixture);
        assert_eq!(
            (rows[0].as_str(), &rows[4..]),
            ("Charlie", &["delta", "Bravo", "Alpha"].map(str::to_owned)[..])
        );
        assert!(run == 0 || fixture.sim.counts().writes() == 0);
    }
    // A run that is limited to one collection does not move hubs.
    fixture.sim.clear_requests();
    let one = |options: &mut collections::run::RunOptions| options.collections = vec!["Alpha".into()];
    fixture.run_with("settings:\n  auto_sort_hubs: alpha\n", one).await;
    assert_eq!(fixture.sim.counts().writes(), 0);
}

#[tokio::test]
async fn a_random_order_changes_only_with_the_day() {
    let fixture = four().await;
    let settings = "settings:\n  auto_sort_hubs: random\n";
    let mut seen = std::collections::HashSet::new();
    for days in 0..12 {
        let then =
            |options: &mut collections::run::RunOptions| options.today += chrono::TimeDelta::days(days);
        fixture.run_with(settings, then).await;
        seen.insert(titles(&fixture));
        fixture.sim.clear_requests();
        fixture.run_with(settings, then).await;
        assert_eq!(fixture.sim.counts().writes(), 0);
    }
    assert!(seen.len() > 2, "{seen:?}");
}

#[tokio::test]
async fn an_unknown_order_is_reported_and_moves_no_hubs() {
    let fixture = four().await;
    let loaded = fixture.loaded("settings:\n  auto_sort_hubs: alhpa\n");
    assert!(
        loaded.findings.iter().any(|finding| finding.to_string().contains("auto_sort_hubs")),
        "{:?}",
        loaded.findings
    );
    assert!(loaded.libraries.iter().all(|library| library.auto_sort_hubs.is_none()));
}
