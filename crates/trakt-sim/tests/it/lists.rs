//! Lists, charts and search: the paths that Kometa and similar tools read.

use rstest::rstest;
use serde_json::json;
use trakt_sim::{DEMO_USER, GUEST_USER, Person};

use crate::client::{Device, numbers};
use crate::{MOVIE, SHOW, builder, sim, sim_with_history};

#[tokio::test]
async fn lists_can_be_created_filled_reordered_changed_and_deleted() {
    let sim = sim().await;
    let device = Device::demo(&sim);
    let list = device.post("/users/me/lists", json!({"name": "Late Nights", "privacy": "public"})).await.body;
    assert_eq!((&list["ids"]["slug"], &list["item_count"]), (&json!("late-nights"), &json!(0)));
    let path = format!("/users/{DEMO_USER}/lists/{}", list["ids"]["trakt"]);
    let items = json!({"movies": (0..3).map(|n| json!({"ids": {"trakt": MOVIE + n}})).collect::<Vec<_>>(),
        "shows": [{"ids": {"trakt": SHOW}}]});
    let added = device.post(&format!("{path}/items"), items).await;
    assert_eq!((added.status, &added.body["list"]["item_count"]), (201, &json!(4)));
    let ranked = device.get(&format!("{path}/items")).await;
    let ids: Vec<_> = ranked.items().iter().map(|item| item["id"].clone()).collect();
    let rank = json!({"rank": [ids[2], ids[0], 5]});
    let reordered = device.post(&format!("{path}/items/reorder"), rank).await.body;
    assert_eq!((&reordered["updated"], &reordered["skipped_ids"]), (&json!(2), &json!([5])));
    let movies = device.get(&format!("{path}/items/movie")).await;
    assert_eq!(numbers(movies.items(), "movie"), [MOVIE + 2, MOVIE, MOVIE + 1]);
    assert_eq!(device.put(&path, json!({"name": "Later"})).await.body["name"], "Later");
    assert_eq!(
        device.get("/users/me/lists/late-nights").await.body["name"],
        "Later",
        "the slug does not change"
    );
    let note = device.put(&format!("{path}/items/{}", ids[0]), json!({"notes": "again"})).await;
    assert_eq!(note.status, 204);
    let gone = json!({"movies": [{"ids": {"trakt": MOVIE}}]});
    assert_eq!(device.post(&format!("{path}/items/remove"), gone).await.body["deleted"]["movies"], 1);
    assert_eq!(device.delete(&path).await.status, 204);
    assert_eq!(device.get(&path).await.status, 404);
}

#[tokio::test]
async fn people_on_a_list_are_returned_only_on_request() {
    let sim = sim().await;
    let device = Device::demo(&sim);
    device.post("/users/me/lists", json!({"name": "Faces", "privacy": "public"})).await;
    let items = json!({"movies": [{"ids": {"trakt": MOVIE}}],
        "people": [{"ids": {"trakt": 3}}, {"ids": {"trakt": 8}}]});
    device.post("/users/me/lists/faces/items", items).await;
    let kinds = async |path: &str| {
        let reply = device.get(&format!("/users/me/lists/faces/items{path}")).await;
        let kinds: Vec<_> = reply.items().iter().map(|item| item["type"].clone()).collect();
        (kinds, reply.header("x-pagination-item-count").map(str::to_owned))
    };
    assert_eq!(kinds("").await.0, ["movie"], "people are returned only on request");
    assert_eq!(kinds("/person").await, (vec![json!("person"), json!("person")], Some("2".to_owned())));
    assert_eq!(kinds("/movie,person/rank/asc").await.0, ["movie", "person", "person"]);
    let first = device.get("/users/me/lists/faces/items/person").await.items()[0]["person"].clone();
    assert_eq!(first, device.get("/people/3").await.body);
    device.post("/users/me/lists/faces/items/remove", json!({"people": [{"ids": {"trakt": 3}}]})).await;
    assert_eq!(kinds("/person").await.0, ["person"]);
}

#[tokio::test]
async fn charts_of_lists_contain_the_requested_kind() {
    let sim = sim().await;
    let demo = Device::demo(&sim);
    let mine = json!({"name": "Mine", "privacy": "public"});
    assert_eq!(demo.post("/users/me/lists", mine).await.status, 201);
    assert_eq!(
        demo.post("/users/me/lists/mine/items", json!({"movies": [{"ids": {"trakt": MOVIE}}]})).await.status,
        201
    );
    for chart in ["/lists/popular", "/lists/trending"] {
        for kind in ["official", "personal"] {
            let lists = demo.get(&format!("{chart}/{kind}")).await;
            assert!(!lists.items().is_empty(), "{chart}/{kind}");
            for list in lists.items() {
                assert_eq!(list["list"]["type"], kind, "{chart}: {list}");
            }
        }
        let all = demo.get(chart).await.count("x-pagination-item-count");
        let of_both = demo.get(&format!("{chart}/official")).await.count("x-pagination-item-count")
            + demo.get(&format!("{chart}/personal")).await.count("x-pagination-item-count");
        assert_eq!(all, of_both, "{chart}");
        assert_eq!(demo.get(&format!("{chart}/nonsense")).await.status, 404);
    }
}

#[tokio::test]
async fn private_lists_and_private_users_are_hidden_from_others() {
    let sim = builder()
        .person(Person::new("ann").private())
        .person(Person::new("bob"))
        .start()
        .await
        .expect("a port");
    let (ann, bob) = (Device::of(&sim, "ann"), Device::of(&sim, "bob"));
    let secret = bob.post("/users/me/lists", json!({"name": "Secret"})).await.body["ids"]["trakt"].clone();
    assert_eq!(bob.get(&format!("/lists/{secret}")).await.status, 200);
    for path in [format!("/lists/{secret}"), "/users/bob/lists/secret".to_owned()] {
        assert_eq!(ann.get(&path).await.status, 404, "{path}");
    }
    assert_eq!(ann.post("/users/bob/lists", json!({"name": "Mine"})).await.status, 403);
    let hidden = bob.get("/users/ann/history").await;
    assert_eq!((hidden.status, hidden.header("x-private-user")), (401, Some("true")));
    assert_eq!(ann.get("/users/ann/history").await.status, 200);
}

#[tokio::test]
async fn liked_lists_are_listed_among_the_users_likes() {
    let sim = sim().await;
    let guest = Device::of(&sim, GUEST_USER);
    let list = guest.get("/lists/trending").await.items()[0]["list"]["ids"]["trakt"].clone();
    assert_eq!(guest.post(&format!("/lists/{list}/like"), json!({})).await.status, 204);
    let liked = guest.get("/users/me/likes/lists").await;
    assert_eq!(liked.items()[0]["list"]["ids"]["trakt"], list);
    assert_eq!(guest.get(&format!("/lists/{list}/likes")).await.items()[0]["user"]["username"], GUEST_USER);
    assert_eq!(guest.delete(&format!("/lists/{list}/like")).await.status, 204);
    assert_eq!(guest.get("/users/me/likes/lists").await.items().len(), 0);
}

#[tokio::test]
async fn smart_lists_keep_their_source_and_filters() {
    let sim = sim().await;
    let device = Device::demo(&sim);
    let definition = json!({"name": "Long", "source": "popular", "media_type": "movies", "filters": {"years": [1990, 2000]}});
    let made = device.post("/users/me/smart-lists", definition).await;
    let path = format!("/users/me/smart-lists/{}", made.body["ids"]["slug"].as_str().expect("a slug"));
    assert_eq!(device.get(&path).await.body["filters"]["years"], json!([1990, 2000]));
    assert_eq!(device.put(&path, json!({"name": "Longer"})).await.body["name"], "Longer");
    let items = device.get(&format!("{path}/items/movies/rank/asc?limit=5")).await;
    assert_eq!((items.items().len(), &items.items()[0]["type"]), (5, &json!("movie")));
    assert!(items.count("x-pagination-page-count") > 1);
    let by_number = format!("/smart-lists/{}", made.body["ids"]["trakt"]);
    assert_eq!(device.get(&by_number).await.body["name"], "Longer");
    assert_eq!(device.get(&format!("{by_number}/items/movies")).await.items()[0], items.items()[0]);
    assert_eq!(Device::of(&sim, GUEST_USER).get(&by_number).await.status, 404, "the smart list is private");
    let invalid = json!({"name": "x", "source": "nothing", "media_type": "movies"});
    assert_eq!(device.post("/users/me/smart-lists", invalid).await.status, 422);
    assert_eq!(device.delete(&path).await.status, 204);
    assert_eq!(device.get("/users/me/smart-lists").await.items().len(), 0);
}

#[rstest]
#[case("/movies/trending", "watchers")]
#[case("/movies/anticipated", "list_count")]
#[case("/movies/hot", "list_count")]
#[case("/movies/watched/weekly", "watcher_count")]
#[case("/movies/played/monthly", "play_count")]
#[case("/movies/collected/yearly", "collected_count")]
#[case("/movies/favorited/all", "user_count")]
#[case("/movies/recommended/weekly", "user_count")]
#[case("/movies/boxoffice", "revenue")]
#[tokio::test]
async fn charts_are_sorted_in_descending_order(#[case] path: &str, #[case] member: &str) {
    let sim = sim().await;
    let chart = Device::anonymous(&sim).get(path).await;
    let counts: Vec<u64> = chart.items().iter().map(|item| item[member].as_u64().expect("a count")).collect();
    assert!(!counts.is_empty() && counts.is_sorted_by(|a, b| a >= b), "{counts:?}");
}

#[rstest]
#[case("years=1990-1999", |movie: &serde_json::Value| (1990..=1999).contains(&movie["year"].as_u64().unwrap_or(0)))]
#[case("genres=drama", |movie: &serde_json::Value| movie["genres"].as_array().is_some_and(|all| all.contains(&json!("drama"))))]
#[case("genres=-drama", |movie: &serde_json::Value| !movie["genres"].as_array().is_some_and(|all| all.contains(&json!("drama"))))]
#[case("runtimes=100-120", |movie: &serde_json::Value| (100..=120).contains(&movie["runtime"].as_u64().unwrap_or(0)))]
#[case("ratings=70-100", |movie: &serde_json::Value| movie["rating"].as_f64().unwrap_or(0.0) >= 6.9)]
#[case("languages=en", |movie: &serde_json::Value| movie["language"] == "en")]
#[case("countries=us", |movie: &serde_json::Value| movie["country"] == "us")]
#[case("votes=1000-99999999", |movie: &serde_json::Value| movie["votes"].as_u64().unwrap_or(0) >= 1000)]
#[case("certifications=r", |movie: &serde_json::Value| movie["certification"] == "R")]
#[tokio::test]
async fn charts_can_be_filtered(#[case] filter: &str, #[case] holds: fn(&serde_json::Value) -> bool) {
    let sim = builder().movies(300).start().await.expect("a free port");
    let device = Device::anonymous(&sim);
    let all = device.get("/movies/popular?extended=full&limit=250").await.count("x-pagination-item-count");
    let some = device.get(&format!("/movies/popular?extended=full&limit=250&{filter}")).await;
    assert!(some.items().iter().all(holds), "{filter}");
    assert!((1..all).contains(&some.count("x-pagination-item-count")), "{filter}");
}

#[tokio::test]
async fn charts_can_exclude_watched_titles() {
    let sim = sim().await;
    let device = Device::demo(&sim);
    let first = numbers(device.get("/movies/trending").await.items(), "movie")[0];
    device.post("/sync/history", json!({"movies": [{"ids": {"trakt": first}}]})).await;
    let left = numbers(device.get("/movies/trending?ignore_watched=true").await.items(), "movie");
    assert!(!left.is_empty() && !left.contains(&first));
}

#[tokio::test]
async fn recommendations_are_limited_to_100_and_can_be_hidden() {
    let sim = sim_with_history(20).await;
    let device = Device::demo(&sim);
    assert_eq!(device.get("/recommendations/movies").await.items().len(), 10);
    let many = device.get("/recommendations/movies?limit=500").await;
    assert!(many.items().len() <= 100 && many.items().len() > 10);
    let first = many.items()[0]["ids"]["trakt"].clone();
    assert_eq!(device.delete(&format!("/recommendations/movies/{first}")).await.status, 204);
    assert_ne!(device.get("/recommendations/movies").await.items()[0]["ids"]["trakt"], first);
    assert_eq!(device.get("/users/hidden/recommendations").await.items().len(), 1);
}

#[tokio::test]
async fn search_finds_titles_by_text_and_year() {
    let sim = sim().await;
    let device = Device::anonymous(&sim);
    let wanted = sim.catalogue().movie(MOVIE).expect("a movie").facts.clone();
    let query = wanted.title.replace(' ', "+");
    let found = device.get(&format!("/search/movie?query={query}&years={}", wanted.year)).await;
    assert_eq!(numbers(found.items(), "movie")[0], MOVIE);
    let scores: Vec<f64> = found.items().iter().map(|hit| hit["score"].as_f64().expect("a score")).collect();
    assert!(scores.is_sorted_by(|a, b| a >= b), "{scores:?}");
    assert_eq!(device.get("/search/movie,show?query=zzzzqqq").await.items().len(), 0);
}

#[tokio::test]
async fn search_finds_movies_by_tmdb_and_imdb_and_shows_by_tvdb() {
    let sim = sim().await;
    let device = Device::anonymous(&sim);
    let movie = device.get(&format!("/movies/{MOVIE}")).await.body["ids"].clone();
    let show = device.get(&format!("/shows/{SHOW}")).await.body["ids"].clone();
    let text = |value: &serde_json::Value| value.to_string().replace('"', "");
    for (site, id, kind, number) in [
        ("tmdb", text(&movie["tmdb"]), "movie", MOVIE),
        ("imdb", text(&movie["imdb"]), "movie", MOVIE),
        ("trakt", MOVIE.to_string(), "movie", MOVIE),
        ("tvdb", text(&show["tvdb"]), "show", SHOW),
    ] {
        let found = device.get(&format!("/search/{site}/{id}?type={kind}")).await;
        assert_eq!(numbers(found.items(), kind), [number], "{site}");
    }
    assert_eq!(device.get("/search/tmdb/1").await.items().len(), 0);
}

#[tokio::test]
async fn hidden_shows_are_left_out_of_progress() {
    let sim = sim().await;
    let device = Device::demo(&sim);
    let seen =
        json!({"shows": [{"ids": {"trakt": SHOW}, "seasons": [{"number": 1, "episodes": [{"number": 1}]}]}]});
    device.post("/sync/history", seen).await;
    let next = device.get("/sync/progress/up_next").await;
    assert_eq!(next.items()[0]["progress"]["next_episode"]["number"], 2);
    device.post("/users/hidden/progress_watched", json!({"shows": [{"ids": {"trakt": SHOW}}]})).await;
    assert_eq!(device.get("/users/hidden/progress_watched?type=show").await.items().len(), 1);
    assert_eq!(device.get("/sync/progress/up_next").await.items().len(), 0);
    device.post("/users/hidden/progress_watched/remove", json!({"shows": [{"ids": {"trakt": SHOW}}]})).await;
    assert_eq!(device.get("/sync/progress/up_next").await.items().len(), 1);
}

#[tokio::test]
async fn dropping_a_movie_returns_204_and_a_show_200() {
    let sim = sim().await;
    let device = Device::demo(&sim);
    let (movie, show) = (json!({"ids": {"trakt": MOVIE}}), json!({"ids": {"trakt": SHOW}}));
    assert_eq!(device.post("/users/hidden/dropped", json!({"movies": [movie]})).await.status, 204);
    let before = device.get("/sync/last_activities").await.body["shows"]["dropped_at"].clone();
    sim.advance(chrono::Duration::minutes(1));
    assert_eq!(device.post("/users/hidden/dropped", json!({"shows": [show]})).await.status, 200);
    assert_ne!(device.get("/sync/last_activities").await.body["shows"]["dropped_at"], before);
    assert_eq!(device.get("/users/hidden/dropped").await.items().len(), 2);
}

#[tokio::test]
async fn only_vips_can_reset_progress() {
    let sim = sim().await;
    let seen =
        json!({"shows": [{"ids": {"trakt": SHOW}, "seasons": [{"number": 1, "episodes": [{"number": 1}]}]}]});
    let path = format!("/shows/{SHOW}/progress/watched");
    let (demo, guest) = (Device::demo(&sim), Device::of(&sim, GUEST_USER));
    demo.post("/sync/history", seen).await;
    assert_eq!(guest.post(&format!("{path}/reset"), json!({})).await.status, 426);
    assert_eq!(demo.get(&path).await.body["completed"], 1);
    sim.advance(chrono::Duration::minutes(2));
    demo.post(&format!("{path}/reset"), json!({})).await;
    let fresh = demo.get(&path).await.body;
    assert_eq!((&fresh["completed"], fresh["reset_at"].is_string()), (&json!(0), true));
    assert_eq!(demo.delete(&format!("{path}/reset")).await.status, 204);
    assert_eq!(demo.get(&path).await.body["completed"], 1);
}
