//! Trailers, samples and extras, by the folder and suffix conventions of Plex and Jellyfin.

use std::sync::LazyLock;

use regex::Regex;

use super::parsed::{LeftOut, LibraryKind};
use super::title::normalise;
use super::{noise, numbering, release};

/// Normalised names of folders inside a title's folder that contain extras:
/// <https://support.plex.tv/articles/local-files-for-trailers-and-extras/>,
/// <https://jellyfin.org/docs/general/server/media/movies#extras>, and common names on discs.
const EXTRA_FOLDERS: [&str; 33] = [
    "behindthescenes",
    "deletedscenes",
    "deleted",
    "featurettes",
    "featurette",
    "interviews",
    "interview",
    "scenes",
    "shorts",
    "other",
    "others",
    "extras",
    "extra",
    "clips",
    "backdrops",
    "thememusic",
    "creditless",
    "bonus",
    "bonusfeatures",
    "bonusmaterial",
    "bonusdisc",
    "bonusdisk",
    "specialfeatures",
    "extrafeatures",
    "makingof",
    "themakingof",
    "gagreel",
    "bloopers",
    "outtakes",
    "promos",
    "menus",
    "ncopnced",
    "nced",
];

/// Normalised names of folders that scene releases contain next to the film. They can be titles, too.
const SIDE_FOLDERS: [&str; 12] = [
    "proof",
    "proofs",
    "cover",
    "covers",
    "screen",
    "screens",
    "screenshot",
    "screenshots",
    "screencaps",
    "sample",
    "samples",
    "artwork",
];

/// Suffixes that are never part of a title.
static SUFFIX: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)-(?:behindthescenes|deletedscenes?|deleted|featurettes?)\d*$"));
/// Suffixes that can also be part of a title (`Big-Short`), so they count only in a folder, and only if
/// the file is not named like the folder.
static SUFFIX_IN_FOLDER: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)-(interview|scene|short|other|extra|clip)s?\d*$"));
static TRAILER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)^(?:(.*)([-._ ]))?(?:trailer|teaser|bande[-._ ]annonce)(?:[-._ ]?\d{1,2})?$")
});
/// A film's trailer with a longer description: `Official Trailer #2 (1080p)`.
static TRAILER_OF_FILM: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(.+?)([-._ ])\W*(?:(?:official|theatrical|international|final|teaser|main|red[-._ ]?band|uk|us|hd)[-._ ]+)*(?:trailer|teaser|bande[-._ ]annonce)s?(?:[-._ ]*(?:#|no\.?|nr\.?)?[-._ ]?\d{1,2})?(?:$|[-._ ]*[\[(].*$|[-._ ]+(.+)$)",
    )
});
static SAMPLE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)^(?:(.*)([-._ ]))?sample(?:[-._ ]?\d{1,2})?$"));
static SAMPLE_FIRST: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)^sample-"));
/// Extras described by words that can be part of a title, too. They count only after a complete name.
static EXTRA: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(.+?)[-._ ]+[\[(]?(?:featurettes?|(?:the[-._ ]?)?making[-._ ]?of|behind[-._ ]?the[-._ ]?scenes|deleted[-._ ]?scenes?|interviews?|bonus|extras?|bloopers|gag[-._ ]?reel|outtakes)(?:[-._ ]?\d{1,2})?[\])]?$",
    )
});
static DVD: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)^(?:VIDEO_TS|VTS_\d\d_\d)$"));
static CREDITLESS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:^|[\s._\[-])(?:NC(?:OP|ED)\d*[a-z]?|creditless[\s._](?:op|ed|opening|ending)\d*)(?:$|[\s._\[\](-])",
    )
});

/// Why the file is skipped, if it is.
pub(super) fn reason(folders: &[&str], stem: &str, kind: LibraryKind) -> Option<LeftOut> {
    // A folder directly below the root is a title or category, whatever its name is: "Extras" is a show.
    if let Some(reason) = folders.iter().skip(1).find_map(|folder| by_folder(folder)) {
        return Some(reason);
    }
    if let Some(reason) = side_folder(folders, stem, kind) {
        return Some(reason);
    }
    if is_dvd(folders, stem) {
        return Some(LeftOut::Dvd);
    }
    if ends_with_mark(&TRAILER, folders, stem) || (kind == LibraryKind::Movies && is_trailer(folders, stem)) {
        return Some(LeftOut::Trailer);
    }
    if ends_with_mark(&SAMPLE, folders, stem) || SAMPLE_FIRST.is_match(stem) {
        return Some(LeftOut::Sample);
    }
    let suffixed = SUFFIX.is_match(stem) || (SUFFIX_IN_FOLDER.is_match(stem) && !is_named(folders, stem));
    let extra = suffixed
        || (kind == LibraryKind::Movies && is_extra_of_film(folders, stem))
        || (kind == LibraryKind::Shows && CREDITLESS.is_match(stem));
    extra.then_some(LeftOut::Extra)
}

/// Whether this is a file of a DVD. These are menus and pieces of at most 1 GB, and only the IFO files tell
/// which of them belong to the film.
fn is_dvd(folders: &[&str], stem: &str) -> bool {
    folders.last().is_some_and(|folder| folder.eq_ignore_ascii_case("video_ts")) || DVD.is_match(stem)
}

fn by_folder(folder: &str) -> Option<LeftOut> {
    match normalise(folder).as_str() {
        "trailers" | "trailer" | "teasers" => Some(LeftOut::Trailer),
        "sample" | "samples" => Some(LeftOut::Sample),
        name => EXTRA_FOLDERS.contains(&name).then_some(LeftOut::Extra),
    }
}

/// Files in a side folder of a release. The folder's name can be a title, too, so a file with the folder's
/// name as its title is kept. Directly below the root, files are left out only in movie libraries, and only
/// if their name shows that the folder's name is not their title.
fn side_folder(folders: &[&str], stem: &str, kind: LibraryKind) -> Option<LeftOut> {
    let folder = normalise(folders.last()?);
    if !SIDE_FOLDERS.contains(&folder.as_str()) {
        return None;
    }
    let title = title_part(stem);
    let is_extra = match folders.len() {
        1 if kind == LibraryKind::Shows => false,
        1 => title.map_or_else(|| mentions_folder(&folder, stem), |title| title != folder),
        _ => title.is_none_or(|title| title != folder),
    };
    let reason = if folder.starts_with("sample") { LeftOut::Sample } else { LeftOut::Extra };
    is_extra.then_some(reason)
}

/// The normalised text before the year or the episode number of a name.
fn title_part(stem: &str) -> Option<String> {
    let year = release::years(stem).last().map(|year| year.start);
    let end = year.or_else(|| numbering::explicit(&noise::masked(stem)).map(|found| found.start))?;
    Some(normalise(&stem[..end])).filter(|title| !title.is_empty())
}

/// Whether the name consists of several words and one of them is the folder's name: `grp-film-proof`.
fn mentions_folder(folder: &str, stem: &str) -> bool {
    let singular = folder.trim_end_matches('s');
    let words = || stem.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words().count() > 1 && words().any(|word| word.to_lowercase().trim_end_matches('s') == singular)
}

/// Whether the last word marks a trailer or sample. After a dash it always does. After another separator it
/// may be part of a title (`The.Trailer`), unless the name before it is complete: it contains a year, an
/// episode number or release words, or the folder is named like it.
fn ends_with_mark(mark: &Regex, folders: &[&str], stem: &str) -> bool {
    let Some(found) = mark.captures(stem).filter(|_| !is_named(folders, stem)) else { return false };
    let (Some(before), Some(separator)) = (found.get(1), found.get(2)) else { return true };
    if separator.as_str() == "-" || before.as_str().ends_with(" -") {
        return !before.as_str().trim_matches([' ', '-']).is_empty();
    }
    is_complete(folders, before.as_str())
}

/// Whether this is a film's trailer with a longer description after a complete name.
fn is_trailer(folders: &[&str], stem: &str) -> bool {
    let Some(found) = TRAILER_OF_FILM.captures(stem).filter(|_| !is_named(folders, stem)) else {
        return false;
    };
    let release = found.get(3).is_none_or(|after| release::technical_at(after.as_str()) == Some(0));
    release && is_complete(folders, &found[1])
}

/// Whether this is an extra named after its film: `Film (1999) - Featurette`, `Film.1999.Making.Of`, and in
/// the folder `Film` also `Film Interview`.
fn is_extra_of_film(folders: &[&str], stem: &str) -> bool {
    let is_title = |name: &str| !folders.is_empty() && is_named(folders, name);
    let Some(found) = EXTRA.captures(stem).filter(|_| !is_title(stem)) else { return false };
    let before = &found[1];
    let in_its_folder = is_title(before);
    in_its_folder || has_end_of_title(before)
}

/// Whether the name ends with a year or contains release words, so that what follows is not part of the title.
fn has_end_of_title(before: &str) -> bool {
    let trimmed = trim_separators(before);
    let year = release::years(trimmed).last().is_some_and(|year| year.start > 0 && year.end == trimmed.len());
    year || release::technical_at(trimmed).is_some()
}

fn trim_separators(before: &str) -> &str {
    before.trim_end_matches([' ', '.', '_', '-', ')', ']'])
}

fn is_complete(folders: &[&str], before: &str) -> bool {
    let trimmed = trim_separators(before);
    let masked = noise::masked(trimmed);
    let number = numbering::explicit(&masked).is_some_and(|found| found.end == trimmed.len());
    let named = folders.last().is_some_and(|folder| normalise(folder).starts_with(&normalise(before)));
    has_end_of_title(before) || number || (named && !normalise(before).is_empty())
}

/// Whether the whole name is a title: it equals the title of its folder, or it is directly in the root and
/// does not end with "trailer" or "sample".
fn is_named(folders: &[&str], stem: &str) -> bool {
    let Some(folder) = folders.last() else { return !TRAILER.is_match(stem) && !SAMPLE.is_match(stem) };
    let title = release::years(folder)
        .last()
        .filter(|year| year.start > 0)
        .map_or(*folder, |year| &folder[..year.start]);
    normalise(title) == normalise(stem)
}

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("valid pattern")
}
