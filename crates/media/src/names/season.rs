//! The season in a folder's name.

use std::sync::LazyLock;

use regex::Regex;

use super::words;

/// What may follow the number of a season: the end, or anything but a letter, a digit or the `-2` of a range.
const END: &str = r"(?:$|[^\p{L}\p{N}–-]|[–-][^\d]|[–-]$)";

static WORD_FIRST: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?i)^(?:{}|{})[\s._:#-]*\(?\s*({})\)?{END}",
        words::SEASON,
        words::SEASON_FOLDER_ONLY,
        words::NUMBER
    ))
});
static LETTER_FIRST: LazyLock<Regex> =
    LazyLock::new(|| pattern(&format!(r"(?i)^[st][\s._-]*(\d{{1,4}}){END}")));
static NUMBER_FIRST: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?i)^(\d{{1,3}})(?:st|nd|rd|th|ª|º|ma|a|e|er|ère|ère|ème|-?[яй]|ος|ης|η)?[\s._-]*(?:{}|{}){END}",
        words::SEASON,
        words::SEASON_AFTER
    ))
});
/// `Second Season`, `Primera Temporada`, `Erste Staffel`. Whether the word is a number is checked separately.
static IN_WORDS_FIRST: LazyLock<Regex> =
    LazyLock::new(|| pattern(&format!(r"(?i)^(?:the[\s._])?(\p{{L}}+)[\s._-]+(?:{}){END}", words::SEASON)));
/// `Season Twenty`, `Staffel Zwei`.
static IN_WORDS_AFTER: LazyLock<Regex> =
    LazyLock::new(|| pattern(&format!(r"(?i)^(?:{})[\s._-]+(\p{{L}}+){END}", words::SEASON)));
static CHINESE: LazyLock<Regex> =
    LazyLock::new(|| pattern(&format!(r"(?i)^第\s*({})\s*[季期部]", words::NUMBER)));
/// A season pack's folder: the show's name and one season.
static PACK: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?i)^(.+?)(?:[\s._\[(–-]+(?:(?:{season})[\s._#-]*({number})|s(\d{{1,4}})|(\d{{1,2}})(?:st|nd|rd|th|ª|º|\.)[\s._-]*(?:{season}))|[\s._\[(–-]*第\s*({number})\s*[季期])(?:$|[\s._\[\](),-])",
        season = words::SEASON,
        number = words::NUMBER,
    ))
});

/// Normalised names of folders that contain specials.
const SPECIALS: [&str; 28] = [
    "specials",
    "special",
    "ova",
    "ovas",
    "oad",
    "oads",
    "sp",
    "sps",
    "extrasseason",
    "especiales",
    "especiais",
    "especial",
    "speciali",
    "speciale",
    "spécial",
    "spéciaux",
    "spécials",
    "horssérie",
    "horsserie",
    "spesial",
    "speciaal",
    "speciály",
    "specjalne",
    "odcinkispecjalne",
    "спецвыпуски",
    "спецвыпуск",
    "特典",
    "特别篇",
];

/// The season in the name of a folder inside a show's folder, if there is one: `Season 1`, `Säsong 2`, `2.
/// Staffel`, `第3季`, `S04`, `2019`. Specials are season 0. `None` for a pack such as `Show S01`, which also
/// names a show.
///
/// Shows can have such names, too (`24`, `Series 7`), so call this only for folders inside another folder.
pub fn season_folder(name: &str) -> Option<u16> {
    let name = super::title::composed(name);
    stated(&name).or_else(|| bare(&name))
}

/// A season marked by a word or letter, which is unlikely to be a show's name.
pub(super) fn stated(name: &str) -> Option<u16> {
    let name = name.trim().trim_matches(['[', ']', '(', ')', '{', '}', ' ']);
    let letters: String = name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    if SPECIALS.contains(&letters.as_str()) {
        return Some(0);
    }
    let patterns = [&WORD_FIRST, &LETTER_FIRST, &NUMBER_FIRST, &CHINESE, &IN_WORDS_FIRST, &IN_WORDS_AFTER];
    patterns.iter().find_map(|pattern| words::number(&pattern.captures(name)?[1]))
}

/// A name that is only a number.
fn bare(name: &str) -> Option<u16> {
    let digits = name.trim();
    (digits.len() <= 4).then(|| digits.parse().ok()).flatten()
}

/// The show and the season in the name of a season pack's folder.
pub(super) fn pack(name: &str) -> Option<(&str, u16)> {
    let found = PACK.captures(name)?;
    let season = (2..=5).find_map(|group| words::number(found.get(group)?.as_str()))?;
    Some((found.get(1)?.as_str(), season))
}

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("valid pattern")
}
