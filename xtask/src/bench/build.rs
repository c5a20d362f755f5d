//! `cargo xtask bench build`: measures a fresh release build, and a dev rebuild after an edit.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use super::{figure, machine, print, seconds};
use crate::{Failure, root, run, target};

/// The promised times, on two cores.
const FRESH: Duration = Duration::from_secs(8 * 60);
const REBUILD: Duration = Duration::from_secs(25);

/// The module that is edited. Its types derive more traits than those of any other module.
const EDITED: &str = "crates/kinometa/src/api";

/// Builds in a separate target folder, which is emptied first, and prints both figures.
pub(super) fn run() -> Result<(), Failure> {
    let folder = target().join("bench-build");
    if folder.exists() {
        fs::remove_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    }
    // Downloads are not measured.
    run::must(run::command("cargo", &["fetch", "--locked"], &root()))?;
    let fresh = timed(build(&folder, &["--release", "--timings"]))?;
    run::must(build(&folder, &[]))?;
    let rebuild = rebuild_after_edit(&folder, &longest_file(&root().join(EDITED))?)?;
    println!("\nMachine: {}\n", machine());
    print(&[
        figure("Fresh release build, without the web", "8 min or less", minutes(fresh), fresh <= FRESH),
        figure("Dev rebuild after an edit in api", "25 s or less", seconds(rebuild), rebuild <= REBUILD),
    ]);
    println!("\nWhere the time went: {}", folder.join("cargo-timings/cargo-timing.html").display());
    Ok(())
}

/// Times an incremental build after an empty line was inserted at the top of a file, then restores the file. If
/// only the modification time changed, the compiler would have nothing to do.
fn rebuild_after_edit(folder: &Path, file: &Path) -> Result<Duration, Failure> {
    let problem = |error: std::io::Error| format!("{}: {error}", file.display());
    let source = fs::read_to_string(file).map_err(problem)?;
    fs::write(file, format!("\n{source}")).map_err(problem)?;
    let time = timed(build(folder, &[]));
    fs::write(file, source).map_err(problem)?;
    time
}

fn longest_file(folder: &Path) -> Result<PathBuf, Failure> {
    let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let files = entries.flatten().filter_map(|entry| Some((entry.metadata().ok()?, entry.path())));
    let sources =
        files.filter(|(metadata, path)| metadata.is_file() && path.extension() == Some("rs".as_ref()));
    let longest = sources.max_by_key(|(metadata, _)| metadata.len());
    longest.map(|(_, path)| path).ok_or_else(|| format!("no source file in {}", folder.display()))
}

fn build(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = run::command("cargo", &["build", "--locked", "--package", "kinometa"], &root());
    command.args(arguments).env("CARGO_TARGET_DIR", folder).env("KINOMETA_SKIP_WEB", "1");
    // Use cargo's defaults, as on a developer's machine.
    command.env_remove("CARGO_INCREMENTAL").env_remove("CARGO_BUILD_JOBS");
    command
}

fn timed(command: Command) -> Result<Duration, Failure> {
    let started = Instant::now();
    run::must(command)?;
    Ok(started.elapsed())
}

fn minutes(time: Duration) -> String {
    format!("{}:{:02} min", time.as_secs() / 60, time.as_secs() % 60)
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::time::Duration;

    use super::{longest_file, minutes};

    #[test]
    fn edits_the_longest_source_file() {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in
            [("a.rs", "short"), ("b.rs", "a longer one"), ("c.json", "the longest of them all")]
        {
            fs::write(folder.path().join(name), text).unwrap();
        }
        assert_eq!(longest_file(folder.path()).unwrap(), folder.path().join("b.rs"));
    }

    #[test]
    fn shows_minutes_and_seconds() {
        assert_eq!(minutes(Duration::from_millis(487_900)), "8:07 min");
    }
}
