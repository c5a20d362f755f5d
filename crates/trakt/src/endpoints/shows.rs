//! `/shows`, with their seasons and episodes.

use chrono::{DateTime, Utc};
use serde::de::DeserializeOwned;

use super::{group, own, public};
use crate::client::Call;
use crate::error::Result;
use crate::models::{
    Charted, CommunityRating, Episode, IdType, ItemIds, ItemStats, Media, MediaKind, PathId, Period, Season,
    Show, ShowProgress, TitlePeople, TraktId, Update, day,
};
use crate::paging::Listing;
use crate::request::{Paged, Read};

group! {
    /// Shows: summaries, seasons, episodes, progress, charts, updates.
    Shows,
    /// Shows: summaries, seasons, episodes, progress, charts, updates.
    shows
}

impl Shows {
    /// One show.
    pub fn summary(&self, id: impl Into<PathId>) -> Read<Show> {
        self.show(id.into())
    }

    /// The [`PathId`] of the show with these ids. TMDB and TVDB ids cannot be used in paths, so the show is searched for
    /// if only these are known. `None` if Trakt does not know the show.
    ///
    /// # Errors
    /// If the search fails.
    pub async fn path(&self, ids: &ItemIds) -> Result<Option<PathId>> {
        if let Some(id) = ids.trakt {
            return Ok(Some(id.into()));
        }
        if let Some(id) = ids.slug.as_deref().or(ids.imdb.as_deref()) {
            return Ok(Some(id.into()));
        }
        let (site, id) = match (ids.tvdb, ids.tmdb) {
            (Some(id), _) => (IdType::Tvdb, id),
            (None, Some(id)) => (IdType::Tmdb, id),
            (None, None) => return Ok(None),
        };
        let hits = self.client.search().id(site, id, &[MediaKind::Show]).first(1).await?;
        Ok(hits.items.into_iter().find_map(|hit| match hit.media {
            Media::Show(show) => Some(show.ids.trakt.into()),
            _ => None,
        }))
    }

    /// Trakt's rating of a show.
    pub fn ratings(&self, id: impl Into<PathId>) -> Read<CommunityRating> {
        self.one(id, &["ratings"])
    }

    /// The cast and crew of a show.
    pub fn people(&self, id: impl Into<PathId>) -> Read<TitlePeople> {
        self.one(id, &["people"])
    }

    /// The cast and crew of an episode.
    pub fn episode_people(&self, id: impl Into<PathId>, season: u32, number: u32) -> Read<TitlePeople> {
        self.one(id, &["seasons", &season.to_string(), "episodes", &number.to_string(), "people"])
    }

    /// Trakt's rating of an episode.
    pub fn episode_ratings(&self, id: impl Into<PathId>, season: u32, number: u32) -> Read<CommunityRating> {
        self.one(id, &["seasons", &season.to_string(), "episodes", &number.to_string(), "ratings"])
    }

    /// Activity counts of a show.
    pub fn stats(&self, id: impl Into<PathId>) -> Read<ItemStats> {
        self.one(id, &["stats"])
    }

    /// All seasons. With [`Extended::EPISODES`](crate::Extended::EPISODES) their episodes too.
    pub fn seasons(&self, id: impl Into<PathId>) -> Read<Listing<Season>> {
        self.all_seasons(id.into())
    }

    /// One season of a show.
    pub fn season(&self, id: impl Into<PathId>, number: u32) -> SeasonApi {
        SeasonApi { shows: self.clone(), show: id.into(), number }
    }

    /// One episode.
    pub fn episode(&self, id: impl Into<PathId>, season: u32, number: u32) -> Read<Episode> {
        self.one(id, &["seasons", &season.to_string(), "episodes", &number.to_string()])
    }

    /// The episode that airs next, if any is planned.
    pub fn next_episode(&self, id: impl Into<PathId>) -> Read<Option<Episode>> {
        self.one(id, &["next_episode"])
    }

    /// The episode that aired last, if any.
    pub fn last_episode(&self, id: impl Into<PathId>) -> Read<Option<Episode>> {
        self.one(id, &["last_episode"])
    }

    /// Shows related to a show.
    pub fn related(&self, id: impl Into<PathId>) -> Paged<Show> {
        Paged::new(&self.client, public(["shows".to_owned(), id.into().0, "related".to_owned()]))
    }

    /// How far the account has watched a show.
    pub fn watched_progress(&self, id: impl Into<PathId>) -> Read<ShowProgress> {
        Read::new(&self.client, own(path(id, &["progress", "watched"])))
    }

    /// How much of a show the account has collected.
    pub fn collection_progress(&self, id: impl Into<PathId>) -> Read<ShowProgress> {
        Read::new(&self.client, own(path(id, &["progress", "collection"])))
    }

    /// Resets a show's progress: earlier plays are kept in the history but no longer count as progress.
    pub async fn reset_progress(&self, id: impl Into<PathId>) -> Result<()> {
        self.client.run(&Call::post(path(id, &["progress", "watched", "reset"]))).await
    }

    /// Reverts [`Shows::reset_progress`].
    pub async fn undo_reset_progress(&self, id: impl Into<PathId>) -> Result<()> {
        let call = Call::write(reqwest::Method::DELETE, path(id, &["progress", "watched", "reset"]));
        self.client.run(&call).await
    }

    /// Being watched now.
    pub fn trending(&self) -> Paged<Charted<Show>> {
        self.chart(&["trending"])
    }

    /// The most popular by rating and votes.
    pub fn popular(&self) -> Paged<Show> {
        Paged::new(&self.client, public(["shows", "popular"]))
    }

    /// The most anticipated: not aired yet and on the most lists.
    pub fn anticipated(&self) -> Paged<Charted<Show>> {
        self.chart(&["anticipated"])
    }

    /// Rising quickly (hot).
    pub fn hot(&self) -> Paged<Charted<Show>> {
        self.chart(&["hot"])
    }

    /// Watched by the most members.
    pub fn watched(&self, period: Period) -> Paged<Charted<Show>> {
        self.chart(&["watched", period.as_str()])
    }

    /// Played most often.
    pub fn played(&self, period: Period) -> Paged<Charted<Show>> {
        self.chart(&["played", period.as_str()])
    }

    /// Collected by the most members.
    pub fn collected(&self, period: Period) -> Paged<Charted<Show>> {
        self.chart(&["collected", period.as_str()])
    }

    /// Favorited by the most members.
    pub fn favorited(&self, period: Period) -> Paged<Charted<Show>> {
        self.chart(&["favorited", period.as_str()])
    }

    /// Shows whose data has changed since a given day.
    pub fn updates(&self, since: DateTime<Utc>) -> Paged<Update<Show>> {
        Paged::new(&self.client, public(["shows", "updates", &day(since.date_naive())]))
    }

    /// The ids of shows whose data has changed since a given day.
    pub fn updated_ids(&self, since: DateTime<Utc>) -> Paged<TraktId> {
        Paged::new(&self.client, public(["shows", "updates", "id", &day(since.date_naive())]))
    }

    /// Not generic, so that reading a show is compiled once.
    fn show(&self, id: PathId) -> Read<Show> {
        self.one(id, &[])
    }

    /// Not generic, so that reading the seasons is compiled once.
    fn all_seasons(&self, id: PathId) -> Read<Listing<Season>> {
        self.one(id, &["seasons"])
    }

    fn one<T: DeserializeOwned>(&self, id: impl Into<PathId>, rest: &[&str]) -> Read<T> {
        Read::new(&self.client, public(path(id, rest)))
    }

    fn chart(&self, path: &[&str]) -> Paged<Charted<Show>> {
        Paged::new(&self.client, public(["shows"].iter().chain(path).copied()))
    }
}

fn path(id: impl Into<PathId>, rest: &[&str]) -> impl Iterator<Item = String> {
    let rest: Vec<String> = rest.iter().map(|part| (*part).to_owned()).collect();
    ["shows".to_owned(), id.into().0].into_iter().chain(rest)
}

/// One season of a show.
#[derive(Debug, Clone)]
pub struct SeasonApi {
    shows: Shows,
    show: PathId,
    number: u32,
}

impl SeasonApi {
    /// The season itself.
    pub fn info(&self) -> Read<Season> {
        self.one(&["info"])
    }

    /// Its episodes.
    pub fn episodes(&self) -> Read<Listing<Episode>> {
        self.one(&[])
    }

    /// The cast and crew of the season.
    pub fn people(&self) -> Read<TitlePeople> {
        self.one(&["people"])
    }

    /// Trakt's rating of the season.
    pub fn ratings(&self) -> Read<CommunityRating> {
        self.one(&["ratings"])
    }

    /// Activity counts of the season.
    pub fn stats(&self) -> Read<ItemStats> {
        self.one(&["stats"])
    }

    fn one<T: DeserializeOwned>(&self, rest: &[&str]) -> Read<T> {
        let number = self.number.to_string();
        let rest: Vec<&str> = ["seasons", &number].into_iter().chain(rest.iter().copied()).collect();
        self.shows.one(self.show.clone(), &rest)
    }
}
