//! Developer commands. `cargo xtask` lists them.

mod bench;
mod lint;
mod openapi;
mod postgres;
mod run;
mod tally;
mod test;
mod tools;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

const HELP: &str = "\
cargo xtask test [rust] [postgres] [web] [e2e]   run the tests; all of them when none is named
cargo xtask lint                                 formatting, clippy, types, stale generated files, licences
cargo xtask openapi                              write web/openapi.json and the client generated from it
cargo xtask bench [--files N]                    measure a release build on a library of N small films (10000)";

/// Why a command could not do its work (as opposed to tests that failed).
type Failure = String;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (command, rest) =
        arguments.split_first().map_or(("", [].as_slice()), |(first, rest)| (first.as_str(), rest));
    let result = match command {
        "test" => test::run(rest),
        "lint" => lint::run(),
        "openapi" => openapi::write().map(|()| true),
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

/// The top folder of the repository.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(Path::to_path_buf).unwrap_or_default()
}
