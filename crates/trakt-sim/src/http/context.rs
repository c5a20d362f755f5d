//! The context of a handler: the store, the request, and the caller.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::contract;
use super::refusal::Refusal;
use super::resolve::{Resolved, names_episodes_loosely};
use crate::catalogue::Catalogue;
use crate::faults::FaultKind;
use crate::item::Item;
use crate::message::{Reply, Request};
use crate::state::{Store, User};
use crate::views::{Extended, View};

/// The result of every handler.
pub(crate) type Answer = Result<Reply, Refusal>;

/// A call that is being handled.
pub(crate) struct Context<'a> {
    pub store: &'a mut Store,
    pub request: &'a Request,
    /// The user identified by the token, if it is valid.
    pub caller: Option<String>,
    pub now: DateTime<Utc>,
    /// Faults that change how a list is paginated.
    pub faults: &'a [FaultKind],
}

/// Data for views, owned, so that the store can be borrowed at the same time.
pub(crate) struct ViewSource {
    catalogue: Arc<Catalogue>,
    extended: Extended,
    now: DateTime<Utc>,
    base_url: Arc<str>,
    hidden_ids: Vec<String>,
    edited: BTreeMap<Item, DateTime<Utc>>,
    empty_imdb: bool,
}

impl ViewSource {
    /// Includes Plex's IDs even without `extended=full`.
    pub(crate) fn with_plex_ids(mut self) -> Self {
        self.extended.plex = true;
        self
    }

    pub(crate) fn view(&self) -> View<'_> {
        View {
            catalogue: &self.catalogue,
            extended: self.extended,
            now: self.now,
            base_url: &self.base_url,
            hidden_ids: &self.hidden_ids,
            edited: &self.edited,
            empty_imdb: self.empty_imdb,
        }
    }
}

impl Context<'_> {
    pub(crate) fn extended(&self) -> Extended {
        self.request.query("extended").map(Extended::parse).unwrap_or_default()
    }

    pub(crate) fn views(&self) -> ViewSource {
        ViewSource {
            catalogue: self.store.catalogue.clone(),
            extended: self.extended(),
            now: self.now,
            base_url: self.store.base_url.clone(),
            hidden_ids: self.store.hidden_ids.clone(),
            edited: self.store.edited.clone(),
            empty_imdb: self.has_fault(&FaultKind::EmptyImdb),
        }
    }

    /// Returns the caller's username; 401 without a valid token.
    pub(crate) fn me(&self) -> Result<String, Refusal> {
        self.caller.clone().ok_or(Refusal::Unauthorized)
    }

    pub(crate) fn my(&mut self) -> Result<&mut User, Refusal> {
        let me = self.me()?;
        self.store.user_mut(&me).ok_or(Refusal::Unauthorized)
    }

    /// Returns a user specified in a path: `me`, a username or a slug. Private users are visible to themselves and to
    /// their approved followers.
    pub(crate) fn person(&self, name: &str) -> Result<&User, Refusal> {
        let name = if name == "me" { self.me()? } else { name.to_owned() };
        let user = self.store.user(&name).ok_or(Refusal::NotFound)?;
        let shown = !user.private || self.caller.as_deref().is_some_and(|caller| self.may_see(caller, user));
        if shown { Ok(user) } else { Err(Refusal::PrivateUser) }
    }

    fn may_see(&self, caller: &str, user: &User) -> bool {
        let mut follows = self.store.follows.iter();
        caller == user.username
            || follows.any(|follow| follow.approved && follow.from == caller && follow.to == user.username)
    }

    /// Returns the body as JSON. Null members are accepted; the only exception is in `scrobble`.
    pub(crate) fn body(&self) -> Result<Value, Refusal> {
        let body: Value = serde_json::from_slice(&self.request.body)
            .map_err(|_| Refusal::BadRequest("the body is not valid JSON"))?;
        if body.is_object() { Ok(body) } else { Err(Refusal::BadRequest("the body must be an object")) }
    }

    /// Returns whether writes that violate the contract are rejected. Calls made as another device are exempt:
    /// they stand for clients of any kind.
    pub(super) fn is_held_to_the_contract(&self) -> bool {
        self.store.config.strict_contract && !self.request.is_internal
    }

    /// Resolves the items of a write. Faults on writes are applied here.
    pub(crate) fn resolved(&self) -> Result<Resolved, Refusal> {
        let body = self.body()?;
        self.check_episode_ids(&body)?;
        if self.is_held_to_the_contract() {
            contract::check_items(&self.request.path, &body)?;
        }
        let mut resolved = Resolved::read(&body, &self.store.catalogue)?;
        if let Some(keep) = self.taken_of_write() {
            resolved.named.truncate(keep);
        }
        Ok(resolved)
    }

    /// Returns how many items of a write are accepted while the fault that silently drops the rest is active.
    pub(crate) fn taken_of_write(&self) -> Option<usize> {
        self.faults.iter().find_map(|fault| match fault {
            FaultKind::PartialAdd { keep } => Some(*keep),
            _ => None,
        })
    }

    /// Rejects loosely identified episodes while the corresponding fault is active.
    pub(crate) fn check_episode_ids(&self, body: &Value) -> Result<(), Refusal> {
        let strict = self.faults.iter().find_map(|fault| match fault {
            FaultKind::StrictEpisodeIds { status } => Some(*status),
            _ => None,
        });
        match strict.filter(|_| names_episodes_loosely(body)) {
            Some(status) => Err(Refusal::EpisodeIds { status }),
            None => Ok(()),
        }
    }

    pub(crate) fn has_fault(&self, kind: &FaultKind) -> bool {
        self.faults.contains(kind)
    }
}
