//! Cargo subcommands at a fixed version, installed below `target/tools` on first use.

use std::path::PathBuf;
use std::process::Command;

use crate::{Failure, root, run, target, tools};

/// A cargo subcommand and the version to install.
pub(crate) struct CargoTool {
    name: &'static str,
    version: &'static str,
}

/// Runs each test in its own process, with a time limit.
pub(crate) const NEXTEST: CargoTool = CargoTool { name: "cargo-nextest", version: "0.9.143" };

/// Finds unused dependencies by reading manifests and sources, without compiling.
pub(crate) const MACHETE: CargoTool = CargoTool { name: "cargo-machete", version: "0.9.2" };

/// Changes the code and reports changes that no test detects.
pub(crate) const MUTANTS: CargoTool = CargoTool { name: "cargo-mutants", version: "27.1.0" };

impl CargoTool {
    /// Makes sure that `cargo <name>` works in commands prepared with [`with_tools`]. If any version is on the
    /// search path, it is used; otherwise the tool is installed.
    pub(crate) fn ensure(&self) -> Result<(), Failure> {
        if tools::on_path(self.name).is_some() || folder().join("bin").join(self.name).is_file() {
            return Ok(());
        }
        println!("\n{} is not installed: building it once into {}", self.name, folder().display());
        let package = format!("{}@{}", self.name, self.version);
        let mut install = run::command("cargo", &["install", "--locked", &package, "--root"], &root());
        install.arg(folder());
        run::must(install)
    }
}

/// Adds the installed tools to the search path of a command.
pub(crate) fn with_tools(command: &mut Command) -> Result<(), Failure> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> = std::env::split_paths(&path).chain([folder().join("bin")]).collect();
    command.env("PATH", std::env::join_paths(folders).map_err(|error| error.to_string())?);
    Ok(())
}

fn folder() -> PathBuf {
    target().join("tools")
}
