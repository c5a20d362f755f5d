//! One file looked at: name, content and what lies beside it. Runs on blocking threads.

use db::ids::FileId;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use media::names::{EpisodeName, MovieName, ParsedName, Work};
use media::probe::{Examined, MediaInfo, ProbeError, examine};
use media::sidecars::nfo::Nfo;
use media::sidecars::{Artwork, SubtitleFile};

use super::listing::{Listing, ShowFacts};
use catalogue::pictures::LocalPicture;

/// What is to be done about a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Task {
    /// It has no row.
    Add,
    /// Its row is out of date: the content changed.
    Reread(FileId),
    /// Its row could not be filled before.
    Retry(FileId),
    /// Its row has another path, the content is the same.
    Move(FileId),
    /// Only what lies beside it changed.
    Beside(FileId),
}

impl Task {
    pub(super) fn row(self) -> Option<FileId> {
        match self {
            Self::Add => None,
            Self::Reread(id) | Self::Retry(id) | Self::Move(id) | Self::Beside(id) => Some(id),
        }
    }

    fn reads_content(self) -> bool {
        matches!(self, Self::Add | Self::Reread(_) | Self::Retry(_))
    }
}

/// A file looked at.
#[derive(Debug)]
pub(super) struct ScannedFile {
    pub(super) task: Task,
    /// Position in the listing.
    pub(super) at: usize,
    pub(super) stamp: Option<String>,
    pub(super) name: ParsedName,
    pub(super) subtitles: Vec<SubtitleFile>,
    /// When the content was to be read.
    pub(super) content: Option<Content>,
    pub(super) beside: Beside,
}

/// What reading the content gave.
#[derive(Debug, Clone, Default)]
pub(super) struct Content {
    pub(super) fingerprint: Option<String>,
    pub(super) info: Option<MediaInfo>,
    pub(super) problem: Option<ContentProblem>,
}

/// Why the content is not known, or not all there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum ContentProblem {
    Unreadable(String),
    NeedsFfprobe,
    Damaged(String),
    HalfCopied,
    Truncated,
}

/// What lies beside a file: texts and pictures of its title.
#[derive(Debug, Default)]
pub(super) struct Beside {
    /// Of the movie, or of each episode in order.
    pub(super) nfos: Vec<Nfo>,
    pub(super) pictures: LocalPictures,
    /// Still of the episode.
    pub(super) still: Option<LocalPicture>,
    pub(super) show: Option<ShowBeside>,
}

/// Pictures of a movie or show.
#[derive(Debug, Clone, Default)]
pub(super) struct LocalPictures {
    pub(super) poster: Option<LocalPicture>,
    pub(super) backdrop: Option<LocalPicture>,
    pub(super) logo: Option<LocalPicture>,
    pub(super) thumb: Option<LocalPicture>,
}

/// What lies in the show's folder.
#[derive(Debug)]
pub(super) struct ShowBeside {
    pub(super) facts: Arc<ShowFacts>,
    pub(super) pictures: LocalPictures,
    /// Posters of the seasons that the file has episodes of.
    pub(super) season_poster: Option<(u16, LocalPicture)>,
}

/// Looks at one file.
pub(super) fn look(
    listing: &Listing,
    at: usize,
    task: Task,
    content: Option<Content>,
    ffprobe: Option<&Path>,
    now: DateTime<Utc>,
) -> ScannedFile {
    let file = &listing.files[at];
    let name = listing.name(at);
    let own_folder = match &name {
        ParsedName::Movie(movie) => listing.has_own_folder(at, &movie.work.key()),
        _ => false,
    };
    let content = content.or_else(|| task.reads_content().then(|| read_content(listing, at, ffprobe, now)));
    ScannedFile {
        task,
        at,
        stamp: listing.stamp(&file.path),
        subtitles: listing.sidecars.subtitles(&file.path, own_folder),
        beside: match &name {
            ParsedName::Movie(_) => movie_beside(listing, &file.path, own_folder),
            ParsedName::Episode(episode) => episode_beside(listing, &file.path, episode),
            ParsedName::LeftOut { .. } | ParsedName::Unrecognised { .. } => Beside::default(),
        },
        name,
        content,
    }
}

/// Reads a file's headers and fingerprint.
pub(super) fn read_content(
    listing: &Listing,
    at: usize,
    ffprobe: Option<&Path>,
    now: DateTime<Utc>,
) -> Content {
    let file = &listing.files[at];
    // One file that breaks the reader must not end the scan of a whole library.
    let examined = catch_unwind(|| examine(&listing.root.join(&file.path), ffprobe));
    let Examined { fingerprint, info } = match examined {
        Ok(Ok(examined)) => examined,
        Ok(Err(error)) => {
            let problem = Some(ContentProblem::Unreadable(error.to_string()));
            return Content { problem, ..Content::default() };
        }
        Err(_) => {
            tracing::error!(file = %file.path.display(), "reading the file broke off; please report this");
            let problem = Some(ContentProblem::Damaged("Kinometa's reader broke off".to_owned()));
            return Content { problem, ..Content::default() };
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
                // The headers of a copy under way are often not there yet.
                _ if !file.is_settled(now) => ContentProblem::HalfCopied,
                error => ContentProblem::Damaged(error.to_string()),
            };
            Content { fingerprint, info: None, problem: Some(problem) }
        }
    }
}

fn movie_beside(listing: &Listing, video: &Path, own_folder: bool) -> Beside {
    let nfo = listing.sidecars.movie_nfo(video, own_folder);
    Beside {
        nfos: nfo.map(|path| listing.nfos(path)).unwrap_or_default().into_iter().take(1).collect(),
        pictures: pictures(listing, &listing.sidecars.movie_artwork(video, own_folder)),
        ..Beside::default()
    }
}

fn episode_beside(listing: &Listing, video: &Path, name: &EpisodeName) -> Beside {
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
        ShowBeside { pictures: pictures(listing, &facts.artwork), facts, season_poster }
    });
    let nfo = listing.sidecars.episode_nfo(video);
    let still: Option<PathBuf> = listing.sidecars.episode_thumb(video);
    Beside {
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
        match &self.name {
            ParsedName::Movie(MovieName { work, .. }) => Some(work),
            ParsedName::Episode(EpisodeName { show, .. }) => Some(show),
            ParsedName::LeftOut { .. } | ParsedName::Unrecognised { .. } => None,
        }
    }

    /// The NFO of the movie or show.
    pub(super) fn work_nfo(&self) -> Option<&Nfo> {
        match &self.beside.show {
            Some(show) => show.facts.nfo.as_ref(),
            None => self.beside.nfos.first().filter(|_| matches!(self.name, ParsedName::Movie(_))),
        }
    }

    /// The pictures of the movie or show.
    pub(super) fn work_pictures(&self) -> &LocalPictures {
        self.beside.show.as_ref().map_or(&self.beside.pictures, |show| &show.pictures)
    }
}

const UNREADABLE: &str = "unreadable";
const HALF_COPIED: &str = "half_copied";

impl ContentProblem {
    /// Whether a problem of this code may pass without the file changing.
    pub(super) fn may_pass(code: &str) -> bool {
        [UNREADABLE, HALF_COPIED].contains(&code)
    }

    /// Stable word for programs.
    pub(super) fn code(&self) -> &'static str {
        match self {
            Self::Unreadable(_) => UNREADABLE,
            Self::NeedsFfprobe => "not_probed",
            Self::Damaged(_) => "damaged",
            Self::HalfCopied => HALF_COPIED,
            Self::Truncated => "truncated",
        }
    }

    /// Sentence for people: what it means and what to do.
    pub(super) fn message(&self) -> String {
        match self {
            Self::Unreadable(error) => {
                format!("The file cannot be read ({error}). Check its permissions and the disk.")
            }
            Self::NeedsFfprobe => {
                "This container is read by ffprobe, which is not installed: length and tracks are unknown. \
                 Install ffmpeg and scan again."
                    .to_owned()
            }
            Self::Damaged(error) => {
                format!("The file's headers make no sense ({error}). It may be damaged; replace it.")
            }
            Self::HalfCopied => {
                "The file is not all there yet: it seems to be being copied. It is read again when it has grown."
                    .to_owned()
            }
            Self::Truncated => {
                "The file is shorter than its headers say. The copy may have broken off; copy it again.".to_owned()
            }
        }
    }
}
