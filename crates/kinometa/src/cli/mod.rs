//! The command-line interface.

mod collections;
mod doctor;
mod trakt;
mod user;

use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::Arc;

use clap::{ArgMatches, CommandFactory, FromArgMatches, Parser, Subcommand};
use clock::SystemClock;

use crate::api;
use crate::config::{Config, Settings};
use crate::demo;
use crate::http::document;
use crate::logging;
use crate::server::{self, Server};

/// A self-hosted media server that stays in sync with Trakt
#[derive(Debug, Parser)]
#[command(name = "kinometa", version, propagate_version = true)]
struct Cli {
    #[command(flatten)]
    settings: Settings,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Try Kinometa with a sample library and a simulated Trakt
    Demo(demo::Options),
    /// Run the server
    Serve,
    /// Manage user accounts
    #[command(subcommand)]
    User(user::Command),
    /// Run, check and explain the collections of a Kometa config.yml
    #[command(subcommand)]
    Collections(collections::Command),
    /// Connect and sync users' Trakt accounts, and authorize Kometa's config.yml on Trakt
    #[command(subcommand)]
    Trakt(trakt::Command),
    /// Check the database, libraries, ffmpeg, the connection to Trakt and the clock
    Doctor,
    /// Print the OpenAPI document of the HTTP API
    Openapi,
}

/// Error of a command, printed to the user.
type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Parses the command line and runs the command.
pub fn run() -> ExitCode {
    let Cli { mut settings, command } =
        Cli::from_arg_matches(&matches()).unwrap_or_else(|error| error.exit());
    if matches!(command, Command::Openapi) {
        print!("{}", document::to_text(&api::document()));
        return ExitCode::SUCCESS;
    }
    if matches!(command, Command::Demo(_)) {
        // Keeps the demo's data apart from the default data directory.
        settings.data_dir.get_or_insert_with(|| demo::DEFAULT_FOLDER.into());
    }
    if !matches!(command, Command::Serve | Command::Demo(_)) {
        // These commands print their result, so the log is limited to problems.
        settings.log.get_or_insert_with(|| "warn".to_owned());
    }
    let result = settings.resolve().map_err(Failure::from).and_then(|config| {
        logging::start(config.log_format, &config.log);
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        runtime.block_on(dispatch(command, config))
    });
    result.unwrap_or_else(|failure| {
        eprintln!("kinometa: {failure}");
        ExitCode::FAILURE
    })
}

async fn dispatch(command: Command, config: Config) -> Result<ExitCode, Failure> {
    match command {
        Command::Demo(options) => Ok(demo::run(config, &options).await.map(|()| ExitCode::SUCCESS)?),
        Command::Serve => serve(config).await,
        Command::User(command) => user::run(command, config).await,
        Command::Collections(command) => Ok(collections::run(&command, &config).await),
        Command::Trakt(command) => trakt::run(command, config).await,
        Command::Doctor => Ok(doctor::run(&config).await),
        Command::Openapi => Ok(ExitCode::SUCCESS),
    }
}

/// Commands that have their own `--config` and `--library` options, which refer to Kometa's files.
const ABOUT_KOMETA: [&str; 2] = ["collections", "trakt"];

/// Parses the command line. Kinometa's own `--config` and `--library` are accepted anywhere, except with a command
/// that has options of the same names: there they must precede the command.
fn matches() -> ArgMatches {
    let command = Cli::command();
    let parsed = command.clone().ignore_errors(true).try_get_matches().ok();
    let about_kometa = parsed
        .as_ref()
        .and_then(ArgMatches::subcommand_name)
        .is_some_and(|name| ABOUT_KOMETA.contains(&name));
    if !about_kometa {
        return command.get_matches();
    }
    let before_only = |argument: clap::Arg| argument.global(false);
    command.mut_arg("config", before_only).mut_arg("library", before_only).get_matches()
}

async fn serve(config: Config) -> Result<ExitCode, Failure> {
    let server = Server::start(config, Arc::new(SystemClock)).await?;
    println!("{}", ready(&server.app().config().server_name, server.address()));
    server::stop_signal().await;
    server.stop().await;
    Ok(ExitCode::SUCCESS)
}

/// The message that says where to open the server. A server that listens on all addresses is also reachable from
/// other devices.
fn ready(name: &str, address: SocketAddr) -> String {
    let port = address.port();
    if !address.ip().is_unspecified() {
        return format!("\n  {name} is ready:  http://{address}\n");
    }
    format!(
        "\n  {name} is ready:  http://localhost:{port}\n  From other devices: the same port at this machine's name or \
         address\n"
    )
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("127.0.0.1:7878", "http://127.0.0.1:7878")]
    #[case("0.0.0.0:7878", "http://localhost:7878")]
    #[case("[::]:80", "http://localhost:80")]
    #[case("[::1]:7878", "http://[::1]:7878")]
    fn the_ready_message_contains_the_address_to_open(#[case] address: &str, #[case] expected: &str) {
        let text = ready("Attic", address.parse().unwrap());
        assert!(text.contains(&format!("Attic is ready:  {expected}\n")), "{text}");
    }
}
