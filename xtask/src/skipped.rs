//! Finds tests that returned early. Nextest counts them as passed, so they are read from its JUnit report.
//!
//! A test that cannot run on this machine prints a line `skipped: <reason>` to standard error and returns.

use std::path::{Path, PathBuf};
use std::{fs, io};

use crate::Failure;

/// The prefix of the line that a test prints if it cannot run.
const MARKER: &str = "skipped: ";

/// A test that did not run, and why.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct SkippedTest {
    name: String,
    reason: String,
}

/// The JUnit report of a test run.
pub(crate) struct Report(PathBuf);

impl Report {
    /// Prepares for a run with nextest's profile `xtask`, which writes the report (see `.config/nextest.toml`). The
    /// report of an earlier run is deleted.
    pub(crate) fn expect(target: &Path) -> Result<Self, Failure> {
        let file = target.join("nextest/xtask/junit.xml");
        match fs::remove_file(&file) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                Err(format!("{}: {error}", file.display()))
            }
            _ => Ok(Self(file)),
        }
    }

    /// Returns the tests that returned early, with their reasons.
    pub(crate) fn skipped(&self) -> Result<Vec<SkippedTest>, Failure> {
        let problem = |error: String| format!("{}: {error}", self.0.display());
        let xml = fs::read_to_string(&self.0).map_err(|error| problem(error.to_string()))?;
        parse(&xml).map_err(|error| problem(error.to_string()))
    }
}

impl std::fmt::Display for SkippedTest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.name, self.reason)
    }
}

fn parse(xml: &str) -> Result<Vec<SkippedTest>, roxmltree::Error> {
    let report = roxmltree::Document::parse(xml)?;
    let cases = report.descendants().filter(|node| node.has_tag_name("testcase"));
    let skipped = cases.filter_map(|case| {
        let errors = case.children().find(|node| node.has_tag_name("system-err"))?.text()?;
        let reason = errors.lines().find_map(|line| line.strip_prefix(MARKER))?;
        let suite = case.attribute("classname").unwrap_or_default();
        let name = format!("{suite} {}", case.attribute("name").unwrap_or_default());
        Some(SkippedTest { name, reason: reason.to_owned() })
    });
    Ok(skipped.collect())
}

#[cfg(test)]
mod tests {
    use super::{SkippedTest, parse};

    #[test]
    fn finds_the_marker_in_the_output_of_passed_tests() {
        let xml = r#"<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="nextest-run" tests="3">
    <testsuite name="kinometa::it" tests="3">
        <testcase name="playback::hls::one" classname="kinometa::it" time="0.1">
            <system-out>running 1 test</system-out>
            <system-err>a log line
skipped: ffmpeg is not installed
</system-err>
        </testcase>
        <testcase name="two" classname="kinometa::it" time="0.1">
            <system-err>three files skipped: none of them is a film</system-err>
        </testcase>
        <testcase name="three" classname="kinometa::it" time="0.1"/>
    </testsuite>
</testsuites>"#;
        let skipped = SkippedTest {
            name: "kinometa::it playback::hls::one".to_owned(),
            reason: "ffmpeg is not installed".to_owned(),
        };
        assert_eq!(parse(xml).unwrap(), [skipped]);
    }

    #[test]
    fn rejects_a_truncated_report() {
        assert!(parse("<testsuites><testsuite>").is_err());
    }
}
