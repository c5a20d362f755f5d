//! Kodi's NFO files: XML about a film, show or episode, or just the address of its page.
//!
//! Format: <https://kodi.wiki/view/NFO_files>. Files in the wild break its rules: bare ampersands, an address behind the
//! XML, several roots for several episodes. All of that is read.

use std::sync::LazyLock;

use chrono::NaiveDate;
use regex::Regex;
use roxmltree::{Document, Node};
use serde::{Deserialize, Serialize};

use crate::Ids;

/// What an NFO file says about one title. Anything may be missing.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Nfo {
    /// Ids of other catalogues.
    pub ids: Ids,
    /// Title.
    pub title: Option<String>,
    /// Name of the show that an episode belongs to.
    pub show_title: Option<String>,
    /// Year of release.
    pub year: Option<u16>,
    /// What it is about.
    pub plot: Option<String>,
    /// One line to advertise it.
    pub tagline: Option<String>,
    /// Season of an episode.
    pub season: Option<u16>,
    /// Number of an episode in its season.
    pub episode: Option<u16>,
    /// Day of release or first airing.
    pub released: Option<NaiveDate>,
    /// Minutes.
    pub runtime: Option<u32>,
    /// Genres.
    #[serde(default)]
    pub genres: Vec<String>,
}

static BARE_AMPERSAND: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"&(#\d{1,7};|#x[0-9a-fA-F]{1,6};|(?:amp|lt|gt|quot|apos);)?").expect("valid pattern")
});
static DECLARATION: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?s)<\?.*?\?>|<!DOCTYPE[^>\[]*(?:\[[^\]]*\])?[^>]*>").expect("valid pattern")
});
static ADDRESS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)imdb\.com/(?:[a-z]{2}/)?title/(tt\d{5,10})|themoviedb\.org/(?:movie|tv)/(\d+)|thetvdb\.com/[^\s<]*?[?&/]id=?(\d+)")
        .expect("valid pattern")
});

/// Reads an NFO file: one entry per title it speaks of (several for a file with several episodes). Empty when it says
/// nothing that is understood.
pub fn parse(bytes: &[u8]) -> Vec<Nfo> {
    let text = crate::subtitles::decode(bytes, None);
    let mut found = xml(&text);
    let address = from_address(&text);
    match (found.as_mut_slice(), address) {
        ([], Some(nfo)) => found.push(nfo),
        ([only], Some(nfo)) if only.ids.is_empty() => only.ids = nfo.ids,
        _ => {}
    }
    found
}

fn xml(text: &str) -> Vec<Nfo> {
    let (Some(start), Some(end)) = (text.find('<'), text.rfind('>')) else { return Vec::new() };
    if start > end {
        return Vec::new();
    }
    let body = DECLARATION.replace_all(&text[start..=end], "");
    let body = BARE_AMPERSAND.replace_all(&body, |found: &regex::Captures<'_>| {
        found.get(1).map_or_else(|| "&amp;".to_owned(), |entity| format!("&{}", entity.as_str()))
    });
    // One root for files that have several.
    let wrapped = format!("<nfo>{body}</nfo>");
    let Ok(document) = Document::parse(&wrapped) else { return Vec::new() };
    document.root_element().children().filter(|node| is_title(*node)).map(read).collect()
}

fn is_title(node: Node<'_, '_>) -> bool {
    ["movie", "tvshow", "episodedetails", "musicvideo", "video"].iter().any(|name| node.has_tag_name(*name))
}

fn read(root: Node<'_, '_>) -> Nfo {
    let text = |name: &str| first(root, name);
    let released = ["aired", "premiered", "releasedate"].iter().find_map(|name| text(name)?.parse().ok());
    let year = text("year").and_then(|year| year.get(..4)?.parse().ok());
    Nfo {
        ids: ids(root),
        title: text("title"),
        show_title: text("showtitle"),
        year: year.filter(|year| *year > 0).or_else(|| released.map(year_of)),
        plot: text("plot").or_else(|| text("outline")),
        tagline: text("tagline"),
        season: text("season").and_then(|number| number.parse().ok()),
        episode: text("episode").and_then(|number| number.parse().ok()),
        released,
        runtime: text("runtime").and_then(|minutes| minutes.split_whitespace().next()?.parse().ok()),
        genres: all(root, "genre"),
    }
}

fn year_of(date: NaiveDate) -> u16 {
    u16::try_from(chrono::Datelike::year(&date)).unwrap_or_default()
}

/// `uniqueid` by its type, then the tags of older versions.
fn ids(root: Node<'_, '_>) -> Ids {
    let mut ids = Ids::default();
    for node in root.children().filter(|node| node.has_tag_name("uniqueid")) {
        if let (Some(kind), Some(value)) = (node.attribute("type"), node.text()) {
            ids.set(kind, value);
        }
    }
    let mut legacy = Ids::default();
    for name in ["imdbid", "imdb_id", "tmdbid", "tvdbid", "traktid"] {
        if let Some(value) = first(root, name) {
            legacy.set(&name.replace('_', ""), &value);
        }
    }
    if let Some(id) = first(root, "id") {
        // A film's `id` is IMDb's; a show's is TheTVDB's.
        if !legacy.set("imdb", &id) && root.has_tag_name("tvshow") {
            legacy.set("tvdb", &id);
        }
    }
    ids.or(&legacy)
}

fn all(root: Node<'_, '_>, name: &str) -> Vec<String> {
    let nodes = root.children().filter(|node| node.has_tag_name(name));
    let texts = nodes.filter_map(|node| node.text()).flat_map(|text| text.split(" / "));
    texts.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()).collect()
}

fn first(root: Node<'_, '_>, name: &str) -> Option<String> {
    let node = root.children().find(|node| node.has_tag_name(name))?;
    let text: String = node.descendants().filter(Node::is_text).filter_map(|node| node.text()).collect();
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// The title's page somewhere, as the whole file or behind the XML.
fn from_address(text: &str) -> Option<Nfo> {
    let mut ids = Ids::default();
    for found in ADDRESS.captures_iter(text) {
        for (group, kind) in [(1, "imdb"), (2, "tmdb"), (3, "tvdb")] {
            if let Some(id) = found.get(group) {
                ids.set(kind, id.as_str());
            }
        }
    }
    (!ids.is_empty()).then(|| Nfo { ids, ..Nfo::default() })
}
