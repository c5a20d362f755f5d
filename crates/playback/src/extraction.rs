//! Extracts text tracks of videos as WebVTT with ffmpeg. A track is extracted only once however many clients
//! request it, and only a few tracks are extracted at a time.

use std::collections::{HashMap, HashSet};
use std::future::Future;
use std::path::PathBuf;
use std::pin::Pin;
use std::process::Stdio;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use db::ids::UserId;
use futures::FutureExt as _;
use futures::future::Shared;
use media::probe::input;
use tokio::process::Command;
use tokio::sync::Semaphore;

use super::error::PlaybackError;

/// Time limit for one extraction. It reads the whole file, which takes long on a slow disk.
const TIMEOUT: Duration = Duration::from_secs(300);
/// Concurrent extractions. More would only slow each other down.
const CONCURRENCY: usize = 2;
/// Limit on extractions that are waiting or running.
const MAX_OPEN: usize = 32;
/// Limit on open extractions per user.
const MAX_PER_USER: usize = 4;
/// Maximum size of the output in bytes. The subtitles of a long movie have a hundredth of this.
const MAX_SIZE: u64 = 64 * 1024 * 1024;

/// The extractions that are waiting or running.
#[derive(Debug, Clone)]
pub(super) struct Extractions {
    slots: Arc<Semaphore>,
    open: Arc<Mutex<HashMap<PathBuf, Open>>>,
}

#[derive(Debug)]
struct Open {
    outcome: Shared<Outcome>,
    /// The users who requested it.
    users: HashSet<UserId>,
}

type Outcome = Pin<Box<dyn Future<Output = Result<Arc<str>, Failure>> + Send>>;

/// The reason for a failure, shared by all requests for the track.
#[derive(Debug, Clone)]
struct Failure(String);

/// A track to extract.
#[derive(Debug)]
pub(super) struct Job {
    pub(super) ffmpeg: PathBuf,
    pub(super) video: PathBuf,
    /// Index of the stream in ffmpeg's numbering.
    pub(super) track: u32,
    /// Path in the cache, whose file name identifies the content.
    pub(super) cached: PathBuf,
}

impl Default for Extractions {
    fn default() -> Self {
        Self { slots: Arc::new(Semaphore::new(CONCURRENCY)), open: Arc::default() }
    }
}

impl Extractions {
    /// The text of a track with the file's own timestamps, from the cache or from the track's only extraction.
    ///
    /// # Errors
    /// [`PlaybackError::Busy`] if this user or all users together have too many open extractions.
    pub(super) async fn text(&self, user_id: UserId, job: Job) -> Result<Arc<str>, PlaybackError> {
        if let Ok(text) = tokio::fs::read_to_string(&job.cached).await {
            return Ok(text.into());
        }
        let outcome = self.join(user_id, job)?;
        outcome.await.map_err(|Failure(reason)| PlaybackError::Ffmpeg(reason))
    }

    /// Joins the open extraction of a track, or starts one.
    fn join(&self, user_id: UserId, job: Job) -> Result<Shared<Outcome>, PlaybackError> {
        let mut open = self.open();
        let of_user = open.values().filter(|open| open.users.contains(&user_id)).count();
        let full = open.len() >= MAX_OPEN;
        if let Some(found) = open.get_mut(&job.cached) {
            if !found.users.contains(&user_id) && of_user >= MAX_PER_USER {
                return Err(PlaybackError::Busy);
            }
            found.users.insert(user_id);
            return Ok(found.outcome.clone());
        }
        if full || of_user >= MAX_PER_USER {
            return Err(PlaybackError::Busy);
        }
        let (extractions, cached) = (self.clone(), job.cached.clone());
        // On a separate task, so that it is completed and cached even if all clients disconnect.
        let task = tokio::spawn(async move {
            let text = extractions.extract(&job).await;
            extractions.open().remove(&job.cached);
            text
        });
        let outcome: Outcome = Box::pin(async {
            task.await.unwrap_or_else(|_| Err(Failure("extracting the subtitles panicked".to_owned())))
        });
        let outcome = outcome.shared();
        open.insert(cached, Open { outcome: outcome.clone(), users: HashSet::from([user_id]) });
        Ok(outcome)
    }

    async fn extract(&self, job: &Job) -> Result<Arc<str>, Failure> {
        let failed = |error: std::io::Error| Failure(error.to_string());
        let _slot = self.slots.acquire().await.map_err(|error| Failure(error.to_string()))?;
        let text = run(job).await?;
        store(job.cached.clone(), Arc::clone(&text)).await.map_err(failed)?;
        Ok(text)
    }

    fn open(&self) -> MutexGuard<'_, HashMap<PathBuf, Open>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn run(job: &Job) -> Result<Arc<str>, Failure> {
    let output = Command::new(&job.ffmpeg)
        .args(["-hide_banner", "-nostdin", "-v", "error", "-copyts"])
        .args(input(&job.video))
        .args(["-map", &format!("0:{}", job.track), "-c:s", "webvtt", "-fs", &MAX_SIZE.to_string()])
        .args(["-f", "webvtt", "pipe:1"])
        .stdin(Stdio::null())
        .kill_on_drop(true)
        .output();
    let late = |_| Failure("the subtitles did not come in time".to_owned());
    let output = tokio::time::timeout(TIMEOUT, output).await.map_err(late)?;
    let output = output.map_err(|error| Failure(error.to_string()))?;
    if !output.status.success() {
        let stderr = String::from_utf8_lossy(&output.stderr);
        return Err(Failure(stderr.lines().next_back().unwrap_or("it gave no reason").to_owned()));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into())
}

/// Writes to a temporary file and renames it, so that no request reads a partial file.
async fn store(path: PathBuf, text: Arc<str>) -> std::io::Result<()> {
    let write = move || {
        let folder = path.parent().map_or_else(PathBuf::new, std::path::Path::to_owned);
        std::fs::create_dir_all(&folder)?;
        let name = path.file_name().unwrap_or_default().to_owned();
        let file = tempfile::Builder::new().prefix(&name).tempfile_in(folder)?;
        std::fs::write(file.path(), text.as_bytes())?;
        file.persist(path).map_err(|error| error.error).map(|_| ())
    };
    tokio::task::spawn_blocking(write).await.map_err(std::io::Error::other)?
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    /// A program that records every start, and writes its output when the file `go` exists.
    fn program(folder: &std::path::Path) -> PathBuf {
        let path = folder.join("ffmpeg");
        let text = format!(
            "#!/bin/sh\necho started >> '{0}/starts'\nwhile [ ! -e '{0}/go' ]; do sleep 0.01; done\necho WEBVTT\n",
            folder.display()
        );
        std::fs::write(&path, text).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
        path
    }

    fn job(folder: &std::path::Path, track: u32) -> Job {
        let cached = folder.join(format!("cache/{track}.vtt"));
        Job { ffmpeg: folder.join("ffmpeg"), video: folder.join("film.mkv"), track, cached }
    }

    #[tokio::test]
    async fn a_track_is_extracted_once_for_all_requests() {
        let folder = tempfile::tempdir().unwrap();
        program(folder.path());
        let extractions = Extractions::default();
        let requests: Vec<_> =
            (0..80).map(|user| extractions.join(UserId(user), job(folder.path(), 1))).collect();
        std::fs::write(folder.path().join("go"), "").unwrap();
        for outcome in requests {
            assert_eq!(&*outcome.unwrap().await.unwrap(), "WEBVTT\n");
        }
        assert_eq!(std::fs::read_to_string(folder.path().join("starts")).unwrap(), "started\n");
        // From now on, the text comes from the cache.
        std::fs::remove_file(folder.path().join("ffmpeg")).unwrap();
        let text = extractions.text(UserId(1), job(folder.path(), 1)).await.unwrap();
        assert_eq!(&*text, "WEBVTT\n");
    }

    #[tokio::test]
    async fn open_extractions_are_limited_per_user_and_in_total() {
        let folder = tempfile::tempdir().unwrap();
        program(folder.path());
        let extractions = Extractions::default();
        let request = |user: i64, track: usize| {
            extractions.join(UserId(user), job(folder.path(), u32::try_from(track).unwrap()))
        };
        for track in 0..MAX_PER_USER {
            assert!(request(1, track).is_ok(), "{track}");
        }
        assert!(matches!(request(1, MAX_PER_USER), Err(PlaybackError::Busy)));
        assert!(request(1, 0).is_ok(), "an open extraction can be requested again");
        for track in MAX_PER_USER..MAX_OPEN {
            assert!(request(100 + i64::try_from(track).unwrap(), track).is_ok(), "{track}");
        }
        assert!(matches!(request(2, MAX_OPEN), Err(PlaybackError::Busy)));
        std::fs::write(folder.path().join("go"), "").unwrap();
    }
}
