//! Files of `save_report`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use collections::plan::Plan;
use collections::report;
use collections::run::Ran;
use kometa::collections::Loaded;

/// A report could not be written.
#[derive(Debug, thiserror::Error)]
#[error("cannot write the report {}: {source}", path.display())]
pub(crate) struct ReportError {
    path: PathBuf,
    source: std::io::Error,
}

/// Writes the report of every library that has a collection with `save_report`. `tell` hears what a person should know.
pub(crate) fn write(
    loaded: &Loaded,
    ran: &Ran,
    path: &Path,
    tell: &mut dyn FnMut(String),
) -> Result<(), ReportError> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut plans: BTreeMap<&str, Vec<&Plan>> = BTreeMap::new();
    for outcome in &ran.outcomes {
        plans.entry(&outcome.library).or_default().push(&outcome.plan);
    }
    for library in &loaded.libraries {
        let Some(plans) = plans.get(library.name.as_str()) else { continue };
        if !plans.iter().any(|plan| plan.options.save_report) {
            continue;
        }
        let own = library.report_path.as_ref().map(|path| folder.join(path));
        let has_folder = |path: &PathBuf| path.parent().is_some_and(Path::is_dir);
        if let Some(wanted) = own.as_ref().filter(|path| !has_folder(path)) {
            tell(format!(
                "{}: the folder of {} does not exist; the report goes beside config.yml",
                library.name,
                wanted.display()
            ));
        }
        let beside = || folder.join(format!("{}_report.yml", library.mapping_name));
        let path = own.filter(has_folder).unwrap_or_else(beside);
        let written = std::fs::write(&path, report::report(library.media, plans));
        written.map_err(|source| ReportError { path, source })?;
    }
    Ok(())
}
