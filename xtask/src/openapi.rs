//! The committed OpenAPI document and the client made from it.

use std::fs;
use std::path::PathBuf;

use crate::{Failure, root, run};

fn file() -> PathBuf {
    root().join("web/openapi.json")
}

/// What the server says about itself now.
fn document() -> Result<String, Failure> {
    let mut command =
        run::command("cargo", &["run", "--quiet", "--package", "kinometa", "--", "openapi"], &root());
    let output = command.env("KINOMETA_SKIP_WEB", "1").output().map_err(|error| error.to_string())?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        Err(format!("kinometa openapi failed:\n{}", String::from_utf8_lossy(&output.stderr)))
    }
}

/// Writes the document and generates the client.
pub(crate) fn write() -> Result<(), Failure> {
    fs::write(file(), document()?).map_err(|error| format!("{}: {error}", file().display()))?;
    crate::tools::npm_install(&root().join("web"))?;
    run::must(run::command("npm", &["run", "generate"], &root().join("web")))
}

/// Whether the committed document is what the server says.
pub(crate) fn is_fresh() -> Result<bool, Failure> {
    let committed = fs::read_to_string(file()).unwrap_or_default();
    let fresh = document()? == committed;
    if !fresh {
        println!("\nweb/openapi.json is stale: run cargo xtask openapi and commit what changes");
    }
    Ok(fresh)
}
