//! The orders of lists on Trakt, and which of them can be reproduced here.

use db::rows::List;
use trakt::{
    endpoints::SavedSort,
    models::{SortBy, SortHow},
};

/// Sort keys of Trakt that its client has no name for, and that are the same for everyone.
const OF_TITLES: &[&str] =
    &["imdb_rating", "tmdb_rating", "rt_tomatometer", "rt_audience", "metascore", "imdb_votes", "tmdb_votes"];

/// The order of a list on Trakt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListOrder {
    /// The sort key, in Trakt's notation.
    pub by: String,
    /// `asc` or `desc`.
    pub how: String,
    /// Whether the list here has the same order. Otherwise it is sorted by rank.
    pub is_kept: bool,
}

/// The order chosen for a list on Trakt; `None` if unknown.
pub fn order_of_list(row: &List) -> Option<ListOrder> {
    let (by, how) = row.sort_by.clone().zip(row.sort_how.clone())?;
    Some(ListOrder { is_kept: is_stable(&SortBy::from(by.as_str())), by, how })
}

/// The order to read a list in: the one that was chosen for it, or by rank.
pub(crate) fn to_read_in(chosen: Option<SavedSort>) -> SavedSort {
    chosen.filter(|(by, _)| is_stable(by)).unwrap_or((SortBy::Rank, SortHow::Ascending))
}

/// Whether an order is the same for everyone and stable between pages. Lists with other orders are read by rank.
fn is_stable(by: &SortBy) -> bool {
    match by {
        SortBy::Rank
        | SortBy::Added
        | SortBy::Title
        | SortBy::Released
        | SortBy::Runtime
        | SortBy::Popularity
        | SortBy::Percentage
        | SortBy::Votes => true,
        SortBy::MyRating | SortBy::Watched | SortBy::Collected | SortBy::Random => false,
        SortBy::Other(by) => OF_TITLES.contains(&by.as_str()),
    }
}
