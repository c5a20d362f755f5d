//! Installs client packages under `target/`, once.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Seconds after which a registry counts as away.
const PATIENCE: &str = "15";

/// Why a client cannot be walked.
pub(crate) type Away = String;

/// A Python with this package (`name==version`).
///
/// # Errors
/// When Python or the package index cannot be reached.
pub(crate) fn python_with(package: &str) -> Result<PathBuf, Away> {
    let folder = folder(&package.replace("==", "-"));
    let python = folder.join("bin/python");
    installed(&folder, || {
        run(Command::new("python3").args(["-m", "venv"]).arg(&folder))?;
        let pip = ["-m", "pip", "install", "--quiet", "--retries", "0", "--timeout", PATIENCE, package];
        run(Command::new(&python).args(pip))
    })?;
    Ok(python)
}

/// A folder whose `node_modules` holds this package (`name@version`).
///
/// # Errors
/// When npm or the registry cannot be reached.
pub(crate) fn node_modules_with(package: &str) -> Result<PathBuf, Away> {
    let folder = folder(&package.replace('@', "-"));
    installed(&folder, || {
        let npm =
            ["install", "--no-save", "--no-audit", "--no-fund", "--fetch-retries=0", "--loglevel=error"];
        let timeout = format!("--fetch-timeout={PATIENCE}000");
        run(Command::new("npm").args(npm).arg(timeout).arg("--prefix").arg(&folder).arg(package))
    })?;
    Ok(folder.join("node_modules"))
}

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("clients").join(name)
}

/// Installs unless an earlier run did. A half-made folder has no marker and is made again. Test runners start several
/// processes of this binary at once, so only one of them installs.
fn installed(folder: &Path, install: impl FnOnce() -> Result<(), Away>) -> Result<(), Away> {
    let parent = folder.parent().unwrap_or(folder);
    std::fs::create_dir_all(parent).map_err(|error| error.to_string())?;
    let lock = File::create(folder.with_extension("lock")).map_err(|error| error.to_string())?;
    lock.lock().map_err(|error| error.to_string())?;
    let marker = folder.join("installed");
    if marker.exists() {
        return Ok(());
    }
    // What is there is the rest of an attempt that failed.
    let _ = std::fs::remove_dir_all(folder);
    std::fs::create_dir_all(folder).map_err(|error| error.to_string())?;
    install()?;
    std::fs::write(marker, "").map_err(|error| error.to_string())
}

fn run(command: &mut Command) -> Result<(), Away> {
    let output = command.output().map_err(|error| format!("{:?}: {error}", command.get_program()))?;
    match output.status.success() {
        true => Ok(()),
        false => Err(String::from_utf8_lossy(&output.stderr).lines().last().unwrap_or("failed").to_owned()),
    }
}
