//! Installs a package from PyPI in `target/`, once.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Seconds after which the package index counts as unavailable.
const TIMEOUT: &str = "15";

/// The path of a Python interpreter with this package (`name==version`).
///
/// # Errors
/// If Python is missing or the package index is unavailable.
pub(crate) fn python_with(package: &str) -> Result<PathBuf, String> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("clients").join(package.replace("==", "-"));
    let python = folder.join("bin/python");
    installed(&folder, || {
        run(Command::new("python3").args(["-m", "venv"]).arg(&folder))?;
        let pip = ["-m", "pip", "install", "--quiet", "--retries", "0", "--timeout", TIMEOUT, package];
        run(Command::new(&python).args(pip))
    })?;
    Ok(python)
}

/// Runs `install` unless an earlier run has completed it. A folder without the marker is incomplete and is recreated.
/// Test runners may start several processes of this binary at the same time, so a lock lets only one of them install.
fn installed(folder: &Path, install: impl FnOnce() -> Result<(), String>) -> Result<(), String> {
    let parent = folder.parent().unwrap_or(folder);
    std::fs::create_dir_all(parent).map_err(|error| error.to_string())?;
    let lock = File::create(folder.with_extension("lock")).map_err(|error| error.to_string())?;
    lock.lock().map_err(|error| error.to_string())?;
    let marker = folder.join("installed");
    if marker.exists() {
        return Ok(());
    }
    // Remove what a failed attempt has left.
    let _ = std::fs::remove_dir_all(folder);
    std::fs::create_dir_all(folder).map_err(|error| error.to_string())?;
    install()?;
    std::fs::write(marker, "").map_err(|error| error.to_string())
}

fn run(command: &mut Command) -> Result<(), String> {
    let output = command.output().map_err(|error| format!("{:?}: {error}", command.get_program()))?;
    match output.status.success() {
        true => Ok(()),
        false => Err(String::from_utf8_lossy(&output.stderr).lines().last().unwrap_or("failed").to_owned()),
    }
}
