use rstest::rstest;

use super::super::Collection;
use super::super::tests::{loaded, reported, value};
use crate::spec::Media;

fn default_trakt(variables: &str) -> Vec<Collection> {
    let config = format!(
        "libraries:\n  Movies:\n    collection_files:\n    - default: trakt\n      template_variables: {{{variables}}}\n"
    );
    let mut loaded = loaded(&[("config/config.yml", &config)]);
    assert!(!reported(&loaded).contains("Error"), "{}", reported(&loaded));
    loaded.libraries.remove(0).collections
}

#[test]
fn default_trakt_defines_five_collections() {
    let collections = default_trakt("");
    let names: Vec<_> = collections.iter().map(|collection| collection.name.as_str()).collect();
    assert_eq!(
        names,
        ["Trakt Collected", "Trakt Popular", "Trakt Recommended", "Trakt Trending", "Trakt Watched"]
    );
    let requests: Vec<_> =
        collections.iter().map(|one| one.spec.builders[0].request(Media::Movies)).collect();
    assert_eq!(
        requests,
        [
            "GET /movies/collected/weekly?limit=100",
            "GET /movies/popular?limit=100",
            "GET /recommendations/movies?limit=100",
            "GET /movies/trending?limit=100",
            "GET /movies/watched/weekly?limit=100"
        ]
    );
    let of = |name| value(&collections[1], name).unwrap();
    assert_eq!(of("sort_title"), "\"!020_Trakt Popular\"");
    assert_eq!(
        (of("collection_order"), of("sync_mode"), of("cache_builders")),
        ("custom".into(), "sync".into(), "1".into())
    );
    assert!(of("url_poster").contains("/chart/color/Trakt%20Popular.jpg"), "{}", of("url_poster"));
}

#[rstest]
#[case("limit: 20", "trakt_chart", "{chart: popular, limit: 20}")]
#[case("limit: 20", "limit", "20")]
#[case("limit: 20, limit_popular: 30", "limit", "30")]
#[case("limit_trending: 30", "trakt_chart", "{chart: popular, limit: 100}")]
#[case("name_popular: Best", "name", "Best")]
#[case("summary_popular: Text", "summary", "Text")]
#[case("order_popular: '07_'", "sort_title", "\"!020_07_Trakt Popular\"")]
#[case("sort_prefix: '+', collection_section: '110'", "sort_title", "\"+110_Trakt Popular\"")]
#[case(
    "style: white",
    "url_poster",
    "\"https://raw.githubusercontent.com/Kometa-Team/Default-Images/master/chart/white/Trakt%20Popular.jpg\""
)]
#[case("sync_mode: append", "sync_mode", "append")]
#[case("use_popular: false", "run_definition", "false")]
#[case("use_all: false", "run_definition", "false")]
#[case("use_all: false, use_popular: true", "run_definition", "movie, show")]
#[case("visible_home: true", "visible_home", "true")]
#[case("schedule_popular: weekly(mon)", "schedule", "weekly(mon)")]
#[case("radarr_search: true, radarr_search_popular: false", "radarr_search", "false")]
#[case("radarr_search_trending: true, radarr_search: false", "radarr_search", "false")]
#[case("minimum_items_popular: 3", "minimum_items", "3")]
#[case("trakt_list_popular: lists/1", "trakt_list", "lists/1")]
#[case("allowed_libraries: show", "run_definition", "show")]
fn variables_of_default_trakt_change_its_collections(
    #[case] variables: &str,
    #[case] name: &str,
    #[case] read: &str,
) {
    let collections = default_trakt(variables);
    let popular = collections.iter().find(|one| one.name == "Trakt Popular" || one.name == "Best").unwrap();
    assert_eq!(value(popular, name).unwrap().trim_matches('"'), read.trim_matches('"'));
}

#[rstest]
#[case("limt: 20", "config.yml:5:28: template_variables: unknown key \"limt\"; did you mean \"limit\"?")]
#[case("use_populer: false", "did you mean \"use_popular\"?")]
fn unknown_variables_of_default_trakt_are_reported(#[case] variables: &str, #[case] expected: &str) {
    let config = format!(
        "libraries:\n  Movies:\n    collection_files:\n    - default: trakt\n      template_variables: {{{variables}}}\n    template_variables: {{for_another_file: 1}}\n"
    );
    let loaded = loaded(&[("config/config.yml", &config)]);
    let reported = reported(&loaded);
    assert!(reported.contains(expected) && !reported.contains("for_another_file"), "{reported}");
}
