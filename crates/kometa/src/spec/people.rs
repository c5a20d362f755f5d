//! `plex_search` for a person, as generated for `trakt_people_list`. It is the only Plex search that Trakt can
//! answer.

use super::values::{Media, list};
use crate::yaml::{Data, Value};

/// A builder with the titles of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Person {
    /// The person's TMDb ID.
    pub tmdb: i64,
    /// The person's role.
    pub role: Role,
}

/// A person's role in a title.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the names are Kometa's")]
pub enum Role {
    Actor,
    Director,
    Writer,
    Producer,
}

impl Person {
    /// Returns its requests to Trakt in readable form.
    pub(super) fn request(&self, media: Media) -> String {
        format!("GET /search/tmdb/{}?type=person, GET /people/ID/{}", self.tmdb, media.path())
    }
}

/// Reads `plex_search: {all: {actor: tmdb}}` with the collection's `tmdb_person`. Returns `None` for any other
/// search.
pub(super) fn read(search: &Value, person: Option<&Value>) -> Option<Vec<Person>> {
    let Data::Map(parts) = &search.data else { return None };
    let mut parts = parts.iter().filter(|(key, _)| !matches!(key.text.as_str(), "sort_by" | "validate"));
    let (how, Value { data: Data::Map(entries), .. }) = parts.next()? else { return None };
    let alone = parts.next().is_none() && (how.text == "any" || how.text == "all" && entries.len() == 1);
    if !alone || entries.is_empty() {
        return None;
    }
    let ids = list(person?).iter().map(super::values::integer).collect::<Option<Vec<_>>>()?;
    let mut people = Vec::new();
    for (key, value) in entries {
        let role = match key.text.as_str() {
            "actor" => Role::Actor,
            "director" => Role::Director,
            "writer" => Role::Writer,
            "producer" => Role::Producer,
            _ => return None,
        };
        if value.to_python() != "tmdb" {
            return None;
        }
        people.extend(ids.iter().map(|tmdb| Person { tmdb: *tmdb, role }));
    }
    Some(people)
}
