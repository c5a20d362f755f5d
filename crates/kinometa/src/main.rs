//! The `kinometa` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    kinometa::cli::run()
}
