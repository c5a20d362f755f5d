//! Trakt's API as plain functions from a request to a response, one file per group of paths.

mod caching;
mod calendars;
mod charts;
mod checkin;
mod collection;
mod comments;
mod context;
mod contract;
mod extras;
mod filters;
mod gate;
mod hidden;
mod history;
mod listing;
mod lists;
mod oauth;
mod paging;
mod people;
mod playback;
mod progress;
mod ratings;
mod refusal;
mod resolve;
mod saved_filters;
mod scrobble;
mod search;
mod smart_lists;
mod social;
mod sort;
mod titles;
mod updates;
mod users;
mod vocabulary;
mod watched;
mod watchlist;

use chrono::{DateTime, Utc};
use hyper::Method;

use crate::faults::FaultKind;
use crate::message::{Host, Reply, Request};
use crate::state::Store;
use context::{Answer, Context};
use refusal::Refusal;
use watchlist::Which;

/// Responds to a request like Trakt, including headers.
pub(crate) fn respond(store: &mut Store, request: &Request, faults: &[FaultKind]) -> Reply {
    if request.header("user-agent").is_none_or(|agent| agent.trim().is_empty()) {
        return Reply::edge(403, None);
    }
    if request.method == Method::OPTIONS {
        return caching::preflight(request);
    }
    let request = &request.as_get();
    let reply = if request.path.starts_with("/oauth/") {
        routed(store, request, None, faults)
    } else if request.host == Some(Host::Auth) {
        Reply::empty(404)
    } else {
        let now = store.now();
        match gate::enter(store, request, now) {
            Ok(pass) => routed(store, request, pass.caller, faults).header("X-Ratelimit", pass.rate_limit),
            Err(reply) => reply,
        }
    };
    caching::finish(request, reply)
}

/// Responds as if the request had this user's token, without any checks.
pub(crate) fn respond_as(store: &mut Store, request: &Request, username: &str) -> Reply {
    routed(store, request, Some(username.to_owned()), &[])
}

/// Applies the writes that are due by now, each at its own time.
pub(crate) fn apply_due(store: &mut Store) {
    let now = store.now();
    store.late.sort_by_key(|late| late.due);
    while store.late.first().is_some_and(|late| late.due <= now) {
        let late = store.late.remove(0);
        routed_at(store, &late.request, late.caller, &[], late.due);
    }
}

fn routed(store: &mut Store, request: &Request, caller: Option<String>, faults: &[FaultKind]) -> Reply {
    let now = store.now();
    routed_at(store, request, caller, faults, now)
}

fn routed_at(
    store: &mut Store,
    request: &Request,
    caller: Option<String>,
    faults: &[FaultKind],
    now: DateTime<Utc>,
) -> Reply {
    let mut context = Context { store, request, caller, now, faults };
    let answer = match request.segments().as_slice() {
        ["oauth", path @ ..] => oauth::route(&mut context, path),
        path => route(&mut context, path),
    };
    answer.unwrap_or_else(Refusal::into_reply)
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
        ["people", path @ ..] => people::route(context, path),
        ["smart-lists", path @ ..] => smart_lists::public(context, path),
        ["lists", path @ ..] => lists::public(context, path),
        ["comments", path @ ..] => comments::route(context, path),
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
        // The older name of the favourites, which live clients still use.
        ["favorites" | "recommendations", path @ ..] => watchlist::route(context, Which::Favorites, path),
        ["progress", path @ ..] => progress::of_all(context, path),
        _ => Err(Refusal::NotFound),
    }
}

fn last_activities(context: &mut Context<'_>) -> Answer {
    let me = context.my()?;
    Ok(Reply::json(200, &me.activities.view(me.joined_at)))
}
