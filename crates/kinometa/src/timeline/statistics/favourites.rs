//! The most watched genres, decades, shows and movies.

use std::collections::HashMap;

use catalogue::card::Card;
use catalogue::entry::Entry;
use catalogue::view::View;
use db::ids::TitleId;
use db::kinds::TitleKind;
use db::statistics::TitleCount;

use super::{Amount, minutes};

/// Maximum number of shows, and of movies.
const MAX_TITLES: usize = 10;
/// Maximum number of genres.
const MAX_GENRES: usize = 12;

/// A genre or decade.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Share {
    /// Genre as Trakt's slug, or the first year of a decade.
    pub name: String,
    /// Plays of titles in this genre or decade.
    pub amount: Amount,
}

/// A show or movie that was watched often.
#[derive(Debug)]
pub struct Favourite {
    /// The show or movie.
    pub title: Card,
    /// Plays of the movie, or of the show's episodes.
    pub amount: Amount,
    /// Number of distinct episodes that were played; 0 for a movie.
    pub episodes: i64,
}

/// The most watched genres, decades, shows and movies.
#[derive(Debug)]
pub struct Favourites {
    /// Plays of movies, and of episodes.
    pub(super) amounts: [Amount; 2],
    /// Number of distinct movies.
    pub movie_count: i64,
    /// Number of distinct shows.
    pub show_count: i64,
    /// Genres, most played first. A play counts for each genre of its title.
    pub genres: Vec<Share>,
    /// Decades, earliest first.
    pub decades: Vec<Share>,
    /// Shows, most played first.
    pub shows: Vec<Favourite>,
    /// Movies, most played first.
    pub movies: Vec<Favourite>,
}

#[derive(Default)]
struct Tally {
    amount: Amount,
    titles: i64,
}

impl Favourites {
    pub(super) fn of(view: &View, played: &[TitleCount]) -> Self {
        let (mut genres, mut decades) = (HashMap::new(), HashMap::new());
        let (mut shows, mut movies) = (HashMap::new(), HashMap::new());
        let mut amounts = [Amount::default(); 2];
        for &TitleCount { title_id, plays } in played {
            let Some(entry) = view.snapshot.get(title_id) else { continue };
            let show = entry.show_id.and_then(|id| view.snapshot.get(id));
            let amount = Amount { plays, minutes: plays * i64::from(minutes(view, entry)) };
            let work = show.unwrap_or(entry);
            let is_movie = entry.kind == TitleKind::Movie;
            amounts[usize::from(!is_movie)] += amount;
            let tally: &mut Tally =
                if is_movie { &mut movies } else { &mut shows }.entry(work.id).or_default();
            tally.amount += amount;
            tally.titles += 1;
            for genre in genres_of(entry, work) {
                *genres.entry(genre.to_owned()).or_default() += amount;
            }
            if let Some(decade) = work.decade() {
                *decades.entry(decade).or_default() += amount;
            }
        }
        Self {
            amounts,
            movie_count: count(movies.len()),
            show_count: count(shows.len()),
            genres: top_genres(genres),
            decades: by_decade(decades),
            shows: top_titles(view, shows, true),
            movies: top_titles(view, movies, false),
        }
    }
}

/// The genres of a title. An episode without genres has those of its show.
fn genres_of<'a>(entry: &'a Entry, work: &'a Entry) -> impl Iterator<Item = &'a str> {
    let genres = if entry.genres.is_empty() { &work.genres } else { &entry.genres };
    genres.iter().map(AsRef::as_ref)
}

fn top_genres(genres: HashMap<String, Amount>) -> Vec<Share> {
    let mut shares: Vec<Share> = genres.into_iter().map(|(name, amount)| Share { name, amount }).collect();
    shares.sort_by(|one, other| {
        other.amount.plays.cmp(&one.amount.plays).then_with(|| one.name.cmp(&other.name))
    });
    shares.truncate(MAX_GENRES);
    shares
}

fn by_decade(decades: HashMap<i32, Amount>) -> Vec<Share> {
    let mut decades: Vec<(i32, Amount)> = decades.into_iter().collect();
    decades.sort_unstable_by_key(|(decade, _)| *decade);
    decades.into_iter().map(|(decade, amount)| Share { name: decade.to_string(), amount }).collect()
}

fn top_titles(view: &View, tallies: HashMap<TitleId, Tally>, are_shows: bool) -> Vec<Favourite> {
    let mut tallies: Vec<(TitleId, Tally)> = tallies.into_iter().collect();
    tallies.sort_by_key(|(id, tally)| (-tally.amount.plays, -tally.amount.minutes, *id));
    let favourite = |(id, tally): (TitleId, Tally)| {
        let episodes = if are_shows { tally.titles } else { 0 };
        Some(Favourite { title: view.card_of(id)?, amount: tally.amount, episodes })
    };
    tallies.into_iter().filter_map(favourite).take(MAX_TITLES).collect()
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
