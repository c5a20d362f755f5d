use rstest::rstest;

use super::*;

fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(seconds, 0).unwrap()
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
fn slow_down_raises_the_interval_of_all_later_polls() {
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
fn a_final_outcome_ends_the_flow(#[case] outcome: DevicePoll, #[case] failure: DeviceFailure) {
    assert!(matches!(flow().on(outcome, at(5)), DeviceStep::Failed(reported) if reported == failure));
}

#[test]
fn a_code_is_not_polled_after_it_expires() {
    assert!(matches!(flow().on(DevicePoll::Pending, at(596)), DeviceStep::Failed(DeviceFailure::Expired)));
}

#[test]
fn the_direct_url_contains_the_code() {
    assert_eq!(flow().code().direct_url().unwrap().as_str(), "https://trakt.tv/activate/ABCD1234");
}
