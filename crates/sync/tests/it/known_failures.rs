//! The tests that `docs/KNOWN-FAILURES.md` names must exist.

use std::{collections::BTreeSet, fs, path::Path};

const TABLE: &str = include_str!("../../../../docs/KNOWN-FAILURES.md");

#[test]
fn every_known_failure_has_its_tests() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut code = String::new();
    read(&root, &mut code);
    let rows: Vec<&str> =
        TABLE.lines().filter(|line| line.starts_with("| ") && !line.contains("---")).collect();
    let named = |row: &str| -> BTreeSet<String> {
        let tests = row.rsplit('|').nth(1).unwrap_or_default();
        tests.split('`').skip(1).step_by(2).map(str::to_owned).collect()
    };
    let missing: Vec<String> = rows
        .iter()
        .flat_map(|row| named(row))
        .filter(|name| !code.contains(&format!("fn {name}(")) && !code.contains(&format!("\"{name}\"")))
        .collect();
    assert_eq!(missing, [] as [String; 0], "named in docs/KNOWN-FAILURES.md and nowhere in the code");
    let answered = |row: &&&str| !named(row).is_empty() || row.contains("](guide/");
    assert_eq!(rows.iter().filter(answered).count(), 45, "every failure has a test or a page of the guide");
}

/// All Rust code below a folder.
fn read(folder: &Path, code: &mut String) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read(&path, code);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            code.push_str(&fs::read_to_string(path).unwrap());
        }
    }
}
