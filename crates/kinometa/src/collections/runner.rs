//! Performs one run of a file: takes the file's lease, does the work and stores the results.

use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use db::kinds::{CollectionRunReason, CollectionRunState};
use db::rows::CollectionRun;
use db::{Json, Millis, collection_configs, collection_runs, leases};
use tokio::sync::mpsc;

use super::jobs::{Job, RunStep};
use super::record::Recorder;
use super::service::{CollectionEvent, Inner};
use super::{schedule, work};

/// Lifetime of a file's lease. A server that no longer extends it loses the file after this time.
const LEASE: Duration = Duration::from_secs(120);

/// Number of runs kept in the history of each file.
const KEPT_RUNS: u64 = 50;

/// Waits for other runs, performs the job and announces its end.
pub(super) async fn perform(inner: Arc<Inner>, job: Job) {
    let turn = tokio::select! {
        biased;
        () = job.cancel.cancelled() => None,
        turn = inner.turn.lock() => Some(turn),
    };
    if turn.is_some()
        && let Err(error) = under_lease(&inner, &job).await
    {
        tracing::error!(config = %job.config_id, %error, "a run of collections could not be saved");
    }
    if let Some(progress) = inner.jobs.end(&job) {
        inner.publish(CollectionEvent::Run(progress));
    }
    inner.publish(CollectionEvent::Changed);
    // The run may have renewed the file's token pair.
    inner.credentials_check.notify_one();
}

/// Performs the job under the file's lease. Does nothing when another server is running the file: both share the
/// database, so that run appears in the history anyway.
async fn under_lease(inner: &Arc<Inner>, job: &Job) -> db::Result<()> {
    let name = format!("collections:{}", job.config_id);
    if !acquire_lease(inner, &name).await? {
        tracing::info!(config = %job.config_id, "another server is running these collections");
        return Ok(());
    }
    let result = run_recorded(inner, job, &name).await;
    let tx = inner.parts.db.begin().await?;
    leases::release(&tx, &name, &inner.parts.node).await?;
    tx.commit().await?;
    result
}

async fn acquire_lease(inner: &Inner, name: &str) -> db::Result<bool> {
    let now = inner.now();
    let until = Millis::from(now.0 + TimeDelta::from_std(LEASE).unwrap_or_default());
    let tx = inner.parts.db.begin().await?;
    let held = leases::acquire(&tx, name, &inner.parts.node, until, now).await?;
    tx.commit().await?;
    Ok(held)
}

/// Extends the lease regularly. Returns when the lease is lost or cannot be extended.
async fn until_lease_lost(inner: &Inner, name: &str) {
    loop {
        inner.parts.clock.sleep(LEASE / 4).await;
        if !acquire_lease(inner, name).await.unwrap_or(false) {
            return;
        }
    }
}

async fn run_recorded(inner: &Arc<Inner>, job: &Job, lease: &str) -> db::Result<()> {
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
        inner.publish(CollectionEvent::Run(progress));
    }
    let (sender, receiver) = mpsc::unbounded_channel();
    let recorder = Recorder { inner: inner.clone(), job: job.clone(), run: run.id };
    let work = async {
        tokio::select! {
            biased;
            () = job.cancel.cancelled() => None,
            () = until_lease_lost(inner, lease) => None,
            done = work::work(inner, &config, job, sender) => Some(done),
        }
    };
    let (done, ()) = tokio::join!(work, recorder.listen(receiver));
    let (state, problems) = match done {
        Some(Ok(finished)) => {
            recorder.settle(&finished).await?;
            let good = finished.ran.succeeded() && finished.problems.is_empty();
            let state = match (good, finished.ran.outcomes.is_empty()) {
                (true, _) => CollectionRunState::Done,
                (false, true) => CollectionRunState::NotRun,
                (false, false) => CollectionRunState::Failed,
            };
            (state, finished.messages())
        }
        Some(Err(failure)) => (CollectionRunState::NotRun, vec![failure.to_string()]),
        None if inner.parts.stopping.is_cancelled() => (CollectionRunState::Interrupted, Vec::new()),
        None if job.cancel.is_cancelled() => (CollectionRunState::Cancelled, Vec::new()),
        None => (CollectionRunState::Interrupted, Vec::new()),
    };
    let tx = db.begin().await?;
    collection_runs::finish(&tx, run.id, state, Json::from(problems), inner.now()).await?;
    collection_runs::forget(&tx, job.config_id, KEPT_RUNS).await?;
    tx.commit().await
}

/// Adds the run to the history. The lease guarantees that no other run of this file is in progress, so runs still
/// stored as running were left by a crash and are marked as interrupted.
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
