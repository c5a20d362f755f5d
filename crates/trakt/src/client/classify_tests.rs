//! One row for each response of Trakt and its edge.

use bytes::Bytes;
use proptest::prelude::*;
use reqwest::header::{HeaderName, HeaderValue};
use rstest::rstest;

use super::*;
use crate::error::{Remedy, Scope, Suspension, WaitReason};
use crate::models::Movie;

const TRAKT: &[(&str, &str)] = &[("x-request-id", "1"), ("x-runtime", "0.1")];
const EDGE: &[(&str, &str)] = &[];
const HTML: &str = "<!DOCTYPE html><html>Just a moment...</html>";

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_760_000_000, 0).unwrap()
}

fn in_seconds(seconds: u64) -> DateTime<Utc> {
    after(now(), Duration::from_secs(seconds))
}

fn reply(status: u16, headers: &[&[(&str, &str)]], body: &str) -> Reply {
    let headers = headers.iter().copied().flatten().map(|(name, value)| {
        (HeaderName::from_bytes(name.as_bytes()).unwrap(), HeaderValue::from_str(value).unwrap())
    });
    Reply {
        status: StatusCode::from_u16(status).unwrap(),
        headers: headers.collect(),
        body: Bytes::copy_from_slice(body.as_bytes()),
    }
}

fn error_for(status: u16, headers: &[&[(&str, &str)]], body: &str) -> Error {
    classify(reply(status, headers, body), &["sync".into(), "history".into()], now()).unwrap_err()
}

#[rstest]
#[case::bad_request(400, Remedy::FixEntry)]
#[case::token_refused(401, Remedy::Reconnect)]
#[case::forbidden(403, Remedy::FixEntry)]
#[case::not_found(404, Remedy::NotFound)]
#[case::method(405, Remedy::FixEntry)]
#[case::conflict(409, Remedy::AlreadyDone)]
#[case::content_type(412, Remedy::FixEntry)]
#[case::account_limit(420, Remedy::RaiseLimit)]
#[case::validation(422, Remedy::FixEntry)]
#[case::locked(423, Remedy::RestoreAccount(Suspension::Locked))]
#[case::vip(426, Remedy::RaiseLimit)]
#[case::rate_limit(429, Remedy::Wait { until: in_seconds(10), why: WaitReason::RateLimit })]
#[case::server(500, Remedy::RetryLater(Scope::ThisCall))]
#[case::bad_gateway(502, Remedy::RetryLater(Scope::ThisCall))]
#[case::overloaded(503, Remedy::RetryLater(Scope::ThisCall))]
#[case::timeout(504, Remedy::RetryLater(Scope::ThisCall))]
#[case::edge_unknown(520, Remedy::RetryLater(Scope::ThisCall))]
#[case::edge_down(521, Remedy::RetryLater(Scope::ThisCall))]
#[case::edge_timeout(522, Remedy::RetryLater(Scope::ThisCall))]
fn every_status_has_a_remedy(#[case] status: u16, #[case] remedy: Remedy) {
    assert_eq!(error_for(status, &[TRAKT], "").remedy(), remedy);
}

/// An edge page is an outage, not a rejection of the request, so queued work must be kept and retried.
#[rstest]
#[case::html(HTML)]
#[case::empty("")]
fn an_edge_error_is_an_outage_and_not_a_rejection(#[case] body: &str) {
    for status in [400, 404, 405, 408, 409, 412, 413, 422, 423, 426] {
        let error = error_for(status, &[EDGE], body);
        assert!(matches!(error, Error::Server { status: reported, .. } if reported == status), "{error}");
        assert_eq!(error.remedy(), Remedy::RetryLater(Scope::ThisCall));
    }
}

#[rstest]
#[case::a_year("31536000")]
#[case::a_date_far_away("Fri, 09 Oct 2026 08:53:20 GMT")]
fn retry_after_is_capped_at_one_hour(#[case] retry_after: &str) {
    let headers: &[(&str, &str)] = &[("retry-after", retry_after)];
    for (status, origin) in [(429, TRAKT), (429, EDGE), (403, EDGE), (503, TRAKT)] {
        let error = error_for(status, &[origin, headers], "");
        let Remedy::Wait { until, .. } = error.remedy() else { panic!("{error}") };
        assert_eq!(until, in_seconds(3600), "{status}");
    }
}

#[rstest]
#[case::a_date_in_the_past("Thu, 09 Oct 2025 08:00:00 GMT")]
#[case::negative("-5")]
#[case::text("soon")]
fn an_unusable_retry_after_is_ignored(#[case] retry_after: &str) {
    let error = error_for(429, &[TRAKT, &[("retry-after", retry_after)]], "");
    assert!(matches!(error, Error::RateLimited { until } if until == in_seconds(10)), "{error}");
}

#[test]
fn a_rate_limit_window_in_the_past_pauses_briefly() {
    let limit = r#"{"name":"x","period":300,"limit":500,"remaining":0,"until":"2025-10-09T08:50:00Z"}"#;
    let error = error_for(429, &[TRAKT, &[("x-ratelimit", limit)]], "");
    assert!(matches!(error, Error::RateLimited { until } if until == in_seconds(10)), "{error}");
}

#[rstest]
#[case(401)]
#[case(403)]
fn a_rejection_without_trakts_headers_is_an_edge_block(#[case] status: u16) {
    let error = error_for(status, &[EDGE], HTML);
    assert!(matches!(error, Error::EdgeBlock { until, .. } if until == in_seconds(300)), "{error}");
}

#[test]
fn an_edge_429_pauses_for_its_retry_after() {
    let error = error_for(429, &[EDGE, &[("retry-after", "120")]], HTML);
    assert!(matches!(error, Error::EdgeBlock { status: 429, until } if until == in_seconds(120)));
}

#[test]
fn a_429_of_trakt_pauses_for_its_retry_after() {
    let limit = r#"{"name":"AUTHED_API_POST_LIMIT","period":1,"limit":1,"remaining":0,"until":"2025-10-09T08:53:21Z"}"#;
    let error = error_for(429, &[TRAKT, &[("retry-after", "7"), ("x-ratelimit", limit)]], "");
    assert!(matches!(error, Error::RateLimited { until } if until == in_seconds(7)));
}

#[test]
fn retry_after_may_be_a_date() {
    let date = "Thu, 09 Oct 2025 08:53:30 GMT";
    let Error::RateLimited { until } = error_for(429, &[TRAKT, &[("retry-after", date)]], "") else {
        panic!()
    };
    assert_eq!(until, in_seconds(10));
}

#[test]
fn a_rate_limit_window_is_capped_at_its_period() {
    let limit = r#"{"name":"x","period":60,"limit":1,"remaining":0,"until":"2099-01-01T00:00:00Z"}"#;
    let error = error_for(429, &[&[("x-ratelimit", limit)]], "");
    assert!(matches!(error, Error::RateLimited { until } if until == in_seconds(60)));
}

#[test]
fn locked_and_deactivated_accounts_are_distinguished() {
    assert!(matches!(error_for(423, &[TRAKT, &[("x-account-locked", "true")]], ""), Error::Locked));
    assert!(matches!(error_for(423, &[TRAKT, &[("x-account-deactivated", "true")]], ""), Error::Deactivated));
}

#[test]
fn a_private_profile_is_not_a_lost_connection() {
    assert!(matches!(error_for(401, &[TRAKT, &[("x-private-user", "true")]], ""), Error::Private));
}

#[test]
fn an_account_limit_names_what_is_full_and_its_limit() {
    let headers: &[(&str, &str)] = &[("x-account-limit", "250"), ("x-vip-user", "false")];
    let path = ["users", "me", "lists", "7", "items"].map(String::from);
    let error = classify(reply(420, &[TRAKT, headers], ""), &path, now()).unwrap_err();
    let Error::AccountLimit { what, limit, vip, .. } = error else { panic!("{error}") };
    assert_eq!((what, limit, vip), (Limited::ListItems, Some(250), Some(false)));
}

#[test]
fn a_conflict_contains_its_times() {
    let body = r#"{"watched_at":"2026-10-01T20:00:00.000Z","expires_at":"2026-10-01T22:00:00.000Z"}"#;
    let Error::Conflict(conflict) = error_for(409, &[TRAKT], body) else { panic!() };
    assert_eq!(conflict.watched_at.unwrap().timestamp(), 1_790_884_800);
    assert!(conflict.expires_at > conflict.watched_at);
}

#[test]
fn a_validation_error_contains_trakts_message_but_no_web_page() {
    let Error::Validation { message, .. } =
        error_for(422, &[TRAKT], r#"{"errors":{"progress":["too small"]}}"#)
    else {
        panic!()
    };
    assert!(message.contains("too small"));
    let Error::Validation { message, .. } = error_for(400, &[TRAKT], HTML) else { panic!() };
    assert_eq!(message, "");
}

#[rstest]
#[case::html(HTML, Unexpected::Html)]
#[case::empty("", Unexpected::Empty)]
fn a_success_without_data_is_a_protocol_error(#[case] body: &str, #[case] expected: Unexpected) {
    let error = LenientBody::read::<Movie>(StatusCode::OK, body.as_bytes()).unwrap_err();
    assert!(matches!(error, Error::Protocol { what, .. } if what == expected));
}

#[test]
fn an_empty_body_reads_as_none_for_an_option() {
    assert_eq!(LenientBody::read::<Option<Movie>>(StatusCode::NO_CONTENT, b"").unwrap(), None);
}

#[test]
fn a_204_response_to_a_write_is_a_success() {
    let hidden = LenientBody::read::<crate::models::Added>(StatusCode::NO_CONTENT, b"").unwrap();
    assert_eq!(hidden.added.total(), 0);
    let lost = LenientBody::read::<crate::models::Added>(StatusCode::CREATED, b"").unwrap_err();
    assert!(matches!(lost, Error::Protocol { what: Unexpected::Empty, .. }), "{lost}");
}

proptest! {
    #[test]
    fn no_response_makes_the_reader_panic(
        status in 100u16..=599,
        trakt in any::<bool>(),
        retry in "[0-9a-zA-Z.:+-]{0,25}",
        limit in "[{}\":a-z0-9,-]{0,60}",
        body in prop::collection::vec(any::<u8>(), 0..200),
    ) {
        let extra: &[(&str, &str)] = &[("retry-after", &retry), ("x-ratelimit", &limit)];
        let mut reply = reply(status, &[if trakt { TRAKT } else { EDGE }, extra], "");
        reply.body = Bytes::from(body);
        if let Ok(reply) = classify(reply, &["movies".into()], now()) {
            let _ = LenientBody::read::<Movie>(reply.status, &reply.body);
        }
    }
}
