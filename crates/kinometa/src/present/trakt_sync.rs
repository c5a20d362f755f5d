//! The import preview and the sync status.

use api_types::trakt_sync as wire;
use db::kinds::SyncCategory;
use sync::{CategoryStatus, Forecast, OverLimit, Preview, PullState, RowFailure, SyncProblem};
use trakt::limits::Usage;

use super::failure::code_of;
use crate::messages;

/// What an import would do.
pub(crate) fn import(preview: Preview) -> wire::TraktImport {
    let count = |plays: usize| i64::try_from(plays).unwrap_or(i64::MAX);
    wire::TraktImport {
        counts: wire::TraktCounts {
            movies: count(preview.movies),
            episodes: count(preview.episodes),
            plays: count(preview.plays),
            ratings: count(preview.ratings.there),
            watchlist: count(preview.watchlist.there),
            dropped: count(preview.dropped.there),
            playback: count(preview.playback),
        },
        add: count(preview.add),
        push: count(preview.push),
        unmatched: count(preview.unmatched),
        ratings: forecast(preview.ratings),
        watchlist: forecast(preview.watchlist),
        dropped: forecast(preview.dropped),
        collection: wire::TraktForecast { add: 0, push: count(preview.collection) },
        limits: preview.watchlist_limit.into_iter().map(watchlist_limit).collect(),
        warnings: preview.is_fed_by_plex.then(plex_sync).into_iter().collect(),
    }
}

fn watchlist_limit(over: OverLimit) -> wire::TraktImportLimit {
    let count = |items: u64| i64::try_from(items).unwrap_or(i64::MAX);
    wire::TraktImportLimit {
        category: SyncCategory::Watchlist,
        limit: count(over.limit),
        left: count(over.left),
        message: messages::trakt_sync::of_watchlist_limit(over),
    }
}

fn plex_sync() -> wire::TraktImportWarning {
    wire::TraktImportWarning {
        code: wire::TraktImportWarningCode::PlexSync,
        message: messages::trakt_sync::PLEX_SYNC.to_owned(),
    }
}

/// The number of requests used in the current rate limit window.
fn requests(usage: Usage) -> wire::TraktRequests {
    wire::TraktRequests { used: usage.used.into(), limit: usage.limit.into(), resets_at: usage.resets_at }
}

fn forecast(forecast: Forecast) -> wire::TraktForecast {
    let count = |items: usize| i64::try_from(items).unwrap_or(i64::MAX);
    wire::TraktForecast { add: count(forecast.add), push: count(forecast.push) }
}

/// The sync status of each category.
pub(crate) fn sync(
    categories: &[CategoryStatus],
    problems: Vec<SyncProblem>,
    usage: Option<Usage>,
) -> wire::TraktSync {
    wire::TraktSync {
        categories: categories.iter().map(category).collect(),
        problems: problems.into_iter().map(problem).collect(),
        requests: usage.map(requests),
    }
}

fn problem(problem: SyncProblem) -> wire::TraktSyncProblem {
    let failure = RowFailure::Known(problem.failure);
    wire::TraktSyncProblem {
        category: problem.category,
        left: i64::try_from(problem.left).unwrap_or(i64::MAX),
        code: code_of(&failure, ""),
        message: messages::of_row(&failure),
    }
}

fn category(status: &CategoryStatus) -> wire::TraktSyncCategory {
    let count = |items: u64| i64::try_from(items).unwrap_or(i64::MAX);
    wire::TraktSyncCategory {
        category: status.category,
        state: match status.state {
            PullState::Undecided => wire::TraktSyncState::Undecided,
            PullState::Importing => wire::TraktSyncState::Importing,
            PullState::Skipping => wire::TraktSyncState::Skipping,
            PullState::Following => wire::TraktSyncState::Following,
            PullState::Due => wire::TraktSyncState::Due,
            PullState::Waiting => wire::TraktSyncState::Waiting,
            PullState::Cancelled => wire::TraktSyncState::Cancelled,
            PullState::Off => wire::TraktSyncState::Off,
        },
        message: messages::trakt_sync::of_category(status),
        last: status.last,
        next: status.next,
        done: count(status.done),
        total: status.total.map(count),
        requests: count(status.requests),
        held: count(status.held),
    }
}
