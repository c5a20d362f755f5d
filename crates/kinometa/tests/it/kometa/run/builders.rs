//! The results of each builder.

use std::collections::HashSet;

use serde_json::{Value, json};

use super::{Fixture, titles_of};

const CONFIG: &str = "{trakt}libraries:\n  Movies:\n    collection_files:\n      - file: movies.yml\n  TV Shows:\n    collection_files:\n      - file: shows.yml\nsettings:\n  default_collection_order: custom\n  sync_mode: sync\n";

/// Builders of movies, and the requests whose responses they should return.
const MOVIES: [(&str, &str); 14] = [
    ("trakt_trending: 12", "/movies/trending?limit=12"),
    ("trakt_popular: 12", "/movies/popular?limit=12"),
    ("trakt_anticipated: 12", "/movies/anticipated?limit=12"),
    ("trakt_watched_monthly: 12", "/movies/watched/monthly?limit=12"),
    ("trakt_collected: 12", "/movies/collected/weekly?limit=12"),
    ("trakt_recommendations: 12", "/recommendations/movies?limit=12"),
    ("trakt_recommended_yearly: 12", "/recommendations/movies?limit=12"),
    ("trakt_boxoffice: true", "/movies/boxoffice"),
    ("trakt_chart: {chart: Popular, limit: 300}", "/movies/popular?limit=250&page=1"),
    (
        "trakt_chart: {chart: trending, limit: 20, years: 1950-2020, genres: 'drama,comedy'}",
        "/movies/trending?limit=20&years=1950-2020&genres=drama,comedy",
    ),
    ("trakt_watchlist: me", "/users/me/watchlist/movies/rank/asc?limit=250"),
    (
        "trakt_userlist: {userlist: watchlist, user: anna, sort_by: title}",
        "/users/anna/watchlist/movies/title/asc?limit=250",
    ),
    ("trakt_collection: me", "/users/me/collection/movies?limit=250"),
    ("trakt_userlist: {userlist: watched}", "/users/me/watched/movies?limit=250"),
];

const SHOWS: [(&str, &str); 5] = [
    ("trakt_trending: 12", "/shows/trending?limit=12"),
    ("trakt_popular: 12", "/shows/popular?limit=12"),
    ("trakt_watched_weekly: 12", "/shows/watched/weekly?limit=12"),
    ("trakt_recommendations: 12", "/recommendations/shows?limit=12"),
    ("trakt_watchlist: me", "/users/me/watchlist/shows/rank/asc?limit=250"),
];

fn file(builders: &[(&str, &str)]) -> String {
    let collections =
        builders.iter().enumerate().map(|(at, (builder, _))| format!("  'B{at}':\n    {builder}\n"));
    format!("collections:\n{}", collections.collect::<String>())
}

/// Returns the IDs in Trakt's response, in its order.
fn ids(response: &Value, wrapper: &str, service: &str) -> Vec<Value> {
    let entries = response.as_array().unwrap();
    let ids = entries.iter().map(|entry| entry.get(wrapper).unwrap_or(entry)["ids"][service].clone());
    ids.filter(|id| !id.is_null()).collect()
}

#[tokio::test]
async fn every_builder_returns_trakts_response() {
    let fixture = Fixture::with(&[
        ("config.yml", CONFIG),
        ("movies.yml", &file(&MOVIES)),
        ("shows.yml", &file(&SHOWS)),
    ])
    .await;
    let catalogue = fixture.kometa.sim.catalogue();
    let movie = |at: usize| json!({"ids": {"trakt": catalogue.movies()[at].facts.ids.trakt}});
    let show = |at: usize| json!({"ids": {"trakt": catalogue.shows()[at].facts.ids.trakt}});
    let some = json!({"movies": [movie(40), movie(2), movie(31), movie(6)], "shows": [show(4), show(0)]});
    fixture.on_trakt("POST", "/sync/watchlist", Some(some.clone()));
    fixture.on_trakt("POST", "/sync/collection", Some(some.clone()));
    // Trakt removes watched titles from the watchlist.
    let watched = json!({"movies": [movie(12), movie(9), movie(10)]});
    fixture.on_trakt("POST", "/sync/history", Some(watched));
    let (collections, code, stderr) = fixture.json(&[]).await;
    assert_eq!(collections.len(), MOVIES.len() + SHOWS.len(), "{stderr}");
    let expected = MOVIES
        .iter()
        .map(|one| (one, "movie", "tmdb", "Movies"))
        .chain(SHOWS.iter().map(|one| (one, "show", "tvdb", "TV Shows")));
    for (((builder, request), kind, service, library), collection) in expected.zip(&collections) {
        let here: HashSet<String> = match kind {
            "movie" => {
                let held = catalogue.movies().iter().step_by(2).filter_map(|movie| movie.facts.ids.tmdb);
                held.map(|id| id.to_string()).collect()
            }
            _ => {
                let held = catalogue.shows().iter().step_by(2).filter_map(|show| show.facts.ids.tvdb);
                held.map(|id| id.to_string()).collect()
            }
        };
        let listed = ids(&fixture.on_trakt("GET", request, None), kind, service);
        let (held, missing): (Vec<_>, Vec<_>) =
            listed.into_iter().partition(|id| here.contains(&id.to_string()));
        let of = |what: &str| {
            let items = collection[what].as_array().unwrap();
            items
                .iter()
                .map(|item| item["ids"][service].clone())
                .filter(|id| !id.is_null())
                .collect::<Vec<_>>()
        };
        assert_eq!(collection["library"], library);
        if builder.contains("300") {
            // There is more than one page, and `request` is only the first.
            assert!(of("items").len() > held.len() / 2, "{builder}");
            continue;
        }
        assert_eq!(of("items"), held, "{builder}: {collection} {stderr}");
        assert_eq!(of("missing"), missing, "{builder}");
        assert_eq!(collection["order"], "custom");
        assert_eq!(collection["errors"], json!([]), "{builder}");
    }
    assert_eq!(code, Some(0), "{stderr}");
}

#[tokio::test]
async fn lists_are_read_completely_and_once_for_all_collections() {
    let long: Vec<usize> = (0..120).collect();
    let config = "{trakt}libraries:\n  Movies:\n    collection_files:\n      - file: movies.yml\n";
    let list = "    trakt_list: https://trakt.tv/users/anna/lists/long?sort=rank,asc\n    collection_order: custom\n";
    let movies = format!(
        "collections:\n  One:\n{list}  Two:\n{list}    sync_mode: sync\n  Short:\n    trakt_popular: 5\n  Longer:\n    trakt_popular: 30\n"
    );
    let fixture = Fixture::with(&[("config.yml", config), ("movies.yml", &movies)]).await;
    fixture.make_list("long", &long);
    fixture.kometa.sim.configure(|config| config.max_limit = 50);
    fixture.kometa.sim.clear_requests();
    let (collections, code, stderr) = fixture.json(&[]).await;
    assert_eq!(code, Some(0), "{stderr}");
    let held: Vec<usize> = long.iter().copied().step_by(2).collect();
    let catalogue = fixture.kometa.sim.catalogue();
    let named = |at: &usize| {
        let ids = &catalogue.movies()[*at].facts.ids;
        ids.tmdb.is_some() || ids.imdb.is_some()
    };
    let missing: Vec<usize> = long.iter().copied().skip(1).step_by(2).filter(named).collect();
    let missing = fixture.titles(&missing);
    for collection in &collections[..2] {
        assert_eq!(titles_of(collection, "items"), fixture.titles(&held));
        assert_eq!(titles_of(collection, "missing"), missing);
        assert_eq!(collection["status"], "Created");
    }
    let requests = fixture.kometa.sim.requests();
    let request_count = |part: &str| requests.iter().filter(|request| request.path.contains(part)).count();
    assert_eq!((request_count("/lists/long/items"), request_count("/movies/popular")), (3, 1));
    let (again, _, _) = fixture.json(&[]).await;
    assert!(again.iter().all(|collection| collection["status"] == "Unchanged"), "{again:?}");
}

#[tokio::test]
async fn a_collection_can_contain_the_titles_of_a_person() {
    let config = "{trakt}libraries:\n  Movies:\n    collection_files:\n      - file: movies.yml\n";
    let fixture = Fixture::with(&[("config.yml", config)]).await;
    let first = fixture.kometa.sim.catalogue().movies()[0].facts.ids.slug.clone();
    let cast = fixture.on_trakt("GET", &format!("/movies/{first}/people"), None);
    let person = &cast["cast"][0]["person"]["ids"];
    let movies = format!(
        "collections:\n  Person:\n    tmdb_person: {}\n    collection_order: alpha\n    plex_search:\n      all:\n        actor: tmdb\n",
        person["tmdb"]
    );
    fixture.files(&[("movies.yml", &movies)]);
    let made = fixture.one("Person", &[]).await;
    let played = fixture.on_trakt("GET", &format!("/people/{}/movies", person["trakt"]), None);
    let all = played["cast"].as_array().unwrap().len();
    assert_eq!(titles_of(&made, "items").len() + titles_of(&made, "missing").len(), all, "{made}");
    assert!(titles_of(&made, "items").contains(&fixture.titles(&[0])[0]), "{made}");
}

#[tokio::test]
async fn a_list_of_people_creates_a_collection_for_each() {
    let config = "{trakt}libraries:\n  Movies:\n    collection_files:\n      - file: movies.yml\n";
    let movies = "dynamic_collections:\n  Faces:\n    type: trakt_people_list\n    data: [https://trakt.tv/users/anna/lists/faces]\n    title_format: Films with <<key_name>>\n";
    let fixture = Fixture::with(&[("config.yml", config), ("movies.yml", movies)]).await;
    let first = fixture.kometa.sim.catalogue().movies()[0].facts.ids.slug.clone();
    let cast = fixture.on_trakt("GET", &format!("/movies/{first}/people"), None);
    let people: Vec<Value> = (0..2).map(|at| cast["cast"][at]["person"].clone()).collect();
    fixture.make_list("faces", &[1]);
    let listed: Vec<_> = people.iter().map(|one| json!({"ids": {"trakt": one["ids"]["trakt"]}})).collect();
    fixture.on_trakt("POST", "/users/me/lists/faces/items", Some(json!({ "people": listed })));

    let (collections, code, stderr) = fixture.json(&[]).await;
    assert_eq!((collections.len(), code), (2, Some(0)), "{stderr}");
    for person in &people {
        let name = format!("Films with {}", person["name"].as_str().unwrap());
        let one =
            collections.iter().find(|one| one["name"] == *name).unwrap_or_else(|| panic!("{name}: {stderr}"));
        let path = format!("/people/{}/movies", person["ids"]["trakt"]);
        let played = fixture.on_trakt("GET", &path, None);
        let mut known: Vec<_> = titles_of(one, "items");
        known.extend(titles_of(one, "missing"));
        known.sort_unstable();
        // A title without an ID on another service is found if it is in the library, but cannot be listed as missing.
        let held = titles_of(one, "items");
        let named = |role: &&Value| {
            let (movie, ids) = (&role["movie"], &role["movie"]["ids"]);
            !ids["tmdb"].is_null()
                || !ids["imdb"].is_null()
                || held.contains(&movie["title"].as_str().unwrap().to_owned())
        };
        let roles = played["cast"].as_array().unwrap().iter().filter(named);
        let mut expected: Vec<_> =
            roles.map(|role| role["movie"]["title"].as_str().unwrap().to_owned()).collect();
        expected.sort_unstable();
        assert_eq!(known, expected, "{one}");
        assert!(titles_of(one, "items").contains(&fixture.titles(&[0])[0]), "{one}");
    }
}

#[tokio::test]
async fn seasons_and_episodes_of_a_list_become_collections() {
    let config = "{trakt}libraries:\n  TV Shows:\n    collection_files:\n      - file: shows.yml\n";
    let list = "    trakt_list: https://trakt.tv/users/anna/lists/parts\n    collection_order: custom\n";
    let shows = format!(
        "collections:\n  Shows:\n{list}  Seasons:\n{list}    builder_level: season\n  Episodes:\n{list}    builder_level: episode\n"
    );
    let fixture = Fixture::with(&[("config.yml", config), ("shows.yml", &shows)]).await;
    let show = fixture.kometa.sim.catalogue().shows()[0].facts.ids.trakt;
    fixture.on_trakt("POST", "/users/me/lists", Some(json!({"name": "parts", "privacy": "public"})));
    let items =
        json!({"shows": [{"ids": {"trakt": show}, "seasons": [{"number": 1, "episodes": [{"number": 2}]}]}]});
    fixture.on_trakt("POST", "/users/me/lists/parts/items", Some(items));
    let (collections, _, stderr) = fixture.json(&[]).await;
    let counts: Vec<usize> = collections.iter().map(|one| one["items"].as_array().unwrap().len()).collect();
    assert_eq!(counts, [1, 0, 1], "{stderr}");
    let title = titles_of(&collections[2], "items").remove(0);
    assert!(title.ends_with("1x02 Episode"), "{title}");
}
