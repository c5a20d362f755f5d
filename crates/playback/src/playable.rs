//! A file with all data that is needed to play it.

use std::path::{Path, PathBuf};

use db::kinds::FileState;
use db::rows::{MediaFile, Title};
use db::{
    Db, files,
    ids::{FileId, TitleId},
    libraries, titles,
};
use media::probe::{MediaInfo, ProbeError, SubtitleTrack, examine};
use sync::scrobble::{Part, Segments};
use tokio::sync::OnceCell;

use super::decision::{Browser, Decision, Facts, TrackSelection, decide};
use super::error::PlaybackError;
use super::parts::of_version;
use super::subtitles::is_picture;
use super::tools::Tools;
use catalogue::paths;
use catalogue::tracks::{Parsed, Subtitle, Tracks};

/// A file with its location, tracks and titles. For a movie in several files, the first one, with the others
/// in `rest`.
#[derive(Debug, Clone)]
pub(super) struct Playable {
    pub(super) row: MediaFile,
    pub(super) root: PathBuf,
    pub(super) path: PathBuf,
    pub(super) tracks: Tracks,
    /// The titles in the file, in playing order.
    pub(super) titles: Vec<Title>,
    /// Timestamp of the first frame, in milliseconds.
    pub(super) origin_ms: u64,
    /// The other parts of the movie, in order.
    rest: Vec<Playable>,
    keyframes: OnceCell<Vec<u64>>,
}

/// A position in one of a movie's files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct PartPosition {
    /// Index of the file.
    pub(super) part: usize,
    /// Milliseconds from the start of that file.
    pub(super) position_ms: i64,
}

impl Playable {
    /// Loads a file by its id, with the other parts of its movie.
    pub(super) async fn load(db: &Db, file_id: FileId) -> Result<Self, PlaybackError> {
        let row = files::find(db, file_id).await?.ok_or(PlaybackError::NotFound("file"))?;
        Self::with_parts(db, row).await
    }

    async fn with_parts(db: &Db, row: MediaFile) -> Result<Self, PlaybackError> {
        let whole = Self::complete(db, row.clone()).await?;
        let [title] = whole.titles.as_slice() else { return Ok(whole) };
        if row.part.is_none() {
            return Ok(whole);
        }
        let mut parts = Vec::new();
        for row in of_version(row, files::of_title(db, title.id).await?) {
            let part = Self::complete(db, row).await?;
            // A file with several episodes is not a part of one.
            if part.titles.len() == 1 {
                parts.push(part);
            }
        }
        let mut parts = parts.into_iter();
        let first = parts.next().unwrap_or(whole);
        Ok(Self { rest: parts.collect(), ..first })
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
        let (tracks, origin_ms) = (Tracks::of(&row), Parsed::of(&row).start_ms);
        let (titles, rest, keyframes) = (found, Vec::new(), OnceCell::new());
        Ok(Self { row, root, path, tracks, titles, origin_ms, rest, keyframes })
    }

    /// The file of a title to play: the requested one, else the best one according to [`rank`].
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
                let title = titles::find(db, title_id).await?;
                let runtime = title.and_then(|title| title.runtime_minutes);
                let best = rows.into_iter().min_by_key(|row| rank(row, runtime, browser));
                best.ok_or(PlaybackError::NoFile)?
            }
        };
        Self::with_parts(db, chosen).await
    }

    /// The files of the movie, in order.
    pub(super) fn files(&self) -> impl Iterator<Item = &Self> {
        std::iter::once(self).chain(&self.rest)
    }

    /// One of the movie's files.
    pub(super) fn file(&self, part: usize) -> Option<&Self> {
        self.files().nth(part)
    }

    /// Whether the movie is in several files.
    pub(super) fn has_parts(&self) -> bool {
        !self.rest.is_empty()
    }

    /// The start of a file in the movie, in milliseconds.
    pub(super) fn begin_of(&self, part: usize) -> Result<i64, PlaybackError> {
        self.files().take(part).map(Self::own_duration_ms).sum()
    }

    /// Finds the file for a position in the movie.
    pub(super) fn locate(&self, position_ms: i64) -> Result<PartPosition, PlaybackError> {
        let mut position = PartPosition { part: 0, position_ms };
        for (part, file) in self.files().enumerate().take(self.rest.len()) {
            let length = file.own_duration_ms()?;
            if position.position_ms < length {
                break;
            }
            position = PartPosition { part: part + 1, position_ms: position.position_ms - length };
        }
        Ok(position)
    }

    /// Probes the files that the scan could not probe, because ffprobe may have been installed since.
    pub(super) async fn probe_if_unknown(&mut self, tools: Option<&Tools>) -> Result<(), PlaybackError> {
        self.probe_own_if_unknown(tools).await?;
        for part in &mut self.rest {
            part.probe_own_if_unknown(tools).await?;
        }
        Ok(())
    }

    /// Whether duration and container of all files are known.
    pub(super) fn is_probed(&self) -> bool {
        self.files().all(|file| file.row.duration_ms.is_some() && file.row.container.is_some())
    }

    async fn probe_own_if_unknown(&mut self, tools: Option<&Tools>) -> Result<(), PlaybackError> {
        if self.row.duration_ms.is_some() && self.row.container.is_some() {
            return Ok(());
        }
        let (path, ffprobe) = (self.path.clone(), tools.and_then(|tools| tools.ffprobe.clone()));
        let examined = tokio::task::spawn_blocking(move || examine(&path, ffprobe.as_deref()));
        if let Ok(Ok(examined)) = examined.await {
            match examined.info {
                Ok(info) => self.apply_info(info),
                Err(ProbeError::NotVideo(_)) => {
                    return Err(PlaybackError::NotVideo { path: self.row.path.clone() });
                }
                Err(_) => {}
            }
        }
        let has_no_duration = self.row.duration_ms.is_none() && self.titles_ms().is_none();
        if has_no_duration {
            let needs_ffprobe = tools.is_none_or(|tools| tools.ffprobe.is_none());
            return Err(PlaybackError::LengthUnknown { path: self.row.path.clone(), needs_ffprobe });
        }
        Ok(())
    }

    fn apply_info(&mut self, info: MediaInfo) {
        self.row.duration_ms =
            self.row.duration_ms.or(info.duration_ms.and_then(|ms| i64::try_from(ms).ok()));
        self.row.container = Some(info.container);
        self.origin_ms = info.start_ms;
        self.tracks.video = info.video;
        self.tracks.audio = info.audio;
    }

    /// Whether the file exists.
    pub(super) async fn exists(&self) -> bool {
        tokio::fs::metadata(&self.path).await.is_ok_and(|found| found.is_file())
    }

    /// Duration of the movie in milliseconds.
    ///
    /// If all parts exist, the sum of their durations, because the title's runtime may be that of another
    /// cut. If parts are missing, the runtime, so that a part does not count as the whole movie; if the
    /// runtime is unknown, the missing parts are assumed to be as long as the others.
    pub(super) fn duration_ms(&self) -> Result<i64, PlaybackError> {
        let total: i64 = self.files().map(Self::own_duration_ms).sum::<Result<i64, PlaybackError>>()?;
        if self.row.part.is_none() || self.titles.len() != 1 {
            return Ok(total);
        }
        let count = self.files().count();
        let highest = self.files().filter_map(|file| file.row.part).max().unwrap_or_default();
        let whole = match self.titles_ms() {
            Some(runtime) if is_complete(total, count, highest, runtime) => total,
            Some(runtime) => runtime,
            None => extrapolated(total, count, highest),
        };
        Ok(whole.max(total))
    }

    /// Duration of this file in milliseconds; if unknown, the total runtime of its titles.
    pub(super) fn own_duration_ms(&self) -> Result<i64, PlaybackError> {
        let known = self.row.duration_ms.or_else(|| self.titles_ms()).filter(|ms| *ms > 0);
        // The file was already probed, so ffprobe cannot determine the duration either.
        known
            .ok_or_else(|| PlaybackError::LengthUnknown { path: self.row.path.clone(), needs_ffprobe: false })
    }

    /// The total runtime of the titles in milliseconds; `None` if one is unknown.
    fn titles_ms(&self) -> Option<i64> {
        let runtimes: Option<i64> =
            self.titles.iter().map(|title| title.runtime_minutes.map(i64::from)).sum();
        runtimes.map(|minutes| minutes * 60_000).filter(|ms| *ms > 0)
    }

    /// The titles of the file with their runtimes.
    pub(super) fn parts(&self) -> Vec<Part> {
        let part = |title: &Title| Part { title_id: title.id, runtime_minutes: title.runtime_minutes };
        self.titles.iter().map(part).collect()
    }

    /// The times at which the titles play.
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
            begins_late: self.origin_ms > 0,
            is_part: self.has_parts(),
        }
    }

    /// Times of the keyframes in milliseconds from the first frame; empty if unknown. Read only once.
    pub(super) async fn keyframes(&self) -> &[u64] {
        let read = || async {
            let path = self.path.clone();
            let found = tokio::task::spawn_blocking(move || media::keyframes::keyframes(&path)).await;
            match found {
                Ok(Ok(times)) => {
                    let times = times.unwrap_or_default().into_iter();
                    times.map(|time| time.saturating_sub(self.origin_ms)).collect()
                }
                _ => Vec::new(),
            }
        };
        self.keyframes.get_or_init(read).await
    }

    /// The subtitles at this index, if they are embedded image subtitles.
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

/// Whether `count` parts with a total duration of `total_ms` are all parts of a movie with a runtime of
/// `runtime_ms`: they are numbered without a gap up to `highest`, and the rest of the runtime is less than
/// half of an average part.
fn is_complete(total_ms: i64, count: usize, highest: i32, runtime_ms: i64) -> bool {
    let Ok(count) = i64::try_from(count) else { return false };
    let without_gap = count > 1 && i64::from(highest) <= count;
    without_gap && (runtime_ms - total_ms).saturating_mul(2 * count) < total_ms
}

/// The duration of a movie of which `count` parts exist, the last of them numbered `highest`. A movie in
/// parts has at least two.
fn extrapolated(total_ms: i64, count: usize, highest: i32) -> i64 {
    let parts = i64::from(highest.max(2));
    let count = i64::try_from(count.max(1)).unwrap_or(parts);
    total_ms / count * parts.max(count)
}

/// Sort key of a title's files, best first: present, not a clip, first part, least conversion, highest
/// resolution.
fn rank(row: &MediaFile, runtime: Option<i32>, browser: &Browser) -> (bool, bool, i32, u8, i32, FileId) {
    let tracks = Tracks::of(row);
    let facts = Facts {
        container: row.container.clone(),
        video: tracks.video,
        audio: tracks.audio,
        has_keyframe_index: true,
        ..Facts::default()
    };
    let work = match decide(&facts, browser, TrackSelection::default()) {
        Decision::Direct => 0,
        Decision::Remux { .. } => 1,
        Decision::Transcode { .. } => 2,
    };
    let lines = row.height.unwrap_or_default();
    let clip = row.part.is_none() && is_short(row.duration_ms, runtime);
    (row.state != FileState::Present, clip, row.part.unwrap_or_default(), work, -lines, row.id)
}

/// Whether a file is shorter than a quarter of its title's runtime, and therefore a trailer or extra,
/// whatever its name is.
fn is_short(duration_ms: Option<i64>, runtime_minutes: Option<i32>) -> bool {
    let (Some(duration), Some(runtime)) = (duration_ms, runtime_minutes) else { return false };
    duration.saturating_mul(4) < i64::from(runtime) * 60_000
}

#[cfg(test)]
mod tests;
