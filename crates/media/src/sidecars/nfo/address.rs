//! Addresses of a title's page, alone in a file or behind the XML.

use std::sync::LazyLock;

use regex::Regex;

use super::Nfo;
use crate::Ids;

static IDS: LazyLock<Regex> = LazyLock::new(|| {
    let patterns = [
        r"imdb\.com/(?:[a-z]{2}(?:-[a-z]{2})?/)?title/(tt\d{5,10})",
        r"imdb\.com/Title\?(\d{5,8})",
        r"(?:themoviedb|tmdb)\.org/(?:\d/)?(?:movie|tv)/(\d+)",
        r"thetvdb\.com/[^\s<]*?[?&/](?:series)?id=?(\d+)",
        r"thetvdb\.com/(?:[^\s<]*/)?series/(\d+)",
        r"trakt\.tv/search/imdb/(tt\d{5,10})",
        r"trakt\.tv/search/tmdb/(\d+)",
        r"trakt\.tv/search/tvdb/(\d+)",
        r"trakt\.tv/search/trakt/(\d+)",
    ];
    pattern(&patterns.join("|"))
});
/// What the groups of [`IDS`] are ids of.
const SOURCES: [&str; 9] = ["imdb", "imdb", "tmdb", "tvdb", "tvdb", "imdb", "tmdb", "tvdb", "trakt"];

/// A page of Trakt bears title and year in its address. A number alone is a title there, not an id.
static SLUG: LazyLock<Regex> = LazyLock::new(|| pattern(r"trakt\.tv/(?:movies|shows)/([a-z0-9-]+)"));
static YEAR_AT_END: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(.+)-((?:18|19|20)\d\d)$"));

/// What the addresses in a file say.
pub(super) fn read(text: &str) -> Option<Nfo> {
    let mut nfo = Nfo { ids: ids(text), ..Nfo::default() };
    if let Some(found) = SLUG.captures(text) {
        let (title, year) = match YEAR_AT_END.captures(&found[1]) {
            Some(parts) => (parts[1].to_owned(), parts[2].parse().ok()),
            None => (found[1].to_owned(), None),
        };
        nfo.title = Some(title.replace('-', " "));
        nfo.year = year;
    }
    (nfo != Nfo::default()).then_some(nfo)
}

fn ids(text: &str) -> Ids {
    let mut ids = Ids::default();
    for found in IDS.captures_iter(text) {
        for (group, source) in (1..).zip(SOURCES) {
            if let Some(id) = found.get(group) {
                let id = id.as_str();
                let imdb = source == "imdb" && !id.starts_with("tt");
                ids.set(source, &if imdb { format!("tt{id}") } else { id.to_owned() });
            }
        }
    }
    ids
}

fn pattern(text: &str) -> Regex {
    Regex::new(&format!("(?i){text}")).expect("valid pattern")
}
