//! Cast and crew.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::Person;
use super::lenient::{invalid_is_default, null_is_default, skip_invalid_entries};

/// The cast and crew of a movie, show, season or episode.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct TitlePeople {
    /// Roles, leading ones first.
    #[serde(deserialize_with = "skip_invalid_entries")]
    pub cast: Vec<Role>,
    /// Roles in single episodes, with [`Extended::GUEST_STARS`](crate::Extended::GUEST_STARS).
    #[serde(deserialize_with = "skip_invalid_entries")]
    pub guest_stars: Vec<Role>,
    /// Work behind the camera by department: `directing`, `writing`, `production`, `created by` ...
    #[serde(deserialize_with = "invalid_is_default")]
    pub crew: BTreeMap<String, Vec<Work>>,
}

/// A role in a title.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Role {
    /// The names of the characters.
    #[serde(default, deserialize_with = "skip_invalid_entries")]
    pub characters: Vec<String>,
    /// The actor.
    pub person: Person,
}

/// A crew job on a title.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Work {
    /// The jobs, such as `Director`.
    #[serde(default, deserialize_with = "null_is_default")]
    pub jobs: Vec<String>,
    /// The person.
    pub person: Person,
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn unreadable_entries_are_omitted_from_the_cast() {
        let people: TitlePeople = serde_json::from_value(json!({
            "cast": [
                {"character": "Ellen", "characters": ["Ellen", 7], "person": {"name": "Greta", "ids": {"trakt": 3}}},
                {"characters": ["Nobody"]},
            ],
            "crew": {"directing": [
                {"job": "Director", "jobs": ["Director"], "person": {"name": "Friedrich", "ids": {"trakt": 4, "slug": "f"}}},
            ]},
        }))
        .expect("valid people");
        assert_eq!(people.cast.len(), 1);
        assert_eq!(
            (people.cast[0].person.name.as_str(), &*people.cast[0].characters),
            ("Greta", &["Ellen".to_owned()][..])
        );
        assert_eq!(people.crew["directing"][0].jobs, ["Director"]);
        assert!(people.guest_stars.is_empty());
    }

    #[test]
    fn missing_cast_and_crew_read_as_empty() {
        let people: TitlePeople =
            serde_json::from_value(json!({"cast": null, "crew": []})).expect("valid empty people");
        assert_eq!(people, TitlePeople::default());
    }
}
