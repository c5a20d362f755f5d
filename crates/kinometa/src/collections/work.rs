//! Builds the collections of a run: on Plex for libraries with a `plex` block, otherwise in Kinometa's own library.

use std::path::Path;

use collections::fetch::Fetcher;
use collections::run::{Progress, RunContext, RunOptions, RunResult, run as run_collections};
use collections::target::Target;
use db::rows::CollectionConfig;
use kometa::collections::{Loaded, Playlist};
use kometa::finding::Level;
use plex_target::PlexTarget;
use tokio::sync::mpsc::UnboundedSender;

use super::jobs::{Job, Scope};
use super::record::RunUpdate;
use super::service::Inner;
use super::{BuilderCache, RunTargets, check, files, merge_runs, reports};
use crate::credentials::clients;
use crate::credentials::grants::Failure;
use crate::plex;

/// A finished run.
pub(super) struct FinishedRun {
    pub(super) ran: RunResult,
    /// Errors in the file and its libraries.
    pub(super) problems: Vec<String>,
    /// Messages that are not errors.
    notes: Vec<String>,
}

impl FinishedRun {
    /// All messages about the run as a whole.
    pub(super) fn messages(&self) -> Vec<String> {
        let unknown = self.ran.unknown.iter().map(ToString::to_string);
        let problems = self.problems.iter().chain(&self.ran.problems).cloned();
        let causes = self.ran.causes.iter().filter(|(_, sources)| sources.len() > 1);
        let causes = causes
            .map(|(cause, sources)| format!("{} sources failed for the same reason: {cause}", sources.len()));
        problems.chain(unknown).chain(causes).chain(self.notes.iter().cloned()).collect()
    }
}

/// Builds the collections of a run.
pub(super) async fn work(
    inner: &Inner,
    config: &CollectionConfig,
    job: &Job,
    sender: UnboundedSender<RunUpdate>,
) -> Result<FinishedRun, Failure> {
    let path = Path::new(&config.path);
    let own = inner.library().with_images(path.parent().unwrap_or(Path::new("")));
    let mut loaded = check::load(inner, &config.path).await?;
    let settings = &inner.parts.config;
    let targets = RunTargets::of(&inner.parts.db, settings, &loaded, path, None, false, false).await?;
    let on_plex = targets.plex().filter(|plex| concerns_plex(&job.scope, &loaded, plex));
    let options = options(inner, &job.scope, &loaded)?;
    let mut notes = Vec::new();
    let (fetcher, account) =
        clients::fetcher(path, settings, &inner.parts.clock, false, &mut |message| notes.push(message))
            .await?;
    let writes_reports = job.scope == Scope::All;
    let mut work =
        Work { inner, path, options, writes_reports, fetcher, sender, notes, problems: Vec::new() };
    let mut ran = None;
    if let Some(plex) = on_plex {
        let mut on_plex = check::load_with_media(inner, &config.path, plex.media_types().await?).await?;
        targets.keep_plex(&mut on_plex);
        let (began, reached) = (inner.parts.clock.now(), plex.server_statuses().await);
        let done = work.build(&mut on_plex, plex).await?;
        plex::keep_run(&inner.parts.db, &done, &reached, began).await?;
        ran = Some(done);
    }
    let concerns_own = ran.is_none() || !matches!(job.scope, Scope::Confirmed { .. });
    if (targets.keep_own(&mut loaded) && concerns_own) || ran.is_none() {
        let done = work.build(&mut loaded, &own).await?;
        ran = Some(match ran {
            Some(before) => merge_runs(before, done),
            None => done,
        });
    }
    let Work { fetcher, mut notes, problems, .. } = work;
    account.finish(&fetcher, &mut |message| notes.push(message)).await;
    Ok(FinishedRun { ran: ran.unwrap_or_default(), problems, notes })
}

/// Whether the run includes Plex. A confirmed plan is carried out on only one target, because Plex's and
/// Kinometa's keys have nothing in common.
fn concerns_plex(scope: &Scope, loaded: &Loaded, plex: &PlexTarget) -> bool {
    match scope {
        Scope::All | Scope::Collection { .. } => true,
        Scope::Confirmed { library, .. } => {
            let is_on_plex = |one: &&Playlist| one.libraries.iter().any(|name| plex.has(name));
            plex.has(library) || playlists_over(loaded, library).any(|one| is_on_plex(&one))
        }
    }
}

/// The playlists that are stored under this name. They belong to no library, so the names of all their libraries
/// are used.
fn playlists_over<'a>(loaded: &'a Loaded, libraries: &'a str) -> impl Iterator<Item = &'a Playlist> {
    loaded.playlists.iter().filter(move |playlist| playlist.libraries.join(", ") == libraries)
}

/// The state that both targets of a run share.
struct Work<'a> {
    inner: &'a Inner,
    path: &'a Path,
    options: RunOptions,
    writes_reports: bool,
    fetcher: Fetcher,
    sender: UnboundedSender<RunUpdate>,
    notes: Vec<String>,
    problems: Vec<String>,
}

impl Work<'_> {
    /// Builds the remaining libraries in `loaded`.
    async fn build(&mut self, loaded: &mut Loaded, target: &dyn Target) -> Result<RunResult, Failure> {
        for problem in problems(loaded) {
            if !self.problems.contains(&problem) {
                self.problems.push(problem);
            }
        }
        let cache = BuilderCache::new(self.inner.parts.db.clone());
        let clock = &*self.inner.parts.clock;
        let parts = RunContext { fetcher: &mut self.fetcher, cache: &cache, target, clock };
        let sender = &self.sender;
        let ran = run_collections(loaded, &self.options, parts, &mut |progress| {
            let update = match progress {
                Progress::Reading { done, of, source } => {
                    RunUpdate::Reading { done, total: of, source: source.to_string() }
                }
                Progress::Done(outcome) => RunUpdate::Done(Box::new(outcome.clone())),
            };
            // The recorder receives until this sender is dropped.
            let _ = sender.send(update);
        })
        .await;
        if self.writes_reports {
            reports::write(loaded, &ran, self.path, &mut |message| self.notes.push(message));
        }
        self.notes.extend(ran.done.iter().cloned());
        Ok(ran)
    }
}

fn options(inner: &Inner, scope: &Scope, loaded: &Loaded) -> Result<RunOptions, files::NoDate> {
    let all = files::run_options_at(inner.parts.clock.now())?;
    Ok(match scope {
        Scope::All => all,
        Scope::Collection { name } => RunOptions { collections: vec![name.clone()], ..all },
        Scope::Confirmed { library, name, confirmed } => RunOptions {
            library: playlists_over(loaded, library).next().is_none().then(|| library.clone()),
            collections: vec![name.clone()],
            confirmed: confirmed.clone(),
            ..all
        },
    })
}

/// Errors in the file and its libraries. The errors of each collection are part of its result.
fn problems(loaded: &Loaded) -> Vec<String> {
    let of_libraries = loaded.libraries.iter().flat_map(|library| &library.findings);
    let all = loaded.findings.iter().chain(of_libraries);
    all.filter(|finding| finding.level == Level::Error).map(ToString::to_string).collect()
}
