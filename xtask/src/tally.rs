//! Adds up what the different test runners say at their end.

use std::fmt;
use std::ops::AddAssign;

/// How many tests passed and failed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) passed: u32,
    pub(crate) failed: u32,
}

impl Tally {
    /// One check without a count of its own.
    pub(crate) fn one(success: bool) -> Self {
        Self { passed: u32::from(success), failed: u32::from(!success) }
    }

    /// Reads the closing lines of nextest, cargo test, vitest and Playwright.
    pub(crate) fn read(output: &str) -> Self {
        let mut tally = Self::default();
        for line in output.lines().filter(|line| is_summary(line)) {
            tally.passed += number_before(line, "passed");
            tally.failed += number_before(line, "failed") + number_before(line, "timed out");
        }
        tally
    }

    /// A runner that ends badly without naming a failed test has failed all the same.
    pub(crate) fn with_exit(mut self, success: bool) -> Self {
        if !success && self.failed == 0 {
            self.failed = 1;
        }
        self
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)
    }
}

fn is_summary(line: &str) -> bool {
    let line = line.trim();
    let nextest = line.starts_with("Summary [") && line.contains("run:");
    let cargo = line.starts_with("test result:");
    let vitest = line.starts_with("Tests ") && line.ends_with(')');
    // Playwright: `12 passed (1.2m)` and `1 failed`, each alone on its line.
    let mut words = line.split_whitespace();
    let playwright = words.next().is_some_and(|word| word.parse::<u32>().is_ok())
        && matches!(words.next(), Some("passed" | "failed"))
        && words.next().is_none_or(|word| word.starts_with('('));
    nextest || cargo || vitest || playwright
}

/// The number that stands right before `word`; 0 when there is none.
fn number_before(line: &str, word: &str) -> u32 {
    let Some(at) = line.find(&format!(" {word}")) else { return 0 };
    let digits: String = line[..at].chars().rev().take_while(char::is_ascii_digit).collect();
    digits.chars().rev().collect::<String>().parse().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::Tally;

    #[test]
    fn every_runner_is_understood() {
        let cases = [
            ("     Summary [   0.835s] 15 tests run: 15 passed, 4 skipped", (15, 0)),
            (
                "     Summary [   9.1s] 20/25 tests run: 17 passed (1 slow), 2 failed, 1 timed out, 0 skipped",
                (17, 3),
            ),
            (
                "test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.2s",
                (3, 0),
            ),
            ("test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out", (3, 2)),
            ("      Tests  12 passed (12)", (12, 0)),
            ("      Tests  1 failed | 11 passed (12)", (11, 1)),
            ("  34 passed (1.2m)\n  1 failed\n    [chromium] a test that failed", (34, 1)),
            ("the word 3 passed in a sentence says nothing", (0, 0)),
        ];
        for (output, (passed, failed)) in cases {
            assert_eq!(Tally::read(output), Tally { passed, failed }, "{output}");
        }
    }

    #[test]
    fn a_runner_that_dies_counts_as_one_failure() {
        assert_eq!(Tally::read("error: could not compile").with_exit(false), Tally { passed: 0, failed: 1 });
        assert_eq!(Tally::one(true).with_exit(true), Tally { passed: 1, failed: 0 });
    }
}
