//! Hosts, headers, status codes, applications.

use reqwest::Method;
use serde_json::json;
use trakt_sim::{
    AccountStatus, Application, ApplicationStatus, DEMO_CLIENT_ID, DEMO_USER, Fault, FaultKind, GUEST_USER,
};

use crate::client::{Device, read};
use crate::{MOVIE, builder, sim};

#[tokio::test]
async fn one_address_serves_both_hosts_and_the_old_oauth_paths() {
    let sim = sim().await;
    let device = Device::demo(&sim);
    assert_eq!(device.get("/users/settings").await.status, 200);
    assert_eq!(device.post("/oauth/device/code", json!({"client_id": DEMO_CLIENT_ID})).await.status, 200);
    assert_eq!(device.get("/activate").await.status, 200);
}

#[tokio::test]
async fn a_call_without_user_agent_gets_403_from_the_edge() {
    let sim = sim().await;
    let request = Device::demo(&sim).request(Method::GET, "/users/settings").header("user-agent", "");
    let answer = read(request).await.expect("an answer");
    assert_eq!(answer.status, 403);
    assert!(answer.text.contains("<html>") && answer.header("x-request-id").is_none());
}

#[tokio::test]
async fn calls_without_version_or_api_key_are_rejected() {
    let sim = sim().await;
    let http = Device::anonymous(&sim).http;
    let url = format!("{}/movies/{MOVIE}", sim.url());
    assert_eq!(http.get(&url).send().await.expect("an answer").status(), 403);
    let keyed = http.get(&url).header("trakt-api-key", DEMO_CLIENT_ID);
    assert_eq!(keyed.send().await.expect("an answer").status(), 400);
}

#[tokio::test]
async fn reads_return_200_creations_201_deletions_204() {
    let sim = sim().await;
    let device = Device::demo(&sim);
    assert_eq!(device.get(&format!("/movies/{MOVIE}")).await.status, 200);
    let list = device.post("/users/me/lists", json!({"name": "Mine"})).await;
    assert_eq!(list.status, 201);
    assert_eq!(device.delete("/users/me/lists/mine").await.status, 204);
}

#[tokio::test]
async fn missing_wrong_or_expired_tokens_return_401() {
    let sim = sim().await;
    assert_eq!(Device::anonymous(&sim).get("/sync/history").await.status, 401);
    let wrong = Device { token: Some("nonsense".into()), ..Device::anonymous(&sim) };
    assert_eq!(wrong.get("/movies/trending").await.status, 401);
    let device = Device::demo(&sim);
    assert_eq!(device.get("/sync/history").await.status, 200);
    sim.advance(chrono::Duration::days(8));
    let expired = device.get("/sync/history").await;
    assert_eq!(expired.status, 401);
    assert!(expired.header("www-authenticate").is_some());
}

#[tokio::test]
async fn unknown_paths_return_404_and_wrong_methods_405() {
    let sim = sim().await;
    let device = Device::demo(&sim);
    assert_eq!(device.get("/movies/no-such-movie").await.status, 404);
    assert_eq!(device.get("/no/such/path").await.status, 404);
    assert_eq!(device.delete("/scrobble/start").await.status, 405);
    assert_eq!(device.put("/sync/history", json!({})).await.status, 405);
}

#[rstest::rstest]
#[case::comments_of_a_movie("/movies/900001/comments", &["", "/newest", "/likes_30"], &["/nonsense", "/newest/x"])]
#[case::lists_of_a_movie("/movies/900001/lists", &["", "/official", "/all/popular"], &["/nonsense", "/all/x", "/all/popular/x"])]
#[case::releases("/movies/900001/releases", &["", "/us"], &["/us/x"])]
#[case::comments("/comments/trending", &["", "/all", "/reviews/movies"], &["/nonsense", "/all/x", "/all/movies/x"])]
#[case::comments_of_a_user("/users/demo/comments", &["", "/shouts", "/all/shows"], &["/nonsense", "/all/x"])]
#[case::notes("/users/demo/notes", &["", "/all"], &["/all/x"])]
#[case::ratings("/sync/ratings", &["", "/movies", "/movies/9"], &["/movies/9/x", "/nonsense"])]
#[case::playback("/sync/playback", &["", "/movies"], &["/nonsense", "/movies/x"])]
#[case::requests("/users/requests", &["", "/following"], &["/following/x"])]
#[case::hidden("/users/hidden/dropped", &[""], &["/show", "/remove/x"])]
#[case::recommendations("/recommendations/movies", &[""], &["/900001/x"])]
#[case::smart_lists("/users/demo/smart-lists", &[""], &["/none/x"])]
#[tokio::test]
async fn paths_unknown_to_trakt_return_404(
    #[case] path: &str,
    #[case] known: &[&str],
    #[case] unknown: &[&str],
) {
    let sim = sim().await;
    let device = Device::demo(&sim);
    for (parts, status) in [(known, 200), (unknown, 404)] {
        for part in parts {
            assert_eq!(device.get(&format!("{path}{part}")).await.status, status, "{path}{part}");
        }
    }
}

#[tokio::test]
async fn comments_have_reactions_and_no_unknown_subpaths() {
    let sim = sim().await;
    let device = Device::demo(&sim);
    let text = json!({"movie": {"ids": {"trakt": 900_001}}, "comment": "A film for a long winter evening."});
    let comment = format!("/comments/{}", device.post("/comments", text).await.body["id"]);
    assert_eq!(device.get(&format!("{comment}/reactions")).await.body, json!([]));
    assert_eq!(device.get(&format!("{comment}/reactions/summary")).await.body["reaction_count"], 0);
    for (path, status) in [("/reactions/x", 404), ("/nonsense", 404), ("/like", 405)] {
        assert_eq!(device.get(&format!("{comment}{path}")).await.status, status, "{path}");
    }
    assert_eq!(device.put(&format!("{comment}/replies"), json!({})).await.status, 405);
}

#[rstest::rstest]
#[case::list("/lists/9999999", &["", "/items", "/items/movie", "/likes", "/comments", "/comments/newest"])]
#[case::list_of_a_user("/users/demo/lists/none", &["", "/items", "/likes", "/comments", "/comments/newest"])]
#[case::smart_list("/smart-lists/none", &["", "/items"])]
#[case::user("/users/nobody-here", &["", "/stats", "/history", "/ratings", "/watchlist", "/lists", "/lists/any/comments",
    "/lists/collaborations", "/likes", "/comments", "/notes", "/followers", "/smart-lists"])]
#[case::movie("/movies/none", &["", "/people", "/comments", "/lists", "/related", "/releases", "/studios", "/watching"])]
#[case::show("/shows/none", &["", "/people", "/comments", "/lists", "/seasons", "/seasons/1", "/seasons/1/episodes/1",
    "/seasons/1/comments", "/progress/watched"])]
#[case::person("/people/none", &["", "/movies", "/shows", "/lists"])]
#[case::comment("/comments/9999999", &["", "/item", "/likes", "/replies", "/reactions", "/reactions/summary"])]
#[tokio::test]
async fn paths_below_an_unknown_resource_return_404(#[case] unknown: &str, #[case] parts: &[&str]) {
    let sim = sim().await;
    let device = Device::demo(&sim);
    for part in parts {
        assert_eq!(device.get(&format!("{unknown}{part}")).await.status, 404, "{unknown}{part}");
    }
}

#[tokio::test]
async fn bodies_not_declared_as_json_return_412() {
    let sim = sim().await;
    let request =
        Device::demo(&sim).request(Method::POST, "/sync/history").header("content-type", "text/plain");
    assert_eq!(read(request.body(r#"{"movies":[]}"#)).await.expect("an answer").status, 412);
}

#[tokio::test]
async fn bodies_that_are_not_json_return_400() {
    let sim = sim().await;
    let request =
        Device::demo(&sim).request(Method::POST, "/sync/history").header("content-type", "application/json");
    assert_eq!(read(request.body("{movies")).await.expect("an answer").status, 400);
}

#[tokio::test]
async fn locked_and_deactivated_accounts_return_423_with_their_status() {
    let sim = sim().await;
    let device = Device::demo(&sim);
    sim.set_account_status(DEMO_USER, AccountStatus::Locked);
    let locked = device.get("/sync/history").await;
    assert_eq!((locked.status, locked.header("x-account-locked")), (423, Some("true")));
    sim.set_account_status(DEMO_USER, AccountStatus::Deactivated);
    let deactivated = device.get("/sync/history").await;
    assert_eq!((deactivated.status, deactivated.header("x-account-deactivated")), (423, Some("true")));
    sim.set_account_status(DEMO_USER, AccountStatus::Open);
    assert_eq!(device.get("/sync/history").await.status, 200);
}

#[tokio::test]
async fn vip_features_return_426_with_an_upgrade_url() {
    let sim = sim().await;
    let guest = Device::of(&sim, GUEST_USER);
    let note = json!({"movies": [{"ids": {"trakt": MOVIE}, "notes": "soon"}]});
    let refused = guest.post("/sync/watchlist", note.clone()).await;
    assert_eq!(refused.status, 426);
    assert!(refused.header("x-upgrade-url").is_some());
    sim.set_vip(GUEST_USER, true);
    assert_eq!(guest.post("/sync/watchlist", note).await.status, 201);
}

#[tokio::test]
async fn edge_errors_are_html_or_empty() {
    let sim = sim().await;
    let device = Device::demo(&sim);
    for status in [500, 502, 503, 504, 520, 521, 522] {
        sim.add_fault(Fault::on("/sync", FaultKind::Html { status }).times(1));
        let html = device.get("/sync/history").await;
        assert_eq!((html.status, html.text.contains("<html>")), (status, true));
        sim.add_fault(Fault::on("/sync", FaultKind::Empty { status }).times(1));
        let empty = device.get("/sync/history").await;
        assert_eq!((empty.status, empty.text.as_str()), (status, ""));
    }
}

#[tokio::test]
async fn only_trakts_own_responses_have_a_request_id_and_a_runtime() {
    let sim = sim().await;
    let device = Device::demo(&sim);
    let own = device.get("/movies/no-such-movie").await;
    assert!(own.header("x-request-id").is_some() && own.header("x-runtime").is_some());
    sim.add_fault(Fault::on("/movies", FaultKind::EdgeForbidden));
    let edge = device.get(&format!("/movies/{MOVIE}")).await;
    assert_eq!(edge.status, 403);
    assert!(edge.header("x-request-id").is_none() && edge.header("x-runtime").is_none());
}

#[tokio::test]
async fn unknown_applications_get_403_on_every_path() {
    let sim = sim().await;
    let device = Device { client_id: "unknown".into(), ..Device::demo(&sim) };
    for path in ["/users/settings", "/movies/trending", "/sync/last_activities"] {
        assert_eq!(device.get(path).await.status, 403, "{path}");
    }
}

#[tokio::test]
async fn disallowed_applications_get_403_and_invalid_client_but_their_tokens_stay_valid() {
    let sim = sim().await;
    let pair = sim.issue_token(DEMO_USER);
    let device = Device { token: Some(pair.access_token), ..Device::anonymous(&sim) };
    sim.set_application_status(DEMO_CLIENT_ID, ApplicationStatus::Disallowed);
    assert_eq!(device.get("/users/settings").await.status, 403);
    let refused = device.refresh(&pair.refresh_token).await;
    assert_eq!((refused.status, &refused.body["error"]), (401, &json!("invalid_client")));
    assert_eq!(device.post("/oauth/device/code", json!({"client_id": DEMO_CLIENT_ID})).await.status, 403);
    sim.set_application_status(DEMO_CLIENT_ID, ApplicationStatus::Allowed);
    assert_eq!(device.get("/users/settings").await.status, 200);
    assert_eq!(device.refresh(&pair.refresh_token).await.status, 200);
}

#[tokio::test]
async fn applications_whose_owner_lost_vip_get_426() {
    let sim = sim().await;
    let device = Device::demo(&sim);
    sim.set_application_status(DEMO_CLIENT_ID, ApplicationStatus::VipLapsed);
    let refused = device.get("/users/settings").await;
    assert_eq!(refused.status, 426);
    assert!(refused.header("x-upgrade-url").is_some());
}

#[tokio::test]
async fn free_accounts_can_connect_one_community_application() {
    let other = Application {
        client_id: "other".into(),
        client_secret: Some("secret".into()),
        name: "Another".into(),
        redirect_uris: Vec::new(),
        status: ApplicationStatus::Allowed,
    };
    let sim = builder().application(other).start().await.expect("a free port");
    sim.issue_token(GUEST_USER);
    sim.issue_token(DEMO_USER);
    let device = Device { client_id: "other".into(), ..Device::anonymous(&sim) };
    for (user, status) in [(GUEST_USER, 426), (DEMO_USER, 200)] {
        let code = device.device_code().await;
        let path = format!("/activate/{}", code["user_code"].as_str().expect("a code"));
        let answer = device.form(&path, &[("user", user), ("decision", "approve")]).await;
        assert_eq!(answer.status, status, "{user}");
    }
}

#[tokio::test]
async fn all_tokens_of_a_user_can_be_revoked_together() {
    let sim = sim().await;
    let pair = sim.issue_token(DEMO_USER);
    let device = Device { token: Some(pair.access_token), ..Device::anonymous(&sim) };
    sim.revoke_tokens(DEMO_USER);
    assert_eq!(device.get("/sync/history").await.status, 401);
    let device = Device::anonymous(&sim);
    assert_eq!(device.refresh(&pair.refresh_token).await.body["error"], "invalid_grant");
}
