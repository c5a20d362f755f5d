//! A file with everything that is needed to play it.

use std::path::{Path, PathBuf};

use db::kinds::FileState;
use db::rows::{MediaFile, Title};
use db::{
    Db, files,
    ids::{FileId, TitleId},
    libraries, titles,
};
use media::probe::{MediaInfo, SubtitleTrack, examine};
use sync::scrobble::{Part, Segments};
use tokio::sync::OnceCell;

use super::decision::{Browser, Decision, Facts, TrackSelection, decide};
use super::error::PlaybackError;
use super::subtitles::is_picture;
use super::tools::Tools;
use catalogue::paths;
use catalogue::tracks::{Subtitle, Tracks};

/// A file with its location, tracks and titles.
#[derive(Debug, Clone)]
pub(super) struct Playable {
    pub(super) row: MediaFile,
    pub(super) root: PathBuf,
    pub(super) path: PathBuf,
    pub(super) tracks: Tracks,
    /// In the order in which they play.
    pub(super) titles: Vec<Title>,
    keyframes: OnceCell<Vec<u64>>,
}

impl Playable {
    /// Loads a file by its id.
    pub(super) async fn load(db: &Db, file_id: FileId) -> Result<Self, PlaybackError> {
        let row = files::find(db, file_id).await?.ok_or(PlaybackError::NotFound("file"))?;
        Self::complete(db, row).await
    }

    async fn complete(db: &Db, row: MediaFile) -> Result<Self, PlaybackError> {
        let library = libraries::find(db, row.library_id).await?.ok_or(PlaybackError::NotFound("library"))?;
        let mut links = files::links(db, &[row.id]).await?;
        links.sort_by_key(|link| link.ordinal);
        let ids: Vec<TitleId> = links.iter().map(|link| link.title_id).collect();
        let mut found = titles::find_many(db, &ids).await?;
        found.sort_by_key(|title| ids.iter().position(|id| *id == title.id));
        let root = PathBuf::from(library.path);
        let path = root.join(paths::from_columns(&row.path, row.path_bytes.as_deref()));
        let tracks = Tracks::of(&row);
        Ok(Self { row, root, path, tracks, titles: found, keyframes: OnceCell::new() })
    }

    /// The file of a title to play: the requested one, else the one that needs the least conversion and has the most lines.
    pub(super) async fn choose(
        db: &Db,
        title_id: TitleId,
        wanted: Option<FileId>,
        browser: &Browser,
    ) -> Result<Self, PlaybackError> {
        let rows = files::of_title(db, title_id).await?;
        if rows.is_empty() {
            return Err(PlaybackError::NoFile);
        }
        let chosen = match wanted {
            Some(id) => rows.into_iter().find(|row| row.id == id).ok_or(PlaybackError::NotFound("file"))?,
            None => {
                let best = rows.into_iter().min_by_key(|row| rank(row, browser));
                best.ok_or(PlaybackError::NoFile)?
            }
        };
        Self::complete(db, chosen).await
    }

    /// Probes the file if the scan could not, because ffprobe may have been installed since.
    pub(super) async fn probe_if_unknown(&mut self, tools: Option<&Tools>) {
        if self.row.duration_ms.is_some() && self.row.container.is_some() {
            return;
        }
        let (path, ffprobe) = (self.path.clone(), tools.and_then(|tools| tools.ffprobe.clone()));
        let examined = tokio::task::spawn_blocking(move || examine(&path, ffprobe.as_deref()));
        if let Ok(Ok(examined)) = examined.await
            && let Ok(info) = examined.info
        {
            self.learn(info);
        }
    }

    fn learn(&mut self, info: MediaInfo) {
        self.row.duration_ms =
            self.row.duration_ms.or(info.duration_ms.and_then(|ms| i64::try_from(ms).ok()));
        self.row.container = Some(info.container);
        self.tracks.video = info.video;
        self.tracks.audio = info.audio;
    }

    /// Whether the file exists.
    pub(super) async fn is_there(&self) -> bool {
        tokio::fs::metadata(&self.path).await.is_ok_and(|found| found.is_file())
    }

    /// Length in milliseconds; if unknown, the runtimes of its titles.
    pub(super) fn duration_ms(&self) -> Result<i64, PlaybackError> {
        let runtimes: Option<i64> =
            self.titles.iter().map(|title| title.runtime_minutes.map(i64::from)).sum();
        let known = self.row.duration_ms.or(runtimes.map(|minutes| minutes * 60_000)).filter(|ms| *ms > 0);
        known.ok_or_else(|| PlaybackError::LengthUnknown(self.row.path.clone()))
    }

    /// The titles of the file with their runtimes.
    pub(super) fn parts(&self) -> Vec<Part> {
        let part = |title: &Title| Part { title_id: title.id, runtime_minutes: title.runtime_minutes };
        self.titles.iter().map(part).collect()
    }

    /// Which title plays at which time.
    pub(super) fn segments(&self) -> Result<Segments, PlaybackError> {
        Segments::divide(self.duration_ms()?, &self.parts()).ok_or(PlaybackError::NoFile)
    }

    /// The input for [`decide`].
    pub(super) fn facts(&self) -> Facts {
        Facts {
            container: self.row.container.clone(),
            video: self.tracks.video.clone(),
            audio: self.tracks.audio.clone(),
            has_keyframe_index: true,
        }
    }

    /// Times of the keyframes in milliseconds; empty when unknown. Read once.
    pub(super) async fn keyframes(&self) -> &[u64] {
        let read = || async {
            let path = self.path.clone();
            let found = tokio::task::spawn_blocking(move || media::keyframes::keyframes(&path)).await;
            match found {
                Ok(Ok(times)) => times.unwrap_or_default(),
                _ => Vec::new(),
            }
        };
        self.keyframes.get_or_init(read).await
    }

    /// The subtitles at this index, if they are pictures inside the file.
    pub(super) fn picture_subtitle(&self, index: usize) -> Option<&SubtitleTrack> {
        match self.tracks.subtitles.get(index) {
            Some(Subtitle::Inside(track)) if is_picture(track) => Some(track),
            _ => None,
        }
    }

    /// The error for a missing file.
    pub(super) fn missing(&self) -> PlaybackError {
        PlaybackError::FileMissing(self.row.path.clone())
    }

    /// The library's folder.
    pub(super) fn root(&self) -> &Path {
        &self.root
    }
}

/// Sort key, best first: present, first part, little conversion, many lines.
fn rank(row: &MediaFile, browser: &Browser) -> (bool, i32, u8, i32, FileId) {
    let tracks = Tracks::of(row);
    let facts = Facts {
        container: row.container.clone(),
        video: tracks.video,
        audio: tracks.audio,
        has_keyframe_index: true,
    };
    let work = match decide(&facts, browser, TrackSelection::default()) {
        Decision::Direct => 0,
        Decision::Remux { .. } => 1,
        Decision::Transcode { .. } => 2,
    };
    let lines = row.height.unwrap_or_default();
    (row.state != FileState::Present, row.part.unwrap_or_default(), work, -lines, row.id)
}
