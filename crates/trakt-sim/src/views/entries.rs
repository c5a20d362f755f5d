//! Objects that contain an item: plays, ratings, list items and so on.

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::{Map, Value};

use super::item::ItemView;
use super::values::Stamp;
use super::view::View;
use crate::item::{Item, Kind};
use crate::state::{Action, Listed, Play, Rated, Resume, Watching, WatchingBy};

/// A play.
#[derive(Serialize)]
pub(crate) struct PlayView<'a> {
    id: u64,
    watched_at: Stamp,
    action: Action,
    #[serde(rename = "type")]
    kind: Kind,
    #[serde(flatten)]
    item: ItemView<'a>,
}

impl<'a> PlayView<'a> {
    pub(crate) fn new(view: View<'a>, play: &Play) -> Option<Self> {
        let (item, kind) = (view.item(play.item)?, play.item.kind());
        Some(Self { id: play.id, watched_at: Stamp(play.watched_at), action: play.action, kind, item })
    }
}

/// A rating.
#[derive(Serialize)]
pub(crate) struct RatingView<'a> {
    rated_at: Stamp,
    rating: u8,
    #[serde(rename = "type")]
    kind: Kind,
    #[serde(flatten)]
    item: ItemView<'a>,
}

impl<'a> RatingView<'a> {
    pub(crate) fn new(view: View<'a>, item: Item, rated: Rated) -> Option<Self> {
        let kind = item.kind();
        Some(Self { rated_at: Stamp(rated.rated_at), rating: rated.rating, kind, item: view.item(item)? })
    }
}

/// An item of a list, the watchlist or the favourites.
#[derive(Serialize)]
pub(crate) struct ListedView<'a> {
    rank: usize,
    id: u64,
    listed_at: Stamp,
    notes: Option<&'a str>,
    #[serde(rename = "type")]
    kind: Kind,
    #[serde(flatten)]
    item: ItemView<'a>,
}

impl<'a> ListedView<'a> {
    pub(crate) fn new(view: View<'a>, rank: usize, listed: &'a Listed) -> Option<Self> {
        Some(Self {
            rank,
            id: listed.id,
            listed_at: Stamp(listed.listed_at),
            notes: listed.notes.as_deref(),
            kind: listed.item.kind(),
            item: view.item(listed.item)?,
        })
    }
}

/// A resume point.
#[derive(Serialize)]
pub(crate) struct ResumeView<'a> {
    progress: f64,
    paused_at: Stamp,
    id: u64,
    #[serde(rename = "type")]
    kind: Kind,
    #[serde(flatten)]
    item: ItemView<'a>,
}

impl<'a> ResumeView<'a> {
    pub(crate) fn new(view: View<'a>, resume: &Resume) -> Option<Self> {
        Some(Self {
            progress: resume.progress,
            paused_at: Stamp(resume.paused_at),
            id: resume.id,
            kind: resume.item.kind(),
            item: view.item(resume.item)?,
        })
    }
}

/// What a user is watching now.
#[derive(Serialize)]
pub(crate) struct WatchingView<'a> {
    expires_at: Stamp,
    started_at: Stamp,
    action: WatchingBy,
    #[serde(rename = "type")]
    kind: Kind,
    #[serde(flatten)]
    item: ItemView<'a>,
}

impl<'a> WatchingView<'a> {
    pub(crate) fn new(view: View<'a>, watching: &Watching) -> Option<Self> {
        Some(Self {
            expires_at: Stamp(watching.expires_at),
            started_at: Stamp(watching.started_at),
            action: watching.by,
            kind: watching.item.kind(),
            item: view.item(watching.item)?,
        })
    }
}

/// The response to a scrobble.
#[derive(Serialize)]
pub(crate) struct ScrobbleView<'a> {
    pub id: u64,
    pub action: &'static str,
    pub progress: f64,
    #[serde(flatten)]
    pub item: ItemView<'a>,
}

/// A hidden item.
#[derive(Serialize)]
pub(crate) struct HiddenView<'a> {
    hidden_at: Stamp,
    #[serde(rename = "type")]
    kind: Kind,
    #[serde(flatten)]
    item: ItemView<'a>,
}

impl<'a> HiddenView<'a> {
    pub(crate) fn new(view: View<'a>, item: Item, hidden_at: DateTime<Utc>) -> Option<Self> {
        Some(Self { hidden_at: Stamp(hidden_at), kind: item.kind(), item: view.item(item)? })
    }
}

/// An item with additional members: a chart entry, a calendar day.
#[derive(Serialize)]
pub(crate) struct With<'a> {
    #[serde(flatten)]
    pub members: Map<String, Value>,
    #[serde(flatten)]
    pub item: ItemView<'a>,
}
