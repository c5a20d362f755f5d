//! Lists themselves: created, renamed, reordered and deleted by their owner.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::read::shown;
use crate::http::context::{Answer, Context};
use crate::http::listing::rank;
use crate::http::refusal::Refusal;
use crate::message::Reply;
use crate::state::{Activity, List, Listing, Privacy, Store};

pub(super) fn create(context: &mut Context<'_>, owner: &str) -> Answer {
    let (body, now) = (context.body()?, context.now);
    let config = context.store.config.clone();
    let owned = context.store.lists.iter().filter(|list| list.owner.as_deref() == Some(owner)).count();
    let user = context.my()?;
    let limit = user.limits(&config).lists;
    if owned >= limit {
        return Err(Refusal::AccountLimit { limit, vip: user.vip });
    }
    let name = body.get("name").and_then(Value::as_str).map(str::trim).filter(|name| !name.is_empty());
    let name = name.ok_or_else(|| Refusal::Validation("name is missing".into()))?;
    let mut list = List {
        id: context.store.take_list_ids(1),
        slug: free_slug(context.store, owner, name),
        owner: Some(owner.to_owned()),
        name: String::new(),
        description: None,
        privacy: Privacy::Private,
        display_numbers: false,
        allow_comments: true,
        sort_by: "rank".into(),
        sort_how: "asc".into(),
        created_at: now,
        listing: Listing::new(now),
        people: BTreeSet::new(),
        likes: Vec::new(),
    };
    write(&mut list, &body, now)?;
    context.store.lists.push(list);
    context.my()?.activities.moved(Activity::Lists, now);
    let list = context.store.lists.last().ok_or(Refusal::NotFound)?;
    Ok(Reply::json(201, &shown(context.store, list)))
}

/// Returns an unused slug: Trakt numbers lists with the same name.
fn free_slug(store: &Store, owner: &str, name: &str) -> String {
    let plain: String =
        name.to_lowercase().chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
    let base = plain.split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-");
    let taken =
        |slug: &str| store.lists.iter().any(|list| list.owner.as_deref() == Some(owner) && list.slug == slug);
    let numbered = (1..).map(|number| format!("{base}-{number}"));
    std::iter::once(base.clone()).chain(numbered).find(|slug| !taken(slug)).unwrap_or(base)
}

/// Applies the members of the body; the slug does not change.
fn write(list: &mut List, body: &Value, now: DateTime<Utc>) -> Result<(), Refusal> {
    let text = |name: &str| body.get(name).and_then(Value::as_str).map(str::to_owned);
    let flag = |name: &str| body.get(name).and_then(Value::as_bool);
    if let Some(privacy) = text("privacy") {
        list.privacy = serde_json::from_value(json!(privacy))
            .map_err(|_| Refusal::Validation("privacy is private, link, friends or public".into()))?;
    }
    list.name = text("name").unwrap_or(std::mem::take(&mut list.name));
    list.description = text("description").or(list.description.take());
    list.display_numbers = flag("display_numbers").unwrap_or(list.display_numbers);
    list.allow_comments = flag("allow_comments").unwrap_or(list.allow_comments);
    list.sort_by = text("sort_by").unwrap_or(std::mem::take(&mut list.sort_by));
    list.sort_how = text("sort_how").unwrap_or(std::mem::take(&mut list.sort_how));
    list.listing.updated_at = now;
    Ok(())
}

pub(super) fn update(context: &mut Context<'_>, at: usize) -> Answer {
    let (body, now) = (context.body()?, context.now);
    write(&mut context.store.lists[at], &body, now)?;
    touched(context)?;
    Ok(Reply::json(200, &shown(context.store, &context.store.lists[at])))
}

pub(super) fn delete(context: &mut Context<'_>, at: usize) -> Answer {
    context.store.lists.remove(at);
    touched(context)?;
    Ok(Reply::empty(204))
}

pub(super) fn reorder_all(context: &mut Context<'_>, owner: &str) -> Answer {
    let ids = rank(context)?;
    let owned = |list: &List| list.owner.as_deref() == Some(owner);
    let (known, skipped): (Vec<u64>, Vec<u64>) =
        ids.iter().partition(|id| context.store.lists.iter().any(|list| list.id == **id && owned(list)));
    context.store.lists.sort_by_key(|list| known.iter().position(|id| *id == list.id).unwrap_or(usize::MAX));
    touched(context)?;
    Ok(Reply::json(200, &json!({"updated": known.len(), "skipped_ids": skipped})))
}

/// Records that the caller's lists changed.
pub(super) fn touched(context: &mut Context<'_>) -> Result<(), Refusal> {
    let now = context.now;
    context.my()?.activities.moved(Activity::Lists, now);
    Ok(())
}
