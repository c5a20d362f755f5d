//! A user and all their data on Trakt.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};

use super::activities::{Activities, Activity};
use super::history::History;
use super::listing::{Listing, SmartList};
use crate::config::{AccountLimits, Config};
use crate::item::Item;

/// The status of an account.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AccountStatus {
    /// Normal.
    #[default]
    Open,
    /// Locked by support: 423 with `X-Account-Locked`.
    Locked,
    /// Deactivated by its owner: 423 with `X-Account-Deactivated`.
    Deactivated,
}

/// A resume point.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Resume {
    pub id: u64,
    pub item: Item,
    /// In percent, 0 to 100.
    pub progress: f64,
    pub paused_at: DateTime<Utc>,
}

/// What reported the current viewing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum WatchingBy {
    Scrobble,
    Checkin,
}

/// What a user is watching now; expires at `expires_at`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Watching {
    pub item: Item,
    pub by: WatchingBy,
    pub started_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
}

/// An item in the collection, with the metadata of the copy.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Collected {
    pub collected_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    /// `media_type`, `resolution`, `hdr`, `audio`, `audio_channels`, `3d`.
    #[serde(default)]
    pub metadata: serde_json::Map<String, serde_json::Value>,
    /// Services that have the copy, such as `plex`.
    #[serde(default)]
    pub available_on: Vec<String>,
}

impl Collected {
    /// Returns whether this service has the copy; true if no service is given.
    pub(crate) fn is_available_on(&self, service: Option<&str>) -> bool {
        service.is_none_or(|service| self.available_on.iter().any(|name| name == service))
    }
}

/// The last scrobble of an item: stopping it again before `expires_at` gives 409.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct LastScrobble {
    pub watched_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
}

/// A rating and when it was given.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct Rated {
    pub rating: u8,
    pub rated_at: DateTime<Utc>,
}

/// A user.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct User {
    pub id: u64,
    pub username: String,
    pub name: Option<String>,
    pub uuid: String,
    /// Whether Trakt imports from their Plex server.
    #[serde(default)]
    pub plex_connected: bool,
    pub vip: bool,
    pub private: bool,
    pub status: AccountStatus,
    pub joined_at: DateTime<Utc>,
    pub location: Option<String>,
    pub about: Option<String>,
    /// Changes made to `browsing` by `PUT /users/settings`.
    pub browsing: serde_json::Map<String, serde_json::Value>,
    pub history: History,
    pub ratings: BTreeMap<Item, Rated>,
    pub watchlist: Listing,
    pub favorites: Listing,
    pub collection: BTreeMap<Item, Collected>,
    pub hidden: BTreeMap<String, BTreeMap<Item, DateTime<Utc>>>,
    pub resumes: Vec<Resume>,
    pub watching: Option<Watching>,
    pub scrobbled: HashMap<Item, LastScrobble>,
    pub smart_lists: Vec<SmartList>,
    /// When the progress of a show was reset, by the show's Trakt number.
    pub resets: BTreeMap<u64, DateTime<Utc>>,
    pub activities: Activities,
}

impl User {
    pub(crate) fn new(id: u64, username: &str, vip: bool, joined_at: DateTime<Utc>) -> Self {
        Self {
            id,
            username: username.to_owned(),
            name: None,
            uuid: format!("{id:032x}"),
            plex_connected: false,
            vip,
            private: false,
            status: AccountStatus::Open,
            joined_at,
            location: None,
            about: None,
            browsing: serde_json::Map::new(),
            history: History::default(),
            ratings: BTreeMap::new(),
            watchlist: Listing::new(joined_at),
            favorites: Listing::new(joined_at),
            collection: BTreeMap::new(),
            hidden: BTreeMap::new(),
            resumes: Vec::new(),
            watching: None,
            scrobbled: HashMap::new(),
            smart_lists: Vec::new(),
            resets: BTreeMap::new(),
            activities: Activities::default(),
        }
    }

    /// Returns the name used in URLs.
    pub(crate) fn slug(&self) -> String {
        self.username.to_lowercase().replace([' ', '.', '_'], "-")
    }

    pub(crate) fn limits<'a>(&self, config: &'a Config) -> &'a AccountLimits {
        if self.vip { &config.vip } else { &config.free }
    }

    /// Returns what is being watched at `now`; a scrobble or check-in ends automatically after the runtime.
    pub(crate) fn watching_at(&self, now: DateTime<Utc>) -> Option<&Watching> {
        self.watching.as_ref().filter(|watching| watching.expires_at > now)
    }

    /// Returns the resume points that have not expired at `now`.
    pub(crate) fn resumes_at(&self, now: DateTime<Utc>, config: &Config) -> impl Iterator<Item = &Resume> {
        let oldest = now - Duration::days(config.resume_days);
        self.resumes.iter().filter(move |resume| resume.paused_at >= oldest)
    }

    /// Deletes the resume point of an item.
    pub(crate) fn drop_resume(&mut self, item: Item, now: DateTime<Utc>) {
        let before = self.resumes.len();
        self.resumes.retain(|resume| resume.item != item);
        if self.resumes.len() < before {
            self.activities.moved(Activity::Paused(item.kind()), now);
        }
    }

    pub(crate) fn is_hidden(&self, section: &str, item: Item) -> bool {
        self.hidden.get(section).is_some_and(|items| items.contains_key(&item))
    }
}
