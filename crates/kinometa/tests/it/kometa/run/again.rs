//! `run_again`: titles added to the library during a run are added to the collection at its end.

use std::time::Duration;

use db::Db;
use db::Millis;
use db::kinds::TitleKind;
use rstest::rstest;
use serde_json::json;
use trakt_sim::{Fault, FaultKind};

use super::{Fixture, insert, titled, titles_of};

const CONFIG: &str = "{trakt}libraries:\n  Movies:\n    collection_files:\n      - file: movies.yml\n";

/// Adds the movie at this position of the simulator's catalogue to the library.
async fn add_movie(fixture: &Fixture, at: usize) {
    let db = Db::connect(&fixture.database()).await.unwrap();
    let libraries = db::libraries::list(&db).await.unwrap();
    let movies = libraries.into_iter().find(|library| library.name == "Movies").unwrap();
    let now = Millis::from(chrono::DateTime::from_timestamp(1_700_000_000, 0).unwrap());
    let catalogue = fixture.kometa.sim.catalogue();
    insert(&db, &movies, vec![titled(TitleKind::Movie, &catalogue.movies()[at].facts, now)], now).await;
    db.close().await.unwrap();
}

#[rstest]
#[case("    run_again: true\n", &[0, 1, 2], &[])]
#[case("", &[0, 2], &[1])]
#[tokio::test]
async fn a_title_added_during_the_run_is_included_with_run_again(
    #[case] attribute: &str,
    #[case] held: &[usize],
    #[case] missing: &[usize],
) {
    let movies = format!(
        "collections:\n  Mine:\n    trakt_list: https://trakt.tv/users/anna/lists/mine\n    collection_order: custom\n{attribute}"
    );
    let fixture = Fixture::with(&[("config.yml", CONFIG), ("movies.yml", &movies)]).await;
    fixture.make_list("mine", &[0, 1, 2]);
    fixture.kometa.sim.clear_requests();
    // The library is read before the list is requested, and the response is delayed.
    fixture
        .kometa
        .sim
        .add_fault(Fault::on("/users/anna/lists/mine/items", FaultKind::Latency { milliseconds: 5_000 }));
    let meanwhile = async {
        let is_requested =
            || fixture.kometa.sim.requests().iter().any(|one| one.path.contains("/lists/mine/items"));
        while !is_requested() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        add_movie(&fixture, 1).await;
    };
    let ((collections, code, stderr), ()) = tokio::join!(fixture.json(&[]), meanwhile);
    let mine = &collections[0];
    assert_eq!((&mine["status"], code), (&json!("Created"), Some(0)), "{stderr}");
    assert_eq!(titles_of(mine, "items"), fixture.titles(held), "{stderr}");
    assert_eq!(titles_of(mine, "added").len(), held.len(), "{stderr}");
    assert_eq!(titles_of(mine, "missing"), fixture.titles(missing), "{stderr}");
}
