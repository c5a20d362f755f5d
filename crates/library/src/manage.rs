//! Creating, changing and deleting libraries.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clock::Clock;
use db::Db;
use db::ids::{FileId, LibraryId};
use db::kinds::{LibraryKind, LibraryState};

use db::libraries::NewLibrary;
use tokio::task::spawn_blocking;

use super::scan::Scanner;
use super::watch::Watcher;
use catalogue::Catalogue;
use catalogue::problem::FileProblem;

/// A library with its current state and counts.
#[derive(Debug, Clone)]
pub struct Library {
    /// The row.
    pub row: db::rows::Library,
    /// Whether it is available, unavailable or being scanned.
    pub state: LibraryState,
    /// Number of files that are present.
    pub files: i64,
    /// Number of files that are missing and may come back.
    pub missing: i64,
    /// Number of movies or shows.
    pub titles: i64,
}

/// A file or folder that could not be used completely.
#[derive(Debug, Clone)]
pub struct ProblemFile {
    /// The file, if it has a row.
    pub file_id: Option<FileId>,
    /// Its library.
    pub library_id: LibraryId,
    /// Path below the library's folder.
    pub path: String,
    /// The problem.
    pub problem: FileProblem,
}

/// The libraries; cheap to clone.
#[derive(Clone)]
pub struct Libraries {
    db: Db,
    clock: Arc<dyn Clock>,
    catalogue: Catalogue,
    scanner: Scanner,
    watcher: Watcher,
}

/// Why a library could not be created or changed.
#[derive(Debug, thiserror::Error)]
pub enum LibraryError {
    /// The name is empty.
    #[error("the name is empty")]
    NoName,
    /// The path is not absolute.
    #[error("the path is not absolute")]
    NotAbsolute,
    /// The folder does not exist or cannot be read.
    #[error("folder {0} does not exist or cannot be read")]
    NoFolder(String),
    /// The folder overlaps with another library's folder.
    #[error("the folder overlaps with library {0:?}")]
    Overlaps(String),
    /// The database failed, or the library does not exist.
    #[error(transparent)]
    Database(#[from] db::Error),
}

impl Libraries {
    /// Creates the service.
    pub fn new(
        db: Db,
        clock: Arc<dyn Clock>,
        catalogue: Catalogue,
        scanner: Scanner,
        watcher: Watcher,
    ) -> Self {
        Self { db, clock, catalogue, scanner, watcher }
    }

    /// The scanner.
    pub fn scanner(&self) -> &Scanner {
        &self.scanner
    }

    /// All libraries, sorted by name.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn list(&self) -> db::Result<Vec<Library>> {
        let rows = db::libraries::list(&self.db).await?;
        let counts: HashMap<LibraryId, _> = db::libraries::file_counts(&self.db)
            .await?
            .into_iter()
            .map(|row| (row.library_id, row))
            .collect();
        let titles = self.catalogue.titles_per_library().await?;
        let show = |row: db::rows::Library| {
            let files = counts.get(&row.id);
            Library {
                state: match row.state {
                    _ if self.scanner.is_running(row.id) => LibraryState::Scanning,
                    LibraryState::Unavailable => LibraryState::Unavailable,
                    LibraryState::Ok | LibraryState::Scanning => LibraryState::Ok,
                },
                files: files.map_or(0, |files| files.present),
                missing: files.map_or(0, |files| files.missing),
                titles: titles.get(&row.id).copied().unwrap_or_default(),
                row,
            }
        };
        Ok(rows.into_iter().map(show).collect())
    }

    /// One library.
    ///
    /// # Errors
    /// When the library does not exist or the database fails.
    pub async fn get(&self, id: LibraryId) -> db::Result<Library> {
        let all = self.list().await?;
        all.into_iter().find(|library| library.row.id == id).ok_or(db::Error::NotFound("library"))
    }

    /// Creates a library and starts its first scan.
    ///
    /// # Errors
    /// When name or folder are invalid.
    pub async fn create(&self, name: &str, kind: LibraryKind, path: &str) -> Result<Library, LibraryError> {
        let id = self.add(name, kind, path).await?;
        self.scanner.start(id).await?;
        Ok(self.get(id).await?)
    }

    async fn add(&self, name: &str, kind: LibraryKind, path: &str) -> Result<LibraryId, LibraryError> {
        let name = checked_name(name)?;
        let path = self.checked_path(path, None).await?;
        let tx = self.db.begin().await?;
        let row =
            db::libraries::insert(&tx, NewLibrary { name, kind, path }, self.clock.now().into()).await?;
        tx.commit().await?;
        self.catalogue.library_changed();
        self.catalogue.refreshed().await;
        self.watcher.refresh();
        Ok(row.id)
    }

    /// Creates a configured library unless its folder already has one. It is scanned when watching begins.
    ///
    /// # Errors
    /// When the folder is invalid.
    pub async fn ensure(&self, kind: LibraryKind, path: &Path) -> Result<(), LibraryError> {
        let path = path.display().to_string();
        let known = db::libraries::list(&self.db).await?;
        if known.iter().any(|library| same_folder(&library.path, &path)) {
            return Ok(());
        }
        let name = match kind {
            LibraryKind::Movies => "Movies",
            LibraryKind::Shows => "Shows",
        };
        let name = match Path::new(&path).file_name() {
            Some(folder) if known.iter().any(|library| library.name == name) => {
                format!("{name} ({})", folder.to_string_lossy())
            }
            _ => name.to_owned(),
        };
        self.add(&name, kind, &path).await.map(|_| ())
    }

    /// Changes name or folder. Files that are found again in the new folder keep their rows.
    ///
    /// # Errors
    /// When name or folder are invalid, or the library does not exist.
    pub async fn update(
        &self,
        id: LibraryId,
        name: Option<&str>,
        path: Option<&str>,
    ) -> Result<Library, LibraryError> {
        let mut row = db::libraries::find(&self.db, id).await?.ok_or(db::Error::NotFound("library"))?;
        if let Some(name) = name {
            row.name = checked_name(name)?;
        }
        let moved = path.is_some_and(|path| !same_folder(path, &row.path));
        if let Some(path) = path {
            row.path = self.checked_path(path, Some(id)).await?;
        }
        if moved {
            self.scanner.stop(id).await;
        }
        let tx = self.db.begin().await?;
        db::libraries::update(&tx, row).await?;
        tx.commit().await?;
        self.catalogue.library_changed();
        self.catalogue.refreshed().await;
        if moved {
            self.watcher.refresh();
            self.scanner.start(id).await?;
        }
        Ok(self.get(id).await?)
    }

    /// Deletes a library. Its files stay on disk, and plays stay in the timelines.
    ///
    /// # Errors
    /// When the library does not exist.
    pub async fn delete(&self, id: LibraryId) -> db::Result<()> {
        self.scanner.forget(id).await;
        let tx = self.db.begin_titles().await?;
        db::libraries::delete(&tx, id).await?;
        db::titles::prune(&tx).await?;
        tx.commit().await?;
        self.watcher.refresh();
        self.catalogue.library_changed();
        self.catalogue.refreshed().await;
        Ok(())
    }

    /// A page of the files and folders that could not be used completely, sorted by library and path, and
    /// their total number. `left_out`: only those that were left out on purpose (`true`), or only problems
    /// (`false`).
    ///
    /// # Errors
    /// When the database fails.
    pub async fn problems(
        &self,
        library: Option<LibraryId>,
        left_out: Option<bool>,
        offset: usize,
        limit: usize,
    ) -> db::Result<(Vec<ProblemFile>, usize)> {
        let files = db::files::with_problem(&self.db, library).await?;
        let findings = db::libraries::findings(&self.db, library).await?;
        let mut items: Vec<ProblemFile> = findings
            .into_iter()
            .map(|row| ProblemFile {
                file_id: None,
                library_id: row.library_id,
                path: row.path,
                problem: FileProblem::new(row.code),
            })
            .collect();
        items.extend(files.into_iter().map(|row| ProblemFile {
            file_id: Some(row.id),
            library_id: row.library_id,
            path: row.path,
            problem: FileProblem::from_columns(row.problem_code, row.problem_facts, row.problem),
        }));
        items.retain(|item| left_out.is_none_or(|wanted| item.problem.code.is_left_out() == wanted));
        items.sort_by(|a, b| (a.library_id, &a.path).cmp(&(b.library_id, &b.path)));
        let total = items.len();
        Ok((items.into_iter().skip(offset).take(limit).collect(), total))
    }

    /// Checks that a path is absolute, readable and does not overlap with another library than `own`.
    async fn checked_path(&self, path: &str, own: Option<LibraryId>) -> Result<String, LibraryError> {
        let folder = Path::new(path.trim());
        if !folder.is_absolute() {
            return Err(LibraryError::NotAbsolute);
        }
        let readable = tokio::fs::read_dir(folder).await.is_ok();
        if !readable {
            return Err(LibraryError::NoFolder(folder.display().to_string()));
        }
        let path = clean(folder);
        let others = db::libraries::list(&self.db).await?;
        let shown = path.display().to_string();
        let others = others.into_iter().filter(move |other| Some(other.id) != own);
        let clash =
            spawn_blocking(move || others.into_iter().find(|other| overlap(&path, Path::new(&other.path))));
        match clash.await.expect("comparing paths does not panic") {
            Some(other) => Err(LibraryError::Overlaps(other.name)),
            None => Ok(shown),
        }
    }
}

/// Whether one folder contains the other, with symbolic links resolved. Blocks.
fn overlap(one: &Path, other: &Path) -> bool {
    let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let (one, other) = (real(one), real(other));
    one.starts_with(&other) || other.starts_with(&one)
}

fn checked_name(name: &str) -> Result<String, LibraryError> {
    let name = name.trim();
    if name.is_empty() { Err(LibraryError::NoName) } else { Ok(name.to_owned()) }
}

/// Removes `.` and doubled or trailing separators.
fn clean(path: &Path) -> PathBuf {
    path.components().collect()
}

fn same_folder(one: &str, other: &str) -> bool {
    clean(Path::new(one)) == clean(Path::new(other))
}
