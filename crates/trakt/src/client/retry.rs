//! Which failures are retried, and after how long; without I/O.
//!
//! Reads are repeated whenever that can help. Writes are repeated only when they cannot have been applied, because Trakt
//! does not check for duplicates: the same play sent twice is two plays.

use std::time::Duration;

use chrono::{DateTime, Utc};

use crate::error::{Error, Stage, UnknownOutcome};
use clock::until;

use super::call::Call;

/// The edge could not connect to Trakt: the request did not arrive.
const WEB_SERVER_DOWN: u16 = 521;
/// The edge waited too long for the rest of the request, which may still have arrived.
const REQUEST_TIMEOUT: u16 = 408;

/// How failed calls are repeated.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RetryPolicy {
    /// The maximum number of attempts, including the first.
    pub attempts: u32,
    /// The pause after the first failure; it doubles with each further one.
    pub first_pause: Duration,
    /// The longest pause.
    pub longest_pause: Duration,
}

impl Default for RetryPolicy {
    /// Four attempts, pauses from 1 s to 30 s.
    fn default() -> Self {
        Self { attempts: 4, first_pause: Duration::from_secs(1), longest_pause: Duration::from_secs(30) }
    }
}

impl RetryPolicy {
    /// Never repeats a failed call.
    pub const NONE: Self = Self { attempts: 1, first_pause: Duration::ZERO, longest_pause: Duration::ZERO };

    /// The pause after `failures` failures: between half and all of the doubled pause, depending on `jitter` (0 to 1),
    /// so that many clients do not return at the same moment.
    fn pause(&self, failures: u32, jitter: f64) -> Duration {
        let doubled = self.first_pause.saturating_mul(1 << failures.saturating_sub(1).min(16));
        doubled.min(self.longest_pause).mul_f64(0.5 + jitter.clamp(0.0, 1.0) / 2.0)
    }

    /// The pause before sending again, or `None` when `error` is final.
    ///
    /// Rate limits are not counted here: the gate holds the next attempt until they end.
    pub(super) fn next(
        &self,
        error: &Error,
        read: bool,
        failures: u32,
        now: DateTime<Utc>,
        jitter: f64,
    ) -> Option<Duration> {
        if failures >= self.attempts || !worth_repeating(error, read) {
            return None;
        }
        let requested = match error {
            Error::Server { retry_at: Some(moment), .. } => until(now, *moment),
            Error::RateLimited { .. } => return Some(Duration::ZERO),
            _ => Duration::ZERO,
        };
        Some(self.pause(failures, jitter).max(requested))
    }
}

fn worth_repeating(error: &Error, read: bool) -> bool {
    match error {
        // Rejected before anything was applied, for reads and writes alike.
        Error::RateLimited { .. } | Error::Transport { stage: Stage::Connect, .. } => true,
        Error::Server { status, .. } => read || !may_be_applied(*status),
        Error::Transport { .. } => read,
        _ => false,
    }
}

/// Whether a write may have been applied despite this status. An edge page with a 4xx means that the edge rejected the
/// request.
fn may_be_applied(status: u16) -> bool {
    status == REQUEST_TIMEOUT || (status >= 500 && status != WEB_SERVER_DOWN)
}

/// Turns a failure that leaves unclear whether the write was applied into [`Error::Unknown`].
pub(super) fn mark_unknown(error: Error, call: &Call) -> Error {
    let unclear = match &error {
        Error::Transport { stage, .. } => *stage != Stage::Connect,
        Error::Server { status, .. } => may_be_applied(*status),
        // A success whose body cannot be read, or a redirect.
        Error::Protocol { .. } => true,
        _ => false,
    };
    if unclear && !call.is_read() {
        Error::Unknown(Box::new(UnknownOutcome { sent: call.sent(), cause: error }))
    } else {
        error
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    fn transport(stage: Stage) -> Error {
        Error::Transport { stage, source: "broken".into() }
    }

    fn server(status: u16) -> Error {
        Error::Server { status, retry_at: None }
    }

    fn limited() -> Error {
        Error::RateLimited { until: DateTime::<Utc>::UNIX_EPOCH }
    }

    fn repeats(error: &Error, read: bool) -> bool {
        RetryPolicy::default().next(error, read, 1, DateTime::<Utc>::UNIX_EPOCH, 0.5).is_some()
    }

    #[rstest]
    #[case::no_connection(transport(Stage::Connect), true, true)]
    #[case::reset_while_sending(transport(Stage::Request), true, false)]
    #[case::truncated_response(transport(Stage::Response), true, false)]
    #[case::overloaded(server(503), true, false)]
    #[case::edge_without_trakt(server(521), true, true)]
    #[case::edge_page(server(404), true, true)]
    #[case::edge_timed_out(server(408), true, false)]
    #[case::rate_limit(limited(), true, true)]
    #[case::rejected(Error::Validation { status: 422, message: String::new() }, false, false)]
    #[case::not_found(Error::NotFound, false, false)]
    #[case::locked(Error::Locked, false, false)]
    fn reads_are_retried_freely_and_writes_only_when_they_cannot_have_been_applied(
        #[case] error: Error,
        #[case] read: bool,
        #[case] write: bool,
    ) {
        assert_eq!((repeats(&error, true), repeats(&error, false)), (read, write));
    }

    #[rstest]
    #[case(transport(Stage::Connect), false)]
    #[case(transport(Stage::Request), true)]
    #[case(transport(Stage::Response), true)]
    #[case(server(500), true)]
    #[case(server(520), true)]
    #[case(server(521), false)]
    #[case(server(404), false)]
    #[case(server(413), false)]
    #[case(server(408), true)]
    #[case(limited(), false)]
    #[case(Error::NotFound, false)]
    fn a_write_without_a_clear_response_has_an_unknown_outcome(#[case] error: Error, #[case] unknown: bool) {
        let call = Call::post(["sync", "history"]);
        assert_eq!(matches!(mark_unknown(error, &call), Error::Unknown(_)), unknown);
    }

    proptest! {
        #[test]
        fn pauses_grow_and_stay_within_bounds(failures in 1u32..200, jitter in 0.0f64..=1.0) {
            let policy = RetryPolicy::default();
            let pause = policy.pause(failures, jitter);
            prop_assert!(pause >= policy.first_pause / 2 && pause <= policy.longest_pause);
            prop_assert!(policy.pause(failures + 1, jitter) >= pause);
        }
    }

    #[test]
    fn the_servers_retry_after_is_never_shortened() {
        let now = DateTime::<Utc>::UNIX_EPOCH;
        let error = Error::Server { status: 503, retry_at: Some(clock::after(now, Duration::from_secs(45))) };
        assert_eq!(RetryPolicy::default().next(&error, true, 1, now, 0.0), Some(Duration::from_secs(45)));
    }
}
