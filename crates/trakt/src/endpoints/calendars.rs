//! `/calendars`.

use chrono::NaiveDate;

use super::{group, own, public};
use crate::client::Call;
use crate::models::{CalendarEpisode, CalendarMovie, day};
use crate::paging::Listing;
use crate::request::Read;

group! {
    /// Release and air dates.
    Calendars,
    /// Release and air dates.
    calendars
}

/// Whose calendar to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CalendarTarget {
    /// What the account watches, collects or has on its watchlist.
    Mine,
    /// Everything.
    All,
}

impl Calendars {
    /// Episodes that air within `days` days from `start`.
    pub fn shows(
        &self,
        target: CalendarTarget,
        start: NaiveDate,
        days: u32,
    ) -> Read<Listing<CalendarEpisode>> {
        Read::new(&self.client, call(target, "shows", start, days))
    }

    /// Movies that are released within `days` days from `start`.
    pub fn movies(
        &self,
        target: CalendarTarget,
        start: NaiveDate,
        days: u32,
    ) -> Read<Listing<CalendarMovie>> {
        Read::new(&self.client, call(target, "movies", start, days))
    }
}

fn call(target: CalendarTarget, kind: &str, start: NaiveDate, days: u32) -> Call {
    let (start, days) = (day(start), days.to_string());
    match target {
        CalendarTarget::Mine => own(["calendars", "my", kind, &start, &days]),
        CalendarTarget::All => public(["calendars", "all", kind, &start, &days]),
    }
}
