//! Sub-resources of movies, shows, seasons and episodes: people, translations, studios, lists, viewers.

use serde_json::{Value, json};

use super::context::{Answer, Context};
use super::people::{cast_view, crew_view};
use super::refusal::Refusal;
use crate::catalogue::people::{cast, guests};
use crate::catalogue::{Facts, STUDIOS, language_name};
use crate::item::Item;
use crate::message::Reply;
use crate::state::Privacy;
use crate::views::{ListView, UserView};

/// Returns the sub-resource of `item` at `path`; `facts` are those of its movie or show.
pub(super) fn answer(context: &Context<'_>, item: Item, facts: &Facts, path: &[&str]) -> Answer {
    match path {
        ["people"] => {
            let views = context.views();
            let view = views.view();
            let is_show = !matches!(item, Item::Movie(_));
            let mut people =
                json!({"cast": cast_view(&view, cast(facts)), "crew": crew_view(&view, facts, is_show)});
            if let (true, Item::Episode { season, number, .. }) = (view.extended.guest_stars, item) {
                people["guest_stars"] = json!(cast_view(&view, guests(facts, season, number)));
            }
            Ok(Reply::json(200, &people))
        }
        ["comments", path @ ..] => super::comments::of_item(context, item, path),
        ["lists"] => lists(context, item),
        ["lists", kind, order @ ..] if is_kind_of_list(kind) && is_order_of_lists(order) => {
            lists(context, item)
        }
        ["watching"] => watching(context, item),
        ["translations"] => Ok(Reply::json(200, &translations(facts, None))),
        ["translations", language] => Ok(Reply::json(200, &translations(facts, Some(language)))),
        ["aliases"] => Ok(Reply::json(200, &aliases(facts))),
        ["studios"] => Ok(Reply::json(200, &[studio(facts)])),
        ["videos"] => Ok(Reply::json(200, &json!([]))),
        ["sentiments"] => Ok(Reply::json(200, &json!({"good": [], "bad": []}))),
        _ => Err(Refusal::NotFound),
    }
}

fn is_kind_of_list(kind: &str) -> bool {
    matches!(kind, "all" | "personal" | "official" | "watchlists" | "favorites")
}

fn is_order_of_lists(path: &[&str]) -> bool {
    matches!(path, [] | ["popular" | "likes" | "comments" | "items" | "added" | "updated"])
}

/// Returns public lists that contain the item.
fn lists(context: &Context<'_>, item: Item) -> Answer {
    let lists = context.store.lists.iter();
    let holding: Vec<_> =
        lists.filter(|list| list.privacy == Privacy::Public && list.listing.has(item)).collect();
    context.paged(&holding, |list| {
        let owner = list.owner.as_deref().and_then(|owner| context.store.user(owner));
        Some(ListView::new(list, owner))
    })
}

/// Returns the public users who are watching the item right now.
fn watching(context: &Context<'_>, item: Item) -> Answer {
    let people = context.store.users.values().filter(|user| !user.private);
    let watching: Vec<_> = people
        .filter(|user| user.watching_at(context.now).is_some_and(|watching| item.holds(watching.item)))
        .collect();
    context.whole(&watching, |user| Some(UserView::short(user)))
}

/// Returns the translations of a title: every title has an English one and one in its own language.
fn translations(facts: &Facts, wanted: Option<&str>) -> Vec<Value> {
    let mut languages = vec!["en", facts.language];
    languages.dedup();
    languages
        .into_iter()
        .filter(|language| wanted.is_none_or(|wanted| wanted == *language))
        .map(|language| {
            let own = facts.original_title.as_ref().filter(|_| language != "en");
            json!({"title": own.unwrap_or(&facts.title), "overview": facts.overview, "tagline": facts.tagline,
                   "language": language, "country": facts.country,
                   "language_name": language_name(language)})
        })
        .collect()
}

fn aliases(facts: &Facts) -> Vec<Value> {
    let own = facts.original_title.iter();
    own.map(|title| json!({"title": title, "country": facts.country})).collect()
}

fn studio(facts: &Facts) -> Value {
    let studio = STUDIOS[(facts.ids.trakt % STUDIOS.len() as u64) as usize];
    json!({"name": studio.name, "country": studio.country,
           "ids": {"trakt": studio.id, "slug": studio.name.to_lowercase().replace(' ', "-"), "tmdb": null}})
}
