//! What an answer needs to know to show anything: the catalogue, the time, and how much was asked for.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use crate::catalogue::Catalogue;
use crate::item::Item;

/// What `extended` asks for.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Extended {
    pub full: bool,
    pub images: bool,
    pub metadata: bool,
    pub available_on: bool,
    /// Ids of Plex, which `full` and the collection show.
    pub plex: bool,
    pub progress: bool,
    pub min: bool,
    pub episodes: bool,
    pub browsing: bool,
    pub guest_stars: bool,
}

impl Extended {
    pub(crate) fn parse(text: &str) -> Self {
        let mut extended = Self::default();
        for word in text.split(',') {
            match word.trim() {
                "full" => extended.full = true,
                "images" => extended.images = true,
                "metadata" => extended.metadata = true,
                "available_on" => extended.available_on = true,
                "progress" => extended.progress = true,
                "min" => extended.min = true,
                "episodes" => extended.episodes = true,
                "browsing" => extended.browsing = true,
                "guest_stars" => extended.guest_stars = true,
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
    /// Episodes have an empty text as their IMDb id.
    pub empty_imdb: bool,
}

impl View<'_> {
    /// When a title was last changed: in the catalogue, or through the control API.
    pub(crate) fn updated_at(&self, item: Item, made: DateTime<Utc>) -> DateTime<Utc> {
        self.edited.get(&item).copied().unwrap_or(made)
    }

    /// An id of another site, unless that id space is hidden just now.
    pub(super) fn shown<T>(&self, site: &str, id: T) -> Option<T> {
        let hidden = self.hidden_ids.iter().any(|hidden| hidden == site);
        (!hidden).then_some(id)
    }

    /// The address of a picture, in the list that Trakt puts every picture in. It has no scheme, as on Trakt.
    pub(crate) fn image(&self, kind: &str, id: u64, file: &str) -> [String; 1] {
        let host = self.base_url.split_once("://").map_or(self.base_url, |(_, host)| host);
        [format!("{host}/images/{kind}/{id}/{file}")]
    }
}
