//! The timeline: plays grouped by day in the viewer's time zone, newest first.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use db::Db;
use db::ids::{TitleId, UserId};
use db::timeline::TimelineCursor;

use super::zone::Zone;
use catalogue::plays;
use catalogue::plays::Play;
use catalogue::view::View;

/// Maximum number of plays loaded to complete the last day of a page. Only larger days are split.
const MAX_DAY: u64 = 2_000;

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

/// Which part of a timeline to load.
#[derive(Debug, Clone, Copy)]
pub struct Part<'a> {
    /// End of the previous page; `None` for the newest plays.
    pub before: Option<TimelineCursor>,
    /// Approximate number of plays.
    pub limit: u64,
    /// Only plays of these titles.
    pub titles: Option<&'a [TitleId]>,
    /// The viewer's time zone, which determines where days begin and end.
    pub zone: Zone,
}

/// Loads a page of a user's timeline: about `limit` plays, always complete days.
///
/// # Errors
/// When the database fails.
pub async fn timeline(db: &Db, view: &View, user_id: UserId, part: Part<'_>) -> db::Result<Timeline> {
    let Part { before, limit, titles, zone } = part;
    let mut rows = db::timeline::page_since(db, user_id, titles, before, None, limit).await?;
    let mut more = rows.len() as u64 == limit;
    if let Some(last) = rows.last().map(position).filter(|_| more) {
        // Complete the last day, so that it is not split between two pages.
        let day = last.watched_at.map(|at| zone.day(at.0));
        let since = day.map(|day| zone.start_of(day).into());
        let rest = db::timeline::page_since(db, user_id, titles, Some(last), since, MAX_DAY).await?;
        let of_day = rest.iter().take_while(|row| row.watched_at.map(|at| zone.day(at.0)) == day).count();
        let is_split = of_day as u64 == MAX_DAY;
        rows.extend(rest.into_iter().take(of_day));
        let end = rows.last().map(position);
        more = is_split || !db::timeline::page_since(db, user_id, titles, end, None, 1).await?.is_empty();
    }
    let next_before = rows.last().filter(|_| more).map(position);
    let days = by_day(plays::from_rows(db, view, rows).await?, zone);
    Ok(Timeline { days, next_before })
}

pub(super) fn position(row: &db::rows::Play) -> TimelineCursor {
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
