//! Reads file blocks: `collection_files`, `playlist_files` and `external_templates`.

use std::path::{Path, PathBuf};

use super::scope::Outer;
use crate::file::read_text;
use crate::finding::{Finding, Level, Problem};
use crate::schedule::parse_schedule;
use crate::template::Map;
use crate::yaml::{self, Data, Place, Value};

/// A file named by a block, with the block's options.
#[derive(Debug)]
pub(super) struct Block {
    pub(super) source: Source,
    /// The block's own `template_variables`.
    pub(super) variables: Map,
    /// The block's own `schedule`.
    pub(super) outer: Outer,
}

/// The source of definitions.
#[derive(Debug)]
pub(super) enum Source {
    /// A file that was read.
    File(Value),
    /// `default: trakt`
    DefaultTrakt(Place),
}

/// Keys of a block that name a file.
pub(crate) const KINDS: [&str; 7] = ["url", "git", "pmm", "default", "repo", "file", "folder"];
/// Other keys of a block.
pub(crate) const OTHERS: [&str; 3] = ["template_variables", "schedule", "asset_directory"];

/// Reads a list of blocks, or a single block. Invalid files are reported; the others are still read.
pub(super) fn blocks(value: &Value, path: &str, folder: &Path, findings: &mut Vec<Finding>) -> Vec<Block> {
    let entries: Vec<&Value> = match &value.data {
        Data::List(entries) => entries.iter().collect(),
        _ => vec![value],
    };
    let mut blocks = Vec::new();
    for entry in entries {
        match &entry.data {
            Data::Map(_) => mapping(entry, path, folder, findings, &mut blocks),
            Data::Null => findings.push(Finding::new(Level::Warning, &entry.at, path, Problem::Blank)),
            _ => files(&entry.to_python(), entry, path, folder, &Vec::new(), findings, &mut blocks),
        }
    }
    blocks
}

fn mapping(entry: &Value, path: &str, folder: &Path, findings: &mut Vec<Finding>, blocks: &mut Vec<Block>) {
    let Data::Map(keys) = &entry.data else { return };
    let variables = variables(entry, path, findings);
    for (key, _) in
        keys.iter().filter(|(key, _)| !KINDS.iter().chain(&OTHERS).any(|known| *known == key.text))
    {
        let nearest = crate::nearest::nearest_name(&key.text, KINDS.iter().chain(&OTHERS).copied());
        let problem = Problem::UnknownKey { key: key.text.clone(), nearest };
        findings.push(Finding::new(Level::Warning, &key.at, path, problem));
    }
    let outer = schedule(entry, path, findings);
    let first = blocks.len();
    for kind in KINDS {
        let Some(value) = entry.get(kind) else { continue };
        let path = format!("{path}.{kind}");
        let text = value.to_python();
        match kind {
            _ if value.data == Data::Null => {
                findings.push(Finding::new(Level::Error, &value.at, path, Problem::Blank))
            }
            "url" | "repo" => findings.push(not_fetched(kind, text, value, path)),
            "git" => match text.strip_prefix("PMM/") {
                Some(name) => default(name, value, path, &variables, findings, blocks),
                None => findings.push(not_fetched(kind, text, value, path)),
            },
            "pmm" | "default" => default(&text, value, path, &variables, findings, blocks),
            "file" => files(&text, value, &path, folder, &variables, findings, blocks),
            _ => all_files(&text, value, &path, folder, &variables, findings, blocks),
        }
    }
    blocks.iter_mut().skip(first).for_each(|block| block.outer.clone_from(&outer));
}

/// Reads `template_variables` of a block or a library.
pub(super) fn variables(entry: &Value, path: &str, findings: &mut Vec<Finding>) -> Map {
    let Some(written) = entry.get("template_variables") else { return Map::new() };
    match &written.data {
        Data::Map(variables) => variables.clone(),
        Data::Null => Map::new(),
        _ => {
            let problem = Problem::WrongType { expected: "a mapping of variables", found: written.kind() };
            findings.push(Finding::new(
                Level::Error,
                &written.at,
                format!("{path}.template_variables"),
                problem,
            ));
            Map::new()
        }
    }
}

/// Reads `schedule` of a block or a library. An invalid schedule makes everything it applies to fail, because it
/// must not mean "not scheduled".
pub(super) fn schedule(entry: &Value, path: &str, findings: &mut Vec<Finding>) -> Outer {
    let Some(schedule) = entry.get("schedule") else { return Outer::default() };
    match parse_schedule(schedule) {
        Ok(schedule) => Outer { schedules: vec![schedule], invalid: Vec::new() },
        Err(error) => {
            let finding = Finding::new(Level::Error, &schedule.at, format!("{path}.schedule"), error);
            findings.push(finding.clone());
            Outer { schedules: Vec::new(), invalid: vec![finding] }
        }
    }
}

/// The finding about a remote file. Everything after `?` is omitted, because it may contain a token.
fn not_fetched(kind: &str, what: String, value: &Value, path: String) -> Finding {
    let what = what.split('?').next().unwrap_or_default().to_owned();
    Finding::new(Level::Warning, &value.at, path, Problem::NotFetched { kind: kind.into(), what })
}

fn default(
    name: &str,
    value: &Value,
    path: String,
    variables: &Map,
    findings: &mut Vec<Finding>,
    blocks: &mut Vec<Block>,
) {
    if matches!(name.trim_end_matches(".yml"), "trakt" | "chart/trakt") {
        let source = Source::DefaultTrakt(value.at.clone());
        blocks.push(Block { source, variables: variables.clone(), outer: Outer::default() });
    } else {
        let problem = Problem::NoDefault { name: name.to_owned() };
        findings.push(Finding::new(Level::Warning, &value.at, path, problem));
    }
}

fn files(
    written: &str,
    value: &Value,
    path: &str,
    folder: &Path,
    variables: &Map,
    findings: &mut Vec<Finding>,
    blocks: &mut Vec<Block>,
) {
    match find(written, folder) {
        Some(found) => read(&found, value, path, variables, findings, blocks),
        None => {
            let problem = Problem::NoFile { path: written.to_owned() };
            findings.push(Finding::new(Level::Error, &value.at, path, problem));
        }
    }
}

/// Reads all `*.yml` files of a folder, then all `*.yaml` files, without subfolders.
fn all_files(
    written: &str,
    value: &Value,
    path: &str,
    folder: &Path,
    variables: &Map,
    findings: &mut Vec<Finding>,
    blocks: &mut Vec<Block>,
) {
    let found = candidates(written, folder).into_iter().find(|path| path.is_dir());
    let mut names: Vec<PathBuf> = found
        .and_then(|folder| std::fs::read_dir(folder).ok())
        .into_iter()
        .flatten()
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .collect();
    names.sort();
    let ending = |path: &PathBuf| path.extension().and_then(|ending| ending.to_str()).map(str::to_owned);
    let mut files: Vec<_> = names.iter().filter(|path| ending(path).as_deref() == Some("yml")).collect();
    files.extend(names.iter().filter(|path| ending(path).as_deref() == Some("yaml")));
    if files.is_empty() {
        let problem = Problem::NoFile { path: format!("{written}/*.yml") };
        findings.push(Finding::new(Level::Error, &value.at, path, problem));
    }
    for file in files {
        read(file, value, path, variables, findings, blocks);
    }
}

fn read(
    file: &Path,
    value: &Value,
    path: &str,
    variables: &Map,
    findings: &mut Vec<Finding>,
    blocks: &mut Vec<Block>,
) {
    match load(file) {
        Ok(content) => {
            let source = Source::File(content);
            blocks.push(Block { source, variables: variables.clone(), outer: Outer::default() });
        }
        Err(problem) => findings.push(Finding::new(Level::Error, &value.at, path, problem)),
    }
}

fn load(file: &Path) -> Result<Value, Problem> {
    let text = read_text(file).map_err(|error| Problem::Unreadable(error.to_string()))?;
    let root = yaml::parse(&file.display().to_string(), &text)?;
    Ok(Value::read(&root)?)
}

/// Finds the file at a path. `.yml` and `.yaml` are interchangeable, and may be omitted.
fn find(written: &str, folder: &Path) -> Option<PathBuf> {
    let stem = written.strip_suffix(".yml").or_else(|| written.strip_suffix(".yaml")).unwrap_or(written);
    let names = [written.to_owned(), format!("{stem}.yml"), format!("{stem}.yaml")];
    names.iter().flat_map(|name| candidates(name, folder)).find(|path| path.is_file())
}

/// Returns the possible locations of a path in config.yml, in order. Kometa resolves relative paths from its own
/// folder, which contains `config`; in a container, that is `/`. Backslashes (Windows) also separate folders.
pub fn candidates(written: &str, folder: &Path) -> Vec<PathBuf> {
    let written = written.replace('\\', "/");
    let path = Path::new(&written);
    let mut found = Vec::new();
    if path.is_absolute() {
        found.push(path.to_owned());
        found.extend(path.strip_prefix("/config").ok().map(|rest| folder.join(rest)));
        return found;
    }
    found.extend(folder.parent().map(|parent| parent.join(path)));
    found.push(folder.join(path));
    found.extend(path.strip_prefix("config").ok().map(|rest| folder.join(rest)));
    found
}
