//! Statistics of a user's plays, over all time or in one year.

mod favourites;
mod periods;

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use chrono::{DateTime, Datelike as _, NaiveDate, Utc};
use db::Db;
use db::ids::{TitleId, UserId};
use db::statistics::{HourCount, Offset, Span, TitleCount};

use super::zone::Zone;
use catalogue::entry::Entry;
use catalogue::view::View;
use periods::Days;

pub use favourites::{Favourite, Favourites, Share};
pub use periods::{Bucket, Busiest, Streak};

/// A number of plays and their runtime.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Amount {
    /// Plays.
    pub plays: i64,
    /// Total runtime of the played titles in minutes.
    pub minutes: i64,
}

/// Statistics of a user's plays.
#[derive(Debug)]
pub struct Statistics {
    /// All plays of the period.
    pub total: Amount,
    /// Plays of movies.
    pub movies: Amount,
    /// Plays of episodes.
    pub episodes: Amount,
    /// Number of plays with an unknown time. They are part of the totals for all time, but of no year, month or
    /// week.
    pub undated: i64,
    /// All years with plays, earliest first.
    pub years: Vec<(i32, Amount)>,
    /// The months of the year, or the last 24.
    pub months: Vec<Bucket>,
    /// The weeks of the year, or the last 53. Weeks start on Monday.
    pub weeks: Vec<Bucket>,
    /// Hours of the week that have plays.
    pub hours: Vec<HourCount>,
    /// The day with the most plays.
    pub busiest: Option<Busiest>,
    /// The longest series of consecutive days with plays.
    pub streak: Option<Streak>,
    /// The most watched titles, genres and decades.
    pub favourites: Favourites,
}

impl std::ops::AddAssign for Amount {
    fn add_assign(&mut self, more: Self) {
        self.plays += more.plays;
        self.minutes += more.minutes;
    }
}

/// Totals computed by the database. This is slow with many plays, so they are cached; they are valid until a play
/// or a runtime changes.
#[derive(Debug)]
pub struct PlayTotals {
    days: Days,
    hours: Vec<HourCount>,
    titles: Vec<TitleCount>,
}

impl PlayTotals {
    /// Computes the totals of a user's plays in one year of the time zone, or of all time.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn read(db: &Db, user_id: UserId, zone: Zone, year: Option<i32>) -> db::Result<Self> {
        let offsets = match db::statistics::extent(db, user_id).await? {
            Some((first, last)) => offsets(zone, first.0, last.0),
            None => Vec::new(),
        };
        let span = year.and_then(|year| span_of(zone, year));
        Ok(Self {
            days: Days::new(db::statistics::by_day(db, user_id, &offsets).await?),
            hours: db::statistics::by_hour(db, user_id, &offsets, span).await?,
            titles: db::statistics::by_title(db, user_id, span).await?,
        })
    }
}

impl Statistics {
    /// Combines the totals with the details of the titles.
    pub fn of(totals: &PlayTotals, view: &View, zone: Zone, year: Option<i32>, now: DateTime<Utc>) -> Self {
        let PlayTotals { days, hours, titles } = totals;
        let favourites = Favourites::of(view, titles);
        let [movies, episodes] = favourites.amounts;
        let (mut total, of_period) = (movies, days.of(year));
        total += episodes;
        let dated: i64 = days.years().iter().map(|(_, amount)| amount.plays).sum();
        let today = zone.day(now);
        Self {
            total,
            movies,
            episodes,
            undated: if year.is_none() { (total.plays - dated).max(0) } else { 0 },
            years: days.years(),
            months: days.months(year, today),
            weeks: days.weeks(year, today),
            busiest: of_period.busiest(),
            streak: of_period.streak(),
            hours: hours.clone(),
            favourites,
        }
    }
}

/// A hash of the runtimes of all titles that the user has played. When it changes, the minutes of [`PlayTotals`]
/// are outdated.
pub fn runtimes(view: &View) -> u64 {
    let of = |id: &TitleId| {
        let minutes = view.snapshot.get(*id).map_or(0, |entry| minutes(view, entry));
        let mut hasher = DefaultHasher::new();
        (id, minutes).hash(&mut hasher);
        hasher.finish()
    };
    // The hashes are summed, because the titles have no defined order.
    view.user_data.plays.keys().map(of).fold(0, u64::wrapping_add)
}

/// The runtime of a title in minutes; for an episode without one, the runtime of its show, because Trakt often has
/// only that.
fn minutes(view: &View, entry: &Entry) -> i32 {
    let of_show = || entry.show_id.and_then(|id| view.snapshot.get(id)?.runtime_minutes);
    entry.runtime_minutes.or_else(of_show).unwrap_or(0)
}

fn offsets(zone: Zone, first: DateTime<Utc>, last: DateTime<Utc>) -> Vec<Offset> {
    let offset = |(from, ahead): (DateTime<Utc>, chrono::TimeDelta)| Offset {
        from: from.into(),
        ahead_ms: ahead.num_milliseconds(),
    };
    zone.offsets(first, last).into_iter().map(offset).collect()
}

fn span_of(zone: Zone, year: i32) -> Option<Span> {
    let start = |year| Some(zone.start_of(NaiveDate::from_ymd_opt(year, 1, 1)?));
    Some(Span { from: start(year)?.into(), until: start(year + 1)?.into() })
}

/// The Monday of a day's week.
fn monday(day: NaiveDate) -> NaiveDate {
    day - chrono::TimeDelta::days(day.weekday().num_days_from_monday().into())
}
