//! `/people/*`: actors, their roles and their crew jobs.

use hyper::Method;
use serde::{Serialize, Serializer};
use serde_json::{Value, json};

use super::context::{Answer, Context};
use super::refusal::Refusal;
use crate::catalogue::people::{Actor, TMDB_OFFSET, actor, actor_by_segment, cast, crew, life};
use crate::catalogue::{Facts, Movie, Show};
use crate::message::Reply;
use crate::views::View;

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
        [] => Ok(Reply::json(200, &ActorView { view: &context.views().view(), actor: &actor })),
        ["movies"] => Ok(Reply::json(200, &movies(context, &actor))),
        ["shows"] => Ok(Reply::json(200, &shows(context, &actor))),
        ["lists", ..] => context.paged_nothing(),
        _ => Err(Refusal::NotFound),
    }
}

/// Returns actors with their roles.
pub(super) fn cast_view(view: &View<'_>, cast: Vec<(u64, &'static str)>) -> Vec<Value> {
    let roles = cast.into_iter().filter_map(|(id, role)| {
        let actor = actor(id)?;
        Some(json!({"character": role, "characters": [role], "person": ActorView { view, actor: &actor }}))
    });
    roles.collect()
}

/// Returns the crew of a title, by department.
pub(super) fn crew_view(view: &View<'_>, facts: &Facts, is_show: bool) -> Value {
    let mut departments = serde_json::Map::new();
    for (id, department, job) in crew(facts, is_show) {
        let Some(actor) = actor(id) else { continue };
        let work = json!({"job": job, "jobs": [job], "person": ActorView { view, actor: &actor }});
        let entry = departments.entry(department).or_insert_with(|| json!([]));
        entry.as_array_mut().expect("made above").push(work);
    }
    Value::Object(departments)
}

fn role(facts: &Facts, of: &Actor) -> Option<&'static str> {
    cast(facts).into_iter().find(|(id, _)| *id == of.id).map(|(_, role)| role)
}

/// Returns a person's credits: their roles, and their jobs by department.
fn credits<T>(
    titles: &[T],
    of: &Actor,
    facts: impl Fn(&T) -> &Facts,
    is_show: bool,
    entry: impl Fn(&T) -> Value,
) -> Value {
    let roles = titles.iter().filter_map(|title| {
        let role = role(facts(title), of)?;
        let mut credit = json!({"character": role, "characters": [role]});
        crate::views::merge(&mut credit, entry(title));
        Some(credit)
    });
    let mut departments = serde_json::Map::new();
    for title in titles {
        for (_, department, job) in crew(facts(title), is_show).into_iter().filter(|(id, ..)| *id == of.id) {
            let mut credit = json!({"job": job, "jobs": [job]});
            crate::views::merge(&mut credit, entry(title));
            let list = departments.entry(department).or_insert_with(|| json!([]));
            list.as_array_mut().expect("made above").push(credit);
        }
    }
    json!({"cast": roles.collect::<Vec<_>>(), "crew": departments})
}

fn movies(context: &Context<'_>, of: &Actor) -> Value {
    let views = context.views();
    let view = views.view();
    let entry = |movie: &Movie| json!({"movie": view.movie(movie)});
    credits(view.catalogue.movies(), of, |movie| &movie.facts, false, entry)
}

fn shows(context: &Context<'_>, of: &Actor) -> Value {
    let views = context.views();
    let view = views.view();
    let entry = |show: &Show| {
        let episodes: u32 = show.seasons.iter().map(|season| u32::from(season.episode_count)).sum();
        json!({"episode_count": episodes, "series_regular": true, "show": view.show(show)})
    };
    credits(view.catalogue.shows(), of, |show| &show.facts, true, entry)
}

/// A person in responses.
pub(super) struct ActorView<'a> {
    pub view: &'a View<'a>,
    pub actor: &'a Actor,
}

impl Serialize for ActorView<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Actor { id, name, slug } = self.actor;
        let ids = json!({"trakt": id, "slug": slug, "imdb": format!("nm{:07}", id + 8_000_000), "tmdb": id + TMDB_OFFSET});
        let mut person = json!({"name": name, "ids": ids});
        if self.view.extended.images {
            let headshot = self.view.image("people", *id, "headshot.jpg");
            person["images"] = json!({"headshot": headshot, "fanart": []});
        }
        if self.view.extended.full {
            let life = life(self.actor);
            let full = json!({"biography": life.biography, "birthday": life.birthday, "death": null,
                "birthplace": life.birthplace, "homepage": null, "gender": null, "known_for_department": "acting",
                "social_ids": {"twitter": null, "facebook": null, "instagram": null, "wikipedia": null},
                "updated_at": "2026-01-01T00:00:00.000Z"});
            crate::views::merge(&mut person, full);
        }
        person.serialize(serializer)
    }
}
