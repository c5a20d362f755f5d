//! `trakt-sim serve`: the simulator as a program.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use chrono::{DateTime, Utc};
use clap::{Args, Parser, Subcommand};
use trakt_sim::{Application, ApplicationStatus, DEMO_USER, GUEST_USER, Person, Sim, SimBuilder};

#[derive(Parser)]
#[command(name = "trakt-sim", version, about = "A Trakt that runs on your machine")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the API, the login pages and the control API until stopped.
    Serve(Serve),
}

#[derive(Args)]
struct Serve {
    /// Address to listen on; port 0 picks a free port.
    #[arg(long, default_value = "127.0.0.1:8899")]
    listen: SocketAddr,
    /// Serve auth.trakt.tv on a separate port; --listen then serves api.trakt.tv.
    #[arg(long)]
    auth_listen: Option<SocketAddr>,
    /// Base address of links and images, if it differs.
    #[arg(long)]
    public_url: Option<String>,
    /// Seed: the same seed gives the same titles and histories.
    #[arg(long, default_value_t = 7)]
    seed: u64,
    /// Invented movies, in addition to the demo titles.
    #[arg(long, default_value_t = 1000)]
    movies: usize,
    /// Invented shows, in addition to the demo titles.
    #[arg(long, default_value_t = 200)]
    shows: usize,
    /// People as a JSON file: [{"username": "ann", "vip": true, "private": false, "history": 500}].
    #[arg(long)]
    users: Option<PathBuf>,
    /// Plays of the demo user.
    #[arg(long, default_value_t = 0)]
    history: usize,
    /// An additional application: ID:SECRET or ID:SECRET:NAME; leave SECRET empty for none. Can be repeated.
    #[arg(long, value_parser = application)]
    application: Vec<Application>,
    /// Write every exchange to this file, one JSON object per line.
    #[arg(long)]
    record: Option<PathBuf>,
    /// Load the state from this file at startup, and save it there on exit.
    #[arg(long)]
    state: Option<PathBuf>,
    /// Start the clock at this time (RFC 3339), for reproducible responses.
    #[arg(long)]
    now: Option<DateTime<Utc>>,
    /// Count requests, but never reject one because of a rate limit.
    #[arg(long)]
    no_rate_limits: bool,
}

fn application(text: &str) -> Result<Application, String> {
    let mut parts = text.splitn(3, ':').map(str::to_owned);
    match (parts.next(), parts.next()) {
        (Some(client_id), Some(client_secret)) if !client_id.is_empty() => Ok(Application {
            name: parts.next().unwrap_or_else(|| client_id.clone()),
            client_id,
            client_secret: Some(client_secret).filter(|secret| !secret.is_empty()),
            redirect_uris: Vec::new(),
            status: ApplicationStatus::Allowed,
        }),
        _ => Err("an application reads ID:SECRET or ID:SECRET:NAME".to_owned()),
    }
}

#[tokio::main]
async fn main() -> ExitCode {
    let Command::Serve(options) = Cli::parse().command;
    match serve(options).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("trakt-sim: {problem}");
            ExitCode::FAILURE
        }
    }
}

async fn serve(options: Serve) -> Result<(), String> {
    let sim = builder(&options)?.start().await.map_err(|error| format!("cannot start: {error}"))?;
    println!("Trakt is simulated at {} (Ctrl+C stops it)", sim.url());
    if sim.auth_url() != sim.url() {
        println!("auth host      {}", sim.auth_url());
    }
    println!("client id      {}", trakt_sim::DEMO_CLIENT_ID);
    println!("client secret  {}", trakt_sim::DEMO_CLIENT_SECRET);
    stopped().await.map_err(|error| format!("cannot wait for Ctrl+C: {error}"))?;
    sim.save().map_err(|error| format!("the state could not be written, it is lost: {error}"))?;
    sim.shutdown().await;
    Ok(())
}

fn builder(options: &Serve) -> Result<SimBuilder, String> {
    let mut builder =
        Sim::builder().seed(options.seed).movies(options.movies).shows(options.shows).listen(options.listen);
    for person in people(options)? {
        builder = builder.person(person);
    }
    for application in &options.application {
        builder = builder.application(application.clone());
    }
    if !options.no_rate_limits {
        builder = builder.enforce_pace();
    }
    if let Some(address) = options.auth_listen {
        builder = builder.auth_listen(address);
    }
    if let Some(url) = &options.public_url {
        builder = builder.public_url(url);
    }
    if let Some(file) = &options.record {
        builder = builder.record(file);
    }
    if let Some(file) = &options.state {
        builder = builder.state(file);
    }
    if let Some(now) = options.now {
        builder = builder.starting_at(now);
    }
    Ok(builder)
}

fn people(options: &Serve) -> Result<Vec<Person>, String> {
    let Some(file) = &options.users else {
        return Ok(vec![Person::new(DEMO_USER).vip().history(options.history), Person::new(GUEST_USER)]);
    };
    let text = std::fs::read(file).map_err(|error| format!("cannot read {}: {error}", file.display()))?;
    serde_json::from_slice(&text).map_err(|error| format!("{} does not list people: {error}", file.display()))
}

/// Waits for Ctrl+C, or for the signal that service managers send.
async fn stopped() -> std::io::Result<()> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let mut terminate = signal(SignalKind::terminate())?;
        tokio::select! {
            interrupted = tokio::signal::ctrl_c() => interrupted,
            _ = terminate.recv() => Ok(()),
        }
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c().await
}
