//! What a handler works with: the store, the request, and who is calling.

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

/// What every handler answers.
pub(crate) type Answer = Result<Reply, Refusal>;

/// One call on its way through a handler.
pub(crate) struct Context<'a> {
    pub store: &'a mut Store,
    pub request: &'a Request,
    /// The person behind the token, when there is a good one.
    pub caller: Option<String>,
    pub now: DateTime<Utc>,
    /// Faults that change how a list is cut into pages.
    pub faults: &'a [FaultKind],
}

/// What views need, owned, so that the store can be borrowed at the same time.
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
    /// Shows Plex's ids even without `extended=full`.
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

    /// The caller's username; 401 without a good token.
    pub(crate) fn me(&self) -> Result<String, Refusal> {
        self.caller.clone().ok_or(Refusal::Unauthorized)
    }

    pub(crate) fn my(&mut self) -> Result<&mut User, Refusal> {
        let me = self.me()?;
        self.store.user_mut(&me).ok_or(Refusal::Unauthorized)
    }

    /// A person named in a path: `me`, a username or a slug. Private people are shown to themselves and to those whom they let
    /// follow them.
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

    /// The body as JSON. Null members are accepted: see `scrobble` for the one exception.
    pub(crate) fn body(&self) -> Result<Value, Refusal> {
        let body: Value = serde_json::from_slice(&self.request.body)
            .map_err(|_| Refusal::BadRequest("the body is not valid JSON"))?;
        if body.is_object() { Ok(body) } else { Err(Refusal::BadRequest("the body must be an object")) }
    }

    /// Whether a write that the contract refuses is refused. Other devices may be clients of any kind.
    pub(super) fn is_held_to_the_contract(&self) -> bool {
        self.store.config.strict_contract && !self.request.is_internal
    }

    /// What a write names. Faults on writes strike here.
    pub(crate) fn resolved(&self) -> Result<Resolved, Refusal> {
        let body = self.body()?;
        self.check_episode_ids(&body)?;
        if self.is_held_to_the_contract() {
            contract::names_items(&self.request.path, &body)?;
        }
        let mut resolved = Resolved::read(&body, &self.store.catalogue)?;
        if let Some(keep) = self.taken_of_write() {
            resolved.named.truncate(keep);
        }
        Ok(resolved)
    }

    /// How much of a write is taken without a word about the rest, while the fault for it is armed.
    pub(crate) fn taken_of_write(&self) -> Option<usize> {
        self.faults.iter().find_map(|fault| match fault {
            FaultKind::PartialAdd { keep } => Some(*keep),
            _ => None,
        })
    }

    /// Refuses loosely named episodes while the fault for it is armed.
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
