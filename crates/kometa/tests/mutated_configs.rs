//! Mutated config files: each is read or rejected without a panic, and writing a token pair into one changes only
//! the values of the pair.

#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use kometa::config::{self, Authorization, Secrets};
use kometa::edit;
use kometa::file::ConfigFile;
use kometa::yaml::{self, Data, Value};
use proptest::prelude::*;

/// The config files of Kinometa's own tests, and a block in each YAML style.
static CORPUS: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../kinometa/tests/it/kometa/configs");
    let mut files: Vec<PathBuf> = Vec::new();
    for config in std::fs::read_dir(folder).unwrap() {
        let folder = config.unwrap().path();
        if !folder.is_dir() {
            continue;
        }
        let inside = std::fs::read_dir(folder).unwrap();
        files.extend(inside.map(|entry| entry.unwrap().path()).filter(|path| path.is_file()));
    }
    files.sort();
    assert!(files.len() > 10, "{files:?}");
    let mut corpus: Vec<_> = files.iter().map(|path| std::fs::read(path).unwrap()).collect();
    // Mutating a large file takes long and finds no more than mutating a small one.
    corpus.retain(|text| text.len() < 20_000);
    corpus.extend(STYLES.map(|text| text.as_bytes().to_vec()));
    corpus
});

const STYLES: [&str; 5] = [
    "trakt:\n  client_id: a # id\n  pin: 1 # p\n  authorization:\n    # auto\n    access_token: 'x' # t\n    scope: public\n\n# next\nplex: {url: y}\n",
    "trakt: {client_id: a, pin: , authorization: {access_token: x, refresh_token: \"y\"}} # flow\n",
    "\u{feff}x: &b {cache: true}\r\ntrakt:\r\n    client_id: &id a\r\n    authorization:\r\nsettings: *b\r\nname: *id\r\n",
    "trakt:\n  client_id: a\n  pin: |\n    123\n  authorization:\n    access_token: >-\n      old\n      token\n    created_at: ~\n",
    "libraries:\n  'Movies & 🎬':\n    collection_files: [a.yml]\ntrakt:\n  ? client_id\n  : a\n  authorization: null\n",
];

/// A file of the corpus with a few bytes replaced, removed, inserted or copied from elsewhere in the file.
fn mutated() -> impl Strategy<Value = Vec<u8>> {
    let change = (
        any::<prop::sample::Index>(),
        0..9_usize,
        any::<prop::sample::Index>(),
        0..12_usize,
        any::<[u8; 2]>(),
    );
    (any::<prop::sample::Index>(), proptest::collection::vec(change, 0..6), any::<bool>()).prop_map(
        |(file, changes, printable)| {
            let mut bytes = CORPUS[file.index(CORPUS.len())].clone();
            for (at, cut, from, copied, random) in changes {
                let at = at.index(bytes.len() + 1);
                let from = from.index(bytes.len() + 1);
                let copy = bytes[from..(from + copied).min(bytes.len())].to_vec();
                let put: Vec<u8> = match (copied, printable) {
                    (0, true) => {
                        random.map(|byte| b" \n-:#'\"{}[]&*<>|~,\ta1"[usize::from(byte) % 21]).to_vec()
                    }
                    (0, false) => random.to_vec(),
                    _ => copy,
                };
                let end = (at + cut).min(bytes.len());
                bytes.splice(at..end, put);
            }
            bytes
        },
    )
}

fn pair(token: &str) -> Authorization {
    Authorization {
        access_token: token.to_owned().into(),
        token_type: "bearer".into(),
        expires_in: 604_800,
        refresh_token: Some(token.to_owned().into()),
        scope: "public".into(),
        created_at: 1_800_000_000,
    }
}

/// Returns the content of the file without the values that are written.
fn other_values(text: &str) -> Option<Value> {
    let file = yaml::parse("config.yml", text).ok()?;
    let mut root = Value::read(&file).ok()?;
    if let Data::Map(entries) = &mut root.data {
        for (_, value) in entries.iter_mut().filter(|(key, _)| key.text == "trakt") {
            if let Data::Map(trakt) = &mut value.data {
                trakt.retain(|(key, _)| key.text != "pin" && key.text != "authorization");
            }
        }
    }
    Some(root)
}

/// Returns the comments in order. The parser drops them, so they are compared as text.
fn comments(text: &str) -> Vec<&str> {
    text.lines().filter_map(|line| line.trim_start().strip_prefix('#')).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn mutated_bytes_are_read_or_rejected(bytes in mutated()) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("config.yml");
        std::fs::write(&path, &bytes).unwrap();
        let file = ConfigFile::open(&path, &folder.path().join("data")).unwrap();
        let read = file.read();
        prop_assert_eq!(read.is_ok(), std::str::from_utf8(&bytes).is_ok());
        if let Ok(text) = read {
            let _ = config::read("config.yml", &text, &Secrets::default());
        }
    }

    #[test]
    fn writing_a_pair_changes_only_its_values(bytes in mutated()) {
        let Ok(text) = String::from_utf8(bytes) else { return Ok(()) };
        let Ok(first) = edit::write_pair("config.yml", &text, &pair("first")) else { return Ok(()) };
        prop_assert_eq!(other_values(&text), other_values(&first));
        prop_assert_eq!(text.starts_with('\u{feff}'), first.starts_with('\u{feff}'));
        // Lines of a multi-line value may look like comments.
        let inside = yaml::parse("config.yml", &text).ok().and_then(|root| Value::read(&root).ok());
        let inside = inside.and_then(|root| root.get("trakt").map(Value::to_yaml)).unwrap_or_default();
        if !inside.contains('#') {
            prop_assert_eq!(comments(&text), comments(&first));
        }
        // Writing a longer pair over a shorter one gives the same lines as writing the longer one directly.
        let longer = pair("second-and-longer");
        let second = edit::write_pair("config.yml", &first, &longer).unwrap();
        let mut order: Vec<_> = second.lines().collect();
        let directly = edit::write_pair("config.yml", &text, &longer).unwrap();
        let mut expected: Vec<_> = directly.lines().collect();
        order.sort_unstable();
        expected.sort_unstable();
        prop_assert_eq!(order, expected);
    }
}
