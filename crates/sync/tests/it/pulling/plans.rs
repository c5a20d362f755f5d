//! Many removals on Trakt: they wait, with a list, until the person decides.

use sync::{Decision, Plan};

use super::*;

/// An account of 150 plays of which 40 are gone from Trakt, as a sweep has found.
async fn forty_gone() -> (World, Plan) {
    let world = long_history(150).await;
    world.import().await;
    world.sweep().await;
    let gone: Vec<i64> = world.entries_of(BEA).iter().take(40).map(|entry| entry.0).collect();
    world.remove_on_trakt(BEA, &gone);
    world.sweep().await;
    let plan = world.engine.plans(world.user_id).await.unwrap().remove(0);
    (world, plan)
}

#[tokio::test]
async fn many_removals_are_a_list_to_look_at() {
    let (world, plan) = forty_gone().await;
    assert_eq!((plan.items, plan.total, plan.is_confirmed), (40, 150, false));
    let items = world.engine.plan_items(world.user_id, plan.id, 30, 100).await.unwrap();
    assert_eq!((items.items.len(), items.total), (10, 40));
    assert!(items.items[0].1["watched_at"].is_string());
    for _ in 0..2 {
        world.sweep().await;
    }
    assert_eq!(world.engine.plans(world.user_id).await.unwrap(), [plan]);
    assert_eq!(world.all_plays().await.len(), 150);
}

#[tokio::test]
async fn what_comes_back_is_no_longer_waited_for() {
    let (world, _) = forty_gone().await;
    let here = world.entries_here().await;
    let there = world.entries_of(BEA);
    for play in world.all_plays().await {
        let entry = here.iter().find(|entry| Some(entry.0) == play.trakt_history_id).unwrap();
        if !there.contains(entry) {
            let title = db::titles::find(&*world.db, play.title_id).await.unwrap().unwrap();
            if title.kind == db::kinds::TitleKind::Movie {
                world.add_on_trakt(BEA, title.trakt_id.unwrap(), play.watched_at.unwrap().0);
            }
        }
    }
    world.sweep().await;
    let left = world.engine.plans(world.user_id).await.unwrap();
    assert!(left.iter().all(|plan| plan.items < 40), "{left:?}");
}

#[tokio::test]
async fn confirmed_removals_are_made() {
    let (world, plan) = forty_gone().await;
    world.engine.decide_plan(world.user_id, plan.id, Decision::Remove).await.unwrap();
    assert!(world.engine.plans(world.user_id).await.unwrap()[0].is_confirmed);
    world.settle().await;
    world.assert_same(BEA).await;
    assert_eq!(world.all_plays().await.len(), 110);
    assert_eq!(world.engine.plans(world.user_id).await.unwrap(), []);
    assert_eq!(world.sync_status().await.state, PullState::Following);
    assert_eq!(world.writes(), 0);
}

#[tokio::test]
async fn more_than_was_confirmed_waits_again() {
    let (world, plan) = forty_gone().await;
    let more: Vec<i64> = world.entries_of(BEA).iter().take(40).map(|entry| entry.0).collect();
    world.remove_on_trakt(BEA, &more);
    world.engine.decide_plan(world.user_id, plan.id, Decision::Remove).await.unwrap();
    world.settle().await;
    assert_eq!(world.all_plays().await.len(), 150);
    let waiting = world.engine.plans(world.user_id).await.unwrap();
    assert!(waiting.iter().any(|plan| plan.items == 80 && !plan.is_confirmed), "{waiting:?}");
}

#[tokio::test]
async fn kept_plays_are_sent_again() {
    let (world, plan) = forty_gone().await;
    world.engine.decide_plan(world.user_id, plan.id, Decision::SendAgain).await.unwrap();
    world.settle().await;
    for _ in 0..3 {
        world.sweep().await;
        world.drain_all().await;
    }
    world.assert_same(BEA).await;
    assert_eq!(world.all_plays().await.len(), 150);
    assert_eq!(world.engine.plans(world.user_id).await.unwrap(), []);
}

#[tokio::test]
async fn left_plays_stay_here_alone() {
    let (world, plan) = forty_gone().await;
    world.sim.clear_requests();
    world.engine.decide_plan(world.user_id, plan.id, Decision::Leave).await.unwrap();
    world.settle().await;
    for _ in 0..2 {
        world.sweep().await;
    }
    assert_eq!(world.all_plays().await.len(), 150);
    assert_eq!((world.entries_of(BEA).len(), world.writes()), (110, 0));
    assert_eq!(world.engine.plans(world.user_id).await.unwrap(), []);
    let again = world.engine.decide_plan(world.user_id, plan.id, Decision::Remove).await;
    assert!(matches!(again, Err(sync::Error::NotFound(_))), "{again:?}");
}
