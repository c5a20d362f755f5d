//! File watching, with a controlled clock.

use std::time::Duration;

use clock::{Clock, ManualClock, SystemClock};
use db::ids::LibraryId;
use model::scan::ScanPhase;
use reqwest::StatusCode;
use serde_json::{Value, json};

use super::fixture::{CLIP, Fixture};
use crate::support::TestApp;

const FILM: &str = "Metropolis (1927)/Metropolis (1927).mkv";

/// Starts a server whose clock starts at the current time, like file timestamps.
async fn fixture(files: &[&str]) -> (Fixture, ManualClock) {
    let clock = ManualClock::new(SystemClock.now());
    let app = TestApp::builder().clock(clock.clone()).start().await;
    (Fixture::on(app, "movies", files).await, clock)
}

/// Advances the clock in steps of two seconds until the condition is true; fails after `limit`.
async fn wait_within<F: Future<Output = bool>>(
    clock: &ManualClock,
    limit: Duration,
    condition: impl Fn() -> F,
) {
    const STEP: Duration = Duration::from_secs(2);
    for _ in 0..limit.as_secs() / STEP.as_secs() {
        clock.advance(STEP);
        // The system reports changes in real time.
        for _ in 0..20 {
            if condition().await {
                return;
            }
            tokio::task::spawn_blocking(|| std::thread::park_timeout(Duration::from_millis(10)))
                .await
                .unwrap();
        }
    }
    panic!("the condition was not true within {limit:?}");
}

async fn codes(fixture: &Fixture) -> Vec<String> {
    let problems = fixture.admin.get("/api/problems").await.good(StatusCode::OK);
    let code = |problem: &Value| problem["code"].as_str().unwrap().to_owned();
    problems["items"].as_array().unwrap().iter().map(code).collect()
}

#[tokio::test]
async fn new_files_are_detected_while_another_copy_is_running() {
    let (fixture, clock) = fixture(&[FILM]).await;
    let busy = fixture.root().join("Endless (2004).mkv");
    let is_listed = || async {
        let endless = std::fs::OpenOptions::new().create(true).append(true).open(&busy).unwrap();
        std::io::Write::write_all(&mut &endless, b"more").unwrap();
        fixture.titles("movie").await.iter().any(|title| title["name"] == "Nosferatu")
    };
    fixture.add("Nosferatu (1922)/Nosferatu (1922).mkv");
    wait_within(&clock, Duration::from_secs(20), is_listed).await;
}

#[tokio::test]
async fn a_deeply_nested_new_folder_is_watched() {
    let (fixture, clock) = fixture(&[FILM]).await;
    let has = async |name: &str| fixture.titles("movie").await.iter().any(|title| title["name"] == name);
    fixture.add("a/b/c/Nosferatu (1922).mkv");
    wait_within(&clock, Duration::from_secs(20), || has("Nosferatu")).await;
    fixture.add("a/b/c/The Kid (1921).mkv");
    wait_within(&clock, Duration::from_secs(20), || has("The Kid")).await;
}

#[tokio::test]
async fn a_disk_mounted_later_is_detected_and_watched() {
    let (fixture, clock) = fixture(&[FILM]).await;
    let has = async |name: &str| fixture.titles("movie").await.iter().any(|title| title["name"] == name);
    std::fs::rename(fixture.root(), fixture.root().with_file_name("below")).unwrap();
    fixture.add("Nosferatu (1922)/Nosferatu (1922).mkv");
    wait_within(&clock, Duration::from_secs(60), || has("Nosferatu")).await;
    fixture.add("The Kid (1921)/The Kid (1921).mkv");
    wait_within(&clock, Duration::from_secs(20), || has("The Kid")).await;
    assert!(has("Metropolis").await, "titles of the other disk must be kept");
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn an_unreadable_folder_does_not_stop_watching_of_others() {
    use std::os::unix::fs::PermissionsExt as _;
    // With these capabilities, root can read everything. They are dropped for this thread and the threads
    // that it starts.
    for capability in [caps::Capability::CAP_DAC_OVERRIDE, caps::Capability::CAP_DAC_READ_SEARCH] {
        caps::drop(None, caps::CapSet::Effective, capability).unwrap();
    }
    let (fixture, clock) = fixture(&["Locked/Metropolis (1927).mkv", "z/The Kid (1921).mkv"]).await;
    let locked = fixture.root().join("Locked");
    let set_mode = |mode| std::fs::set_permissions(&locked, std::fs::Permissions::from_mode(mode)).unwrap();
    set_mode(0o000);
    assert!(std::fs::read_dir(&locked).is_err());
    fixture.admin.patch(&format!("/api/libraries/{}", fixture.library), json!({"name": "Attic"})).await;
    fixture.add("z/Nosferatu (1922).mkv");
    wait_within(&clock, Duration::from_secs(20), || async { fixture.titles("movie").await.len() == 3 }).await;
    set_mode(0o700);
}

#[tokio::test]
async fn an_incomplete_copy_is_checked_again() {
    let (fixture, clock) = fixture(&[FILM]).await;
    fixture.write("Half (2001)/Half (2001).mp4", &CLIP[..CLIP.len() / 2]);
    fixture.rescan().await;
    assert_eq!(codes(&fixture).await.last().unwrap(), "half_copied");
    let settled = || async { codes(&fixture).await.iter().any(|code| code == "truncated") };
    wait_within(&clock, Duration::from_secs(120), settled).await;
    fixture.write("Half (2001)/Half (2001).mp4", CLIP);
    let whole = || async { codes(&fixture).await.iter().all(|code| code != "truncated") };
    wait_within(&clock, Duration::from_secs(20), whole).await;
}

#[tokio::test]
async fn a_configured_library_is_scanned_once_at_start() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("Metropolis (1927).mkv"), b"\x1a\x45\xdf\xa3 a film").unwrap();
    let library = format!("movies={}", folder.path().display()).parse().unwrap();
    let app = TestApp::builder().config(move |config| config.libraries = vec![library]).start().await;
    let scanner = app.state().libraries().scanner().clone();
    let mut events = app.state().events().subscribe();
    let mut started = std::collections::HashSet::new();
    while scanner.list().iter().all(|scan| scan.phase != ScanPhase::Done) || scanner.is_running(LibraryId(1))
    {
        events.recv().await.unwrap();
        started.extend(scanner.list().iter().map(|scan| scan.started_at));
    }
    started.extend(scanner.list().iter().map(|scan| scan.started_at));
    assert_eq!((started.len(), scanner.list()[0].added), (1, 1));
}
