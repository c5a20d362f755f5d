//! How far connecting is, and which ending an answer of Trakt's means.

use chrono::{DateTime, Utc};
use trakt::{
    Error as TraktError,
    auth::{DeviceFailure, DeviceFlow},
};

/// A code that waits for the person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Connecting {
    /// What the person enters.
    pub user_code: String,
    /// Where.
    pub verification_url: String,
    /// The page with the code filled in, for a link or a QR code.
    pub direct_url: Option<String>,
    /// When the code ends.
    pub expires_at: DateTime<Utc>,
    /// Trakt asked to poll more slowly: it may take a moment longer to notice.
    pub slow_down: bool,
}

/// How far connecting is. Every ending is distinct, because each asks for something else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConnectState {
    /// Nothing is under way.
    Idle,
    /// The code waits for the person.
    Pending(Connecting),
    /// Connected.
    Approved,
    /// The person said no.
    Denied,
    /// The code was not entered in time.
    Expired,
    /// The code was used already, or Trakt does not know it.
    Used,
    /// The application's secret is wrong.
    WrongSecret,
    /// Trakt refuses the application.
    ApplicationNotAllowed,
    /// Trakt could not be asked for a code.
    Unreachable,
    /// The approval came but could not be kept.
    NotSaved,
    /// Cancelled here.
    Cancelled,
}

pub(super) fn shown(flow: &DeviceFlow, slow_down: bool) -> Connecting {
    let code = flow.code();
    Connecting {
        user_code: code.user_code.clone(),
        verification_url: code.verification_url.clone(),
        direct_url: code.direct_url().map(String::from),
        expires_at: flow.expires_at(),
        slow_down,
    }
}

pub(super) fn failed(failure: DeviceFailure) -> ConnectState {
    match failure {
        DeviceFailure::Denied => ConnectState::Denied,
        DeviceFailure::Expired => ConnectState::Expired,
        DeviceFailure::AlreadyUsed | DeviceFailure::Unknown => ConnectState::Used,
    }
}

pub(super) fn is_passing(error: &TraktError) -> bool {
    matches!(
        error,
        TraktError::Transport { .. }
            | TraktError::Server { .. }
            | TraktError::EdgeBlock { .. }
            | TraktError::RateLimited { .. }
            | TraktError::Protocol { .. }
    )
}

/// What ends an attempt. Polling sends the secret: an application that was good enough for a code and is refused
/// afterwards has a wrong one.
pub(super) fn ending(error: &TraktError, polling: bool) -> ConnectState {
    match error {
        TraktError::ApplicationNotAllowed { status: 403 | 426 } => ConnectState::ApplicationNotAllowed,
        TraktError::ApplicationNotAllowed { .. } if polling => ConnectState::WrongSecret,
        TraktError::ApplicationNotAllowed { .. } => ConnectState::ApplicationNotAllowed,
        TraktError::Setup(_) => ConnectState::WrongSecret,
        _ => ConnectState::Unreachable,
    }
}
