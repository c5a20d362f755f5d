//! Titles split into words in advance, so that a text search takes less than a millisecond for 5,000 of them.

use crate::catalogue::{Catalogue, Facts};
use crate::item::Item;

/// The score of a title that exactly matches the search.
pub(crate) const EXACT: f64 = 1000.0;

/// A movie or a show, prepared for searching.
#[derive(Debug)]
pub(crate) struct Title {
    pub item: Item,
    pub year: u16,
    words: Vec<String>,
    original: Option<Vec<String>>,
    /// Less than one: the better known of equal matches comes first.
    popularity: f64,
}

/// All titles.
#[derive(Debug)]
pub(crate) struct Titles {
    pub movies: Vec<Title>,
    pub shows: Vec<Title>,
}

impl Titles {
    pub(crate) fn of(catalogue: &Catalogue) -> Self {
        let movie = |facts: &Facts| Title::new(facts, Item::Movie(facts.ids.trakt));
        let show = |facts: &Facts| Title::new(facts, Item::Show(facts.ids.trakt));
        Self {
            movies: catalogue.movies().iter().map(|title| movie(&title.facts)).collect(),
            shows: catalogue.shows().iter().map(|title| show(&title.facts)).collect(),
        }
    }
}

impl Title {
    fn new(facts: &Facts, item: Item) -> Self {
        Self {
            item,
            year: facts.year,
            words: words(&facts.title),
            original: facts.original_title.as_deref().map(words),
            popularity: f64::from(facts.votes) / f64::from(facts.votes + 10_000),
        }
    }

    /// Returns how well it matches; `None` if it does not.
    pub(crate) fn score(&self, asked: &[String]) -> Option<f64> {
        let original = self.original.as_ref().map_or(0.0, |original| score(asked, original));
        let score = score(asked, &self.words).max(original);
        (score > 0.0).then_some(score + self.popularity)
    }
}

/// Returns lowercase words without punctuation; Trakt's special characters have no meaning here.
pub(crate) fn words(text: &str) -> Vec<String> {
    let plain: String = text.chars().filter(|c| !matches!(c, '\'' | '’' | '\\')).collect();
    let lower = plain.to_lowercase();
    lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Returns how well a title matches: 1000 for all words and no others; less for all words the longer the title; little
/// for some of the words.
pub(crate) fn score(asked: &[String], title: &[String]) -> f64 {
    if asked.is_empty() || title.is_empty() {
        return 0.0;
    }
    if title == asked {
        return EXACT;
    }
    let matched =
        asked.iter().filter(|word| title.iter().any(|other| other.starts_with(word.as_str()))).count();
    let share = matched as f64 / asked.len() as f64;
    let excess = title.len().abs_diff(asked.len()) as f64;
    match share {
        1.0 => 900.0 / (1.0 + excess * 0.2),
        part if part > 0.5 => 100.0 * part,
        _ => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_exact_title_comes_first_then_the_shorter_one() {
        let score = |title: &str| score(&words("Night of the Dead"), &words(title));
        assert_eq!(score("NIGHT OF THE DEAD!"), EXACT);
        assert!(score("Night of the Living Dead") > score("The Night of the Long and Living Dead"));
        assert!(score("Night of the Hunter") > 0.0);
        assert_eq!(score("Metropolis"), 0.0);
    }

    #[test]
    fn apostrophes_do_not_part_words() {
        assert_eq!(words("Schindler's List: Part 2"), ["schindlers", "list", "part", "2"]);
    }
}
