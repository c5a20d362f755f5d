//! `kinometa collections run`.

use std::collections::HashSet;
use std::io::{BufWriter, IsTerminal, Write as _};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use clap::Args;
use clock::SystemClock;
use collections::fetch::Fetcher;
use collections::run::{Confirmed, Progress, RunContext, RunOptions, RunResult, run as run_collections};
use collections::target::Target;
use kometa::collections::Loaded;
use kometa::finding::{Finding, Level};

use super::{COULD_NOT_RUN, Source, json, load_with_media, summary};
use crate::app::App;
use crate::cli::Failure;
use crate::collections::{
    BuilderCache, OwnLibrary, RunTargets, TargetChoice, files::run_options_at, merge_runs, reports,
};
use crate::config::Config;
use crate::credentials::clients::fetcher;
use crate::plex;

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
    /// Carry out removals that would otherwise wait because they empty a collection or remove most of it
    #[arg(long)]
    yes: bool,
    /// Print one JSON object instead of text
    #[arg(long)]
    json: bool,
    /// Where collections are created [default: on Plex if config.yml has a `plex` block, otherwise in Kinometa]
    #[arg(long, value_enum, value_name = "WHERE")]
    target: Option<TargetChoice>,
    /// Also add the label Kometa to collections on Plex, so that Kometa treats them as its own
    #[arg(long)]
    kometa_label: bool,
    /// Map a library in config.yml to one of yours, for example `Filme=Movies`. The mapping is remembered
    #[arg(long, value_name = "NAME=YOURS", value_parser = parse_mapping)]
    map: Vec<(String, String)>,
}

fn parse_mapping(text: &str) -> Result<(String, String), String> {
    let (name, library) = text.split_once('=').ok_or("write it as NAME=YOURS")?;
    Ok((name.trim().to_owned(), library.trim().to_owned()))
}

/// Runs the collections. The exit code is 0 on success, 1 when some failed, 2 when nothing could be run.
pub(super) async fn run(options: &Run, config: &Config) -> ExitCode {
    match run_all(options, config).await {
        Ok((ran, any_errors)) if ran.succeeded() && !any_errors => ExitCode::SUCCESS,
        Ok((ran, _)) if ran.outcomes.is_empty() => ExitCode::from(COULD_NOT_RUN),
        Ok(_) => ExitCode::FAILURE,
        Err(failure) => {
            eprintln!("kinometa: {failure}");
            ExitCode::from(COULD_NOT_RUN)
        }
    }
}

/// Runs everything. Returns the result, and whether a file or a definition in it could not be used.
async fn run_all(options: &Run, config: &Config) -> Result<(RunResult, bool), Failure> {
    let path = options.source.path()?;
    let app = App::open(config.clone(), Arc::new(SystemClock)).await?;
    let result = with_app(options, path, &app).await;
    app.db().close().await?;
    result
}

async fn with_app(options: &Run, path: &Path, app: &App) -> Result<(RunResult, bool), Failure> {
    let folder = path.parent().unwrap_or(Path::new(""));
    let own = OwnLibrary::new(app.db().clone(), app.clock().clone()).with_images(folder);
    for (name, library) in &options.map {
        own.map(name, library).await?;
    }
    let load = |known_media: &[_]| load_with_media(&options.source, app.config(), known_media);
    let known_media = own.media_types().await?;
    let mut loaded = load(&known_media)?;
    let (dry_run, label) = (options.dry_run, options.kometa_label);
    let targets =
        RunTargets::of(app.db(), app.config(), &loaded, path, options.target, dry_run, label).await?;
    for finding in loaded.findings.iter().filter(|finding| !finding.path.starts_with("trakt")) {
        eprintln!("{finding}");
    }
    let (mut fetcher, account) =
        fetcher(path, app.config(), app.clock(), dry_run, &mut |message| eprintln!("{message}")).await?;
    let run = run_options(options, app.now())?;
    let (mut ran, mut printed) = (None, HashSet::new());
    let mut any_errors = has_errors(&loaded.findings);
    if let Some(plex) = targets.plex() {
        let mut on_plex = load(&plex.media_types().await?)?;
        targets.keep_plex(&mut on_plex);
        let (began, reached) = (app.now(), plex.server_statuses().await);
        let done = build(&mut on_plex, options, &run, &mut fetcher, plex, app).await;
        if !dry_run {
            plex::keep_run(app.db(), &done, &reached, began).await?;
            reports::write(&on_plex, &done, path, &mut |message| eprintln!("{message}"));
        }
        any_errors |= print_problems(&on_plex, &done, &mut printed);
        ran = Some(done);
    }
    if targets.keep_own(&mut loaded) || ran.is_none() {
        let done = build(&mut loaded, options, &run, &mut fetcher, &own, app).await;
        // When the run is on both targets, only Plex's reports are written: both would use the same files.
        if !dry_run && ran.is_none() {
            reports::write(&loaded, &done, path, &mut |message| eprintln!("{message}"));
        }
        any_errors |= print_problems(&loaded, &done, &mut printed);
        ran = Some(match ran {
            Some(before) => merge_runs(before, done),
            None => done,
        });
    }
    account.finish(&fetcher, &mut |message| eprintln!("{message}")).await;
    let ran = ran.unwrap_or_default();
    summarize(&ran, options)?;
    Ok((ran, any_errors))
}

/// Builds the collections of the remaining libraries in `loaded`.
async fn build(
    loaded: &mut Loaded,
    options: &Run,
    run: &RunOptions,
    fetcher: &mut Fetcher,
    target: &dyn Target,
    app: &App,
) -> RunResult {
    let cache = BuilderCache::new(app.db().clone());
    let parts = RunContext { fetcher, cache: &cache, target, clock: &**app.clock() };
    let shows_progress = !options.json && std::io::stderr().is_terminal();
    run_collections(loaded, run, parts, &mut |progress| match progress {
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
    .await
}

fn run_options(options: &Run, now: DateTime<Utc>) -> Result<RunOptions, Failure> {
    Ok(RunOptions {
        library: options.source.library.clone(),
        collections: options.collection.clone(),
        dry_run: options.dry_run,
        confirmed: if options.yes { Confirmed::Everything } else { Confirmed::Nothing },
        ..run_options_at(now)?
    })
}

/// Whether there are errors. A collection file that cannot be read produces no collections, so the run is not a
/// success even if all collections succeed.
fn has_errors(findings: &[Finding]) -> bool {
    findings.iter().any(|finding| finding.level == Level::Error)
}

/// Prints the libraries' findings for one target to standard error and returns whether there are errors. Findings
/// that both targets share are printed once.
fn print_problems(loaded: &Loaded, ran: &RunResult, printed: &mut HashSet<String>) -> bool {
    for (library, findings) in loaded.libraries.iter().zip(loaded.deduplicated_findings()) {
        for finding in findings.iter().map(|finding| format!("{}: {finding}", library.name)) {
            if !printed.contains(&finding) {
                eprintln!("{finding}");
                printed.insert(finding);
            }
        }
    }
    ran.done.iter().for_each(|done| eprintln!("{done}"));
    ran.problems.iter().for_each(|problem| eprintln!("{problem}"));
    loaded.libraries.iter().any(|library| has_errors(&library.findings))
}

/// Prints the results of the whole run.
fn summarize(ran: &RunResult, options: &Run) -> Result<(), Failure> {
    ran.unknown.iter().for_each(|unknown| eprintln!("{unknown}"));
    let common: Vec<_> = ran.causes.iter().filter(|(_, sources)| sources.len() > 1).collect();
    for (cause, sources) in common {
        eprintln!("{} sources failed for the same reason: {cause}", sources.len());
    }
    if options.json {
        let mut out = BufWriter::new(std::io::stdout().lock());
        serde_json::to_writer(&mut out, &json::Document(ran))?;
        writeln!(out)?;
        out.flush()?;
    } else if !ran.outcomes.is_empty() {
        summary::table(ran);
    }
    Ok(())
}
