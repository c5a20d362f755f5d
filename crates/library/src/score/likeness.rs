//! How like two titles are, letters and words.

use catalogue::text::fold;

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

/// Likeness in percent: the better of letters in order (typing errors) and words shared (subtitles left out).
pub(super) fn similarity(a: &str, b: &str) -> u32 {
    letters_in_order(a, b).max(words_shared(a, b))
}

/// One minus the edit distance over the longer length.
fn letters_in_order(a: &str, b: &str) -> u32 {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().take(128).collect(), b.chars().take(128).collect());
    let longest = a.len().max(b.len());
    if longest == 0 {
        return 0;
    }
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (at, letter) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = at + 1;
        for (column, other) in b.iter().enumerate() {
            let substituted = diagonal + usize::from(letter != other);
            diagonal = row[column + 1];
            row[column + 1] = substituted.min(row[column] + 1).min(diagonal + 1);
        }
    }
    ((longest - row[b.len()]) * 100 / longest) as u32
}

/// Dice coefficient of the words, a little below what equal names get.
fn words_shared(a: &str, b: &str) -> u32 {
    let (a, b): (Vec<&str>, Vec<&str>) = (a.split(' ').collect(), b.split(' ').collect());
    let shared = a.iter().filter(|word| b.contains(word)).count();
    ((2 * shared * 95) / (a.len() + b.len())).min(95) as u32
}
