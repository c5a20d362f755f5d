//! The log: text or JSON on standard error, with secrets taken out.
//!
//! Secrets are `SecretString`s and the request log leaves out queries and headers, so none should get here. What a
//! library writes at debug level is not ours to decide, so every line also passes through [`redact`].

use std::borrow::Cow;
use std::io::{self, IsTerminal, Write};

use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;

use crate::config::LogFormat;

/// What stands before a secret in headers, JSON, forms and cookies.
const MARKERS: &[&str] = &[
    "bearer ",
    "kinometa_session=",
    "access_token",
    "refresh_token",
    "client_secret",
    "device_code",
    "password",
    "kino_",
];

/// Shorter runs after a marker are words, not secrets: "password reset", "access_token expired".
const SHORTEST: usize = 12;

/// Starts logging for the whole process.
pub fn start(format: LogFormat, filter: &str) {
    let filter = EnvFilter::try_new(filter).unwrap_or_else(|error| {
        eprintln!("The log filter {filter:?} is not understood ({error}); logging at level info.");
        EnvFilter::new("info")
    });
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(RedactedStderr)
        .with_ansi(io::stderr().is_terminal());
    let started = match format {
        LogFormat::Text => builder.with_target(false).try_init(),
        // The request is the only span there is: a list of spans would say it twice.
        LogFormat::Json => builder.json().flatten_event(true).with_span_list(false).try_init(),
    };
    if started.is_err() {
        tracing::debug!("logging was started already");
    }
}

/// Replaces what looks like a secret.
pub fn redact(line: &str) -> Cow<'_, str> {
    let lower = line.to_ascii_lowercase();
    let mut cuts: Vec<(usize, usize)> = MARKERS
        .iter()
        .flat_map(|marker| lower.match_indices(marker).map(|(at, _)| at + marker.len()))
        .filter_map(|after| secret_after(line, after))
        .collect();
    if cuts.is_empty() {
        return Cow::Borrowed(line);
    }
    cuts.sort_unstable();
    let mut out = String::with_capacity(line.len());
    let mut done = 0;
    for (from, to) in cuts.into_iter().filter(|(from, to)| from < to) {
        if from >= done {
            out.push_str(&line[done..from]);
            out.push_str("[redacted]");
            done = to;
        }
    }
    out.push_str(&line[done..]);
    Cow::Owned(out)
}

/// The run of secret-like characters after a marker, past quotes, colons and the like.
fn secret_after(line: &str, after: usize) -> Option<(usize, usize)> {
    let is_secret = |c: char| c.is_ascii_alphanumeric() || "-_.~+/".contains(c);
    let rest = &line[after..];
    let from = after + rest.find(is_secret).filter(|gap| *gap <= 6)?;
    let to = line[from..].find(|c| !is_secret(c)).map_or(line.len(), |length| from + length);
    (to - from >= SHORTEST).then_some((from, to))
}

#[derive(Debug, Clone, Copy)]
struct RedactedStderr;

impl Write for RedactedStderr {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        let text = String::from_utf8_lossy(line);
        io::stderr().write_all(redact(&text).as_bytes())?;
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        io::stderr().flush()
    }
}

impl MakeWriter<'_> for RedactedStderr {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        *self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[rstest::rstest]
    #[case("authorization: Bearer abcdefghijklmnop0123 sent", "authorization: Bearer [redacted] sent")]
    #[case(r#"{"access_token":"abcdefghijklmnop","x":1}"#, r#"{"access_token":"[redacted]","x":1}"#)]
    #[case(r#"{\"client_secret\": \"abcdefghijklmnop\"}"#, r#"{\"client_secret\": \"[redacted]\"}"#)]
    #[case(
        "cookie: kinometa_session=AbCdEfGhIjKlMnOp; theme=dark",
        "cookie: kinometa_session=[redacted]; theme=dark"
    )]
    #[case("token kino_AbCdEfGhIjKlMnOpQr", "token kino_[redacted]")]
    #[case("Ein Passwort: password=geheimesWort123 é", "Ein Passwort: password=[redacted] é")]
    fn secrets_are_taken_out(#[case] line: &str, #[case] safe: &str) {
        assert_eq!(redact(line), safe);
    }

    #[rstest::rstest]
    #[case("password reset for anna")]
    #[case("the access_token has expired")]
    #[case("GET /api/titles 200 3 ms")]
    fn other_lines_stay_as_they_are(#[case] line: &str) {
        assert_eq!(redact(line), line);
    }
}
