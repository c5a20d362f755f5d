//! A request for a list in pages.

use std::marker::PhantomData;

use futures::stream::{self, Stream};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::client::{Call, Client};
use crate::error::{Error, Result};
use crate::extended::Extended;
use crate::filters::Filters;
use crate::paging::{
    Complete, Completeness, EndsAt, Fingerprint, Listing, Next, Page, PageInfo, Proven, Walk, flatten,
    identity,
};

/// How often a list that keeps changing is read before it is [`Error::Incomplete`].
const ATTEMPTS: u32 = 4;

/// The page size that is asked for by default. Trakt clamps it where it allows less, and the answer's own limit is what
/// counts.
const ASKED_LIMIT: u32 = 250;

/// The smallest page size that is tried after a 504.
const SMALLEST_LIMIT: u32 = 10;

/// How the body of a page holds its entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// As a list.
    List,
    /// As an object keyed by ids.
    Compact,
}

/// A request for a list in pages. Nothing is sent before [`Paged::page`], [`Paged::stream`], [`Paged::collect_all`],
/// [`Paged::collect_proven`] or [`Paged::first`].
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
    ends_at: EndsAt,
    form: Form,
    item: PhantomData<fn() -> T>,
}

impl<T> Clone for Paged<T> {
    fn clone(&self) -> Self {
        Self { client: self.client.clone(), call: self.call.clone(), item: PhantomData, ..*self }
    }
}

/// One read of a list, from its first page to its last.
struct Reading {
    items: Vec<Value>,
    pages: u32,
    completeness: Completeness,
    fingerprint: Fingerprint,
}

impl Reading {
    fn complete<T: DeserializeOwned>(self, pages: u32) -> Complete<T> {
        Complete::new(Listing::read(self.items), pages, self.completeness, self.fingerprint)
    }
}

struct RawPage {
    items: Vec<Value>,
    info: PageInfo,
}

impl<T: DeserializeOwned> Paged<T> {
    pub(crate) fn new(client: &Client, call: Call) -> Self {
        Self {
            client: client.clone(),
            call,
            limit: ASKED_LIMIT,
            ends_at: EndsAt::PageCount,
            form: Form::List,
            item: PhantomData,
        }
    }

    /// For endpoints that answer everything at once unless `page` or `limit` is sent.
    pub(crate) fn in_one_piece(self) -> Self {
        Self { ends_at: EndsAt::FirstPage, ..self }
    }

    /// For endpoints that answer objects keyed by ids, until one is empty.
    pub(crate) fn compact(self, limit: u32) -> Self {
        Self { ends_at: EndsAt::EmptyPage, form: Form::Compact, limit, ..self }
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
        if self.ends_at == EndsAt::FirstPage {
            self.ends_at = EndsAt::PageCount;
        }
        self
    }

    /// Adds a query parameter that has no method of its own.
    pub fn query(mut self, name: &'static str, value: impl ToString) -> Self {
        self.call.query.push((name, value.to_string()));
        self
    }

    /// Reads one page, counted from 1.
    pub async fn page(&self, page: u32) -> Result<Page<T>> {
        let raw = self.raw_page(page, None).await?;
        Ok(Page { listing: Listing::read(raw.items), info: raw.info })
    }

    /// The pages in order, to the end of the list (see [`crate::paging`]) or to the first error.
    pub fn stream(&self) -> impl Stream<Item = Result<Page<T>>> + Send + use<T>
    where
        T: Send,
    {
        let start = Some((self.clone(), Walk::new(self.ends_at)));
        stream::unfold(start, |state| async move {
            let (request, mut walk) = state?;
            match request.raw_page(walk.page(), walk.applied_limit()).await {
                Ok(raw) => {
                    let next = walk.take(&raw.info, raw.items.iter().map(identity));
                    let page = Page { listing: Listing::read(raw.items), info: raw.info };
                    Some((Ok(page), (next == Next::Page).then_some((request, walk))))
                }
                Err(error) => Some((Err(error), None)),
            }
        })
    }

    /// Reads the whole list: once if the number of distinct items is the one that the headers announce, otherwise until
    /// two reads agree. A list that changes with every read is [`Error::Incomplete`].
    ///
    /// Everything in the result is there. To conclude that something is *not* there, use [`Paged::collect_proven`].
    pub async fn collect_all(&self) -> Result<Complete<T>> {
        let mut pages = 0;
        let mut earlier: Option<Fingerprint> = None;
        let mut last = (0, None);
        for _ in 0..ATTEMPTS {
            let reading = self.read_all().await?;
            pages += reading.pages;
            let agrees = earlier.as_ref() == Some(&reading.fingerprint);
            match reading.completeness {
                Completeness::Confirmed => return Ok(reading.complete(pages)),
                Completeness::Unconfirmed if agrees => return Ok(reading.complete(pages)),
                Completeness::Unconfirmed | Completeness::Partial => {
                    let seen = &reading.fingerprint;
                    last = (seen.identities.len() as u64, seen.announced);
                    if reading.completeness == Completeness::Unconfirmed {
                        earlier = Some(reading.fingerprint);
                    }
                }
            }
        }
        Err(incomplete(last))
    }

    /// Reads the whole list until two full reads agree, so that absence from it can be believed. It takes at least twice
    /// the requests of [`Paged::collect_all`]; ask only when something is missing.
    ///
    /// It fails with [`Error::Incomplete`] when no two reads agree, or when items could not be read: what seems absent
    /// may be one of them.
    pub async fn collect_proven(&self) -> Result<Proven<T>> {
        let mut earlier: Option<Complete<T>> = None;
        let mut last = (0, None);
        for _ in 0..ATTEMPTS {
            let reading = self.read_all().await?;
            last = (reading.fingerprint.identities.len() as u64, reading.fingerprint.announced);
            if reading.completeness == Completeness::Partial {
                continue;
            }
            let pages = reading.pages;
            let complete = reading.complete(pages);
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

    /// The first `count` distinct items: for charts, which move all the time and are wanted from the top.
    pub async fn first(&self, count: usize) -> Result<Listing<T>> {
        let limit = u32::try_from(count).unwrap_or(u32::MAX).clamp(1, self.limit);
        let request = self.clone().limit(limit);
        let mut walk = Walk::new(request.ends_at);
        let mut items = Vec::new();
        while items.len() < count {
            if request.step(&mut walk, &mut items).await? != Next::Page {
                break;
            }
        }
        items.truncate(count);
        Ok(Listing::read(items))
    }

    /// Reads the list once. A 504 means that the pages are too large: smaller ones are tried, from the start.
    async fn read_all(&self) -> Result<Reading> {
        let mut request = self.clone();
        loop {
            match request.walk().await {
                Err(Error::Server { status: 504, .. }) if request.limit / 2 >= SMALLEST_LIMIT => {
                    request = match request.ends_at {
                        EndsAt::FirstPage => request.limit(ASKED_LIMIT),
                        EndsAt::PageCount | EndsAt::EmptyPage => {
                            let smaller = request.limit / 2;
                            request.limit(smaller)
                        }
                    };
                }
                outcome => return outcome,
            }
        }
    }

    async fn walk(&self) -> Result<Reading> {
        let mut walk = Walk::new(self.ends_at);
        let mut items = Vec::new();
        loop {
            if let Next::End(completeness) = self.step(&mut walk, &mut items).await? {
                let pages = walk.page() - 1;
                let fingerprint = walk.into_fingerprint(self.source());
                return Ok(Reading { items, pages, completeness, fingerprint });
            }
        }
    }

    /// Reads the next page and keeps those of its items that are new.
    async fn step(&self, walk: &mut Walk, items: &mut Vec<Value>) -> Result<Next> {
        let raw = self.raw_page(walk.page(), walk.applied_limit()).await?;
        let new = walk.new_items(raw.items.iter().map(identity));
        let next = walk.advance(&raw.info, &new);
        items.extend(raw.items.into_iter().zip(new).filter_map(|(item, new)| new.then_some(item)));
        Ok(next)
    }

    /// `applied` is the page size that the server chose by itself, for endpoints that were not asked for one.
    async fn raw_page(&self, page: u32, applied: Option<u32>) -> Result<RawPage> {
        let mut call = self.call.clone();
        let limit = match self.ends_at {
            EndsAt::PageCount | EndsAt::EmptyPage => Some(self.limit),
            EndsAt::FirstPage => (page > 1).then(|| applied.unwrap_or(self.limit)),
        };
        if let Some(limit) = limit {
            call.query.push(("page", page.to_string()));
            call.query.push(("limit", limit.to_string()));
        }
        Ok(match self.form {
            Form::List => {
                let answer = self.client.send::<Vec<Value>>(&call).await?;
                RawPage { items: answer.body, info: answer.page }
            }
            Form::Compact => {
                let answer = self.client.send::<Value>(&call).await?;
                // The headers count the outermost keys; the entries are the times below them.
                RawPage { items: flatten(answer.body), info: PageInfo::default() }
            }
        })
    }

    fn source(&self) -> String {
        format!("{}?{:?}", self.call.path(), self.call.query)
    }
}

fn incomplete((distinct, announced): (u64, Option<u64>)) -> Error {
    Error::Incomplete { expected: announced.unwrap_or(distinct), distinct, attempts: ATTEMPTS }
}
