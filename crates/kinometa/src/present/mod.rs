//! Converts domain types to the JSON bodies of the HTTP API. The only module that knows URLs. Sentences about
//! Trakt come from `messages`.

mod addresses;
mod card_cache;
pub(crate) mod collections;
mod export;
mod failure;
mod findings;
mod library;
mod list;
mod matching;
mod media_file;
mod people;
mod play;
mod playback;
pub(crate) mod plex;
mod problem;
mod scan;
mod scrobble;
mod statistics;
mod statistics_cache;
mod title;
mod title_detail;
pub(crate) mod trakt;
pub(crate) mod trakt_log;
pub(crate) mod trakt_settings;
pub(crate) mod trakt_sync;

pub(crate) use card_cache::CardCache;
pub(crate) use export::{to_csv, to_json};
pub(crate) use library::{file_problem, folder_listing, library};
pub(crate) use list::{
    by_name as list_by_name, by_year as list_by_year, list, list_choices, list_detail, list_preview,
};
pub(crate) use matching::{candidate, match_group, read_match_state};
pub(crate) use media_file::{Folders, media_file};
pub(crate) use people::{LocalCards, person_detail, title_about};
pub(crate) use play::{play, read_cursor, timeline};
pub(crate) use playback::{needed_for, playback, playback_timeline, reason_for};
pub(crate) use scan::scan_status;
pub(crate) use scrobble::scrobble_status;
pub(crate) use statistics::statistics;
pub(crate) use statistics_cache::StatisticsCache;
pub(crate) use title::{card, facets, home, image, recommendations, search_results};
pub(crate) use title_detail::title_detail;
