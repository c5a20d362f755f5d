//! Fetches images from their hosts.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use clock::Clock;
use futures::StreamExt as _;
use reqwest::redirect::Policy;
use tokio::sync::Semaphore;
use url::Url;

use super::error::ArtworkError;
use super::hosts::{allowed, resolve};

/// Concurrent downloads.
const CONCURRENCY: usize = 6;
/// An image that could not be fetched is not tried again for this long.
const FAILED_FOR: TimeDelta = TimeDelta::minutes(10);
/// Maximum size in bytes. Larger files are rejected.
const MAX_SIZE: usize = 24 << 20;

/// Fetches images, a few at a time, and remembers failures for a while.
pub(super) struct Fetcher {
    clock: Arc<dyn Clock>,
    http: reqwest::Client,
    api: Url,
    fetching: Semaphore,
    failed: Mutex<HashMap<String, DateTime<Utc>>>,
}

impl Fetcher {
    /// `api`: base URL of the configured Trakt API, whose host is allowed, too.
    pub(super) fn new(clock: Arc<dyn Clock>, api: Url) -> Self {
        trakt::ensure_tls_provider();
        let own_api = api.clone();
        let redirects = Policy::custom(move |attempt| {
            if attempt.previous().len() < 4 && allowed(attempt.url(), &own_api) {
                attempt.follow()
            } else {
                attempt.stop()
            }
        });
        let http = reqwest::Client::builder()
            .user_agent(concat!("Kinometa/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(Duration::from_secs(10))
            .timeout(Duration::from_secs(30))
            .redirect(redirects)
            .build()
            .expect("a client without client certificates can be built");
        Self { clock, http, api, fetching: Semaphore::new(CONCURRENCY), failed: Mutex::default() }
    }

    /// Fetches an image. `version` is the key under which failures are remembered.
    ///
    /// # Errors
    /// When the URL does not belong to an allowed host, or the download fails or failed recently.
    pub(super) async fn fetch(&self, url: &str, version: &str) -> Result<Vec<u8>, ArtworkError> {
        let url = resolve(url, &self.api).ok_or(ArtworkError::NotFound)?;
        if self.failed_recently(version) {
            return Err(ArtworkError::Unreachable);
        }
        let _permit = self.fetching.acquire().await.map_err(|_| ArtworkError::Unreachable)?;
        self.download(url).await.map_err(|error| {
            tracing::info!(error, "picture could not be fetched");
            self.record_failure(version);
            ArtworkError::Unreachable
        })
    }

    async fn download(&self, url: Url) -> Result<Vec<u8>, String> {
        let text = |error: reqwest::Error| error.without_url().to_string();
        let response = self.http.get(url).send().await.map_err(text)?.error_for_status().map_err(text)?;
        let mut bytes = Vec::new();
        let mut body = response.bytes_stream();
        while let Some(chunk) = body.next().await {
            bytes.extend_from_slice(&chunk.map_err(text)?);
            if bytes.len() > MAX_SIZE {
                return Err("picture is too large".to_owned());
            }
        }
        Ok(bytes)
    }

    /// Records a failure, so that the image is not tried again for some minutes.
    pub(super) fn record_failure(&self, version: &str) {
        let mut failed = self.failed.lock().unwrap_or_else(PoisonError::into_inner);
        let now = self.clock.now();
        failed.retain(|_, at| now - *at < FAILED_FOR);
        failed.insert(version.to_owned(), now);
    }

    /// Whether fetching or creating an image failed in the last minutes.
    pub(super) fn failed_recently(&self, version: &str) -> bool {
        let failed = self.failed.lock().unwrap_or_else(PoisonError::into_inner);
        failed.get(version).is_some_and(|at| self.clock.now() - *at < FAILED_FOR)
    }
}
