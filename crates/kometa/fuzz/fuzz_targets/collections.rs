//! Reads a collection file with its templates: any input is read or rejected in reasonable time.

#![no_main]

use std::path::Path;
use std::sync::LazyLock;

use kometa::collections::{LoadOptions, load};
use kometa::config::{self, Secrets};
use libfuzzer_sys::fuzz_target;

const CONFIG: &str = "libraries:\n  Movies:\n    template_variables: {a: 1}\n    collection_files:\n      - file: movies.yml\n        template_variables: {key: popular, default: {v: 2}}\n  TV Shows: {collection_files: [movies.yml]}\nplaylist_files: [movies.yml]\nsettings: {sync_mode: sync}\n";

/// One folder for each process is enough: the fuzzer runs one input after the other.
static FOLDER: LazyLock<std::path::PathBuf> = LazyLock::new(|| {
    let folder = std::env::temp_dir().join(format!("kometa-fuzz-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder for temporary files");
    folder
});

fuzz_target!(|text: &str| {
    let folder: &Path = &FOLDER;
    std::fs::write(folder.join("movies.yml"), text).expect("the folder exists");
    let secrets = Secrets::default();
    let read = config::read("config.yml", CONFIG, &secrets).expect("CONFIG is valid");
    let options = LoadOptions { folder, secrets: &secrets, today: (2026, 2, 28), known_media: &[] };
    let loaded = load(&read, options);
    for collection in loaded.libraries.iter().flat_map(|library| &library.collections) {
        for attribute in &collection.attributes {
            let _ = attribute.value.to_yaml();
        }
        for builder in &collection.spec.builders {
            let _ = builder.request(kometa::spec::Media::Movies);
        }
    }
    let _ = loaded.deduplicated_findings();
});
