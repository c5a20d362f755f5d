//! A title in memory, with facts about its files.

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use chrono::{DateTime, Datelike as _, Utc};
use db::ids::{FileId, LibraryId, TitleId};
use db::titles::CatalogueTitle;

use media::formats::RESOLUTIONS;

use crate::pictures::{Picture, Pictures, version_of};
use db::kinds::TitleKind;
use media::collation::fold;
use model::title::ImageKind;

/// A picture as shown on cards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thumbnail {
    /// The version in its address.
    pub version: Box<str>,
    /// Dominant colour.
    pub color: Option<Box<str>>,
    /// Width and height in pixels.
    pub size: Option<(i32, i32)>,
}

/// A title without its long texts.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its id.
    pub id: TitleId,
    /// Its kind.
    pub kind: TitleKind,
    /// Its name.
    pub name: Box<str>,
    /// The name folded for search.
    pub folded: Box<str>,
    /// The name for sorting.
    pub sort_name: Box<str>,
    /// Year of release or first broadcast.
    pub year: Option<i32>,
    /// Season (seasons and episodes).
    pub season_number: Option<i32>,
    /// Number in the season (episodes).
    pub episode_number: Option<i32>,
    /// The season of an episode.
    pub season_id: Option<TitleId>,
    /// The show of a season or episode.
    pub show_id: Option<TitleId>,
    /// Running time in minutes.
    pub runtime_minutes: Option<i32>,
    /// First release or broadcast.
    pub released_at: Option<DateTime<Utc>>,
    /// Trakt's rating, 0 to 10.
    pub rating: Option<f64>,
    /// Genres as Trakt's slugs.
    pub genres: Box<[Arc<str>]>,
    /// Poster.
    pub poster: Option<Thumbnail>,
    /// Background.
    pub backdrop: Option<Thumbnail>,
    /// Frame of an episode.
    pub still: Option<Thumbnail>,
    /// Whether it is matched with a title on Trakt.
    pub matched: bool,
    /// When its newest file was added.
    pub added_at: DateTime<Utc>,
    /// Facts about its files; of a show or season, about the files of its episodes.
    pub files: FileFacts,
    /// The file from which a frame is taken if there is no artwork.
    pub frame: Option<Frame>,
}

/// A video frame used instead of artwork.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    /// The file.
    pub file_id: FileId,
    /// The version of the frame, which changes with the content of the file.
    pub version: Box<str>,
}

impl Frame {
    pub(crate) fn of(file_id: FileId, fingerprint: &str) -> Self {
        Self { file_id, version: version_of(&format!("frame {fingerprint}")).into() }
    }

    fn thumbnail(&self) -> Thumbnail {
        Thumbnail { version: self.version.clone(), color: None, size: None }
    }
}

/// Facts about the files of a title.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FileFacts {
    /// The number of versions; the parts of one version count once.
    pub versions: i64,
    /// Whether at least one file is present.
    pub present: bool,
    /// Best resolution.
    pub resolution: Option<&'static str>,
    /// HDR kind of the best file.
    pub hdr: Option<Arc<str>>,
    /// Its libraries.
    pub libraries: BTreeSet<LibraryId>,
}

impl Entry {
    pub(crate) fn new(row: CatalogueTitle, files: FileFacts, interner: &mut Interner) -> Self {
        let pictures = Pictures::from_json(row.images);
        let thumbnail = |kind| pictures.get(kind).and_then(Thumbnail::new);
        let genres: Vec<String> = serde_json::from_value(row.genres).unwrap_or_default();
        Self {
            id: row.id,
            kind: row.kind,
            folded: fold(&row.name).into(),
            name: row.name.into(),
            sort_name: row.sort_name.into(),
            year: row.year,
            season_number: row.season_number,
            episode_number: row.episode_number,
            season_id: row.parent_id.filter(|_| row.kind == TitleKind::Episode),
            show_id: row.show_id,
            runtime_minutes: row.runtime_minutes,
            released_at: row.released_at.map(|at| at.0),
            rating: row.rating,
            genres: genres.iter().map(|genre| interner.intern(genre)).collect(),
            poster: thumbnail(ImageKind::Poster),
            backdrop: thumbnail(ImageKind::Backdrop),
            still: thumbnail(ImageKind::Still),
            matched: row.trakt_id.is_some(),
            added_at: row.added_at.unwrap_or(row.created_at).0,
            files,
            frame: None,
        }
    }

    /// Uses a video frame instead of a missing background.
    pub(crate) fn use_frame(&mut self, frame: Frame) {
        let slot = match self.kind {
            TitleKind::Episode => &mut self.still,
            TitleKind::Movie | TitleKind::Show | TitleKind::Season => &mut self.backdrop,
        };
        if slot.is_none() {
            *slot = Some(frame.thumbnail());
            self.frame = Some(frame);
        }
    }

    /// Sort key in lists: by name, then by year.
    pub fn name_order(&self) -> (&str, Option<i32>, TitleId) {
        (&self.sort_name, self.year, self.id)
    }

    /// First year of its decade.
    pub fn decade(&self) -> Option<i32> {
        self.year.map(|year| year - year.rem_euclid(10))
    }

    /// Whether it has been released or broadcast. Without a date, the year decides; without a year, it counts as
    /// released, because it has a file.
    pub fn aired(&self, now: DateTime<Utc>) -> bool {
        match self.released_at {
            Some(at) => at <= now,
            None => self.year.is_none_or(|year| year <= now.year()),
        }
    }

    /// Whether it is an episode that is not a special.
    pub fn is_regular_episode(&self) -> bool {
        self.kind == TitleKind::Episode && self.season_number != Some(0)
    }
}

impl Thumbnail {
    pub(crate) fn new(picture: &Picture) -> Option<Self> {
        let look = picture.current_look();
        Some(Self {
            version: picture.version()?.into(),
            color: look.map(|look| look.color.as_str().into()),
            size: look.map(|look| (look.width, look.height)),
        })
    }
}

impl FileFacts {
    pub(crate) fn absorb(&mut self, other: &Self) {
        self.versions += other.versions;
        self.present |= other.present;
        // Both values come from the best file, never one each from two files.
        let quality = |facts: &Self| (rank(facts.resolution), facts.hdr.is_some());
        if quality(other) > quality(self) {
            self.resolution = other.resolution;
            self.hdr.clone_from(&other.hdr);
        }
        self.libraries.extend(&other.libraries);
    }
}

/// Rank of a resolution's name: higher is better.
pub(crate) fn rank(resolution: Option<&str>) -> Option<usize> {
    RESOLUTIONS.iter().position(|&name| Some(name) == resolution)
}

/// Stores texts that many titles have in common only once.
#[derive(Default)]
pub(crate) struct Interner(HashSet<Arc<str>>);

impl Interner {
    pub(crate) fn intern(&mut self, text: &str) -> Arc<str> {
        if let Some(known) = self.0.get(text) {
            return Arc::clone(known);
        }
        let text: Arc<str> = text.into();
        self.0.insert(Arc::clone(&text));
        text
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    type Quality = (Option<&'static str>, Option<&'static str>);

    #[rstest]
    #[case::best_without_hdr((Some("2160p"), None), (Some("1080p"), Some("HDR10")), (Some("2160p"), None))]
    #[case::best_with_hdr((Some("1080p"), Some("HLG")), (Some("2160p"), Some("HDR10")), (Some("2160p"), Some("HDR10")))]
    #[case::same_resolution((Some("1080p"), None), (Some("1080p"), Some("HLG")), (Some("1080p"), Some("HLG")))]
    #[case::unknown_resolution((None, None), (Some("480p"), None), (Some("480p"), None))]
    fn resolution_and_hdr_come_from_one_file(
        #[case] one: Quality,
        #[case] other: Quality,
        #[case] expected: Quality,
    ) {
        let facts = |(resolution, hdr): Quality| FileFacts {
            resolution,
            hdr: hdr.map(Into::into),
            ..FileFacts::default()
        };
        for (first, second) in [(one, other), (other, one)] {
            let mut both = facts(first);
            both.absorb(&facts(second));
            assert_eq!((both.resolution, both.hdr.as_deref()), expected);
        }
    }
}
