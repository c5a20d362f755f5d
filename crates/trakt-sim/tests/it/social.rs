//! Following, comments, likes, saved filters.

use serde_json::{Value, json};
use trakt_sim::{DEMO_USER, GUEST_USER, Person};

use crate::client::{Device, numbers};
use crate::{MOVIE, SHOW, builder, sim};

#[tokio::test]
async fn users_who_follow_each_other_become_friends() {
    let sim = sim().await;
    let (demo, guest) = (Device::demo(&sim), Device::of(&sim, GUEST_USER));
    let followed = demo.post("/users/guest/follow", json!({})).await;
    assert_eq!((followed.status, followed.body["approved_at"].is_string()), (201, true));
    assert_eq!(demo.post("/users/guest/follow", json!({})).await.status, 409);
    assert_eq!(demo.get("/users/me/following").await.items()[0]["user"]["username"], GUEST_USER);
    assert_eq!(guest.get("/users/me/followers").await.items()[0]["user"]["username"], DEMO_USER);
    assert_eq!(guest.get("/users/me/friends").await.items().len(), 0);
    guest.post("/users/demo/follow", json!({})).await;
    assert_eq!(guest.get("/users/me/friends").await.items()[0]["user"]["username"], DEMO_USER);
    assert_eq!(demo.delete("/users/guest/follow").await.status, 204);
    assert_eq!(guest.get("/users/me/followers").await.items().len(), 0);
}

#[tokio::test]
async fn private_users_have_to_approve_followers() {
    let sim = builder()
        .person(Person::new("ann").private())
        .person(Person::new("bob"))
        .start()
        .await
        .expect("a free port");
    let (ann, bob) = (Device::of(&sim, "ann"), Device::of(&sim, "bob"));
    assert_eq!(bob.post("/users/ann/follow", json!({})).await.body["approved_at"], Value::Null);
    assert_eq!(bob.get("/users/requests/following").await.items()[0]["user"]["username"], "ann");
    let request = ann.get("/users/requests").await.items()[0]["id"].clone();
    assert_eq!(ann.get("/users/me/followers").await.items().len(), 0);
    assert_eq!(bob.get("/users/ann/history").await.status, 401, "not approved yet");
    let approved = ann.post(&format!("/users/requests/{request}"), json!({})).await;
    assert_eq!((approved.status, &approved.body["user"]["username"]), (200, &json!("bob")));
    assert_eq!(ann.get("/users/me/followers").await.items().len(), 1);
    assert_eq!(ann.get("/users/requests").await.items().len(), 0);
    let shown = bob.get("/users/ann/history").await;
    assert_eq!((shown.status, shown.header("x-private-user")), (200, Some("true")));
    assert_eq!(bob.delete("/users/ann/follow").await.status, 204);
    assert_eq!(bob.get("/users/ann/history").await.status, 401);
    let profile = bob.get("/users/ann").await;
    assert_eq!((profile.status, profile.header("x-private-user")), (200, Some("true")));
}

#[tokio::test]
async fn comments_can_be_written_answered_liked_and_read() {
    let sim = sim().await;
    let (demo, guest) = (Device::demo(&sim), Device::of(&sim, GUEST_USER));
    let about = |text: &str| json!({"show": {"ids": {"trakt": SHOW}}, "comment": text});
    assert_eq!(demo.post("/comments", about("Too short")).await.status, 422);
    let written = demo.post("/comments", about("A show for a long winter.")).await;
    assert_eq!((written.status, &written.body["parent_id"]), (201, &json!(0)));
    let path = format!("/comments/{}", written.body["id"]);
    let reply = json!({"comment": "Indeed, and for the summer."});
    assert_eq!(guest.post(&format!("{path}/replies"), reply).await.status, 201);
    assert_eq!(guest.post(&format!("{path}/like"), json!({})).await.status, 204);
    let comment = demo.get(&path).await.body;
    assert_eq!((&comment["replies"], &comment["likes"]), (&json!(1), &json!(1)));
    let liked = guest.get("/users/likes/comments").await.items()[0].clone();
    assert_eq!((&liked["type"], &liked["comment"]["id"]), (&json!("comment"), &comment["id"]));
    assert_eq!(demo.get(&format!("/shows/{SHOW}/comments/newest")).await.items().len(), 1);
    assert_eq!(numbers(demo.get("/users/demo/comments").await.items(), "show"), [SHOW]);
    assert_eq!(guest.delete(&path).await.status, 403);
    assert_eq!(demo.delete(&path).await.status, 204);
    assert_eq!(demo.get(&path).await.status, 404);
}

#[tokio::test]
async fn liked_lists_include_their_type_and_can_be_read_without_a_username() {
    let sim = sim().await;
    let guest = Device::of(&sim, GUEST_USER);
    assert_eq!(guest.post("/lists/most-loved-movies/like", json!({})).await.status, 204);
    for path in ["/users/likes/lists", "/users/likes", "/users/guest/likes/lists"] {
        let liked = guest.get(path).await;
        assert_eq!(liked.items()[0]["type"], "list", "{path}");
        assert_eq!(liked.items()[0]["list"]["ids"]["slug"], "most-loved-movies", "{path}");
    }
    assert_eq!(guest.get("/users/likes/comments").await.items().len(), 0);
}

#[tokio::test]
async fn official_lists_are_found_by_their_slug() {
    let sim = sim().await;
    let device = Device::anonymous(&sim);
    assert_eq!(device.get("/lists/most-loved-movies").await.body["type"], "official");
    assert!(!device.get("/lists/most-loved-movies/items").await.items().is_empty());
    assert_eq!(device.get("/lists/rainy-sunday").await.status, 404, "a personal list");
}

#[tokio::test]
async fn only_vips_have_saved_filters() {
    let sim = sim().await;
    assert_eq!(Device::of(&sim, GUEST_USER).get("/users/saved_filters").await.status, 426);
    let filters = Device::demo(&sim).get("/users/saved_filters/movies").await;
    assert_eq!((filters.items().len(), &filters.items()[0]["section"]), (1, &json!("movies")));
}

#[tokio::test]
async fn plex_settings_show_whether_trakt_imports_from_plex() {
    let sim = sim().await;
    let guest = Device::of(&sim, GUEST_USER);
    let before = guest.get("/users/settings/plex").await.body;
    assert_eq!(
        (&before["connection"]["connected"], &before["webhook"]["url"]),
        (&json!(false), &Value::Null)
    );
    sim.set_plex_connected(GUEST_USER, true);
    assert_eq!(guest.get("/users/settings/plex").await.body["connection"]["connected"], true);
    let webhook = Device::demo(&sim).get("/users/settings/plex").await.body["webhook"]["url"].clone();
    assert!(webhook.is_string(), "VIPs have a webhook: {webhook}");
}

#[tokio::test]
async fn the_older_forms_of_search_still_work() {
    let sim = sim().await;
    let device = Device::anonymous(&sim);
    let wanted = sim.catalogue().movie(MOVIE).expect("a movie").facts.clone();
    let query = wanted.title.replace(' ', "+");
    let by_text = device.get(&format!("/search?type=movie&query={query}&years={}", wanted.year)).await;
    assert_eq!(numbers(by_text.items(), "movie")[0], MOVIE);
    let imdb = wanted.ids.imdb.expect("an IMDb id");
    for parameters in [format!("id_type=imdb&id={imdb}"), format!("id_type=trakt-movie&id={MOVIE}")] {
        let found = device.get(&format!("/search?{parameters}")).await;
        assert_eq!(numbers(found.items(), "movie"), [MOVIE], "{parameters}");
    }
    assert_eq!(device.get("/search").await.status, 400);
    let list = device.get("/search/list?query=rainy+sunday").await;
    assert_eq!(list.items()[0]["list"]["ids"]["slug"], "rainy-sunday");
    let actor = device.get("/people/1").await.body["name"].as_str().expect("a name").replace(' ', "+");
    assert_eq!(
        device.get(&format!("/search/person?query={actor}")).await.items()[0]["person"]["ids"]["trakt"],
        1
    );
}

#[tokio::test]
async fn the_dvd_calendar_lists_movies_90_days_after_their_premiere() {
    let sim = builder().movies(1_000).start().await.expect("a free port");
    let device = Device::anonymous(&sim);
    let out = device.get("/calendars/all/dvd/2026-11-01/33").await;
    let premieres = device.get("/calendars/all/movies/2026-08-03/33").await;
    let of = |answer: &crate::client::Answer| numbers(answer.items(), "movie");
    assert!(!of(&out).is_empty());
    assert_eq!(of(&out), of(&premieres));
}
