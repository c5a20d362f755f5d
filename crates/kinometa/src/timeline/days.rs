//! The timeline: plays grouped by day in the viewer's time zone, newest first.

use std::str::FromStr;

use chrono::{DateTime, FixedOffset, NaiveDate, TimeDelta, Utc};
use db::Db;
use db::ids::UserId;
use db::timeline::TimelineCursor;

use catalogue::plays;
use catalogue::plays::Play;
use catalogue::view::View;

/// Maximum number of plays loaded to complete the last day of a page. Only larger days are split.
const MAX_DAY: u64 = 2_000;

/// No local day is longer: those on which clocks are set back have 25 hours, and zones have skipped across the date line.
const LONGEST_DAY: TimeDelta = TimeDelta::hours(48);

/// The viewer's time zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Zone {
    /// A named time zone, with daylight saving time.
    Named(chrono_tz::Tz),
    /// A fixed offset from UTC.
    Offset(FixedOffset),
}

/// The text is not a time zone.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("Unknown time zone. Use a name such as Europe/Amsterdam, or an offset in minutes east of UTC.")]
pub struct UnknownZone;

impl FromStr for Zone {
    type Err = UnknownZone;

    fn from_str(text: &str) -> Result<Self, UnknownZone> {
        if let Ok(minutes) = text.parse::<i32>() {
            let seconds = minutes.checked_mul(60).ok_or(UnknownZone)?;
            return FixedOffset::east_opt(seconds).map(Self::Offset).ok_or(UnknownZone);
        }
        text.parse().map(Self::Named).map_err(|_| UnknownZone)
    }
}

impl Zone {
    /// The local date at a point in time.
    fn day(self, at: DateTime<Utc>) -> NaiveDate {
        match self {
            Self::Named(zone) => at.with_timezone(&zone).date_naive(),
            Self::Offset(offset) => at.with_timezone(&offset).date_naive(),
        }
    }
}

/// A page of a user's timeline, newest day first.
#[derive(Debug)]
pub struct Timeline {
    /// Days that have plays.
    pub days: Vec<TimelineDay>,
    /// Start of the next page; `None` at the end.
    pub next_before: Option<TimelineCursor>,
}

/// The plays of a day in the viewer's time zone.
#[derive(Debug)]
pub struct TimelineDay {
    /// The date; `None` for plays with an unknown time.
    pub date: Option<NaiveDate>,
    /// Plays of the day, newest first.
    pub plays: Vec<Play>,
}

/// Loads a page of a user's timeline: about `limit` plays, always complete days.
///
/// # Errors
/// When the database fails.
pub async fn timeline(
    db: &Db,
    view: &View,
    user_id: UserId,
    before: Option<TimelineCursor>,
    limit: u64,
    zone: Zone,
) -> db::Result<Timeline> {
    let mut rows = db::timeline::page(db, user_id, before, limit).await?;
    let mut more = rows.len() as u64 == limit;
    if let Some(last) = rows.last().map(position).filter(|_| more) {
        // Complete the last day, so that it is not split between two pages.
        let day = last.watched_at.map(|at| zone.day(at.0));
        let since = last.watched_at.map(|at| (at.0 - LONGEST_DAY).into());
        let rest = db::timeline::page_since(db, user_id, Some(last), since, MAX_DAY).await?;
        let of_day = rest.iter().take_while(|row| row.watched_at.map(|at| zone.day(at.0)) == day).count();
        let is_split = of_day as u64 == MAX_DAY;
        rows.extend(rest.into_iter().take(of_day));
        let end = rows.last().map(position);
        more = is_split || !db::timeline::page(db, user_id, end, 1).await?.is_empty();
    }
    let next_before = rows.last().filter(|_| more).map(position);
    let days = by_day(plays::show(db, view, rows).await?, zone);
    Ok(Timeline { days, next_before })
}

fn position(row: &db::rows::Play) -> TimelineCursor {
    TimelineCursor { watched_at: row.watched_at, id: row.id }
}

fn by_day(plays: Vec<Play>, zone: Zone) -> Vec<TimelineDay> {
    let mut days: Vec<TimelineDay> = Vec::new();
    for play in plays {
        let date = play.watched_at.map(|at| zone.day(at));
        match days.last_mut().filter(|day| day.date == date) {
            Some(day) => day.plays.push(play),
            None => days.push(TimelineDay { date, plays: vec![play] }),
        }
    }
    days
}

/// Whether a user can have watched something at this time: not before the first film, and not in the future.
///
/// Allows five minutes of difference between the clocks of browser and server.
pub fn is_plausible(at: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    let first_film = NaiveDate::from_ymd_opt(1888, 1, 1).unwrap_or(NaiveDate::MIN);
    at.date_naive() >= first_film && at <= now + TimeDelta::minutes(5)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().expect("a time")
    }

    #[rstest]
    #[case::summer("Europe/Amsterdam", "2026-07-01T22:30:00Z", "2026-07-02")]
    #[case::winter("Europe/Amsterdam", "2026-01-01T22:30:00Z", "2026-01-01")]
    #[case::west("America/Los_Angeles", "2026-01-02T03:00:00Z", "2026-01-01")]
    #[case::minutes("120", "2026-01-01T22:30:00Z", "2026-01-02")]
    #[case::minutes_west("-480", "2026-01-02T03:00:00Z", "2026-01-01")]
    fn days_follow_the_viewers_time_zone(#[case] zone: Zone, #[case] moment: &str, #[case] day: &str) {
        assert_eq!(zone.day(at(moment)).to_string(), day);
    }

    #[rstest]
    #[case("Nowhere/Town")]
    #[case("99999999999")]
    #[case("3000")]
    fn unknown_zones_are_rejected(#[case] text: &str) {
        assert_eq!(text.parse::<Zone>(), Err(UnknownZone));
    }
}
