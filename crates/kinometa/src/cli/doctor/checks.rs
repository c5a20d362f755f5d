//! Checks of the data directory, database, libraries and ffmpeg.

use std::io::Write;
use std::path::Path;

use db::Db;
use secrecy::ExposeSecret;

use super::CheckResult;
use crate::config::Config;
use playback::tools::Tools;

/// Free space required in the data directory, in bytes. SQLite's write-ahead log needs less than this between checkpoints.
const REQUIRED_SPACE: usize = 4 * 1024 * 1024;

/// Checks that the data directory is writable.
pub(super) fn data_dir(config: &Config) -> CheckResult {
    let folder = config.data_dir.display();
    if !config.data_dir.exists() {
        let advice = "It is created when the server starts for the first time.";
        return CheckResult::warning(format!("data directory: {folder} does not exist yet"), advice);
    }
    match probe_write(&config.data_dir) {
        Ok(()) => CheckResult::Passed(format!("data directory: {folder} is writable")),
        Err(error) => CheckResult::failed(
            format!("data directory: {folder} is not writable ({error})"),
            "Free up disk space, give the user that runs Kinometa write permission, or choose another directory with \
             --data-dir.",
        ),
    }
}

/// Writes a few megabytes: creating an empty file also works on a full disk.
fn probe_write(folder: &Path) -> std::io::Result<()> {
    tempfile::tempfile_in(folder)?.write_all(&[0; REQUIRED_SPACE])
}

/// Checks the database, then the folders of the libraries stored in it.
pub(super) async fn database(config: &Config) -> Vec<CheckResult> {
    let url = config.database.expose_secret();
    if let Some(path) = url.strip_prefix("sqlite://")
        && !Path::new(path).exists()
    {
        let advice = "It is created when the server starts for the first time.";
        return vec![CheckResult::warning("database: the SQLite file does not exist yet", advice)];
    }
    let failed = |error: db::Error| {
        let advice = "Check --database, the file's permissions and the free disk space.";
        CheckResult::failed(format!("database: {error}"), advice)
    };
    let db = match Db::connect(url).await {
        Ok(db) => db,
        Err(error) => return vec![failed(error)],
    };
    let mut results = vec![match db.ping().await {
        Ok(()) => CheckResult::Passed(format!("database: connected to {}, schema up to date", db.kind())),
        Err(error) => failed(error),
    }];
    match db::libraries::list(&db).await {
        Ok(libraries) if libraries.is_empty() && config.libraries.is_empty() => {
            let advice = "Add one with --library movies=/path, or under Settings, Libraries.";
            results.push(CheckResult::warning("libraries: none", advice));
        }
        Ok(libraries) => {
            let known = libraries.iter().map(|library| (library.name.clone(), library.path.clone()));
            results.extend(known.map(|(name, path)| library(&name, Path::new(&path))));
        }
        Err(error) => results.push(failed(error)),
    }
    if let Err(error) = db.close().await {
        tracing::debug!(%error, "the database did not close cleanly");
    }
    results
}

fn library(name: &str, path: &Path) -> CheckResult {
    let shown = path.display();
    match std::fs::read_dir(path).map(|mut entries| entries.next().is_some()) {
        Ok(true) => CheckResult::Passed(format!("library {name}: {shown} is readable")),
        Ok(false) => CheckResult::warning(
            format!("library {name}: {shown} is empty"),
            "If it is on a disk or network share, mount it. Kinometa keeps its titles until then.",
        ),
        Err(error) => CheckResult::warning(
            format!("library {name}: {shown} is not readable ({error})"),
            "Mount the disk, or give the user that runs Kinometa read permission.",
        ),
    }
}

/// Checks ffmpeg and ffprobe, which are optional.
pub(super) async fn ffmpeg(config: &Config) -> Vec<CheckResult> {
    let Some(tools) = Tools::find(config.ffmpeg.as_deref()).await else {
        return vec![CheckResult::warning(
            "ffmpeg: not found",
            "Files that browsers cannot play directly will not play. Install the ffmpeg package.",
        )];
    };
    let mut results = vec![if tools.encodes_h264 {
        CheckResult::Passed(format!("ffmpeg: {}", tools.version))
    } else {
        let advice = "Files with a video codec that browsers cannot play will not play. Install an ffmpeg build with libx264.";
        CheckResult::warning(format!("ffmpeg: {} cannot encode H.264", tools.version), advice)
    }];
    results.push(match tools.ffprobe {
        Some(_) => CheckResult::Passed("ffprobe: found".to_owned()),
        None => CheckResult::warning(
            "ffprobe: not found",
            "Only MP4, MKV and WebM files will show media details. ffprobe is part of the ffmpeg package.",
        ),
    });
    results
}
