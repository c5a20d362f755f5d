//! `/sync`: history, watched, playback, ratings, collection, progress.

use chrono::{DateTime, Utc};
use reqwest::Method;

use super::{group, own};
use crate::client::Call;
use crate::error::Result;
use crate::models::{
    Added, Collected, CollectedEpisode, CollectedMovie, CollectedShow, HistoryItem, HistoryRemove, Items,
    LastActivities, MinimalEpisode, MinimalItem, Plain, PlaybackId, PlaybackItem, Rated, RatingItem, Removed,
    ShowOnDeck, TraktId, Unrated, Watched, WatchedEpisode, WatchedMovie, WatchedShow, iso,
};
use crate::request::{Paged, Read};

/// The page size requested for the minimal collection.
const MINIMAL_LIMIT: u32 = 1_000;

group! {
    /// What the connected account has watched, rated, collected and put on its watchlist.
    Sync,
    /// What the connected account has watched, rated, collected and put on its watchlist.
    sync
}

/// A media type in the plural, as used in paths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are the documentation")]
pub enum MediaType {
    Movies,
    Shows,
    Seasons,
    Episodes,
    All,
}

impl MediaType {
    /// Trakt's notation.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Movies => "movies",
            Self::Shows => "shows",
            Self::Seasons => "seasons",
            Self::Episodes => "episodes",
            Self::All => "all",
        }
    }
}

/// A part of the history.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HistoryQuery {
    item: Option<(MediaType, Option<TraktId>)>,
    start_at: Option<DateTime<Utc>>,
    end_at: Option<DateTime<Utc>>,
}

impl HistoryQuery {
    /// The whole history.
    pub fn all() -> Self {
        Self::default()
    }

    /// Plays of one media type.
    pub fn of_type(kind: MediaType) -> Self {
        Self { item: Some((kind, None)), ..Self::default() }
    }

    /// Plays of one movie.
    pub fn of_movie(id: TraktId) -> Self {
        Self::of(MediaType::Movies, id)
    }

    /// Plays of all episodes of one show.
    pub fn of_show(id: TraktId) -> Self {
        Self::of(MediaType::Shows, id)
    }

    /// Plays of one episode.
    pub fn of_episode(id: TraktId) -> Self {
        Self::of(MediaType::Episodes, id)
    }

    /// Watched at or after this moment. This refers to `watched_at`, **not** to when the play was added: a play added
    /// today for last year is not in "since yesterday".
    pub fn start_at(mut self, moment: DateTime<Utc>) -> Self {
        self.start_at = Some(moment);
        self
    }

    /// Watched at or before this moment.
    pub fn end_at(mut self, moment: DateTime<Utc>) -> Self {
        self.end_at = Some(moment);
        self
    }

    fn of(kind: MediaType, id: TraktId) -> Self {
        Self { item: Some((kind, Some(id))), ..Self::default() }
    }

    pub(super) fn call(&self, mut call: Call) -> Call {
        if let Some((kind, id)) = self.item {
            call.segments.push(kind.as_str().to_owned());
            call.segments.extend(id.map(|id| id.to_string()));
        }
        call.query.extend(self.start_at.map(|moment| ("start_at", iso(moment))));
        call.query.extend(self.end_at.map(|moment| ("end_at", iso(moment))));
        call
    }
}

impl Sync {
    /// When each category last changed, by additions and removals alike.
    pub fn last_activities(&self) -> Read<LastActivities> {
        Read::new(&self.client, own(["sync", "last_activities"]))
    }

    /// Plays, sorted by `watched_at`, latest first.
    pub fn history(&self, part: &HistoryQuery) -> Paged<HistoryItem> {
        Paged::new(&self.client, part.call(own(["sync", "history"])))
    }

    /// Adds plays. **Trakt does not check for duplicates**: the same item and time sent twice are two plays. If the
    /// response is lost, this fails with [`Error::Unknown`](crate::Error::Unknown); check the history, at minute
    /// precision, before sending again. A success can silently leave items out: see [`Added::unaccounted`].
    pub async fn add_history(&self, items: &Items<Watched>) -> Result<Added> {
        let call = Call::post(["sync", "history"]).json(items)?.duplicates();
        Ok(self.client.send(&call).await?.body)
    }

    /// Removes plays: single ones by id, or *all* plays of an item.
    pub async fn remove_history(&self, remove: &HistoryRemove) -> Result<Removed> {
        self.remove("history", remove).await
    }

    /// Watched movies with their play counts.
    pub fn watched_movies(&self) -> Paged<WatchedMovie> {
        self.list(&["watched", "movies"])
    }

    /// Watched shows; the watched episodes only with [`Extended::PROGRESS`](crate::Extended::PROGRESS).
    pub fn watched_shows(&self) -> Paged<WatchedShow> {
        self.list(&["watched", "shows"])
    }

    /// Watched episodes with their ids.
    pub fn watched_episodes(&self) -> Paged<WatchedEpisode> {
        self.list(&["watched", "episodes"])
    }

    /// Resume points of movies and episodes; of one kind with [`MediaType::Movies`] or [`MediaType::Episodes`].
    pub fn playback(&self, kind: MediaType) -> Paged<PlaybackItem> {
        match kind {
            MediaType::All => self.list(&["playback"]),
            kind => self.list(&["playback", kind.as_str()]),
        }
    }

    /// Removes a resume point.
    pub async fn remove_playback(&self, id: PlaybackId) -> Result<()> {
        self.client.run(&Call::write(Method::DELETE, ["sync", "playback", &id.to_string()])).await
    }

    /// Ratings. They are returned in one response unless [`Paged::limit`] is set.
    pub fn ratings(&self, kind: MediaType) -> Paged<RatingItem> {
        self.list(&["ratings", kind.as_str()]).unpaged()
    }

    /// Rates items. An existing rating is replaced.
    pub async fn add_ratings(&self, items: &Items<Rated>) -> Result<Added> {
        self.add("ratings", items).await
    }

    /// Removes ratings.
    pub async fn remove_ratings(&self, items: &Items<Unrated>) -> Result<Removed> {
        self.remove("ratings", items).await
    }

    /// Collected movies.
    pub fn collection_movies(&self) -> Paged<CollectedMovie> {
        self.list(&["collection", "movies"])
    }

    /// Shows with collected episodes.
    pub fn collection_shows(&self) -> Paged<CollectedShow> {
        self.list(&["collection", "shows"])
    }

    /// Collected episodes with their ids.
    pub fn collection_episodes(&self) -> Paged<CollectedEpisode> {
        self.list(&["collection", "episodes"])
    }

    /// Which movies are collected, by Trakt's id: much smaller than [`Sync::collection_movies`].
    pub fn minimal_movies(&self) -> Paged<MinimalItem> {
        self.minimal("movies")
    }

    /// Which episodes are collected, by Trakt's id.
    pub fn minimal_episodes(&self) -> Paged<MinimalItem> {
        self.minimal("episodes")
    }

    /// Which episodes are collected, by show and numbers.
    pub fn minimal_shows(&self) -> Paged<MinimalEpisode> {
        self.minimal("shows")
    }

    /// Adds to the collection, or changes the metadata of existing items.
    pub async fn add_collection(&self, items: &Items<Collected>) -> Result<Added> {
        self.add("collection", items).await
    }

    /// Removes from the collection. A show without episodes removes all its episodes.
    pub async fn remove_collection(&self, items: &Items<Plain>) -> Result<Removed> {
        self.remove("collection", items).await
    }

    /// Shows with an episode to watch next.
    pub fn up_next(&self) -> Paged<ShowOnDeck> {
        self.list(&["progress", "up_next"])
    }

    /// Started shows, with their progress.
    pub fn watched_progress(&self) -> Paged<ShowOnDeck> {
        self.list(&["progress", "watched"])
    }

    fn list<T: serde::de::DeserializeOwned>(&self, path: &[&str]) -> Paged<T> {
        Paged::new(&self.client, own(["sync"].iter().chain(path).copied()))
    }

    /// These endpoints announce no page count: the list ends at the first empty page.
    fn minimal<T: serde::de::DeserializeOwned>(&self, kind: &str) -> Paged<T> {
        let paged: Paged<T> = self.list(&["collection", "minimal", kind]);
        paged.compact(MINIMAL_LIMIT)
    }

    pub(super) async fn add(&self, what: &str, items: &impl serde::Serialize) -> Result<Added> {
        Ok(self.client.send(&Call::post(["sync", what]).json(items)?).await?.body)
    }

    pub(super) async fn remove(&self, what: &str, items: &impl serde::Serialize) -> Result<Removed> {
        Ok(self.client.send(&Call::post(["sync", what, "remove"]).json(items)?).await?.body)
    }
}
