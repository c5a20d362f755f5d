//! `/sync/ratings` and `/users/{id}/ratings`.

use hyper::Method;
use serde_json::{Value, json};

use super::context::{Answer, Context};
use super::contract::check_ratings;
use super::refusal::Refusal;
use super::resolve::counts;
use crate::item::{Item, Kind};
use crate::message::Reply;
use crate::state::{Activity, Rated};
use crate::views::RatingView;

pub(super) fn route(context: &mut Context<'_>, path: &[&str]) -> Answer {
    match (context.request.method.clone(), path) {
        (Method::GET, path) => read(context, "me", path),
        (Method::POST, []) => add(context),
        (Method::POST, ["remove"]) => remove(context),
        _ => Err(Refusal::MethodNotAllowed),
    }
}

/// `[/{type}[/{rating,rating ...}]]`, newest first. Returns everything in one response unless a page is
/// requested (trakt-api issue 919).
pub(super) fn read(context: &Context<'_>, name: &str, path: &[&str]) -> Answer {
    let user = context.person(name)?;
    if path.len() > 2 {
        return Err(Refusal::NotFound);
    }
    let kinds = match path.first() {
        Some(kinds) => Kind::parse_many(kinds).ok_or(Refusal::NotFound)?,
        None => Kind::ALL.to_vec(),
    };
    let stars =
        path.get(1).map(|text| text.split(',').filter_map(|star| star.parse().ok()).collect::<Vec<u8>>());
    let mut ratings: Vec<(Item, Rated)> = user
        .ratings
        .iter()
        .map(|(item, rated)| (*item, *rated))
        .filter(|(item, rated)| {
            kinds.contains(&item.kind()) && stars.as_ref().is_none_or(|stars| stars.contains(&rated.rating))
        })
        .collect();
    ratings.sort_by_key(|(item, rated)| (std::cmp::Reverse(rated.rated_at), *item));
    let views = context.views();
    let show = |(item, rated): &(Item, Rated)| RatingView::new(views.view(), *item, *rated);
    if context.requests_a_page() { context.paged(&ratings, show) } else { context.whole(&ratings, show) }
}

fn add(context: &mut Context<'_>) -> Answer {
    check_ratings(&context.body()?)?;
    let resolved = context.resolved()?;
    let (now, config) = (context.now, context.store.config.clone());
    let mut rated: Vec<(Item, Rated)> = Vec::new();
    for named in &resolved.named {
        let rating =
            named.members.get("rating").and_then(Value::as_u64).filter(|rating| (1..=10).contains(rating));
        let rating =
            rating.ok_or_else(|| Refusal::Validation("a rating is a whole number from 1 to 10".into()))?;
        let rated_at = named.text("rated_at").and_then(crate::clock::parse_time).unwrap_or(now);
        rated.push((named.item, Rated { rating: rating as u8, rated_at }));
    }
    let user = context.my()?;
    let limit = user.limits(&config).ratings;
    let fresh = rated.iter().filter(|(item, _)| !user.ratings.contains_key(item)).count();
    if fresh > 0 && user.ratings.len() + fresh > limit {
        return Err(Refusal::AccountLimit { limit, vip: user.vip });
    }
    for (item, rated) in &rated {
        user.ratings.insert(*item, *rated);
        user.activities.moved(Activity::Rated(item.kind()), now);
    }
    let added = counts(&Kind::ALL, rated.iter().map(|(item, _)| item.kind()));
    Ok(Reply::json(201, &json!({"added": added, "not_found": resolved.not_found()})))
}

fn remove(context: &mut Context<'_>) -> Answer {
    let resolved = context.resolved()?;
    let now = context.now;
    let user = context.my()?;
    let mut removed = Vec::new();
    for named in &resolved.named {
        if user.ratings.remove(&named.item).is_some() {
            removed.push(named.item.kind());
            user.activities.moved(Activity::Rated(named.item.kind()), now);
        }
    }
    let deleted = counts(&Kind::ALL, removed.iter().copied());
    Ok(Reply::json(200, &json!({"deleted": deleted, "not_found": resolved.not_found()})))
}
