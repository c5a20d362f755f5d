//! How similar two titles are, by letters and by words.

use media::collation::fold;

/// Folded, without articles, with small roman numerals as digits: what two spellings of one title share.
pub(super) fn comparable(name: &str) -> String {
    let words: Vec<String> = fold(name)
        .split(' ')
        .filter(|word| !matches!(*word, "the" | "a" | "an"))
        .map(|word| roman_as_digit(word).to_owned())
        .collect();
    if words.is_empty() { fold(name) } else { words.join(" ") }
}

/// "i" is left alone: it is a pronoun more often than a number.
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

/// Similarity in percent: the better of letters in order (typing errors) and words shared (subtitles left out).
pub(super) fn similarity(a: &str, b: &str) -> u32 {
    letters_in_order(a, b).max(words_shared(a, b))
}

/// One minus the edit distance over the longer length. Only the beginning of very long names is compared.
fn letters_in_order(a: &str, b: &str) -> u32 {
    let cut = |name: &str| name.chars().take(128).collect::<String>();
    let (a, b) = (cut(a), cut(b));
    if a.is_empty() && b.is_empty() {
        return 0;
    }
    (strsim::normalized_levenshtein(&a, &b) * 100.0) as u32
}

/// Dice coefficient of the words, a little below what equal names get.
fn words_shared(a: &str, b: &str) -> u32 {
    let (a, b): (Vec<&str>, Vec<&str>) = (a.split(' ').collect(), b.split(' ').collect());
    let shared = a.iter().filter(|word| b.contains(word)).count();
    ((2 * shared * 95) / (a.len() + b.len())).min(95) as u32
}
