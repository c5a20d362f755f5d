//! Maps Trakt's response to the end of an attempt.

use trakt::auth::{DeviceFailure, DeviceFlow};

use crate::{
    account::{Effect, Verdict},
    status::{ConnectState, Connecting, Failure},
};

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

/// Whether polling can continue after this failure.
pub(super) fn is_temporary(verdict: &Verdict) -> bool {
    match verdict.effect {
        Effect::Pause { .. } | Effect::Retry { .. } => true,
        Effect::Stop(_) | Effect::Done | Effect::Refuse => false,
    }
}

/// The final state of an attempt. Polling sends the Client Secret: if Trakt issued a code for the application
/// and rejects it while polling, the secret is wrong.
pub(super) fn ending(verdict: &Verdict, polling: bool) -> ConnectState {
    match verdict.failure {
        Failure::ApplicationNotAllowed { status: Some(403 | 426) } => ConnectState::ApplicationNotAllowed,
        Failure::ApplicationNotAllowed { .. } if polling => ConnectState::WrongSecret,
        Failure::ApplicationNotAllowed { .. } => ConnectState::ApplicationNotAllowed,
        Failure::NotSetUp => ConnectState::WrongSecret,
        _ => ConnectState::Unreachable,
    }
}
