//! Playlists from `playlist_files`.

use collections::entry::Kind;
use collections::run::Confirmed;
use plex_sim::Playlist;

use crate::{Fixture, collection, movie, show};

const FILES: &str = "playlist_files:\n  - file: config/playlists.yml\n";

fn entries(playlist: &Playlist) -> Vec<u64> {
    playlist.entries.iter().map(|(_, item)| *item).collect()
}

async fn fixture() -> Fixture {
    let mut fixture = Fixture::new().await;
    fixture.list("x", [movie(3), show(2, Kind::Episode(1, 2)), movie(1), show(1, Kind::Season(2))]);
    fixture.file("playlists.yml", playlist(""));
    fixture
}

fn playlist(more: &str) -> String {
    format!("playlists:\n{}", collection("Night", "x", &format!("libraries: Movies, TV Shows\n{more}")))
}

async fn statuses(fixture: &Fixture, confirmed: bool) -> Vec<String> {
    let result = fixture
        .run_with(FILES, |options| {
            options.confirmed = if confirmed { Confirmed::Everything } else { Confirmed::Nothing }
        })
        .await;
    assert_eq!(result.problems, Vec::<String>::new());
    result.outcomes.iter().map(|one| format!("{} {:?}", one.status, one.errors())).collect()
}

#[tokio::test]
async fn a_playlist_follows_its_list_and_an_emptied_list_needs_confirmation() {
    let mut fixture = fixture().await;
    fixture.file("playlists.yml", playlist("summary: For tonight"));
    assert_eq!(statuses(&fixture, false).await, ["Created []"]);
    let playlist = &fixture.sim.playlists()[0];
    assert_eq!((playlist.title.as_str(), playlist.summary.as_str()), ("Night", "For tonight"));
    let [three, one] = fixture.keys(&[3, 1])[..] else { panic!("two keys") };
    let listed = entries(playlist);
    assert_eq!((listed.len(), listed[0], listed[2]), (6, three, one));
    fixture.sim.clear_requests();
    assert_eq!(statuses(&fixture, false).await, ["Unchanged []"]);
    assert_eq!(fixture.sim.counts().writes(), 0);
    fixture.list("x", [movie(1), movie(3), movie(2), show(2, Kind::Episode(1, 2)), show(1, Kind::Season(2))]);
    assert_eq!(statuses(&fixture, false).await, ["Modified []"]);
    assert_eq!(entries(&fixture.sim.playlists()[0])[..3], fixture.keys(&[1, 3, 2]));
    fixture.list("x", []);
    assert_eq!(statuses(&fixture, false).await, ["Waiting for Confirmation []"]);
    assert_eq!(fixture.sim.playlists()[0].entries.len(), 7);
}

#[tokio::test]
async fn a_dry_run_creates_no_playlist_and_adopting_one_needs_confirmation() {
    let fixture = fixture().await;
    fixture.run_with(FILES, |options| options.dry_run = true).await;
    assert!(fixture.sim.requests().iter().all(|request| request.method == "GET"));
    let client = plex::Client::builder(fixture.sim.url(), plex_sim::OWNER_TOKEN).build().unwrap();
    client.create_playlist(&fixture.sim.machine(), "Night", &fixture.keys(&[9])).await.unwrap();
    assert_eq!(statuses(&fixture, false).await, ["Waiting for Confirmation []"]);
    assert_eq!(entries(&fixture.sim.playlists()[0]), fixture.keys(&[9]));
    assert_eq!(statuses(&fixture, true).await, ["Modified []"]);
    assert_eq!(fixture.sim.playlists()[0].entries.len(), 6);
}

#[tokio::test]
async fn delete_playlist_deletes_a_managed_playlist() {
    let fixture = fixture().await;
    fixture.run_with(FILES, |_| {}).await;
    fixture.file("playlists.yml", playlist("delete_playlist: true"));
    assert_eq!(statuses(&fixture, false).await, ["Deleted []"]);
    assert!(fixture.sim.playlists().is_empty());
    assert_eq!(statuses(&fixture, false).await, ["Ignored []"]);
}

#[tokio::test]
async fn deleting_a_manually_created_playlist_needs_confirmation_even_with_adopt() {
    let fixture = fixture().await;
    let client = plex::Client::builder(fixture.sim.url(), plex_sim::OWNER_TOKEN).build().unwrap();
    client.create_playlist(&fixture.sim.machine(), "Night", &fixture.keys(&[9])).await.unwrap();
    fixture.file("playlists.yml", playlist("delete_playlist: true\nadopt: true"));
    assert_eq!(statuses(&fixture, false).await, ["Waiting for Confirmation []"]);
    assert_eq!(fixture.sim.playlists().len(), 1);
    assert_eq!(statuses(&fixture, true).await, ["Deleted []"]);
    assert!(fixture.sim.playlists().is_empty());
}

#[tokio::test]
async fn a_playlist_whose_name_is_not_unique_is_neither_changed_nor_deleted() {
    let fixture = fixture().await;
    let client = plex::Client::builder(fixture.sim.url(), plex_sim::OWNER_TOKEN).build().unwrap();
    for item in [8, 9] {
        client.create_playlist(&fixture.sim.machine(), "Night", &fixture.keys(&[item])).await.unwrap();
    }
    for more in ["", "delete_playlist: true"] {
        fixture.file("playlists.yml", playlist(more));
        let statuses = statuses(&fixture, true).await;
        assert!(statuses[0].contains("Plex has 2 playlists named \\\"Night\\\""), "{more}: {statuses:?}");
        let contents: Vec<_> = fixture.sim.playlists().iter().map(entries).collect();
        assert_eq!(contents, [fixture.keys(&[8]), fixture.keys(&[9])], "{more}");
    }
}
