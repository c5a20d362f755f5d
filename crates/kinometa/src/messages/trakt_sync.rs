//! Messages about the state of syncing.

use chrono::{DateTime, Utc};
use db::kinds::SyncCategory;
use sync::{CategoryStatus, OverLimit, PullState};
use trakt::limits::Usage;

use super::number::grouped;

/// Warning shown when Trakt itself imports plays from one of the user's Plex servers.
pub(crate) const PLEX_SYNC: &str = "Trakt itself imports plays from one of your Plex servers. If you watch the same files in \
    Kinometa and Plex, turn that off on trakt.tv under Settings, Plex; otherwise plays may appear twice.";

/// The sentence for a watchlist that would exceed Trakt's limit.
pub(crate) fn of_watchlist_limit(OverLimit { limit, left }: OverLimit) -> String {
    let (limit, left) = (grouped(limit), grouped(left));
    format!(
        "Your Trakt watchlist is limited to {limit} items, so {left} of yours would not be added. Everything else is synced."
    )
}

/// The sentence for the number of requests used in the current rate limit window.
pub(crate) fn of_requests(Usage { used, limit, resets_at }: Usage, now: DateTime<Utc>) -> String {
    let used = format!("{used} of {limit} requests used");
    let Some(resets_at) = resets_at else { return format!("{used}.") };
    match (resets_at - now).num_seconds().max(0).cast_unsigned().div_ceil(60) {
        0 | 1 => format!("{used}, resets within a minute."),
        minutes => format!("{used}, resets in {minutes} minutes."),
    }
}

/// The sentence for the state of a sync category.
pub(crate) fn of_category(status: &CategoryStatus) -> String {
    let (name, items, have) = names(status.category);
    if !status.is_connected && status.state != PullState::Off {
        return "Trakt is not connected: nothing is read or sent.".to_owned();
    }
    if status.category == SyncCategory::Collection
        && let Some(message) = of_collection(status.state)
    {
        return message.to_owned();
    }
    match (status.state, status.total) {
        (PullState::Undecided, _) => format!(
            "Your Trakt {name} {have} not been imported. Nothing is read from Trakt until you decide."
        ),
        (PullState::Importing, Some(total)) => {
            let (done, total) = (grouped(status.done.min(total)), grouped(total));
            format!("Importing your Trakt {name}: {done} of {total} {items}.")
        }
        (PullState::Importing, None) => format!("Importing your Trakt {name}."),
        (PullState::Skipping, _) => {
            format!("Leaving the {items} that are already on Trakt as they are.")
        }
        (PullState::Following, _) => "In sync with Trakt.".to_owned(),
        (PullState::Due, _) if status.next.is_some() => {
            "Trakt’s request limit is reached. The next check for changes waits until more requests are allowed.".to_owned()
        }
        (PullState::Due, _) => "A check for changes is due.".to_owned(),
        (PullState::Waiting, _) if status.category == SyncCategory::Collection => format!(
            "{} {items} have no file here any more. That is more than Kinometa removes automatically, so they stay in your collection on Trakt.",
            grouped(status.held)
        ),
        (PullState::Waiting, _) => format!(
            "{} {items} are gone from Trakt. That is more than Kinometa removes automatically, so they stay here.",
            grouped(status.held)
        ),
        (PullState::Off, _) => "Switched off: nothing is read from Trakt, and nothing is sent.".to_owned(),
        (PullState::Cancelled, _) => {
            "The import was cancelled. What was imported stays; start it again at any time.".to_owned()
        }
    }
}

/// The collection has its own sentences, because it is only sent to Trakt and never imported.
fn of_collection(state: PullState) -> Option<&'static str> {
    match state {
        PullState::Undecided => Some("Your library is not in your collection on Trakt until you decide."),
        PullState::Importing => Some("Sending the titles of your library to your collection on Trakt."),
        PullState::Skipping => Some("Leaving your collection on Trakt as it is."),
        PullState::Off => Some("Switched off: nothing is sent to your collection on Trakt."),
        PullState::Cancelled => Some("Cancelled. What was sent stays; import again to continue."),
        PullState::Following | PullState::Due | PullState::Waiting => None,
    }
}

/// The name of a category at the beginning of a line.
pub(crate) fn title_of(category: SyncCategory) -> &'static str {
    match category {
        SyncCategory::History => "Watch history",
        SyncCategory::Ratings => "Ratings",
        SyncCategory::Watchlist => "Watchlist",
        SyncCategory::Collection => "Collection",
        SyncCategory::Playback => "Resume points",
        SyncCategory::Recommendations => "Recommendations",
        SyncCategory::Dropped => "Dropped shows",
    }
}

/// The name of a category in a sentence, its items, and the form of "have" that fits the name.
fn names(category: SyncCategory) -> (&'static str, &'static str, &'static str) {
    match category {
        SyncCategory::History => ("history", "plays", "has"),
        SyncCategory::Ratings => ("ratings", "ratings", "have"),
        SyncCategory::Watchlist => ("watchlist", "watchlist items", "has"),
        SyncCategory::Collection => ("collection", "titles", "has"),
        SyncCategory::Playback => ("resume points", "resume points", "have"),
        SyncCategory::Recommendations => ("recommendations", "recommendations", "have"),
        SyncCategory::Dropped => ("dropped shows", "dropped shows", "have"),
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::three_minutes(37, Some(180), "37 of 500 requests used, resets in 3 minutes.")]
    #[case::a_little_more(37, Some(181), "37 of 500 requests used, resets in 4 minutes.")]
    #[case::soon(500, Some(20), "500 of 500 requests used, resets within a minute.")]
    #[case::now(500, Some(0), "500 of 500 requests used, resets within a minute.")]
    #[case::unused(0, None, "0 of 500 requests used.")]
    fn request_usage_is_described(#[case] used: u32, #[case] seconds: Option<i64>, #[case] says: &str) {
        let now = DateTime::from_timestamp(1_760_000_000, 0).unwrap();
        let resets_at = seconds.map(|seconds| now + TimeDelta::seconds(seconds));
        assert_eq!(of_requests(Usage { used, limit: 500, resets_at }, now), says);
    }
}
