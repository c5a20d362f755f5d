//! Requests to Trakt about titles.

use chrono::{DateTime, Utc};
use db::kinds::GroupKind;
use db::rows::Title;
use trakt::models::{IdType, Images, Media, MediaKind, Movie, SearchHit, Season, Show, TraktId};
use trakt::{Client, Extended};

use super::apply;
use crate::score::{Candidate, ExternalId};

/// Requests all details of a title in one response.
fn details() -> Extended {
    Extended::FULL | Extended::IMAGES
}

/// A movie or show from Trakt.
#[derive(Debug, Clone)]
pub enum Found {
    /// A movie.
    Movie(Box<Movie>),
    /// A show, without its seasons.
    Show(Box<Show>),
}

impl Found {
    fn of(hit: SearchHit) -> Option<Self> {
        match hit.media {
            Media::Movie(movie) => Some(Self::Movie(movie)),
            Media::Show(show) => Some(Self::Show(show)),
            _ => None,
        }
    }

    /// Trakt's id.
    pub fn trakt_id(&self) -> i64 {
        match self {
            Self::Movie(movie) => movie.ids.trakt.0.cast_signed(),
            Self::Show(show) => show.ids.trakt.0.cast_signed(),
        }
    }

    /// Converts it to a candidate. `found_by`: the id by which it was found.
    pub fn candidate(&self, found_by: Option<ExternalId>) -> Candidate {
        let (name, original, year, overview, images) = match self {
            Self::Movie(movie) => {
                (&movie.title, &movie.original_title, movie.year, &movie.overview, &movie.images)
            }
            Self::Show(show) => (&show.title, &show.original_title, show.year, &show.overview, &show.images),
        };
        Candidate {
            trakt_id: self.trakt_id(),
            name: name.clone(),
            other_names: original.iter().filter(|original| *original != name).cloned().collect(),
            year,
            overview: overview.clone(),
            poster_url: images.as_ref().and_then(poster),
            found_by,
        }
    }

    /// Applies it to a row. A show remains due until its episodes have been fetched.
    pub fn apply(&self, row: &mut Title, now: DateTime<Utc>) {
        match self {
            Self::Movie(movie) => apply::movie(row, movie, now),
            Self::Show(show) => {
                apply::show(row, show, now);
                row.refreshed_at = None;
            }
        }
    }
}

fn poster(images: &Images) -> Option<String> {
    images.poster.iter().find_map(trakt::models::ImageUrl::absolute).map(String::from)
}

fn kind_of(kind: GroupKind) -> MediaKind {
    match kind {
        GroupKind::Movie => MediaKind::Movie,
        GroupKind::Show => MediaKind::Show,
    }
}

/// Titles with an id of another provider.
///
/// # Errors
/// When Trakt cannot be reached.
pub async fn by_id(client: &Client, kind: GroupKind, id_type: IdType, id: &str) -> trakt::Result<Vec<Found>> {
    let hits = client.search().id(id_type, id, &[kind_of(kind)]).extended(details()).first(5).await?;
    Ok(hits.items.into_iter().filter_map(Found::of).collect())
}

/// Searches titles by name. The best result comes first.
///
/// # Errors
/// When Trakt cannot be reached.
pub async fn by_text(client: &Client, kind: GroupKind, text: &str) -> trakt::Result<Vec<Found>> {
    /// Maximum number of results.
    const CANDIDATES: usize = 12;
    let hits = client.search().text(&[kind_of(kind)], text).extended(details()).first(CANDIDATES).await?;
    Ok(hits.items.into_iter().filter_map(Found::of).collect())
}

/// One title by Trakt's id.
///
/// # Errors
/// When Trakt cannot be reached or has no such title.
pub async fn by_trakt_id(client: &Client, kind: GroupKind, trakt_id: i64) -> trakt::Result<Found> {
    let id = TraktId(trakt_id.cast_unsigned());
    Ok(match kind {
        GroupKind::Movie => Found::Movie(Box::new(client.movies().summary(id).extended(details()).await?)),
        GroupKind::Show => Found::Show(Box::new(client.shows().summary(id).extended(details()).await?)),
    })
}

/// The seasons of a show with their episodes.
///
/// # Errors
/// When Trakt cannot be reached.
pub async fn seasons(client: &Client, trakt_id: i64) -> trakt::Result<Vec<Season>> {
    let id = TraktId(trakt_id.cast_unsigned());
    let mut seasons = client.shows().seasons(id).extended(details() | Extended::EPISODES).await?.items;
    for season in &mut seasons {
        // A missing list means that the episodes are unknown, not that there are none.
        if season.episodes.is_none() {
            season.episodes =
                Some(client.shows().season(id, season.number).episodes().extended(details()).await?);
        }
    }
    Ok(seasons)
}
