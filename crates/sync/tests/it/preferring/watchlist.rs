//! The watchlist and dropped shows.

use db::kinds::OutboxState;
use rstest::rstest;
use sync::{Decision, Failure, Limit, RowFailure};
use trakt_sim::{Fault, FaultKind};

use super::*;

const WATCHLIST: SyncCategory = SyncCategory::Watchlist;

#[tokio::test]
async fn titles_listed_on_either_side_are_on_both() {
    let fixture = followed().await;
    let show = fixture.show().await;
    fixture.set(&fixture.movie, NewPreference::Watchlist(true)).await;
    fixture.list_elsewhere(&[&show, &fixture.episodes[0]]);
    fixture.sync_until_idle().await;
    assert_eq!(fixture.here(WATCHLIST).await.len(), 3);
    fixture.assert_same_preferences().await;
    fixture.set(&show, NewPreference::Watchlist(false)).await;
    fixture.unlist_elsewhere(&[&fixture.movie]);
    fixture.sync_until_idle().await;
    assert_eq!(fixture.here(WATCHLIST).await.len(), 1);
    fixture.assert_same_preferences().await;
    fixture.sim.clear_requests();
    fixture.sweep().await;
    assert_eq!(fixture.writes(), 0);
}

/// The sort order chosen on Trakt is used here too. Orders that change by themselves cannot be reproduced; then
/// the watchlist is sorted by rank.
#[rstest]
#[case::by_title("title", "asc", true)]
#[case::by_title_from_the_end("title", "desc", true)]
#[case::last_added_first("added", "desc", true)]
#[case::by_release("released", "desc", true)]
#[case::by_a_rating_elsewhere("imdb_rating", "desc", true)]
#[case::by_own_rating("my_rating", "desc", false)]
#[case::random("random", "asc", false)]
#[case::unknown("mood", "asc", false)]
#[case::from_the_last_place("rank", "desc", true)]
#[tokio::test]
async fn the_watchlist_has_the_sort_order_chosen_on_trakt(
    #[case] by: &str,
    #[case] how: &str,
    #[case] kept: bool,
) {
    let fixture = followed().await;
    let list = async || db::lists::of_user(&*fixture.db, fixture.user_id).await.unwrap().remove(0);
    let show = fixture.show().await;
    let films: Vec<u64> =
        fixture.sim.catalogue().movies().iter().take(6).map(|film| film.facts.ids.trakt).collect();
    let films: Vec<Value> = films.iter().rev().map(|id| json!({"ids": {"trakt": id}})).collect();
    fixture.act("/sync/watchlist", &json!({ "movies": films }));
    fixture.wait(60);
    fixture.list_elsewhere(&[&show]);
    let chosen = json!({"sort_by": by, "sort_how": how});
    assert_eq!(fixture.sim.act(DEMO_USER, "PUT", "/sync/watchlist", Some(&chosen)).status, 200);
    fixture.sync_until_idle().await;
    let expected = async || {
        let (by, how) = if kept { (by, how) } else { ("rank", "asc") };
        let read = fixture.sim.act(DEMO_USER, "GET", &format!("/sync/watchlist/all/{by}/{how}"), None).body;
        let key = |entry: &Value| {
            let kind = entry["type"].as_str().unwrap().to_owned();
            let id = entry[&kind]["ids"]["trakt"].as_i64();
            (kind, id)
        };
        read.as_array().unwrap().iter().map(key).collect::<Vec<_>>()
    };
    let shown = async || {
        let ids = db::lists::titles(&*fixture.db, &list().await).await.unwrap();
        let rows = titles::find_many(&*fixture.db, &ids).await.unwrap();
        let row = |id| rows.iter().find(|row| row.id == id).unwrap();
        let key = |id: TitleId| (row(id).kind.to_string(), row(id).trakt_id);
        ids.into_iter().map(key).collect::<Vec<_>>()
    };
    assert_eq!(shown().await, expected().await);
    let order = sync::order_of_list(&list().await).unwrap();
    assert_eq!((order.by.as_str(), order.how.as_str(), order.is_kept), (by, how, kept));

    fixture.wait(60);
    fixture.list_elsewhere(&[&fixture.episodes[0]]);
    fixture.sim.clear_requests();
    fixture.sweep().await;
    assert_eq!(shown().await, expected().await);
    assert_eq!(fixture.calls("/sync/watchlist"), 1, "it is read in the known order at once");
}

/// A title that is added gets the last place, as on Trakt, and titles moved on Trakt are moved here.
#[tokio::test]
async fn the_watchlist_has_the_same_ranks_as_on_trakt() {
    let fixture = followed().await;
    let order = async || {
        let own = db::lists::of_user(&*fixture.db, fixture.user_id).await.unwrap();
        db::lists::titles(&*fixture.db, &own[0]).await.unwrap()
    };
    let [first, second] = [&fixture.episodes[0], &fixture.episodes[1]];
    fixture.list_elsewhere(&[first]);
    fixture.wait(60);
    fixture.list_elsewhere(&[second]);
    fixture.sync_until_idle().await;
    assert_eq!(order().await, [first.id, second.id]);

    let read = fixture.sim.act(DEMO_USER, "GET", "/sync/watchlist/all/rank/asc", None).body;
    let ids: Vec<&Value> = read.as_array().unwrap().iter().rev().map(|entry| &entry["id"]).collect();
    fixture.act("/sync/watchlist/reorder", &json!({ "rank": ids }));
    fixture.sweep().await;
    assert_eq!(order().await, [second.id, first.id], "moved on Trakt");

    fixture.set(&fixture.movie, NewPreference::Watchlist(true)).await;
    assert_eq!(order().await, [second.id, first.id, fixture.movie.id], "before it was sent to Trakt");
    fixture.sync_until_idle().await;
    assert_eq!(order().await, [second.id, first.id, fixture.movie.id]);
    fixture.set(second, NewPreference::Watchlist(false)).await;
    assert_eq!(order().await, [first.id, fixture.movie.id]);
    let own = db::lists::of_user(&*fixture.db, fixture.user_id).await.unwrap();
    let newest = db::lists::newest_titles(&*fixture.db, &own[0]).await.unwrap();
    assert_eq!(newest, [fixture.movie.id, first.id]);
}

#[tokio::test]
async fn a_short_read_removes_nothing() {
    let fixture = followed().await;
    fixture.list_elsewhere(&[&fixture.movie, &fixture.episodes[0], &fixture.episodes[1]]);
    fixture.sync_until_idle().await;
    let short = FaultKind::ShortPages { by: 1, page: Some(1) };
    for times in [1, 3] {
        fixture.sim.add_fault(Fault::on("/sync/watchlist", short.clone()).times(times));
        fixture.unlist_elsewhere(&[&fixture.movie]);
        fixture.list_elsewhere(&[&fixture.movie]);
        fixture.sweep().await;
        fixture.sim.clear_faults();
        assert_eq!(fixture.here(WATCHLIST).await.len(), 3, "after {times} short reads");
        fixture.sync_until_idle().await;
        fixture.assert_same_preferences().await;
    }
}

#[tokio::test]
async fn a_full_watchlist_is_reported_and_does_not_block_other_messages() {
    let fixture = followed().await;
    fixture.sim.configure(|config| (config.free.watchlist, config.vip.watchlist) = (1, 1));
    fixture.list_elsewhere(&[&fixture.episodes[0]]);
    fixture.sync_until_idle().await;
    fixture.set(&fixture.movie, NewPreference::Watchlist(true)).await;
    fixture.rate(&fixture.movie, 8).await;
    fixture.drain_all().await;
    let [row] = fixture.queue().await.try_into().unwrap();
    assert_eq!((row.title_id, row.state), (Some(fixture.movie.id), OutboxState::Failed));
    let failure = RowFailure::of(&row);
    let limit = Failure::AccountLimit { what: Limit::Watchlist, limit: Some(1) };
    assert_eq!(failure, Some(RowFailure::Known(limit)));
    assert_eq!(fixture.there(SyncCategory::Ratings).len(), 1);
    // The title is kept here, and is sent when there is space and the user retries it.
    fixture.sweep().await;
    assert_eq!(fixture.here(WATCHLIST).await.len(), 2);
    fixture.unlist_elsewhere(&[&fixture.episodes[0]]);
    fixture.engine.retry(fixture.user_id, row.id).await.unwrap();
    fixture.sync_until_idle().await;
    fixture.assert_same_preferences().await;
    assert_eq!(fixture.there(WATCHLIST).len(), 1);
}

#[tokio::test]
async fn the_watchlist_is_removed_on_disconnecting_and_restored_on_reconnecting() {
    let fixture = followed().await;
    fixture.set(&fixture.movie, NewPreference::Watchlist(true)).await;
    fixture.rate(&fixture.movie, 8).await;
    fixture.sync_until_idle().await;
    fixture.engine.disconnect(fixture.user_id).await.unwrap();
    assert_eq!(fixture.here(WATCHLIST).await.len(), 0);
    assert_eq!(fixture.here(SyncCategory::Ratings).await.len(), 1);
    let refused = fixture
        .engine
        .set_preference(fixture.user_id, fixture.movie.id, NewPreference::Watchlist(true))
        .await;
    assert!(matches!(refused, Err(sync::Error::NotConnected)), "{refused:?}");
    fixture.wait(600);
    fixture.connect().await;
    fixture.sync_until_idle().await;
    assert_eq!(fixture.here(WATCHLIST).await.len(), 1);
    fixture.assert_same_preferences().await;
}

#[tokio::test]
async fn titles_listed_while_trakt_is_unreachable_survive_disconnecting() {
    let fixture = followed().await;
    fixture.sim.add_fault(Fault::on("/sync/watchlist", FaultKind::Empty { status: 502 }));
    fixture.set(&fixture.movie, NewPreference::Watchlist(true)).await;
    fixture.drain().await;
    fixture.engine.disconnect(fixture.user_id).await.unwrap();
    fixture.sim.clear_faults();
    fixture.wait(7_200);
    fixture.connect().await;
    fixture.sync_until_idle().await;
    assert_eq!(fixture.there(WATCHLIST).len(), 1);
    fixture.assert_same_preferences().await;
}

#[rstest]
#[case::they_are_meant(Decision::Remove, 0, 0)]
#[case::they_are_sent_again(Decision::SendAgain, 14, 14)]
#[case::they_are_left_here(Decision::Leave, 14, 0)]
#[tokio::test]
async fn many_removals_on_trakt_wait_for_confirmation(
    #[case] decision: Decision,
    #[case] here: usize,
    #[case] there: usize,
) {
    let clock = clock::ManualClock::new(crate::fixture::opening_time()).auto_advance();
    let sim = trakt_sim::Sim::builder()
        .movies(14)
        .shows(1)
        .frozen_at(crate::fixture::opening_time())
        .configure(|config| config.strict_contract = true);
    let fixture = Fixture::with_sim(clock, sim.start().await.unwrap()).await;
    fixture.connect().await;
    fixture.import().await;
    let catalogue = fixture.sim.catalogue();
    let ids = catalogue.movies().iter().take(14).map(|movie| movie.facts.ids.trakt);
    let movies: Vec<Value> = ids.map(|id| json!({"ids": {"trakt": id}})).collect();
    fixture.act("/sync/watchlist", &json!({ "movies": movies }));
    fixture.sync_until_idle().await;
    fixture.act("/sync/watchlist/remove", &json!({ "movies": movies }));
    fixture.rate_elsewhere(&fixture.movie, 4, fixture.now());
    fixture.sweep().await;
    let status = fixture.status_of(WATCHLIST).await;
    assert_eq!((status.state, status.held), (PullState::Waiting, 14));
    assert_eq!(fixture.here(WATCHLIST).await.len(), 14);
    assert_eq!(fixture.here(SyncCategory::Ratings).await.len(), 1, "the others are not affected");

    let plans = fixture.engine.plans(fixture.user_id).await.unwrap();
    assert_eq!((plans.len(), plans[0].category, plans[0].items), (1, WATCHLIST, 14));
    fixture.engine.decide_plan(fixture.user_id, plans[0].id, decision).await.unwrap();
    fixture.sync_until_idle().await;
    assert_eq!((fixture.here(WATCHLIST).await.len(), fixture.there(WATCHLIST).len()), (here, there));
    assert_eq!(fixture.engine.plans(fixture.user_id).await.unwrap().len(), 0);
    assert_eq!(fixture.status_of(WATCHLIST).await.state, PullState::Following);
}

#[rstest]
#[case::here(true)]
#[case::elsewhere(false)]
#[tokio::test]
async fn a_show_dropped_on_one_side_is_dropped_on_both(#[case] here: bool) {
    let fixture = followed().await;
    let show = fixture.show().await;
    if here {
        fixture.set(&show, NewPreference::Dropped(true)).await;
    } else {
        fixture.act("/users/hidden/dropped", &named(&[&show]));
    }
    fixture.sync_until_idle().await;
    assert_eq!(fixture.there(SyncCategory::Dropped).len(), 1);
    fixture.assert_same_preferences().await;
    if here {
        fixture.act("/users/hidden/dropped/remove", &named(&[&show]));
    } else {
        fixture.set(&show, NewPreference::Dropped(false)).await;
    }
    fixture.sync_until_idle().await;
    assert_eq!(fixture.there(SyncCategory::Dropped).len(), 0);
    fixture.assert_same_preferences().await;
}

#[tokio::test]
async fn only_shows_can_be_dropped() {
    let fixture = followed().await;
    let refused =
        fixture.engine.set_preference(fixture.user_id, fixture.movie.id, NewPreference::Dropped(true)).await;
    assert!(matches!(refused, Err(sync::Error::NotFound(_))), "{refused:?}");
}

#[tokio::test]
async fn a_show_undropped_while_disconnected_is_not_dropped_after_reconnecting() {
    let fixture = followed().await;
    let show = fixture.show().await;
    fixture.set(&show, NewPreference::Dropped(true)).await;
    fixture.sync_until_idle().await;
    fixture.engine.disconnect(fixture.user_id).await.unwrap();
    fixture.set(&show, NewPreference::Dropped(false)).await;
    fixture.wait(3_600);
    fixture.connect().await;
    fixture.sync_until_idle().await;
    assert_eq!(fixture.there(SyncCategory::Dropped).len(), 0);
    fixture.assert_same_preferences().await;
}
