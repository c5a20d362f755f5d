//! The watchlist and dropped shows.

use db::kinds::OutboxState;
use rstest::rstest;
use sync::{Decision, Failure, Limit, RowFailure};
use trakt_sim::{Fault, FaultKind};

use super::*;

const WATCHLIST: SyncCategory = SyncCategory::Watchlist;

#[tokio::test]
async fn what_is_listed_on_either_side_is_on_both() {
    let world = followed().await;
    let show = world.show().await;
    world.set(&world.movie, NewPreference::Watchlist(true)).await;
    world.list_elsewhere(&[&show, &world.episodes[0]]);
    world.come_to_rest().await;
    assert_eq!(world.here(WATCHLIST).await.len(), 3);
    world.assert_same_preferences().await;
    world.set(&show, NewPreference::Watchlist(false)).await;
    world.unlist_elsewhere(&[&world.movie]);
    world.come_to_rest().await;
    assert_eq!(world.here(WATCHLIST).await.len(), 1);
    world.assert_same_preferences().await;
    world.sim.clear_requests();
    world.sweep().await;
    assert_eq!(world.writes(), 0);
}

/// The last place is that of what was added last, as on Trakt; whoever moves something there moves it here.
#[tokio::test]
async fn the_watchlist_has_the_order_that_it_has_on_trakt() {
    let world = followed().await;
    let order = async || {
        let own = db::lists::of_user(&*world.db, world.user_id).await.unwrap();
        db::lists::titles(&*world.db, &own[0]).await.unwrap()
    };
    let [first, second] = [&world.episodes[0], &world.episodes[1]];
    world.list_elsewhere(&[first]);
    world.wait(60);
    world.list_elsewhere(&[second]);
    world.come_to_rest().await;
    assert_eq!(order().await, [first.id, second.id]);

    let read = world.sim.act(DEMO_USER, "GET", "/sync/watchlist/all/rank/asc", None).body;
    let ids: Vec<&Value> = read.as_array().unwrap().iter().rev().map(|entry| &entry["id"]).collect();
    world.act("/sync/watchlist/reorder", &json!({ "rank": ids }));
    world.sweep().await;
    assert_eq!(order().await, [second.id, first.id], "moved on Trakt");

    world.set(&world.movie, NewPreference::Watchlist(true)).await;
    assert_eq!(order().await, [second.id, first.id, world.movie.id], "before Trakt has heard of it");
    world.come_to_rest().await;
    assert_eq!(order().await, [second.id, first.id, world.movie.id]);
    world.set(second, NewPreference::Watchlist(false)).await;
    assert_eq!(order().await, [first.id, world.movie.id]);
    let own = db::lists::of_user(&*world.db, world.user_id).await.unwrap();
    let newest = db::lists::newest_titles(&*world.db, &own[0]).await.unwrap();
    assert_eq!(newest, [world.movie.id, first.id]);
}

#[tokio::test]
async fn a_short_read_removes_nothing() {
    let world = followed().await;
    world.list_elsewhere(&[&world.movie, &world.episodes[0], &world.episodes[1]]);
    world.come_to_rest().await;
    let short = FaultKind::ShortPages { by: 1, page: Some(1) };
    for times in [1, 3] {
        world.sim.add_fault(Fault::on("/sync/watchlist", short.clone()).times(times));
        world.unlist_elsewhere(&[&world.movie]);
        world.list_elsewhere(&[&world.movie]);
        world.sweep().await;
        world.sim.clear_faults();
        assert_eq!(world.here(WATCHLIST).await.len(), 3, "after {times} short reads");
        world.come_to_rest().await;
        world.assert_same_preferences().await;
    }
}

#[tokio::test]
async fn a_full_watchlist_is_said_and_the_rest_goes_on() {
    let world = followed().await;
    world.sim.configure(|config| (config.free.watchlist, config.vip.watchlist) = (1, 1));
    world.list_elsewhere(&[&world.episodes[0]]);
    world.come_to_rest().await;
    world.set(&world.movie, NewPreference::Watchlist(true)).await;
    world.rate(&world.movie, 8).await;
    world.drain_all().await;
    let [row] = world.queue().await.try_into().unwrap();
    assert_eq!((row.title_id, row.state), (Some(world.movie.id), OutboxState::Failed));
    let failure = RowFailure::of(&row);
    let limit = Failure::AccountLimit { what: Limit::Watchlist, limit: Some(1) };
    assert_eq!(failure, Some(RowFailure::Known(limit)));
    assert_eq!(world.there(SyncCategory::Ratings).len(), 1);
    // It stays here, and is sent when there is room and the person asks.
    world.sweep().await;
    assert_eq!(world.here(WATCHLIST).await.len(), 2);
    world.unlist_elsewhere(&[&world.episodes[0]]);
    world.engine.retry(world.user_id, row.id).await.unwrap();
    world.come_to_rest().await;
    world.assert_same_preferences().await;
    assert_eq!(world.there(WATCHLIST).len(), 1);
}

#[tokio::test]
async fn the_watchlist_goes_with_the_connection_and_comes_back_with_it() {
    let world = followed().await;
    world.set(&world.movie, NewPreference::Watchlist(true)).await;
    world.rate(&world.movie, 8).await;
    world.come_to_rest().await;
    world.engine.disconnect(world.user_id).await.unwrap();
    assert_eq!(world.here(WATCHLIST).await.len(), 0);
    assert_eq!(world.here(SyncCategory::Ratings).await.len(), 1);
    let refused =
        world.engine.set_preference(world.user_id, world.movie.id, NewPreference::Watchlist(true)).await;
    assert!(matches!(refused, Err(sync::Error::NotConnected)), "{refused:?}");
    world.wait(600);
    world.connect().await;
    world.come_to_rest().await;
    assert_eq!(world.here(WATCHLIST).await.len(), 1);
    world.assert_same_preferences().await;
}

#[tokio::test]
async fn what_was_listed_while_trakt_was_away_survives_disconnecting() {
    let world = followed().await;
    world.sim.add_fault(Fault::on("/sync/watchlist", FaultKind::Empty { status: 502 }));
    world.set(&world.movie, NewPreference::Watchlist(true)).await;
    world.drain().await;
    world.engine.disconnect(world.user_id).await.unwrap();
    world.sim.clear_faults();
    world.wait(7_200);
    world.connect().await;
    world.come_to_rest().await;
    assert_eq!(world.there(WATCHLIST).len(), 1);
    world.assert_same_preferences().await;
}

#[rstest]
#[case::they_are_meant(Decision::Remove, 0, 0)]
#[case::they_are_sent_again(Decision::SendAgain, 14, 14)]
#[case::they_are_left_here(Decision::Leave, 14, 0)]
#[tokio::test]
async fn many_removals_on_trakt_wait_for_the_person(
    #[case] decision: Decision,
    #[case] here: usize,
    #[case] there: usize,
) {
    let clock = clock::ManualClock::new(crate::world::opening_time()).auto_advance();
    let sim = trakt_sim::Sim::builder()
        .movies(14)
        .shows(1)
        .frozen_at(crate::world::opening_time())
        .configure(|config| config.strict_contract = true);
    let world = World::with_sim(clock, sim.start().await.unwrap()).await;
    world.connect().await;
    world.import().await;
    let catalogue = world.sim.catalogue();
    let ids = catalogue.movies().iter().take(14).map(|movie| movie.facts.ids.trakt);
    let movies: Vec<Value> = ids.map(|id| json!({"ids": {"trakt": id}})).collect();
    world.act("/sync/watchlist", &json!({ "movies": movies }));
    world.come_to_rest().await;
    world.act("/sync/watchlist/remove", &json!({ "movies": movies }));
    world.rate_elsewhere(&world.movie, 4, world.now());
    world.sweep().await;
    let status = world.status_of(WATCHLIST).await;
    assert_eq!((status.state, status.held), (PullState::Waiting, 14));
    assert_eq!(world.here(WATCHLIST).await.len(), 14);
    assert_eq!(world.here(SyncCategory::Ratings).await.len(), 1, "the others go on");

    let plans = world.engine.plans(world.user_id).await.unwrap();
    assert_eq!((plans.len(), plans[0].category, plans[0].items), (1, WATCHLIST, 14));
    world.engine.decide_plan(world.user_id, plans[0].id, decision).await.unwrap();
    world.come_to_rest().await;
    assert_eq!((world.here(WATCHLIST).await.len(), world.there(WATCHLIST).len()), (here, there));
    assert_eq!(world.engine.plans(world.user_id).await.unwrap().len(), 0);
    assert_eq!(world.status_of(WATCHLIST).await.state, PullState::Following);
}

#[rstest]
#[case::here(true)]
#[case::elsewhere(false)]
#[tokio::test]
async fn a_show_dropped_on_one_side_is_dropped_on_both(#[case] here: bool) {
    let world = followed().await;
    let show = world.show().await;
    if here {
        world.set(&show, NewPreference::Dropped(true)).await;
    } else {
        world.act("/users/hidden/dropped", &named(&[&show]));
    }
    world.come_to_rest().await;
    assert_eq!(world.there(SyncCategory::Dropped).len(), 1);
    world.assert_same_preferences().await;
    if here {
        world.act("/users/hidden/dropped/remove", &named(&[&show]));
    } else {
        world.set(&show, NewPreference::Dropped(false)).await;
    }
    world.come_to_rest().await;
    assert_eq!(world.there(SyncCategory::Dropped).len(), 0);
    world.assert_same_preferences().await;
}

#[tokio::test]
async fn only_shows_can_be_dropped() {
    let world = followed().await;
    let refused =
        world.engine.set_preference(world.user_id, world.movie.id, NewPreference::Dropped(true)).await;
    assert!(matches!(refused, Err(sync::Error::NotFound(_))), "{refused:?}");
}
