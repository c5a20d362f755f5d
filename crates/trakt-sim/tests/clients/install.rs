//! Installs client packages under `target/`, once for all test runs.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Seconds to wait for a package registry before it counts as unreachable.
const REGISTRY_TIMEOUT: &str = "15";

/// The reason why a client cannot be installed.
pub(crate) type InstallError = String;

/// Returns the Python interpreter of an environment with this package (`name==version`).
///
/// # Errors
/// If Python is missing or the package index cannot be reached.
pub(crate) fn python_with(package: &str) -> Result<PathBuf, InstallError> {
    let folder = folder(&package.replace("==", "-"));
    let python = folder.join("bin/python");
    installed(&folder, || {
        run(Command::new("python3").args(["-m", "venv"]).arg(&folder))?;
        let pip =
            ["-m", "pip", "install", "--quiet", "--retries", "0", "--timeout", REGISTRY_TIMEOUT, package];
        run(Command::new(&python).args(pip))
    })?;
    Ok(python)
}

/// Returns a `node_modules` folder with this package (`name@version`).
///
/// # Errors
/// If npm is missing or the registry cannot be reached.
pub(crate) fn node_modules_with(package: &str) -> Result<PathBuf, InstallError> {
    let folder = folder(&package.replace('@', "-"));
    installed(&folder, || {
        let npm =
            ["install", "--no-save", "--no-audit", "--no-fund", "--fetch-retries=0", "--loglevel=error"];
        let timeout = format!("--fetch-timeout={REGISTRY_TIMEOUT}000");
        run(Command::new("npm").args(npm).arg(timeout).arg("--prefix").arg(&folder).arg(package))
    })?;
    Ok(folder.join("node_modules"))
}

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("clients").join(name)
}

/// Runs `install` unless an earlier run succeeded. An incomplete folder has no marker file and is created
/// again. Test runners start several processes of this binary at the same time, so a lock lets only one of them
/// install.
fn installed(folder: &Path, install: impl FnOnce() -> Result<(), InstallError>) -> Result<(), InstallError> {
    let parent = folder.parent().unwrap_or(folder);
    std::fs::create_dir_all(parent).map_err(|error| error.to_string())?;
    let lock = File::create(folder.with_extension("lock")).map_err(|error| error.to_string())?;
    lock.lock().map_err(|error| error.to_string())?;
    let marker = folder.join("installed");
    if marker.exists() {
        return Ok(());
    }
    // Delete what a failed attempt left behind.
    let _ = std::fs::remove_dir_all(folder);
    std::fs::create_dir_all(folder).map_err(|error| error.to_string())?;
    install()?;
    std::fs::write(marker, "").map_err(|error| error.to_string())
}

fn run(command: &mut Command) -> Result<(), InstallError> {
    let output = command.output().map_err(|error| format!("{:?}: {error}", command.get_program()))?;
    match output.status.success() {
        true => Ok(()),
        false => Err(String::from_utf8_lossy(&output.stderr).lines().last().unwrap_or("failed").to_owned()),
    }
}
