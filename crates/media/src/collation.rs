//! Collation of titles: folding for comparison, and sort names.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// Lower case without diacritics and punctuation, words separated by one space; `&` becomes "and".
///
/// "WALL·E", "Amélie" and "Fast & Furious" become "wall e", "amelie" and "fast and furious". A name without any
/// letters or digits ("???") is kept as it is, so that it can still be found.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for letter in text.nfkd().filter(|&letter| !is_combining_mark(letter)).flat_map(char::to_lowercase) {
        match letter {
            '\'' | '\u{2019}' | '\u{2018}' | '`' => {}
            '&' => push_word(&mut folded, "and"),
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'ø' => folded.push('o'),
            'ł' => folded.push('l'),
            'đ' | 'ð' => folded.push('d'),
            'þ' => folded.push_str("th"),
            'ı' => folded.push('i'),
            _ if letter.is_alphanumeric() => folded.push(letter),
            _ => push_space(&mut folded),
        }
    }
    folded.truncate(folded.trim_end().len());
    if folded.is_empty() { text.trim().to_lowercase() } else { folded }
}

fn push_space(text: &mut String) {
    if !text.is_empty() && !text.ends_with(' ') {
        text.push(' ');
    }
}

fn push_word(text: &mut String, word: &str) {
    push_space(text);
    text.push_str(word);
    text.push(' ');
}

/// Leading articles that are ignored when sorting, in the most common languages of titles.
///
/// Words with another meaning in another language ("die", "den", "el") are not listed.
const ARTICLES: [&str; 8] = ["the ", "a ", "an ", "le ", "la ", "les ", "der ", "das "];

/// The name that titles are sorted by: folded, without a leading article, and with padded numbers so that 2
/// precedes 10.
pub fn sort_name(name: &str) -> String {
    let folded = fold(name);
    let without_article = ARTICLES
        .iter()
        .find_map(|article| folded.strip_prefix(article))
        .filter(|rest| !rest.is_empty())
        .unwrap_or(&folded);
    pad_numbers(without_article)
}

fn pad_numbers(text: &str) -> String {
    const WIDTH: usize = 5;
    let mut padded = String::with_capacity(text.len() + WIDTH);
    let mut rest = text;
    while let Some(start) = rest.find(|letter: char| letter.is_ascii_digit()) {
        let (before, from) = rest.split_at(start);
        let end = from.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(from.len());
        let (digits, after) = from.split_at(end);
        padded.push_str(before);
        padded.extend(std::iter::repeat_n('0', WIDTH.saturating_sub(digits.len())));
        padded.push_str(digits);
        rest = after;
    }
    padded.push_str(rest);
    padded
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("WALL·E", "wall e")]
    #[case("Amélie", "amelie")]
    #[case("Fast & Furious", "fast and furious")]
    #[case("Ocean's Eleven", "oceans eleven")]
    #[case("Łódź: Straße, Øresund", "lodz strasse oresund")]
    #[case("Spider-Man: No Way Home", "spider man no way home")]
    #[case("千と千尋の神隠し", "千と千尋の神隠し")]
    #[case("???", "???")]
    #[case("  ", "")]
    fn titles_are_folded_for_comparison(#[case] name: &str, #[case] folded: &str) {
        assert_eq!(fold(name), folded);
    }

    #[rstest]
    #[case("The Matrix", "matrix")]
    #[case("A Trip to the Moon", "trip to the moon")]
    #[case("La Jetée", "jetee")]
    #[case("Die Hard", "die hard")]
    #[case("The", "the")]
    #[case("Rocky 2", "rocky 00002")]
    #[case("2001: A Space Odyssey", "02001 a space odyssey")]
    fn sort_names_drop_articles_and_pad_numbers(#[case] name: &str, #[case] expected: &str) {
        assert_eq!(sort_name(name), expected);
    }

    #[test]
    fn numbers_sort_as_numbers() {
        let mut names = ["Rocky 10", "Rocky 2", "Rocky"];
        names.sort_by_key(|name| sort_name(name));
        assert_eq!(names, ["Rocky", "Rocky 2", "Rocky 10"]);
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(name in "\\PC{0,40}") {
            let once = fold(&name);
            prop_assert_eq!(fold(&once), once);
        }
    }
}
