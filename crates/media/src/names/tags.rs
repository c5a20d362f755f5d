//! Ids and editions in names, and the leading tags of groups and sites.

use std::sync::LazyLock;

use regex::Regex;

use crate::Ids;

/// A name without its tags.
#[derive(Debug, Default)]
pub(super) struct Untagged {
    pub(super) text: String,
    pub(super) ids: Ids,
    pub(super) edition: Option<String>,
}

static BRACKETED_ID: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)[ ._]?[\[({]\s*(imdb|tmdb|tvdb|trakt)(?:id)?\s*[-=: ]\s*(tt\d+|\d+)\s*[\])}]")
        .expect("valid pattern")
});
static BARE_IMDB: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)(?:[ ._]?[\[({]\s*(tt\d{7,9})\s*[\])}]|[ ._-](tt\d{7,9})\b)").expect("valid pattern")
});
static EDITION: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?i)[ ._]?\{\s*edition[-=]\s*([^}]+?)\s*\}").expect("valid pattern"));
static SITE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^\s*(?:\[\s*(?:www\.)?[\w-]+\.\w{2,6}\s*\]|www\.[\w.-]+\.[a-z]{2,6})[\s._-]*")
        .expect("valid pattern")
});
static LEADING_GROUP: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^\s*(?:\[[^\]]*\]|【[^】]*】)[\s._-]*").expect("valid pattern"));

/// Removes ids, the edition and a site's tag from a file or folder name.
pub(super) fn take(name: &str) -> Untagged {
    let mut ids = Ids::default();
    for found in BRACKETED_ID.captures_iter(name) {
        ids.set(&found[1], &found[2]);
    }
    let text = BRACKETED_ID.replace_all(name, "");
    if let Some(id) = BARE_IMDB.captures(&text).and_then(|found| found.get(1).or_else(|| found.get(2))) {
        ids.set("imdb", id.as_str());
    }
    let text = BARE_IMDB.replace_all(&text, "");
    let edition = EDITION.captures(&text).map(|found| found[1].to_owned());
    let text = EDITION.replace_all(&text, "");
    let text = SITE.replace(&text, "");
    Untagged { text: text.trim().to_owned(), ids, edition }
}

/// The name without a leading release group in brackets. `None` if it has no group.
pub(super) fn without_group(text: &str) -> Option<&str> {
    let group = LEADING_GROUP.find(text)?;
    // "[2012] Film": a year is not a group.
    let inside = group.as_str().trim_matches(|c: char| !c.is_alphanumeric());
    if super::release::years(inside).iter().any(|year| year.end - year.start == inside.len()) {
        return None;
    }
    Some(&text[group.end()..])
}
