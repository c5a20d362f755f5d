//! Connecting without importing.

use sync::outbox::payload::When;

use super::*;

#[tokio::test]
async fn both_sides_are_left_unchanged_and_later_plays_are_synced() {
    let fixture = long_history(120).await;
    let there = fixture.entries_of(BEA);
    fixture.engine.begin_import(fixture.user_id, false).await.unwrap();
    fixture.settle().await;
    assert_eq!(fixture.all_plays().await, []);
    assert_eq!(fixture.entries_of(BEA), there);
    assert_eq!(fixture.sync_status().await.state, PullState::Following);

    fixture.wait(600);
    let backdated = opening_time() - TimeDelta::days(900);
    fixture.add_on_trakt(BEA, movie_id(&fixture, 9), fixture.now());
    fixture.add_on_trakt(BEA, movie_id(&fixture, 9), backdated);
    fixture.sweep().await;
    assert_eq!(fixture.all_plays().await.len(), 2);
    fixture.mark(&[&fixture.movie], When::At(fixture.now())).await;
    fixture.settle().await;
    fixture.sweep().await;
    assert_eq!(fixture.entries_of(BEA).len(), there.len() + 3);
    assert_eq!(fixture.all_plays().await.len(), 3);
}

#[tokio::test]
async fn existing_plays_are_not_sent_and_removals_on_trakt_do_not_affect_them() {
    let fixture = Fixture::unconnected().await;
    fixture
        .mark(&[&fixture.movie, &fixture.episodes[0]], When::At(opening_time() - TimeDelta::days(9)))
        .await;
    fixture.watched_elsewhere(opening_time() - TimeDelta::days(9));
    fixture.connect().await;
    fixture.engine.begin_import(fixture.user_id, false).await.unwrap();
    fixture.settle().await;
    fixture.sweep().await;
    assert_eq!((fixture.plays().await.len(), fixture.on_trakt().len()), (2, 1));
    fixture.remove_on_trakt(DEMO_USER, &[fixture.on_trakt()[0].id]);
    fixture.sweep().await;
    assert_eq!((fixture.plays().await.len(), fixture.on_trakt().len()), (2, 0));
}

#[tokio::test]
async fn an_import_can_follow_later() {
    let fixture = long_history(120).await;
    fixture.engine.begin_import(fixture.user_id, false).await.unwrap();
    fixture.settle().await;
    fixture.import().await;
    fixture.assert_same(BEA).await;
}
