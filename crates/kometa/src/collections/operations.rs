//! What Kometa's `operations` would do to Kinometa's collections on the same Plex server.

use crate::finding::{Finding, Level, Problem};
use crate::spec::boolean;
use crate::yaml::{Data, Value};

/// Reports what happens to the collections if Kometa runs with this library's operations: a mapping, or several, each
/// with its own schedule.
pub(super) fn warn(library: &Value, path: &str, kometa_label: bool, findings: &mut Vec<Finding>) {
    match library.get("operations") {
        Some(Value { data: Data::List(several), .. }) => {
            several.iter().for_each(|operations| one(operations, path, kometa_label, findings));
        }
        Some(operations) => one(operations, path, kometa_label, findings),
        None => {}
    }
}

const BY_LABEL: &str = "Kometa would delete collections without its label, and Kinometa's carry only the label Kinometa: set settings.kometa_label to true, or run with --kometa-label";
const SMALL: &str = "Kometa would delete small collections, also those that Kinometa makes";

fn one(operations: &Value, path: &str, kometa_label: bool, findings: &mut Vec<Finding>) {
    let mut tell = |value: &Value, key: &str, what: &'static str| {
        let path = format!("{path}.operations.{key}");
        findings.push(Finding::new(Level::Warning, &value.at, path, Problem::Unusable(what)));
    };
    let given = |key: &str| operations.get(key).filter(|value| value.data != Data::Null);
    if let Some(deletes) = given("delete_collections") {
        if let Some(what) = deleted(deletes, kometa_label) {
            tell(deletes, "delete_collections", what);
        }
        if concerns_ours(deletes, kometa_label)
            && deletes.get("less").is_some_and(|less| less.data != Data::Null)
        {
            tell(deletes, "delete_collections.less", SMALL);
        }
    }
    let unmanaged = given("delete_unmanaged_collections").filter(|value| boolean(value) == Some(true));
    if let Some(value) = unmanaged.filter(|_| !kometa_label) {
        tell(value, "delete_unmanaged_collections", BY_LABEL);
    }
    if let Some(value) = given("delete_collections_with_less") {
        tell(value, "delete_collections_with_less", SMALL);
    }
}

/// Kometa deletes collections that meet all of its conditions. The one about its label applies either to all of
/// Kinometa's collections or to none.
fn concerns_ours(deletes: &Value, kometa_label: bool) -> bool {
    deletes.get("managed").and_then(boolean).is_none_or(|managed| managed == kometa_label)
}

/// Which of Kinometa's collections `delete_collections` would delete.
fn deleted(deletes: &Value, kometa_label: bool) -> Option<&'static str> {
    if !concerns_ours(deletes, kometa_label) {
        return None;
    }
    let says = |key: &str| deletes.get(key).and_then(boolean);
    match (says("managed"), says("configured")) {
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
