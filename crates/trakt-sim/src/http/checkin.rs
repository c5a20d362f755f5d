//! `/checkin`: "I am watching this", which becomes a play by itself.

use chrono::Duration;
use hyper::Method;
use serde_json::{Map, json};

use super::context::{Answer, Context};
use super::history::{add_plays, remove_plays};
use super::refusal::Refusal;
use super::scrobble::{item_of, runtime};
use crate::message::Reply;
use crate::state::{Action, Watching, WatchingBy};
use crate::views::{Stamp, With};

pub(super) fn route(context: &mut Context<'_>, path: &[&str]) -> Answer {
    context.me()?;
    match (context.request.method.clone(), path) {
        (Method::POST, []) => start(context),
        (Method::DELETE, []) => cancel(context),
        (_, path) => Err(Refusal::unanswered(path.is_empty())),
    }
}

fn start(context: &mut Context<'_>) -> Answer {
    let body = context.body()?;
    let (me, now) = (context.me()?, context.now);
    context.check_episode_ids(&body)?;
    let item = item_of(&body, &context.store.catalogue).ok_or(Refusal::NotFound)?;
    if let Some(running) =
        context.my()?.watching_at(now).filter(|watching| watching.by == WatchingBy::Checkin)
    {
        return Err(Refusal::AlreadyCheckedIn { expires_at: running.expires_at });
    }
    let plays = add_plays(context.store, &me, &[(item, now)], Action::Checkin, now)?;
    let expires_at = now + Duration::minutes(runtime(item, &context.store.catalogue) as i64);
    context.my()?.watching = Some(Watching { item, by: WatchingBy::Checkin, started_at: now, expires_at });
    let views = context.views();
    let sharing = body.get("sharing").filter(|sharing| sharing.is_object()).cloned();
    let sharing = sharing.unwrap_or(json!({"twitter": false, "mastodon": false, "tumblr": false}));
    let members = Map::from_iter([
        ("id".to_owned(), json!(plays.first().map_or(0, |play| play.id))),
        ("watched_at".to_owned(), json!(Stamp(now))),
        ("sharing".to_owned(), sharing),
    ]);
    let item = views.view().item(item).ok_or(Refusal::NotFound)?;
    Ok(Reply::json(context.store.config.created_status, &With { members, item }))
}

/// Cancels the running check-in, including its play.
fn cancel(context: &mut Context<'_>) -> Answer {
    let now = context.now;
    let user = context.my()?;
    let running = user.watching_at(now).filter(|watching| watching.by == WatchingBy::Checkin).cloned();
    if let Some(running) = running {
        let mut plays = user.history.newest();
        let play = plays
            .find(|play| play.item == running.item && play.action == Action::Checkin)
            .map(|play| play.id);
        drop(plays);
        remove_plays(user, &Vec::from_iter(play), &[], now);
        user.watching = None;
    }
    Ok(Reply::empty(204))
}
