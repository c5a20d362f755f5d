//! `/users`: the account's settings and what members show.

use reqwest::Method;
use serde::de::DeserializeOwned;

use super::{HistoryQuery, MediaType, group, own, public};
use crate::client::Call;
use crate::error::Result;
use crate::extended::Extended;
use crate::models::{
    Added, CompactMovies, CompactShows, HiddenItem, HiddenSection, HistoryItem, Items, LikedList, ListEntry,
    MediaKind, Plain, RatingItem, Removed, Settings, SettingsChange, User, UserStats, Watching,
};
use crate::paging::Paged;
use crate::read::Read;

group! {
    /// The account's settings and what members show.
    Users,
    /// The account's settings and what members show. `me` stands for the connected account.
    users
}

impl Users {
    /// The connected account and its limits.
    pub fn settings(&self) -> Read<Settings> {
        Read::new(&self.client, own(["users", "settings"]))
    }

    /// Asks Trakt whether the token works. Trakt may answer without a body (Kometa issue 3068): success is what counts.
    pub async fn check_token(&self) -> Result<()> {
        self.client.run(&own(["users", "settings"])).await
    }

    /// Changes settings.
    pub async fn change_settings(&self, change: &SettingsChange) -> Result<()> {
        self.client.run(&Call::write(Method::PUT, ["users", "settings"]).json(change)?).await
    }

    /// A member's profile.
    pub fn profile(&self, user: &str) -> Read<User> {
        Read::new(&self.client, public(["users", user]))
    }

    /// Counts of what a member did.
    pub fn stats(&self, user: &str) -> Read<UserStats> {
        Read::new(&self.client, public(["users", user, "stats"]))
    }

    /// What a member is watching now.
    pub fn watching(&self, user: &str) -> Read<Option<Watching>> {
        Read::new(&self.client, public(["users", user, "watching"]))
    }

    /// A member's plays.
    pub fn history(&self, user: &str, part: &HistoryQuery) -> Paged<HistoryItem> {
        Paged::new(&self.client, part.call(public(["users", user, "history"])))
    }

    /// All plays of movies in the compact form, which comes in one piece.
    pub fn watched_movies_compact(&self, user: &str) -> Read<CompactMovies> {
        Read::new(&self.client, public(["users", user, "watched", "movies"])).extended(Extended::MIN)
    }

    /// All plays of episodes in the compact form, which comes in one piece. Specials are in it as season 0.
    pub fn watched_shows_compact(&self, user: &str) -> Read<CompactShows> {
        let shows = Read::new(&self.client, public(["users", user, "watched", "shows"]));
        shows.extended(Extended::MIN).query("specials", true)
    }

    /// A member's ratings.
    pub fn ratings(&self, user: &str, kind: MediaType) -> Paged<RatingItem> {
        self.list(user, &["ratings", kind.as_str()])
    }

    /// A member's watchlist, by rank.
    pub fn watchlist(&self, user: &str, kind: MediaType) -> Paged<ListEntry> {
        self.list(user, &["watchlist", kind.as_str(), "rank", "asc"])
    }

    /// A member's favorites, by rank.
    pub fn favorites(&self, user: &str, kind: MediaType) -> Paged<ListEntry> {
        self.list(user, &["favorites", kind.as_str(), "rank", "asc"])
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

    /// Shows hidden items again.
    pub async fn unhide(&self, section: &HiddenSection, items: &Items<Plain>) -> Result<Removed> {
        let call = Call::post(["users", "hidden", section.as_str(), "remove"]).json(items)?;
        Ok(self.client.send(&call).await?.body)
    }

    fn list<T: DeserializeOwned>(&self, user: &str, path: &[&str]) -> Paged<T> {
        Paged::new(&self.client, public(["users", user].iter().chain(path).copied()))
    }
}
