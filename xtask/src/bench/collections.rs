//! `cargo xtask bench collections`: measures a run of many collections in Kinometa's library, against the Trakt
//! simulator.

use super::{Figure, print};
use crate::{Failure, root, run};

/// The promised time in seconds.
const SECONDS: f64 = 5.0;
/// The promised peak memory in megabytes.
const MEGABYTES: u64 = 200;

/// Runs the measurement and prints a table. The test itself checks that each list and chart is read only once in a
/// run.
pub(super) fn run() -> Result<(), Failure> {
    let arguments = [
        "test",
        "--release",
        "--package",
        "kinometa",
        "--test",
        "it",
        "kometa::run::speed",
        "--",
        "--nocapture",
    ];
    let (succeeded, output) = run::read(run::command("cargo", &arguments, &root()))?;
    let (Some(first), Some(second), true) =
        (figures(&output, "first run: "), figures(&output, "second run: "), succeeded)
    else {
        return Err(format!("the measurement failed:\n{output}"));
    };
    println!("\nMachine: {}\n", super::machine());
    let time = |what, seconds: f64| Figure {
        what,
        promised: "5 s or less",
        measured: format!("{seconds:.2} s"),
        kept: seconds <= SECONDS,
    };
    let memory = |what, megabytes: u64| Figure {
        what,
        promised: "200 MB or less",
        measured: format!("{megabytes} MB"),
        kept: megabytes <= MEGABYTES,
    };
    print(&[
        time("100 new collections, 10,000 titles", first.0),
        memory("Its peak memory", first.1),
        time("Second run, nothing changed", second.0),
        memory("Its peak memory", second.1),
    ]);
    Ok(())
}

/// Reads seconds and megabytes from a line such as `first run: 1.23 s, 45 MB, …`.
fn figures(output: &str, prefix: &str) -> Option<(f64, u64)> {
    let line = output.lines().find_map(|line| Some(line.split_once(prefix)?.1))?;
    let (seconds, rest) = line.split_once(" s, ")?;
    let (megabytes, _) = rest.split_once(" MB")?;
    Some((seconds.parse().ok()?, megabytes.parse().ok()?))
}

#[cfg(test)]
mod tests {
    #[test]
    fn reads_figures_from_the_output_of_the_test() {
        let output = "running 1 test\ntest x ... first run: 1.25 s, 87 MB, 60 requests\nsecond run: 0.90 s, 80 MB, 56 requests\n";
        assert_eq!(super::figures(output, "first run: "), Some((1.25, 87)));
        assert_eq!(super::figures(output, "second run: "), Some((0.9, 80)));
        assert_eq!(super::figures(output, "third run: "), None);
    }
}
