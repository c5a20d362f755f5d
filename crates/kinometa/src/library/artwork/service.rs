//! A picture of a title in a width, from the cache or made now.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use db::Db;
use futures::StreamExt as _;
use reqwest::redirect::Policy;
use tokio::sync::{Mutex as AsyncMutex, Semaphore, mpsc};
use tokio::task::spawn_blocking;
use trakt::clock::Clock;
use url::Url;

use super::cache::Cache;
use super::hosts::allowed;
use super::picture::{Learnt, Look, Picture, Pictures, Source};
use super::render::{Facts, Format, render, step};
use crate::library::catalogue::Catalogue;
use crate::model::title::ImageKind;

/// Pictures rendered at a time: decoding takes a core and some memory each.
const RENDERING: usize = 2;
/// Pictures fetched at a time.
const FETCHING: usize = 6;
/// A picture that could not be fetched is not tried again for this long.
const FAILED_FOR: chrono::TimeDelta = chrono::TimeDelta::minutes(10);
/// Larger files are no posters.
const LARGEST: usize = 24 << 20;

/// Pictures of titles; cheap to clone.
#[derive(Clone)]
pub struct Artwork {
    pub(super) inner: Arc<Inner>,
}

pub(super) struct Inner {
    pub(super) db: Db,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) catalogue: Catalogue,
    pub(super) cache: Cache,
    http: reqwest::Client,
    api: Url,
    rendering: Semaphore,
    fetching: Semaphore,
    /// One fetch per picture, however many ask for it.
    under_way: Mutex<HashMap<String, Arc<AsyncMutex<()>>>>,
    failed: Mutex<HashMap<String, chrono::DateTime<chrono::Utc>>>,
    learnt: mpsc::UnboundedSender<Learnt>,
    pub(super) learning: Mutex<Option<mpsc::UnboundedReceiver<Learnt>>>,
}

/// A picture to send.
#[derive(Debug, Clone)]
pub struct Rendered {
    /// The file.
    pub bytes: Bytes,
    /// Its type.
    pub content_type: &'static str,
    /// Version and width: the same for the same bytes.
    pub tag: String,
    /// The version that is shown.
    pub version: String,
}

/// Why there is no picture.
#[derive(Debug, thiserror::Error)]
pub enum ArtworkError {
    /// The title has none of this kind.
    #[error("This picture")]
    NotFound,
    /// It cannot be fetched now.
    #[error("The picture cannot be fetched just now.")]
    Unreachable,
    /// The database failed.
    #[error(transparent)]
    Database(#[from] db::Error),
}

impl Artwork {
    /// Pictures kept in `folder`; `api` is the configured API of Trakt.
    pub fn new(db: Db, clock: Arc<dyn Clock>, catalogue: Catalogue, folder: PathBuf, api: Url) -> Self {
        crate::tls::use_ring();
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
        let (learnt, learning) = mpsc::unbounded_channel();
        let inner = Inner {
            db,
            clock,
            catalogue,
            cache: Cache::new(folder),
            http,
            api,
            rendering: Semaphore::new(RENDERING),
            fetching: Semaphore::new(FETCHING),
            under_way: Mutex::default(),
            failed: Mutex::default(),
            learnt,
            learning: Mutex::new(Some(learning)),
        };
        Self { inner: Arc::new(inner) }
    }

    /// A picture in about this width. With the version of an address that this server gave, the database need not be
    /// asked.
    ///
    /// # Errors
    /// When there is none, or it cannot be fetched.
    pub async fn get(
        &self,
        title_id: i64,
        kind: ImageKind,
        width: Option<u32>,
        version: Option<&str>,
    ) -> Result<Rendered, ArtworkError> {
        let width = step(width);
        if let Some(version) = version.filter(|version| is_version(version))
            && let Some(found) = self.cached(version, width).await
        {
            return Ok(found);
        }
        let row = db::titles::find(&self.inner.db, title_id).await?.ok_or(ArtworkError::NotFound)?;
        let pictures = Pictures::from_json(row.images);
        let picture = pictures.get(kind).ok_or(ArtworkError::NotFound)?;
        let version = picture.version().ok_or(ArtworkError::NotFound)?;
        if let Some(found) = self.cached(&version, width).await {
            return Ok(found);
        }
        let turn = self.turn(&version);
        let _guard = turn.lock().await;
        let result = match self.cached(&version, width).await {
            Some(found) => Ok(found),
            None => self.make(title_id, kind, picture, &version, width).await,
        };
        drop(_guard);
        self.leave(&version, &turn);
        result
    }

    async fn cached(&self, version: &str, width: u32) -> Option<Rendered> {
        let (bytes, extension) = self.inner.cache.copy(version, width).await?;
        let content_type = if extension == "png" { "image/png" } else { "image/jpeg" };
        Some(Rendered {
            bytes: bytes.into(),
            content_type,
            tag: format!("\"{version}-{width}\""),
            version: version.to_owned(),
        })
    }

    async fn make(
        &self,
        title_id: i64,
        kind: ImageKind,
        picture: &Picture,
        version: &str,
        width: u32,
    ) -> Result<Rendered, ArtworkError> {
        let original = self.original(picture, version).await?;
        let _permit = self.inner.rendering.acquire().await.map_err(|_| ArtworkError::Unreachable)?;
        let rendered = spawn_blocking(move || render(&original, width)).await;
        let (small, facts) = match rendered {
            Ok(Ok(rendered)) => rendered,
            Ok(Err(error)) => {
                tracing::warn!(title_id, ?kind, %error, "a picture is left out");
                self.note_failure(version);
                return Err(ArtworkError::NotFound);
            }
            Err(error) => {
                tracing::error!(title_id, ?kind, %error, "rendering a picture failed");
                return Err(ArtworkError::Unreachable);
            }
        };
        let (extension, content_type) = match small.format {
            Format::Jpeg => ("jpg", "image/jpeg"),
            Format::Png => ("png", "image/png"),
        };
        if let Err(error) = self.inner.cache.put(version, &format!("{width}.{extension}"), &small.bytes).await
        {
            tracing::warn!(%error, "a picture could not be kept");
        }
        if picture.current_look().is_none() {
            let look = look(version, &facts);
            let _ = self.inner.learnt.send(Learnt { title_id, kind, look });
        }
        Ok(Rendered {
            bytes: small.bytes.into(),
            content_type,
            tag: format!("\"{version}-{width}\""),
            version: version.to_owned(),
        })
    }

    async fn original(&self, picture: &Picture, version: &str) -> Result<Vec<u8>, ArtworkError> {
        match picture.source().ok_or(ArtworkError::NotFound)? {
            Source::Local(local) => {
                let library = db::libraries::find(&self.inner.db, local.library_id).await?;
                let library = library.ok_or(ArtworkError::NotFound)?;
                let path = Path::new(&library.path).join(&local.path);
                tokio::fs::read(path).await.map_err(|_| ArtworkError::NotFound)
            }
            Source::Remote(url) => match self.inner.cache.original(version).await {
                Some(bytes) => Ok(bytes),
                None => self.fetch(url, version).await,
            },
        }
    }

    async fn fetch(&self, url: &str, version: &str) -> Result<Vec<u8>, ArtworkError> {
        let url =
            Url::parse(url).ok().filter(|url| allowed(url, &self.inner.api)).ok_or(ArtworkError::NotFound)?;
        if self.failed_lately(version) {
            return Err(ArtworkError::Unreachable);
        }
        let _permit = self.inner.fetching.acquire().await.map_err(|_| ArtworkError::Unreachable)?;
        match self.download(url).await {
            Ok(bytes) => {
                if let Err(error) = self.inner.cache.put(version, "original", &bytes).await {
                    tracing::warn!(%error, "a picture could not be kept");
                }
                Ok(bytes)
            }
            Err(error) => {
                tracing::info!(error, "a picture could not be fetched");
                self.note_failure(version);
                Err(ArtworkError::Unreachable)
            }
        }
    }

    async fn download(&self, url: Url) -> Result<Vec<u8>, String> {
        let text = |error: reqwest::Error| error.without_url().to_string();
        let response =
            self.inner.http.get(url).send().await.map_err(text)?.error_for_status().map_err(text)?;
        let mut bytes = Vec::new();
        let mut body = response.bytes_stream();
        while let Some(chunk) = body.next().await {
            bytes.extend_from_slice(&chunk.map_err(text)?);
            if bytes.len() > LARGEST {
                return Err("it is too large".to_owned());
            }
        }
        Ok(bytes)
    }

    fn turn(&self, version: &str) -> Arc<AsyncMutex<()>> {
        let mut under_way = self.inner.under_way.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(under_way.entry(version.to_owned()).or_default())
    }

    /// The last one out forgets the turn.
    fn leave(&self, version: &str, turn: &Arc<AsyncMutex<()>>) {
        let mut under_way = self.inner.under_way.lock().unwrap_or_else(PoisonError::into_inner);
        if Arc::strong_count(turn) <= 2 {
            under_way.remove(version);
        }
    }

    fn note_failure(&self, version: &str) {
        let mut failed = self.inner.failed.lock().unwrap_or_else(PoisonError::into_inner);
        let now = self.inner.clock.now();
        failed.retain(|_, at| now - *at < FAILED_FOR);
        failed.insert(version.to_owned(), now);
    }

    fn failed_lately(&self, version: &str) -> bool {
        let failed = self.inner.failed.lock().unwrap_or_else(PoisonError::into_inner);
        failed.get(version).is_some_and(|at| self.inner.clock.now() - *at < FAILED_FOR)
    }
}

/// A version is a name in the cache's folder, so it must look like one.
fn is_version(text: &str) -> bool {
    text.len() == 16 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn look(version: &str, facts: &Facts) -> Look {
    let number = |pixels: u32| i32::try_from(pixels).unwrap_or(i32::MAX);
    Look {
        version: version.to_owned(),
        color: facts.color.clone(),
        width: number(facts.width),
        height: number(facts.height),
    }
}
