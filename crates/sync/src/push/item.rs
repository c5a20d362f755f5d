//! How a title is identified on Trakt, and recognised in a response.

use db::{
    Conn,
    kinds::TitleKind,
    rows::{OutboxRow, Title},
    titles,
};
use serde::{Deserialize, Serialize};
use trakt::models::{ByNumber, Entry, Episode, Ids, ItemIds, Items, Media, Scrobble, Show, TraktId};

use crate::Result;

/// A movie or episode, by whatever identifies it best: Trakt's ID, then other IDs, then show and numbers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Item {
    /// A movie.
    Movie(ItemIds),
    /// An episode by its own IDs.
    Episode(ItemIds),
    /// An episode by its show and numbers.
    Numbered { show: ItemIds, season: u32, number: u32 },
}

/// Returns how the title of a row is identified on Trakt; `None` if nothing identifies it.
pub(crate) async fn of_row(conn: &dyn Conn, row: &OutboxRow) -> Result<Option<Item>> {
    let Some(title_id) = row.title_id else { return Ok(None) };
    let Some(title) = titles::find(conn, title_id).await? else { return Ok(None) };
    let show = match title.show_id {
        Some(show_id) => titles::find(conn, show_id).await?,
        None => None,
    };
    Ok(Item::of(&title, show.as_ref()))
}

/// Adds title and year of the movie or show to a row's scrobble, which Trakt's contract requires for movies.
pub(super) async fn titled(conn: &dyn Conn, row: &OutboxRow, scrobble: Scrobble) -> Result<Scrobble> {
    let Some(title_id) = row.title_id else { return Ok(scrobble) };
    let Some(mut title) = titles::find(conn, title_id).await? else { return Ok(scrobble) };
    if let Some(show_id) = title.show_id {
        let Some(show) = titles::find(conn, show_id).await? else { return Ok(scrobble) };
        title = show;
    }
    Ok(scrobble.titled(title.name, title.year))
}

impl Item {
    /// Returns `None` if nothing identifies the title. `show` is the show of an episode.
    pub(crate) fn of(title: &Title, show: Option<&Title>) -> Option<Self> {
        let ids = ids_of(title);
        match title.kind {
            TitleKind::Movie => {
                let ids = ids.for_movie();
                (!ids.is_empty()).then_some(Self::Movie(ids))
            }
            TitleKind::Episode if !ids.for_episode().is_empty() => Some(Self::Episode(ids.for_episode())),
            TitleKind::Episode => {
                let show = ids_of(show?);
                let season = u32::try_from(title.season_number?).ok()?;
                let number = u32::try_from(title.episode_number?).ok()?;
                (!show.is_empty()).then_some(Self::Numbered { show, season, number })
            }
            TitleKind::Show | TitleKind::Season => None,
        }
    }

    /// Returns Trakt's own ID, with which its history can be queried for this item alone.
    pub(crate) fn trakt_id(&self) -> Option<TraktId> {
        match self {
            Self::Movie(ids) | Self::Episode(ids) => ids.trakt,
            Self::Numbered { .. } => None,
        }
    }

    /// Returns whether it is a movie.
    pub(crate) fn is_movie(&self) -> bool {
        matches!(self, Self::Movie(_))
    }

    /// Converts it to a scrobble.
    pub(crate) fn scrobble(&self, progress: f64) -> Scrobble {
        match self.clone() {
            Self::Movie(ids) => Scrobble::movie(ids, progress),
            Self::Episode(ids) => Scrobble::episode(ids, progress),
            Self::Numbered { show, season, number } => Scrobble::episode_of(show, season, number, progress),
        }
    }

    /// Adds it to other items, with its details.
    pub(crate) fn add_to<D: ByNumber>(&self, items: &mut Items<D>, details: D) {
        match self.clone() {
            Self::Movie(ids) => items.movies.push(Entry::new(ids, details)),
            Self::Episode(ids) => items.episodes.push(Entry::new(ids, details)),
            Self::Numbered { show, season, number } => {
                items.shows.push(Entry::episode_of(show, season, number, details));
            }
        }
    }

    /// Returns whether `media` is this item.
    pub(crate) fn is(&self, media: &Media) -> bool {
        match (self, media) {
            (Self::Movie(ids), Media::Movie(movie)) => same(ids, &movie.ids),
            (Self::Episode(ids), Media::Episode { episode, .. }) => same(ids, &episode.ids),
            (Self::Numbered { show, season, number }, Media::Episode { episode, show: Some(of) }) => {
                is_numbered(show, *season, *number, of, episode)
            }
            _ => false,
        }
    }
}

fn is_numbered(show: &ItemIds, season: u32, number: u32, of: &Show, episode: &Episode) -> bool {
    same(show, &of.ids) && episode.season == season && episode.number == number
}

/// Compares IDs: Trakt's ID decides if known, otherwise any ID that both have.
fn same(ours: &ItemIds, theirs: &Ids) -> bool {
    if let Some(trakt) = ours.trakt {
        return trakt == theirs.trakt;
    }
    let shared = |ours: Option<u64>, theirs: Option<u64>| ours.is_some() && ours == theirs;
    shared(ours.tvdb, theirs.tvdb)
        || shared(ours.tmdb, theirs.tmdb)
        || (ours.imdb.is_some() && ours.imdb == theirs.imdb)
        || (ours.slug.is_some() && ours.slug == theirs.slug)
}

/// Returns the IDs of a title: only Trakt's if known.
pub(super) fn ids_of(title: &Title) -> ItemIds {
    let number = |id: Option<i64>| id.and_then(|id| u64::try_from(id).ok());
    // Trakt's ID is sufficient, and cannot contradict the others.
    if let Some(trakt) = number(title.trakt_id) {
        return ItemIds::trakt(trakt);
    }
    ItemIds {
        trakt: None,
        slug: None,
        imdb: title.imdb_id.clone(),
        tmdb: number(title.tmdb_id),
        tvdb: number(title.tvdb_id),
    }
}
