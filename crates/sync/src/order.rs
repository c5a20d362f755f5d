//! The orders of lists on Trakt, and which of them can be kept up here.

use db::rows::List;
use trakt::{
    endpoints::SavedSort,
    models::{SortBy, SortHow},
};

/// What Trakt sorts by that its client has no name for, and that is the same for everybody.
const OF_TITLES: &[&str] =
    &["imdb_rating", "tmdb_rating", "rt_tomatometer", "rt_audience", "metascore", "imdb_votes", "tmdb_votes"];

/// The order that a list has on Trakt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListOrder {
    /// By what, in Trakt's words.
    pub by: String,
    /// `asc` or `desc`.
    pub how: String,
    /// Whether it is that of the list here. Else the list here is by rank.
    pub is_kept: bool,
}

/// The order that was chosen for a list on Trakt; None when Trakt has not said.
pub fn order_of_list(row: &List) -> Option<ListOrder> {
    let (by, how) = row.sort_by.clone().zip(row.sort_how.clone())?;
    Some(ListOrder { is_kept: lasts(&SortBy::from(by.as_str())), by, how })
}

/// The order to read a list in: the one that was chosen for it, or by rank.
pub(crate) fn to_read_in(chosen: Option<SavedSort>) -> SavedSort {
    chosen.filter(|(by, _)| lasts(by)).unwrap_or((SortBy::Rank, SortHow::Ascending))
}

/// Whether an order is the same for everybody and from one page to the next. The others are read by rank.
fn lasts(by: &SortBy) -> bool {
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
