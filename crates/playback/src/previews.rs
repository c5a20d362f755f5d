//! Preview images for seeking, several on one sheet.
//!
//! Sheets are generated on request, one at a time with one thread and the lowest priority, so that they do
//! not slow down streams. If the client disconnects, generation stops. Sheets are cached up to a total size;
//! the oldest are removed first.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use media::probe::{Hdr, input};
use media::tone_mapping::to_sdr;
use tokio::process::Command;
use tokio::sync::{Semaphore, SemaphorePermit};

use super::error::PlaybackError;

/// Time between two images.
pub(super) const INTERVAL_MS: i64 = 10_000;
/// Number of columns and of rows on a sheet.
const SIDE: i64 = 5;
/// The time that one sheet covers. Short, because all of that video is read from disk.
pub(super) const SHEET_MS: i64 = INTERVAL_MS * SIDE * SIDE;
/// Width and height of an image in pixels. Other aspect ratios are centred on black.
const SIZE: (i64, i64) = (240, 136);

/// Limit on requests that are being processed or waiting.
const MAX_REQUESTS: usize = 12;
/// Time limit for one sheet. Reading a few minutes of video takes long only on a slow disk.
const TIMEOUT: Duration = Duration::from_secs(60);
/// Maximum size of the cache in bytes, enough for some thousand sheets.
const MAX_CACHE: u64 = 256 * 1024 * 1024;

/// The layout of the images.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sheets {
    /// Milliseconds between two images.
    pub interval_ms: i64,
    /// Number of columns on a sheet.
    pub columns: i64,
    /// Number of rows on a sheet.
    pub rows: i64,
    /// Width of an image in pixels.
    pub width: i64,
    /// Height of an image in pixels.
    pub height: i64,
}

impl Default for Sheets {
    fn default() -> Self {
        let (width, height) = SIZE;
        Self { interval_ms: INTERVAL_MS, columns: SIDE, rows: SIDE, width, height }
    }
}

/// A sheet to generate.
#[derive(Debug)]
pub(super) struct Job {
    pub(super) ffmpeg: PathBuf,
    /// The sources of its images, in order. A sheet that crosses the end of a file continues in the next one.
    pub(super) pieces: Vec<Piece>,
    /// The file name in the cache, which identifies the content.
    pub(super) name: String,
}

/// The images of a sheet that come from one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) video: PathBuf,
    /// Position of the first image in the file, in milliseconds.
    pub(super) at_ms: i64,
    /// Number of images.
    pub(super) count: i64,
    /// The kind of HDR, if it is mapped to SDR.
    pub(super) hdr: Option<Hdr>,
}

/// Generates and caches sheets.
#[derive(Debug)]
pub(super) struct Previews {
    folder: PathBuf,
    generating: Semaphore,
    probing: Semaphore,
    waiting: Arc<AtomicUsize>,
}

/// Counts a request for a sheet until it is dropped.
struct Waiting(Arc<AtomicUsize>);

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Previews {
    pub(super) fn new(folder: PathBuf) -> Self {
        Self { folder, generating: Semaphore::new(1), probing: Semaphore::new(2), waiting: Arc::default() }
    }

    /// Waits for one of the few slots for reading headers. Always `Some`, because the semaphore is never
    /// closed.
    pub(super) async fn probe_slot(&self) -> Option<SemaphorePermit<'_>> {
        self.probing.acquire().await.ok()
    }

    /// Returns a sheet from the cache, or generates it.
    ///
    /// # Errors
    /// [`PlaybackError::Busy`] if too many requests are waiting; [`PlaybackError::Ffmpeg`] if ffmpeg fails.
    pub(super) async fn sheet(&self, job: Job) -> Result<Bytes, PlaybackError> {
        let cached = self.folder.join(&job.name);
        if let Ok(sheet) = tokio::fs::read(&cached).await {
            return Ok(sheet.into());
        }
        let waiting = Waiting(Arc::clone(&self.waiting));
        if waiting.0.fetch_add(1, Ordering::Relaxed) >= MAX_REQUESTS {
            return Err(PlaybackError::Busy);
        }
        let _slot = self.generating.acquire().await.map_err(std::io::Error::other)?;
        // Another request may have generated the same sheet in the meantime.
        if let Ok(sheet) = tokio::fs::read(&cached).await {
            return Ok(sheet.into());
        }
        let sheet = generate(&job).await?;
        let (folder, bytes) = (self.folder.clone(), sheet.clone());
        tokio::task::spawn_blocking(move || store(&folder, &cached, &bytes, MAX_CACHE))
            .await
            .map_err(std::io::Error::other)??;
        Ok(sheet)
    }
}

async fn generate(job: &Job) -> Result<Bytes, PlaybackError> {
    let graph = graph(&job.pieces);
    let seconds = |ms: i64| format!("{}.{:03}", ms / 1000, ms % 1000);
    let mut with_nice = Command::new("nice");
    with_nice.args(["-n", "19"]).arg(&job.ffmpeg);
    let mut plain = Command::new(&job.ffmpeg);
    for command in [&mut with_nice, &mut plain] {
        command.args(["-hide_banner", "-nostdin", "-v", "error"]);
        for piece in &job.pieces {
            command
                .args(["-threads", "1", "-skip_frame", "nokey"])
                // Begin at the keyframe before the position, because there may be none after it.
                .args(["-noaccurate_seek", "-ss", &seconds(piece.at_ms)])
                .args(["-t", &seconds(piece.count * INTERVAL_MS)])
                .args(input(&piece.video));
        }
        command
            .args([
                "-filter_complex",
                &graph,
                "-map",
                "[sheet]",
                "-frames:v",
                "1",
                "-c:v",
                "mjpeg",
                "-q:v",
                "6",
            ])
            .args(["-pix_fmt", "yuvj420p", "-threads", "1", "-f", "image2pipe", "pipe:1"])
            .stdin(Stdio::null())
            .kill_on_drop(true);
    }
    // Not every system has `nice`.
    let output = async {
        match with_nice.output().await {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => plain.output().await,
            output => output,
        }
    };
    let late = |_| PlaybackError::Ffmpeg("the previews did not come in time".to_owned());
    let output = tokio::time::timeout(TIMEOUT, output).await.map_err(late)??;
    if output.status.success() && !output.stdout.is_empty() {
        return Ok(output.stdout.into());
    }
    let stderr = String::from_utf8_lossy(&output.stderr);
    Err(PlaybackError::Ffmpeg(stderr.lines().next_back().unwrap_or("it gave no reason").to_owned()))
}

/// The filter graph that combines the images of all pieces on one sheet.
fn graph(pieces: &[Piece]) -> String {
    let (width, height) = SIZE;
    let mut graph = String::new();
    for (number, piece) in pieces.iter().enumerate() {
        let tone_mapping = piece.hdr.map(|hdr| format!(",{}", to_sdr(hdr))).unwrap_or_default();
        // Each piece has to yield exactly `count` images, or those of the next file would be at wrong
        // positions. Each image is the last keyframe before its position; if keyframes are rare, the last one
        // is repeated.
        graph.push_str(&format!(
            "[{number}:v:0]fps=1000/{INTERVAL_MS}:start_time=0:round=up,\
             scale={width}:{height}:force_original_aspect_ratio=decrease{tone_mapping},\
             pad={width}:{height}:-1:-1,setsar=1,format=yuv420p,\
             tpad=stop=-1:stop_mode=clone,trim=end_frame={count}[piece{number}];",
            count = piece.count
        ));
    }
    let all: String = (0..pieces.len()).map(|number| format!("[piece{number}]")).collect();
    format!("{graph}{all}concat=n={}:v=1:a=0,tile={SIDE}x{SIDE}[sheet]", pieces.len())
}

/// Writes to a temporary file and renames it, so that no request reads a partial file. Then removes old
/// sheets until all have at most `max_size` bytes.
fn store(folder: &Path, path: &Path, sheet: &[u8], max_size: u64) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    let file = tempfile::Builder::new().prefix("making").tempfile_in(folder)?;
    std::fs::write(file.path(), sheet)?;
    file.persist(path).map_err(|error| error.error)?;
    remove_oldest(folder, path, max_size)
}

/// Removes the oldest sheets except `newest` until the total size is at most `max_size` bytes.
fn remove_oldest(folder: &Path, newest: &Path, max_size: u64) -> std::io::Result<()> {
    let mut sheets: Vec<(SystemTime, u64, PathBuf)> = Vec::new();
    for entry in std::fs::read_dir(folder)?.flatten() {
        // A sheet that was removed in the meantime has no metadata and no size.
        let Ok(found) = entry.metadata() else { continue };
        sheets.push((found.modified().unwrap_or(SystemTime::UNIX_EPOCH), found.len(), entry.path()));
    }
    sheets.sort();
    let mut total: u64 = sheets.iter().map(|(_, size, _)| size).sum();
    for (_, size, path) in sheets {
        if total <= max_size {
            break;
        }
        if path != newest && std::fs::remove_file(&path).is_ok() {
            total -= size;
        }
    }
    Ok(())
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use futures::StreamExt as _;
    use futures::stream::FuturesUnordered;

    use super::*;

    fn program(folder: &Path, script: &str) -> PathBuf {
        let path = folder.join("ffmpeg");
        std::fs::write(
            &path,
            format!("#!/bin/sh\n{}\n", script.replace("HERE", &folder.display().to_string())),
        )
        .unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
        path
    }

    fn job(ffmpeg: &Path, name: &str) -> Job {
        let piece = Piece { video: "film.mkv".into(), at_ms: 250_000, count: 25, hdr: None };
        Job { ffmpeg: ffmpeg.to_owned(), pieces: vec![piece], name: name.to_owned() }
    }

    #[tokio::test]
    async fn a_sheet_is_generated_once_for_all_requests() {
        let folder = tempfile::tempdir().unwrap();
        let ffmpeg = program(folder.path(), "echo started >> 'HERE/starts'\necho picture");
        let previews = Previews::new(folder.path().join("cache"));
        let requests = (0..8).map(|_| previews.sheet(job(&ffmpeg, "a.jpg")));
        for sheet in futures::future::join_all(requests).await {
            assert_eq!(&*sheet.unwrap(), b"picture\n");
        }
        assert_eq!(std::fs::read_to_string(folder.path().join("starts")).unwrap(), "started\n");
    }

    #[tokio::test]
    async fn the_number_of_waiting_requests_is_limited() {
        let folder = tempfile::tempdir().unwrap();
        let waits = "while [ ! -e 'HERE/go' ]; do sleep 0.01; done\necho picture";
        let ffmpeg = program(folder.path(), waits);
        let previews = Previews::new(folder.path().join("cache"));
        let names: Vec<String> = (0..MAX_REQUESTS + 3).map(|at| format!("{at}.jpg")).collect();
        let mut requests: FuturesUnordered<_> =
            names.iter().map(|name| previews.sheet(job(&ffmpeg, name))).collect();
        // No sheet can be generated yet, so the requests that complete were rejected.
        for _ in 0..3 {
            assert!(matches!(requests.next().await, Some(Err(PlaybackError::Busy))));
        }
        std::fs::write(folder.path().join("go"), "").unwrap();
        let results: Vec<_> = requests.collect().await;
        assert_eq!((results.len(), results.iter().all(Result::is_ok)), (MAX_REQUESTS, true));
        // Rejected requests no longer count.
        for name in &names {
            assert!(previews.sheet(job(&ffmpeg, name)).await.is_ok(), "{name}");
        }
    }

    #[tokio::test]
    async fn a_failure_reports_the_reason_and_caches_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let ffmpeg = program(folder.path(), "echo 'no such stream' >&2\nexit 1");
        let previews = Previews::new(folder.path().join("cache"));
        let failed = previews.sheet(job(&ffmpeg, "a.jpg")).await.unwrap_err();
        assert!(matches!(&failed, PlaybackError::Ffmpeg(reason) if reason == "no such stream"), "{failed}");
        assert!(!folder.path().join("cache/a.jpg").exists());
    }

    #[test]
    fn the_oldest_sheets_are_removed_from_a_full_cache() {
        let folder = tempfile::tempdir().unwrap();
        for (age, name) in [(30, "old"), (20, "middle"), (10, "young")] {
            let path = folder.path().join(name);
            std::fs::write(&path, [0; 100]).unwrap();
            let modified = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000 - age);
            std::fs::File::options().write(true).open(&path).unwrap().set_modified(modified).unwrap();
        }
        store(folder.path(), &folder.path().join("new"), &[0; 100], 250).unwrap();
        let left = |name: &str| folder.path().join(name).exists();
        assert_eq!(["old", "middle", "young", "new"].map(left), [false, false, true, true]);
    }
}
