//! `/lists`: lists of any user by the list's number, and Trakt's own lists.

use reqwest::Method;

use super::{ListItemKinds, group, public};
use crate::client::Call;
use crate::error::Result;
use crate::models::{
    ChartedList, ListEntry, ListLike, PathId, SmartList, SortBy, SortHow, TraktId, UserList,
};
use crate::request::{Paged, Read};

group! {
    /// Lists of any user by the list's number, and Trakt's own lists.
    Lists,
    /// Lists of any user by the list's number, and Trakt's own lists.
    lists
}

impl Lists {
    /// A list of any user or of Trakt.
    pub fn summary(&self, id: impl Into<PathId>) -> Read<UserList> {
        Read::new(&self.client, public(["lists", &id.into().0]))
    }

    /// The items of a list, in the list's own order. Trakt's own lists can also be identified by slug.
    pub fn items(&self, id: impl Into<PathId>, kinds: &ListItemKinds) -> Paged<ListEntry> {
        Paged::new(&self.client, public(["lists", &id.into().0, "items", kinds.as_str()]))
    }

    /// The items of a list, in the given order.
    pub fn sorted(
        &self,
        id: impl Into<PathId>,
        kinds: &ListItemKinds,
        by: &SortBy,
        how: &SortHow,
    ) -> Paged<ListEntry> {
        let path = ["lists", &id.into().0, "items", kinds.as_str(), by.as_str(), how.as_str()];
        Paged::new(&self.client, public(path))
    }

    /// The users who like a list.
    pub fn likes(&self, id: TraktId) -> Paged<ListLike> {
        Paged::new(&self.client, public(["lists", &id.to_string(), "likes"]))
    }

    /// Likes a list.
    pub async fn like(&self, id: TraktId) -> Result<()> {
        self.client.run(&Call::post(["lists", &id.to_string(), "like"])).await
    }

    /// Unlikes a list.
    pub async fn unlike(&self, id: TraktId) -> Result<()> {
        self.client.run(&Call::write(Method::DELETE, ["lists", &id.to_string(), "like"])).await
    }

    /// Trending lists.
    pub fn trending(&self) -> Paged<ChartedList> {
        Paged::new(&self.client, public(["lists", "trending"]))
    }

    /// The most liked lists.
    pub fn popular(&self) -> Paged<ChartedList> {
        Paged::new(&self.client, public(["lists", "popular"]))
    }

    /// Trakt's own lists, the most liked first.
    pub fn official(&self) -> Paged<ChartedList> {
        Paged::new(&self.client, public(["lists", "popular", "official"]))
    }

    /// A smart list of any user: a saved filter that Trakt keeps up to date.
    pub fn smart(&self, id: impl Into<PathId>) -> Read<SmartList> {
        Read::new(&self.client, public(["smart-lists", &id.into().0]))
    }

    /// The current items of a smart list.
    pub fn smart_items(
        &self,
        id: impl Into<PathId>,
        kinds: &ListItemKinds,
        by: &SortBy,
        how: &SortHow,
    ) -> Paged<ListEntry> {
        let path = ["smart-lists", &id.into().0, "items", kinds.as_str(), by.as_str(), how.as_str()];
        Paged::new(&self.client, public(path))
    }
}
