//! Loads Kometa's files for a run or a check.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Datelike, Local, Timelike, Utc};
use collections::run::{Confirmed, RunOptions};
use kometa::collections::{LoadOptions, Loaded, load as load_config};
use kometa::config::{self, Secrets};
use kometa::file::{ConfigFile, FileError};
use kometa::schedule::RunStart;
use kometa::spec::Media;
use kometa::yaml::YamlError;

use crate::config::Config;

/// Why a config.yml cannot be read at all.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The file cannot be opened or read.
    #[error(transparent)]
    File(#[from] FileError),
    /// The file is not valid YAML.
    #[error(transparent)]
    Yaml(#[from] YamlError),
    /// The path has no parent folder, so relative paths in the file cannot be resolved.
    #[error("{} has no folder", .0.display())]
    NoFolder(PathBuf),
}

/// The system clock shows a date that schedules cannot represent.
#[derive(Debug, thiserror::Error)]
#[error("the system's clock shows no usable date")]
pub(crate) struct NoDate;

/// Loads a config.yml for libraries with these names and media types.
pub(crate) fn load(
    path: &Path,
    settings: &Config,
    known_media: &[(String, Media)],
    now: DateTime<Utc>,
) -> Result<Loaded, LoadError> {
    let file = ConfigFile::open(path, &settings.data_dir.join("kometa"))?;
    let secrets = Secrets::new(config::environment(), &file.dot_env());
    let read = config::read(&path.display().to_string(), &file.read()?, &secrets)?;
    let today = now.date_naive();
    let today = (i64::from(today.year()), i64::from(today.month()), i64::from(today.day()));
    let folder = file.path().parent().ok_or_else(|| LoadError::NoFolder(path.to_owned()))?;
    Ok(load_config(&read, LoadOptions { folder, secrets: &secrets, today, known_media }))
}

/// Options for running all collections now. Schedules use local time, as Kometa does.
pub(crate) fn run_options_at(now: DateTime<Utc>) -> Result<RunOptions, NoDate> {
    let local = now.with_timezone(&Local);
    let small = |number: u32| u8::try_from(number).unwrap_or_default();
    let year = u16::try_from(local.year()).unwrap_or_default();
    let start = RunStart::new(year, small(local.month()), small(local.day()), small(local.hour()));
    Ok(RunOptions {
        library: None,
        collections: Vec::new(),
        dry_run: false,
        confirmed: Confirmed::Nothing,
        now,
        today: local.date_naive(),
        start: start.ok_or(NoDate)?,
    })
}
