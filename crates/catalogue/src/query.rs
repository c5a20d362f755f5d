//! What can be asked of a shelf.

use db::ids::LibraryId;

/// Movies or shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Shelf {
    /// Movies.
    Movies,
    /// Shows.
    Shows,
}

/// What to sort by.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Sort {
    /// Name without its article.
    #[default]
    Name,
    /// When the newest file came.
    Added,
    /// Year of release.
    Year,
    /// Trakt's rating.
    Rating,
    /// Length.
    Runtime,
}

/// Which titles of a shelf, in which order.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Selection {
    /// Movies or shows.
    pub shelf: Shelf,
    /// Order.
    pub sort: Sort,
    /// Largest first.
    pub descending: bool,
    /// Only this genre.
    pub genre: Option<String>,
    /// Only this year.
    pub year: Option<i32>,
    /// Only the ten years from here.
    pub decade: Option<i32>,
    /// Only watched or unwatched titles.
    pub watched: Option<bool>,
    /// Only this resolution.
    pub resolution: Option<String>,
    /// Only this library.
    pub library: Option<LibraryId>,
}

/// A page of a selection.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ListQuery {
    /// The titles that the page is cut from.
    pub selection: Selection,
    /// Titles to leave out at the beginning.
    pub offset: usize,
    /// Titles to show.
    pub limit: usize,
}
