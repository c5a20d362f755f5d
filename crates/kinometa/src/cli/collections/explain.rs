//! `kinometa collections explain`: prints a collection attribute by attribute.

use kometa::collections::{Collection, Dynamic, Loaded};
use kometa::spec::Media;
use kometa::template::Attribute;

use super::super::Failure;
use super::{print_findings, suggestion};

/// Prints every collection with this name and returns whether all of them can be built.
pub(super) fn print(loaded: &Loaded, name: &str) -> Result<bool, Failure> {
    let mut fine = true;
    let mut found = false;
    for library in &loaded.libraries {
        for collection in library.collections.iter().filter(|one| one.name.eq_ignore_ascii_case(name)) {
            found = true;
            fine &= !collection.fails();
            println!("{} / {} ({})", library.name, collection.name, collection.at);
            print_collection(collection, library.media);
        }
        for dynamic in library.dynamic.iter().filter(|one| one.name.eq_ignore_ascii_case(name)) {
            found = true;
            println!("{} / {} ({})", library.name, dynamic.name, dynamic.at);
            print_dynamic(dynamic);
        }
    }
    for playlist in loaded.playlists.iter().filter(|one| one.collection.name.eq_ignore_ascii_case(name)) {
        found = true;
        let collection = &playlist.collection;
        fine &= !collection.fails();
        println!("{} / {} ({})", playlist.libraries.join(" + "), collection.name, collection.at);
        print_collection(collection, Media::Shows);
    }
    if found { Ok(fine) } else { Err(unknown(loaded, name)) }
}

/// Prints a dynamic definition. Its collections are not known until Trakt is asked.
fn print_dynamic(dynamic: &Dynamic) {
    println!("  creates a collection for each result, with the label {:?}\n\n  asks Trakt:", dynamic.name);
    for request in dynamic.source.requests() {
        println!("  {request}");
    }
    println!();
}

fn print_collection(collection: &Collection, media: Media) {
    for attribute in &collection.attributes {
        let from = attribute.template.as_ref().map(|name| format!(", template {name}")).unwrap_or_default();
        // The value may come from a template variable that is set on another line than the attribute.
        let key = match &attribute.template {
            Some(_) if attribute.key.at != attribute.value.at && on_different_lines(attribute) => {
                format!(" at {}", attribute.key.at)
            }
            _ => String::new(),
        };
        println!(
            "  {}: {}    # {}{from}{key}",
            attribute.key.text,
            attribute.value.to_yaml(),
            attribute.value.at
        );
    }
    println!("\n  from settings:");
    for setting in &collection.settings {
        let from = setting.from.as_ref().map_or_else(|| "default".to_owned(), |value| value.at.to_string());
        println!("  {}: {}    # {from}", setting.name, setting.value);
    }
    println!("\n  asks Trakt:");
    for builder in &collection.spec.builders {
        println!("  {}", builder.request(media));
    }
    if !collection.spec.filters.is_empty() {
        println!("\n  filters (at least one line must match):");
        for filters in &collection.spec.filters {
            let parts: Vec<_> = filters.iter().map(ToString::to_string).collect();
            println!("  {}", parts.join(" and "));
        }
    }
    for schedule in collection.spec.schedule.iter().chain(&collection.outer) {
        println!("\n  runs {schedule}");
    }
    println!();
    print_findings(&collection.findings);
}

/// Whether key and value are on different lines.
fn on_different_lines(attribute: &Attribute) -> bool {
    let (key, value) = (&attribute.key.at, &attribute.value.at);
    (&key.source, key.line) != (&value.source, value.line)
}

fn unknown(loaded: &Loaded, name: &str) -> Failure {
    let playlists = loaded.playlists.iter().map(|playlist| &playlist.collection);
    let collections = loaded.libraries.iter().flat_map(|library| &library.collections).chain(playlists);
    let dynamic = loaded.libraries.iter().flat_map(|library| &library.dynamic);
    let names: Vec<&str> =
        collections.map(|one| one.name.as_str()).chain(dynamic.map(|one| one.name.as_str())).collect();
    let hint = suggestion(name, names.iter().copied());
    format!("there is no collection {name:?} among the {} of this file{hint}", names.len()).into()
}
