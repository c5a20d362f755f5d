//! The device flow as a state machine, without I/O.

use std::time::Duration;

use chrono::{DateTime, Utc};

use super::{DeviceCode, DevicePoll};
use crate::token::Token;
use clock::after;

/// The device flow as a state machine: the caller shows the code, waits until [`DeviceFlow::next_poll`], polls, and
/// feeds the outcome to [`DeviceFlow::on`] until a [`DeviceStep`] ends it.
///
/// [`Auth::wait_for_device`](super::Auth::wait_for_device) does all of this with the client's clock.
#[derive(Debug, Clone)]
pub struct DeviceFlow {
    code: DeviceCode,
    interval: Duration,
    next_poll: DateTime<Utc>,
    expires_at: DateTime<Utc>,
}

/// The state of the device flow.
#[derive(Debug)]
pub enum DeviceStep {
    /// Poll again at this moment.
    Wait(DateTime<Utc>),
    /// The user approved.
    Connected(Token),
    /// The flow ended without a token.
    Failed(DeviceFailure),
}

/// Why the device flow ended without a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DeviceFailure {
    /// The user denied the request.
    #[error("the request was denied on Trakt")]
    Denied,
    /// The code was not entered in time.
    #[error("the code has expired; start again for a new one")]
    Expired,
    /// The code has already been used.
    #[error("the code has already been used; start again for a new one")]
    AlreadyUsed,
    /// Trakt does not know the code.
    #[error("Trakt does not know this code; start again for a new one")]
    Unknown,
}

impl DeviceFlow {
    /// Starts with the code that Trakt issued at `now`.
    pub fn new(code: DeviceCode, now: DateTime<Utc>) -> Self {
        let interval = code.interval.max(Duration::from_secs(1));
        let (next_poll, expires_at) = (after(now, interval), after(now, code.expires_in));
        Self { code, interval, next_poll, expires_at }
    }

    /// The code to show to the user.
    pub fn code(&self) -> &DeviceCode {
        &self.code
    }

    /// When to poll next.
    pub fn next_poll(&self) -> DateTime<Utc> {
        self.next_poll
    }

    /// When the code expires.
    pub fn expires_at(&self) -> DateTime<Utc> {
        self.expires_at
    }

    /// Processes the outcome of a poll made at `now`.
    pub fn on(&mut self, outcome: DevicePoll, now: DateTime<Utc>) -> DeviceStep {
        match outcome {
            DevicePoll::Approved(token) => return DeviceStep::Connected(token),
            DevicePoll::Denied => return DeviceStep::Failed(DeviceFailure::Denied),
            DevicePoll::Expired => return DeviceStep::Failed(DeviceFailure::Expired),
            DevicePoll::AlreadyUsed => return DeviceStep::Failed(DeviceFailure::AlreadyUsed),
            DevicePoll::Unknown => return DeviceStep::Failed(DeviceFailure::Unknown),
            // RFC 8628, 3.5: five seconds more, for this and all later polls.
            DevicePoll::SlowDown => self.interval += Duration::from_secs(5),
            DevicePoll::Pending => {}
        }
        self.next_poll = after(now, self.interval);
        if self.next_poll >= self.expires_at {
            DeviceStep::Failed(DeviceFailure::Expired)
        } else {
            DeviceStep::Wait(self.next_poll)
        }
    }
}

#[cfg(test)]
#[path = "flow_tests.rs"]
mod tests;
