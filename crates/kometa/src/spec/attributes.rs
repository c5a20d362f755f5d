//! Attributes other than builders, and their allowed values.

use super::values::{Media, boolean, integer_within, list, one_of};
use crate::finding::Problem;
use crate::schedule::parse_schedule;
use crate::yaml::{Data, Value};

/// The type of an attribute's value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// true or false.
    Switch,
    /// true, false or a schedule.
    SwitchOrSchedule,
    /// A whole number of at least this.
    AtLeast(i64),
    /// A whole number from 1 to 100.
    Percent,
    /// Any text.
    Text,
    /// A list or text with commas.
    List,
    /// `append` or `sync`.
    SyncMode,
    /// `movie`, `show`, `season`, `episode`.
    Level,
    /// One or more sort orders.
    Order,
    /// Media types of libraries, or true or false.
    RunDefinition,
    /// A list of numeric IDs.
    Ids,
    /// A sort option or a smart filter.
    SmartLabel,
    /// The address of a list.
    ListAddress,
    /// How Plex shows a collection.
    Mode,
}

pub(crate) const ATTRIBUTES: [(&str, Kind); 55] = [
    ("adopt", Kind::Switch),
    ("append_label", Kind::List),
    ("blank_collection", Kind::Switch),
    ("build_collection", Kind::Switch),
    ("builder_level", Kind::Level),
    ("cache_builders", Kind::AtLeast(0)),
    ("collection_mode", Kind::Mode),
    ("collection_order", Kind::Order),
    ("content_rating", Kind::Text),
    ("default_percent", Kind::Percent),
    ("delete_below_minimum", Kind::Switch),
    ("delete_collections_named", Kind::List),
    ("delete_not_scheduled", Kind::Switch),
    ("file_background", Kind::Text),
    ("file_poster", Kind::Text),
    ("hub_priority", Kind::AtLeast(1)),
    ("ignore_blank_results", Kind::Switch),
    ("ignore_ids", Kind::Ids),
    ("ignore_imdb_ids", Kind::List),
    ("item_label", Kind::List),
    ("item_label.remove", Kind::List),
    ("item_label.sync", Kind::List),
    ("item_refresh_delay", Kind::AtLeast(0)),
    ("kometa_label", Kind::Switch),
    ("label", Kind::List),
    ("label.remove", Kind::List),
    ("label.sync", Kind::List),
    ("limit", Kind::AtLeast(1)),
    ("minimum_items", Kind::AtLeast(1)),
    ("missing_only_released", Kind::Switch),
    ("name", Kind::Text),
    ("name_mapping", Kind::Text),
    ("only_filter_missing", Kind::Switch),
    ("only_run_on_create", Kind::Switch),
    ("run_again", Kind::Switch),
    ("run_definition", Kind::RunDefinition),
    ("save_report", Kind::Switch),
    ("show_filtered", Kind::Switch),
    ("show_missing", Kind::Switch),
    ("show_options", Kind::Switch),
    ("show_unfiltered", Kind::Switch),
    ("smart_label", Kind::SmartLabel),
    ("sort_title", Kind::Text),
    ("summary", Kind::Text),
    ("sync_missing_to_trakt_list", Kind::Switch),
    ("sync_mode", Kind::SyncMode),
    ("sync_to_trakt_list", Kind::Text),
    ("test", Kind::Switch),
    ("trakt_description", Kind::ListAddress),
    ("url_background", Kind::Text),
    ("url_poster", Kind::Text),
    ("validate_builders", Kind::Switch),
    ("visible_home", Kind::SwitchOrSchedule),
    ("visible_library", Kind::SwitchOrSchedule),
    ("visible_shared", Kind::SwitchOrSchedule),
];

/// Allowed values of `builder_level`.
pub(crate) const LEVELS: [&str; 4] = ["movie", "show", "season", "episode"];
/// Allowed values of `collection_mode`: Kometa's names, and those in Plex's API.
pub(crate) const MODES: [&str; 6] = ["default", "hide", "hide_items", "show_items", "hideItems", "showItems"];
/// Allowed values of `run_definition`.
pub(crate) const RUN_DEFINITIONS: [&str; 6] = ["true", "false", "movie", "show", "artist", "video"];
/// Sort orders for all types of items.
const PLAIN_ORDERS: [&str; 6] = ["release", "alpha", "custom", "custom.asc", "custom.desc", "random"];

/// Returns the sort orders of all types of items.
pub(crate) fn order_names() -> Vec<String> {
    let mut names: Vec<String> = PLAIN_ORDERS.map(str::to_owned).to_vec();
    for members in [Members::Movies, Members::Shows, Members::Seasons, Members::Episodes] {
        for option in members.orders() {
            for name in [format!("{option}.asc"), format!("{option}.desc")] {
                if !names.contains(&name) {
                    names.push(name);
                }
            }
        }
    }
    names
}

/// Returns the type of an attribute; `None` if it is not supported.
pub(super) fn kind(name: &str) -> Option<Kind> {
    ATTRIBUTES.iter().find(|(known, _)| *known == name).map(|(_, kind)| *kind)
}

/// Returns the names of all attributes.
pub(super) fn names() -> impl Iterator<Item = &'static &'static str> {
    ATTRIBUTES.iter().map(|(name, _)| name)
}

/// Returns whether an invalid value fails the collection. Otherwise, there is a warning and the setting is used
/// instead.
pub(super) fn fails_collection(name: &str) -> bool {
    matches!(
        name,
        "collection_order"
            | "builder_level"
            | "run_definition"
            | "limit"
            | "smart_label"
            | "sync_to_trakt_list"
            | "name"
    )
}

/// The type of a collection's items, which determines its sort options.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Members {
    /// Movies.
    Movies,
    /// Shows.
    Shows,
    /// Seasons of shows.
    Seasons,
    /// Episodes of shows.
    Episodes,
}

impl Members {
    /// Determines the type from the library's media type and `builder_level`.
    pub(super) fn at(media: Media, level: Option<&str>) -> Self {
        match (media, level) {
            (Media::Movies, _) => Self::Movies,
            (Media::Shows, Some("season")) => Self::Seasons,
            (Media::Shows, Some("episode")) => Self::Episodes,
            (Media::Shows, _) => Self::Shows,
        }
    }

    fn levels(self) -> &'static [&'static str] {
        match self {
            Self::Movies => &LEVELS[..1],
            _ => &LEVELS[1..],
        }
    }

    /// Returns the sort options. Each is written with `.asc` or `.desc`.
    fn orders(self) -> &'static [&'static str] {
        match self {
            Self::Movies => &[
                "title",
                "year",
                "originally_available",
                "release",
                "critic_rating",
                "audience_rating",
                "user_rating",
                "content_rating",
                "duration",
                "progress",
                "plays",
                "added",
                "viewed",
                "resolution",
                "bitrate",
            ],
            Self::Shows => &[
                "title",
                "year",
                "originally_available",
                "release",
                "critic_rating",
                "audience_rating",
                "user_rating",
                "content_rating",
                "unplayed",
                "episode_added",
                "episode_release",
                "episode_originally_available",
                "added",
                "viewed",
            ],
            Self::Seasons => &["season", "show", "user_rating", "added"],
            Self::Episodes => &[
                "title",
                "show",
                "year",
                "originally_available",
                "release",
                "episode_release",
                "episode_originally_available",
                "critic_rating",
                "audience_rating",
                "user_rating",
                "duration",
                "progress",
                "plays",
                "added",
                "viewed",
                "resolution",
                "bitrate",
            ],
        }
    }
}

/// Checks the value of an attribute.
pub(super) fn check(kind: Kind, value: &Value, members: Members) -> Result<(), Problem> {
    if value.data == Data::Null {
        return Err(Problem::Blank);
    }
    match kind {
        Kind::Switch => switch(value),
        Kind::SwitchOrSchedule => match boolean(value) {
            Some(_) => Ok(()),
            None => Ok(parse_schedule(value).map(|_| ())?),
        },
        Kind::Percent => integer_within(value, 1, Some(100)).map(|_| ()),
        Kind::AtLeast(low) => integer_within(value, low, None).map(|_| ()),
        Kind::Text => match value.data {
            Data::List(_) | Data::Map(_) => Err(Problem::WrongType { expected: "text", found: value.kind() }),
            _ => Ok(()),
        },
        Kind::List => match value.data {
            Data::Map(_) => Err(Problem::WrongType { expected: "a list", found: value.kind() }),
            _ => Ok(()),
        },
        Kind::SyncMode => one_of(value, &["append", "sync"]).map(|_| ()),
        Kind::Level => one_of(value, members.levels()).map(|_| ()),
        Kind::Order => list(value).iter().try_for_each(|value| order(value, members)),
        Kind::RunDefinition => {
            list(value).iter().try_for_each(|value| one_of(value, &RUN_DEFINITIONS).map(|_| ()))
        }
        Kind::Ids => list(value).iter().try_for_each(|value| integer_within(value, 1, None).map(|_| ())),
        Kind::SmartLabel => match value.data {
            Data::Map(_) => Ok(()),
            _ => order(value, members),
        },
        Kind::Mode => one_of(value, &MODES).map(|_| ()),
        Kind::ListAddress => super::list_path(value).map(|_| ()),
    }
}

fn switch(value: &Value) -> Result<(), Problem> {
    match boolean(value) {
        Some(_) => Ok(()),
        None => Err(Problem::WrongType { expected: "true or false", found: value.kind() }),
    }
}

/// Checks a sort order: `release`, `alpha`, `custom`, or a sort option with its direction.
fn order(value: &Value, members: Members) -> Result<(), Problem> {
    let text = value.to_python().to_lowercase();
    if PLAIN_ORDERS.contains(&text.as_str()) {
        return Ok(());
    }
    let known = members.orders();
    let sort = text.strip_suffix(".asc").or_else(|| text.strip_suffix(".desc"));
    if sort.is_some_and(|sort| known.contains(&sort)) {
        return Ok(());
    }
    let mut options = vec!["release".to_owned(), "alpha".into(), "custom".into(), "random".into()];
    options.extend(known.iter().flat_map(|option| [format!("{option}.asc"), format!("{option}.desc")]));
    let nearest = crate::nearest::nearest_name(&text, options.iter().map(String::as_str));
    Err(Problem::NotOneOf { value: text, nearest, options: options.join(", ") })
}
