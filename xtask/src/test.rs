//! `cargo xtask test`: every suite, one total.

use std::{ffi::OsStr, process::Command};

use crate::postgres::Postgres;
use crate::tally::Tally;
use crate::{Failure, root, run, tools};

/// The crates whose tests use a database.
const WITH_DATABASE: &[&str] = &["db", "sync", "kinometa"];

/// Runs the suites named in `wanted`, or all. True when everything passed.
pub(crate) fn run(wanted: &[String]) -> Result<bool, Failure> {
    let known = ["rust", "postgres", "web", "e2e"];
    if let Some(odd) = wanted.iter().find(|name| !known.contains(&name.as_str())) {
        return Err(format!("there is no suite {odd:?}; there are {}", known.join(", ")));
    }
    let wants = |name: &str| wanted.is_empty() || wanted.iter().any(|suite| suite == name);
    tools::ensure(&needed(&wants))?;
    let mut suites: Vec<(&str, Tally)> = Vec::new();
    if wants("web") || wants("e2e") {
        tools::npm_install(&root().join("web"))?;
        run::must(run::command("npm", &["run", "build"], &root().join("web")))?;
    }
    if wants("rust") {
        suites.push(("Rust on SQLite", counted(rust_tests(&["--workspace"]))?));
        suites.push(("Examples in the documentation", counted(cargo(&["test", "--workspace", "--doc"]))?));
    }
    if wants("postgres") {
        suites.push(("Rust on PostgreSQL", on_postgres()?));
    }
    if wants("web") {
        suites.push(("Web interface", counted(run::command("npm", &["test"], &root().join("web")))?));
    }
    if wants("e2e") {
        suites.push(("Browser", in_a_browser()?));
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
    // The interface is built before; debug builds read it from its folder.
    command.env("KINOMETA_SKIP_WEB", "1");
    command
}

/// nextest when it is there: faster, and every test has a process of its own.
fn rust_tests(packages: &[impl AsRef<OsStr>]) -> Command {
    let mut command = match tools::on_path("cargo-nextest") {
        Some(_) => cargo(&[
            "nextest",
            "run",
            "--no-fail-fast",
            "--status-level",
            "fail",
            "--final-status-level",
            "fail",
        ]),
        None => cargo(&["test", "--no-fail-fast", "--all-targets"]),
    };
    command.args(packages);
    command
}

fn on_postgres() -> Result<Tally, Failure> {
    let server = Postgres::start()?;
    let mut command = rust_tests(&selection());
    command.env("KINOMETA_TEST_POSTGRES", server.url());
    counted(command)
}

/// The database's users. nextest picks them out of the whole workspace's binaries: naming packages to cargo would build
/// them anew with other features.
fn selection() -> Vec<String> {
    if tools::on_path("cargo-nextest").is_some() {
        let filter: Vec<String> = WITH_DATABASE.iter().map(|name| format!("package({name})")).collect();
        return vec!["--workspace".to_owned(), "-E".to_owned(), filter.join(" + ")];
    }
    WITH_DATABASE.iter().flat_map(|name| ["--package".to_owned(), (*name).to_owned()]).collect()
}

fn in_a_browser() -> Result<Tally, Failure> {
    let folder = root().join("e2e");
    tools::npm_install(&folder)?;
    run::must(cargo(&["build", "--package", "kinometa"]))?;
    let mut command = run::command("npx", &["playwright", "test"], &folder);
    if let Some(chromium) = tools::chromium() {
        command.env("CHROMIUM", chromium);
    }
    counted(command)
}

fn counted(command: Command) -> Result<Tally, Failure> {
    let (success, output) = run::read(command)?;
    Ok(Tally::read(&output).with_exit(success))
}

/// Prints a line for each suite and the total; the last line is what machines read.
pub(crate) fn report(suites: &[(&str, Tally)]) -> bool {
    let mut total = Tally::default();
    println!();
    for (name, tally) in suites {
        println!("{name:<32} {tally}");
        total += *tally;
    }
    println!("\n{total}");
    total.failed == 0
}
