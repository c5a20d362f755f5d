//! A person's filmography.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::lenient::skip_invalid_entries;
use crate::paging::Listing;

/// A person's titles.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(bound(deserialize = "T: DeserializeOwned"))]
pub struct Credits<T> {
    /// Roles. Empty if Trakt lists none.
    #[serde(default)]
    pub cast: Option<Listing<Credit<T>>>,
    /// Work behind the camera by department: `directing`, `writing`, `production` ...
    #[serde(default)]
    pub crew: Option<BTreeMap<String, Listing<Credit<T>>>>,
}

/// A title in a person's filmography.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Credit<T> {
    /// The names of the characters.
    #[serde(default, deserialize_with = "skip_invalid_entries")]
    pub characters: Vec<String>,
    /// The jobs, such as `Director`.
    #[serde(default, deserialize_with = "skip_invalid_entries")]
    pub jobs: Vec<String>,
    /// The movie or show.
    #[serde(alias = "movie", alias = "show")]
    pub item: T,
}
