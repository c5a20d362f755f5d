//! What Kometa's `operations` would do to collections that are made here on the same Plex server.

use crate::finding::{Finding, Level, Problem};
use crate::spec::boolean;
use crate::yaml::{Data, Value};

/// Tells what becomes of the collections when Kometa runs with this library's operations.
pub(super) fn warn(library: &Value, path: &str, kometa_label: bool, findings: &mut Vec<Finding>) {
    let Some(operations) = library.get("operations") else { return };
    let mut tell = |value: &Value, key: &str, what: &'static str| {
        let path = format!("{path}.operations.{key}");
        findings.push(Finding::new(Level::Warning, &value.at, path, Problem::Unusable(what)));
    };
    let says = |value: Option<&Value>| value.and_then(boolean);
    if let Some(deletes) = operations.get("delete_collections").filter(|value| value.data != Data::Null) {
        let (managed, configured) = (says(deletes.get("managed")), says(deletes.get("configured")));
        let key = "delete_collections";
        match (managed, kometa_label) {
            // Kometa deletes what meets all of its conditions.
            (_, _) if configured == Some(true) => tell(
                deletes,
                key,
                "Kometa would delete the collections that its files define, and so the ones that Kinometa makes of these files",
            ),
            (Some(false), false) => tell(
                deletes,
                key,
                "Kometa would delete collections without its label, and Kinometa's carry only the label Kinometa: set settings.kometa_label to true, or run with --kometa-label",
            ),
            (Some(true), true) => tell(
                deletes,
                key,
                "Kometa would delete collections with its label, which Kinometa's carry: those that are in no file of Kometa's",
            ),
            (None, _) if configured == Some(false) => tell(
                deletes,
                key,
                "Kometa would delete collections that are in none of its files: keep the files of Kinometa's collections in Kometa's config.yml, too",
            ),
            _ => {}
        }
        if deletes.get("less").is_some_and(|less| less.data != Data::Null) {
            tell(
                deletes,
                "delete_collections.less",
                "Kometa would delete small collections, also those that Kinometa makes",
            );
        }
    }
    if let Some(value) = operations
        .get("delete_unmanaged_collections")
        .filter(|value| boolean(value) == Some(true) && !kometa_label)
    {
        tell(
            value,
            "delete_unmanaged_collections",
            "Kometa would delete collections without its label, and Kinometa's carry only the label Kinometa: set settings.kometa_label to true, or run with --kometa-label",
        );
    }
    if let Some(value) =
        operations.get("delete_collections_with_less").filter(|value| value.data != Data::Null)
    {
        tell(
            value,
            "delete_collections_with_less",
            "Kometa would delete small collections, also those that Kinometa makes",
        );
    }
}
