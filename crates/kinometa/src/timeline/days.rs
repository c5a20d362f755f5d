//! The timeline: plays by day in the viewer's time zone, newest first.

use std::str::FromStr;

use chrono::{DateTime, FixedOffset, NaiveDate, TimeDelta, Utc};
use db::Db;
use db::ids::UserId;
use db::timeline::Place;

use catalogue::plays;
use catalogue::plays::Play;
use catalogue::view::View;

/// A day that is larger than this may be cut in two.
const LARGEST_DAY: u64 = 2_000;

/// The viewer's time zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Zone {
    /// By name, with its daylight saving.
    Named(chrono_tz::Tz),
    /// A fixed distance from UTC.
    Offset(FixedOffset),
}

/// The text is no time zone.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("This is neither a time zone such as Europe/Amsterdam nor minutes east of UTC.")]
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
    /// The day of a moment.
    fn day(self, at: DateTime<Utc>) -> NaiveDate {
        match self {
            Self::Named(zone) => at.with_timezone(&zone).date_naive(),
            Self::Offset(offset) => at.with_timezone(&offset).date_naive(),
        }
    }
}

/// Part of a person's timeline, newest day first.
#[derive(Debug)]
pub struct Timeline {
    /// Days with plays.
    pub days: Vec<TimelineDay>,
    /// Where the next part begins; none at the end.
    pub next_before: Option<Place>,
}

/// A day in the viewer's time zone.
#[derive(Debug)]
pub struct TimelineDay {
    /// The date; none for plays whose time is not known.
    pub date: Option<NaiveDate>,
    /// Its plays, newest first.
    pub plays: Vec<Play>,
}

/// A part of a person's timeline: about `limit` plays, whole days.
///
/// # Errors
/// When the database fails.
pub async fn timeline(
    db: &Db,
    view: &View,
    user_id: UserId,
    before: Option<Place>,
    limit: u64,
    zone: Zone,
) -> db::Result<Timeline> {
    let mut rows = db::timeline::page(db, user_id, before, limit).await?;
    let mut more = rows.len() as u64 == limit;
    if let Some(last) = rows.last().map(place_of).filter(|_| more) {
        // The rest of the last day, so that a day is never shown in two halves.
        let rest = db::timeline::page(db, user_id, Some(last), LARGEST_DAY).await?;
        let day = last.watched_at.map(|at| zone.day(at.0));
        let of_day = rest.iter().take_while(|row| row.watched_at.map(|at| zone.day(at.0)) == day).count();
        more = of_day < rest.len();
        rows.extend(rest.into_iter().take(of_day));
    }
    let next_before = rows.last().filter(|_| more).map(place_of);
    let days = by_day(plays::show(db, view, rows).await?, zone);
    Ok(Timeline { days, next_before })
}

fn place_of(row: &db::rows::Play) -> Place {
    Place { watched_at: row.watched_at, id: row.id }
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

/// A moment that a person may name: not before films were made, not in the future.
///
/// The clocks of browser and server differ a little; a play of the next minute is one of now.
pub fn plausible(at: DateTime<Utc>, now: DateTime<Utc>) -> bool {
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
    fn a_day_is_the_viewers_day(#[case] zone: Zone, #[case] moment: &str, #[case] day: &str) {
        assert_eq!(zone.day(at(moment)).to_string(), day);
    }

    #[rstest]
    #[case("Nowhere/Town")]
    #[case("99999999999")]
    #[case("3000")]
    fn what_is_no_zone_is_refused(#[case] text: &str) {
        assert_eq!(text.parse::<Zone>(), Err(UnknownZone));
    }
}
