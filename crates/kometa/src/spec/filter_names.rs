//! The known filters: what each compares, how, and in which libraries.

use super::attributes::Members;

/// What a filter compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    Tags,
    Date,
    Number,
    Switch,
    History,
    /// Seasons or episodes of a show.
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

/// What a filter is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum For {
    Both,
    Movies,
    /// Movies, and episodes at that level.
    MoviesAndEpisodes,
    Shows,
}

impl For {
    /// Whether it can be used on these, otherwise what it is for.
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

/// All filters that are known here.
pub(crate) const FILTERS: [(&str, Kind, For); 65] = [
    ("actor", Kind::Tags, For::Both),
    ("added", Kind::Date, For::Both),
    ("aspect", Kind::Number, For::Both),
    ("audience_rating", Kind::Number, For::Both),
    ("audio_codec", Kind::Text, For::Both),
    ("audio_language", Kind::Tags, For::Both),
    ("audio_profile", Kind::Text, For::Both),
    ("audio_track_title", Kind::Text, For::Both),
    ("channels", Kind::Number, For::Both),
    ("collection", Kind::Tags, For::Both),
    ("content_rating", Kind::Tags, For::Both),
    ("country", Kind::Tags, For::Movies),
    ("critic_rating", Kind::Number, For::Both),
    ("director", Kind::Tags, For::MoviesAndEpisodes),
    ("duration", Kind::Number, For::Both),
    ("edition", Kind::Text, For::Movies),
    ("episodes", Kind::Inside, For::Shows),
    ("filepath", Kind::Text, For::Both),
    ("first_episode_aired", Kind::Date, For::Shows),
    ("folder", Kind::Text, For::Shows),
    ("genre", Kind::Tags, For::Both),
    ("has_collection", Kind::Switch, For::Both),
    ("has_dolby_vision", Kind::Switch, For::Both),
    ("has_edition", Kind::Switch, For::Movies),
    ("has_overlay", Kind::Switch, For::Both),
    ("has_stinger", Kind::Switch, For::Movies),
    ("height", Kind::Number, For::Both),
    ("history", Kind::History, For::Both),
    ("imdb_keyword", Kind::Tags, For::Both),
    ("label", Kind::Tags, For::Both),
    ("last_episode_aired", Kind::Date, For::Shows),
    ("last_episode_aired_or_never", Kind::Date, For::Shows),
    ("last_played", Kind::Date, For::Both),
    ("network", Kind::Tags, For::Shows),
    ("original_language", Kind::Tags, For::Both),
    ("origin_country", Kind::Tags, For::Shows),
    ("plays", Kind::Number, For::Both),
    ("producer", Kind::Tags, For::MoviesAndEpisodes),
    ("release", Kind::Date, For::Both),
    ("resolution", Kind::Tags, For::Both),
    ("season_title", Kind::Text, For::Shows),
    ("seasons", Kind::Inside, For::Shows),
    ("show_title", Kind::Text, For::Shows),
    ("studio", Kind::Text, For::Both),
    ("subtitle_language", Kind::Tags, For::Both),
    ("subtitle_track_title", Kind::Text, For::Both),
    ("summary", Kind::Text, For::Both),
    ("title", Kind::Text, For::Both),
    ("tmdb_genre", Kind::Tags, For::Both),
    ("tmdb_keyword", Kind::Tags, For::Both),
    ("tmdb_status", Kind::Tags, For::Shows),
    ("tmdb_title", Kind::Text, For::Both),
    ("tmdb_type", Kind::Tags, For::Shows),
    ("tmdb_vote_average", Kind::Number, For::Both),
    ("tmdb_vote_count", Kind::Number, For::Both),
    ("tmdb_year", Kind::Number, For::Both),
    ("tvdb_genre", Kind::Tags, For::Shows),
    ("tvdb_status", Kind::Tags, For::Shows),
    ("tvdb_title", Kind::Text, For::Shows),
    ("user_rating", Kind::Number, For::Both),
    ("video_codec", Kind::Text, For::Both),
    ("video_profile", Kind::Text, For::Both),
    ("width", Kind::Number, For::Both),
    ("writer", Kind::Tags, For::MoviesAndEpisodes),
    // Years are tags in Plex and numbers in Kometa's filters.
    ("year", Kind::Number, For::Both),
];

/// Other spellings and today's.
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

/// The current spelling.
pub(super) fn current(name: &str) -> &str {
    ALIASES.iter().find(|(alias, _)| *alias == name).map_or(name, |(_, today)| today)
}
