//! Writes `pin` and `authorization` into config.yml without changing any other byte.
//!
//! Kometa rewrites the whole file with a YAML library, which loses quotes, comments and line endings. This module
//! only replaces the bytes of the values, and verifies the result by reading it back.

mod plan;
mod scalar;

use std::ops::Range;

use secrecy::{ExposeSecret, SecretString};

use crate::config::{Authorization, PAIR_KEYS, Secrets};
use crate::yaml::{self, Data, Place, Value, YamlError};

/// Why the values cannot be written in place. The file is unchanged.
#[derive(Debug, thiserror::Error)]
pub enum EditError {
    /// The file is not YAML.
    #[error(transparent)]
    Yaml(#[from] YamlError),
    /// There is no `trakt` mapping to write into.
    #[error("there is no `trakt:` block with a client_id to write into")]
    NoTraktBlock,
    /// The value is defined elsewhere, for example through an alias.
    #[error("{at}: {path} is {kind}, so it cannot be written here; write the value itself in its place")]
    Elsewhere {
        /// Where.
        at: Place,
        /// The path of the value.
        path: String,
        /// How it is defined instead.
        kind: Indirection,
    },
    /// A list or a single value where the pair must be a mapping.
    #[error("{at}: {path} must be {expected}")]
    WrongType {
        /// Where.
        at: Place,
        /// The path of the value.
        path: String,
        /// What it must be.
        expected: &'static str,
    },
    /// Reading the result back did not give the values that were written.
    #[error(
        "trakt.authorization is written in a way that cannot be edited safely, for example because an anchor in it is used elsewhere; write the values out, one key per line"
    )]
    Unsafe,
}

/// How a value is defined somewhere else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Indirection {
    /// `*name`
    Alias,
    /// `<<name>>`
    Placeholder,
    /// `<<: *name`
    Merge,
}

impl std::fmt::Display for Indirection {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Alias => "an alias",
            Self::Placeholder => "a placeholder",
            Self::Merge => "merged from another mapping",
        })
    }
}

/// A replacement: the bytes of `span` in the old file become `text`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Replacement {
    pub(crate) span: Range<usize>,
    pub(crate) text: String,
}

/// Returns the file's text with an empty `pin` and this `authorization`.
///
/// # Errors
/// [`EditError`] if a value cannot be written in place.
pub fn write_pair(source: &str, text: &str, pair: &Authorization) -> Result<String, EditError> {
    let edited = apply(text, &plan::plan(source, text, pair)?);
    if reads_back(source, text, &edited, pair) { Ok(edited) } else { Err(EditError::Unsafe) }
}

/// Returns a complete `trakt` block for pasting into a config.yml.
pub fn block(client_id: &str, client_secret: Option<&str>, pair: &Authorization) -> String {
    let mut text = format!("trakt:\n  client_id: {}\n", scalar::plain_or_quoted(client_id));
    if let Some(secret) = client_secret {
        text += &format!("  client_secret: {}\n", scalar::plain_or_quoted(secret));
    }
    text += "  pin:\n  authorization:\n";
    for (key, value) in fields(pair) {
        text += &format!("    {key}: {value}\n");
    }
    text
}

/// Returns the keys and values of the pair as YAML, in Kometa's order.
pub(crate) fn fields(pair: &Authorization) -> [(&'static str, String); 6] {
    let quoted = scalar::plain_or_quoted;
    let refresh_token = pair.refresh_token.as_ref().map_or("", |token| token.expose_secret());
    let [access, kind, life, refresh, scope, created] = PAIR_KEYS;
    [
        (access, quoted(pair.access_token.expose_secret())),
        (kind, quoted(&pair.token_type)),
        (life, pair.expires_in.to_string()),
        (refresh, quoted(refresh_token)),
        (scope, quoted(&pair.scope)),
        (created, pair.created_at.to_string()),
    ]
}

/// Applies the replacements, last one first, so that the positions of the others stay valid.
fn apply(text: &str, replacements: &[Replacement]) -> String {
    let mut edited = text.to_owned();
    let mut sorted: Vec<_> = replacements.iter().collect();
    sorted.sort_by_key(|replacement| (replacement.span.start, replacement.span.end));
    for replacement in sorted.into_iter().rev() {
        edited.replace_range(replacement.span.clone(), &replacement.text);
    }
    edited
}

/// Returns whether the edited file contains the pair and everything else in it is unchanged.
fn reads_back(source: &str, old: &str, edited: &str, pair: &Authorization) -> bool {
    let Ok(read) = crate::config::read(source, edited, &Secrets::default()) else { return false };
    let Some(trakt) = read.trakt else { return false };
    let secret = |token: &Option<SecretString>| token.as_ref().map(|token| token.expose_secret().to_owned());
    let same = |found: Authorization| {
        found.access_token.expose_secret() == pair.access_token.expose_secret()
            && secret(&found.refresh_token) == secret(&pair.refresh_token)
            && (found.expires_in, found.created_at) == (pair.expires_in, pair.created_at)
            && (&found.token_type, &found.scope) == (&pair.token_type, &pair.scope)
    };
    let kept = match (rest(source, old), rest(source, edited)) {
        (Some(before), Some(after)) => before == after,
        _ => false,
    };
    kept && trakt.pin.is_none() && trakt.authorization.is_some_and(same)
}

/// Returns the content of the file without the values that are written.
fn rest(source: &str, text: &str) -> Option<Value> {
    let root = yaml::parse(source, text).ok()?;
    let mut root = Value::read(&root).ok()?;
    if let Data::Map(entries) = &mut root.data
        && let Some((_, Value { data: Data::Map(trakt), .. })) =
            entries.iter_mut().find(|(key, _)| key.text == "trakt")
    {
        trakt.retain(|(key, _)| key.text != "pin" && key.text != "authorization");
    }
    Some(root)
}

#[cfg(test)]
mod tests;
