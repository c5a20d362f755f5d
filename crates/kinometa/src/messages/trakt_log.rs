//! Messages of the sync log.

use db::kinds::{SyncCategory, SyncDirection, SyncReason, SyncWhat};
use db::rows::SyncChange;
use sync::{CannotUndo, Plan};

use super::number::grouped;

/// The sentence for a change, without the title's name.
pub(crate) fn of_change(change: &SyncChange) -> String {
    let (one, many) = names(change.category);
    if change.title_id.is_none() {
        let nouns = if change.amount == 1 { one } else { many };
        return match change.direction {
            SyncDirection::FromTrakt => format!("Imported {} {nouns} from Trakt.", grouped(change.amount)),
            SyncDirection::ToTrakt => format!("Sent {} {nouns} to Trakt.", grouped(change.amount)),
        };
    }
    let noun = capitalised(one);
    match (change.direction, change.what, change.reason) {
        (SyncDirection::FromTrakt, SyncWhat::Added, SyncReason::Import) => {
            format!("{noun} imported from Trakt.")
        }
        (SyncDirection::FromTrakt, SyncWhat::Added, _) => {
            format!("{noun} added, because it was added on Trakt.")
        }
        (SyncDirection::FromTrakt, SyncWhat::Changed, _) => {
            format!("{noun} changed, because it changed on Trakt.")
        }
        (SyncDirection::FromTrakt, SyncWhat::Removed, _) => {
            format!("{noun} removed, because it was removed on Trakt.")
        }
        (SyncDirection::ToTrakt, SyncWhat::Added, _) => format!("{noun} added on Trakt."),
        (SyncDirection::ToTrakt, SyncWhat::Changed, _) => format!("{noun} changed on Trakt."),
        (SyncDirection::ToTrakt, SyncWhat::Removed, _) => format!("{noun} removed on Trakt."),
    }
}

/// The sentence for removals that wait for confirmation.
pub(crate) fn of_plan(plan: &Plan) -> String {
    let (one, nouns) = names(plan.category);
    let (items, total) = (grouped(plan.items), grouped(plan.total));
    if plan.is_confirmed {
        let nouns = if plan.items == 1 { one } else { nouns };
        return format!("Removing {items} {nouns}, as you confirmed.");
    }
    match plan.direction {
        SyncDirection::FromTrakt => format!(
            "{items} of your {total} {nouns} are no longer on Trakt. Nothing is removed here until you decide."
        ),
        SyncDirection::ToTrakt => format!(
            "{items} of your {total} {nouns} are no longer here. Nothing is removed on Trakt until you decide."
        ),
    }
}

/// The sentence for a change that cannot be undone.
pub(crate) fn of_cannot_undo(why: CannotUndo) -> &'static str {
    match why {
        CannotUndo::Already => "This change has already been undone.",
        CannotUndo::OtherAccount => {
            "This change was made with a different Trakt account than the one that is connected."
        }
        CannotUndo::NotKnown => "This change can't be undone, because the previous state is unknown.",
        CannotUndo::Gone => "This change can't be undone, because what it added no longer exists.",
    }
}

fn names(category: SyncCategory) -> (&'static str, &'static str) {
    match category {
        SyncCategory::History => ("play", "plays"),
        SyncCategory::Ratings => ("rating", "ratings"),
        SyncCategory::Watchlist => ("watchlist item", "watchlist items"),
        SyncCategory::Collection => ("collection item", "collection items"),
        SyncCategory::Playback => ("resume point", "resume points"),
        SyncCategory::Recommendations => ("hidden recommendation", "hidden recommendations"),
        SyncCategory::Dropped => ("dropped show", "dropped shows"),
    }
}

fn capitalised(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
