use rstest::rstest;

use super::super::Loaded;
use super::super::tests::{loaded, reported, value};
use crate::spec::Media;

fn playlists(file: &str) -> Loaded {
    let config = "libraries:\n  Movies:\n  Shows: {library_name: TV Shows}\nplaylist_files:\n- file: p.yml\n  schedule: weekly(mon)\n";
    loaded(&[("config/config.yml", config), ("config/p.yml", file)])
}

#[test]
fn playlists_are_collections_across_libraries() {
    let loaded = playlists(
        "templates:\n  t: {libraries: 'Movies, Shows', trakt_list: <<l>>}\nplaylists:\n  Timeline:\n    template: {name: t, l: [lists/1, lists/2]}\n    sync_to_users: all\n    sync_mode: sync\n",
    );
    let [playlist] = loaded.playlists.as_slice() else { panic!("{}", reported(&loaded)) };
    assert_eq!(playlist.libraries, ["Movies", "TV Shows"]);
    let collection = &playlist.collection;
    assert!(collection.findings.is_empty(), "{:?}", collection.findings);
    let requests: Vec<_> =
        collection.spec.builders.iter().map(|builder| builder.request(Media::Shows)).collect();
    assert_eq!(requests, ["GET /lists/1/items", "GET /lists/2/items"]);
    assert_eq!((collection.outer.len(), value(collection, "sync_mode")), (1, Some("sync".into())));
    assert!(!playlist.delete);
}

#[rstest]
#[case("playlists:\n  A: {trakt_list: lists/1}\n", "libraries: is missing")]
#[case(
    "playlists:\n  A: {trakt_list: lists/1, libraries: Movie}\n",
    "\"Movie\" is not one of: Movies, Shows; did you mean \"Movies\"?"
)]
#[case("playlists:\n  A: {libraries: Movies}\n", "no builder was found")]
#[case("playlists:\n  A: {libraries: Movies, trakt_lst: lists/1}\n", "did you mean \"trakt_list\"?")]
#[case("playlists:\n  A: 5\n", "must be a mapping, not a number")]
#[case("collections:\n  A: 5\n", "there are no playlists in this file")]
fn invalid_playlists_are_reported(#[case] file: &str, #[case] expected: &str) {
    let loaded = playlists(file);
    let own = loaded.playlists.iter().flat_map(|playlist| &playlist.collection.findings);
    let own: String = own.map(|finding| format!("{finding}\n")).collect();
    let all = format!("{}{own}", reported(&loaded));
    assert!(all.contains(expected), "{all}");
}

#[test]
fn a_playlist_to_delete_needs_no_builder() {
    let loaded = playlists("playlists:\n  A: {libraries: Movies, delete_playlist: true}\n");
    assert!(loaded.playlists[0].delete && !loaded.playlists[0].collection.fails());
}
