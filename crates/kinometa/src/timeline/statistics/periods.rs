//! Sums of days into weeks, months and years, in the viewer's time zone.

use std::collections::BTreeMap;

use chrono::{Datelike as _, Days as DaysDelta, Months, NaiveDate, TimeDelta};
use db::statistics::DayCount;

use super::{Amount, monday};

/// Number of months when no year is chosen.
const MONTHS: u32 = 24;
/// Number of weeks when no year is chosen.
const WEEKS: u64 = 53;

/// A week or month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bucket {
    /// First day of the week or month.
    pub start: NaiveDate,
    /// Plays in the week or month.
    pub amount: Amount,
}

/// The day with the most plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Busiest {
    /// The date.
    pub day: NaiveDate,
    /// Plays on this day.
    pub amount: Amount,
}

/// Consecutive days with at least one play each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Streak {
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
    /// Number of days.
    pub days: i64,
}

/// The plays of each day that has any, in the viewer's time zone.
#[derive(Debug, Default)]
pub(super) struct Days(BTreeMap<NaiveDate, Amount>);

impl Days {
    pub(super) fn new(counts: Vec<DayCount>) -> Self {
        let mut days: BTreeMap<NaiveDate, Amount> = BTreeMap::new();
        for count in counts {
            let Some(day) = NaiveDate::default().checked_add_signed(TimeDelta::days(count.day)) else {
                continue;
            };
            *days.entry(day).or_default() += Amount { plays: count.plays, minutes: count.minutes };
        }
        Self(days)
    }

    /// The days of a year, or all days without one.
    pub(super) fn of(&self, year: Option<i32>) -> Self {
        let of_year = |day: &NaiveDate| year.is_none_or(|year| day.year() == year);
        Self(self.0.iter().filter(|(day, _)| of_year(day)).map(|(&day, &amount)| (day, amount)).collect())
    }

    pub(super) fn years(&self) -> Vec<(i32, Amount)> {
        let mut years: BTreeMap<i32, Amount> = BTreeMap::new();
        for (day, amount) in &self.0 {
            *years.entry(day.year()).or_default() += *amount;
        }
        years.into_iter().collect()
    }

    /// The months of a year, or the latest months up to today.
    pub(super) fn months(&self, year: Option<i32>, today: NaiveDate) -> Vec<Bucket> {
        let this_month = today.with_day(1).unwrap_or(today);
        let (first, count) = match year {
            Some(year) => (NaiveDate::from_ymd_opt(year, 1, 1), 12),
            None => (this_month.checked_sub_months(Months::new(MONTHS - 1)), MONTHS),
        };
        let Some(first) = first else { return Vec::new() };
        let starts = (0..=count).filter_map(|month| first.checked_add_months(Months::new(month)));
        self.buckets(starts)
    }

    /// The weeks of a year, including partial ones, or the latest weeks up to today. Partial weeks contain only the
    /// plays of days in that year.
    pub(super) fn weeks(&self, year: Option<i32>, today: NaiveDate) -> Vec<Bucket> {
        let Some(year) = year else {
            let Some(first) = monday(today).checked_sub_days(DaysDelta::new(7 * (WEEKS - 1))) else {
                return Vec::new();
            };
            return self.buckets(first.iter_weeks().take(WEEKS as usize + 1));
        };
        let Some(first) = NaiveDate::from_ymd_opt(year, 1, 1) else { return Vec::new() };
        let starts = monday(first).iter_weeks().take_while(|day| day.year() <= year);
        let after = monday(first).iter_weeks().find(|day| day.year() > year);
        self.of(Some(year)).buckets(starts.chain(after))
    }

    /// The plays from each start to the next. The last start only marks the end of the previous bucket.
    fn buckets(&self, starts: impl Iterator<Item = NaiveDate>) -> Vec<Bucket> {
        let starts: Vec<NaiveDate> = starts.collect();
        let bucket = |pair: &[NaiveDate]| {
            let mut amount = Amount::default();
            self.0.range(pair[0]..pair[1]).for_each(|(_, day)| amount += *day);
            Bucket { start: pair[0], amount }
        };
        starts.windows(2).map(bucket).collect()
    }

    /// The day with the most plays, then the most minutes. If several are equal, the latest.
    pub(super) fn busiest(&self) -> Option<Busiest> {
        let busiest = self.0.iter().max_by_key(|(_, amount)| (amount.plays, amount.minutes))?;
        Some(Busiest { day: *busiest.0, amount: *busiest.1 })
    }

    /// The longest streak. If several are equally long, the latest.
    pub(super) fn streak(&self) -> Option<Streak> {
        let mut longest: Option<Streak> = None;
        let mut present: Option<Streak> = None;
        for &day in self.0.keys() {
            let streak = match present {
                Some(streak) if streak.to.succ_opt() == Some(day) => {
                    Streak { to: day, days: streak.days + 1, ..streak }
                }
                _ => Streak { from: day, to: day, days: 1 },
            };
            present = Some(streak);
            if longest.is_none_or(|longest| streak.days >= longest.days) {
                longest = Some(streak);
            }
        }
        longest
    }
}

#[cfg(test)]
mod tests {
    use db::kinds::TitleKind;
    use rstest::rstest;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a valid date")
    }

    /// One play of an hour on each of these days.
    fn days(played: &[&str]) -> Days {
        let count = |text: &&str| DayCount {
            day: (day(text) - NaiveDate::default()).num_days(),
            kind: TitleKind::Movie,
            plays: 1,
            minutes: 60,
        };
        Days::new(played.iter().map(count).collect())
    }

    #[test]
    fn a_year_has_twelve_months() {
        let months = days(&["2025-12-31", "2026-01-01", "2026-01-31", "2026-12-31", "2027-01-01"])
            .months(Some(2026), day("2026-06-15"));
        assert_eq!(months.len(), 12);
        let plays: Vec<i64> = months.iter().map(|month| month.amount.plays).collect();
        assert_eq!(plays, [2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
        assert_eq!(months[0], Bucket { start: day("2026-01-01"), amount: Amount { plays: 2, minutes: 120 } });
    }

    #[test]
    fn without_a_year_the_latest_months_are_returned() {
        let months = days(&["2024-06-30", "2024-07-01", "2026-06-15"]).months(None, day("2026-06-15"));
        assert_eq!(
            (months.len(), months[0].start, months[23].start),
            (24, day("2024-07-01"), day("2026-06-01"))
        );
        assert_eq!((months[0].amount.plays, months[23].amount.plays), (1, 1));
    }

    #[test]
    fn partial_weeks_contain_only_days_of_the_year() {
        // 1 January 2026 was a Thursday.
        let weeks = days(&["2025-12-31", "2026-01-01", "2026-12-31", "2027-01-01"])
            .weeks(Some(2026), day("2026-06-15"));
        assert_eq!(
            (weeks.len(), weeks[0].start, weeks[52].start),
            (53, day("2025-12-29"), day("2026-12-28"))
        );
        assert_eq!((weeks[0].amount.plays, weeks[52].amount.plays), (1, 1));
    }

    #[test]
    fn without_a_year_the_latest_weeks_are_returned() {
        let weeks = days(&["2026-06-15"]).weeks(None, day("2026-06-18"));
        assert_eq!((weeks.len(), weeks[52].start, weeks[52].amount.plays), (53, day("2026-06-15"), 1));
    }

    #[rstest]
    #[case::none(&[], None)]
    #[case::one(&["2026-01-01"], Some(("2026-01-01", "2026-01-01", 1)))]
    #[case::over_a_month(&["2026-01-31", "2026-02-01", "2026-02-03"], Some(("2026-01-31", "2026-02-01", 2)))]
    #[case::the_latest(&["2026-01-01", "2026-01-02", "2026-03-01", "2026-03-02"], Some(("2026-03-01", "2026-03-02", 2)))]
    fn the_longest_streak_is_found(#[case] played: &[&str], #[case] longest: Option<(&str, &str, i64)>) {
        let longest = longest.map(|(from, to, days)| Streak { from: day(from), to: day(to), days });
        assert_eq!(days(played).streak(), longest);
    }
}
