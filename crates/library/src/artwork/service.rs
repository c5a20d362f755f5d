//! Serves images of titles in the requested width, from the cache or newly rendered.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use clock::Clock;
use db::Db;
use db::ids::{FileId, TitleId};
use tokio::sync::{Mutex as AsyncMutex, Semaphore, mpsc};
use tokio::task::spawn_blocking;
use url::Url;

use super::cache::Cache;
use super::error::ArtworkError;
use super::fetch::Fetcher;
use super::frames::Frames;
use super::render::{Facts, Format, Picture as Small, render, step};
use crate::scan::MAX_IMAGE;
use catalogue::Catalogue;
use catalogue::pictures::{DecodedPicture, Look, Picture, Pictures, Source};
use model::title::ImageKind;

/// Concurrent renderings. Each takes one core and some memory.
const CONCURRENCY: usize = 2;

/// The service for images; cheap to clone.
#[derive(Clone)]
pub struct Artwork {
    pub(super) inner: Arc<Inner>,
}

pub(super) struct Inner {
    pub(super) db: Db,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) catalogue: Catalogue,
    pub(super) cache: Cache,
    fetcher: Fetcher,
    frames: Frames,
    pub(super) rendering: Semaphore,
    /// A lock per image, so that concurrent requests fetch and render it only once.
    locks: Mutex<HashMap<String, Arc<AsyncMutex<()>>>>,
    learnt: mpsc::UnboundedSender<DecodedPicture>,
    pub(super) learning: Mutex<Option<mpsc::UnboundedReceiver<DecodedPicture>>>,
}

/// The source of a title's image.
#[derive(Clone, Copy)]
enum ImageSource<'a> {
    Artwork(&'a Picture),
    /// A frame of this file, because there is no artwork.
    Frame(FileId),
}

/// A rendered image.
#[derive(Debug, Clone)]
pub struct Rendered {
    /// The encoded image.
    pub bytes: Bytes,
    /// Its MIME type.
    pub content_type: &'static str,
    /// Entity tag, from version and width.
    pub tag: String,
    /// The image's version.
    pub version: String,
}

impl Artwork {
    /// Creates the service, which caches images in `folder`. `api`: base URL of the configured Trakt API.
    /// `ffmpeg`: path of the program that extracts frames from videos without artwork.
    pub fn new(
        db: Db,
        clock: Arc<dyn Clock>,
        catalogue: Catalogue,
        folder: PathBuf,
        api: Url,
        ffmpeg: Option<PathBuf>,
    ) -> Self {
        let (learnt, learning) = mpsc::unbounded_channel();
        let inner = Inner {
            fetcher: Fetcher::new(clock.clone(), api),
            frames: Frames::new(ffmpeg),
            db,
            clock,
            catalogue,
            cache: Cache::new(folder),
            rendering: Semaphore::new(CONCURRENCY),
            locks: Mutex::default(),
            learnt,
            learning: Mutex::new(Some(learning)),
        };
        Self { inner: Arc::new(inner) }
    }

    /// A title's image in about this width. With `version` from one of this server's URLs, a cached image
    /// needs no query.
    ///
    /// # Errors
    /// When the title has no such image, or it cannot be fetched.
    pub async fn get(
        &self,
        title_id: TitleId,
        kind: ImageKind,
        width: Option<u32>,
        version: Option<&str>,
    ) -> Result<Rendered, ArtworkError> {
        if let Some(found) = self.cached_version(version, width).await {
            return Ok(found);
        }
        let width = step(width);
        let row = db::titles::find(&self.inner.db, title_id).await?.ok_or(ArtworkError::NotFound)?;
        let pictures = Pictures::from_json(row.images);
        let owner = Some((title_id, kind));
        if let Some(picture) = pictures.get(kind)
            && let Some(version) = picture.version()
        {
            return self.rendered(owner, ImageSource::Artwork(picture), &version, width).await;
        }
        let frame = self.inner.catalogue.frame_of(title_id).await?;
        let replacement = frame.filter(|_| matches!(kind, ImageKind::Backdrop | ImageKind::Still));
        let frame = replacement.ok_or(ArtworkError::NotFound)?;
        self.rendered(owner, ImageSource::Frame(frame.file_id), &frame.version, width).await
    }

    /// An image that does not belong to a title in the database, such as a portrait, in about this width.
    ///
    /// # Errors
    /// When it cannot be fetched.
    pub async fn remote(&self, url: &str, width: Option<u32>) -> Result<Rendered, ArtworkError> {
        let picture = Picture::remote(url);
        let version = picture.version().ok_or(ArtworkError::NotFound)?;
        self.rendered(None, ImageSource::Artwork(&picture), &version, step(width)).await
    }

    /// The cached image with a version from one of this server's URLs, if it was already rendered in this
    /// width.
    pub async fn cached_version(&self, version: Option<&str>, width: Option<u32>) -> Option<Rendered> {
        self.cached(version.filter(|version| is_version(version))?, step(width)).await
    }

    async fn rendered(
        &self,
        owner: Option<(TitleId, ImageKind)>,
        source: ImageSource<'_>,
        version: &str,
        width: u32,
    ) -> Result<Rendered, ArtworkError> {
        if let Some(found) = self.cached(version, width).await {
            return Ok(found);
        }
        let lock = self.lock(version);
        let _guard = lock.lock().await;
        let result = match self.cached(version, width).await {
            Some(found) => Ok(found),
            None => self.render(owner, source, version, width).await,
        };
        drop(_guard);
        self.release(version, &lock);
        result
    }

    pub(super) async fn cached(&self, version: &str, width: u32) -> Option<Rendered> {
        let (bytes, extension) = self.inner.cache.copy(version, width).await?;
        let content_type = if extension == "png" { "image/png" } else { "image/jpeg" };
        Some(Rendered {
            bytes: bytes.into(),
            content_type,
            tag: format!("\"{version}-{width}\""),
            version: version.to_owned(),
        })
    }

    async fn render(
        &self,
        owner: Option<(TitleId, ImageKind)>,
        source: ImageSource<'_>,
        version: &str,
        width: u32,
    ) -> Result<Rendered, ArtworkError> {
        let original = match source {
            ImageSource::Artwork(picture) => self.original(picture, version).await?,
            ImageSource::Frame(file_id) => self.frame(file_id, version).await?,
        };
        let _permit = self.inner.rendering.acquire().await.map_err(|_| ArtworkError::Unreachable)?;
        let rendered = spawn_blocking(move || render(&original, width)).await;
        let (small, facts) = match rendered {
            Ok(Ok(rendered)) => rendered,
            Ok(Err(error)) => {
                tracing::warn!(?owner, %error, "picture cannot be decoded");
                self.inner.fetcher.record_failure(version);
                return Err(ArtworkError::NotFound);
            }
            Err(error) => {
                tracing::error!(?owner, %error, "rendering a picture panicked");
                return Err(ArtworkError::Unreachable);
            }
        };
        if let (Some((title_id, kind)), ImageSource::Artwork(picture)) = (owner, source)
            && picture.current_look().is_none()
        {
            let look = look(version, &facts);
            let _ = self.inner.learnt.send(DecodedPicture { title_id, kind, look });
        }
        Ok(self.store_rendered(version, width, small).await)
    }

    /// Stores a rendered image in the cache and returns it.
    pub(super) async fn store_rendered(&self, version: &str, width: u32, small: Small) -> Rendered {
        let (extension, content_type) = match small.format {
            Format::Jpeg => ("jpg", "image/jpeg"),
            Format::Png => ("png", "image/png"),
        };
        self.store(version, &format!("{width}.{extension}"), &small.bytes).await;
        Rendered {
            bytes: small.bytes.into(),
            content_type,
            tag: format!("\"{version}-{width}\""),
            version: version.to_owned(),
        }
    }

    async fn original(&self, picture: &Picture, version: &str) -> Result<Vec<u8>, ArtworkError> {
        match picture.source().ok_or(ArtworkError::NotFound)? {
            Source::Local(local) => {
                let library = db::libraries::find(&self.inner.db, local.library_id).await?;
                let library = library.ok_or(ArtworkError::NotFound)?;
                let path = Path::new(&library.path).join(&local.path);
                let read = spawn_blocking(move || media::read_at_most(&path, MAX_IMAGE)).await;
                read.ok().and_then(Result::ok).ok_or(ArtworkError::NotFound)
            }
            Source::Remote(url) => match self.inner.cache.original(version).await {
                Some(bytes) => Ok(bytes),
                None => {
                    let bytes = self.inner.fetcher.fetch(url, version).await?;
                    self.store(version, "original", &bytes).await;
                    Ok(bytes)
                }
            },
        }
    }

    async fn frame(&self, file_id: FileId, version: &str) -> Result<Vec<u8>, ArtworkError> {
        if let Some(bytes) = self.inner.cache.original(version).await {
            return Ok(bytes);
        }
        if self.inner.fetcher.failed_recently(version) {
            return Err(ArtworkError::NotFound);
        }
        let taken = self.inner.frames.take(&self.inner.db, file_id).await;
        match &taken {
            Ok(bytes) => self.store(version, "original", bytes).await,
            Err(ArtworkError::NotFound) => self.inner.fetcher.record_failure(version),
            Err(ArtworkError::Unreachable | ArtworkError::Database(_)) => {}
        }
        taken
    }

    /// Writes to the cache. A failure is only logged, because it only makes the next request slower.
    async fn store(&self, version: &str, name: &str, bytes: &[u8]) {
        if let Err(error) = self.inner.cache.put(version, name, bytes).await {
            tracing::warn!(%error, "picture could not be cached");
        }
    }

    fn lock(&self, version: &str) -> Arc<AsyncMutex<()>> {
        let mut locks = self.inner.locks.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(locks.entry(version.to_owned()).or_default())
    }

    /// Removes the lock if no other request is waiting for it.
    fn release(&self, version: &str, lock: &Arc<AsyncMutex<()>>) {
        let mut locks = self.inner.locks.lock().unwrap_or_else(PoisonError::into_inner);
        if Arc::strong_count(lock) <= 2 {
            locks.remove(version);
        }
    }
}

/// Whether a text from a request has the form of a version. It is used as a file name, so everything else is
/// rejected.
pub(super) fn is_version(text: &str) -> bool {
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
