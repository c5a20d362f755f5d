//! `cargo xtask lint`: what a reviewer should not have to say.

use std::process::Command;

use crate::tally::Tally;
use crate::{Failure, openapi, root, run, test, tools};

/// Runs every check. True when all hold.
pub(crate) fn run() -> Result<bool, Failure> {
    let (web, e2e) = (root().join("web"), root().join("e2e"));
    tools::npm_install(&web)?;
    tools::npm_install(&e2e)?;
    let mut checks: Vec<(&str, Tally)> = Vec::new();
    let mut check = |name, command: Command| -> Result<(), Failure> {
        checks.push((name, Tally::one(run::succeeds(command)?)));
        Ok(())
    };
    check("Rust formatting", run::command("cargo", &["fmt", "--all", "--check"], &root()))?;
    let mut clippy =
        run::command("cargo", &["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"], &root());
    clippy.env("KINOMETA_SKIP_WEB", "1");
    check("clippy", clippy)?;
    let mut docs =
        run::command("cargo", &["doc", "--workspace", "--no-deps", "--document-private-items"], &root());
    docs.env("KINOMETA_SKIP_WEB", "1").env("RUSTDOCFLAGS", "-D warnings");
    check("documentation", docs)?;
    check("Web formatting and eslint", run::command("npm", &["run", "lint"], &web))?;
    check("svelte-check", run::command("npm", &["run", "check"], &web))?;
    check("Generated client is fresh", run::command("npm", &["run", "check:generated"], &web))?;
    check("Browser tests: types", run::command("npm", &["run", "check"], &e2e))?;
    check("Browser tests: formatting", run::command("npm", &["run", "lint"], &e2e))?;
    if tools::on_path("cargo-deny").is_some() {
        let arguments = ["deny", "--offline", "--workspace", "check", "bans", "licenses", "sources"];
        check("cargo-deny", run::command("cargo", &arguments, &root()))?;
    } else {
        println!("\ncargo-deny is not installed: licences are not checked (cargo install cargo-deny)");
    }
    checks.push(("web/openapi.json is fresh", Tally::one(openapi::is_fresh()?)));
    Ok(test::report(&checks))
}
