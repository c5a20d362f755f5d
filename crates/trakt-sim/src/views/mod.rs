//! How items look in answers. Views borrow the catalogue and serialise straight from it.

mod entries;
mod media;
mod people;

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Serialize, Serializer};

pub(crate) use entries::*;
pub(crate) use media::{EpisodeView, ItemView, MovieView, SeasonView, ShowView, rounded};
pub(crate) use people::{ListView, SmartListView, UserView, merge, settings};

use crate::catalogue::{Catalogue, Movie, Show};
use crate::clock::stamp;
use crate::state::Item;

/// A time as Trakt writes it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stamp(pub DateTime<Utc>);

impl Serialize for Stamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&stamp(self.0))
    }
}

/// What `extended` asks for.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Extended {
    pub full: bool,
    pub images: bool,
    pub metadata: bool,
    pub progress: bool,
    pub min: bool,
    pub episodes: bool,
}

impl Extended {
    pub(crate) fn parse(text: &str) -> Self {
        let mut extended = Self::default();
        for word in text.split(',') {
            match word.trim() {
                "full" => extended.full = true,
                "images" => extended.images = true,
                "metadata" => extended.metadata = true,
                "progress" => extended.progress = true,
                "min" => extended.min = true,
                "episodes" => extended.episodes = true,
                _ => {}
            }
        }
        extended
    }
}

/// What all views of one answer share.
#[derive(Debug, Clone, Copy)]
pub(crate) struct View<'a> {
    pub catalogue: &'a Catalogue,
    pub extended: Extended,
    pub now: DateTime<Utc>,
    pub base_url: &'a str,
    pub hidden_ids: &'a [String],
    pub edited: &'a BTreeMap<Item, DateTime<Utc>>,
}

impl<'a> View<'a> {
    pub(crate) fn movie(self, movie: &'a Movie) -> MovieView<'a> {
        MovieView { view: self, movie }
    }

    pub(crate) fn show(self, show: &'a Show) -> ShowView<'a> {
        ShowView { view: self, show }
    }

    /// An item as `movie`, `show`, `season` + `show` or `episode` + `show`. `None` when the catalogue does not hold it.
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

    /// When a title was last changed: by its making, or by the control door.
    pub(crate) fn updated_at(&self, item: Item, made: DateTime<Utc>) -> DateTime<Utc> {
        self.edited.get(&item).copied().unwrap_or(made)
    }

    fn id_is_hidden(&self, kind: &str) -> bool {
        self.hidden_ids.iter().any(|hidden| hidden == kind)
    }
}
