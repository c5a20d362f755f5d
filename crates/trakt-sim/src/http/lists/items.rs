//! Items of a list.

use serde_json::Value;

use super::edit::touched;
use crate::http::context::{Answer, Context};
use crate::http::listing::{Allowed, change, put, rank, rearrange, sort_out, take};
use crate::http::refusal::Refusal;
use crate::item::Kind;
use crate::message::Reply;

pub(super) fn add(context: &mut Context<'_>, at: usize) -> Answer {
    let resolved = context.resolved()?;
    let (me, now) = (context.me()?, context.now);
    let first_id = context.store.take_list_ids(resolved.named.len());
    let user = context.store.user(&me).ok_or(Refusal::Unauthorized)?;
    let allowed = Allowed { vip: user.vip, items: user.limits(&context.store.config).list_items };
    let listing = &mut context.store.lists[at].listing;
    let added = sort_out(listing, &resolved.named, allowed, first_id, now)?;
    let body = put(listing, added, &Kind::ALL, resolved.not_found(), now);
    let people = people(&context.body()?);
    context.store.lists[at].people.extend(people);
    touched(context)?;
    Ok(Reply::json(201, &body))
}

pub(super) fn remove(context: &mut Context<'_>, at: usize) -> Answer {
    let resolved = context.resolved()?;
    let now = context.now;
    let listing = &mut context.store.lists[at].listing;
    let (_, body) = take(listing, &resolved.named, &Kind::ALL, resolved.not_found(), now);
    let people = people(&context.body()?);
    context.store.lists[at].people.retain(|person| !people.contains(person));
    touched(context)?;
    Ok(Reply::json(200, &body))
}

pub(super) fn reorder(context: &mut Context<'_>, at: usize) -> Answer {
    let (ids, now) = (rank(context)?, context.now);
    let body = rearrange(&mut context.store.lists[at].listing, &ids, now);
    touched(context)?;
    Ok(Reply::json(200, &body))
}

pub(super) fn change_item(context: &mut Context<'_>, at: usize, id: &str) -> Answer {
    let (body, now) = (context.body()?, context.now);
    let vip = context.my()?.vip;
    change(&mut context.store.lists[at].listing, id, &body, vip, now)?;
    touched(context)?;
    Ok(Reply::empty(204))
}

/// Returns the people specified in a body.
fn people(body: &Value) -> Vec<u64> {
    let people = body.get("people").and_then(Value::as_array).into_iter().flatten();
    people.filter_map(|person| person["ids"]["trakt"].as_u64()).collect()
}
