//! `kinometa collections`: runs, checks and explains the collections that a Kometa config.yml defines.

mod explain;
mod json;
mod run;
mod schema;
mod summary;

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Subcommand};
use clock::{Clock, SystemClock};
use kometa::collections::{Library, Loaded};
use kometa::finding::{Finding, Level};
use kometa::spec::Media;

use super::Failure;
use crate::collections::files;
use crate::config::Config;

/// `kinometa collections …`
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Build the collections from the current contents of Trakt's lists and charts
    Run(run::Run),
    /// Check a Kometa config.yml and its collection files, offline and without changing anything
    Check(Source),
    /// Show a collection with its templates applied: every attribute, and where it is set
    Explain(Explain),
    /// Print a JSON Schema that lets editors complete and check Kometa's files
    Schema(schema::Options),
}

#[derive(Debug, Args)]
pub(super) struct Source {
    /// Kometa's config.yml
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Only this library
    #[arg(long, value_name = "NAME")]
    library: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct Explain {
    #[command(flatten)]
    source: Source,
    /// The collection's name
    #[arg(long, value_name = "NAME")]
    collection: String,
}

/// Exit code when the file cannot be read. When collections fail, it is 1.
const COULD_NOT_RUN: u8 = 2;

/// Runs the command. The exit code is 0 on success, 1 when collections fail, 2 when the file cannot be read.
pub(super) async fn run(command: &Command, config: &Config) -> ExitCode {
    let result = match command {
        Command::Run(options) => return run::run(options, config).await,
        Command::Check(source) => load(source, config).map(|loaded| check(&loaded)),
        Command::Schema(options) => {
            schema::print(options);
            Ok(true)
        }
        Command::Explain(options) => {
            load(&options.source, config).and_then(|loaded| explain::print(&loaded, &options.collection))
        }
    };
    match result {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(failure) => {
            eprintln!("kinometa: {failure}");
            ExitCode::from(COULD_NOT_RUN)
        }
    }
}

impl Source {
    fn path(&self) -> Result<&Path, Failure> {
        Ok(self.config.as_deref().ok_or("pass Kometa's file with --config FILE")?)
    }
}

/// Loads the file without a target: whether a library contains movies or shows is guessed from its name.
fn load(source: &Source, settings: &Config) -> Result<Loaded, Failure> {
    load_with_media(source, settings, &[])
}

/// Loads the file for libraries whose media type is known.
fn load_with_media(
    source: &Source,
    settings: &Config,
    known_media: &[(String, Media)],
) -> Result<Loaded, Failure> {
    let mut loaded = files::load(source.path()?, settings, known_media, SystemClock.now())?;
    if let Some(name) = &source.library {
        let names: Vec<_> = loaded.libraries.iter().map(|library| library.name.clone()).collect();
        loaded.libraries.retain(|library| library.name == *name || library.mapping_name == *name);
        if loaded.libraries.is_empty() {
            let hint = suggestion(name, names.iter().map(String::as_str));
            let has = names.join(", ");
            return Err(format!("there is no library {name:?}{hint}; the file has: {has}").into());
        }
    }
    Ok(loaded)
}

/// Prints all findings and returns whether everything can be built.
fn check(loaded: &Loaded) -> bool {
    let mut errors = print_findings(&loaded.findings);
    let (mut all, mut failed) = (0, 0);
    let mut seen = HashSet::new();
    for (library, findings) in loaded.libraries.iter().zip(loaded.deduplicated_findings()) {
        let collections = counted(library.collections.len(), "collection", "collections");
        println!("\n{} ({collections}, {})", display_name(library), assumed_media(library));
        errors += print_findings(&findings);
        let mut repeated = 0;
        for dynamic in &library.dynamic {
            println!("  {} ({}): one collection for each result from Trakt", dynamic.name, dynamic.at);
        }
        for collection in &library.collections {
            all += 1;
            failed += usize::from(collection.fails());
            // The library's findings are printed above.
            let own: Vec<Finding> =
                collection.findings.iter().filter(|one| !findings.contains(one)).cloned().collect();
            if own.is_empty() {
                continue;
            }
            let texts: Vec<_> = own.iter().map(ToString::to_string).collect();
            // Libraries may share collection files, so the same findings are printed only once.
            if seen.insert((&collection.at, &collection.name, texts)) {
                println!("  {} ({})", collection.name, collection.at);
                print_findings(&own);
            } else {
                repeated += 1;
            }
        }
        if repeated > 0 {
            println!("  {}: as above, from the same file", counted(repeated, "collection", "collections"));
        }
    }
    for playlist in &loaded.playlists {
        all += 1;
        failed += usize::from(playlist.collection.fails());
        println!("\nplaylist {} ({})", playlist.collection.name, playlist.libraries.join(", "));
        print_findings(&playlist.collection.findings);
    }
    println!(
        "\n{} in {}: {} fine, {failed} with errors{}",
        counted(all, "collection", "collections"),
        counted(loaded.libraries.len(), "library", "libraries"),
        all - failed,
        errors_outside_collections(loaded)
    );
    errors == 0 && failed == 0
}

/// The number of errors in the file or its libraries rather than in a collection, as the end of a sentence.
fn errors_outside_collections(loaded: &Loaded) -> String {
    let of_libraries = loaded.libraries.iter().flat_map(|library| &library.findings);
    let errors = loaded.findings.iter().chain(of_libraries).filter(|one| one.level == Level::Error);
    // Libraries that share a file share its errors.
    match errors.map(ToString::to_string).collect::<HashSet<_>>().len() {
        0 => String::new(),
        count => format!(", and {} outside of collections", counted(count, "error", "errors")),
    }
}

/// Suggests the most similar known name, as the end of a sentence.
fn suggestion<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    let nearest = kometa::nearest::nearest_name(name, known);
    nearest.map(|nearest| format!("; did you mean {nearest:?}?")).unwrap_or_default()
}

/// A number with the singular or plural of a noun.
fn counted(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// The library's name, with the mapping's name if that differs: two entries may refer to the same library.
fn display_name(library: &Library) -> String {
    match library.name == library.mapping_name {
        true => library.name.clone(),
        false => format!("{}, written as {}", library.name, library.mapping_name),
    }
}

/// The media type that is assumed for a library.
fn assumed_media(library: &Library) -> String {
    format!("treated as {} because of its name", library.media.path())
}

/// Prints findings and returns the number of errors among them.
fn print_findings(findings: &[Finding]) -> usize {
    for finding in findings {
        let level = match finding.level {
            Level::Note => "note   ",
            Level::Warning => "warning",
            Level::Error => "error  ",
        };
        println!("  {level}  {finding}");
    }
    findings.iter().filter(|finding| finding.level == Level::Error).count()
}
