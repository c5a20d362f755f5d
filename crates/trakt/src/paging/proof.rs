//! What may be concluded from the absence of an item in a list.

use std::collections::BTreeSet;

use super::{Complete, Listing};

/// A list on which two full reads agree. Only such a list proves absence, and only absence allows removing something:
/// pages come back short, counts lag behind, and ids disappear for a while.
///
/// ```no_run
/// # async fn run(client: trakt::Client, local: Vec<trakt::models::TraktId>) -> trakt::Result<()> {
/// use trakt::endpoints::MediaType;
///
/// let ratings = client.sync().ratings(MediaType::Movies).collect_proven().await?;
/// let present = ratings.present(|rating| rating.media.ids().map(|ids| ids.trakt));
/// for movie in local {
///     if let Some(absence) = present.absent(Some(movie)) {
///         println!("{:?} is no longer rated on Trakt", absence.key());
///     }
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Proven<T> {
    listing: Listing<T>,
    shortfall: u64,
}

/// Two reads that do not agree, and the later one for comparison with the next.
#[derive(Debug)]
pub struct Unproven<T> {
    /// Why they do not agree.
    pub reason: UnprovenReason,
    /// The later read.
    pub latest: Complete<T>,
}

/// Why two reads prove nothing about absence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnprovenReason {
    /// They contain different items, announce different counts, or are reads of different lists.
    Different,
    /// Some items could not be read; what seems absent may be one of them.
    Unreadable,
}

impl<T> Proven<T> {
    /// Compares two full reads of one list, the earlier first. The items of the later are kept.
    pub fn from_reads(first: Complete<T>, second: Complete<T>) -> Result<Self, Box<Unproven<T>>> {
        let reason = if first.fingerprint != second.fingerprint {
            UnprovenReason::Different
        } else if !first.listing.unreadable.is_empty() || !second.listing.unreadable.is_empty() {
            UnprovenReason::Unreadable
        } else {
            return Ok(Self { shortfall: second.shortfall(), listing: second.listing });
        };
        Err(Box::new(Unproven { reason, latest: second }))
    }

    /// The items, in Trakt's order.
    pub fn items(&self) -> &[T] {
        &self.listing
    }

    /// The items, in Trakt's order.
    pub fn into_items(self) -> Vec<T> {
        self.listing.items
    }

    /// How many items the headers announced but neither read delivered: a property of the account (hidden items).
    pub fn shortfall(&self) -> u64 {
        self.shortfall
    }

    /// The items that are present, by a key of the caller's choice.
    pub fn present<K: Ord>(&self, key: impl Fn(&T) -> K) -> Present<K> {
        Present(self.listing.iter().map(key).collect())
    }
}

/// The keys of everything that is in a [`Proven`] list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Present<K>(BTreeSet<K>);

impl<K: Ord> Present<K> {
    /// Whether something is in the list.
    pub fn contains(&self, key: &K) -> bool {
        self.0.contains(key)
    }

    /// The proof that `key` is not in the list, or `None` when it is.
    pub fn absent(&self, key: K) -> Option<Absence<K>> {
        (!self.0.contains(&key)).then_some(Absence(key))
    }
}

/// The proof that something is not in a list: two full reads agree that it is missing. Only [`Present::absent`] can
/// create one; code that removes something because it is missing must require one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Absence<K>(K);

impl<K> Absence<K> {
    /// The absent key.
    pub fn key(&self) -> &K {
        &self.0
    }

    /// The absent key.
    pub fn into_key(self) -> K {
        self.0
    }
}

#[cfg(test)]
#[path = "proof_tests.rs"]
mod tests;
