//! How far Trakt's clock is from ours.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use clock::Clock;
use reqwest::header::{DATE, HeaderMap};

/// Slower responses measure Trakt's clock too inaccurately.
const SLOWEST: TimeDelta = TimeDelta::seconds(10);

/// The difference between Trakt's clock and ours, measured by a `Date` header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClockOffset {
    /// What to add to our time to get Trakt's; negative when our clock is ahead.
    pub offset: TimeDelta,
    /// How wrong `offset` can be: half the exchange, and half a second because the header has whole seconds.
    pub uncertainty: Duration,
}

impl ClockOffset {
    /// Converts a `time` of our clock to Trakt's clock.
    pub fn to_trakt(&self, time: DateTime<Utc>) -> DateTime<Utc> {
        time.checked_add_signed(self.offset).unwrap_or(time)
    }

    /// Converts a `time` of Trakt's clock to our clock.
    pub fn to_ours(&self, time: DateTime<Utc>) -> DateTime<Utc> {
        time.checked_sub_signed(self.offset).unwrap_or(time)
    }

    /// Measures with a response to a request that was sent and received at these times of our clock. `None` without a
    /// usable header, after a slow exchange, or if our clock was set back meanwhile.
    pub(super) fn measure(headers: &HeaderMap, sent: DateTime<Utc>, received: DateTime<Utc>) -> Option<Self> {
        let date = DateTime::parse_from_rfc2822(headers.get(DATE)?.to_str().ok()?).ok()?.to_utc();
        let took = received - sent;
        if took < TimeDelta::zero() || took > SLOWEST {
            return None;
        }
        // The header is cut to the second: on average the clock showed half a second more.
        let offset = date + TimeDelta::milliseconds(500) - (sent + took / 2);
        let uncertainty = (took / 2 + TimeDelta::milliseconds(500)).to_std().ok()?;
        Some(Self { offset, uncertainty })
    }
}

/// A measurement, and how our clock was set at that time.
#[derive(Debug, Clone, Copy)]
pub(super) struct Measurement {
    offset: ClockOffset,
    origin: DateTime<Utc>,
}

impl Measurement {
    pub(super) fn new(offset: ClockOffset, clock: &dyn Clock) -> Self {
        Self { offset, origin: monotonic_origin(clock) }
    }

    /// The current difference. It is corrected only if our clock was set back: on systems whose monotonic clock stops
    /// while the computer sleeps, every sleep looks as if the clock had been set forward.
    pub(super) fn current(&self, clock: &dyn Clock) -> ClockOffset {
        let back = (self.origin - monotonic_origin(clock)).max(TimeDelta::zero());
        ClockOffset { offset: self.offset.offset + back, ..self.offset }
    }
}

/// What our clock would have shown when its monotonic time ([`Clock::elapsed`]) was zero. It changes only when the clock
/// is set.
fn monotonic_origin(clock: &dyn Clock) -> DateTime<Utc> {
    let elapsed = TimeDelta::from_std(clock.elapsed()).unwrap_or_default();
    clock.now().checked_sub_signed(elapsed).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use reqwest::header::HeaderValue;
    use rstest::rstest;

    use super::*;

    fn at(milliseconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(1_790_000_000_000 + milliseconds).unwrap()
    }

    fn headers(date: DateTime<Utc>) -> HeaderMap {
        let text = date.format("%a, %d %b %Y %H:%M:%S GMT").to_string();
        HeaderMap::from_iter([(DATE, HeaderValue::from_str(&text).unwrap())])
    }

    proptest! {
        /// Trakt may have read its clock at any moment of the exchange.
        #[test]
        fn the_true_offset_is_within_the_uncertainty(
            offset in -4_000_000i64..4_000_000,
            took in 0i64..10_000,
            share in 0.0f64..=1.0,
        ) {
            let sent = at(123);
            let answered = sent + TimeDelta::milliseconds((took as f64 * share) as i64 + offset);
            let received = sent + TimeDelta::milliseconds(took);
            let measured = ClockOffset::measure(&headers(answered), sent, received).unwrap();
            let error = (measured.offset - TimeDelta::milliseconds(offset)).abs().to_std().unwrap();
            prop_assert!(error <= measured.uncertainty + Duration::from_millis(1), "{error:?} {measured:?}");
            prop_assert_eq!(measured.to_ours(measured.to_trakt(sent)), sent);
        }
    }

    #[rstest]
    #[case::slow(0, 10_001)]
    #[case::clock_set_back(0, -1)]
    fn a_slow_or_impossible_exchange_is_not_measured(#[case] sent: i64, #[case] received: i64) {
        assert_eq!(ClockOffset::measure(&headers(at(0)), at(sent), at(received)), None);
    }

    #[test]
    fn setting_the_clock_back_changes_the_offset_without_another_response() {
        let clock = clock::ManualClock::new(at(0));
        let measured = ClockOffset { offset: TimeDelta::seconds(5), uncertainty: Duration::from_secs(1) };
        let measured = Measurement::new(measured, &clock);
        let offset = || measured.current(&clock).offset.num_seconds();
        clock.advance(Duration::from_secs(7_200));
        assert_eq!(offset(), 5);
        clock.set(clock.now() - TimeDelta::minutes(61));
        assert_eq!(offset(), 5 + 61 * 60);
        clock.advance(Duration::from_secs(60));
        assert_eq!(offset(), 5 + 61 * 60);
    }

    #[test]
    fn a_missing_or_invalid_date_header_is_not_measured() {
        let odd = HeaderMap::from_iter([(DATE, HeaderValue::from_static("yesterday"))]);
        assert_eq!(ClockOffset::measure(&odd, at(0), at(1)), None);
        assert_eq!(ClockOffset::measure(&HeaderMap::new(), at(0), at(1)), None);
    }
}
