//! Walking through the pages of a list, without I/O.

use std::collections::BTreeSet;

use super::{Completeness, Fingerprint, PageInfo};

/// How many pages beyond the announced end are read before a walk stops, as in Trakt's own client.
const UNANNOUNCED_PAGES: u32 = 100;
/// The maximum number of pages of a list that ends at an empty page: a guard against a server that never sends one.
const PAGES_WITHOUT_COUNT: u32 = 10_000;
/// How many empty pages in a row end a walk before the announced end: a guard against absurd page counts.
const EMPTY_PAGES: u32 = 10;

/// Where a list ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum EndsAt {
    /// At or after the announced page count, at the first page that is not full. Without a page count: at the first
    /// empty page, and then only a second read can confirm it.
    #[default]
    PageCount,
    /// At the first empty page: the endpoint announces no page count, or not always.
    EmptyPage,
    /// With the first page, unless its headers announce more: the endpoint returns everything at once.
    FirstPage,
}

/// What comes after a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// Another page: [`Walk::page`].
    Page,
    /// That was the last page.
    End(Completeness),
}

/// The state of one walk from the first page to the last.
#[derive(Debug, Clone, Default)]
pub struct Walk {
    ends_at: EndsAt,
    done: u32,
    seen: BTreeSet<String>,
    page_count: Option<u32>,
    item_count: Option<u64>,
    limit: Option<u32>,
    /// Whether the headers of two pages contradict each other, so that the pages belong to different states of the list.
    shifted: bool,
    empty_in_a_row: u32,
}

impl Walk {
    /// Before the first page.
    pub fn new(ends_at: EndsAt) -> Self {
        Self { ends_at, ..Self::default() }
    }

    /// Before a later page, to continue an interrupted walk. The items of earlier pages are not known, so the completeness
    /// does not cover them.
    pub fn from_page(ends_at: EndsAt, page: u32) -> Self {
        Self { ends_at, done: page.saturating_sub(1), ..Self::default() }
    }

    /// The page to read, counted from 1.
    pub fn page(&self) -> u32 {
        self.done + 1
    }

    /// How many distinct items have arrived.
    pub fn distinct(&self) -> u64 {
        self.seen.len() as u64
    }

    /// How many items the headers announced, if they did.
    pub fn announced(&self) -> Option<u64> {
        self.item_count
    }

    /// The page size that the server applied, if it reported one.
    pub fn applied_limit(&self) -> Option<u32> {
        self.limit.filter(|limit| *limit > 0)
    }

    /// The result, for comparison with another read of the same `source`.
    pub(crate) fn into_fingerprint(self, source: String) -> Fingerprint {
        Fingerprint { source, announced: self.item_count, identities: self.seen }
    }

    /// Processes a page: its headers and the identities of its items.
    pub fn take(&mut self, info: &PageInfo, items: impl Iterator<Item = String>) -> Next {
        let new = self.new_items(items);
        self.advance(info, &new)
    }

    /// Remembers the items of a page and returns which of them are new.
    pub fn new_items(&mut self, items: impl Iterator<Item = String>) -> Vec<bool> {
        items.map(|item| self.seen.insert(item)).collect()
    }

    /// Advances after a page; `new` says for each of its items whether it was new.
    pub fn advance(&mut self, info: &PageInfo, new: &[bool]) -> Next {
        self.done += 1;
        if new.is_empty() {
            self.empty_in_a_row += 1;
        } else {
            self.empty_in_a_row = 0;
        }
        // An empty page beyond the end announces nothing, or a limit of 0.
        if !new.is_empty() || self.done == 1 {
            self.update_from_headers(info);
        }
        match (self.ends_at, self.page_count) {
            (EndsAt::FirstPage, None) => Next::End(Completeness::Confirmed),
            (EndsAt::EmptyPage, _) | (EndsAt::PageCount, None) => self.until_empty(new),
            (EndsAt::PageCount | EndsAt::FirstPage, Some(pages)) => self.until_announced(pages, new),
        }
    }

    fn update_from_headers(&mut self, info: &PageInfo) {
        self.shifted |= contradicts(self.item_count, info.item_count)
            || contradicts(self.page_count, info.page_count)
            || contradicts(self.limit, info.limit);
        self.item_count = info.item_count.or(self.item_count);
        self.page_count = info.page_count.max(self.page_count);
        self.limit = info.limit.or(self.limit);
    }

    /// What follows a page if the number of pages is unknown.
    fn until_empty(&self, new: &[bool]) -> Next {
        let max_pages =
            if self.ends_at == EndsAt::EmptyPage { PAGES_WITHOUT_COUNT } else { UNANNOUNCED_PAGES };
        if new.is_empty() {
            Next::End(self.completeness())
        } else if !new.contains(&true) {
            // The server ignores `page` or repeats itself. What it omits cannot be determined from one read.
            Next::End(if self.ends_at == EndsAt::EmptyPage {
                Completeness::Unconfirmed
            } else {
                Completeness::Partial
            })
        } else if self.done >= max_pages {
            Next::End(Completeness::Partial)
        } else {
            Next::Page
        }
    }

    /// What follows a page if a page count was announced. The count is a floor: it comes from a cached item count that
    /// lags behind.
    fn until_announced(&self, pages: u32, new: &[bool]) -> Next {
        if self.done < pages {
            // A page within the announced range can be short, even empty: rows that cannot be resolved are dropped
            // after the page was cut.
            return if self.empty_in_a_row < EMPTY_PAGES {
                Next::Page
            } else {
                Next::End(self.completeness())
            };
        }
        let full = self.applied_limit().map_or(!new.is_empty(), |limit| new.len() >= limit as usize);
        if !full || !new.contains(&true) {
            Next::End(self.completeness())
        } else if self.done - pages >= UNANNOUNCED_PAGES {
            Next::End(Completeness::Partial)
        } else {
            Next::Page
        }
    }

    /// How far a read that reached the end can be trusted.
    fn completeness(&self) -> Completeness {
        let by_contract = self.ends_at == EndsAt::EmptyPage;
        if self.shifted {
            Completeness::Partial
        } else if by_contract || self.item_count == Some(self.distinct()) {
            Completeness::Confirmed
        } else {
            Completeness::Unconfirmed
        }
    }
}

fn contradicts<N: PartialEq>(before: Option<N>, now: Option<N>) -> bool {
    before.is_some() && now.is_some() && before != now
}

#[cfg(test)]
#[path = "walk_tests.rs"]
mod tests;
