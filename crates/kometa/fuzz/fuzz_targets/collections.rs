//! A collection file with its templates: it is read or refused, and nothing takes for ever.

#![no_main]

use std::path::Path;
use std::sync::LazyLock;

use kometa::collections::{Surroundings, load};
use kometa::config::{self, Secrets};
use libfuzzer_sys::fuzz_target;

const CONFIG: &str = "libraries:\n  Movies:\n    template_variables: {a: 1}\n    collection_files:\n      - file: movies.yml\n        template_variables: {key: popular, default: {v: 2}}\n  TV Shows: {collection_files: [movies.yml]}\nplaylist_files: [movies.yml]\nsettings: {sync_mode: sync}\n";

/// One folder for each process: the fuzzer runs one input after the other.
static FOLDER: LazyLock<std::path::PathBuf> = LazyLock::new(|| {
    let folder = std::env::temp_dir().join(format!("kometa-fuzz-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder for temporary files");
    folder
});

fuzz_target!(|text: &str| {
    let folder: &Path = &FOLDER;
    std::fs::write(folder.join("movies.yml"), text).expect("the folder is there");
    let secrets = Secrets::default();
    let read = config::read("config.yml", CONFIG, &secrets).expect("the file above is fine");
    let surroundings = Surroundings { folder, secrets: &secrets, today: (2026, 2, 28), held: &[] };
    let loaded = load(&read, surroundings);
    for collection in loaded.libraries.iter().flat_map(|library| &library.collections) {
        for attribute in &collection.attributes {
            let _ = attribute.value.to_yaml();
        }
        for builder in &collection.spec.builders {
            let _ = builder.request(kometa::spec::Media::Movies);
        }
    }
    let _ = loaded.told_once();
});
