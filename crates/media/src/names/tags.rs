//! Tags in names: ids, editions, release groups and sites.

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
    let address = r"ww?w[., ]\s?[\w-]+[., ]\s?[a-z]{2,6}";
    let forms = [
        r"\[\s*(?:www\.)?[\w-]+\.[a-z]{2,6}\s*\]",
        &format!(r"(?:from\s+)?[\[{{(]\s*{address}\s*[\])}}]"),
        r"www\.[\w.-]+\.[a-z]{2,6}",
        &format!(r"{address}\s*-\s"),
        &format!(r"{DOMAIN}\s+-\s"),
    ];
    Regex::new(&format!(r"(?i)^\s*(?:{})[\s._-]*", forms.join("|"))).expect("valid pattern")
});
/// A domain without `www`, which only a known ending distinguishes from a title.
const DOMAIN: &str = r"[\w-]+\.(?:com|net|org|info|biz|ws|cc)";
/// `Film - www.example.org`.
static SITE_AFTER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(r"(?i)\s-\s+(?:www\.[\w.-]+\.[a-z]{{2,6}}|{DOMAIN})\s*$")).expect("valid pattern")
});
static LEADING_GROUP: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^\s*(?:\[[^\]]*\]|【[^】]*】)(?:★[^★\[【]*★)?[\s._-]*").expect("valid pattern")
});

/// Removes ids, the edition and a site's name from a file or folder name.
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
    let text = SITE_AFTER.replace(&text, "");
    Untagged { text: text.trim().to_owned(), ids, edition }
}

/// The name without a leading release group in brackets. `None` if there is no group.
pub(super) fn without_group(text: &str) -> Option<&str> {
    let group = LEADING_GROUP.find(text)?;
    // "[2012] Film", "[04x01] Title": a year or the number of an episode is not a group.
    let inside = group.as_str().trim_matches(|c: char| !c.is_alphanumeric());
    if super::numbering::explicit(group.as_str()).is_some_and(|found| found.end - found.start >= inside.len())
    {
        return None;
    }
    if super::release::years(inside).iter().any(|year| year.end - year.start == inside.len()) {
        return None;
    }
    Some(&text[group.end()..])
}
