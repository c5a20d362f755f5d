//! Pages for users, and artwork.

use serde_json::json;
use trakt_sim::DEMO_USER;

use crate::client::Device;
use crate::{MOVIE, SHOW, sim, sim_with_history};

#[tokio::test]
async fn users_can_enter_the_code_and_approve() {
    let sim = sim().await;
    let browser = Device::anonymous(&sim);
    let code = browser.device_code().await;
    let user_code = code["user_code"].as_str().expect("a code");
    let form = browser.get("/activate").await.text;
    assert!(form.contains("<label for=\"code\">") && form.contains("name=\"code\""));
    let found = browser.form("/activate", &[("code", &user_code.to_lowercase())]).await;
    let question = found.header("location").expect("the question").to_owned();
    let page = browser.get(&question).await.text;
    assert!(page.contains("Demo application") && page.contains(user_code));
    let done = browser.form(&question, &[("user", DEMO_USER), ("decision", "approve")]).await;
    assert!(done.text.contains("Your device is connected"));
    assert_eq!(browser.poll(&code).await.status, 200);
}

#[tokio::test]
async fn users_can_deny() {
    let sim = sim().await;
    let browser = Device::anonymous(&sim);
    let code = browser.device_code().await;
    let path = format!("/activate/{}", code["user_code"].as_str().expect("a code"));
    browser.form(&path, &[("user", DEMO_USER), ("decision", "deny")]).await;
    assert_eq!(browser.poll(&code).await.status, 418);
}

#[tokio::test]
async fn wrong_codes_show_an_error_and_the_form_again() {
    let sim = sim().await;
    let answer = Device::anonymous(&sim).form("/activate", &[("code", "<script>")]).await;
    assert_eq!(answer.status, 404);
    assert!(
        answer.text.contains("not known")
            && answer.text.contains("name=\"code\"")
            && !answer.text.contains("<script>")
    );
}

#[tokio::test]
async fn profiles_show_history_ratings_and_watchlist() {
    let sim = sim_with_history(60).await;
    let device = Device::demo(&sim);
    device.post("/scrobble/start", json!({"movie": {"ids": {"trakt": MOVIE}}, "progress": 1.0})).await;
    let page = device.get(&format!("/profile/{DEMO_USER}")).await.text;
    assert!(page.contains("History (60 plays)") && page.contains("Watching now"));
    assert!(page.contains("id=\"ratings\"") && page.contains("id=\"watchlist\""));
    assert!(device.get("/").await.text.contains("/profile/demo"));
    assert_eq!(device.get("/profile/nobody").await.status, 404);
}

/// Returns the addresses of four pictures, without a scheme, and their media types.
async fn image_addresses(device: &Device) -> [(String, &'static str); 4] {
    let movie = device.get(&format!("/movies/{MOVIE}?extended=images")).await.body;
    let season = device.get(&format!("/shows/{SHOW}/seasons?extended=images")).await.body[0].clone();
    let episode = device.get(&format!("/shows/{SHOW}/seasons/1/episodes/1?extended=images")).await.body;
    [
        (&movie["images"]["poster"][0], "image/jpeg"),
        (&movie["images"]["logo"][0], "image/png"),
        (&season["images"]["poster"][0], "image/jpeg"),
        (&episode["images"]["screenshot"][0], "image/jpeg"),
    ]
    .map(|(address, kind)| (address.as_str().expect("an address").to_owned(), kind))
}

#[tokio::test]
async fn image_addresses_have_no_scheme() {
    let sim = sim().await;
    let host = sim.url().strip_prefix("http://").expect("a URL");
    for (address, _) in image_addresses(&Device::anonymous(&sim)).await {
        assert!(address.starts_with(&format!("{host}/images/")), "{address}");
    }
}

#[cfg(feature = "art")]
#[tokio::test]
async fn artwork_is_drawn_on_request() {
    let sim = sim().await;
    let device = Device::anonymous(&sim);
    for (address, kind) in image_addresses(&device).await {
        let answer = device.http.get(format!("http://{address}")).send().await.expect("an image");
        assert_eq!(answer.headers()["content-type"], kind, "{address}");
        assert!(answer.bytes().await.expect("bytes").len() > 1_000, "{address}");
    }
    assert_eq!(device.get("/images/movies/1/poster.jpg").await.status, 404);
}

#[cfg(not(feature = "art"))]
#[tokio::test]
async fn without_the_art_feature_every_picture_is_a_transparent_pixel() {
    let sim = sim().await;
    let device = Device::anonymous(&sim);
    for (address, _) in image_addresses(&device).await {
        let answer = device.http.get(format!("http://{address}")).send().await.expect("an image");
        assert_eq!(answer.headers()["content-type"], "image/png", "{address}");
        assert!(answer.bytes().await.expect("bytes").starts_with(b"\x89PNG"), "{address}");
    }
    assert_eq!(device.get("/images/movies/1/poster.jpg").await.status, 404);
}
