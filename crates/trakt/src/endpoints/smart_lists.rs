//! `/users/{id}/smart-lists`.

use reqwest::Method;

use super::{Users, of_member};
use crate::client::Call;
use crate::error::Result;
use crate::models::{NewSmartList, PathId, SmartList, SmartListChange, SmartListCreated};
use crate::paging::Listing;
use crate::request::Read;

/// Saved filters that Trakt keeps up to date.
#[derive(Debug, Clone)]
pub struct SmartLists {
    users: Users,
    user: String,
}

impl Users {
    /// The smart lists of a member.
    pub fn smart_lists(&self, user: impl Into<String>) -> SmartLists {
        SmartLists { users: self.clone(), user: user.into() }
    }
}

impl SmartLists {
    /// All smart lists of the member.
    pub fn all(&self) -> Read<Listing<SmartList>> {
        Read::new(&self.users.client, of_member(&self.user, self.path(None)))
    }

    /// One smart list.
    pub fn summary(&self, list: impl Into<PathId>) -> Read<SmartList> {
        Read::new(&self.users.client, of_member(&self.user, self.path(Some(list.into()))))
    }

    /// Creates a smart list. Sending it twice creates two, so a lost response is
    /// [`Error::Unknown`](crate::Error::Unknown).
    pub async fn create(&self, list: &NewSmartList) -> Result<SmartListCreated> {
        let call = Call::post(self.path(None)).json(list)?.duplicates();
        Ok(self.users.client.send(&call).await?.body)
    }

    /// Changes a smart list.
    pub async fn update(&self, list: impl Into<PathId>, change: &SmartListChange) -> Result<SmartList> {
        let call = Call::write(Method::PUT, self.path(Some(list.into()))).json(change)?;
        Ok(self.users.client.send(&call).await?.body)
    }

    /// Deletes a smart list.
    pub async fn delete(&self, list: impl Into<PathId>) -> Result<()> {
        self.users.client.run(&Call::write(Method::DELETE, self.path(Some(list.into())))).await
    }

    fn path(&self, list: Option<PathId>) -> Vec<String> {
        ["users", &self.user, "smart-lists"]
            .into_iter()
            .map(str::to_owned)
            .chain(list.map(|list| list.0))
            .collect()
    }
}
