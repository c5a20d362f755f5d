//! The command line.

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::http::document;

/// A self-hosted media server in step with Trakt.
#[derive(Debug, Parser)]
#[command(name = "kinometa", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Print the OpenAPI document of the HTTP API.
    Openapi,
}

/// Parses the command line and runs what it says.
pub fn run() -> ExitCode {
    match Cli::parse().command {
        Command::Openapi => print!("{}", document::to_text()),
    }
    ExitCode::SUCCESS
}
