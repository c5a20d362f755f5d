//! When a token is used as it is and when it is renewed first.

use chrono::{DateTime, Utc};

use crate::token::Token;

/// What to do before calling with a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RenewalDecision {
    /// Use it as it is.
    Use,
    /// Renew it; if that fails temporarily, the old token still works.
    RenewIfPossible,
    /// It has expired: nothing works until it is renewed.
    Renew,
}

/// Decides by the token's own lifetime: `fraction` of `expires_in`, never a fixed window.
pub(super) fn decide(token: &Token, fraction: f64, now: DateTime<Utc>) -> RenewalDecision {
    if now >= token.expires_at() {
        RenewalDecision::Renew
    } else if now >= token.refresh_at(fraction) {
        RenewalDecision::RenewIfPossible
    } else {
        RenewalDecision::Use
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::token::TokenParts;

    const DAY: i64 = 86_400;

    fn token(life: i64) -> Token {
        Token::from(TokenParts {
            access_token: "access".into(),
            token_type: "bearer".into(),
            expires_in: life as u64,
            refresh_token: "refresh".into(),
            scope: "public".into(),
            created_at: 0,
        })
    }

    /// A fixed window of days would renew a token of 24 hours on every call.
    #[rstest]
    #[case::one_day(DAY)]
    #[case::seven_days(7 * DAY)]
    #[case::three_months(90 * DAY)]
    fn a_token_is_renewed_after_a_fraction_of_its_lifetime(#[case] life: i64) {
        let token = token(life);
        let decide = |share: f64| {
            let now = DateTime::from_timestamp((life as f64 * share) as i64, 0).unwrap();
            decide(&token, 0.75, now)
        };
        assert_eq!(decide(0.0), RenewalDecision::Use);
        assert_eq!(decide(0.7), RenewalDecision::Use);
        assert_eq!(decide(0.8), RenewalDecision::RenewIfPossible);
        assert_eq!(decide(1.0), RenewalDecision::Renew);
    }
}
