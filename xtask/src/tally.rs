//! Adds up the results in the summary lines of test runners.

use std::fmt;
use std::ops::AddAssign;

/// The numbers of tests that passed, failed and were skipped.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) passed: u32,
    pub(crate) failed: u32,
    pub(crate) skipped: u32,
}

impl Tally {
    /// The tally of a single check.
    pub(crate) fn one(success: bool) -> Self {
        Self { passed: u32::from(success), failed: u32::from(!success), skipped: 0 }
    }

    /// Reads the summary lines of nextest, cargo test, vitest and Playwright.
    pub(crate) fn read(output: &str) -> Self {
        let mut tally = Self::default();
        for line in output.lines().filter(|line| is_summary(line)) {
            tally.passed += number_before(line, "passed");
            tally.failed += number_before(line, "failed") + number_before(line, "timed out");
            tally.skipped += number_before(line, "skipped") + number_before(line, "ignored");
        }
        tally
    }

    /// Counts `count` tests that returned early as skipped. Their runner reported them as passed.
    pub(crate) fn with_early_returns(mut self, count: u32) -> Self {
        self.passed = self.passed.saturating_sub(count);
        self.skipped += count;
        self
    }

    /// Counts one failure if the runner exited with an error but reported no failed test.
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
        self.skipped += other.skipped;
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)?;
        if self.skipped > 0 { write!(f, ", {} skipped", self.skipped) } else { Ok(()) }
    }
}

fn is_summary(line: &str) -> bool {
    // Nextest indents the output of failed tests, including their summary line, which must not be counted.
    let cargo = line.starts_with("test result:");
    let line = line.trim();
    let nextest = line.starts_with("Summary [") && line.contains("run:");
    let vitest = line.starts_with("Tests ") && line.ends_with(')');
    // Playwright prints `12 passed (1.2m)`, `1 failed` and `2 skipped` on separate lines.
    let mut words = line.split_whitespace();
    let playwright = words.next().is_some_and(|word| word.parse::<u32>().is_ok())
        && matches!(words.next(), Some("passed" | "failed" | "skipped"))
        && words.next().is_none_or(|word| word.starts_with('('));
    nextest || cargo || vitest || playwright
}

/// Returns the number directly before `word`, or 0.
fn number_before(line: &str, word: &str) -> u32 {
    let Some(at) = line.find(&format!(" {word}")) else { return 0 };
    let digits: String = line[..at].chars().rev().take_while(char::is_ascii_digit).collect();
    digits.chars().rev().collect::<String>().parse().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::Tally;

    fn tally(passed: u32, failed: u32, skipped: u32) -> Tally {
        Tally { passed, failed, skipped }
    }

    #[test]
    fn reads_the_summary_lines_of_every_runner() {
        let cases = [
            ("     Summary [   0.835s] 15 tests run: 15 passed, 4 skipped", tally(15, 0, 4)),
            (
                "     Summary [   9.1s] 20/25 tests run: 17 passed (1 slow), 2 failed, 1 timed out, 0 skipped",
                tally(17, 3, 0),
            ),
            (
                "test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.2s",
                tally(3, 0, 1),
            ),
            (
                "test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out",
                tally(3, 2, 0),
            ),
            (
                "    test result: FAILED. 0 passed; 1 failed; 0 ignored; 0 measured; 5 filtered out",
                tally(0, 0, 0),
            ),
            ("      Tests  12 passed (12)", tally(12, 0, 0)),
            ("      Tests  1 failed | 11 passed | 2 skipped (14)", tally(11, 1, 2)),
            (
                "  2 skipped\n  34 passed (1.2m)\n  1 failed\n    [chromium] a test that failed",
                tally(34, 1, 2),
            ),
            ("the word 3 passed in a sentence says nothing", tally(0, 0, 0)),
        ];
        for (output, expected) in cases {
            assert_eq!(Tally::read(output), expected, "{output}");
        }
    }

    #[test]
    fn counts_a_crashed_runner_as_one_failure() {
        assert_eq!(Tally::read("error: could not compile").with_exit(false), tally(0, 1, 0));
        assert_eq!(Tally::one(true).with_exit(true), tally(1, 0, 0));
    }

    #[test]
    fn counts_early_returns_as_skipped() {
        assert_eq!(tally(10, 1, 2).with_early_returns(3), tally(7, 1, 5));
    }

    #[test]
    fn shows_skipped_tests_only_if_there_are_any() {
        assert_eq!(tally(3, 0, 0).to_string(), "3 passed, 0 failed");
        assert_eq!(tally(3, 1, 2).to_string(), "3 passed, 1 failed, 2 skipped");
    }
}
