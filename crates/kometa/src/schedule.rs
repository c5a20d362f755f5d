//! Kometa's `schedule` attribute: when a collection runs.

use std::fmt;

use crate::yaml::{Data, Value};

mod due;

pub use due::RunStart;

/// A schedule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Schedule {
    /// In every run.
    Daily,
    /// In no run.
    Never,
    /// Only while the collection does not exist.
    NonExisting,
    /// In runs that start within these hours. The range may cross midnight.
    Hourly {
        /// First hour.
        from: u8,
        /// Last hour.
        to: u8,
    },
    /// On these days of the week; 0 is Monday.
    Weekly(Vec<u8>),
    /// On this day of the month.
    Monthly(u8),
    /// On the last day of the month.
    MonthlyLast,
    /// On this day of the year.
    Yearly {
        /// Month, from 1.
        month: u8,
        /// Day, from 1.
        day: u8,
    },
    /// On one date.
    Date {
        /// Year.
        year: u16,
        /// Month, from 1.
        month: u8,
        /// Day, from 1.
        day: u8,
    },
    /// Between two days of the year, given as pairs of month and day. A range may cross New Year.
    Range(Vec<((u8, u8), (u8, u8))>),
    /// If any of these is due.
    Any(Vec<Schedule>),
    /// If all of these are due.
    All(Vec<Schedule>),
}

const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

impl fmt::Display for Schedule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let joined = |parts: &[Schedule], word: &str| {
            parts.iter().map(ToString::to_string).collect::<Vec<_>>().join(word)
        };
        match self {
            Self::Daily => f.write_str("in every run"),
            Self::Never => f.write_str("never"),
            Self::NonExisting => f.write_str("only while the collection does not exist"),
            Self::Hourly { from, to } if from == to => {
                write!(f, "in runs that start from {from}:00 to {from}:59")
            }
            Self::Hourly { from, to } => write!(f, "in runs that start from {from}:00 to {to}:59"),
            Self::Weekly(days) => {
                let days: Vec<_> =
                    days.iter().filter_map(|day| DAYS.get(usize::from(*day)).copied()).collect();
                write!(f, "on {}", days.join(", "))
            }
            Self::Monthly(day) => write!(f, "on day {day} of the month"),
            Self::MonthlyLast => f.write_str("on the last day of the month"),
            Self::Yearly { month, day } => write!(f, "every year on {month:02}/{day:02}"),
            Self::Date { year, month, day } => write!(f, "on {year}-{month:02}-{day:02}"),
            Self::Range(ranges) => {
                let range = |((month, day), (last_month, last_day)): &((u8, u8), (u8, u8))| {
                    format!("from {month:02}/{day:02} to {last_month:02}/{last_day:02}")
                };
                f.write_str(&ranges.iter().map(range).collect::<Vec<_>>().join(" or "))
            }
            Self::Any(parts) => f.write_str(&joined(parts, " or ")),
            Self::All(parts) => f.write_str(&joined(parts, " and ")),
        }
    }
}

/// Why a schedule is invalid. This is always an error: an invalid schedule must not mean "not scheduled".
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ScheduleError {
    /// The value is empty.
    #[error("the schedule is blank")]
    Blank,
    /// An unknown kind of schedule.
    #[error("{word:?} is not a schedule{}", .nearest.as_ref().map(|name| format!("; did you mean {name:?}?")).unwrap_or_default())]
    Unknown {
        /// The word.
        word: String,
        /// The schedule with the closest spelling.
        nearest: Option<String>,
    },
    /// An invalid value in brackets.
    #[error("{entry:?} must be written {form}")]
    Form {
        /// As written.
        entry: String,
        /// The correct form.
        form: &'static str,
    },
    /// An unclosed bracket, usually because of commas inside the brackets.
    #[error("{0:?} has an open bracket; inside brackets separate with |, for example weekly(mon|sun)")]
    OpenBracket(String),
    /// `all[…]` next to other schedules.
    #[error("all[…] must be the only schedule on its line")]
    AllNotAlone,
}

/// Parses a schedule: text, text with commas, or a list.
///
/// # Errors
/// [`ScheduleError`] if the value is not a valid schedule.
pub fn parse_schedule(value: &Value) -> Result<Schedule, ScheduleError> {
    let mut any = Vec::new();
    match &value.data {
        Data::List(lines) => {
            for item in lines {
                parse_line(&item.to_python(), &mut any)?;
            }
        }
        Data::Null => return Err(ScheduleError::Blank),
        _ => parse_line(&value.to_python(), &mut any)?,
    }
    match (any.pop(), any.is_empty()) {
        (None, _) => Err(ScheduleError::Blank),
        (Some(only), true) => Ok(only),
        (Some(last), false) => {
            any.push(last);
            Ok(Schedule::Any(any))
        }
    }
}

fn parse_line(text: &str, any: &mut Vec<Schedule>) -> Result<(), ScheduleError> {
    let text = text.trim();
    let lower = text.to_lowercase();
    if let Some(inner) = lower.strip_prefix("all[").or_else(|| lower.strip_prefix("all [")) {
        let inner = inner.strip_suffix(']').ok_or(ScheduleError::AllNotAlone)?;
        let mut all = Vec::new();
        for part in inner.split(',') {
            all.push(parse_one(part)?);
        }
        any.push(Schedule::All(all));
        return Ok(());
    }
    if lower.contains("all[") {
        return Err(ScheduleError::AllNotAlone);
    }
    for part in text.split(',') {
        any.push(parse_one(part)?);
    }
    Ok(())
}

pub(crate) const KEYWORDS: [&str; 10] =
    ["hourly", "daily", "weekly", "monthly", "yearly", "date", "range", "never", "non_existing", "all"];

fn parse_one(text: &str) -> Result<Schedule, ScheduleError> {
    let entry = text.trim().to_lowercase();
    if entry.is_empty() {
        return Err(ScheduleError::Blank);
    }
    let (word, inner) = match entry.split_once('(') {
        None => (entry.as_str(), None),
        Some((word, rest)) => {
            let inner = rest.trim_end().strip_suffix(')');
            (word.trim_end(), Some(inner.ok_or_else(|| ScheduleError::OpenBracket(entry.clone()))?.trim()))
        }
    };
    let form = |form| ScheduleError::Form { entry: entry.clone(), form };
    match (word, inner) {
        ("daily" | "day", None) => Ok(Schedule::Daily),
        ("never", None) => Ok(Schedule::Never),
        ("non_existing", None) => Ok(Schedule::NonExisting),
        ("hour" | "hours" | "hourly", _) => {
            inner.and_then(hours).ok_or_else(|| form("hourly(H) or hourly(H-H), with hours from 0 to 23"))
        }
        ("week" | "weeks" | "weekly", _) => {
            inner.and_then(weekdays).ok_or_else(|| form("weekly(monday) or weekly(mon|sun)"))
        }
        ("month" | "months" | "monthly", _) => inner
            .and_then(month_day)
            .ok_or_else(|| form("monthly(D) with a day from 1 to 31, or monthly(last)")),
        ("year" | "years" | "yearly", _) => {
            let day = inner.and_then(day_of_year).ok_or_else(|| form("yearly(MM/DD)"))?;
            Ok(Schedule::Yearly { month: day.0, day: day.1 })
        }
        ("date", _) => inner.and_then(date).ok_or_else(|| form("date(MM/DD/YYYY)")),
        ("range", _) => inner.and_then(ranges).ok_or_else(|| form("range(MM/DD-MM/DD), several with |")),
        _ => {
            let nearest = crate::nearest::nearest_name(word, KEYWORDS);
            Err(ScheduleError::Unknown { word: word.to_owned(), nearest })
        }
    }
}

fn number<T: std::str::FromStr + PartialOrd>(text: &str, low: T, high: T) -> Option<T> {
    text.trim().parse().ok().filter(|number| *number >= low && *number <= high)
}

fn hours(text: &str) -> Option<Schedule> {
    let (from, to) = text.split_once('-').unwrap_or((text, text));
    Some(Schedule::Hourly { from: number(from, 0, 23)?, to: number(to, 0, 23)? })
}

fn weekdays(text: &str) -> Option<Schedule> {
    let day = |word: &str| {
        Some(match word.trim() {
            "m" | "mo" | "mon" | "monday" => 0,
            "t" | "tu" | "tue" | "tues" | "tuesday" => 1,
            "w" | "we" | "wed" | "wednesday" => 2,
            "th" | "r" | "thu" | "thur" | "thurs" | "thursday" => 3,
            "f" | "fr" | "fri" | "friday" => 4,
            "s" | "sa" | "sat" | "saturday" => 5,
            "su" | "u" | "sun" | "sunday" => 6,
            _ => return None,
        })
    };
    text.split('|').map(day).collect::<Option<Vec<_>>>().map(Schedule::Weekly)
}

fn month_day(text: &str) -> Option<Schedule> {
    if text == "last" { Some(Schedule::MonthlyLast) } else { number(text, 1, 31).map(Schedule::Monthly) }
}

fn day_of_year(text: &str) -> Option<(u8, u8)> {
    let (month, day) = text.split_once('/')?;
    let month: u8 = number(month, 1, 12)?;
    let longest = match month {
        2 => 29,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    Some((month, number(day, 1, longest)?))
}

fn date(text: &str) -> Option<Schedule> {
    let (days, year) = text.rsplit_once('/')?;
    let (month, day) = day_of_year(days)?;
    let year: u16 = number(year, 1900, 9999)?;
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    ((month, day) != (2, 29) || leap).then_some(Schedule::Date { year, month, day })
}

fn ranges(text: &str) -> Option<Schedule> {
    let range = |text: &str| {
        let (from, to) = text.split_once('-')?;
        Some((day_of_year(from.trim())?, day_of_year(to.trim())?))
    };
    text.split('|').map(range).collect::<Option<Vec<_>>>().map(Schedule::Range)
}

#[cfg(test)]
#[path = "schedule_tests.rs"]
mod tests;
