//! What a handler works with: the world, the request, and who is calling.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::Value;

use super::refusal::Refusal;
use crate::catalogue::Catalogue;
use crate::faults::FaultKind;
use crate::item::Item;
use crate::message::{Reply, Request};
use crate::state::{User, World};
use crate::views::{Extended, View};

/// What every handler answers.
pub(crate) type Answer = Result<Reply, Refusal>;

/// One call on its way through a handler.
pub(crate) struct Context<'a> {
    pub world: &'a mut World,
    pub request: &'a Request,
    /// The person behind the token, when there is a good one.
    pub caller: Option<String>,
    pub now: DateTime<Utc>,
    /// Faults that change how a list is cut into pages.
    pub faults: &'a [FaultKind],
}

/// What views need, owned, so that the world can be borrowed beside it.
pub(crate) struct ViewSource {
    catalogue: Arc<Catalogue>,
    extended: Extended,
    now: DateTime<Utc>,
    base_url: Arc<str>,
    hidden_ids: Vec<String>,
    edited: BTreeMap<Item, DateTime<Utc>>,
}

impl ViewSource {
    pub(crate) fn view(&self) -> View<'_> {
        View {
            catalogue: &self.catalogue,
            extended: self.extended,
            now: self.now,
            base_url: &self.base_url,
            hidden_ids: &self.hidden_ids,
            edited: &self.edited,
        }
    }
}

impl Context<'_> {
    pub(crate) fn extended(&self) -> Extended {
        self.request.query("extended").map(Extended::parse).unwrap_or_default()
    }

    pub(crate) fn views(&self) -> ViewSource {
        ViewSource {
            catalogue: self.world.catalogue.clone(),
            extended: self.extended(),
            now: self.now,
            base_url: self.world.base_url.clone(),
            hidden_ids: self.world.hidden_ids.clone(),
            edited: self.world.edited.clone(),
        }
    }

    /// The caller's username; 401 without a good token.
    pub(crate) fn me(&self) -> Result<String, Refusal> {
        self.caller.clone().ok_or(Refusal::Unauthorized)
    }

    pub(crate) fn my(&mut self) -> Result<&mut User, Refusal> {
        let me = self.me()?;
        self.world.user_mut(&me).ok_or(Refusal::Unauthorized)
    }

    /// A person named in a path: `me`, a username or a slug. Private people are shown to themselves only.
    pub(crate) fn person(&self, name: &str) -> Result<&User, Refusal> {
        let name = if name == "me" { self.me()? } else { name.to_owned() };
        let user = self.world.user(&name).ok_or(Refusal::NotFound)?;
        let own = self.caller.as_deref() == Some(user.username.as_str());
        if user.private && !own { Err(Refusal::PrivateUser) } else { Ok(user) }
    }

    /// The body as JSON. Null members are refused since April 2026 (PlexTraktSync 2447).
    pub(crate) fn body(&self) -> Result<Value, Refusal> {
        let body: Value = serde_json::from_slice(&self.request.body)
            .map_err(|_| Refusal::BadRequest("the body is not valid JSON"))?;
        if !body.is_object() {
            return Err(Refusal::BadRequest("the body must be an object"));
        }
        if holds_null(&body) {
            return Err(Refusal::BadRequest("null members are not allowed"));
        }
        Ok(body)
    }

    /// One page of `all`. `show` makes the entry of an item; what it cannot show is left out.
    pub(crate) fn paged<T, S: Serialize>(&self, all: &[T], show: impl Fn(&T) -> Option<S>) -> Answer {
        self.paged_within(all, self.world.config.default_limit, self.world.config.max_limit, show)
    }

    /// As `paged`, with page sizes of its own.
    pub(crate) fn paged_within<T, S: Serialize>(
        &self,
        all: &[T],
        default: usize,
        max: usize,
        show: impl Fn(&T) -> Option<S>,
    ) -> Answer {
        let page = self.number("page")?.unwrap_or(1).max(1);
        let ignored = self.faults.contains(&FaultKind::IgnoreLimit);
        let asked = self.number("limit")?.filter(|limit| *limit > 0 && !ignored);
        let limit = asked.unwrap_or(default).min(max);
        let all = &all[self.shrunk_by(page).min(all.len())..];
        let from = (page - 1).saturating_mul(limit).min(all.len());
        let to = (from + limit).min(all.len());
        let entries: Vec<S> = all[from..to].iter().filter_map(show).collect();
        let reply = Reply::json(200, &entries);
        let off = self.faults.iter().find_map(|fault| match fault {
            FaultKind::WrongPageCounts { by } => Some(*by),
            _ => None,
        });
        let told = |count: usize| (count as i64 + off.unwrap_or(0)).max(0).to_string();
        Ok(reply
            .header("X-Pagination-Page", page.to_string())
            .header("X-Pagination-Limit", limit.to_string())
            .header("X-Pagination-Page-Count", told(all.len().div_ceil(limit)))
            .header("X-Pagination-Item-Count", told(all.len())))
    }

    /// All of `all` in one answer.
    pub(crate) fn whole<T, S: Serialize>(&self, all: &[T], show: impl Fn(&T) -> Option<S>) -> Answer {
        Ok(Reply::json(200, &all.iter().filter_map(show).collect::<Vec<S>>()))
    }

    fn shrunk_by(&self, page: usize) -> usize {
        let by = self.faults.iter().find_map(|fault| match fault {
            FaultKind::ShrinkingLists { by } => Some(*by),
            _ => None,
        });
        if page > 1 { by.unwrap_or(0) } else { 0 }
    }

    fn number(&self, name: &str) -> Result<Option<usize>, Refusal> {
        let Some(text) = self.request.query(name) else { return Ok(None) };
        if text == "all" {
            return Ok(Some(usize::MAX));
        }
        text.parse().map(Some).map_err(|_| Refusal::BadRequest("page and limit are whole numbers"))
    }
}

fn holds_null(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(values) => values.iter().any(holds_null),
        Value::Object(members) => members.values().any(holds_null),
        _ => false,
    }
}
