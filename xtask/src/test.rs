//! `cargo xtask test`: runs the test suites and adds up their results.

use std::path::Path;
use std::process::Command;

use crate::cargo_tools::{NEXTEST, with_tools};
use crate::postgres::Postgres;
use crate::skipped::Report;
use crate::tally::Tally;
use crate::{Failure, root, run, scratch, target, tools};

const SUITES: [&str; 4] = ["rust", "postgres", "web", "e2e"];

/// The crates whose tests use a database.
const WITH_DATABASE: &[&str] = &["db", "sync", "kinometa"];

/// Runs the suites named in `wanted`, or all. Returns true if no test failed and, on a CI machine, none was skipped.
pub(crate) fn run(wanted: &[String]) -> Result<bool, Failure> {
    if let Some(unknown) = wanted.iter().find(|name| !SUITES.contains(&name.as_str())) {
        return Err(format!("there is no suite {unknown:?}; the suites are {}", SUITES.join(", ")));
    }
    let wants = |name: &str| wanted.is_empty() || wanted.iter().any(|suite| suite == name);
    tools::ensure(&needed(&wants))?;
    let scratch = scratch::folder()?;
    let mut suites: Vec<(&str, Tally)> = Vec::new();
    if wants("web") || wants("e2e") {
        tools::npm_install(&root().join("web"))?;
        run::must(run::command("npm", &["run", "build"], &root().join("web")))?;
    }
    if wants("rust") {
        suites.push(("Rust on SQLite", on_sqlite(scratch.path())?));
        suites.push(("Examples in the documentation", counted(cargo(&["test", "--workspace", "--doc"]))?));
    }
    if wants("postgres") {
        suites.push(("Rust on PostgreSQL", on_postgres(scratch.path())?));
    }
    if wants("web") {
        suites.push(("Web interface", counted(run::command("npm", &["test"], &root().join("web")))?));
    }
    if wants("e2e") {
        if !wants("rust") {
            run::must(cargo(&["build", "--package", "kinometa"]))?;
        }
        suites.push(("Browser", in_a_browser(scratch.path())?));
    }
    Ok(report(&suites))
}

fn needed(wants: &impl Fn(&str) -> bool) -> Vec<tools::Tool> {
    let mut needed = Vec::new();
    if wants("rust") || wants("postgres") || wants("e2e") {
        needed.push(tools::FFMPEG);
    }
    if wants("postgres") {
        needed.push(tools::POSTGRESQL);
    }
    if wants("e2e") {
        needed.push(tools::CHROMIUM);
    }
    needed
}

fn cargo(arguments: &[&str]) -> Command {
    let mut command = run::command("cargo", arguments, &root());
    // The web interface has been built already; debug builds read it from its folder.
    command.env("KINOMETA_SKIP_WEB", "1");
    command
}

fn on_sqlite(scratch: &Path) -> Result<Tally, Failure> {
    let (tally, early_returns) = rust_tests(cargo(&["nextest", "run", "--workspace"]), scratch)?;
    Ok(tally.with_early_returns(early_returns))
}

fn on_postgres(scratch: &Path) -> Result<Tally, Failure> {
    let server = Postgres::start(scratch)?;
    // Selecting the packages with `--package` would rebuild them with other features.
    let filter: Vec<String> = WITH_DATABASE.iter().map(|name| format!("package({name})")).collect();
    let mut command = cargo(&["nextest", "run", "--workspace", "-E", &filter.join(" + ")]);
    command.env("KINOMETA_TEST_POSTGRES", server.url());
    let (tally, early_returns) = rust_tests(command, scratch)?;
    // Nextest counts tests outside the filter as skipped. They do not need a database and have run in the suite on
    // SQLite.
    Ok(Tally { skipped: 0, ..tally }.with_early_returns(early_returns))
}

/// Runs nextest. Returns its counts, and how many of the passed tests returned early.
fn rust_tests(mut command: Command, scratch: &Path) -> Result<(Tally, u32), Failure> {
    NEXTEST.ensure()?;
    with_tools(&mut command)?;
    command.args(["--profile", "xtask"]).env("TMPDIR", scratch);
    let report = Report::expect(&target())?;
    let tally = counted(command)?;
    // If the build fails, no test passes and no report is written.
    let skipped = if tally.passed > 0 { report.skipped()? } else { Vec::new() };
    for test in &skipped {
        println!("skipped: {test}");
    }
    Ok((tally, skipped.len() as u32))
}

fn in_a_browser(scratch: &Path) -> Result<Tally, Failure> {
    let folder = root().join("e2e");
    tools::npm_install(&folder)?;
    let mut command = run::command("npx", &["playwright", "test"], &folder);
    command.env("TMPDIR", scratch);
    if let Some(chromium) = tools::chromium() {
        command.env("CHROMIUM", chromium);
    }
    counted(command)
}

fn counted(command: Command) -> Result<Tally, Failure> {
    let (success, output) = run::read(command)?;
    Ok(Tally::read(&output).with_exit(success))
}

/// Prints a line for each suite, and the total as the last line, which is meant for scripts. Returns true if nothing
/// failed and, on a CI machine, nothing was skipped.
pub(crate) fn report(suites: &[(&str, Tally)]) -> bool {
    let mut total = Tally::default();
    println!();
    for (name, tally) in suites {
        println!("{name:<32} {tally}");
        total += *tally;
    }
    let skipped_on_ci = total.skipped > 0 && on_ci();
    if skipped_on_ci {
        println!(
            "\nNothing may be skipped on a CI machine (CI is set): install what the skipped tests need."
        );
    }
    println!("\n{total}");
    total.failed == 0 && !skipped_on_ci
}

fn on_ci() -> bool {
    std::env::var("CI").is_ok_and(|value| !["", "0", "false"].contains(&value.as_str()))
}
