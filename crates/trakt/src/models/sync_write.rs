//! Bodies of writes.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use serde::ser::Serializer;

use super::{CollectedMetadata, HistoryId, ItemIds};

/// Items for a write, each with details of type `D` ([`Watched`], [`Rated`], [`Unrated`], [`Collected`], [`Noted`] or
/// [`Plain`]).
///
/// ```
/// use trakt::models::{Entry, ItemIds, Items, Watched};
///
/// let mut items = Items::<Watched>::new();
/// items.movies.push(Entry::new(ItemIds::trakt(120), Watched::at("2026-10-01T20:00:00Z".parse().unwrap())));
/// items.shows.push(Entry::episode_of(ItemIds::tvdb(121361), 1, 2, Watched::at("2026-10-02T20:00:00Z".parse().unwrap())));
/// assert_eq!(items.len(), 2);
/// ```
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Items<D> {
    /// Movies.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub movies: Vec<Entry<D>>,
    /// Shows, or episodes of shows by number.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub shows: Vec<Entry<D>>,
    /// Seasons by their own ids.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub seasons: Vec<Entry<D>>,
    /// Episodes by their own ids.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub episodes: Vec<Entry<D>>,
}

impl<D> Items<D> {
    /// Empty.
    pub const fn new() -> Self {
        Self { movies: Vec::new(), shows: Vec::new(), seasons: Vec::new(), episodes: Vec::new() }
    }

    /// One movie.
    pub fn movie(ids: impl Into<ItemIds>, details: D) -> Self {
        Self { movies: vec![Entry::new(ids.into().for_movie(), details)], ..Self::new() }
    }

    /// A whole show. In the history, this means *every* episode.
    pub fn show(ids: impl Into<ItemIds>, details: D) -> Self {
        Self { shows: vec![Entry::new(ids, details)], ..Self::new() }
    }

    /// One episode by its own ids.
    pub fn episode(ids: impl Into<ItemIds>, details: D) -> Self {
        Self { episodes: vec![Entry::new(ids, details)], ..Self::new() }
    }

    /// How many entries there are. A show with seasons and episodes is one.
    pub fn len(&self) -> usize {
        self.movies.len() + self.shows.len() + self.seasons.len() + self.episodes.len()
    }

    /// Whether there are no entries.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl<D> Default for Items<D> {
    fn default() -> Self {
        Self::new()
    }
}

/// One item of a write.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Entry<D> {
    /// The title, which Trakt uses with `year` when there are no ids.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The year of release.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year: Option<i32>,
    /// Whichever ids are known.
    #[serde(skip_serializing_if = "ItemIds::is_empty")]
    pub ids: ItemIds,
    /// The details of the item; `None` if they belong to the seasons or episodes below.
    #[serde(flatten)]
    pub details: Option<D>,
    /// For a show: only these episodes, by season.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub seasons: Vec<SeasonEntry<D>>,
}

/// Details that can be given for an episode by its show and numbers: all except ratings. Trakt's contract allows rating
/// a show only as a whole, so seasons and episodes are rated by their own ids.
pub trait ByNumber: sealed::Sealed {}

mod sealed {
    pub trait Sealed {}
}

macro_rules! by_number {
    ($($details:ty),*) => {
        $(impl sealed::Sealed for $details {}
        impl ByNumber for $details {})*
    };
}

by_number!(Watched, Collected, Noted, Plain);

impl<D> Entry<D> {
    /// An item by its ids.
    pub fn new(ids: impl Into<ItemIds>, details: D) -> Self {
        Self { title: None, year: None, ids: ids.into(), details: Some(details), seasons: Vec::new() }
    }

    /// An item by title and year, if no id is known.
    pub fn titled(title: impl Into<String>, year: i32, details: D) -> Self {
        Self { title: Some(title.into()), year: Some(year), ..Self::new(ItemIds::default(), details) }
    }
}

impl<D: ByNumber> Entry<D> {
    /// One episode of a show, by numbers. Goes into [`Items::shows`].
    pub fn episode_of(show: impl Into<ItemIds>, season: u32, episode: u32, details: D) -> Self {
        let episodes = vec![EpisodeEntry { number: episode, details }];
        let seasons = vec![SeasonEntry { number: season, episodes }];
        Self { title: None, year: None, ids: show.into(), details: None, seasons }
    }
}

/// Episodes of one season of an [`Entry`]. A whole season is identified by its own ids in [`Items::seasons`]: by
/// number, Trakt's contract also requires its episodes.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SeasonEntry<D> {
    /// The season; 0 contains the specials.
    pub number: u32,
    /// The episodes.
    pub episodes: Vec<EpisodeEntry<D>>,
}

/// An episode of a [`SeasonEntry`], by number.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EpisodeEntry<D> {
    /// The number in its season.
    pub number: u32,
    /// Its details.
    #[serde(flatten)]
    pub details: D,
}

/// No details.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Plain {}

/// For the history: when it was watched.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Watched {
    /// When it was watched. Without it, Trakt uses the current time.
    pub watched_at: Option<WatchedAt>,
}

impl Watched {
    /// Watched at this moment. Trakt keeps it to the minute.
    pub fn at(moment: DateTime<Utc>) -> Self {
        Self { watched_at: Some(WatchedAt::Moment(moment)) }
    }

    /// Watched when it was released.
    pub fn when_released() -> Self {
        Self { watched_at: Some(WatchedAt::Released) }
    }

    /// Watched at an unknown time.
    pub fn at_unknown_time() -> Self {
        Self { watched_at: Some(WatchedAt::Unknown) }
    }
}

/// When a play was watched, in the form that Trakt expects. A moment is always written as ISO 8601 in UTC: if a number
/// of seconds is sent, Trakt silently stores the current time instead (trakt-api issue 310).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WatchedAt {
    /// This moment.
    Moment(DateTime<Utc>),
    /// The date of release.
    Released,
    /// Unknown.
    Unknown,
}

impl Serialize for WatchedAt {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Moment(moment) => serializer.serialize_str(&iso(*moment)),
            Self::Released => serializer.serialize_str("released"),
            Self::Unknown => serializer.serialize_str("unknown"),
        }
    }
}

/// A time in Trakt's notation: whole seconds, followed by three zeros.
pub(crate) fn iso(moment: DateTime<Utc>) -> String {
    moment.format("%Y-%m-%dT%H:%M:%S.000Z").to_string()
}

fn iso_or_nothing<S: Serializer>(moment: &Option<DateTime<Utc>>, serializer: S) -> Result<S::Ok, S::Error> {
    moment.map(iso).serialize(serializer)
}

/// For ratings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Rated {
    rating: u8,
    #[serde(serialize_with = "iso_or_nothing")]
    rated_at: Option<DateTime<Utc>>,
}

impl Rated {
    /// A rating from 1 to 10; `None` for any other number. There is no rating of 0: to unrate, remove the rating.
    pub fn new(rating: u8) -> Option<Self> {
        (1..=10).contains(&rating).then_some(Self { rating, rated_at: None })
    }

    /// Rated at this moment instead of now.
    pub fn at(mut self, moment: DateTime<Utc>) -> Self {
        self.rated_at = Some(moment);
        self
    }
}

/// For removing ratings: the items.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Unrated {}

/// For the collection.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Collected {
    /// Since when. Without it, Trakt uses the current time.
    #[serde(serialize_with = "iso_or_nothing")]
    pub collected_at: Option<DateTime<Utc>>,
    /// Its quality.
    #[serde(flatten)]
    pub metadata: CollectedMetadata,
}

/// For the watchlist, favorites and lists.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Noted {
    /// Notes.
    pub notes: Option<String>,
}

/// Items to remove from the history.
///
/// An item removes *all* its plays, an id only a single play, so both have their own field.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct HistoryRemove {
    /// Single plays.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ids: Vec<HistoryId>,
    /// Items with all their plays.
    #[serde(flatten)]
    pub every_play_of: Items<Plain>,
}

impl HistoryRemove {
    /// These plays and nothing else.
    pub fn plays(ids: impl IntoIterator<Item = HistoryId>) -> Self {
        Self { ids: ids.into_iter().collect(), every_play_of: Items::new() }
    }

    /// Every play of these items.
    pub fn every_play_of(items: Items<Plain>) -> Self {
        Self { ids: Vec::new(), every_play_of: items }
    }
}

/// A day, as used by calendars.
pub(crate) fn day(date: NaiveDate) -> String {
    date.format("%Y-%m-%d").to_string()
}
