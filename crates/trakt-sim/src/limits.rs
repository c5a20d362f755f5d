//! Rate limits as counted by Trakt: fixed windows and separate budgets for reads and writes, sent in `X-Ratelimit`.

use std::collections::HashMap;

use chrono::{DateTime, Duration, Utc};
use serde::Serialize;

use crate::clock::stamp;
use crate::config::Config;

/// The budget of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Budget {
    Read,
    Write,
    /// Reads without a token, counted per application.
    PublicRead,
}

/// The `X-Ratelimit` header.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct RateLimit {
    pub name: &'static str,
    pub period: i64,
    pub limit: u32,
    pub remaining: u32,
    pub until: String,
}

/// The limiter's decision about a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Verdict {
    pub header: RateLimit,
    /// Whole seconds to wait if the call exceeds the limit.
    pub retry_after: Option<i64>,
}

#[derive(Debug, Default)]
struct Window {
    until: Option<DateTime<Utc>>,
    used: u32,
}

/// Counts calls per user (or application) and budget.
#[derive(Debug, Default)]
pub(crate) struct Limiter {
    windows: HashMap<(String, Budget), Window>,
}

impl Limiter {
    pub(crate) fn count(
        &mut self,
        key: &str,
        budget: Budget,
        now: DateTime<Utc>,
        config: &Config,
    ) -> Verdict {
        let (name, period, limit) = match budget {
            Budget::Read => ("AUTHED_API_GET_LIMIT", config.read_period_seconds, config.read_limit),
            Budget::Write => ("AUTHED_API_POST_LIMIT", 1, config.write_limit),
            Budget::PublicRead => {
                ("UNAUTHED_API_GET_LIMIT", config.read_period_seconds, config.read_limit * 2)
            }
        };
        let until = end_of_window(now, period);
        let window = self.windows.entry((key.to_owned(), budget)).or_default();
        if window.until != Some(until) {
            *window = Window { until: Some(until), used: 0 };
        }
        let over = window.used >= limit;
        if !over {
            window.used += 1;
        }
        let header = RateLimit {
            name,
            period,
            limit,
            remaining: limit.saturating_sub(window.used),
            until: stamp(until),
        };
        Verdict { header, retry_after: over.then_some((until - now).num_seconds().max(1)) }
    }

    pub(crate) fn forget(&mut self) {
        self.windows.clear();
    }
}

/// Returns the end of the window. Windows are aligned to the clock: a period of 300 seconds ends at minutes 0, 5, 10
/// and so on.
pub(crate) fn end_of_window(now: DateTime<Utc>, period: i64) -> DateTime<Utc> {
    let period = period.max(1);
    now + Duration::seconds(period - now.timestamp().rem_euclid(period))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::parse_time;

    #[test]
    fn calls_over_the_limit_are_rejected_until_the_window_ends() {
        let mut limiter = Limiter::default();
        let config = Config { read_limit: 2, ..Config::default() };
        let now = parse_time("2026-11-21T10:01:00Z").expect("a valid time");
        assert_eq!(limiter.count("demo", Budget::Read, now, &config).header.remaining, 1);
        assert_eq!(limiter.count("demo", Budget::Read, now, &config).retry_after, None);
        assert_eq!(limiter.count("demo", Budget::Read, now, &config).retry_after, Some(240));
        assert_eq!(limiter.count("guest", Budget::Read, now, &config).retry_after, None);
        let later = now + Duration::seconds(240);
        assert_eq!(limiter.count("demo", Budget::Read, later, &config).retry_after, None);
    }
}
