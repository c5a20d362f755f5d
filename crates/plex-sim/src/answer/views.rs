//! Converts sections, items and collections to elements, as Plex sends them.

use super::{Access, Call};
use crate::element::Element;
use crate::state::{Agent, Collection, Images, Item, Kind, Section, Store};

pub(super) const IDENTIFIER: &str = "com.plexapp.plugins.library";
pub(super) const VERSION: &str = "1.43.2.10687-563d026ea";

impl Call<'_> {
    pub(super) fn section_view(&self, section: &Section) -> Element {
        let agent = match (section.agent, section.kind) {
            (Agent::Plex, Kind::Movie) => "tv.plex.agents.movie",
            (Agent::Plex, _) => "tv.plex.agents.series",
            (Agent::Legacy, Kind::Movie) => "com.plexapp.agents.imdb",
            (Agent::Legacy, _) => "com.plexapp.agents.thetvdb",
        };
        let scanner = if section.kind == Kind::Movie { "Plex Movie" } else { "Plex TV Series" };
        // Plex omits `allowSync` for shared users. Clients recognise a read-only token by that.
        let may_write = (self.access == Access::Owner).then_some(true);
        Element::new("Directory")
            .maybe("allowSync", may_write)
            .with("key", section.key.to_string())
            .with("type", section.kind.name())
            .with("title", section.title.as_str())
            .with("agent", agent)
            .with("scanner", scanner)
            .with("language", "en-US")
            .with("uuid", section.uuid.as_str())
            .child(
                Element::new("Location")
                    .with("id", section.key)
                    .with("path", format!("/media/{}", section.key)),
            )
    }

    /// A page of a list, according to the paging headers. Only the entries on this page are converted.
    pub(super) fn page<T>(&self, section: Option<u64>, all: Vec<T>, view: impl Fn(&T) -> Element) -> Element {
        let number = |name| self.request.header(name).and_then(|value| value.parse::<usize>().ok());
        let (start, size) = (number("x-plex-container-start"), number("x-plex-container-size"));
        let total = all.len();
        let page: Vec<Element> =
            all.iter().skip(start.unwrap_or(0)).take(size.unwrap_or(usize::MAX)).map(view).collect();
        let mut tree = Element::new("MediaContainer").with("size", page.len());
        if start.is_some() || size.is_some() {
            let total = i64::try_from(total).unwrap_or(i64::MAX) + self.total_offset;
            tree = tree.with("totalSize", total).with("offset", start.unwrap_or(0));
        }
        tree = tree.with("allowSync", self.access == Access::Owner).with("identifier", IDENTIFIER);
        let section = section.and_then(|key| self.store.section(key));
        if let Some(section) = section {
            tree = tree
                .with("librarySectionID", section.key)
                .with("librarySectionTitle", section.title.as_str())
                .with("librarySectionUUID", section.uuid.as_str());
        }
        tree.children(page)
    }

    /// An item. If it is requested individually (`detailed`), locks and labels are included.
    pub(super) fn item_view(&self, item: &Item, detailed: bool) -> Element {
        let store = &*self.store;
        let directory = matches!(item.kind, Kind::Show | Kind::Season);
        let path = format!("/library/metadata/{}", item.key);
        let key = if directory { format!("{path}/children") } else { path.clone() };
        let guids = if detailed || self.request.flag("includeGuids") { item.guids.as_slice() } else { &[] };
        let mut view = Element::new(if directory { "Directory" } else { "Video" })
            .with("ratingKey", item.key.to_string())
            .with("key", key)
            .with("guid", item.guid.as_str())
            .with("type", item.kind.name())
            .with("title", item.title.as_str())
            .with("titleSort", item.title_sort.as_str())
            .maybe("editionTitle", item.edition.as_deref())
            .with("librarySectionID", item.section)
            .with("year", item.year)
            .with("originallyAvailableAt", item.released.as_str())
            .with("addedAt", item.added)
            .with("duration", item.duration)
            .with("rating", item.rating);
        view = with_fields(view, &item.fields);
        view = with_parents(store, item, view);
        if matches!(item.kind, Kind::Season | Kind::Episode) {
            view = view.with("index", item.index);
        }
        if directory {
            view = view.with("childCount", store.children(item.key).len());
        }
        view = with_image(view, &path, "thumb", item.images.get("posters"));
        view = with_image(view, &path, "art", item.images.get("arts"));
        let tags = self.tags.get_or_init(|| store.collection_tags());
        let collections = tags.get(&item.key).into_iter().flatten();
        view = view
            .children(guids.iter().map(|id| Element::new("Guid").with("id", id.as_str())))
            .tags("Genre", item.tags.get("genre").into_iter().flatten())
            .tags("Collection", collections);
        if item.kind == Kind::Movie || item.kind == Kind::Episode {
            view = view.child(media(item));
        }
        if detailed {
            view = view
                .tags("Label", item.tags.get("label").into_iter().flatten())
                .children(item.locked.iter().map(|field| locked(field)));
        }
        view
    }

    /// A collection. If it is requested individually (`detailed`), locks are included.
    pub(super) fn collection_view(&self, collection: &Collection, detailed: bool) -> Element {
        let path = format!("/library/collections/{}", collection.key);
        let metadata = format!("/library/metadata/{}", collection.key);
        let smart = match &collection.members {
            crate::state::Members::Smart(filter) => Some(filter),
            crate::state::Members::Listed(_) => None,
        };
        let content = smart.map(|filter| format!("server://{}/{IDENTIFIER}{filter}", self.store.machine));
        let mut view = Element::new("Directory")
            .with("ratingKey", collection.key.to_string())
            .with("key", format!("{path}/children"))
            .with("guid", format!("collection://{:08x}", collection.key))
            .with("type", "collection")
            .with("title", collection.title.as_str())
            .with("subtype", collection.kind.name())
            .with("librarySectionID", collection.section)
            .with("index", collection.key)
            .with("addedAt", collection.added)
            .with("updatedAt", collection.updated)
            .with("childCount", self.store.count(collection).to_string())
            .maybe("smart", smart.map(|_| true))
            .maybe("content", content);
        for (pref, value) in &collection.prefs {
            view = view.with(pref, *value);
        }
        view = with_fields(view, &collection.fields);
        view = with_image(view, &metadata, "thumb", collection.images.get("posters"));
        view = with_image(view, &metadata, "art", collection.images.get("arts"));
        view = view.tags("Label", collection.labels());
        if detailed {
            view = view.children(collection.locked.iter().map(|field| locked(field)));
            if self.request.flag("includePreferences") {
                view = view.child(preferences(collection));
            }
        }
        view
    }
}

fn with_fields(view: Element, fields: &std::collections::BTreeMap<String, String>) -> Element {
    fields
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .fold(view, |view, (name, value)| view.with(name, value.as_str()))
}

fn with_parents(store: &Store, item: &Item, view: Element) -> Element {
    let Some(parent) = item.parent.and_then(|parent| store.items.get(&parent)) else { return view };
    let view = view
        .with("parentRatingKey", parent.key.to_string())
        .with("parentKey", format!("/library/metadata/{}", parent.key))
        .with("parentTitle", parent.title.as_str());
    match (item.kind, store.show_of(item)) {
        (Kind::Episode, Some(show)) => view
            .with("parentIndex", parent.index)
            .with("grandparentRatingKey", show.key.to_string())
            .with("grandparentKey", format!("/library/metadata/{}", show.key))
            .with("grandparentGuid", show.guid.as_str())
            .with("grandparentTitle", show.title.as_str()),
        (Kind::Season, Some(show)) => view.with("parentGuid", show.guid.as_str()),
        _ => view,
    }
}

fn with_image(view: Element, path: &str, name: &str, images: Option<&Images>) -> Element {
    let shown = images.filter(|images| images.selected.is_some());
    view.maybe(name, shown.map(|images| format!("{path}/{name}/{}", images.changed)))
}

fn media(item: &Item) -> Element {
    let part = Element::new("Part")
        .with("id", item.key)
        .with("key", format!("/library/parts/{}/file.mkv", item.key))
        .with("file", format!("/media/{}/{}.mkv", item.section, item.key))
        .with("duration", item.duration);
    Element::new("Media")
        .with("id", item.key)
        .with("duration", item.duration)
        .with("videoResolution", "1080")
        .child(part)
}

fn locked(field: &str) -> Element {
    Element::new("Field").with("locked", true).with("name", field)
}

fn preferences(collection: &Collection) -> Element {
    let mode = "-1:Library default|0:Hide collection|1:Hide items in this collection|2:Show this collection and its items";
    let settings = [
        ("collectionMode", "Collection mode", -1, mode),
        ("collectionSort", "Collection sort", 0, "0:Release date|1:Alphabetical|2:Custom"),
        ("collectionFilterBasedOnUser", "Filtering by user", 0, "0:Admin|1:User viewing the content"),
    ];
    Element::new("Preferences").children(settings.map(|(id, label, default, options)| {
        let value = collection.prefs.get(id).copied().unwrap_or(default);
        Element::new("Setting")
            .with("id", id)
            .with("label", label)
            .with("summary", "")
            .with("type", "int")
            .with("default", default.to_string())
            .with("value", value.to_string())
            .with("hidden", false)
            .with("advanced", false)
            .with("group", "")
            .with("enumValues", options)
    }))
}
