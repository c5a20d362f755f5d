//! Writes values as YAML scalars.

use crate::yaml::{Quotes, is_text};

/// Returns the text without quotes if every YAML reader takes it as text, otherwise in single quotes.
pub(super) fn plain_or_quoted(text: &str) -> String {
    let safe = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    let starts = text.starts_with(|c: char| c.is_ascii_alphanumeric());
    if starts && text.chars().all(safe) && is_text(text) { text.to_owned() } else { single(text) }
}

fn single(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// Writes the value with the quotes of the old value. `plain` is the result of [`plain_or_quoted`].
pub(super) fn in_quotes(plain: &str, quotes: Quotes) -> String {
    let bare = plain.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\'')).unwrap_or(plain);
    match quotes {
        Quotes::Plain | Quotes::Block => plain.to_owned(),
        Quotes::Single => format!("'{bare}'"),
        Quotes::Double => {
            format!("\"{}\"", bare.replace("''", "'").replace('\\', "\\\\").replace('"', "\\\""))
        }
    }
}
