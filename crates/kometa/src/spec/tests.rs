use rstest::rstest;

use super::*;
use crate::yaml::{Key, parse};

fn attributes(text: &str) -> Vec<Attribute> {
    let value = Value::read(&parse("f.yml", text).unwrap()).unwrap();
    let Data::Map(map) = value.data else { return Vec::new() };
    let one = |(key, value): (Key, Value)| Attribute { key, value, template: None };
    map.into_iter().map(one).collect()
}

pub(super) fn spec(text: &str, media: Media) -> (Spec, String) {
    let mut findings = Vec::new();
    let spec = read(&attributes(text), media, &mut findings);
    (spec, findings.iter().map(|finding| format!("{:?} {finding}\n", finding.level)).collect())
}

/// Returns the requests of all builders, separated by commas.
fn requests_of(text: &str, media: Media) -> String {
    let (spec, _) = spec(text, media);
    spec.builders.iter().map(|builder| builder.request(media)).collect::<Vec<_>>().join(", ")
}

#[rstest]
#[case("trakt_list: https://trakt.tv/users/anna/lists/best", "GET /users/anna/lists/best/items")]
#[case(
    "trakt_list: http://app.trakt.tv/users/anna/lists/best?sort=rank,asc",
    "GET /users/anna/lists/best/items"
)]
#[case("trakt_list: /users/anna/lists/best", "GET /users/anna/lists/best/items")]
#[case("trakt_list: trakt.tv/lists/123", "GET /lists/123/items")]
#[case("trakt_list: https://trakt.tv/lists/official/star-wars", "GET /lists/star-wars/items")]
#[case("trakt_list: https://trakt.tv/users/anna/watchlist", "GET /users/anna/watchlist/items")]
#[case("trakt_list: [lists/1, lists/2]", "GET /lists/1/items, GET /lists/2/items")]
#[case("trakt_list_details: lists/1", "GET /lists/1/items, GET /lists/1")]
#[case("trakt_watchlist: me", "GET /users/me/watchlist/movies")]
#[case("trakt_watchlist: [me, anna]", "GET /users/me/watchlist/movies, GET /users/anna/watchlist/movies")]
#[case("trakt_watchlist: me, anna", "GET /users/me/watchlist/movies, GET /users/anna/watchlist/movies")]
#[case(
    "trakt_collection: [a, 'b,c']",
    "GET /users/a/collection/movies, GET /users/b/collection/movies, GET /users/c/collection/movies"
)]
#[case("trakt_list: https://trakt.tv/users/anna/collection", "GET /users/anna/collection/movies")]
#[case("trakt_collection: anna", "GET /users/anna/collection/movies")]
#[case("trakt_userlist: {userlist: favorites}", "GET /users/me/favorites/movies")]
#[case("trakt_userlist: {userlist: collected, user: anna}", "GET /users/anna/collection/movies")]
#[case(
    "trakt_userlist: {userlist: watchlist, user: anna, sort_by: released}",
    "GET /users/anna/watchlist/movies/released"
)]
#[case("trakt_userlist: {userlist: watchlist, sort_by: odd}", "GET /users/me/watchlist/movies/rank")]
#[case("trakt_userlist: {userlist: watched, sort_by: rank}", "GET /users/me/watched/movies")]
#[case("trakt_recommendations: 30", "GET /recommendations/movies?limit=30")]
#[case("trakt_recommendations: 101", "GET /recommendations/movies?limit=10")]
#[case("trakt_recommended_personal: 20", "GET /recommendations/movies?limit=20")]
#[case("trakt_boxoffice: yes", "GET /movies/boxoffice?limit=10")]
#[case("trakt_boxoffice: 10", "GET /movies/boxoffice?limit=10")]
#[case("trakt_trending: 30", "GET /movies/trending?limit=30")]
#[case("trakt_popular: 0", "GET /movies/popular?limit=10")]
#[case("trakt_anticipated: '25'", "GET /movies/anticipated?limit=25")]
#[case("trakt_watched_monthly: 5", "GET /movies/watched/monthly?limit=5")]
#[case("trakt_collected_all: 5", "GET /movies/collected/all?limit=5")]
#[case("trakt_recommended_yearly: 5", "GET /recommendations/movies?limit=5")]
#[case("trakt_watched: 5", "GET /movies/watched/weekly?limit=5")]
#[case("trakt_collected: 5", "GET /movies/collected/weekly?limit=5")]
#[case("trakt_recommended: 5", "GET /recommendations/movies?limit=5")]
#[case("TRAKT_TRENDING: 30", "GET /movies/trending?limit=30")]
#[case("trakt_chart: {chart: Popular, limit: 20}", "GET /movies/popular?limit=20")]
#[case("trakt_chart: {chart: watched}", "GET /movies/watched/weekly?limit=10")]
#[case(
    "trakt_chart: {Chart: watched, Limit: 5, TIME_PERIOD: daily, Years: 1999}",
    "GET /movies/watched/daily?limit=5&years=1999"
)]
#[case(
    "trakt_userlist: {UserList: watchlist, User: anna, Sort_By: title}",
    "GET /users/anna/watchlist/movies/title"
)]
#[case("trakt_chart: {chart: collected, time_period: all}", "GET /movies/collected/all?limit=10")]
#[case("trakt_chart: {chart: trending, time_period: all}", "GET /movies/trending?limit=10")]
#[case(
    "trakt_chart: [{chart: popular}, {chart: trending}]",
    "GET /movies/popular?limit=10, GET /movies/trending?limit=10"
)]
#[case(
    "trakt_chart: {chart: popular, years: 1990-1999, runtimes: 90-120, ratings: 0-50}",
    "GET /movies/popular?limit=10&years=1990-1999&runtimes=90-120&ratings=0-50"
)]
#[case(
    "trakt_chart: {chart: popular, imdb_ratings: 5.5-10, imdb_votes: 10000-3000000}",
    "GET /movies/popular?limit=10&imdb_ratings=5.5-10.0&imdb_votes=10000-3000000"
)]
#[case(
    "trakt_chart: {chart: popular, genres: 'action, comedy', languages: [en, de]}",
    "GET /movies/popular?limit=10&genres=action,comedy&languages=en,de"
)]
#[case("trakt_chart: {chart: popular, status: ended}", "GET /movies/popular?limit=10")]
#[case("trakt_popular: 3\ntrakt_trending: 4", "GET /movies/popular?limit=3, GET /movies/trending?limit=4")]
fn builders_send_these_requests(#[case] text: &str, #[case] requests: &str) {
    assert_eq!(requests_of(text, Media::Movies), requests);
}

#[rstest]
#[case(
    "trakt_chart: {chart: popular, status: [returning, production, ended], network_ids: 53}",
    "GET /shows/popular?limit=10&status=returning series,in production,ended&network_ids=53"
)]
#[case("trakt_watchlist: me", "GET /users/me/watchlist/shows")]
fn builders_request_shows_in_libraries_of_shows(#[case] text: &str, #[case] requests: &str) {
    assert_eq!(requests_of(text, Media::Shows), requests);
}

#[rstest]
#[case(
    "trakt_list: https://trakt.tv/users/a/lists/b,https://trakt.tv/users/a/lists/c",
    "Error f.yml:1:13: trakt_list: \"https://trakt.tv/users/a/lists/b,https://trakt.tv/users/a/lists/c\" is not the address of a list"
)]
#[case("trakt_list: https://trakt.tv/profile/anna/lists/x", "is not the address of a list")]
#[case("trakt_list: {a: b}", "a list cannot be a mapping")]
#[case("trakt_list:", "Error f.yml:1:11: trakt_list: is blank")]
#[case("trakt_list: ''", "the list's address is empty")]
#[case("trakt_list: [lists/1, nothing/2]", "Warning f.yml:1:23: trakt_list: \"nothing/2\"")]
#[case("trakt_chart: popular", "must be a mapping with chart and limit, not text")]
#[case("trakt_chart: {limit: 5}", "the chart is missing")]
#[case(
    "trakt_chart: {chart: populr}",
    "\"populr\" is not one of: recommended, watched, anticipated, collected, trending, popular; did you mean \"popular\"?"
)]
#[case(
    "trakt_chart: {chart: watched, time_period: hourly}",
    "\"hourly\" is not one of: daily, weekly, monthly, yearly, all"
)]
#[case(
    "trakt_chart: {chart: popular, limit: none}",
    "trakt_chart.limit (10 is used): \"none\" must be a whole number, 1 or greater"
)]
#[case(
    "trakt_chart: {chart: popular, years: 90s}",
    "trakt_chart.years: \"90s\" must be a year such as 1994, or a range such as 1990-1999"
)]
#[case(
    "trakt_chart: {chart: popular, ratings: 80}",
    "trakt_chart.ratings: \"80\" must be a range such as 0-100"
)]
#[case("trakt_chart: {chart: popular, ratings: 90-80}", "must be a range")]
#[case("trakt_chart: {chart: popular, imdb_ratings: 5-11}", "must be a range such as 0-10")]
#[case("trakt_chart: {chart: popular, gneres: action}", "unknown key \"gneres\"; did you mean \"genres\"?")]
#[case("trakt_chart: {chart: popular, status: ended}", "shows only; it is ignored")]
#[case("trakt_userlist: {user: a}", "the userlist is missing")]
#[case("trakt_userlist: {userlist: recommendations}", "use trakt_recommendations")]
#[case(
    "trakt_userlist: {userlist: Collected}",
    "Warning f.yml:1:28: trakt_userlist.userlist: runs as collection"
)]
#[case("trakt_userlist: {userlist: watchlst}", "did you mean \"watchlist\"?")]
#[case("trakt_boxoffice: false", "must be true to use the box office")]
#[case("trakt_recommended: 5", "Note f.yml:1:20: trakt_recommended: runs as trakt_recommended_weekly")]
#[case(
    "trakt_peple_list: x",
    "Error f.yml:1:1: unknown key \"trakt_peple_list\"; did you mean \"trakt_people_list\"?"
)]
#[case(
    "trakt_trending: 5\nsync_mod: sync",
    "Error f.yml:2:1: unknown key \"sync_mod\"; did you mean \"sync_mode\"?"
)]
#[case(
    "trakt_trending: 5\nsync_mode: always",
    "Warning f.yml:2:12: sync_mode: \"always\" is not one of: append, sync"
)]
#[case(
    "trakt_trending: 5\nlimit: <<w>>",
    "Error f.yml:2:8: limit: \"<<w>>\" must be a whole number, 1 or greater"
)]
#[case(
    "trakt_trending: 5\ncollection_order: added",
    "Error f.yml:2:19: collection_order: \"added\" is not one of: release, alpha, custom, random, title.asc"
)]
#[case("trakt_trending: 5\ncollection_order:", "collection_order: is blank")]
#[case("trakt_trending: 5\nvisible_home: weekly(mon", "has an open bracket")]
#[case(
    "trakt_trending: 5\nschedule: dayly",
    "Error f.yml:2:11: schedule: \"dayly\" is not a schedule; did you mean \"daily\"?"
)]
#[case("trakt_trending: 5\nbuilder_level: episode", "\"episode\" is not one of: movie")]
#[case("trakt_trending: 5\nignore_ids: 1, x", "ignore_ids: \"x\" must be a whole number")]
#[case("trakt_trending: 5\nblank_collection: true", "a blank collection cannot have a builder")]
#[case(
    "imdb_list: https://imdb.com/list/1",
    "Warning f.yml:1:12: imdb_list: uses IMDb, which Kinometa does not read"
)]
#[case("summary: only words", "no builder was found")]
#[case(
    "trakt_trending: 5\nitem_genre: x\nradarr_add_missing: true",
    "Note not used by Kinometa: item_genre, radarr_add_missing"
)]
fn problems_are_reported(#[case] text: &str, #[case] expected: &str) {
    let (_, reported) = spec(text, Media::Movies);
    assert!(reported.contains(expected), "{reported}");
}

#[test]
fn builders_other_than_lists_are_rejected_for_seasons_and_episodes() {
    let (_, reported) = spec("trakt_trending: 5\nbuilder_level: episode", Media::Shows);
    assert!(reported.contains("only trakt_list and trakt_list_details work"), "{reported}");
    let (_, reported) = spec("trakt_list: lists/1\ncollection_level: season", Media::Shows);
    assert_eq!(reported, "Note f.yml:2:19: collection_level: runs as builder_level\n");
}

#[rstest]
#[case("show", "unplayed.desc", true)]
#[case("show", "duration.asc", false)]
#[case("season", "season.asc", true)]
#[case("season", "title.asc", false)]
#[case("episode", "duration.asc", true)]
#[case("episode", "show.asc", true)]
#[case("episode", "content_rating.asc", false)]
fn sort_orders_depend_on_the_builder_level(#[case] level: &str, #[case] order: &str, #[case] valid: bool) {
    let text = format!("trakt_list: lists/1\nbuilder_level: {level}\ncollection_order: {order}");
    let (_, reported) = spec(&text, Media::Shows);
    assert_eq!(reported.is_empty(), valid, "{reported}");
}

#[rstest]
#[case("collection_order: custom")]
#[case("collection_order: custom.desc")]
#[case("collection_order: [release.desc, title.asc]")]
#[case("collection_order: random")]
#[case("visible_home: range(12/01-12/31)")]
#[case("visible_library: true")]
#[case("run_definition: movie, show")]
#[case("allowed_library_types: false")]
#[case("smart_label: random")]
#[case("smart_label: {any: {label: <<smart_label>>}}")]
#[case("ignore_ids: [1, 2]\nignore_imdb_ids: tt1, tt2")]
#[case("label: a, b\nlabel.sync: [c]\nappend_label: x")]
#[case("minimum_items: 3\ndelete_below_minimum: yes\nbuild_collection: f")]
#[case("url_poster: https://x/y.jpg\nfile_background: config/x.jpg")]
#[case("sync_to_trakt_list: mine\nsync_missing_to_trakt_list: true")]
#[case("trakt_description: https://trakt.tv/users/a/lists/b")]
fn documented_values_are_valid(#[case] text: &str) {
    let (_, reported) = spec(&format!("trakt_trending: 5\n{text}"), Media::Movies);
    assert!(!reported.contains("Error") && !reported.contains("Warning"), "{reported}");
}

#[rstest]
#[case(
    "plex_search: {all: {actor: tmdb}}\ntmdb_person: 287",
    "GET /search/tmdb/287?type=person, GET /people/ID/movies"
)]
#[case(
    "tmdb_person: [1, '2']\nplex_search: {any: {director: tmdb}}",
    "GET /search/tmdb/1?type=person, GET /people/ID/movies, GET /search/tmdb/2?type=person, GET /people/ID/movies"
)]
#[case("plex_search: {all: {actor: tmdb, year: 1999}}\ntmdb_person: 287", "")]
#[case("plex_search: {all: {actor: Brad Pitt}}\ntmdb_person: 287", "")]
#[case("plex_search: {all: {actor: tmdb}}", "")]
fn a_plex_search_for_a_person_becomes_a_builder(#[case] text: &str, #[case] requests: &str) {
    assert_eq!(requests_of(text, Media::Movies), requests);
}

#[rstest]
#[case("server_preroll: /x.mp4", "Note not used by Kinometa: server_preroll\n")]
#[case("delete_collections_named: A\nblank_collection: true", "")]
fn some_definitions_need_no_builder(#[case] text: &str, #[case] expected: &str) {
    assert_eq!(spec(text, Media::Movies).1, expected);
}

#[rstest]
#[case(
    "smart_label: title.asc\ncollection_order: custom",
    "Error f.yml:3:19: collection_order: does not work with smart"
)]
#[case("visible_home: dayly", "Error f.yml:2:15: visible_home: \"dayly\" is not a schedule")]
#[case("template: {name: t}", "a template cannot call templates")]
#[case("trakt_description: x", "trakt_description: \"x\" is not the address of a list")]
#[case("trakt_list: lists/1,lists/2", "several addresses as a YAML list, one on each line")]
#[case("trakt_list: |\n  lists/1\n  lists/2", "several addresses as a YAML list, one on each line")]
fn more_problems_are_reported(#[case] text: &str, #[case] expected: &str) {
    let (_, reported) = spec(&format!("trakt_trending: 5\n{text}"), Media::Movies);
    assert!(reported.contains(expected), "{reported}");
}
