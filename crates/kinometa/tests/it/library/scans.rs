//! Scans after changes in the file system.

use reqwest::StatusCode;
use serde_json::{Value, json};

use super::fixture::{CLIP, Fixture};

const FILM: &str = "Metropolis (1927)/Metropolis (1927).mkv";

#[tokio::test]
async fn names_determine_movies_versions_and_parts_without_extras() {
    let fixture = Fixture::movies(&[
        FILM,
        "Metropolis (1927)/Metropolis (1927) - 1080p.mkv",
        "Metropolis (1927)/Metropolis (1927)-trailer.mkv",
        "Metropolis (1927)/Extras/Making of.mkv",
        "The Kid (1921)/The Kid (1921) - part1.mkv",
        "The Kid (1921)/The Kid (1921) - part2.mkv",
    ])
    .await;
    let titles = fixture.titles("movie").await;
    let listed: Vec<_> =
        titles.iter().map(|title| (&title["name"], &title["year"], &title["versions"])).collect();
    assert_eq!(
        listed,
        [(&json!("The Kid"), &json!(1921), &json!(1)), (&json!("Metropolis"), &json!(1927), &json!(2))]
    );
    assert_eq!(titles[0]["matched"], false);
    let shown = fixture.shown().await;
    assert_eq!((&shown["file_count"], &shown["title_count"]), (&json!(4), &json!(2)));
}

#[tokio::test]
async fn a_file_can_contain_two_episodes_and_specials_are_season_0() {
    let fixture = Fixture::shows(&[
        "Planets/Season 01/Planets S01E01.mkv",
        "Planets/Season 01/Planets S01E02-E03.mkv",
        "Planets/Specials/Planets S00E01.mkv",
    ])
    .await;
    let show = fixture.title("show", "Planets").await;
    assert_eq!((&show["episode_count"], &show["unwatched_episodes"]), (&json!(3), &json!(3)));
    let season = fixture.season(&show["id"], 1).await;
    let numbers: Vec<&Value> =
        season["episodes"].as_array().unwrap().iter().map(|episode| &episode["episode_number"]).collect();
    assert_eq!(numbers, [1, 2, 3]);
    let third = fixture.detail(&season["episodes"][2]["id"]).await;
    assert_eq!(third["files"][0]["path"], "Planets/Season 01/Planets S01E02-E03.mkv");
    assert_eq!(third["previous"]["episode_number"], 2);
    let detail = fixture.detail(&show["id"]).await;
    let seasons: Vec<&Value> =
        detail["seasons"].as_array().unwrap().iter().map(|season| &season["season_number"]).collect();
    assert_eq!(seasons, [1, 0], "specials are listed last");
    assert_eq!(detail["next"]["episode_number"], 1);
}

#[tokio::test]
async fn a_second_scan_changes_nothing() {
    let fixture = Fixture::movies(&[FILM, "The Kid (1921)/The Kid (1921).mkv"]).await;
    let status = fixture.rescan().await;
    assert_eq!((status.added, status.updated, status.missing), (0, 0, 0));
}

#[tokio::test]
async fn a_renamed_movie_keeps_its_title_and_plays() {
    let fixture = Fixture::movies(&[FILM]).await;
    let id = fixture.title("movie", "Metropolis").await["id"].clone();
    fixture.watch(&id).await;
    fixture.rename(FILM, "Fritz Lang/Metropolis restored (1927).mkv");
    let status = fixture.rescan().await;
    assert_eq!((status.added, status.updated, status.missing), (0, 1, 0));
    let titles = fixture.titles("movie").await;
    assert_eq!(titles.len(), 1);
    assert_eq!((&titles[0]["id"], &titles[0]["watched"]), (&id, &json!(true)));
    assert_eq!(fixture.detail(&id).await["files"][0]["path"], "Fritz Lang/Metropolis restored (1927).mkv");
}

/// Only administrators may see folders.
#[tokio::test]
async fn members_see_file_names_without_folders() {
    let fixture = Fixture::movies(&[FILM]).await;
    let id = fixture.title("movie", "Metropolis").await["id"].clone();
    assert_eq!(fixture.detail(&id).await["files"][0]["path"], FILM);
    let member = fixture.app.user("bea").await;
    let shown = member.get(&format!("/api/titles/{id}")).await.json();
    assert_eq!(shown["files"][0]["path"], FILM.rsplit('/').next().unwrap());
    let folder = FILM.split('/').next().unwrap();
    assert!(FILM.contains('/') && !shown.to_string().contains(&format!("{folder}/")), "{shown}");
}

#[tokio::test]
async fn a_copy_takes_over_when_the_original_is_deleted() {
    let fixture = Fixture::movies(&[FILM]).await;
    let id = fixture.title("movie", "Metropolis").await["id"].clone();
    fixture.watch(&id).await;
    let copy = "Metropolis - The Movie (1927)/Metropolis - The Movie (1927).mkv";
    std::fs::create_dir(fixture.root().join("Metropolis - The Movie (1927)")).unwrap();
    std::fs::copy(fixture.root().join(FILM), fixture.root().join(copy)).unwrap();
    assert_eq!(fixture.rescan().await.added, 1);
    std::fs::remove_dir_all(fixture.root().join("Metropolis (1927)")).unwrap();
    fixture.rescan().await;
    let titles = fixture.titles("movie").await;
    assert_eq!(titles.len(), 1, "{titles:?}");
    assert_eq!(
        (&titles[0]["id"], &titles[0]["watched"], &titles[0]["missing"]),
        (&id, &json!(true), &json!(false))
    );
    assert_eq!(titles[0]["name"], "Metropolis - The Movie", "a name taken from the files is updated");
}

#[tokio::test]
async fn a_movie_whose_file_is_gone_is_missing_until_it_returns() {
    let fixture = Fixture::movies(&[FILM, "The Kid (1921)/The Kid (1921).mkv"]).await;
    fixture.rename(FILM, "../away.mkv");
    assert_eq!(fixture.rescan().await.missing, 1);
    let title = fixture.title("movie", "Metropolis").await;
    assert_eq!(title["missing"], true);
    assert_eq!(fixture.detail(&title["id"]).await["files"][0]["state"], "missing");
    assert_eq!(fixture.shown().await["missing_count"], 1);
    fixture.rename("../away.mkv", FILM);
    fixture.rescan().await;
    assert_eq!(fixture.title("movie", "Metropolis").await["missing"], false);
}

#[tokio::test]
async fn an_unmounted_library_keeps_its_titles_and_recovers() {
    let fixture = Fixture::movies(&[FILM]).await;
    let elsewhere = fixture.root().with_file_name("unmounted");
    std::fs::rename(fixture.root(), &elsewhere).unwrap();
    fixture.scan().await;
    let unmounted = fixture.shown().await;
    assert_eq!((&unmounted["state"], &unmounted["missing_count"]), (&json!("unavailable"), &json!(0)));
    assert!(unmounted["message"].as_str().unwrap().contains("cannot be read"));
    assert_eq!(fixture.title("movie", "Metropolis").await["missing"], true);

    std::fs::create_dir(fixture.root()).unwrap();
    fixture.scan().await;
    let empty = fixture.shown().await;
    assert_eq!(empty["state"], "unavailable", "an empty mount point must not count as an empty library");
    assert!(empty["message"].as_str().unwrap().contains("mounted"));

    std::fs::remove_dir(fixture.root()).unwrap();
    std::fs::rename(&elsewhere, fixture.root()).unwrap();
    fixture.rescan().await;
    assert_eq!(fixture.shown().await["state"], "ok");
    assert_eq!(fixture.title("movie", "Metropolis").await["missing"], false);
}

#[tokio::test]
async fn a_new_nfo_is_read_without_probing_the_video_again() {
    let fixture = Fixture::movies(&[FILM]).await;
    let nfo =
        "<movie><title>Metropolis Restored</title><plot>A city.</plot><genre>Science Fiction</genre></movie>";
    fixture.write("Metropolis (1927)/movie.nfo", nfo.as_bytes());
    let status = fixture.rescan().await;
    assert_eq!((status.added, status.updated), (0, 0));
    let title = fixture.title("movie", "Metropolis Restored").await;
    let detail = fixture.detail(&title["id"]).await;
    assert_eq!((&detail["overview"], &detail["genres"]), (&json!("A city."), &json!(["science-fiction"])));
}

#[tokio::test]
async fn external_subtitles_are_listed_and_updated() {
    let fixture = Fixture::movies(&[FILM]).await;
    let id = fixture.title("movie", "Metropolis").await["id"].clone();
    fixture.write(
        "Metropolis (1927)/Metropolis (1927).de.forced.srt",
        b"1\n00:00:01,000 --> 00:00:02,000\nJa\n",
    );
    fixture.rescan().await;
    let file = fixture.detail(&id).await["files"][0].clone();
    let subtitle = json!({"index": 0, "codec": "subrip", "language": "de", "forced": true, "external": true});
    assert_eq!(file["subtitles"], json!([subtitle]));
    std::fs::remove_file(fixture.root().join("Metropolis (1927)/Metropolis (1927).de.forced.srt")).unwrap();
    fixture.rescan().await;
    assert_eq!(fixture.detail(&id).await["files"][0]["subtitles"], json!([]));
}

#[cfg(unix)]
#[tokio::test]
async fn problematic_files_are_reported() {
    use std::os::unix::ffi::OsStrExt as _;
    let fixture = Fixture::movies(&[FILM]).await;
    fixture.write("Empty (2000).mkv", b"");
    fixture.write(std::ffi::OsStr::from_bytes(b"Caf\xe9 (2001).mkv"), b"\x1a\x45\xdf\xa3 something");
    std::os::unix::fs::symlink(fixture.root(), fixture.root().join("Metropolis (1927)/loop")).unwrap();
    fixture.rescan().await;
    let problems = fixture.admin.get("/api/problems").await.good(StatusCode::OK);
    let codes: Vec<(&str, &str)> = problems["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|problem| (problem["path"].as_str().unwrap(), problem["code"].as_str().unwrap()))
        .collect();
    assert!(codes.contains(&("Empty (2000).mkv", "empty")), "{codes:?}");
    assert!(codes.contains(&("Caf\\xE9 (2001).mkv", "not_utf8")), "{codes:?}");
    assert!(codes.contains(&("Metropolis (1927)/loop", "symlink_loop")), "{codes:?}");
    let names: Vec<Value> = fixture.titles("movie").await.iter().map(|title| title["year"].clone()).collect();
    assert_eq!(names, [2001, 1927], "the name that is not UTF-8 is used, and the empty file is not a title");
    assert_eq!(fixture.rescan().await.added, 0, "the name that is not UTF-8 is recognised by the next scan");
}

#[tokio::test]
async fn an_episode_without_a_number_is_reported_with_advice() {
    let fixture = Fixture::shows(&["Planets/Planets S01E01.mkv"]).await;
    // The file must be playable: otherwise another problem would be reported for it.
    fixture.write("Planets/Some planet.mp4", CLIP);
    fixture.rescan().await;
    let problems = fixture.admin.get("/api/problems").await.good(StatusCode::OK);
    let mut items = problems["items"].as_array().unwrap().iter();
    let problem = items.find(|problem| problem["path"] == "Planets/Some planet.mp4");
    let problem = problem.unwrap_or_else(|| panic!("{problems}"));
    assert_eq!(problem["code"], "unrecognised");
    assert!(problem["message"].as_str().unwrap().contains("S01E02"), "{problem}");
    assert_eq!(fixture.title("show", "Planets").await["episode_count"], 1);
}

#[tokio::test]
async fn new_files_are_detected_automatically() {
    let fixture = Fixture::movies(&[FILM]).await;
    fixture.add("Nosferatu (1922)/Nosferatu (1922).mkv");
    fixture
        .wait_until("the new film to be listed", || async { fixture.titles("movie").await.len() == 2 })
        .await;
}

#[tokio::test]
async fn scan_results_are_reported_and_stopping_without_a_scan_succeeds() {
    let fixture = Fixture::movies(&[FILM]).await;
    let started = fixture.admin.post(&format!("/api/libraries/{}/scan", fixture.library), json!({})).await;
    assert_eq!(started.good(StatusCode::ACCEPTED)["library_id"], fixture.library.0);
    fixture.rescan().await;
    let scans = fixture.admin.get("/api/scans").await.good(StatusCode::OK);
    assert_eq!((&scans[0]["phase"], &scans[0]["library_id"]), (&json!("done"), &json!(fixture.library)));
    let path = format!("/api/libraries/{}/scan", fixture.library);
    fixture.admin.delete(&path).await.good(StatusCode::NO_CONTENT);
    assert_eq!(
        fixture.admin.delete("/api/libraries/99/scan").await.error(StatusCode::NOT_FOUND),
        "not_found"
    );
}
