//! `/people/*`: actors and what they play in.

use hyper::Method;
use serde::{Serialize, Serializer};
use serde_json::{Value, json};

use super::context::{Answer, Context};
use super::refusal::Refusal;
use crate::catalogue::Facts;
use crate::catalogue::people::{Actor, TMDB_OFFSET, actor, actor_by_segment, cast};
use crate::message::Reply;

pub(super) fn route(context: &Context<'_>, path: &[&str]) -> Answer {
    if context.request.method != Method::GET {
        return Err(Refusal::MethodNotAllowed);
    }
    let (id, path) = path.split_first().ok_or(Refusal::NotFound)?;
    if *id == "updates" {
        return context.paged_nothing();
    }
    let actor = actor_by_segment(id).ok_or(Refusal::NotFound)?;
    match path {
        [] => Ok(Reply::json(200, &ActorView { actor: &actor, full: context.extended().full })),
        ["movies"] => Ok(Reply::json(200, &movies(context, &actor))),
        ["shows"] => Ok(Reply::json(200, &shows(context, &actor))),
        ["lists", ..] => context.paged_nothing(),
        _ => Err(Refusal::NotFound),
    }
}

/// The actors of a movie or show with their roles, the lead first.
pub(super) fn cast_of(facts: &Facts) -> Vec<(Actor, &'static str)> {
    cast(&facts.ids.slug).into_iter().filter_map(|(id, role)| Some((actor(id)?, role))).collect()
}

fn role(facts: &Facts, of: &Actor) -> Option<&'static str> {
    cast(&facts.ids.slug).into_iter().find(|(id, _)| *id == of.id).map(|(_, role)| role)
}

fn movies(context: &Context<'_>, of: &Actor) -> Value {
    let views = context.views();
    let view = views.view();
    let roles = view.catalogue.movies().iter().filter_map(|movie| {
        let role = role(&movie.facts, of)?;
        Some(json!({"character": role, "characters": [role], "movie": view.movie(movie)}))
    });
    json!({"cast": roles.collect::<Vec<_>>(), "crew": {}})
}

fn shows(context: &Context<'_>, of: &Actor) -> Value {
    let views = context.views();
    let view = views.view();
    let roles = view.catalogue.shows().iter().filter_map(|show| {
        let role = role(&show.facts, of)?;
        let episodes: u32 = show.seasons.iter().map(|season| u32::from(season.episode_count)).sum();
        Some(json!({"character": role, "characters": [role], "episode_count": episodes,
                    "series_regular": true, "show": view.show(show)}))
    });
    json!({"cast": roles.collect::<Vec<_>>(), "crew": {}})
}

/// A person as answers show them.
pub(super) struct ActorView<'a> {
    pub actor: &'a Actor,
    pub full: bool,
}

impl Serialize for ActorView<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Actor { id, name, slug } = self.actor;
        let ids = json!({"trakt": id, "slug": slug, "imdb": format!("nm{:07}", id + 8_000_000), "tmdb": id + TMDB_OFFSET});
        let mut person = json!({"name": name, "ids": ids});
        if self.full {
            let full = json!({"biography": format!("{name} is an invented actor."), "birthday": null, "death": null,
                "birthplace": null, "homepage": null, "gender": null, "known_for_department": "acting",
                "social_ids": {"twitter": null, "facebook": null, "instagram": null, "wikipedia": null},
                "updated_at": "2026-01-01T00:00:00.000Z"});
            crate::views::merge(&mut person, full);
        }
        person.serialize(serializer)
    }
}
