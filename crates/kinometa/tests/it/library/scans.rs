//! Scans after changes in the file system.

use reqwest::StatusCode;
use serde_json::{Value, json};

use super::house::{CLIP, House};

const FILM: &str = "Metropolis (1927)/Metropolis (1927).mkv";

#[tokio::test]
async fn names_alone_make_movies_with_versions_and_parts_and_without_extras() {
    let house = House::movies(&[
        FILM,
        "Metropolis (1927)/Metropolis (1927) - 1080p.mkv",
        "Metropolis (1927)/Metropolis (1927)-trailer.mkv",
        "Metropolis (1927)/Extras/Making of.mkv",
        "The Kid (1921)/The Kid (1921) - part1.mkv",
        "The Kid (1921)/The Kid (1921) - part2.mkv",
    ])
    .await;
    let titles = house.titles("movie").await;
    let shelf: Vec<_> =
        titles.iter().map(|title| (&title["name"], &title["year"], &title["versions"])).collect();
    assert_eq!(
        shelf,
        [(&json!("The Kid"), &json!(1921), &json!(1)), (&json!("Metropolis"), &json!(1927), &json!(2))]
    );
    assert_eq!(titles[0]["matched"], false);
    let shown = house.shown().await;
    assert_eq!((&shown["file_count"], &shown["title_count"]), (&json!(4), &json!(2)));
}

#[tokio::test]
async fn a_file_with_two_episodes_is_both_and_specials_are_season_0() {
    let house = House::shows(&[
        "Planets/Season 01/Planets S01E01.mkv",
        "Planets/Season 01/Planets S01E02-E03.mkv",
        "Planets/Specials/Planets S00E01.mkv",
    ])
    .await;
    let show = house.title("show", "Planets").await;
    assert_eq!((&show["episode_count"], &show["unwatched_episodes"]), (&json!(3), &json!(3)));
    let season = house.season(&show["id"], 1).await;
    let numbers: Vec<&Value> =
        season["episodes"].as_array().unwrap().iter().map(|episode| &episode["episode_number"]).collect();
    assert_eq!(numbers, [1, 2, 3]);
    let third = house.detail(&season["episodes"][2]["id"]).await;
    assert_eq!(third["files"][0]["path"], "Planets/Season 01/Planets S01E02-E03.mkv");
    assert_eq!(third["previous"]["episode_number"], 2);
    let detail = house.detail(&show["id"]).await;
    let seasons: Vec<&Value> =
        detail["seasons"].as_array().unwrap().iter().map(|season| &season["season_number"]).collect();
    assert_eq!(seasons, [1, 0], "specials come last");
    assert_eq!(detail["next"]["episode_number"], 1);
}

#[tokio::test]
async fn a_second_scan_changes_nothing() {
    let house = House::movies(&[FILM, "The Kid (1921)/The Kid (1921).mkv"]).await;
    let status = house.rescan().await;
    assert_eq!((status.added, status.updated, status.missing), (0, 0, 0));
}

#[tokio::test]
async fn a_renamed_movie_keeps_its_title_and_plays() {
    let house = House::movies(&[FILM]).await;
    let id = house.title("movie", "Metropolis").await["id"].clone();
    house.watch(&id).await;
    house.rename(FILM, "Fritz Lang/Metropolis restored (1927).mkv");
    let status = house.rescan().await;
    assert_eq!((status.added, status.updated, status.missing), (0, 1, 0));
    let titles = house.titles("movie").await;
    assert_eq!(titles.len(), 1);
    assert_eq!((&titles[0]["id"], &titles[0]["watched"]), (&id, &json!(true)));
    assert_eq!(house.detail(&id).await["files"][0]["path"], "Fritz Lang/Metropolis restored (1927).mkv");
}

/// Folders are the administrators' business.
#[tokio::test]
async fn members_see_the_names_of_files_and_no_folders() {
    let house = House::movies(&[FILM]).await;
    let id = house.title("movie", "Metropolis").await["id"].clone();
    assert_eq!(house.detail(&id).await["files"][0]["path"], FILM);
    let member = house.app.user("bea").await;
    let shown = member.get(&format!("/api/titles/{id}")).await.json();
    assert_eq!(shown["files"][0]["path"], FILM.rsplit('/').next().unwrap());
    let folder = FILM.split('/').next().unwrap();
    assert!(FILM.contains('/') && !shown.to_string().contains(&format!("{folder}/")), "{shown}");
}

#[tokio::test]
async fn a_copy_takes_over_when_the_original_is_deleted() {
    let house = House::movies(&[FILM]).await;
    let id = house.title("movie", "Metropolis").await["id"].clone();
    house.watch(&id).await;
    let copy = "Metropolis - The Movie (1927)/Metropolis - The Movie (1927).mkv";
    std::fs::create_dir(house.root().join("Metropolis - The Movie (1927)")).unwrap();
    std::fs::copy(house.root().join(FILM), house.root().join(copy)).unwrap();
    assert_eq!(house.rescan().await.added, 1);
    std::fs::remove_dir_all(house.root().join("Metropolis (1927)")).unwrap();
    house.rescan().await;
    let titles = house.titles("movie").await;
    assert_eq!(titles.len(), 1, "{titles:?}");
    assert_eq!(
        (&titles[0]["id"], &titles[0]["watched"], &titles[0]["missing"]),
        (&id, &json!(true), &json!(false))
    );
    assert_eq!(titles[0]["name"], "Metropolis - The Movie", "what has its name from the files follows it");
}

#[tokio::test]
async fn a_vanished_movie_is_missing_until_it_comes_back() {
    let house = House::movies(&[FILM, "The Kid (1921)/The Kid (1921).mkv"]).await;
    house.rename(FILM, "../away.mkv");
    assert_eq!(house.rescan().await.missing, 1);
    let title = house.title("movie", "Metropolis").await;
    assert_eq!(title["missing"], true);
    assert_eq!(house.detail(&title["id"]).await["files"][0]["state"], "missing");
    assert_eq!(house.shown().await["missing_count"], 1);
    house.rename("../away.mkv", FILM);
    house.rescan().await;
    assert_eq!(house.title("movie", "Metropolis").await["missing"], false);
}

#[tokio::test]
async fn an_unmounted_library_keeps_everything_and_comes_back() {
    let house = House::movies(&[FILM]).await;
    let elsewhere = house.root().with_file_name("unmounted");
    std::fs::rename(house.root(), &elsewhere).unwrap();
    house.scan().await;
    let gone = house.shown().await;
    assert_eq!((&gone["state"], &gone["missing_count"]), (&json!("unavailable"), &json!(0)));
    assert!(gone["message"].as_str().unwrap().contains("cannot be read"));
    assert_eq!(house.title("movie", "Metropolis").await["missing"], true);

    std::fs::create_dir(house.root()).unwrap();
    house.scan().await;
    let empty = house.shown().await;
    assert_eq!(empty["state"], "unavailable", "an empty mount point is no empty library");
    assert!(empty["message"].as_str().unwrap().contains("mounted"));

    std::fs::remove_dir(house.root()).unwrap();
    std::fs::rename(&elsewhere, house.root()).unwrap();
    house.rescan().await;
    assert_eq!(house.shown().await["state"], "ok");
    assert_eq!(house.title("movie", "Metropolis").await["missing"], false);
}

#[tokio::test]
async fn a_new_nfo_is_read_without_probing_the_video_again() {
    let house = House::movies(&[FILM]).await;
    let nfo =
        "<movie><title>Metropolis Restored</title><plot>A city.</plot><genre>Science Fiction</genre></movie>";
    house.write("Metropolis (1927)/movie.nfo", nfo.as_bytes());
    let status = house.rescan().await;
    assert_eq!((status.added, status.updated), (0, 0));
    let title = house.title("movie", "Metropolis Restored").await;
    let detail = house.detail(&title["id"]).await;
    assert_eq!((&detail["overview"], &detail["genres"]), (&json!("A city."), &json!(["science-fiction"])));
}

#[tokio::test]
async fn external_subtitles_are_listed_and_updated() {
    let house = House::movies(&[FILM]).await;
    let id = house.title("movie", "Metropolis").await["id"].clone();
    house.write(
        "Metropolis (1927)/Metropolis (1927).de.forced.srt",
        b"1\n00:00:01,000 --> 00:00:02,000\nJa\n",
    );
    house.rescan().await;
    let file = house.detail(&id).await["files"][0].clone();
    let subtitle = json!({"index": 0, "codec": "subrip", "language": "de", "forced": true, "external": true});
    assert_eq!(file["subtitles"], json!([subtitle]));
    std::fs::remove_file(house.root().join("Metropolis (1927)/Metropolis (1927).de.forced.srt")).unwrap();
    house.rescan().await;
    assert_eq!(house.detail(&id).await["files"][0]["subtitles"], json!([]));
}

#[cfg(unix)]
#[tokio::test]
async fn problematic_files_are_reported() {
    use std::os::unix::ffi::OsStrExt as _;
    let house = House::movies(&[FILM]).await;
    house.write("Empty (2000).mkv", b"");
    house.write(std::ffi::OsStr::from_bytes(b"Caf\xe9 (2001).mkv"), b"\x1a\x45\xdf\xa3 something");
    std::os::unix::fs::symlink(house.root(), house.root().join("Metropolis (1927)/loop")).unwrap();
    house.rescan().await;
    let problems = house.admin.get("/api/problems").await.good(StatusCode::OK);
    let codes: Vec<(&str, &str)> = problems["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|problem| (problem["path"].as_str().unwrap(), problem["code"].as_str().unwrap()))
        .collect();
    assert!(codes.contains(&("Empty (2000).mkv", "empty")), "{codes:?}");
    assert!(codes.contains(&("Caf\\xE9 (2001).mkv", "not_utf8")), "{codes:?}");
    assert!(codes.contains(&("Metropolis (1927)/loop", "symlink_loop")), "{codes:?}");
    let names: Vec<Value> = house.titles("movie").await.iter().map(|title| title["year"].clone()).collect();
    assert_eq!(names, [2001, 1927], "the odd name is used, the empty file is no title");
    assert_eq!(house.rescan().await.added, 0, "the odd name is recognised");
}

#[tokio::test]
async fn an_episode_without_a_number_is_reported_with_advice() {
    let house = House::shows(&["Planets/Planets S01E01.mkv"]).await;
    // A file that plays: one that does not has a worse problem.
    house.write("Planets/Some planet.mp4", CLIP);
    house.rescan().await;
    let problems = house.admin.get("/api/problems").await.good(StatusCode::OK);
    let mut items = problems["items"].as_array().unwrap().iter();
    let problem = items.find(|problem| problem["path"] == "Planets/Some planet.mp4");
    let problem = problem.unwrap_or_else(|| panic!("{problems}"));
    assert_eq!(problem["code"], "unrecognised");
    assert!(problem["message"].as_str().unwrap().contains("S01E02"), "{problem}");
    assert_eq!(house.title("show", "Planets").await["episode_count"], 1);
}

#[tokio::test]
async fn new_files_are_detected_automatically() {
    let house = House::movies(&[FILM]).await;
    house.add("Nosferatu (1922)/Nosferatu (1922).mkv");
    house.until("the new film", || async { house.titles("movie").await.len() == 2 }).await;
}

#[tokio::test]
async fn scan_results_are_reported_and_stopping_without_a_scan_succeeds() {
    let house = House::movies(&[FILM]).await;
    let started = house.admin.post(&format!("/api/libraries/{}/scan", house.library), json!({})).await;
    assert_eq!(started.good(StatusCode::ACCEPTED)["library_id"], house.library.0);
    house.rescan().await;
    let scans = house.admin.get("/api/scans").await.good(StatusCode::OK);
    assert_eq!((&scans[0]["phase"], &scans[0]["library_id"]), (&json!("done"), &json!(house.library)));
    let path = format!("/api/libraries/{}/scan", house.library);
    house.admin.delete(&path).await.good(StatusCode::NO_CONTENT);
    assert_eq!(house.admin.delete("/api/libraries/99/scan").await.error(StatusCode::NOT_FOUND), "not_found");
}
