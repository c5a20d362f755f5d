//! Masks numbers in a name that describe a release: resolutions, codecs, channels, checksums, bit rates.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

/// Replaces every masked byte. None of the patterns for episode numbers matches it.
pub(super) const MASK: char = '\u{1f}';

/// Patterns for whole words; with a letter or digit on either side they are part of a title.
static WORDS: LazyLock<Regex> = LazyLock::new(|| {
    let words = [
        // Resolutions: 1920x1080, 1080p60, 1280 x 720.
        r"\d{3,4}\s?[x×*]\s?\d{3,4}[pi]?",
        r"\d{3,4}[pi](?:\d{2,3})?(?:hd|uhd)?",
        r"[248]k|16x9|vr[ ._]?180",
        r"(?:uhd|hd|fhd|sd)\d{3,4}p?",
        // Codecs and colour.
        r"[hx][ ._]?26[3-6]",
        r"mpeg-?[124]|mp[34]|m2ts|av1|vp[89]|vc-?1|divx\d?|xvid\d?|wmv\d",
        r"(?:bt|rec)[ ._]?(?:2020|2100|709|601)",
        r"(?:8|10|12)[ ._-]?bits?|hi(?:10|422|444)p?p?|main ?10|yuv\d{3}p?\d{0,2}|4[:.]?[24][:.]?[024]",
        r"hdr ?10(?:\+|plus)?|dv ?p?[578]|s?hdr10\+?",
        // Audio.
        r"(?:ddp?a?\+?|dolby ?digital|e?-?ac-?3|aac(?:-?lc)?|he-?aac|dts(?:-?(?:hd|x|es))?(?:[ ._-]?(?:ma|hra))?|flac|opus|true-?hd|l?pcm|atmos|vorbis|ogg|mp[23])[ ._-]?(?:[1-9][ ._][0-2](?:[ ._]?ch)?|\d{1,3}(?:kbps|k)|[1-9]ch|[26]|51|20|71)",
        r"e?-?ac-?3|mp2|[1-9](?:[ ._][01])?[ ._]?ch(?:annels?)?|[57]\.[1-4]|2\.0",
        // Discs and regions.
        r"(?:dvd|bd)-?(?:r|5|9|25|50|66|100)|dvd-?\d|r[1-6]|vhs\d?",
        // Quantities with units.
        r"\d+(?:[.,]\d+)?[ ._]?(?:fps|[km]b(?:ps|it/?s?)|[kmgt]i?b|k?hz|bits?|nits)",
        r"crf[ ._-]?\d{1,2}(?:\.\d)?",
    ];
    Regex::new(&format!(r"(?i)\b(?:{})\b", words.join("|"))).expect("valid pattern")
});
/// Checksums in brackets, and long runs of hexadecimal digits.
static CHECKSUM: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?i)[\[({][0-9a-f]{8}[\])}]|\b[0-9a-f]{16,}\b").expect("valid pattern"));
/// Resolutions in brackets without a `p`.
static BARE_RESOLUTION: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"[\[(](?:360|480|540|576|720|1080|1440|2160)[\])]").expect("valid pattern"));
/// Dates with a two-digit year, or with ambiguous day and month.
static SHORT_DATE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\b\d{1,2}\.\d{1,2}\.\d{2}\b|\b\d{1,2}[-._ ]\d{1,2}[-._ ](?:19|20)\d\d\b")
        .expect("valid pattern")
});

/// The years that a show ran: `(1988 - 89)`.
static YEARS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\((?:19|20)\d\d\s?[-–]\s?\d{2,4}\)").expect("valid pattern"));

/// The name with all numbers that describe the release masked. Byte positions do not change.
pub(super) fn masked(text: &str) -> String {
    // A regular expression's word boundary treats underscores as letters, but in names they are separators.
    let spaced = text.replace('_', " ");
    let found =
        WORDS.find_iter(&spaced).chain(CHECKSUM.find_iter(&spaced)).chain(BARE_RESOLUTION.find_iter(&spaced));
    let found = found.filter(|span| !is_day(span.as_str()) && !is_episode_of_year(span.as_str()));
    mask(text, found.map(|span| span.range()))
}

/// The text with `spans` masked.
pub(super) fn mask(text: &str, spans: impl IntoIterator<Item = Range<usize>>) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for span in spans {
        bytes[span].fill(MASK as u8);
    }
    String::from_utf8(bytes).unwrap_or_default()
}

/// The masked name with possible dates masked as well, for finding unmarked numbers.
pub(super) fn without_short_dates(masked: &str) -> String {
    let spaced = masked.replace('_', " ");
    mask(masked, SHORT_DATE.find_iter(&spaced).chain(YEARS.find_iter(&spaced)).map(|span| span.range()))
}

/// The name up to a possible date.
pub(super) fn before_short_date(text: &str) -> &str {
    match SHORT_DATE.find(&text.replace('_', " ")) {
        Some(date) if date.start() > 0 => &text[..date.start()],
        _ => text,
    }
}

/// Eight digits in brackets may be a date instead of a checksum.
fn is_day(bracketed: &str) -> bool {
    let digits = bracketed.trim_matches(['[', ']', '(', ')', '{', '}']);
    digits.len() == 8 && chrono::NaiveDate::parse_from_str(digits, "%Y%m%d").is_ok()
}

/// `2016x231` is an episode of a show whose seasons are years: no resolution is that flat.
fn is_episode_of_year(size: &str) -> bool {
    let mut numbers = size.split(['x', '×']).map(str::parse::<u32>);
    let (Some(Ok(width)), Some(Ok(height))) = (numbers.next(), numbers.next()) else { return false };
    (1950..2040).contains(&width) && height < 400
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::{MASK, masked};

    #[rstest]
    #[case("Show - 03 (1920x1080)", "Show - 03 (#########)")]
    #[case("Show 05 H.264.AAC", "Show 05 #####.AAC")]
    #[case("Show_05_BT.2020_10bit", "Show_05_#######_#####")]
    #[case("Show 05 [A1B2C3D4]", "Show 05 ##########")]
    #[case("Show [20140428]", "Show [20140428]")]
    #[case("Show 05 DDP5.1 Atmos", "Show 05 ###### Atmos")]
    #[case("Show 05 1.4GB 23.976fps", "Show 05 ##### #########")]
    #[case("第05話 1080p", "第05話 #####")]
    fn numbers_that_describe_the_release_are_masked(#[case] text: &str, #[case] expected: &str) {
        assert_eq!(masked(text).replace(MASK, "#"), expected);
    }
}
