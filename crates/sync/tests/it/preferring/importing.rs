//! What an import would do to preferences is what it does, and what a newer version follows is decided with one click.

use sync::{Forecast, NewPreference};
use trakt_sim::FaultKind;

use super::*;

#[tokio::test]
async fn the_preview_says_what_the_import_does() {
    let world = World::unconnected().await;
    let show = world.show().await;
    world.rate(&world.movie, 3).await;
    world.rate(&world.episodes[0], 4).await;
    world.rate(&show, 7).await;
    world.wait(600);
    // The same on both sides, newer there, and there alone; one title is not known here.
    world.rate_elsewhere(&world.episodes[0], 4, world.now());
    world.rate_elsewhere(&world.movie, 9, world.now());
    world.rate_elsewhere(&world.episodes[1], 5, world.now());
    let unknown = world.sim.catalogue().movies()[2].facts.ids.trakt;
    world.act("/sync/watchlist", &json!({"movies": [{"ids": {"trakt": unknown}}]}));
    world.set(&show, NewPreference::Dropped(true)).await;
    world.wait(60);
    world.connect().await;

    let preview = world.engine.preview_import(world.user_id).await.unwrap();
    assert_eq!(preview.ratings, Forecast { there: 3, add: 2, push: 1 });
    assert_eq!(preview.watchlist, Forecast { there: 1, add: 1, push: 0 });
    assert_eq!(preview.dropped, Forecast { there: 0, add: 0, push: 1 });

    let before = world.here(SyncCategory::Ratings).await;
    let there_before = world.there(SyncCategory::Ratings);
    world.import().await;
    world.come_to_rest().await;
    world.assert_same_preferences().await;
    let (after, there) = (world.here(SyncCategory::Ratings).await, world.there(SyncCategory::Ratings));
    let changed = |before: &Held, after: &Held| {
        after.iter().filter(|(title, stars)| before.get(*title) != Some(stars)).count()
    };
    assert_eq!(changed(&before, &after), preview.ratings.add);
    assert_eq!(changed(&there_before, &there), preview.ratings.push);
    assert_eq!(world.here(SyncCategory::Watchlist).await.len(), preview.watchlist.add);
    assert_eq!(world.there(SyncCategory::Dropped).len(), preview.dropped.push);
    let again = world.engine.preview_import(world.user_id).await.unwrap();
    assert_eq!((again.ratings.add, again.ratings.push), (0, 0));
}

#[tokio::test]
async fn what_a_newer_version_follows_is_decided_by_itself() {
    let world = followed().await;
    for category in ["ratings", "playback"] {
        let sql = format!("DELETE FROM sync_cursor WHERE category = '{category}'");
        world.db.execute(&sql).await.unwrap();
    }
    world.rate_elsewhere(&world.movie, 7, world.now());
    world.sweep().await;
    assert_eq!(world.status_of(SyncCategory::Ratings).await.state, PullState::Undecided);
    let history = world.status_of(SyncCategory::History).await;
    world.engine.begin_undecided(world.user_id, true).await.unwrap();
    assert_eq!(world.status_of(SyncCategory::History).await, history, "what was decided goes on");
    world.settle().await;
    world.sweep().await;
    world.assert_same_preferences().await;
    for category in [SyncCategory::Ratings, SyncCategory::Playback] {
        assert_eq!(world.status_of(category).await.state, PullState::Following);
    }
}

/// Trakt pulling from Plex by itself is said before anything is imported.
#[tokio::test]
async fn the_preview_warns_of_another_writer() {
    let world = World::connected().await;
    let is_fed_by_plex = async || world.engine.preview_import(world.user_id).await.unwrap().is_fed_by_plex;
    assert!(!is_fed_by_plex().await);
    world.sim.set_plex_connected(DEMO_USER, true);
    assert!(is_fed_by_plex().await);
    world.fault_once("/users/settings/plex", FaultKind::Empty { status: 503 });
    assert!(!is_fed_by_plex().await, "without an answer nothing is said");
}
