//! Kodi's NFO files: XML about a film, show or episode, or just the URL of its page.
//!
//! Format: <https://kodi.wiki/view/NFO_files>. Real files are often invalid XML: unescaped ampersands,
//! control characters, a URL after the XML, several root elements for several episodes, a truncated end. All
//! of these are read.

mod address;
mod tidy;

use std::sync::LazyLock;

use chrono::NaiveDate;
use regex::Regex;
use roxmltree::{Document, Node};
use serde::{Deserialize, Serialize};

use crate::Ids;
use crate::text::decode_declared;
use tidy::tidy;

/// What an NFO file says about one title. Every field may be missing.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Nfo {
    /// Ids in online databases.
    pub ids: Ids,
    /// Title.
    pub title: Option<String>,
    /// Name of the show that an episode belongs to.
    pub show_title: Option<String>,
    /// Year of release.
    pub year: Option<u16>,
    /// Plot summary.
    pub plot: Option<String>,
    /// Tagline.
    pub tagline: Option<String>,
    /// Season of an episode.
    pub season: Option<u16>,
    /// Number of an episode in its season.
    pub episode: Option<u16>,
    /// Date of release or first airing.
    pub released: Option<NaiveDate>,
    /// Runtime in minutes.
    pub runtime: Option<u32>,
    /// Genres.
    #[serde(default)]
    pub genres: Vec<String>,
}

/// Limit in bytes. Real NFO files are smaller; anything beyond it is not read.
const MAX_SIZE: usize = 1024 * 1024;

static DECLARED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"^\s*<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.:-]{1,40})["']"#).expect("valid pattern")
});

/// Reads an NFO file: one entry per title, several if it describes several episodes. Empty if nothing is
/// recognised. A truncated file is read up to its end.
pub fn parse(bytes: &[u8]) -> Vec<Nfo> {
    let bytes = &bytes[..bytes.len().min(MAX_SIZE)];
    let text = decode_declared(bytes, declared(bytes).as_deref());
    let mut found = xml(&text);
    let address = address::read(&text);
    match (found.as_mut_slice(), address) {
        ([], Some(nfo)) => found.push(nfo),
        ([only], Some(nfo)) => {
            only.ids = if only.ids.is_empty() { nfo.ids } else { std::mem::take(&mut only.ids) };
            if only.title.is_none() {
                only.title = nfo.title;
                only.year = only.year.or(nfo.year);
            }
        }
        _ => {}
    }
    found
}

/// The entry for an episode: the one with its numbers, or, if no entry has an episode number, the one at
/// `ordinal`, the episode's position among the episodes of the video.
pub fn of_episode(found: &[Nfo], season: u16, episode: u16, ordinal: usize) -> Option<&Nfo> {
    let numbered =
        |nfo: &&Nfo| nfo.episode == Some(episode) && nfo.season.is_none_or(|found| found == season);
    let unnumbered = found.iter().all(|nfo| nfo.episode.is_none());
    found.iter().find(numbered).or_else(|| found.get(ordinal).filter(|_| unnumbered))
}

/// The encoding that the XML declaration names. The declaration is readable as ASCII in all encodings except
/// UTF-16, which is detected separately.
fn declared(bytes: &[u8]) -> Option<String> {
    let start: String = bytes.iter().take(200).map(|byte| char::from(*byte)).collect();
    DECLARED.captures(&start).map(|found| found[1].to_owned())
}

fn xml(text: &str) -> Vec<Nfo> {
    if !text.contains('<') {
        return Vec::new();
    }
    let tidied = tidy(text);
    let Ok(document) = Document::parse(&tidied) else { return Vec::new() };
    document.root_element().children().filter(|node| is_title(*node)).map(read).collect()
}

fn is_title(node: Node<'_, '_>) -> bool {
    ["movie", "tvshow", "episodedetails", "musicvideo", "video"].iter().any(|name| node.has_tag_name(*name))
}

fn read(root: Node<'_, '_>) -> Nfo {
    let text = |name: &str| first(root, name);
    let released = ["aired", "premiered", "releasedate"].iter().find_map(|name| text(name)?.parse().ok());
    let year = text("year").and_then(|year| year.get(..4)?.parse().ok());
    let number = |name: &str| text(name).and_then(|number| number.parse().ok());
    Nfo {
        ids: ids(root),
        title: text("title"),
        show_title: text("showtitle"),
        year: year.filter(|year| *year > 0).or_else(|| released.map(year_of)),
        plot: text("plot").or_else(|| text("outline")),
        tagline: text("tagline"),
        season: number("season"),
        episode: number("episode"),
        released,
        runtime: text("runtime").and_then(|minutes| minutes.split_whitespace().next()?.parse().ok()),
        genres: all(root, "genre"),
    }
}

fn year_of(date: NaiveDate) -> u16 {
    u16::try_from(chrono::Datelike::year(&date)).unwrap_or_default()
}

/// The ids in `uniqueid` elements, completed by the tags of older Kodi versions.
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
