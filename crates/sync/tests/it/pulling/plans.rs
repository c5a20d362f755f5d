//! Many removals on Trakt: they wait, with a list, until the person decides.

use sync::{Decision, Plan, WhyNot};

use super::*;

/// An account of 150 plays of which 40 are gone from Trakt, as a sweep has found.
async fn forty_gone() -> (Fixture, Plan) {
    let fixture = long_history(150).await;
    fixture.import().await;
    fixture.sweep().await;
    let gone: Vec<i64> = fixture.entries_of(BEA).iter().take(40).map(|entry| entry.0).collect();
    fixture.remove_on_trakt(BEA, &gone);
    fixture.sweep().await;
    let plan = fixture.engine.plans(fixture.user_id).await.unwrap().remove(0);
    (fixture, plan)
}

#[tokio::test]
async fn many_removals_are_a_list_to_look_at() {
    let (fixture, plan) = forty_gone().await;
    assert_eq!((plan.items, plan.total, plan.is_confirmed), (40, 150, false));
    let items = fixture.engine.plan_items(fixture.user_id, plan.id, 30, 100).await.unwrap();
    assert_eq!((items.items.len(), items.total), (10, 40));
    assert!(items.items[0].1["watched_at"].is_string());
    for _ in 0..2 {
        fixture.sweep().await;
    }
    assert_eq!(fixture.engine.plans(fixture.user_id).await.unwrap(), [plan]);
    assert_eq!(fixture.all_plays().await.len(), 150);
}

#[tokio::test]
async fn what_comes_back_is_no_longer_waited_for() {
    let (fixture, _) = forty_gone().await;
    let here = fixture.entries_here().await;
    let there = fixture.entries_of(BEA);
    for play in fixture.all_plays().await {
        let entry = here.iter().find(|entry| Some(entry.0) == play.trakt_history_id).unwrap();
        if !there.contains(entry) {
            let title = db::titles::find(&*fixture.db, play.title_id).await.unwrap().unwrap();
            if title.kind == db::kinds::TitleKind::Movie {
                fixture.add_on_trakt(BEA, title.trakt_id.unwrap(), play.watched_at.unwrap().0);
            }
        }
    }
    fixture.sweep().await;
    let left = fixture.engine.plans(fixture.user_id).await.unwrap();
    assert!(left.iter().all(|plan| plan.items < 40), "{left:?}");
}

#[tokio::test]
async fn confirmed_removals_are_made() {
    let (fixture, plan) = forty_gone().await;
    fixture.engine.decide_plan(fixture.user_id, plan.id, Decision::Remove).await.unwrap();
    assert!(fixture.engine.plans(fixture.user_id).await.unwrap()[0].is_confirmed);
    fixture.settle().await;
    fixture.assert_same(BEA).await;
    assert_eq!(fixture.all_plays().await.len(), 110);
    assert_eq!(fixture.engine.plans(fixture.user_id).await.unwrap(), []);
    assert_eq!(fixture.sync_status().await.state, PullState::Following);
    assert_eq!(fixture.writes(), 0);
}

#[tokio::test]
async fn more_than_was_confirmed_waits_again() {
    let (fixture, plan) = forty_gone().await;
    let more: Vec<i64> = fixture.entries_of(BEA).iter().take(40).map(|entry| entry.0).collect();
    fixture.remove_on_trakt(BEA, &more);
    fixture.engine.decide_plan(fixture.user_id, plan.id, Decision::Remove).await.unwrap();
    fixture.settle().await;
    assert_eq!(fixture.all_plays().await.len(), 150);
    let waiting = fixture.engine.plans(fixture.user_id).await.unwrap();
    assert!(waiting.iter().any(|plan| plan.items == 80 && !plan.is_confirmed), "{waiting:?}");
}

#[tokio::test]
async fn kept_plays_are_sent_again() {
    let (fixture, plan) = forty_gone().await;
    fixture.engine.decide_plan(fixture.user_id, plan.id, Decision::SendAgain).await.unwrap();
    fixture.settle().await;
    for _ in 0..3 {
        fixture.sweep().await;
        fixture.drain_all().await;
    }
    fixture.assert_same(BEA).await;
    assert_eq!(fixture.all_plays().await.len(), 150);
    assert_eq!(fixture.engine.plans(fixture.user_id).await.unwrap(), []);
}

#[tokio::test]
async fn left_plays_stay_here_alone() {
    let (fixture, plan) = forty_gone().await;
    fixture.sim.clear_requests();
    fixture.engine.decide_plan(fixture.user_id, plan.id, Decision::Leave).await.unwrap();
    fixture.settle().await;
    for _ in 0..2 {
        fixture.sweep().await;
    }
    assert_eq!(fixture.all_plays().await.len(), 150);
    assert_eq!((fixture.entries_of(BEA).len(), fixture.writes()), (110, 0));
    assert_eq!(fixture.engine.plans(fixture.user_id).await.unwrap(), []);
    let again = fixture.engine.decide_plan(fixture.user_id, plan.id, Decision::Remove).await;
    assert!(matches!(again, Err(sync::Error::NotFound(_))), "{again:?}");
}

#[tokio::test]
async fn left_plays_say_so_until_an_import_sends_them() {
    let (fixture, plan) = forty_gone().await;
    let gone = fixture.engine.plan_items(fixture.user_id, plan.id, 0, 1).await.unwrap().items[0].0;
    // The newest play of the title decides what its page says.
    let plays = fixture.all_plays().await;
    let newest =
        plays.iter().filter(|play| play.title_id == gone).max_by_key(|play| play.watched_at.map(|at| at.0));
    let entry = newest.unwrap().trakt_history_id.unwrap();
    fixture.remove_on_trakt(BEA, &[entry]);
    fixture.sweep().await;
    let plan = fixture.engine.plans(fixture.user_id).await.unwrap().remove(0);
    let left = plan.items;
    let why = async || fixture.engine.why_not_on_trakt(fixture.user_id, gone).await.unwrap();
    fixture.engine.decide_plan(fixture.user_id, plan.id, Decision::Leave).await.unwrap();
    fixture.settle().await;
    assert_eq!(why().await, Some(WhyNot::Kept));

    let preview = fixture.engine.preview_import(fixture.user_id).await.unwrap();
    assert_eq!((preview.add, preview.push as u64), (0, left));
    fixture.import().await;
    fixture.sweep().await;
    fixture.assert_same(BEA).await;
    assert_eq!(fixture.all_plays().await.len(), 150);
    assert_eq!(why().await, None);
}
