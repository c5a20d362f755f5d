//! Codes for failures to send to Trakt.

use api_types::trakt::FailureCode;
use sync::{Failure, RowFailure};

/// The code for a failure stored in a queue row. `stored` is the code in the row, used for sentences of earlier
/// versions.
pub(super) fn code_of(failure: &RowFailure, stored: &str) -> FailureCode {
    match failure {
        RowFailure::Known(failure) => known(failure),
        RowFailure::Sentence(_) => serde_json::from_value(stored.into()).unwrap_or(FailureCode::Other),
        RowFailure::Other => FailureCode::Other,
    }
}

fn known(failure: &Failure) -> FailureCode {
    match failure {
        Failure::Reconnect => FailureCode::Reconnect,
        Failure::ApplicationNotAllowed { .. } => FailureCode::ApplicationNotAllowed,
        Failure::EdgeBlocked { .. } => FailureCode::EdgeBlocked,
        Failure::RateLimited { .. } => FailureCode::RateLimited,
        Failure::RenewalFailed { .. } => FailureCode::RenewalFailed,
        Failure::AccountLimit { .. } => FailureCode::AccountLimit,
        Failure::Locked => FailureCode::Locked,
        Failure::Deactivated => FailureCode::Deactivated,
        Failure::VipNeeded => FailureCode::VipNeeded,
        Failure::Refused { .. } => FailureCode::Refused,
        Failure::Forbidden => FailureCode::Forbidden,
        Failure::NotFound => FailureCode::NotFound,
        Failure::AlreadyCounted => FailureCode::AlreadyCounted,
        Failure::Server { .. } => FailureCode::Server,
        Failure::Unreachable => FailureCode::Unreachable,
        Failure::UnexpectedAnswer => FailureCode::UnexpectedAnswer,
        Failure::Unknown => FailureCode::Unknown,
        Failure::NotTaken => FailureCode::NotTaken,
        Failure::TokenStore => FailureCode::TokenStore,
        Failure::NotSetUp => FailureCode::NotSetUp,
        Failure::Failed => FailureCode::Failed,
        Failure::NotMatched => FailureCode::NotMatched,
        Failure::Unreadable => FailureCode::Unreadable,
        Failure::OtherAccount { .. } => FailureCode::OtherAccount,
        Failure::Split => FailureCode::Split,
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::known(RowFailure::Known(Failure::Locked), "locked", FailureCode::Locked)]
    #[case::with_facts(
        RowFailure::Known(Failure::Refused { message: "invalid".into() }),
        "refused",
        FailureCode::Refused
    )]
    #[case::earlier(RowFailure::Sentence("Trakt is away.".into()), "server", FailureCode::Server)]
    #[case::forgotten(RowFailure::Sentence("Trakt is away.".into()), "comet", FailureCode::Other)]
    #[case::later(RowFailure::Other, "moon_phase", FailureCode::Other)]
    fn every_row_has_a_code(#[case] failure: RowFailure, #[case] stored: &str, #[case] code: FailureCode) {
        assert_eq!(code_of(&failure, stored), code);
    }
}
