//! Filters of charts, lists, calendars and recommendations.

use std::fmt::Display;
use std::ops::RangeInclusive;

use chrono::NaiveDate;

/// Filters for a list. Several values of one filter mean "any of them"; ranges include both ends.
///
/// ```
/// use trakt::Filters;
///
/// let filters = Filters::new().years(1980..=1989).genres(["science-fiction", "-horror"]).ratings(75..=100);
/// assert_eq!(filters.to_string(), "years=1980-1989&genres=science-fiction,-horror&ratings=75-100");
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filters(Vec<(&'static str, String)>);

impl Filters {
    /// No filter.
    pub fn new() -> Self {
        Self::default()
    }

    /// Titles and descriptions that match this text.
    pub fn text(self, query: impl Into<String>) -> Self {
        self.set("query", query.into())
    }

    /// Years of release.
    pub fn years(self, years: RangeInclusive<u16>) -> Self {
        self.range("years", years)
    }

    /// Runtime in minutes.
    pub fn runtimes(self, minutes: RangeInclusive<u32>) -> Self {
        self.range("runtimes", minutes)
    }

    /// Trakt rating in percent (0 to 100).
    pub fn ratings(self, percent: RangeInclusive<u8>) -> Self {
        self.range("ratings", percent)
    }

    /// How many votes the Trakt rating has (0 to 100000).
    pub fn votes(self, votes: RangeInclusive<u32>) -> Self {
        self.range("votes", votes)
    }

    /// Genre slugs; with a leading `-` they are excluded.
    pub fn genres<S: AsRef<str>>(self, slugs: impl IntoIterator<Item = S>) -> Self {
        self.list("genres", slugs)
    }

    /// Subgenre slugs.
    pub fn subgenres<S: AsRef<str>>(self, slugs: impl IntoIterator<Item = S>) -> Self {
        self.list("subgenres", slugs)
    }

    /// Two-letter language codes.
    pub fn languages<S: AsRef<str>>(self, codes: impl IntoIterator<Item = S>) -> Self {
        self.list("languages", codes)
    }

    /// Two-letter country codes.
    pub fn countries<S: AsRef<str>>(self, codes: impl IntoIterator<Item = S>) -> Self {
        self.list("countries", codes)
    }

    /// Certifications of the United States, for example `pg-13`.
    pub fn certifications<S: AsRef<str>>(self, slugs: impl IntoIterator<Item = S>) -> Self {
        self.list("certifications", slugs)
    }

    /// Trakt's ids of networks (shows).
    pub fn network_ids(self, ids: impl IntoIterator<Item = u64>) -> Self {
        self.list("network_ids", ids.into_iter().map(|id| id.to_string()))
    }

    /// Trakt's ids of studios.
    pub fn studio_ids(self, ids: impl IntoIterator<Item = u64>) -> Self {
        self.list("studio_ids", ids.into_iter().map(|id| id.to_string()))
    }

    /// Status of a show or movie, for example `returning series` or `released`.
    pub fn status<S: AsRef<str>>(self, statuses: impl IntoIterator<Item = S>) -> Self {
        self.list("status", statuses)
    }

    /// TMDB rating (0.0 to 10.0).
    pub fn tmdb_ratings(self, rating: RangeInclusive<f32>) -> Self {
        self.decimals("tmdb_ratings", rating)
    }

    /// How many votes the TMDB rating has.
    pub fn tmdb_votes(self, votes: RangeInclusive<u32>) -> Self {
        self.range("tmdb_votes", votes)
    }

    /// IMDB rating (0.0 to 10.0).
    pub fn imdb_ratings(self, rating: RangeInclusive<f32>) -> Self {
        self.decimals("imdb_ratings", rating)
    }

    /// How many votes the IMDB rating has (0 to 3000000).
    pub fn imdb_votes(self, votes: RangeInclusive<u32>) -> Self {
        self.range("imdb_votes", votes)
    }

    /// Rotten Tomatoes' tomatometer in percent.
    pub fn rt_meters(self, percent: RangeInclusive<u8>) -> Self {
        self.range("rt_meters", percent)
    }

    /// Rotten Tomatoes' audience score in percent.
    pub fn rt_user_meters(self, percent: RangeInclusive<u8>) -> Self {
        self.range("rt_user_meters", percent)
    }

    /// Metacritic score (0 to 100).
    pub fn metascores(self, score: RangeInclusive<u8>) -> Self {
        self.range("metascores", score)
    }

    /// Where it can be streamed: `any`, `favorites`, `free`, `subscriptions`.
    pub fn watchnow(self, kind: impl Into<String>) -> Self {
        self.set("watchnow", kind.into())
    }

    /// Released or first aired on or after this day.
    pub fn start_date(self, day: NaiveDate) -> Self {
        self.set("start_date", day.to_string())
    }

    /// Released or first aired on or before this day.
    pub fn end_date(self, day: NaiveDate) -> Self {
        self.set("end_date", day.to_string())
    }

    /// Excludes what the account has watched.
    pub fn ignore_watched(self) -> Self {
        self.set("ignore_watched", "true".into())
    }

    /// Excludes what the account has collected.
    pub fn ignore_collected(self) -> Self {
        self.set("ignore_collected", "true".into())
    }

    /// Excludes what is on the account's watchlist.
    pub fn ignore_watchlisted(self) -> Self {
        self.set("ignore_watchlisted", "true".into())
    }

    /// A filter without a method of its own, in Trakt's notation.
    pub fn other(self, name: &'static str, value: impl Into<String>) -> Self {
        self.set(name, value.into())
    }

    pub(crate) fn query(&self) -> impl Iterator<Item = (&'static str, String)> + '_ {
        self.0.iter().cloned()
    }

    fn range<N: Display>(self, name: &'static str, range: RangeInclusive<N>) -> Self {
        self.set(name, format!("{}-{}", range.start(), range.end()))
    }

    fn decimals(self, name: &'static str, range: RangeInclusive<f32>) -> Self {
        self.set(name, format!("{:.1}-{:.1}", range.start(), range.end()))
    }

    fn list<S: AsRef<str>>(self, name: &'static str, values: impl IntoIterator<Item = S>) -> Self {
        let values: Vec<S> = values.into_iter().collect();
        if values.is_empty() {
            return self;
        }
        self.set(name, values.iter().map(AsRef::as_ref).collect::<Vec<_>>().join(","))
    }

    /// If a filter is set twice, the later value wins.
    fn set(mut self, name: &'static str, value: String) -> Self {
        self.0.retain(|(known, _)| *known != name);
        self.0.push((name, value));
        self
    }
}

impl Display for Filters {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let pairs: Vec<String> = self.0.iter().map(|(name, value)| format!("{name}={value}")).collect();
        f.write_str(&pairs.join("&"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filters_are_sent_under_the_names_of_trakts_parameters() {
        let day = |day| NaiveDate::from_ymd_opt(2026, 11, day).unwrap();
        let filters = Filters::new()
            .text("robot")
            .years(1980..=1989)
            .runtimes(30..=90)
            .ratings(75..=100)
            .votes(10..=5000)
            .genres(["science-fiction", "-horror"])
            .subgenres(["cyberpunk"])
            .languages(["en", "de"])
            .countries(["us"])
            .certifications(["pg-13", "r"])
            .network_ids([53, 2])
            .studio_ids([7])
            .status(["returning series"])
            .tmdb_ratings(5.5..=10.0)
            .tmdb_votes(1..=2)
            .imdb_ratings(6.0..=9.5)
            .imdb_votes(3..=4)
            .rt_meters(55..=100)
            .rt_user_meters(60..=90)
            .metascores(40..=50)
            .watchnow("free")
            .start_date(day(1))
            .end_date(day(30))
            .ignore_watched()
            .ignore_collected()
            .ignore_watchlisted();
        let expected = [
            "query=robot",
            "years=1980-1989",
            "runtimes=30-90",
            "ratings=75-100",
            "votes=10-5000",
            "genres=science-fiction,-horror",
            "subgenres=cyberpunk",
            "languages=en,de",
            "countries=us",
            "certifications=pg-13,r",
            "network_ids=53,2",
            "studio_ids=7",
            "status=returning series",
            "tmdb_ratings=5.5-10.0",
            "tmdb_votes=1-2",
            "imdb_ratings=6.0-9.5",
            "imdb_votes=3-4",
            "rt_meters=55-100",
            "rt_user_meters=60-90",
            "metascores=40-50",
            "watchnow=free",
            "start_date=2026-11-01",
            "end_date=2026-11-30",
            "ignore_watched=true",
            "ignore_collected=true",
            "ignore_watchlisted=true",
        ];
        assert_eq!(filters.to_string(), expected.join("&"));
    }

    #[test]
    fn the_later_value_of_a_filter_wins_and_an_empty_list_sets_none() {
        let filters = Filters::new().years(1980..=1989).years(2000..=2001).genres::<&str>([]);
        assert_eq!(filters.to_string(), "years=2000-2001");
    }
}
