//! Effects of writes: history, ratings, collection, account limits, last activities.

use chrono::Duration;
use rstest::rstest;
use serde_json::{Value, json};
use trakt_sim::{DEMO_USER, GUEST_USER};

use crate::client::Device;
use crate::{MOVIE, SHOW, builder, sim};

fn movie(number: u64) -> Value {
    json!({"ids": {"trakt": number}})
}

fn movies(numbers: impl IntoIterator<Item = u64>) -> Value {
    json!({"movies": numbers.into_iter().map(movie).collect::<Vec<_>>()})
}

fn play(number: u64, watched_at: Value) -> Value {
    json!({"movies": [{"ids": {"trakt": number}, "watched_at": watched_at}]})
}

#[tokio::test]
async fn times_of_plays_are_truncated_to_the_minute() {
    let sim = sim().await;
    let device = Device::demo(&sim);
    device.post("/sync/history", play(MOVIE, json!("2026-11-20T03:44:55.000Z"))).await;
    assert_eq!(device.get("/sync/history").await.items()[0]["watched_at"], "2026-11-20T03:44:00.000Z");
}

#[tokio::test]
async fn a_play_sent_twice_is_stored_twice() {
    let sim = sim().await;
    let device = Device::demo(&sim);
    for _ in 0..2 {
        let answer = device.post("/sync/history", play(MOVIE, json!("2026-11-20T03:44:00Z"))).await;
        assert_eq!(answer.body["added"]["movies"], 1);
    }
    assert_eq!(device.get(&format!("/sync/history/movies/{MOVIE}")).await.items().len(), 2);
    assert_eq!(device.get("/sync/watched/movies").await.items()[0]["plays"], 2);
}

#[rstest]
#[case::released(json!("released"), None)]
#[case::unknown(json!("unknown"), Some("1970-01-01T00:00:00.000Z"))]
#[tokio::test]
async fn watched_at_can_be_released_or_unknown(#[case] watched_at: Value, #[case] stored: Option<&str>) {
    let sim = sim().await;
    let device = Device::demo(&sim);
    device.post("/sync/history", play(MOVIE, watched_at)).await;
    let released = device.get(&format!("/movies/{MOVIE}?extended=full")).await.body["released"].clone();
    let released = format!("{}T00:00:00.000Z", released.as_str().expect("a day"));
    assert_eq!(device.get("/sync/history").await.items()[0]["watched_at"], stored.unwrap_or(&released));
}

#[tokio::test]
async fn unix_timestamps_are_accepted_and_stored_as_now() {
    let sim = builder().unrecorded().start().await.expect("a free port");
    let device = Device::demo(&sim);
    let answer = device.post("/sync/history", play(MOVIE, json!(1_400_000_000))).await;
    assert_eq!(answer.body["added"]["movies"], 1);
    assert_eq!(device.get("/sync/history").await.items()[0]["watched_at"], "2026-11-21T12:34:00.000Z");
}

#[tokio::test]
async fn null_ids_and_times_are_accepted() {
    let sim = sim().await;
    let device = Device::demo(&sim);
    let play =
        json!({"movies": [{"ids": {"trakt": MOVIE, "imdb": null}, "watched_at": null}], "shows": null});
    assert_eq!(device.post("/sync/history", play).await.body["added"]["movies"], 1);
    assert_eq!(device.get("/sync/history").await.items()[0]["watched_at"], "2026-11-21T12:34:00.000Z");
}

#[tokio::test]
async fn tmdb_id_shared_by_two_episodes_selects_the_first() {
    // The contract also requires a Trakt or TVDB number; Trakt itself does not.
    let sim = builder().unrecorded().start().await.expect("a free port");
    let device = Device::demo(&sim);
    let catalogue = sim.catalogue();
    let (first, second) = catalogue
        .shows()
        .iter()
        .flat_map(|show| {
            show.episodes().collect::<Vec<_>>().windows(2).map(<[_]>::to_vec).collect::<Vec<_>>()
        })
        .find(|pair| pair[0].ids.tmdb == pair[1].ids.tmdb)
        .map(|pair| (pair[0].clone(), pair[1].clone()))
        .expect("a double-length finale");
    let by_tmdb = json!({"episodes": [{"ids": {"tmdb": second.ids.tmdb}}]});
    device.post("/sync/history", by_tmdb).await;
    assert_eq!(device.get("/sync/history").await.items()[0]["episode"]["ids"]["trakt"], first.ids.trakt);
}

#[tokio::test]
async fn episodes_are_found_by_trakt_id_tvdb_id_and_number_within_the_show() {
    let sim = sim().await;
    let device = Device::demo(&sim);
    let episode = device.get(&format!("/shows/{SHOW}/seasons/1/episodes/2")).await.body["ids"].clone();
    let bodies = [
        json!({"episodes": [{"ids": {"trakt": episode["trakt"]}}]}),
        json!({"episodes": [{"ids": {"tvdb": episode["tvdb"]}}]}),
        json!({"shows": [{"ids": {"trakt": SHOW}, "seasons": [{"number": 1, "episodes": [{"number": 2}]}]}]}),
    ];
    for body in bodies {
        assert_eq!(device.post("/sync/history", body).await.body["added"]["episodes"], 1);
    }
    assert_eq!(device.get(&format!("/sync/history/episodes/{}", episode["trakt"])).await.items().len(), 3);
}

#[tokio::test]
async fn titles_without_known_ids_are_found_by_title_and_year() {
    // pytrakt 4.4 nests the ids of a show twice.
    let sim = builder().unrecorded().start().await.expect("a free port");
    let device = Device::demo(&sim);
    let show = device.get(&format!("/shows/{SHOW}")).await.body;
    let named = json!({"title": show["title"], "year": show["year"], "ids": {"ids": {"trakt": SHOW}}});
    device.post("/sync/watchlist", json!({"shows": [named]})).await;
    assert_eq!(crate::client::numbers(device.get("/sync/watchlist").await.items(), "show"), [SHOW]);
}

#[tokio::test]
async fn unmatched_items_are_listed_in_not_found() {
    let sim = sim().await;
    let device = Device::demo(&sim);
    let body = json!({
        "movies": [movie(MOVIE), {"ids": {"imdb": "tt0000000"}}],
        "shows": [{"ids": {"trakt": SHOW}, "seasons": [{"number": 1, "episodes": [{"number": 1}, {"number": 999}]}]}],
    });
    let answer = device.post("/sync/history", body).await;
    assert_eq!((answer.status, &answer.body["added"]), (201, &json!({"movies": 1, "episodes": 1})));
    assert_eq!(answer.body["not_found"]["movies"], json!([{"ids": {"imdb": "tt0000000"}}]));
    assert_eq!(answer.body["not_found"]["shows"][0]["seasons"][0]["episodes"], json!([{"number": 999}]));
}

#[tokio::test]
async fn adding_a_show_adds_all_of_its_aired_episodes() {
    let sim = sim().await;
    let device = Device::demo(&sim);
    let aired = device.get(&format!("/shows/{SHOW}")).await.body["aired_episodes"].clone();
    let answer = device.post("/sync/history", json!({"shows": [{"ids": {"trakt": SHOW}}]})).await;
    assert_eq!(answer.body["added"]["episodes"], aired);
}

#[tokio::test]
async fn removing_an_item_removes_all_its_plays_and_removing_an_id_one_play() {
    let sim = sim().await;
    let device = Device::demo(&sim);
    for day in 10..13 {
        device.post("/sync/history", play(MOVIE, json!(format!("2026-11-{day}T10:00:00Z")))).await;
    }
    let plays = device.get("/sync/history").await;
    let removed = device.post("/sync/history/remove", json!({"ids": [plays.items()[0]["id"], 1]})).await;
    assert_eq!(
        (&removed.body["deleted"]["movies"], &removed.body["not_found"]["ids"]),
        (&json!(1), &json!([1]))
    );
    let removed = device.post("/sync/history/remove", movies([MOVIE])).await;
    assert_eq!(removed.body["deleted"]["movies"], 2);
    assert_eq!(device.get("/sync/history").await.items().len(), 0);
    assert_eq!(device.get("/sync/watched/movies").await.items().len(), 0);
}

#[tokio::test]
async fn removals_do_not_change_last_updated_at() {
    let sim = sim().await;
    let device = Device::demo(&sim);
    for day in [10, 12] {
        device.post("/sync/history", play(MOVIE, json!(format!("2026-11-{day}T10:00:00Z")))).await;
    }
    let before = device.get("/sync/watched/movies").await.items()[0]["last_updated_at"].clone();
    sim.advance(Duration::hours(1));
    let id = device.get("/sync/history").await.items()[0]["id"].clone();
    device.post("/sync/history/remove", json!({"ids": [id]})).await;
    let watched = device.get("/sync/watched/movies").await.items()[0].clone();
    assert_eq!((&watched["last_updated_at"], &watched["plays"]), (&before, &json!(1)));
    assert_eq!(watched["last_watched_at"], "2026-11-10T10:00:00.000Z");
}

#[rstest]
#[case("/sync/history", "movies.watched_at")]
#[case("/sync/ratings", "movies.rated_at")]
#[case("/sync/collection", "movies.collected_at")]
#[case("/sync/watchlist", "movies.watchlisted_at")]
#[case("/sync/watchlist", "watchlist.updated_at")]
#[case("/sync/favorites", "movies.favorited_at")]
#[case("/sync/favorites", "favorites.updated_at")]
#[tokio::test]
async fn additions_and_removals_update_last_activities(#[case] path: &str, #[case] member: &str) {
    let sim = sim().await;
    let device = Device::demo(&sim);
    let pointer = format!("/{}", member.replace('.', "/"));
    let mut seen = Vec::new();
    let items = match path {
        "/sync/ratings" => json!({"movies": [{"ids": {"trakt": MOVIE}, "rating": 7}]}),
        _ => movies([MOVIE]),
    };
    for path in [None, Some(path.to_owned()), Some(format!("{path}/remove"))] {
        sim.advance(Duration::minutes(1));
        if let Some(path) = path {
            device.post(&path, if path.ends_with("remove") { movies([MOVIE]) } else { items.clone() }).await;
        }
        let activities = device.get("/sync/last_activities").await.body;
        let at = activities.pointer(&pointer).and_then(Value::as_str).expect("a time").to_owned();
        seen.push(at);
        if seen.len() > 1 {
            assert_eq!(activities["all"], **seen.last().expect("a time"));
        }
    }
    assert!(seen[0] < seen[1] && seen[1] < seen[2], "{seen:?}");
}

#[tokio::test]
async fn requests_without_changes_do_not_update_last_activities() {
    let sim = sim().await;
    let device = Device::demo(&sim);
    device.post("/sync/watchlist", movies([MOVIE])).await;
    let before = device.get("/sync/last_activities").await.body;
    sim.advance(Duration::hours(1));
    assert_eq!(device.post("/sync/watchlist", movies([MOVIE])).await.body["existing"]["movies"], 1);
    device.post("/sync/history/remove", movies([MOVIE + 1])).await;
    device.get("/sync/history").await;
    assert_eq!(device.get("/sync/last_activities").await.body, before);
}

#[rstest]
#[case(json!(0), 422)]
#[case(json!(11), 422)]
#[case(json!(7.5), 422)]
#[case(json!(10), 201)]
#[tokio::test]
async fn ratings_are_integers_from_1_to_10(#[case] rating: Value, #[case] status: u16) {
    let sim = sim().await;
    let body = json!({"movies": [{"ids": {"trakt": MOVIE}, "rating": rating}]});
    assert_eq!(Device::demo(&sim).post("/sync/ratings", body).await.status, status);
}

#[tokio::test]
async fn ratings_can_be_filtered_by_type_and_stars() {
    let sim = sim().await;
    let device = Device::demo(&sim);
    let body = json!({"movies": [{"ids": {"trakt": MOVIE}, "rating": 7}, {"ids": {"trakt": MOVIE + 1}, "rating": 9}],
        "shows": [{"ids": {"trakt": SHOW}, "rating": 9}]});
    assert_eq!(device.post("/sync/ratings", body).await.body["added"]["shows"], 1);
    assert_eq!(device.get("/sync/ratings/movies/9,10").await.items().len(), 1);
    assert_eq!(device.get("/sync/ratings/all").await.items().len(), 3);
    assert_eq!(device.get("/users/demo/ratings/shows").await.items()[0]["rating"], 9);
}

#[tokio::test]
async fn the_collection_stores_metadata() {
    let sim = sim().await;
    let device = Device::demo(&sim);
    let body = json!({"movies": [{"ids": {"trakt": MOVIE}, "collected_at": "2026-01-02T03:04:05Z", "media_type": "digital",
        "resolution": "uhd_4k", "hdr": "hdr10", "audio": "dolby_atmos", "audio_channels": "7.1", "3d": false}]});
    assert_eq!(device.post("/sync/collection", body).await.status, 201);
    let copy = device.get("/sync/collection/movies?extended=metadata").await.items()[0].clone();
    assert_eq!((&copy["metadata"]["resolution"], &copy["metadata"]["3d"]), (&json!("uhd_4k"), &json!(false)));
    assert_eq!(copy["available_on"], json!([]));
    assert!(copy["movie"]["ids"]["plex"]["guid"].is_string());
    let unknown = json!({"movies": [{"ids": {"trakt": MOVIE + 1}, "available_on": "plex"}]});
    device.post("/sync/collection", unknown).await;
    let copies = device.get("/sync/collection/movies?extended=metadata&available_on=plex").await;
    assert_eq!(crate::client::numbers(copies.items(), "movie"), [MOVIE + 1]);
    assert_eq!(
        copies.items()[0]["metadata"],
        json!({"media_type": null, "resolution": null, "hdr": null, "audio": null, "audio_channels": null, "3d": null})
    );
    assert_eq!(copies.items()[0]["available_on"], json!([{"name": "plex"}]));
    let minimal = device.get("/sync/collection/minimal/movies?available_on=plex").await;
    assert_eq!(
        minimal.body.as_object().expect("an object").keys().collect::<Vec<_>>(),
        [&(MOVIE + 1).to_string()]
    );
    assert!(device.get("/sync/collection/movies").await.items()[0].get("metadata").is_none());
    device
        .post("/sync/collection", json!({"shows": [{"ids": {"trakt": SHOW}, "seasons": [{"number": 1}]}]}))
        .await;
    let show = device.get("/sync/collection/shows").await.items()[0].clone();
    assert_eq!((&show["show"]["ids"]["trakt"], &show["seasons"][0]["number"]), (&json!(SHOW), &json!(1)));
    assert!(device.get("/sync/collection/minimal/shows").await.body[SHOW.to_string()]["1"]["1"].is_string());
    let episodes = show["seasons"][0]["episodes"].as_array().map(Vec::len);
    let removed = device.post("/sync/collection/remove", json!({"shows": [{"ids": {"trakt": SHOW}}]})).await;
    assert_eq!(removed.body["deleted"]["episodes"], json!(episodes));
}

#[rstest]
#[case::history("/sync/history")]
#[case::ratings("/sync/ratings")]
#[case::watchlist("/sync/watchlist")]
#[case::favorites("/sync/favorites")]
#[case::list("/users/me/lists/mine/items")]
#[tokio::test]
async fn writes_over_an_account_limit_return_420_and_add_nothing(#[case] path: &str) {
    let sim = sim().await;
    sim.configure(|config| {
        config.free.history = 3;
        config.free.ratings = 3;
        config.free.watchlist = 3;
        config.free.favorites = 3;
        config.free.list_items = 3;
    });
    let device = Device::of(&sim, GUEST_USER);
    device.post("/users/me/lists", json!({"name": "Mine"})).await;
    let items = |numbers: std::ops::Range<u64>| -> Value {
        let rated = numbers.map(|n| json!({"ids": {"trakt": MOVIE + n}, "rating": 5}));
        json!({"movies": rated.collect::<Vec<_>>()})
    };
    let read = if path.starts_with("/users") { path.to_owned() } else { format!("{path}/movies") };
    assert!(device.post(path, items(0..2)).await.status < 300);
    let refused = device.post(path, items(2..4)).await;
    assert_eq!(refused.status, 420);
    assert_eq!((refused.header("x-account-limit"), refused.header("x-vip-user")), (Some("3"), Some("false")));
    assert_eq!(device.get(&read).await.items().len(), 2, "existing items can still be read");
    sim.set_vip(GUEST_USER, true);
    assert!(device.post(path, items(2..4)).await.status < 300);
}

#[tokio::test]
async fn the_number_of_lists_is_limited_by_account_type() {
    let sim = sim().await;
    for (user, limit) in [(GUEST_USER, 5), (DEMO_USER, 100)] {
        let device = Device::of(&sim, user);
        let settings = device.get("/users/settings").await.body;
        assert_eq!(settings["limits"]["list"]["count"], limit);
        let owned = device.get("/users/me/lists?limit=250").await.items().len();
        for n in owned..limit {
            assert_eq!(
                device.post("/users/me/lists", json!({"name": format!("List {n}")})).await.status,
                201
            );
        }
        assert_eq!(device.post("/users/me/lists", json!({"name": "One more"})).await.status, 420);
    }
}

#[tokio::test]
async fn settings_include_the_limits_of_lists_watchlist_and_favourites() {
    let sim = sim().await;
    let limits = Device::of(&sim, GUEST_USER).get("/users/settings").await.body["limits"].clone();
    assert_eq!(limits["watchlist"]["item_count"], 250);
    assert_eq!(limits["list"], json!({"count": 5, "item_count": 250}));
    assert!(limits["favorites"]["item_count"].is_u64());
}

#[tokio::test]
async fn watched_titles_are_removed_from_the_watchlist() {
    let sim = sim().await;
    let device = Device::demo(&sim);
    let wished = json!({"movies": [movie(MOVIE), movie(MOVIE + 1)], "shows": [{"ids": {"trakt": SHOW}}]});
    device.post("/sync/watchlist", wished).await;
    let watched = json!({"movies": [movie(MOVIE)],
        "shows": [{"ids": {"trakt": SHOW}, "seasons": [{"number": 1, "episodes": [{"number": 1}]}]}]});
    device.post("/sync/history", watched).await;
    let left = device.get("/sync/watchlist").await;
    assert_eq!(crate::client::numbers(left.items(), "movie"), [MOVIE + 1]);
}
