//! Stopping and resuming scans.

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use clock::{Clock as _, ManualClock, SystemClock};
use model::scan::{ScanPhase, ScanStatus};
use reqwest::StatusCode;
use serde_json::json;

use super::fixture::Fixture;
use crate::support::TestApp;

const FFPROBE_OUTPUT: &str = r#"{"streams": [{"codec_type": "video", "codec_name": "h264", "width": 64, "height": 48}],
    "format": {"format_name": "avi", "duration": "60"}}"#;

/// Creates an ffprobe that blocks on AVI files until a file named `go` exists, to pause a scan at a known point.
fn slow_ffprobe(folder: &Path) {
    let program = folder.join("ffprobe");
    let go = folder.join("go");
    let wait = format!("case \"$*\" in *.avi) until [ -e '{}' ]; do sleep 0.05; done ;; esac", go.display());
    std::fs::write(&program, format!("#!/bin/sh\n{wait}\necho '{FFPROBE_OUTPUT}'\n")).unwrap();
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
}

fn unblock(folder: &Path) {
    std::fs::write(folder.join("go"), "").unwrap();
}

/// Starts a server whose scans pause at the first AVI file. Its clock is frozen, so that only the test starts scans.
async fn fixture(tools: &Path, files: &[&str]) -> Fixture {
    slow_ffprobe(tools);
    let ffmpeg = tools.join("ffmpeg");
    let clock = ManualClock::new(SystemClock.now());
    let app =
        TestApp::builder().clock(clock).config(move |config| config.ffmpeg = Some(ffmpeg)).start().await;
    Fixture::on(app, "movies", files).await
}

/// Starts a scan and waits until it is probing files.
async fn start_paused_scan(fixture: &Fixture) -> ScanStatus {
    let path = format!("/api/libraries/{}/scan", fixture.library);
    fixture.admin.post(&path, json!({})).await.good(StatusCode::ACCEPTED);
    loop {
        let status = fixture.app.state().libraries().scanner().list().remove(0);
        if status.phase == ScanPhase::Probing {
            return status;
        }
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn a_stopped_scan_keeps_its_results_and_the_next_one_continues() {
    let tools = tempfile::tempdir().unwrap();
    let fixture = fixture(tools.path(), &[]).await;
    fixture.write("0 First (2000).avi", b"RIFF....AVI LIST");
    (1..=50).for_each(|number| fixture.add(&format!("Film {number} (2001).mkv")));

    let paused = start_paused_scan(&fixture).await;
    assert_eq!((paused.files_total, paused.added), (Some(51), 0), "nothing is written yet");
    let scanner = fixture.app.state().libraries().scanner();
    let mut stopped = Box::pin(scanner.stop(fixture.library));
    assert!(futures::poll!(&mut stopped).is_pending(), "stopping waits for the file that is being probed");
    unblock(tools.path());
    stopped.await;
    let status = scanner.list().remove(0);
    assert_eq!(status.phase, ScanPhase::Stopped, "{status:?}");
    assert!(status.added < 51 && status.finished_at.is_some(), "{status:?}");
    assert_eq!(
        fixture.titles("movie").await.len() as i64,
        status.added,
        "the status must match the stored titles"
    );

    let rest = fixture.rescan().await;
    assert_eq!((status.added + rest.added, rest.files_seen, rest.missing), (51, 51, 0));
    assert_eq!(fixture.titles("movie").await.len(), 51);
}

#[tokio::test]
async fn a_library_deleted_during_a_scan_is_not_restored() {
    let tools = tempfile::tempdir().unwrap();
    let fixture = fixture(tools.path(), &["Metropolis (1927).mkv"]).await;
    fixture.write("0 First (2000).avi", b"RIFF....AVI LIST");
    let path = format!("/api/libraries/{}", fixture.library);
    start_paused_scan(&fixture).await;
    let (removed, ()) = tokio::join!(fixture.admin.delete(&path), async { unblock(tools.path()) });
    removed.good(StatusCode::NO_CONTENT);
    assert!(fixture.titles("movie").await.is_empty());
    assert_eq!(fixture.admin.get("/api/scans").await.good(StatusCode::OK), json!([]));
}
