//! Entry point of the `kinometa` binary.

use std::process::ExitCode;

fn main() -> ExitCode {
    kinometa::cli::run()
}
