//! The long part of a scan: reads files on several threads and writes them in batches.

use std::sync::Arc;

use futures::StreamExt as _;
use tokio::task::spawn_blocking;

use super::content_problem::ContentProblem;
use super::listing::Listing;
use super::progress::Count;
use super::run::{Ending, Scan};
use super::scanned_file::{Job, ScannedFile, Task, run_job};
use super::store::Store;
use model::scan::ScanPhase;

/// Number of files that one blocking task reads.
const CHUNK: usize = 32;
/// Number of files per transaction: enough to be efficient, few enough not to delay a player's report for long.
const BATCH: usize = 500;

impl Scan {
    /// Runs the jobs and writes their results in batches.
    pub(super) async fn read_and_write(&self, listing: &Arc<Listing>, jobs: Vec<Job>) -> db::Result<Ending> {
        self.progress.enter(ScanPhase::Probing, jobs.len(), self.clock.now());
        if jobs.is_empty() {
            return Ok(Ending::Complete);
        }
        let mut store = Store::open(&self.db, &self.library).await?;
        let threads = std::thread::available_parallelism().map_or(2, std::num::NonZero::get).clamp(2, 8);
        let mut jobs = jobs.into_iter();
        let chunks = std::iter::from_fn(|| {
            let chunk: Vec<Job> = jobs.by_ref().take(CHUNK).collect();
            (!chunk.is_empty()).then_some(chunk)
        });
        let mut reading =
            futures::stream::iter(chunks.map(|jobs| self.run_chunk(listing, jobs))).buffered(threads);
        let mut batch = Vec::with_capacity(BATCH + CHUNK);
        while let Some(scanned) = reading.next().await {
            batch.extend(scanned);
            if self.stop.is_cancelled() {
                self.write(&mut store, listing, std::mem::take(&mut batch)).await?;
                return Ok(Ending::Stopped);
            }
            if batch.len() >= BATCH {
                self.write(&mut store, listing, std::mem::take(&mut batch)).await?;
            }
        }
        self.write(&mut store, listing, batch).await?;
        Ok(Ending::Complete)
    }

    async fn run_chunk(&self, listing: &Arc<Listing>, jobs: Vec<Job>) -> Vec<ScannedFile> {
        let (listing, ffprobe, now) = (Arc::clone(listing), self.ffprobe.clone(), self.clock.now());
        let (progress, stop) = (Arc::clone(&self.progress), self.stop.clone());
        let work = move || {
            let mut scanned = Vec::with_capacity(jobs.len());
            for job in jobs {
                if stop.is_cancelled() {
                    break;
                }
                scanned.push(run_job(&listing, job, ffprobe.as_deref(), now));
                progress.step();
            }
            scanned
        };
        spawn_blocking(work).await.expect("reading a file does not panic")
    }

    async fn write(&self, store: &mut Store, listing: &Listing, batch: Vec<ScannedFile>) -> db::Result<()> {
        if batch.is_empty() {
            return Ok(());
        }
        let problems = batch.iter().filter_map(|file| file.content.as_ref()?.problem).count();
        let copying = |file: &ScannedFile| {
            let problem = file.content.as_ref().and_then(|content| content.problem);
            problem == Some(ContentProblem::HalfCopied)
        };
        if batch.iter().any(copying) {
            self.progress.record_unfinished_copy();
        }
        let added = batch.iter().filter(|file| file.task == Task::Add).count();
        let updated =
            batch.iter().filter(|file| matches!(file.task, Task::Reread(_) | Task::Move(_))).count();
        let tx = self.db.begin_titles().await?;
        store.write(&tx, listing, batch, self.clock.now()).await?;
        tx.commit().await?;
        self.progress.count(Count::Problems, problems);
        self.progress.count(Count::Added, added);
        self.progress.count(Count::Updated, updated);
        (self.written)();
        Ok(())
    }
}
