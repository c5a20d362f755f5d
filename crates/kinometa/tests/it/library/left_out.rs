//! Files that are skipped, and files that only look like films.

use reqwest::StatusCode;
use serde_json::{Value, json};

use super::fixture::{CLIP, Fixture};

/// Returns the paths and codes of skipped files, or of files with a problem.
async fn problem_list(fixture: &Fixture, left_out: bool) -> Vec<(String, String)> {
    let path = format!("/api/problems?left_out={left_out}");
    let found = fixture.admin.get(&path).await.good(StatusCode::OK);
    let items = found["items"].as_array().unwrap();
    assert_eq!(found["total"], items.len());
    let text = |item: &Value, field: &str| item[field].as_str().unwrap().to_owned();
    for item in items {
        assert_eq!(item["left_out"], left_out, "{item}");
        assert!(text(item, "message").ends_with('.'), "{item}");
    }
    items.iter().map(|item| (text(item, "path"), text(item, "code"))).collect()
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(path, code)| ((*path).to_owned(), (*code).to_owned())).collect()
}

/// Makes a file old, because a new one could still be being copied.
fn make_old(fixture: &Fixture, path: &str) {
    let file = std::fs::File::options().write(true).open(fixture.root().join(path)).unwrap();
    file.set_modified(std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000)).unwrap();
}

#[tokio::test]
async fn every_skipped_file_is_listed_with_its_reason() {
    let fixture = Fixture::movies(&[]).await;
    fixture.write("Film (2000)/Film (2000).mp4", CLIP);
    for path in [
        "Film (2000)/Film (2000) - trailer.mp4",
        "Film (2000)/Film (2000)-teaser.mp4",
        "Film (2000)/Film Sample.mp4",
        "Film (2000)/Extras/Making of.mkv",
        "Film (2000)/.Film.mkv",
        "Hidden/.ignore",
        "Hidden/Film (2001).mkv",
        "@Recently-Snapshot/Film (2002).mkv",
        "_UNPACK_Film (2003)/film.mkv",
        "Film (2000)/Film (2000).idx",
        "Film (2000)/Film (2000).sub",
        "Film (2000)/Film (2000).sup",
        "Film (2000)/Film (2000).smi",
    ] {
        fixture.add(path);
    }
    fixture.rescan().await;
    let expected = [
        ("@Recently-Snapshot", "system"),
        ("Film (2000)/.Film.mkv", "hidden"),
        ("Film (2000)/Extras/Making of.mkv", "extra"),
        ("Film (2000)/Film (2000) - trailer.mp4", "trailer"),
        ("Film (2000)/Film (2000)-teaser.mp4", "trailer"),
        ("Film (2000)/Film (2000).idx", "unsupported_subtitle"),
        ("Film (2000)/Film (2000).smi", "unsupported_subtitle"),
        ("Film (2000)/Film (2000).sub", "unsupported_subtitle"),
        ("Film (2000)/Film (2000).sup", "unsupported_subtitle"),
        ("Film (2000)/Film Sample.mp4", "sample"),
        ("Hidden", "marked"),
        ("_UNPACK_Film (2003)", "unpacking"),
    ];
    assert_eq!(problem_list(&fixture, true).await, pairs(&expected));
    assert_eq!(problem_list(&fixture, false).await, []);
    let film = fixture.title("movie", "Film").await;
    assert_eq!(film["versions"], 1);
    assert_eq!(fixture.titles("movie").await.len(), 1);
}

#[tokio::test]
async fn files_that_are_not_videos_are_problems_and_not_titles() {
    let fixture = Fixture::movies(&[]).await;
    fixture.write("Film (2000).mp4", CLIP);
    fixture.write("Photo (2001).mkv", b"\xff\xd8\xff\xe0\0\x10JFIF\0 a picture");
    fixture.write("Page (2002).mp4", b"<!DOCTYPE html><title>404 Not Found</title>");
    fixture.write("List (2003).mkv", b"#EXTM3U\n#EXTINF:10,\n/etc/passwd\n");
    fixture.write("Zeros (2004).mkv", &[0; 4096]);
    make_old(&fixture, "Zeros (2004).mkv");
    fixture.rescan().await;
    let expected = ["List (2003).mkv", "Page (2002).mp4", "Photo (2001).mkv", "Zeros (2004).mkv"];
    let found = problem_list(&fixture, false).await;
    assert_eq!(found, pairs(&expected.map(|path| (path, "not_video"))));
    let problems = fixture.admin.get("/api/problems?left_out=false").await.good(StatusCode::OK);
    assert!(problems["items"][2]["message"].as_str().unwrap().contains("a picture"), "{problems}");
    let titles = fixture.titles("movie").await;
    assert_eq!(titles.iter().map(|title| &title["name"]).collect::<Vec<_>>(), [&json!("Film")]);
    // Another scan finds nothing new. A film that replaces one of the files becomes a title.
    fixture.rescan().await;
    assert_eq!(problem_list(&fixture, false).await, found);
    fixture.write("Photo (2001).mkv", CLIP);
    fixture.rescan().await;
    fixture.title("movie", "Photo").await;
    // A file that replaces the film is a problem again.
    fixture.write("Photo (2001).mkv", b"\xff\xd8\xff\xe0\0\x10JFIF\0 another picture");
    fixture.rescan().await;
    assert_eq!(fixture.titles("movie").await.len(), 1);
    assert_eq!(problem_list(&fixture, false).await, found);
}

#[tokio::test]
async fn a_blu_ray_uses_its_longest_title_and_a_dvd_is_reported() {
    let fixture = Fixture::movies(&[]).await;
    let title = |size: usize| [&[0x1a, 0x45, 0xdf, 0xa3][..], &vec![b'a'; size]].concat();
    fixture.write("Blue (2000)/BDMV/STREAM/00000.m2ts", &title(100));
    fixture.write("Blue (2000)/BDMV/STREAM/00001.m2ts", &title(9000));
    fixture.write("Blue (2000)/BDMV/STREAM/00002.m2ts", &title(500));
    fixture.write("Silver (2001)/VIDEO_TS/VIDEO_TS.VOB", &title(100));
    fixture.write("Silver (2001)/VIDEO_TS/VTS_01_1.VOB", &title(9000));
    fixture.rescan().await;
    let blue = fixture.title("movie", "Blue").await;
    assert_eq!(blue["versions"], 1);
    let files = fixture.detail(&blue["id"]).await["files"].clone();
    assert_eq!(files.as_array().unwrap().len(), 1);
    assert_eq!(files[0]["path"], "Blue (2000)/BDMV/STREAM/00001.m2ts");
    assert_eq!(fixture.titles("movie").await.len(), 1);
    let extras = [
        ("Blue (2000)/BDMV/STREAM/00000.m2ts", "disc_extra"),
        ("Blue (2000)/BDMV/STREAM/00002.m2ts", "disc_extra"),
    ];
    assert_eq!(problem_list(&fixture, true).await, pairs(&extras));
    let problems = problem_list(&fixture, false).await;
    assert!(
        problems.contains(&("Silver (2001)/VIDEO_TS".to_owned(), "dvd_folder".to_owned())),
        "{problems:?}"
    );
}

/// An older version of Kinometa scanned a trailer as a version of the film.
#[tokio::test]
async fn files_scanned_by_an_earlier_version_are_classified_again() {
    const CUT: &str = "Film (2000)/Film (2000) - cut.mkv";
    const TRAILER: &str = "Film (2000)/Film (2000)-trailer.mkv";
    let fixture = Fixture::movies(&["Film (2000)/Film (2000).mkv", CUT]).await;
    assert_eq!(fixture.title("movie", "Film").await["versions"], 2);
    let db = fixture.app.state().db();
    for row in db::files::known(db, fixture.library).await.unwrap() {
        let row = db::files::find(db, row.id).await.unwrap().unwrap();
        let path = if row.path == CUT { TRAILER.to_owned() } else { row.path.clone() };
        let tx = db.begin().await.unwrap();
        let older = db::rows::MediaFile { path, sidecar_stamp: None, ..row };
        db::files::update(&tx, older).await.unwrap();
        tx.commit().await.unwrap();
    }
    fixture.rename(CUT, TRAILER);
    fixture.rescan().await;
    assert_eq!(fixture.title("movie", "Film").await["versions"], 1);
    assert_eq!(problem_list(&fixture, true).await, pairs(&[(TRAILER, "trailer")]));
}
