//! Trailers, samples and extras, by the folder and suffix conventions of Plex and Jellyfin.

use std::sync::LazyLock;

use super::parsed::{LeftOut, LibraryKind};
use regex::Regex;

/// Folders below a title that hold extras: <https://support.plex.tv/articles/local-files-for-trailers-and-extras/>
/// and <https://jellyfin.org/docs/general/server/media/movies#extras>.
const EXTRA_FOLDERS: [&str; 14] = [
    "behind the scenes",
    "deleted scenes",
    "featurettes",
    "featurette",
    "interviews",
    "scenes",
    "shorts",
    "other",
    "extras",
    "extra",
    "clips",
    "backdrops",
    "theme-music",
    "creditless",
];

static SUFFIX: LazyLock<Regex> = LazyLock::new(|| {
    let words = "behindthescenes|deletedscene|deleted|featurette|interview|scene|short|other|extra|clip";
    Regex::new(&format!(r"(?i)-(?:{words})\d*$")).expect("valid pattern")
});
static TRAILER: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?i)(?:^|[-._])trailer\d*$").expect("valid pattern"));
static SAMPLE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?i)^sample[-.]|(?:^|[-._])sample\d*$").expect("valid pattern"));
static CREDITLESS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)(?:^|[\s._-])(?:NC(?:OP|ED)\d*[a-z]?|creditless[\s._](?:op|ed|opening|ending)\d*)(?:$|[\s._\[(-])")
        .expect("valid pattern")
});

/// Why the file is left out, if it is.
pub(super) fn reason(folders: &[&str], stem: &str, kind: LibraryKind) -> Option<LeftOut> {
    // A folder directly below the root is a title or a shelf, whatever it is called: "Extras" is a show.
    if let Some(reason) = folders.iter().skip(1).find_map(|folder| by_folder(folder)) {
        return Some(reason);
    }
    if TRAILER.is_match(stem) {
        return Some(LeftOut::Trailer);
    }
    if SAMPLE.is_match(stem) {
        return Some(LeftOut::Sample);
    }
    let extra = SUFFIX.is_match(stem) || (kind == LibraryKind::Shows && CREDITLESS.is_match(stem));
    extra.then_some(LeftOut::Extra)
}

fn by_folder(folder: &str) -> Option<LeftOut> {
    let folder = folder.to_lowercase();
    match folder.as_str() {
        "trailers" | "trailer" => Some(LeftOut::Trailer),
        "sample" | "samples" => Some(LeftOut::Sample),
        name => EXTRA_FOLDERS.contains(&name).then_some(LeftOut::Extra),
    }
}
