//! `plex_search` for a person, as `trakt_people_list` makes it: the one search of Plex that Trakt can answer, too.

use super::values::{Media, list};
use crate::yaml::{Data, Value};

/// One person's titles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Person {
    /// The person's id at TMDb.
    pub tmdb: i64,
    /// What the person did.
    pub role: Role,
}

/// What a person did in a title.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the names are Kometa's")]
pub enum Role {
    Actor,
    Director,
    Writer,
    Producer,
}

impl Person {
    /// The requests that it becomes.
    pub(super) fn request(&self, media: Media) -> String {
        format!("GET /search/tmdb/{}?type=person, GET /people/ID/{}", self.tmdb, media.path())
    }
}

/// Reads `plex_search: {all: {actor: tmdb}}` with the `tmdb_person` beside it; nothing for any other search.
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
