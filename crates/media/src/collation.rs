//! Collation of titles: folded for comparison, and in shelf order.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// Lower case without diacritics and punctuation, words separated by one space; `&` reads "and".
///
/// "WALL·E", "Amélie" and "Fast & Furious" become "wall e", "amelie" and "fast and furious". A name without any
/// letter or digit of its own ("???") stays as it is, so that it can still be found.
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

/// The articles that a shelf ignores, in the languages of most titles.
///
/// Short words that mean something else in another language ("die", "den", "el" as a name) are left out.
const ARTICLES: [&str; 8] = ["the ", "a ", "an ", "le ", "la ", "les ", "der ", "das "];

/// The name that a shelf is sorted by: folded, without the leading article, numbers padded so that 2 precedes 10.
pub fn sort_name(name: &str) -> String {
    let folded = fold(name);
    let shelf = ARTICLES
        .iter()
        .find_map(|article| folded.strip_prefix(article))
        .filter(|rest| !rest.is_empty())
        .unwrap_or(&folded);
    pad_numbers(shelf)
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
    fn folding(#[case] name: &str, #[case] folded: &str) {
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
    fn shelf_order(#[case] name: &str, #[case] shelf: &str) {
        assert_eq!(sort_name(name), shelf);
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
