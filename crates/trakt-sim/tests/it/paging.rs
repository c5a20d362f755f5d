//! Pagination, `extended` and sort orders.

use serde_json::json;
use trakt_sim::{DEMO_USER, Fault, FaultKind, Person};

use crate::client::{Device, numbers};
use crate::{MOVIE, SHOW, builder, sim, sim_with_history};

#[tokio::test]
async fn lists_have_pages_of_100_items_and_four_headers() {
    let sim = sim_with_history(320).await;
    let page = Device::demo(&sim).get("/sync/history").await;
    assert_eq!(page.items().len(), 100);
    let counts =
        ["x-pagination-page", "x-pagination-limit", "x-pagination-page-count", "x-pagination-item-count"];
    assert_eq!(counts.map(|name| page.count(name)), [1, 100, 4, 320]);
}

#[tokio::test]
async fn limits_above_the_maximum_are_clamped() {
    let sim = sim_with_history(320).await;
    let page = Device::demo(&sim).get("/sync/history?limit=1000").await;
    assert_eq!((page.items().len(), page.count("x-pagination-limit")), (250, 250));
}

#[tokio::test]
async fn pages_of_search_have_50_results_and_pages_of_comments_10() {
    let sim = sim().await;
    let device = Device::demo(&sim);
    assert_eq!(device.get("/search/movie?query=the&limit=250").await.count("x-pagination-limit"), 250);
    assert_eq!(device.get("/search/movie?query=the").await.count("x-pagination-limit"), 50);
    let text = "Worth every minute of the evening.";
    for _ in 0..11 {
        device.post("/comments", json!({"movie": {"ids": {"trakt": MOVIE}}, "comment": text})).await;
    }
    let comments = device.get(&format!("/movies/{MOVIE}/comments")).await;
    assert_eq!((comments.count("x-pagination-limit"), comments.items().len()), (10, 10));
}

#[tokio::test]
async fn all_sync_lists_are_paginated() {
    let sim = sim_with_history(300).await;
    let device = Device::demo(&sim);
    let movies: Vec<_> = (0..3).map(|n| json!({"ids": {"trakt": MOVIE + n}})).collect();
    device.post("/sync/collection", json!({"movies": movies})).await;
    for n in 0..3 {
        let paused = json!({"movie": {"ids": {"trakt": MOVIE + n}}, "progress": 40.0});
        device.post("/scrobble/pause", paused).await;
    }
    for path in
        ["collection/movies", "watchlist/movies", "ratings/movies", "history", "watched/movies", "playback"]
    {
        let page = device.get(&format!("/sync/{path}?limit=2")).await;
        assert_eq!((page.items().len(), page.count("x-pagination-limit")), (2, 2), "{path}");
        assert!(page.count("x-pagination-item-count") > 2, "{path}");
    }
    let list = device.get("/users/me/lists/rainy-sunday/items?limit=2").await;
    assert_eq!((list.items().len(), list.count("x-pagination-page-count")), (2, 3));
}

#[tokio::test]
async fn reading_all_pages_returns_every_item_once() {
    let sim = sim_with_history(777).await;
    let plays = Device::demo(&sim).walk("/sync/history", 250).await;
    let mut ids: Vec<u64> = plays.iter().map(|play| play["id"].as_u64().expect("an id")).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), 777);
}

#[tokio::test]
async fn pages_past_the_end_are_empty() {
    let sim = sim_with_history(10).await;
    let page = Device::demo(&sim).get("/sync/history?page=9").await;
    assert_eq!((page.status, page.items().len(), page.count("x-pagination-item-count")), (200, 0, 10));
}

#[tokio::test]
async fn extended_progress_adds_seasons_and_limits_pages_to_100() {
    let sim = sim_with_history(500).await;
    let page = Device::demo(&sim).get("/sync/watched/shows?extended=progress&limit=250").await;
    assert_eq!(page.count("x-pagination-limit"), 100);
    let episode = &page.items()[0]["seasons"][0]["episodes"][0];
    assert!(
        episode["number"].is_u64() && episode["plays"].is_u64() && episode["last_watched_at"].is_string()
    );
}

#[tokio::test]
async fn seasons_are_missing_without_extended_progress() {
    let sim = sim_with_history(200).await;
    let device = Device::demo(&sim);
    for extended in ["", "?extended=full"] {
        let page = device.get(&format!("/sync/watched/shows{extended}")).await;
        assert!(page.items()[0].get("seasons").is_none(), "{extended}");
    }
    let full = device.get("/sync/watched/shows?extended=full").await;
    assert!(full.items()[0]["show"]["overview"].is_string());
}

#[tokio::test]
async fn seasons_can_be_missing_null_or_empty_which_means_unknown() {
    let people = Person::new(DEMO_USER).vip().history(50);
    let sim = builder().person(people).unrecorded().start().await.expect("a port");
    let device = Device::demo(&sim);
    for value in [None, Some(json!(null)), Some(json!([]))] {
        sim.clear_faults();
        sim.add_fault(Fault::on(
            "/sync/watched",
            FaultKind::Rewrite { member: "seasons".into(), value: value.clone() },
        ));
        let page = device.get("/sync/watched/shows?extended=progress").await;
        assert_eq!(page.items()[0].get("seasons"), value.as_ref());
    }
}

#[tokio::test]
async fn the_compact_form_contains_the_time_of_every_play_in_large_pages() {
    let sim = sim_with_history(700).await;
    let device = Device::demo(&sim);
    let movies = device.get("/users/me/watched/movies?extended=min&page=1&limit=10000").await;
    let shows = device
        .get("/users/me/watched/shows?extended=min&specials=true&season_numbers=true&page=1&limit=1000")
        .await;
    assert_eq!((movies.count("x-pagination-limit"), shows.count("x-pagination-limit")), (10_000, 1_000));
    let all = device.walk("/sync/history", 250).await;
    assert_eq!(times_in(&movies.body).len() + times_in(&shows.body).len(), all.len());
    let episode = all.iter().find(|play| play["type"] == "episode").expect("a watched episode");
    let show = episode["show"]["ids"]["trakt"].to_string();
    let (number, id) = (&episode["episode"]["season"], episode["episode"]["ids"]["trakt"].to_string());
    let seasons = shows.body[&show].as_object().expect("seasons");
    let (_, season) =
        seasons.iter().find(|(key, _)| key.ends_with(&format!("|{number}"))).expect("the season's key");
    assert!(season[&id].as_array().expect("times").contains(&episode["watched_at"]));
    let without_numbers = device.get("/users/me/watched/shows?extended=min&limit=1000").await.body;
    let keys: Vec<&String> =
        without_numbers[&show].as_object().expect("seasons").iter().map(|(key, _)| key).collect();
    assert!(!keys.is_empty() && keys.iter().all(|key| key.parse::<u64>().is_ok()), "{keys:?}");
    assert_eq!(device.get("/users/me/watched/shows?extended=min&page=2&limit=1000").await.body, json!({}));
}

/// Returns all times in a compact form.
fn times_in(value: &serde_json::Value) -> Vec<String> {
    match value {
        serde_json::Value::String(time) => vec![time.clone()],
        serde_json::Value::Array(values) => values.iter().flat_map(times_in).collect(),
        serde_json::Value::Object(members) => members.values().flat_map(times_in).collect(),
        _ => Vec::new(),
    }
}

#[tokio::test]
async fn ratings_are_returned_in_one_response_unless_a_page_is_requested() {
    let sim = sim_with_history(3_000).await;
    let device = Device::demo(&sim);
    let all = device.get("/sync/ratings/episodes").await;
    assert!(all.items().len() > 100 && all.header("x-pagination-page").is_none());
    let page = device.get("/sync/ratings/episodes?limit=7").await;
    assert_eq!((page.items().len(), page.count("x-pagination-item-count")), (7, all.items().len()));
    assert_eq!(device.get("/users/demo/ratings/episodes?page=2").await.count("x-pagination-page"), 2);
}

#[tokio::test]
async fn the_minimal_collection_announces_no_counts_and_ends_with_an_empty_page() {
    let sim = sim().await;
    let device = Device::demo(&sim);
    let movies: Vec<_> = (0..5).map(|n| json!({"ids": {"trakt": MOVIE + n}})).collect();
    device.post("/sync/collection", json!({"movies": movies})).await;
    sim.configure(|config| config.minimal_limit = 3);
    let mut sizes = Vec::new();
    for page in 1..=3 {
        let answer = device.get(&format!("/sync/collection/minimal/movies?page={page}")).await;
        assert_eq!(answer.header("x-pagination-page-count"), None);
        sizes.push(answer.body.as_object().expect("an object").len());
    }
    assert_eq!(sizes, [3, 2, 0]);
}

#[tokio::test]
async fn an_empty_list_announces_no_pages_and_a_limit_of_0() {
    let sim = sim().await;
    let device = Device::demo(&sim);
    for path in ["/sync/watchlist", "/users/demo/followers", "/users/me/lists/collaborations"] {
        let page = device.get(path).await;
        assert_eq!((page.status, page.items().len()), (200, 0), "{path}");
        let counts = ["x-pagination-limit", "x-pagination-page-count", "x-pagination-item-count"];
        assert_eq!(counts.map(|name| page.count(name)), [0, 0, 0], "{path}");
    }
}

#[tokio::test]
async fn up_next_announces_1337_and_progress_counts_hidden_shows() {
    let sim = sim_with_history(200).await;
    let device = Device::demo(&sim);
    let before = device.get("/sync/progress/watched").await;
    let show = before.items()[0]["show"]["ids"]["trakt"].clone();
    device.post("/users/hidden/dropped", json!({"shows": [{"ids": {"trakt": show}}]})).await;
    let after = device.get("/sync/progress/watched").await;
    assert_eq!(after.items().len() + 1, before.items().len());
    assert_eq!(after.count("x-pagination-item-count"), before.items().len());
    assert_eq!(device.get("/sync/progress/up_next").await.count("x-pagination-item-count"), 1337);
}

#[tokio::test]
async fn watched_episodes_include_ids() {
    let sim = sim_with_history(50).await;
    let page = Device::demo(&sim).get("/sync/watched/episodes").await;
    assert!(
        page.items()[0]["episode"]["ids"]["trakt"].is_u64()
            && page.items()[0]["show"]["ids"]["trakt"].is_u64()
    );
}

#[tokio::test]
async fn the_sort_order_can_be_requested_in_the_path() {
    let sim = sim().await;
    let device = Device::demo(&sim);
    let movies: Vec<_> = (0..5).map(|n| json!({"ids": {"trakt": MOVIE + n}})).collect();
    device.post("/sync/watchlist", json!({"movies": movies})).await;
    let titles = |answer: crate::client::Answer| -> Vec<String> {
        answer
            .items()
            .iter()
            .map(|item| item["movie"]["title"].as_str().expect("a title").to_owned())
            .collect()
    };
    let ascending = titles(device.get("/sync/watchlist/movies/title/asc").await);
    let mut descending = titles(device.get("/sync/watchlist/movies/title/desc").await);
    descending.reverse();
    assert_eq!(ascending, descending);
    let ranked = device.get("/sync/watchlist/movies/rank/asc").await;
    assert_eq!(numbers(ranked.items(), "movie"), (0..5).map(|n| MOVIE + n).collect::<Vec<_>>());
    assert_eq!((ranked.header("x-sort-by"), ranked.header("x-sort-how")), (Some("rank"), Some("asc")));
    let by_title = device.get("/sync/watchlist/movies/title/desc").await;
    let own_and_applied = ["x-sort-by", "x-sort-how", "x-applied-sort-by", "x-applied-sort-how"];
    assert_eq!(
        own_and_applied.map(|name| by_title.header(name).expect("the header")),
        ["rank", "asc", "title", "desc"]
    );
}

#[tokio::test]
async fn limit_can_be_ignored() {
    let sim = sim_with_history(150).await;
    sim.add_fault(Fault::on("/sync/history", FaultKind::IgnoreLimit));
    assert_eq!(Device::demo(&sim).get("/sync/history?limit=7").await.items().len(), 100);
}

#[tokio::test]
async fn lists_can_shift_between_pages() {
    let sim = sim_with_history(150).await;
    sim.add_fault(Fault::on("/sync/history", FaultKind::ShrinkingLists { by: 3 }));
    let device = Device::demo(&sim);
    let (first, second) =
        (device.get("/sync/history?page=1").await, device.get("/sync/history?page=2").await);
    assert_eq!((first.count("x-pagination-item-count"), second.count("x-pagination-item-count")), (150, 147));
    assert_eq!(first.items().len() + second.items().len(), 147);
}

#[tokio::test]
async fn page_counts_can_be_wrong() {
    let sim = sim_with_history(150).await;
    sim.add_fault(Fault::on("/sync/history", FaultKind::WrongPageCounts { by: 1 }));
    let page = Device::demo(&sim).get("/sync/history").await;
    assert_eq!([page.count("x-pagination-page-count"), page.count("x-pagination-item-count")], [3, 151]);
}

#[tokio::test]
async fn plex_ids_are_an_object() {
    let sim = sim().await;
    let movie = Device::demo(&sim).get(&format!("/movies/{MOVIE}?extended=full")).await;
    assert!(movie.body["ids"]["plex"]["guid"].is_string());
}

#[tokio::test]
async fn external_ids_can_be_hidden_temporarily() {
    let sim = sim().await;
    let device = Device::demo(&sim);
    sim.hide_ids(&["tvdb"]);
    let show = device.get(&format!("/shows/{SHOW}")).await;
    assert!(show.body["ids"]["tvdb"].is_null() && show.body["ids"]["trakt"] == SHOW);
    sim.hide_ids(&[]);
    assert!(device.get(&format!("/shows/{SHOW}")).await.body["ids"]["tvdb"].is_u64());
}

#[tokio::test]
async fn history_is_newest_first_and_filters_on_the_time_of_the_play() {
    let sim = sim().await;
    let device = Device::demo(&sim);
    let times = ["2026-11-20T10:00:00Z", "2025-11-20T10:00:00Z", "2026-01-05T10:00:00Z"];
    for (n, watched_at) in times.into_iter().enumerate() {
        let play = json!({"movies": [{"ids": {"trakt": MOVIE + n as u64}, "watched_at": watched_at}]});
        device.post("/sync/history", play).await;
    }
    let all = device.get("/sync/history").await;
    assert_eq!(numbers(all.items(), "movie"), [MOVIE, MOVIE + 2, MOVIE + 1]);
    // IDs grow in the order of insertion, whatever the time of the play: last year's play was added second.
    let ids: Vec<u64> = [0, 2, 1].map(|at: usize| all.items()[at]["id"].as_u64().expect("an id")).to_vec();
    assert!(ids.is_sorted(), "{ids:?}");
    let since = device.get("/sync/history?start_at=2026-01-01T00:00:00Z&end_at=2026-06-01T00:00:00Z").await;
    assert_eq!(numbers(since.items(), "movie"), [MOVIE + 2]);
}

#[tokio::test]
async fn same_seed_gives_the_same_responses() {
    let (one, other) = (sim_with_history(200).await, sim_with_history(200).await);
    for path in
        ["/sync/history?extended=full", "/movies/trending", "/shows/popular?extended=full", "/sync/ratings"]
    {
        let texts = [
            Device::of(&one, DEMO_USER).get(path).await.text,
            Device::of(&other, DEMO_USER).get(path).await.text,
        ];
        assert_eq!(texts[0], texts[1], "{path}");
    }
}
