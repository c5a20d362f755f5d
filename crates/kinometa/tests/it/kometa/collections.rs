//! `kinometa collections check` and `explain`, on typical config files.

use std::path::{Path, PathBuf};

use rstest::rstest;

use super::{CommandOutput, finish, kinometa};

fn config(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/kometa/configs").join(name).join("config.yml")
}

/// Runs `kinometa collections` on a config. Nothing listens at Trakt's address.
async fn run(path: &Path, arguments: &[&str]) -> (CommandOutput, Option<i32>) {
    let data = tempfile::tempdir().unwrap();
    let mut command = kinometa(&data.path().join("data"));
    command
        .args(["--trakt-api-url", "http://127.0.0.1:9", "collections"])
        .args(arguments)
        .arg("--config")
        .arg(path);
    let mut child = command.spawn().unwrap();
    drop(child.stdin.take());
    let output = child.wait_with_output().await.unwrap();
    assert!(!data.path().join("data/kinometa.db").exists(), "these commands must not create a database");
    (CommandOutput::from(output.clone()), output.status.code())
}

#[rstest]
#[case::plain("plain", 0, "9 collections in 2 libraries: 9 fine, 0 with errors")]
#[case::templates("templates", 0, "8 collections in 2 libraries: 8 fine, 0 with errors")]
#[case::anchors("anchors", 0, "9 collections in 3 libraries: 9 fine, 0 with errors")]
#[case::builders("builders", 0, "37 collections in 2 libraries: 37 fine, 0 with errors")]
#[case::windows("windows", 0, "1 collection in 1 library: 1 fine, 0 with errors")]
#[case::emoji("emoji", 0, "3 collections in 2 libraries: 3 fine, 0 with errors")]
#[case::large("large", 0, "1650 collections in 5 libraries: 1650 fine, 0 with errors")]
#[case::broken("broken", 1, "7 collections in 1 library: 1 fine, 6 with errors, and ")]
#[tokio::test]
async fn a_config_is_checked_without_trakt(#[case] name: &str, #[case] code: i32, #[case] expected: &str) {
    let path = config(name);
    let before = std::fs::read(&path).unwrap();
    let (ran, exit) = run(&path, &["check"]).await;
    assert!(exit == Some(code) && ran.out.contains(expected), "{exit:?} {}", ran.all_output());
    assert_eq!(std::fs::read(&path).unwrap(), before);
    for secret in ["9f86d081884c7d65", "9a2feaa0c55ad015", "00123456"] {
        assert!(!ran.all_output().contains(secret), "{}", ran.all_output());
    }
}

#[tokio::test]
async fn all_errors_are_reported_with_their_location() {
    let (ran, _) = run(&config("broken"), &["check"]).await;
    for expected in [
        "config.yml:1:1: unknown key \"librarys\"; did you mean \"libraries\"?",
        "config.yml:12:3: trakt: unknown key \"cleint_id\"; did you mean \"client_id\"?",
        "config.yml:13:23: settings.sync_mode (the default is used): \"mirror\" is not one of: append, sync",
        "config.yml:4:5: libraries.Movies: unknown key \"collection_file\"; did you mean \"collection_files\"?",
        "config.yml:6:13: libraries.Movies.collection_files.file: there is no file \"gone.yml\"",
        "tabs.yml:2:2: tabs are not allowed in YAML files; use spaces",
        "twice.yml:3:3: the key \"A\" is already set in line 2, column 3",
        "url files are not fetched: download \"https://example.com/x.yml\"",
        "movies.yml:5:32: unknown key \"sync_mod\"; did you mean \"sync_mode\"?",
        "schedule: \"weekly(mon\" has an open bracket; inside brackets separate with |",
        "template: there is no template named \"u\"; did you mean \"t\"?",
        "limit: \"<<w>>\" must be a whole number, 1 or greater",
        "no builder was found",
        "Text: must be a mapping, not text",
        "did you mean \"popular\"?",
    ] {
        assert!(ran.out.contains(expected), "{expected}\n{}", ran.out);
    }
}

#[rstest]
#[case("templates", "Popular", &["summary: Popular in Movies    # ", "common.yml:4:14, template Common", "label: [common, Movies]", "trakt_chart: {chart: popular, limit: 100}", "sort_title: 1_Popular", "url_poster: https://example.com/popular.jpg", "minimum_items: 2    # ", "sync_mode: append    # ", "show_missing: true    # default", "GET /movies/popular?limit=100"])]
#[case("templates", "The Trending", &["sort_title: \"1_Trending, The\"", "GET /movies/trending?limit=30"])]
#[case("templates", "Watched moveis", &[])]
#[case("templates", "around 2000", &["GET /movies/popular?limit=20&years=1999-2001", "summary: Made around 2000"])]
#[case("anchors", "Popular Eighties", &["years: 1980-1989", "minimum_items: 3", "minimum_items: 1", "GET /movies/popular?limit=20&years=1980-1989"])]
#[case("anchors", "Both", &["GET /movies/popular?limit=20\n  GET /movies/trending?limit=5"])]
#[case("builders", "All Attributes", &["runs on Monday, Friday or on the last day of the month", "year.gte: 1990 and genre.not: horror and release: 3650", "note     not used by Kinometa: radarr_add_missing"])]
#[case("builders", "Mixed", &["warning  ", "uses IMDb", "GET /movies/trending?limit=5\n  GET /users/a/lists/b/items"])]
#[case("emoji", "🔥 Trending", &["映画 / 🔥 Trending (", "sort_title: \"!🔥\""])]
#[case("plain", "Trakt Popular", &["config.yml:8:", "trakt_chart: {chart: popular, limit: 50}"])]
#[tokio::test]
async fn a_collection_is_explained(#[case] name: &str, #[case] collection: &str, #[case] expected: &[&str]) {
    let (ran, exit) = run(&config(name), &["explain", "--collection", collection]).await;
    if expected.is_empty() {
        assert!(exit == Some(2) && ran.err.contains("there is no collection"), "{}", ran.all_output());
        assert!(ran.err.contains("did you mean \"Watched movies\"?"), "{}", ran.all_output());
        return;
    }
    assert_eq!(exit, Some(0), "{}", ran.all_output());
    for part in expected {
        assert!(ran.out.contains(part), "{part}\n{}", ran.out);
    }
}

#[tokio::test]
async fn errors_outside_of_collections_are_counted() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("config.yml");
    let text = "libraries:\n  Movies:\n    collection_files:\n      - file: a.yml\n      - file: gone.yml\n";
    std::fs::write(&path, text).unwrap();
    std::fs::write(folder.path().join("a.yml"), "collections:\n  A:\n    trakt_popular: 5\n").unwrap();
    let (ran, exit) = run(&path, &["check"]).await;
    let expected = "1 collection in 1 library: 1 fine, 0 with errors, and 1 error outside of collections\n";
    assert!(exit == Some(1) && ran.out.ends_with(expected), "{}", ran.all_output());
}

#[tokio::test]
async fn the_nearest_name_is_suggested_for_a_misspelled_playlist() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("config.yml");
    let text = "libraries:\n  Movies:\nplaylist_files:\n  - file: p.yml\n";
    std::fs::write(&path, text).unwrap();
    let playlists =
        "playlists:\n  IMDB TOP:\n    libraries: Movies\n    trakt_list: https://trakt.tv/users/a/lists/b\n";
    std::fs::write(folder.path().join("p.yml"), playlists).unwrap();
    let (ran, exit) = run(&path, &["explain", "--collection", "imbd top"]).await;
    assert!(exit == Some(2) && ran.err.contains("did you mean \"IMDB TOP\"?"), "{}", ran.all_output());
}

#[tokio::test]
async fn the_exit_code_is_2_if_nothing_can_run() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("config.yml");
    let (ran, exit) = run(&path, &["check"]).await;
    assert!(exit == Some(2) && ran.err.contains("cannot read"), "{}", ran.all_output());
    std::fs::write(&path, "libraries: {a: [}\n").unwrap();
    let (ran, exit) = run(&path, &["check"]).await;
    assert!(exit == Some(2) && ran.err.contains("config.yml:1:"), "{}", ran.all_output());
    let (ran, exit) = run(&config("plain"), &["check", "--library", "Filme"]).await;
    assert!(exit == Some(2) && ran.err.contains("the file has: Movies, TV Shows"), "{}", ran.all_output());
    let (ran, exit) = run(&config("plain"), &["check", "--library", "tv show"]).await;
    assert!(exit == Some(2) && ran.err.contains("did you mean \"TV Shows\"?"), "{}", ran.all_output());
    let (ran, exit) = run(&config("plain"), &["check", "--library", "TV Shows"]).await;
    assert!(exit == Some(0) && ran.out.contains("2 collections in 1 library"), "{}", ran.all_output());
    let mut command = kinometa(folder.path());
    let ran = finish(command.args(["collections", "check"]).spawn().unwrap(), "").await;
    ran.assert_failure("pass Kometa's file with --config FILE");
}
