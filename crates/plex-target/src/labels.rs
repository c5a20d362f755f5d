//! Labels of items.

use std::collections::BTreeMap;

use collections::options::ItemLabels;
use plex::models::{Item, Kind};
use plex::target::Library;
use plex::{Client, Edit};

/// Kometa's overlays need it, so an exact list of labels keeps it.
const OVERLAY: &str = "Overlay";

/// Updates the labels of members, with one call per hundred items for each distinct change. Returns what was done, or
/// would be.
pub(crate) async fn items(
    library: &Library,
    kind: Kind,
    keys: &[u64],
    wanted: &ItemLabels,
) -> plex::Result<Vec<String>> {
    if *wanted == ItemLabels::default() || keys.is_empty() {
        return Ok(Vec::new());
    }
    let known = library.client().items_by_key(keys).await?;
    let added = groups(&known, |item| lacking(item, wanted));
    let removed = groups(&known, |item| surplus(item, wanted));
    let mut words = Vec::new();
    for (labels, keys) in added {
        words.push(format!("label {} on {} members", labels.join(", "), keys.len()));
        // Some versions of Plex replace the list of a single item, so what it has is given along.
        let alone = known.iter().filter(|item| keys == [item.key]).flat_map(|item| item.labels.clone());
        let edit = Edit::new().labels(alone.chain(labels));
        edit_items(library, kind, &keys, &edit).await?;
    }
    for (labels, keys) in removed {
        words.push(format!("label {} off {} members", labels.join(", "), keys.len()));
        edit_items(library, kind, &keys, &Edit::new().remove_labels(labels)).await?;
    }
    Ok(words)
}

/// The items that need the same change, together.
fn groups(items: &[Item], change: impl Fn(&Item) -> Vec<String>) -> BTreeMap<Vec<String>, Vec<u64>> {
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
fn lacking(item: &Item, wanted: &ItemLabels) -> Vec<String> {
    let needs = |label: &&String| !has(&item.labels, label) && !has(&wanted.remove, label);
    wanted.add.iter().filter(needs).cloned().collect()
}

fn surplus(item: &Item, wanted: &ItemLabels) -> Vec<String> {
    let goes = |label: &&String| {
        let stray = wanted.exactly && !has(&wanted.add, label) && !label.eq_ignore_ascii_case(OVERLAY);
        has(&wanted.remove, label) || stray
    };
    item.labels.iter().filter(goes).cloned().collect()
}

/// Adds a label to items. In a dry run, nothing is sent.
pub(crate) async fn put(library: &Library, kind: Kind, keys: &[u64], label: &str) -> plex::Result<()> {
    edit_items(library, kind, keys, &Edit::new().labels([label.to_owned()])).await
}

/// Removes a label from items.
pub(crate) async fn take(library: &Library, kind: Kind, keys: &[u64], label: &str) -> plex::Result<()> {
    edit_items(library, kind, keys, &Edit::new().remove_labels([label.to_owned()])).await
}

async fn edit_items(library: &Library, kind: Kind, keys: &[u64], edit: &Edit) -> plex::Result<()> {
    let client: &Client = library.client();
    if client.is_dry_run() || keys.is_empty() {
        return Ok(());
    }
    client.edit_items(library.section(), kind, keys, edit).await
}
