//! Lists that come in pages, and how to know that one was read completely.
//!
//! Nearly every list of Trakt's is paged, a too large `limit` is clamped instead of refused, and a list can move while
//! it is read. A client that believes the page size it asked for, or stops at a short page, loses the rest in silence.
//! So a [`Paged`] request walks on the page count of the headers, and [`Paged::collect_all`] compares the number of
//! distinct items with `X-Pagination-Item-Count` before it calls a list complete.

mod identity;
mod info;
mod listing;
mod walk;

use std::marker::PhantomData;

use futures::stream::{self, Stream};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::client::{Call, Client};
use crate::error::{Error, Result};
use crate::extended::Extended;
use crate::filters::Filters;

pub use identity::identity;
pub use info::PageInfo;
pub use listing::{Listing, OddItem};
pub use walk::{Next, Walk};

/// How often [`Paged::collect_all`] reads a list that keeps moving.
const ATTEMPTS: u32 = 3;

/// What is asked for unless the caller says otherwise. Trakt clamps it where it allows less, and the answer's own
/// limit is what counts.
const ASKED_LIMIT: u32 = 250;

/// One page.
#[derive(Debug, Clone)]
pub struct Page<T> {
    /// Its items, and those that could not be read.
    pub listing: Listing<T>,
    /// What the headers say.
    pub info: PageInfo,
}

/// A list that was read completely.
#[derive(Debug, Clone)]
pub struct Complete<T> {
    /// Every distinct item, in Trakt's order, and those that could not be read.
    pub listing: Listing<T>,
    /// How many requests it took.
    pub pages: u32,
}

/// A request for a list in pages. Nothing is sent before [`Paged::page`], [`Paged::stream`], [`Paged::collect_all`] or
/// [`Paged::first`].
///
/// ```no_run
/// # async fn run(client: trakt::Client) -> trakt::Result<()> {
/// let history = client.sync().history(&trakt::endpoints::HistoryQuery::all()).collect_all().await?;
/// for odd in &history.listing.odd {
///     eprintln!("item {} could not be read: {}", odd.index, odd.reason);
/// }
/// println!("{} plays", history.listing.len());
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
#[must_use = "nothing is sent until a page is asked for"]
pub struct Paged<T> {
    client: Client,
    call: Call,
    limit: u32,
    item: PhantomData<fn() -> T>,
}

impl<T> Clone for Paged<T> {
    fn clone(&self) -> Self {
        Self { client: self.client.clone(), call: self.call.clone(), limit: self.limit, item: PhantomData }
    }
}

impl<T: DeserializeOwned> Paged<T> {
    pub(crate) fn new(client: &Client, call: Call) -> Self {
        Self { client: client.clone(), call, limit: ASKED_LIMIT, item: PhantomData }
    }

    /// Asks for more detail.
    pub fn extended(mut self, extended: Extended) -> Self {
        self.call.query.extend(extended.query());
        self
    }

    /// Narrows the list.
    pub fn filters(mut self, filters: &Filters) -> Self {
        self.call.query.extend(filters.query());
        self
    }

    /// Asks for pages of this size. Trakt may apply less.
    pub fn limit(mut self, limit: u32) -> Self {
        self.limit = limit.max(1);
        self
    }

    /// Adds a query parameter that has no method of its own.
    pub fn query(mut self, name: &'static str, value: impl ToString) -> Self {
        self.call.query.push((name, value.to_string()));
        self
    }

    /// Reads one page, counted from 1.
    pub async fn page(&self, page: u32) -> Result<Page<T>> {
        let raw = self.raw_page(page).await?;
        Ok(Page { listing: Listing::read(raw.items), info: raw.info })
    }

    /// The pages in order. The stream ends after the last page of the latest page count, or with the first error.
    pub fn stream(&self) -> impl Stream<Item = Result<Page<T>>> + Send + use<T>
    where
        T: Send,
    {
        let start = Some((self.clone(), Walk::new()));
        stream::unfold(start, |state| async move {
            let (request, mut walk) = state?;
            match request.raw_page(walk.page()).await {
                Ok(raw) => {
                    let next = walk.take(&raw.info, raw.items.iter().map(identity));
                    let page = Page { listing: Listing::read(raw.items), info: raw.info };
                    Some((Ok(page), (next == Next::Page).then_some((request, walk))))
                }
                Err(error) => Some((Err(error), None)),
            }
        })
    }

    /// Reads the whole list and returns it only if it is whole: the number of distinct items equals the item count of
    /// the headers. A list that moved meanwhile is read again; one that never adds up is [`Error::Incomplete`].
    pub async fn collect_all(&self) -> Result<Complete<T>> {
        let mut pages = 0;
        let (mut expected, mut distinct) = (0, 0);
        for _ in 0..ATTEMPTS {
            let mut walk = Walk::new();
            let mut items = Vec::new();
            let next = loop {
                let raw = self.raw_page(walk.page()).await?;
                pages += 1;
                let new = walk.new_items(raw.items.iter().map(identity));
                let next = walk.advance(&raw.info, raw.items.len());
                items.extend(raw.items.into_iter().zip(new).filter_map(|(item, new)| new.then_some(item)));
                if next != Next::Page {
                    break next;
                }
            };
            if next == Next::Complete {
                return Ok(Complete { listing: Listing::read(items), pages });
            }
            (expected, distinct) = (walk.expected(), walk.distinct());
        }
        Err(Error::Incomplete { expected, distinct, attempts: ATTEMPTS })
    }

    /// The first `count` distinct items: for charts, which move all the time and are wanted from the top.
    pub async fn first(&self, count: usize) -> Result<Listing<T>> {
        let limit = u32::try_from(count).unwrap_or(u32::MAX).clamp(1, self.limit);
        let request = self.clone().limit(limit);
        let mut walk = Walk::new();
        let mut items = Vec::new();
        while items.len() < count {
            let raw = request.raw_page(walk.page()).await?;
            let new = walk.new_items(raw.items.iter().map(identity));
            let next = walk.advance(&raw.info, raw.items.len());
            items.extend(raw.items.into_iter().zip(new).filter_map(|(item, new)| new.then_some(item)));
            if next != Next::Page {
                break;
            }
        }
        items.truncate(count);
        Ok(Listing::read(items))
    }

    async fn raw_page(&self, page: u32) -> Result<RawPage> {
        let mut call = self.call.clone();
        call.query.push(("page", page.to_string()));
        call.query.push(("limit", self.limit.to_string()));
        let answer = self.client.send::<Vec<Value>>(&call).await?;
        Ok(RawPage { items: answer.body, info: answer.page })
    }
}

struct RawPage {
    items: Vec<Value>,
    info: PageInfo,
}
