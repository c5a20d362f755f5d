//! Libraries, folders and file problems.

use api_types::library as wire;
use library::folders::FolderListing;
use library::manage::{Library, ProblemFile};

use super::problem::{file_problem_text, unavailable_text};

/// A library.
pub(crate) fn library(library: Library) -> wire::Library {
    let row = library.row;
    // Older versions stored a sentence instead of a reason.
    let message = row.state_reason.map(|reason| unavailable_text(reason, &row.path)).or(row.message);
    wire::Library {
        id: row.id,
        name: row.name,
        kind: row.kind,
        path: row.path,
        state: library.state,
        message,
        reason: row.state_reason,
        file_count: library.files,
        title_count: library.titles,
        missing_count: library.missing,
        last_scanned_at: row.last_scanned_at.map(|at| at.0),
    }
}

/// A folder for the folder picker.
pub(crate) fn folder_listing(listing: FolderListing) -> wire::FolderListing {
    let folders = listing.folders.into_iter();
    let folders = folders.map(|folder| wire::Folder {
        name: folder.name,
        path: folder.path,
        readable: folder.readable,
    });
    wire::FolderListing { path: listing.path, parent: listing.parent, folders: folders.collect() }
}

/// A file or folder that could not be used completely.
pub(crate) fn file_problem(file: ProblemFile) -> wire::FileProblem {
    wire::FileProblem {
        file_id: file.file_id,
        library_id: file.library_id,
        path: file.path,
        code: file.problem.code,
        left_out: file.problem.code.is_left_out(),
        message: file_problem_text(file.problem),
    }
}
