//! What the pagination headers say.

use reqwest::header::HeaderMap;

/// The pagination headers of one response. All are absent if the list is not paged.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PageInfo {
    /// `X-Pagination-Page`, counted from 1.
    pub page: Option<u32>,
    /// `X-Pagination-Limit`: the page size that was applied, regardless of the requested one.
    pub limit: Option<u32>,
    /// `X-Pagination-Page-Count`.
    pub page_count: Option<u32>,
    /// `X-Pagination-Item-Count`.
    pub item_count: Option<u64>,
}

impl PageInfo {
    pub(crate) fn from_headers(headers: &HeaderMap) -> Self {
        Self {
            page: number(headers, "x-pagination-page"),
            limit: number(headers, "x-pagination-limit"),
            page_count: number(headers, "x-pagination-page-count"),
            item_count: number(headers, "x-pagination-item-count"),
        }
    }
}

/// The order that the owner chose for a list, in Trakt's notation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChosenOrder {
    /// `X-Sort-By`: `rank`, `added`, `title` and so on.
    pub by: String,
    /// `X-Sort-How`: `asc` or `desc`.
    pub how: String,
}

impl ChosenOrder {
    pub(crate) fn from_headers(headers: &HeaderMap) -> Option<Self> {
        let text = |name| headers.get(name)?.to_str().ok().map(str::trim).filter(|text| !text.is_empty());
        Some(Self { by: text("x-sort-by")?.to_owned(), how: text("x-sort-how").unwrap_or("asc").to_owned() })
    }
}

fn number<N: std::str::FromStr>(headers: &HeaderMap, name: &str) -> Option<N> {
    headers.get(name)?.to_str().ok()?.trim().parse().ok()
}
