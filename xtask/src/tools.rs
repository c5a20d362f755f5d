//! System packages that the tests need besides Rust and Node. Missing ones are installed if possible, otherwise
//! reported.

use std::path::{Path, PathBuf};

use crate::{Failure, root, run};

/// A program and the Debian package that contains it.
pub(crate) struct Tool {
    package: &'static str,
    found: fn() -> bool,
    reason: &'static str,
}

pub(crate) const FFMPEG: Tool = Tool {
    package: "ffmpeg",
    found: || on_path("ffmpeg").is_some() && on_path("ffprobe").is_some(),
    reason: "remuxing and transcoding are tested with it",
};

pub(crate) const CHROMIUM: Tool =
    Tool { package: "chromium", found: || chromium().is_some(), reason: "the browser tests run in it" };

pub(crate) const POSTGRESQL: Tool = Tool {
    package: "postgresql",
    found: || postgresql().is_some(),
    reason: "the suite runs on PostgreSQL too",
};

/// Installs missing packages if possible, otherwise fails with the command that installs them.
pub(crate) fn ensure(tools: &[Tool]) -> Result<(), Failure> {
    let missing: Vec<&Tool> = tools.iter().filter(|tool| !(tool.found)()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let packages: Vec<&str> = missing.iter().map(|tool| tool.package).collect();
    if !may_install() {
        let reasons: Vec<String> =
            missing.iter().map(|tool| format!("  {}: {}", tool.package, tool.reason)).collect();
        return Err(format!(
            "missing system packages:\n{}\nInstall them and run again, on Debian: sudo apt-get install {}",
            reasons.join("\n"),
            packages.join(" "),
        ));
    }
    run::must(run::command("apt-get", &["update", "-q"], &root()))?;
    let mut install = run::command("apt-get", &["install", "-y", "-q", "--no-install-recommends"], &root());
    install.args(&packages).env("DEBIAN_FRONTEND", "noninteractive");
    run::must(install)
}

/// Returns whether packages can be installed: only as root on a Debian system.
fn may_install() -> bool {
    is_root() && on_path("apt-get").is_some()
}

pub(crate) fn is_root() -> bool {
    std::fs::read_to_string("/proc/self/status").is_ok_and(|status| {
        status.lines().any(|line| {
            line.strip_prefix("Uid:").is_some_and(|ids| ids.split_whitespace().next() == Some("0"))
        })
    })
}

pub(crate) fn on_path(program: &str) -> Option<PathBuf> {
    let folders = std::env::var_os("PATH")?;
    std::env::split_paths(&folders).map(|folder| folder.join(program)).find(|path| path.is_file())
}

pub(crate) fn chromium() -> Option<PathBuf> {
    on_path("chromium").or_else(|| on_path("chromium-browser")).or_else(|| on_path("google-chrome"))
}

/// Returns the folder with PostgreSQL's programs, which Debian does not put on the search path.
pub(crate) fn postgresql() -> Option<PathBuf> {
    if let Some(folder) = on_path("initdb").as_deref().and_then(Path::parent) {
        return Some(folder.to_path_buf());
    }
    let versions = std::fs::read_dir("/usr/lib/postgresql").ok()?;
    let mut folders: Vec<PathBuf> = versions.flatten().map(|entry| entry.path().join("bin")).collect();
    folders.sort();
    folders.into_iter().rev().find(|folder| folder.join("initdb").is_file())
}

/// Installs npm packages if the lock file is newer than the installed packages.
pub(crate) fn npm_install(folder: &Path) -> Result<(), Failure> {
    let modified = |file: &str| folder.join(file).metadata().and_then(|file| file.modified()).ok();
    let (wanted, installed) = (modified("package-lock.json"), modified("node_modules/.package-lock.json"));
    if installed.is_some() && installed >= wanted {
        return Ok(());
    }
    let mut install = run::command("npm", &["ci", "--no-audit", "--no-fund"], folder);
    // The browser tests use Debian's chromium.
    install.env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    run::must(install)
}
