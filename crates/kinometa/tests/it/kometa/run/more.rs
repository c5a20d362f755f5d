//! Playlists, files that cannot be used, and dynamic collections that their source no longer creates.

use serde_json::json;
use trakt_sim::{Fault, FaultKind};

use super::{Fixture, titles_of};

const MIXED: &str = "{trakt}libraries:\n  Movies:\n    collection_files: []\n  TV Shows:\n    collection_files: []\nplaylist_files:\n  - file: playlists.yml\n";
const ORDER: &str = "playlists:\n  Order:\n    libraries: [Movies, TV Shows]\n    trakt_list: https://trakt.tv/users/anna/lists/order\n    sync_mode: sync\n";

#[tokio::test]
async fn a_playlist_contains_movies_and_episodes_in_the_order_of_its_list() {
    let fixture = Fixture::with(&[("config.yml", MIXED), ("playlists.yml", ORDER)]).await;
    fixture.make_list("order", &[2]);
    let show = fixture.kometa.sim.catalogue().shows()[0].facts.ids.trakt;
    let body = json!({"shows": [{"ids": {"trakt": show}, "seasons": [{"number": 1}]}]});
    fixture.on_trakt("POST", "/users/me/lists/order/items", Some(body));
    fixture.put_movies("order", "", &[0]);

    let made = fixture.one("Order", &[]).await;
    assert_eq!((&made["status"], &made["order"]), (&json!("Created"), &json!("custom")), "{made}");
    let titles = titles_of(&made, "items");
    assert_eq!(
        (titles.len(), &titles[0], &titles[3]),
        (4, &fixture.titles(&[2])[0], &fixture.titles(&[0])[0])
    );
    assert!(titles[1].contains("1x01") && titles[2].contains("1x02"), "{titles:?}");
    assert_eq!(fixture.one("Order", &[]).await["status"], "Unchanged");

    // A collection with the same name is independent of the playlist.
    fixture.files(&[
        ("config.yml", &MIXED.replacen("[]", "\n      - file: movies.yml", 1)),
        ("movies.yml", "collections:\n  Order:\n    trakt_list: https://trakt.tv/users/anna/lists/order\n"),
    ]);
    let (both, _, stderr) = fixture.json(&[]).await;
    let statuses: Vec<_> = both.iter().map(|one| (one["library"].clone(), one["status"].clone())).collect();
    assert_eq!(
        statuses,
        [(json!("Movies"), json!("Created")), (json!("Movies, TV Shows"), json!("Unchanged"))],
        "{stderr}"
    );
    fixture
        .files(&[("config.yml", MIXED), ("playlists.yml", &format!("{ORDER}    delete_playlist: true\n"))]);
    let deleted = fixture.one("Order", &[]).await;
    assert_eq!((&deleted["status"], &deleted["errors"]), (&json!("Deleted"), &json!([])));
    assert_eq!((titles_of(&deleted, "items").len(), titles_of(&deleted, "removed").len()), (0, 4));
    // The playlist no longer exists, and the next run does not recreate it.
    let after = fixture.one("Order", &[]).await;
    let counts = ["items", "added", "removed", "missing"].map(|what| titles_of(&after, what).len());
    assert_eq!((&after["status"], counts), (&json!("Ignored"), [0; 4]), "{after}");
}

#[tokio::test]
async fn a_file_that_cannot_be_used_causes_a_failure() {
    let files = "{trakt}libraries:\n  Movies:\n    collection_files:\n    - file: movies.yml\n    - file: ";
    let movies = ("movies.yml", "collections:\n  Chart:\n    trakt_popular: 5\n");
    let fixture = Fixture::with(&[("config.yml", &format!("{files}gone.yml\n")), movies]).await;
    let (made, code, stderr) = fixture.json(&[]).await;
    assert_eq!((made.len(), code), (1, Some(1)), "{stderr}");
    assert!(stderr.contains("there is no file \"gone.yml\""), "{stderr}");
    for broken in
        ["collections: [\n", "# nothing\n", "dynamic_collections:\n  Lists:\n    type: trakt_user_lists\n"]
    {
        fixture.files(&[("config.yml", &format!("{files}broken.yml\n")), ("broken.yml", broken)]);
        let (made, code, stderr) = fixture.json(&[]).await;
        assert_eq!((made.len(), code), (1, Some(1)), "{broken}: {stderr}");
    }
    for nothing in ["{trakt}libraries:\n  - Movies\n", "{trakt}settings: {}\n"] {
        fixture.files(&[("config.yml", nothing)]);
        let (made, code, stderr) = fixture.json(&[]).await;
        assert_eq!((made.len(), code), (0, Some(2)), "{nothing}: {stderr}");
    }
}

#[tokio::test]
async fn a_library_can_be_selected_by_its_name_in_config_yml() {
    let config =
        "{trakt}libraries:\n  Filme:\n    library_name: Movies\n    collection_files: [movies.yml]\n";
    let movies = ("movies.yml", "collections:\n  Chart:\n    trakt_popular: 5\n");
    let fixture = Fixture::with(&[("config.yml", config), movies]).await;
    for name in ["Filme", "Movies"] {
        let (made, code, stderr) = fixture.json(&["--library", name]).await;
        assert_eq!((made.len(), code), (1, Some(0)), "{name}: {stderr}");
    }
}

#[tokio::test]
async fn a_library_without_supported_collections_may_be_missing() {
    let config = "{trakt}libraries:\n  Movies:\n    collection_files: [movies.yml]\n  Music:\n    collection_files: [music.yml]\n  Overlays Only: {overlay_files: [default: status]}\n";
    let files = [
        ("config.yml", config),
        ("movies.yml", "collections:\n  Chart:\n    trakt_popular: 5\n"),
        ("music.yml", "collections:\n  Loud:\n    plex_search: {any: {artist_plays.gt: 3}}\n"),
    ];
    let fixture = Fixture::with(&files).await;
    let (made, code, stderr) = fixture.json(&[]).await;
    assert_eq!((made.len(), code), (1, Some(0)), "{stderr}");
    fixture.files(&[("music.yml", "collections:\n  Loud:\n    trakt_popular: 3\n")]);
    let (made, code, stderr) = fixture.json(&[]).await;
    assert_eq!((made.len(), code), (1, Some(1)), "{stderr}");
    assert!(stderr.contains("there is no library \"Music\""), "{stderr}");
}

const CONFIG: &str = "{trakt}libraries:\n  Movies:\n    collection_files:\n      - file: movies.yml\n";
const LISTS: &str = "dynamic_collections:\n  Lists:\n    type: trakt_user_lists\n    data: anna\n    sync: true\ncollections:\n  Hand:\n    trakt_list: https://trakt.tv/users/anna/lists/a\n    label: Lists\n";

/// Creates and runs dynamic collections for two lists of anna's with two movies each, and for `large` with eleven.
async fn lists() -> Fixture {
    let fixture = Fixture::with(&[("config.yml", CONFIG), ("movies.yml", LISTS)]).await;
    fixture.make_list("a", &[0, 2]);
    fixture.make_list("b", &[4, 6]);
    fixture.make_list("large", &(0..22).step_by(2).collect::<Vec<_>>());
    let (made, code, stderr) = fixture.json(&[]).await;
    let names = ["a", "b", "large", "Hand"];
    let created = |name: &&str| made.iter().any(|one| one["name"] == **name && one["status"] == "Created");
    assert!(names.iter().all(created) && code == Some(0), "{made:?} {stderr}");
    fixture
}

#[tokio::test]
async fn collections_of_deleted_lists_are_removed_and_large_ones_wait() {
    let fixture = lists().await;
    fixture.on_trakt("DELETE", "/users/me/lists/b", None);
    fixture.on_trakt("DELETE", "/users/me/lists/large", None);
    let (ran, _, stderr) = fixture.json(&[]).await;
    let status = |name: &str| {
        let found = ran.iter().find(|one| one["name"] == name);
        found.map(|one| (one["status"].as_str().unwrap().to_owned(), titles_of(one, "removed").len()))
    };
    // More than half of the definition's collections would be deleted.
    let waiting = Some(("Waiting for Confirmation".to_owned(), 2));
    assert_eq!((status("a"), status("b")), (Some(("Unchanged".into(), 0)), waiting), "{stderr}");
    assert_eq!(status("large"), Some(("Waiting for Confirmation".into(), 11)));
    assert_eq!(status("Hand"), Some(("Unchanged".into(), 0)), "a defined collection is not removed");
    assert_eq!(fixture.one("b", &["--yes"]).await["status"], "Deleted");
    let (after, _, _) = fixture.json(&[]).await;
    assert!(!after.iter().any(|one| one["name"] == "b"), "{after:?}");
}

#[tokio::test]
async fn one_small_collection_is_removed_but_none_while_trakt_is_unavailable() {
    let fixture = lists().await;
    fixture.on_trakt("DELETE", "/users/me/lists/b", None);
    fixture.kometa.sim.add_fault(Fault::on("/users/anna/lists", FaultKind::Empty { status: 503 }));
    let (unavailable, _, _) = fixture.json(&["--yes"]).await;
    assert!(!unavailable.iter().any(|one| one["status"] == "Deleted"), "{unavailable:?}");
    fixture.kometa.sim.clear_faults();
    assert_eq!(fixture.one("b", &[]).await["status"], "Deleted");
}
