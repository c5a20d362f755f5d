//! One scan: walk the folders, compare the files with the rows, read new files, write.
//!
//! Every step is idempotent, so a scan that was stopped or crashed can simply be run again.

use std::collections::{HashMap, HashSet};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clock::Clock;
use db::Db;
use db::files::KnownFile as KnownRow;
use db::ids::FileId;
use db::kinds::{FileState, LibraryKind, LibraryState, ProbeState, ProblemCode, UnavailableReason};
use db::rows::Library;
use media::names::ParsedName;
use tokio::task::spawn_blocking;
use tokio_util::sync::CancellationToken;

use super::compared::{known_file, seen_file};
use super::content_problem::may_be_temporary;
use super::findings;
use super::listing::{FileIndex, Listing};
use super::progress::{Count, Progress};
use super::scanned_file::{Content, Job, Task, read_content};
use crate::identity::{
    KnownFile, RootState, ScanPlan, SeenFile, SeenIndex, Verdict, needs_fingerprint, plan,
};
use crate::works;
use catalogue::paths::from_columns;
use model::scan::ScanPhase;

/// The inputs of a scan.
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

/// The files of a listing that belong to the library, without trailers and extras.
struct Seen(Vec<FileIndex>);

impl Seen {
    fn file(&self, SeenIndex(index): SeenIndex) -> FileIndex {
        self.0[index]
    }
}

/// How a scan ended.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Ending {
    /// The whole library was read.
    Complete,
    /// It was stopped.
    Stopped,
    /// The library's folder cannot be read, or is empty although it contained files before.
    Unavailable { reason: UnavailableReason, path: String },
}

impl Scan {
    /// Runs the scan.
    pub(super) async fn run(&self) -> db::Result<Ending> {
        let Some(listing) = self.walk().await else {
            return self.unavailable(UnavailableReason::Unreadable).await;
        };
        if listing.stopped || self.stop.is_cancelled() {
            return Ok(Ending::Stopped);
        }
        let known = db::files::known(&self.db, self.library.id).await?;
        let (seen, contents) = self.seen_files(&listing, &known).await;
        let root = RootState::Readable { unreadable: listing.unreadable() };
        let rows: Vec<KnownFile> = known.iter().map(known_file).collect();
        let files: Vec<SeenFile> = seen.0.iter().map(|&file| seen_file(&listing, file, &contents)).collect();
        let Verdict::Apply(plan) = plan(&rows, &files, &root) else {
            return self.unavailable(UnavailableReason::Empty).await;
        };
        let jobs = self.jobs(&listing, &known, &seen, &plan, contents);
        let ending = self.read_and_write(&listing, jobs).await?;
        if ending == Ending::Complete {
            self.complete(&listing, &known, &seen, plan).await?;
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
                tracing::warn!(library = self.library.name, %error, "the library folder cannot be read");
                None
            }
        }
    }

    /// The files that belong to the library, and the contents of those that may have moved.
    ///
    /// Only the names of files without a row are parsed, because trailers and extras never have rows.
    async fn seen_files(
        &self,
        listing: &Arc<Listing>,
        known: &[KnownRow],
    ) -> (Seen, HashMap<FileIndex, Content>) {
        let paths: HashSet<PathBuf> =
            known.iter().map(|row| from_columns(&row.path, row.path_bytes.as_deref())).collect();
        let rows: Vec<KnownFile> = known.iter().map(known_file).collect();
        let (listing, ffprobe, now) = (Arc::clone(listing), self.ffprobe.clone(), self.clock.now());
        let work = move || {
            let belongs = |file: &FileIndex| {
                paths.contains(&listing.file(*file).path)
                    || !matches!(listing.name(*file), ParsedName::LeftOut { .. })
            };
            let seen = Seen(listing.files().filter(belongs).collect());
            let files: Vec<SeenFile> =
                seen.0.iter().map(|&file| seen_file(&listing, file, &HashMap::new())).collect();
            let contents = needs_fingerprint(&rows, &files)
                .into_iter()
                .map(|index| seen.file(index))
                .map(|file| (file, read_content(&listing, file, ffprobe.as_deref(), now)))
                .collect();
            (seen, contents)
        };
        spawn_blocking(work).await.expect("reading names does not panic")
    }

    /// The files to read or update, in the order of the walk.
    fn jobs(
        &self,
        listing: &Listing,
        known: &[KnownRow],
        seen: &Seen,
        plan: &ScanPlan,
        mut contents: HashMap<FileIndex, Content>,
    ) -> Vec<Job> {
        let mut tasks: Vec<(FileIndex, Task)> =
            plan.added.iter().map(|&index| (seen.file(index), Task::Add)).collect();
        tasks.extend(plan.changed.iter().map(|&(id, index)| (seen.file(index), Task::Reread(id))));
        let not_video: HashSet<FileId> = known
            .iter()
            .filter(|row| row.problem_code == Some(ProblemCode::NotVideo))
            .map(|row| row.id)
            .collect();
        tasks.extend(plan.moved.iter().map(|&(id, index)| {
            let task = if not_video.contains(&id) { Task::Reread(id) } else { Task::Move(id) };
            (seen.file(index), task)
        }));
        let by_path: HashMap<&Path, FileIndex> =
            seen.0.iter().map(|&file| (listing.file(file).path.as_path(), file)).collect();
        let settled: HashSet<FileId> =
            plan.unchanged.iter().copied().chain(plan.returned.iter().map(|(id, _)| *id)).collect();
        for row in known.iter().filter(|row| settled.contains(&row.id)) {
            let path = from_columns(&row.path, row.path_bytes.as_deref());
            let Some(&file) = by_path.get(path.as_path()) else { continue };
            let stamp = row.sidecar_stamp.as_deref().unwrap_or_default();
            if self.needs_retry(row) {
                tasks.push((file, Task::Retry(row.id)));
            } else if row.problem_code == Some(ProblemCode::NotVideo) {
                // Sidecars of files that are not videos are ignored.
            } else if !Listing::has_current_names(stamp) {
                tasks.push((file, Task::Rename(row.id)));
            } else if listing.stamp(&path) != stamp {
                tasks.push((file, Task::UpdateSidecars(row.id)));
            }
        }
        // In the order of the disk, so that a show's episodes are in the same batch.
        tasks.sort_unstable_by_key(|(file, _)| *file);
        tasks.into_iter().map(|(file, task)| Job { file, task, content: contents.remove(&file) }).collect()
    }

    /// Whether an earlier scan could not read the file, so that it is worth trying again. Permissions may
    /// have changed, or a copy may have been completed, although size and modification time are the same.
    fn needs_retry(&self, row: &KnownRow) -> bool {
        match row.probe_state {
            ProbeState::Pending => true,
            ProbeState::NotProbed => self.ffprobe.is_some(),
            ProbeState::Probed | ProbeState::Failed => row.problem_code.is_some_and(may_be_temporary),
        }
    }

    /// Writes what only a complete scan can determine: which files are missing, and which titles have no
    /// files left.
    async fn complete(
        &self,
        listing: &Listing,
        known: &[KnownRow],
        seen: &Seen,
        plan: ScanPlan,
    ) -> db::Result<()> {
        let now = self.clock.now();
        self.progress.enter(ScanPhase::Matching, seen.0.len(), now);
        self.progress.count(Count::Missing, plan.missing.len());
        self.progress.count(Count::Problems, listing.problems.len());
        let returned: Vec<FileId> = plan.returned.iter().map(|(id, _)| *id).collect();
        let gone_before = known.iter().any(|row| row.state == FileState::Missing);
        tracing::debug!(library = self.library.name, gone_before, missing = plan.missing.len(), "settling");
        let tx = self.db.begin_titles().await?;
        for &(gone, copy) in &plan.replaced {
            works::replace_by_copy(&tx, gone, copy, now).await?;
        }
        db::files::set_missing(&tx, &plan.missing, now.into()).await?;
        db::files::set_present(&tx, &returned, now.into()).await?;
        db::libraries::replace_findings(&tx, self.library.id, findings::of(listing)).await?;
        db::matches::prune(&tx, self.library.id).await?;
        db::titles::prune(&tx).await?;
        db::libraries::set_state(&tx, self.library.id, LibraryState::Ok, None).await?;
        db::libraries::set_scanned(&tx, self.library.id, now.into()).await?;
        tx.commit().await?;
        self.progress.walked(seen.0.len());
        Ok(())
    }

    async fn unavailable(&self, reason: UnavailableReason) -> db::Result<Ending> {
        let tx = self.db.begin().await?;
        db::libraries::set_state(&tx, self.library.id, LibraryState::Unavailable, Some(reason)).await?;
        tx.commit().await?;
        Ok(Ending::Unavailable { reason, path: self.library.path.clone() })
    }
}
