//! Builds the web interface with npm when its sources changed.
//!
//! `KINOMETA_SKIP_WEB=1` uses what is in `web/build`, or a placeholder page.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

/// What the interface is made of, below `web/`.
const SOURCES: &[&str] = &[
    "src",
    "scripts",
    "static",
    "package.json",
    "package-lock.json",
    "svelte.config.js",
    "vite.config.ts",
    "tsconfig.json",
];

/// Oldest Node.js that builds the interface.
const OLDEST_NODE: u32 = 20;

fn main() -> ExitCode {
    println!("cargo::rerun-if-env-changed=KINOMETA_SKIP_WEB");
    println!("cargo::rerun-if-changed=build.rs");
    let skipped = std::env::var("KINOMETA_SKIP_WEB").is_ok_and(|value| !value.is_empty() && value != "0");
    // Asked at run time: the compiled script may have been made for another checkout that shares the target folder.
    let crate_folder = std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default();
    let web = Path::new(&crate_folder).join("../../web");
    // rust-embed remembers a folder that was missing, even when it comes later.
    if let Err(error) = std::fs::create_dir_all(web.join("build")) {
        println!("cargo::warning=web/build cannot be made: {error}");
    }
    if skipped {
        // Release builds hold the files, so they have to notice new ones; debug builds read them when asked.
        if std::env::var("PROFILE").is_ok_and(|profile| profile == "release") {
            println!("cargo::rerun-if-changed={}", web.join("build").display());
        }
        return ExitCode::SUCCESS;
    }
    for source in SOURCES.iter().map(|name| web.join(name)).filter(|path| path.exists()) {
        println!("cargo::rerun-if-changed={}", source.display());
    }
    match build(&web) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            for line in message.lines() {
                println!("cargo::error={line}");
            }
            ExitCode::FAILURE
        }
    }
}

fn build(web: &Path) -> Result<(), String> {
    check_node()?;
    if !is_installed(web) {
        npm(web, &["ci", "--no-audit", "--no-fund"])?;
    }
    npm(web, &["run", "build"])
}

fn check_node() -> Result<(), String> {
    let advice = format!(
        "Kinometa's web interface is built with Node.js {OLDEST_NODE} or newer: install it (https://nodejs.org, or \
         your distribution's packages nodejs and npm) and build again.\nTo build without the interface, set \
         KINOMETA_SKIP_WEB=1."
    );
    let output = Command::new("node").arg("--version").output();
    let output = output.map_err(|_| format!("Node.js was not found.\n{advice}"))?;
    let version = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    let major = version.trim_start_matches('v').split('.').next().and_then(|major| major.parse::<u32>().ok());
    match major {
        Some(major) if major >= OLDEST_NODE => Ok(()),
        _ => Err(format!("Node.js {version} is too old.\n{advice}")),
    }
}

/// npm leaves a copy of the lock file behind when it is done.
fn is_installed(web: &Path) -> bool {
    let modified = |path: PathBuf| path.metadata().and_then(|file| file.modified()).ok();
    let wanted = modified(web.join("package-lock.json"));
    let installed = modified(web.join("node_modules/.package-lock.json"));
    installed.is_some() && installed >= wanted
}

fn npm(web: &Path, arguments: &[&str]) -> Result<(), String> {
    let command = format!("npm {}", arguments.join(" "));
    // Not cargo's own channel: npm may print lines that look like instructions to cargo.
    let output = Command::new("npm").args(arguments).current_dir(web).output();
    let output = output.map_err(|error| format!("{command} could not be started: {error}"))?;
    if output.status.success() {
        return Ok(());
    }
    let text = [output.stdout, output.stderr].concat();
    Err(format!("{command} failed in web/:\n{}", String::from_utf8_lossy(&text)))
}
