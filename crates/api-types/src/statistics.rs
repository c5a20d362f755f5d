//! Statistics of what a user watched.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::title::TitleCard;

/// A number of plays and their total duration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct WatchAmount {
    /// The number of plays.
    pub plays: i64,
    /// Total runtime of the played titles in minutes.
    pub minutes: i64,
}

/// A user's statistics for one year or all time.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Statistics {
    /// All plays of the period.
    pub total: WatchAmount,
    /// The plays of movies.
    pub movies: WatchAmount,
    /// The plays of episodes.
    pub episodes: WatchAmount,
    /// How many distinct movies were played.
    pub movie_count: i64,
    /// How many distinct shows were played.
    pub show_count: i64,
    /// Plays with an unknown time. They only count in the totals for all time.
    pub undated: i64,
    /// All years with plays, earliest first.
    pub years: Vec<YearStatistics>,
    /// The months of the year, or the last 24.
    pub months: Vec<PeriodStatistics>,
    /// The weeks of the year, or the last 53. The first and last week of a year only count days within that year.
    pub weeks: Vec<PeriodStatistics>,
    /// The hours of the week with plays.
    pub hours: Vec<HourStatistics>,
    /// The day with the most plays.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub busiest_day: Option<PeriodStatistics>,
    /// The longest streak of days with plays.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub longest_streak: Option<Streak>,
    /// The genres, most played first, at most 12. A play counts for each genre of its title.
    pub genres: Vec<ShareStatistics>,
    /// The decades in which the movies and shows were released, earliest first.
    pub decades: Vec<ShareStatistics>,
    /// The most played shows, at most 10.
    pub top_shows: Vec<TitleStatistics>,
    /// The most played movies, at most 10.
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
    /// The day of the week; 0 is Monday.
    pub weekday: i64,
    /// The hour, 0 to 23, in the requested time zone.
    pub hour: i64,
    /// Its plays.
    #[serde(flatten)]
    pub amount: WatchAmount,
}

/// The plays of a genre or decade.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ShareStatistics {
    /// The Trakt slug of a genre, or the first year of a decade.
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
    /// How many days.
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
    /// How many distinct episodes of a show were played; 0 for a movie.
    pub episodes: i64,
}
