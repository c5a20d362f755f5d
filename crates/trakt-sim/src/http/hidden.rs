//! `/users/hidden/{section}`: items hidden by a user.

use chrono::{DateTime, Utc};
use hyper::Method;
use serde_json::json;

use super::context::{Answer, Context};
use super::refusal::Refusal;
use super::resolve::counts;
use crate::item::{Item, Kind};
use crate::message::Reply;
use crate::state::{Activity, User};
use crate::views::HiddenView;

pub(super) fn route(context: &mut Context<'_>, path: &[&str]) -> Answer {
    let (section, rest) = path.split_first().ok_or(Refusal::NotFound)?;
    let kinds: &[Kind] = match *section {
        "calendar" | "recommendations" => &[Kind::Movie, Kind::Show],
        "progress_watched" | "progress_collected" | "progress_watched_reset" => &[Kind::Show, Kind::Season],
        "dropped" => &[Kind::Movie, Kind::Show],
        "comments" => &[],
        _ => return Err(Refusal::NotFound),
    };
    context.me()?;
    match (context.request.method.clone(), rest) {
        (Method::GET, []) => read(context, section),
        (Method::POST, []) => add(context, section, kinds),
        (Method::POST, ["remove"]) => remove(context, section, kinds),
        (_, rest) => Err(Refusal::unanswered(matches!(rest, [] | ["remove"]))),
    }
}

fn read(context: &Context<'_>, section: &str) -> Answer {
    let user = context.person("me")?;
    let kinds = context.request.query("type").and_then(Kind::parse_many).unwrap_or(Kind::ALL.to_vec());
    let mut hidden: Vec<(Item, DateTime<Utc>)> = user
        .hidden
        .get(section)
        .into_iter()
        .flatten()
        .map(|(item, at)| (*item, *at))
        .filter(|(item, _)| kinds.contains(&item.kind()))
        .collect();
    hidden.sort_by_key(|(item, at)| (std::cmp::Reverse(*at), *item));
    let views = context.views();
    context.paged(&hidden, |(item, at)| HiddenView::new(views.view(), *item, *at))
}

/// Hides one item, for this module and for recommendations.
pub(super) fn hide(user: &mut User, section: &str, item: Item, hidden_at: DateTime<Utc>, now: DateTime<Utc>) {
    user.hidden.entry(section.to_owned()).or_default().insert(item, hidden_at);
    moved(user, section, item.kind(), now);
}

/// Unhides an item; returns whether it was hidden.
pub(super) fn unhide(user: &mut User, section: &str, item: Item, now: DateTime<Utc>) -> bool {
    let was_hidden = user.hidden.get_mut(section).is_some_and(|items| items.remove(&item).is_some());
    if was_hidden {
        moved(user, section, item.kind(), now);
    }
    was_hidden
}

fn moved(user: &mut User, section: &str, kind: Kind, now: DateTime<Utc>) {
    let dropped_show = section == "dropped" && kind == Kind::Show;
    let activity = if dropped_show { Activity::Dropped } else { Activity::Hidden(kind) };
    user.activities.moved(activity, now);
}

fn add(context: &mut Context<'_>, section: &str, kinds: &[Kind]) -> Answer {
    let mut resolved = context.resolved()?;
    resolved.named.retain(|named| kinds.contains(&named.item.kind()));
    let now = context.now;
    let user = context.my()?;
    for named in &resolved.named {
        let hidden_at = named.text("hidden_at").and_then(crate::clock::parse_time).unwrap_or(now);
        hide(user, section, named.item, hidden_at, now);
    }
    // Dropping a movie gives an empty response.
    if section == "dropped" && resolved.named.iter().any(|named| named.item.kind() == Kind::Movie) {
        return Ok(Reply::empty(204));
    }
    let mut added = counts(&Kind::ALL, resolved.named.iter().map(|named| named.item.kind()));
    // The contract's spelling; older clients read the plural.
    added["season"] = added["seasons"].clone();
    Ok(Reply::json(200, &json!({"added": added, "not_found": resolved.not_found()})))
}

fn remove(context: &mut Context<'_>, section: &str, kinds: &[Kind]) -> Answer {
    let mut resolved = context.resolved()?;
    resolved.named.retain(|named| kinds.contains(&named.item.kind()));
    let now = context.now;
    let user = context.my()?;
    let mut removed = Vec::new();
    for named in &resolved.named {
        if unhide(user, section, named.item, now) {
            removed.push(named.item.kind());
        }
    }
    let deleted = counts(&Kind::ALL, removed.iter().copied());
    Ok(Reply::json(200, &json!({"deleted": deleted, "not_found": resolved.not_found()})))
}
