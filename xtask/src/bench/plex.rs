//! `cargo xtask bench plex`: measures a run that changes nothing, against the Plex simulator.

use super::{Figure, print};
use crate::{Failure, root, run};

/// The promised time in seconds.
const PROMISED: f64 = 5.0;

/// Runs the measurement and prints a table.
pub(super) fn run() -> Result<(), Failure> {
    let arguments =
        ["test", "--release", "--package", "plex-target", "--test", "it", "speed", "--", "--nocapture"];
    let (succeeded, output) = run::read(run::command("cargo", &arguments, &root()))?;
    let line = output.lines().find_map(|line| line.split_once("second run: ")?.1.split_once(" s,"));
    let seconds: f64 = match line.and_then(|(seconds, _)| seconds.parse().ok()).filter(|_| succeeded) {
        Some(seconds) => seconds,
        None => return Err(format!("the measurement failed:\n{output}")),
    };
    println!("\nMachine: {}\n", super::machine());
    print(&[Figure {
        what: "100 unchanged collections of 100 in 10,000 titles on Plex",
        promised: "≤ 5 s",
        measured: format!("{seconds:.1} s"),
        kept: seconds <= PROMISED,
    }]);
    Ok(())
}
