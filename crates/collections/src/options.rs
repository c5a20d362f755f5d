//! The attributes of a collection as typed options. Settings of its library and of the root are the defaults.

mod details;

use kometa::collections::Collection;
use kometa::finding::Finding;
use kometa::schedule::RunStart;
use kometa::spec::{Builder, boolean, integer, list};
use kometa::yaml::Value;

use crate::library::Level;
pub use details::{Assets, Details, Image, ItemLabels, Mode, ShownOrder, SmartLabel};

/// What happens to members that no builder returns any more (`sync_mode`).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum SyncMode {
    /// They are kept.
    #[default]
    Append,
    /// They are removed.
    Sync,
}

/// The attributes that determine a collection's contents.
#[derive(Debug, Clone, Default, PartialEq)]
#[allow(missing_docs, reason = "the names are Kometa's")]
pub struct Options {
    pub level: Level,
    pub sync_mode: SyncMode,
    /// `release`, `alpha`, `custom` …, in lower case. Each further one sorts titles that are equal in the ones
    /// before.
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
    /// The slug of the account's Trakt list to sync with the collection.
    pub sync_to_trakt_list: Option<String>,
    pub sync_missing_to_trakt_list: bool,
    pub details: Details,
}

/// A boolean attribute. `default` is Kometa's default, used if neither the collection nor a setting has a value.
fn switch(collection: &Collection, name: &str, default: bool) -> bool {
    written(collection, name).and_then(|value| boolean(&value)).unwrap_or(default)
}

/// The value of an attribute: the collection's own, otherwise the first one among its settings.
fn written(collection: &Collection, name: &str) -> Option<Value> {
    let setting = || collection.settings_for(name).find_map(|setting| setting.from.clone());
    collection.attribute(name).cloned().or_else(setting)
}

fn number(collection: &Collection, name: &str, min: usize) -> Option<usize> {
    let number = integer(&written(collection, name)?).and_then(|number| usize::try_from(number).ok());
    number.filter(|number| *number >= min)
}

fn texts(value: Option<&Value>) -> Vec<String> {
    let texts = value.map(list).unwrap_or_default();
    texts.iter().map(|value| value.to_python().trim().to_owned()).filter(|text| !text.is_empty()).collect()
}

/// The values of an attribute that the settings extend: the collection's own, those of its library and of the root.
fn combined(collection: &Collection, name: &str) -> Vec<String> {
    let own = texts(collection.attribute(name));
    let from_settings = collection.settings_for(name).flat_map(|setting| texts(setting.from.as_ref()));
    own.into_iter().chain(from_settings).collect()
}

impl Options {
    /// The options of a collection in a run that began at `start`.
    pub fn of(collection: &Collection, start: RunStart, exists: bool) -> Self {
        let text = |name: &str| written(collection, name).map(|value| value.to_python().to_lowercase());
        let level = match text("builder_level").as_deref() {
            Some("season") => Level::Seasons,
            Some("episode") => Level::Episodes,
            _ => Level::Titles,
        };
        let build_collection = switch(collection, "build_collection", true);
        let sync = build_collection && text("sync_mode").as_deref() == Some("sync");
        let details = details::read(collection, start, exists);
        // Plex sorts a smart collection by its filter, so `sort_by` of `smart_label` replaces `collection_order`.
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
            ignore_ids: combined(collection, "ignore_ids").iter().filter_map(|id| id.parse().ok()).collect(),
            ignore_imdb_ids: combined(collection, "ignore_imdb_ids")
                .iter()
                .map(|id| id.to_lowercase())
                .collect(),
            sync_to_trakt_list: texts(collection.attribute("sync_to_trakt_list")).into_iter().next(),
            sync_missing_to_trakt_list: switch(collection, "sync_missing_to_trakt_list", false),
            details,
        }
    }
}

/// For how many days the results of a collection's builders are reused (`cache_builders`); 0 for never.
pub fn cache_days(collection: &Collection) -> i64 {
    collection.attribute("cache_builders").and_then(integer).unwrap_or(0).max(0)
}

/// How many minutes after the run `run_again` plans the collection again (`run_again_delay`).
pub fn run_again_minutes(collection: &Collection) -> u64 {
    let written = written(collection, "run_again_delay").as_ref().and_then(integer);
    written.and_then(|minutes| u64::try_from(minutes).ok()).unwrap_or(0)
}

/// Whether the description of a builder's list becomes the summary (`trakt_list_details`).
pub fn wants_description(builder: &Builder) -> bool {
    matches!(builder, Builder::List { details: true, .. })
}

/// Whether the schedules of a collection, its file and its library all include this run.
pub fn is_due(collection: &Collection, start: RunStart, exists: bool) -> bool {
    collection.outer.iter().chain(&collection.spec.schedule).all(|schedule| schedule.is_due(start, exists))
}

/// The findings that prevent a collection from being built.
pub fn errors(collection: &Collection) -> impl Iterator<Item = &Finding> {
    collection.findings.iter().filter(|finding| finding.level == kometa::finding::Level::Error)
}
