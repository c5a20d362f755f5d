//! Search as you type over a view: every word must occur; diacritics and case are ignored.
//!
//! A word may also be a year, a genre, or the number of an episode (`S01E02`, `1x02`). Misspelt words are matched
//! only if nothing else is found.

use super::entry::Entry;
use super::view::View;
use crate::card::Card;
use db::Db;
use db::ids::{PersonId, TitleId};
use db::rows::{Credit, Person};
use media::collation::fold;
use std::collections::{BTreeMap, BTreeSet, HashMap};

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
    let exact = results(view, limit, |entry| query.rank(view, entry));
    if exact.is_empty() { results(view, limit, |entry| query.rank_misspelt(view, entry)) } else { exact }
}

fn results(view: &View, limit: usize, rank: impl Fn(&Entry) -> Option<Rank>) -> SearchResults {
    let find = |ids: &[TitleId]| {
        let mut found: Vec<(Rank, &Entry)> = ids
            .iter()
            .filter_map(|id| view.snapshot.get(*id))
            .filter_map(|entry| Some((rank(entry)?, entry)))
            .collect();
        found
            .sort_by(|(a, one), (b, other)| a.cmp(b).then_with(|| one.name_order().cmp(&other.name_order())));
        found.into_iter().take(limit).map(|(_, entry)| view.card(entry)).collect()
    };
    SearchResults {
        movies: find(&view.snapshot.movies),
        shows: find(&view.snapshot.shows),
        episodes: find(&view.snapshot.episodes),
    }
}

/// A person found by a search.
#[derive(Debug, Clone)]
pub struct FoundPerson {
    /// The person.
    pub person: Person,
    /// How many titles in the library the person worked on.
    pub titles: usize,
}

/// How many people are considered in one search before the best are chosen.
const CANDIDATES: u64 = 200;
/// How many names are compared with misspelt words if nobody is found otherwise.
const NAMES: u64 = 60_000;

/// Finds people who worked on a title in the library by name, at most `limit`, best first.
///
/// # Errors
/// When the database fails.
pub async fn people(db: &Db, view: &View, query: &str, limit: usize) -> db::Result<Vec<FoundPerson>> {
    let query = Query::new(query);
    if query.text.chars().count() < 2 || !query.text.contains(char::is_alphanumeric) {
        return Ok(Vec::new());
    }
    let mut found = db::people::named(db, &query.words, CANDIDATES).await?;
    if found.is_empty() && query.number.is_none() {
        let resembling = db::people::names(db, NAMES).await?.into_iter().filter(|(_, name)| {
            query.words.iter().all(|word| word.len() > 1 && resembles_a_word(name, word))
        });
        let ids: Vec<PersonId> = resembling.map(|(id, _)| id).take(CANDIDATES as usize).collect();
        found = db::people::find_many(db, &ids).await?;
    }
    let ids: Vec<PersonId> = found.iter().map(|person| person.id).collect();
    let mut credits: HashMap<PersonId, Vec<Credit>> = HashMap::new();
    for credit in db::people::credits(db, &ids).await? {
        credits.entry(credit.person_id).or_default().push(credit);
    }
    let mut found: Vec<FoundPerson> = found
        .into_iter()
        .map(|person| {
            let works = works_of(view, credits.get(&person.id).map_or(&[], Vec::as_slice));
            let owned = works.iter().filter(|(id, _)| is_owned(view, *id)).count();
            FoundPerson { person, titles: owned }
        })
        .filter(|found| found.titles > 0)
        .collect();
    found.sort_by(|one, other| {
        let rank = |found: &FoundPerson| {
            let name = &found.person.folded;
            (*name != query.text, !name.starts_with(&query.text), std::cmp::Reverse(found.titles))
        };
        rank(one).cmp(&rank(other)).then_with(|| one.person.folded.cmp(&other.person.folded))
    });
    found.truncate(limit);
    Ok(found)
}

/// The movies and shows of a person's credits, with the person's parts in them. A part in an episode counts for its
/// show.
pub fn works_of(view: &View, credits: &[Credit]) -> Vec<(TitleId, Option<String>)> {
    let mut works: BTreeMap<TitleId, BTreeSet<&str>> = BTreeMap::new();
    for credit in credits {
        let Some(entry) = view.snapshot.get(credit.title_id) else { continue };
        works.entry(entry.show_id.unwrap_or(entry.id)).or_default().extend(credit.part.as_deref());
    }
    let joined = |parts: BTreeSet<&str>| Vec::from_iter(parts).join(", ");
    works.into_iter().map(|(id, parts)| (id, Some(joined(parts)).filter(|parts| !parts.is_empty()))).collect()
}

fn is_owned(view: &View, id: TitleId) -> bool {
    view.snapshot.get(id).is_some_and(|entry| entry.files.versions > 0)
}

/// The titles that the user has played, if each word occurs in the title's name or in its show's name.
pub fn played(view: &View, query: &str) -> Vec<TitleId> {
    let query = Query::new(query);
    let matches = |id: &TitleId| {
        let Some(entry) = view.snapshot.get(*id) else { return false };
        let show = entry.show_id.and_then(|show| view.snapshot.get(show));
        let names = [Some(entry), show];
        let named = |word: &String| names.iter().flatten().any(|entry| entry.folded.contains(word.as_str()));
        query.words.iter().all(named)
    };
    let mut found: Vec<TitleId> = view.user_data.plays.keys().copied().filter(matches).collect();
    found.sort_unstable();
    found
}

impl SearchResults {
    fn is_empty(&self) -> bool {
        self.movies.is_empty() && self.shows.is_empty() && self.episodes.is_empty()
    }
}

/// How a title was found, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    /// The query is the whole name.
    Whole,
    /// The name begins with the query.
    Beginning,
    /// The name without its article begins with the query.
    BeginningAfterArticle,
    /// Every word begins a word of the name.
    WordBeginnings,
    /// Every word is somewhere in the name.
    Inside,
    /// The episode has this number, and all other words begin words of its show's name.
    Number,
    /// Every word begins a word of the name, or is the year or a genre.
    Facts,
    /// Every word resembles a word of the name, or is the year or a genre.
    Misspelt,
}

struct Query {
    text: String,
    words: Vec<String>,
    number: Option<EpisodeNumber>,
}

/// A season and an episode, and the words around them.
struct EpisodeNumber {
    season: i32,
    episode: i32,
    others: Vec<String>,
}

impl Query {
    fn new(query: &str) -> Self {
        let text = fold(query);
        let words: Vec<String> = text.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect();
        let number = words.iter().enumerate().find_map(|(at, word)| {
            let (season, episode) = episode_number(word)?;
            let others = words.iter().enumerate().filter(|(other, _)| *other != at);
            Some(EpisodeNumber { season, episode, others: others.map(|(_, word)| word.clone()).collect() })
        });
        Self { text, words, number }
    }

    fn rank(&self, view: &View, entry: &Entry) -> Option<Rank> {
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
        if self.words.iter().all(|word| begins_a_word(name, word)) {
            return Some(Rank::WordBeginnings);
        }
        if self.words.iter().all(|word| name.contains(word.as_str())) {
            return Some(Rank::Inside);
        }
        if self.has_episode_number(view, entry) {
            return Some(Rank::Number);
        }
        self.words
            .iter()
            .all(|word| begins_a_word(name, word) || is_year_or_genre(entry, word))
            .then_some(Rank::Facts)
    }

    fn has_episode_number(&self, view: &View, entry: &Entry) -> bool {
        let Some(number) = &self.number else { return false };
        if (entry.season_number, entry.episode_number) != (Some(number.season), Some(number.episode)) {
            return false;
        }
        let show = entry.show_id.and_then(|show| view.snapshot.get(show));
        show.is_some_and(|show| number.others.iter().all(|word| begins_a_word(&show.folded, word)))
    }

    /// Like [`rank`](Self::rank) for words that may be misspelt. Years and genres may be among them.
    fn rank_misspelt(&self, view: &View, entry: &Entry) -> Option<Rank> {
        if let Some(number) = &self.number {
            let same =
                (entry.season_number, entry.episode_number) == (Some(number.season), Some(number.episode));
            let show = entry.show_id.and_then(|show| view.snapshot.get(show)).filter(|_| same)?;
            return number
                .others
                .iter()
                .all(|word| resembles_a_word(&show.folded, word))
                .then_some(Rank::Misspelt);
        }
        let fits = |word: &String| resembles_a_word(&entry.folded, word) || is_year_or_genre(entry, word);
        (!self.words.is_empty() && self.words.iter().all(fits)).then_some(Rank::Misspelt)
    }
}

fn begins_a_word(name: &str, word: &str) -> bool {
    name.split(' ').any(|other| other.starts_with(word))
}

/// Whether a word of the name is this word with few letters wrong, missing, added or swapped. The word may still be
/// incomplete while it is typed, so it is also compared with the beginnings of longer words.
fn resembles_a_word(name: &str, word: &str) -> bool {
    let length = word.chars().count();
    let max_distance = match length {
        0..=3 => return begins_a_word(name, word),
        4..=7 => 1,
        _ => 2,
    };
    name.split(' ').any(|other| {
        let beginning: String = other.chars().take(length).collect();
        strsim::osa_distance(other, word) <= max_distance
            || strsim::osa_distance(&beginning, word) <= max_distance
    })
}

/// Whether a word is the year of the title or one of its genres.
fn is_year_or_genre(entry: &Entry, word: &str) -> bool {
    let year = || word.len() == 4 && entry.year.is_some_and(|year| word.parse() == Ok(year));
    let genre =
        || word.len() > 2 && entry.genres.iter().any(|genre| genre.split('-').any(|part| part == word));
    year() || genre()
}

/// The season and episode of `s01e02` or `1x02`, in lower case.
fn episode_number(word: &str) -> Option<(i32, i32)> {
    let (season, episode) = match word.strip_prefix('s') {
        Some(rest) => rest.split_once('e')?,
        None => word.split_once('x')?,
    };
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    (digits(season) && digits(episode)).then(|| Some((season.parse().ok()?, episode.parse().ok()?)))?
}

fn without_article(name: &str) -> Option<&str> {
    ["the ", "a ", "an "].iter().find_map(|article| name.strip_prefix(article))
}

#[cfg(test)]
mod tests;
