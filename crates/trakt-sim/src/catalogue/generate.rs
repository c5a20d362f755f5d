//! Generates the invented part of the catalogue. Each title has its own random stream, so that requesting more titles
//! never changes the previous ones.

use std::collections::HashSet;

use chrono::{DateTime, Datelike, Duration, NaiveDate, NaiveTime, Utc};

use super::model::{Airs, Facts, Ids, Movie, Season, SeasonIds, Show};
use super::random::Random;
use super::vocabulary::{
    MOVIE_CERTIFICATIONS, MOVIE_GENRES, NETWORKS, ORIGINS, SHOW_CERTIFICATIONS, SHOW_GENRES, STUDIOS, Term,
    certification,
};
use super::{prose, titles};

const FIRST_MOVIE_ID: u64 = 900_001;
const FIRST_SHOW_ID: u64 = 300_001;
/// Every show reserves this many season IDs and episode IDs, so that its IDs do not depend on other shows.
const SEASONS_PER_SHOW: u64 = 100;
const EPISODES_PER_SHOW: u64 = 1_000;
const FIRST_SEASON_ID: u64 = 1_000_000;
const FIRST_EPISODE_ID: u64 = 5_000_000;

/// Parameters of the generated catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatalogueOptions {
    /// The same seed gives the same titles.
    pub seed: u64,
    /// Number of invented movies, in addition to the demo titles.
    pub movies: usize,
    /// Number of invented shows, in addition to the demo titles.
    pub shows: usize,
    /// Air dates are arranged around this day, so that there are always current and upcoming titles.
    pub today: NaiveDate,
}

/// Differences between generating facts of movies and shows.
struct Kind {
    salt: u64,
    first_id: u64,
    genres: &'static [Term],
    certifications: &'static [Term],
    runtimes: (u64, u64),
}

const MOVIE: Kind = Kind {
    salt: 0x6D6F_7669_6500,
    first_id: FIRST_MOVIE_ID,
    genres: MOVIE_GENRES,
    certifications: MOVIE_CERTIFICATIONS,
    runtimes: (78, 165),
};

const SHOW: Kind = Kind {
    salt: 0x7368_6F77_0000,
    first_id: FIRST_SHOW_ID,
    genres: SHOW_GENRES,
    certifications: SHOW_CERTIFICATIONS,
    runtimes: (22, 62),
};

/// Generates the invented movies; `taken` contains the slugs that are already in use.
pub(super) fn movies(options: &CatalogueOptions, taken: &mut HashSet<Box<str>>) -> Vec<Movie> {
    (0..options.movies).map(|index| movie(options, index, taken)).collect()
}

/// Generates the invented shows; `taken` contains the slugs that are already in use.
pub(super) fn shows(options: &CatalogueOptions, taken: &mut HashSet<Box<str>>) -> Vec<Show> {
    (0..options.shows).map(|index| show(options, index, taken)).collect()
}

fn movie(options: &CatalogueOptions, index: usize, taken: &mut HashSet<Box<str>>) -> Movie {
    let mut random = Random::stream(options.seed, MOVIE.salt + index as u64);
    let released = release_day(&mut random, options.today, 60);
    let mut facts = facts(&mut random, &MOVIE, index, released, options.today);
    facts.ids.slug = free_slug(&format!("{}-{}", titles::slug(&facts.title), facts.year), taken);
    facts.status = if released > options.today { "in production" } else { "released" };
    Movie { released, studio_id: random.pick(STUDIOS).id, after_credits: random.percent(8), facts }
}

fn show(options: &CatalogueOptions, index: usize, taken: &mut HashSet<Box<str>>) -> Show {
    let mut random = Random::stream(options.seed, SHOW.salt + index as u64);
    let running = random.percent(35);
    let first_day = release_day(&mut random, options.today, if running { 9 } else { 45 });
    let mut facts = facts(&mut random, &SHOW, index, first_day, options.today);
    let slug = titles::slug(&facts.title);
    facts.ids.slug = if taken.contains(slug.as_str()) {
        free_slug(&format!("{slug}-{}", facts.year), taken)
    } else {
        free_slug(&slug, taken)
    };
    facts.ids.tvdb = Some(400_000 + index as u64);
    let hour = random.between(18, 23) as u32;
    let first_aired = at(first_day, hour, random.pick(&[0, 30]));
    let seasons = seasons(&mut random, &facts, index as u64, first_aired, running, options.today);
    let over = seasons
        .last()
        .is_none_or(|season| season.aired_at(season.episode_count).date_naive() < options.today);
    facts.status = match (running || !over, random.percent(15)) {
        (true, _) => "returning series",
        (false, true) => "canceled",
        (false, false) => "ended",
    };
    let network = random.pick(NETWORKS);
    Show {
        airs: Airs {
            day: weekday(first_day),
            time: format!("{hour:02}:00").into(),
            timezone: "America/New_York",
        },
        network: network.name.into(),
        network_id: network.id,
        first_aired,
        seasons,
        facts,
    }
}

fn facts(random: &mut Random, kind: &Kind, index: usize, day: NaiveDate, today: NaiveDate) -> Facts {
    let genres = genres(random, kind.genres);
    let (country, language) = random.pick(ORIGINS);
    let trakt = kind.first_id + index as u64;
    let is_known = !random.percent(4);
    let upcoming = day > today;
    let votes = if upcoming { random.below(40) as u32 } else { votes(random, index) };
    let certification = certification(&random.pick(kind.certifications));
    Facts {
        ids: Ids {
            trakt,
            slug: "".into(),
            imdb: is_known.then(|| format!("tt{}", 90_000_000 + kind.first_id + index as u64).into()),
            tmdb: (!random.percent(2)).then_some(trakt + 7_000_000),
            tvdb: None,
        },
        title: titles::work(random, genres[0]).into(),
        original_title: None,
        year: day.year() as u16,
        runtime: random.between(kind.runtimes.0, kind.runtimes.1) as u16,
        certification,
        genres,
        country,
        language,
        rating: if upcoming { 0.0 } else { 5.2 + random.unit() * 2.0 + random.unit() * 1.9 },
        votes,
        comment_count: votes / 400,
        overview: prose::work(random).into(),
        tagline: prose::tagline(random).map(Into::into),
        status: "",
        trailer: random.percent(70).then(|| format!("https://video.example/trailers/{trakt}").into()),
        homepage: random.percent(40).then(|| format!("https://titles.example/{trakt}").into()),
        updated_at: at(today - Duration::days(random.between(1, 300) as i64), random.below(24) as u32, 0),
        motif: None,
        demo: false,
    }
}

fn genres(random: &mut Random, known: &[Term]) -> Box<[&'static str]> {
    let mut chosen: Vec<&'static str> = Vec::with_capacity(3);
    for _ in 0..random.between(1, 3) {
        let genre = random.pick(known).code;
        if !chosen.contains(&genre) {
            chosen.push(genre);
        }
    }
    chosen.into()
}

/// Returns a number of votes: a few titles have most of the votes, as on any real site.
fn votes(random: &mut Random, index: usize) -> u32 {
    let rank = (index as f32 * 0.37) + 1.0;
    let scale = 42_000.0 / rank.powf(0.62);
    (scale * (0.35 + random.unit() * 1.3)) as u32 + random.below(60) as u32
}

/// Returns a mostly recent day; one title in twenty is not released yet.
fn release_day(random: &mut Random, today: NaiveDate, years: u64) -> NaiveDate {
    if random.percent(5) {
        return today + Duration::days(random.between(2, 330) as i64);
    }
    let age = random.unit() * random.unit();
    today - Duration::days((age * (years * 365) as f32) as i64 + random.below(20) as i64)
}

fn seasons(
    random: &mut Random,
    facts: &Facts,
    show: u64,
    first_aired: DateTime<Utc>,
    running: bool,
    today: NaiveDate,
) -> Box<[Season]> {
    let age_years = (today - first_aired.date_naive()).num_days().max(0) / 365;
    let most = if running { age_years + 1 } else { (age_years + 1).min(7) };
    let count = random.between(1, most.clamp(1, 12) as u64);
    let length = random.pick(&[6u16, 8, 8, 10, 10, 12, 13, 22, 24]);
    let cadence_days = random.pick(&[7, 7, 7, 7, 0]);
    let mut seasons = Vec::with_capacity(count as usize + 1);
    let mut next_episode = FIRST_EPISODE_ID + show * EPISODES_PER_SHOW;
    let mut absolute = 1;
    // A running show is currently on air: its last season starts a few weeks before today.
    let start = |number: u64| match running && number == count {
        true => first_aired.max(at(today - Duration::days(24), 20, 0)),
        false => first_aired + Duration::days((number as i64 - 1) * 364),
    };
    if random.percent(30) {
        let specials = random.between(1, 4) as u16;
        seasons.push(season(facts, show, 0, specials, start(1) + Duration::days(90), next_episode));
        next_episode += u64::from(specials);
    }
    for number in 1..=count {
        let episodes = (length + random.below(3) as u16).saturating_sub(1);
        let mut regular = season(facts, show, number as u16, episodes, start(number), next_episode);
        regular.first_absolute = absolute;
        regular.cadence_days = cadence_days;
        regular.shared_finale = random.percent(6);
        seasons.push(regular);
        next_episode += u64::from(episodes);
        absolute += u32::from(episodes);
    }
    seasons.into()
}

fn season(
    facts: &Facts,
    show: u64,
    number: u16,
    episodes: u16,
    first: DateTime<Utc>,
    first_id: u64,
) -> Season {
    let trakt = FIRST_SEASON_ID + show * SEASONS_PER_SHOW + u64::from(number);
    Season {
        number,
        ids: SeasonIds { trakt, tvdb: trakt + 600_000, tmdb: trakt + 300_000 },
        title: season_title(number),
        overview: None,
        first_aired: first,
        episode_count: episodes,
        rating: facts.rating.max(5.0),
        votes: facts.votes / 4,
        cadence_days: 30,
        first_episode_id: first_id,
        first_absolute: 0,
        shared_finale: false,
        titles: Box::default(),
    }
}

pub(super) fn season_title(number: u16) -> Box<str> {
    match number {
        0 => "Specials".into(),
        number => format!("Season {number}").into(),
    }
}

pub(super) fn at(day: NaiveDate, hour: u32, minute: u32) -> DateTime<Utc> {
    let time = NaiveTime::from_hms_opt(hour.min(23), minute.min(59), 0).unwrap_or_default();
    day.and_time(time).and_utc()
}

pub(super) fn weekday(day: NaiveDate) -> &'static str {
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
        [day.weekday().num_days_from_monday() as usize]
}

fn free_slug(wanted: &str, taken: &mut HashSet<Box<str>>) -> Box<str> {
    let mut slug: Box<str> = wanted.into();
    let mut copy = 2;
    while !taken.insert(slug.clone()) {
        slug = format!("{wanted}-{copy}").into();
        copy += 1;
    }
    slug
}
