//! How a title of any kind is identified on Trakt when writing preferences, and recognised in `not_found`.

use db::{Conn, ids::TitleId, kinds::TitleKind, rows::Title, titles};
use trakt::models::{Entry, ItemIds, Items, NotFound};

use super::item::ids_of;
use crate::Result;

/// A title by its own IDs.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Subject {
    Movie(ItemIds),
    Show(ItemIds),
    Season(ItemIds),
    Episode(ItemIds),
}

/// A season or, with a number, an episode by its show and numbers.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Part {
    pub(super) show: ItemIds,
    pub(super) season: u32,
    pub(super) episode: Option<u32>,
}

/// How a title is known here.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Known {
    ByOwnIds(Subject),
    /// Its own IDs have to be requested before anything can be sent about it.
    ByNumbers(Part),
}

/// Returns whether this title can be identified on Trakt.
pub(crate) async fn is_identified(conn: &dyn Conn, title_id: TitleId) -> Result<bool> {
    Ok(Known::find(conn, Some(title_id)).await?.is_some())
}

impl Known {
    /// Returns `None` if nothing identifies the title.
    pub(crate) async fn find(conn: &dyn Conn, title_id: Option<TitleId>) -> Result<Option<Self>> {
        let Some(title_id) = title_id else { return Ok(None) };
        let Some(title) = titles::find(conn, title_id).await? else { return Ok(None) };
        let show = match title.show_id {
            Some(show_id) => titles::find(conn, show_id).await?,
            None => None,
        };
        Ok(Self::of(&title, show.as_ref()))
    }

    /// Returns `None` if nothing identifies the title. `show` is the show of a season or episode.
    fn of(title: &Title, show: Option<&Title>) -> Option<Self> {
        let ids = ids_of(title);
        let (own, subject): (ItemIds, fn(ItemIds) -> Subject) = match title.kind {
            TitleKind::Movie => (ids.for_movie(), Subject::Movie),
            TitleKind::Show => (ids, Subject::Show),
            // TMDB's and TVDB's IDs of seasons come from files, and often belong to another season order.
            TitleKind::Season => (ids.trakt.map(ItemIds::trakt).unwrap_or_default(), Subject::Season),
            TitleKind::Episode => (ids.for_episode(), Subject::Episode),
        };
        if !own.is_empty() {
            return Some(Self::ByOwnIds(subject(own)));
        }
        let number = |number: Option<i32>| u32::try_from(number?).ok();
        let show = Some(ids_of(show?)).filter(|ids| !ids.is_empty())?;
        let season = number(title.season_number)?;
        let episode = match title.kind {
            TitleKind::Episode => Some(number(title.episode_number)?),
            TitleKind::Movie | TitleKind::Show | TitleKind::Season => None,
        };
        Some(Self::ByNumbers(Part { show, season, episode }))
    }
}

impl Subject {
    /// Adds it to the items of a write.
    pub(super) fn add_to<D>(&self, items: &mut Items<D>, details: D) {
        let (list, ids) = match self {
            Self::Movie(ids) => (&mut items.movies, ids),
            Self::Show(ids) => (&mut items.shows, ids),
            Self::Season(ids) => (&mut items.seasons, ids),
            Self::Episode(ids) => (&mut items.episodes, ids),
        };
        list.push(Entry::new(ids.clone(), details));
    }

    /// Returns whether Trakt explicitly reports that it does not know this title.
    pub(super) fn is_among(&self, missing: &NotFound) -> bool {
        let (list, ids) = match self {
            Self::Movie(ids) => (&missing.movies, ids),
            Self::Show(ids) => (&missing.shows, ids),
            Self::Season(ids) => (&missing.seasons, ids),
            Self::Episode(ids) => (&missing.episodes, ids),
        };
        list.iter().any(|item| item.ids == *ids)
    }
}
