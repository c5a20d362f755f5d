//! Fetches pictures from their hosts.

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
const FETCHING: usize = 6;
/// A picture that could not be fetched is not tried again for this long.
const FAILED_FOR: TimeDelta = TimeDelta::minutes(10);
/// Larger files are rejected.
const LARGEST: usize = 24 << 20;

/// Fetches pictures, a few at a time, and remembers failures for a while.
pub(super) struct Fetcher {
    clock: Arc<dyn Clock>,
    http: reqwest::Client,
    api: Url,
    fetching: Semaphore,
    failed: Mutex<HashMap<String, DateTime<Utc>>>,
}

impl Fetcher {
    /// `api` is the configured API of Trakt, whose host is trusted too.
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
            .expect("a client without certificates of its own can be built");
        Self { clock, http, api, fetching: Semaphore::new(FETCHING), failed: Mutex::default() }
    }

    /// Fetches a picture. `version` identifies it among the failures.
    ///
    /// # Errors
    /// When the address does not belong to an allowed host, or the download fails or failed recently.
    pub(super) async fn fetch(&self, url: &str, version: &str) -> Result<Vec<u8>, ArtworkError> {
        let url = resolve(url, &self.api).ok_or(ArtworkError::NotFound)?;
        if self.failed_lately(version) {
            return Err(ArtworkError::Unreachable);
        }
        let _permit = self.fetching.acquire().await.map_err(|_| ArtworkError::Unreachable)?;
        self.download(url).await.map_err(|error| {
            tracing::info!(error, "picture could not be fetched");
            self.note_failure(version);
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
            if bytes.len() > LARGEST {
                return Err("picture is too large".to_owned());
            }
        }
        Ok(bytes)
    }

    /// Records a failure: the picture is not tried again for some minutes.
    pub(super) fn note_failure(&self, version: &str) {
        let mut failed = self.failed.lock().unwrap_or_else(PoisonError::into_inner);
        let now = self.clock.now();
        failed.retain(|_, at| now - *at < FAILED_FOR);
        failed.insert(version.to_owned(), now);
    }

    /// Whether making or fetching a picture failed some minutes ago.
    pub(super) fn failed_lately(&self, version: &str) -> bool {
        let failed = self.failed.lock().unwrap_or_else(PoisonError::into_inner);
        failed.get(version).is_some_and(|at| self.clock.now() - *at < FAILED_FOR)
    }
}
