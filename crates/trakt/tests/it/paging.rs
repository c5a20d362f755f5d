//! Pagination: a list is either complete or an error, whatever the server does with limits, counts and headers.

use futures::TryStreamExt;
use rstest::rstest;
use trakt::endpoints::{HistoryQuery, MediaType};
use trakt::models::{PlayCounts, TraktId, WatchedSeasons, WatchedShow};
use trakt::paging::Completeness;
use trakt::{Error, Extended};
use trakt_sim::{Fault, FaultKind};

use crate::support::{Canned, Fixture, TRAKT_HEADERS, USER};

const PLAYS: usize = 620;

#[tokio::test]
async fn a_clamped_limit_loses_no_items() {
    let fixture = Fixture::with_history(PLAYS).await;
    let all = fixture.client.sync().history(&HistoryQuery::all()).limit(1_000).collect_all().await.unwrap();
    assert_eq!(all.listing.len(), PLAYS);
    assert_eq!(all.pages, 3, "pages of 250, the size that the server applied");
}

#[tokio::test]
async fn an_ignored_limit_loses_no_items() {
    let fixture = Fixture::with_history(PLAYS).await;
    fixture.sim.add_fault(Fault::on("/sync/history", FaultKind::IgnoreLimit));
    let all = fixture.client.sync().history(&HistoryQuery::all()).collect_all().await.unwrap();
    assert_eq!(all.listing.len(), PLAYS);
    assert_eq!(all.pages, 7, "pages of 100");
}

#[tokio::test]
async fn a_list_that_shrinks_while_it_is_read_is_read_again() {
    let fixture = Fixture::with_history(PLAYS).await;
    fixture.sim.add_fault(Fault::on("/sync/history", FaultKind::ShrinkingLists { by: 3 }).times(3));
    let all = fixture.client.sync().history(&HistoryQuery::all()).collect_all().await.unwrap();
    assert_eq!(all.listing.len(), PLAYS);
    assert!(all.pages > 3);
}

#[tokio::test]
async fn a_list_that_keeps_changing_is_incomplete() {
    let fixture = Fixture::with_history(PLAYS).await;
    fixture.sim.add_fault(Fault::on("/sync/history", FaultKind::ShrinkingLists { by: 3 }));
    let error = fixture.client.sync().history(&HistoryQuery::all()).collect_all().await.unwrap_err();
    assert!(matches!(error, Error::Incomplete { attempts: 4, .. }), "{error}");
    let error = fixture.client.sync().history(&HistoryQuery::all()).collect_proven().await.unwrap_err();
    assert!(matches!(error, Error::Incomplete { .. }), "{error}");
}

/// Counts that lag behind, count hidden items, belong to another list or are missing: every item arrives, and because
/// the counts do not agree the list is read twice.
#[rstest]
#[case::page_count_too_low(FaultKind::WrongPageCounts { by: -1 })]
#[case::page_count_too_high(FaultKind::WrongPageCounts { by: 1 })]
#[case::lags_behind(FaultKind::StaleCounts { items: -400 })]
#[case::counts_hidden_items(FaultKind::StaleCounts { items: 10 })]
#[case::clamped(FaultKind::ClampedCounts { items: 100 })]
#[case::of_another_list(FaultKind::ForeignPageHeaders { items: 3 })]
#[case::no_headers(FaultKind::DropPageHeaders)]
#[tokio::test]
async fn permanently_wrong_counts_lose_no_items(#[case] fault: FaultKind) {
    let fixture = Fixture::with_history(PLAYS).await;
    fixture.sim.add_fault(Fault::on("/sync/history", fault));
    let all = fixture.client.sync().history(&HistoryQuery::all()).collect_all().await.unwrap();
    assert_eq!(all.listing.len(), PLAYS);
    assert_eq!(all.completeness(), Completeness::Unconfirmed, "the fault was applied, and two reads agree");
    assert!(all.pages >= 6, "{} pages", all.pages);
    let proven = fixture.client.sync().history(&HistoryQuery::all()).collect_proven().await.unwrap();
    assert_eq!(proven.items().len(), PLAYS);
}

/// Rows that cannot be resolved are dropped after the page was cut, so a short page does not end the list.
#[tokio::test]
async fn a_short_page_in_the_middle_does_not_end_the_list() {
    let fixture = Fixture::with_history(PLAYS).await;
    let short = FaultKind::ShortPages { by: 100, page: Some(2) };
    fixture.sim.add_fault(Fault::on("/sync/history", short));
    let all = fixture.client.sync().history(&HistoryQuery::all()).collect_all().await.unwrap();
    assert_eq!(all.listing.len(), PLAYS - 100);
    assert_eq!((all.shortfall(), all.completeness()), (100, Completeness::Unconfirmed));
}

/// The first read misses rows. Only when the next two agree are items known to be absent.
#[tokio::test]
async fn an_item_is_not_absent_because_one_read_missed_it() {
    let fixture = Fixture::with_history(PLAYS).await;
    let missed = FaultKind::ShortPages { by: 20, page: Some(1) };
    fixture.sim.add_fault(Fault::on("/sync/history", missed).times(1));
    let request = fixture.client.sync().history(&HistoryQuery::all());
    let proven = request.collect_proven().await.unwrap();
    assert_eq!(fixture.requests("/sync/history").len(), 9, "three reads of three pages");
    let present = proven.present(|play| play.id);
    let newest = fixture.plays()[0]["id"].as_u64().unwrap();
    assert!(present.absent(trakt::models::HistoryId(newest)).is_none());
    assert!(present.absent(trakt::models::HistoryId(1)).is_some());
}

#[tokio::test]
async fn ratings_arrive_in_one_response_unless_a_limit_is_requested() {
    let fixture = Fixture::with_history(600).await;
    let ratings = |limit: Option<u32>| {
        let request = fixture.client.sync().ratings(MediaType::All);
        limit.map_or(request.clone(), |limit| request.limit(limit))
    };
    let whole = ratings(None).collect_all().await.unwrap();
    assert!(whole.listing.len() > 10);
    assert_eq!((whole.pages, whole.completeness()), (1, Completeness::Confirmed));
    let query = fixture.requests("/sync/ratings")[0].query.clone();
    assert!(!format!("{query:?}").contains("limit"), "{query:?}");

    let paged = ratings(Some(10)).collect_all().await.unwrap();
    assert_eq!(paged.listing.len(), whole.listing.len());
    assert!(paged.pages > 1);
}

/// A server with a list of `count` entries that sends these `headers`, and answers 504 to a `limit` above `size`.
async fn server_with_timeouts(count: u32, size: u32, headers: &'static str) -> Canned {
    Canned::answering(move |request| {
        let page: u32 = parameter(request, "page").unwrap_or(1);
        let limit = parameter(request, "limit").unwrap_or(size);
        if limit > size {
            return (504, TRAKT_HEADERS.to_owned(), String::new());
        }
        let first = (page - 1) * limit;
        let ids: Vec<_> = (first..count.min(first + limit)).map(|id| format!(r#"{{"id":{id}}}"#)).collect();
        (200, format!("{TRAKT_HEADERS}{headers}"), format!("[{}]", ids.join(",")))
    })
    .await
}

fn parameter(request: &str, name: &str) -> Option<u32> {
    let query = request.split_whitespace().nth(1)?.split_once('?')?.1;
    query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('=')?.parse().ok())
}

#[tokio::test]
async fn smaller_pages_are_requested_after_a_504() {
    let canned =
        server_with_timeouts(300, 70, "x-pagination-item-count: 300\r\nx-pagination-page-count: 5\r\n").await;
    let sync = canned.client().sync();
    let all = sync.history(&HistoryQuery::all()).collect_all().await.unwrap();
    assert_eq!(all.listing.items.len() + all.listing.unreadable.len(), 300);
    let tried: Vec<_> = canned.received().iter().filter_map(|request| parameter(request, "limit")).collect();
    assert_eq!(tried[..3], [250, 125, 62]);
}

#[tokio::test]
async fn a_list_with_unreadable_items_is_never_proven() {
    let canned =
        server_with_timeouts(3, 250, "x-pagination-item-count: 3\r\nx-pagination-page-count: 1\r\n").await;
    let history = canned.client().sync().history(&HistoryQuery::all());
    assert_eq!(history.collect_all().await.unwrap().listing.unreadable.len(), 3);
    assert!(matches!(history.collect_proven().await, Err(Error::Incomplete { .. })));
}

#[tokio::test]
async fn an_empty_list_is_complete() {
    let fixture = Fixture::new().await;
    let all = fixture.client.sync().history(&HistoryQuery::all()).collect_all().await.unwrap();
    assert!(all.listing.is_empty());
}

#[tokio::test]
async fn a_stream_yields_the_pages_in_order() {
    let fixture = Fixture::with_history(PLAYS).await;
    let request = fixture.client.sync().history(&HistoryQuery::all());
    let pages: Vec<_> = request.stream().try_collect().await.unwrap();
    let sizes: Vec<usize> = pages.iter().map(|page| page.listing.len()).collect();
    assert_eq!(sizes, [250, 250, 120]);
    assert_eq!(pages[1].info.page, Some(2));
}

#[tokio::test]
async fn reading_the_first_items_requests_only_the_needed_pages() {
    let fixture = Fixture::with_history(PLAYS).await;
    let first = fixture.client.sync().history(&HistoryQuery::all()).first(30).await.unwrap();
    assert_eq!(first.len(), 30);
    assert_eq!(fixture.requests("/sync/history").len(), 1);
}

/// The watched shows, with or without `extended=progress`.
async fn watched_shows(fixture: &Fixture, extended: Extended) -> Vec<WatchedShow> {
    let request = fixture.client.sync().watched_shows().extended(extended);
    request.collect_all().await.unwrap().listing.items
}

#[tokio::test]
async fn seasons_without_extended_progress_are_unknown_and_not_empty() {
    let fixture = Fixture::with_history(PLAYS).await;
    let shows = watched_shows(&fixture, Extended::NONE).await;
    assert!(!shows.is_empty());
    assert!(shows.iter().all(|show| show.seasons == WatchedSeasons::Unknown));

    let shows = watched_shows(&fixture, Extended::PROGRESS).await;
    assert!(!shows.is_empty());
    assert!(
        shows
            .iter()
            .all(|show| matches!(&show.seasons, WatchedSeasons::Known(seasons) if !seasons.is_empty()))
    );
}

#[tokio::test]
async fn progress_adds_up_to_the_plays_of_the_history() {
    let fixture = Fixture::with_history(PLAYS).await;
    let in_history = fixture.client.sync().history(&HistoryQuery::of_type(MediaType::Episodes));
    let in_history = in_history.collect_all().await.unwrap().listing.len() as u64;
    let mut counted = 0;
    for show in watched_shows(&fixture, Extended::PROGRESS).await {
        let WatchedSeasons::Known(seasons) = show.seasons else { panic!("no seasons") };
        counted += seasons
            .iter()
            .flat_map(|season| season.episodes.iter())
            .map(|episode| episode.plays)
            .sum::<u64>();
    }
    assert!(counted > 0);
    assert_eq!(counted, in_history);
}

/// The compact form contains every time of every play, whatever page size Trakt applies.
#[rstest]
#[case::as_requested(None)]
#[case::clamped(Some(7))]
#[tokio::test]
async fn the_compact_form_contains_every_play(#[case] limit: Option<usize>) {
    let fixture = Fixture::with_history(PLAYS).await;
    if let Some(limit) = limit {
        fixture.sim.add_fault(Fault::on("/users/me/watched", FaultKind::PaginatedCompact { limit }));
    }
    let history = fixture.client.sync().history(&HistoryQuery::all()).collect_all().await.unwrap().listing;
    let of = |kind| {
        let plays = history.iter().filter(move |play| play.media.kind() == kind);
        plays.map(|play| (play.media.ids().unwrap().trakt, play.watched_at)).collect::<PlayCounts>()
    };
    let users = fixture.client.users();
    let movies = users.movie_plays("me").collect_all().await.unwrap();
    let episodes = users.episode_plays("me").collect_all().await.unwrap();
    assert_eq!(limit.is_some(), movies.pages > 2, "{} pages", movies.pages);
    assert!(movies.listing.unreadable.is_empty() && episodes.listing.unreadable.is_empty());
    let counts: PlayCounts = movies.listing.iter().collect();
    assert!(counts.total() > 0);
    assert_eq!(counts, of(trakt::models::MediaKind::Movie));
    let counts: PlayCounts = episodes.listing.iter().collect();
    assert!(counts.total() > 0);
    assert_eq!(counts, of(trakt::models::MediaKind::Episode));
    assert!(
        !episodes.listing.iter().any(|play| play.season.number.is_none()),
        "season numbers were requested"
    );
}

#[tokio::test]
async fn the_minimal_collection_is_read_until_a_page_is_empty() {
    let fixture = Fixture::new().await;
    fixture.sim.configure(|config| config.minimal_limit = 2);
    let movies: Vec<TraktId> = (0..5).map(|index| fixture.movie(index)).collect();
    let body = serde_json::json!({
        "movies": movies.iter().map(|id| serde_json::json!({"ids": {"trakt": id}})).collect::<Vec<_>>(),
        "episodes": [{"ids": {"trakt": fixture.episode(0, 1, 1)}}],
    });
    fixture.sim.act(USER, "POST", "/sync/collection", Some(&body));
    let sync = fixture.client.sync();
    let read = sync.minimal_movies().collect_proven().await.unwrap();
    let present = read.present(|item| item.id);
    assert!(movies.iter().all(|movie| present.contains(movie)) && read.items().len() == 5);
    assert!(
        fixture.requests("/sync/collection/minimal/movies").len() >= 8,
        "three pages and an empty one, twice"
    );
    let episodes = sync.minimal_episodes().collect_all().await.unwrap().listing;
    assert_eq!(episodes[0].id, fixture.episode(0, 1, 1));
    let shows = sync.minimal_shows().collect_all().await.unwrap().listing;
    assert_eq!((shows[0].show, shows[0].season, shows[0].number), (fixture.show(0), 1, 1));
}

#[tokio::test]
async fn start_at_excludes_a_play_that_was_added_today_for_last_year() {
    let fixture = Fixture::new().await;
    let yesterday = fixture.sim.now() - chrono::Duration::days(1);
    let last_year = fixture.sim.now() - chrono::Duration::days(365);
    let body = serde_json::json!({"movies": [{"ids": {"trakt": fixture.movie(0)}, "watched_at": last_year}]});
    fixture.sim.act(USER, "POST", "/sync/history", Some(&body));
    let sync = fixture.client.sync();
    let history = async |query: HistoryQuery| sync.history(&query).collect_all().await.unwrap().listing.len();
    assert_eq!(history(HistoryQuery::all()).await, 1, "the play exists");
    assert_eq!(history(HistoryQuery::all().start_at(yesterday)).await, 0);
}

#[tokio::test]
async fn ids_that_are_objects_or_missing_do_not_break_a_read() {
    let fixture = Fixture::with_history(50).await;
    fixture.sim.hide_ids(&["imdb", "tvdb"]);
    let all = fixture.client.sync().history(&HistoryQuery::all()).collect_all().await.unwrap();
    assert!(all.listing.unreadable.is_empty());
    assert_eq!(all.listing.len(), 50);
    assert!(all.listing.iter().all(|play| play.media.ids().is_some_and(|ids| ids.imdb.is_none())));
}

/// Episodes carry `imdb: ""` when Trakt knows none: an empty id must not make two episodes the same.
#[tokio::test]
async fn an_empty_imdb_id_reads_as_absent() {
    let fixture = Fixture::with_history(PLAYS).await;
    fixture.sim.add_fault(Fault::on("/sync/history", FaultKind::EmptyImdb));
    let raw = fixture.sim.act(USER, "GET", "/sync/history/episodes", None).body;
    assert!(!raw.as_array().unwrap().is_empty());
    let query = HistoryQuery::of_type(MediaType::Episodes);
    let plays = fixture.client.sync().history(&query).collect_all().await.unwrap().listing;
    assert!(!plays.is_empty());
    assert!(plays.iter().all(|play| play.media.ids().is_some_and(|ids| ids.imdb.is_none())));
}
