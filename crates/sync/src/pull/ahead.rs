//! Reads the next page of a history while the previous one is being written.

use tokio_util::task::AbortOnDropHandle;
use trakt::{Client, endpoints::HistoryQuery, models::HistoryItem, paging::Page};

/// A page that is being read. Dropping it stops the read.
pub(super) struct Ahead {
    number: u32,
    page: AbortOnDropHandle<trakt::Result<Page<HistoryItem>>>,
}

impl Ahead {
    /// Starts reading a page.
    pub(super) fn start(client: &Client, number: u32) -> Self {
        let client = client.clone();
        let page = tokio::spawn(async move { read(&client, number).await });
        Self { number, page: AbortOnDropHandle::new(page) }
    }
}

/// Returns the page with this number, whose read may already have been started.
///
/// # Errors
/// The same as for any read from Trakt.
pub(super) async fn page(
    client: &Client,
    number: u32,
    ahead: Option<Ahead>,
) -> trakt::Result<Page<HistoryItem>> {
    match ahead.filter(|ahead| ahead.number == number) {
        // If the task was aborted with its runtime, nothing was read.
        Some(ahead) => match ahead.page.await {
            Ok(page) => page,
            Err(_) => read(client, number).await,
        },
        None => read(client, number).await,
    }
}

async fn read(client: &Client, number: u32) -> trakt::Result<Page<HistoryItem>> {
    client.sync().history(&HistoryQuery::all()).page(number).await
}
