//! Text tracks of videos as WebVTT, extracted by ffmpeg: once per track however many clients request it, a few at a
//! time.

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

/// Extracting a track reads the whole file, which takes long on a slow disk.
const PATIENCE: Duration = Duration::from_secs(300);
/// Extractions that run at the same time: more would only slow each other down.
const RUNNING: usize = 2;
/// Extractions that wait or run.
const MOST: usize = 32;
/// Maximum extractions that one user waits for.
const MOST_OF_ONE: usize = 4;
/// Larger subtitles are rejected; those of a long movie have a hundredth of this.
const LARGEST: u64 = 64 * 1024 * 1024;

/// The extractions that wait or run.
#[derive(Debug, Clone)]
pub(super) struct Extractions {
    slots: Arc<Semaphore>,
    open: Arc<Mutex<HashMap<PathBuf, Open>>>,
}

#[derive(Debug)]
struct Open {
    outcome: Shared<Outcome>,
    /// The clients that requested it.
    people: HashSet<UserId>,
}

type Outcome = Pin<Box<dyn Future<Output = Result<Arc<str>, Failure>> + Send>>;

/// The error, shared by all clients that requested it.
#[derive(Debug, Clone)]
struct Failure(String);

/// A track to extract.
#[derive(Debug)]
pub(super) struct Job {
    pub(super) ffmpeg: PathBuf,
    pub(super) video: PathBuf,
    /// Number of the stream as ffmpeg counts.
    pub(super) track: u32,
    /// Where the text is cached, by a name that identifies the content.
    pub(super) kept: PathBuf,
}

impl Default for Extractions {
    fn default() -> Self {
        Self { slots: Arc::new(Semaphore::new(RUNNING)), open: Arc::default() }
    }
}

impl Extractions {
    /// The text of a track, with the file's own times: from the cache, otherwise from its single extraction.
    ///
    /// # Errors
    /// [`PlaybackError::Busy`] if this user or all users together request too many.
    pub(super) async fn text(&self, user_id: UserId, job: Job) -> Result<Arc<str>, PlaybackError> {
        if let Ok(text) = tokio::fs::read_to_string(&job.kept).await {
            return Ok(text.into());
        }
        let outcome = self.join(user_id, job)?;
        outcome.await.map_err(|Failure(said)| PlaybackError::Ffmpeg(said))
    }

    fn join(&self, user_id: UserId, job: Job) -> Result<Shared<Outcome>, PlaybackError> {
        let mut open = self.open();
        let of_person = open.values().filter(|open| open.people.contains(&user_id)).count();
        let full = open.len() >= MOST;
        if let Some(found) = open.get_mut(&job.kept) {
            if !found.people.contains(&user_id) && of_person >= MOST_OF_ONE {
                return Err(PlaybackError::Busy);
            }
            found.people.insert(user_id);
            return Ok(found.outcome.clone());
        }
        if full || of_person >= MOST_OF_ONE {
            return Err(PlaybackError::Busy);
        }
        let (extractions, kept) = (self.clone(), job.kept.clone());
        // On a task of its own: it is finished and kept also when those who asked have gone.
        let task = tokio::spawn(async move {
            let text = extractions.extract(&job).await;
            extractions.open().remove(&job.kept);
            text
        });
        let outcome: Outcome = Box::pin(async {
            task.await.unwrap_or_else(|_| Err(Failure("extracting the subtitles panicked".to_owned())))
        });
        let outcome = outcome.shared();
        open.insert(kept, Open { outcome: outcome.clone(), people: HashSet::from([user_id]) });
        Ok(outcome)
    }

    async fn extract(&self, job: &Job) -> Result<Arc<str>, Failure> {
        let failed = |error: std::io::Error| Failure(error.to_string());
        let _slot = self.slots.acquire().await.map_err(|error| Failure(error.to_string()))?;
        let text = run(job).await?;
        keep(job.kept.clone(), Arc::clone(&text)).await.map_err(failed)?;
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
        .args(["-map", &format!("0:{}", job.track), "-c:s", "webvtt", "-fs", &LARGEST.to_string()])
        .args(["-f", "webvtt", "pipe:1"])
        .stdin(Stdio::null())
        .kill_on_drop(true)
        .output();
    let late = |_| Failure("the subtitles did not come in time".to_owned());
    let output = tokio::time::timeout(PATIENCE, output).await.map_err(late)?;
    let output = output.map_err(|error| Failure(error.to_string()))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(Failure(said.lines().next_back().unwrap_or("it gave no reason").to_owned()));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into())
}

/// Writes to a temporary file and renames it, so that nobody reads a partial file.
async fn keep(path: PathBuf, text: Arc<str>) -> std::io::Result<()> {
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

    /// A program that notes every start, and answers when the file `go` appears.
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
        let kept = folder.join(format!("cache/{track}.vtt"));
        Job { ffmpeg: folder.join("ffmpeg"), video: folder.join("film.mkv"), track, kept }
    }

    #[tokio::test]
    async fn a_track_is_extracted_once_for_all_who_ask() {
        let folder = tempfile::tempdir().unwrap();
        program(folder.path());
        let extractions = Extractions::default();
        let asked: Vec<_> =
            (0..80).map(|person| extractions.join(UserId(person), job(folder.path(), 1))).collect();
        std::fs::write(folder.path().join("go"), "").unwrap();
        for outcome in asked {
            assert_eq!(&*outcome.unwrap().await.unwrap(), "WEBVTT\n");
        }
        assert_eq!(std::fs::read_to_string(folder.path().join("starts")).unwrap(), "started\n");
        // From now on it is kept.
        std::fs::remove_file(folder.path().join("ffmpeg")).unwrap();
        let text = extractions.text(UserId(1), job(folder.path(), 1)).await.unwrap();
        assert_eq!(&*text, "WEBVTT\n");
    }

    #[tokio::test]
    async fn one_person_waits_for_a_few_tracks_and_everybody_for_some() {
        let folder = tempfile::tempdir().unwrap();
        program(folder.path());
        let extractions = Extractions::default();
        let ask = |person: i64, track: usize| {
            extractions.join(UserId(person), job(folder.path(), u32::try_from(track).unwrap()))
        };
        for track in 0..MOST_OF_ONE {
            assert!(ask(1, track).is_ok(), "{track}");
        }
        assert!(matches!(ask(1, MOST_OF_ONE), Err(PlaybackError::Busy)));
        assert!(ask(1, 0).is_ok(), "what is open already can be asked for again");
        for track in MOST_OF_ONE..MOST {
            assert!(ask(100 + i64::try_from(track).unwrap(), track).is_ok(), "{track}");
        }
        assert!(matches!(ask(2, MOST), Err(PlaybackError::Busy)));
        std::fs::write(folder.path().join("go"), "").unwrap();
    }
}
