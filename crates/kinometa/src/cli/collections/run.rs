//! `kinometa collections run`.

use std::io::IsTerminal;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use clap::Args;
use clock::SystemClock;
use collections::run::{Agreed, Parts, Progress, Ran, RunOptions, run as run_collections};
use collections::target::Target;
use kometa::collections::Loaded;

use super::{COULD_NOT_RUN, Source, json, load_knowing, summary};
use crate::app::App;
use crate::cli::Failure;
use crate::collections::{Answers, OwnLibrary, files::run_options_at, reports};
use crate::config::Config;
use crate::credentials::clients::fetcher;

#[derive(Debug, Args)]
pub(in crate::cli) struct Run {
    #[command(flatten)]
    source: Source,
    /// Only this collection, whatever its schedule. Can be repeated
    #[arg(long, value_name = "NAME")]
    collection: Vec<String>,
    /// Show what would be done and change nothing
    #[arg(long)]
    dry_run: bool,
    /// Do what waits for a person: removals that empty a collection or take most of it
    #[arg(long)]
    yes: bool,
    /// Print one JSON object instead of text
    #[arg(long)]
    json: bool,
    /// A library of config.yml is one of yours under another name: `Filme=Movies`. It is remembered
    #[arg(long, value_name = "NAME=YOURS", value_parser = pair)]
    map: Vec<(String, String)>,
}

fn pair(text: &str) -> Result<(String, String), String> {
    let (name, library) = text.split_once('=').ok_or("write it as NAME=YOURS")?;
    Ok((name.trim().to_owned(), library.trim().to_owned()))
}

/// Runs the collections: 0 when all went well, 1 when some failed, 2 when nothing could be run.
pub(super) async fn run(options: &Run, config: &Config) -> ExitCode {
    match all(options, config).await {
        Ok(ran) if ran.is_good() => ExitCode::SUCCESS,
        Ok(ran) if ran.outcomes.is_empty() => ExitCode::from(COULD_NOT_RUN),
        Ok(_) => ExitCode::FAILURE,
        Err(failure) => {
            eprintln!("kinometa: {failure}");
            ExitCode::from(COULD_NOT_RUN)
        }
    }
}

async fn all(options: &Run, config: &Config) -> Result<Ran, Failure> {
    let path = options.source.path()?;
    let app = App::open(config.clone(), Arc::new(SystemClock)).await?;
    let result = with_app(options, path, &app).await;
    app.db().close().await?;
    result
}

async fn with_app(options: &Run, path: &Path, app: &App) -> Result<Ran, Failure> {
    let target = OwnLibrary::new(app.db().clone(), app.clock().clone());
    for (name, library) in &options.map {
        target.map(name, library).await?;
    }
    let mut loaded = load_knowing(&options.source, app.config(), &target.held().await?)?;
    for finding in loaded.findings.iter().filter(|finding| !finding.path.starts_with("trakt")) {
        eprintln!("{finding}");
    }
    let mut fetcher = fetcher(path, app.config(), app.clock(), &mut |said| eprintln!("{said}")).await?;
    let run = run_options(options, app.now())?;
    let cache = Answers::new(app.db().clone());
    let parts = Parts { fetcher: &mut fetcher, cache: &cache, target: &target, clock: &**app.clock() };
    let shows_progress = !options.json && std::io::stderr().is_terminal();
    let ran = run_collections(&mut loaded, &run, parts, &mut |progress| match progress {
        Progress::Reading { done, of, source } if shows_progress => {
            eprint!("\r\x1b[2K[{}/{of}] reading {source}", done + 1);
        }
        Progress::Done(outcome) if !options.json => {
            if shows_progress {
                eprint!("\r\x1b[2K");
            }
            summary::outcome(outcome);
        }
        _ => {}
    })
    .await;
    tell(&loaded, &ran, options);
    if !options.dry_run {
        reports::write(&loaded, &ran, path, &mut |said| eprintln!("{said}"))?;
    }
    Ok(ran)
}

fn run_options(options: &Run, now: DateTime<Utc>) -> Result<RunOptions, Failure> {
    Ok(RunOptions {
        library: options.source.library.clone(),
        collections: options.collection.clone(),
        dry_run: options.dry_run,
        agreed: if options.yes { Agreed::Everything } else { Agreed::Nothing },
        ..run_options_at(now)?
    })
}

/// Prints what concerns the run as a whole, on standard error when JSON is wanted.
fn tell(loaded: &Loaded, ran: &Ran, options: &Run) {
    for library in &loaded.libraries {
        for finding in &library.findings {
            eprintln!("{}: {finding}", library.name);
        }
    }
    if !loaded.playlists.is_empty() {
        eprintln!("{} playlists are not built yet", loaded.playlists.len());
    }
    ran.problems.iter().for_each(|problem| eprintln!("{problem}"));
    for name in &ran.unknown {
        eprintln!("there is no collection {name:?}");
    }
    let again: Vec<_> = ran.causes.iter().filter(|(_, sources)| sources.len() > 1).collect();
    for (cause, sources) in again {
        eprintln!("{} sources failed for one cause: {cause}", sources.len());
    }
    if options.json {
        println!("{}", json::document(ran));
    } else {
        summary::table(ran);
    }
}
