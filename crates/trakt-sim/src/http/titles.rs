//! `/movies/*` and `/shows/*`: summaries, seasons, episodes and related resources.

use hyper::Method;
use serde::Serialize;
use serde_json::{Value, json};

use super::context::{Answer, Context};
use super::refusal::Refusal;
use super::{charts, extras, progress, updates};
use crate::catalogue::{Facts, Movie, Season, Show};
use crate::item::Item;
use crate::message::Reply;
use crate::views::{EpisodeView, SeasonView, rounded};

pub(super) fn movies(context: &mut Context<'_>, path: &[&str]) -> Answer {
    if context.request.method != Method::GET {
        return Err(Refusal::MethodNotAllowed);
    }
    if let Some(chart) = charts::answer(context, false, path) {
        return chart;
    }
    match path {
        ["updates", path @ ..] => updates::movies(context, path),
        [id, path @ ..] => {
            let views = context.views();
            let view = views.view();
            let movie = view.catalogue.movie_by_segment(id).ok_or(Refusal::NotFound)?;
            movie_part(context, movie, path)
        }
        [] => Err(Refusal::NotFound),
    }
}

fn movie_part(context: &Context<'_>, movie: &Movie, path: &[&str]) -> Answer {
    let views = context.views();
    let view = views.view();
    match path {
        [] => Ok(Reply::json(200, &view.movie(movie))),
        ["ratings"] => Ok(Reply::json(200, &ratings(&movie.facts, movie.facts.rating, movie.facts.votes))),
        ["stats"] => Ok(Reply::json(200, &title_stats(movie.facts.votes))),
        ["releases"] | ["releases", _] => Ok(Reply::json(200, &[release(movie)])),
        ["related"] => {
            let facts: Vec<&Facts> = view.catalogue.movies().iter().map(|movie| &movie.facts).collect();
            let related = related(&movie.facts, &facts);
            context.paged_within(&related, 10, 100, |at| Some(view.movie(&view.catalogue.movies()[*at])))
        }
        path => extras::answer(context, Item::Movie(movie.facts.ids.trakt), &movie.facts, path),
    }
}

pub(super) fn shows(context: &mut Context<'_>, path: &[&str]) -> Answer {
    if let [id, "progress", path @ ..] = path {
        let catalogue = context.store.catalogue.clone();
        return progress::of_show(context, catalogue.show_by_segment(id).ok_or(Refusal::NotFound)?, path);
    }
    if context.request.method != Method::GET {
        return Err(Refusal::MethodNotAllowed);
    }
    if let Some(chart) = charts::answer(context, true, path) {
        return chart;
    }
    match path {
        ["updates", path @ ..] => updates::shows(context, path),
        [id, path @ ..] => {
            let views = context.views();
            let show = views.view().catalogue.show_by_segment(id).ok_or(Refusal::NotFound)?;
            show_part(context, show, path)
        }
        [] => Err(Refusal::NotFound),
    }
}

fn show_part(context: &Context<'_>, show: &Show, path: &[&str]) -> Answer {
    let views = context.views();
    let view = views.view();
    match path {
        [] => Ok(Reply::json(200, &view.show(show))),
        ["seasons"] => {
            let seasons: Vec<_> =
                show.seasons.iter().map(|season| SeasonView { view, show, season }).collect();
            Ok(Reply::json(200, &seasons))
        }
        ["seasons", number, path @ ..] => {
            let number = number.parse().map_err(|_| Refusal::NotFound)?;
            season_part(context, show, show.season(number).ok_or(Refusal::NotFound)?, path)
        }
        ["next_episode"] => {
            let next = show
                .episodes()
                .filter(|e| e.season > 0 && e.first_aired > context.now)
                .min_by_key(|e| e.first_aired);
            Ok(next.map_or_else(
                || Reply::empty(204),
                |episode| Reply::json(200, &EpisodeView { view, episode }),
            ))
        }
        ["last_episode"] => {
            let last = show
                .episodes()
                .filter(|e| e.season > 0 && e.first_aired <= context.now)
                .max_by_key(|e| e.first_aired);
            Ok(last.map_or_else(
                || Reply::empty(204),
                |episode| Reply::json(200, &EpisodeView { view, episode }),
            ))
        }
        ["ratings"] => Ok(Reply::json(200, &ratings(&show.facts, show.facts.rating, show.facts.votes))),
        ["stats"] => Ok(Reply::json(200, &title_stats(show.facts.votes))),
        ["related"] => {
            let facts: Vec<&Facts> = view.catalogue.shows().iter().map(|show| &show.facts).collect();
            let related = related(&show.facts, &facts);
            context.paged_within(&related, 10, 100, |at| Some(view.show(&view.catalogue.shows()[*at])))
        }
        // The contract specifies a single string here.
        ["certifications"] => Ok(Reply::json(200, &show.facts.certification)),
        path => extras::answer(context, Item::Show(show.facts.ids.trakt), &show.facts, path),
    }
}

fn season_part(context: &Context<'_>, show: &Show, season: &Season, path: &[&str]) -> Answer {
    let views = context.views();
    let view = views.view();
    let id = show.facts.ids.trakt;
    match path {
        [] => {
            let episodes: Vec<_> =
                season.episodes(show).map(|episode| EpisodeView { view, episode }).collect();
            Ok(Reply::json(200, &episodes))
        }
        ["info"] => Ok(Reply::json(200, &SeasonView { view, show, season })),
        ["ratings"] => Ok(Reply::json(200, &ratings(&show.facts, season.rating, season.votes))),
        ["stats"] => Ok(Reply::json(200, &part_stats(season.votes))),
        ["episodes", number, path @ ..] => {
            let number = number.parse().map_err(|_| Refusal::NotFound)?;
            let episode = season.episode(show, number).ok_or(Refusal::NotFound)?;
            match path {
                [] => Ok(Reply::json(200, &EpisodeView { view, episode })),
                ["ratings"] => Ok(Reply::json(200, &ratings(&show.facts, episode.rating, episode.votes))),
                ["stats"] => Ok(Reply::json(200, &part_stats(episode.votes))),
                path => {
                    let item = Item::Episode { show: id, season: season.number, number };
                    extras::answer(context, item, &show.facts, path)
                }
            }
        }
        path => extras::answer(context, Item::Season { show: id, season: season.number }, &show.facts, path),
    }
}

/// Number of demo titles related to a demo title that come before other related titles.
const DEMO_RELATED: usize = 7;

/// Returns the positions of the titles that share the most genres, most votes first. For a demo title, some demo titles
/// always come before the invented ones.
fn related(to: &Facts, all: &[&Facts]) -> Vec<usize> {
    let shared = |facts: &Facts| facts.genres.iter().filter(|genre| to.genres.contains(genre)).count();
    let among = |facts: &Facts| to.demo && facts.demo;
    let mut related: Vec<(usize, usize, u32)> = all
        .iter()
        .enumerate()
        .filter(|(_, facts)| facts.ids.trakt != to.ids.trakt)
        .map(|(at, facts)| (at, shared(facts), facts.votes))
        .filter(|(_, shared, _)| *shared > 0)
        .collect();
    related.sort_by_key(|(at, shared, votes)| (std::cmp::Reverse((*shared, *votes)), *at));
    let (mut first, rest): (Vec<_>, Vec<_>) = related.into_iter().partition(|(at, ..)| among(all[*at]));
    let later = if first.len() > DEMO_RELATED { first.split_off(DEMO_RELATED) } else { Vec::new() };
    first.into_iter().chain(rest).chain(later).map(|(at, ..)| at).take(100).collect()
}

/// Returns votes distributed around the mean; the other sites agree with it.
fn ratings(facts: &Facts, rating: f32, votes: u32) -> Value {
    let share = |star: u32| (-(f64::from(star) - f64::from(rating)).powi(2) / 4.0).exp();
    let total: f64 = (1..=10).map(share).sum();
    let distribution: serde_json::Map<String, Value> = (1..=10)
        .map(|star| (star.to_string(), json!((share(star) / total * f64::from(votes)).round() as u64)))
        .collect();
    let imdb = facts.ids.imdb.as_ref().map(|id| format!("https://www.imdb.com/title/{id}"));
    json!({
        "rating": rounded(rating),
        "votes": votes,
        "distribution": distribution,
        "trakt": {"rating": rounded(rating), "votes": votes, "distribution": distribution},
        "tmdb": {"rating": rounded(rating), "votes": votes / 2, "link": null},
        "imdb": {"rating": rounded(rating), "votes": votes * 3, "link": imdb},
        "metascore": {"rating": (rating * 10.0) as u32, "link": null},
        "rotten_tomatoes": {"rating": f64::from((rating * 10.0).round()), "user_rating": (rating * 10.0) as u32,
                            "state": null, "user_state": null, "link": null},
    })
}

#[derive(Serialize)]
struct PartStats {
    watchers: u32,
    plays: u32,
    collectors: u32,
    comments: u32,
    lists: u32,
    votes: u32,
}

fn part_stats(votes: u32) -> PartStats {
    PartStats {
        watchers: votes * 9,
        plays: votes * 14,
        collectors: votes * 4,
        comments: 0,
        lists: votes / 10,
        votes,
    }
}

fn title_stats(votes: u32) -> Value {
    let mut stats = json!(part_stats(votes));
    stats["favorited"] = json!(votes / 20);
    stats["recommended"] = json!(votes / 20);
    stats
}

fn release(movie: &Movie) -> Value {
    json!({"country": movie.facts.country, "certification": movie.facts.certification,
           "release_date": movie.released.to_string(), "release_type": "theatrical", "note": null})
}
