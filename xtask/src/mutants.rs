//! `cargo xtask mutants`: changes the code of the most important crates, and reports changes that no test detects.

use std::fs;
use std::path::Path;

use crate::cargo_tools::{MUTANTS, NEXTEST, with_tools};
use crate::{Failure, root, run, target};

/// The default crates, whose logic matters most: they decide what is sent to Trakt and how files are identified.
const PACKAGES: [&str; 3] = ["sync", "trakt", "media"];

/// Which mutants to try.
#[derive(Debug, Default, PartialEq, Eq)]
struct Selection {
    packages: Vec<String>,
    /// Whether to try mutants everywhere, not only in changed lines.
    all: bool,
    /// Which part to try, as `k/n`: the `k`-th of `n` samples. Trying all mutants of a crate takes days.
    shard: Option<String>,
}

impl Selection {
    fn parse(arguments: &[String]) -> Result<Self, Failure> {
        let mut selection = Self::default();
        let mut words = arguments.iter();
        while let Some(word) = words.next() {
            match word.as_str() {
                "--all" => selection.all = true,
                "--package" | "-p" => {
                    selection.packages.push(words.next().ok_or("--package needs a name")?.clone());
                }
                "--shard" => selection.shard = Some(words.next().ok_or("--shard needs k/n")?.clone()),
                _ => {
                    return Err(
                        "usage: cargo xtask mutants [--package P]... [--all] [--shard K/N]".to_owned()
                    );
                }
            }
        }
        if selection.packages.is_empty() {
            selection.packages = PACKAGES.map(str::to_owned).to_vec();
        }
        Ok(selection)
    }
}

/// Runs cargo-mutants. Returns true if the tests detect every mutant.
pub(crate) fn run(arguments: &[String]) -> Result<bool, Failure> {
    let selection = Selection::parse(arguments)?;
    let folder = target().join("mutants");
    fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut command = run::command("cargo", &["mutants", "--test-tool", "nextest", "--jobs", "1"], &root());
    command.args(["--minimum-test-timeout", "60", "--output"]).arg(&folder);
    for package in &selection.packages {
        command.args(["--package", package]);
    }
    if let Some(shard) = &selection.shard {
        command.args(["--sharding", "round-robin", "--shard", shard]);
    }
    if !selection.all {
        let diff = changes(&selection.packages)?;
        if diff.is_empty() {
            println!("nothing changed in {}; --all tries everything", selection.packages.join(", "));
            return Ok(true);
        }
        let file = folder.join("changes.diff");
        fs::write(&file, diff).map_err(|error| format!("{}: {error}", file.display()))?;
        command.arg("--in-diff").arg(file);
    }
    NEXTEST.ensure()?;
    MUTANTS.ensure()?;
    with_tools(&mut command)?;
    // cargo-mutants builds a copy of the sources. This folder keeps built dependencies for the next run.
    command.env("CARGO_TARGET_DIR", folder.join("build")).env("KINOMETA_SKIP_WEB", "1");
    let success = run::succeeds(command)?;
    report(&folder.join("mutants.out"), success)
}

/// Returns the diff against the branch point from `main`, or on `main` itself against the previous commit.
fn changes(packages: &[String]) -> Result<String, Failure> {
    let head = git(&["rev-parse", "HEAD"])?;
    let branch_point = git(&["merge-base", "main", "HEAD"]).unwrap_or_default();
    let base = if branch_point.is_empty() || branch_point == head { "HEAD~" } else { branch_point.trim() };
    let mut arguments = vec!["diff", "--src-prefix=a/", "--dst-prefix=b/", base, "--"];
    let folders: Vec<String> = packages.iter().map(|package| format!("crates/{package}/src")).collect();
    arguments.extend(folders.iter().map(String::as_str));
    git(&arguments)
}

fn git(arguments: &[&str]) -> Result<String, Failure> {
    let output = run::command("git", arguments, &root()).output().map_err(|error| format!("git: {error}"))?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        Err(format!("git {}: {}", arguments.join(" "), String::from_utf8_lossy(&output.stderr).trim()))
    }
}

/// Prints the mutants that no test detected, and the counts.
fn report(results: &Path, success: bool) -> Result<bool, Failure> {
    let list = |name: &str| -> Result<Vec<String>, Failure> {
        let file = results.join(name);
        let text = fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))?;
        Ok(text.lines().map(str::to_owned).collect())
    };
    let (caught, missed, hung) = (list("caught.txt")?, list("missed.txt")?, list("timeout.txt")?);
    println!();
    for mutant in &missed {
        println!("missed: {mutant}");
    }
    // A mutant that makes the tests hang counts as detected.
    println!("\n{} caught, {} missed", caught.len() + hung.len(), missed.len());
    if !success && missed.is_empty() && hung.is_empty() {
        return Err("cargo-mutants failed before it tried every mutant".to_owned());
    }
    Ok(missed.is_empty())
}

#[cfg(test)]
mod tests {
    use super::Selection;

    fn parse(words: &[&str]) -> Option<Selection> {
        Selection::parse(&words.iter().map(|&word| word.to_owned()).collect::<Vec<_>>()).ok()
    }

    #[test]
    fn selects_changes_to_the_most_important_crates_by_default() {
        let packages = ["sync", "trakt", "media"].map(str::to_owned).to_vec();
        assert_eq!(parse(&[]), Some(Selection { packages, all: false, shard: None }));
    }

    #[test]
    fn selects_the_named_packages() {
        let packages = vec!["db".to_owned(), "trakt".to_owned()];
        let words = ["--package", "db", "--all", "-p", "trakt", "--shard", "0/50"];
        let shard = Some("0/50".to_owned());
        assert_eq!(parse(&words), Some(Selection { packages, all: true, shard }));
    }

    #[test]
    fn rejects_unknown_and_incomplete_options() {
        assert_eq!(parse(&["--everything"]), None);
        assert_eq!(parse(&["--package"]), None);
        assert_eq!(parse(&["--shard"]), None);
    }
}
