//! Lists from Trakt.

use std::cmp::Reverse;

use api_types::list as wire;
use catalogue::view::View;
use db::ids::TitleId;
use db::kinds::ListKind;
use db::rows::List;
use sync::{ListChoice, ListPreview, PreviewTitle};

use super::title::{card, image};
use crate::messages::{self, lists::Source};

/// Number of posters that represent a list.
const POSTERS: usize = 4;

/// A list with the titles on it.
pub(crate) fn list(row: List, titles: &[TitleId], source: Source, view: &View) -> wire::List {
    let entries = || titles.iter().filter_map(|id| view.snapshot.get(*id));
    let posters = titles.iter().filter_map(|id| view.card_of(*id)?.poster).take(POSTERS);
    let system = row.kind == ListKind::Watchlist;
    let owner = row.owner.clone().map(|slug| owner((slug.clone(), row.owner_name.clone().unwrap_or(slug))));
    let reason = messages::lists::not_current(&row, source);
    wire::List {
        id: row.id,
        kind: row.kind,
        system,
        url: sync::page_of_list(&row),
        message: reason.map(|why| messages::lists::of_not_current(why).to_owned()),
        reason,
        order: sync::order_of_list(&row).map(order),
        owner,
        state: row.state,
        item_count: count(titles.len()),
        in_library_count: count(titles.iter().filter(|id| in_library(view, **id)).count()),
        watched_count: count(entries().filter(|entry| view.watched(entry)).count()),
        other_count: row.others,
        pinned: row.pinned_at.is_some(),
        posters: posters.map(image).collect(),
        followed_at: row.followed_at.0,
        read_at: row.read_at.map(|at| at.0),
        next_refresh_at: Some(row.next_at.0).filter(|_| source != Source::None && !system),
        name: row.name,
        description: row.description,
    }
}

fn order(order: sync::ListOrder) -> wire::ListOrder {
    wire::ListOrder { by: order.by, how: order.how, kept: order.is_kept }
}

/// A list and a page of its titles.
pub(crate) fn list_detail(
    list: wire::List,
    titles: &[TitleId],
    only_in_library: bool,
    (offset, limit): (usize, usize),
    view: &View,
) -> wire::ListDetail {
    let fits = |id: &TitleId| view.snapshot.get(*id).is_some() && (!only_in_library || in_library(view, *id));
    let fitting: Vec<TitleId> = titles.iter().copied().filter(fits).collect();
    let part = fitting.iter().skip(offset).take(limit);
    let item = |id: &TitleId| {
        Some(wire::ListItem { title: card(view.card_of(*id)?), in_library: in_library(view, *id) })
    };
    wire::ListDetail {
        list,
        items: part.filter_map(item).collect(),
        total: count(fitting.len()),
        offset: count(offset),
    }
}

/// Sorts titles by name, as in the library.
pub(crate) fn by_name(titles: &mut [TitleId], view: &View) {
    titles.sort_by_cached_key(|id| {
        view.snapshot.get(*id).map(|entry| {
            let (name, year, id) = entry.name_order();
            (name.to_owned(), year, id)
        })
    });
}

/// Sorts titles by year, latest first. Titles without a year are last.
pub(crate) fn by_year(titles: &mut [TitleId], view: &View) {
    titles.sort_by_key(|id| Reverse(view.snapshot.get(*id).and_then(|entry| entry.year)));
}

/// A list before it is followed.
pub(crate) fn list_preview(preview: ListPreview, view: &View) -> wire::ListPreview {
    wire::ListPreview {
        kind: preview.kind,
        name: preview.name,
        description: preview.description,
        owner: preview.owner.map(owner),
        item_count: preview.item_count.map(wide),
        url: preview.page,
        titles: preview.titles.into_iter().map(|title| preview_title(title, view)).collect(),
        followed: preview.followed,
    }
}

fn preview_title(title: PreviewTitle, view: &View) -> wire::ListPreviewTitle {
    let poster = title.title_id.and_then(|id| view.card_of(id)?.poster);
    wire::ListPreviewTitle {
        kind: title.kind,
        name: title.name,
        year: title.year,
        season_number: title.season.map(i64::from),
        episode_number: title.episode.map(i64::from),
        title_id: title.title_id,
        poster: poster.map(image),
        in_library: title.title_id.is_some_and(|id| in_library(view, id)),
    }
}

/// Lists that the user can follow.
pub(crate) fn list_choices(choices: Vec<ListChoice>) -> Vec<wire::ListChoice> {
    let choice = |choice: ListChoice| wire::ListChoice {
        kind: choice.kind,
        own: choice.is_own,
        name: choice.name,
        owner: choice.owner.map(owner),
        item_count: choice.item_count.map(wide),
        url: choice.page,
        followed: choice.followed,
    };
    choices.into_iter().map(choice).collect()
}

/// Whether the library contains files of a title or of its episodes.
fn in_library(view: &View, id: TitleId) -> bool {
    view.snapshot.get(id).is_some_and(|entry| entry.files.versions > 0)
}

fn owner((slug, name): (String, String)) -> wire::ListOwner {
    wire::ListOwner { slug, name }
}

fn count(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn wide(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
