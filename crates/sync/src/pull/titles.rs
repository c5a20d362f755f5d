//! The titles that plays on Trakt are about. Those that are not in the library are kept too, so that the timeline is
//! complete; when their files arrive, the library finds these rows by Trakt's ids and numbers.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, NaiveTime, Utc};
use db::{
    Conn, Millis, Tx,
    ids::TitleId,
    kinds::{TitleKind, TitleSource},
    rows::Title,
    titles::{self, OtherIds},
};
use trakt::models::{Episode, Ids, Movie, Show};

use super::{
    remote::{ItemKey, RemoteItem, RemotePlay},
    signed,
};
use crate::Result;

/// The rows of the titles of some plays.
pub(super) type Rows = HashMap<ItemKey, Title>;

/// The titles of some plays that have a row here: by Trakt's id, by the numbers in the show, by ids of other services.
pub(super) async fn known(conn: &dyn Conn, plays: &[RemotePlay]) -> Result<Rows> {
    let mut rows = Rows::new();
    for is_movie in [true, false] {
        let keys = plays.iter().map(RemotePlay::key).filter(|key| key.is_movie == is_movie);
        let ids: Vec<i64> = keys.map(|key| key.trakt_id).collect::<HashSet<_>>().into_iter().collect();
        let kind = ItemKey { is_movie, trakt_id: 0 }.kind();
        for row in titles::find_many_by_trakt(conn, kind, &ids).await? {
            rows.extend(row.trakt_id.map(|trakt_id| (ItemKey { is_movie, trakt_id }, row)));
        }
    }
    let missing =
        |rows: &Rows| plays.iter().filter(|play| !rows.contains_key(&play.key())).collect::<Vec<_>>();
    let shows: Vec<&Show> = missing(&rows).into_iter().filter_map(show_of).collect();
    let numbered = numbered(conn, &show_rows(conn, &shows).await?).await?;
    for play in missing(&rows) {
        let row = match &play.item {
            RemoteItem::Movie(movie) => unidentified(conn, TitleKind::Movie, &movie.ids).await?,
            RemoteItem::Episode { episode, show } => {
                numbers(show, episode).and_then(|numbers| numbered.get(&numbers).cloned())
            }
        };
        rows.extend(row.map(|row| (play.key(), row)));
    }
    Ok(rows)
}

/// The rows of shows, by Trakt's id.
async fn show_rows(conn: &dyn Conn, shows: &[&Show]) -> Result<HashMap<i64, Title>> {
    let mut rows = HashMap::new();
    let ids: HashSet<i64> = shows.iter().filter_map(|show| signed(show.ids.trakt.0)).collect();
    let ids: Vec<i64> = ids.into_iter().collect();
    for row in titles::find_many_by_trakt(conn, TitleKind::Show, &ids).await? {
        rows.extend(row.trakt_id.map(|id| (id, row)));
    }
    for show in shows {
        let Some(id) = signed(show.ids.trakt.0).filter(|id| !rows.contains_key(id)) else { continue };
        rows.extend(unidentified(conn, TitleKind::Show, &show.ids).await?.map(|row| (id, row)));
    }
    Ok(rows)
}

/// The episodes of some shows, by Trakt's id of the show and their numbers.
async fn numbered(conn: &dyn Conn, shows: &HashMap<i64, Title>) -> Result<HashMap<(i64, i32, i32), Title>> {
    let trakt_ids: HashMap<TitleId, i64> = shows.iter().map(|(id, row)| (row.id, *id)).collect();
    let ids: Vec<TitleId> = trakt_ids.keys().copied().collect();
    let rows = titles::of_shows(conn, &ids).await?.into_iter().filter_map(|row| {
        let show = *trakt_ids.get(&row.show_id?)?;
        Some(((show, row.season_number?, row.episode_number?), row))
    });
    Ok(rows.collect())
}

/// A title that nothing has identified at Trakt, by its ids at other services.
async fn unidentified(conn: &dyn Conn, kind: TitleKind, ids: &Ids) -> Result<Option<Title>> {
    let others =
        OtherIds { imdb: ids.imdb.clone(), tmdb: ids.tmdb.and_then(signed), tvdb: ids.tvdb.and_then(signed) };
    Ok(titles::find_unidentified(conn, kind, &others).await?)
}

fn show_of(play: &RemotePlay) -> Option<&Show> {
    match &play.item {
        RemoteItem::Movie(_) => None,
        RemoteItem::Episode { show, .. } => Some(show),
    }
}

fn numbers(show: &Show, episode: &Episode) -> Option<(i64, i32, i32)> {
    let number = |number: u32| i32::try_from(number).ok();
    Some((signed(show.ids.trakt.0)?, number(episode.season)?, number(episode.number)?))
}

/// Makes sure that every play has a row, and that its row bears Trakt's id; whether there are new rows.
pub(super) async fn ensure(
    tx: &Tx,
    plays: &[&RemotePlay],
    rows: &mut Rows,
    now: DateTime<Utc>,
) -> Result<bool> {
    identify(tx, plays, rows).await?;
    let missing: Vec<&RemotePlay> =
        plays.iter().copied().filter(|play| !rows.contains_key(&play.key())).collect();
    let mut fresh: HashMap<ItemKey, Title> = HashMap::new();
    let shows: Vec<&Show> = missing.iter().filter_map(|play| show_of(play)).collect();
    let seasons = ensure_seasons(tx, &missing, &shows, now).await?;
    for play in missing {
        let row = match &play.item {
            RemoteItem::Movie(movie) => Some(movie_row(movie, now)),
            RemoteItem::Episode { episode, show } => {
                let season =
                    numbers(show, episode).and_then(|(show, season, _)| seasons.get(&(show, season)));
                season.and_then(|season| episode_row(episode, season, now))
            }
        };
        fresh.extend(row.map(|row| (play.key(), row)));
    }
    let is_new = !fresh.is_empty();
    let (keys, fresh): (Vec<ItemKey>, Vec<Title>) = fresh.into_iter().unzip();
    rows.extend(keys.into_iter().zip(titles::insert_many(tx, fresh).await?));
    Ok(is_new)
}

/// Rows that were found by numbers or by other services' ids get Trakt's.
async fn identify(tx: &Tx, plays: &[&RemotePlay], rows: &mut Rows) -> Result<()> {
    for play in plays {
        let key = play.key();
        let Some(row) = rows.get_mut(&key).filter(|row| row.trakt_id != Some(key.trakt_id)) else { continue };
        row.trakt_id = Some(key.trakt_id);
        titles::update(tx, row.clone()).await?;
    }
    Ok(())
}

/// The seasons of some plays, by Trakt's id of the show and the number.
async fn ensure_seasons(
    tx: &Tx,
    plays: &[&RemotePlay],
    shows: &[&Show],
    now: DateTime<Utc>,
) -> Result<HashMap<(i64, i32), Title>> {
    let show_rows = ensure_shows(tx, shows, now).await?;
    let ids: Vec<TitleId> = show_rows.values().map(|row| row.id).collect();
    let by_row: HashMap<(TitleId, i32), Title> = titles::of_shows(tx, &ids)
        .await?
        .into_iter()
        .filter(|row| row.kind == TitleKind::Season)
        .filter_map(|row| Some(((row.show_id?, row.season_number?), row)))
        .collect();
    let (mut seasons, mut fresh) = (HashMap::new(), HashMap::new());
    for play in plays {
        let RemoteItem::Episode { episode, show } = &play.item else { continue };
        let Some((show, number, _)) = numbers(show, episode) else { continue };
        let Some(show_row) = show_rows.get(&show) else { continue };
        match by_row.get(&(show_row.id, number)) {
            Some(row) => drop(seasons.insert((show, number), row.clone())),
            None => drop(fresh.insert((show, number), season_row(show_row.id, number, now))),
        }
    }
    let (keys, fresh): (Vec<_>, Vec<Title>) = fresh.into_iter().unzip();
    seasons.extend(keys.into_iter().zip(titles::insert_many(tx, fresh).await?));
    Ok(seasons)
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

/// The library fetches its own ids and texts with those of the show.
fn season_row(show_id: TitleId, number: i32, now: DateTime<Utc>) -> Title {
    let name = if number == 0 { "Specials".to_owned() } else { format!("Season {number}") };
    Title {
        parent_id: Some(show_id),
        show_id: Some(show_id),
        season_number: Some(number),
        source: TitleSource::Trakt,
        ..Title::named(TitleKind::Season, &name, &name.to_lowercase(), Millis::from(now))
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

/// The texts are fetched by the library, which looks for titles that have none yet.
fn row(kind: TitleKind, name: &str, ids: &Ids, now: DateTime<Utc>) -> Title {
    Title {
        trakt_id: signed(ids.trakt.0),
        slug: ids.slug.clone(),
        imdb_id: ids.imdb.clone(),
        tmdb_id: ids.tmdb.and_then(signed),
        tvdb_id: ids.tvdb.and_then(signed),
        source: TitleSource::Trakt,
        ..Title::named(kind, name, &name.to_lowercase(), Millis::from(now))
    }
}
