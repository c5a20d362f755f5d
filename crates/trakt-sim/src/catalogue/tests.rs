use std::collections::HashSet;

use chrono::{Duration, NaiveDate};

use super::generate::at;
use super::*;

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 21).expect("a day")
}

fn catalogue(movies: usize, shows: usize) -> Catalogue {
    Catalogue::generate(&CatalogueOptions { seed: 7, movies, shows, today: today() })
}

#[test]
fn same_seed_gives_same_titles_and_another_seed_gives_others() {
    let text = |seed| {
        let catalogue =
            Catalogue::generate(&CatalogueOptions { seed, movies: 60, shows: 20, today: today() });
        let episodes: Vec<_> =
            catalogue.shows().iter().flat_map(|show| show.episodes().collect::<Vec<_>>()).collect();
        format!("{:?} {:?} {episodes:?}", catalogue.movies(), catalogue.shows())
    };
    assert_eq!(text(7), text(7));
    assert_ne!(text(7), text(8));
}

#[test]
fn generating_more_titles_never_changes_the_previous_ones() {
    let (small, large) = (catalogue(40, 15), catalogue(400, 60));
    assert_eq!(small.movies(), &large.movies()[..small.movies().len()]);
    assert_eq!(small.shows(), &large.shows()[..small.shows().len()]);
}

#[test]
fn every_id_is_unique_and_leads_back_to_its_title() {
    let catalogue = catalogue(5_000, 500);
    let mut seen = HashSet::new();
    for movie in catalogue.movies() {
        let ids = &movie.facts.ids;
        assert!(seen.insert(ids.slug.clone()), "slug {} twice", ids.slug);
        assert_eq!(catalogue.movie_by_segment(&ids.trakt.to_string()), Some(movie));
        assert_eq!(catalogue.movie_by_segment(&ids.slug), Some(movie));
        if let Some(imdb) = &ids.imdb {
            assert_eq!(catalogue.movie_by_imdb(imdb), Some(movie));
        }
        if let Some(tmdb) = ids.tmdb {
            assert_eq!(catalogue.movie_by_tmdb(tmdb), Some(movie));
        }
    }
    for show in catalogue.shows() {
        assert_eq!(catalogue.show_by_tvdb(show.facts.ids.tvdb.expect("shows have one")), Some(show));
        assert_eq!(catalogue.show_by_segment(&show.facts.ids.slug), Some(show));
    }
}

#[test]
fn every_episode_is_found_by_each_of_its_ids() {
    let catalogue = catalogue(0, 120);
    let mut seen = HashSet::new();
    for show in catalogue.shows() {
        for episode in show.episodes() {
            assert!(seen.insert(episode.ids.trakt), "episode {} twice", episode.ids.trakt);
            let found = [
                catalogue.episode(episode.ids.trakt),
                catalogue.episode_by_tvdb(episode.ids.tvdb),
                catalogue.episode_by_imdb(&episode.ids.imdb),
            ];
            for found in found {
                let found = found.expect("found by its id");
                assert_eq!((found.show.facts.ids.trakt, &found.episode), (show.facts.ids.trakt, &episode));
            }
        }
    }
}

#[test]
fn tmdb_id_shared_by_two_episodes_finds_the_first() {
    let catalogue = catalogue(0, 120);
    let (show, season) =
        catalogue.seasons().find(|(_, season)| season.shared_finale).expect("some finales share a TMDB ID");
    let last = season.episode(show, season.episode_count).expect("the last episode");
    let before = season.episode(show, season.episode_count - 1).expect("the previous episode");
    assert_eq!(last.ids.tmdb, before.ids.tmdb);
    assert_eq!(catalogue.episode_by_tmdb(last.ids.tmdb).expect("found").episode, before);
}

#[test]
fn shows_air_this_month_and_movies_are_upcoming() {
    let catalogue = catalogue(500, 80);
    let now = at(today(), 12, 0);
    let airing = catalogue.shows().iter().flat_map(Show::episodes).filter(|episode| {
        (now - Duration::days(30)..now + Duration::days(30)).contains(&episode.first_aired)
    });
    assert!(airing.count() > 20);
    assert!(catalogue.movies().iter().filter(|movie| movie.released > today()).count() > 10);
}

#[test]
fn absolute_numbers_count_regular_episodes_without_gaps() {
    let catalogue = catalogue(0, 60);
    for show in catalogue.shows() {
        let numbers: Vec<u32> = show.episodes().filter_map(|episode| episode.number_abs).collect();
        assert_eq!(numbers, (1..=numbers.len() as u32).collect::<Vec<_>>(), "{}", show.facts.title);
    }
}

#[test]
fn demo_titles_have_complete_data() {
    let catalogue = catalogue(0, 0);
    assert!(catalogue.movies().len() >= 24);
    let episodes: usize = catalogue.shows().iter().map(|show| show.episodes().count()).sum();
    assert!(catalogue.shows().len() >= 4 && episodes >= 60);
    assert!(catalogue.shows().iter().any(|show| show.season(0).is_some() && show.season(3).is_some()));
    let facts =
        catalogue.movies().iter().map(|movie| &movie.facts).chain(catalogue.shows().iter().map(|s| &s.facts));
    for facts in facts {
        assert!(!facts.certification.is_empty(), "{}: certification", facts.title);
        assert!(!facts.country.is_empty() && !facts.language.is_empty(), "{}: origin", facts.title);
        assert!(!facts.genres.is_empty() && facts.demo, "{}: genres", facts.title);
    }
}

#[test]
fn one_demo_title_is_ambiguous_without_its_year() {
    let catalogue = catalogue(0, 0);
    let twins = catalogue.movies().iter().filter(|movie| &*movie.facts.title == "Oliver Twist");
    assert_eq!(twins.count(), 2);
}

#[test]
fn slugs_are_plain_ascii() {
    assert_eq!(titles::slug("The Hound's Séance, in Valparaíso!"), "the-hounds-seance-in-valparaiso");
    assert_eq!(titles::slug("D.O.A."), "doa");
    assert_eq!(titles::slug("Häxan"), "haxan");
}
