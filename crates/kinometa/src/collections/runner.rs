//! One run of a file: under its lease, recorded as it goes.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use collections::run::{Parts, Progress, Ran, RunOptions, run as run_collections};
use db::kinds::{CollectionRunReason, CollectionRunState};
use db::rows::{CollectionConfig, CollectionRun};
use db::{Json, Millis, collection_configs, collection_runs, leases};
use kometa::collections::Loaded;
use kometa::finding::Level;
use tokio::sync::mpsc::{self, UnboundedSender};

use super::jobs::{Job, RunStep, Scope};
use super::record::{Recorder, Told};
use super::service::{CollectionEvent, Inner};
use super::{Answers, check, files, reports, schedule};
use crate::credentials::clients;
use crate::credentials::grants::Failure;

/// How long a file belongs to a server that does not say any more that it runs it.
const LEASE: Duration = Duration::from_secs(120);

/// Runs that are kept of each file.
const KEPT: u64 = 50;

/// Waits for its turn, runs, and tells that it is over.
pub(super) async fn perform(inner: Arc<Inner>, job: Job) {
    let turn = tokio::select! {
        biased;
        () = job.cancel.cancelled() => None,
        turn = inner.turn.lock() => Some(turn),
    };
    if turn.is_some()
        && let Err(error) = under_lease(&inner, &job).await
    {
        tracing::error!(config = %job.config_id, %error, "a run of collections could not be recorded");
    }
    if let Some(progress) = inner.jobs.end(&job) {
        inner.tell(CollectionEvent::Run(progress));
    }
    inner.tell(CollectionEvent::Changed);
}

/// Does nothing when another server runs the file: its history is the same.
async fn under_lease(inner: &Arc<Inner>, job: &Job) -> db::Result<()> {
    let name = format!("collections:{}", job.config_id);
    if !hold(inner, &name).await? {
        tracing::info!(config = %job.config_id, "another server runs these collections");
        return Ok(());
    }
    let result = recorded(inner, job, &name).await;
    let tx = inner.parts.db.begin().await?;
    leases::release(&tx, &name, &inner.parts.node).await?;
    tx.commit().await?;
    result
}

async fn hold(inner: &Inner, name: &str) -> db::Result<bool> {
    let now = inner.now();
    let until = Millis::from(now.0 + TimeDelta::from_std(LEASE).unwrap_or_default());
    let tx = inner.parts.db.begin().await?;
    let held = leases::acquire(&tx, name, &inner.parts.node, until, now).await?;
    tx.commit().await?;
    Ok(held)
}

/// Ends when the lease is lost, or cannot be extended.
async fn lost(inner: &Inner, name: &str) {
    loop {
        inner.parts.clock.sleep(LEASE / 4).await;
        if !hold(inner, name).await.unwrap_or(false) {
            return;
        }
    }
}

async fn recorded(inner: &Arc<Inner>, job: &Job, lease: &str) -> db::Result<()> {
    let db = &inner.parts.db;
    let Some(config) = collection_configs::find(db, job.config_id).await? else { return Ok(()) };
    if job.reason == CollectionRunReason::Daily && !schedule::is_due(inner, &config).await? {
        return Ok(());
    }
    let run = begin(inner, job).await?;
    let progress = inner.jobs.update(job, |progress| {
        progress.run_id = Some(run.id);
        progress.step = RunStep::Starting;
    });
    if let Some(progress) = progress {
        inner.tell(CollectionEvent::Run(progress));
    }
    let (sender, receiver) = mpsc::unbounded_channel();
    let recorder = Recorder { inner: inner.clone(), job: job.clone(), run: run.id };
    let work = async {
        tokio::select! {
            biased;
            () = job.cancel.cancelled() => None,
            () = lost(inner, lease) => None,
            done = work(inner, &config, job, sender) => Some(done),
        }
    };
    let (done, ()) = tokio::join!(work, recorder.listen(receiver));
    let (state, problems) = match done {
        Some(Ok(finished)) => {
            recorder.settle(&finished).await?;
            let good = finished.ran.is_good() && finished.problems.is_empty();
            let state = match (good, finished.ran.outcomes.is_empty()) {
                (true, _) => CollectionRunState::Done,
                (false, true) => CollectionRunState::NotRun,
                (false, false) => CollectionRunState::Failed,
            };
            (state, finished.told())
        }
        Some(Err(failure)) => (CollectionRunState::NotRun, vec![failure.to_string()]),
        None if inner.parts.stopping.is_cancelled() => (CollectionRunState::Interrupted, Vec::new()),
        None if job.cancel.is_cancelled() => (CollectionRunState::Cancelled, Vec::new()),
        None => (CollectionRunState::Interrupted, Vec::new()),
    };
    let tx = db.begin().await?;
    collection_runs::finish(&tx, run.id, state, Json::from(problems), inner.now()).await?;
    collection_runs::forget(&tx, job.config_id, KEPT).await?;
    tx.commit().await
}

/// Whoever holds the lease knows that no other run is under way: what seems to run was left by a crash.
async fn begin(inner: &Inner, job: &Job) -> db::Result<CollectionRun> {
    let now = inner.now();
    let tx = inner.parts.db.begin().await?;
    collection_runs::interrupt(&tx, job.config_id, now).await?;
    let run = CollectionRun {
        id: db::ids::CollectionRunId::NEW,
        config_id: job.config_id,
        reason: job.reason,
        state: CollectionRunState::Running,
        problems: Json::Array(Vec::new()),
        started_at: now,
        finished_at: None,
    };
    let run = collection_runs::insert(&tx, run).await?;
    collection_configs::read(&tx, job.config_id, now).await?;
    tx.commit().await?;
    Ok(run)
}

/// A run that came to its end.
pub(super) struct Finished {
    pub(super) ran: Ran,
    /// What is wrong with the file, its libraries and its credentials.
    pub(super) problems: Vec<String>,
    /// Worth telling, and not wrong.
    notes: Vec<String>,
}

impl Finished {
    /// Everything about the run as a whole.
    fn told(&self) -> Vec<String> {
        let unknown = self.ran.unknown.iter().map(|name| format!("there is no collection {name:?}"));
        let problems = self.problems.iter().chain(&self.ran.problems).cloned();
        let causes = self.ran.causes.iter().filter(|(_, sources)| sources.len() > 1);
        let causes =
            causes.map(|(cause, sources)| format!("{} sources failed for one cause: {cause}", sources.len()));
        problems.chain(unknown).chain(causes).chain(self.notes.iter().cloned()).collect()
    }
}

async fn work(
    inner: &Inner,
    config: &CollectionConfig,
    job: &Job,
    sender: UnboundedSender<Told>,
) -> Result<Finished, Failure> {
    let path = Path::new(&config.path);
    let target = inner.library().with_images(path.parent().unwrap_or(Path::new("")));
    let mut loaded = check::load(inner, &config.path).await?;
    let (problems, mut notes) = (problems(&loaded), Vec::new());
    let clock = &inner.parts.clock;
    let mut fetcher =
        clients::fetcher(path, &inner.parts.config, clock, &mut |said| notes.push(said)).await?;
    let cache = Answers::new(inner.parts.db.clone());
    let parts = Parts { fetcher: &mut fetcher, cache: &cache, target: &target, clock: &**clock };
    let options = options(inner, &job.scope, &loaded)?;
    let ran = run_collections(&mut loaded, &options, parts, &mut |progress| {
        let told = match progress {
            Progress::Reading { done, of, source } => Told::Reading { done, of, source: source.to_string() },
            Progress::Done(outcome) => Told::Done(Box::new(outcome.clone())),
        };
        // The recorder listens until this sender is gone.
        let _ = sender.send(told);
    })
    .await;
    if job.scope == Scope::All {
        reports::write(&loaded, &ran, path, &mut |said| notes.push(said))?;
    }
    Ok(Finished { ran, problems, notes })
}

fn options(inner: &Inner, scope: &Scope, loaded: &Loaded) -> Result<RunOptions, files::NoDate> {
    // A playlist has no library of its own.
    let is_playlist =
        |library: &str| loaded.playlists.iter().any(|playlist| playlist.libraries.join(", ") == library);
    let all = files::run_options_at(inner.parts.clock.now())?;
    Ok(match scope {
        Scope::All => all,
        Scope::Collection { name } => RunOptions { collections: vec![name.clone()], ..all },
        Scope::Agreed { library, name, agreed } => RunOptions {
            library: (!is_playlist(library)).then(|| library.clone()),
            collections: vec![name.clone()],
            agreed: agreed.clone(),
            ..all
        },
    })
}

/// What is wrong with the file and its libraries. Collections tell what is wrong with them themselves.
fn problems(loaded: &Loaded) -> Vec<String> {
    let of_libraries = loaded.libraries.iter().flat_map(|library| &library.findings);
    let all = loaded.findings.iter().chain(of_libraries);
    all.filter(|finding| finding.level == Level::Error).map(ToString::to_string).collect()
}
