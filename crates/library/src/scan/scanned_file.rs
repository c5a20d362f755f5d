//! Reads one file: its name, its content and the files next to it. Runs on blocking threads.

use db::ids::FileId;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use media::names::{EpisodeName, MovieName, ParsedName, Work};
use media::probe::{self, Examined, MediaInfo, ProbeError, examine};
use media::sidecars::nfo::{Nfo, of_episode};
use media::sidecars::{Artwork, SubtitleFile};

use super::content_problem::ContentProblem;
use super::listing::{FileIndex, Listing, ShowFacts};
use catalogue::pictures::LocalPicture;
use catalogue::problem::ReadError;

/// What to do with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Task {
    /// Add a row.
    Add,
    /// Read it again, because the content changed.
    Reread(FileId),
    /// Read it again, because it could not be read before.
    Retry(FileId),
    /// Move its row to a new path. The content is the same.
    Move(FileId),
    /// Parse its name again, because the name parser has changed since it was scanned.
    Rename(FileId),
    /// Update its row, because NFO files, images or subtitles next to it changed.
    UpdateSidecars(FileId),
}

impl Task {
    pub(super) fn row(self) -> Option<FileId> {
        match self {
            Self::Add => None,
            Self::Reread(id)
            | Self::Retry(id)
            | Self::Move(id)
            | Self::Rename(id)
            | Self::UpdateSidecars(id) => Some(id),
        }
    }

    /// Whether the file may contain other titles than before.
    pub(super) fn may_change_titles(self) -> bool {
        match self {
            Self::Add | Self::UpdateSidecars(_) => false,
            Self::Reread(_) | Self::Retry(_) | Self::Move(_) | Self::Rename(_) => true,
        }
    }

    fn reads_content(self) -> bool {
        matches!(self, Self::Add | Self::Reread(_) | Self::Retry(_))
    }
}

/// A file to read or update.
#[derive(Debug)]
pub(super) struct Job {
    pub(super) file: FileIndex,
    pub(super) task: Task,
    /// The content, if it was already read to recognise the file.
    pub(super) content: Option<Content>,
}

/// The result of a [`Job`].
#[derive(Debug)]
pub(super) struct ScannedFile {
    pub(super) task: Task,
    pub(super) file: FileIndex,
    pub(super) stamp: String,
    pub(super) name: ParsedName,
    pub(super) subtitles: Vec<SubtitleFile>,
    /// Present if the task reads the content.
    pub(super) content: Option<Content>,
    pub(super) local: LocalMetadata,
}

/// What is known about a file's content.
#[derive(Debug, Clone, Default)]
pub(super) struct Content {
    pub(super) fingerprint: Option<String>,
    pub(super) info: Option<MediaInfo>,
    pub(super) problem: Option<ContentProblem>,
}

/// NFO files and images next to a file.
#[derive(Debug, Default)]
pub(super) struct LocalMetadata {
    /// The movie's NFO entry, or those of the episodes in the order of the NFO file.
    pub(super) nfos: Vec<Nfo>,
    pub(super) pictures: LocalPictures,
    /// Still of the episode.
    pub(super) still: Option<LocalPicture>,
    pub(super) show: Option<LocalShowMetadata>,
}

/// Images of a movie or show.
#[derive(Debug, Clone, Default)]
pub(super) struct LocalPictures {
    pub(super) poster: Option<LocalPicture>,
    pub(super) backdrop: Option<LocalPicture>,
    pub(super) logo: Option<LocalPicture>,
    pub(super) thumb: Option<LocalPicture>,
}

/// NFO file and images in the show's folder.
#[derive(Debug)]
pub(super) struct LocalShowMetadata {
    pub(super) facts: Arc<ShowFacts>,
    pub(super) pictures: LocalPictures,
    /// Number and poster of the file's season.
    pub(super) season_poster: Option<(u16, LocalPicture)>,
}

/// Runs a job.
pub(super) fn run_job(
    listing: &Listing,
    Job { file: index, task, content }: Job,
    ffprobe: Option<&Path>,
    now: DateTime<Utc>,
) -> ScannedFile {
    let file = listing.file(index);
    let name = listing.name(index);
    let own_folder = match &name {
        ParsedName::Movie(movie) => listing.has_own_folder(index, &movie.work.key()),
        _ => false,
    };
    let content =
        content.or_else(|| task.reads_content().then(|| read_content(listing, index, ffprobe, now)));
    ScannedFile {
        task,
        file: index,
        stamp: listing.stamp(&file.path),
        subtitles: listing.sidecars.subtitles(&file.path, own_folder),
        local: match &name {
            ParsedName::Movie(_) => movie_metadata(listing, &file.path, own_folder),
            ParsedName::Episode(episode) => episode_metadata(listing, &file.path, episode),
            ParsedName::LeftOut { .. } | ParsedName::Unrecognised { .. } => LocalMetadata::default(),
        },
        name,
        content,
    }
}

/// Reads a file's headers and fingerprint.
pub(super) fn read_content(
    listing: &Listing,
    index: FileIndex,
    ffprobe: Option<&Path>,
    now: DateTime<Utc>,
) -> Content {
    let file = listing.file(index);
    // A panic while reading one file must not end the scan of the whole library.
    let examined = catch_unwind(|| examine(&listing.root.join(&file.path), ffprobe));
    let Examined { fingerprint, info } = match examined {
        Ok(Ok(examined)) => examined,
        Ok(Err(error)) => {
            tracing::info!(file = %file.path.display(), %error, "file cannot be read");
            let problem = Some(ContentProblem::Unreadable(ReadError::of(&error)));
            return Content { problem, ..Content::default() };
        }
        Err(_) => {
            tracing::error!(file = %file.path.display(), "the reader of the file panicked; please report it");
            return Content { problem: Some(ContentProblem::Damaged), ..Content::default() };
        }
    };
    let fingerprint = Some(fingerprint.as_str().to_owned());
    match info {
        Ok(info) => {
            let problem = info.truncated.then(|| {
                if file.is_settled(now) { ContentProblem::Truncated } else { ContentProblem::HalfCopied }
            });
            Content { fingerprint, info: Some(info), problem }
        }
        Err(error) => {
            let problem = match error {
                ProbeError::NeedsFfprobe => ContentProblem::NeedsFfprobe,
                // Some downloads are written from the end, so that the beginning is unknown. But no video
                // begins like another kind of file.
                ProbeError::NotVideo(content) if content != probe::Content::Unknown => {
                    ContentProblem::NotVideo(content)
                }
                // While a file is being copied, its headers are often incomplete.
                _ if !file.is_settled(now) => ContentProblem::HalfCopied,
                ProbeError::NotVideo(content) => ContentProblem::NotVideo(content),
                error => {
                    tracing::info!(file = %file.path.display(), %error, "file headers are invalid");
                    ContentProblem::Damaged
                }
            };
            Content { fingerprint, info: None, problem: Some(problem) }
        }
    }
}

fn movie_metadata(listing: &Listing, video: &Path, own_folder: bool) -> LocalMetadata {
    let nfo = listing.sidecars.movie_nfo(video, own_folder);
    LocalMetadata {
        nfos: nfo.map(|path| listing.nfos(path)).unwrap_or_default().into_iter().take(1).collect(),
        pictures: pictures(listing, &listing.sidecars.movie_artwork(video, own_folder)),
        ..LocalMetadata::default()
    }
}

fn episode_metadata(listing: &Listing, video: &Path, name: &EpisodeName) -> LocalMetadata {
    let show = listing.show_folder(video).map(|folder| {
        let facts = listing.show_facts(folder);
        let season_folder = video.parent().filter(|parent| *parent != folder);
        let season = match &name.numbering {
            media::names::Numbering::Episodes { season, .. } => Some(*season),
            _ => None,
        };
        let season_poster = season.and_then(|season| {
            let path = listing.sidecars.season_poster(folder, season_folder, season);
            Some((season, listing.picture(path.as_deref())?))
        });
        LocalShowMetadata { pictures: pictures(listing, &facts.artwork), facts, season_poster }
    });
    let nfo = listing.sidecars.episode_nfo(video);
    let still: Option<PathBuf> = listing.sidecars.episode_thumb(video);
    LocalMetadata {
        nfos: nfo.map(|path| listing.nfos(path)).unwrap_or_default(),
        still: listing.picture(still.as_deref()),
        show,
        pictures: LocalPictures::default(),
    }
}

fn pictures(listing: &Listing, artwork: &Artwork) -> LocalPictures {
    LocalPictures {
        poster: listing.picture(artwork.poster.as_deref()),
        backdrop: listing.picture(artwork.backdrop.as_deref()),
        logo: listing.picture(artwork.logo.as_deref()),
        thumb: listing.picture(artwork.thumb.as_deref()),
    }
}

impl ScannedFile {
    /// The movie or show that the file belongs to.
    pub(super) fn work(&self) -> Option<&Work> {
        let problem = self.content.as_ref().and_then(|content| content.problem);
        match &self.name {
            _ if matches!(problem, Some(ContentProblem::NotVideo(_))) => None,
            ParsedName::Movie(MovieName { work, .. }) => Some(work),
            ParsedName::Episode(EpisodeName { show, .. }) => Some(show),
            ParsedName::LeftOut { .. } | ParsedName::Unrecognised { .. } => None,
        }
    }

    /// The NFO entry of one of the file's episodes: the one at position `ordinal` of `count`. A single entry
    /// next to a single episode is used whatever its numbers are, because files are often numbered in another
    /// order than databases.
    pub(super) fn episode_nfo(&self, season: i32, number: i32, ordinal: usize, count: usize) -> Option<&Nfo> {
        match (self.local.nfos.as_slice(), count) {
            ([only], 1) => Some(only),
            (found, _) => {
                of_episode(found, u16::try_from(season).ok()?, u16::try_from(number).ok()?, ordinal)
            }
        }
    }

    /// The NFO entry of the movie or show.
    pub(super) fn work_nfo(&self) -> Option<&Nfo> {
        match &self.local.show {
            Some(show) => show.facts.nfo.as_ref(),
            None => self.local.nfos.first().filter(|_| matches!(self.name, ParsedName::Movie(_))),
        }
    }

    /// The images of the movie or show.
    pub(super) fn work_pictures(&self) -> &LocalPictures {
        self.local.show.as_ref().map_or(&self.local.pictures, |show| &show.pictures)
    }
}
