//! The status of a connection to Trakt.

use chrono::{DateTime, Utc};
use db::kinds::AccountState;

/// A temporary problem. It is not stored: the next call shows whether it persists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TemporaryProblem {
    /// Trakt or the network does not respond properly.
    Unreachable,
    /// Trakt asked to slow down.
    RateLimited {
        /// Until then.
        until: DateTime<Utc>,
    },
    /// The edge in front of Trakt blocks this address.
    EdgeBlocked {
        /// Not tried again before.
        until: DateTime<Utc>,
    },
    /// The connection has expired, and renewing it failed temporarily.
    NotRenewed {
        /// Not tried again before.
        until: DateTime<Utc>,
    },
    /// The database cannot store a renewed token, so none is requested.
    StoreNotWritable,
}

/// The status of a user's connection to Trakt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccountStatus {
    /// The server has no Trakt application.
    NotConfigured,
    /// The user is not connected.
    Disconnected,
    /// Everything works.
    Connected,
    /// Connected, with a temporary problem.
    Troubled(TemporaryProblem),
    /// The user has to connect again.
    Reconnect,
    /// Trakt rejects the server's application.
    ApplicationNotAllowed,
    /// Trakt locked the account.
    Locked,
    /// The account was deactivated on Trakt.
    Deactivated,
}

impl TemporaryProblem {
    /// The earliest time of the next attempt, if known.
    pub fn until(self) -> Option<DateTime<Utc>> {
        match self {
            Self::RateLimited { until } | Self::EdgeBlocked { until } | Self::NotRenewed { until } => {
                Some(until)
            }
            Self::Unreachable | Self::StoreNotWritable => None,
        }
    }

    /// Whether it has ended by `now`, as far as is known without another attempt.
    pub(crate) fn is_over(self, now: DateTime<Utc>) -> bool {
        self.until().is_some_and(|until| until <= now)
    }
}

impl AccountStatus {
    /// The status from the stored state, the configuration, and the last temporary problem.
    pub(crate) fn of(
        configured: bool,
        stored: Option<AccountState>,
        problem: Option<TemporaryProblem>,
    ) -> Self {
        match stored {
            None | Some(AccountState::Disconnected) if !configured => Self::NotConfigured,
            None | Some(AccountState::Disconnected) => Self::Disconnected,
            Some(_) if !configured => Self::NotConfigured,
            Some(AccountState::Connected) => problem.map_or(Self::Connected, Self::Troubled),
            Some(AccountState::Reconnect) => Self::Reconnect,
            Some(AccountState::ApplicationNotAllowed) => Self::ApplicationNotAllowed,
            Some(AccountState::Locked) => Self::Locked,
            Some(AccountState::Deactivated) => Self::Deactivated,
        }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::fresh_server(false, None, AccountStatus::NotConfigured)]
    #[case::ready_to_connect(true, None, AccountStatus::Disconnected)]
    #[case::left(true, Some(AccountState::Disconnected), AccountStatus::Disconnected)]
    #[case::works(true, Some(AccountState::Connected), AccountStatus::Connected)]
    #[case::application_removed(false, Some(AccountState::Connected), AccountStatus::NotConfigured)]
    #[case::revoked(true, Some(AccountState::Reconnect), AccountStatus::Reconnect)]
    #[case::locked(true, Some(AccountState::Locked), AccountStatus::Locked)]
    fn the_status_follows_from_the_stored_state(
        #[case] configured: bool,
        #[case] stored: Option<AccountState>,
        #[case] status: AccountStatus,
    ) {
        assert_eq!(AccountStatus::of(configured, stored, None), status);
    }

    #[test]
    fn a_temporary_problem_shows_only_while_the_account_is_connected() {
        let unreachable = Some(TemporaryProblem::Unreachable);
        let of = |stored| AccountStatus::of(true, Some(stored), unreachable);
        assert_eq!(of(AccountState::Connected), AccountStatus::Troubled(TemporaryProblem::Unreachable));
        assert_eq!(of(AccountState::Reconnect), AccountStatus::Reconnect);
    }
}
