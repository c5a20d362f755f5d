//! One row for each answer that facts.md describes.

use bytes::Bytes;
use proptest::prelude::*;
use reqwest::header::{HeaderName, HeaderValue};
use rstest::rstest;

use super::*;
use crate::error::Remedy;
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

fn judge(status: u16, headers: &[&[(&str, &str)]], body: &str) -> Error {
    classify(reply(status, headers, body), &["sync".into(), "history".into()], now()).unwrap_err()
}

#[rstest]
#[case::bad_request(400, Remedy::GiveUp)]
#[case::token_refused(401, Remedy::Connect)]
#[case::forbidden(403, Remedy::GiveUp)]
#[case::not_found(404, Remedy::GiveUp)]
#[case::method(405, Remedy::GiveUp)]
#[case::conflict(409, Remedy::Nothing)]
#[case::content_type(412, Remedy::GiveUp)]
#[case::account_limit(420, Remedy::AccountOwner)]
#[case::validation(422, Remedy::GiveUp)]
#[case::locked(423, Remedy::AccountOwner)]
#[case::vip(426, Remedy::AccountOwner)]
#[case::rate_limit(429, Remedy::Wait(Some(in_seconds(10))))]
#[case::server(500, Remedy::Wait(None))]
#[case::bad_gateway(502, Remedy::Wait(None))]
#[case::overloaded(503, Remedy::Wait(None))]
#[case::edge_unknown(520, Remedy::Wait(None))]
#[case::edge_down(521, Remedy::Wait(None))]
#[case::edge_timeout(522, Remedy::Wait(None))]
fn every_status_has_a_remedy(#[case] status: u16, #[case] remedy: Remedy) {
    assert_eq!(judge(status, &[TRAKT], "").remedy(), remedy);
}

#[rstest]
#[case(401)]
#[case(403)]
fn a_refusal_without_trakts_own_headers_is_the_edge(#[case] status: u16) {
    let error = judge(status, &[EDGE], HTML);
    assert!(matches!(error, Error::EdgeBlock { until, .. } if until == in_seconds(300)), "{error}");
}

#[test]
fn the_edges_429_pauses_for_as_long_as_it_says() {
    let error = judge(429, &[EDGE, &[("retry-after", "120")]], HTML);
    assert!(matches!(error, Error::EdgeBlock { status: 429, until } if until == in_seconds(120)));
}

#[test]
fn trakts_429_ends_when_retry_after_says() {
    let limit = r#"{"name":"AUTHED_API_POST_LIMIT","period":1,"limit":1,"remaining":0,"until":"2025-10-09T08:53:21Z"}"#;
    let error = judge(429, &[TRAKT, &[("retry-after", "7"), ("x-ratelimit", limit)]], "");
    assert!(matches!(error, Error::RateLimited { until } if until == in_seconds(7)));
}

#[test]
fn retry_after_may_be_a_date() {
    let date = "Thu, 09 Oct 2025 08:53:30 GMT";
    let Error::RateLimited { until } = judge(429, &[TRAKT, &[("retry-after", date)]], "") else { panic!() };
    assert_eq!(until, in_seconds(10));
}

#[test]
fn a_window_that_ends_far_away_is_never_believed_beyond_its_period() {
    let limit = r#"{"name":"x","period":60,"limit":1,"remaining":0,"until":"2099-01-01T00:00:00Z"}"#;
    let error = judge(429, &[&[("x-ratelimit", limit)]], "");
    assert!(matches!(error, Error::RateLimited { until } if until == in_seconds(60)));
}

#[test]
fn a_locked_account_is_told_from_a_deactivated_one() {
    assert!(matches!(judge(423, &[TRAKT, &[("x-account-locked", "true")]], ""), Error::Locked));
    assert!(matches!(judge(423, &[TRAKT, &[("x-account-deactivated", "true")]], ""), Error::Deactivated));
}

#[test]
fn a_private_member_does_not_look_like_a_lost_connection() {
    assert!(matches!(judge(401, &[TRAKT, &[("x-private-user", "true")]], ""), Error::Private));
}

#[test]
fn the_account_limit_says_what_is_full_and_how_many_it_holds() {
    let headers: &[(&str, &str)] = &[("x-account-limit", "250"), ("x-vip-user", "false")];
    let path = ["users", "me", "lists", "7", "items"].map(String::from);
    let error = classify(reply(420, &[TRAKT, headers], ""), &path, now()).unwrap_err();
    let Error::AccountLimit { what, limit, vip, .. } = error else { panic!("{error}") };
    assert_eq!((what, limit, vip), (Limited::ListItems, Some(250), Some(false)));
}

#[test]
fn a_conflict_says_when() {
    let body = r#"{"watched_at":"2026-10-01T20:00:00.000Z","expires_at":"2026-10-01T22:00:00.000Z"}"#;
    let Error::Conflict(conflict) = judge(409, &[TRAKT], body) else { panic!() };
    assert_eq!(conflict.watched_at.unwrap().timestamp(), 1_790_884_800);
    assert!(conflict.expires_at > conflict.watched_at);
}

#[test]
fn a_validation_error_repeats_trakts_words_and_never_a_web_page() {
    let Error::Validation { message, .. } = judge(422, &[TRAKT], r#"{"errors":{"progress":["too small"]}}"#)
    else {
        panic!()
    };
    assert!(message.contains("too small"));
    let Error::Validation { message, .. } = judge(400, &[EDGE], HTML) else { panic!() };
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
fn an_empty_body_is_nothing_where_nothing_is_possible() {
    assert_eq!(LenientBody::read::<Option<Movie>>(StatusCode::NO_CONTENT, b"").unwrap(), None);
}

proptest! {
    #[test]
    fn no_answer_makes_the_reader_panic(
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
