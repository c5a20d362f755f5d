//! Any item in the catalogue, under the member named after its kind.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::episodes::{EpisodeView, SeasonView};
use super::titles::{MovieView, ShowView};
use super::view::View;
use crate::catalogue::{Movie, Show};
use crate::item::Item;

/// Everything that can follow a `type` member.
pub(crate) enum ItemView<'a> {
    Movie(MovieView<'a>),
    Show(ShowView<'a>),
    Season(SeasonView<'a>, ShowView<'a>),
    Episode(EpisodeView<'a>, ShowView<'a>),
}

impl Serialize for ItemView<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        match self {
            Self::Movie(movie) => map.serialize_entry("movie", movie)?,
            Self::Show(show) => map.serialize_entry("show", show)?,
            Self::Season(season, show) => {
                map.serialize_entry("season", season)?;
                map.serialize_entry("show", show)?;
            }
            Self::Episode(episode, show) => {
                map.serialize_entry("episode", episode)?;
                map.serialize_entry("show", show)?;
            }
        }
        map.end()
    }
}

impl<'a> View<'a> {
    pub(crate) fn movie(self, movie: &'a Movie) -> MovieView<'a> {
        MovieView { view: self, movie }
    }

    pub(crate) fn show(self, show: &'a Show) -> ShowView<'a> {
        ShowView { view: self, show }
    }

    /// Returns an item as `movie`, `show`, `season` + `show` or `episode` + `show`; `None` if the catalogue does not
    /// contain it.
    pub(crate) fn item(self, item: Item) -> Option<ItemView<'a>> {
        let show = |number| self.catalogue.show(number);
        Some(match item {
            Item::Movie(movie) => ItemView::Movie(self.movie(self.catalogue.movie(movie)?)),
            Item::Show(number) => ItemView::Show(self.show(show(number)?)),
            Item::Season { show: number, season } => {
                let show = show(number)?;
                let season = SeasonView { view: self, show, season: show.season(season)? };
                ItemView::Season(season, self.show(show))
            }
            Item::Episode { show: number, season, number: episode } => {
                let show = show(number)?;
                let episode = EpisodeView { view: self, episode: show.episode(season, episode)? };
                ItemView::Episode(episode, self.show(show))
            }
        })
    }
}
