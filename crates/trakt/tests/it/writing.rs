//! Writes: no play is sent twice, none is lost, and items that Trakt did not accept are reported.

use rstest::rstest;
use trakt::error::{Limited, Repeat};
use trakt::models::{
    Entry, EntryChange, HistoryId, HistoryRemove, ItemIds, Items, Noted, Plain, Rated, Watched, WatchedAt,
};
use trakt::{Error, Remedy};
use trakt_sim::{Fault, FaultKind, Person, Sim};

use crate::support::{Fixture, USER, at};

fn play(fixture: &Fixture, time: &str) -> Items<Watched> {
    Items::movie(fixture.movie(0), Watched::at(at(time)))
}

#[tokio::test]
async fn times_are_returned_and_compared_to_the_minute() {
    let fixture = Fixture::new().await;
    let _ = fixture.client.sync().add_history(&play(&fixture, "03:44:55")).await.unwrap();
    let history =
        fixture.client.sync().history(&trakt::endpoints::HistoryQuery::all()).collect_all().await.unwrap();
    let play = &history.listing[0];
    assert_eq!(play.watched_at, at("03:44:00"));
    assert!(play.was_watched_at(at("03:44:55")));
    assert!(!play.was_watched_at(at("03:45:00")));
}

/// Whatever happens to the response, the play is sent once.
#[rstest]
#[case::applied_and_response_lost(FaultKind::ResetAfter, 1)]
#[case::response_truncated(FaultKind::Truncate, 1)]
#[case::reset_before_it_was_applied(FaultKind::ResetBefore, 0)]
#[case::connection_closed(FaultKind::Refuse, 0)]
#[case::edge_page(FaultKind::Html { status: 520 }, 0)]
#[case::empty_502(FaultKind::Empty { status: 502 }, 0)]
#[case::request_timed_out_at_the_edge(FaultKind::Html { status: 408 }, 0)]
#[tokio::test]
async fn a_play_without_a_clear_response_is_unknown_and_never_sent_twice(
    #[case] fault: FaultKind,
    #[case] applied: usize,
) {
    let fixture = Fixture::new().await;
    fixture.sim.add_fault(Fault::on("/sync/history", fault).times(1));
    let error = fixture.client.sync().add_history(&play(&fixture, "10:00:00")).await.unwrap_err();
    assert!(matches!(error.remedy(), Remedy::LookUpFirst { .. }), "{error}");
    let Error::Unknown(unknown) = error else { panic!("{error}") };
    assert_eq!(unknown.sent.repeat, Repeat::Duplicates);
    assert_eq!(unknown.sent.body.unwrap()["movies"][0]["ids"]["trakt"], fixture.movie(0).0);
    assert_eq!(fixture.plays().len(), applied);
    assert_eq!(
        fixture.requests("/sync/history").iter().filter(|request| request.method == "POST").count(),
        1
    );
}

#[tokio::test]
async fn a_write_that_could_not_be_sent_is_retried_and_then_fails() {
    let fixture = Fixture::new().await;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let client = trakt::Client::builder(trakt::Application::new("key", "Test/1.0"))
        .endpoints(trakt::Endpoints::single(format!("http://{address}").parse().unwrap()))
        .clock(fixture.clock.clone())
        .token_store(fixture.store.clone())
        .build()
        .unwrap();
    let error = client.sync().add_history(&play(&fixture, "10:00:00")).await.unwrap_err();
    assert!(matches!(error, Error::Transport { .. }), "certainly not applied, so not unknown: {error}");
    assert!(fixture.clock.slept().len() >= 3, "it was tried four times");
}

#[tokio::test]
async fn a_write_that_creates_no_duplicates_may_be_sent_again() {
    let fixture = Fixture::new().await;
    fixture.sim.add_fault(Fault::on("/sync/ratings", FaultKind::ResetAfter).times(1));
    let rated = Items::movie(fixture.movie(0), Rated::new(8).unwrap());
    let Err(Error::Unknown(unknown)) = fixture.client.sync().add_ratings(&rated).await else { panic!() };
    assert_eq!(unknown.sent.repeat, Repeat::Harmless);
    let _ = fixture.client.sync().add_ratings(&rated).await.unwrap();
    let ratings =
        fixture.client.sync().ratings(trakt::endpoints::MediaType::Movies).collect_all().await.unwrap();
    assert_eq!(ratings.listing.len(), 1);
}

/// An edge page with a 4xx is an outage: the play was neither rejected nor applied.
#[rstest]
#[case(400)]
#[case(404)]
#[case(405)]
#[case(413)]
#[tokio::test]
async fn an_edge_page_is_an_outage_and_not_a_rejection(#[case] status: u16) {
    let fixture = Fixture::new().await;
    fixture.sim.add_fault(Fault::on("/sync/history", FaultKind::Html { status }));
    let error = fixture.client.sync().add_history(&play(&fixture, "10:00:00")).await.unwrap_err();
    assert!(matches!(error.remedy(), Remedy::RetryLater(_)), "{error:?}");
    assert!(
        fixture.requests("/sync/history").len() > 1,
        "it was tried again, because it cannot have been applied"
    );
    fixture.sim.clear_faults();
    let _ = fixture.client.sync().add_history(&play(&fixture, "10:00:00")).await.unwrap();
    assert_eq!(fixture.plays().len(), 1);
}

#[tokio::test]
async fn silently_dropped_items_are_counted() {
    let fixture = Fixture::new().await;
    let mut items = play(&fixture, "10:00:00");
    items.movies.push(Entry::new(fixture.movie(1), Watched::at(at("12:00:00"))));
    fixture.sim.add_fault(Fault::on("/sync/history", FaultKind::PartialAdd { keep: 1 }).times(1));
    let answer = fixture.client.sync().add_history(&items).await.unwrap();
    assert!(answer.not_found.is_empty());
    assert_eq!(answer.unaccounted(items.len()), 1);

    let mut items = play(&fixture, "14:00:00");
    items.movies.push(Entry::new(ItemIds::imdb("tt99999999"), Watched::at(at("14:00:00"))));
    fixture.sim.add_fault(Fault::on("/sync/history", FaultKind::NotFoundWithoutIds).times(1));
    let answer = fixture.client.sync().add_history(&items).await.unwrap();
    assert_eq!(answer.not_found.movies[0].ids, ItemIds::default(), "the fault was applied");
    assert_eq!(answer.unaccounted(items.len()), 0);
}

#[tokio::test]
async fn a_read_is_repeated_until_it_succeeds() {
    let fixture = Fixture::new().await;
    fixture.sim.add_fault(Fault::on("/users/settings", FaultKind::ResetBefore).times(1));
    fixture.sim.add_fault(Fault::on("/users/settings", FaultKind::Html { status: 520 }).after(1).times(1));
    fixture.sim.add_fault(Fault::on("/users/settings", FaultKind::Truncate).after(2).times(1));
    fixture.client.users().settings().await.unwrap();
    assert_eq!(fixture.requests("/users/settings").len(), 4, "each fault was applied once");
}

#[tokio::test]
async fn items_that_trakt_could_not_match_are_returned() {
    let fixture = Fixture::new().await;
    let mut items = play(&fixture, "10:00:00");
    items.movies.push(Entry::new(ItemIds::imdb("tt99999999"), Watched::at(at("10:00:00"))));
    items.episodes.push(Entry::new(ItemIds::tvdb(99_999_999), Watched::at(at("10:00:00"))));
    let answer = fixture.client.sync().add_history(&items).await.unwrap();
    assert_eq!(answer.added.movies, 1);
    assert!(!answer.not_found.is_empty());
    assert_eq!(answer.not_found.movies[0].ids.imdb.as_deref(), Some("tt99999999"));
    assert_eq!(answer.not_found.episodes[0].ids.tvdb, Some(99_999_999));
    assert_eq!(answer.not_found.items().count(), 2);
}

#[tokio::test]
async fn single_plays_are_removed_by_id_and_items_with_all_their_plays() {
    let fixture = Fixture::new().await;
    for time in ["10:00:00", "12:00:00", "14:00:00"] {
        let _ = fixture.client.sync().add_history(&play(&fixture, time)).await.unwrap();
    }
    let id = HistoryId(fixture.plays()[0]["id"].as_u64().unwrap());
    let removed = fixture.client.sync().remove_history(&HistoryRemove::plays([id])).await.unwrap();
    assert_eq!((removed.deleted.movies, fixture.plays().len()), (1, 2));

    let unknown = HistoryRemove::plays([HistoryId(1)]);
    let removed = fixture.client.sync().remove_history(&unknown).await.unwrap();
    assert_eq!(removed.not_found.ids, [HistoryId(1)]);

    let everything = HistoryRemove::every_play_of(Items::movie(fixture.movie(0), Plain {}));
    let _ = fixture.client.sync().remove_history(&everything).await.unwrap();
    assert!(fixture.plays().is_empty());
}

#[tokio::test]
async fn removals_advance_last_activities() {
    let fixture = Fixture::new().await;
    let _ = fixture.client.sync().add_history(&play(&fixture, "10:00:00")).await.unwrap();
    let before = fixture.client.sync().last_activities().await.unwrap();
    fixture.sim.advance(chrono::Duration::minutes(5));
    let everything = HistoryRemove::every_play_of(Items::movie(fixture.movie(0), Plain {}));
    let _ = fixture.client.sync().remove_history(&everything).await.unwrap();
    let after = fixture.client.sync().last_activities().await.unwrap();
    assert!(after.movies.watched_at > before.movies.watched_at);
    assert!(after.all > before.all);
}

#[tokio::test]
async fn a_play_can_be_dated_to_the_release_or_to_an_unknown_time() {
    let fixture = Fixture::new().await;
    for watched in [Watched::when_released(), Watched::at_unknown_time()] {
        let answer =
            fixture.client.sync().add_history(&Items::movie(fixture.movie(0), watched)).await.unwrap();
        assert_eq!(answer.added.movies, 1);
    }
}

#[test]
fn a_moment_is_always_written_as_iso_8601_in_utc() {
    let written = serde_json::to_value(WatchedAt::Moment(at("10:00:00"))).unwrap();
    assert_eq!(written, "2026-10-01T10:00:00.000Z");
    let fraction = at("10:00:00") + chrono::Duration::milliseconds(987);
    assert_eq!(serde_json::to_value(WatchedAt::Moment(fraction)).unwrap(), written, "in whole seconds");
}

#[rstest]
#[case(0)]
#[case(11)]
fn ratings_outside_1_to_10_are_rejected(#[case] rating: u8) {
    assert!(Rated::new(rating).is_none());
}

#[tokio::test]
async fn a_full_watchlist_is_an_account_limit_with_its_size() {
    let tiny = Sim::builder().person(Person::new(USER)).configure(|config| config.free.watchlist = 1);
    let fixture = Fixture::with(tiny).await;
    let mut items = Items::movie(fixture.movie(0), Noted::default());
    items.movies.push(Entry::new(fixture.movie(1), Noted::default()));
    let error = fixture.client.sync().watchlist().add(&items).await.unwrap_err();
    let Error::AccountLimit { what, limit, vip, .. } = error else { panic!("{error}") };
    assert_eq!((what, limit, vip), (Limited::Watchlist, Some(1), Some(false)));
}

#[tokio::test]
async fn changing_notes_sends_only_the_notes() {
    let fixture = Fixture::new().await;
    let _ = fixture
        .client
        .sync()
        .watchlist()
        .add(&Items::movie(fixture.movie(0), Noted::default()))
        .await
        .unwrap();
    let items = fixture.client.sync().watchlist().items(trakt::endpoints::MediaType::Movies);
    let entry = items.collect_all().await.unwrap().listing.items.remove(0);
    let change = EntryChange { notes: Some("for Sunday".into()), rank: None };
    fixture.client.sync().watchlist().change_entry(entry.id.unwrap(), &change).await.unwrap();
    let sent =
        fixture.requests("/sync/watchlist/").into_iter().find(|request| request.method == "PUT").unwrap();
    assert_eq!(sent.body.unwrap(), serde_json::json!({"notes": "for Sunday"}));
}
