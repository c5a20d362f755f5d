//! `cargo xtask lint`: all checks that need no tests.

use std::process::Command;

use crate::cargo_tools::{MACHETE, with_tools};
use crate::tally::Tally;
use crate::{Failure, root, run, test, tools};

/// Runs all checks. Returns true if all pass.
pub(crate) fn run() -> Result<bool, Failure> {
    let mut checks: Vec<(&str, Tally)> = Vec::new();
    // The cheap checks first.
    for (name, command) in [rust_checks()?, web_checks()?, compiler_checks()].into_iter().flatten() {
        checks.push((name, Tally::one(run::succeeds(command)?)));
    }
    Ok(test::report(&checks))
}

type Check = (&'static str, Command);

/// Checks of the Rust code that need no compiler.
fn rust_checks() -> Result<Vec<Check>, Failure> {
    let mut checks = vec![("Rust formatting", run::command("cargo", &["fmt", "--all", "--check"], &root()))];
    // An optional script outside the repository.
    let script = root().join("../shared/module-circles");
    if script.is_file() {
        checks.push(("No cycles between modules", run::command(&script.to_string_lossy(), &[], &root())));
    } else {
        println!("\n{} does not exist: cycles between modules are not checked", script.display());
    }
    MACHETE.ensure()?;
    let mut machete = run::command("cargo", &["machete", "--skip-target-dir"], &root());
    with_tools(&mut machete)?;
    checks.push(("No unused dependencies", machete));
    if tools::on_path("cargo-deny").is_some() {
        let arguments = ["deny", "--offline", "--workspace", "check", "bans", "licenses", "sources"];
        checks.push(("cargo-deny", run::command("cargo", &arguments, &root())));
    } else {
        println!(
            "\ncargo-deny is not installed: licences are not checked (cargo install --locked cargo-deny)"
        );
    }
    Ok(checks)
}

fn web_checks() -> Result<Vec<Check>, Failure> {
    let (web, e2e) = (root().join("web"), root().join("e2e"));
    tools::npm_install(&web)?;
    tools::npm_install(&e2e)?;
    Ok(vec![
        ("Web formatting and eslint", run::command("npm", &["run", "lint"], &web)),
        ("svelte-check", run::command("npm", &["run", "check"], &web)),
        ("Generated client is fresh", run::command("npm", &["run", "check:generated"], &web)),
        ("Browser tests: types", run::command("npm", &["run", "check"], &e2e)),
        ("Browser tests: formatting", run::command("npm", &["run", "lint"], &e2e)),
    ])
}

fn compiler_checks() -> Vec<Check> {
    let clippy = ["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"];
    let mut clippy = run::command("cargo", &clippy, &root());
    clippy.env("KINOMETA_SKIP_WEB", "1");
    let docs = ["doc", "--workspace", "--no-deps", "--document-private-items"];
    let mut docs = run::command("cargo", &docs, &root());
    docs.env("KINOMETA_SKIP_WEB", "1").env("RUSTDOCFLAGS", "-D warnings");
    vec![("clippy", clippy), ("Documentation", docs)]
}
