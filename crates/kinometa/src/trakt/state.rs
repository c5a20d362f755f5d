//! The states of a connection in words: what it is, what it means, what to do.

use db::kinds::AccountState;

use crate::model::trakt::TraktState;

/// The state that is shown for a stored one.
pub(super) fn of_account(state: AccountState) -> TraktState {
    match state {
        AccountState::Connected => TraktState::Connected,
        AccountState::Reconnect => TraktState::Reconnect,
        AccountState::ApplicationNotAllowed => TraktState::ApplicationNotAllowed,
        AccountState::Locked => TraktState::Locked,
        AccountState::Deactivated => TraktState::Deactivated,
        AccountState::Disconnected => TraktState::Disconnected,
    }
}
