//! `/people`.

use super::{group, public};
use crate::models::{Credits, Movie, PathId, Person, Show};
use crate::request::Read;

group! {
    /// The titles people worked on.
    People,
    /// The titles people worked on.
    people
}

impl People {
    /// One person.
    pub fn summary(&self, id: impl Into<PathId>) -> Read<Person> {
        Read::new(&self.client, public(["people".to_owned(), id.into().0]))
    }

    /// A person's movies.
    pub fn movies(&self, id: impl Into<PathId>) -> Read<Credits<Movie>> {
        Read::new(&self.client, public(["people".to_owned(), id.into().0, "movies".to_owned()]))
    }

    /// A person's shows.
    pub fn shows(&self, id: impl Into<PathId>) -> Read<Credits<Show>> {
        Read::new(&self.client, public(["people".to_owned(), id.into().0, "shows".to_owned()]))
    }
}
