//! Similarity of two titles, by letters and by words.

use media::collation::fold;

/// A name normalised so that different spellings of one title are equal: folded, without articles, small
/// Roman numerals as digits.
pub(super) fn comparable(name: &str) -> String {
    let words: Vec<String> = fold(name)
        .split(' ')
        .filter(|word| !matches!(*word, "the" | "a" | "an"))
        .map(|word| roman_as_digit(word).to_owned())
        .collect();
    if words.is_empty() { fold(name) } else { words.join(" ") }
}

/// "i" is not converted, because it is more often a pronoun than a number.
fn roman_as_digit(word: &str) -> &str {
    match word {
        "ii" => "2",
        "iii" => "3",
        "iv" => "4",
        "v" => "5",
        "vi" => "6",
        "vii" => "7",
        "viii" => "8",
        "ix" => "9",
        other => other,
    }
}

/// Similarity in percent: the higher of edit distance, which tolerates typos, and shared words, which
/// tolerates missing subtitles.
pub(super) fn similarity(a: &str, b: &str) -> u32 {
    edit_similarity(a, b).max(words_shared(a, b))
}

/// Edit distance relative to the longer name, as a similarity in percent. Only the first 128 characters are
/// compared.
fn edit_similarity(a: &str, b: &str) -> u32 {
    let cut = |name: &str| name.chars().take(128).collect::<String>();
    let (a, b) = (cut(a), cut(b));
    if a.is_empty() && b.is_empty() {
        return 0;
    }
    (strsim::normalized_levenshtein(&a, &b) * 100.0) as u32
}

/// Dice coefficient of the words, scaled to at most 95 percent so that it stays below that of equal names.
fn words_shared(a: &str, b: &str) -> u32 {
    let (a, b): (Vec<&str>, Vec<&str>) = (a.split(' ').collect(), b.split(' ').collect());
    let shared = a.iter().filter(|word| b.contains(word)).count();
    ((2 * shared * 95) / (a.len() + b.len())).min(95) as u32
}
