//! Warns about Kometa's `operations` that would delete Kinometa's collections on the same Plex server.

use crate::finding::{Finding, Level, Problem};
use crate::spec::boolean;
use crate::yaml::{Data, Value};

/// Warns about a library's `operations`: a mapping, or a list of mappings with their own schedules.
pub(super) fn warn(library: &Value, path: &str, kometa_label: bool, findings: &mut Vec<Finding>) {
    match library.get("operations") {
        Some(Value { data: Data::List(several), .. }) => {
            several.iter().for_each(|operations| warn_about(operations, path, kometa_label, findings));
        }
        Some(operations) => warn_about(operations, path, kometa_label, findings),
        None => {}
    }
}

const BY_LABEL: &str = "Kometa would delete collections without its label, and Kinometa's carry only the label Kinometa: set settings.kometa_label to true, or run with --kometa-label";
const SMALL: &str = "Kometa would delete small collections, also those that Kinometa makes";

fn warn_about(operations: &Value, path: &str, kometa_label: bool, findings: &mut Vec<Finding>) {
    let mut warn = |value: &Value, key: &str, what: &'static str| {
        let path = format!("{path}.operations.{key}");
        findings.push(Finding::new(Level::Warning, &value.at, path, Problem::Unusable(what)));
    };
    let attribute = |key: &str| operations.get(key).filter(|value| value.data != Data::Null);
    if let Some(deletes) = attribute("delete_collections") {
        if let Some(what) = deleted(deletes, kometa_label) {
            warn(deletes, "delete_collections", what);
        }
        if can_apply(deletes, kometa_label) && deletes.get("less").is_some_and(|less| less.data != Data::Null)
        {
            warn(deletes, "delete_collections.less", SMALL);
        }
    }
    let unmanaged = attribute("delete_unmanaged_collections").filter(|value| boolean(value) == Some(true));
    if let Some(value) = unmanaged.filter(|_| !kometa_label) {
        warn(value, "delete_unmanaged_collections", BY_LABEL);
    }
    if let Some(value) = attribute("delete_collections_with_less") {
        warn(value, "delete_collections_with_less", SMALL);
    }
}

/// Returns whether `delete_collections` can apply to Kinometa's collections. Kometa deletes collections that meet
/// all conditions, and the one about Kometa's label is met either by all of Kinometa's collections or by none.
fn can_apply(deletes: &Value, kometa_label: bool) -> bool {
    deletes.get("managed").and_then(boolean).is_none_or(|managed| managed == kometa_label)
}

/// Describes which of Kinometa's collections `delete_collections` would delete; `None` if it would delete none.
fn deleted(deletes: &Value, kometa_label: bool) -> Option<&'static str> {
    if !can_apply(deletes, kometa_label) {
        return None;
    }
    let flag = |key: &str| deletes.get(key).and_then(boolean);
    match (flag("managed"), flag("configured")) {
        (_, Some(true)) => Some(
            "Kometa would delete the collections that its files define, and so the ones that Kinometa makes of these files",
        ),
        (Some(false), _) => Some(BY_LABEL),
        (Some(true), _) => Some(
            "Kometa would delete collections with its label, which Kinometa's carry: those that are in no file of Kometa's",
        ),
        (None, Some(false)) => Some(
            "Kometa would delete collections that are in none of its files: keep the files of Kinometa's collections in Kometa's config.yml, too",
        ),
        (None, None) => None,
    }
}

#[cfg(test)]
#[path = "operations_tests.rs"]
mod tests;
