//! Known defects of other Trakt clients, as tests that this client must pass.

use trakt::endpoints::{HistoryQuery, MediaType};
use trakt::models::{ItemIds, Items, NewList, Noted, Scrobble, Stopped};
use trakt::{Error, Priority, Remedy, StoreHealth};
use trakt_sim::{Fault, FaultKind};

use crate::support::{Fixture, at};

/// kino: from 80 % on, every 10 s tick was a stop, every 409 became a history entry: about 140 plays of one film.
#[tokio::test]
async fn a_film_reported_every_ten_seconds_is_one_play() {
    let fixture = Fixture::new().await;
    for tick in 0..140 {
        let progress = 80.0 + f64::from(tick) / 7.0;
        let stopped =
            fixture.client.scrobble().stop(&Scrobble::movie(fixture.movie(0), progress)).await.unwrap();
        assert!(matches!(stopped, Stopped::Counted { .. } | Stopped::AlreadyCounted(_)));
        fixture.sim.advance(chrono::Duration::seconds(10));
    }
    assert_eq!(fixture.plays().len(), 1);
}

/// kino, PlexTraktSync, Kometa: one page was treated as the whole list.
#[tokio::test]
async fn no_list_is_cut_after_its_first_page() {
    let fixture = Fixture::with_history(1_200).await;
    fixture
        .sim
        .configure(|config| (config.default_limit, config.max_limit, config.progress_limit) = (10, 10, 5));
    let sync = fixture.client.sync();
    let history = sync.history(&HistoryQuery::all()).limit(1_000).collect_all().await.unwrap();
    assert_eq!(history.listing.len(), 1_200);
    let whole = |kind: &str| {
        let path = format!("/users/me/watched/{kind}?extended=min&specials=true&limit=10000");
        fixture.sim.act(crate::support::USER, "GET", &path, None).body.as_object().unwrap().len()
    };
    let movies = sync.watched_movies().limit(500).collect_all().await.unwrap();
    assert_eq!(movies.listing.len(), whole("movies"));
    let shows = sync.watched_shows().extended(trakt::Extended::PROGRESS).collect_all().await.unwrap();
    assert_eq!(shows.listing.len(), whole("shows"));
    let ratings = sync.ratings(MediaType::All).collect_all().await.unwrap().listing;
    assert!(ratings.len() > 10);
}

/// Kometa: the new pair was saved only if the next call succeeded; a 503 right after a refresh lost the account.
#[tokio::test]
async fn a_failure_right_after_a_refresh_does_not_lose_the_new_pair() {
    let fixture = Fixture::new().await;
    fixture.age_token(1.1);
    fixture.sim.add_fault(Fault::on("/users/settings", FaultKind::Html { status: 503 }));
    assert!(fixture.client.users().settings().await.is_err());
    fixture.sim.clear_faults();
    fixture.another_process().users().settings().await.unwrap();
    assert_eq!(fixture.refreshes(), 1);
}

/// Jellyfin: one failed refresh cleared the access token and silently disabled the user.
#[tokio::test]
async fn one_failed_refresh_does_not_disconnect_the_account() {
    let fixture = Fixture::new().await;
    fixture.age_token(0.8);
    fixture.sim.add_fault(Fault::on("/oauth/token", FaultKind::ResetBefore).times(1));
    fixture.client.users().settings().await.unwrap();
    assert!(fixture.store.token().is_some());
    assert_eq!(fixture.client.store_health().await, StoreHealth::Good);
}

/// PlexTraktSync, Jellyfin: POST /sync/history was retried blindly after timeouts and 5xx.
#[tokio::test]
async fn a_play_is_never_sent_again_without_a_lookup() {
    let fixture = Fixture::new().await;
    fixture.sim.add_fault(Fault::on("/sync/history", FaultKind::ResetAfter).method("POST"));
    let bulk = fixture.client.with_priority(Priority::Bulk);
    let items = Items::movie(fixture.movie(0), trakt::models::Watched::at(at("10:00:30")));
    let error = bulk.sync().add_history(&items).await.unwrap_err();
    assert!(matches!(error.remedy(), Remedy::LookUpFirst { .. }), "{error}");
    let history = bulk.sync().history(&HistoryQuery::of_movie(fixture.movie(0))).collect_all().await.unwrap();
    assert!(
        history.listing.iter().any(|play| play.was_watched_at(at("10:00:30"))),
        "the lookup finds the play"
    );
    assert_eq!(history.listing.len(), 1);
}

/// Kometa: a 429 or 5xx was read as an empty list, and the collection was emptied.
#[tokio::test]
async fn a_failure_is_never_read_as_an_empty_list() {
    for fault in [
        FaultKind::RateLimit { headers: true, retry_after: Some(600) },
        FaultKind::RateLimit { headers: false, retry_after: None },
        FaultKind::Html { status: 520 },
        FaultKind::Empty { status: 503 },
        FaultKind::EdgeForbidden,
        FaultKind::Truncate,
    ] {
        let fixture = Fixture::with_history(150).await;
        fixture.sim.add_fault(Fault::on("/sync", fault.clone()).after(1));
        let result = fixture.client.sync().history(&HistoryQuery::all()).limit(100).collect_all().await;
        assert!(result.is_err(), "{fault:?}");
        assert!(
            fixture.requests("/sync/history").len() > 1,
            "the fault was applied to a later page: {fault:?}"
        );
    }
}

/// Kometa: a 201 for list items was treated as a failure.
#[tokio::test]
async fn a_201_for_list_items_is_a_success() {
    let fixture = Fixture::new().await;
    let lists = fixture.client.users().lists("me");
    let list = lists.create(&NewList::named("Synced")).await.unwrap();
    let items = Items::movie(ItemIds::trakt(fixture.movie(0)), Noted::default());
    assert_eq!(lists.list(&list.ids).add(&items).await.unwrap().added.movies, 1);
}

/// Kodi: a 429 on a play was ignored, and the play was lost.
#[tokio::test]
async fn a_rate_limit_never_loses_a_play() {
    let fixture = Fixture::new().await;
    let fault = FaultKind::RateLimit { headers: true, retry_after: Some(600) };
    fixture.sim.add_fault(Fault::on("/sync/history", fault).times(1));
    let items = Items::movie(fixture.movie(0), trakt::models::Watched::at(at("10:00:00")));
    let error = fixture.client.sync().add_history(&items).await.unwrap_err();
    assert!(matches!(error, Error::RateLimited { .. }), "reported, and certainly not applied: {error}");
    fixture.sim.advance(chrono::Duration::minutes(11));
    let _ = fixture.client.sync().add_history(&items).await.unwrap();
    assert_eq!(fixture.plays().len(), 1);
}
