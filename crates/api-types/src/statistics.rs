//! Statistics of what a user watched.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::title::TitleCard;

/// Plays and their duration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct WatchAmount {
    /// Plays.
    pub plays: i64,
    /// Total runtime of the played titles in minutes.
    pub minutes: i64,
}

/// A user's statistics for one year or all time.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Statistics {
    /// All plays of the period.
    pub total: WatchAmount,
    /// Those of movies.
    pub movies: WatchAmount,
    /// Those of episodes.
    pub episodes: WatchAmount,
    /// Distinct movies.
    pub movie_count: i64,
    /// Distinct shows.
    pub show_count: i64,
    /// Plays with an unknown time. They count in the totals for all time, but in no period.
    pub undated: i64,
    /// Every year with plays, earliest first.
    pub years: Vec<YearStatistics>,
    /// The months of the year, or the last 24.
    pub months: Vec<PeriodStatistics>,
    /// The weeks of the year, or the last 53. At the start and end of a year, only its own days count.
    pub weeks: Vec<PeriodStatistics>,
    /// The hours of the week with plays.
    pub hours: Vec<HourStatistics>,
    /// The day with the most plays.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub busiest_day: Option<PeriodStatistics>,
    /// The longest streak of days with plays.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub longest_streak: Option<Streak>,
    /// The most played first, at most 12. A play counts for each of its genres.
    pub genres: Vec<ShareStatistics>,
    /// By release of the movie or show, earliest first.
    pub decades: Vec<ShareStatistics>,
    /// The most played first, at most 10.
    pub top_shows: Vec<TitleStatistics>,
    /// The most played first, at most 10.
    pub top_movies: Vec<TitleStatistics>,
}

/// The plays of a year.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct YearStatistics {
    /// The year.
    pub year: i32,
    /// Its plays.
    #[serde(flatten)]
    pub amount: WatchAmount,
}

/// The plays of a day, week or month.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct PeriodStatistics {
    /// The day, the Monday of the week, or the first day of the month.
    pub start: NaiveDate,
    /// Its plays.
    #[serde(flatten)]
    pub amount: WatchAmount,
}

/// The plays in an hour of the week.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct HourStatistics {
    /// 0 is Monday.
    pub weekday: i64,
    /// 0 to 23, in the requested time zone.
    pub hour: i64,
    /// Its plays.
    #[serde(flatten)]
    pub amount: WatchAmount,
}

/// The plays of a genre or decade.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ShareStatistics {
    /// A genre as Trakt's slug, or the first year of a decade.
    pub name: String,
    /// Its plays.
    #[serde(flatten)]
    pub amount: WatchAmount,
}

/// Consecutive days with plays.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct Streak {
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
    /// How many.
    pub days: i64,
}

/// The plays of a movie or show.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TitleStatistics {
    /// The movie or show.
    pub title: TitleCard,
    /// Its plays.
    #[serde(flatten)]
    pub amount: WatchAmount,
    /// Distinct episodes of a show that were played; 0 for a movie.
    pub episodes: i64,
}
