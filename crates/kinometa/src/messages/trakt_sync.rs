//! How far reading from Trakt is, in sentences.

use sync::{CategoryStatus, PullState};

/// What is happening with a category.
pub(crate) fn of_category(status: &CategoryStatus) -> String {
    match (status.state, status.total) {
        (PullState::Undecided, _) => {
            "Your Trakt history has not been imported. Nothing is read from Trakt until you decide."
                .to_owned()
        }
        (PullState::Importing, Some(total)) => {
            format!("Importing your Trakt history: {} of {total} plays.", status.done.min(total))
        }
        (PullState::Importing, None) => "Importing your Trakt history.".to_owned(),
        (PullState::Skipping, _) => "Leaving the plays that are on Trakt already where they are.".to_owned(),
        (PullState::Following, _) => "In step with Trakt.".to_owned(),
        (PullState::Waiting, _) => format!(
            "{} plays are gone from Trakt. That is more than Kinometa removes by itself, so they stay here.",
            status.held
        ),
        (PullState::Off, _) => "Switched off: nothing is read from Trakt, and nothing is sent.".to_owned(),
        (PullState::Cancelled, _) => {
            "The import was cancelled. What was imported stays; start it again at any time.".to_owned()
        }
    }
}
