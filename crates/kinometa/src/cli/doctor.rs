//! `kinometa doctor`: checks everything the server depends on and suggests how to fix problems.

mod checks;
mod trakt_host;

use std::fmt;
use std::process::ExitCode;

use crate::config::Config;

/// Result of a check.
#[derive(Debug, Clone, PartialEq, Eq)]
enum CheckResult {
    /// The check passed.
    Passed(String),
    /// The server runs, but some features will not work.
    Warning { what: String, advice: String },
    /// The server cannot run.
    Failed { what: String, advice: String },
}

impl CheckResult {
    fn warning(what: impl Into<String>, advice: impl Into<String>) -> Self {
        Self::Warning { what: what.into(), advice: advice.into() }
    }

    fn failed(what: impl Into<String>, advice: impl Into<String>) -> Self {
        Self::Failed { what: what.into(), advice: advice.into() }
    }
}

impl fmt::Display for CheckResult {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Passed(what) => write!(f, "ok       {what}"),
            Self::Warning { what, advice } => write!(f, "warning  {what}\n         {advice}"),
            Self::Failed { what, advice } => write!(f, "error    {what}\n         {advice}"),
        }
    }
}

/// Runs all checks and prints the results. The exit code is non-zero when a check failed; warnings are allowed.
pub(super) async fn run(config: &Config) -> ExitCode {
    let mut results = vec![checks::data_dir(config)];
    results.extend(checks::database(config).await);
    results.extend(checks::ffmpeg(config).await);
    results.extend(trakt_host::checks(config).await);
    for result in &results {
        println!("{result}");
    }
    let failed = results.iter().any(|result| matches!(result, CheckResult::Failed { .. }));
    if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}
