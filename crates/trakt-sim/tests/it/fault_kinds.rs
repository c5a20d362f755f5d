//! The less common faults.

use chrono::Duration;
use rstest::rstest;
use serde_json::{Value, json};
use trakt_sim::{
    Application, ApplicationStatus, DEMO_CLIENT_ID, DEMO_CLIENT_SECRET, DEMO_USER, Fault, FaultKind,
    GUEST_USER, SecondApplication, SimHandle,
};

use crate::client::{Answer, Device, read};
use crate::{MOVIE, SHOW, builder, sim, sim_with_history};

const COUNTS: [&str; 2] = ["x-pagination-page-count", "x-pagination-item-count"];

fn counts(answer: &Answer) -> [usize; 2] {
    COUNTS.map(|name| answer.count(name))
}

fn movies(numbers: impl IntoIterator<Item = u64>) -> Value {
    json!({"movies": numbers.into_iter().map(|n| json!({"ids": {"trakt": n}})).collect::<Vec<_>>()})
}

#[rstest]
#[case::lagging(FaultKind::StaleCounts { items: -60 }, [2, 190])]
#[case::too_high(FaultKind::StaleCounts { items: 60 }, [4, 310])]
#[case::clamped(FaultKind::ClampedCounts { items: 100 }, [1, 100])]
#[case::of_another_list(FaultKind::ForeignPageHeaders { items: 7 }, [1, 7])]
#[tokio::test]
async fn wrong_counts_are_announced_although_the_pages_are_complete(
    #[case] kind: FaultKind,
    #[case] announced: [usize; 2],
) {
    let sim = sim_with_history(250).await;
    sim.add_fault(Fault::on("/sync/history", kind));
    let device = Device::demo(&sim);
    let mut sizes = Vec::new();
    for page in 1..=4 {
        let answer = device.get(&format!("/sync/history?page={page}")).await;
        assert_eq!(counts(&answer), announced);
        sizes.push(answer.items().len());
    }
    assert_eq!(sizes, [100, 100, 50, 0]);
}

#[rstest]
#[case::one_page(Some(2), [100, 57, 100, 50])]
#[case::every_full_page(None, [57, 57, 57, 50])]
#[tokio::test]
async fn pages_can_be_short_before_the_last_one(#[case] page: Option<usize>, #[case] sizes: [usize; 4]) {
    let sim = sim_with_history(350).await;
    sim.add_fault(Fault::on("/sync/history", FaultKind::ShortPages { by: 43, page }));
    let device = Device::demo(&sim);
    for (n, size) in sizes.into_iter().enumerate() {
        let answer = device.get(&format!("/sync/history?page={}", n + 1)).await;
        assert_eq!((answer.items().len(), counts(&answer)), (size, [4, 350]), "page {}", n + 1);
    }
}

#[tokio::test]
async fn page_headers_can_be_dropped() {
    let sim = sim_with_history(150).await;
    sim.add_fault(Fault::on("/sync/history", FaultKind::DropPageHeaders).times(1));
    let device = Device::demo(&sim);
    let bare = device.get("/sync/history").await;
    let headers = bare.headers.keys().filter(|name| name.as_str().starts_with("x-pagination")).count();
    assert_eq!((bare.items().len(), headers), (100, 0));
    assert_eq!(counts(&device.get("/sync/history").await), [2, 150]);
}

#[tokio::test]
async fn the_compact_form_can_be_paginated_like_other_lists() {
    let sim = sim_with_history(300).await;
    sim.add_fault(Fault::on("/users/me/watched", FaultKind::PaginatedCompact { limit: 25 }));
    let page = Device::demo(&sim).get("/users/me/watched/movies?extended=min&limit=10000").await;
    assert_eq!(page.body.as_object().expect("an object").len(), 25);
    assert_eq!(page.count("x-pagination-limit"), 25);
    assert!(page.count("x-pagination-page-count") > 1);
}

#[tokio::test]
async fn episodes_can_have_an_empty_imdb_id() {
    let sim = sim_with_history(50).await;
    sim.add_fault(Fault::on("/sync/history", FaultKind::EmptyImdb));
    let episode = Device::demo(&sim).get("/sync/history/episodes").await.items()[0].clone();
    assert_eq!(episode["episode"]["ids"]["imdb"], "");
    assert_ne!(episode["show"]["ids"]["imdb"], "");
}

#[tokio::test]
async fn the_end_of_a_rate_limit_can_be_in_the_past() {
    let sim = sim().await;
    sim.add_fault(Fault::on("/users", FaultKind::LimitUntil { seconds: -600 }));
    let answer = Device::demo(&sim).get("/users/settings").await;
    let limit: Value = serde_json::from_str(answer.header("x-ratelimit").expect("the header")).expect("JSON");
    assert_eq!(limit["until"], "2026-11-21T12:25:00.000Z");
}

#[rstest]
#[case(400)]
#[case(404)]
#[case(405)]
#[case(422)]
#[tokio::test]
async fn rejected_pauses_change_nothing(#[case] status: u16) {
    let sim = sim().await;
    sim.add_fault(Fault::on("/scrobble/pause", FaultKind::Refused { status, body: None }));
    let device = Device::demo(&sim);
    let at = json!({"movie": {"ids": {"trakt": MOVIE}}, "progress": 40.0});
    assert_eq!(device.post("/scrobble/start", at.clone()).await.status, 201);
    let refused = device.post("/scrobble/pause", at).await;
    assert!(refused.status == status && refused.header("x-request-id").is_some());
    assert_eq!(device.get("/users/me/watching").await.status, 200);
    assert_eq!(device.get("/sync/playback").await.items().len(), 0);
}

#[rstest]
#[case(400)]
#[case(404)]
#[case(405)]
#[case(408)]
#[case(413)]
#[tokio::test]
async fn the_edge_can_return_html_with_any_status_and_without_a_request_id(#[case] status: u16) {
    let sim = sim().await;
    sim.add_fault(Fault::on("/sync/history", FaultKind::Html { status }).times(1));
    let device = Device::demo(&sim);
    let edge = device.post("/sync/history", movies([MOVIE])).await;
    assert!(edge.status == status && edge.text.contains("<html>") && edge.header("x-request-id").is_none());
    assert_eq!(device.get("/sync/history").await.items().len(), 0);
}

#[rstest]
#[case("temporarily_unavailable", 503)]
#[case("invalid_grant", 400)]
#[case("invalid_client", 401)]
#[tokio::test]
async fn oauth_errors_do_not_use_up_the_refresh_token(#[case] error: &str, #[case] status: u16) {
    let sim = sim().await;
    let kind = FaultKind::OAuthError { error: error.into(), status };
    sim.add_fault(Fault::on("/oauth/token", kind).times(1));
    let pair = sim.issue_token(DEMO_USER);
    let device = Device::anonymous(&sim);
    let refused = device.refresh(&pair.refresh_token).await;
    assert_eq!((refused.status, &refused.body["error"]), (status, &json!(error)));
    assert_eq!(device.refresh(&pair.refresh_token).await.status, 200);
}

async fn plays(sim: &SimHandle) -> Vec<Value> {
    let history = sim.act(DEMO_USER, "GET", "/sync/history", None).body;
    history.as_array().expect("plays").clone()
}

#[tokio::test]
async fn writes_can_be_applied_after_the_client_gave_up() {
    let sim = sim().await;
    let kind = FaultKind::ApplyLate { seconds: 45, hang_milliseconds: 0 };
    sim.add_fault(Fault::on("/sync/history", kind).method("POST").times(1));
    let device = Device::demo(&sim);
    let write = device.request(reqwest::Method::POST, "/sync/history").json(&movies([MOVIE]));
    assert!(read(write).await.is_err(), "the connection breaks");
    assert_eq!(plays(&sim).await.len(), 0);
    sim.advance(Duration::seconds(44));
    assert_eq!(device.get("/sync/history").await.items().len(), 0);
    sim.advance(Duration::seconds(1));
    let watched_at = &plays(&sim).await[0]["watched_at"];
    assert_eq!(
        watched_at, "2026-11-21T12:35:00.000Z",
        "the play has the time at which the write was applied"
    );
    let activities = device.get("/sync/last_activities").await.body;
    assert_eq!(activities["movies"]["watched_at"], "2026-11-21T12:35:41.000Z");
    sim.advance(Duration::hours(1));
    assert_eq!(plays(&sim).await.len(), 1, "the write is applied only once");
}

#[tokio::test]
async fn late_refreshes_use_up_the_refresh_token() {
    let sim = sim().await;
    let kind = FaultKind::ApplyLate { seconds: 30, hang_milliseconds: 0 };
    sim.add_fault(Fault::on("/oauth/token", kind).times(1));
    let pair = sim.issue_token(DEMO_USER);
    let device = Device { token: Some(pair.access_token), ..Device::anonymous(&sim) };
    let refresh = json!({"client_id": DEMO_CLIENT_ID, "client_secret": DEMO_CLIENT_SECRET,
        "grant_type": "refresh_token", "refresh_token": pair.refresh_token});
    let lost = device.request(reqwest::Method::POST, "/oauth/token").json(&refresh);
    assert!(read(lost).await.is_err());
    assert_eq!(device.get("/users/settings").await.status, 200);
    sim.advance(Duration::seconds(30));
    assert_eq!(device.get("/users/settings").await.status, 401);
    assert_eq!(device.refresh(&pair.refresh_token).await.body["error"], "invalid_grant");
}

#[tokio::test]
async fn the_connection_of_a_late_write_can_hang_before_it_breaks() {
    let sim = sim().await;
    let kind = FaultKind::ApplyLate { seconds: 1, hang_milliseconds: 60 };
    sim.add_fault(Fault::on("/sync/history", kind).times(1));
    let device = Device::demo(&sim);
    let started = std::time::Instant::now();
    let write = device.request(reqwest::Method::POST, "/sync/history").json(&movies([MOVIE]));
    assert!(read(write).await.is_err());
    assert!(started.elapsed().as_millis() >= 60);
}

#[rstest]
#[case("/sync/history", 0)]
#[case("/sync/history", 2)]
#[case("/sync/watchlist", 1)]
#[case("/sync/ratings", 1)]
#[case("/sync/collection", 1)]
#[tokio::test]
async fn writes_can_accept_only_some_of_their_items(#[case] path: &str, #[case] keep: usize) {
    let sim = sim().await;
    sim.add_fault(Fault::on(path, FaultKind::PartialAdd { keep }).method("POST"));
    let device = Device::demo(&sim);
    let sent: Vec<Value> = (0..3).map(|n| json!({"ids": {"trakt": MOVIE + n}, "rating": 7})).collect();
    let answer = device.post(path, json!({"movies": sent})).await;
    assert_eq!((answer.status, &answer.body["added"]["movies"]), (201, &json!(keep)));
    assert_eq!(answer.body["not_found"]["movies"], json!([]));
    assert_eq!(device.get(&format!("{path}/movies")).await.items().len(), keep);
}

#[tokio::test]
async fn entries_of_not_found_can_lack_ids() {
    let sim = builder().unrecorded().start().await.expect("a free port");
    sim.add_fault(Fault::on("/sync/history", FaultKind::NotFoundWithoutIds));
    let unknown = json!({"movies": [{"ids": {"imdb": "tt0000000"}, "title": "Nothing"}]});
    let answer = Device::demo(&sim).post("/sync/history", unknown).await;
    assert_eq!(answer.body["not_found"]["movies"], json!([{"title": "Nothing"}]));
}

#[tokio::test]
async fn episodes_with_only_imdb_or_tmdb_ids_can_be_rejected() {
    let sim = builder().unrecorded().start().await.expect("a free port");
    let device = Device::demo(&sim);
    let ids = device.get(&format!("/shows/{SHOW}/seasons/1/episodes/2")).await.body["ids"].clone();
    sim.add_fault(Fault::on("*", FaultKind::StrictEpisodeIds { status: 400 }));
    for (name, status) in [("imdb", 400), ("tmdb", 400), ("tvdb", 201), ("trakt", 201)] {
        let episode = json!({"ids": {name: ids[name]}});
        let added = device.post("/sync/history", json!({"episodes": [episode]})).await;
        assert_eq!(added.status, status, "{name}");
        let started = device.post("/scrobble/start", json!({"episode": episode, "progress": 1.0})).await;
        assert_eq!(started.status, status, "{name}");
    }
    assert_eq!(device.get("/sync/history").await.items().len(), 2);
}

#[tokio::test]
async fn connecting_a_second_application_can_silently_revoke_the_first() {
    let other = Application {
        client_id: "other".into(),
        client_secret: None,
        name: "Another".into(),
        redirect_uris: Vec::new(),
        status: ApplicationStatus::Allowed,
    };
    let sim = builder().application(other).start().await.expect("a free port");
    sim.configure(|config| config.second_application = SecondApplication::RevokesFirst);
    let first = Device::of(&sim, GUEST_USER);
    let vip = Device::demo(&sim);
    sim.issue_token_for(DEMO_USER, "other");
    let pair = sim.issue_token_for(GUEST_USER, "other");
    let second =
        Device { client_id: "other".into(), token: Some(pair.access_token), ..Device::anonymous(&sim) };
    assert_eq!(second.get("/users/settings").await.status, 200);
    assert_eq!(
        first.get("/users/settings").await.status,
        401,
        "a free account can connect only one application"
    );
    assert_eq!(
        vip.get("/users/settings").await.status,
        200,
        "a VIP account can connect several applications"
    );
}

#[tokio::test]
async fn creations_can_return_200_as_in_the_contract() {
    let sim = sim().await;
    sim.configure(|config| config.created_status = 200);
    let device = Device::demo(&sim);
    assert_eq!(device.post("/sync/history", movies([MOVIE])).await.status, 200);
    let checkin = device.post("/checkin", json!({"movie": {"ids": {"trakt": MOVIE}}})).await;
    assert_eq!(checkin.status, 200);
    assert_eq!(device.post("/sync/watchlist", movies([MOVIE + 1])).await.status, 201);
}
