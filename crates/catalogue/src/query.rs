//! Queries for lists of titles.

use db::ids::LibraryId;

/// The movies or the shows of the library.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Section {
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
    /// When the newest file was added.
    Added,
    /// Year of release.
    Year,
    /// Trakt's rating.
    Rating,
    /// Length.
    Runtime,
}

/// Which movies or shows are listed, and in which order.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Selection {
    /// Movies or shows.
    pub section: Section,
    /// What to sort by.
    pub sort: Sort,
    /// Whether the order is reversed, largest value first.
    pub descending: bool,
    /// Only this genre.
    pub genre: Option<String>,
    /// Only this year.
    pub year: Option<i32>,
    /// Only the decade that begins with this year.
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
    /// The titles that the page belongs to.
    pub selection: Selection,
    /// Titles to skip.
    pub offset: usize,
    /// Titles on the page.
    pub limit: usize,
}
