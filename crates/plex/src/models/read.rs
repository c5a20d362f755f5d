//! Converts responses to models. Entries without a key are ignored.

use super::{
    Collection, Facts, Hub, Image, Item, Kind, Mode, Playlist, PlaylistEntry, Section, Server, Sort,
};
use crate::node::Node;

impl Server {
    pub(crate) fn of(node: &Node) -> Option<Self> {
        Some(Self {
            machine_identifier: node.string("machineIdentifier")?,
            name: node.string("friendlyName").unwrap_or_default(),
            version: node.string("version").unwrap_or_default(),
            platform: node.string("platform"),
        })
    }
}

impl Section {
    pub(crate) fn of(node: &Node) -> Option<Self> {
        Some(Self {
            key: node.number("key")?,
            title: node.string("title")?,
            kind: node.text("type").and_then(Kind::of),
            agent: node.string("agent").unwrap_or_default(),
            uuid: node.string("uuid").unwrap_or_default(),
            writable: node.flag("allowSync"),
            locations: node.children("Location").filter_map(|location| location.string("path")).collect(),
        })
    }
}

impl Item {
    pub(crate) fn of(node: &Node) -> Option<Self> {
        let kind = node.text("type").and_then(Kind::of)?;
        let title = node.string("title").unwrap_or_default();
        let (show, season, episode) = match kind {
            Kind::Movie | Kind::Show => (None, None, None),
            Kind::Season => (node.number("parentRatingKey"), node.number("index"), None),
            Kind::Episode => {
                (node.number("grandparentRatingKey"), node.number("parentIndex"), node.number("index"))
            }
        };
        Some(Self {
            key: node.number("ratingKey")?,
            kind,
            sort_title: node.string("titleSort").unwrap_or_else(|| title.clone()),
            title,
            year: node.number("year"),
            guid: node.string("guid"),
            guids: node.children("Guid").filter_map(|guid| guid.string("id")).collect(),
            edition: node.string("editionTitle"),
            show,
            season,
            episode,
            released: node.string("originallyAvailableAt"),
            added_at: node.number("addedAt"),
            rating: node.number("rating"),
            labels: node.tags("Label"),
            facts: Facts::of(node),
        })
    }

    pub(crate) fn all_of(node: &Node) -> Vec<Self> {
        node.metadata().filter_map(Self::of).collect()
    }
}

impl Facts {
    fn of(node: &Node) -> Self {
        Self {
            summary: node.string("summary"),
            content_rating: node.string("contentRating"),
            audience_rating: node.number("audienceRating"),
            duration: node.number("duration"),
            studio: node.string("studio"),
            genres: node.tags("Genre"),
            countries: node.tags("Country"),
        }
    }
}

impl Collection {
    pub(crate) fn of(node: &Node) -> Option<Self> {
        let title = node.string("title")?;
        Some(Self {
            key: node.number("ratingKey")?,
            sort_title: node.string("titleSort").filter(|sort| *sort != title),
            title,
            summary: node.string("summary"),
            content_rating: node.string("contentRating"),
            kind: node.text("subtype").and_then(Kind::of),
            count: node.number("childCount").unwrap_or(0),
            filter: node.string("content"),
            smart: node.flag("smart"),
            mode: node.number("collectionMode").map(Mode::of).unwrap_or_default(),
            sort: node.number("collectionSort").map(Sort::of).unwrap_or_default(),
            labels: node.tags("Label"),
            poster: node.string("thumb"),
            background: node.string("art"),
        })
    }

    pub(crate) fn all_of(node: &Node) -> Vec<Self> {
        node.metadata().filter_map(Self::of).collect()
    }
}

impl Hub {
    pub(crate) fn of(node: &Node) -> Option<Self> {
        Some(Self {
            identifier: node.string("identifier")?,
            title: node.string("title").unwrap_or_default(),
            library: node.flag("promotedToRecommended"),
            home: node.flag("promotedToOwnHome"),
            shared: node.flag("promotedToSharedHome"),
        })
    }
}

impl Playlist {
    pub(crate) fn of(node: &Node) -> Option<Self> {
        Some(Self {
            key: node.number("ratingKey")?,
            title: node.string("title")?,
            summary: node.string("summary"),
            smart: node.flag("smart"),
        })
    }
}

impl PlaylistEntry {
    pub(crate) fn of(node: &Node) -> Option<Self> {
        Some(Self { id: node.number("playlistItemID")?, item: node.number("ratingKey")? })
    }
}

impl Image {
    pub(crate) fn of(node: &Node) -> Option<Self> {
        Some(Self { key: node.string("ratingKey")?, selected: node.flag("selected") })
    }
}
