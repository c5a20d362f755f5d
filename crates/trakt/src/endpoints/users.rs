//! `/users`: the account's settings and the public data of members.

use reqwest::Method;
use serde::de::DeserializeOwned;

use super::{HistoryQuery, MediaType, group, of_member, own};
use crate::client::Call;
use crate::error::Result;
use crate::extended::Extended;
use crate::models::{
    Added, CollectedMovie, CollectedShow, EpisodePlay, HiddenItem, HiddenSection, HistoryItem, Items,
    LikedList, ListEntry, MediaKind, MoviePlay, Plain, PlexSettings, RatingItem, Removed, Settings,
    SettingsChange, SortBy, SortHow, User, UserStats, WatchedMovie, WatchedShow, Watching,
};
use crate::request::{Paged, Read};

/// Page sizes of the compact form. Trakt's own app requests these, and they are not clamped.
const COMPACT_MOVIES: u32 = 10_000;
const COMPACT_SHOWS: u32 = 1_000;

group! {
    /// The account's settings and the public data of members.
    Users,
    /// The account's settings and the public data of members. `me` stands for the connected account.
    users
}

impl Users {
    /// The connected account and its limits.
    pub fn settings(&self) -> Read<Settings> {
        Read::new(&self.client, own(["users", "settings"]))
    }

    /// Whether Trakt itself imports plays from the user's Plex server. If so, a player that also scrobbles duplicates
    /// every play.
    pub fn plex_settings(&self) -> Read<PlexSettings> {
        Read::new(&self.client, own(["users", "settings", "plex"]))
    }

    /// Checks whether the token works. Trakt may respond without a body (Kometa issue 3068): success is what counts.
    pub async fn check_token(&self) -> Result<()> {
        self.client.run(&own(["users", "settings"])).await
    }

    /// Changes settings.
    pub async fn change_settings(&self, change: &SettingsChange) -> Result<()> {
        self.client.run(&Call::write(Method::PUT, ["users", "settings"]).json(change)?).await
    }

    /// A member's profile.
    pub fn profile(&self, user: &str) -> Read<User> {
        Read::new(&self.client, of_member(user, ["users", user]))
    }

    /// Activity counts of a member.
    pub fn stats(&self, user: &str) -> Read<UserStats> {
        Read::new(&self.client, of_member(user, ["users", user, "stats"]))
    }

    /// What a member is watching now.
    pub fn watching(&self, user: &str) -> Read<Option<Watching>> {
        Read::new(&self.client, of_member(user, ["users", user, "watching"]))
    }

    /// A member's plays.
    pub fn history(&self, user: &str, part: &HistoryQuery) -> Paged<HistoryItem> {
        Paged::new(&self.client, part.call(of_member(user, ["users", user, "history"])))
    }

    /// Every play of every movie, in the compact form: one request for most accounts. It has no history ids; to remove
    /// one play, look it up with [`Sync::history`](super::Sync::history).
    pub fn movie_plays(&self, user: &str) -> Paged<MoviePlay> {
        let paged: Paged<MoviePlay> = self.list(user, &["watched", "movies"]);
        paged.compact(COMPACT_MOVIES).extended(Extended::MIN)
    }

    /// Every play of every episode, in the compact form: one to three requests for most accounts. Specials are season
    /// 0.
    pub fn episode_plays(&self, user: &str) -> Paged<EpisodePlay> {
        let paged: Paged<EpisodePlay> = self.list(user, &["watched", "shows"]);
        let paged = paged.compact(COMPACT_SHOWS).extended(Extended::MIN);
        paged.query("specials", true).query("season_numbers", true)
    }

    /// A member's ratings. They are returned in one response unless [`Paged::limit`] is set.
    pub fn ratings(&self, user: &str, kind: MediaType) -> Paged<RatingItem> {
        self.list(user, &["ratings", kind.as_str()]).unpaged()
    }

    /// A member's watchlist, by rank.
    pub fn watchlist(&self, user: &str, kind: MediaType) -> Paged<ListEntry> {
        self.list(user, &["watchlist", kind.as_str(), "rank", "asc"])
    }

    /// A member's favorites, by rank.
    pub fn favorites(&self, user: &str, kind: MediaType) -> Paged<ListEntry> {
        self.list(user, &["favorites", kind.as_str(), "rank", "asc"])
    }

    /// A member's watchlist in another order.
    pub fn watchlist_sorted(
        &self,
        user: &str,
        kind: MediaType,
        by: &SortBy,
        how: &SortHow,
    ) -> Paged<ListEntry> {
        self.list(user, &["watchlist", kind.as_str(), by.as_str(), how.as_str()])
    }

    /// A member's favorites in another order.
    pub fn favorites_sorted(
        &self,
        user: &str,
        kind: MediaType,
        by: &SortBy,
        how: &SortHow,
    ) -> Paged<ListEntry> {
        self.list(user, &["favorites", kind.as_str(), by.as_str(), how.as_str()])
    }

    /// The movies that a member has watched, most recent first.
    pub fn watched_movies(&self, user: &str) -> Paged<WatchedMovie> {
        self.list(user, &["watched", "movies"])
    }

    /// The shows that a member has watched, most recent first.
    pub fn watched_shows(&self, user: &str) -> Paged<WatchedShow> {
        self.list(user, &["watched", "shows"])
    }

    /// The movies that a member has collected, newest first.
    pub fn collected_movies(&self, user: &str) -> Paged<CollectedMovie> {
        self.list(user, &["collection", "movies"])
    }

    /// The shows with episodes that a member has collected, newest first.
    pub fn collected_shows(&self, user: &str) -> Paged<CollectedShow> {
        self.list(user, &["collection", "shows"])
    }

    /// The lists that a member likes.
    pub fn liked_lists(&self, user: &str) -> Paged<LikedList> {
        self.list(user, &["likes", "lists"])
    }

    /// What the account has hidden in a section.
    pub fn hidden(&self, section: &HiddenSection, kind: Option<MediaKind>) -> Paged<HiddenItem> {
        let paged = Paged::new(&self.client, own(["users", "hidden", section.as_str()]));
        match kind {
            Some(kind) => paged.query("type", kind),
            None => paged,
        }
    }

    /// Hides items in a section.
    pub async fn hide(&self, section: &HiddenSection, items: &Items<Plain>) -> Result<Added> {
        let call = Call::post(["users", "hidden", section.as_str()]).json(items)?;
        Ok(self.client.send(&call).await?.body)
    }

    /// Unhides items.
    pub async fn unhide(&self, section: &HiddenSection, items: &Items<Plain>) -> Result<Removed> {
        let call = Call::post(["users", "hidden", section.as_str(), "remove"]).json(items)?;
        Ok(self.client.send(&call).await?.body)
    }

    fn list<T: DeserializeOwned>(&self, user: &str, path: &[&str]) -> Paged<T> {
        Paged::new(&self.client, of_member(user, ["users", user].iter().chain(path).copied()))
    }
}
