//! One scan from beginning to end: walk, compare, look at what is new, write.
//!
//! Every step may be done twice without harm, so a scan that was stopped or crashed is simply run again.

use std::collections::{HashMap, HashSet};
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::Arc;

use clock::Clock;
use db::Db;
use db::files::KnownFile as KnownRow;
use db::ids::FileId;
use db::kinds::{FileState, LibraryKind, LibraryState, ProbeState};
use db::rows::Library;
use media::names::ParsedName;
use tokio::task::spawn_blocking;
use tokio_util::sync::CancellationToken;

use super::compared::{known_file, seen_file};
use super::findings;
use super::listing::Listing;
use super::progress::{Count, Progress};
use super::scanned_file::{Content, ContentProblem, Task, read_content};
use crate::identity::{KnownFile, RootState, ScanPlan, SeenFile, Verdict, needs_fingerprint, plan};
use crate::works;
use catalogue::paths::from_columns;
use model::scan::ScanPhase;

/// What a scan works with.
pub(super) struct Scan {
    pub(super) db: Db,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) library: Library,
    pub(super) progress: Arc<Progress>,
    pub(super) stop: CancellationToken,
    pub(super) ffprobe: Option<PathBuf>,
    /// Called after every commit.
    pub(super) written: Arc<dyn Fn() + Send + Sync>,
}

/// How a scan ended.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Ending {
    /// The library was read to its end.
    Complete,
    /// Somebody stopped it.
    Stopped,
    /// The library's folder is away or empty.
    Unavailable(String),
}

impl Scan {
    /// Runs it.
    pub(super) async fn run(&self) -> db::Result<Ending> {
        let Some(listing) = self.walk().await else {
            return self
                .unavailable(format!(
                    "The folder {} cannot be read. Its titles are kept and come back with it.",
                    self.library.path
                ))
                .await;
        };
        if listing.stopped || self.stop.is_cancelled() {
            return Ok(Ending::Stopped);
        }
        let known = db::files::known(&self.db, self.library.id).await?;
        let (seen, contents) = self.see(&listing, &known).await;
        let root = RootState::Readable { unreadable: listing.unreadable() };
        let rows: Vec<KnownFile> = known.iter().map(known_file).collect();
        let files: Vec<SeenFile> = seen.iter().map(|&at| seen_file(&listing, at, &contents)).collect();
        let Verdict::Apply(plan) = plan(&rows, &files, &root) else {
            return self
                .unavailable(format!(
                    "The folder {} is empty. Is its disk mounted? Its titles are kept and come back with it.",
                    self.library.path
                ))
                .await;
        };
        let jobs = self.jobs(&listing, &known, &seen, &plan);
        let ending = self.look_and_write(&listing, jobs, contents).await?;
        if ending == Ending::Complete {
            self.settle(&listing, &known, &seen, plan).await?;
        }
        Ok(ending)
    }

    async fn walk(&self) -> Option<Arc<Listing>> {
        let (root, id) = (PathBuf::from(&self.library.path), self.library.id);
        let kind = match self.library.kind {
            LibraryKind::Movies => media::names::LibraryKind::Movies,
            LibraryKind::Shows => media::names::LibraryKind::Shows,
        };
        let (progress, stop) = (Arc::clone(&self.progress), self.stop.clone());
        let walk = spawn_blocking(move || {
            Listing::read(&root, kind, id, |files| {
                progress.walked(files);
                if stop.is_cancelled() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            })
        });
        match walk.await.expect("walking does not panic") {
            Ok(listing) => Some(Arc::new(listing)),
            Err(error) => {
                tracing::warn!(library = self.library.name, %error, "the library's folder cannot be read");
                None
            }
        }
    }

    /// The files that count, and the content of those whose fingerprint decides.
    ///
    /// Names are read of unknown files only: a trailer never has a row, so a file with a row is none.
    async fn see(&self, listing: &Arc<Listing>, known: &[KnownRow]) -> (Vec<usize>, HashMap<usize, Content>) {
        let paths: HashSet<PathBuf> =
            known.iter().map(|row| from_columns(&row.path, row.path_bytes.as_deref())).collect();
        let rows: Vec<KnownFile> = known.iter().map(known_file).collect();
        let (listing, ffprobe, now) = (Arc::clone(listing), self.ffprobe.clone(), self.clock.now());
        let work = move || {
            let counts = |at: &usize| {
                paths.contains(&listing.files[*at].path)
                    || !matches!(listing.name(*at), ParsedName::LeftOut { .. })
            };
            let seen: Vec<usize> = (0..listing.files.len()).filter(counts).collect();
            let files: Vec<SeenFile> =
                seen.iter().map(|&at| seen_file(&listing, at, &HashMap::new())).collect();
            let contents = needs_fingerprint(&rows, &files)
                .into_iter()
                .map(|place| (seen[place], read_content(&listing, seen[place], ffprobe.as_deref(), now)))
                .collect();
            (seen, contents)
        };
        spawn_blocking(work).await.expect("reading names does not panic")
    }

    /// What there is to look at.
    fn jobs(
        &self,
        listing: &Listing,
        known: &[KnownRow],
        seen: &[usize],
        plan: &ScanPlan,
    ) -> Vec<(usize, Task)> {
        let mut jobs: Vec<(usize, Task)> = plan.added.iter().map(|&place| (seen[place], Task::Add)).collect();
        jobs.extend(plan.changed.iter().map(|&(id, place)| (seen[place], Task::Reread(id))));
        jobs.extend(plan.moved.iter().map(|&(id, place)| (seen[place], Task::Move(id))));
        let places: HashMap<&std::path::Path, usize> =
            seen.iter().map(|&at| (listing.files[at].path.as_path(), at)).collect();
        let settled: HashSet<FileId> =
            plan.unchanged.iter().copied().chain(plan.returned.iter().map(|(id, _)| *id)).collect();
        for row in known.iter().filter(|row| settled.contains(&row.id)) {
            let path = from_columns(&row.path, row.path_bytes.as_deref());
            let Some(&at) = places.get(path.as_path()) else { continue };
            if self.wants_reading(row) {
                jobs.push((at, Task::Retry(row.id)));
            } else if listing.stamp(&path) != row.sidecar_stamp {
                jobs.push((at, Task::Beside(row.id)));
            }
        }
        // In the order of the disk, and a show's episodes together.
        jobs.sort_unstable_by_key(|(at, _)| *at);
        jobs
    }

    /// A row that an earlier scan could not fill. Rights may have been given and a copy may have ended without the
    /// file looking any different.
    fn wants_reading(&self, row: &KnownRow) -> bool {
        match row.probe_state {
            ProbeState::Pending => true,
            ProbeState::NotProbed => self.ffprobe.is_some(),
            ProbeState::Probed | ProbeState::Failed => {
                row.problem_code.as_deref().is_some_and(ContentProblem::may_pass)
            }
        }
    }

    /// What only a complete scan may conclude.
    async fn settle(
        &self,
        listing: &Listing,
        known: &[KnownRow],
        seen: &[usize],
        plan: ScanPlan,
    ) -> db::Result<()> {
        let now = self.clock.now();
        self.progress.enter(ScanPhase::Matching, seen.len(), now);
        self.progress.count(Count::Missing, plan.missing.len());
        self.progress.count(Count::Problems, listing.problems.len());
        let returned: Vec<FileId> = plan.returned.iter().map(|(id, _)| *id).collect();
        let gone_before = known.iter().any(|row| row.state == FileState::Missing);
        tracing::debug!(library = self.library.name, gone_before, missing = plan.missing.len(), "settling");
        let tx = self.db.begin().await?;
        for &(gone, copy) in &plan.replaced {
            works::hand_over(&tx, gone, copy, now).await?;
        }
        db::files::set_missing(&tx, &plan.missing, now.into()).await?;
        db::files::set_present(&tx, &returned, now.into()).await?;
        db::libraries::replace_findings(&tx, self.library.id, findings::of(&listing.problems)).await?;
        db::matches::prune(&tx, self.library.id).await?;
        db::titles::prune(&tx).await?;
        db::libraries::set_state(&tx, self.library.id, LibraryState::Ok, None).await?;
        db::libraries::set_scanned(&tx, self.library.id, now.into()).await?;
        tx.commit().await?;
        self.progress.walked(seen.len());
        Ok(())
    }

    async fn unavailable(&self, message: String) -> db::Result<Ending> {
        let tx = self.db.begin().await?;
        let state = LibraryState::Unavailable;
        db::libraries::set_state(&tx, self.library.id, state, Some(message.clone())).await?;
        tx.commit().await?;
        Ok(Ending::Unavailable(message))
    }
}
