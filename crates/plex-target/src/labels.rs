//! Changes the labels of items.

use std::collections::BTreeMap;

use collections::options::ItemLabels;
use plex::models::{Item, Kind};
use plex::target::Library;
use plex::{Client, Edit};

/// The label that Kometa's overlays need. `item_label.sync` does not remove it.
const OVERLAY: &str = "Overlay";

/// Updates the labels of members, with one call per hundred items for each distinct change. Returns descriptions of
/// the changes, actual or planned.
pub(crate) async fn update_members(
    library: &Library,
    kind: Kind,
    keys: &[u64],
    wanted: &ItemLabels,
) -> plex::Result<Vec<String>> {
    if *wanted == ItemLabels::default() || keys.is_empty() {
        return Ok(Vec::new());
    }
    let known = library.client().items_by_key(keys).await?;
    let added = group_by_change(&known, |item| missing(item, wanted));
    let removed = group_by_change(&known, |item| surplus(item, wanted));
    let mut changes = Vec::new();
    for (labels, keys) in added {
        changes.push(format!("label {} on {} members", labels.join(", "), keys.len()));
        // When a single item is edited, some versions of Plex replace its labels, so its existing labels are
        // included.
        let existing = known.iter().filter(|item| keys == [item.key]).flat_map(|item| item.labels.clone());
        let edit = Edit::new().labels(existing.chain(labels));
        edit_items(library, kind, &keys, &edit).await?;
    }
    for (labels, keys) in removed {
        changes.push(format!("label {} off {} members", labels.join(", "), keys.len()));
        edit_items(library, kind, &keys, &Edit::new().remove_labels(labels)).await?;
    }
    Ok(changes)
}

/// Groups items by the labels to change.
fn group_by_change(items: &[Item], change: impl Fn(&Item) -> Vec<String>) -> BTreeMap<Vec<String>, Vec<u64>> {
    let mut groups: BTreeMap<Vec<String>, Vec<u64>> = BTreeMap::new();
    for item in items {
        let labels = change(item);
        if !labels.is_empty() {
            groups.entry(labels).or_default().push(item.key);
        }
    }
    groups
}

fn has(labels: &[String], label: &str) -> bool {
    labels.iter().any(|known| known.to_lowercase() == label.to_lowercase())
}

/// The labels to add, without those that are also to be removed.
fn missing(item: &Item, wanted: &ItemLabels) -> Vec<String> {
    let needs = |label: &&String| !has(&item.labels, label) && !has(&wanted.remove, label);
    wanted.add.iter().filter(needs).cloned().collect()
}

/// The labels to remove.
fn surplus(item: &Item, wanted: &ItemLabels) -> Vec<String> {
    let is_removed = |label: &&String| {
        let is_unlisted = wanted.exactly && !has(&wanted.add, label) && !label.eq_ignore_ascii_case(OVERLAY);
        has(&wanted.remove, label) || is_unlisted
    };
    item.labels.iter().filter(is_removed).cloned().collect()
}

/// Adds a label to items. In a dry run, nothing is sent.
pub(crate) async fn add(library: &Library, kind: Kind, keys: &[u64], label: &str) -> plex::Result<()> {
    edit_items(library, kind, keys, &Edit::new().labels([label.to_owned()])).await
}

/// Removes a label from items.
pub(crate) async fn remove(library: &Library, kind: Kind, keys: &[u64], label: &str) -> plex::Result<()> {
    edit_items(library, kind, keys, &Edit::new().remove_labels([label.to_owned()])).await
}

async fn edit_items(library: &Library, kind: Kind, keys: &[u64], edit: &Edit) -> plex::Result<()> {
    let client: &Client = library.client();
    if client.is_dry_run() || keys.is_empty() {
        return Ok(());
    }
    client.edit_items(library.section(), kind, keys, edit).await
}
