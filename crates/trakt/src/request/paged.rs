//! A request for a paged list.

use futures::stream::{self, Stream};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::pages::{ATTEMPTS, Pages, Reading, incomplete};
use crate::client::{Call, Client};
use crate::error::Result;
use crate::extended::Extended;
use crate::filters::Filters;
use crate::paging::{Complete, Completeness, Listing, Next, Page, Proven, Walk, identity};

/// A request for a paged list. Nothing is sent before [`Paged::page`], [`Paged::stream`], [`Paged::collect_all`],
/// [`Paged::collect_proven`] or [`Paged::first`].
///
/// ```no_run
/// # async fn run(client: trakt::Client) -> trakt::Result<()> {
/// let history = client.sync().history(&trakt::endpoints::HistoryQuery::all()).collect_all().await?;
/// for item in &history.listing.unreadable {
///     eprintln!("item {} could not be read: {}", item.index, item.reason);
/// }
/// println!("{} plays", history.listing.len());
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
#[must_use = "nothing is sent until a page is requested"]
pub struct Paged<T> {
    pages: Pages,
    /// Chosen where the endpoint is defined, so that the code that reads an item is compiled once, in this crate.
    decode: fn(Vec<Value>) -> Listing<T>,
}

impl<T> Clone for Paged<T> {
    fn clone(&self) -> Self {
        Self { pages: self.pages.clone(), decode: self.decode }
    }
}

impl<T: DeserializeOwned> Paged<T> {
    pub(crate) fn new(client: &Client, call: Call) -> Self {
        Self { pages: Pages::new(client, call), decode: Listing::read }
    }
}

impl<T> Paged<T> {
    /// For endpoints that return everything at once unless `page` or `limit` is sent.
    pub(crate) fn unpaged(self) -> Self {
        Self { pages: self.pages.unpaged(), ..self }
    }

    /// For endpoints that return objects keyed by ids, until one is empty.
    pub(crate) fn compact(self, limit: u32) -> Self {
        Self { pages: self.pages.compact(limit), ..self }
    }

    /// Requests more detail.
    pub fn extended(mut self, extended: Extended) -> Self {
        self.pages.call.query.extend(extended.query());
        self
    }

    /// Filters the list.
    pub fn filters(mut self, filters: &Filters) -> Self {
        self.pages.call.query.extend(filters.query());
        self
    }

    /// Requests pages of this size. Trakt may apply less.
    pub fn limit(self, limit: u32) -> Self {
        Self { pages: self.pages.limited(limit), ..self }
    }

    /// Adds a query parameter without a method of its own.
    pub fn query(mut self, name: &'static str, value: impl ToString) -> Self {
        self.pages.call.query.push((name, value.to_string()));
        self
    }

    /// Reads one page, counted from 1.
    pub async fn page(&self, page: u32) -> Result<Page<T>> {
        let raw = self.pages.read_page(page, None).await?;
        Ok(Page { listing: (self.decode)(raw.items), info: raw.info, chosen_order: raw.chosen_order })
    }

    /// The pages in order, to the end of the list (see [`crate::paging`]) or to the first error.
    pub fn stream(&self) -> impl Stream<Item = Result<Page<T>>> + Send + use<T>
    where
        T: Send + 'static,
    {
        let start = Some((self.clone(), Walk::new(self.pages.ends_at)));
        stream::unfold(start, |state| async move {
            let (request, mut walk) = state?;
            match request.pages.read_page(walk.page(), walk.applied_limit()).await {
                Ok(raw) => {
                    let next = walk.take(&raw.info, raw.items.iter().map(identity));
                    let listing = (request.decode)(raw.items);
                    let page = Page { listing, info: raw.info, chosen_order: raw.chosen_order };
                    Some((Ok(page), (next == Next::Page).then_some((request, walk))))
                }
                Err(error) => Some((Err(error), None)),
            }
        })
    }

    /// Reads the whole list: once if the number of distinct items is the one that the headers announce, otherwise until
    /// two reads agree. A list that changes with every read is [`Error::Incomplete`](crate::Error::Incomplete).
    ///
    /// Everything in the result exists. To conclude that something does *not* exist, use [`Paged::collect_proven`].
    pub async fn collect_all(&self) -> Result<Complete<T>> {
        Ok(self.complete(self.pages.read_complete().await?))
    }

    /// Reads the whole list until two full reads agree, so that absence from it is reliable. It takes at least twice
    /// the requests of [`Paged::collect_all`]; use it only if something is missing.
    ///
    /// It fails with [`Error::Incomplete`](crate::Error::Incomplete) when no two reads agree, or when items could not be
    /// read: what seems absent may be one of them.
    pub async fn collect_proven(&self) -> Result<Proven<T>> {
        let mut earlier: Option<Complete<T>> = None;
        let mut last = (0, None);
        for _ in 0..ATTEMPTS {
            let reading = self.pages.read_once().await?;
            last = reading.count();
            if reading.completeness == Completeness::Partial {
                continue;
            }
            let complete = self.complete(reading);
            earlier = match earlier {
                None => Some(complete),
                Some(first) => match Proven::from_reads(first, complete) {
                    Ok(proven) => return Ok(proven),
                    Err(unproven) => Some(unproven.latest),
                },
            };
        }
        Err(incomplete(last))
    }

    /// The first `count` distinct items, for charts, which change constantly and of which only the top is needed.
    pub async fn first(&self, count: usize) -> Result<Listing<T>> {
        Ok((self.decode)(self.pages.read_first(count).await?))
    }

    fn complete(&self, reading: Reading) -> Complete<T> {
        let Reading { items, pages, chosen_order, completeness, fingerprint } = reading;
        let mut complete = Complete::new((self.decode)(items), pages, completeness, fingerprint);
        complete.chosen_order = chosen_order;
        complete
    }
}
