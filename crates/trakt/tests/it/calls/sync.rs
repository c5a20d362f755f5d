//! Watched, ratings, collection, watchlist, favorites.

use trakt::Extended;
use trakt::endpoints::MediaType;
use trakt::models::{
    Collected, CollectedMetadata, EntryChange, Items, Noted, Plain, Rated, SortBy, SortHow, Unrated,
};

use crate::support::{Fixture, at};

#[tokio::test]
async fn watched_items_agree_with_the_history() {
    let fixture = Fixture::with_history(300).await;
    let sync = fixture.client.sync();
    let movies = sync.watched_movies().extended(Extended::FULL).collect_all().await.unwrap().listing;
    let shows = sync.watched_shows().collect_all().await.unwrap().listing;
    let episodes = sync.watched_episodes().collect_all().await.unwrap().listing;
    assert!(movies.unreadable.is_empty() && shows.unreadable.is_empty() && episodes.unreadable.is_empty());
    let of_movies: u64 = movies.iter().map(|movie| movie.plays).sum();
    let of_episodes: u64 = episodes.iter().map(|episode| episode.plays).sum();
    assert_eq!(of_movies + of_episodes, 300);
    assert_eq!(shows.iter().map(|show| show.plays).sum::<u64>(), of_episodes);
}

#[tokio::test]
async fn ratings_can_be_added_and_removed() {
    let fixture = Fixture::new().await;
    let sync = fixture.client.sync();
    let rated = Rated::new(8).unwrap().at(at("10:00:00"));
    let mut items = Items::movie(fixture.movie(0), rated);
    items.shows = Items::show(fixture.show(0), rated).shows;
    items.episodes = Items::episode(fixture.episode(0, 1, 1), rated).episodes;
    let answer = sync.add_ratings(&items).await.unwrap();
    assert_eq!(answer.added.total(), 3);
    let all = sync.ratings(MediaType::All).collect_all().await.unwrap().listing;
    assert_eq!((all.len(), all[0].rating, all[0].rated_at), (3, 8, at("10:00:00")));
    let removed = sync.remove_ratings(&Items::movie(fixture.movie(0), Unrated {})).await.unwrap();
    assert_eq!(removed.deleted.movies, 1);
    assert!(sync.ratings(MediaType::Movies).collect_all().await.unwrap().listing.is_empty());
}

#[tokio::test]
async fn the_collection_keeps_the_quality_of_its_items() {
    let fixture = Fixture::new().await;
    let sync = fixture.client.sync();
    let metadata = CollectedMetadata {
        media_type: Some("digital".into()),
        resolution: Some("uhd_4k".into()),
        audio_channels: Some("5.1".into()),
        three_d: Some(false),
        ..CollectedMetadata::default()
    };
    let details = Collected { collected_at: Some(at("10:00:00")), metadata: metadata.clone() };
    let mut items = Items::movie(fixture.movie(0), details.clone());
    items.episodes = Items::episode(fixture.episode(0, 1, 1), details).episodes;
    let answer = sync.add_collection(&items).await.unwrap();
    assert_eq!((answer.added.movies, answer.added.episodes), (1, 1));

    let movies = sync.collection_movies().extended(Extended::METADATA).collect_all().await.unwrap().listing;
    assert_eq!(movies[0].metadata.as_ref().unwrap().resolution, metadata.resolution);
    let shows = sync.collection_shows().collect_all().await.unwrap().listing;
    assert_eq!(shows[0].seasons.as_ref().unwrap()[0].episodes[0].number, 1);
    let episodes = sync.collection_episodes().collect_all().await.unwrap().listing;
    assert_eq!(episodes[0].episode.ids.trakt, fixture.episode(0, 1, 1));

    let removed = sync.remove_collection(&Items::movie(fixture.movie(0), Plain {})).await.unwrap();
    assert_eq!(removed.deleted.movies, 1);
}

#[tokio::test]
async fn watchlist_and_favorites_can_be_read_and_changed() {
    let fixture = Fixture::new().await;
    for list in [fixture.client.sync().watchlist(), fixture.client.sync().favorites()] {
        let mut items = Items::movie(fixture.movie(0), Noted { notes: Some("soon".into()) });
        items.shows = Items::show(fixture.show(0), Noted::default()).shows;
        let answer = list.add(&items).await.unwrap();
        assert_eq!((answer.added.movies, answer.added.shows), (1, 1), "{list:?}");
        assert_eq!(list.add(&items).await.unwrap().existing.total(), 2);

        let movies = list.items(MediaType::Movies).collect_all().await.unwrap().listing;
        assert_eq!(movies[0].media.ids().unwrap().trakt, fixture.movie(0));
        let order = list.sorted(MediaType::Movies, (SortBy::Added, SortHow::Descending));
        assert_eq!(order.collect_all().await.unwrap().listing.len(), 1);

        let id = movies[0].id.unwrap();
        assert!(list.reorder(&[id]).await.unwrap().skipped_ids.is_empty());
        let change = EntryChange { notes: Some("for Sunday".into()), rank: None };
        list.change_entry(id, &change).await.unwrap();
        let removed = list.remove(&Items::movie(fixture.movie(0), Plain {})).await.unwrap();
        assert_eq!(removed.deleted.movies, 1);
    }
}
