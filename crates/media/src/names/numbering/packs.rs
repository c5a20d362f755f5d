//! Names of packs, which contain several seasons or many episodes: `Season 1-3`, `S01-S05`, `(01 - 24)`.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::{number, pattern};
use crate::names::words;

/// What connects two seasons: `1-3`, `1 & 2`, `1 to 5`, `1, 2`.
const CONNECTOR: &str = r"\s?(?:[-–~&+,]|\b(?:to|and|und|et|y|e|a|bis|à|и)\b)\s?";

static SEVERAL: LazyLock<Regex> = LazyLock::new(|| {
    let further = format!(r"(?:{CONNECTOR}\d{{1,2}})");
    pattern(&format!(
        r"(?i)(?:^|[\s._\[(-])()(?:(?:seasons|temporadas|staffeln|saisons|stagioni|сезоны)[\s._:]*\d{{1,2}}{further}*|(?:{season})[\s._:]*\d{{1,2}}{further}+|s\d{{1,2}}(?:{CONNECTOR}s\d{{1,2}})+)(?:$|[^\p{{L}}\p{{N}}])",
        season = words::SEASON,
    ))
});

/// `01 - 12 [`: a pack.
static PACK: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?:^|\s)(0\d{1,2}|\d{3})\s[-–~]\s(\d{2,3})(?:\s?[\[(]|\s(?i:season|complete|\x1f))")
});
/// `(01 - 08)`: a pack.
static BRACKETED_PACK: LazyLock<Regex> = LazyLock::new(|| pattern(r"[(\[]\d{1,3}\s[-–~]\s\d{2,3}[)\]]"));
/// `Season 1 - 4 Complete`.
static COMPLETE_PACK: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)\s[-–]\s\d{1,3}[\s._]complete(?:$|[\s._])"));

/// The spans that name several seasons together. Call this only for a name without an episode.
pub(super) fn several_seasons(text: &str) -> Vec<Range<usize>> {
    let spans = SEVERAL.captures_iter(text).filter_map(|found| {
        let whole = found.get(0)?;
        // The character that ended the last season is not part of the span.
        let end = text[..whole.end()].trim_end_matches(|c: char| !c.is_alphanumeric()).len();
        Some(found.get(1)?.start()..end)
    });
    spans.collect()
}

/// Whether `second` after the season `first` is another season rather than an episode. Both are as written,
/// and `rest` follows `second`. `Season 1-3`, `Season.1.3.4` and `S01-05` are packs. `Season 2-05` and
/// `S2-05` are episodes, because two seasons would be padded alike.
pub(super) fn is_range(separator: &str, spelled: bool, first: &str, second: &str, rest: &str) -> bool {
    let (Ok(from), Ok(to)) = (first.parse::<u16>(), second.parse::<u16>()) else { return false };
    let joined = separator.trim_start() == "-";
    let listed = spelled && separator == "." && second.len() == 1 && rest.starts_with(['.', ',', '&', '+']);
    let alike = first.len() == second.len() && to > from;
    listed || (joined && alike && (spelled || from == 1))
}

/// Whether the name contains the episode range of a pack, too long for one file.
pub(super) fn is_pack(text: &str) -> bool {
    const FEW: u16 = 10;
    let long = PACK.captures(text).is_some_and(|found| match (number(&found, 1), number(&found, 2)) {
        (Some(first), Some(last)) => last > first + FEW && found[1].len() == found[2].len(),
        _ => false,
    });
    long || COMPLETE_PACK.is_match(text) || BRACKETED_PACK.is_match(text)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::{is_range, several_seasons};

    #[rstest]
    #[case("Show Season 1-3 720p", &["Season 1-3"])]
    #[case("Show.Seasons.01.720p", &["Seasons.01"])]
    #[case("Show Seasons 01 & 02", &["Seasons 01 & 02"])]
    #[case("Show S01-S05 (2010)", &["S01-S05"])]
    #[case("Show Season 1 to 5", &["Season 1 to 5"])]
    #[case("Show Season 2", &[])]
    #[case("Show S02E03", &[])]
    #[case("Seasons of Love", &[])]
    fn several_seasons_are_found(#[case] name: &str, #[case] expected: &[&str]) {
        let found: Vec<&str> = several_seasons(name).into_iter().map(|span| &name[span]).collect();
        assert_eq!(found, expected);
    }

    #[rstest]
    #[case::seasons("-", true, "1", "3", true)]
    #[case::padded_seasons("-", true, "01", "05", true)]
    #[case::letter("-", false, "01", "05", true)]
    #[case::episode_of_a_later_season("-", false, "02", "05", false)]
    #[case::padded_episode("-", true, "2", "05", false)]
    #[case::spaced(" - ", true, "1", "3", false)]
    #[case::backwards("-", true, "5", "3", false)]
    #[case::list(".", true, "1", "3", true)]
    fn season_ranges_are_distinguished_from_episodes(
        #[case] separator: &str,
        #[case] spelled: bool,
        #[case] first: &str,
        #[case] second: &str,
        #[case] expected: bool,
    ) {
        assert_eq!(is_range(separator, spelled, first, second, ".4"), expected);
    }
}
