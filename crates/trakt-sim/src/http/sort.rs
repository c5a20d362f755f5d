//! Sort orders of lists, from paths (`/{sort_by}/{sort_how}`) and parameters.

use std::cmp::Ordering;

use super::context::Context;
use crate::catalogue::random::key_of;
use crate::catalogue::{Catalogue, Facts};
use crate::item::Item;
use crate::state::{Listed, User};

/// The requested order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Order {
    pub by: String,
    pub descending: bool,
}

impl Order {
    /// Returns the requested order: the path takes precedence over the parameters, and these over the list's own order.
    pub(super) fn requested(context: &Context<'_>, path: &[&str], own: (&str, &str)) -> Self {
        let parameter = |name| context.request.query(name).map(str::to_owned);
        let by = path.first().map(|by| (*by).to_owned()).or_else(|| parameter("sort_by"));
        let how = path.get(1).map(|how| (*how).to_owned()).or_else(|| parameter("sort_how"));
        let how = how.unwrap_or_else(|| if by.is_some() { "asc".to_owned() } else { own.1.to_owned() });
        Self { by: by.unwrap_or_else(|| own.0.to_owned()), descending: how == "desc" }
    }

    pub(super) fn how(&self) -> &'static str {
        if self.descending { "desc" } else { "asc" }
    }

    /// Sorts listed items with their rank (one-based).
    pub(super) fn sort(&self, items: &mut [(usize, &Listed)], user: Option<&User>, catalogue: &Catalogue) {
        items.sort_by(|(rank, a), (other, b)| {
            let order = match self.by.as_str() {
                "rank" => rank.cmp(other),
                "added" => a.listed_at.cmp(&b.listed_at).then(a.id.cmp(&b.id)),
                "random" => key_of(&a.id.to_string()).cmp(&key_of(&b.id.to_string())),
                by => by_title(by, a.item, b.item, user, catalogue),
            };
            let order = if self.descending { order.reverse() } else { order };
            order.then(rank.cmp(other))
        });
    }
}

fn by_title(by: &str, a: Item, b: Item, user: Option<&User>, catalogue: &Catalogue) -> Ordering {
    let (Some(x), Some(y)) = (facts(a, catalogue), facts(b, catalogue)) else { return Ordering::Equal };
    let rating = |item| user.and_then(|user| user.ratings.get(&item)).map(|rated| rated.rating);
    let watched =
        |item| user.and_then(|user| user.history.watched_item(item)).map(|watched| watched.last_watched_at);
    let collected = |item| user.and_then(|user| user.collection.get(&item)).map(|copy| copy.collected_at);
    match by {
        "title" => sort_title(&x.title).cmp(&sort_title(&y.title)),
        "released" => released(a, catalogue).cmp(&released(b, catalogue)),
        "runtime" => x.runtime.cmp(&y.runtime),
        "popularity" | "votes" | "imdb_votes" | "tmdb_votes" => x.votes.cmp(&y.votes),
        "percentage" | "imdb_rating" | "tmdb_rating" | "rt_tomatometer" | "rt_audience" | "metascore" => {
            x.rating.total_cmp(&y.rating)
        }
        "my_rating" => rating(a).cmp(&rating(b)),
        "watched" => watched(a).cmp(&watched(b)),
        "collected" => collected(a).cmp(&collected(b)),
        _ => Ordering::Equal,
    }
}

/// Returns the facts of an item's movie or show.
pub(super) fn facts(item: Item, catalogue: &Catalogue) -> Option<&Facts> {
    match item {
        Item::Movie(movie) => catalogue.movie(movie).map(|movie| &movie.facts),
        other => catalogue.show(other.show()?).map(|show| &show.facts),
    }
}

/// Returns the title without its article: "The Big Sleep" is sorted under B.
fn sort_title(title: &str) -> String {
    let lower = title.to_lowercase();
    ["the ", "a ", "an "].iter().find_map(|article| lower.strip_prefix(article)).unwrap_or(&lower).to_owned()
}

fn released(item: Item, catalogue: &Catalogue) -> Option<chrono::NaiveDate> {
    match item {
        Item::Movie(movie) => catalogue.movie(movie).map(|movie| movie.released),
        other => catalogue.show(other.show()?).map(|show| show.first_aired.date_naive()),
    }
}
