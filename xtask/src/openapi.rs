//! `cargo xtask openapi`: the committed OpenAPI document and the client generated from it.
//!
//! A test of the server fails if the committed document is out of date, and a check of the web interface fails if
//! the client is.

use std::fs;

use crate::{Failure, root, run, tools};

/// Returns the document that the server generates.
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
    let file = root().join("web/openapi.json");
    fs::write(&file, document()?).map_err(|error| format!("{}: {error}", file.display()))?;
    tools::npm_install(&root().join("web"))?;
    run::must(run::command("npm", &["run", "generate"], &root().join("web")))
}
