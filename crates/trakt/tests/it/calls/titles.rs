//! Movies, shows, charts, search, updates.

use trakt::models::{Charted, IdType, Media, MediaKind, Movie, Period, Show};
use trakt::{Extended, Filters, Paged};

use crate::support::Fixture;

const FULL: Extended = Extended::FULL;

#[tokio::test]
async fn a_movie_can_be_read() {
    let fixture = Fixture::new().await;
    let movies = fixture.client.movies();
    let movie = movies.summary(fixture.movie(0)).extended(FULL | Extended::IMAGES).await.unwrap();
    assert!(movie.overview.is_some() && movie.runtime.is_some() && !movie.genres.is_empty());
    let poster = &movie.images.unwrap().poster[0];
    assert!(poster.absolute().is_some(), "{poster:?}");
    let by_slug = movies.summary(movie.ids.slug.as_deref().unwrap()).await.unwrap();
    assert_eq!(by_slug.ids.trakt, movie.ids.trakt);
    let rating = movies.ratings(fixture.movie(0)).await.unwrap();
    assert_eq!(rating.votes, movie.votes);
    assert_eq!(movies.stats(fixture.movie(0)).await.unwrap().votes, movie.votes.unwrap());
    assert!(!movies.releases(fixture.movie(0), "us").await.unwrap().is_empty());
    assert!(!movies.related(fixture.movie(0)).first(5).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_show_can_be_read_with_its_seasons_and_episodes() {
    let fixture = Fixture::new().await;
    let shows = fixture.client.shows();
    let id = fixture.show(0);
    let show = shows.summary(id).extended(FULL | Extended::IMAGES).await.unwrap();
    assert!(show.network.is_some() && show.first_aired.is_some());
    let seasons = shows.seasons(id).extended(FULL | Extended::EPISODES).await.unwrap();
    assert!(
        seasons.iter().any(|season| season.episodes.as_ref().is_some_and(|episodes| !episodes.is_empty()))
    );
    let season = shows.season(id, 1);
    let episodes = season.episodes().extended(FULL).await.unwrap();
    let episode = shows.episode(id, 1, 1).extended(FULL | Extended::IMAGES).await.unwrap();
    assert_eq!(episodes[0].ids.trakt, episode.ids.trakt);
    assert_eq!(season.info().await.unwrap().number, 1);
    season.ratings().await.unwrap();
    season.stats().await.unwrap();
    assert!(shows.last_episode(id).await.unwrap().is_some());
    shows.next_episode(id).await.unwrap();
    assert_eq!(shows.ratings(id).await.unwrap().votes, show.votes);
    shows.stats(id).await.unwrap();
    assert!(!shows.related(id).first(5).await.unwrap().is_empty());
}

#[tokio::test]
async fn charts_of_movies_can_be_read() {
    let fixture = Fixture::new().await;
    let movies = fixture.client.movies();
    let charts: [Paged<Charted<Movie>>; 7] = [
        movies.trending(),
        movies.anticipated(),
        movies.hot(),
        movies.watched(Period::Weekly),
        movies.played(Period::Monthly),
        movies.collected(Period::Yearly),
        movies.favorited(Period::All),
    ];
    for chart in charts {
        let top = chart.first(10).await.unwrap();
        assert!(top.unreadable.is_empty(), "{:?}", top.unreadable);
    }
    assert!(!movies.popular().first(10).await.unwrap().is_empty());
    let box_office = movies.box_office().await.unwrap();
    assert!(!box_office.is_empty() && box_office.unreadable.is_empty());
}

#[tokio::test]
async fn charts_of_shows_can_be_read() {
    let fixture = Fixture::new().await;
    let shows = fixture.client.shows();
    let charts: [Paged<Charted<Show>>; 7] = [
        shows.trending(),
        shows.anticipated(),
        shows.hot(),
        shows.watched(Period::Daily),
        shows.played(Period::Weekly),
        shows.collected(Period::Monthly),
        shows.favorited(Period::Weekly),
    ];
    for chart in charts {
        let top = chart.first(10).await.unwrap();
        assert!(top.unreadable.is_empty(), "{:?}", top.unreadable);
    }
    assert!(!shows.popular().first(10).await.unwrap().is_empty());
}

#[tokio::test]
async fn filters_narrow_a_chart() {
    let fixture = Fixture::new().await;
    let filters = Filters::new().years(1990..=2009).ratings(50..=100);
    let popular = fixture.client.movies().popular().extended(FULL).filters(&filters);
    let movies = popular.collect_all().await.unwrap().listing;
    assert!(!movies.is_empty());
    assert!(movies.iter().all(|movie| (1990..=2009).contains(&movie.year.unwrap())));
    assert!(movies.iter().all(|movie| movie.rating.unwrap() >= 5.0));
}

#[tokio::test]
async fn titles_can_be_found_by_text_and_by_id() {
    let fixture = Fixture::new().await;
    let movie = fixture.client.movies().summary(fixture.movie(0)).await.unwrap();
    let search = fixture.client.search();
    let found = search.text(&[MediaKind::Movie], &movie.title).first(10).await.unwrap();
    assert!(found.iter().any(|hit| hit.media.ids() == Some(&movie.ids)));
    let kinds = [MediaKind::Movie, MediaKind::Show];
    assert!(search.text(&kinds, &movie.title).first(10).await.unwrap().unreadable.is_empty());
    assert!(!search.exact(&[MediaKind::Movie], &movie.title).first(1).await.unwrap().is_empty());
    let fields = [trakt::endpoints::SearchField::Title];
    assert!(!search.text_in(&kinds, &fields, &movie.title).first(1).await.unwrap().is_empty());

    let imdb = movie.ids.imdb.clone().unwrap();
    let by_id = search.id(IdType::Imdb, imdb, &[]).first(5).await.unwrap();
    assert!(matches!(&by_id[0].media, Media::Movie(found) if found.ids == movie.ids));
    let tmdb = movie.ids.tmdb.unwrap();
    let by_id = search.id(IdType::Tmdb, tmdb, &[MediaKind::Movie]).first(5).await.unwrap();
    assert_eq!(by_id[0].media.ids(), Some(&movie.ids));
}

#[tokio::test]
async fn updates_can_be_read() {
    let fixture = Fixture::new().await;
    let since = fixture.sim.now() - chrono::Duration::days(60);
    let movies = fixture.client.movies().updates(since).collect_all().await.unwrap();
    let ids = fixture.client.movies().updated_ids(since).collect_all().await.unwrap();
    assert_eq!(movies.listing.len(), ids.listing.len());
    let shows = fixture.client.shows().updates(since).collect_all().await.unwrap();
    let ids = fixture.client.shows().updated_ids(since).collect_all().await.unwrap();
    assert_eq!(shows.listing.len(), ids.listing.len());
}

#[tokio::test]
async fn people_of_titles_and_titles_of_people_can_be_read() {
    let fixture = Fixture::new().await;
    let people =
        fixture.client.movies().people(fixture.movie(0)).extended(FULL | Extended::IMAGES).await.unwrap();
    assert!(people.cast.iter().all(|role| !role.characters.is_empty()));
    let director = &people.crew["directing"][0];
    assert_eq!(director.jobs, ["Director"]);
    assert!(director.person.images.as_ref().unwrap().headshot[0].absolute().is_some());
    let id = director.person.ids.trakt;
    assert_eq!(fixture.client.people().summary(id).await.unwrap().name, director.person.name);
    let films = fixture.client.people().movies(id).await.unwrap();
    let directed = &films.crew.unwrap()["directing"].items;
    assert!(directed.iter().any(|work| work.item.ids.trakt == fixture.movie(0) && work.jobs == ["Director"]));

    let (shows, show) = (fixture.client.shows(), fixture.show(0));
    assert!(!shows.people(show).await.unwrap().cast.is_empty());
    assert!(!shows.season(show, 1).people().await.unwrap().cast.is_empty());
    let episode = shows.episode_people(show, 1, 1).extended(Extended::GUEST_STARS).await.unwrap();
    assert!(!episode.guest_stars.is_empty());
    assert!(shows.episode_ratings(show, 1, 1).await.unwrap().votes.is_some());
}
