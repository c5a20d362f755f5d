//! Every call of the client against the simulator: the path is right and the response can be read.

mod lists;
mod sync;
mod titles;

use trakt::endpoints::{CalendarTarget, CatalogueType, HistoryQuery, MediaType};
use trakt::models::{HiddenSection, Items, MediaKind, Plain, Scrobble, SettingsChange, UserChange};
use trakt::{Extended, Filters};

use crate::support::{Fixture, USER};

#[tokio::test]
async fn the_connected_account_can_be_read_and_changed() {
    let fixture = Fixture::with_history(300).await;
    let users = fixture.client.users();
    let settings = users.settings().await.unwrap();
    assert!(settings.limits.unwrap().watchlist.item_count.is_some());
    assert!(settings.account.unwrap().timezone.is_some());
    assert_eq!(settings.user.username, USER);
    assert_eq!(users.profile(USER).extended(Extended::FULL).await.unwrap().username, USER);
    assert!(fixture.client.sync().last_activities().await.unwrap().all.is_some());
    let stats = users.stats(USER).await.unwrap();
    assert!(stats.movies.plays > 0 && stats.ratings.total > 0);
    let plays = users.history(USER, &HistoryQuery::all()).collect_all().await.unwrap();
    assert_eq!(plays.listing.len() as u64, stats.movies.plays + stats.episodes.plays);
    let change = SettingsChange {
        user: Some(UserChange { location: Some("Bonn".into()), ..UserChange::default() }),
        browsing: None,
    };
    users.change_settings(&change).await.unwrap();
}

#[tokio::test]
async fn trakts_own_plex_import_is_detected() {
    let fixture = Fixture::new().await;
    let connected = || async { fixture.client.users().plex_settings().await.unwrap().connection.connected };
    assert_eq!(connected().await, Some(false));
    fixture.sim.set_plex_connected(USER, true);
    assert_eq!(connected().await, Some(true));
}

#[tokio::test]
async fn the_public_data_of_a_member_can_be_read() {
    let fixture = Fixture::with_history(300).await;
    let users = fixture.client.users();
    let rated = users.ratings(USER, MediaType::Movies).collect_all().await.unwrap().listing;
    assert!(!rated.is_empty() && rated.unreadable.is_empty());
    let watchlist = users.watchlist(USER, MediaType::Movies).collect_all().await.unwrap().listing;
    let own = fixture.client.sync().watchlist().items(MediaType::Movies).collect_all().await.unwrap().listing;
    assert_eq!(watchlist, own);
    let favorites = users.favorites(USER, MediaType::Movies).collect_all().await.unwrap().listing;
    assert!(favorites.unreadable.is_empty());
}

#[tokio::test]
async fn items_can_be_hidden_and_unhidden() {
    let fixture = Fixture::new().await;
    let users = fixture.client.users();
    for section in [HiddenSection::ProgressWatched, HiddenSection::Dropped, HiddenSection::Calendar] {
        let show = Items::show(fixture.show(0), Plain {});
        let hidden = users.hide(&section, &show).await.unwrap();
        assert_eq!(hidden.added.total(), 1, "{section}");
        let listed = users.hidden(&section, Some(MediaKind::Show)).collect_all().await.unwrap().listing;
        assert_eq!(listed[0].media.ids().unwrap().trakt, fixture.show(0), "{section}");
        let shown = users.unhide(&section, &show).await.unwrap();
        assert!(shown.not_found.is_empty());
        assert!(users.hidden(&section, None).collect_all().await.unwrap().listing.is_empty(), "{section}");
    }
}

#[tokio::test]
async fn the_progress_of_shows_can_be_read_and_reset() {
    let fixture = Fixture::with_history(300).await;
    let sync = fixture.client.sync();
    let next = sync.up_next().collect_all().await.unwrap().listing;
    assert!(next.iter().any(|show| show.progress.next_episode.is_some()));
    let started = sync.watched_progress().collect_all().await.unwrap().listing;
    assert!(!started.is_empty() && started.unreadable.is_empty());
    let shows = fixture.client.shows();
    let id = started[0].show.ids.trakt;
    let progress = shows.watched_progress(id).await.unwrap();
    assert_eq!(progress.completed, started[0].progress.completed);
    assert!(progress.seasons.is_some());
    shows.collection_progress(id).await.unwrap();
    shows.reset_progress(id).await.unwrap();
    let reset_at = shows.watched_progress(id).await.unwrap().reset_at;
    assert!(reset_at.is_some());
    let watched = sync.watched_shows().collect_all().await.unwrap().listing;
    let show = watched.iter().find(|watched| watched.show.ids.trakt == id).unwrap();
    assert_eq!(show.reset_at, reset_at);
    shows.undo_reset_progress(id).await.unwrap();
    assert_eq!(shows.watched_progress(id).await.unwrap().reset_at, None);
}

#[tokio::test]
async fn recommendations_can_be_read_and_hidden() {
    let fixture = Fixture::with_history(100).await;
    let recommendations = fixture.client.recommendations();
    let movies = recommendations.movies(10).filters(&Filters::new().ignore_watched()).await.unwrap();
    let shows = recommendations.shows(5).await.unwrap();
    assert!(movies.len() == 10 && shows.len() == 5);
    recommendations.hide_movie(&movies[0].ids).await.unwrap();
    recommendations.hide_show(&shows[0].ids).await.unwrap();
    let again = recommendations.movies(10).await.unwrap();
    assert!(!again.is_empty());
    assert!(again.iter().all(|movie| movie.ids.trakt != movies[0].ids.trakt));
}

#[tokio::test]
async fn calendars_can_be_read() {
    let fixture = Fixture::with_history(300).await;
    let start = (fixture.sim.now() - chrono::Duration::days(200)).date_naive();
    let calendars = fixture.client.calendars();
    let shows = calendars.shows(CalendarTarget::All, start, 200).await.unwrap();
    let movies = calendars.movies(CalendarTarget::All, start, 200).await.unwrap();
    assert!(shows.unreadable.is_empty() && movies.unreadable.is_empty());
    assert!(!shows.is_empty() || !movies.is_empty());
    let mine = calendars.shows(CalendarTarget::Mine, start, 200).await.unwrap();
    assert!(mine.len() <= shows.len());
    calendars.movies(CalendarTarget::Mine, start, 200).await.unwrap();
}

#[tokio::test]
async fn vocabularies_can_be_read() {
    let fixture = Fixture::unconnected().await;
    let vocabularies = fixture.client.vocabularies();
    for of in [CatalogueType::Movies, CatalogueType::Shows] {
        assert!(!vocabularies.genres(of).extended(Extended::SUBGENRES).await.unwrap().is_empty());
        assert!(!vocabularies.languages(of).await.unwrap().is_empty());
        assert!(!vocabularies.countries(of).await.unwrap().is_empty());
        assert!(vocabularies.certifications(of).await.unwrap().contains_key("us"));
    }
    assert!(!vocabularies.networks().await.unwrap().is_empty());
}

#[tokio::test]
async fn a_check_in_can_be_started_and_cancelled() {
    let fixture = Fixture::new().await;
    let scrobble = fixture.client.scrobble();
    let checkin = trakt::models::Checkin::movie(fixture.movie(0)).message("at last");
    let answer = scrobble.check_in(&checkin).await.unwrap();
    assert_eq!(answer.media.ids().unwrap().trakt, fixture.movie(0));
    let error = scrobble.check_in(&checkin).await.unwrap_err();
    let trakt::Error::Conflict(conflict) = error else { panic!("{error}") };
    assert!(conflict.expires_at.is_some());
    scrobble.cancel_check_in().await.unwrap();
    scrobble.start(&Scrobble::movie(fixture.movie(0), 1.0)).await.unwrap();
}
