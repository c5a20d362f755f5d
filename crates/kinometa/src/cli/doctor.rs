//! `kinometa doctor`: looks at everything that the server needs and says what to do about what is missing.

mod checks;
mod trakt_host;

use std::fmt;
use std::process::ExitCode;

use crate::config::Config;

/// What a check found.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Outcome {
    /// As it should be.
    Fine(String),
    /// Kinometa runs, but something will not work.
    Warning { what: String, advice: String },
    /// Kinometa cannot run like this.
    Broken { what: String, advice: String },
}

impl Outcome {
    fn warning(what: impl Into<String>, advice: impl Into<String>) -> Self {
        Self::Warning { what: what.into(), advice: advice.into() }
    }

    fn broken(what: impl Into<String>, advice: impl Into<String>) -> Self {
        Self::Broken { what: what.into(), advice: advice.into() }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fine(what) => write!(f, "ok       {what}"),
            Self::Warning { what, advice } => write!(f, "warning  {what}\n         {advice}"),
            Self::Broken { what, advice } => write!(f, "broken   {what}\n         {advice}"),
        }
    }
}

/// Runs every check and prints what it found. Fails when something is broken; warnings do not.
pub(super) async fn run(config: &Config) -> ExitCode {
    let mut outcomes = vec![checks::data_dir(config)];
    outcomes.extend(checks::database(config).await);
    outcomes.extend(checks::ffmpeg(config).await);
    outcomes.extend(trakt_host::checks(config).await);
    for outcome in &outcomes {
        println!("{outcome}");
    }
    let broken = outcomes.iter().any(|outcome| matches!(outcome, Outcome::Broken { .. }));
    if broken { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}
