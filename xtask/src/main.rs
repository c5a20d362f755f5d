//! Developer commands. `cargo xtask` lists them.

mod bench;
mod cargo_tools;
mod lint;
mod mutants;
mod openapi;
mod postgres;
mod run;
mod scratch;
mod skipped;
mod soak;
mod tally;
mod test;
mod tools;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

const HELP: &str = "\
cargo xtask test [rust] [postgres] [web] [e2e]   run the tests; all of them when none is named
cargo xtask lint                                 formatting, clippy, types, module cycles, unused dependencies, licences
cargo xtask openapi                              write web/openapi.json and the client generated from it
cargo xtask mutants [--package P]... [--all] [--shard K/N]
                                                 find changes to sync, trakt and media that no test detects;
                                                 without --all only in lines that differ from main
cargo xtask bench [--files N]                    measure a release build on a library of N small films (10000)
cargo xtask bench build                          measure a fresh release build and a rebuild after an edit
cargo xtask bench web                            measure the interface in headless Chromium on a library of 10000 films
cargo xtask bench collections                    measure a run of 100 collections over 10000 titles, against the simulator
cargo xtask bench sync                           measure importing, following and sending against the simulator
cargo xtask soak [--kills N] [--seed N]          kill the server N times (200) on SQLite and on PostgreSQL, and compare
                                                 it with Trakt afterwards; run the sync engine's random tests with
                                                 fresh seeds";

/// Why a command could not do its work, as opposed to tests that failed.
type Failure = String;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (command, rest) =
        arguments.split_first().map_or(("", [].as_slice()), |(first, rest)| (first.as_str(), rest));
    let result = match command {
        "test" => test::run(rest),
        "lint" => lint::run(),
        "openapi" => openapi::write().map(|()| true),
        "mutants" => mutants::run(rest),
        "soak" => soak::run(rest),
        "bench" => bench::run(rest).map(|()| true),
        _ => {
            println!("{HELP}");
            return if command.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE };
        }
    };
    match result {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(message) => {
            eprintln!("xtask: {message}");
            ExitCode::FAILURE
        }
    }
}

/// The root folder of the repository.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(Path::to_path_buf).unwrap_or_default()
}

/// Cargo's target folder.
fn target() -> PathBuf {
    root().join(std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| PathBuf::from("target"), PathBuf::from))
}
