//! Installs a package from PyPI under `target/`, once.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Seconds after which the package index counts as away.
const PATIENCE: &str = "15";

/// A Python with this package (`name==version`).
///
/// # Errors
/// When Python or the package index cannot be reached.
pub(crate) fn python_with(package: &str) -> Result<PathBuf, String> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("clients").join(package.replace("==", "-"));
    let python = folder.join("bin/python");
    installed(&folder, || {
        run(Command::new("python3").args(["-m", "venv"]).arg(&folder))?;
        let pip = ["-m", "pip", "install", "--quiet", "--retries", "0", "--timeout", PATIENCE, package];
        run(Command::new(&python).args(pip))
    })?;
    Ok(python)
}

/// Installs unless an earlier run did. A half-made folder has no marker and is made again. Test runners start several
/// processes of this binary at once, so only one of them installs.
fn installed(folder: &Path, install: impl FnOnce() -> Result<(), String>) -> Result<(), String> {
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

fn run(command: &mut Command) -> Result<(), String> {
    let output = command.output().map_err(|error| format!("{:?}: {error}", command.get_program()))?;
    match output.status.success() {
        true => Ok(()),
        false => Err(String::from_utf8_lossy(&output.stderr).lines().last().unwrap_or("failed").to_owned()),
    }
}
