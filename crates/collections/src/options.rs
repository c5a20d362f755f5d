//! A collection's attributes, typed, with the settings where it says nothing itself.

use kometa::collections::Collection;
use kometa::finding::Finding;
use kometa::schedule::{RunStart, parse_schedule};
use kometa::spec::{Builder, boolean, integer, list};
use kometa::yaml::{Data, Value};

use crate::library::Level;

/// What becomes of what no builder gives any more.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum SyncMode {
    /// It stays.
    #[default]
    Append,
    /// It goes.
    Sync,
}

/// The attributes that decide what a collection holds.
#[derive(Debug, Clone, Default, PartialEq)]
#[allow(missing_docs, reason = "the names are Kometa's")]
pub struct Options {
    pub level: Level,
    pub sync_mode: SyncMode,
    /// `release`, `alpha`, `custom` …, in lower case; several sort one after the other.
    pub collection_order: Vec<String>,
    pub limit: Option<usize>,
    pub minimum_items: usize,
    pub delete_below_minimum: bool,
    pub delete_not_scheduled: bool,
    pub build_collection: bool,
    pub blank_collection: bool,
    pub ignore_blank_results: bool,
    pub only_run_on_create: bool,
    pub only_filter_missing: bool,
    pub show_missing: bool,
    pub missing_only_released: bool,
    pub show_filtered: bool,
    pub save_report: bool,
    pub cache_builders: i64,
    pub run_again: bool,
    pub delete_collections_named: Vec<String>,
    pub ignore_ids: Vec<u64>,
    pub ignore_imdb_ids: Vec<String>,
    /// The slug of an own list on Trakt that is made the same.
    pub sync_to_trakt_list: Option<String>,
    pub sync_missing_to_trakt_list: bool,
    pub details: Details,
}

/// What is shown of a collection besides its titles.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Details {
    /// None leaves what is there.
    pub summary: Option<String>,
    /// None leaves what is there.
    pub sort_title: Option<String>,
    /// The content rating; None leaves it.
    pub content_rating: Option<String>,
    /// The order in which the target shows it; None leaves it.
    pub order: Option<ShownOrder>,
    /// How the target shows it beside its titles; None leaves it.
    pub mode: Option<Mode>,
    /// Whether it is a row on Home; None leaves it.
    pub visible_home: Option<bool>,
    /// Whether it is on the library's page; None leaves it.
    pub visible_library: Option<bool>,
    /// Whether it is on the Home of friends; None leaves it.
    pub visible_shared: Option<bool>,
    /// Its place among the rows of the library's page, from 1.
    pub hub_priority: Option<usize>,
    /// Its poster; None leaves what is there.
    pub poster: Option<Image>,
    /// Its background; None leaves what is there.
    pub background: Option<Image>,
    /// Where its images may be besides.
    pub assets: Option<Assets>,
    /// Labels to add.
    pub labels: Vec<String>,
    /// Labels to take off.
    pub labels_off: Vec<String>,
    /// Whether labels that are not added here go.
    pub labels_exactly: bool,
    /// Labels of its members.
    pub item_labels: ItemLabels,
    /// The members get a label, and the target fills the collection by it, in this order.
    pub smart_label: Option<SmartLabel>,
    /// It is made even without titles.
    pub blank: bool,
    /// A collection of this name that somebody made by hand is taken over.
    pub adopt: bool,
    /// It carries Kometa's label, too.
    pub kometa_label: bool,
}

/// The order in which a target shows a collection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShownOrder {
    /// By release.
    Release,
    /// By title.
    Alpha,
    /// As its members stand.
    Custom,
}

/// How a collection is shown beside its titles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// As the library's settings say.
    Default,
    /// The collection is hidden.
    Hide,
    /// Its members are hidden.
    HideItems,
    /// Both are shown.
    ShowItems,
}

/// Where an image comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Image {
    /// The target fetches it.
    Url(String),
    /// A file on this machine, as it is written.
    File(String),
}

/// The folders of `asset_directory`, in which images are found by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assets {
    /// The folders, as they are written.
    pub directories: Vec<String>,
    /// Whether each collection has a folder of its own there (`asset_folders`).
    pub folders: bool,
    /// Whether they come before the addresses and files that the definition names (`prioritize_assets`).
    pub first: bool,
    /// What its folder, or its images, are called.
    pub name: String,
}

/// What becomes of the labels of a collection's members.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ItemLabels {
    /// They have these.
    pub add: Vec<String>,
    /// They have none of these.
    pub remove: Vec<String>,
    /// They have no others.
    pub exactly: bool,
}

/// A collection that the target fills by a label of its members.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SmartLabel {
    /// In the order of this sort option, such as `release.desc`.
    Sorted(String),
    /// With a filter of its own, which is not read here.
    Filter,
}

/// Kometa's default where neither the collection nor a setting says anything.
fn switch(collection: &Collection, name: &str, default: bool) -> bool {
    written(collection, name).and_then(|value| boolean(&value)).unwrap_or(default)
}

/// What the collection says, else its settings.
fn written(collection: &Collection, name: &str) -> Option<Value> {
    let setting = || collection.settings_for(name).find_map(|setting| setting.from.clone());
    collection.attribute(name).cloned().or_else(setting)
}

fn number(collection: &Collection, name: &str, low: usize) -> Option<usize> {
    let number = integer(&written(collection, name)?).and_then(|number| usize::try_from(number).ok());
    number.filter(|number| *number >= low)
}

fn texts(value: Option<&Value>) -> Vec<String> {
    let texts = value.map(list).unwrap_or_default();
    texts.iter().map(|value| value.to_python().trim().to_owned()).filter(|text| !text.is_empty()).collect()
}

/// Root, library and collection are added together.
fn added_together(collection: &Collection, name: &str) -> Vec<String> {
    let own = texts(collection.attribute(name));
    let set = collection.settings_for(name).flat_map(|setting| texts(setting.from.as_ref()));
    own.into_iter().chain(set).collect()
}

impl Options {
    /// The options of a collection, in a run that began then.
    pub fn of(collection: &Collection, start: RunStart, exists: bool) -> Self {
        let text = |name: &str| written(collection, name).map(|value| value.to_python().to_lowercase());
        let level = match text("builder_level").as_deref() {
            Some("season") => Level::Seasons,
            Some("episode") => Level::Episodes,
            _ => Level::Titles,
        };
        let build_collection = switch(collection, "build_collection", true);
        let sync = build_collection && text("sync_mode").as_deref() == Some("sync");
        let details = details(collection, start, exists);
        // A smart collection is sorted as its label says; an order of its own it cannot have.
        let order = match &details.smart_label {
            Some(SmartLabel::Sorted(order)) => vec![order.clone()],
            Some(SmartLabel::Filter) | None => texts(written(collection, "collection_order").as_ref()),
        };
        Self {
            level,
            sync_mode: if sync { SyncMode::Sync } else { SyncMode::Append },
            collection_order: order.iter().map(|order| order.to_lowercase()).collect(),
            limit: number(collection, "limit", 1),
            minimum_items: number(collection, "minimum_items", 1).unwrap_or(1),
            delete_below_minimum: switch(collection, "delete_below_minimum", false),
            delete_not_scheduled: switch(collection, "delete_not_scheduled", false),
            build_collection,
            blank_collection: switch(collection, "blank_collection", false),
            ignore_blank_results: switch(collection, "ignore_blank_results", false),
            only_run_on_create: switch(collection, "only_run_on_create", false),
            only_filter_missing: switch(collection, "only_filter_missing", false),
            show_missing: switch(collection, "show_missing", true),
            missing_only_released: switch(collection, "missing_only_released", false),
            show_filtered: switch(collection, "show_filtered", false),
            save_report: switch(collection, "save_report", false),
            cache_builders: cache_days(collection),
            run_again: switch(collection, "run_again", false),
            delete_collections_named: texts(collection.attribute("delete_collections_named")),
            ignore_ids: added_together(collection, "ignore_ids")
                .iter()
                .filter_map(|id| id.parse().ok())
                .collect(),
            ignore_imdb_ids: added_together(collection, "ignore_imdb_ids")
                .iter()
                .map(|id| id.to_lowercase())
                .collect(),
            sync_to_trakt_list: texts(collection.attribute("sync_to_trakt_list")).into_iter().next(),
            sync_missing_to_trakt_list: switch(collection, "sync_missing_to_trakt_list", false),
            details,
        }
    }
}

/// For how many days the answers of a collection's builders do; 0 when they have to be fresh.
pub fn cache_days(collection: &Collection) -> i64 {
    collection.attribute("cache_builders").and_then(integer).unwrap_or(0).max(0)
}

/// How many minutes after the run `run_again` looks again.
pub fn run_again_minutes(collection: &Collection) -> u64 {
    let written = written(collection, "run_again_delay").as_ref().and_then(integer);
    written.and_then(|minutes| u64::try_from(minutes).ok()).unwrap_or(0)
}

/// Whether a builder's description becomes the summary.
pub fn wants_description(builder: &Builder) -> bool {
    matches!(builder, Builder::List { details: true, .. })
}

fn details(collection: &Collection, start: RunStart, exists: bool) -> Details {
    let text = |name: &str| {
        let text = collection.attribute(name).map(Value::to_python);
        text.filter(|text| !text.trim().is_empty())
    };
    let visible = |name: &str| {
        let value = collection.attribute(name)?;
        let scheduled = || parse_schedule(value).ok().map(|schedule| schedule.is_due(start, exists));
        boolean(value).or_else(scheduled)
    };
    // An address comes before a file, as in Kometa.
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

/// Every order but the two that Plex has itself is made by moving.
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
    match value.data {
        Data::Map(_) => SmartLabel::Filter,
        _ => SmartLabel::Sorted(value.to_python().to_lowercase()),
    }
}

/// Whether a collection's schedules, its own and those around it, let it run.
pub fn is_due(collection: &Collection, start: RunStart, exists: bool) -> bool {
    collection.outer.iter().chain(&collection.spec.schedule).all(|one| one.is_due(start, exists))
}

/// The findings that keep a collection from being built.
pub fn errors(collection: &Collection) -> impl Iterator<Item = &Finding> {
    collection.findings.iter().filter(|finding| finding.level == kometa::finding::Level::Error)
}
