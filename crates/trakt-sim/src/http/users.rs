//! `/users/*`: settings, profiles, and what people let others see.

use hyper::Method;
use serde_json::{Value, json};

use super::{Answer, Context, Refusal, Reply, history, watched};
use crate::state::Activity;
use crate::views::{UserView, WatchingView, merge, settings};

pub(super) fn route(context: &mut Context<'_>, path: &[&str]) -> Answer {
    match (context.request.method.clone(), path) {
        (Method::GET, ["settings"]) => read_settings(context),
        (Method::PUT, ["settings"]) => change_settings(context),
        (_, ["settings"]) => Err(Refusal::MethodNotAllowed),
        (Method::GET, [name]) => profile(context, name),
        (Method::GET, [name, "watching"]) => watching(context, name),
        (Method::GET, [name, "history", path @ ..]) => history::read(context, name, path),
        (Method::GET, [name, "watched", path @ ..]) => watched::of_user(context, name, path),
        _ => Err(Refusal::NotFound),
    }
}

fn read_settings(context: &mut Context<'_>) -> Answer {
    let config = context.world.config.clone();
    let base_url = context.world.base_url.clone();
    let me = context.my()?;
    Ok(Reply::json(200, &settings(me, me.limits(&config), &base_url)))
}

fn change_settings(context: &mut Context<'_>) -> Answer {
    let body = context.body()?;
    let now = context.now;
    let me = context.my()?;
    if let Some(user) = body.get("user") {
        let text = |name: &str| user.get(name).and_then(Value::as_str).map(str::to_owned);
        me.name = text("name").or(me.name.take());
        me.about = text("about").or(me.about.take());
        me.location = text("location").or(me.location.take());
        me.private = user.get("private").and_then(Value::as_bool).unwrap_or(me.private);
    }
    if let Some(browsing) = body.get("browsing").filter(|browsing| browsing.is_object()) {
        let mut merged = Value::Object(std::mem::take(&mut me.browsing));
        merge(&mut merged, browsing.clone());
        me.browsing = merged.as_object().cloned().unwrap_or_default();
    }
    me.activities.moved(Activity::Settings, now);
    Ok(Reply::json(201, &json!({})))
}

fn profile(context: &Context<'_>, name: &str) -> Answer {
    // A private person's name is public, the rest is not.
    let user = match context.person(name) {
        Err(Refusal::PrivateUser) => context.world.user(name).ok_or(Refusal::NotFound)?,
        other => return other.map(|user| full_profile(context, user)),
    };
    Ok(Reply::json(200, &UserView::short(user)))
}

fn full_profile(context: &Context<'_>, user: &crate::state::User) -> Reply {
    match context.extended().full {
        true => Reply::json(200, &UserView::full(user, &context.world.base_url)),
        false => Reply::json(200, &UserView::short(user)),
    }
}

fn watching(context: &Context<'_>, name: &str) -> Answer {
    let user = context.person(name)?;
    let views = context.views();
    let watching =
        user.watching_at(context.now).and_then(|watching| WatchingView::new(views.view(), watching));
    Ok(watching.map_or_else(|| Reply::empty(204), |watching| Reply::json(200, &watching)))
}
