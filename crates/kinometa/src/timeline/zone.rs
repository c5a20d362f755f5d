//! Time zones, which determine where a viewer's days begin and end.

use std::str::FromStr;

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime, Offset as _, TimeDelta, TimeZone as _, Utc};

/// Step of the search for offset changes. No time zone changes its offset twice within this time.
const STEP: TimeDelta = TimeDelta::days(5);

/// Upper bound of the difference between any time zone and UTC.
const MAX_OFFSET: TimeDelta = TimeDelta::hours(24);

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
    pub fn day(self, at: DateTime<Utc>) -> NaiveDate {
        (at.naive_utc() + self.ahead(at)).date()
    }

    /// The moment at which a local day begins. If clocks are set forward at midnight, this is the first moment that
    /// exists on that day.
    pub fn start_of(self, day: NaiveDate) -> DateTime<Utc> {
        let midnight = day.and_time(NaiveTime::MIN).and_utc();
        let before = midnight - self.ahead(midnight - MAX_OFFSET);
        let start = midnight - self.ahead(before);
        if self.day(start) < day { before } else { start }
    }

    /// The offsets of local time from UTC during a span, each with the moment from which it applies. The first is
    /// the offset at `from`.
    pub fn offsets(self, from: DateTime<Utc>, until: DateTime<Utc>) -> Vec<(DateTime<Utc>, TimeDelta)> {
        let mut offsets = vec![(from, self.ahead(from))];
        let mut at = from;
        while at < until && matches!(self, Self::Named(_)) {
            let next = at + STEP;
            if self.ahead(next) != self.ahead(at) {
                offsets.push((self.change_between(at, next), self.ahead(next)));
            }
            at = next;
        }
        offsets
    }

    /// The first second between `before` and `after` whose offset differs from that at `before`.
    fn change_between(self, before: DateTime<Utc>, after: DateTime<Utc>) -> DateTime<Utc> {
        let second = |number| DateTime::from_timestamp(number, 0).unwrap_or(after);
        let (mut first, mut last) = (before.timestamp(), after.timestamp());
        while last - first > 1 {
            let middle = first + (last - first) / 2;
            if self.ahead(second(middle)) == self.ahead(before) { first = middle } else { last = middle }
        }
        second(last)
    }

    /// How far local time is ahead of UTC.
    fn ahead(self, at: DateTime<Utc>) -> TimeDelta {
        let seconds = match self {
            Self::Named(zone) => zone.offset_from_utc_datetime(&at.naive_utc()).fix().local_minus_utc(),
            Self::Offset(offset) => offset.local_minus_utc(),
        };
        TimeDelta::seconds(seconds.into())
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().expect("a valid time")
    }

    #[rstest]
    #[case::winter("Europe/Amsterdam", "2026-01-05", "2026-01-04T23:00:00Z")]
    #[case::summer("Europe/Amsterdam", "2026-07-05", "2026-07-04T22:00:00Z")]
    #[case::day_of_the_change("Europe/Amsterdam", "2026-03-29", "2026-03-28T23:00:00Z")]
    #[case::no_midnight("America/Asuncion", "2023-10-01", "2023-10-01T04:00:00Z")]
    #[case::west("-480", "2026-01-05", "2026-01-05T08:00:00Z")]
    #[case::skipped_day("Pacific/Apia", "2011-12-31", "2011-12-30T10:00:00Z")]
    fn days_begin_at_the_first_local_moment(#[case] zone: Zone, #[case] day: NaiveDate, #[case] start: &str) {
        assert_eq!(zone.start_of(day), at(start));
        assert_eq!(zone.day(at(start)), day);
    }

    #[test]
    fn offsets_change_with_daylight_saving_time() {
        let zone: Zone = "Europe/Amsterdam".parse().expect("a known time zone");
        let offsets = zone.offsets(at("2026-01-01T00:00:00Z"), at("2026-12-31T00:00:00Z"));
        let hours: Vec<_> = offsets.iter().map(|(from, ahead)| (*from, ahead.num_hours())).collect();
        let changes = [("2026-01-01T00:00:00Z", 1), ("2026-03-29T01:00:00Z", 2), ("2026-10-25T01:00:00Z", 1)];
        assert_eq!(hours, changes.map(|(from, hours)| (at(from), hours)));
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
