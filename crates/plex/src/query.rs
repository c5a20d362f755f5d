//! Queries in Plex's format: keys sorted, brackets not encoded, values percent-encoded.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// The characters to encode: all but those that Python's `quote` with `safe=''` leaves as they are, as in
/// python-plexapi.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// A query.
#[derive(Debug, Clone, Default)]
pub(crate) struct Query(Vec<(String, String)>);

impl Query {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    pub(crate) fn with(mut self, name: impl Into<String>, value: impl ToString) -> Self {
        self.0.push((name.into(), value.to_string()));
        self
    }

    pub(crate) fn flag(self, name: impl Into<String>, value: bool) -> Self {
        self.with(name, u8::from(value))
    }

    /// The text after `?`; `None` if empty.
    pub(crate) fn text(mut self) -> Option<String> {
        self.0.sort_by_cached_key(|(name, _)| name.to_lowercase());
        let pairs = self.0.iter().map(|(name, value)| format!("{name}={}", encode(value)));
        Some(pairs.collect::<Vec<_>>().join("&")).filter(|text| !text.is_empty())
    }
}

pub(crate) fn encode(value: &str) -> String {
    utf8_percent_encode(value, ENCODED).to_string()
}

/// Keys as `1,2,3`.
pub(crate) fn comma_separated(keys: &[u64]) -> String {
    keys.iter().map(u64::to_string).collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_sorted_and_values_encoded() {
        let query =
            Query::new().with("type", 1).with("collection[0].tag.tag", "A, B & C/D 🎬").with("id", "1,2");
        assert_eq!(
            query.text().as_deref(),
            Some("collection[0].tag.tag=A%2C%20B%20%26%20C%2FD%20%F0%9F%8E%AC&id=1%2C2&type=1")
        );
        assert_eq!(Query::new().text(), None);
    }
}
