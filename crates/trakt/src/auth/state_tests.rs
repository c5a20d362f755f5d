use rstest::rstest;

use super::*;
use crate::token::TokenParts;

const DAY: i64 = 86_400;

fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(seconds, 0).unwrap()
}

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

/// Whatever the life is today, a token is used for most of it: a fixed window of days would renew a token of 24 hours
/// on every call.
#[rstest]
#[case::one_day(DAY)]
#[case::seven_days(7 * DAY)]
#[case::three_months(90 * DAY)]
fn a_token_is_renewed_after_a_fraction_of_its_life(#[case] life: i64) {
    let token = token(life);
    let decide = |share: f64| decide(&token, 0.75, at((life as f64 * share) as i64));
    assert_eq!(decide(0.0), Decision::Use);
    assert_eq!(decide(0.7), Decision::Use);
    assert_eq!(decide(0.8), Decision::RenewIfPossible);
    assert_eq!(decide(1.0), Decision::Renew);
}

fn flow() -> DeviceFlow {
    let code = DeviceCode {
        device_code: "secret".to_owned().into(),
        user_code: "ABCD1234".into(),
        verification_url: "https://trakt.tv/activate".into(),
        expires_in: Duration::from_secs(600),
        interval: Duration::from_secs(5),
    };
    DeviceFlow::new(code, at(0))
}

fn next(step: DeviceStep) -> i64 {
    match step {
        DeviceStep::Wait(moment) => moment.timestamp(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn polls_keep_the_interval_and_slow_down_for_good_when_told() {
    let mut flow = flow();
    assert_eq!(flow.next_poll(), at(5));
    assert_eq!(next(flow.on(DevicePoll::Pending, at(5))), 10);
    assert_eq!(next(flow.on(DevicePoll::SlowDown, at(10))), 20);
    assert_eq!(next(flow.on(DevicePoll::Pending, at(20))), 30);
}

#[rstest]
#[case(DevicePoll::Denied, DeviceFailure::Denied)]
#[case(DevicePoll::Expired, DeviceFailure::Expired)]
#[case(DevicePoll::AlreadyUsed, DeviceFailure::AlreadyUsed)]
#[case(DevicePoll::Unknown, DeviceFailure::Unknown)]
fn a_decided_code_ends_the_flow(#[case] outcome: DevicePoll, #[case] failure: DeviceFailure) {
    assert!(matches!(flow().on(outcome, at(5)), DeviceStep::Failed(told) if told == failure));
}

#[test]
fn nobody_polls_a_code_past_its_life() {
    assert!(matches!(flow().on(DevicePoll::Pending, at(596)), DeviceStep::Failed(DeviceFailure::Expired)));
}

#[test]
fn the_code_fits_into_a_link() {
    assert_eq!(flow().code().direct_url().unwrap().as_str(), "https://trakt.tv/activate/ABCD1234");
}
