//! HEAD, CORS, caching and other headers.

use reqwest::Method;
use serde_json::json;
use trakt_sim::{DEMO_USER, Person};

use crate::client::{Device, read};
use crate::{MOVIE, SHOW, builder, sim, sim_with_history};

#[tokio::test]
async fn head_requests_return_the_headers_of_get_without_a_body() {
    let sim = sim_with_history(20).await;
    let device = Device::demo(&sim);
    for path in ["/sync/history", "/users/settings", "/movies/trending", "/activate", "/calendars/all/movies"]
    {
        let get = device.get(path).await;
        let head = read(device.request(Method::HEAD, path)).await.expect("an answer");
        assert_eq!((head.status, head.text.as_str()), (200, ""), "{path}");
        assert_eq!(head.header("content-length"), get.header("content-length"), "{path}");
        assert_eq!(head.header("x-pagination-item-count"), get.header("x-pagination-item-count"), "{path}");
    }
    assert_eq!(read(device.request(Method::HEAD, "/scrobble/start")).await.expect("an answer").status, 405);
    assert_eq!(sim.requests().iter().filter(|request| request.method == "HEAD").count(), 5);
}

#[tokio::test]
async fn scripts_on_other_sites_can_send_requests_and_read_the_headers() {
    let sim = sim().await;
    let device = Device::anonymous(&sim);
    let preflight = device
        .http
        .request(Method::OPTIONS, format!("{}/sync/history", sim.url()))
        .header("origin", "https://example.com")
        .header("access-control-request-method", "POST")
        .header("access-control-request-headers", "trakt-api-key,authorization");
    let allowed = read(preflight).await.expect("an answer");
    assert_eq!((allowed.status, allowed.header("access-control-allow-origin")), (200, Some("*")));
    assert!(allowed.header("access-control-allow-methods").is_some_and(|all| all.contains("POST")));
    assert_eq!(allowed.header("access-control-allow-headers"), Some("trakt-api-key,authorization"));
    let exposed = device.get(&format!("/movies/{MOVIE}")).await;
    assert!(
        exposed
            .header("access-control-expose-headers")
            .is_some_and(|all| all.contains("X-Pagination-Page-Count"))
    );
}

#[tokio::test]
async fn unchanged_responses_return_304_if_the_client_sends_their_etag() {
    let sim = sim().await;
    let device = Device::demo(&sim);
    let first = device.get("/sync/watchlist").await;
    let tag = first.header("etag").expect("an ETag").to_owned();
    let again = || read(device.request(Method::GET, "/sync/watchlist").header("if-none-match", &tag));
    let unchanged = again().await.expect("an answer");
    assert_eq!((unchanged.status, unchanged.text.as_str()), (304, ""));
    assert_eq!(unchanged.header("etag"), Some(tag.as_str()));
    let strong = tag.trim_start_matches("W/").to_owned();
    for (known, status) in [
        (strong.as_str(), 304),
        ("*", 304),
        (&format!(r#""other", {strong}"#), 304),
        (r#""other""#, 200),
        (strong.trim_matches('"'), 200),
    ] {
        let request = device.request(Method::GET, "/sync/watchlist").header("if-none-match", known);
        assert_eq!(read(request).await.expect("an answer").status, status, "{known}");
    }
    device.post("/sync/watchlist", json!({"movies": [{"ids": {"trakt": MOVIE}}]})).await;
    assert_eq!(again().await.expect("an answer").status, 200);
}

#[tokio::test]
async fn cache_control_distinguishes_private_public_and_uncacheable_responses() {
    let sim = sim().await;
    let path = format!("/shows/{SHOW}");
    let private = Device::demo(&sim).get(&path).await;
    assert_eq!(private.header("cache-control"), Some("max-age=0, private, must-revalidate"));
    let public = Device::anonymous(&sim).get(&path).await;
    assert_eq!(public.header("cache-control"), Some("max-age=0, public, must-revalidate"));
    let pair = sim.issue_token(DEMO_USER);
    let token = Device::anonymous(&sim).refresh(&pair.refresh_token).await;
    assert_eq!(token.header("cache-control"), Some("no-store"));
}

#[tokio::test]
async fn the_date_header_shows_the_simulators_time() {
    let sim = sim().await;
    let device = Device::demo(&sim);
    assert_eq!(device.get("/users/settings").await.header("date"), Some("Sat, 21 Nov 2026 12:34:56 GMT"));
    sim.drift(60);
    sim.advance(chrono::Duration::hours(1));
    assert_eq!(device.get("/users/settings").await.header("date"), Some("Sat, 21 Nov 2026 13:35:56 GMT"));
}

#[tokio::test]
async fn responses_about_a_user_include_whether_they_are_private() {
    let sim = builder()
        .person(Person::new("ann").private())
        .person(Person::new("bob"))
        .start()
        .await
        .expect("a free port");
    let ann = Device::of(&sim, "ann");
    assert_eq!(ann.get("/users/ann/stats").await.header("x-private-user"), Some("true"));
    assert_eq!(ann.get("/users/bob/stats").await.header("x-private-user"), Some("false"));
    assert_eq!(Device::of(&sim, "bob").get("/users/ann/stats").await.status, 401);
}

#[tokio::test]
async fn rating_distributions_are_whole_numbers_and_titles_can_be_certified_nr() {
    let sim = builder().movies(300).start().await.expect("a free port");
    let device = Device::anonymous(&sim);
    let ratings = device.get(&format!("/movies/{MOVIE}/ratings")).await;
    let stars = ratings.body["distribution"].as_object().expect("a distribution");
    assert_eq!(stars.values().filter(|count| count.is_u64()).count(), 10);
    let unrated = device.get("/movies/popular?extended=full&certifications=nr").await;
    assert_eq!(unrated.items()[0]["certification"], "NR");
    assert!(unrated.items().iter().all(|movie| movie["certification"] == "NR"));
}
