//! The titles of plays, ratings and lists on Trakt. Titles that are not in the library are stored too, so that the
//! timeline is complete; when their files arrive, the library finds these rows by Trakt's IDs and numbers.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, NaiveTime, Utc};
use db::{
    Conn, Millis, Tx,
    ids::TitleId,
    kinds::{TitleKind, TitleSource},
    rows::Title,
    titles::{self, OtherIds},
};
use media::collation::sort_name;
use trakt::models::{Episode, Ids, Movie, Season, Show};

use super::{
    remote::{RemoteItem, TitleKey},
    signed,
};
use crate::Result;

/// The rows of some titles.
pub(crate) type Rows = HashMap<TitleKey, Title>;

/// A season or episode of a show: Trakt's ID of the show, the season number and, for an episode, its number.
type Place = (i64, i32, Option<i32>);

/// Returns the titles that have a row here: by Trakt's ID, by the numbers within the show, or by IDs of other services.
pub(crate) async fn known(conn: &dyn Conn, items: &[&RemoteItem]) -> Result<Rows> {
    let mut rows = Rows::new();
    for kind in TitleKind::ALL.iter().copied() {
        let keys = items.iter().map(|item| item.key()).filter(|key| key.kind == kind);
        let ids: Vec<i64> = keys.map(|key| key.trakt_id).collect::<HashSet<_>>().into_iter().collect();
        for row in titles::find_many_by_trakt(conn, kind, &ids).await? {
            rows.extend(row.trakt_id.map(|trakt_id| (TitleKey { kind, trakt_id }, row)));
        }
    }
    let missing: Vec<&RemoteItem> =
        items.iter().copied().filter(|item| !rows.contains_key(&item.key())).collect();
    let shows: Vec<&Show> = missing.iter().filter_map(|item| parent(item)).collect();
    let numbered = numbered(conn, &missing, &show_rows(conn, &shows).await?).await?;
    let movies = missing.iter().filter_map(|item| match item {
        RemoteItem::Movie(movie) => Some(&movie.ids),
        _ => None,
    });
    let movies = unidentified(conn, TitleKind::Movie, movies).await?;
    let shows = missing.iter().filter_map(|item| match item {
        RemoteItem::Show(show) => Some(&show.ids),
        _ => None,
    });
    let shows = unidentified(conn, TitleKind::Show, shows).await?;
    for item in missing {
        let key = item.key();
        let row = match item {
            RemoteItem::Movie(_) => movies.get(&key.trakt_id),
            RemoteItem::Show(_) => shows.get(&key.trakt_id),
            RemoteItem::Season { .. } | RemoteItem::Episode { .. } => {
                place(item).and_then(|place| numbered.get(&place))
            }
        };
        rows.extend(row.map(|row| (key, row.clone())));
    }
    Ok(rows)
}

/// Returns the rows of shows, by Trakt's ID.
async fn show_rows(conn: &dyn Conn, shows: &[&Show]) -> Result<HashMap<i64, Title>> {
    let mut rows = HashMap::new();
    let ids: HashSet<i64> = shows.iter().filter_map(|show| signed(show.ids.trakt.0)).collect();
    let ids: Vec<i64> = ids.into_iter().collect();
    for row in titles::find_many_by_trakt(conn, TitleKind::Show, &ids).await? {
        rows.extend(row.trakt_id.map(|id| (id, row)));
    }
    let missing = shows.iter().map(|show| &show.ids);
    let missing = missing.filter(|ids| signed(ids.trakt.0).is_some_and(|id| !rows.contains_key(&id)));
    let found = unidentified(conn, TitleKind::Show, missing).await?;
    rows.extend(found);
    Ok(rows)
}

/// Returns the seasons and episodes of some items.
async fn numbered(
    conn: &dyn Conn,
    items: &[&RemoteItem],
    shows: &HashMap<i64, Title>,
) -> Result<HashMap<Place, Title>> {
    let trakt_ids: HashMap<TitleId, i64> = shows.iter().map(|(id, row)| (row.id, *id)).collect();
    let places: HashSet<_> = items
        .iter()
        .filter_map(|item| place(item))
        .filter_map(|(show, season, episode)| Some((shows.get(&show)?.id, season, episode)))
        .collect();
    let places: Vec<_> = places.into_iter().collect();
    let rows = titles::find_many_numbered(conn, &places).await?.into_iter().filter_map(|row| {
        let show = *trakt_ids.get(&row.show_id?)?;
        Some(((show, row.season_number?, row.episode_number), row))
    });
    Ok(rows.collect())
}

/// Returns the titles of a kind that were not identified on Trakt yet, matched by their IDs on other services; by
/// Trakt's ID.
async fn unidentified<'a>(
    conn: &dyn Conn,
    kind: TitleKind,
    items: impl Iterator<Item = &'a Ids>,
) -> Result<HashMap<i64, Title>> {
    let wanted: HashMap<i64, OtherIds> =
        items.filter_map(|ids| Some((signed(ids.trakt.0)?, others(ids)))).collect();
    let ids: Vec<OtherIds> = wanted.values().cloned().collect();
    let rows = titles::find_many_unidentified(conn, kind, &ids).await?;
    let found = wanted.into_iter().filter_map(|(trakt_id, ids)| {
        let row = rows.iter().find(|row| ids.matches(row))?;
        Some((trakt_id, row.clone()))
    });
    Ok(found.collect())
}

fn others(ids: &Ids) -> OtherIds {
    OtherIds { imdb: ids.imdb.clone(), tmdb: ids.tmdb.and_then(signed), tvdb: ids.tvdb.and_then(signed) }
}

/// Returns the show of a season or episode.
fn parent(item: &RemoteItem) -> Option<&Show> {
    match item {
        RemoteItem::Movie(_) | RemoteItem::Show(_) => None,
        RemoteItem::Season { show, .. } | RemoteItem::Episode { show, .. } => Some(show),
    }
}

/// Returns the place of a season or episode.
fn place(item: &RemoteItem) -> Option<Place> {
    let number = |number: u32| i32::try_from(number).ok();
    let show = signed(parent(item)?.ids.trakt.0)?;
    match item {
        RemoteItem::Movie(_) | RemoteItem::Show(_) => None,
        RemoteItem::Season { season, .. } => Some((show, number(season.number)?, None)),
        RemoteItem::Episode { episode, .. } => {
            Some((show, number(episode.season)?, Some(number(episode.number)?)))
        }
    }
}

/// Ensures that every title has a row with Trakt's ID; returns whether there are new rows. `rows` must have been read
/// in `tx`, which was started with [`db::Db::begin_titles`]: otherwise, the same title could be added concurrently.
pub(crate) async fn ensure(
    tx: &Tx,
    items: &[&RemoteItem],
    rows: &mut Rows,
    now: DateTime<Utc>,
) -> Result<bool> {
    identify(tx, items, rows).await?;
    let missing: Vec<&RemoteItem> =
        items.iter().copied().filter(|item| !rows.contains_key(&item.key())).collect();
    let shows: Vec<&Show> = missing.iter().filter_map(|item| show_of(item)).collect();
    let shows = ensure_shows(tx, &shows, now).await?;
    let seasons = ensure_seasons(tx, &missing, &shows, now).await?;
    let mut fresh: HashMap<TitleKey, Title> = HashMap::new();
    for item in &missing {
        let season = || place(item).and_then(|(show, season, _)| seasons.get(&(show, season)));
        let (made, row) = match item {
            RemoteItem::Movie(movie) => (None, Some(movie_row(movie, now))),
            RemoteItem::Show(show) => (signed(show.ids.trakt.0).and_then(|id| shows.get(&id)), None),
            RemoteItem::Season { .. } => (season(), None),
            RemoteItem::Episode { episode, .. } => {
                (None, season().and_then(|season| episode_row(episode, season, now)))
            }
        };
        rows.extend(made.map(|row| (item.key(), row.clone())));
        fresh.extend(row.map(|row| (item.key(), row)));
    }
    let (keys, fresh): (Vec<TitleKey>, Vec<Title>) = fresh.into_iter().unzip();
    rows.extend(keys.into_iter().zip(titles::insert_many(tx, fresh).await?));
    Ok(!missing.is_empty())
}

/// Adds Trakt's IDs to rows that were found by numbers or by other services' IDs.
async fn identify(tx: &Tx, items: &[&RemoteItem], rows: &mut Rows) -> Result<()> {
    for item in items {
        let key = item.key();
        let Some(row) = rows.get_mut(&key).filter(|row| row.trakt_id != Some(key.trakt_id)) else { continue };
        row.trakt_id = Some(key.trakt_id);
        titles::update(tx, row.clone()).await?;
    }
    Ok(())
}

/// Returns the show that a title is or belongs to.
fn show_of(item: &RemoteItem) -> Option<&Show> {
    match item {
        RemoteItem::Movie(_) => None,
        RemoteItem::Show(show) => Some(show),
        RemoteItem::Season { show, .. } | RemoteItem::Episode { show, .. } => Some(show),
    }
}

/// Returns the seasons of some titles, by Trakt's ID of the show and the season number, adding missing ones.
async fn ensure_seasons(
    tx: &Tx,
    items: &[&RemoteItem],
    show_rows: &HashMap<i64, Title>,
    now: DateTime<Utc>,
) -> Result<HashMap<(i64, i32), Title>> {
    let ids: Vec<TitleId> = show_rows.values().map(|row| row.id).collect();
    let by_row: HashMap<(TitleId, i32), Title> = titles::seasons_of_shows(tx, &ids)
        .await?
        .into_iter()
        .filter_map(|row| Some(((row.show_id?, row.season_number?), row)))
        .collect();
    let (mut seasons, mut fresh) = (HashMap::new(), HashMap::new());
    for item in items {
        let Some((show, number, _)) = place(item) else { continue };
        let Some(show_row) = show_rows.get(&show) else { continue };
        match by_row.get(&(show_row.id, number)) {
            Some(row) => drop(seasons.insert((show, number), row.clone())),
            None => drop(fresh.insert((show, number), season_row(show_row.id, number, now))),
        }
    }
    for item in items {
        let RemoteItem::Season { season, .. } = item else { continue };
        let row = place(item).and_then(|(show, number, _)| fresh.get_mut(&(show, number)));
        row.into_iter().for_each(|row| set_ids(row, season));
    }
    let (keys, fresh): (Vec<_>, Vec<Title>) = fresh.into_iter().unzip();
    seasons.extend(keys.into_iter().zip(titles::insert_many(tx, fresh).await?));
    Ok(seasons)
}

/// Sets a new season's IDs from Trakt.
fn set_ids(row: &mut Title, season: &Season) {
    row.trakt_id = signed(season.ids.trakt.0);
    row.tmdb_id = season.ids.tmdb.and_then(signed);
    row.tvdb_id = season.ids.tvdb.and_then(signed);
}

async fn ensure_shows(tx: &Tx, shows: &[&Show], now: DateTime<Utc>) -> Result<HashMap<i64, Title>> {
    let mut rows = show_rows(tx, shows).await?;
    for (id, row) in &mut rows {
        if row.trakt_id != Some(*id) {
            row.trakt_id = Some(*id);
            titles::update(tx, row.clone()).await?;
        }
    }
    let missing: HashMap<i64, Title> = shows
        .iter()
        .filter_map(|show| Some((signed(show.ids.trakt.0)?, *show)))
        .filter(|(id, _)| !rows.contains_key(id))
        .map(|(id, show)| (id, show_row(show, now)))
        .collect();
    let (keys, missing): (Vec<i64>, Vec<Title>) = missing.into_iter().unzip();
    rows.extend(keys.into_iter().zip(titles::insert_many(tx, missing).await?));
    Ok(rows)
}

fn movie_row(movie: &Movie, now: DateTime<Utc>) -> Title {
    Title {
        year: movie.year,
        runtime_minutes: movie.runtime.and_then(|minutes| i32::try_from(minutes).ok()),
        released_at: movie.released.map(|day| Millis::from(day.and_time(NaiveTime::MIN).and_utc())),
        ..row(TitleKind::Movie, &movie.title, &movie.ids, now)
    }
}

fn show_row(show: &Show, now: DateTime<Utc>) -> Title {
    Title {
        year: show.year,
        runtime_minutes: show.runtime.and_then(|minutes| i32::try_from(minutes).ok()),
        ..row(TitleKind::Show, &show.title, &show.ids, now)
    }
}

/// Creates a season's row. The library fetches its IDs and texts with those of the show.
fn season_row(show_id: TitleId, number: i32, now: DateTime<Utc>) -> Title {
    let name = if number == 0 { "Specials".to_owned() } else { format!("Season {number}") };
    Title {
        parent_id: Some(show_id),
        show_id: Some(show_id),
        season_number: Some(number),
        source: TitleSource::Trakt,
        ..Title::named(TitleKind::Season, &name, &sort_name(&name), Millis::from(now))
    }
}

fn episode_row(episode: &Episode, season: &Title, now: DateTime<Utc>) -> Option<Title> {
    let number = i32::try_from(episode.number).ok()?;
    let name = episode.title.clone().filter(|title| !title.is_empty());
    let name = name.unwrap_or_else(|| format!("Episode {number}"));
    Some(Title {
        parent_id: Some(season.id),
        show_id: season.show_id,
        season_number: season.season_number,
        episode_number: Some(number),
        runtime_minutes: episode.runtime.and_then(|minutes| i32::try_from(minutes).ok()),
        ..row(TitleKind::Episode, &name, &episode.ids, now)
    })
}

/// Creates a title's row. The library fetches its texts, because it looks for titles without them.
fn row(kind: TitleKind, name: &str, ids: &Ids, now: DateTime<Utc>) -> Title {
    Title {
        trakt_id: signed(ids.trakt.0),
        slug: ids.slug.clone(),
        imdb_id: ids.imdb.clone(),
        tmdb_id: ids.tmdb.and_then(signed),
        tvdb_id: ids.tvdb.and_then(signed),
        source: TitleSource::Trakt,
        ..Title::named(kind, name, &sort_name(name), Millis::from(now))
    }
}
