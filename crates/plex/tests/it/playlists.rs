use plex::target::{PlaylistOutcome, sync_playlist};

use crate::{client, dry, keys, movies};

#[tokio::test]
async fn a_playlist_follows_a_list_with_few_calls() {
    let sim = movies(300).await;
    let machine = sim.machine();
    let (first, second) = (keys(&sim, &(1..=150).collect::<Vec<_>>()), keys(&sim, &[7, 3, 200, 5]));
    let sync = async |items: &[u64]| {
        sync_playlist(&client(&sim), &machine, "Up next, & more", items, true).await.expect("synchronised")
    };
    assert_eq!(sync(&[]).await, PlaylistOutcome::Empty);
    assert_eq!(sync(&first).await, PlaylistOutcome::Created);
    let entries = || sim.playlists()[0].entries.iter().map(|(_, item)| *item).collect::<Vec<_>>();
    assert_eq!((entries(), sim.counts().writes()), (first.clone(), 2));
    assert_eq!((sync(&first).await, sim.counts().writes()), (PlaylistOutcome::Unchanged, 2));
    assert_eq!(sync(&[]).await, PlaylistOutcome::Empty);
    let planned =
        sync_playlist(&dry(&sim), &machine, "Up next, & more", &second, true).await.expect("planned");
    assert_eq!((planned, sim.counts().writes()), (PlaylistOutcome::Modified(149), 2));
    sync(&second).await;
    assert_eq!(entries(), second);
    assert_eq!(sync(&second).await, PlaylistOutcome::Unchanged);
}

#[tokio::test]
async fn an_incomplete_list_causes_no_removals() {
    let sim = movies(10).await;
    let (client, machine) = (client(&sim), sim.machine());
    sync_playlist(&client, &machine, "Mix", &keys(&sim, &[1, 2]), true).await.expect("created");
    sync_playlist(&client, &machine, "Mix", &keys(&sim, &[3]), false).await.expect("changed");
    assert_eq!(sim.playlists()[0].entries.len(), 3);
}
