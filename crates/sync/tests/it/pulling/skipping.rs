//! Connecting without importing.

use sync::outbox::payload::When;

use super::*;

#[tokio::test]
async fn both_sides_stay_as_they_are_and_later_plays_flow() {
    let world = long_history(120).await;
    let there = world.entries_of(BEA);
    world.engine.begin_import(world.user_id, false).await.unwrap();
    world.settle().await;
    assert_eq!(world.all_plays().await, []);
    assert_eq!(world.entries_of(BEA), there);
    assert_eq!(world.sync_status().await.state, PullState::Following);

    world.wait(600);
    let backdated = opening_time() - TimeDelta::days(900);
    world.add_on_trakt(BEA, movie_id(&world, 9), world.now());
    world.add_on_trakt(BEA, movie_id(&world, 9), backdated);
    world.sweep().await;
    assert_eq!(world.all_plays().await.len(), 2);
    world.mark(&[&world.movie], When::At(world.now())).await;
    world.settle().await;
    world.sweep().await;
    assert_eq!(world.entries_of(BEA).len(), there.len() + 3);
    assert_eq!(world.all_plays().await.len(), 3);
}

#[tokio::test]
async fn what_is_here_is_never_sent_and_what_is_removed_there_touches_nothing() {
    let world = World::unconnected().await;
    world.mark(&[&world.movie, &world.episodes[0]], When::At(opening_time() - TimeDelta::days(9))).await;
    world.watched_elsewhere(opening_time() - TimeDelta::days(9));
    world.connect().await;
    world.engine.begin_import(world.user_id, false).await.unwrap();
    world.settle().await;
    world.sweep().await;
    assert_eq!((world.plays().await.len(), world.on_trakt().len()), (2, 1));
    world.remove_on_trakt(DEMO_USER, &[world.on_trakt()[0].id]);
    world.sweep().await;
    assert_eq!((world.plays().await.len(), world.on_trakt().len()), (2, 0));
}

#[tokio::test]
async fn an_import_can_follow_later() {
    let world = long_history(120).await;
    world.engine.begin_import(world.user_id, false).await.unwrap();
    world.settle().await;
    world.import().await;
    world.assert_same(BEA).await;
}
