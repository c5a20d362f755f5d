//! `cargo xtask soak`: kills the server hundreds of times, on SQLite and on PostgreSQL, and runs the random tests
//! of the sync engine with new seeds.

use std::hash::{BuildHasher, Hasher, RandomState};

use crate::cargo_tools::{NEXTEST, with_tools};
use crate::postgres::Postgres;
use crate::{Failure, root, run, scratch, tools};

/// The default number of kills.
const KILLS: &str = "200";
/// The number of seeds for the random tests of the sync engine.
const SEEDS: u64 = 10;
/// The filter that selects those tests.
const RANDOM_TESTS: &str = "package(sync) & (test(every_viewing_that_is_not_removed) | test(both_sides_))";

/// Runs all soak tests and prints the results. Returns true if the server and Trakt had the same data at the end
/// and all random tests passed.
pub(crate) fn run(arguments: &[String]) -> Result<bool, Failure> {
    let (kills, seed) = read(arguments)?;
    tools::ensure(&[tools::POSTGRESQL])?;
    NEXTEST.ensure()?;
    let failed = random_sequences(&seed)?;
    let on_sqlite = soak(&kills, &seed, None)?;
    let scratch = scratch::folder()?;
    let server = Postgres::start(scratch.path())?;
    let on_postgres = soak(&kills, &seed, Some(&server))?;
    for (database, kept) in [("SQLite", on_sqlite), ("PostgreSQL", on_postgres)] {
        let result = if kept { "both sides are the same" } else { "FAILED" };
        println!("{database}: {kills} kills, seed {seed}: {result}");
    }
    match failed.as_slice() {
        [] => println!("random sequences: {SEEDS} seeds from {seed}: passed"),
        failed => println!("random sequences: FAILED with KINOMETA_TEST_SEED={}", failed.join(", ")),
    }
    Ok(on_sqlite && on_postgres && failed.is_empty())
}

/// Runs the random tests of the sync engine with consecutive seeds from `seed` on. Returns the seeds with which
/// they failed.
fn random_sequences(seed: &str) -> Result<Vec<String>, Failure> {
    let first: u64 = seed.parse().map_err(|_| format!("{seed} is not a valid seed"))?;
    let mut failed = Vec::new();
    for seed in (0..SEEDS).map(|number| first.wrapping_add(number).to_string()) {
        println!("random sequences, KINOMETA_TEST_SEED={seed}");
        let arguments = ["nextest", "run", "--workspace", "--profile", "soak", "-E", RANDOM_TESTS];
        let mut command = run::command("cargo", &arguments, &root());
        command.env("KINOMETA_SKIP_WEB", "1").env("KINOMETA_TEST_SEED", &seed);
        command.env_remove("KINOMETA_TEST_POSTGRES");
        with_tools(&mut command)?;
        if !run::succeeds(command)? {
            failed.push(seed);
        }
    }
    Ok(failed)
}

fn read(arguments: &[String]) -> Result<(String, String), Failure> {
    let (mut kills, mut seed) = (KILLS.to_owned(), RandomState::new().build_hasher().finish().to_string());
    let mut words = arguments.iter();
    while let Some(word) = words.next() {
        let number = words.next().filter(|word| word.parse::<u64>().is_ok());
        let number = number.ok_or_else(|| format!("{word} needs a number"))?.clone();
        match word.as_str() {
            "--kills" => kills = number,
            "--seed" => seed = number,
            _ => return Err(format!("there is no option {word:?}; there are --kills N and --seed N")),
        }
    }
    Ok((kills, seed))
}

fn soak(kills: &str, seed: &str, postgres: Option<&Postgres>) -> Result<bool, Failure> {
    // Selecting the package with `--package` would rebuild it with other features.
    let filter = "package(kinometa) & (binary(killed) | test(killed::))";
    let arguments = ["nextest", "run", "--workspace", "--profile", "soak", "--no-capture", "-E", filter];
    let mut command = run::command("cargo", &arguments, &root());
    command.env("KINOMETA_SKIP_WEB", "1").env("KINOMETA_KILLS", kills).env("KINOMETA_SEED", seed);
    match postgres {
        Some(server) => command.env("KINOMETA_TEST_POSTGRES", server.url()),
        None => command.env_remove("KINOMETA_TEST_POSTGRES"),
    };
    with_tools(&mut command)?;
    run::succeeds(command)
}
