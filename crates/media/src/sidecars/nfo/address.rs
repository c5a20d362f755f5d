//! URLs of a title's page, alone in a file or after the XML.

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
/// The sources of the ids in the groups of [`IDS`].
const SOURCES: [&str; 9] = ["imdb", "imdb", "tmdb", "tvdb", "tvdb", "imdb", "tmdb", "tvdb", "trakt"];

/// The URL of a Trakt page contains title and year. A slug of digits only is a title, not an id.
static SLUG: LazyLock<Regex> = LazyLock::new(|| pattern(r"trakt\.tv/(?:movies|shows)/([a-z0-9-]+)"));
static YEAR_AT_END: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(.+)-((?:18|19|20)\d\d)$"));

/// The ids, or title and year, from the URLs in a file.
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
