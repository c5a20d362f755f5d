//! Everything that the views of a response need: the catalogue, the time, and the members requested with
//! `extended`.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use crate::catalogue::Catalogue;
use crate::item::Item;

/// The members requested with the parameter `extended`.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Extended {
    pub full: bool,
    pub images: bool,
    pub metadata: bool,
    pub available_on: bool,
    /// Plex's IDs, which `full` and the collection include.
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

/// What all views of a response share.
#[derive(Debug, Clone, Copy)]
pub(crate) struct View<'a> {
    pub catalogue: &'a Catalogue,
    pub extended: Extended,
    pub now: DateTime<Utc>,
    pub base_url: &'a str,
    pub hidden_ids: &'a [String],
    pub edited: &'a BTreeMap<Item, DateTime<Utc>>,
    /// Whether episodes have an empty string as their IMDb ID.
    pub empty_imdb: bool,
}

impl View<'_> {
    /// Returns when a title was last changed: in the catalogue, or through the control API.
    pub(crate) fn updated_at(&self, item: Item, made: DateTime<Utc>) -> DateTime<Utc> {
        self.edited.get(&item).copied().unwrap_or(made)
    }

    /// Returns an ID on another site, unless that kind of ID is currently hidden.
    pub(super) fn shown<T>(&self, site: &str, id: T) -> Option<T> {
        let hidden = self.hidden_ids.iter().any(|hidden| hidden == site);
        (!hidden).then_some(id)
    }

    /// Returns the address of a picture, in a list as for all pictures on Trakt, and without a scheme.
    pub(crate) fn image(&self, kind: &str, id: u64, file: &str) -> [String; 1] {
        let host = self.base_url.split_once("://").map_or(self.base_url, |(_, host)| host);
        [format!("{host}/images/{kind}/{id}/{file}")]
    }
}
