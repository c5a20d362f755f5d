//! The first import.

use db::kinds::{PlaySource, TitleKind};
use rstest::rstest;
use sync::outbox::payload::When;
use trakt_sim::{Fault, FaultKind};

use super::*;

#[tokio::test]
async fn nothing_is_read_before_the_user_decides() {
    let fixture = long_history(50).await;
    fixture.sim.clear_requests();
    assert_eq!(fixture.pull().await, Pulled::Stopped);
    assert_eq!(fixture.sim.requests().len(), 0);
    assert_eq!(fixture.sync_status().await.state, PullState::Undecided);
    assert_eq!(fixture.all_plays().await, []);
}

#[rstest]
#[case::all_is_well(None)]
#[case::counts_lag_behind(Some(Fault::on("/sync/history", FaultKind::StaleCounts { items: -300 })))]
#[case::counts_are_too_high(Some(Fault::on("/sync/history", FaultKind::StaleCounts { items: 40 })))]
#[case::wrong_page_counts(Some(Fault::on("/sync/history", FaultKind::WrongPageCounts { by: -2 })))]
#[case::short_pages(Some(Fault::on("/sync/history", FaultKind::ShortPages { by: 30, page: Some(2) })))]
#[case::a_list_that_shrinks(Some(Fault::on("/sync/history", FaultKind::ShrinkingLists { by: 7 })))]
#[case::no_headers(Some(Fault::on("/sync/history", FaultKind::DropPageHeaders)))]
#[case::small_pages(Some(Fault::on("/sync/history", FaultKind::IgnoreLimit)))]
#[case::compact_in_pages(Some(Fault::on("/users/me/watched", FaultKind::PaginatedCompact { limit: 10 })))]
#[case::resets(Some(Fault::on("/sync/history", FaultKind::ResetAfter).times(3)))]
#[case::edge_block(Some(Fault::on("*", FaultKind::EdgeForbidden).times(2)))]
#[tokio::test]
async fn every_play_is_imported_once_including_rewatches(#[case] fault: Option<Fault>) {
    let fixture = long_history(700).await;
    let short = matches!(&fault, Some(fault) if matches!(fault.kind, FaultKind::ShortPages { .. } | FaultKind::ShrinkingLists { .. }));
    if let Some(fault) = fault {
        fixture.sim.add_fault(if short { fault.times(4) } else { fault });
    }
    fixture.import().await;
    fixture.sim.clear_faults();
    fixture.assert_same(BEA).await;
    let status = fixture.sync_status().await;
    assert_eq!((status.state, status.done, status.total), (PullState::Following, 700, Some(700)));
    assert!(fixture.all_plays().await.iter().all(|play| play.source == PlaySource::Trakt));
    assert_eq!(fixture.writes(), 0, "plays read from Trakt are never sent back");
}

#[tokio::test]
async fn the_import_needs_few_requests_beyond_its_pages() {
    let fixture = long_history(1_000).await;
    fixture.sim.clear_requests();
    fixture.import().await;
    // Four pages, perhaps one more to see the end; last activities; two compact forms of one page, each read to
    // its end; the ratings twice, because their number is not reported; the watchlist, the dropped shows and
    // the reset shows; the resume points; the recommendations of both kinds and the titles hidden from them.
    let requests = fixture.sim.requests().len();
    assert!(requests <= 5 + 1 + 4 + 4 + 1 + 1 + 3, "{requests}");
}

#[tokio::test]
async fn titles_not_in_the_library_are_stored_with_their_show() {
    let fixture = long_history(300).await;
    fixture.import().await;
    let plays = fixture.all_plays().await;
    let ids: Vec<_> = plays.iter().map(|play| play.title_id).collect();
    let titles = db::titles::find_many(&*fixture.db, &ids).await.unwrap();
    let episodes = titles.iter().filter(|title| title.kind == TitleKind::Episode);
    let shows: Vec<_> = episodes.clone().filter_map(|title| title.show_id).collect();
    let shows = db::titles::find_many(&*fixture.db, &shows).await.unwrap();
    assert!(shows.iter().all(|show| show.kind == TitleKind::Show && show.trakt_id.is_some()));
    assert!(titles.iter().all(|title| title.trakt_id.is_some() && !title.name.is_empty()));
    assert!(titles.iter().any(|title| title.kind == TitleKind::Movie));
    // The library already had these titles; each still has only one row.
    assert!(ids.contains(&fixture.movie.id) && ids.contains(&fixture.episodes[0].id));
}

#[tokio::test]
async fn a_play_on_both_sides_is_linked() {
    let fixture = Fixture::unconnected().await;
    let at = opening_time() - TimeDelta::days(3);
    let own = fixture.mark(&[&fixture.movie], When::At(at)).await;
    fixture.watched_elsewhere(at);
    fixture.connect().await;
    fixture.import().await;
    fixture.assert_same(DEMO_USER).await;
    assert_eq!(ids(&fixture.all_plays().await), ids(&own));
    assert_eq!(fixture.on_trakt().len(), 1);
}

#[tokio::test]
async fn a_viewing_also_reported_by_another_client_is_one_play() {
    let fixture = Fixture::unconnected().await;
    let at = opening_time() - TimeDelta::days(3);
    let own = fixture.mark(&[&fixture.movie], When::At(at)).await;
    fixture.watched_elsewhere(at + TimeDelta::minutes(4));
    fixture.watched_elsewhere(at - TimeDelta::minutes(9));
    fixture.connect().await;
    fixture.import().await;
    assert_eq!(ids(&fixture.all_plays().await), ids(&own));
    assert_eq!(fixture.on_trakt().len(), 2, "nothing is removed or added on Trakt");
}

#[tokio::test]
async fn plays_made_before_connecting_are_sent_once() {
    let fixture = Fixture::unconnected().await;
    let [first, second] = &fixture.episodes;
    let at = opening_time() - TimeDelta::days(3);
    fixture.mark(&[first, second], When::At(at)).await;
    fixture.watched_elsewhere(at);
    fixture.connect().await;
    let preview = fixture.engine.preview_import(fixture.user_id).await.unwrap();
    assert_eq!((preview.add, preview.push, preview.unmatched), (1, 2, 0));
    fixture.import().await;
    fixture.sweep().await;
    fixture.assert_in_sync(3).await;
}

#[tokio::test]
async fn an_undated_play_is_linked_to_the_undated_play_here() {
    let fixture = Fixture::unconnected().await;
    let own = fixture.mark(&[&fixture.movie], When::Unknown).await;
    fixture.add_on_trakt_undated(&fixture.movie);
    fixture.add_on_trakt_undated(&fixture.episodes[0]);
    fixture.connect().await;
    let preview = fixture.engine.preview_import(fixture.user_id).await.unwrap();
    assert_eq!((preview.add, preview.push), (1, 0));
    fixture.import().await;
    let plays = fixture.all_plays().await;
    assert_eq!(plays.iter().filter(|play| play.watched_at.is_none()).count(), 2, "{plays:?}");
    assert!(plays.iter().any(|play| play.id == own[0].id && play.trakt_history_id.is_some()), "{plays:?}");
    fixture.sweep().await;
    assert_eq!((fixture.all_plays().await.len(), fixture.on_trakt().len()), (2, 2));
}

#[tokio::test]
async fn an_undated_play_removed_on_trakt_is_removed_here() {
    let fixture = Fixture::connected().await;
    fixture.import().await;
    fixture.mark(&[&fixture.movie], When::Unknown).await;
    fixture.drain_all().await;
    let entry = fixture.on_trakt()[0].id;
    fixture.remove_on_trakt(DEMO_USER, &[entry]);
    fixture.wait(301);
    fixture.sweep().await;
    fixture.sweep().await;
    assert_eq!(fixture.all_plays().await, []);
}

#[tokio::test]
async fn private_plays_are_not_sent_by_an_import() {
    let fixture = Fixture::unconnected().await;
    let player = fixture.player_of(&[&fixture.movie], true).await;
    player.play().await;
    player.watch_to(95).stop().await;
    fixture.connect().await;
    fixture.import().await;
    assert_eq!(fixture.plays().await.len(), 1);
    assert_eq!(fixture.on_trakt().len(), 0);
}

#[rstest]
#[case(0)]
#[case(400)]
#[tokio::test]
async fn the_preview_of_plays_matches_the_import(#[case] plays: usize) {
    let fixture = long_history(plays).await;
    fixture
        .mark(&[&fixture.movie, &fixture.episodes[1]], When::At(opening_time() - TimeDelta::days(4_000)))
        .await;
    fixture.drain_all().await;
    let before = fixture.all_plays().await.len();
    let preview = fixture.engine.preview_import(fixture.user_id).await.unwrap();
    assert_eq!(preview.plays, plays + 2);
    let writes = fixture.writes();
    fixture.import().await;
    let here = fixture.all_plays().await;
    assert_eq!(here.len(), before + preview.add);
    assert_eq!(fixture.writes() - writes, preview.push);
    let kinds: Vec<_> = here.iter().map(|play| play.title_id).collect();
    let titles = db::titles::find_many(&*fixture.db, &kinds).await.unwrap();
    let count = |kind| titles.iter().filter(|title| title.kind == kind).count();
    assert_eq!((preview.movies, preview.episodes), (count(TitleKind::Movie), count(TitleKind::Episode)));
    let again = fixture.engine.preview_import(fixture.user_id).await.unwrap();
    assert_eq!((again.add, again.push), (0, 0));
}

#[tokio::test]
async fn a_cancelled_import_keeps_its_plays_and_can_be_restarted() {
    let fixture = long_history(700).await;
    fixture.engine.begin_import(fixture.user_id, true).await.unwrap();
    fixture.fault_once("/sync/history", FaultKind::Latency { milliseconds: 0 });
    let mut pulling = Box::pin(fixture.engine.pull(fixture.user_id));
    while fixture.calls("/sync/history") < 2 {
        tokio::select! {
            biased;
            _ = &mut pulling => panic!("it ended too early"),
            () = tokio::task::yield_now() => {}
        }
    }
    drop(pulling);
    assert!(fixture.engine.cancel_import(fixture.user_id).await.unwrap());
    assert!(!fixture.engine.cancel_import(fixture.user_id).await.unwrap());
    let kept = fixture.all_plays().await.len();
    assert_eq!(fixture.pull().await, Pulled::Stopped);
    assert_eq!(fixture.sync_status().await.state, PullState::Cancelled);
    assert_eq!(fixture.all_plays().await.len(), kept);
    fixture.import().await;
    fixture.assert_same(BEA).await;
}
