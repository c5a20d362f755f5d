//! Search as you type over a view: every word must occur, diacritics and case do not matter.

use super::entry::Entry;
use super::view::View;
use crate::card::Card;
use crate::text::fold;
use db::ids::TitleId;

/// What a search found.
#[derive(Debug, Clone)]
pub struct SearchResults {
    /// Movies, best first.
    pub movies: Vec<Card>,
    /// Shows, best first.
    pub shows: Vec<Card>,
    /// Episodes, best first.
    pub episodes: Vec<Card>,
}

/// Finds movies, shows and episodes, at most `limit` of each, best first.
pub fn search(view: &View, query: &str, limit: usize) -> SearchResults {
    let query = Query::new(query);
    let find = |ids: &[TitleId]| {
        let mut found: Vec<(Rank, &Entry)> = ids
            .iter()
            .filter_map(|id| view.snapshot.get(*id))
            .filter_map(|entry| Some((query.rank(entry)?, entry)))
            .collect();
        found.sort_by(|(a, one), (b, other)| {
            a.cmp(b).then_with(|| one.shelf_order().cmp(&other.shelf_order()))
        });
        found.into_iter().take(limit).map(|(_, entry)| view.card(entry)).collect()
    };
    SearchResults {
        movies: find(&view.snapshot.movies),
        shows: find(&view.snapshot.shows),
        episodes: find(&view.snapshot.episodes),
    }
}

/// The titles that the person has played and whose name, together with that of their show, holds every word.
pub fn played(view: &View, query: &str) -> Vec<TitleId> {
    let query = Query::new(query);
    let holds = |id: &TitleId| {
        let Some(entry) = view.snapshot.get(*id) else { return false };
        let show = entry.show_id.and_then(|show| view.snapshot.get(show));
        let names = [Some(entry), show];
        let named = |word: &String| names.iter().flatten().any(|entry| entry.folded.contains(word.as_str()));
        query.words.iter().all(named)
    };
    let mut found: Vec<TitleId> = view.person.plays.keys().copied().filter(holds).collect();
    found.sort_unstable();
    found
}

/// How a title was found, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    /// The whole name.
    Whole,
    /// The name begins with it.
    Beginning,
    /// The name begins with it once its article is left out.
    BeginningAfterArticle,
    /// Every word begins a word of the name.
    WordBeginnings,
    /// Every word is somewhere in the name.
    Inside,
}

struct Query {
    text: String,
    words: Vec<String>,
    /// A last word such as 1984 also means the year.
    year: Option<i32>,
}

impl Query {
    fn new(query: &str) -> Self {
        let text = fold(query);
        let words: Vec<String> = text.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect();
        let year = words.last().filter(|word| word.len() == 4 && words.len() > 1);
        let year = year.and_then(|word| word.parse().ok());
        Self { text, words, year }
    }

    fn rank(&self, entry: &Entry) -> Option<Rank> {
        let name = &*entry.folded;
        if self.words.is_empty() {
            return None;
        }
        if name == self.text {
            return Some(Rank::Whole);
        }
        if name.starts_with(&self.text) {
            return Some(Rank::Beginning);
        }
        if without_article(name).is_some_and(|rest| rest.starts_with(&self.text)) {
            return Some(Rank::BeginningAfterArticle);
        }
        self.rank_words(name, &self.words).or_else(|| {
            let (_, name_words) = self.words.split_last()?;
            (self.year.is_some() && self.year == entry.year).then(|| self.rank_words(name, name_words))?
        })
    }

    fn rank_words(&self, name: &str, words: &[String]) -> Option<Rank> {
        if words.iter().all(|word| name.split(' ').any(|other| other.starts_with(word.as_str()))) {
            return Some(Rank::WordBeginnings);
        }
        words.iter().all(|word| name.contains(word.as_str())).then_some(Rank::Inside)
    }
}

fn without_article(name: &str) -> Option<&str> {
    ["the ", "a ", "an "].iter().find_map(|article| name.strip_prefix(article))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::testing::Shelf;

    fn view() -> View {
        let mut rows = Shelf::default();
        rows.movie(1, "The Matrix", 1999);
        rows.movie(2, "The Matrix Reloaded", 2003);
        rows.movie(3, "Amélie", 2001);
        rows.movie(4, "Dune", 1984);
        rows.movie(5, "Dune", 2021);
        rows.movie(6, "Animatrix", 2003);
        rows.show(1000, "Planet Earth", 1, 2);
        rows.view()
    }

    #[rstest]
    #[case::whole_name_first("the matrix", vec![1, 2])]
    #[case::beginning_after_the_article("matrix", vec![1, 2, 6])]
    #[case::prefix("matr", vec![1, 2, 6])]
    #[case::diacritics("AMELIE", vec![3])]
    #[case::with_diacritics("amélie", vec![3])]
    #[case::words_in_any_order("reloaded matrix", vec![2])]
    #[case::inside_a_word("elie", vec![3])]
    #[case::year_tells_remakes_apart("dune 2021", vec![5])]
    #[case::nothing("xyzzy", vec![])]
    #[case::empty("  ", vec![])]
    fn finds(#[case] query: &str, #[case] expected: Vec<i64>) {
        let found: Vec<i64> = search(&view(), query, 10).movies.iter().map(|card| card.id.0).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn shows_and_episodes_are_found_beside_movies() {
        let found = search(&view(), "planet", 1);
        assert_eq!(found.shows.len(), 1);
        assert_eq!(found.episodes.len(), 1, "the limit holds for each kind");
        assert_eq!(found.episodes[0].show_name.as_deref(), Some("Planet Earth"));
    }
}
