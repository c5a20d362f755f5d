//! Pagination, with Trakt's headers and their misleading cases.

use std::collections::BTreeMap;

use serde::Serialize;

use super::context::{Answer, Context};
use super::refusal::Refusal;
use crate::faults::FaultKind;
use crate::message::Reply;

/// The requested page.
#[derive(Debug, Clone, Copy)]
struct Page {
    number: usize,
    limit: usize,
}

impl Page {
    fn of<T>(self, all: &[T]) -> &[T] {
        let from = (self.number - 1).saturating_mul(self.limit).min(all.len());
        &all[from..from.saturating_add(self.limit).min(all.len())]
    }
}

impl Context<'_> {
    /// Returns a page of `all`. `show` creates the entry of an item; items for which it returns `None` are left out.
    pub(crate) fn paged<T, S: Serialize>(&self, all: &[T], show: impl Fn(&T) -> Option<S>) -> Answer {
        self.paged_within(all, self.store.config.default_limit, self.store.config.max_limit, show)
    }

    /// Like `paged`, with other page sizes.
    pub(crate) fn paged_within<T, S: Serialize>(
        &self,
        all: &[T],
        default: usize,
        max: usize,
        show: impl Fn(&T) -> Option<S>,
    ) -> Answer {
        self.paged_announcing(all, all.len(), (default, max), show)
    }

    /// Like `paged_within`, for a list whose announced item count is not its length.
    pub(crate) fn paged_announcing<T, S: Serialize>(
        &self,
        all: &[T],
        items: usize,
        (default, max): (usize, usize),
        show: impl Fn(&T) -> Option<S>,
    ) -> Answer {
        let page = self.page(default, max)?;
        let shrunk = self.shrunk_by(page.number).min(all.len());
        let rows = page.of(&all[shrunk..]);
        let short = self.short_by(page, rows.len()).min(rows.len());
        let entries: Vec<S> = rows[short..].iter().filter_map(show).collect();
        Ok(self.page_headers(Reply::json(200, &entries), page, items.saturating_sub(shrunk)))
    }

    /// Returns an empty list, with the usual page headers.
    pub(crate) fn paged_nothing(&self) -> Answer {
        self.paged::<(), ()>(&[], |()| None)
    }

    /// Returns all items in one response.
    pub(crate) fn whole<T, S: Serialize>(&self, all: &[T], show: impl Fn(&T) -> Option<S>) -> Answer {
        Ok(Reply::json(200, &all.iter().filter_map(show).collect::<Vec<S>>()))
    }

    /// Returns a page of a compact form: an object with a member for each row. Compact forms have larger limits.
    pub(crate) fn paged_compact<T, S: Serialize>(
        &self,
        all: &[T],
        max: usize,
        show: impl Fn(&[T]) -> S,
    ) -> Answer {
        let clamped = self.faults.iter().find_map(|fault| match fault {
            FaultKind::PaginatedCompact { limit } => Some(*limit),
            _ => None,
        });
        let page = self.page(self.store.config.default_limit, clamped.unwrap_or(max))?;
        Ok(self.page_headers(Reply::json(200, &show(page.of(all))), page, all.len()))
    }

    /// Returns a page of a form that announces no counts: clients read until a page is empty.
    pub(crate) fn paged_uncounted<T, S: Serialize>(
        &self,
        all: &[T],
        limit: usize,
        show: impl Fn(&[T]) -> S,
    ) -> Answer {
        let page = self.page(limit, limit)?;
        let reply = Reply::json(200, &show(page.of(all)));
        Ok(reply
            .header("X-Pagination-Page", page.number.to_string())
            .header("X-Pagination-Limit", page.limit.to_string()))
    }

    /// Returns whether the request is for a page.
    pub(crate) fn requests_a_page(&self) -> bool {
        self.request.query("page").is_some() || self.request.query("limit").is_some()
    }

    fn page(&self, default: usize, max: usize) -> Result<Page, Refusal> {
        let ignored = self.faults.contains(&FaultKind::IgnoreLimit);
        let requested = self.number("limit")?.filter(|limit| *limit > 0 && !ignored);
        let number = self.number("page")?.unwrap_or(1).max(1);
        Ok(Page { number, limit: requested.unwrap_or(default).min(max).max(1) })
    }

    fn page_headers(&self, reply: Reply, page: Page, items: usize) -> Reply {
        let (pages, items) = self.announced(page, items);
        // An empty list announces no pages and a limit of 0; clients have to read page 1 anyway.
        let limit = if items == 0 { 0 } else { page.limit };
        reply
            .header("X-Pagination-Page", page.number.to_string())
            .header("X-Pagination-Limit", limit.to_string())
            .header("X-Pagination-Page-Count", pages.to_string())
            .header("X-Pagination-Item-Count", items.to_string())
    }

    /// Returns the page and item counts for the headers.
    fn announced(&self, page: Page, mut items: usize) -> (usize, usize) {
        let mut off = 0;
        for fault in self.faults {
            match fault {
                FaultKind::StaleCounts { items: by } => items = moved(items, *by),
                FaultKind::ClampedCounts { items: most } => items = items.min(*most),
                FaultKind::ForeignPageHeaders { items: other } => items = *other,
                FaultKind::WrongPageCounts { by } => off = *by,
                _ => {}
            }
        }
        (moved(items.div_ceil(page.limit), off), moved(items, off))
    }

    fn shrunk_by(&self, page: usize) -> usize {
        let by = self.faults.iter().find_map(|fault| match fault {
            FaultKind::ShrinkingLists { by } => Some(*by),
            _ => None,
        });
        if page > 1 { by.unwrap_or(0) } else { 0 }
    }

    /// Returns how many rows are missing from a page after pagination.
    fn short_by(&self, page: Page, rows: usize) -> usize {
        let short = self.faults.iter().find_map(|fault| match fault {
            FaultKind::ShortPages { by, page: None } if rows == page.limit => Some(*by),
            FaultKind::ShortPages { by, page: Some(number) } if *number == page.number => Some(*by),
            _ => None,
        });
        short.unwrap_or(0)
    }

    fn number(&self, name: &str) -> Result<Option<usize>, Refusal> {
        let Some(text) = self.request.query(name) else { return Ok(None) };
        if text == "all" {
            return Ok(Some(usize::MAX));
        }
        text.parse().map(Some).map_err(|_| Refusal::BadRequest("page and limit are whole numbers"))
    }
}

/// Converts the rows of a compact form to an object.
pub(super) fn as_object<T: Clone>(rows: &[(u64, T)]) -> BTreeMap<u64, T> {
    rows.iter().cloned().collect()
}

fn moved(count: usize, by: i64) -> usize {
    let by_size = usize::try_from(by.unsigned_abs()).unwrap_or(usize::MAX);
    if by < 0 { count.saturating_sub(by_size) } else { count.saturating_add(by_size) }
}
