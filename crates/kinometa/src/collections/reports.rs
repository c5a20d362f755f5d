//! Writes the report files for Kometa's setting `save_report`.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use collections::plan::{Plan, Status};
use collections::report;
use collections::run::{Outcome, RunResult};
use kometa::collections::{Loaded, candidates};

/// Writes the report of every library that has a collection with `save_report`. Problems are passed to `warn`
/// rather than returned, because the collections are already built.
pub(crate) fn write(loaded: &Loaded, ran: &RunResult, path: &Path, warn: &mut dyn FnMut(String)) {
    let folder = path.parent().unwrap_or(Path::new("."));
    for library in &loaded.libraries {
        // Two entries may refer to the same library. Each gets a report of its own collections.
        let own = |outcome: &&Outcome| {
            let name = &outcome.plan.name;
            outcome.library == library.name && library.collections.iter().any(|one| one.name == *name)
        };
        let plans: Vec<Cow<'_, Plan>> = ran.outcomes.iter().filter(own).map(as_carried_out).collect();
        if !plans.iter().any(|plan| plan.options.save_report) {
            continue;
        }
        let wanted = library.report_path.as_ref();
        let found = wanted.and_then(|written| report_path(written, folder));
        if let (Some(written), None) = (wanted, &found) {
            warn(format!(
                "{}: the folder of {written} does not exist; the report is written next to config.yml",
                library.name
            ));
        }
        let path = found.unwrap_or_else(|| folder.join(format!("{}_report.yml", library.mapping_name)));
        let plans: Vec<&Plan> = plans.iter().map(AsRef::as_ref).collect();
        if let Err(error) = std::fs::write(&path, report::report(library.media, &plans)) {
            warn(format!(
                "{}: cannot write the report {}: {error}; set `report_path` to a file that can be written, or switch \
                 `save_report` off",
                library.name,
                path.display()
            ));
        }
    }
}

/// The plan as carried out. If it waits or failed, no titles were added or removed.
fn as_carried_out(outcome: &Outcome) -> Cow<'_, Plan> {
    if !matches!(outcome.status, Status::Waiting | Status::Failure) {
        return Cow::Borrowed(&outcome.plan);
    }
    Cow::Owned(Plan { added: Vec::new(), removed: Vec::new(), ..outcome.plan.clone() })
}

/// The path of a report, relative to config.yml's folder or else to the folders from which Kometa resolves paths.
/// `None` if no such folder exists.
fn report_path(written: &str, folder: &Path) -> Option<PathBuf> {
    let has_folder = |path: &PathBuf| path.parent().is_some_and(Path::is_dir);
    std::iter::once(folder.join(written)).chain(candidates(written, folder)).find(has_folder)
}
