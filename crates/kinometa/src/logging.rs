//! Logging to standard error as text or JSON, with secrets redacted.
//!
//! Secrets are `SecretString`s, and the request log contains neither queries nor headers, so Kinometa itself logs
//! none. Dependencies may still log one at debug level, so every line also goes through [`redact`].

use std::borrow::Cow;
use std::io::{self, IsTerminal, Write};

use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;

use crate::config::LogFormat;

/// Text that precedes a secret in headers, JSON, forms and cookies.
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

/// Minimum length of a secret. Shorter text after a marker is a word, as in "password reset".
const MIN_SECRET_LENGTH: usize = 12;

/// Installs the global logger. An invalid filter falls back to `info`.
pub fn start(format: LogFormat, filter: &str) {
    let filter = EnvFilter::try_new(filter).unwrap_or_else(|error| {
        eprintln!("kinometa: invalid log filter {filter:?}: {error}. Using \"info\" instead.");
        EnvFilter::new("info")
    });
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(RedactedStderr)
        .with_ansi(io::stderr().is_terminal());
    let started = match format {
        LogFormat::Text => builder.with_target(false).try_init(),
        // The request is the only span, so a span list would repeat it.
        LogFormat::Json => builder.json().flatten_event(true).with_span_list(false).try_init(),
    };
    if started.is_err() {
        tracing::debug!("logging is already initialised");
    }
}

/// Replaces everything that looks like a secret with `[redacted]`.
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

/// Byte range of the secret after a marker, skipping quotes, colons and similar punctuation.
fn secret_after(line: &str, after: usize) -> Option<(usize, usize)> {
    let is_secret = |c: char| c.is_ascii_alphanumeric() || "-_.~+/".contains(c);
    let rest = &line[after..];
    let from = after + rest.find(is_secret).filter(|gap| *gap <= 6)?;
    let to = line[from..].find(|c| !is_secret(c)).map_or(line.len(), |length| from + length);
    (to - from >= MIN_SECRET_LENGTH).then_some((from, to))
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
    fn secrets_are_redacted(#[case] line: &str, #[case] safe: &str) {
        assert_eq!(redact(line), safe);
    }

    #[rstest::rstest]
    #[case("password reset for anna")]
    #[case("the access_token has expired")]
    #[case("GET /api/titles 200 3 ms")]
    fn lines_without_secrets_are_unchanged(#[case] line: &str) {
        assert_eq!(redact(line), line);
    }
}
