//! Genres, languages, countries, certifications, networks.

use super::{group, public};
use crate::models::{Certifications, Coded, Genre, Network};
use crate::paging::Listing;
use crate::request::Read;

group! {
    /// The vocabularies with which Trakt describes titles.
    Vocabularies,
    /// The vocabularies with which Trakt describes titles.
    vocabularies
}

/// Movies and shows have separate vocabularies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are the documentation")]
pub enum CatalogueType {
    Movies,
    Shows,
}

impl CatalogueType {
    fn as_str(self) -> &'static str {
        match self {
            Self::Movies => "movies",
            Self::Shows => "shows",
        }
    }
}

impl Vocabularies {
    /// Genres.
    pub fn genres(&self, of: CatalogueType) -> Read<Listing<Genre>> {
        Read::new(&self.client, public(["genres", of.as_str()]))
    }

    /// Languages.
    pub fn languages(&self, of: CatalogueType) -> Read<Listing<Coded>> {
        Read::new(&self.client, public(["languages", of.as_str()]))
    }

    /// Countries.
    pub fn countries(&self, of: CatalogueType) -> Read<Listing<Coded>> {
        Read::new(&self.client, public(["countries", of.as_str()]))
    }

    /// Certifications by country.
    pub fn certifications(&self, of: CatalogueType) -> Read<Certifications> {
        Read::new(&self.client, public(["certifications", of.as_str()]))
    }

    /// Broadcasters of shows.
    pub fn networks(&self) -> Read<Listing<Network>> {
        Read::new(&self.client, public(["networks"]))
    }
}
