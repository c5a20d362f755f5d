//! A file with everything needed to play it.

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

/// A file with its location, tracks and titles; for a movie in several files the first, with the others.
#[derive(Debug, Clone)]
pub(super) struct Playable {
    pub(super) row: MediaFile,
    pub(super) root: PathBuf,
    pub(super) path: PathBuf,
    pub(super) tracks: Tracks,
    /// In the order in which they play.
    pub(super) titles: Vec<Title>,
    /// Timestamp of the first frame, in milliseconds.
    pub(super) origin_ms: u64,
    /// The other parts of the movie, in order.
    rest: Vec<Playable>,
    keyframes: OnceCell<Vec<u64>>,
}

/// A position in one of a movie's files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    /// Which file, from 0.
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
            // A file of several episodes is no part of one.
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

    /// Where a file begins in the movie, in milliseconds.
    pub(super) fn begin_of(&self, part: usize) -> Result<i64, PlaybackError> {
        self.files().take(part).map(Self::own_duration_ms).sum()
    }

    /// The file that plays at a position of the movie.
    pub(super) fn place(&self, position_ms: i64) -> Result<Place, PlaybackError> {
        let mut place = Place { part: 0, position_ms };
        for (part, file) in self.files().enumerate().take(self.rest.len()) {
            let length = file.own_duration_ms()?;
            if place.position_ms < length {
                break;
            }
            place = Place { part: part + 1, position_ms: place.position_ms - length };
        }
        Ok(place)
    }

    /// Probes the files that the scan could not if the scan could not, because ffprobe may have been installed since.
    pub(super) async fn probe_if_unknown(&mut self, tools: Option<&Tools>) -> Result<(), PlaybackError> {
        self.probe_own_if_unknown(tools).await?;
        for part in &mut self.rest {
            part.probe_own_if_unknown(tools).await?;
        }
        Ok(())
    }

    /// Whether the scan knows the contents of the files.
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
                Ok(info) => self.learn(info),
                Err(ProbeError::NotVideo(_)) => {
                    return Err(PlaybackError::NotVideo { path: self.row.path.clone() });
                }
                Err(_) => {}
            }
        }
        let unmeasured = self.row.duration_ms.is_none() && self.titles_ms().is_none();
        if unmeasured {
            let needs_ffprobe = tools.is_none_or(|tools| tools.ffprobe.is_none());
            return Err(PlaybackError::LengthUnknown { path: self.row.path.clone(), needs_ffprobe });
        }
        Ok(())
    }

    fn learn(&mut self, info: MediaInfo) {
        self.row.duration_ms =
            self.row.duration_ms.or(info.duration_ms.and_then(|ms| i64::try_from(ms).ok()));
        self.row.container = Some(info.container);
        self.origin_ms = info.start_ms;
        self.tracks.video = info.video;
        self.tracks.audio = info.audio;
    }

    /// Whether the file exists.
    pub(super) async fn is_there(&self) -> bool {
        tokio::fs::metadata(&self.path).await.is_ok_and(|found| found.is_file())
    }

    /// Length of the film in milliseconds. Of a film whose other parts are not there, the runtime of its title, so that a
    /// part does not count as the whole; if that is unknown, as if the missing parts were as long as the others. When all
    /// are there, the files say how long it is: the runtime may be that of another cut.
    pub(super) fn duration_ms(&self) -> Result<i64, PlaybackError> {
        let together: i64 = self.files().map(Self::own_duration_ms).sum::<Result<i64, PlaybackError>>()?;
        if self.row.part.is_none() || self.titles.len() != 1 {
            return Ok(together);
        }
        let count = self.files().count();
        let highest = self.files().filter_map(|file| file.row.part).max().unwrap_or_default();
        let whole = match self.titles_ms() {
            Some(runtime) if is_all(together, count, highest, runtime) => together,
            Some(runtime) => runtime,
            None => extrapolated(together, count, highest),
        };
        Ok(whole.max(together))
    }

    /// Length of this file in milliseconds; if unknown, the runtimes of its titles.
    pub(super) fn own_duration_ms(&self) -> Result<i64, PlaybackError> {
        let known = self.row.duration_ms.or_else(|| self.titles_ms()).filter(|ms| *ms > 0);
        // The file was probed before it is played: ffprobe could not tell.
        known
            .ok_or_else(|| PlaybackError::LengthUnknown { path: self.row.path.clone(), needs_ffprobe: false })
    }

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
            begins_late: self.origin_ms > 0,
            is_part: self.has_parts(),
        }
    }

    /// Times of the keyframes in milliseconds from the first frame; empty if unknown. Read once.
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

/// Whether parts that last `together_ms` are all of a film that is said to last `runtime_ms`: they are numbered without a gap,
/// and what is left of the runtime is less than half of one more part.
fn is_all(together_ms: i64, count: usize, highest: i32, runtime_ms: i64) -> bool {
    let Ok(count) = i64::try_from(count) else { return false };
    let without_gap = count > 1 && i64::from(highest) <= count;
    without_gap && (runtime_ms - together_ms).saturating_mul(2 * count) < together_ms
}

/// The length of a film of which `count` parts are there, the last of them numbered `highest`. There are at least two parts.
fn extrapolated(together_ms: i64, count: usize, highest: i32) -> i64 {
    let parts = i64::from(highest.max(2));
    let count = i64::try_from(count.max(1)).unwrap_or(parts);
    together_ms / count * parts.max(count)
}

/// Sort key, best first: present, no clip, first part, little conversion, many lines.
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

/// Whether a file lasts less than a quarter of its title: a trailer or an extra, whatever it is called.
fn is_short(duration_ms: Option<i64>, runtime_minutes: Option<i32>) -> bool {
    let (Some(duration), Some(runtime)) = (duration_ms, runtime_minutes) else { return false };
    duration.saturating_mul(4) < i64::from(runtime) * 60_000
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::{extrapolated, is_all, is_short};

    #[rstest]
    #[case::another_cut_is_longer(100, 2, 2, 117, true)]
    #[case::faster_on_television(96, 2, 2, 100, true)]
    #[case::runtime_is_shorter(100, 2, 2, 90, true)]
    #[case::third_of_three_missing(80, 2, 2, 120, false)]
    #[case::fourth_of_four_missing(90, 3, 3, 120, false)]
    #[case::three_with_another_cut(108, 3, 3, 120, true)]
    #[case::second_of_three_missing(100, 2, 3, 110, false)]
    #[case::alone(100, 1, 1, 101, false)]
    #[case::numbered_from_zero(100, 2, 1, 110, true)]
    fn all_parts_are_there_when_less_than_half_of_one_is_left(
        #[case] together_ms: i64,
        #[case] count: usize,
        #[case] highest: i32,
        #[case] runtime_ms: i64,
        #[case] all: bool,
    ) {
        assert_eq!(is_all(together_ms, count, highest, runtime_ms), all);
    }

    #[rstest]
    #[case::a_clip(Some(120_000), Some(117), true)]
    #[case::the_film(Some(7_000_000), Some(117), false)]
    #[case::another_cut(Some(5_000_000), Some(117), false)]
    #[case::unknown_length(None, Some(117), false)]
    #[case::unknown_runtime(Some(120_000), None, false)]
    #[case::a_short_film(Some(180_000), Some(3), false)]
    fn a_clip_is_far_shorter_than_its_title(
        #[case] duration_ms: Option<i64>,
        #[case] runtime_minutes: Option<i32>,
        #[case] short: bool,
    ) {
        assert_eq!(is_short(duration_ms, runtime_minutes), short);
    }

    #[rstest]
    #[case::first_of_two(1, 1, 120_000)]
    #[case::second_of_two(1, 2, 120_000)]
    #[case::third_alone(1, 3, 180_000)]
    #[case::all_there(2, 2, 60_000)]
    #[case::second_of_three_missing(2, 3, 90_000)]
    #[case::numbered_from_zero(1, 0, 120_000)]
    fn missing_parts_count_as_long_as_the_others(
        #[case] count: usize,
        #[case] highest: i32,
        #[case] expected_ms: i64,
    ) {
        assert_eq!(extrapolated(60_000, count, highest), expected_ms);
    }
}
