//! Findings of a walk that are stored besides playable files: problems and skipped files.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use db::kinds::ProblemCode;
use db::libraries::Finding;
use media::names::LeftOut;
use media::walk::{LeftOutReason, ProblemKind};

use super::listing::Listing;
use catalogue::paths::to_columns;

/// The rows for the problems of a walk, and for files skipped by the walk or because of their names.
pub(super) fn of(listing: &Listing) -> Vec<Finding> {
    let problems = listing.problems.iter().map(|problem| finding(&problem.path, code(problem.kind)));
    let skipped = listing.left_out.iter().map(|entry| finding(&entry.path, skipped_by_walk(entry.reason)));
    let mut dvds: BTreeSet<PathBuf> = BTreeSet::new();
    let skipped_by_name = listing.files().filter_map(|file| {
        let reason = listing.left_out_by_name(file)?;
        let path = &listing.file(file).path;
        if reason == LeftOut::Dvd {
            dvds.insert(path.parent().unwrap_or(path).to_owned());
            return None;
        }
        Some(finding(path, left_out_by_name(reason)))
    });
    let mut found: Vec<Finding> = problems.chain(skipped).chain(skipped_by_name).collect();
    found.extend(dvds.iter().map(|folder| finding(folder, ProblemCode::DvdFolder)));
    found
}

fn finding(path: &Path, code: ProblemCode) -> Finding {
    Finding { path: to_columns(path).text, code }
}

fn left_out_by_name(reason: LeftOut) -> ProblemCode {
    match reason {
        LeftOut::Trailer => ProblemCode::Trailer,
        LeftOut::Sample => ProblemCode::Sample,
        LeftOut::Extra => ProblemCode::Extra,
        LeftOut::Dvd => ProblemCode::DvdFolder,
        LeftOut::DiscExtra => ProblemCode::DiscExtra,
    }
}

fn skipped_by_walk(reason: LeftOutReason) -> ProblemCode {
    match reason {
        LeftOutReason::Hidden => ProblemCode::Hidden,
        LeftOutReason::System => ProblemCode::System,
        LeftOutReason::Unpacking => ProblemCode::Unpacking,
        LeftOutReason::Marked => ProblemCode::Marked,
        LeftOutReason::Pattern => ProblemCode::Pattern,
        LeftOutReason::NotAFile => ProblemCode::NotAFile,
        LeftOutReason::LinkedTwice => ProblemCode::LinkedTwice,
        LeftOutReason::UnsupportedSubtitle => ProblemCode::UnsupportedSubtitle,
    }
}

fn code(kind: ProblemKind) -> ProblemCode {
    match kind {
        ProblemKind::Unreadable => ProblemCode::Unreadable,
        ProblemKind::SymlinkLoop => ProblemCode::SymlinkLoop,
        ProblemKind::BrokenLink => ProblemCode::BrokenLink,
        ProblemKind::NotUtf8 => ProblemCode::NotUtf8,
        ProblemKind::Empty => ProblemCode::Empty,
        ProblemKind::TooDeep => ProblemCode::TooDeep,
    }
}
