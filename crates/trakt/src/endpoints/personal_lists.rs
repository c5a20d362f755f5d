//! `/users/{id}/lists`: the personal lists of members.

use std::fmt;

use reqwest::Method;
use serde_json::json;

use super::{Users, of_member};
use crate::client::Call;
use crate::error::Result;
use crate::models::{
    Added, EntryChange, Items, ListChange, ListEntry, ListItemId, ListLike, MediaKind, NewList, Noted,
    PathId, Plain, Removed, Reordered, SortBy, SortHow, TraktId, UserList,
};
use crate::paging::Listing;
use crate::request::{Paged, Read};

/// The lists of one member; `me` is the connected account.
#[derive(Debug, Clone)]
pub struct PersonalLists {
    users: Users,
    user: String,
}

/// One list of a member.
#[derive(Clone)]
pub struct PersonalList {
    lists: PersonalLists,
    list: PathId,
}

impl fmt::Debug for PersonalList {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PersonalList").field("user", &self.lists.user).field("list", &self.list.0).finish()
    }
}

/// Which kinds of list items are requested.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListItemKinds(String);

impl ListItemKinds {
    /// Everything.
    pub fn all() -> Self {
        Self("movie,show,season,episode".into())
    }

    /// These kinds only.
    pub fn only(kinds: &[MediaKind]) -> Self {
        Self(kinds.iter().map(MediaKind::as_str).collect::<Vec<_>>().join(","))
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

impl Users {
    /// The lists of a member.
    pub fn lists(&self, user: impl Into<String>) -> PersonalLists {
        PersonalLists { users: self.clone(), user: user.into() }
    }
}

impl PersonalLists {
    /// All lists of this member that the account may see.
    pub fn all(&self) -> Paged<UserList> {
        Paged::new(&self.users.client, of_member(&self.user, self.path(&[])))
    }

    /// Lists of other members to which this member may add items.
    pub fn collaborations(&self) -> Read<Listing<UserList>> {
        Read::new(&self.users.client, of_member(&self.user, self.path(&["collaborations"])))
    }

    /// Creates a list. Sending it twice creates two, so a lost response is [`Error::Unknown`](crate::Error::Unknown).
    pub async fn create(&self, list: &NewList) -> Result<UserList> {
        let call = Call::post(self.path(&[])).json(list)?.duplicates();
        Ok(self.users.client.send(&call).await?.body)
    }

    /// Reorders the lists.
    pub async fn reorder(&self, order: &[TraktId]) -> Result<Reordered> {
        let call = Call::post(self.path(&["reorder"])).json(&json!({ "rank": order }))?;
        Ok(self.users.client.send(&call).await?.body)
    }

    /// One list by id or slug.
    pub fn list(&self, list: impl Into<PathId>) -> PersonalList {
        PersonalList { lists: self.clone(), list: list.into() }
    }

    fn path(&self, rest: &[&str]) -> Vec<String> {
        ["users", &self.user, "lists"].iter().chain(rest).map(|part| (*part).to_owned()).collect()
    }
}

impl PersonalList {
    /// The list itself.
    pub fn summary(&self) -> Read<UserList> {
        Read::new(self.client(), of_member(&self.lists.user, self.path(&[])))
    }

    /// The items of the list, by rank.
    pub fn items(&self, kinds: &ListItemKinds) -> Paged<ListEntry> {
        Paged::new(self.client(), of_member(&self.lists.user, self.path(&["items", kinds.as_str()])))
    }

    /// The items of the list, in the given order.
    pub fn sorted(&self, kinds: &ListItemKinds, by: &SortBy, how: &SortHow) -> Paged<ListEntry> {
        let path = self.path(&["items", kinds.as_str(), by.as_str(), how.as_str()]);
        Paged::new(self.client(), of_member(&self.lists.user, path))
    }

    /// Changes name, description, privacy or order.
    pub async fn update(&self, change: &ListChange) -> Result<()> {
        self.client().run(&Call::write(Method::PUT, self.path(&[])).json(change)?).await
    }

    /// Deletes the list.
    pub async fn delete(&self) -> Result<()> {
        self.client().run(&Call::write(Method::DELETE, self.path(&[]))).await
    }

    /// Adds items. A full list is [`Error::AccountLimit`](crate::Error::AccountLimit), and nothing is added.
    pub async fn add(&self, items: &Items<Noted>) -> Result<Added> {
        Ok(self.client().send(&Call::post(self.path(&["items"])).json(items)?).await?.body)
    }

    /// Removes items.
    pub async fn remove(&self, items: &Items<Plain>) -> Result<Removed> {
        Ok(self.client().send(&Call::post(self.path(&["items", "remove"])).json(items)?).await?.body)
    }

    /// Reorders the entries.
    pub async fn reorder(&self, order: &[ListItemId]) -> Result<Reordered> {
        let call = Call::post(self.path(&["items", "reorder"])).json(&json!({ "rank": order }))?;
        Ok(self.client().send(&call).await?.body)
    }

    /// Changes the notes or the position of one entry.
    pub async fn change_entry(&self, entry: ListItemId, change: &EntryChange) -> Result<()> {
        let path = self.path(&["items", &entry.to_string()]);
        self.client().run(&Call::write(Method::PUT, path).json(change)?).await
    }

    /// The users who like the list.
    pub fn likes(&self) -> Paged<ListLike> {
        Paged::new(self.client(), of_member(&self.lists.user, self.path(&["likes"])))
    }

    /// Likes the list.
    pub async fn like(&self) -> Result<()> {
        self.client().run(&Call::post(self.path(&["like"]))).await
    }

    /// Unlikes the list.
    pub async fn unlike(&self) -> Result<()> {
        self.client().run(&Call::write(Method::DELETE, self.path(&["like"]))).await
    }

    fn client(&self) -> &crate::client::Client {
        &self.lists.users.client
    }

    fn path(&self, rest: &[&str]) -> Vec<String> {
        let rest: Vec<&str> = [self.list.0.as_str()].iter().chain(rest).copied().collect();
        self.lists.path(&rest)
    }
}
