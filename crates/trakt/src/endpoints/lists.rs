//! `/lists`: lists by their number, whoever made them, and Trakt's own.

use reqwest::Method;

use super::{ListItemKinds, group, public};
use crate::client::Call;
use crate::error::Result;
use crate::models::{
    ChartedList, ListEntry, ListLike, PathId, SmartList, SortBy, SortHow, TraktId, UserList,
};
use crate::request::{Paged, Read};

group! {
    /// Lists by their number, whoever made them, and Trakt's own.
    Lists,
    /// Lists by their number, whoever made them, and Trakt's own.
    lists
}

impl Lists {
    /// A list of anybody's or of Trakt's.
    pub fn summary(&self, id: impl Into<PathId>) -> Read<UserList> {
        Read::new(&self.client, public(["lists", &id.into().0]))
    }

    /// What is on it, in its own order. Trakt's own lists have a slug, too.
    pub fn items(&self, id: impl Into<PathId>, kinds: &ListItemKinds) -> Paged<ListEntry> {
        Paged::new(&self.client, public(["lists", &id.into().0, "items", kinds.as_str()]))
    }

    /// What is on it, in an order of choice.
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

    /// Who likes it.
    pub fn likes(&self, id: TraktId) -> Paged<ListLike> {
        Paged::new(&self.client, public(["lists", &id.to_string(), "likes"]))
    }

    /// Likes a list.
    pub async fn like(&self, id: TraktId) -> Result<()> {
        self.client.run(&Call::post(["lists", &id.to_string(), "like"])).await
    }

    /// Likes a list no longer.
    pub async fn unlike(&self, id: TraktId) -> Result<()> {
        self.client.run(&Call::write(Method::DELETE, ["lists", &id.to_string(), "like"])).await
    }

    /// Liked and talked about now.
    pub fn trending(&self) -> Paged<ChartedList> {
        Paged::new(&self.client, public(["lists", "trending"]))
    }

    /// Liked by most.
    pub fn popular(&self) -> Paged<ChartedList> {
        Paged::new(&self.client, public(["lists", "popular"]))
    }

    /// Trakt's own lists, the most liked first.
    pub fn official(&self) -> Paged<ChartedList> {
        Paged::new(&self.client, public(["lists", "popular", "official"]))
    }

    /// A smart list of anybody's: a saved filter that Trakt keeps filled.
    pub fn smart(&self, id: impl Into<PathId>) -> Read<SmartList> {
        Read::new(&self.client, public(["smart-lists", &id.into().0]))
    }

    /// What a smart list holds at the moment.
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
