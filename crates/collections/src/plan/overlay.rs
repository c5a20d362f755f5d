//! Combines the defined details of a collection with its existing ones.

use super::Existing;
use crate::options::Details;

/// The details after the run. Details that are not defined keep their existing values.
pub(super) fn merged(existing: Option<&Existing>, new: &Details, description: Option<&str>) -> Details {
    let mut details = existing.map(|existing| existing.details.clone()).unwrap_or_default();
    let summary = new.summary.clone().or_else(|| description.map(str::to_owned));
    details.summary = summary.or(details.summary);
    details.sort_title = new.sort_title.clone().or(details.sort_title);
    details.visible_home = new.visible_home.or(details.visible_home);
    details.visible_library = new.visible_library.or(details.visible_library);
    // An image that the definition no longer names is removed; a generated one replaces it.
    details.poster.clone_from(&new.poster);
    details.background.clone_from(&new.background);
    details.assets.clone_from(&new.assets);
    if existing.is_none_or(|existing| existing.target_compares) {
        // Kinometa itself does not use these; only other targets do.
        details.content_rating = new.content_rating.clone().or(details.content_rating);
        details.order = new.order;
        details.mode = new.mode.or(details.mode);
        details.visible_shared = new.visible_shared.or(details.visible_shared);
        details.hub_priority = new.hub_priority;
        details.item_labels.clone_from(&new.item_labels);
        details.smart_label.clone_from(&new.smart_label);
        details.kometa_label = new.kometa_label;
        details.blank = new.blank;
        details.adopt = new.adopt;
    }
    if new.labels_exactly {
        details.labels.retain(|label| new.labels.iter().any(|wanted| same_label(wanted, label)));
    }
    // Labels are compared ignoring case.
    let has = |labels: &[String], label: &str| labels.iter().any(|known| same_label(known, label));
    for label in &new.labels {
        if !has(&details.labels, label) {
            details.labels.push(label.clone());
        }
    }
    details.labels.retain(|label| !has(&new.labels_off, label));
    details
}

fn same_label(a: &str, b: &str) -> bool {
    a.to_lowercase() == b.to_lowercase()
}
