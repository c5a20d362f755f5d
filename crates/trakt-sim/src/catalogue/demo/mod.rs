//! The demo titles: real films and shows that are in the public domain or under Creative Commons licences. Names,
//! years, dates and IMDb and TMDB numbers are real if present; Trakt and TheTVDB numbers are made up.

use chrono::{Duration, NaiveDate};
use serde::Deserialize;

use super::generate::{at, season_title, weekday};
use super::model::{Airs, Facts, Ids, Movie, Season, SeasonIds, Show};
use super::titles;
use super::vocabulary::{
    COUNTRIES, LANGUAGES, MOVIE_CERTIFICATIONS, SHOW_CERTIFICATIONS, Term, certification, genre,
};

const SEASONS_PER_SHOW: u64 = 10;
const EPISODES_PER_SHOW: u64 = 200;
const FIRST_SEASON_ID: u64 = 20_000;
const FIRST_EPISODE_ID: u64 = 100_000;

#[derive(Deserialize)]
struct Common {
    trakt: u64,
    title: Box<str>,
    original_title: Option<Box<str>>,
    year: u16,
    runtime: u16,
    certification: String,
    genres: Vec<String>,
    country: String,
    language: String,
    rating: f32,
    votes: u32,
    imdb: Option<Box<str>>,
    tmdb: Option<u64>,
    tvdb: Option<u64>,
    motif: Box<str>,
    overview: Box<str>,
    tagline: Option<Box<str>>,
}

#[derive(Deserialize)]
struct MovieRow {
    #[serde(flatten)]
    common: Common,
    released: NaiveDate,
}

#[derive(Deserialize)]
struct ShowRow {
    #[serde(flatten)]
    common: Common,
    network: Box<str>,
    time: Box<str>,
    timezone: String,
    status: String,
    seasons: Vec<SeasonRow>,
}

#[derive(Deserialize)]
struct SeasonRow {
    number: u16,
    first_aired: NaiveDate,
    cadence_days: u16,
    titles: Box<[Box<str>]>,
}

/// Returns the movies of the demo library.
pub(super) fn movies() -> Vec<Movie> {
    let rows: Vec<MovieRow> =
        serde_json::from_str(include_str!("movies.json")).expect("movies.json is checked in");
    rows.into_iter().map(movie).collect()
}

/// Returns the shows of the demo library.
pub(super) fn shows() -> Vec<Show> {
    let rows: Vec<ShowRow> =
        serde_json::from_str(include_str!("shows.json")).expect("shows.json is checked in");
    rows.into_iter().enumerate().map(|(index, row)| show(index as u64, row)).collect()
}

fn movie(row: MovieRow) -> Movie {
    let slug = format!("{}-{}", titles::slug(&row.common.title), row.common.year);
    let facts = facts(row.common, slug, "released", MOVIE_CERTIFICATIONS, row.released);
    Movie { facts, released: row.released, studio_id: 0, after_credits: false }
}

fn show(index: u64, row: ShowRow) -> Show {
    let first_day =
        row.seasons.iter().find(|season| season.number == 1).map_or(NaiveDate::MIN, |one| one.first_aired);
    let hour = row.time.get(..2).and_then(|hour| hour.parse().ok()).unwrap_or(20);
    let slug = titles::slug(&row.common.title);
    let timezone = if row.timezone.starts_with("Europe") { "Europe/Amsterdam" } else { "America/New_York" };
    let status = if row.status == "ended" { "ended" } else { "returning series" };
    let facts = facts(row.common, slug, status, SHOW_CERTIFICATIONS, first_day);
    let mut next_episode = FIRST_EPISODE_ID + index * EPISODES_PER_SHOW;
    let mut absolute = 1;
    let mut seasons = Vec::with_capacity(row.seasons.len());
    for season_row in row.seasons {
        let made = season(&facts, index, season_row, hour, next_episode, absolute);
        next_episode += u64::from(made.episode_count);
        if made.number > 0 {
            absolute += u32::from(made.episode_count);
        }
        seasons.push(made);
    }
    Show {
        airs: Airs { day: weekday(first_day), time: row.time, timezone },
        first_aired: at(first_day, hour, 0),
        network: row.network,
        network_id: 0,
        seasons: seasons.into(),
        facts,
    }
}

fn season(
    facts: &Facts,
    show: u64,
    row: SeasonRow,
    hour: u32,
    first_episode_id: u64,
    absolute: u32,
) -> Season {
    let trakt = FIRST_SEASON_ID + show * SEASONS_PER_SHOW + u64::from(row.number);
    Season {
        number: row.number,
        ids: SeasonIds { trakt, tvdb: trakt + 600_000, tmdb: trakt + 300_000 },
        title: season_title(row.number),
        overview: None,
        first_aired: at(row.first_aired, hour, 0),
        episode_count: row.titles.len() as u16,
        rating: facts.rating,
        votes: facts.votes / 3,
        cadence_days: row.cadence_days,
        first_episode_id,
        first_absolute: if row.number == 0 { 0 } else { absolute },
        shared_finale: false,
        titles: row.titles,
    }
}

fn facts(
    row: Common,
    slug: String,
    status: &'static str,
    certifications: &[Term],
    first_day: NaiveDate,
) -> Facts {
    let updated = first_day.max(NaiveDate::from_ymd_opt(2026, 1, 5).unwrap_or(first_day));
    // Direct links to trailers of films this old soon break, so link to a search instead.
    let search: String =
        url::form_urlencoded::byte_serialize(format!("{} {} trailer", row.title, row.year).as_bytes())
            .collect();
    let trailer = format!("https://youtube.com/results?search_query={search}");
    Facts {
        ids: Ids { trakt: row.trakt, slug: slug.into(), imdb: row.imdb, tmdb: row.tmdb, tvdb: row.tvdb },
        title: row.title,
        original_title: row.original_title,
        year: row.year,
        runtime: row.runtime,
        certification: shared(certifications.iter().map(certification), &row.certification),
        genres: row.genres.iter().filter_map(|slug| genre(slug)).collect(),
        country: shared(COUNTRIES.iter().map(|term| term.code), &row.country),
        language: shared(LANGUAGES.iter().map(|term| term.code), &row.language),
        rating: row.rating,
        votes: row.votes,
        comment_count: row.votes / 400,
        overview: row.overview,
        tagline: row.tagline,
        status,
        trailer: Some(trailer.into()),
        homepage: None,
        updated_at: at(updated, 6, 0) + Duration::minutes(row.trakt as i64 % 600),
        motif: Some(row.motif),
        demo: true,
    }
}

/// Returns the static string equal to `word`. An unknown word becomes empty, which the tests reject.
fn shared(mut known: impl Iterator<Item = &'static str>, word: &str) -> &'static str {
    known.find(|candidate| *candidate == word).unwrap_or_default()
}
