//! Trakt's API as plain functions from a request to an answer, one file per group of paths.

mod calendars;
mod charts;
mod checkin;
mod collection;
mod context;
mod filters;
mod gate;
mod hidden;
mod history;
mod listing;
mod lists;
mod oauth;
mod playback;
mod progress;
mod ratings;
mod refusal;
mod resolve;
mod scrobble;
mod search;
mod smart_lists;
mod sort;
mod titles;
mod updates;
mod users;
mod vocabulary;
mod watched;
mod watchlist;

use crate::faults::FaultKind;
use crate::message::{Reply, Request};
use crate::state::World;
use context::{Answer, Context};
use refusal::Refusal;
use watchlist::Which;

/// Answers a request as Trakt would, headers included.
pub(crate) fn respond(world: &mut World, request: &Request, faults: &[FaultKind]) -> Reply {
    if request.header("user-agent").is_none_or(|agent| agent.trim().is_empty()) {
        return Reply::edge(403, None);
    }
    let now = world.now();
    let segments = request.segments();
    let reply = if let ["oauth", path @ ..] = segments.as_slice() {
        let mut context = Context { world, request, caller: None, now, faults };
        oauth::route(&mut context, path).unwrap_or_else(Refusal::into_reply)
    } else {
        match gate::enter(world, request, now) {
            Ok(pass) => {
                let mut context = Context { world, request, caller: pass.caller, now, faults };
                let reply = route(&mut context, &segments).unwrap_or_else(Refusal::into_reply);
                reply.header("X-Ratelimit", pass.rate_limit)
            }
            Err(reply) => reply,
        }
    };
    reply.header("Access-Control-Allow-Origin", "*")
}

/// Answers as if this person's token had come along, past all checks.
pub(crate) fn respond_as(world: &mut World, request: &Request, username: &str) -> Reply {
    let now = world.now();
    let mut context = Context { world, request, caller: Some(username.to_owned()), now, faults: &[] };
    route(&mut context, &request.segments()).unwrap_or_else(Refusal::into_reply)
}

fn route(context: &mut Context<'_>, segments: &[&str]) -> Answer {
    match segments {
        ["users", path @ ..] => users::route(context, path),
        ["sync", path @ ..] => sync(context, path),
        ["scrobble", path @ ..] => scrobble::route(context, path),
        ["checkin", path @ ..] => checkin::route(context, path),
        ["search", path @ ..] => search::route(context, path),
        ["movies", path @ ..] => titles::movies(context, path),
        ["shows", path @ ..] => titles::shows(context, path),
        ["calendars", path @ ..] => calendars::route(context, path),
        ["recommendations", path @ ..] => charts::recommendations(context, path),
        ["lists", path @ ..] => lists::public(context, path),
        // Nobody comments here.
        ["comments", ..] => Ok(Reply::json(200, &serde_json::json!([]))),
        path => vocabulary::answer(context, path).unwrap_or(Err(Refusal::NotFound)),
    }
}

fn sync(context: &mut Context<'_>, path: &[&str]) -> Answer {
    context.me()?;
    match path {
        ["last_activities"] => last_activities(context),
        ["history", path @ ..] => history::route(context, path),
        ["watched", path @ ..] => watched::route(context, path),
        ["playback", path @ ..] => playback::route(context, path),
        ["ratings", path @ ..] => ratings::route(context, path),
        ["collection", path @ ..] => collection::route(context, path),
        ["watchlist", path @ ..] => watchlist::route(context, Which::Watchlist, path),
        ["favorites", path @ ..] => watchlist::route(context, Which::Favorites, path),
        ["progress", path @ ..] => progress::of_all(context, path),
        _ => Err(Refusal::NotFound),
    }
}

fn last_activities(context: &mut Context<'_>) -> Answer {
    let me = context.my()?;
    Ok(Reply::json(200, &me.activities.view(me.joined_at)))
}
