//! facts.md, Pagination: a list is complete or it is an error, whatever the server does with `limit`.

use futures::TryStreamExt;
use trakt::endpoints::{HistoryQuery, MediaType};
use trakt::models::{WatchedSeasons, WatchedShow};
use trakt::{Error, Extended};
use trakt_sim::{Fault, FaultKind};

use crate::support::{USER, World};

const PLAYS: usize = 620;

#[tokio::test]
async fn a_limit_that_is_clamped_loses_nothing() {
    let world = World::with_history(PLAYS).await;
    let all = world.client.sync().history(&HistoryQuery::all()).limit(1_000).collect_all().await.unwrap();
    assert_eq!(all.listing.len(), PLAYS);
    assert_eq!(all.pages, 3, "pages of 250, as the server applied");
}

#[tokio::test]
async fn a_limit_that_is_ignored_loses_nothing() {
    let world = World::with_history(PLAYS).await;
    world.sim.add_fault(Fault::on("/sync/history", FaultKind::IgnoreLimit));
    let all = world.client.sync().history(&HistoryQuery::all()).collect_all().await.unwrap();
    assert_eq!(all.listing.len(), PLAYS);
    assert_eq!(all.pages, 7, "pages of 100");
}

#[tokio::test]
async fn a_list_that_shrinks_while_it_is_read_is_read_again() {
    let world = World::with_history(PLAYS).await;
    world.sim.add_fault(Fault::on("/sync/history", FaultKind::ShrinkingLists { by: 3 }).times(3));
    let all = world.client.sync().history(&HistoryQuery::all()).collect_all().await.unwrap();
    assert_eq!(all.listing.len(), PLAYS);
    assert!(all.pages > 3);
}

#[tokio::test]
async fn a_list_that_never_adds_up_is_incomplete_and_not_shorter() {
    let world = World::with_history(PLAYS).await;
    world.sim.add_fault(Fault::on("/sync/history", FaultKind::ShrinkingLists { by: 3 }));
    let error = world.client.sync().history(&HistoryQuery::all()).collect_all().await.unwrap_err();
    assert!(matches!(error, Error::Incomplete { attempts: 3, .. }), "{error}");
}

#[tokio::test]
async fn wrong_page_counts_are_never_taken_for_a_complete_list() {
    for by in [-1, 1] {
        let world = World::with_history(PLAYS).await;
        world.sim.add_fault(Fault::on("/sync/history", FaultKind::WrongPageCounts { by }));
        let result = world.client.sync().history(&HistoryQuery::all()).collect_all().await;
        assert!(matches!(result, Err(Error::Incomplete { .. })), "off by {by}");
    }
}

#[tokio::test]
async fn an_empty_list_is_complete() {
    let world = World::new().await;
    let all = world.client.sync().history(&HistoryQuery::all()).collect_all().await.unwrap();
    assert!(all.listing.is_empty());
}

#[tokio::test]
async fn a_stream_gives_the_pages_in_order() {
    let world = World::with_history(PLAYS).await;
    let request = world.client.sync().history(&HistoryQuery::all());
    let pages: Vec<_> = request.stream().try_collect().await.unwrap();
    let sizes: Vec<usize> = pages.iter().map(|page| page.listing.len()).collect();
    assert_eq!(sizes, [250, 250, 120]);
    assert_eq!(pages[1].info.page, Some(2));
}

#[tokio::test]
async fn the_first_few_need_no_more_pages_than_they_fill() {
    let world = World::with_history(PLAYS).await;
    let first = world.client.sync().history(&HistoryQuery::all()).first(30).await.unwrap();
    assert_eq!(first.len(), 30);
    assert_eq!(world.requests("/sync/history").len(), 1);
}

/// The watched shows, with or without `extended=progress`.
async fn watched_shows(world: &World, extended: Extended) -> Vec<WatchedShow> {
    let request = world.client.sync().watched_shows().extended(extended);
    request.collect_all().await.unwrap().listing.items
}

#[tokio::test]
async fn seasons_without_extended_progress_are_unknown_and_never_nothing_watched() {
    let world = World::with_history(PLAYS).await;
    let shows = watched_shows(&world, Extended::NONE).await;
    assert!(!shows.is_empty());
    assert!(shows.iter().all(|show| show.seasons == WatchedSeasons::Unknown));

    let shows = watched_shows(&world, Extended::PROGRESS).await;
    assert!(
        shows
            .iter()
            .all(|show| matches!(&show.seasons, WatchedSeasons::Known(seasons) if !seasons.is_empty()))
    );
}

#[tokio::test]
async fn progress_adds_up_to_the_plays_of_the_history() {
    let world = World::with_history(PLAYS).await;
    let in_history = world.client.sync().history(&HistoryQuery::of_type(MediaType::Episodes));
    let in_history = in_history.collect_all().await.unwrap().listing.len() as u64;
    let mut counted = 0;
    for show in watched_shows(&world, Extended::PROGRESS).await {
        let WatchedSeasons::Known(seasons) = show.seasons else { panic!("no seasons") };
        counted += seasons
            .iter()
            .flat_map(|season| season.episodes.iter())
            .map(|episode| episode.plays)
            .sum::<u64>();
    }
    assert_eq!(counted, in_history);
}

#[tokio::test]
async fn the_compact_form_comes_in_one_piece_and_holds_every_play() {
    let world = World::with_history(PLAYS).await;
    let movies = world.client.users().watched_movies_compact("me").await.unwrap();
    let shows = world.client.users().watched_shows_compact("me").await.unwrap();
    let episodes = shows.values().flat_map(|seasons| seasons.values()).flat_map(|season| season.values());
    let plays = movies.values().chain(episodes).map(Vec::len).sum::<usize>();
    assert_eq!(plays, PLAYS);
}

#[tokio::test]
async fn a_play_added_today_for_last_year_is_not_in_since_yesterday() {
    let world = World::new().await;
    let yesterday = world.sim.now() - chrono::Duration::days(1);
    let last_year = world.sim.now() - chrono::Duration::days(365);
    let body = serde_json::json!({"movies": [{"ids": {"trakt": world.movie(0)}, "watched_at": last_year}]});
    world.sim.act(USER, "POST", "/sync/history", Some(&body));
    let history = |query: HistoryQuery| async move {
        world.client.sync().history(&query).collect_all().await.unwrap().listing.len()
    };
    assert_eq!(history(HistoryQuery::all().start_at(yesterday)).await, 0);
}

#[tokio::test]
async fn ids_that_hold_an_object_or_vanish_for_a_while_do_not_break_a_read() {
    let world = World::with_history(50).await;
    world.sim.hide_ids(&["imdb", "tvdb"]);
    let all = world.client.sync().history(&HistoryQuery::all()).collect_all().await.unwrap();
    assert!(all.listing.odd.is_empty());
    assert!(all.listing.iter().all(|play| play.media.ids().is_some()));
}
