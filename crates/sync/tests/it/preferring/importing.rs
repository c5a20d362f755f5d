//! The preview of an import is exact, and categories added by a newer version can be decided separately.

use sync::{Forecast, NewPreference};
use trakt_sim::FaultKind;

use super::*;

#[tokio::test]
async fn the_preview_matches_the_import() {
    let fixture = Fixture::unconnected().await;
    let show = fixture.show().await;
    fixture.rate(&fixture.movie, 3).await;
    fixture.rate(&fixture.episodes[0], 4).await;
    fixture.rate(&show, 7).await;
    fixture.wait(600);
    // Equal on both sides, newer on Trakt, and only on Trakt; one title is not known here.
    fixture.rate_elsewhere(&fixture.episodes[0], 4, fixture.now());
    fixture.rate_elsewhere(&fixture.movie, 9, fixture.now());
    fixture.rate_elsewhere(&fixture.episodes[1], 5, fixture.now());
    let unknown = fixture.sim.catalogue().movies()[2].facts.ids.trakt;
    fixture.act("/sync/watchlist", &json!({"movies": [{"ids": {"trakt": unknown}}]}));
    fixture.set(&show, NewPreference::Dropped(true)).await;
    fixture.wait(60);
    fixture.connect().await;

    let preview = fixture.engine.preview_import(fixture.user_id).await.unwrap();
    assert_eq!(preview.ratings, Forecast { there: 3, add: 2, push: 1 });
    assert_eq!(preview.watchlist, Forecast { there: 1, add: 1, push: 0 });
    assert_eq!(preview.dropped, Forecast { there: 0, add: 0, push: 1 });

    let before = fixture.here(SyncCategory::Ratings).await;
    let there_before = fixture.there(SyncCategory::Ratings);
    fixture.import().await;
    fixture.sync_until_idle().await;
    fixture.assert_same_preferences().await;
    let (after, there) = (fixture.here(SyncCategory::Ratings).await, fixture.there(SyncCategory::Ratings));
    let changed = |before: &Held, after: &Held| {
        after.iter().filter(|(title, stars)| before.get(*title) != Some(stars)).count()
    };
    assert_eq!(changed(&before, &after), preview.ratings.add);
    assert_eq!(changed(&there_before, &there), preview.ratings.push);
    assert_eq!(fixture.here(SyncCategory::Watchlist).await.len(), preview.watchlist.add);
    assert_eq!(fixture.there(SyncCategory::Dropped).len(), preview.dropped.push);
    let again = fixture.engine.preview_import(fixture.user_id).await.unwrap();
    assert_eq!((again.ratings.add, again.ratings.push), (0, 0));
}

#[tokio::test]
async fn categories_added_by_a_newer_version_are_decided_separately() {
    let fixture = followed().await;
    for category in ["ratings", "playback"] {
        let sql = format!("DELETE FROM sync_cursor WHERE category = '{category}'");
        fixture.db.execute(&sql).await.unwrap();
    }
    fixture.rate_elsewhere(&fixture.movie, 7, fixture.now());
    fixture.sweep().await;
    assert_eq!(fixture.status_of(SyncCategory::Ratings).await.state, PullState::Undecided);
    let history = fixture.status_of(SyncCategory::History).await;
    fixture.engine.begin_undecided(fixture.user_id, true).await.unwrap();
    assert_eq!(fixture.status_of(SyncCategory::History).await, history, "earlier decisions are not changed");
    fixture.settle().await;
    fixture.sweep().await;
    fixture.assert_same_preferences().await;
    for category in [SyncCategory::Ratings, SyncCategory::Playback] {
        assert_eq!(fixture.status_of(category).await.state, PullState::Following);
    }
}

/// If Trakt itself imports from Plex, the preview says so before anything is imported.
#[tokio::test]
async fn the_preview_warns_if_trakt_imports_from_plex() {
    let fixture = Fixture::connected().await;
    let is_fed_by_plex =
        async || fixture.engine.preview_import(fixture.user_id).await.unwrap().is_fed_by_plex;
    assert!(!is_fed_by_plex().await);
    fixture.sim.set_plex_connected(DEMO_USER, true);
    assert!(is_fed_by_plex().await);
    fixture.fault_once("/users/settings/plex", FaultKind::Empty { status: 503 });
    assert!(!is_fed_by_plex().await, "no warning without a response");
}
