//! Calls every endpoint once, with all of its `extended` members, so that the recorded responses can be checked
//! against Trakt's contract.

use serde_json::json;
use trakt_sim::{DEMO_USER, SimHandle};

use crate::client::Device;
use crate::{MOVIE, SHOW, sim_with_history};

/// Reads that need no token.
const PUBLIC: &[&str] = &[
    "/certifications/movies",
    "/certifications/shows",
    "/countries/movies",
    "/countries/shows",
    "/genres/movies",
    "/genres/shows",
    "/languages/movies",
    "/languages/shows",
    "/networks",
    "/lists/trending",
    "/lists/popular",
    "/lists/popular/official",
    "/lists/trending/official",
    "/movies/anticipated",
    "/movies/boxoffice",
    "/movies/collected/weekly",
    "/movies/favorited/weekly",
    "/movies/hot",
    "/movies/played/all",
    "/movies/popular",
    "/movies/trending",
    "/movies/updates/2026-01-01",
    "/movies/updates/id/2026-01-01",
    "/movies/watched/daily",
    "/movies/{movie}",
    "/movies/{movie}/ratings",
    "/movies/{movie}/related",
    "/movies/{movie}/releases/us",
    "/movies/{movie}/stats",
    "/search/episode?query=the",
    "/search/imdb/{imdb}",
    "/search/movie,show?query=the",
    "/search/movie/exact?query=the",
    "/search/trakt/{movie}?type=movie",
    "/shows/anticipated",
    "/shows/collected/weekly",
    "/shows/favorited/weekly",
    "/shows/hot",
    "/shows/played/weekly",
    "/shows/popular",
    "/shows/trending",
    "/shows/updates/2026-01-01",
    "/shows/updates/id/2026-01-01",
    "/shows/watched/monthly",
    "/shows/{show}",
    "/shows/{show}/certifications",
    "/shows/{show}/last_episode",
    "/shows/{show}/next_episode",
    "/shows/{show}/ratings",
    "/shows/{show}/related",
    "/shows/{show}/seasons",
    "/shows/{show}/seasons?extended=episodes",
    "/shows/{show}/seasons/1",
    "/shows/{show}/seasons/1/episodes/1",
    "/shows/{show}/seasons/1/episodes/1/ratings",
    "/shows/{show}/seasons/1/episodes/1/stats",
    "/shows/{show}/seasons/1/info",
    "/shows/{show}/seasons/1/ratings",
    "/shows/{show}/seasons/1/stats",
    "/shows/{show}/stats",
    "/calendars/all/movies/2026-11-01/31",
    "/calendars/all/shows/2026-11-15/7",
    "/users/demo",
    "/users/demo/collection/movies",
    "/users/demo/favorites/movies/rank",
    "/users/demo/favorites/media/rank",
    "/users/demo/favorites/shows/added/desc",
    "/users/demo/favorites/shows/rank",
    "/users/demo/history",
    "/users/demo/history/episodes",
    "/users/demo/history/movies",
    "/users/demo/history/seasons/{season}",
    "/users/demo/history/episodes/{episode}",
    "/users/demo/history/movies/{movie}",
    "/users/demo/history/shows",
    "/users/demo/history/shows/{show}",
    "/users/demo/lists",
    "/users/demo/lists/rainy-sunday",
    "/users/demo/lists/rainy-sunday/items",
    "/users/demo/lists/rainy-sunday/items/movie,show",
    "/users/demo/lists/rainy-sunday/items/movie,show,season,episode",
    "/users/demo/lists/rainy-sunday/items/movie,show/title/asc",
    "/users/demo/lists/rainy-sunday/items/show",
    "/users/demo/lists/rainy-sunday/likes",
    "/users/demo/ratings",
    "/users/demo/ratings/movies",
    "/users/demo/ratings/episodes",
    "/users/demo/ratings/movies/9,10",
    "/users/demo/stats",
    "/users/demo/watched/movies?extended=min",
    "/users/demo/watched/shows?extended=min",
    "/users/demo/watching",
    "/users/demo/watchlist/movies/rank",
    "/users/demo/watchlist/movie,show/added/desc",
    "/users/demo/watchlist/movie,show/rank",
    "/users/demo/watchlist/shows/rank",
    "/lists/{list}/items/movie",
    "/lists/{list}/items/movie,show",
    "/lists/{list}/items/movie,show,episode,season",
    "/lists/{list}/items/movie,show/popularity/desc",
    "/lists/{list}/items/show",
    "/lists/{list}/likes",
    "/users/demo/watched/episodes",
];

/// Reads that return data of the token's user.
const PERSONAL: &[&str] = &[
    "/calendars/my/movies/2026-11-01/31",
    "/calendars/my/shows/2026-11-15/7",
    "/recommendations/movies?limit=20",
    "/recommendations/shows?limit=20",
    "/shows/{show}/progress/collection",
    "/shows/{show}/progress/watched",
    "/sync/collection/all",
    "/sync/collection/episodes",
    "/sync/collection/media",
    "/sync/collection/minimal/episodes",
    "/sync/collection/minimal/movies",
    "/sync/collection/minimal/shows",
    "/sync/collection/movies",
    "/sync/collection/shows",
    "/sync/favorites/movies/rank/asc",
    "/sync/history",
    "/sync/history/movies/{movie}",
    "/sync/last_activities",
    "/sync/playback/episodes",
    "/sync/playback/movies",
    "/sync/progress/up_next",
    "/sync/progress/watched",
    "/sync/ratings",
    "/sync/watched/episodes",
    "/sync/watched/movies",
    "/sync/watched/shows",
    "/sync/watchlist/movies/rank/asc",
    "/users/hidden/dropped",
    "/users/hidden/progress_watched?type=show",
    "/users/me/likes/lists",
    "/users/me/lists/collaborations",
    "/users/me/smart-lists",
    "/users/settings",
    "/users/settings?extended=browsing",
];

async fn sim_with_data() -> SimHandle {
    let sim = sim_with_history(400).await;
    let act = |path: &str, body| {
        let acted = sim.act(DEMO_USER, "POST", path, Some(&body));
        assert!(acted.status < 300, "{path}: {}", acted.status);
    };
    let movie = json!({"movies": [{"ids": {"trakt": MOVIE}}]});
    let show = json!({"shows": [{"ids": {"trakt": SHOW}}]});
    act("/sync/collection", movie.clone());
    act("/sync/collection", show.clone());
    act("/sync/history", movie.clone());
    act("/sync/history", json!({"shows": [{"ids": {"trakt": SHOW}, "seasons": [{"number": 1}]}]}));
    act("/sync/favorites", json!({"movies": movie["movies"], "shows": show["shows"]}));
    act("/sync/ratings", json!({"seasons": [{"ids": {"trakt": season(&sim)}, "rating": 9}]}));
    act("/scrobble/pause", json!({"movie": {"ids": {"trakt": MOVIE + 1}}, "progress": 20.0}));
    act("/scrobble/start", json!({"movie": {"ids": {"trakt": MOVIE}}, "progress": 1.0}));
    act("/users/hidden/dropped", json!({"shows": [{"ids": {"trakt": SHOW + 5}}]}));
    act("/users/me/smart-lists", json!({"name": "Long", "source": "popular", "media_type": "movies"}));
    let list = sim.act(DEMO_USER, "GET", "/lists/trending", None).body[0]["list"]["ids"]["trakt"].clone();
    act(&format!("/lists/{list}/like"), json!({}));
    sim
}

fn season(sim: &SimHandle) -> u64 {
    sim.catalogue()
        .show(SHOW)
        .and_then(|show| show.season(1))
        .map(|season| season.ids.trakt)
        .expect("a season")
}

/// Replaces the placeholder of a path with an ID that exists in the simulator.
fn fill_in(path: &str, sim: &SimHandle) -> String {
    let list =
        || sim.act(DEMO_USER, "GET", "/lists/trending", None).body[0]["list"]["ids"]["trakt"].to_string();
    let episode =
        || sim.catalogue().show(SHOW).and_then(|show| show.episode(1, 1)).expect("an episode").ids.trakt;
    let imdb = || sim.catalogue().movie(MOVIE).and_then(|movie| movie.facts.ids.imdb.clone()).expect("an id");
    match path.split_once('{').and_then(|(_, rest)| rest.split_once('}')) {
        Some(("movie", _)) => path.replace("{movie}", &MOVIE.to_string()),
        Some(("show", _)) => path.replace("{show}", &SHOW.to_string()),
        Some(("list", _)) => path.replace("{list}", &list()),
        Some(("season", _)) => path.replace("{season}", &season(sim).to_string()),
        Some(("episode", _)) => path.replace("{episode}", &episode().to_string()),
        Some(("imdb", _)) => path.replace("{imdb}", &imdb()),
        _ => path.to_owned(),
    }
}

async fn read_all(device: &Device, paths: &[&str], sim: &SimHandle) {
    for path in paths {
        let path = fill_in(path, sim);
        let joint = if path.contains('?') { '&' } else { '?' };
        for extended in ["", "extended=full,images"] {
            let full =
                if path.contains("extended=") { path.clone() } else { format!("{path}{joint}{extended}") };
            let answer = device.get(&full).await;
            assert!(matches!(answer.status, 200 | 204), "{full}: {}", answer.status);
        }
    }
}

#[tokio::test]
async fn every_read_succeeds() {
    let sim = sim_with_data().await;
    read_all(&Device::anonymous(&sim), PUBLIC, &sim).await;
    read_all(&Device::demo(&sim), PUBLIC, &sim).await;
    read_all(&Device::demo(&sim), PERSONAL, &sim).await;
}

#[tokio::test]
async fn users_can_change_the_order_and_notes_of_their_lists() {
    let sim = sim_with_data().await;
    let device = Device::demo(&sim);
    for list in ["/sync/watchlist", "/sync/favorites"] {
        let items = device.get(&format!("{list}/movies")).await;
        let ids: Vec<_> = items.items().iter().rev().map(|item| item["id"].clone()).collect();
        let reordered = device.post(&format!("{list}/reorder"), json!({"rank": ids})).await;
        assert_eq!(reordered.body["updated"], ids.len(), "{list}");
        assert_eq!(device.get(&format!("{list}/movies")).await.items()[0]["id"], ids[0], "{list}");
        let path = format!("{list}/{}", ids[0]);
        assert_eq!(device.put(&path, json!({"notes": "soon", "rank": ids.len()})).await.status, 204);
        let last = device.get(&format!("{list}/movies")).await.items().last().expect("an item").clone();
        assert_eq!((&last["id"], &last["notes"]), (&ids[0], &json!("soon")), "{list}");
        assert_eq!(device.put(list, json!({"movies": []})).await.status, 200);
        assert_eq!(device.put(&format!("{list}/1"), json!({"notes": "soon"})).await.status, 404);
    }
    let lists = device.get("/users/me/lists").await;
    let ids: Vec<_> = lists.items().iter().rev().map(|list| list["ids"]["trakt"].clone()).collect();
    assert_eq!(device.post("/users/me/lists/reorder", json!({"rank": ids})).await.body["updated"], ids.len());
    assert_eq!(device.get("/users/me/lists").await.items()[0]["ids"]["trakt"], ids[0]);
}

#[tokio::test]
async fn hiding_reordering_and_liking_succeed() {
    let sim = sim_with_data().await;
    let device = Device::demo(&sim);
    let show = json!({"shows": [{"ids": {"trakt": SHOW}}]});
    for section in ["calendar", "recommendations", "progress_collected", "dropped"] {
        let path = format!("/users/hidden/{section}");
        assert_eq!(device.post(&path, show.clone()).await.body["added"]["shows"], 1, "{section}");
        assert_eq!(
            device.post(&format!("{path}/remove"), show.clone()).await.body["deleted"]["shows"],
            1,
            "{section}"
        );
    }
    assert_eq!(device.delete(&format!("/recommendations/shows/{SHOW}")).await.status, 204);
    let list = "/users/demo/lists/rainy-sunday";
    let first = device.get(&format!("{list}/items")).await.items()[0]["id"].clone();
    assert_eq!(device.post(&format!("{list}/reorder"), json!({"rank": [first]})).await.body["updated"], 1);
    assert_eq!(device.post(&format!("{list}/like"), json!({})).await.status, 204);
    assert_eq!(device.delete(&format!("{list}/like")).await.status, 204);
    assert_eq!(device.get("/oauth/authorize?response_type=token").await.status, 400);
}

#[tokio::test]
async fn personal_reads_need_a_token() {
    let sim = sim_with_history(1).await;
    let device = Device::anonymous(&sim);
    for path in PERSONAL {
        assert_eq!(device.get(&fill_in(path, &sim)).await.status, 401, "{path}");
    }
}

#[tokio::test]
async fn titles_have_casts_translations_studios_and_lists() {
    let sim = sim_with_history(1).await;
    let device = Device::anonymous(&sim);
    let movie = format!("/movies/{MOVIE}");
    let cast = device.get(&format!("{movie}/people")).await.body["cast"].clone();
    let lead = &cast[0]["person"]["ids"]["slug"];
    let films = device.get(&format!("/people/{}/movies", lead.as_str().expect("a slug"))).await.body;
    assert!(
        films["cast"].as_array().expect("roles").iter().any(|role| role["movie"]["ids"]["trakt"] == MOVIE)
    );
    assert_eq!(device.get(&format!("{movie}/translations/en")).await.items()[0]["language"], "en");
    assert!(device.get(&format!("{movie}/studios")).await.items()[0]["name"].is_string());
    let listed = device.get("/users/demo/lists/rainy-sunday/items").await.items()[0].clone();
    let listed = &listed["movie"]["ids"]["trakt"];
    let lists = device.get(&format!("/movies/{listed}/lists")).await;
    assert!(lists.items().iter().any(|list| list["name"] == "Rainy Sunday"));
    for path in ["aliases", "videos", "watching"] {
        assert_eq!(device.get(&format!("{movie}/{path}")).await.status, 200, "{path}");
    }
}

#[tokio::test]
async fn people_have_headshots_biographies_and_crew_credits() {
    let sim = sim_with_history(1).await;
    let device = Device::anonymous(&sim);
    let people = device.get(&format!("/movies/{MOVIE}/people?extended=full,images")).await.body;
    let director = &people["crew"]["directing"][0];
    assert_eq!(director["jobs"], json!(["Director"]));
    let person = &director["person"];
    assert!(
        person["biography"].as_str().expect("a biography").contains(person["name"].as_str().expect("a name"))
    );
    let headshot = person["images"]["headshot"][0].as_str().expect("an address without a scheme");
    let path = headshot.split_once('/').expect("a path").1;
    assert_eq!(device.get(&format!("/{path}")).await.status, 200);
    assert_eq!(device.get("/images/people/0/headshot.jpg").await.status, 404);

    let films = device.get(&format!("/people/{}/movies", person["ids"]["trakt"])).await.body;
    let directed = films["crew"]["directing"].as_array().expect("crew credits");
    assert!(directed.iter().any(|work| work["movie"]["ids"]["trakt"] == MOVIE));
    let show = sim.catalogue().shows()[0].facts.ids.trakt;
    let episode = format!("/shows/{show}/seasons/1/episodes/1/people");
    assert_eq!(device.get(&episode).await.body.get("guest_stars"), None);
    let with_guests = device.get(&format!("{episode}?extended=guest_stars")).await.body;
    assert!(!with_guests["guest_stars"].as_array().expect("guests").is_empty());
}

#[tokio::test]
async fn settings_can_be_changed() {
    let sim = sim_with_history(1).await;
    let device = Device::demo(&sim);
    let change = json!({"user": {"name": "Dee Mo"}, "browsing": {"spoilers": {"movies": "hide"}}});
    assert_eq!(device.put("/users/settings", change).await.status, 201);
    assert!(device.get("/users/settings").await.body.get("browsing").is_none());
    let settings = device.get("/users/settings?extended=browsing").await.body;
    assert_eq!(settings["user"]["name"], "Dee Mo");
    assert_eq!(
        (&settings["browsing"]["spoilers"]["movies"], &settings["browsing"]["spoilers"]["shows"]),
        (&json!("hide"), &json!("show"))
    );
    assert_eq!(device.get("/users/demo").await.body["name"], "Dee Mo");
}
