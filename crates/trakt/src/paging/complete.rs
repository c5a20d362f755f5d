//! A list that was read completely.

use std::collections::BTreeSet;

use super::{ChosenOrder, Listing, PageInfo};

/// One page.
#[derive(Debug, Clone)]
pub struct Page<T> {
    /// Its items, including those that could not be read.
    pub listing: Listing<T>,
    /// The pagination headers.
    pub info: PageInfo,
    /// The order that the owner chose for the list, if Trakt reports it, regardless of the requested order.
    pub chosen_order: Option<ChosenOrder>,
}

/// How far one read of a list can be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Completeness {
    /// It reached the end, and as many items arrived as the headers announced (or the endpoint, by its contract,
    /// announces nothing).
    Confirmed,
    /// It reached the end, but the count differs or is missing. Counts can be permanently wrong: a second read that
    /// agrees makes the list complete.
    Unconfirmed,
    /// The list changed while it was read, or has no end.
    Partial,
}

/// The result of one full read of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fingerprint {
    /// The request without page and limit, so that two empty reads of different lists do not agree.
    pub(crate) source: String,
    pub(crate) announced: Option<u64>,
    pub(crate) identities: BTreeSet<String>,
}

/// A list that was read completely: everything in it exists. What is not in it may still exist; see
/// [`Proven`](super::Proven).
///
/// It cannot be cloned: [`Proven::from_reads`](super::Proven::from_reads) takes two reads, not one read twice.
#[derive(Debug)]
pub struct Complete<T> {
    /// Every distinct item, in Trakt's order, and those that could not be read.
    pub listing: Listing<T>,
    /// How many requests it took.
    pub pages: u32,
    /// The order that the owner chose for the list, if Trakt reports it, regardless of the requested order.
    pub chosen_order: Option<ChosenOrder>,
    pub(super) completeness: Completeness,
    pub(super) fingerprint: Fingerprint,
}

impl<T> Complete<T> {
    pub(crate) fn new(
        listing: Listing<T>,
        pages: u32,
        completeness: Completeness,
        fingerprint: Fingerprint,
    ) -> Self {
        Self { listing, pages, chosen_order: None, completeness, fingerprint }
    }

    /// [`Completeness::Confirmed`] when the item count agreed, [`Completeness::Unconfirmed`] when a second read did.
    pub fn completeness(&self) -> Completeness {
        self.completeness
    }

    /// How many items the headers announced but Trakt did not deliver: hidden ones are counted but omitted.
    pub fn shortfall(&self) -> u64 {
        let announced = self.fingerprint.announced.unwrap_or(0);
        announced.saturating_sub(self.fingerprint.identities.len() as u64)
    }
}
