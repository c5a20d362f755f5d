//! Every call of the client against the simulator: the path is right and the answer is understood.

use trakt::Extended;
use trakt::models::{IdType, Media, MediaKind};

use crate::support::World;

const FULL: Extended = Extended::FULL;

#[tokio::test]
async fn titles() {
    let world = World::new().await;
    let (movies, shows) = (world.client.movies(), world.client.shows());
    let movie = movies.summary(world.movie(0)).extended(FULL | Extended::IMAGES).await.unwrap();
    assert!(movie.overview.is_some() && movie.runtime.is_some() && !movie.genres.is_empty());
    let poster = &movie.images.unwrap().poster[0];
    assert!(poster.absolute().is_some(), "{poster:?}");
    let by_slug = movies.summary(movie.ids.slug.as_deref().unwrap()).await.unwrap();
    assert_eq!(by_slug.ids.trakt, movie.ids.trakt);

    let id = world.show(0);
    let show = shows.summary(id).extended(FULL | Extended::IMAGES).await.unwrap();
    assert!(show.network.is_some() && show.first_aired.is_some());
    let seasons = shows.seasons(id).extended(FULL | Extended::EPISODES).await.unwrap();
    assert!(
        seasons.iter().any(|season| season.episodes.as_ref().is_some_and(|episodes| !episodes.is_empty()))
    );
    let episodes = shows.season(id, 1).episodes().extended(FULL).await.unwrap();
    let episode = shows.episode(id, 1, 1).extended(FULL | Extended::IMAGES).await.unwrap();
    assert_eq!(episodes[0].ids, episode.ids);
    assert_eq!(shows.season(id, 1).info().await.unwrap().number, 1);
    assert!(shows.last_episode(id).await.unwrap().is_some());
    shows.next_episode(id).await.unwrap();
}

#[tokio::test]
async fn search() {
    let world = World::new().await;
    let movie = world.client.movies().summary(world.movie(0)).await.unwrap();
    let found = world.client.search().text(&[MediaKind::Movie], &movie.title).first(10).await.unwrap();
    assert!(found.iter().any(|hit| hit.media.ids() == Some(&movie.ids)));
    let found = world
        .client
        .search()
        .text(&[MediaKind::Movie, MediaKind::Show], &movie.title)
        .first(10)
        .await
        .unwrap();
    assert!(found.odd.is_empty());
    let by_id =
        world.client.search().id(IdType::Imdb, movie.ids.imdb.clone().unwrap(), &[]).first(5).await.unwrap();
    assert!(matches!(&by_id[0].media, Media::Movie(found) if found.ids == movie.ids));
    let tmdb = movie.ids.tmdb.unwrap();
    let by_id = world.client.search().id(IdType::Tmdb, tmdb, &[MediaKind::Movie]).first(5).await.unwrap();
    assert_eq!(by_id[0].media.ids(), Some(&movie.ids));
}

#[tokio::test]
async fn updates() {
    let world = World::new().await;
    let since = world.sim.now() - chrono::Duration::days(60);
    let movies = world.client.movies().updates(since).collect_all().await.unwrap();
    let ids = world.client.movies().updated_ids(since).collect_all().await.unwrap();
    assert_eq!(movies.listing.len(), ids.listing.len());
    let shows = world.client.shows().updates(since).collect_all().await.unwrap();
    let ids = world.client.shows().updated_ids(since).collect_all().await.unwrap();
    assert_eq!(shows.listing.len(), ids.listing.len());
}

#[tokio::test]
async fn account() {
    let world = World::with_history(300).await;
    let settings = world.client.users().settings().await.unwrap();
    assert!(settings.limits.unwrap().watchlist.item_count.is_some());
    assert!(settings.account.unwrap().timezone.is_some());
    let user = &settings.user.username;
    assert_eq!(&world.client.users().profile(user).await.unwrap().username, user);
    assert!(world.client.sync().last_activities().await.unwrap().all.is_some());
}
