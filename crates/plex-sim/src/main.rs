//! `plex-sim serve`: the simulator as a command-line program.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};
use plex_sim::{Agent, Kind, OWNER_TOKEN, READ_ONLY_TOKEN, Sim};

#[derive(Parser)]
#[command(
    name = "plex-sim",
    version,
    about = "A Plex Media Server that runs on your machine without any media"
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve until stopped.
    Serve(Serve),
}

#[derive(Args)]
struct Serve {
    /// Address to listen on; port 0 picks a free port.
    #[arg(long, default_value = "127.0.0.1:32499")]
    listen: SocketAddr,
    /// Seed: the same seed gives the same titles.
    #[arg(long, default_value_t = 7)]
    seed: u64,
    /// Titles in the library "Movies".
    #[arg(long, default_value_t = 1000)]
    movies: usize,
    /// Titles in the library "TV Shows".
    #[arg(long, default_value_t = 100)]
    shows: usize,
    /// Where the libraries' metadata comes from.
    #[arg(long, value_enum, default_value_t = AgentOption::Plex)]
    agent: AgentOption,
    /// Write every exchange to this file, one JSON object per line, without tokens.
    #[arg(long)]
    record: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum AgentOption {
    Plex,
    Legacy,
}

#[tokio::main]
async fn main() -> ExitCode {
    let Command::Serve(options) = Cli::parse().command;
    match serve(options).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("plex-sim: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn serve(options: Serve) -> std::io::Result<()> {
    let agent = match options.agent {
        AgentOption::Plex => Agent::Plex,
        AgentOption::Legacy => Agent::Legacy,
    };
    let mut builder = Sim::builder()
        .seed(options.seed)
        .listen(options.listen)
        .library("Movies", Kind::Movie, agent, options.movies)
        .library("TV Shows", Kind::Show, agent, options.shows);
    if let Some(file) = options.record {
        builder = builder.record(file);
    }
    let sim = builder.start().await?;
    println!("Plex is simulated at {} (Ctrl+C stops it)", sim.url());
    println!("token            {OWNER_TOKEN}");
    println!("read-only token  {READ_ONLY_TOKEN}");
    tokio::signal::ctrl_c().await?;
    sim.shutdown().await;
    Ok(())
}
