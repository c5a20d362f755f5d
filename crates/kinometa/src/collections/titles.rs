//! Rows of the library as plans see them.

use std::collections::HashMap;

use collections::entry::{Ids, Kind};
use collections::library::{Facts, Item};
use collections::plan::Member;
use db::collections::CollectionTitle;
use db::ids::TitleId;
use db::kinds::TitleKind;

/// Everything of a library that can be in a collection.
pub(super) fn items(rows: &[CollectionTitle]) -> Vec<Item> {
    let by_id: HashMap<TitleId, &CollectionTitle> = rows.iter().map(|row| (row.id, row)).collect();
    rows.iter().filter_map(|row| item(row, row.show_id.and_then(|id| by_id.get(&id).copied()))).collect()
}

/// The members of a collection in their order. Their shows need not be among the rows.
pub(super) fn members(order: &[TitleId], rows: &[CollectionTitle]) -> Vec<Member> {
    let by_id: HashMap<TitleId, &CollectionTitle> = rows.iter().map(|row| (row.id, row)).collect();
    let member = |id: &TitleId| {
        let row = by_id.get(id)?;
        Some(Member {
            key: row.id.0,
            kind: kind(row)?,
            title: row.name.clone(),
            year: row.year,
            ids: ids(row),
        })
    };
    order.iter().filter_map(member).collect()
}

fn kind(row: &CollectionTitle) -> Option<Kind> {
    let number = |number: Option<i32>| number.and_then(|number| u32::try_from(number).ok());
    Some(match row.kind {
        TitleKind::Movie => Kind::Movie,
        TitleKind::Show => Kind::Show,
        TitleKind::Season => Kind::Season(number(row.season_number)?),
        TitleKind::Episode => Kind::Episode(number(row.season_number)?, number(row.episode_number)?),
    })
}

fn ids(row: &CollectionTitle) -> Ids {
    let number = |id: Option<i64>| id.and_then(|id| u64::try_from(id).ok());
    let imdb = row.imdb_id.as_ref().map(|imdb| imdb.to_lowercase());
    Ids { tmdb: number(row.tmdb_id), tvdb: number(row.tvdb_id), imdb, trakt: number(row.trakt_id) }
}

/// A season or episode has the ids of its show, by which lists name it.
fn item(row: &CollectionTitle, show: Option<&CollectionTitle>) -> Option<Item> {
    let kind = kind(row)?;
    let (title, sort_title) = match (kind, show) {
        (Kind::Season(season), Some(show)) => {
            (format!("{}, season {season}", show.name), format!("{} {season:05}", show.sort_name))
        }
        (Kind::Episode(season, number), Some(show)) => (
            format!("{} {season}x{number:02} {}", show.name, row.name),
            format!("{} {season:05} {number:05}", show.sort_name),
        ),
        _ => (row.name.clone(), row.sort_name.clone()),
    };
    let about = show.unwrap_or(row);
    Some(Item {
        key: row.id.0,
        kind,
        show: row.show_id.map(|id| id.0),
        title,
        sort_title,
        year: row.year.or(about.year),
        ids: ids(about),
        facts: facts(row, about),
    })
}

fn facts(row: &CollectionTitle, about: &CollectionTitle) -> Facts {
    let genres = about.genres.as_array().map(Vec::as_slice).unwrap_or_default();
    Facts {
        added: row.added_at.map(|at| at.0),
        released: row.released_at.map(|at| at.0),
        minutes: row.runtime_minutes,
        rating: row.rating,
        genres: genres.iter().filter_map(|genre| genre.as_str().map(str::to_owned)).collect(),
        country: about.country.clone(),
        language: about.language.clone(),
        network: about.network.clone(),
        certification: about.certification.clone(),
        summary: row.overview.clone(),
    }
}
