//! Reading the pages of a list as raw entries. Independent of item types, so that it is compiled once and not for every
//! type.

use futures::FutureExt;
use futures::future::BoxFuture;
use serde_json::Value;

use crate::client::{Call, Client};
use crate::error::{Error, Result};
use crate::paging::{
    ChosenOrder, Completeness, EndsAt, Fingerprint, Next, PageInfo, Walk, flatten, identity,
};

/// How often a list that keeps changing is read before it is [`Error::Incomplete`].
pub(super) const ATTEMPTS: u32 = 4;

/// The page size requested by default. Trakt clamps it if it allows less, and the limit in the response is what counts.
const DEFAULT_LIMIT: u32 = 250;

/// The smallest page size that is tried after a 504.
const SMALLEST_LIMIT: u32 = 10;

/// How the body of a page contains its entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// As a list.
    List,
    /// As an object keyed by ids.
    Compact,
}

/// The pages of one list.
#[derive(Debug, Clone)]
pub(super) struct Pages {
    client: Client,
    pub(super) call: Call,
    pub(super) limit: u32,
    pub(super) ends_at: EndsAt,
    form: Form,
}

/// One read of a list, from its first page to its last.
pub(super) struct Reading {
    pub(super) items: Vec<Value>,
    pub(super) pages: u32,
    pub(super) chosen_order: Option<ChosenOrder>,
    pub(super) completeness: Completeness,
    pub(super) fingerprint: Fingerprint,
}

/// The result of reading one page.
struct Step {
    next: Next,
    chosen_order: Option<ChosenOrder>,
}

/// The entries and headers of one page.
pub(super) struct RawPage {
    pub(super) items: Vec<Value>,
    pub(super) info: PageInfo,
    pub(super) chosen_order: Option<ChosenOrder>,
}

impl Pages {
    pub(super) fn new(client: &Client, call: Call) -> Self {
        let client = client.clone();
        Self { client, call, limit: DEFAULT_LIMIT, ends_at: EndsAt::PageCount, form: Form::List }
    }

    /// For endpoints that return everything at once unless `page` or `limit` is sent.
    pub(super) fn unpaged(self) -> Self {
        Self { ends_at: EndsAt::FirstPage, ..self }
    }

    /// For endpoints that return objects keyed by ids, until one is empty.
    pub(super) fn compact(self, limit: u32) -> Self {
        Self { ends_at: EndsAt::EmptyPage, form: Form::Compact, limit, ..self }
    }

    /// Requests pages of this size.
    pub(super) fn limited(self, limit: u32) -> Self {
        let ends_at = match self.ends_at {
            EndsAt::FirstPage => EndsAt::PageCount,
            other => other,
        };
        Self { limit: limit.max(1), ends_at, ..self }
    }

    /// Reads the whole list: once if the number of distinct items is the one that the headers announce, otherwise until
    /// two reads agree. [`Reading::pages`] counts the requests of all of them.
    pub(super) fn read_complete(&self) -> BoxFuture<'_, Result<Reading>> {
        self.complete().boxed()
    }

    async fn complete(&self) -> Result<Reading> {
        let mut pages = 0;
        let mut earlier: Option<Fingerprint> = None;
        let mut last = (0, None);
        for _ in 0..ATTEMPTS {
            let reading = self.once().await?;
            pages += reading.pages;
            let agrees = earlier.as_ref() == Some(&reading.fingerprint);
            match reading.completeness {
                Completeness::Confirmed => return Ok(Reading { pages, ..reading }),
                Completeness::Unconfirmed if agrees => return Ok(Reading { pages, ..reading }),
                Completeness::Unconfirmed | Completeness::Partial => {
                    last = reading.count();
                    if reading.completeness == Completeness::Unconfirmed {
                        earlier = Some(reading.fingerprint);
                    }
                }
            }
        }
        Err(incomplete(last))
    }

    /// Reads the list once. A 504 means that the pages are too large: smaller ones are tried, from the start.
    pub(super) fn read_once(&self) -> BoxFuture<'_, Result<Reading>> {
        self.once().boxed()
    }

    async fn once(&self) -> Result<Reading> {
        let mut request = self.clone();
        loop {
            match request.walk().await {
                Err(Error::Server { status: 504, .. }) if request.limit / 2 >= SMALLEST_LIMIT => {
                    request = match request.ends_at {
                        EndsAt::FirstPage => request.limited(DEFAULT_LIMIT),
                        EndsAt::PageCount | EndsAt::EmptyPage => {
                            let smaller = request.limit / 2;
                            request.limited(smaller)
                        }
                    };
                }
                outcome => return outcome,
            }
        }
    }

    async fn walk(&self) -> Result<Reading> {
        let mut walk = Walk::new(self.ends_at);
        let (mut items, mut chosen_order) = (Vec::new(), None);
        loop {
            let step = self.step(&mut walk, &mut items).await?;
            chosen_order = step.chosen_order.or(chosen_order);
            if let Next::End(completeness) = step.next {
                let pages = walk.page() - 1;
                let fingerprint = walk.into_fingerprint(self.source());
                return Ok(Reading { items, pages, chosen_order, completeness, fingerprint });
            }
        }
    }

    /// The first `count` distinct entries.
    pub(super) fn read_first(&self, count: usize) -> BoxFuture<'_, Result<Vec<Value>>> {
        self.first(count).boxed()
    }

    async fn first(&self, count: usize) -> Result<Vec<Value>> {
        let limit = u32::try_from(count).unwrap_or(u32::MAX).clamp(1, self.limit);
        let request = self.clone().limited(limit);
        let mut walk = Walk::new(request.ends_at);
        let mut items = Vec::new();
        while items.len() < count {
            if request.step(&mut walk, &mut items).await?.next != Next::Page {
                break;
            }
        }
        items.truncate(count);
        Ok(items)
    }

    /// Reads the next page and keeps those of its items that are new.
    async fn step(&self, walk: &mut Walk, items: &mut Vec<Value>) -> Result<Step> {
        let raw = self.page(walk.page(), walk.applied_limit()).await?;
        let new = walk.new_items(raw.items.iter().map(identity));
        let next = walk.advance(&raw.info, &new);
        items.extend(raw.items.into_iter().zip(new).filter_map(|(item, new)| new.then_some(item)));
        Ok(Step { next, chosen_order: raw.chosen_order })
    }

    /// Reads one page. `applied` is the page size that the server chose, for requests without one.
    pub(super) fn read_page(&self, page: u32, applied: Option<u32>) -> BoxFuture<'_, Result<RawPage>> {
        self.page(page, applied).boxed()
    }

    async fn page(&self, page: u32, applied: Option<u32>) -> Result<RawPage> {
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
                let response = self.client.send::<Vec<Value>>(&call).await?;
                RawPage { items: response.body, info: response.page, chosen_order: response.chosen_order }
            }
            Form::Compact => {
                let response = self.client.send::<Value>(&call).await?;
                // The headers count the outermost keys; the entries are the times below them.
                RawPage { items: flatten(response.body), info: PageInfo::default(), chosen_order: None }
            }
        })
    }

    fn source(&self) -> String {
        format!("{}?{:?}", self.call.path(), self.call.query)
    }
}

impl Reading {
    /// How many distinct entries there were, and how many were announced.
    pub(super) fn count(&self) -> (u64, Option<u64>) {
        (self.fingerprint.identities.len() as u64, self.fingerprint.announced)
    }
}

pub(super) fn incomplete((distinct, announced): (u64, Option<u64>)) -> Error {
    Error::Incomplete { expected: announced.unwrap_or(distinct), distinct, attempts: ATTEMPTS }
}
