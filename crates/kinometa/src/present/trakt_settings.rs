//! A user's sync settings.

use api_types::trakt_settings as wire;
use catalogue::view::View;
use db::kinds::SyncSwitch;

use super::card;
use crate::trakt::{SettingsWithLibraries, min_watched_percent};

/// A user's sync settings.
pub(crate) fn settings(found: SettingsWithLibraries, view: &View) -> wire::TraktSettings {
    let settings = found.settings;
    let is_on = |switch: SyncSwitch| !settings.off.contains(&switch);
    wire::TraktSettings {
        switches: wire::TraktSwitches {
            scrobbling: is_on(SyncSwitch::Scrobbling),
            history: is_on(SyncSwitch::History),
            ratings: is_on(SyncSwitch::Ratings),
            watchlist: is_on(SyncSwitch::Watchlist),
            collection: is_on(SyncSwitch::Collection),
            playback: is_on(SyncSwitch::Playback),
            recommendations: is_on(SyncSwitch::Recommendations),
            dropped: is_on(SyncSwitch::Dropped),
        },
        watched_percent: settings.watched_percent.unwrap_or(min_watched_percent()),
        lowest_watched_percent: min_watched_percent(),
        libraries: found
            .libraries
            .into_iter()
            .map(|library| wire::TraktLibrary {
                excluded: settings.libraries.contains(&library.id),
                id: library.id,
                name: library.name,
                kind: library.kind,
            })
            .collect(),
        excluded_titles: settings.titles.iter().filter_map(|id| view.card_of(*id)).map(card).collect(),
    }
}
