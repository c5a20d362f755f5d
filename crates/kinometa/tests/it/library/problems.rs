//! /api/problems: problems of files, stored by this version and by older ones.

use db::ids::FileId;
use db::kinds::{LibraryState, ProblemCode, UnavailableReason};
use db::rows::MediaFile;
use reqwest::StatusCode;
use serde_json::Value;

use super::fixture::Fixture;

const FILM: &str = "Metropolis (1927)/Metropolis (1927).mkv";

async fn only_problem(fixture: &Fixture) -> Value {
    let problems = fixture.admin.get("/api/problems").await.good(StatusCode::OK);
    assert_eq!(problems["total"], 1, "{problems}");
    problems["items"][0].clone()
}

async fn file(fixture: &Fixture) -> Value {
    let id = fixture.title("movie", "Metropolis").await["id"].clone();
    fixture.detail(&id).await["files"][0].clone()
}

async fn row(fixture: &Fixture) -> MediaFile {
    let id = FileId(file(fixture).await["id"].as_i64().unwrap());
    db::files::find(fixture.app.state().db(), id).await.unwrap().unwrap()
}

#[tokio::test]
async fn a_damaged_file_is_stored_as_a_code_and_shown_as_text() {
    let fixture = Fixture::movies(&[]).await;
    fixture.write(FILM, b"\x1a\x45\xdf\xa3 looks like the header of a Matroska file");
    // The file must be old, because a new one could still be being copied.
    let file_on_disk = std::fs::File::options().write(true).open(fixture.root().join(FILM)).unwrap();
    let before = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000);
    file_on_disk.set_modified(before).unwrap();
    fixture.rescan().await;
    let problem = only_problem(&fixture).await;
    assert_eq!((&problem["code"], &problem["path"]), (&"damaged".into(), &FILM.into()));
    assert!(problem["message"].as_str().unwrap().starts_with("The file looks damaged"), "{problem}");
    let on_page = file(&fixture).await;
    assert_eq!((&on_page["problem"], &on_page["problem_code"]), (&problem["message"], &problem["code"]));
    let row = row(&fixture).await;
    assert_eq!((row.problem_code, row.problem), (Some(ProblemCode::Damaged), None));
}

#[tokio::test]
async fn texts_stored_by_an_older_version_are_still_shown() {
    let fixture = Fixture::movies(&[FILM]).await;
    let old = MediaFile {
        problem_code: Some(ProblemCode::Truncated),
        problem: Some("The file is shorter than its headers say.".to_owned()),
        problem_facts: None,
        ..row(&fixture).await
    };
    let db = fixture.app.state().db();
    let library = db::libraries::find(db, fixture.library).await.unwrap().unwrap();
    let tx = db.begin().await.unwrap();
    db::files::update(&tx, old).await.unwrap();
    let library = db::rows::Library {
        state: LibraryState::Unavailable,
        message: Some("The folder is empty.".to_owned()),
        state_reason: None,
        ..library
    };
    db::libraries::update(&tx, library).await.unwrap();
    tx.commit().await.unwrap();

    let problem = only_problem(&fixture).await;
    assert_eq!(problem["message"], "The file is shorter than its headers say.");
    assert_eq!(file(&fixture).await["problem"], problem["message"]);
    assert_eq!(fixture.shown().await["message"], "The folder is empty.");
}

#[tokio::test]
async fn a_missing_folder_replaces_the_text_of_an_older_version() {
    let fixture = Fixture::movies(&[FILM]).await;
    let db = fixture.app.state().db();
    let library = db::libraries::find(db, fixture.library).await.unwrap().unwrap();
    let tx = db.begin().await.unwrap();
    let library = db::rows::Library { message: Some("Old text.".to_owned()), ..library };
    db::libraries::update(&tx, library).await.unwrap();
    tx.commit().await.unwrap();

    std::fs::rename(fixture.root(), fixture.root().with_file_name("elsewhere")).unwrap();
    fixture.scan().await;
    let row = db::libraries::find(db, fixture.library).await.unwrap().unwrap();
    assert_eq!((row.state_reason, row.message), (Some(UnavailableReason::Unreadable), None));
    let message = fixture.shown().await["message"].as_str().unwrap().to_owned();
    assert!(message.contains("cannot be read"), "{message}");
}
