//! Many removals on Trakt wait, with a list, until the user decides.

use db::kinds::SyncCategory;
use rstest::rstest;
use sync::{Decision, Plan, WhyNot};

use super::*;

/// An account with 150 plays, 40 of which were removed on Trakt, as found by a sweep.
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
async fn many_removals_are_listed_for_review() {
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
async fn plays_that_return_are_removed_from_the_plan() {
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
async fn confirmed_removals_are_applied() {
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
async fn more_removals_than_confirmed_wait_again() {
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
async fn left_plays_are_kept_only_here() {
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

/// An account whose 15 resume points were removed on Trakt, as found by a sweep.
async fn fifteen_points_gone() -> (Fixture, Plan) {
    let fixture = long_history(150).await;
    fixture.import().await;
    fixture.db.execute("UPDATE title SET runtime_minutes = 100").await.unwrap();
    for movie in &fixture.sim.catalogue().movies()[..15] {
        let body = json!({"movie": {"ids": {"trakt": movie.facts.ids.trakt}}, "progress": 40.0});
        assert!(fixture.sim.act(BEA, "POST", "/scrobble/pause", Some(&body)).status < 300);
    }
    fixture.sweep().await;
    fixture.db.execute("UPDATE title SET runtime_minutes = 100").await.unwrap();
    fixture.sweep().await;
    assert_eq!((points_here(&fixture).await, points_there(&fixture).len()), (15, 15));
    for point in points_there(&fixture) {
        let path = format!("/sync/playback/{}", point["id"]);
        assert!(fixture.sim.act(BEA, "DELETE", &path, None).status < 300);
    }
    fixture.sweep().await;
    let plan = fixture.engine.plans(fixture.user_id).await.unwrap().remove(0);
    assert_eq!((plan.category, plan.items, plan.total), (SyncCategory::Playback, 15, 15));
    (fixture, plan)
}

async fn points_here(fixture: &Fixture) -> usize {
    timeline::progress_of(&*fixture.db, fixture.user_id).await.unwrap().len()
}

fn points_there(fixture: &Fixture) -> Vec<Value> {
    fixture.sim.act(BEA, "GET", "/sync/playback", None).body.as_array().unwrap().clone()
}

#[rstest]
#[case::removed(Decision::Remove, (0, 0))]
#[case::sent_again(Decision::SendAgain, (15, 15))]
#[case::left(Decision::Leave, (15, 0))]
#[tokio::test]
async fn many_removed_resume_points_are_handled_as_decided(
    #[case] decision: Decision,
    #[case] here_and_there: (usize, usize),
) {
    let (fixture, plan) = fifteen_points_gone().await;
    fixture.engine.decide_plan(fixture.user_id, plan.id, decision).await.unwrap();
    fixture.settle().await;
    for _ in 0..3 {
        fixture.sweep().await;
        fixture.drain_all().await;
    }
    assert_eq!((points_here(&fixture).await, points_there(&fixture).len()), here_and_there);
    assert_eq!(fixture.engine.plans(fixture.user_id).await.unwrap(), []);
}

#[tokio::test]
async fn left_plays_have_a_reason_until_an_import_sends_them() {
    let (fixture, plan) = forty_gone().await;
    let gone = fixture.engine.plan_items(fixture.user_id, plan.id, 0, 1).await.unwrap().items[0].0;
    // The newest play of the title determines the reason on its page.
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
