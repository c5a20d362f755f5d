//! The supported filters: their types, modifiers, and the libraries in which they can be used.

use super::attributes::Members;

/// The type of the attribute that a filter compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    Tags,
    Date,
    Number,
    Switch,
    History,
    /// Nested filters for seasons or episodes of a show.
    Inside,
}

const TEXT: [&str; 7] = ["", "not", "is", "isnot", "begins", "ends", "regex"];
const TAGS: [&str; 7] = ["", "not", "regex", "count_gt", "count_gte", "count_lt", "count_lte"];
const DATES: [&str; 9] = ["", "not", "before", "after", "regex", "gt", "gte", "lt", "lte"];
const NUMBERS: [&str; 6] = ["", "not", "gt", "gte", "lt", "lte"];
const PLAIN: [&str; 1] = [""];

impl Kind {
    pub(crate) fn modifiers(self) -> &'static [&'static str] {
        match self {
            Self::Text => &TEXT,
            Self::Tags => &TAGS,
            Self::Date => &DATES,
            Self::Number => &NUMBERS,
            Self::Switch | Self::History | Self::Inside => &PLAIN,
        }
    }
}

/// What a filter can be applied to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AppliesTo {
    Both,
    Movies,
    /// Movies, and episodes if the collection contains episodes.
    MoviesAndEpisodes,
    Shows,
}

impl AppliesTo {
    /// Checks that it can be applied to these items; the error states what it can be applied to.
    pub(super) fn fits(self, members: Members) -> Result<(), &'static str> {
        match (self, members) {
            (Self::Movies, Members::Shows | Members::Seasons | Members::Episodes) => {
                Err("is a filter for movies only")
            }
            (Self::MoviesAndEpisodes, Members::Shows | Members::Seasons) => {
                Err("is a filter for movies and episodes only")
            }
            (Self::Shows, Members::Movies) => Err("is a filter for shows only"),
            _ => Ok(()),
        }
    }
}

/// All supported filters.
pub(crate) const FILTERS: [(&str, Kind, AppliesTo); 65] = [
    ("actor", Kind::Tags, AppliesTo::Both),
    ("added", Kind::Date, AppliesTo::Both),
    ("aspect", Kind::Number, AppliesTo::Both),
    ("audience_rating", Kind::Number, AppliesTo::Both),
    ("audio_codec", Kind::Text, AppliesTo::Both),
    ("audio_language", Kind::Tags, AppliesTo::Both),
    ("audio_profile", Kind::Text, AppliesTo::Both),
    ("audio_track_title", Kind::Text, AppliesTo::Both),
    ("channels", Kind::Number, AppliesTo::Both),
    ("collection", Kind::Tags, AppliesTo::Both),
    ("content_rating", Kind::Tags, AppliesTo::Both),
    ("country", Kind::Tags, AppliesTo::Movies),
    ("critic_rating", Kind::Number, AppliesTo::Both),
    ("director", Kind::Tags, AppliesTo::MoviesAndEpisodes),
    ("duration", Kind::Number, AppliesTo::Both),
    ("edition", Kind::Text, AppliesTo::Movies),
    ("episodes", Kind::Inside, AppliesTo::Shows),
    ("filepath", Kind::Text, AppliesTo::Both),
    ("first_episode_aired", Kind::Date, AppliesTo::Shows),
    ("folder", Kind::Text, AppliesTo::Shows),
    ("genre", Kind::Tags, AppliesTo::Both),
    ("has_collection", Kind::Switch, AppliesTo::Both),
    ("has_dolby_vision", Kind::Switch, AppliesTo::Both),
    ("has_edition", Kind::Switch, AppliesTo::Movies),
    ("has_overlay", Kind::Switch, AppliesTo::Both),
    ("has_stinger", Kind::Switch, AppliesTo::Movies),
    ("height", Kind::Number, AppliesTo::Both),
    ("history", Kind::History, AppliesTo::Both),
    ("imdb_keyword", Kind::Tags, AppliesTo::Both),
    ("label", Kind::Tags, AppliesTo::Both),
    ("last_episode_aired", Kind::Date, AppliesTo::Shows),
    ("last_episode_aired_or_never", Kind::Date, AppliesTo::Shows),
    ("last_played", Kind::Date, AppliesTo::Both),
    ("network", Kind::Tags, AppliesTo::Shows),
    ("original_language", Kind::Tags, AppliesTo::Both),
    ("origin_country", Kind::Tags, AppliesTo::Shows),
    ("plays", Kind::Number, AppliesTo::Both),
    ("producer", Kind::Tags, AppliesTo::MoviesAndEpisodes),
    ("release", Kind::Date, AppliesTo::Both),
    ("resolution", Kind::Tags, AppliesTo::Both),
    ("season_title", Kind::Text, AppliesTo::Shows),
    ("seasons", Kind::Inside, AppliesTo::Shows),
    ("show_title", Kind::Text, AppliesTo::Shows),
    ("studio", Kind::Text, AppliesTo::Both),
    ("subtitle_language", Kind::Tags, AppliesTo::Both),
    ("subtitle_track_title", Kind::Text, AppliesTo::Both),
    ("summary", Kind::Text, AppliesTo::Both),
    ("title", Kind::Text, AppliesTo::Both),
    ("tmdb_genre", Kind::Tags, AppliesTo::Both),
    ("tmdb_keyword", Kind::Tags, AppliesTo::Both),
    ("tmdb_status", Kind::Tags, AppliesTo::Shows),
    ("tmdb_title", Kind::Text, AppliesTo::Both),
    ("tmdb_type", Kind::Tags, AppliesTo::Shows),
    ("tmdb_vote_average", Kind::Number, AppliesTo::Both),
    ("tmdb_vote_count", Kind::Number, AppliesTo::Both),
    ("tmdb_year", Kind::Number, AppliesTo::Both),
    ("tvdb_genre", Kind::Tags, AppliesTo::Shows),
    ("tvdb_status", Kind::Tags, AppliesTo::Shows),
    ("tvdb_title", Kind::Text, AppliesTo::Shows),
    ("user_rating", Kind::Number, AppliesTo::Both),
    ("video_codec", Kind::Text, AppliesTo::Both),
    ("video_profile", Kind::Text, AppliesTo::Both),
    ("width", Kind::Number, AppliesTo::Both),
    ("writer", Kind::Tags, AppliesTo::MoviesAndEpisodes),
    // In Plex, years are tags; in Kometa's filters, they are numbers.
    ("year", Kind::Number, AppliesTo::Both),
];

/// Other names with the current names.
pub(crate) const ALIASES: [(&str, &str); 16] = [
    ("rating", "critic_rating"),
    ("released", "release"),
    ("originally_available", "release"),
    ("play", "plays"),
    ("countries", "country"),
    ("genres", "genre"),
    ("actors", "actor"),
    ("directors", "director"),
    ("writers", "writer"),
    ("producers", "producer"),
    ("networks", "network"),
    ("labels", "label"),
    ("collections", "collection"),
    ("studios", "studio"),
    ("language", "original_language"),
    ("years", "year"),
];

/// Returns the current name of a filter.
pub(super) fn current(name: &str) -> &str {
    ALIASES.iter().find(|(alias, _)| *alias == name).map_or(name, |(_, today)| today)
}
