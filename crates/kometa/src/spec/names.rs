//! Names of attributes: deprecated names, and those that belong to other services.

use super::{attributes, builder};
use crate::nearest::nearest_name;

/// Deprecated names with their current names.
pub(crate) const RENAMED: [(&str, &str); 11] = [
    ("trakt_recommended", "trakt_recommended_weekly"),
    ("trakt_watched", "trakt_watched_weekly"),
    ("trakt_collected", "trakt_collected_weekly"),
    ("trakt_recommended_personal", "trakt_recommendations"),
    ("collection_level", "builder_level"),
    ("overlay_level", "builder_level"),
    ("filter", "filters"),
    ("collection_minimum", "minimum_items"),
    ("save_missing", "save_report"),
    ("allowed_library_types", "run_definition"),
    ("collection_name", "name"),
];

/// Returns the current name of an attribute.
pub(super) fn current(name: &str) -> &str {
    RENAMED.iter().find(|(old, _)| *old == name).map_or(name, |(_, today)| today)
}

/// Types of dynamic collections that users may mistake for attributes.
pub(super) const DYNAMIC: [&str; 3] = ["trakt_people_list", "trakt_liked_lists", "trakt_user_lists"];

/// Services whose builders Kinometa does not support, by the prefix of their attributes.
const SERVICES: [(&str, &str); 22] = [
    ("anidb_", "AniDB"),
    ("anilist_", "AniList"),
    ("boxofficemojo_", "Box Office Mojo"),
    ("flixpatrol_", "FlixPatrol"),
    ("icheckmovies_", "iCheckMovies"),
    ("imdb_", "IMDb"),
    ("letterboxd_", "Letterboxd"),
    ("mal_", "MyAnimeList"),
    ("mdblist_", "MDBList"),
    ("mojo_", "Box Office Mojo"),
    ("plex_", "Plex"),
    ("radarr_all", "Radarr"),
    ("radarr_taglist", "Radarr"),
    ("reciperr_", "Reciperr"),
    ("simkl_", "Simkl"),
    ("smart_filter", "Plex"),
    ("smart_url", "Plex"),
    ("sonarr_all", "Sonarr"),
    ("sonarr_taglist", "Sonarr"),
    ("stevenlu_", "StevenLu"),
    ("tautulli_", "Tautulli"),
    ("text_file", "a text file"),
];

/// Returns the service of a builder that is not Trakt's; `None` for all other attributes.
pub(super) fn other_builder(name: &str) -> Option<&'static str> {
    let summaries = ["tmdb_region", "tmdb_birthday", "tmdb_person", "tmdb_person_offset", "tmdb_language"];
    let texts = TEXTS.iter().any(|end| name.ends_with(end));
    if summaries.contains(&name)
        || texts
        || ["tmdb_poster", "tmdb_background", "tmdb_profile"].iter().any(|art| name.starts_with(art))
    {
        return None;
    }
    if name.starts_with("tmdb_") {
        return Some("TMDb");
    }
    if name.starts_with("tvdb_") {
        return Some("TheTVDB");
    }
    SERVICES.iter().find(|(start, _)| name.starts_with(start)).map(|(_, service)| *service)
}

/// Returns whether an attribute only affects Plex, Radarr or Sonarr.
pub(super) fn only_elsewhere(name: &str) -> bool {
    STARTS.iter().any(|start| name.starts_with(start))
        || ELSEWHERE.contains(&name)
        || TEXTS.iter().any(|end| name.ends_with(end) && name != "trakt_description")
}

/// Prefixes of attributes that only affect Plex, Radarr or Sonarr.
const STARTS: [&str; 6] = ["item_", "radarr_", "sonarr_", "tmdb_", "tvdb_", "mass_"];
/// Suffixes of attributes that take a text from another service.
const TEXTS: [&str; 3] = ["_summary", "_description", "_biography"];
const ELSEWHERE: [&str; 11] = [
    "changes_webhooks",
    "collection_filtering",
    "key_name",
    "language",
    "server_preroll",
    "translation_key",
    "title_format",
    "file_theme",
    "url_theme",
    "url_square_art",
    "file_square_art",
];

/// Returns a regular expression that matches all accepted attributes of other services.
pub(crate) fn elsewhere_pattern() -> String {
    let starts: Vec<_> = SERVICES.iter().map(|(start, _)| *start).chain(STARTS).collect();
    format!("^({})|^({})$|({})$", starts.join("|"), ELSEWHERE.join("|"), TEXTS.join("|"))
}

/// Returns the known name with the closest spelling.
pub(super) fn nearest(name: &str) -> Option<String> {
    const OTHERS: [&str; 4] = ["filters", "schedule", "template", "variables"];
    nearest_name(
        name,
        builder::NAMES.iter().chain(attributes::names()).chain(&OTHERS).chain(&DYNAMIC).copied(),
    )
}
