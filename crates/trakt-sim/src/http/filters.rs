//! Filters on charts, lists, calendars and recommendations.

use std::ops::RangeInclusive;

use chrono::NaiveDate;

use super::context::Context;
use super::refusal::Refusal;
use crate::catalogue::{Catalogue, Facts, Movie, Show};
use crate::clock::parse_time;
use crate::item::Item;
use crate::state::User;

/// A movie or a show, as used by filters.
#[derive(Clone, Copy)]
pub(super) enum Title<'a> {
    Movie(&'a Movie),
    Show(&'a Show),
}

impl<'a> Title<'a> {
    /// Returns the title that an item is or belongs to.
    pub(super) fn of(item: Item, catalogue: &'a Catalogue) -> Option<Self> {
        match item {
            Item::Movie(movie) => catalogue.movie(movie).map(Self::Movie),
            other => catalogue.show(other.show()?).map(Self::Show),
        }
    }

    pub(super) fn facts(self) -> &'a Facts {
        match self {
            Self::Movie(movie) => &movie.facts,
            Self::Show(show) => &show.facts,
        }
    }

    pub(super) fn item(self) -> Item {
        match self {
            Self::Movie(movie) => Item::Movie(movie.facts.ids.trakt),
            Self::Show(show) => Item::Show(show.facts.ids.trakt),
        }
    }

    pub(super) fn released(self) -> NaiveDate {
        match self {
            Self::Movie(movie) => movie.released,
            Self::Show(show) => show.first_aired.date_naive(),
        }
    }

    /// Returns the number and name of the network or the studio.
    fn company(self) -> (u64, &'a str) {
        match self {
            Self::Movie(movie) => (movie.studio_id, ""),
            Self::Show(show) => (show.network_id, &show.network),
        }
    }
}

/// Names that are required or, with a leading minus, excluded.
#[derive(Debug)]
struct Names(Vec<String>);

impl Names {
    fn allow<'n>(&self, mut have: impl Iterator<Item = &'n str> + Clone) -> bool {
        let (refused, wanted): (Vec<&String>, Vec<&String>) =
            self.0.iter().partition(|name| name.starts_with('-'));
        let is = |name: &str, have: &str| name.eq_ignore_ascii_case(have);
        let hit = wanted.is_empty() || have.clone().any(|have| wanted.iter().any(|name| is(name, have)));
        hit && !have.any(|have| refused.iter().any(|name| is(&name[1..], have)))
    }
}

type Range = RangeInclusive<f64>;

/// All filters of a request.
pub(super) struct Filters {
    query: Option<String>,
    years: Option<Range>,
    runtimes: Option<Range>,
    /// Filters on numbers that are derived from the rating and the votes, by parameter.
    scores: Vec<(&'static str, Range)>,
    names: Vec<(&'static str, Names)>,
    start: Option<NaiveDate>,
    end: Option<NaiveDate>,
    ignore: Vec<&'static str>,
}

const SCORES: [&str; 9] = [
    "ratings",
    "votes",
    "tmdb_ratings",
    "tmdb_votes",
    "imdb_ratings",
    "imdb_votes",
    "rt_meters",
    "rt_user_meters",
    "metascores",
];
const NAMES: [&str; 9] = [
    "genres",
    "subgenres",
    "languages",
    "countries",
    "certifications",
    "networks",
    "network_ids",
    "studio_ids",
    "status",
];
const IGNORE: [&str; 3] = ["ignore_watched", "ignore_collected", "ignore_watchlisted"];

impl Filters {
    pub(super) fn read(context: &Context<'_>) -> Result<Self, Refusal> {
        let parameter = |name| context.request.query(name);
        let range = |name| parameter(name).map(range).transpose();
        let day = |name| parameter(name).map(|text| parse_time(text).ok_or(BAD_RANGE)).transpose();
        let mut scores = Vec::new();
        for name in SCORES {
            scores.extend(range(name)?.map(|range| (name, range)));
        }
        let names = NAMES.into_iter().filter_map(|name| {
            let text =
                parameter(name).or_else(|| (name == "status").then(|| parameter("statuses")).flatten())?;
            Some((name, Names(text.split(',').map(|name| name.trim().to_owned()).collect())))
        });
        Ok(Self {
            query: parameter("query").map(str::to_lowercase),
            years: range("years")?,
            runtimes: range("runtimes")?,
            scores,
            names: names.collect(),
            start: day("start_date")?.map(|at| at.date_naive()),
            end: day("end_date")?.map(|at| at.date_naive()),
            ignore: IGNORE.into_iter().filter(|name| context.request.flag(name)).collect(),
        })
    }

    pub(super) fn allow(&self, title: Title<'_>, user: Option<&User>) -> bool {
        let facts = title.facts();
        let within =
            |range: &Option<Range>, value: f64| range.as_ref().is_none_or(|range| range.contains(&value));
        let released = title.released();
        self.query.as_ref().is_none_or(|query| facts.title.to_lowercase().contains(query))
            && within(&self.years, f64::from(facts.year))
            && within(&self.runtimes, f64::from(facts.runtime))
            && self.start.is_none_or(|start| released >= start)
            && self.end.is_none_or(|end| released <= end)
            && self.scores.iter().all(|(name, range)| range.contains(&score(name, facts)))
            && self.names.iter().all(|(name, names)| named(name, names, title))
            && self.ignore.iter().all(|name| user.is_none_or(|user| !has(name, user, title.item())))
    }
}

const BAD_RANGE: Refusal = Refusal::BadRequest("a filter's range or date cannot be read");

fn range(text: &str) -> Result<Range, Refusal> {
    let number = |text: &str| text.trim().parse::<f64>().map_err(|_| BAD_RANGE);
    match text.split_once('-') {
        Some((from, "")) => Ok(number(from)?..=f64::MAX),
        Some((from, to)) => Ok(number(from)?..=number(to)?),
        None => number(text).map(|number| number..=number),
    }
}

/// Returns the score on a site. Trakt's rating is a percentage; the other sites agree with it here.
fn score(name: &str, facts: &Facts) -> f64 {
    let (rating, votes) = (f64::from(facts.rating), f64::from(facts.votes));
    match name {
        "ratings" | "rt_meters" | "rt_user_meters" | "metascores" => (rating * 10.0).round(),
        "tmdb_ratings" | "imdb_ratings" => rating,
        "tmdb_votes" => (votes / 2.0).floor(),
        "imdb_votes" => votes * 3.0,
        _ => votes,
    }
}

fn named(name: &str, names: &Names, title: Title<'_>) -> bool {
    let (facts, (company_id, company)) = (title.facts(), title.company());
    let company_id = company_id.to_string();
    match name {
        "genres" => names.allow(facts.genres.iter().copied()),
        "languages" => names.allow(std::iter::once(facts.language)),
        "countries" => names.allow(std::iter::once(facts.country)),
        "certifications" => names.allow(std::iter::once(facts.certification.to_lowercase().as_str())),
        "networks" => names.allow(std::iter::once(company)),
        "network_ids" => matches!(title, Title::Show(_)) && names.allow(std::iter::once(company_id.as_str())),
        "studio_ids" => matches!(title, Title::Movie(_)) && names.allow(std::iter::once(company_id.as_str())),
        "status" => names.allow(std::iter::once(facts.status)),
        // Subgenres are not simulated: titles have none.
        _ => names.allow(std::iter::empty()),
    }
}

fn has(name: &str, user: &User, item: Item) -> bool {
    match (name, item) {
        ("ignore_watched", Item::Show(show)) => user.history.watched_of_show(show).next().is_some(),
        ("ignore_watched", item) => user.history.watched_item(item).is_some(),
        ("ignore_collected", item) => user.collection.keys().any(|collected| item.holds(*collected)),
        _ => user.watchlist.has(item),
    }
}
