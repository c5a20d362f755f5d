//! A request about preferences of one kind.

use db::kinds::OutboxKind;
use trakt::models::{Added, HiddenSection, Items, NotFound, Noted, Plain, Rated, Removed, Unrated};

use super::Pending;
use crate::{account::to_trakt, push::worker::Worker};

/// The content of a response.
pub(super) struct Answer {
    pub(super) not_found: NotFound,
    /// The number of items that it does not account for.
    pub(super) unaccounted: u64,
    /// Whether it is a removal, in which items that were not there are not counted either.
    pub(super) is_removal: bool,
}

pub(super) async fn call(
    worker: &Worker<'_>,
    kind: OutboxKind,
    pending: &[Pending],
) -> Result<Answer, trakt::Error> {
    let (sync, users) = (worker.account.client.sync(), worker.account.client.users());
    let added = |added: Added| Answer {
        unaccounted: added.unaccounted(pending.len()),
        not_found: added.not_found,
        is_removal: false,
    };
    let removed = |removed: Removed| Answer {
        unaccounted: removed.unaccounted(pending.len()),
        not_found: removed.not_found,
        is_removal: true,
    };
    match kind {
        OutboxKind::RatingAdd => {
            let mut items = Items::new();
            for message in pending {
                let stars = message.value.and_then(|value| u8::try_from(value).ok()).and_then(Rated::new);
                let at = to_trakt(&worker.account.client, message.row.occurred_at.0);
                stars.into_iter().for_each(|stars| message.subject.add_to(&mut items, stars.at(at)));
            }
            sync.add_ratings(&items).await.map(added)
        }
        OutboxKind::RatingRemove => sync.remove_ratings(&all(pending, Unrated {})).await.map(removed),
        OutboxKind::WatchlistAdd => sync.watchlist().add(&all(pending, Noted::default())).await.map(added),
        OutboxKind::WatchlistRemove => sync.watchlist().remove(&all(pending, Plain {})).await.map(removed),
        OutboxKind::DroppedAdd => {
            users.hide(&HiddenSection::Dropped, &all(pending, Plain {})).await.map(added)
        }
        OutboxKind::DroppedRemove => {
            users.unhide(&HiddenSection::Dropped, &all(pending, Plain {})).await.map(removed)
        }
        OutboxKind::RecommendationHide => {
            users.hide(&HiddenSection::Recommendations, &all(pending, Plain {})).await.map(added)
        }
        OutboxKind::RecommendationUnhide => {
            users.unhide(&HiddenSection::Recommendations, &all(pending, Plain {})).await.map(removed)
        }
        OutboxKind::ScrobbleStart
        | OutboxKind::ScrobblePause
        | OutboxKind::ScrobbleStop
        | OutboxKind::HistoryAdd
        | OutboxKind::HistoryRemove => {
            Ok(Answer { not_found: NotFound::default(), unaccounted: 0, is_removal: false })
        }
    }
}

/// Returns all titles with the same details.
fn all<D: Clone>(pending: &[Pending], details: D) -> Items<D> {
    let mut items = Items::new();
    pending.iter().for_each(|message| message.subject.add_to(&mut items, details.clone()));
    items
}
