//! How far reading from Trakt is, in sentences.

use db::kinds::SyncCategory;
use sync::{CategoryStatus, PullState};

/// What is happening with a category.
pub(crate) fn of_category(status: &CategoryStatus) -> String {
    let (things, items, have) = names(status.category);
    match (status.state, status.total) {
        (PullState::Undecided, _) => format!(
            "Your Trakt {things} {have} not been imported. Nothing is read from Trakt until you decide."
        ),
        (PullState::Importing, Some(total)) => {
            format!("Importing your Trakt {things}: {} of {total} {items}.", status.done.min(total))
        }
        (PullState::Importing, None) => format!("Importing your Trakt {things}."),
        (PullState::Skipping, _) => {
            format!("Leaving the {items} that are on Trakt already where they are.")
        }
        (PullState::Following, _) => "In step with Trakt.".to_owned(),
        (PullState::Waiting, _) => format!(
            "{} {items} are gone from Trakt. That is more than Kinometa removes by itself, so they stay here.",
            status.held
        ),
        (PullState::Off, _) => "Switched off: nothing is read from Trakt, and nothing is sent.".to_owned(),
        (PullState::Cancelled, _) => {
            "The import was cancelled. What was imported stays; start it again at any time.".to_owned()
        }
    }
}

/// What a category is called, what it holds, and its verb.
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
