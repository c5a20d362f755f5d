//! Details of a collection.

use kometa::collections::Collection;
use kometa::schedule::{RunStart, parse_schedule};
use kometa::spec::{boolean, list};
use kometa::yaml::{Data, Value};

use super::{number, switch, texts, written};

/// Details of a collection besides its titles.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Details {
    /// `None` leaves it unchanged.
    pub summary: Option<String>,
    /// `None` leaves it unchanged.
    pub sort_title: Option<String>,
    /// The content rating; `None` leaves it unchanged.
    pub content_rating: Option<String>,
    /// The order in which the target shows the members; `None` leaves it unchanged.
    pub order: Option<ShownOrder>,
    /// How the target shows it in relation to its members; `None` leaves it unchanged.
    pub mode: Option<Mode>,
    /// Whether it is shown on Home; `None` leaves it unchanged.
    pub visible_home: Option<bool>,
    /// Whether it is shown on the library's page; `None` leaves it unchanged.
    pub visible_library: Option<bool>,
    /// Whether it is shown on the Home of friends; `None` leaves it unchanged.
    pub visible_shared: Option<bool>,
    /// Its position among the hubs of the library's page, starting at 1.
    pub hub_priority: Option<usize>,
    /// Its poster; `None` leaves it unchanged.
    pub poster: Option<Image>,
    /// Its background; `None` leaves it unchanged.
    pub background: Option<Image>,
    /// Asset folders in which its images are looked up.
    pub assets: Option<Assets>,
    /// Labels to add.
    pub labels: Vec<String>,
    /// Labels to remove.
    pub labels_off: Vec<String>,
    /// Whether all other labels are removed.
    pub labels_exactly: bool,
    /// Changes to the labels of its members.
    pub item_labels: ItemLabels,
    /// Makes it a smart collection: its members get a label, and the target fills it with everything that has the
    /// label.
    pub smart_label: Option<SmartLabel>,
    /// Whether it is created even without members.
    pub blank: bool,
    /// Whether to take over a manually created collection of this name.
    pub adopt: bool,
    /// Whether the collection itself also gets Kometa's label, so that Kometa treats it as its own.
    pub kometa_label: bool,
}

/// The order in which a target shows a collection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShownOrder {
    /// By release.
    Release,
    /// By title.
    Alpha,
    /// In the order of its members.
    Custom,
}

/// How a collection is shown in relation to its members (`collection_mode`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// As set for the library.
    Default,
    /// The collection is hidden.
    Hide,
    /// Its members are hidden.
    HideItems,
    /// The collection and its members are shown.
    ShowItems,
}

/// Where an image comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Image {
    /// The URL from which the target downloads it.
    Url(String),
    /// The path of a file on this machine, as written.
    File(String),
}

/// The folders of `asset_directory`, where images are found by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assets {
    /// The folders, as written.
    pub directories: Vec<String>,
    /// Whether each collection has its own folder there (`asset_folders`).
    pub folders: bool,
    /// Whether these images take precedence over URLs and files in the definition (`prioritize_assets`).
    pub first: bool,
    /// The name of the folder or image files of this collection.
    pub name: String,
}

/// Changes to the labels of a collection's members.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ItemLabels {
    /// Labels to add.
    pub add: Vec<String>,
    /// Labels to remove.
    pub remove: Vec<String>,
    /// Whether all other labels are removed.
    pub exactly: bool,
}

/// How the target sorts a smart collection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SmartLabel {
    /// By this option, such as `release.desc`.
    Sorted(String),
    /// `smart_label` is a filter that does not specify an order.
    Filter,
}

/// The details of a collection in a run that began at `start`.
pub(super) fn read(collection: &Collection, start: RunStart, exists: bool) -> Details {
    let text = |name: &str| {
        let text = collection.attribute(name).map(Value::to_python);
        text.filter(|text| !text.trim().is_empty())
    };
    let visible = |name: &str| {
        let value = collection.attribute(name)?;
        let scheduled = || parse_schedule(value).ok().map(|schedule| schedule.is_due(start, exists));
        boolean(value).or_else(scheduled)
    };
    // A URL takes precedence over a file, as in Kometa.
    let image = |what: &str| {
        let file = || text(&format!("file_{what}")).map(Image::File);
        text(&format!("url_{what}")).map(Image::Url).or_else(file)
    };
    let exactly = texts(collection.attribute("label.sync"));
    let added = ["label", "append_label"].map(|name| texts(collection.attribute(name)));
    let labels_exactly = collection.attribute("label.sync").is_some();
    Details {
        summary: text("summary"),
        sort_title: text("sort_title"),
        content_rating: text("content_rating"),
        order: order(collection),
        mode: written(collection, "collection_mode").and_then(|value| mode(&value)),
        visible_home: visible("visible_home"),
        visible_library: visible("visible_library"),
        visible_shared: visible("visible_shared"),
        hub_priority: number(collection, "hub_priority", 1),
        poster: image("poster"),
        background: image("background"),
        assets: assets(collection),
        labels: added.into_iter().flatten().chain(exactly).collect(),
        labels_off: texts(collection.attribute("label.remove")),
        labels_exactly,
        item_labels: item_labels(collection),
        smart_label: collection.attribute("smart_label").map(smart_label),
        blank: switch(collection, "blank_collection", false),
        adopt: switch(collection, "adopt", false),
        kometa_label: switch(collection, "kometa_label", false),
    }
}

fn assets(collection: &Collection) -> Option<Assets> {
    let directories = texts(written(collection, "asset_directory").as_ref());
    let named = || collection.attribute("name_mapping").map(Value::to_python);
    (!directories.is_empty()).then(|| Assets {
        directories,
        folders: switch(collection, "asset_folders", true),
        first: switch(collection, "prioritize_assets", false),
        name: named().unwrap_or_else(|| collection.name.clone()),
    })
}

/// Plex itself can sort by release or title. For every other order, the members are moved.
fn order(collection: &Collection) -> Option<ShownOrder> {
    let written = texts(written(collection, "collection_order").as_ref());
    let [first, rest @ ..] = written.as_slice() else { return None };
    Some(match first.to_lowercase().as_str() {
        "release" if rest.is_empty() => ShownOrder::Release,
        "alpha" if rest.is_empty() => ShownOrder::Alpha,
        _ => ShownOrder::Custom,
    })
}

fn mode(value: &Value) -> Option<Mode> {
    Some(match value.to_python().trim().to_lowercase().as_str() {
        "default" => Mode::Default,
        "hide" => Mode::Hide,
        "hide_items" | "hideitems" => Mode::HideItems,
        "show_items" | "showitems" => Mode::ShowItems,
        _ => return None,
    })
}

fn item_labels(collection: &Collection) -> ItemLabels {
    let exactly = collection.attribute("item_label.sync");
    let added = texts(collection.attribute("item_label"));
    ItemLabels {
        add: added.into_iter().chain(texts(exactly)).collect(),
        remove: texts(collection.attribute("item_label.remove")),
        exactly: exactly.is_some(),
    }
}

fn smart_label(value: &Value) -> SmartLabel {
    let sorted = |order: &Value| SmartLabel::Sorted(order.to_python().to_lowercase());
    match value.data {
        Data::Map(_) => {
            let order = value.get("sort_by").and_then(|order| list(order).into_iter().next());
            order.as_ref().map_or(SmartLabel::Filter, sorted)
        }
        _ => sorted(value),
    }
}
